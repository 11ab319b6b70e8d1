"""The figures of a report, computed from a published state of the lake. Worker and command line only."""

from __future__ import annotations

import logging
import time
from datetime import date, datetime
from typing import Any

from cordee.pilotage.enums_rapports import EtatBilan
from cordee.pilotage.instantanes.selectors import manifeste_de
from cordee.pilotage.instantanes.services import prendre
from cordee.pilotage.lac.manifeste import lire_manifeste
from cordee.pilotage.models import Bilan
from cordee.pilotage.rapports import contenu
from cordee.pilotage.rapports.blocs import Document
from cordee.pilotage.rapports.document import document_du_bilan
from cordee.pilotage.rapports.lecture import de_l_etat, mois_de_l_an
from cordee.pilotage.rapports.pdf import avec_dessins_des_chapitres
from cordee.pilotage.selectors import ChiffresAbsents, DateHorsHistoire
from cordee.socle.erreurs import ErreurMetier

_journal = logging.getLogger(__name__)


def composer(*, bilan: Bilan, le: datetime) -> Bilan:
    """Compute the figures of a report (worker): its published state is taken first when it has none."""
    debut = time.monotonic()
    try:
        if bilan.instantane is None:
            libelle = f"{bilan} (pris le {le:%d/%m/%Y à %H:%M:%S})"
            bilan.instantane = prendre(libelle=libelle, au=bilan.au, par=bilan.cree_par, le=le)
            bilan.save(update_fields=["instantane"])
        manifeste = manifeste_de(bilan.instantane)
        jours = mois_de_l_an(bilan.au)
        lus = contenu.chiffres(manifeste, de_l_etat(manifeste, jours, suivis=contenu.suivis()), jours)
        lus["chapitres"] = avec_dessins_des_chapitres(lus["chapitres"])
        bilan.chiffres, bilan.compose_le, bilan.methode, bilan.erreur = lus, le, contenu.METHODE, ""
    except ErreurMetier as refus:
        bilan.erreur = str(refus)[:300]
    except Exception:  # noqa: BLE001 - whatever happens, the page must not wait for ever
        _journal.exception("report %s failed", bilan.pk)
        bilan.erreur = "Le calcul s'est interrompu. L'incident est consigné : réessayez, puis dites-le."
    bilan.demande_le, bilan.duree_ms = None, round(1000 * (time.monotonic() - debut))
    bilan.save(update_fields=["chiffres", "compose_le", "methode", "erreur", "demande_le", "duree_ms"])
    return bilan


def de_l_annee(annee: int, *, le: datetime) -> tuple[Document, list[list[Any]], str]:
    """The report of a year for the command line: the last published, else a draft made now, with its notes.

    Returns:
        The document, every figure as data, the seal (empty for a draft).

    Raises:
        ErreurMetier: no figure at that date.
    """
    publie = Bilan.objects.filter(annee=annee, etat=EtatBilan.PUBLIE).order_by("-version").first()
    if publie is not None:
        return document_du_bilan(publie), (publie.chiffres or {})["donnees"], publie.sceau
    manifeste = lire_manifeste()
    if manifeste is None or manifeste.premiere_photo is None:
        raise ChiffresAbsents("Aucun chiffre n'a encore été calculé : lancez « cordee indicateurs ».")
    au = min(date(annee, 12, 31), manifeste.au)
    if au.year != annee or au < manifeste.premiere_photo:
        raise DateHorsHistoire(
            f"Les chiffres vont du {manifeste.premiere_photo:%d/%m/%Y} au {manifeste.au:%d/%m/%Y} : choisissez une "
            "année entre les deux."
        )
    bilan = Bilan.objects.filter(annee=annee).select_related("instantane").first() or Bilan(annee=annee, au=au)
    if bilan.chiffres is None:
        jours = mois_de_l_an(au)
        lus = contenu.chiffres(manifeste, de_l_etat(manifeste, jours, suivis=contenu.suivis()), jours)
        bilan.chiffres = {**lus, "chapitres": avec_dessins_des_chapitres(lus["chapitres"])}
    return document_du_bilan(bilan), bilan.chiffres["donnees"], ""
