"""One indicator by territory: the table, the map, the largest ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cordee.metier.organismes.models import Agent
from cordee.pilotage.calcul import SANS
from cordee.pilotage.enums import Agregat, Niveau
from cordee.pilotage.secret import SEUIL_INTERNE, SEUIL_PUBLICATION
from cordee.pilotage.selectors import Definition, Valeur, par_territoire
from cordee.territoires.models import Commune
from cordee.web.composants.tableaux import Colonne, Tri
from cordee.web.pilotage import graphiques
from cordee.web.pilotage.mesures import CLES, NON_AFFICHE, Ligne, par_valeur
from cordee.web.pilotage.perimetre import Perimetre
from cordee.web.pilotage.series import colonnes as colonnes_de_serie

NIVEAUX: Final = {Niveau.EPT: "EPT", Niveau.COMMUNE: "Communes", Niveau.STRUCTURE: "Structures"}
EN_TETE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneLieu(Ligne):
    """One territory of the table. ``choisissable``: its own page of figures may be opened."""

    choisissable: bool

    @property
    def libelle(self) -> str:
        return self.valeur.nom_territoire


def niveaux_ouverts(d: Definition, p: Perimetre) -> list[Niveau]:
    """The maps this reader may see the indicator on: those of her territories, two at least to compare."""
    nombres = {n: sum(t.niveau is n for t in p.choix) for n in NIVEAUX}
    return [n for n in NIVEAUX if n in d.niveaux and nombres[n] > 1]


def lire_niveau(brut: str, ouverts: Sequence[Niveau]) -> Niveau | None:
    """The map of an address: communes by default."""
    if not ouverts:
        return None
    defaut = Niveau.COMMUNE if Niveau.COMMUNE in ouverts else ouverts[0]
    return next((n for n in ouverts if n.value == brut), defaut)


def lignes(d: Definition, niveau: Niveau, p: Perimetre, *, pour: Agent) -> list[LigneLieu]:
    """Every territory of a level, beside the same a year before."""
    actuelles = par_territoire(pour=pour, code=d.code, au=p.au, niveau=niveau)
    passees = par_territoire(pour=pour, code=d.code, au=p.un_an_avant, niveau=niveau) if p.un_an_avant else []
    avant = {v.territoire: v for v in passees}
    ouverts = {t.code for t in p.choix}
    return [LigneLieu(valeur=v, avant=avant.get(v.territoire), choisissable=v.territoire in ouverts) for v in actuelles]


def trier(lues: Sequence[LigneLieu], tri: Tri) -> list[LigneLieu]:
    """In the order asked for; hidden and unknown ones, then those without a place, come last either way."""
    placees = [x for x in lues if x.valeur.territoire not in SANS.values()]
    reste = [x for x in lues if x.valeur.territoire in SANS.values()]
    if (cle := CLES.get(tri.cle)) is None:
        return [*(placees[::-1] if tri.decroissant else placees), *reste]
    return [*par_valeur(placees, cle, decroissant=tri.decroissant), *reste]


def colonnes(d: Definition, niveau: Niveau) -> list[Colonne]:
    """The columns of the table of territories."""
    return [Colonne("lieu", niveau.libelle), *(c for c in colonnes_de_serie(d)[1:] if c.cle != "inconnu")]


def premiers(d: Definition, p: Perimetre, *, pour: Agent) -> tuple[list[LigneLieu], int]:
    """The communes where the number is largest, and how many are hidden. None where communes are not hers to read."""
    if Niveau.COMMUNE not in niveaux_ouverts(d, p) or p.territoire.niveau is not Niveau.DEPARTEMENT:
        return [], 0
    ouverts = {t.code for t in p.choix}
    valeurs = par_territoire(pour=pour, code=d.code, au=p.au)
    lues = [LigneLieu(valeur=v, avant=None, choisissable=True) for v in valeurs if v.territoire in ouverts]
    montrees = sorted((x for x in lues if x.valeur.valeur), key=lambda x: x.valeur.valeur or 0, reverse=True)
    return montrees[:EN_TETE], sum(x.valeur.secret is not None for x in lues)


# The map ------------------------------------------------------------------------------------------------------------
def carte(d: Definition, lues: Sequence[LigneLieu]) -> graphiques.Graphique:
    """Communes as circles: the number, or for a rate those it rests on and how high it is."""
    places = dict(Commune.objects.filter(latitude__isnull=False).in_bulk([x.valeur.territoire for x in lues]))
    part = d.agregat is Agregat.TAUX
    mesure = d.agregat not in (Agregat.TAUX, Agregat.EFFECTIF)
    points = [
        graphiques.Lieu(
            nom=x.libelle, latitude=c.point[0], longitude=c.point[1],
            taille=_taille(x.valeur, part=part, mesure=mesure), texte=f"{x.libelle} : {x.texte}",
            taux=x.valeur.valeur if part else None,
        )
        for x in lues
        if (c := places.get(x.valeur.territoire)) is not None and c.point is not None
    ]  # fmt: skip
    return graphiques.carte(points, description=phrase(d, lues), taux=part)


def _taille(v: Valeur, *, part: bool, mesure: bool) -> float | None:
    if v.secret is not None:
        return None
    if part:
        return v.denominateur or 0
    return (v.valeur or 0) if mesure else (v.valeur if v.valeur is not None else 0)


def phrase(d: Definition, lues: Sequence[LigneLieu]) -> str:
    """What the map shows, in one or two sentences."""
    connues = [x for x in lues if x.valeur.valeur is not None and x.valeur.territoire not in SANS.values()]
    if not connues:
        return "Aucun territoire n'a de chiffre à montrer."
    rangees = sorted(connues, key=lambda x: x.valeur.valeur or 0, reverse=True)
    hauts = ", ".join(f"{x.libelle} ({x.texte})" for x in rangees[:3])
    bas = f" Au plus bas : {rangees[-1].libelle} ({rangees[-1].texte})." if len(rangees) > 3 else ""
    legende = "un cercle plus grand est un nombre plus grand"
    if d.agregat is Agregat.TAUX:
        legende = "un cercle plus foncé est un taux plus haut, un cercle plus grand porte sur plus de personnes"
    return f"Au plus haut : {hauts}.{bas} Sur la carte, {legende}."


def masques(lues: Sequence[LigneLieu], publie: bool) -> str:
    """The sentence about what is hidden in a table (V9)."""
    n = sum(x.valeur.secret is not None for x in lues)
    if not n:
        return ""
    seuil = SEUIL_PUBLICATION if publie else SEUIL_INTERNE
    return (
        f"{n} {'ligne' if n == 1 else 'lignes'} « {NON_AFFICHE} » : moins de {seuil} personnes, ou un nombre qui "
        "ferait connaître celui d'à côté. Un petit nombre pourrait désigner quelqu'un."
    )
