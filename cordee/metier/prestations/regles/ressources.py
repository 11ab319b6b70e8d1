"""The payers' codes of resources (NATRESS), old and new, as the kinds an estimate counts."""

from __future__ import annotations

from typing import Final

from cordee.metier.prestations.enums import NatureRevenu

_N: Final = NatureRevenu
_ANCIENS: Final = {
    _N.SALAIRE: ("001", "002", "003", "004", "005", "006", "007", "008", "009", "050", "053", "100"),
    _N.NON_SALARIE: ("030", "031", "032", "033", "034", "051", "054", "201", "205"),
    _N.CHOMAGE: ("010",),
    _N.INDEMNITES: ("011", "012", "013", "014"),
    _N.PENSION: ("020", "021", "022", "024", "025", "027", "028", "029", "070", "071", "072"),
    _N.PENSION_ALIMENTAIRE: ("026",),
}
_NOUVEAUX: Final = {
    "A20": _N.NON_SALARIE, "A40": _N.NON_SALARIE, "A41": _N.NON_SALARIE, "A10": _N.PENSION, "B01": _N.SALAIRE,
    "B10": _N.CHOMAGE, "B11": _N.INDEMNITES, "B12": _N.INDEMNITES, "C05": _N.PENSION_ALIMENTAIRE,
}  # fmt: skip
_FAMILLES: Final = {"A": _N.SALAIRE, "B": _N.INDEMNITES, "C": _N.PENSION, "D": _N.AUTRE, "E": _N.AUTRE}
_CODES: Final = {code: nature for nature, codes in _ANCIENS.items() for code in codes} | _NOUVEAUX
NULLES: Final = frozenset({"000", "F01"})
"""« Ressources nulles »: a statement, not an amount."""


def nature_de(code: str) -> NatureRevenu | None:
    """How a resource of a file is counted; ``None`` when it says that there is none.

    >>> [nature_de(c) for c in ("001", "A20", "B10", "010", "026", "999", "000")]  # doctest: +NORMALIZE_WHITESPACE
    [<NatureRevenu.SALAIRE: 'salaire'>, <NatureRevenu.NON_SALARIE: 'non_salarie'>, <NatureRevenu.CHOMAGE: 'chomage'>,
     <NatureRevenu.CHOMAGE: 'chomage'>, <NatureRevenu.PENSION_ALIMENTAIRE: 'pension_alimentaire'>,
     <NatureRevenu.AUTRE: 'autre'>, None]
    """
    if code in NULLES:
        return None
    return _CODES.get(code) or _FAMILLES.get(code[:1], NatureRevenu.AUTRE)
