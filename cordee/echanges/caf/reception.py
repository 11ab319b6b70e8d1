"""A file arrives: it becomes a fact, before anybody believes it."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from cordee.echanges.caf.lecture import FichierRefuse, FoyerInchange, FoyerLu, entete, lire, sha256
from cordee.echanges.caf.models import FichierRecu, StatutFichier
from cordee.echanges.caf.selectors import MENSUEL, QUOTIDIEN, REPRISE
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import OrganismePayeur
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

_TYPES: Final = {"M": MENSUEL, "I": QUOTIDIEN, "R": REPRISE}
_ERREUR_MAX: Final = 500


class ReceptionImpossible(ErreurMetier):
    """What was said of the file cannot be."""


@transaction.atomic
def recevoir(
    *, chemin: Path, nom: str, recu_le: date | None, par: Agent, le: datetime, deposer: bool = True
) -> FichierRecu:
    """Record a file received: who it is, from whom, for which day. Nothing of its content is written yet.

    The same bytes twice are the same fact: the first row is returned unchanged. A file that cannot be taken is kept as
    a fact too, with the reason in ``erreur`` (statut ``refuse``).

    Args:
        recu_le: day of *reception*, from which the legal clocks run (E06); the file's creation day by default.
        deposer: keep a copy until it is loaded (``lieu_de``); false when the caller loads from ``chemin`` at once.

    Raises:
        FichierRefuse: the file cannot even be opened.
        ReceptionImpossible: the day of reception is to come.
    """
    if recu_le is not None and recu_le > jour(le):
        raise ReceptionImpossible("La date de réception est dans le futur : indiquez le jour où le fichier est arrivé.")
    empreinte = sha256(chemin)
    connu = FichierRecu.objects.filter(empreinte=empreinte).first()
    if connu is not None:
        if deposer and connu.statut not in (StatutFichier.CHARGE, StatutFichier.REFUSE):
            _deposer(chemin, connu)
        return connu
    fichier = FichierRecu(
        empreinte=empreinte, nom=nom[:200], depose_le=le, depose_par=par, taille=chemin.stat().st_size,
        recu_le=recu_le or jour(le),
    )  # fmt: skip
    try:
        _identifier(fichier, chemin, recu_le)
    except FichierRefuse as refus:
        fichier.statut, fichier.erreur = StatutFichier.REFUSE, str(refus)[:_ERREUR_MAX]
    fichier.save()
    if deposer and fichier.statut != StatutFichier.REFUSE:
        _deposer(chemin, fichier)
    return fichier


def _identifier(fichier: FichierRecu, chemin: Path, recu_le: date | None) -> None:
    tete = entete(chemin)
    fichier.type = _TYPES[tete.type_flux]
    fichier.cree_le = tete.cree_le
    fichier.reference_le = tete.reference if tete.mensuel else tete.cree_le.date()
    fichier.recu_le = recu_le or tete.cree_le.date()
    fichier.organisme = _organisme(chemin)


def _organisme(chemin: Path) -> OrganismePayeur | None:
    """The body of the first household that names one: the header does not say it."""
    for lu in lire(chemin):
        if isinstance(lu, FoyerLu | FoyerInchange) and lu.numero_organisme:
            code = (lu.fonction_organisme + lu.numero_organisme)[:8]
            nom = f"{lu.fonction_organisme} {lu.numero_organisme}"[:80]
            return OrganismePayeur.objects.get_or_create(code=code, defaults={"nom": nom})[0]
    return None


def lieu_de(fichier: FichierRecu) -> Path:
    """Where the copy of a file stands between its reception and its loading."""
    return Path(settings.MEDIA_ROOT) / "flux_caf" / fichier.empreinte


def _deposer(chemin: Path, fichier: FichierRecu) -> None:
    """Copy it whole or not at all, readable by this account only."""
    lieu = lieu_de(fichier)
    if lieu.exists():
        return
    lieu.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    provisoire = lieu.with_suffix(f".{os.getpid()}")
    with chemin.open("rb") as source, os.fdopen(os.open(provisoire, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as copie:
        shutil.copyfileobj(source, copie, 1024 * 1024)
    provisoire.replace(lieu)


def oublier_copie(fichier: FichierRecu) -> None:
    """Remove the copy: what the file said is in the database, and the fact of its reception stays."""
    lieu_de(fichier).unlink(missing_ok=True)
