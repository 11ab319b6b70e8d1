"""The countdown of the law: until when, for how many people, at which pace (E15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cordee.pilotage.calcul import STOCK_DEPUIS
from cordee.pilotage.selectors import Valeur
from cordee.reglementation.calendrier import jours_ouvres_entre
from cordee.reglementation.delais import Delai, delai
from cordee.reglementation.enums import Nature
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.web.pilotage import nombres
from cordee.web.pilotage.mesures import adresse, texte
from cordee.web.pilotage.perimetre import Perimetre
from cordee.web.pilotage.questions import PAR_JOUR, SIGNES, STOCK

REGLE: Final = "stock_contrats"
UN_JOUR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rebours:
    """How long until the term, for how many people, how many a working day; ``rythme``: signed a working day so far."""

    terme: date
    jours: int
    ouvres: int
    restantes: str
    par_jour: str
    rythme: str
    regle: str
    reference: str
    nature: Nature
    url: str

    @property
    def terme_ecrit(self) -> str:
        return date_en_toutes_lettres(self.terme)


def rebours(valeurs: Mapping[str, Valeur], p: Perimetre) -> Rebours | None:
    """The countdown as it stood on that day; ``None`` before the rule existed, or where nothing is known."""
    if p.au < STOCK_DEPUIS or STOCK not in valeurs:
        return None
    regle: Delai = delai(REGLE, au=p.au)
    if not isinstance(regle.valeur, date):
        return None
    par_jour = valeurs.get(PAR_JOUR)
    return Rebours(
        terme=regle.valeur, jours=(regle.valeur - p.au).days,
        ouvres=max(jours_ouvres_entre(p.au, regle.valeur - UN_JOUR), 0),
        restantes=texte(valeurs[STOCK], avec_unite=False),
        par_jour=texte(par_jour, avec_unite=False) if par_jour is not None else "",
        rythme=_rythme(valeurs.get(SIGNES), p.au), regle=regle.libelle, reference=regle.reference, nature=regle.nature,
        url=adresse("pilotage_indicateur", p, STOCK),
    )  # fmt: skip


def _rythme(signes: Valeur | None, au: date) -> str:
    """Contracts signed a working day since the first of the month, whoever they are for."""
    ouvres = jours_ouvres_entre(au.replace(day=1) - UN_JOUR, au)
    if signes is None or signes.valeur is None or not ouvres:
        return ""
    return nombres.nombre(signes.valeur / ouvres, 1)
