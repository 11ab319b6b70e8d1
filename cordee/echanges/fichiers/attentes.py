"""What the data desk decides about expected files: rhythm, end, reminders (R29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cordee.echanges.fichiers.calendrier import Attente, Cle, premier_mois, retards
from cordee.echanges.fichiers.models import FichierAttendu, Periodicite, RelanceFichier, TypeFichier
from cordee.metier.organismes.enums import Unite
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.models import OrganismePayeur
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour


class AttenteImpossible(ErreurMetier):
    """What was asked of the calendar cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reglage:
    """How a kind of file is expected. ``jour``: day of the month of a monthly; ``unite``, ``structure``: who asks."""

    periodicite: Periodicite
    jour: int | None
    debut: date
    fin: date | None = None
    unite: Unite = Unite.DONNEES
    structure: Structure | None = None
    note: str = ""


@transaction.atomic
def regler_attente(
    *, genre: TypeFichier, organisme: OrganismePayeur | None, emetteur: Structure | None, reglage: Reglage,
    par: Agent, le: datetime,
) -> FichierAttendu:  # fmt: skip
    """Say how a kind of file is expected from a sender; a second saying replaces the first.

    Raises:
        AttenteImpossible: no sender or two, no day for a monthly, or an end before the beginning.
    """
    if organisme is not None and emetteur is not None:
        raise AttenteImpossible("Choisissez un organisme payeur ou un partenaire, pas les deux.")
    if genre.startswith("beneficiaires") and organisme is None:
        raise AttenteImpossible("Choisissez l'organisme payeur qui envoie ce fichier.")
    mensuel = reglage.periodicite is Periodicite.MENSUEL
    if mensuel and not 1 <= (reglage.jour or 0) <= 31:
        raise AttenteImpossible("Indiquez le jour du mois où le fichier est attendu, de 1 à 31.")
    if reglage.fin is not None and reglage.fin < reglage.debut:
        raise AttenteImpossible("La date de fin doit suivre la date de début.")
    attendu, _ = FichierAttendu.objects.update_or_create(
        type=genre, organisme=organisme, emetteur=emetteur,
        defaults={
            "periodicite": reglage.periodicite, "jour": reglage.jour if mensuel else None, "unite": reglage.unite,
            "structure": reglage.structure, "debut": reglage.debut, "fin": reglage.fin, "note": reglage.note[:300],
            "modifie_le": le, "modifie_par": par,
        },
    )  # fmt: skip
    return attendu


@transaction.atomic
def noter_relance(*, cle: Cle, par: Agent, le: datetime) -> RelanceFichier:
    """Write that the sender was asked for the file that is late.

    Raises:
        AttenteImpossible: nothing is late there any more.
    """
    retard = next((p for p in retards(jour(le)) if p.attente.cle == cle), None)
    if retard is None:
        raise AttenteImpossible("Ce fichier n'est plus en retard : rechargez la page.")
    attendu = _materialiser(retard.attente, par=par, le=le)
    return RelanceFichier.objects.create(attendu=attendu, attendu_le=retard.attendu_le, faite_le=le, par=par)


def reglage_de(a: Attente, au: date) -> Reglage:
    """How it is expected now, said by somebody or by the kind itself."""
    mensuel = a.periodicite is Periodicite.MENSUEL
    debut = (premier_mois(a) if mensuel and a.reglee is None else a.debut) or au
    return Reglage(
        periodicite=a.periodicite, jour=a.jour if mensuel else None, debut=debut, fin=a.fin, unite=a.unite,
        structure=a.structure, note=a.note,
    )  # fmt: skip


def _materialiser(a: Attente, *, par: Agent, le: datetime) -> FichierAttendu:
    """The row of an expectation; the kind's own rhythm is written when nobody had said anything."""
    if a.reglee is not None:
        return a.reglee
    return regler_attente(
        genre=TypeFichier(a.cle.type), organisme=a.organisme, emetteur=a.emetteur,
        reglage=reglage_de(a, jour(le)), par=par, le=le,
    )  # fmt: skip
