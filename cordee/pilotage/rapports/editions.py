"""Files made by the worker, one after the other, and kept: never in a request (``Edition``)."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app

from cordee.metier.organismes.models import Agent
from cordee.pilotage.enums import EtatEtude
from cordee.pilotage.enums_rapports import EtatBilan, GenreEdition
from cordee.pilotage.models import Bilan, Edition
from cordee.pilotage.rapports.blocs import empreinte
from cordee.pilotage.rapports.document import document_du_bilan
from cordee.socle.erreurs import ErreurMetier

TACHE: Final = "pilotage.rapports.preparer"
OUBLIER: Final = timedelta(days=90)
DU_BILAN: Final = (GenreEdition.BILAN_PDF, GenreEdition.BILAN_HTML, GenreEdition.BILAN_XLSX, GenreEdition.BILAN_CSV)
_journal = logging.getLogger(__name__)


class FichierAbsent(ErreurMetier):
    """The file is not made yet, or was removed."""


@transaction.atomic
def demander(
    *, genre: GenreEdition, titre: str, contenu: Mapping[str, Any], par: Agent | None, le: datetime,
    bilan: Bilan | None = None,
) -> Edition:  # fmt: skip
    """The file of this content, asked of the worker unless it is there. What it says is what was on the screen."""
    edition, creee = Edition.objects.get_or_create(
        genre=genre, empreinte=empreinte(contenu),
        defaults={"titre": titre[:160], "contenu": dict(contenu), "bilan": bilan, "demandee_par": par,
                  "demandee_le": le},
    )  # fmt: skip
    if not creee and (edition.etat == EtatEtude.ECHOUEE or (edition.etat == EtatEtude.CALCULEE and not _la(edition))):
        edition.etat, edition.erreur, edition.demandee_le = EtatEtude.EN_ATTENTE, "", le
        edition.save(update_fields=["etat", "erreur", "demandee_le"])
        creee = True
    if creee:
        app.configure_task(TACHE).defer()
    return edition


def demander_celles_du_bilan(*, bilan: Bilan, par: Agent | None, le: datetime) -> list[Edition]:
    """PDF, page, workbook and figures of a report as it is now."""
    contenu = {"document": document_du_bilan(bilan), "donnees": (bilan.chiffres or {}).get("donnees", []),
               "annee": bilan.annee, "sceau": bilan.sceau}  # fmt: skip
    return [demander(genre=genre, titre=str(bilan), contenu=contenu, par=par, le=le, bilan=bilan) for genre in DU_BILAN]


def preparer_en_attente(*, maintenant: Callable[[], datetime]) -> int:
    """Compute the reports asked for, then make every file that waits. Gives how many."""
    from cordee.pilotage.rapports.composition import composer  # noqa: PLC0415 - the engines, in the worker alone

    n = 0
    while (bilan := Bilan.objects.filter(demande_le__isnull=False).order_by("demande_le").first()) is not None:
        composer(bilan=bilan, le=maintenant())
        n += 1
    while edition := Edition.objects.filter(etat=EtatEtude.EN_ATTENTE).order_by("demandee_le", "pk").first():
        faire(edition, le=maintenant())
        n += 1
    return n


def faire(edition: Edition, *, le: datetime) -> Edition:
    """Make one file now. What goes wrong is said in it; it never stays waiting."""
    debut = time.monotonic()
    try:
        octets, pages = _rendre(GenreEdition(edition.genre), edition.contenu, le=_instant(edition))
        _ecrire(chemin(edition), octets)
        edition.etat, edition.erreur, edition.faite_le = EtatEtude.CALCULEE, "", le
        edition.sceau, edition.octets, edition.pages = hashlib.sha256(octets).hexdigest(), len(octets), pages
    except ErreurMetier as refus:
        edition.etat, edition.erreur = EtatEtude.ECHOUEE, str(refus)[:300]
    except Exception:  # noqa: BLE001 - whatever happens, the page must not wait for ever
        _journal.exception("edition %s (%s) failed", edition.pk, edition.genre)
        edition.etat = EtatEtude.ECHOUEE
        edition.erreur = "Le fichier n'a pas pu être fait. L'incident est consigné : réessayez, puis dites-le."
    edition.duree_ms = round(1000 * (time.monotonic() - debut))
    edition.save(update_fields=["etat", "erreur", "faite_le", "sceau", "octets", "pages", "duree_ms"])
    return edition


def _instant(edition: Edition) -> datetime:
    """The instant a file bears: a published report made again is the same file, byte for byte."""
    publie = edition.bilan.publie_le if edition.bilan is not None else None
    return publie or edition.demandee_le


def _rendre(genre: GenreEdition, contenu: Mapping[str, Any], *, le: datetime) -> tuple[bytes, int]:
    """The bytes of a file and, for a PDF, its pages."""
    from cordee.pilotage.rapports import classeur, html, pdf  # noqa: PLC0415 - heavy, in the worker alone

    if genre is GenreEdition.BILAN_HTML:
        return html.page_seule(contenu["document"]).encode(), 0
    if genre is GenreEdition.BILAN_XLSX:
        return classeur.xlsx(contenu["document"], contenu["donnees"]), 0
    if genre is GenreEdition.BILAN_CSV:
        return classeur.csv(contenu["donnees"]), 0
    fichier = (
        pdf.une_page(contenu, le=le) if genre is GenreEdition.ASSEMBLEE
        else pdf.document_pdf(contenu["document"], le=le)
    )  # fmt: skip
    return fichier, pdf.nombre_de_pages(fichier)


def chemin(edition: Edition) -> Path:
    """Where its file stands."""
    dossier = Path(settings.CORDEE_HOME) / "rapports" / str(connection.settings_dict["NAME"])
    return dossier / f"{edition.pk}-{edition.genre}.{GenreEdition(edition.genre).extension}"


def lire(edition: Edition) -> bytes:
    """Its file, as it was made.

    Raises:
        FichierAbsent: not there, or not what was sealed.
    """
    try:
        octets = chemin(edition).read_bytes()
    except OSError:
        octets = b""
    if not octets or hashlib.sha256(octets).hexdigest() != edition.sceau:
        raise FichierAbsent("Ce fichier n'est pas là, ou n'est plus celui qui a été fait. Préparez-le de nouveau.")
    return octets


def purger(*, le: datetime) -> int:
    """Remove the files that nobody published, three months after they were asked for."""
    vieilles = Edition.objects.filter(demandee_le__lt=le - OUBLIER).exclude(bilan__etat=EtatBilan.PUBLIE)
    for edition in vieilles.defer("contenu"):
        chemin(edition).unlink(missing_ok=True)
    n, _ = vieilles.delete()
    return n


def _la(edition: Edition) -> bool:
    return chemin(edition).is_file()


def _ecrire(fichier: Path, octets: bytes) -> None:
    """Whole or not at all, for this account only."""
    fichier.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    provisoire = fichier.with_name(f".{fichier.name}.{os.getpid()}")
    with os.fdopen(os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as sortie:
        sortie.write(octets)
    provisoire.replace(fichier)


def fichiers_du_bilan(bilan: Bilan) -> list[Edition]:
    """The last file of each kind, made or asked for, in the order people look for them."""
    derniers: dict[str, Edition] = {}
    for edition in bilan.editions.order_by("-demandee_le", "-pk").defer("contenu"):
        derniers.setdefault(edition.genre, edition)
    return [derniers[genre] for genre in DU_BILAN if genre in derniers]
