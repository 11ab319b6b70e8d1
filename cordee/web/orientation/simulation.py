"""A simulation as its page shows it: moves between paths and bodies, load, groups; small numbers hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from cordee.metier.orientation.regles.equite import Taux
from cordee.metier.orientation.selectors.decisions import DIMENSIONS, INCONNU, libelle_du_groupe
from cordee.metier.parcours.enums import Voie
from cordee.pilotage.secret import SEUIL_INTERNE, a_cacher
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle import horloge
from cordee.territoires.models import Ept
from cordee.web.orientation.mesures import LIBELLES_DIMENSIONS, Effectif, Part, part


def montrer(gardee: Mapping[str, Any], *, a_jour: bool) -> dict[str, Any] | None:
    """What was kept with the arrêté (``Simulation.vers_json``), ready for its page; ``None``: never tried."""
    if not gardee:
        return None
    comparees = gardee["decisions"] - gardee["sans_reponses"]
    restees = comparees - gardee["deplacees"]
    return {
        "a_jour": a_jour,
        "du": date.fromisoformat(gardee["du"]),
        "au": date.fromisoformat(gardee["au"]) - timedelta(days=1),
        "le": datetime.fromisoformat(gardee["le"]).astimezone(horloge.PARIS),
        "avant": gardee["avant"], "apres": gardee["apres"],
        "decisions": gardee["decisions"], "comparees": comparees, "sans_reponses": gardee["sans_reponses"],
        "deplacees": _deplacees(gardee["deplacees"], restees),
        "voies": _matrice(gardee["voies"], [(str(v), v.libelle) for v in Voie]),
        "organismes": _matrice(gardee["organismes"], [(str(g), g.libelle) for g in GenreOrganismeReferent]),
        "charge": _charge(gardee["organismes"]),
        "groupes": _groupes(gardee["groupes"]),
    }  # fmt: skip


def _deplacees(n: int, restees: int) -> Part:
    caches = a_cacher({"tout": n + restees, "n": n, "r": restees}, [("tout", ["n", "r"])], seuil=SEUIL_INTERNE)
    return part(Taux(n, n + restees), cache="n" in caches)


def _matrice(triplets: Sequence[Sequence[Any]], codes: list[tuple[str, str]]) -> dict[str, Any]:
    """Before in rows, after in columns; rows and columns where nobody is are left out."""
    paires = {(de, vers): n for de, vers, n in triplets}
    lignes = [(c, nom) for c, nom in codes if any(de == c for de, _ in paires)]
    colonnes = [(c, nom) for c, nom in codes if any(vers == c for _, vers in paires)]
    effectifs: dict[Any, int] = dict(paires)
    for c, _ in lignes:
        effectifs["ligne", c, ""] = sum(n for (de, _), n in paires.items() if de == c)
    groupes = [(("ligne", c, ""), [(c, v) for v, _ in colonnes if (c, v) in paires]) for c, _ in lignes]
    caches = a_cacher(effectifs, groupes, seuil=SEUIL_INTERNE)
    return {
        "colonnes": [nom for _, nom in colonnes],
        "lignes": [
            {
                "libelle": nom,
                "cases": [
                    {"e": Effectif(paires.get((c, v), 0), (c, v) in caches), "change": c != v, "colonne": titre}
                    for v, titre in colonnes
                ],
                "total": Effectif(effectifs["ligne", c, ""], ("ligne", c, "") in caches),
            }
            for c, nom in lignes
        ],
    }


def _charge(triplets: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Proposals per kind of body, before and after: the work each would receive."""
    lignes = []
    for genre in GenreOrganismeReferent:
        avant = sum(n for de, _, n in triplets if de == genre)
        apres = sum(n for _, vers, n in triplets if vers == genre)
        if not (avant or apres):
            continue
        petit = any(0 < n < SEUIL_INTERNE for n in (avant, apres, abs(apres - avant)))
        lignes.append({
            "libelle": genre.libelle, "avant": Effectif(avant, petit), "apres": Effectif(apres, petit),
            "ecart": Effectif(apres - avant, petit), "signe": "+" if apres > avant else "",
        })  # fmt: skip
    return lignes


def _groupes(lus: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Who would be proposed something else, by sex, age, household, territory."""
    noms = dict(Ept.objects.values_list("code", "nom"))
    dimensions = []
    for dimension in DIMENSIONS:
        siens = [(g, n, deplaces) for d, g, n, deplaces in lus if d == dimension]
        effectifs: dict[tuple[str, str], int] = {}
        for g, n, deplaces in siens:
            effectifs |= {("n", g): n, ("d", g): deplaces, ("r", g): n - deplaces}
        totaux = {(q, ""): sum(n for (quoi, _), n in effectifs.items() if quoi == q) for q in "ndr"}
        familles = [((q, ""), [(q, g) for g, _, _ in siens]) for q in "ndr"]
        familles += [(("n", g), [("d", g), ("r", g)]) for g, _, _ in siens]
        caches = a_cacher({**effectifs, **totaux}, familles, seuil=SEUIL_INTERNE)
        lignes: list[dict[str, Any]] = [
            {
                "libelle": noms.get(g) or libelle_du_groupe(dimension, g),
                "effectif": Effectif(n, ("n", g) in caches),
                "deplaces": Effectif(deplaces, ("d", g) in caches),
                "part": part(Taux(deplaces, n), cache=bool({("n", g), ("d", g), ("r", g)} & {*caches})),
                "ordre": (g == INCONNU, g != "moins_26", g),
            }
            for g, n, deplaces in siens
        ]
        dimensions.append({
            "cle": dimension, "libelle": LIBELLES_DIMENSIONS[dimension],
            "lignes": sorted(lignes, key=lambda li: li["ordre"]),
        })  # fmt: skip
    return dimensions
