"""The pages of steering side by side: each shows to those who may open it, once it exists.

A room that adds a page adds one line to ``ONGLETS``; its templates include ``pilotage/onglets.html`` under their title.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from cordee.metier.organismes.roles import Permission
from cordee.web.pilotage.perimetre import publication_seule
from cordee.web.socle.acces import habilitation_de

P = Permission


@dataclass(frozen=True, slots=True)
class Onglet:
    """One page: its name, its address, the permissions one of which opens it. ``interne``: not for elected members."""

    nom: str
    libelle: str
    icone: str
    permissions: frozenset[Permission]
    interne: bool = False


LIRE = frozenset({P.PILOTER, P.ENCADRER})
ANALYSER = frozenset({P.ANALYSER})
ONGLETS = (
    Onglet("pilotage", "Tableau de bord", "indicateur", LIRE),
    Onglet("pilotage_structures", "Structures", "structure", LIRE, interne=True),
    Onglet("pilotage_cohortes", "Cohortes", "personnes", ANALYSER),
    Onglet("pilotage_evaluation", "Évaluations", "diagnostic", frozenset({P.PILOTER, P.ANALYSER})),
    Onglet("pilotage_officiels", "Tableaux officiels", "document", ANALYSER),
    Onglet("pilotage_rapports", "Bilan", "imprimer", frozenset({P.PILOTER})),
    Onglet("pilotage_instantanes", "Publications", "historique", ANALYSER),
    Onglet("pilotage_cibles", "Cibles", "objectif", frozenset({P.PILOTER})),
    Onglet("pilotage_vues", "Mes vues", "pour_memoire", LIRE),
    Onglet("pilotage_methode", "Méthode", "regle", LIRE),
)

_ACTES = ("cible", "vue", "methode", "actualiser", "etude", "graphique", "export", "personnes", "nouve", "supprimer",
          "modifier", "arret")  # fmt: skip
"""What the name of an address holds when its page shows no figures to come back to."""


def gardable(nom: str | None) -> bool:
    """Whether a page may be kept as a view: one of figures, by the name of its address.

    >>> gardable("pilotage_indicateur"), gardable("pilotage_cible_nouvelle"), gardable("personne")
    (True, False, False)
    """
    return bool(nom) and str(nom).startswith("pilotage") and not any(mot in str(nom) for mot in _ACTES)


def onglet_de(nom: str) -> str:
    """The name of the tab a page belongs to."""
    if nom == "pilotage_echeance":
        return "Échéance du 1er janvier 2027"
    return next((o.libelle for o in ONGLETS[1:] if nom.startswith(o.nom.rstrip("s"))), ONGLETS[0].libelle)


def onglets(request: HttpRequest) -> list[dict[str, Any]]:
    """The tabs of this agent; the one whose address begins the page's is marked (the longest wins)."""
    droits = habilitation_de(request)
    publies = publication_seule(droits)
    ouverts = [
        {"libelle": o.libelle, "url": url, "icone": o.icone, "actif": False}
        for o in ONGLETS
        if droits.permissions & o.permissions and not (o.interne and publies) and (url := _adresse(o.nom))
    ]
    ici = max((o for o in ouverts if request.path.startswith(str(o["url"]))), key=lambda o: len(str(o["url"])),
              default=None)  # fmt: skip
    if ici is not None:
        ici["actif"] = True
    return ouverts


def _adresse(nom: str) -> str:
    try:
        return reverse(nom)
    except NoReverseMatch:
        return ""
