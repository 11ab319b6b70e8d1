"""Loading ``regimes.yaml``: a wrong file, or a local scale outside its national interval, stops the program at load."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from cordee.reglementation.chargement import Fiche, ReglesInvalides, exiger, lire_yaml, verifier_periodes
from cordee.reglementation.enums import Confiance
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.reglementation.regimes.enums import Assiette, NatureMesure, TypeManquement, VoieFinDeDroit
from cordee.reglementation.regimes.modele import (
    TOUT,
    BaremeLocal,
    Contradictoire,
    Manquement,
    NiveauBareme,
    Plafond,
    Regime,
    RegimeInconnu,
    RegleFin,
    RegleRang,
)

FICHIER = "regimes/regimes.yaml"
FICHIER_ARTICLES = "regimes/articles.yaml"
COMMUNS = ("id", "libelle", "depuis", "reference", "confiance", "niveaux")
NATIONAUX = (*COMMUNS, "assiette", "manquements", "contradictoire", "rang", "fin_de_droit")
PLAFONDS = ("plusieurs_personnes", "majoree")


@dataclass(frozen=True, slots=True)
class Article:
    """A cited text and what it says, in a few words; ``lu``: whether the text itself was read."""

    id: str
    dit: str
    lu: bool


def regimes() -> tuple[Regime, ...]:
    """Every national regime, oldest first.

    >>> [r.id for r in regimes()]
    ['NAT-2009', 'NAT-2012', 'NAT-2012-TRANS', 'NAT-2025']
    """
    return _registre()


def regime(id: str) -> Regime:
    """A regime by its name.

    Raises:
        RegimeInconnu: no regime has that name.
    """
    for connu in _registre():
        if connu.id == id:
            return connu
    raise RegimeInconnu(f"Aucun régime ne porte le nom « {id} ». Connus : {', '.join(r.id for r in _registre())}.")


def regime_au(faits_le: date) -> Regime:
    """The regime of facts of a day.

    >>> regime_au(date(2025, 5, 31)).id, regime_au(date(2025, 6, 1)).id
    ('NAT-2012-TRANS', 'NAT-2025')

    Raises:
        RegimeInconnu: before the RSA existed.
    """
    for connu in _registre():
        if connu.en_vigueur(faits_le):
            return connu
    jour = date_en_toutes_lettres(faits_le)
    raise RegimeInconnu(f"Le RSA n'existait pas au {jour} : choisissez une date à partir du 1er juin 2009.")


def article(id: str) -> Article:
    """What a cited text says.

    >>> article("CASF R262-68-6").dit.split(",")[-1]
    " la part suspendue ou supprimée ne dépasse pas 50 % de l'allocation."
    """
    return _articles().get(id) or Article(id, "", False)


# --------------------------------------------------------------------------- loading
def charger(fiches: Iterable[Fiche]) -> tuple[Regime, ...]:
    """Checked regimes, oldest first, each with its local scales.

    Raises:
        ReglesInvalides: missing or unknown key, overlapping or missing periods, impossible interval, a local scale that
            is not inside every regime it narrows.
    """
    nationaux, locaux = [], []
    for fiche in fiches:
        try:
            (locaux.append(_local(fiche)) if "parents" in fiche else nationaux.append(_national(fiche)))
        except (ValueError, KeyError, TypeError, ArithmeticError) as erreur:
            if isinstance(erreur, ReglesInvalides):
                raise
            raise ReglesInvalides(f"{fiche.get('id', '?')} : {erreur}") from erreur
    nationaux.sort(key=lambda r: r.depuis)
    verifier_periodes("régimes", [(r.depuis, r.jusqu_a) for r in nationaux])
    for avant, apres in pairwise(nationaux):
        if avant.jusqu_a != apres.depuis:
            raise ReglesInvalides(f"{apres.id} : il ne suit pas {avant.id}, des jours restent sans régime.")
    connus = {r.id for r in nationaux}
    for local in locaux:
        if not set(local.parents) <= connus:
            raise ReglesInvalides(f"{local.id} : parent inconnu parmi {', '.join(local.parents)}.")
    complets = tuple(replace(r, locaux=tuple(bl for bl in locaux if r.id in bl.parents)) for r in nationaux)
    for r in complets:
        for local in r.locaux:
            verifier_inclusion(local, r)
    return complets


def verifier_inclusion(local: BaremeLocal, national: Regime) -> None:
    """A local scale is a point inside the national interval, never beside it.

    Raises:
        ReglesInvalides: a line of the local scale is inside no line of the same rank of the regime.
    """
    for niveau in local.niveaux:
        if not any(large.contient(niveau) for large in national.niveaux_du_rang(niveau.rang)):
            raise ReglesInvalides(
                f"{local.id} : au rang {niveau.rang}, « {niveau.type} » sort de l'intervalle de {national.id}."
            )


def _niveaux(fiches: Sequence[Fiche], nom: str) -> tuple[NiveauBareme, ...]:
    niveaux = []
    for fiche in fiches:
        niveau = NiveauBareme(
            rang=fiche["rang"], type=NatureMesure(fiche["type"]), duree_min=fiche["duree_min"],
            duree_max=fiche["duree_max"], ep=fiche["ep"], articles=tuple(fiche["articles"]),
            quotite_min=_decimale(fiche, "quotite_min"), quotite_max=_decimale(fiche, "quotite_max"),
            montant_max=_decimale(fiche, "montant_max"), apres_suspension=fiche.get("apres_suspension", False),
            sans_manifestation=fiche.get("sans_manifestation", False),
        )  # fmt: skip
        bornes = (niveau.quotite_min, niveau.quotite_max)
        if (None in bornes) == (niveau.montant_max is None):
            raise ReglesInvalides(f"{nom} : une part ou un montant est attendu au rang {niveau.rang}.")
        if niveau.quotite_min is not None and niveau.quotite_max is not None and not (
            0 <= niveau.quotite_min <= niveau.quotite_max <= TOUT
        ):  # fmt: skip
            raise ReglesInvalides(f"{nom} : intervalle de parts impossible au rang {niveau.rang}.")
        if not 1 <= niveau.duree_min <= niveau.duree_max:
            raise ReglesInvalides(f"{nom} : intervalle de durées impossible au rang {niveau.rang}.")
        niveaux.append(niveau)
    if {n.rang for n in niveaux} != {1, 2}:
        raise ReglesInvalides(f"{nom} : le premier rang et le suivant sont attendus.")
    return tuple(niveaux)


def _decimale(fiche: Fiche, cle: str) -> Decimal | None:
    return Decimal(fiche[cle]) if fiche.get(cle) is not None else None


def _national(fiche: Fiche) -> Regime:
    exiger(fiche, obligatoires=NATIONAUX, permis=("jusqu_a", "note", "plafonds"))
    contradictoire, rang, fin = dict(fiche["contradictoire"]), dict(fiche["rang"]), dict(fiche["fin_de_droit"])
    for partie in (contradictoire, rang, fin):
        partie["confiance"] = Confiance(partie["confiance"])
    fin["voie"] = VoieFinDeDroit(fin["voie"])
    fin.setdefault("mois", 0)
    return Regime(
        id=fiche["id"], libelle=fiche["libelle"], depuis=fiche["depuis"], jusqu_a=fiche.get("jusqu_a"),
        reference=fiche["reference"], confiance=Confiance(fiche["confiance"]), note=fiche.get("note", ""),
        assiette=Assiette(fiche["assiette"]),
        manquements=tuple(_manquement(m, fiche["id"]) for m in fiche["manquements"]),
        niveaux=_niveaux(fiche["niveaux"], fiche["id"]),
        plafonds=tuple(_plafond(p, fiche["id"]) for p in fiche.get("plafonds", ())),
        contradictoire=Contradictoire(**contradictoire), rang=RegleRang(**rang), fin_de_droit=RegleFin(**fin),
    )  # fmt: skip


def _local(fiche: Fiche) -> BaremeLocal:
    exiger(fiche, obligatoires=(*COMMUNS, "parents", "territoire"), permis=("jusqu_a", "note"))
    champs: dict[str, Any] = {
        "jusqu_a": None, "note": "", **fiche,
        "parents": tuple(fiche["parents"]), "confiance": Confiance(fiche["confiance"]),
        "niveaux": _niveaux(fiche["niveaux"], fiche["id"]),
    }  # fmt: skip
    return BaremeLocal(**champs)


def _manquement(fiche: Fiche, nom: str) -> Manquement:
    if not fiche.get("levee") and not fiche.get("blocage"):
        raise ReglesInvalides(f"{nom} : « {fiche['type']} » dit ce qui lève la mesure, ou pourquoi il bloque.")
    return Manquement(**{**fiche, "type": TypeManquement(fiche["type"]), "articles": tuple(fiche["articles"])})


def _plafond(fiche: Fiche, nom: str) -> Plafond:
    if fiche["quand"] not in PLAFONDS:
        raise ReglesInvalides(f"{nom} : plafond pour « {fiche['quand']} » inconnu.")
    return Plafond(part=Decimal(fiche["part"]), majoree=fiche["quand"] == "majoree", article=fiche["article"])


@cache
def _registre() -> tuple[Regime, ...]:
    return charger(lire_yaml(FICHIER))


@cache
def _articles() -> dict[str, Article]:
    return {fiche["id"]: Article(**fiche) for fiche in lire_yaml(FICHIER_ARTICLES)}
