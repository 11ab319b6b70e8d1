"""A lake of its own for each test, and a way to read one figure from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import pytest

from cordee.pilotage.calcul import Cellule, calculer
from cordee.pilotage.carte import carte
from cordee.pilotage.entetes import definition, definitions
from cordee.pilotage.enums import Niveau
from cordee.pilotage.lac.ecriture import Rafraichissement, acquitter, rafraichir_le_lac
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.listes import personnes
from cordee.socle.horloge import PARIS
from tests import fabriques as f
from tests.fabriques import MAINTENANT


@dataclass(slots=True)
class Lac:
    """The lake of the test. ``au`` of a measure: the day of the last refresh by default."""

    dossier: Path
    le: datetime = MAINTENANT

    def rafraichir(self, **options: Any) -> Rafraichissement:
        fait = rafraichir_le_lac(le=self.le, **options)
        acquitter(fait.manifeste)
        return fait

    @property
    def manifeste(self) -> Manifeste:
        return self.rafraichir().manifeste

    def cellules(self, code: str, au: date | None = None) -> dict[str, Cellule]:
        """The values of one indicator: territory → value."""
        manifeste = self.manifeste
        lots = list(calculer(manifeste, [au or manifeste.au], carte=carte(), codes=[code]))
        return {c.territoire: c for lot in lots for c in lot}

    def mesure(self, code: str, au: date | None = None, territoire: str = "94") -> tuple[Any, Any, Any, int]:
        """(value, numerator, denominator, unknown) of one figure."""
        c = self.cellules(code, au).get(territoire)
        return (c.valeur, c.numerateur, c.denominateur, c.inconnu) if c else (None, None, None, 0)

    def mesures(self, *codes: str, au: date, territoire: str = "94") -> dict[str, tuple[Any, Any, Any, int]]:
        """(value, numerator, denominator, unknown) of several figures of one day, the lake read once."""
        manifeste = self.manifeste
        lots = calculer(manifeste, [au], carte=carte(), codes=codes)
        vides: dict[str, tuple[Any, Any, Any, int]] = dict.fromkeys(codes, (None, None, None, 0))
        ici = [c for lot in lots for c in lot if c.territoire == territoire]
        return vides | {c.code: (c.valeur, c.numerateur, c.denominateur, c.inconnu) for c in ici}

    def qui(
        self, code: str, au: date | None = None, niveau: Niveau = Niveau.DEPARTEMENT, territoire: str = "94"
    ) -> Any:
        """The people behind a figure."""
        manifeste = self.manifeste
        return set(personnes(manifeste, definition(code), au or manifeste.au, niveau=niveau, territoire=territoire))


@pytest.fixture
def lac(settings: Any, tmp_path: Path, db: None) -> Lac:
    settings.CORDEE_HOME = tmp_path
    f.commune()
    return Lac(tmp_path / "lac")


QUELQUES: Final = {
    "personnes_sdd", "personnes_sdd_femmes", "foyers_allocataires", "taux_orientation", "delai_orientation",
    "jamais_accompagnees", "taux_contrat", "part_moins_25_ans",
}  # fmt: skip


@pytest.fixture
def quelques_indicateurs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that these tests read: all of them would take longer than what is tried."""
    retenus = {code: d for code, d in definitions().items() if code in QUELQUES}
    for module in ("calcul", "du_jour"):
        monkeypatch.setattr(f"cordee.pilotage.{module}.definitions", lambda: retenus)


@pytest.fixture
def a() -> Callable[..., datetime]:
    """``a(2026, 1, 15)``: that day at ten."""
    return lambda annee, mois, jour: datetime.combine(date(annee, mois, jour), time(10), tzinfo=PARIS)
