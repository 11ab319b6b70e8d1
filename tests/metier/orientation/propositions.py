"""Decisions taken on a proposal, followed or not, for the tests of what is read from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cordee.metier.orientation.enums import Impact, MotifEcart, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.regles import Reponses
from cordee.metier.orientation.selectors.criteres import proposition_pour
from cordee.metier.orientation.services.arretes import TexteArrete
from cordee.metier.parcours.enums import Voie
from cordee.metier.personnes.models import Personne
from cordee.socle.horloge import jour
from tests.metier.equipe import LE, Equipe

SANS = dict.fromkeys(ThemeDiagnostic, Impact.AUCUN)


def reponses(**champs: Any) -> Reponses:
    """Work in the last two years, no difficulty: the path of employment; ``themes``: what weighs."""
    themes = {**SANS, **champs.pop("themes", {})}
    valeurs = {"situation_pro": SituationPro.DEUX_ANS, "niveau": NiveauFormation.BAC, "age": 41, **champs}
    return Reponses(themes=themes, **valeurs)


def decidee(
    equipe: Equipe, *, lues: Reponses | None = None, suivie: bool = True, le: datetime = LE,
    personne: Personne | None = None, **champs: Any,
) -> Orientation:  # fmt: skip
    """A decision on a proposal: as proposed, or towards the EDS with a coded reason."""
    proposition = proposition_pour(lues or reponses(), au=jour(le))
    assert proposition is not None
    structures = {"operateur_emploi": equipe.agence, "conseil_departemental": equipe.eds,
                  "mission_locale": equipe.mission, "delegataire": equipe.ccas}  # fmt: skip
    valeurs: dict[str, Any] = {"proposition": proposition, "voie": proposition.voie, "motifs": proposition.motifs}
    if suivie:
        structure = structures[str(proposition.categorie)]
        valeurs |= {"structure": structure, "categorie": structure.categorie}
    else:
        autre = Voie.SOCIO_PRO if proposition.voie is Voie.SOCIAL else Voie.SOCIAL
        valeurs |= {"voie": autre, "motif_ecart": MotifEcart.APPRECIATION_DIFFERENTE}
    return equipe.decider(personne or equipe.entrante(), le=le, **{**valeurs, **champs})


def texte(**champs: Any) -> TexteArrete:
    """An arrêté ready to be activated, from the next month on: mobility stands in the way too."""
    valeurs: dict[str, Any] = {
        "reference": "2026-118", "objet": "Préciser les critères d'orientation", "debut": jour(LE).replace(day=28),
        "precisions": {"themes_bloquants": ["mobilite"]}, "circonstances": "Un plateau sans transport en commun.",
        "prefet": "La préfète", "president": "Le président", "avis_le": date(2026, 1, 5), "signe_le": jour(LE),
    }  # fmt: skip
    return TexteArrete(**{**valeurs, **champs})
