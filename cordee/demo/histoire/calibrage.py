"""What a history counts at a date, beside what the sources publish: for tests and for the report of the build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cordee.demo.histoire import dynastie_taux as taux
from cordee.demo.histoire.dynastie_stock import FEMMES, FOYERS, PERSONNES
from cordee.demo.histoire.modele import PREMIERE_PHOTO, Trajectoire
from cordee.demo.histoire.photos import photo_suivante
from cordee.demo.modele import Individu, Menage
from cordee.reglementation.sdd import ETATS_OUVERTS, sdd_operationnel

_INDEPENDANTS: Final = frozenset({"ETI", "AEN"})
_AGES: Final = ((25, "moins_25"), (30, "25_29"), (40, "30_39"), (50, "40_49"), (60, "50_59"), (999, "60_et_plus"))


@dataclass(frozen=True, slots=True)
class Comptes:
    """Counts of one photo. ``soumises``: flag set and right open, état 2, 3 or 4 (perimeter « sdd_operationnel »).

    ``par``: persons subject by trait; ``foyer:…``: households with an open right by commune and état.
    """

    au: date
    foyers: int
    soumises: int
    par: Counter[str]

    def __add__(self, autres: Comptes) -> Comptes:
        """The counts of two lots together."""
        return Comptes(self.au, self.foyers + autres.foyers, self.soumises + autres.soumises, self.par + autres.par)

    def part(self, *traits: str) -> float:
        """Percentage of the persons subject."""
        return 100 * sum(self.par[trait] for trait in traits) / max(self.soumises, 1)

    def part_foyers(self, *traits: str) -> float:
        """Percentage of the households with an open right."""
        return 100 * sum(self.par[f"foyer:{trait}"] for trait in traits) / max(self.foyers, 1)


@dataclass(frozen=True, slots=True)
class Cible:
    """A figure to find at a date.

    ``unite``: ``nombre`` (at full size), ``pourcent`` (of persons), ``pourcent_foyers``."""

    nom: str
    au: date
    valeur: float
    tolerance: float
    unite: str
    source: str


_NOMBRE, _PART, _FOYERS = "nombre", "pourcent", "pourcent_foyers"
CIBLES: Final = (
    Cible("soumises", PREMIERE_PHOTO, PERSONNES, 0, _NOMBRE, "F001"),
    Cible("femmes", PREMIERE_PHOTO, FEMMES, 0, _NOMBRE, "F002"),
    Cible("hommes", PREMIERE_PHOTO, PERSONNES - FEMMES, 0, _NOMBRE, "F003"),
    Cible("foyers", PREMIERE_PHOTO, FOYERS, 0, _NOMBRE, "F035"),
    Cible("moins_25", PREMIERE_PHOTO, 2.0, 0.3, _PART, "F004"),
    Cible("25_29", PREMIERE_PHOTO, 16.0, 0.3, _PART, "F005"),
    Cible("30_39", PREMIERE_PHOTO, 29.5, 0.3, _PART, "F007"),
    Cible("40_49", PREMIERE_PHOTO, 23.5, 0.3, _PART, "F008"),
    Cible("50_et_plus", PREMIERE_PHOTO, 29.0, 0.3, _PART, "F009"),
    Cible("60_et_plus", PREMIERE_PHOTO, 10.0, 0.3, _PART, "F010"),
    Cible("avec_enfant", PREMIERE_PHOTO, 40.8, 0.3, _PART, "F011"),
    Cible("un_an", PREMIERE_PHOTO, 85.0, 0.5, _PART, "F012"),
    Cible("cinq_ans", PREMIERE_PHOTO, 40.0, 0.5, _PART, "F013"),
    Cible("94081", PREMIERE_PHOTO, 9.3, 0.2, _FOYERS, "F021"),
    Cible("94028", PREMIERE_PHOTO, 8.9, 0.2, _FOYERS, "F022"),
    Cible("94017", PREMIERE_PHOTO, 7.6, 0.2, _FOYERS, "F023"),
    Cible("94041", PREMIERE_PHOTO, 5.9, 0.2, _FOYERS, "F024"),
    Cible("94076", PREMIERE_PHOTO, 4.8, 0.2, _FOYERS, "F025"),
    Cible("foyers", date(2024, 3, 31), 43_000, 430, _NOMBRE, "presse, mars 2024"),
    Cible("foyers", date(2025, 12, 31), 37_600, 376, _NOMBRE, "F036"),
    Cible("foyers", date(2026, 10, 31), 36_000, 360, _NOMBRE, "hypothèse"),
)
"""Sources by their number in the list of figures of the seeds (``F001``…); the tolerance is that of the full size."""


def compter(trajectoires: Iterable[Trajectoire], au: date) -> Comptes:
    """Count one photo."""
    foyers, soumises, par = 0, 0, Counter[str]()
    for trajectoire in trajectoires:
        menage = trajectoire.au(au)
        if menage is None or menage.etat not in ETATS_OUVERTS:
            continue
        foyers += 1
        par["foyer:" + (menage.adresse.commune.insee if menage.adresse.commune else "etranger")] += 1
        par["foyer:etat_" + menage.etat] += 1
        for adulte in menage.adultes:
            if sdd_operationnel(drapeau=adulte.soumis, etat=menage.etat):
                soumises += 1
                par.update(_traits(menage, adulte, au))
            else:
                par["drapeau_inconnu" if adulte.soumis is None else "non_soumis"] += 1
    return Comptes(au, foyers, soumises, par)


def _traits(menage: Menage, adulte: Individu, au: date) -> Iterator[str]:
    age, anciennete = adulte.age(au), _annees(menage.date_demande, au)
    vrais = {
        "femmes": adulte.sexe == "2",
        "hommes": adulte.sexe == "1",
        "50_et_plus": age >= 50,
        "62_et_plus": age >= 62,
        "avec_enfant": bool(menage.enfants),
        "isole": not menage.en_couple and not menage.enfants,
        "parent_isole": menage.parent_isole,
        "couple_enfants": menage.en_couple and bool(menage.enfants),
        "couple": menage.en_couple and not menage.enfants,
        "un_an": anciennete >= 1,
        "cinq_ans": anciennete >= 5,
        "emploi": adulte.contrat != "",
        "independant": adulte.activite in _INDEPENDANTS,
        "inscrit": adulte.inscrit_emploi,
        "domicilie": menage.domicilie,
        "msa": menage.organisme == "MSA",
    }
    yield next(nom for borne, nom in _AGES if age < borne)
    yield menage.adresse.commune.insee if menage.adresse.commune else "etranger"
    yield from (nom for nom, vrai in vrais.items() if vrai)


def _annees(debut: date, au: date) -> int:
    return au.year - debut.year - ((au.month, au.day) < (debut.month, debut.day))


def ecart(cible: Cible, comptes: Comptes, *, personnes: int) -> float:
    """What is found less what is expected, at full size for a number, in points for a share."""
    if cible.unite != _NOMBRE:
        part = comptes.part if cible.unite == _PART else comptes.part_foyers
        return part(cible.nom) - cible.valeur
    vu = {"soumises": comptes.soumises, "foyers": comptes.foyers}.get(cible.nom, comptes.par[cible.nom])
    return vu * PERSONNES / personnes - cible.valeur


def en_activite(vies: Sequence[Trajectoire], ordre: int, au: date) -> bool:
    """Whether a person has a salaried job in a photo, or left RSA on a salary and has not come back.

    Args:
        vies: all the households of her dynasty.
    """
    vue: tuple[date, Individu] | None = None
    for trajectoire in vies:
        for tranche in trajectoire.tranches:
            if tranche.reference > au:
                break
            for adulte in tranche.menage.adultes:
                if adulte.ordre == ordre and (vue is None or tranche.reference >= vue[0]):
                    vue = tranche.reference, adulte
    return vue is not None and vue[1].contrat != ""


@dataclass(slots=True)
class SixMois:
    """Adults who entered, and those in activity six photos later."""

    entres: int = 0
    actifs: int = 0

    @property
    def part(self) -> float:
        """Percentage in activity."""
        return 100 * self.actifs / max(self.entres, 1)


def activite_a_six_mois(dynasties: Iterable[Sequence[Trajectoire]], *, jusqu_au: date) -> dict[str, SixMois]:
    """Activity six months after entering: ``pilote`` (the three communes, from the start of the pilot on), ``reste``.

    Of households entered since the first photo, not refused, seen for six months (left or not).
    """
    groupes = {"pilote": SixMois(), "reste": SixMois()}
    for vies in dynasties:
        premiere = vies[0].tranches[0]
        entree, au = premiere.reference, premiere.reference
        for _ in range(taux.HORIZON_EFFET):
            au = photo_suivante(au)
        if entree == PREMIERE_PHOTO or au > jusqu_au or premiere.menage.etat == "1":
            continue
        commune = premiere.menage.adresse.commune
        pilote = entree >= taux.DEBUT_PILOTE and commune is not None and commune.insee in taux.COMMUNES_PILOTES
        groupe = groupes["pilote" if pilote else "reste"]
        for adulte in premiere.menage.adultes:
            groupe.entres += 1
            groupe.actifs += en_activite(vies, adulte.ordre, au)
    return groupes
