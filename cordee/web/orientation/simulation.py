"""A simulation as its page shows it: moves between paths and bodies, load, groups; small numbers hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from cordee.metier.orientation.regles.equite import Taux
from cordee.metier.orientation.selectors.decisions import DIMENSIONS, INCONNU, libelle_du_groupe
from cordee.metier.parcours.enums import Voie
from cordee.pilotage.secret import SEUIL_INTERNE, a_cacher
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle import horloge
from cordee.territoires.models import Ept
from cordee.web.orientation.mesures import COURTS, LIBELLES_DIMENSIONS, Effectif, part

_EN_TETE = {str(voie): court for voie, court in COURTS.items()}


def montrer(gardee: Mapping[str, Any], *, a_jour: bool) -> dict[str, Any] | None:
    """What was kept with the arrêté (``Simulation.vers_json``), ready for its page; ``None``: never tried."""
    if not gardee:
        return None
    comparees, deplacees = gardee["decisions"] - gardee["sans_reponses"], gardee["deplacees"]
    caches = _caches(gardee, comparees)
    return {
        "a_jour": a_jour,
        "du": date.fromisoformat(gardee["du"]),
        "au": date.fromisoformat(gardee["au"]) - timedelta(days=1),
        "le": datetime.fromisoformat(gardee["le"]).astimezone(horloge.PARIS),
        "avant": gardee["avant"], "apres": gardee["apres"],
        "decisions": gardee["decisions"], "comparees": comparees, "sans_reponses": gardee["sans_reponses"],
        "deplacees": part(Taux(deplacees, comparees), cache="deplacees" in caches),
        "voies": _matrice("v", gardee["voies"], [(str(v), v.libelle) for v in Voie], caches),
        "organismes": _matrice("o", gardee["organismes"], [(str(g), g.libelle) for g in GenreOrganismeReferent],
                               caches),
        "charge": _charge(gardee["organismes"], caches),
        "groupes": [] if "deplacees" in caches else _groupes(gardee["groupes"]),
    }  # fmt: skip


def _caches(gardee: Mapping[str, Any], comparees: int) -> Container[Any]:
    """What not to show, the tables of the page looked at together: no total of one gives a small number of another."""
    effectifs: dict[Any, int] = {
        "tout": comparees, "deplacees": gardee["deplacees"], "restees": comparees - gardee["deplacees"],
    }  # fmt: skip
    familles: list[tuple[Any, list[Any]]] = [("tout", ["deplacees", "restees"])]
    for table, triplets in (("v", gardee["voies"]), ("o", gardee["organismes"])):
        lignes: defaultdict[Any, list[Any]] = defaultdict(list)
        for de, vers, n in triplets:
            effectifs[table, de, vers] = n
            lignes[table, "de", de].append((table, de, vers))
            lignes[table, "vers", vers].append((table, de, vers))
        for total, cases in lignes.items():
            effectifs[total] = sum(effectifs[case] for case in cases)
            familles.append((total, cases))
        familles += [("tout", [t for t in lignes if t[1] == sens]) for sens in ("de", "vers")]
        familles.append(("deplacees", [(table, de, vers) for de, vers, _ in triplets if de != vers]))
    return a_cacher(effectifs, familles, seuil=SEUIL_INTERNE)


def _matrice(
    table: str, triplets: Sequence[Sequence[Any]], codes: list[tuple[str, str]], caches: Container[Any]
) -> dict[str, Any]:
    """Before in rows, after in columns; rows and columns where nobody is are left out."""
    paires = {(de, vers): n for de, vers, n in triplets}
    lignes = [(c, nom) for c, nom in codes if any(de == c for de, _ in paires)]
    colonnes = [(c, _EN_TETE.get(c, nom)) for c, nom in codes if any(vers == c for _, vers in paires)]
    return {
        "colonnes": [nom for _, nom in colonnes],
        "lignes": [
            {
                "libelle": nom,
                "cases": [
                    {
                        "e": Effectif(paires.get((c, v), 0), (table, c, v) in caches),
                        "change": c != v,
                        "colonne": titre,
                    }
                    for v, titre in colonnes
                ],
                "total": Effectif(sum(n for (de, _), n in paires.items() if de == c), (table, "de", c) in caches),
            }
            for c, nom in lignes
        ],
    }


def _charge(triplets: Sequence[Sequence[Any]], caches: Container[Any]) -> list[dict[str, Any]]:
    """Proposals per kind of body, before and after: the work each would receive."""
    lignes = []
    for genre in GenreOrganismeReferent:
        avant = sum(n for de, _, n in triplets if de == genre)
        apres = sum(n for _, vers, n in triplets if vers == genre)
        if avant or apres:
            cache = ("o", "de", str(genre)) in caches or ("o", "vers", str(genre)) in caches
            lignes.append({
                "libelle": genre.libelle, "avant": Effectif(avant, cache), "apres": Effectif(apres, cache),
                "ecart": Effectif(apres - avant, cache), "signe": "+" if apres > avant else "",
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
