"""By which way people can be reached, and what prevents the others: one rule for one person and for thousands.

A convocation rests on a mission of public interest, not on consent: what exists is the person's opposition (E37).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from cordee.metier.courriers.enums import Canal, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import PreferenceContact
from cordee.metier.courriers.regles import AdresseIllisible, moyens_admis
from cordee.metier.courriers.selectors.destinataires import joignables_par_courrier, vers_elle
from cordee.metier.parcours.enums import Etat, GenreEcheance
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.enums import GenreContact, NatureAdresse
from cordee.metier.personnes.models import Adresse, Contact, Personne
from cordee.metier.personnes.selectors import (
    ContactUtilisable,
    Coordonnees,
    choisir_contact,
    coordonnees_de,
    envois_bloques,
    ids_des_groupes,
    ids_du_groupe,
)
from cordee.metier.personnes.selectors.ensembles import Ids
from cordee.metier.personnes.selectors.fiche import A_ARBITRER, DECEDEE
from cordee.metier.personnes.selectors.joignables import a_arbitrer
from cordee.socle.memoire import retenir

# The means each way allows, the ordinary one first. A phone call leaves no letter.
MOYENS: dict[Canal, tuple[MoyenRemise, ...]] = {
    Canal.COURRIER: (MoyenRemise.LETTRE_SIMPLE, MoyenRemise.LRAR),
    Canal.COURRIEL: (MoyenRemise.COURRIEL, MoyenRemise.LRE),
    Canal.SMS: (MoyenRemise.SMS,),
    Canal.ESPACE_PERSONNEL: (MoyenRemise.ESPACE_PERSONNEL,),
    Canal.GUICHET: (MoyenRemise.REMISE_MAIN_PROPRE,),
    Canal.TELEPHONE: (),
}
# In which order the ways are tried when a service writes to many. A letter says everything and almost everybody has an
# address; what cannot wait for the post goes by message first. A call comes last: somebody has to make it.
_ECRIT = (Canal.COURRIER, Canal.SMS, Canal.COURRIEL, Canal.TELEPHONE)
_VITE = (Canal.SMS, Canal.COURRIEL, Canal.TELEPHONE)
ORDRES: Mapping[GenreCourrier, tuple[Canal, ...]] = {
    GenreCourrier.RAPPEL: _VITE,
    GenreCourrier.RENDEZ_VOUS_DEPLACE: (*_VITE, Canal.COURRIER),
    GenreCourrier.RENDEZ_VOUS_ANNULE: (*_VITE, Canal.COURRIER),
}
ATTENTE_DOMICILIATION = 7  # days: mail is fetched there about once a week (R43)
_CONTACT = {
    Canal.COURRIEL: GenreContact.COURRIEL,
    Canal.SMS: GenreContact.TELEPHONE,
    Canal.TELEPHONE: GenreContact.TELEPHONE,
}
_DECES_A_VERIFIER = "Les envois sont suspendus : un décès est signalé pour cette personne, il est à vérifier."


@dataclass(frozen=True, slots=True)
class CanalPossible:
    """One way to reach a person; ``empechement`` says in plain French why it cannot be used."""

    canal: Canal
    empechement: str = ""

    @property
    def possible(self) -> bool:
        return not self.empechement


@dataclass(frozen=True, slots=True)
class Joignable:
    """All that decides how one person is written to: where she lives, her numbers, what she asked for."""

    coordonnees: Coordonnees
    preference: PreferenceContact | None = None
    blocage: str = ""

    @property
    def personne(self) -> Personne:
        return self.coordonnees.personne

    @property
    def adresse(self) -> Adresse | None:
        return self.coordonnees.adresse

    def contact(self, canal: Canal) -> ContactUtilisable:
        """The number or e-mail to use for this way, or why there is none."""
        return choisir_contact(
            self.coordonnees.contacts, genre=_CONTACT[canal], discret=self.personne.contact_discret,
            mobile=canal is Canal.SMS, par_quoi="SMS" if canal is Canal.SMS else canal.libelle.lower(),
            # A call finds out who answers; what is written is read by whoever holds the phone (R44).
            d_un_tiers=() if canal is Canal.TELEPHONE else self.coordonnees.d_un_tiers,
        )  # fmt: skip

    def empechement(self, genre: GenreCourrier, canal: Canal, moyen: MoyenRemise | None = None) -> str:
        """Why this letter cannot go to her by this way; an empty text when it can."""
        if self.blocage:
            return self.blocage
        moyens = (moyen,) if moyen else MOYENS[canal]
        discret = self.personne.contact_discret
        if discret and canal is not Canal.TELEPHONE and not set(moyens) & moyens_admis(genre, contact_discret=True):
            return "Contact discret demandé : rien n'est envoyé, remettez le document en main propre."
        if moyens and not set(moyens) & moyens_admis(genre):
            return f"« {genre.libelle} » ne peut pas partir par ce moyen."
        if canal is Canal.COURRIER:
            return self._sans_adresse()
        if canal is Canal.TELEPHONE and self.preference is not None and self.preference.sans_appel:
            return "La personne demande à ne pas être appelée : écrivez-lui."
        return self.contact(canal).empechement if canal in _CONTACT else ""

    def _sans_adresse(self) -> str:
        adresse = self.adresse
        if adresse is None or adresse.nature == NatureAdresse.SANS_DOMICILE:
            return "Aucune adresse postale n'est connue : choisissez un autre moyen."
        if adresse.npai:
            return "Le courrier est revenu de cette adresse : vérifiez-la ou choisissez un autre moyen."
        chez_elle = adresse.nature != NatureAdresse.DOMICILIATION
        if chez_elle and self.preference is not None and self.preference.sans_courrier_domicile:
            return "La personne demande à ne rien recevoir par la poste à son domicile."
        try:
            vers_elle(self.personne, adresse)
        except AdresseIllisible as erreur:
            return str(erreur)
        return ""


@dataclass(frozen=True, slots=True)
class ChoixCanal:
    """The best way to reach one person, and why the ways before it were left.

    Attributes:
        canal: none when nobody can reach her: somebody goes to her (*aller vers*, E07).
        par_representant: only her representative can be written to (E28); the letter goes to him alone.
        refus: why each way that is closed is closed, in sentences.
        attente: days to add before the appointment, her mail being fetched at the body that domiciles her (R43).
        partage: the number or e-mail is also that of a member of her household: the message names her and says no
            more than the appointment (R44, V4).
        copies: representatives who get a copy (E28).
    """

    personne_id: int
    canal: Canal | None
    moyen: MoyenRemise | None = None
    ouverts: tuple[Canal, ...] = ()
    refus: Mapping[Canal, str] = field(default_factory=dict)
    par_representant: bool = False
    attente: int = 0
    partage: bool = False
    copies: int = 0
    joignable: Joignable | None = field(default=None, repr=False)

    @property
    def aller_vers(self) -> bool:
        return self.canal is None

    @property
    def raison(self) -> str:
        """Why nobody can reach her: what blocks everything, else each way in turn."""
        if not self.aller_vers:
            return ""
        return " ".join(dict.fromkeys(self.refus.values()))


def canaux_ouverts(
    *, personnes: Iterable[int], genre: GenreCourrier, au: date, ordre: Sequence[Canal] | None = None
) -> dict[int, ChoixCanal]:
    """By id asked for, the best way open to each person, in a constant number of queries.

    Args:
        personnes: ids; a row merged into another answers for the one she is now.
        ordre: ways to try, best first (``ORDRES`` by default). What the person asked for comes before it: a call for
            who reads with difficulty, a message for who does not hear (R46, R49).
    """
    genre = GenreCourrier(genre)
    demande = tuple(ordre) if ordre is not None else ORDRES.get(genre, _ECRIT)
    return {pk: _choisir(pk, j, genre, demande) for pk, j in joignables(personnes=personnes, au=au).items()}


def joignables(*, personnes: Iterable[int], au: date) -> dict[int, Joignable]:
    """All that decides how each person is written to, in a constant number of queries."""
    connues = coordonnees_de(personnes=personnes, au=au)
    rangees = {rangee: c.personne.pk for c in connues.values() for rangee in c.groupe}
    presumees = {rangees[pk] for pk in _deces_signales(Ids(rangees)) if pk in rangees}
    preferences = {
        rangees[p.personne_id]: p for p in PreferenceContact.objects.filter(personne__parmi=Ids(rangees)).order_by("pk")
    }
    faites: dict[int, Joignable] = {}
    for c in connues.values():
        pk = c.personne.pk
        if pk not in faites:
            faites[pk] = Joignable(c, preferences.get(pk), c.blocage or (_DECES_A_VERIFIER if pk in presumees else ""))
    return {pk: faites[c.personne.pk] for pk, c in connues.items()}


def _choisir(pk: int, j: Joignable, genre: GenreCourrier, ordre: tuple[Canal, ...]) -> ChoixCanal:
    if j.preference is not None and j.preference.appel_prefere:
        ordre = (Canal.TELEPHONE, *(c for c in ordre if c is not Canal.TELEPHONE))
    elif j.preference is not None and j.preference.sans_appel:
        messages = [c for c in (Canal.SMS, Canal.COURRIEL) if c in ordre]
        ordre = (*messages, *(c for c in ordre if c not in messages))
    refus = {canal: raison for canal in ordre if (raison := j.empechement(genre, canal))}
    ouverts = tuple(canal for canal in ordre if canal not in refus)
    copies = len(joignables_par_courrier(j.coordonnees.representants))
    par_representant = not ouverts and bool(copies) and not j.blocage
    canal = ouverts[0] if ouverts else (Canal.COURRIER if par_representant else None)
    contact = j.contact(canal).contact if canal in _CONTACT else None
    domiciliee = j.adresse is not None and j.adresse.nature == NatureAdresse.DOMICILIATION
    return ChoixCanal(
        personne_id=pk, canal=canal, moyen=_moyen(genre, canal, discret=j.personne.contact_discret), ouverts=ouverts,
        refus=refus, par_representant=par_representant, copies=copies, joignable=j,
        attente=ATTENTE_DOMICILIATION if canal is Canal.COURRIER and domiciliee and not par_representant else 0,
        partage=contact is not None and contact.valeur in j.coordonnees.du_foyer,
    )  # fmt: skip


def _moyen(genre: GenreCourrier, canal: Canal | None, *, discret: bool) -> MoyenRemise | None:
    admis = moyens_admis(genre, contact_discret=discret)
    return next((m for m in MOYENS[canal] if m in admis), None) if canal else None


def canaux_possibles(*, personne: Personne, genre: GenreCourrier, au: date) -> list[CanalPossible]:
    """Every way, with what prevents it (opposition, discreet contact, returned mail, unknown number: E37, V12)."""
    j = _joignable(personne, au)
    return [CanalPossible(canal, j.empechement(GenreCourrier(genre), canal)) for canal in Canal]


def empechement(
    *, personne: Personne, genre: GenreCourrier, canal: Canal, au: date, moyen: MoyenRemise | None = None
) -> str:
    """Why this letter cannot go to the person by this way; an empty text when it can."""
    return _joignable(personne, au).empechement(genre, canal, moyen)


def _joignable(personne: Personne, au: date) -> Joignable:
    return retenir(
        ("joignable", personne.pk, au), lambda: joignables(personnes=[personne.pk], au=au)[personne.pk]
    )  # fmt: skip


def contact_du_canal(j: Joignable, canal: Canal) -> Contact | None:
    """The row written to by this way; none for the post, the counter, the personal space."""
    return j.contact(canal).contact if canal in _CONTACT else None


def blocages(*, personnes: Iterable[int]) -> dict[int, str]:
    """``blocage_des_envois`` of many people, by id asked for, in a constant number of queries: those blocked only."""
    ids = Ids(personnes)
    connues = Personne.objects.filter(pk__parmi=ids).values_list("pk", "canonique_id")
    canoniques = {pk: canonique or pk for pk, canonique in connues}
    groupes = ids_des_groupes(set(canoniques.values()))
    qui = {rangee: pk for pk, groupe in groupes.items() for rangee in groupe}
    bloquees = {qui[pk]: _DECES_A_VERIFIER for pk in _deces_signales(Ids(qui)) if pk in qui}
    bloquees |= dict.fromkeys((qui[pk] for pk in a_arbitrer(Ids(qui)) if pk in qui), A_ARBITRER)
    mortes = Personne.objects.filter(pk__parmi=Ids(groupes), deces_le__isnull=False)
    bloquees |= dict.fromkeys(mortes.values_list("pk", flat=True), DECEDEE)
    return {pk: bloquees[canonique] for pk, canonique in canoniques.items() if canonique in bloquees}


def blocage_des_envois(personne: Personne) -> str:
    """Why nothing may leave for her now, letter already queued included; ``""`` when nothing prevents it.

    A death only signalled blocks at once, until the data desk has checked it (E32).
    """
    if blocage := envois_bloques(personne):
        return blocage
    return _DECES_A_VERIFIER if _deces_signales(Ids(ids_du_groupe(personne))).exists() else ""


def _deces_signales(ids: Ids) -> QuerySet[Situation, int]:
    sur_le_chemin = Q(calcul__contains={"parentheses": [Etat.DECES_PRESUME.value]})
    ailleurs = Q(calcul__echeances__has_key=GenreEcheance.DECES_A_VERIFIER.value)
    lignes = Situation.objects.filter(sur_le_chemin | ailleurs, personne__parmi=ids)
    return lignes.values_list("personne_id", flat=True)
