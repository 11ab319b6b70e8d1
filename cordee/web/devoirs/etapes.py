"""The file as a vertical procedure: each step with its state, its clock, its article, what is missing, its acts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from cordee.metier.courriers.models import Courrier
from cordee.metier.devoirs.regles.manques import Manque
from cordee.reglementation.regimes import Article, article


class Moment(StrEnum):
    """Where a step stands; the word is written beside the mark, never the colour alone."""

    FAIT = "fait"
    COURANTE = "courante"
    A_VENIR = "a_venir"
    SANS_OBJET = "sans_objet"

    @property
    def libelle(self) -> str:
        return {"fait": "Fait", "courante": "En cours", "a_venir": "À venir", "sans_objet": "Sans objet"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeOffert:
    """One act of a step. ``principal``: the one button of the page that matters now."""

    libelle: str
    url: str
    icone: str = "cocher"
    principal: bool = False
    tiroir: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Horloge:
    """A date of a step: « réponse possible jusqu'au », and how far it is."""

    libelle: str
    date: date
    nature: str = "legale"
    regle: str = ""


@dataclass(slots=True, kw_only=True)
class EtapeDossier:
    """One step ready to draw."""

    cle: str
    titre: str
    moment: Moment
    phrase: str = ""
    faits: list[tuple[str, Any]] = field(default_factory=list)
    textes: list[tuple[str, str, str]] = field(default_factory=list)  # (who and when, text, kind)
    articles: tuple[Article, ...] = ()
    manques: tuple[Manque, ...] = ()
    actes: list[ActeOffert] = field(default_factory=list)
    horloge: Horloge | None = None
    lettres: list[Courrier] = field(default_factory=list)
    mot: str = ""
    resume: str = ""
    ouverte: bool = False

    @property
    def repliee(self) -> bool:
        """A step that is over shows one line; whoever decides reads everything."""
        return self.moment is Moment.FAIT and not self.ouverte


def articles_de(*refs: str) -> tuple[Article, ...]:
    """The texts of a step, each once."""
    return tuple(article(ref) for ref in dict.fromkeys(refs) if ref)


def ordonner(etapes: Iterable[EtapeDossier]) -> list[EtapeDossier]:
    """The first step that is not over is the current one, and its first act the main one of the page."""
    lignes = list(etapes)
    trouvee = False
    for etape in lignes:
        if etape.moment in (Moment.FAIT, Moment.SANS_OBJET):
            continue
        if not trouvee:
            etape.moment, trouvee = Moment.COURANTE, True
    return lignes
