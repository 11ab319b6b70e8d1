"""What the morning leaves on the criteria: a joint arrêté in preparation, already tried, and people who ask to know."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from cordee.demo.matinee_atelier import Atelier
from cordee.metier.courriers.enums import Canal
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.selectors.decisions import Periode
from cordee.metier.orientation.services.arretes import TexteArrete, preparer_arrete, simuler_arrete
from cordee.metier.orientation.services.explication import demander_explication, repondre_explication

DEMANDES: Final = 3
"""Requests of explanation; all but the last one are answered."""


def preparer_un_arrete(atelier: Atelier) -> None:
    """Mobility would stand in the way too where nothing runs early or late: to be read, corrected, signed.

    Nothing is prepared where no decision can be tried on.
    """
    if not Orientation.objects.filter(suivie__isnull=False).exists():
        return
    encadrante, au, le = atelier.organisation.comptes["encadrante"], atelier.au, atelier.il_y_a(1)
    texte = TexteArrete(
        reference=f"{au.year}-118", objet="Préciser les critères d'orientation pour le plateau", debut=au
        + timedelta(days=40), precisions={"themes_bloquants": ["mobilite"]}, avis_le=au - timedelta(days=20),
        circonstances="Les communes du plateau n'ont pas de transport en commun tôt le matin ni tard le soir.",
    )  # fmt: skip
    arrete = atelier.tenter("arrêtés préparés", preparer_arrete, texte=texte, par=encadrante, le=le)
    if arrete is not None:
        periode = Periode(du=au - timedelta(days=365), au=au)
        atelier.tenter("arrêtés simulés", simuler_arrete, arrete=arrete, periode=periode, par=encadrante, le=le)


def demander_des_explications(atelier: Atelier) -> None:
    """Some people oriented lately ask how the proposal was made."""
    samia, au = atelier.organisation.comptes["plateforme"], atelier.au
    lignes = Orientation.objects.filter(
        fin__isnull=True, suivie__isnull=False, debut__lte=au - timedelta(days=5), personne__canonique__isnull=True,
        personne__dossier_sensible=False,
    ).order_by("-decidee_le", "-pk")[:DEMANDES]  # fmt: skip
    for rang, orientation in enumerate(lignes):
        commun = {"par": samia, "le": atelier.il_y_a(1)}
        demande = atelier.tenter(
            "explications demandées", demander_explication, orientation=orientation,
            demandee_le=au - timedelta(days=rang + 1), **commun,
        )  # fmt: skip
        if demande is not None and rang < DEMANDES - 1:
            atelier.tenter("explications données", repondre_explication, demande=demande, canal=Canal.GUICHET, **commun)
