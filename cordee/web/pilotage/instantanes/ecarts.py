"""What a published figure says, what the same one says elsewhere, and by how much it moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cordee.metier.organismes.models import Agent
from cordee.pilotage.entetes import FAMILLES
from cordee.pilotage.instantanes.services import methodes_du_jour
from cordee.pilotage.models import Instantane
from cordee.pilotage.selectors import Valeur, indicateurs
from cordee.web.pilotage import nombres
from cordee.web.pilotage.mesures import NON_AFFICHE, texte


@dataclass(frozen=True, slots=True)
class Ecart:
    """One indicator, twice. ``apres`` is ``None`` where it does not exist. ``meme_methode``: its SQL did not change."""

    avant: Valeur
    apres: Valeur | None
    meme_methode: bool

    @property
    def bouge(self) -> bool:
        """Whether what is shown differs."""
        return self.apres is None or (self.avant.valeur, self.avant.secret) != (self.apres.valeur, self.apres.secret)

    @property
    def texte_avant(self) -> str:
        return texte(self.avant)

    @property
    def texte_apres(self) -> str:
        return texte(self.apres) if self.apres is not None else "n'existe plus"

    @property
    def de_combien(self) -> float | None:
        if self.apres is None or self.avant.valeur is None or self.apres.valeur is None:
            return None
        return self.apres.valeur - self.avant.valeur

    @property
    def texte_ecart(self) -> str:
        """« +3 », « −0,4 »; « = »: not one unit."""
        n = self.de_combien
        if n is None:
            return "=" if not self.bouge else "—"
        if not n:
            return "="
        decimales = 0 if float(n).is_integer() else 1 if abs(n) >= 0.1 else 4
        return f"{'+' if n > 0 else '−'}{nombres.nombre(abs(n), decimales)}"

    def export(self) -> list[Any]:
        v = self.avant
        publie = [NON_AFFICHE, "", ""] if v.secret is not None else [v.valeur, v.denominateur, v.inconnu]
        apres: Any = ""
        if self.apres is not None:
            apres = NON_AFFICHE if self.apres.secret is not None else self.apres.valeur
        return [v.libelle, v.code, v.unite, *publie, apres, self.de_combien, self.meme_methode]


def depuis(instantane: Instantane, *, territoire: str, pour: Agent) -> list[Ecart]:
    """What was published beside what the lake says of the same day now."""
    publies = indicateurs(pour=pour, territoire=territoire, instantane=instantane)
    actuels = {v.code: v for v in indicateurs(pour=pour, au=instantane.au, territoire=territoire)}
    return _joindre(publies, actuels, instantane.methodes, methodes_du_jour())


def entre(a: Instantane, b: Instantane, *, territoire: str, pour: Agent) -> list[Ecart]:
    """What two states published."""
    publies = indicateurs(pour=pour, territoire=territoire, instantane=a)
    autres = {v.code: v for v in indicateurs(pour=pour, territoire=territoire, instantane=b)}
    return _joindre(publies, autres, a.methodes, b.methodes)


def par_famille(lus: Iterable[Ecart]) -> list[tuple[str, list[Ecart]]]:
    """In the order of the catalogue."""
    groupes: dict[str, list[Ecart]] = {}
    for x in lus:
        groupes.setdefault(FAMILLES[x.avant.definition.famille], []).append(x)
    return list(groupes.items())


def _joindre(publies: Sequence[Valeur], autres: dict[str, Valeur], avant: dict, apres: dict) -> list[Ecart]:
    def methode(methodes: dict, code: str) -> str:
        return str(methodes.get(code, {}).get("empreinte", ""))

    return [Ecart(v, autres.get(v.code), methode(avant, v.code) == methode(apres, v.code)) for v in publies]
