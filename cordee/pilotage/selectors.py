"""Reads of steering: values, series, maps, lists. Scoped: who steers reads everything, a head her structure's figures,
publication roles what is published; small numbers stay hidden (V9).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from django.db.models import Q

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.pilotage.calcul import SANS, Cellule, calculer
from cordee.pilotage.carte import Carte, carte, fins_de_mois
from cordee.pilotage.demandes import demande_de
from cordee.pilotage.demandes import liste_de as _liste
from cordee.pilotage.entetes import Definition, definition, definitions
from cordee.pilotage.enums import Agregat, Niveau, Secret
from cordee.pilotage.instantanes.selectors import valeurs_publiees
from cordee.pilotage.lac.manifeste import Manifeste, lire_manifeste
from cordee.pilotage.models import Calcul, Instantane, ValeurCalculee, ValeurPubliee
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle import memoire
from cordee.socle.erreurs import ErreurMetier
from cordee.territoires.models import Commune, Ept

__all__ = [
    "ChiffresAbsents", "DateHorsHistoire", "Definition", "Fraicheur", "LectureRefusee", "TerritoireInconnu", "Valeur",
    "definition", "definitions", "fraicheur", "indicateurs", "par_territoire", "personnes_derriere", "serie",
    "territoires", "valeurs_de",
]  # fmt: skip

_NOM_SANS: Final = {
    SANS[Niveau.COMMUNE]: "Commune non connue",
    SANS[Niveau.EPT]: "Hors des établissements publics territoriaux",
    SANS[Niveau.STRUCTURE]: "Sans structure",
}
_MEMOIRE: Final = 8
_ETAT: Final = ("au", "a_refaire", "lac_le")
#: Figures without any list behind them, and those who read only what is published.
_SANS_LISTE: Final = frozenset({RoleAgent.ELU})


class ChiffresAbsents(ErreurMetier):
    """No figure has been computed yet."""


class DateHorsHistoire(ErreurMetier):
    """A day before the first file, or to come."""


class TerritoireInconnu(ErreurMetier):
    """No territory has this code."""


class LectureRefusee(ErreurMetier):
    """Not for this agent."""


@dataclass(frozen=True, slots=True)
class Valeur:
    """One figure, ready to be shown. ``secret``: why it is hidden; ``valeur`` and its parts are then ``None``.

    ``inconnu``: people of whom it cannot be said. ``valeur`` may be ``None`` without secret: nothing to measure, or a
    delay that more than half of the people have not reached yet.
    """

    definition: Definition
    au: date
    territoire: str
    nom_territoire: str
    niveau: Niveau
    valeur: float | None
    numerateur: float | None
    denominateur: float | None
    inconnu: int
    secret: Secret | None
    a_refaire: bool = False

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def libelle(self) -> str:
        return self.definition.libelle

    @property
    def unite(self) -> str:
        """As people read it: « personnes », « % », « jours »."""
        return self.definition.unite.libelle


@dataclass(frozen=True, slots=True)
class Fraicheur:
    """Up to when the figures are true. ``au``: the day they are of; ``rafraichi_le``: when the facts of today's were
    read; ``a_refaire``: past months waiting to be redone.
    """

    au: date
    rafraichi_le: datetime
    premiere_photo: date | None
    a_refaire: int


def fraicheur() -> Fraicheur:
    """« Au …, lac rafraîchi à … ».

    Raises:
        ChiffresAbsents: nothing computed yet.
    """
    manifeste = _manifeste()
    calculs = {c.au: c for c in Calcul.objects.filter(Q(a_refaire=True) | Q(au=manifeste.au)).only(*_ETAT)}
    du_jour = calculs.get(manifeste.au)
    lu_le = du_jour.lac_le if du_jour is not None and du_jour.lac_le is not None else manifeste.rafraichi_le
    a_refaire = sum(c.a_refaire and c.au != manifeste.au for c in calculs.values())
    return Fraicheur(manifeste.au, lu_le, manifeste.premiere_photo, a_refaire)


def indicateurs(
    *, pour: Agent | None, au: date | None = None, territoire: str = "", codes: Sequence[str] | None = None,
    instantane: Instantane | None = None,
) -> list[Valeur]:  # fmt: skip
    """The indicators of a territory on a day (today's by default), in the order of ``definitions``.

    Args:
        pour: who reads; ``None``: the command line, which reads as inside the house.
        territoire: code of the département (by default), of a commune, of an EPT, of a structure.
        instantane: the values published then, of its own day; indicators that did not exist are not there.

    Raises:
        ChiffresAbsents, DateHorsHistoire, TerritoireInconnu, IndicateurInconnu, LectureRefusee
    """
    lecteur = _lecteur(pour, instantane.au if instantane is not None else au)
    choisies = [definition(c) for c in codes] if codes is not None else list(definitions().values())
    niveau, code = lecteur.situer(territoire)
    lecteur.exiger(niveau, code)
    if instantane is not None:
        publiees = {v.code: v for v in valeurs_publiees(instantane, territoires=[code])}
        choisies = [d for d in choisies if niveau in d.niveaux and d.code in instantane.methodes]
        return [lecteur.publiee(d, publiees.get(d.code), instantane.au, niveau, code) for d in choisies]
    trouvees = {v.code: v for v in lecteur.valeurs([lecteur.au], [d.code for d in choisies], territoires=[code])}
    manquantes = [d for d in choisies if niveau in d.niveaux]
    return [trouvees.get(d.code) or lecteur.vide(d, lecteur.au, niveau, code) for d in manquantes]


def valeurs_de(
    *, pour: Agent | None, codes: Collection[str], territoires: Collection[str], jours: Collection[date]
) -> dict[tuple[str, str, date], Valeur]:
    """Some indicators in some territories on some kept days, in one read: (code, territory, day) → value.

    Territories that are not hers to read, days without figures and what nobody stands behind are left out.

    Raises:
        ChiffresAbsents, DateHorsHistoire, LectureRefusee
    """
    lecteur = _lecteur(pour, None)
    connus = set(definitions())
    lus = lecteur.valeurs(
        sorted(set(Calcul.objects.filter(au__in=jours).values_list("au", flat=True))),
        [c for c in codes if c in connus],
        territoires=[t for t in territoires if lecteur.tout or t in lecteur.structures] or [""],
    )
    return {(v.code, v.territoire, v.au): v for v in lus}


def serie(
    *, pour: Agent | None, code: str, territoire: str = "", du: date | None = None, au: date | None = None,
    pas: str = "mois",
) -> list[Valeur]:  # fmt: skip
    """One indicator in time: the ends of months from ``du`` (the first file by default) to ``au``, then ``au`` itself.

    Raises:
        as ``indicateurs``; ValueError: another ``pas`` than « mois » (or « annee »: the ends of years).
    """
    lecteur = _lecteur(pour, au)
    mesure = definition(code)
    niveau, territoire = lecteur.situer(territoire)
    lecteur.exiger(niveau, territoire)
    premiere = lecteur.manifeste.premiere_photo or lecteur.au
    jours = fins_de_mois(max(du or premiere, premiere), lecteur.au)
    if pas not in ("mois", "annee"):
        raise ValueError(f"pas {pas!r}")
    if pas == "annee":
        jours = [j for j in jours if j.month == 12]
    if not jours or jours[-1] != lecteur.au:
        jours.append(lecteur.au)
    gardes = set(Calcul.objects.filter(au__in=jours).values_list("au", flat=True)) | {lecteur.au}
    trouvees = {v.au: v for v in lecteur.valeurs(sorted(gardes & set(jours)), [code], territoires=[territoire])}
    return [
        trouvees.get(j) or lecteur.vide(mesure, j, niveau, territoire) for j in jours if j in gardes
    ]  # fmt: skip


def par_territoire(
    *, pour: Agent | None, code: str, au: date | None = None, niveau: Niveau | str = Niveau.COMMUNE
) -> list[Valeur]:
    """One indicator on a map: every territory of a level, by name; people without a known place come last.

    Raises:
        as ``indicateurs``.
    """
    lecteur = _lecteur(pour, au)
    niveau = Niveau(niveau)
    mesure = definition(code)
    if niveau not in mesure.niveaux:
        return []
    noms = lecteur.noms(niveau)
    if not lecteur.tout:
        noms = {c: n for c, n in noms.items() if niveau is Niveau.STRUCTURE and c in lecteur.structures}
    trouvees = {v.territoire: v for v in lecteur.valeurs([lecteur.au], [code], niveau=niveau)}
    lignes = [trouvees.get(c) or lecteur.vide(mesure, lecteur.au, niveau, c) for c in noms]
    if niveau is Niveau.STRUCTURE:  # hundreds of bodies, most of which have nothing to do with the figure
        lignes = [v for v in lignes if v.territoire in trouvees]
    if lecteur.tout and SANS.get(niveau) in trouvees:
        lignes.append(trouvees[SANS[niveau]])
    return lignes


def personnes_derriere(*, pour: Agent, code: str, au: date | None = None, territoire: str = "") -> list[int]:
    """Ids of the people a figure counts (for a delay, those it rests on). Which of them she may open: ``personnes``.

    Raises:
        LectureRefusee: an elected member, a partner: figures only (V9).
        as ``indicateurs``.
    """
    lecteur = _lecteur(pour, au)
    niveau, territoire = lecteur.situer(territoire)
    lecteur.exiger(niveau, territoire)
    if not lecteur.listes:
        raise LectureRefusee("Votre rôle donne accès aux chiffres, pas à la liste des personnes.")
    return list(_liste(demande_de(lecteur.manifeste.version, code, lecteur.au, niveau, territoire)))


def territoires() -> dict[Niveau, dict[str, str]]:
    """Every territory that has figures: level → code → name, by name."""
    manifeste = _manifeste()
    lecteur = _Lecteur(manifeste, manifeste.au, _carte(manifeste.version))
    return {niveau: lecteur.noms(niveau) for niveau in Niveau}


# Parts --------------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Lecteur:
    """Who reads what, on which day."""

    manifeste: Manifeste
    au: date
    carte: Carte
    tout: bool = True
    publication: bool = False
    listes: bool = True
    structures: Collection[str] = ()

    def situer(self, territoire: str) -> tuple[Niveau, str]:
        """The level of a code. An empty one is the département's."""
        if territoire in ("", self.carte.departement):
            return Niveau.DEPARTEMENT, self.carte.departement
        for niveau, sans in SANS.items():
            if territoire == sans or territoire in self.noms(niveau):
                return niveau, territoire
        if Structure.objects.filter(code=territoire).exists():  # newer than the last refresh
            return Niveau.STRUCTURE, territoire
        raise TerritoireInconnu(
            f"Le territoire « {territoire} » n'est pas connu : donnez le code du département, d'une commune (94028), "
            "d'un EPT ou d'une structure."
        )

    def exiger(self, niveau: Niveau, territoire: str) -> None:
        if not self.tout and (niveau is not Niveau.STRUCTURE or territoire not in self.structures):
            raise LectureRefusee("Vous pouvez lire les chiffres de votre structure. Les autres sont au pilotage.")

    def valeurs(
        self, jours: Sequence[date], codes: Sequence[str], *, territoires: Sequence[str] = (),
        niveau: Niveau | None = None,
    ) -> list[Valeur]:  # fmt: skip
        gardees = {c.au: c for c in Calcul.objects.filter(au__in=jours)}
        lignes: list[ValeurCalculee | Cellule] = []
        requete = ValeurCalculee.objects.filter(au__in=list(gardees), code__in=codes)
        requete = requete.filter(territoire__in=territoires) if territoires else requete
        lignes += requete.filter(niveau=niveau) if niveau else requete
        for jour in set(jours) - set(gardees):
            lignes += [
                c for c in _a_la_demande(self.manifeste.version, jour)
                if c.code in codes and (not territoires or c.territoire in territoires) and niveau in (None, c.niveau)
            ]  # fmt: skip
        return [self._valeur(ligne, a_refaire=ligne.au in gardees and gardees[ligne.au].a_refaire) for ligne in lignes]

    def publiee(
        self, mesure: Definition, ligne: ValeurPubliee | None, au: date, niveau: Niveau, territoire: str
    ) -> Valeur:
        """A value as it was published."""
        return self.vide(mesure, au, niveau, territoire) if ligne is None else self._valeur(ligne, a_refaire=False)

    def vide(self, mesure: Definition, au: date, niveau: Niveau, territoire: str) -> Valeur:
        """Nobody there on that day: a number is nought, a rate says nothing."""
        nombre = 0.0 if mesure.agregat is Agregat.EFFECTIF and self.connue(mesure, au) else None
        nom = self.nom(niveau, territoire)
        return Valeur(mesure, au, territoire, nom, niveau, nombre, nombre, None, 0, None)

    def connue(self, mesure: Definition, au: date) -> bool:
        """Whether the history reaches far enough before that day for this figure."""
        premiere = self.manifeste.premiere_photo
        return premiere is not None and ajouter_mois(au, -mesure.recul) >= premiere

    def _valeur(self, ligne: ValeurCalculee | ValeurPubliee | Cellule, *, a_refaire: bool) -> Valeur:
        secret = ligne.secret_publication if self.publication else ligne.secret_interne
        visible = not secret and self.connue(definition(ligne.code), ligne.au)
        niveau = Niveau(ligne.niveau)
        return Valeur(
            definition(ligne.code), ligne.au, ligne.territoire, self.nom(niveau, ligne.territoire), niveau,
            ligne.valeur if visible else None, ligne.numerateur if visible else None,
            ligne.denominateur if visible else None, ligne.inconnu if visible else 0,
            Secret(secret) if secret else None, a_refaire,
        )  # fmt: skip

    def nom(self, niveau: Niveau, territoire: str) -> str:
        return _NOM_SANS.get(territoire) or self.noms(niveau).get(territoire, territoire)

    def noms(self, niveau: Niveau) -> dict[str, str]:
        return _noms(self.manifeste.version, niveau, self.carte.departement)


def _lecteur(pour: Agent | None, au: date | None) -> _Lecteur:
    manifeste = _manifeste()
    jour = au or manifeste.au
    if manifeste.premiere_photo is None or jour < manifeste.premiere_photo:
        depuis = manifeste.premiere_photo
        raise DateHorsHistoire(
            f"Les chiffres commencent le {date_en_toutes_lettres(depuis)}, date du premier fichier. Choisissez une "
            "date plus récente."
            if depuis
            else "Aucun fichier de droits n'a encore été chargé : il n'y a pas de chiffre à cette date."
        )
    if jour > manifeste.au:
        raise DateHorsHistoire(
            f"Les chiffres s'arrêtent au {date_en_toutes_lettres(manifeste.au)}. Choisissez une date passée."
        )
    lecteur = _Lecteur(manifeste, jour, _carte(manifeste.version))
    if pour is None:
        return lecteur
    droits = memoire.retenir(("pilotage.droits", pour.pk, manifeste.au), lambda: habilitation(pour, au=manifeste.au))
    lecteur.publication = droits.roles <= _SANS_LISTE
    lecteur.listes = not lecteur.publication
    if not droits.peut(Permission.PILOTER):
        lecteur.tout = False
        lecteur.structures = _structures_encadrees(droits)
        if not lecteur.structures:
            raise LectureRefusee("Les chiffres s'adressent aux personnes qui pilotent ou encadrent.")
    return lecteur


def _structures_encadrees(droits: Habilitation) -> frozenset[str]:
    ids = [s for r, s in droits.postes if r is RoleAgent.CHEF_STRUCTURE]
    return frozenset(Structure.objects.filter(pk__in=ids).values_list("code", flat=True)) if ids else frozenset()


def _manifeste() -> Manifeste:
    manifeste = lire_manifeste()
    if manifeste is None:
        raise ChiffresAbsents(
            "Les chiffres n'ont pas encore été calculés. Ils le sont toutes les dix minutes quand le site est démarré. "
            "« cordee indicateurs » les calcule tout de suite."
        )
    return manifeste


@lru_cache(maxsize=4)
def _carte(version: str) -> Carte:
    """The map of that state of the lake."""
    return carte()


@lru_cache(maxsize=4 * len(Niveau))
def _noms(version: str, niveau: Niveau, departement: str) -> dict[str, str]:
    """Code → name, by name. ``version``: names are read again with each state of the lake."""
    if niveau is Niveau.DEPARTEMENT:
        return {departement: "Tout le département"}
    if niveau is Niveau.COMMUNE:
        return dict(Commune.objects.filter(departement=departement).order_by("nom").values_list("pk", "nom"))
    if niveau is Niveau.EPT:
        epts = Ept.objects.filter(communes__departement=departement).distinct().order_by("nom")
        return dict(epts.values_list("pk", "nom"))
    return dict(Structure.objects.order_by("nom").values_list("code", "nom"))


@lru_cache(maxsize=_MEMOIRE)
def _a_la_demande(version: str, au: date) -> tuple[Cellule, ...]:
    """Every figure of a day that is neither today nor the end of a month: computed when asked, kept by this process."""
    return tuple(c for lot in calculer(_manifeste(), [au], carte=carte()) for c in lot)
