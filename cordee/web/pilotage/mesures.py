"""A figure as a page shows it: its value in words, what changed in a year, its target, what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.urls import reverse

from cordee.pilotage.enums import Agregat, Sens
from cordee.pilotage.selectors import Definition, Valeur
from cordee.reglementation.enums import Nature
from cordee.web.pilotage import nombres
from cordee.web.pilotage.mois import mois_de
from cordee.web.pilotage.perimetre import Perimetre

RECUL: Final = 24
"""Months of a small chart."""
NON_AFFICHE: Final = "non affiché"
SANS_MESURE: Final = "pas de mesure"
#: Aggregates whose lines are people measured, not people counted.
_MESURES: Final = frozenset({Agregat.MOYENNE, Agregat.MEDIANE, Agregat.P90, Agregat.MAXIMUM})


@dataclass(frozen=True, slots=True)
class Repere:
    """What a figure is compared with, and of what nature that is (E08)."""

    texte: str
    nature: Nature
    valeur: float


@dataclass(frozen=True, slots=True)
class Visee:
    """A target beside a figure: « Cible : au moins 60 % pour le 31 décembre 2026, direction de l'insertion ».

    ``promesse``: its day is over; ``constat``: what the figure was then; ``ton``: colour and icon of its state.
    """

    texte: str
    responsable: str
    origine: str
    constat: str
    etat: str
    ton: tuple[str, str]
    promesse: bool
    valeur: float


@dataclass(frozen=True, slots=True)
class Mesure:
    """One figure, ready to draw."""

    code: str
    libelle: str
    texte: str
    unite: str
    ecart: str
    precisions: str
    muette: bool
    secret: bool
    repere: Repere | None
    url: str
    url_personnes: str
    courbe: str
    vue: str
    depuis: str
    jusque: str
    definition: str
    perimetre: str
    url_definition: str
    visees: Sequence[Visee]
    colonne: str
    colonne_avant: str
    numerateur: str
    denominateur: str
    inconnu: int
    sur: str


def mesure(
    v: Valeur, avant: Valeur | None, p: Perimetre, *, listes: bool, courbe: bool = True, visees: Sequence[Visee] = ()
) -> Mesure:
    """A figure of a territory and a day. ``avant``: the same a year before; ``listes``: whether she may see people."""
    depuis, d = p.debut(RECUL), v.definition
    compte_du_monde = v.valeur is not None and v.valeur > 0
    return Mesure(
        code=v.code, libelle=v.libelle, texte=texte(v, avec_unite=False),
        unite=_unite(v), ecart=depuis_un_an(v, avant),
        precisions=" · ".join(precisions(v)), muette=v.valeur is None,
        secret=v.secret is not None, repere=_repere_a_dire(d, visees),
        url=adresse("pilotage_indicateur", p, v.code),
        url_personnes=adresse("pilotage_personnes", p, v.code) if listes and compte_du_monde else "",
        courbe=adresse("pilotage_graphique", p, v.code, forme="etincelle") if courbe and v.valeur is not None else "",
        vue=vue(v, avant, f"{depuis:%m/%Y}"), depuis=mois_de(depuis).court, jusque=p.mois.court,
        definition=d.definition, perimetre=d.libelle_perimetre,
        url_definition=adresse("pilotage_indicateur", p, v.code) + "#definition", visees=visees,
        colonne=en_colonne(v), colonne_avant=en_colonne(avant), numerateur=compte(v.numerateur),
        denominateur=compte(v.denominateur), inconnu=v.inconnu if v.secret is None else 0, sur=d.denominateur,
    )  # fmt: skip


def _repere_a_dire(d: Definition, visees: Sequence[Visee]) -> Repere | None:
    """The mark of the method, unless a target says the same with its day and its owner."""
    trouve = repere(d)
    dit = trouve is not None and any(x.valeur == trouve.valeur and not x.promesse for x in visees)
    return None if dit else trouve


def _unite(v: Valeur) -> str:
    """The unit beside the large figure, unless its label just said it."""
    if v.valeur is None or (v.unite != "%" and v.unite in v.libelle.lower()):
        return ""
    return nombres.accorder(v.valeur, v.unite)


def adresse(nom: str, p: Perimetre, code: str, **autres: str) -> str:
    """The address of a page of this indicator, on the same territory and month."""
    parametres = p.parametres(**autres)
    return reverse(nom, args=[code]) + (f"?{parametres}" if parametres else "")


def texte(v: Valeur, *, avec_unite: bool = True) -> str:
    """The value alone."""
    if v.secret is not None:
        return NON_AFFICHE
    if v.valeur is None:
        return SANS_MESURE
    if avec_unite:
        return nombres.ecrire(v.valeur, v.unite)
    return nombres.nombre(v.valeur, nombres.decimales_de(v.unite, v.valeur))


def en_colonne(v: Valeur | None) -> str:
    """The value in a table, whose header holds the unit."""
    if v is None:
        return ""
    return texte(v, avec_unite=v.unite == "%" and v.valeur is not None)


def compte(n: float | None) -> str:
    """A numerator or a denominator in a table."""
    return "" if n is None else nombres.nombre(n, 0 if float(n).is_integer() else 1)


def depuis_un_an(v: Valeur, avant: Valeur | None) -> str:
    """What changed since the same month a year before, and whether that is good, in words."""
    if avant is None or avant.valeur is None or v.valeur is None:
        return ""
    ecart = nombres.ecart(v.valeur, avant.valeur, v.unite)
    return f"{ecart} en un an{_jugement(v.valeur - avant.valeur, v.definition.sens) if ecart != 'stable' else ''}"


def _jugement(difference: float, sens: Sens) -> str:
    if sens is Sens.NEUTRE or not difference:
        return ""
    return " : en mieux" if (difference > 0) is (sens is Sens.HAUSSE) else " : en moins bien"


def precisions(v: Valeur) -> list[str]:
    """What the figure rests on, and those it cannot speak of."""
    if v.secret is not None:
        return [v.secret.libelle + "."]
    phrases = []
    d = v.definition
    if d.agregat is Agregat.TAUX and v.denominateur:
        phrases.append(f"{compte(v.numerateur)} sur {compte(v.denominateur)}")
    elif d.agregat in _MESURES and v.denominateur:
        phrases.append(f"mesuré sur {compte(v.denominateur)}")
    if v.inconnu:
        phrases.append(f"{compte(v.inconnu)} {'inconnu' if v.inconnu < 2 else 'inconnus'}, à part")
    if v.a_refaire:
        phrases.append("en cours de recalcul")
    return phrases


def repere(d: Definition) -> Repere | None:
    """The target or the limit of an indicator, with its nature."""
    if d.cible is None:
        return None
    valeur = nombres.nombre(d.cible.valeur, 0 if d.cible.valeur.is_integer() else 1)
    valeur += "\u00a0%" if d.unite.libelle == "%" else ""
    return Repere(f"{valeur} ({d.cible.texte})" if d.cible.texte else valeur, d.cible.nature, d.cible.valeur)


def vue(v: Valeur, avant: Valeur | None, depuis: str) -> str:
    """What a small chart shows, in one sentence."""
    suite = f", {texte(avant)} un an avant" if avant is not None and avant.valeur is not None else ""
    return f"{v.libelle}, courbe mois par mois depuis {depuis} : {texte(v)} à la fin{suite}."


# Lines of the tables ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One line of a table of figures: the value, beside the same a year before."""

    valeur: Valeur
    avant: Valeur | None

    @property
    def texte(self) -> str:
        return texte(self.valeur)

    @property
    def secret(self) -> str:
        return self.valeur.secret.libelle if self.valeur.secret is not None else ""

    @property
    def colonne(self) -> str:
        return en_colonne(self.valeur)

    @property
    def colonne_avant(self) -> str:
        return en_colonne(self.avant)

    @property
    def numerateur(self) -> str:
        return compte(self.valeur.numerateur)

    @property
    def denominateur(self) -> str:
        return compte(self.valeur.denominateur)


L = TypeVar("L", bound=Ligne)
CLES: Final[Mapping[str, Callable[[Any], Any]]] = {
    "valeur": lambda x: x.valeur.valeur,
    "numerateur": lambda x: x.valeur.numerateur,
    "denominateur": lambda x: x.valeur.denominateur,
    "avant": lambda x: x.avant.valeur if x.avant is not None else None,
    "inconnu": lambda x: None if x.valeur.secret is not None else x.valeur.inconnu,
}
"""The columns of figures, by what they sort on."""


def par_valeur(lues: Sequence[L], cle: Callable[[L], Any], *, decroissant: bool) -> list[L]:
    """In the order of a column; what is hidden or not known comes last either way."""
    connues = sorted((x for x in lues if cle(x) is not None), key=cle, reverse=decroissant)
    return [*connues, *(x for x in lues if cle(x) is None)]
