"""Figures of the decisions as the pages show them: rates with their denominator and interval, small numbers hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cordee.metier.orientation.enums import MotifEcart
from cordee.metier.orientation.regles.equite import Rapport, Taux, rapport
from cordee.metier.orientation.selectors.decisions import INCONNU, Cellule, libelle_du_groupe
from cordee.metier.parcours.enums import Voie
from cordee.pilotage.secret import a_cacher
from cordee.web.pilotage.nombres import nombre

Adresse = Callable[..., str]
LIBELLES_DIMENSIONS: Final = {
    "sexe": "Sexe", "age": "Âge", "famille": "Situation familiale", "territoire": "Territoire",
}  # fmt: skip
COURTS: Final = {Voie.EMPLOI: "emploi", Voie.SOCIO_PRO: "socio-pro", Voie.SOCIAL: "social"}
"""Paths at the head of a column, where their whole name would break."""
_INSECABLE: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Effectif:
    """A number of decisions, hidden or not, and the list behind it."""

    n: int
    cache: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A rate in words: « 45,2 % », « de 38 à 52 % », out of how many; empty texts when hidden or unknown."""

    texte: str = ""
    intervalle: str = ""
    sur: int = 0
    cache: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class LigneGroupe:
    """One group of a dimension."""

    libelle: str
    effectif: Effectif
    suivie: Part
    emploi: Part
    rapport: str = ""
    a_regarder: bool = False


@dataclass(frozen=True, slots=True)
class Synthese:
    """The figures of a period: adoption, reasons to decide otherwise, paths proposed and decided."""

    decisions: Effectif
    avec_proposition: Effectif
    sans_proposition: Effectif
    suivie: Part
    motifs: list[tuple[str, Effectif, str]]
    matrice: list[tuple[str, list[Effectif], Effectif]]
    colonnes: list[str]

    @property
    def vide(self) -> bool:
        return not self.decisions.n


def synthese(cellules: Sequence[Cellule], *, seuil: int, lien: Adresse) -> Synthese:
    """Everything but the groups. ``lien(**filtres)``: address of the list behind a number (empty: not hers)."""
    avec = [c for c in cellules if c.suivie is not None]
    suivies, autrement = _compter(c for c in avec if c.suivie), _compter(c for c in avec if c.suivie is False)
    total = suivies + autrement
    sans = _compter(cellules) - total
    motifs = Counter[str]()
    paires = Counter[tuple[str, str]]()
    for c in avec:
        paires[c.voie_proposee, c.voie] += c.n
        if c.suivie is False:
            motifs[c.motif_ecart] += c.n
    effectifs: dict[Any, int] = {
        "decisions": total + sans, "avec": total, "sans": sans, "suivie": suivies, "autrement": autrement,
        **{("motif", m): n for m, n in motifs.items()}, **{("paire", *p): n for p, n in paires.items()},
        **{("ligne", v): sum(n for (p, _), n in paires.items() if p == v) for v in map(str, Voie)},
    }  # fmt: skip
    groupes: list[tuple[Any, Sequence[Any]]] = [
        ("decisions", ["avec", "sans"]), ("avec", ["suivie", "autrement"]),
        ("autrement", [("motif", m) for m in motifs]), ("avec", [("ligne", str(v)) for v in Voie]),
        *((("ligne", str(v)), [("paire", str(v), str(w)) for w in Voie]) for v in Voie),
    ]  # fmt: skip
    caches = a_cacher(effectifs, groupes, seuil=seuil)

    def effectif(cle: Any, **filtres: str) -> Effectif:
        n = effectifs.get(cle, 0)
        return Effectif(n, cle in caches, lien(**filtres) if n and cle not in caches else "")

    return Synthese(
        decisions=effectif("decisions"), avec_proposition=effectif("avec", suivie="proposee"),
        sans_proposition=effectif("sans", suivie="sans"),
        suivie=part(Taux(suivies, total), cache=bool({"suivie", "avec"} & {*caches}), url=lien(suivie="oui")),
        motifs=[
            (m.libelle, effectif(("motif", str(m)), suivie="non", motif_ecart=str(m)),
             "" if ("motif", str(m)) in caches or not autrement else pour_cent(effectifs.get(("motif", str(m)), 0)
                                                                              / autrement))
            for m in MotifEcart
        ],
        matrice=[
            (v.libelle, [effectif(("paire", str(v), str(w)), voie_proposee=str(v), voie=str(w)) for w in Voie],
             effectif(("ligne", str(v)), voie_proposee=str(v)))
            for v in Voie
        ],
        colonnes=[COURTS[v] for v in Voie],
    )  # fmt: skip


