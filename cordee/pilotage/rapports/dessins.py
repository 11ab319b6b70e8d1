"""Charts for files that are printed: the Vega-Lite of the pages, drawn without a browser.

Loaded by the worker and the command line only: the drawing engine (V8) is no guest of a web process.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cordee.metier.courriers.polices import dossier_polices
from cordee.pilotage.dessins.graphiques import Graphique

LARGEUR: Final = 640
HAUTEUR: Final = 300
_CONTENEUR: Final = "container"
_LANGUE: Final = "fr-FR"
_POUR_LES_LECTEURS: Final = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events)="[^"]*"')
"""Fifty shapes read one by one say nothing: what is seen is said once, by whoever places the drawing."""


def en_svg(spec: Graphique, *, largeur: int = LARGEUR, hauteur: int = HAUTEUR) -> str:
    """Draw a chart. Its words stay text, in the typeface of the project.

    Args:
        spec: a description made by ``cordee.pilotage.dessins`` (or like): its data inside it, nothing fetched.
        largeur, hauteur: in pixels, where the description says « container ».

    Raises:
        ValueError: Vega-Lite refuses the description.
    """
    import vl_convert  # noqa: PLC0415 - twenty megabytes of engine, in the worker alone

    _poser_la_police()
    cadre = {cle: taille for cle, taille in (("width", largeur), ("height", hauteur)) if spec.get(cle) == _CONTENEUR}
    svg: str = vl_convert.vegalite_to_svg(
        {**spec, **cadre}, allowed_base_urls=[], format_locale=_LANGUE, time_format_locale=_LANGUE
    )
    return _POUR_LES_LECTEURS.sub("", svg).replace("<svg ", '<svg aria-hidden="true" ', 1)


@lru_cache(maxsize=1)
def _poser_la_police() -> None:
    """Told once per process: letters already hold it converted."""
    import vl_convert  # noqa: PLC0415

    dossier = dossier_polices()
    if dossier is not None:
        vl_convert.register_font_directory(str(dossier))
