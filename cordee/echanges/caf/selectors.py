"""Reads about the files received: no personal data leaves here except the prints of households."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from django.db.models import F, Q, QuerySet

from cordee.echanges.caf.codes import libelle
from cordee.echanges.caf.models import EvenementFoyer
from cordee.echanges.fichiers.models import FichierRecu, Portee, StatutFichier, TypeFichier
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import Appartenance, Foyer, Personne
from cordee.metier.personnes.selectors import personnes_visibles

MENSUEL = TypeFichier.BENEFICIAIRES_MENSUEL
BENEFICIAIRES: Final = (
    TypeFichier.BENEFICIAIRES_MENSUEL,
    TypeFichier.BENEFICIAIRES_QUOTIDIEN,
    TypeFichier.BENEFICIAIRES_EXCEPTIONNEL,
)
_ACTES: Final = UUID("5f0f7c5e-6c0b-4f0e-9a53-0c6a3d1c9b27")


def mensuels_charges(*, organisme_id: int) -> QuerySet[FichierRecu]:
    """Monthlies of a body already loaded, latest first."""
    return FichierRecu.objects.filter(organisme_id=organisme_id, type=MENSUEL, statut=StatutFichier.CHARGE).order_by(
        "-reference_le", "-cree_le"
    )


def portee_de(fichier: FichierRecu) -> Portee:
    """Whether a file may change the present situation (E01): no later monthly of its body is loaded."""
    if fichier.organisme_id is None or fichier.reference_le is None:
        return Portee.COURANT
    plus_recents = Q(reference_le__gt=fichier.reference_le)
    if fichier.type == MENSUEL:
        plus_recents |= Q(reference_le=fichier.reference_le, cree_le__gt=fichier.cree_le)
    depasse = mensuels_charges(organisme_id=fichier.organisme_id).filter(plus_recents).exists()
    return Portee.HISTORIQUE if depasse else Portee.COURANT


def deja_charge(fichier: FichierRecu) -> bool:
    """Whether another beneficiaries file of the same body and the same day is loaded, of whatever kind."""
    memes = FichierRecu.objects.filter(
        organisme_id=fichier.organisme_id, type__in=BENEFICIAIRES, reference_le=fichier.reference_le,
        statut=StatutFichier.CHARGE,
    )  # fmt: skip
    return memes.exclude(pk=fichier.pk).exists()


def mensuel_precedent(*, organisme_id: int, avant: date) -> FichierRecu | None:
    """The last monthly of a body before a day, among those loaded."""
    return mensuels_charges(organisme_id=organisme_id).filter(reference_le__lt=avant).first()


class FoyerConnu(NamedTuple):
    """A household stored: the print of its content, and of the bytes it came in (``b""`` when not known)."""

    foyer_id: int
    empreinte: bytes
    brute: bytes


def empreintes(*, organisme_id: int, reference: date, transmis_le: datetime) -> dict[str, FoyerConnu]:
    """The households, by NUMDEMRSA, that a file of that date may find unchanged.

    Left out: a request shared by two households, and what a later file has said.
    """
    connus: dict[str, FoyerConnu] = {}
    doubles: set[str] = set()
    lignes = Foyer.objects.filter(organisme_id=organisme_id, empreinte__isnull=False).filter(
        Q(reference_le__lt=reference) | Q(reference_le=reference, transmis_le__lte=transmis_le)
    )
    colonnes = lignes.values_list("numdemrsa", "pk", "empreinte", "empreinte_brute")
    for numdemrsa, pk, empreinte, brute in colonnes.iterator(chunk_size=5000):
        if numdemrsa in connus:
            doubles.add(numdemrsa)
        connus[numdemrsa] = FoyerConnu(pk, bytes(empreinte or b""), bytes(brute or b""))
    for numdemrsa in doubles:
        del connus[numdemrsa]
    return connus


def personnes_du_mouvement(*, fichier: FichierRecu, sens: str, motif: str, pour: Agent, au: date) -> QuerySet[Personne]:
    """The people behind one figure of the report (``Rapport.mouvements``), within the agent's perimeter.

    An event corrected since still counts: the report says what the file did on that day.
    """
    evenements = Evenement.objects.filter(acte=acte_de(fichier.pk), donnees__sens=sens, donnees__mouvement=motif)
    return (
        personnes_visibles(pour=pour, au=au)
        .filter(Q(pk__in=evenements.values("personne_id")) | Q(reunies__in=evenements.values("personne_id")))
        .distinct()
    )


def acte_de(fichier_id: int) -> UUID:
    """The act under which the events of a file are recorded: the same whatever the number of attempts."""
    return uuid5(_ACTES, str(fichier_id))


_FAITS_MAX = 200


@dataclass(frozen=True, slots=True)
class FaitTransmis:
    """What the paying body dealt with in a household, as a daily said it. ``heure`` as sent, ``""`` when absent."""

    le: date | None
    heure: str
    code: str
    libelle: str
    fichier_id: int
    recu_le: date


def evenements_du_foyer(foyer_id: int) -> list[FaitTransmis]:
    """The events that dailies told of a household, latest first. The caller has checked that it may be read."""
    return _faits_transmis(EvenementFoyer.objects.filter(foyer_id=foyer_id))


def evenements_transmis(appartenances: Iterable[Appartenance], *, limite: int = 60) -> list[FaitTransmis]:
    """The events that dailies told of the households somebody belongs to, latest first. One query.

    Of a household she left, only what had come by then: what it lives since is not hers to show.
    """
    lesquels = Q(pk__in=())
    for a in appartenances:
        lesquels |= Q(foyer=a.foyer_id) if a.fin is None else Q(foyer=a.foyer_id, fichier__recu_le__lte=a.fin)
    return _faits_transmis(EvenementFoyer.objects.filter(lesquels))[:limite]


def _faits_transmis(evenements: QuerySet[EvenementFoyer]) -> list[FaitTransmis]:
    lignes = evenements.order_by(F("liquide_le").desc(nulls_last=True), "-heure", "-pk")
    return [
        FaitTransmis(le, heure, fait, libelle("FG", fait), fichier_id, recu_le)
        for le, heure, fait, fichier_id, recu_le in lignes.values_list(
            "liquide_le", "heure", "fait", "fichier_id", "fichier__recu_le"
        )[:_FAITS_MAX]
    ]
