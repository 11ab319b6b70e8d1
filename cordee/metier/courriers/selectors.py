"""Reads of the letters: by which way a person can be written to, to whom, what was sent and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.regles import EtatDate, bloc_adresse, date_certaine, moyens_admis
from cordee.metier.parcours.enums import Etat, GenreEcheance
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.enums import GenreContact, NatureAdresse, Sexe
from cordee.metier.personnes.models import Adresse, Personne, Representant
from cordee.metier.personnes.selectors import (
    adresse_courante,
    contact_utilisable,
    envois_bloques,
    ids_du_groupe,
    representants_courants,
)

# The means each way allows, the ordinary one first. A phone call leaves no letter.
MOYENS: dict[Canal, tuple[MoyenRemise, ...]] = {
    Canal.COURRIER: (MoyenRemise.LETTRE_SIMPLE, MoyenRemise.LRAR),
    Canal.COURRIEL: (MoyenRemise.COURRIEL, MoyenRemise.LRE),
    Canal.SMS: (MoyenRemise.SMS,),
    Canal.ESPACE_PERSONNEL: (MoyenRemise.ESPACE_PERSONNEL,),
    Canal.GUICHET: (MoyenRemise.REMISE_MAIN_PROPRE,),
    Canal.TELEPHONE: (),
}
_CONTACT = {
    Canal.COURRIEL: GenreContact.COURRIEL,
    Canal.SMS: GenreContact.TELEPHONE,
    Canal.TELEPHONE: GenreContact.TELEPHONE,
}


@dataclass(frozen=True, slots=True)
class CanalPossible:
    """One way to reach a person; ``empechement`` says in plain French why it cannot be used."""

    canal: Canal
    empechement: str = ""

    @property
    def possible(self) -> bool:
        return not self.empechement


@dataclass(frozen=True, slots=True)
class Destinataire:
    """To whom a letter goes: as called in the letter, in full, and the lines of the envelope."""

    appel: str
    nom: str
    adresse: list[str]

    def pour_lettre(self) -> dict[str, object]:
        return {"appel": self.appel, "nom": self.nom, "adresse": self.adresse}


def canaux_possibles(*, personne: Personne, genre: GenreCourrier, au: date) -> list[CanalPossible]:
    """Every way, with what prevents it (opposition, discreet contact, returned mail, unknown number: E37, V12)."""
    return [CanalPossible(canal, empechement(personne=personne, genre=genre, canal=canal, au=au)) for canal in Canal]


def empechement(
    *, personne: Personne, genre: GenreCourrier, canal: Canal, au: date, moyen: MoyenRemise | None = None
) -> str:
    """Why this letter cannot go to the person by this way; an empty text when it can.

    A convocation rests on a mission of public interest, not on consent: what exists is the person's opposition.
    """
    if blocage := blocage_des_envois(personne):
        return blocage
    moyens = (moyen,) if moyen else MOYENS[canal]
    discret = personne.contact_discret
    if discret and canal is not Canal.TELEPHONE and not set(moyens) & moyens_admis(genre, contact_discret=True):
        return "Contact discret demandé : rien n'est envoyé, remettez le document en main propre."
    if moyens and not set(moyens) & moyens_admis(genre):
        return f"« {genre.libelle} » ne peut pas partir par ce moyen."
    if canal is Canal.COURRIER:
        return _sans_adresse(personne, au)
    if canal in _CONTACT:
        return _sans_contact(personne, canal, au)
    return ""


def blocage_des_envois(personne: Personne) -> str:
    """Why nothing may leave for her now, letter already queued included; ``""`` when nothing prevents it.

    A death only signalled blocks at once, until the data desk has checked it (E32).
    """
    if blocage := envois_bloques(personne):
        return blocage
    sur_le_chemin = Q(calcul__contains={"parentheses": [Etat.DECES_PRESUME.value]})
    ailleurs = Q(calcul__echeances__has_key=GenreEcheance.DECES_A_VERIFIER.value)
    if Situation.objects.filter(sur_le_chemin | ailleurs, personne__in=ids_du_groupe(personne)).exists():
        return "Les envois sont suspendus : un décès est signalé pour cette personne, il est à vérifier."
    return ""


def en_attente_d_envoi(personne: Personne) -> QuerySet[Courrier]:
    """Letters written and not gone, oldest first."""
    return Courrier.objects.filter(personne__in=ids_du_groupe(personne), etat="", annule_le__isnull=True).order_by(
        "cree_le", "pk"
    )


def _sans_adresse(personne: Personne, au: date) -> str:
    adresse = adresse_courante(personne, au)
    if adresse is None or adresse.nature == NatureAdresse.SANS_DOMICILE:
        return "Aucune adresse postale n'est connue : choisissez un autre moyen."
    if adresse.npai:
        return "Le courrier est revenu de cette adresse : vérifiez-la ou choisissez un autre moyen."
    return ""


def _sans_contact(personne: Personne, canal: Canal, au: date) -> str:
    return contact_utilisable(
        personne, genre=_CONTACT[canal], au=au, mobile=canal is Canal.SMS,
        par_quoi="SMS" if canal is Canal.SMS else canal.libelle.lower(),
    ).empechement  # fmt: skip


# Recipients ---------------------------------------------------------------------------------------------------------
def destinataire(personne: Personne, *, au: date, postal: bool) -> Destinataire:
    """The person herself. ``postal``: the envelope needs a full address; handed over, her name is enough.

    Raises:
        AdresseIllisible: the address does not fit the window of an envelope.
    """
    nom = nom_complet(personne)
    adresse = adresse_courante(personne, au) if postal else None
    lignes = _lignes(nom, adresse) if adresse else [nom]
    return Destinataire(appel=_appel(personne), nom=nom, adresse=lignes)


def nom_complet(personne: Personne) -> str:
    """As the letters write it: « Mme Prénom NOM »."""
    civilite = {Sexe.FEMME: "Mme", Sexe.HOMME: "M."}.get(Sexe(personne.sexe), "")
    return f"{civilite} {personne.prenom} {personne.nom.upper()}".strip()


def representants_a_informer(personne: Personne, *, au: date) -> list[tuple[Representant, Destinataire]]:
    """Representatives of a protected person or of a minor who can be written to (E28, C. trav. R5412-7)."""
    return [
        (r, Destinataire("Madame, Monsieur", r.nom, [r.nom, *r.adresse.splitlines()]))
        for r in representants_courants(personne, au)
        if r.nom.strip() and r.adresse.strip()
    ]


def _appel(personne: Personne) -> str:
    return {Sexe.FEMME: "Madame", Sexe.HOMME: "Monsieur"}.get(Sexe(personne.sexe), "Madame, Monsieur")


def _lignes(nom: str, a: Adresse) -> list[str]:
    if a.nature == NatureAdresse.HORS_FRANCE and a.lignes_etranger:
        return [nom, *(str(ligne) for ligne in a.lignes_etranger)]
    chez = a.chez or (a.domiciliataire.nom if a.domiciliataire else "")
    domiciliee = a.nature == NatureAdresse.DOMICILIATION and a.domiciliataire is not None and not a.voie
    voie = " ".join(partie for partie in (a.numero, a.type_voie, a.voie) if partie)
    return bloc_adresse(
        destinataire=nom,
        chez=chez,
        point_remise=a.complement,
        batiment=a.complement_identification,
        voie=a.domiciliataire.adresse if domiciliee and a.domiciliataire else voie,
        lieu_dit=a.lieu_dit,
        code_postal=a.code_postal,
        commune=a.ville or (a.commune.nom if a.commune else ""),
    )


# What was sent ------------------------------------------------------------------------------------------------------
def courriers_de(personne: Personne) -> QuerySet[Courrier]:
    """Letters of a person (and of the rows merged into her), latest first, with the states of their delivery (R81)."""
    lignes = Courrier.objects.filter(personne__in=ids_du_groupe(personne)).order_by("-cree_le", "-pk")
    return lignes.select_related("cree_par").prefetch_related("suivis")


def courriers_de_l_objet(objet_type: str, objet_id: int) -> QuerySet[Courrier]:
    """Letters about one appointment, decision or contract."""
    return Courrier.objects.filter(objet_type=objet_type, objet_id=objet_id).order_by("pk").prefetch_related("suivis")


def a_envoyer(*, genre: GenreCourrier | None = None) -> QuerySet[Courrier]:
    """Letters written and not gone yet, oldest first: what the post room has to print."""
    lignes = Courrier.objects.filter(etat="", annule_le__isnull=True).order_by("cree_le", "pk")
    return lignes.filter(genre=genre) if genre else lignes


def date_certaine_de(courrier: Courrier) -> date | None:
    """The day on which the law holds this letter to have been received (C. trav. R5411-8-1), or ``None``."""
    if not courrier.moyen:
        return None
    return date_certaine(_etats(courrier), moyen=MoyenRemise(courrier.moyen))


def _etats(courrier: Courrier) -> Iterator[EtatDate]:
    for etat, le in courrier.suivis.order_by("le", "pk").values_list("etat", "le"):
        yield EtatDate(EtatRemise(etat), le)
