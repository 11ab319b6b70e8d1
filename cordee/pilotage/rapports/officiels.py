"""The official tables of the year, from the engine that also sends them; small numbers hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cordee.pilotage.dessins.nombres import nombre
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.officiels.calcul import calculer
from cordee.pilotage.officiels.entetes import FAMILLES
from cordee.pilotage.rapports import blocs
from cordee.pilotage.rapports.blocs import Bloc
from cordee.socle.erreurs import ErreurMetier

DITS: Final = {"": "", "x": "n. al.", "h": "—", "s": "s"}
LEGENDE: Final = (
    "« s » : secret, moins de onze personnes ou nombre qui les ferait connaître. « n. al. » : non alimenté, les "
    "données ne portent pas cette information. « — » : hors de l'histoire connue."
)


def blocs_officiels(manifeste: Manifeste, annee: int) -> list[Bloc]:
    """One table after the other, the universe printed under each. What cannot be made is said."""
    lus: list[Bloc] = []
    for famille, titre in FAMILLES.items():
        lus.append(blocs.intertitre(titre))
        try:
            resultat = calculer(manifeste, famille, annee)
        except ErreurMetier as refus:
            lus.append(blocs.paragraphe(str(refus)))
            continue
        if resultat["provisoire"]:
            lus.append(
                blocs.paragraphe("Chiffres provisoires : les derniers fichiers de l'année peuvent les compléter.")
            )
        lus += [_tableau(t) for t in resultat["tableaux"]]
    return [blocs.paragraphe(LEGENDE, petit=True), *lus]


def _tableau(t: Mapping[str, Any]) -> Bloc:
    colonnes = [c["libelle"] for c in t["colonnes"] if c["genre"] != "titre"]
    retenues = [i for i, c in enumerate(t["colonnes"]) if c["genre"] != "titre"]
    grilles = [[valeurs[i] for i in retenues] for valeurs in t["publication"]]
    libelles = [("\u2003" * ligne["niveau"]) + ligne["libelle"] for ligne in t["lignes"]]
    notes = [f"Univers : {t['univers']}.", f"Unité : {t['unite']}. Source : {t['source']}.", *t["notes"]]
    return blocs.tableau(
        f"{t['numero']}. {t['titre']}", ["Ce qui est compté", *colonnes],
        [[nom, *map(_ecrire, valeurs)] for nom, valeurs in zip(libelles, grilles, strict=True)],
        donnees=[[nom.strip(), *map(_donnee, valeurs)] for nom, valeurs in zip(libelles, grilles, strict=True)],
        note=" ".join(n.replace("..", ".") for n in notes),
    )  # fmt: skip


def _ecrire(valeur: float | str) -> str:
    if isinstance(valeur, str):
        return DITS.get(valeur, valeur)
    return nombre(valeur, 1 if isinstance(valeur, float) else 0)


def _donnee(valeur: float | str) -> float | str:
    return DITS.get(valeur, valeur) if isinstance(valeur, str) else valeur
