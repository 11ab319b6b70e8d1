"""What was promised and what is aimed at, read from the targets as they stood (``cibles``; REQ-82, REQ-88)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from cordee.pilotage.cibles.regles import PAR_HABITUDE
from cordee.pilotage.cibles.selectors import cibles, promesses
from cordee.pilotage.entetes import definition
from cordee.pilotage.models import Cible
from cordee.pilotage.rapports.lecture import Releve
from cordee.pilotage.rapports.mots import Engagement, engagement


def promis(codes: Collection[str], releve: Releve, *, territoire: str, au: date) -> dict[str, Engagement]:
    """Last year's promises, by indicator: those whose day has come. A part of the département is held to the rates and
    delays promised for the whole, and the sheet says so.
    """
    dits = {}
    for ou in dict.fromkeys((releve.departement, territoire or releve.departement)):
        for code, cible in promesses(list(codes), ou, au).items():
            if ou == (territoire or releve.departement) or definition(code).unite in PAR_HABITUDE:
                dits[code] = _dire(cible, releve, territoire=territoire, au=au)
    return dits


def vises(codes: Collection[str], releve: Releve, *, territoire: str, au: date) -> dict[str, Engagement]:
    """What is aimed at next, by indicator: a target fixed for this territory, else what the law asks of everybody."""
    lues = cibles(list(codes), territoire or releve.departement, au)
    dits = {code: _dire(cible, releve, territoire=territoire, au=au) for code, cible in lues.items()}
    for code in codes:
        legale = definition(code).cible
        if code not in dits and legale is not None:
            valeur = releve.valeur(code, au, territoire)
            dite = engagement(definition(code), valeur, legale.valeur, echeance=au, origine=legale.phrase, au=au)
            dits[code] = replace(dite, echeance="")
    return dits


def _dire(cible: Cible, releve: Releve, *, territoire: str, au: date) -> Engagement:
    """Measured on the last day read that is not after the term."""
    jour = min(au, cible.echeance)
    valeur = releve.valeur(cible.code, jour, territoire) or releve.valeur(cible.code, au, territoire)
    de = "" if cible.territoire == (territoire or releve.departement) else "pour tout le département"
    return engagement(
        definition(cible.code), valeur, cible.valeur, echeance=cible.echeance, origine=cible.origine, au=au, de=de
    )
