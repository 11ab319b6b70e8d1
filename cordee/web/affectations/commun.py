"""What the pages of the allocation share: the draft of the address, its tabs, a line in words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cordee.metier.orientation.affectation.enums import MotifSansSolution, ResultatLigne, StatutProposition
from cordee.metier.orientation.affectation.raisons import contre, resume
from cordee.metier.orientation.models import LigneAffectation, PropositionAffectation
from cordee.metier.orientation.selectors.affectations import propositions
from cordee.socle import horloge
from cordee.web.socle.acces import agent_courant, habilitation_de
from cordee.web.socle.identites import nom_court


def portee(request: HttpRequest) -> dict[str, Any]:
    """Whose perimeter, on which day."""
    return {"pour": agent_courant(request), "au": horloge.aujourdhui(), "droits": habilitation_de(request)}


def trouver(request: HttpRequest, pk: int) -> PropositionAffectation:
    """The allocation of the address, when it is of her perimeter; 404 otherwise."""
    return get_object_or_404(propositions(**portee(request)), pk=pk)


def cadre(proposition: PropositionAffectation, actif: str) -> dict[str, Any]:
    """Title, tabs and state of an allocation."""
    onglets = (
        ("personnes", "Personnes", reverse("affectation", args=[proposition.pk]), "personnes"),
        ("comparer", "Ce qu'elle apporte", reverse("affectation_comparer", args=[proposition.pk]), "indicateur"),
    )
    return {
        "proposition": proposition,
        "onglets": [{"cle": c, "libelle": nom, "url": url, "icone": icone} for c, nom, url, icone in onglets],
        "actif": actif,
        "statut": StatutProposition(proposition.statut),
        "brouillon": proposition.statut == StatutProposition.BROUILLON,
        "fil": [("Affectation", reverse("affectations")), (titre(proposition), "")],
    }


def titre(proposition: PropositionAffectation) -> str:
    """« Affectation du 22/11/2026 »."""
    ou = f" · {proposition.structure}" if proposition.structure else ""
    return f"Affectation du {proposition.au:%d/%m/%Y}{ou}"


def en_mots(ligne: LigneAffectation) -> dict[str, Any]:
    """A line as the list shows it."""
    raisons = ligne.raisons or []
    return {
        "ligne": ligne,
        "nom": nom_court(ligne.personne.prenom, ligne.personne.nom),
        "change": ligne.structure_id is not None and ligne.structure_id != ligne.structure_decidee_id,
        "motif": MotifSansSolution(ligne.motif) if ligne.motif else None,
        "reserves": ", ".join(resume(r) for r in contre(raisons) if r["code"] != "structure_changee"),
        "resultat": ResultatLigne(ligne.resultat),
        "ecartee": ligne.resultat == ResultatLigne.ECARTEE,
    }


def ecart_en_mots(ecart: int) -> str:
    """A difference of cost, said plainly.

    >>> ecart_en_mots(12), ecart_en_mots(0), ecart_en_mots(-1)
    ('12 points de plus', 'autant', '1 point de moins')
    """
    if not ecart:
        return "autant"
    points = abs(ecart)
    return f"{points} point{'s' if points > 1 else ''} de {'plus' if ecart > 0 else 'moins'}"
