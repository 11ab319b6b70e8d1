"""A document as a page: the same blocks as in the PDF, read by a browser, printed, kept alone."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Engine
from django.utils.safestring import SafeString

from cordee.pilotage.rapports.blocs import Document

GABARITS: Final = Path(__file__).resolve().parent / "gabarits"
STYLE: Final = "css/rapports.css"


def corps(document: Document) -> SafeString:
    """The chapters, to put inside a page. Everything typed is escaped; only the drawings made here are markup."""
    return SafeString(_moteur().get_template("corps.html").render(Context({"d": document})))


def page_seule(document: Document) -> str:
    """A whole page that needs nothing else: opened from a disk, printed, archived."""
    contexte = {"d": document, "corps": corps(document), "style": _style()}
    return _moteur().get_template("page.html").render(Context(contexte))


@lru_cache(maxsize=1)
def _moteur() -> Engine:
    return Engine(dirs=[str(GABARITS)], autoescape=True)


def _style() -> str:
    lieu = finders.find(STYLE) or Path(settings.STATIC_ROOT or "") / STYLE
    return Path(str(lieu)).read_text(encoding="utf-8")