def groupes(
    cellules: Sequence[Cellule], dimension: str, *, seuil: int, lien: Adresse, noms: Mapping[str, str] | None = None
) -> list[LigneGroupe]:
    """The groups of a dimension among the decisions that had a proposal; « non renseigné » is a group like others."""
    comptes: dict[str, Counter[str]] = {}
    for c in cellules:
        if c.suivie is None:
            continue
        compte = comptes.setdefault(c.groupe(dimension), Counter())
        compte["n"] += c.n
        compte["s" if c.suivie else "a"] += c.n
        compte["e" if c.voie_proposee == Voie.EMPLOI else "x"] += c.n
    effectifs = {(quoi, g): compte[quoi] for g, compte in comptes.items() for quoi in "nsaex"}
    totaux = {(quoi, ""): sum(compte[quoi] for compte in comptes.values()) for quoi in "nsaex"}
    familles: list[tuple[tuple[str, str], list[tuple[str, str]]]] = [
        *(((q, ""), [(q, g) for g in comptes]) for q in "nsaex"),
        *((("n", g), [(q, g) for q in paire]) for g in comptes for paire in ("sa", "ex")),
    ]
    caches = a_cacher({**effectifs, **totaux}, familles, seuil=seuil)
    libelles = {g: (noms or {}).get(g) or libelle_du_groupe(dimension, g) for g in comptes}
    ordre = sorted(comptes, key=lambda g: (g == INCONNU, g if dimension == "age" else libelles[g]))
    return [
        _ligne(g, libelles[g], effectifs, totaux, caches={q for q in "nsaex" if (q, g) in caches}, lien=lien,
               dimension=dimension)
        for g in _ages_en_ordre(ordre, dimension)
    ]  # fmt: skip


def _ligne(
    g: str, libelle: str, effectifs: Mapping[tuple[str, str], int], totaux: Mapping[tuple[str, str], int], *,
    caches: set[str], lien: Adresse, dimension: str,
) -> LigneGroupe:  # fmt: skip
    n, s, e = (effectifs[q, g] for q in "nse")
    filtre = {dimension: g}
    emploi_cache = bool(caches & {"n", "e", "x"})
    r = None if emploi_cache else rapport(Taux(e, n), Taux(totaux["e", ""] - e, totaux["n", ""] - n))
    return LigneGroupe(
        libelle=libelle,
        effectif=Effectif(n, "n" in caches, "" if "n" in caches else lien(suivie="proposee", **filtre)),
        suivie=part(Taux(s, n), cache=bool(caches & {"n", "s", "a"}), url=lien(suivie="oui", **filtre)),
        emploi=part(Taux(e, n), cache=emploi_cache,
                    url=lien(suivie="proposee", voie_proposee=str(Voie.EMPLOI), **filtre)),
        rapport=_dire(r), a_regarder=bool(r and r.a_regarder and g != INCONNU),
    )  # fmt: skip


def part(taux: Taux, *, cache: bool = False, url: str = "") -> Part:
    """A rate in words.

    >>> part(Taux(45, 60)).texte.replace("\\u00a0", " "), part(Taux(45, 60)).intervalle.replace("\\u00a0", " ")
    ('75,0 %', 'de 63 à 84 %')
    >>> part(Taux(0, 0)).texte, part(Taux(3, 4), cache=True).texte
    ('', '')
    """
    if cache or taux.part is None:
        return Part(sur=0 if cache else taux.sur, cache=cache)
    return Part(
        pour_cent(taux.part), f"de {nombre(100 * taux.bas)} à {nombre(100 * taux.haut)}{_INSECABLE}%", taux.sur,
        url=url if taux.n else "",
    )  # fmt: skip


def pour_cent(part: float) -> str:
    """A share in French.

    >>> pour_cent(0.125).replace("\\u00a0", " ")
    '12,5 %'
    """
    return f"{nombre(100 * part, 1)}{_INSECABLE}%"


def _dire(r: Rapport | None) -> str:
    return "" if r is None else f"{nombre(r.valeur, 2)} (de {nombre(r.bas, 2)} à {nombre(r.haut, 2)})"


def _compter(cellules: Iterable[Cellule]) -> int:
    return sum(c.n for c in cellules)


def _ages_en_ordre(ordre: list[str], dimension: str) -> list[str]:
    """« Moins de 26 ans » before the others: its code sorts after them."""
    return sorted(ordre, key=lambda g: (g == INCONNU, g != "moins_26", g)) if dimension == "age" else ordre
