"""From data to a letter: who it goes to, by which means, and the proof of what it said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cordee.metier.courriers import rendu
from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.courriers.models import Courrier, SuiviRemise
from cordee.metier.courriers.regles import KIND_COURRIER, delais_du_courrier, peut_suivre
from cordee.metier.courriers.selectors import MOYENS, Joignable, blocage_des_envois, joignables
from cordee.metier.courriers.selectors.canaux import contact_du_canal
from cordee.metier.courriers.selectors.destinataires import joignables_par_courrier, vers_elle, vers_le_representant
from cordee.metier.courriers.selectors.modeles import TextesEnVigueur
from cordee.metier.courriers.services.acheminement import mettre_en_route
from cordee.metier.courriers.services.ecriture import Brouillon, ecrire
from cordee.metier.courriers.services.redaction import pour_qui
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import Personne, Representant
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

# Kinds whose copy goes to the representative of a protected person (E28). A contract is signed with her instead.
AVEC_COPIE = frozenset({
    GenreCourrier.GRIEFS, GenreCourrier.AUDITION, GenreCourrier.COMMUNICATION_DOSSIER, GenreCourrier.CLASSEMENT,
    GenreCourrier.DECISION_SUSPENSION, GenreCourrier.DECISION_SUPPRESSION, GenreCourrier.DECISION_FIN_DE_DROIT,
    GenreCourrier.LEVEE_MESURE, GenreCourrier.ACCUSE_RECOURS, GenreCourrier.REPONSE_RECOURS,
    GenreCourrier.CONVOCATION, GenreCourrier.INVITATION, GenreCourrier.NOTIFICATION_ORIENTATION,
    GenreCourrier.NOMINATION_REFERENT, GenreCourrier.REFUS_REORIENTATION, GenreCourrier.CONVOCATION_EP,
    GenreCourrier.SUITE_EP,
})  # fmt: skip


class EnvoiImpossible(ErreurMetier):
    """The letter cannot go this way; the sentence says why and what else can be done."""


class CourrierAltere(ErreurMetier):
    """The stored data no longer give the document that was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LettreAEcrire:
    """One letter of ``emettre_lot``, as the arguments of ``emettre``.

    ``par_representant``: only her representative can be written to (``ChoixCanal.par_representant``).
    """

    personne_id: int
    donnees: Mapping[str, Any]
    canal: Canal
    moyen: MoyenRemise | None = None
    objet_type: str = ""
    objet_id: int | None = None
    delais: tuple[str, ...] = ()
    par_representant: bool = False


@dataclass(frozen=True, slots=True)
class Emission:
    """What ``emettre_lot`` did.

    Attributes:
        courriers: the letters written, copies to representatives included.
        refus: why a letter was not written, by its rank in the list that was given.
    """

    courriers: list[Courrier]
    refus: dict[int, str]


@transaction.atomic
def emettre(
    *, personne: Personne, genre: GenreCourrier, donnees: Mapping[str, Any], canal: Canal,
    moyen: MoyenRemise | None = None, objet_type: str = "", objet_id: int | None = None, par: Agent, le: datetime,
    etat: EtatRemise | None = None, etat_le: date | None = None, delais: Iterable[str] = (),
) -> Courrier:  # fmt: skip
    """Write one letter, and its copy to the representative of a protected person (E28).

    Args:
        donnees: what the template prints beyond the head (``departement``), the recipient and the stated deadlines.
        moyen: the means; by default the ordinary one of the channel (``selectors.MOYENS``).
        etat: already handed over or posted; by default the letter waits to be sent.
        etat_le: the day of that state (today by default).
        delais: optional deadlines the letter states (``regles.KIND_COURRIER``).

    Raises:
        EnvoiImpossible: opposition, discreet contact, unknown or returned address, sendings blocked.
        DonneesManquantes: the letter would mislead without a value.
    """
    lettre = LettreAEcrire(
        personne_id=personne.pk, donnees=donnees, canal=canal, moyen=moyen, objet_type=objet_type, objet_id=objet_id,
        delais=tuple(delais),
    )  # fmt: skip
    faite = emettre_lot(lettres=[lettre], genre=genre, par=par, le=le, en_route=etat is None)
    if faite.refus:
        raise EnvoiImpossible(faite.refus[0])
    courrier = faite.courriers[0]
    if etat is not None:
        SuiviRemise.objects.create(courrier=courrier, etat=etat, le=etat_le or jour(le), note_le=le, note_par=par)
        courrier.etat = etat
        courrier.save(update_fields=["etat"])
    return courrier


