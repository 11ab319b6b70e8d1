"""What a partner's file announces, once received and understood through its mapping."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from cordee.echanges.fichiers.models import FichierRecu
from cordee.echanges.fichiers.reception import noter_annonce
from cordee.echanges.partenaires.apercu import ApercuLignes
from cordee.echanges.partenaires.services import dissocier
from cordee.echanges.partenaires.valeurs import CorrespondanceInadaptee


@transaction.atomic
def noter(fichier: FichierRecu, apercevoir: Callable[[Path], ApercuLignes]) -> ApercuLignes | None:
    """Look at the copy of a file just received and keep what it announces. Unreadable to its end: refused, with why.

    With a mapping that does not fit, it waits for another.
    """
    if fichier.emetteur is None:
        return None
    try:
        annonce = noter_annonce(fichier, apercevoir)
    except CorrespondanceInadaptee as inadaptee:
        dissocier(fichier=fichier, raison=str(inadaptee))
        return None
    if annonce is not None:
        FichierRecu.objects.filter(pk=fichier.pk).update(annonces=annonce.annonces)
        fichier.annonces = annonce.annonces
    return annonce
