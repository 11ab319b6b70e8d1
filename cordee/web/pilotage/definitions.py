"""The published definition of an indicator, line by line."""

from __future__ import annotations

from cordee.pilotage.entetes import Definition
from cordee.web.pilotage.mesures import repere


def paires(d: Definition) -> list[tuple[str, str]]:
    """What a reader needs to oppose a figure or to trust it."""
    lignes = [
        ("Définition", d.definition), ("Numérateur", d.numerateur), ("Dénominateur", d.denominateur),
        ("Périmètre", d.libelle_perimetre), ("Mesure", f"{d.agregat.libelle}, en {d.unite.libelle}"),
        ("Par structure", d.structure.libelle), ("Lecture", d.sens.libelle), ("Source", d.source),
    ]  # fmt: skip
    trouve = repere(d)
    if trouve is not None:
        lignes.append(("Repère", f"{trouve.nature.libelle} : {trouve.texte}"))
    if d.limites:
        lignes.append(("Limites", d.limites))
    return lignes