@transaction.atomic
def emettre_lot(
    *, lettres: Sequence[LettreAEcrire], genre: GenreCourrier, par: Agent, le: datetime, en_route: bool = True
) -> Emission:
    """Write letters of one kind to many people, waiting to be sent, in a number of queries that does not grow.

    E-mails and text messages are put on their way (``en_route``): they leave by themselves a few minutes later.

    Each is checked and proved as ``emettre`` does; one that cannot go is left out with its sentence, the others are
    written. The letters come in the order asked for, each followed by the copies to representatives (E28).

    Raises:
        DonneesManquantes: a letter would mislead without a value; none is written.
    """
    genre, au = GenreCourrier(genre), jour(le)
    connus = joignables(personnes={lettre.personne_id for lettre in lettres}, au=au)
    commun: dict[str, Any] = {} if all("departement" in x.donnees for x in lettres) else {"departement": expediteur()}
    delais = {avec: delais_du_courrier(genre, au=au, avec=avec) for avec in {x.delais for x in lettres}}
    brouillons: list[Brouillon] = []
    refus: dict[int, str] = {}
    for rang, lettre in enumerate(lettres):
        qui = connus.get(lettre.personne_id)
        if qui is None:
            refus[rang] = "Cette personne n'existe plus : rouvrez-la depuis la recherche."
            continue
        contenu = {**commun, **lettre.donnees, "delais": delais[lettre.delais]}
        try:
            brouillons += _rediger(lettre, qui, genre, contenu)
        except EnvoiImpossible as erreur:
            refus[rang] = str(erreur)
    ecrits = ecrire(brouillons, textes=TextesEnVigueur(au), par=par, le=le)
    if en_route:
        quand = {c.pk: (b.contenu.get("rdv") or {}).get("quand") for c, b in zip(ecrits, brouillons, strict=True)}
        perimes = {pk: q for pk, q in quand.items() if isinstance(q, datetime)}
        mettre_en_route([c for c in ecrits if not c.au_representant], le=le, perimes=perimes)
    return Emission(ecrits, refus)


def _rediger(lettre: LettreAEcrire, qui: Joignable, genre: GenreCourrier, contenu: dict[str, Any]) -> list[Brouillon]:
    """The letter and its copies.

    Raises:
        EnvoiImpossible: the way is closed to her.
    """
    canal = Canal(lettre.canal)
    moyen = MoyenRemise(lettre.moyen) if lettre.moyen else next(iter(MOYENS[canal]), None)
    if moyen is not None and moyen not in MOYENS[canal]:
        raise EnvoiImpossible(f"« {moyen.libelle} » n'est pas un moyen d'envoi par {canal.libelle.lower()}.")
    raison = qui.blocage if lettre.par_representant else qui.empechement(genre, canal, moyen)
    if raison:
        raise EnvoiImpossible(raison)
    commun: dict[str, Any] = {
        "personne_id": lettre.personne_id, "genre": genre, "objet_type": lettre.objet_type,
        "objet_id": lettre.objet_id,
    }  # fmt: skip
    faits = []
    if not lettre.par_representant:
        adresse = qui.adresse if canal is Canal.COURRIER else None
        contact = contact_du_canal(qui, canal)
        elle = Brouillon(
            **commun, canal=canal, moyen=moyen, qui=vers_elle(qui.personne, adresse), contenu=contenu,
            adresse_id=adresse.pk if adresse else None, contact_id=contact.pk if contact else None,
            preference=qui.preference,
            pour=pour_qui(
                qui.personne, partage=contact is not None and contact.valeur in qui.coordonnees.du_foyer
            ),
        )  # fmt: skip
        faits.append(elle)
    if genre in AVEC_COPIE:
        faits += [_copie(commun, contenu, r) for r in joignables_par_courrier(qui.coordonnees.representants)]
    if not faits:
        raise EnvoiImpossible("Aucun représentant ne peut recevoir ce courrier : complétez son adresse.")
    return faits


