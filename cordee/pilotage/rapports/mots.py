"""Figures in words, as an assembly reads them: what it is, what it was a year before, what was promised. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from cordee.pilotage.cibles.regles import atteinte
from cordee.pilotage.dessins import nombres
from cordee.pilotage.enums import Agregat, Sens
from cordee.pilotage.selectors import Definition, Valeur
from cordee.reglementation.redaction import date_en_toutes_lettres

NON_AFFICHE: Final = "non affiché"
SANS_MESURE: Final = "pas de mesure"
_MESURES: Final = frozenset({Agregat.MOYENNE, Agregat.MEDIANE, Agregat.P90, Agregat.MAXIMUM})


@dataclass(frozen=True, slots=True)
class Engagement:
    """A target as it is printed: what was aimed at, by when, from which text, and whether it is reached."""

    texte: str
    echeance: str
    origine: str
    verdict: str
    tenu: bool | None
    de: str = ""
    """Whose target it is, when it is not the territory's own."""


def texte(v: Valeur | None, *, avec_unite: bool = True) -> str:
    """The value alone."""
    if v is None:
        return SANS_MESURE
    if v.secret is not None:
        return NON_AFFICHE
    if v.valeur is None:
        return SANS_MESURE
    if avec_unite:
        return nombres.ecrire(v.valeur, v.unite)
    return nombres.nombre(v.valeur, nombres.decimales_de(v.unite, v.valeur))


def court(v: Valeur | None) -> str:
    """The value in a table whose header gives the unit: only « % » stays."""
    return texte(v, avec_unite=v is not None and v.unite == "%")


def compte(n: float | None) -> str:
    """A numerator or a denominator."""
    return "" if n is None else nombres.nombre(n, 0 if float(n).is_integer() else 1)


def repose_sur(v: Valeur) -> str:
    """What it rests on, and those it cannot speak of: never left out."""
    if v.secret is not None:
        return ""
    parties = []
    if v.definition.agregat is Agregat.TAUX and v.denominateur:
        parties.append(f"{compte(v.numerateur)} sur {compte(v.denominateur)}")
    elif v.definition.agregat in _MESURES and v.denominateur:
        parties.append(f"mesuré sur {compte(v.denominateur)}")
    if v.inconnu:
        parties.append(f"{compte(v.inconnu)} {'inconnue' if v.inconnu < 2 else 'inconnues'}, à part")
    return " ; ".join(parties)


def evolution(v: Valeur | None, avant: Valeur | None) -> str:
    """What changed in a year: « +3,5 points », « stable », nothing when either is not known."""
    if v is None or avant is None or v.valeur is None or avant.valeur is None:
        return ""
    return nombres.ecart(v.valeur, avant.valeur, v.unite)


def evolution_courte(v: Valeur | None, avant: Valeur | None) -> str:
    """The same, of a count only what it is per cent."""
    ecart = evolution(v, avant)
    if v is not None and avant is not None and texte(v) == texte(avant) and ecart:
        return "stable"
    return ecart.partition(" (")[2].removesuffix(")") or ecart


def jugement(v: Valeur | None, avant: Valeur | None) -> str:
    """Whether that is good, in words; nothing for what is neither."""
    if v is None or avant is None or v.valeur is None or avant.valeur is None or evolution(v, avant) == "stable":
        return ""
    if v.definition.sens is Sens.NEUTRE:
        return ""
    return "en mieux" if (v.valeur > avant.valeur) is (v.definition.sens is Sens.HAUSSE) else "en moins bien"


def phrase(v: Valeur, avant: Valeur | None) -> str:
    """One sentence for a figure: where it stands against a year before, and whether that is good."""
    if v.secret is not None:
        return "Trop peu de personnes : ce chiffre n'est pas montré."
    if v.valeur is None:
        return "L'histoire connue ne permet pas encore de le mesurer."
    ecart, en = evolution_courte(v, avant), jugement(v, avant)
    if not ecart:
        return "Pas de comparaison possible avec l'an dernier."
    if ecart == "stable":
        return "Comme un an plus tôt."
    return f"Contre {texte(avant)} un an plus tôt ({ecart}){f' : {en}' if en else ''}."


def engagement(
    d: Definition, v: Valeur | None, visee: float, *, echeance: date, origine: str, au: date, de: str = ""
) -> Engagement:
    """A target in words. Unknown is never a failure; a day to come is not one either."""
    valeur = v.valeur if v is not None else None
    tenu = None if valeur is None else atteinte(valeur, visee, d.sens)
    ecrit = nombres.ecrire(visee, d.unite.libelle)
    if d.unite.libelle == "%" and float(visee).is_integer():
        ecrit = ecrit.replace(",0", "")
    if d.sens is Sens.BAISSE and visee:
        ecrit = f"{ecrit} au plus"
    quand = date_en_toutes_lettres(echeance)
    if valeur is None:
        verdict = "ne peut pas être vérifié"
    elif tenu:
        verdict = "tenu"
    elif echeance > au:
        verdict = f"à atteindre le {quand}"
    else:
        manque = nombres.ecrire(abs(visee - valeur), "points" if d.unite.libelle == "%" else d.unite.libelle)
        verdict = f"non tenu, {manque} de trop" if d.sens is Sens.BAISSE else f"non tenu, il manque {manque}"
    return Engagement(ecrit, quand, origine, verdict, tenu, de)
