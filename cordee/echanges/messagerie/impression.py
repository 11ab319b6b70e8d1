"""The files of a batch of letters, between its preparation and the post.

They hold names and addresses: readable by this account only, removed once the batch is posted or cancelled. They can
always be made again from the letters themselves.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from pypdf import PdfReader, PdfWriter

from cordee.metier.courriers.models import LotImpression
from cordee.metier.courriers.services import Partie, composer_lot, noter_l_echec
from cordee.socle.erreurs import ErreurMetier

A_LA_VOLEE = 60  # envelopes: composed while the agent waits, in about a second
_A4 = (595.28, 841.89)


class FichierAbsent(ErreurMetier):
    """The file of the batch is not there (not made yet, or removed after the posting)."""


def dossier_du_lot(lot: LotImpression) -> Path:
    """Where the files of a batch stand."""
    return Path(settings.MEDIA_ROOT) / "lots" / str(lot.pk)


def preparer_fichiers(*, lot: LotImpression, le: datetime) -> None:
    """Make the parts and the whole file of a batch, all or none. A refusal is kept with the batch and told there.

    Raises:
        ErreurMetier: see ``composer_lot``.
    """
    cible = dossier_du_lot(lot)
    provisoire = cible.with_name(f"{lot.pk}.{os.getpid()}")
    shutil.rmtree(provisoire, ignore_errors=True)
    provisoire.mkdir(mode=0o700, parents=True)
    try:
        _assembler(composer_lot(lot=lot, le=le), provisoire)
        shutil.rmtree(cible, ignore_errors=True)
        provisoire.replace(cible)
    except ErreurMetier as erreur:
        noter_l_echec(lot=lot, raison=str(erreur))
        raise
    finally:
        shutil.rmtree(provisoire, ignore_errors=True)


def _assembler(parties: Iterable[Partie], dossier: Path) -> None:
    """One file per part, and the whole. The whole is for printing; each part alone keeps its accessibility tags."""
    tout = PdfWriter()
    for partie in parties:
        _ecrire(dossier / f"partie-{partie.numero}.pdf", partie.pdf)
        tout.append(io.BytesIO(partie.pdf), import_outline=False)
        if partie.page_blanche:
            tout.add_blank_page(*_A4)
    tampon = io.BytesIO()
    tout.write(tampon)
    _ecrire(dossier / "lot.pdf", tampon.getvalue())


def _ecrire(lieu: Path, contenu: bytes) -> None:
    with os.fdopen(os.open(lieu, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as fichier:
        fichier.write(contenu)


def fichier_du_lot(lot: LotImpression, *, partie: int | None = None) -> Path:
    """The whole file, or one part (from 1).

    Raises:
        FichierAbsent: not made yet, removed, or no such part.
    """
    lieu = dossier_du_lot(lot) / ("lot.pdf" if partie is None else f"partie-{partie}.pdf")
    if not lieu.is_file():
        raise FichierAbsent("Le fichier de ce lot n'est pas là : préparez-le de nouveau.")
    return lieu


def pages_du_lot(lot: LotImpression, *, premiere: int, derniere: int) -> bytes:
    """Some pages of the whole file, to print again what the printer spoiled (R10).

    Raises:
        FichierAbsent: the file is not there.
        ErreurMetier: pages outside the file.
    """
    lecteur = PdfReader(fichier_du_lot(lot))
    if not 1 <= premiere <= derniere <= len(lecteur.pages):
        raise ErreurMetier(f"Ce fichier compte {len(lecteur.pages)} pages : indiquez des pages entre elles.")
    extrait = PdfWriter()
    extrait.append(lecteur, pages=(premiere - 1, derniere), import_outline=False)
    tampon = io.BytesIO()
    extrait.write(tampon)
    return tampon.getvalue()


def oublier_fichiers(lot: LotImpression) -> None:
    """Remove the files of a batch that was posted or cancelled."""
    shutil.rmtree(dossier_du_lot(lot), ignore_errors=True)
