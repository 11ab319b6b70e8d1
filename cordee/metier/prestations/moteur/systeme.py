"""The model of benefits in memory: five seconds and 200 MB once, then nothing."""

from __future__ import annotations

import threading
from typing import Any, Final

_verrou: Final = threading.Lock()
_systemes: Final[list[Any]] = []


def charger() -> Any:
    """The model (``TaxBenefitSystem``), loaded at the first call whatever the thread."""
    with _verrou:
        if not _systemes:
            from openfisca_france import CountryTaxBenefitSystem  # noqa: PLC0415 - heavy, see the package

            _systemes.append(CountryTaxBenefitSystem())
    return _systemes[0]


def charge() -> bool:
    """Whether the model is in memory already."""
    return bool(_systemes)
