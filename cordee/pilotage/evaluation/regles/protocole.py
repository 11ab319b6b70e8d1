"""The protocol of an experiment: what is said before looking. Pure.

Its canonical JSON is what is sealed: the same protocol has one writing, and one fingerprint.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Final

from cordee.pilotage.enums_evaluation import Comparateur, Covariable, Critere, Devis, Estimateur
from cordee.socle.erreurs import ErreurMetier

PAR_DEFAUT: Final = {
    Devis.TERRITOIRES: (Estimateur.NAIF, Estimateur.DIFFERENCES, Estimateur.PERMUTATION, Estimateur.SYNTHETIQUE),
    Devis.ORDRE: (Estimateur.NAIF, Estimateur.DIFFERENCES, Estimateur.PERMUTATION),
    Devis.PERSONNES: (Estimateur.NAIF, Estimateur.ENTROPIE, Estimateur.DOUBLE),
    Devis.ORIENTATION: (Estimateur.NAIF, Estimateur.ENTROPIE, Estimateur.DOUBLE),
}
"""The estimators of each design, in the order shown."""
TERRITORIAUX: Final = frozenset({Devis.TERRITOIRES, Devis.ORDRE})
GRAINE: Final = 94


class ProtocoleRefuse(ErreurMetier):
    """The protocol lacks what it takes to be judged by."""


@dataclass(frozen=True, slots=True)
class Traite:
    """A unit (a commune, a structure) and the first day its entrants are treated."""

    unite: str
    depuis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocole:
    """What is to be measured, on whom, against whom, how. Dates as ISO text, effects in points.

    ``entrees_du``, ``entrees_au``: the entrants (or participants) looked at, months before the start included.
    ``orientation``: for ``Devis.ORIENTATION``, the kind of referent body (``categorie``) or the path (``voie``).
    ``unites``: the pool of units of a random order (every commune otherwise). ``niveau``: what a unit is.
    ``exclues``: communes left out of the comparison (neighbours, another experiment).
    ``effet_minimal``: the smallest effect that matters, in points. ``graine``: of sampled permutations.
    ``publies``: figures published elsewhere about the same question, shown beside with what contradicts them.
    """

    devis: str
    critere: str
    entrees_du: str
    debut: str
    fin: str
    effet_minimal: float
    comparateur: str = Comparateur.RESTE.value
    traites: tuple[Traite, ...] = ()
    unites: tuple[str, ...] = ()
    niveau: str = "commune"
    orientation: str = ""
    exclues: tuple[str, ...] = ()
    estimateurs: tuple[str, ...] = ()
    covariables: tuple[str, ...] = ()
    temoins: tuple[str, ...] = ()
    placebo_dates: tuple[str, ...] = ()
    graine: int = GRAINE
    publies: tuple[tuple[str, str], ...] = field(default=())

    @property
    def debut_le(self) -> date:
        return date.fromisoformat(self.debut)

    @property
    def fin_le(self) -> date:
        """The last entry that counts."""
        return date.fromisoformat(self.fin)

    @property
    def territorial(self) -> bool:
        return Devis(self.devis) in TERRITORIAUX

    def en_json(self) -> dict[str, Any]:
        """As kept and sealed: lists, texts, numbers.

        >>> p = Protocole(devis="personnes", critere="activite_6_mois", entrees_du="2024-01-01", debut="2024-03-01",
        ...               fin="2025-12-31", effet_minimal=2)
        >>> lire(p.en_json()) == p
        True
        """
        donnees: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return donnees


def lire(donnees: Mapping[str, Any]) -> Protocole:
    """From JSON; what is not known of this version is refused.

    Raises:
        ProtocoleRefuse: an unknown field, or a missing one.
    """
    connus = {f.name for f in fields(Protocole)}
    if set(donnees) - connus:
        raise ProtocoleRefuse("Ce protocole a été écrit par une autre version de Cordée.")
    lus = dict(donnees)
    lus["traites"] = tuple(Traite(**t) for t in lus.get("traites", ()))
    lus["publies"] = tuple((a, b) for a, b in lus.get("publies", ()))
    for cle in ("unites", "exclues", "estimateurs", "covariables", "temoins", "placebo_dates"):
        lus[cle] = tuple(lus.get(cle, ()))
    try:
        return Protocole(**lus)
    except TypeError as manque:
        raise ProtocoleRefuse("Ce protocole est incomplet.") from manque


def verifier(p: Protocole) -> None:
    """Everything that must be said before looking is said.

    Raises:
        ProtocoleRefuse: with what to do.
    """
    for liste, enum, quoi in (
        ([p.devis], Devis, "ce devis"), ([p.critere, *p.temoins], Critere, "ce critère"),
        ([p.comparateur], Comparateur, "ce comparateur"), (p.estimateurs, Estimateur, "cet estimateur"),
        (p.covariables, Covariable, "cette covariable"),
    ):  # fmt: skip
        if any(v not in {m.value for m in enum} for v in liste):
            raise ProtocoleRefuse(f"Cordée ne connaît pas {quoi} : choisissez dans la liste.")
    if Critere(p.critere).temoin or not all(Critere(t).temoin for t in p.temoins):
        raise ProtocoleRefuse("Le critère principal est un résultat ; les témoins sont ce que rien ne peut changer.")
    if not p.entrees_du <= p.debut <= p.fin:
        raise ProtocoleRefuse("Les dates se suivent : première entrée regardée, début, fin.")
    if p.effet_minimal <= 0:
        raise ProtocoleRefuse("Dites le plus petit effet qui compterait, en points : il sert à lire un résultat nul.")
    if p.territorial and not p.traites:
        raise ProtocoleRefuse("Dites quelles unités sont traitées, et depuis quand.")
    if p.territorial and p.entrees_du >= p.debut:
        raise ProtocoleRefuse(
            "Il faut des entrées d'avant le début : sans avant, il n'y a pas de différence à comparer."
        )
    if any(t.unite in p.exclues for t in p.traites):
        raise ProtocoleRefuse("Une unité traitée ne peut pas être laissée hors de la comparaison.")
    if p.comparateur == Comparateur.RESTE_SANS_VOISINES and not p.exclues:
        raise ProtocoleRefuse("Dites quelles communes voisines sont laissées de côté.")
    if any(d >= p.debut or d <= p.entrees_du for d in p.placebo_dates):
        raise ProtocoleRefuse("Une date fictive se place entre la première entrée regardée et le début.")
    if Devis(p.devis) is Devis.ORIENTATION and not p.orientation:
        raise ProtocoleRefuse("Dites quel parcours ou quel organisme est étudié.")


def empreinte(
    *, code: str, titre: str, hypothese: str, protocole: Mapping[str, Any], le: str, par: str, suite: str = ""
) -> str:
    """The seal: what was said, when, by whom; ``suite``: the seal before, for an amendment.

    >>> a = dict(code="x", titre="X", hypothese="h", protocole={"b": 1, "a": 2}, le="2024-01-01", par="3")
    >>> empreinte(**a) == empreinte(**{**a, "protocole": {"a": 2, "b": 1}})
    True
    >>> empreinte(**a) == empreinte(**{**a, "titre": "Y"})
    False
    """
    dit = {"code": code, "titre": titre, "hypothese": hypothese, "protocole": protocole, "le": le, "par": par,
           "suite": suite}  # fmt: skip
    texte = json.dumps(dit, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()


def changements(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """What an amendment changes: field, before, after.

    >>> changements({"a": 1, "b": 2}, {"a": 1, "b": 3})
    [('b', 2, 3)]
    """
    cles = sorted(set(avant) | set(apres))
    return [(c, avant.get(c), apres.get(c)) for c in cles if avant.get(c) != apres.get(c)]
