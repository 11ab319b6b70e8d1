"""A file arrives: it becomes a fact, before anybody believes it. What every kind shares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from django.db import transaction

from cordee.echanges.fichiers.depot import (
    FichierRefuse,
    ReceptionImpossible,
    deposer_copie,
    lieu_de,
    oublier_copie,
    sha256,
)
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.metier.organismes.models import Agent
from cordee.socle.horloge import jour

ERREUR_MAX: Final = 500


class Annonce(Protocol):
    """What a file announces, as it is kept until its loading."""

    def vers_json(self) -> dict[str, Any]: ...


A = TypeVar("A", bound=Annonce)


def verifier_reception(recu_le: date | None, le: datetime) -> None:
    """A file cannot have come tomorrow.

    Raises:
        ReceptionImpossible: with the sentence for the desk.
    """
    if recu_le is not None and recu_le > jour(le):
        raise ReceptionImpossible("La date de réception est dans le futur : indiquez le jour où le fichier est arrivé.")


def deja_connu(chemin: Path, empreinte: str, *, deposer: bool) -> FichierRecu | None:
    """The fact these bytes already are; its copy is put back when it still has to be loaded."""
    connu = FichierRecu.objects.filter(empreinte=empreinte).first()
    if connu is not None and deposer and connu.statut not in (StatutFichier.CHARGE, StatutFichier.REFUSE):
        deposer_copie(chemin, connu)
    return connu


@transaction.atomic
def recevoir_fait(
    *, chemin: Path, nom: str, identifier: Callable[[FichierRecu], None], recu_le: date | None, par: Agent,
    le: datetime, deposer: bool,
) -> FichierRecu:  # fmt: skip
    """Record a file received. The same bytes twice are the same fact: the first row is returned unchanged.

    A file that cannot be taken is kept as a fact too, with the reason in ``erreur`` (statut ``refuse``).

    Args:
        identifier: says what it is, from whom and for which day, on the row not yet saved; may refuse
            (``FichierRefuse``).
        recu_le: day of *reception*, from which the legal clocks run (E06); today by default.
        deposer: keep a copy until it is loaded (``lieu_de``); false when the caller loads from ``chemin`` at once.

    Raises:
        FichierRefuse: the file cannot even be opened.
        ReceptionImpossible: the day of reception is to come.
    """
    verifier_reception(recu_le, le)
    empreinte = sha256(chemin)
    connu = deja_connu(chemin, empreinte, deposer=deposer)
    if connu is not None:
        return connu
    fichier = FichierRecu(
        empreinte=empreinte, nom=nom[:200], depose_le=le, depose_par=par, taille=chemin.stat().st_size,
        recu_le=recu_le or jour(le),
    )  # fmt: skip
    try:
        identifier(fichier)
    except FichierRefuse as refus:
        fichier.statut, fichier.erreur = StatutFichier.REFUSE, str(refus)[:ERREUR_MAX]
    fichier.save()
    if deposer and fichier.statut != StatutFichier.REFUSE:
        deposer_copie(chemin, fichier)
    return fichier


@transaction.atomic
def noter_annonce(fichier: FichierRecu, apercevoir: Callable[[Path], A]) -> A | None:
    """Look at the copy of a file just received and keep what it announces. Unreadable to its end: refused, with why."""
    chemin = lieu_de(fichier)
    if fichier.statut != StatutFichier.RECU or not chemin.exists():
        return None
    try:
        annonce = apercevoir(chemin)
    except FichierRefuse as refus:
        FichierRecu.objects.filter(pk=fichier.pk).update(statut=StatutFichier.REFUSE, erreur=str(refus)[:ERREUR_MAX])
        fichier.refresh_from_db()
        oublier_copie(fichier)
        return None
    FichierRecu.objects.filter(pk=fichier.pk).update(rapport={"apercu": annonce.vers_json()})
    fichier.refresh_from_db()
    return annonce


def annonce_de(fichier: FichierRecu) -> dict[str, Any] | None:
    """What was noted at reception, until the report of the loading takes its place."""
    note = fichier.rapport.get("apercu") if isinstance(fichier.rapport, dict) else None
    return dict(note) if note else None
