"""One indicator in time: the lines of its table, the points of its chart, the sentence that says what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cordee.metier.organismes.models import Agent
from cordee.pilotage.enums import Agregat
from cordee.pilotage.selectors import Definition, Valeur, serie
from cordee.web.composants.tableaux import Colonne, Tri
from cordee.web.pilotage import graphiques
from cordee.web.pilotage.mesures import CLES, RECUL, Ligne, compte, en_colonne, par_valeur, repere, texte
from cordee.web.pilotage.mois import Mois, mois_de
from cordee.web.pilotage.perimetre import Perimetre

PERIODES: Final = {"13": "un an", "25": "deux ans", "0": "depuis le début"}
PAR_DEFAUT: Final = "25"


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneSerie(Ligne):
    """One month of the table."""

    mois: Mois

    @property
    def inconnu(self) -> str:
        return "" if self.valeur.secret is not None else compte(self.valeur.inconnu)


def lire_periode(brut: str) -> str:
    """The period of an address: a number of months, all of them for « 0 »."""
    return brut if brut in PERIODES else PAR_DEFAUT


def lignes(code: str, p: Perimetre, *, pour: Agent, mois: int) -> list[LigneSerie]:
    """The last ``mois`` months (all of them for 0), oldest first, each beside the same a year before."""
    du = None if not mois else p.debut(mois - 1 + 12)
    lues = {mois_de(v.au): v for v in serie(pour=pour, code=code, territoire=p.territoire.code, du=du, au=p.au)}
    debut = p.premier if not mois else mois_de(p.debut(mois - 1))
    return [LigneSerie(mois=m, valeur=v, avant=lues.get(m.decale(-12))) for m, v in sorted(lues.items()) if m >= debut]


def etincelle(d: Definition, p: Perimetre, *, pour: Agent) -> graphiques.Graphique:
    """The small chart of a figure: two years, no axis."""
    lues = serie(pour=pour, code=d.code, territoire=p.territoire.code, du=p.debut(RECUL), au=p.au)
    return graphiques.etincelle(
        [point(v) for v in lues], description=d.libelle, repere=_trait(d)
    )  # fmt: skip


def courbe(d: Definition, lues: Sequence[LigneSerie], *, comparer: bool) -> graphiques.Graphique:
    """The large chart. Beside the same months a year before, except over the whole history, where they are there."""
    avant = [
        graphiques.Point(
            x.valeur.au, _y(x.avant), en_colonne(x.avant), f"{x.mois.decale(-12).libelle} : {texte(x.avant)}"
        )
        for x in lues
        if x.avant is not None
    ]
    return graphiques.courbe(
        [point(x.valeur) for x in lues], description=phrase(lues), repere=_trait(d),
        un_an_avant=avant if comparer else [],
    )  # fmt: skip


def point(v: Valeur) -> graphiques.Point:
    return graphiques.Point(v.au, v.valeur, en_colonne(v), f"{mois_de(v.au).libelle} : {texte(v)}")


def _y(v: Valeur | None) -> float | None:
    return None if v is None else v.valeur


def _trait(d: Definition) -> graphiques.Repere | None:
    trouve = repere(d)
    return graphiques.Repere(trouve.valeur, f"{trouve.nature.libelle} : {trouve.texte}") if trouve else None


def axe_coupe(lues: Sequence[LigneSerie], *, comparer: bool, d: Definition) -> bool:
    """Whether the axis of the chart starts above zero: the page then says so."""
    valeurs = [x.valeur.valeur for x in lues] + ([_y(x.avant) for x in lues] if comparer else [])
    connues = [v for v in valeurs if v is not None] + ([d.cible.valeur] if d.cible else [])
    return not graphiques.depuis_zero(connues)


def phrase(lues: Sequence[LigneSerie]) -> str:
    """What the chart shows: first, last, highest, lowest; and what it does not show."""
    a_venir = _pas_encore_calcules(lues)
    return _vue(lues) + (f" Mois pas encore calculés : {a_venir}." if a_venir else "")


def _pas_encore_calcules(lues: Sequence[LigneSerie]) -> int:
    """Months between the first and the last that have no line: their computation waits its turn."""
    if len(lues) < 2:
        return 0
    debut, fin = lues[0].mois, lues[-1].mois
    return (fin.annee - debut.annee) * 12 + fin.rang - debut.rang + 1 - len(lues)


def _vue(lues: Sequence[LigneSerie]) -> str:
    connues = [x for x in lues if x.valeur.valeur is not None]
    if not connues:
        return "Aucun mois de cette période n'a de chiffre à montrer."
    premier, dernier = connues[0], connues[-1]
    if len(connues) == 1:
        return f"Un seul mois a un chiffre à montrer, {dernier.mois.libelle} : {dernier.texte}."
    haut = max(connues, key=lambda x: x.valeur.valeur or 0)
    bas = min(connues, key=lambda x: x.valeur.valeur or 0)
    suite = ""
    if haut.valeur.valeur != bas.valeur.valeur:
        suite = f" Au plus haut en {haut.mois.libelle} ({haut.texte}), au plus bas en {bas.mois.libelle} ({bas.texte})."
    absents = len(lues) - len(connues)
    trous = f" {absents} mois sans chiffre à montrer." if absents else ""
    return f"De {premier.mois.libelle} à {dernier.mois.libelle}, de {premier.texte} à {dernier.texte}.{suite}{trous}"


# The table ----------------------------------------------------------------------------------------------------------
def detail(d: Definition) -> tuple[str, str] | None:
    """The short names of numerator and denominator, where the table shows them; the definition gives the long ones."""
    return ("Nombre", "Sur") if d.agregat is Agregat.TAUX else None


def colonnes(d: Definition) -> list[Colonne]:
    """The columns of the table of months."""
    parts = detail(d)
    noms = zip(("numerateur", "denominateur"), parts, strict=True) if parts else ()
    milieu = [Colonne(cle, nom, nombre=True) for cle, nom in noms]
    return [
        Colonne("mois", "Mois"), Colonne("valeur", _titre(d.unite.libelle), nombre=True), *milieu,
        Colonne("inconnu", "Inconnus", nombre=True), Colonne("avant", "Un an avant", nombre=True),
    ]  # fmt: skip


def _titre(texte_: str) -> str:
    return texte_[:1].upper() + texte_[1:]


def trier(lues: Sequence[LigneSerie], tri: Tri) -> list[LigneSerie]:
    """In the order asked for; what is not known comes last either way."""
    if (cle := CLES.get(tri.cle)) is None:
        return sorted(lues, key=lambda x: x.mois, reverse=tri.decroissant)
    return par_valeur(lues, cle, decroissant=tri.decroissant)