def _copie(commun: dict[str, Any], contenu: Mapping[str, Any], representant: Representant) -> Brouillon:
    """The representative's copy: by registered letter where the certain date matters, by ordinary letter else."""
    exige = KIND_COURRIER[commun["genre"]].exige_date_certaine
    return Brouillon(
        **commun, canal=Canal.COURRIER, moyen=MoyenRemise.LRAR if exige else MoyenRemise.LETTRE_SIMPLE,
        qui=vers_le_representant(representant), contenu={**contenu, "main_propre": False}, au_representant=True,
    )  # fmt: skip


def pdf(courrier: Courrier, *, grands_caracteres: bool = False) -> bytes:
    """The letter again, from what was kept of it.

    As long as the template has not changed, the digest proves that the document is the one of the day. Later, the
    same content is set in the present layout.

    Raises:
        CourrierAltere: the stored data give another document than the one that was recorded.
    """
    verifier_preuve([courrier])
    return rendu.rendre_pdf(courrier.genre, courrier.donnees, le=courrier.cree_le, grands_caracteres=grands_caracteres)


def verifier_preuve(courriers: Iterable[Courrier]) -> None:
    """Each letter written with the present template still gives the digest of its day.

    Raises:
        CourrierAltere: one does not; its reference is named.
    """
    versions: dict[str, str] = {}
    for courrier in courriers:
        version = versions.get(courrier.genre) or versions.setdefault(
            courrier.genre, rendu.version_modele(courrier.genre)
        )
        if courrier.version_modele != version:
            continue
        actuelle = rendu.empreinte(courrier.genre, courrier.donnees, le=courrier.cree_le, version=version)
        if actuelle != courrier.empreinte:
            raise CourrierAltere(
                f"Le courrier n° {courrier.pk} ne correspond plus à sa preuve : prévenez l'administrateur."
            )


@transaction.atomic
def marquer_envoye(*, courrier: Courrier, le_jour: date, par: Agent, le: datetime) -> Courrier:
    """The letter has left: given to the post, sent, or said by phone.

    Raises:
        EnvoiImpossible: already gone or cancelled, or the sendings of this person are blocked.
    """
    frais = Courrier.objects.select_for_update(of=("self",)).select_related("personne__canonique").get(pk=courrier.pk)
    if frais.annule_le is not None:
        raise EnvoiImpossible("Ce courrier a été annulé : il ne part pas.")
    if blocage := blocage_des_envois(frais.personne.canonique or frais.personne):
        raise EnvoiImpossible(blocage)
    if not peut_suivre(EtatRemise(frais.etat) if frais.etat else None, EtatRemise.ENVOYEE):
        raise EnvoiImpossible("Ce courrier est déjà parti.")
    if le_jour > jour(le):
        raise EnvoiImpossible("La date d'envoi ne peut pas être à venir.")
    SuiviRemise.objects.create(courrier=frais, etat=EtatRemise.ENVOYEE, le=le_jour, note_le=le, note_par=par)
    frais.etat = EtatRemise.ENVOYEE
    frais.save(update_fields=["etat"])
    return frais


@transaction.atomic
def annuler_en_attente(
    *, le: datetime, par: Agent, personnes: Sequence[int] | None = None, objet_type: str = "",
    objets: Sequence[int] = (), courriers: Sequence[int] = (),
) -> int:  # fmt: skip
    """Cancel the letters not gone yet of these people, or about these objects, or these very ones. Returns how many."""
    lignes = Courrier.objects.filter(etat="", annule_le__isnull=True)
    if courriers:
        return lignes.filter(pk__in=list(courriers)).update(annule_le=le)
    if objet_type:
        lignes = lignes.filter(objet_type=objet_type, objet_id__in=list(objets))
    if personnes is not None or not objet_type:
        lignes = lignes.filter(personne_id__in=list(personnes or ()))
    return lignes.update(annule_le=le)


def annuler_ceux_des_evenements(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: after a death or a doubt on the identity, what has not left does not leave (E32)."""
    groupes = ids_des_groupes({e.personne_id for e in evenements})
    annuler_en_attente(personnes=[pk for groupe in groupes.values() for pk in groupe], par=par, le=le)
