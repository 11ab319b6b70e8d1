"""What a cohort is: its entry window, its territory, its traits. Written in an address, read back, said in a sentence.

Everything is read at the **starting photo**: the end of the month of the event (``repere`` months later when a landmark
is set). A path or a contract is a fact of the way: choosing those who have it *later* would give them, for free, the
months they had to stay to get it. So they are read at the photo, and time counts from it (landmark analysis).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Self
from urllib.parse import parse_qsl, urlencode

from cordee.metier.parcours.enums import Voie
from cordee.metier.personnes.enums import Sexe
from cordee.pilotage.cohortes.enums import Action, Age, Anciennete, Famille, Formation, Freins, Origine, Sous
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.enums import EnumLibelle
from cordee.socle.erreurs import ErreurMetier

REPERES: Final = (0, 1, 3, 6, 12)
HORIZONS: Final = (12, 24, 36, 60)
FENETRE: Final = 36
"""Longest entry window, in months: beyond, people of one cohort did not live the same years."""
CHOIX: Final[dict[str, type[EnumLibelle]]] = {
    "sexe": Sexe, "age": Age, "famille": Famille, "anciennete": Anciennete, "formation": Formation,
    "freins": Freins, "voie": Voie, "organisme": GenreOrganismeReferent, "contrat": Sous, "action": Action,
}  # fmt: skip
_MOIS: Final = re.compile(r"^(20\d{2})-(0[1-9]|1[0-2])$")
_CODE: Final = re.compile(r"^[0-9A-Za-z_-]{1,40}$")
_NOMS: Final = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
                "novembre", "décembre")  # fmt: skip


class DefinitionIllisible(ErreurMetier):
    """A cohort that cannot be read from an address, or that means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One cohort.

    ``du``, ``au``: first and last month of the events (« 2022-01 »); a stock has one month. ``lieux``: communes and
    EPT, any of them. ``structure``: code of the référent body (``rattache`` « referent ») or of the sector. Empty
    criteria choose everybody. ``repere``: months from the event to the starting photo. ``horizon``: months followed.
    """

    origine: Origine = Origine.OUVERTURE
    du: str
    au: str
    lieux: tuple[str, ...] = ()
    structure: str = ""
    rattache: str = "secteur"
    sexe: tuple[str, ...] = ()
    age: tuple[str, ...] = ()
    famille: tuple[str, ...] = ()
    anciennete: tuple[str, ...] = ()
    formation: tuple[str, ...] = ()
    freins: tuple[str, ...] = ()
    voie: tuple[str, ...] = ()
    organisme: tuple[str, ...] = ()
    contrat: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    repere: int = 0
    horizon: int = 36

    @property
    def criteres(self) -> dict[str, tuple[str, ...]]:
        """The traits chosen, by name of column."""
        return {nom: getattr(self, nom) for nom in CHOIX if getattr(self, nom)}

    @property
    def premier(self) -> int:
        """The number of the first month (year × 12 + month)."""
        return rang_du_mois(self.du)

    @property
    def dernier(self) -> int:
        return rang_du_mois(self.au)

    def champs(self) -> dict[str, Any]:
        """What differs from the default, ready for JSON: the same cohort always reads the same."""
        lus: dict[str, Any] = {}
        for champ in fields(self):
            valeur = getattr(self, champ.name)
            if champ.name in {"origine", "du", "au"} or valeur != champ.default:
                lus[champ.name] = list(valeur) if isinstance(valeur, tuple) else valeur
        if not self.structure:
            lus.pop("rattache", None)
        return {cle: str(v) if isinstance(v, Origine) else v for cle, v in lus.items()}

    def adresse(self) -> str:
        """The cohort as one text for an address.

        >>> Definition(du="2022-01", au="2022-12", sexe=("femme",)).adresse()
        'origine=ouverture&du=2022-01&au=2022-12&sexe=femme'
        """
        return urlencode(self.champs(), doseq=True)

    @classmethod
    def lire(cls, texte: str) -> Self:
        """The contrary of ``adresse``.

        Raises:
            DefinitionIllisible: with a sentence that says what to change.
        """
        valeurs: dict[str, list[str]] = {}
        for cle, valeur in parse_qsl(texte)[:200]:
            valeurs.setdefault(cle, []).append(valeur)
        return cls.de_champs(valeurs)

    @classmethod
    def de_champs(cls, valeurs: Mapping[str, Any]) -> Self:
        """From JSON, or from the lists of an address. Unknown values of a criterion are refused, never ignored.

        Raises:
            DefinitionIllisible: with a sentence that says what to change.
        """
        lus: dict[str, Any] = {"origine": _origine(_un(valeurs, "origine") or "ouverture")}
        lus["du"], lus["au"] = _fenetre(_un(valeurs, "du"), _un(valeurs, "au"), lus["origine"])
        for nom, enum in CHOIX.items():
            lus[nom] = _membres(nom, _liste(valeurs, nom), enum)
        lus["lieux"] = tuple(sorted({_code(c) for c in _liste(valeurs, "lieux")}))
        lus["structure"] = _code(_un(valeurs, "structure"))
        lus["rattache"] = "referent" if lus["structure"] and _un(valeurs, "rattache") == "referent" else "secteur"
        lus["repere"] = _entier(_un(valeurs, "repere") or "0", REPERES, "Le repère")
        lus["horizon"] = _entier(_un(valeurs, "horizon") or "36", HORIZONS, "La durée suivie")
        if lus["origine"] is Origine.STOCK:
            lus["au"], lus["repere"] = lus["du"], 0
        return cls(**lus)

    def autrement(self, **champs: Any) -> Self:
        return replace(self, **champs)


# In words ------------------------------------------------------------------------------------------------------------
def mois_en_mots(mois: str) -> str:
    """A month in words.

    >>> mois_en_mots("2022-01")
    'janvier 2022'
    """
    annee, rang = mois.split("-")
    return f"{_NOMS[int(rang) - 1]} {annee}"


def phrase(d: Definition, noms: Mapping[str, str]) -> str:
    """The cohort in one French sentence. ``noms``: of territories and structures, by code.

    >>> phrase(Definition(du="2022-01", au="2022-12", lieux=("94028",), sexe=("femme",)), {"94028": "Créteil"})
    'Personnes dont le droit s’est ouvert de janvier à décembre 2022, à Créteil ; femmes ; suivies 36 mois au plus.'
    """
    morceaux = [f"Personnes {d.origine.description} {fenetre_en_mots(d)}"]
    if d.lieux:
        morceaux[0] += f", {_lieux([noms.get(c, c) for c in d.lieux])}"
    if d.structure:
        lien = "organisme référent" if d.rattache == "referent" else "secteur de"
        morceaux.append(f"{lien} {noms.get(d.structure, d.structure)}")
    morceaux += [_critere(nom, valeurs) for nom, valeurs in d.criteres.items()]
    if d.repere:
        mois = f"{d.repere} mois après" if d.repere > 1 else "un mois après"
        morceaux.append(f"encore présentes {mois}, point de départ du suivi")
    morceaux.append(f"suivies {d.horizon} mois au plus")
    return (" ; ".join(morceaux) + ".").replace("'", "’")


def fenetre_en_mots(d: Definition) -> str:
    """« de janvier à décembre 2022 », « en mars 2022 »."""
    if d.du == d.au:
        return f"en {mois_en_mots(d.du)}" if d.origine is not Origine.STOCK else f"fin {mois_en_mots(d.du)}"
    debut = mois_en_mots(d.du)
    if d.du[:4] == d.au[:4]:
        debut = debut.removesuffix(f" {d.du[:4]}")
    de = "d'" if debut[0] in "ao" else "de "
    return f"{de}{debut} à {mois_en_mots(d.au)}"


def titre_court(d: Definition, noms: Mapping[str, str]) -> str:
    """A short name for a legend."""
    annee = d.du[:4]
    quand = annee if (d.du, d.au) == (f"{annee}-01", f"{annee}-12") else fenetre_en_mots(d)
    lieux = ", ".join(noms.get(c, c) for c in d.lieux[:3])
    if len(d.lieux) > 3:
        lieux += f" et {len(d.lieux) - 3} autres"
    return " · ".join(x for x in (d.origine.libelle, quand, lieux, noms.get(d.structure, d.structure)) if x)


def rang_du_mois(mois: str) -> int:
    """The number of a month: year × 12 + month.

    >>> rang_du_mois("2022-01") - rang_du_mois("2021-12")
    1
    """
    annee, rang = mois.split("-")
    return int(annee) * 12 + int(rang)


def mois_du_rang(rang: int) -> str:
    """The contrary of ``rang_du_mois``.

    >>> mois_du_rang(rang_du_mois("2022-12")), mois_du_rang(rang_du_mois("2023-01"))
    ('2022-12', '2023-01')
    """
    annee, mois = divmod(rang - 1, 12)
    return f"{annee}-{mois + 1:02d}"


_TETES: Final = {
    "sexe": "", "age": "", "famille": "", "anciennete": "au revenu depuis ", "voie": "",
    "organisme": "organisme : ", "contrat": "", "formation": "", "freins": "", "action": "",
}  # fmt: skip
_PLURIELS: Final = {"femme": "femmes", "homme": "hommes", "inconnu": "sexe non renseigné"}


def _critere(nom: str, valeurs: Sequence[str]) -> str:
    if nom == "sexe":
        return " ou ".join(_PLURIELS[v] for v in valeurs)
    libelles = [CHOIX[nom](v).libelle for v in valeurs]
    if nom != "organisme":
        libelles = [texte[0].lower() + texte[1:] for texte in libelles]
    return _TETES[nom] + " ou ".join(libelles)


def _lieux(noms: Sequence[str]) -> str:
    texte = noms[0] if len(noms) == 1 else ", ".join(noms[:-1]) + f" ou {noms[-1]}"
    return f"à {texte}"


# Reading --------------------------------------------------------------------------------------------------------------
def _liste(valeurs: Mapping[str, Any], nom: str) -> list[str]:
    brut = valeurs.get(nom) or []
    return [str(v) for v in ([brut] if isinstance(brut, str | int) else brut) if str(v)]


def _un(valeurs: Mapping[str, Any], nom: str) -> str:
    return next(iter(_liste(valeurs, nom)), "")


def _origine(brut: str) -> Origine:
    try:
        return Origine(brut)
    except ValueError as erreur:
        raise DefinitionIllisible("Choisissez l'événement de départ dans la liste.") from erreur


def _fenetre(du: str, au: str, origine: Origine) -> tuple[str, str]:
    if not _MOIS.match(du) or (au and not _MOIS.match(au)):
        raise DefinitionIllisible("Donnez le premier et le dernier mois des entrées, par exemple 2022-01 et 2022-12.")
    au = au or du
    if origine is not Origine.STOCK and rang_du_mois(au) < rang_du_mois(du):
        raise DefinitionIllisible("Le dernier mois des entrées vient avant le premier.")
    if origine is not Origine.STOCK and rang_du_mois(au) - rang_du_mois(du) >= FENETRE:
        raise DefinitionIllisible(f"Une cohorte réunit les entrées de {FENETRE} mois au plus : resserrez les dates.")
    return du, au


def _membres(nom: str, valeurs: Sequence[str], enum: type[EnumLibelle]) -> tuple[str, ...]:
    connues = [str(m) for m in enum]
    if inconnues := [v for v in valeurs if v not in connues]:
        raise DefinitionIllisible(f"Le critère « {nom} » ne connaît pas la valeur « {inconnues[0][:40]} ».")
    return tuple(v for v in connues if v in valeurs)


def _code(brut: str) -> str:
    if brut and not _CODE.match(brut):
        raise DefinitionIllisible("Ce code de territoire ou de structure ne peut pas être lu.")
    return brut


def _entier(brut: str, permis: Sequence[int], quoi: str) -> int:
    if not brut.isdigit() or int(brut) not in permis:
        raise DefinitionIllisible(f"{quoi} se choisit parmi {', '.join(map(str, permis))} mois.")
    return int(brut)
