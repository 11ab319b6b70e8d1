"""What the loading of every kind of file shares: where the bytes are, and what is kept of how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from cordee.echanges.fichiers.depot import FichierIncomplet, FichierRefuse, lieu_de, oublier_copie
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.echanges.fichiers.reception import ERREUR_MAX


def noter_etat(fichier: FichierRecu, **champs: object) -> None:
    """Write columns of the fact, and only those: the progress is written from another connection meanwhile."""
    FichierRecu.objects.filter(pk=fichier.pk).update(**champs)


def octets_de(fichier: FichierRecu, chemin: Path | None) -> Path:
    """Where the bytes to load are: ``chemin``, or the copy kept at reception.

    Raises:
        FichierIncomplet: refused before, or its copy is gone.
    """
    if fichier.statut == StatutFichier.REFUSE:
        raise FichierIncomplet(fichier.erreur)
    ou = chemin or lieu_de(fichier)
    if not ou.exists():
        raise FichierIncomplet("La copie de ce fichier n'est plus là : déposez-le de nouveau.")
    return ou


@contextmanager
def issue(fichier: FichierRecu, au_refus: Callable[[FichierRefuse], dict[str, Any]] | None = None) -> Iterator[None]:
    """Keep how a loading ends: refused whole, with the reason and without its copy; stopped, ready to run again.

    Args:
        au_refus: columns to write besides when the file is refused.
    """
    try:
        yield
    except FichierRefuse as refus:
        autres = au_refus(refus) if au_refus else {}
        noter_etat(fichier, statut=StatutFichier.REFUSE, erreur=str(refus)[:ERREUR_MAX], etape_traitement="", **autres)
        oublier_copie(fichier)
        raise
    except BaseException:
        if connection.is_usable():
            noter_etat(fichier, statut=StatutFichier.RECU, etape_traitement="Interrompu : à relancer")
        raise
