"""The engine of a study « evaluation »: reads a protocol, runs its estimators, says what may be concluded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cordee.pilotage.enums_evaluation import Critere, Estimateur
from cordee.pilotage.evaluation.moteurs import differences, donnees, doubles, naif, synthetique
from cordee.pilotage.evaluation.moteurs.donnees import Donnees, Reels
from cordee.pilotage.evaluation.regles.conclusions import Diagnostics, conclure
from cordee.pilotage.evaluation.regles.protocole import Protocole, lire
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.secret import SEUIL_PUBLICATION

SCHEMA: Final = 1
"""Of the JSON: raised when its keys change."""


def evaluer(manifeste: Manifeste, parametres: Mapping[str, Any]) -> dict[str, Any]:
    """Everything the page of an experiment shows, none of it a person.

    Args:
        parametres: ``protocole`` (JSON), ``experience`` (number of its row), and the labels that stick to a result:
            ``exploratoire``, ``retrospective``, ``amendee``.

    Raises:
        DonneesAbsentes: nobody to compare.
    """
    p = lire(parametres["protocole"])
    d = donnees.lire(manifeste, p, experience=int(parametres["experience"]))
    d = d.garder(~np.isin(d.unite, p.exclues))
    y = d.mesures[p.critere]
    rendu: dict[str, Any] = {
        "schema": SCHEMA, "au": manifeste.au.isoformat(),
        "connu_le": manifeste.derniere_photo.isoformat() if manifeste.derniere_photo else None,
        "effectifs": _effectifs(d, y, p), "critere": p.critere,
    }  # fmt: skip
    rendu |= _territorial(d, y, p) if p.territorial else _personnes(d, y, p)
    rendu["intermediaire"] = (
        manifeste.derniere_photo is None or manifeste.derniere_photo <= p.fin_le or d.trop_recentes > 0
    )
    rendu["conclusion"] = _conclusion(rendu, p, parametres)
    rendu["trop_petit"] = rendu["effectifs"]["plus_petit"] < SEUIL_PUBLICATION
    return rendu


def _groupes(d: Donnees, p: Protocole) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who is in a treated unit, who enters since the start."""
    if not p.territorial:
        return d.traitee, np.ones(len(d), dtype=bool)
    return np.isin(d.unite, [t.unite for t in p.traites]), d.jour >= np.datetime64(p.debut_le)


def _effectifs(d: Donnees, y: Reels, p: Protocole) -> dict[str, Any]:
    """Who is counted, group by group; unknown outcomes shown, never counted as failures."""
    ici, apres = _groupes(d, p)
    inconnu = np.isnan(y)
    groupes = []
    for nom, qui in (("ici_apres", ici & apres), ("ici_avant", ici & ~apres), ("la_apres", ~ici & apres),
                     ("la_avant", ~ici & ~apres)):  # fmt: skip
        n, u = int(qui.sum()), int((qui & inconnu).sum())
        taux = float(100 * y[qui & ~inconnu].mean()) if n > u else None
        if n:
            groupes.append({"groupe": nom, "personnes": n, "inconnus": u, "taux": taux})
    parts = [100 * float(inconnu[q].mean()) if q.any() else 0.0 for q in (ici & apres, ~ici & apres)]
    oui = [int(np.nansum(y[q])) for q in (ici & apres, ~ici & apres)]
    non = [int((y[q] == 0).sum()) for q in (ici & apres, ~ici & apres)]
    return {"groupes": groupes, "trop_recentes": d.trop_recentes, "decedees": d.decedees,
            "inconnus_ecart": parts[0] - parts[1], "plus_petit": min([*oui, *non], default=0)}  # fmt: skip


def _territorial(d: Donnees, y: Reels, p: Protocole) -> dict[str, Any]:
    ici, apres = _groupes(d, p)
    ecarts = naif.ecarts_territoriaux(d, y, ici, apres)
    principal = differences.estimer(d, y, p, grappes=True)
    return {
        "methode": Estimateur.DIFFERENCES.value,
        "naif": ecarts[0].en_json() if ecarts else None,
        "ecarts": [e.en_json() for e in ecarts],
        "estimation": principal.get("estimation"),
        "intervalle": _paire(principal),
        "principal": principal,
        "evenements": differences.evenements(d, y, p) if principal["estimation"] is not None else None,
        "placebos": differences.placebos_de_date(d, y, p),
        "temoins": [_temoin(differences.estimer(d, d.mesures[t], p), t) for t in p.temoins],
        "synthetique": synthetique.estimer(d, y, p) if Estimateur.SYNTHETIQUE in p.estimateurs else None,
    }


def _personnes(d: Donnees, y: Reels, p: Protocole) -> dict[str, Any]:
    principal = doubles.estimer(d, y, p)
    return {
        "methode": Estimateur.DOUBLE.value,
        "naif": principal["naif"],
        "ecarts": [principal["naif"]] if principal["naif"] else [],
        "estimation": principal.get("estimation"),
        "intervalle": _paire(principal),
        "principal": principal,
        "temoins": [_temoin(doubles.estimer(d, d.mesures[t], _sans(p, t)), t) for t in p.temoins],
    }


def _sans(p: Protocole, temoin: str) -> Protocole:
    """A control measured is no covariate of its own test."""
    meme = {"temoin_activite": "activite_entree", "temoin_femme": "femme"}.get(temoin)
    return replace(p, covariables=tuple(c for c in p.covariables if c != meme))


def _temoin(e: Mapping[str, Any], critere: str) -> dict[str, Any]:
    return {"critere": critere, **{c: e.get(c) for c in ("estimation", "bas", "haut", "p")}}


def _paire(e: Mapping[str, Any]) -> list[float] | None:
    return None if e.get("estimation") is None else [e["bas"], e["haut"]]


def _conclusion(r: Mapping[str, Any], p: Protocole, parametres: Mapping[str, Any]) -> dict[str, Any]:
    """The verdict, from the diagnostics; an outcome of which less is better is turned round first."""
    critere = Critere(p.critere)
    sens = critere.favorable
    bornes = sorted(sens * v for v in r["intervalle"]) if r["intervalle"] else [None, None]
    principal = r["principal"]
    c = conclure(
        Diagnostics(
            estimation=None if r["estimation"] is None else sens * r["estimation"], bas=bornes[0], haut=bornes[1],
            compte=p.effet_minimal, detectable=principal.get("detectable"),
            naif=None if not r["naif"] else sens * r["naif"]["valeur"],
            tendance=(r.get("evenements") or {}).get("tendance", {}).get("p"),
            placebos=tuple(x["p"] for x in r.get("placebos", ()) if x["p"] is not None),
            temoins=tuple(x["p"] for x in r["temoins"] if x["p"] is not None),
            recouvrement=principal.get("recouvrement", {}).get("suffisant", True),
            inconnus=r["effectifs"]["inconnus_ecart"], traitees=principal.get("traitees", 0),
            intermediaire=r["intermediaire"], observationnelle=not p.territorial, critere=critere.libelle.lower(),
            exploratoire=bool(parametres.get("exploratoire")), amendee=bool(parametres.get("amendee")),
            retrospective=bool(parametres.get("retrospective")),
        )
    )  # fmt: skip
    return {"verdict": c.verdict.value, "phrase": c.phrase, "interdit": c.interdit, "reserves": list(c.reserves)}
