"""The figures a printed document reads: always those of publications (V9: 11), from the lake or a published state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cordee.pilotage.calcul import SANS, STOCK_DEPUIS, Cellule, calculer
from cordee.pilotage.carte import carte, fins_de_mois
from cordee.pilotage.entetes import Definition, definition, empreinte_des_methodes
from cordee.pilotage.enums import Agregat, Niveau, Secret
from cordee.pilotage.lac.manifeste import Manifeste, lire_manifeste
from cordee.pilotage.models import Calcul, ValeurCalculee
from cordee.pilotage.selectors import Valeur
from cordee.reglementation.calendrier import ajouter_mois
from cordee.territoires.models import Commune, Ept

_NIVEAUX = (Niveau.DEPARTEMENT, Niveau.EPT, Niveau.COMMUNE)
_DEPUIS = {"stock_sans_contrat_engagement": STOCK_DEPUIS, "contrats_par_jour_ouvre": STOCK_DEPUIS}
"""What the law did not ask before: a nought would read as a debt paid."""


@dataclass(frozen=True, slots=True)
class Releve:
    """Figures of some days and territories, read once. Structures are not in it: published pages rank nobody (V10).

    ``noms``: level → code → name. ``premiere_photo``: nothing is known before. ``lus``: day → the indicators read on it
    (``None``: all of them): what was not read says nothing, it is no nought. ``a_refaire``: days whose past has changed
    since they were computed.
    """

    noms: Mapping[Niveau, Mapping[str, str]]
    departement: str
    premiere_photo: date | None
    lus: dict[date, frozenset[str] | None] = field(default_factory=dict)
    a_refaire: set[date] = field(default_factory=set)
    cellules: dict[tuple[date, str, str], Cellule | ValeurCalculee] = field(default_factory=dict)

    def ajouter(self, cellules: Iterable[Cellule | ValeurCalculee]) -> None:
        for c in cellules:
            if c.niveau in _NIVEAUX:
                self.cellules[c.au, c.code, c.territoire] = c

    def situer(self, territoire: str) -> tuple[Niveau, str]:
        """The level and the name of a code (the département for « » or an unknown one)."""
        for niveau in _NIVEAUX:
            if territoire in self.noms[niveau]:
                return niveau, self.noms[niveau][territoire]
        return Niveau.DEPARTEMENT, self.noms[Niveau.DEPARTEMENT].get(self.departement, self.departement)

    def valeur(self, code: str, au: date, territoire: str = "") -> Valeur | None:
        """One figure; ``None``: not measured for such a territory, or its day was not computed."""
        niveau, nom = self.situer(territoire)
        mesure = definition(code)
        if niveau not in mesure.niveaux or not self.lu(code, au):
            return None
        ou = territoire or self.departement
        return self._valeur(mesure, au, _Lieu(niveau, ou, nom))

    def carte(self, code: str, au: date, niveau: Niveau) -> list[Valeur]:
        """Every territory of a level, by name."""
        if niveau not in definition(code).niveaux or not self.lu(code, au):
            return []
        return [
            self._valeur(definition(code), au, _Lieu(niveau, ou, nom))
            for ou, nom in self.noms[niveau].items()
            if ou not in SANS.values()
        ]

    def serie(self, code: str, jours: Sequence[date], territoire: str = "") -> list[Valeur]:
        lues = (self.valeur(code, jour, territoire) for jour in jours)
        return [v for v in lues if v is not None]

    def lu(self, code: str, au: date) -> bool:
        """Whether this figure was read on that day."""
        codes = self.lus.get(au, frozenset())
        return codes is None or code in codes

    def _valeur(self, mesure: Definition, au: date, ou: _Lieu) -> Valeur:
        c = self.cellules.get((au, mesure.code, ou.code))
        connue = self.premiere_photo is not None and ajouter_mois(au, -mesure.recul) >= self.premiere_photo
        connue = connue and au >= _DEPUIS.get(mesure.code, au)
        if c is None:  # nobody there that day: a number is nought, a rate says nothing
            nul = 0.0 if mesure.agregat is Agregat.EFFECTIF and connue else None
            return Valeur(mesure, au, ou.code, ou.nom, ou.niveau, nul, nul, None, 0, None)
        secret = Secret(c.secret_publication) if c.secret_publication else None
        visible = connue and secret is None
        return Valeur(
            mesure, au, ou.code, ou.nom, ou.niveau, c.valeur if visible else None, c.numerateur if visible else None,
            c.denominateur if visible else None, c.inconnu if visible else 0, secret,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Lieu:
    niveau: Niveau
    code: str
    nom: str


def mois_de_l_an(au: date) -> list[date]:
    """The ends of months of the year that ends that day, and the day a year before: thirteen of them.

    >>> jours = mois_de_l_an(date(2025, 12, 31))
    >>> len(jours), str(jours[0]), str(jours[-1])
    (13, '2024-12-31', '2025-12-31')
    """
    jours = [j for j in fins_de_mois(ajouter_mois(au.replace(day=1), -12), au) if j < au]
    return [*jours[-12:], au]


def du_jour(manifeste: Manifeste, jours: Sequence[date], *, codes: Collection[str], territoire: str) -> Releve:
    """What is kept in the database: for a page, at once. Maps are read on the last day only."""
    releve = _vide(manifeste)
    calculs = dict(Calcul.objects.filter(au__in=jours).values_list("au", "a_refaire"))
    faits = list(calculs)
    releve.lus.update(dict.fromkeys(faits, frozenset(codes)))
    releve.a_refaire.update(jour for jour, refaire in calculs.items() if refaire)
    lues = ValeurCalculee.objects.filter(au__in=faits, code__in=codes)
    releve.ajouter(lues.filter(territoire__in={territoire or releve.departement, releve.departement}))
    releve.ajouter(lues.filter(au=jours[-1], niveau=Niveau.COMMUNE))
    return releve


def de_l_etat(manifeste: Manifeste, jours: Sequence[date], *, suivis: Collection[str]) -> Releve:
    """Figures from one state of the lake: what a published report rests on.

    Every indicator on the first and the last day; between them ``suivis``, those whose curve is drawn. Days kept from
    this very state are read, the others computed again.
    """
    releve = _vide(manifeste)
    connus = {j for j in jours if manifeste.premiere_photo is not None and j >= manifeste.premiere_photo}
    gardes = _gardes(manifeste, connus)
    releve.lus.update(dict.fromkeys(gardes))
    releve.ajouter(ValeurCalculee.objects.filter(au__in=gardes).exclude(niveau=Niveau.STRUCTURE).iterator())
    bornes = {jours[0], jours[-1]}
    for reste, codes in ((connus & bornes) - gardes, ()), ((connus - bornes) - gardes, tuple(suivis)):
        releve.lus.update(dict.fromkeys(reste, frozenset(codes) if codes else None))
        for lot in calculer(manifeste, sorted(reste), carte=carte(), codes=codes) if reste else ():
            releve.ajouter(lot)
    return releve


def _gardes(manifeste: Manifeste, jours: Collection[date]) -> set[date]:
    """The days whose kept figures come from this state and from the methods of today."""
    present = lire_manifeste()
    if present is None or present.version != manifeste.version or present.a_reprendre is not None:
        return set()
    faits = Calcul.objects.filter(au__in=jours, a_refaire=False, methodes=empreinte_des_methodes())
    return {c.au for c in faits if c.au < manifeste.au or c.version_lac == manifeste.version}


def _vide(manifeste: Manifeste) -> Releve:
    departement = carte().departement
    communes = Commune.objects.filter(departement=departement).order_by("nom")
    noms = {
        Niveau.DEPARTEMENT: {departement: "Tout le département"},
        Niveau.EPT: dict(Ept.objects.filter(communes__in=communes).distinct().order_by("nom").values_list("pk", "nom")),
        Niveau.COMMUNE: dict(communes.values_list("pk", "nom")),
    }
    return Releve(noms, departement, manifeste.premiere_photo)
