"""The table of one dimension: rates with their intervals, small numbers hidden, what may be concluded.

A number of people under the threshold is hidden, and another with it, so that no total gives it back (V9). A rate shows
only when both its numbers do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cordee.metier.devoirs.regles.neutralite import RIEN_A_AFFIRMER, Groupe, Taux, conclusion
from cordee.metier.devoirs.selectors.neutralite import RAPPORTS, LigneNeutralite, Neutralite, Passage
from cordee.pilotage.enums import Secret
from cordee.pilotage.secret import a_cacher

Cellule = tuple[str, Passage]
TOUS = ""
POUR_CENT = 100


@dataclass(frozen=True, slots=True)
class CaseTaux:
    """One rate of one group, in words; ``secret``: why it is not shown."""

    passage: Passage
    texte: str
    nombres: str = ""
    bornes: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """One group ready to draw."""

    libelle: str
    suivies: str
    cases: list[CaseTaux]
    part: str
    duree: str
    total: bool = False
    masquee: bool = False


def caches(vu: Neutralite, seuil: int) -> dict[Cellule, Secret]:
    """The numbers to hide: each step is a whole cut in groups."""
    groupes = vu.groupes
    effectifs: dict[Cellule, int] = {
        (code, p): ligne.effectifs[p] for p in Passage for code, ligne in _codes(vu, groupes)
    }
    familles = [((TOUS, p), [(f"g{g.code}", p) for g in groupes]) for p in Passage]
    return a_cacher(effectifs, familles, seuil=seuil)


def _codes(vu: Neutralite, groupes: list[LigneNeutralite]) -> list[tuple[str, LigneNeutralite]]:
    return [(TOUS, vu.tous), *((f"g{g.code}", g) for g in groupes)]


def lignes(vu: Neutralite, seuil: int) -> list[LigneAffichee]:
    """The groups of a dimension, then everybody."""
    secrets = caches(vu, seuil)
    rendues = [_ligne(f"g{g.code}", g, secrets) for g in vu.groupes]
    return [*rendues, _ligne(TOUS, vu.tous, secrets)]


def _ligne(code: str, ligne: LigneNeutralite, secrets: Mapping[Cellule, Secret]) -> LigneAffichee:
    def montre(passage: Passage) -> bool:
        return (code, passage) not in secrets

    suivies = str(ligne.effectifs[Passage.SUIVIE]) if montre(Passage.SUIVIE) else "masqué"
    decidees = montre(Passage.DECIDEE) and ligne.effectifs[Passage.DECIDEE] > 0
    return LigneAffichee(
        ligne.libelle, suivies, [_case(code, ligne, p, secrets) for p in RAPPORTS],
        f"{ligne.part:.0f}\N{NO-BREAK SPACE}%" if decidees and ligne.part is not None else "—",
        f"{ligne.duree:.1f} mois".replace(".", ",") if decidees and ligne.duree is not None else "—",
        total=code == TOUS, masquee=not montre(Passage.SUIVIE),
    )  # fmt: skip


def _case(code: str, ligne: LigneNeutralite, passage: Passage, secrets: Mapping[Cellule, Secret]) -> CaseTaux:
    parmi = RAPPORTS[passage]
    if (code, passage) in secrets or (code, parmi) in secrets:
        return CaseTaux(passage, "masqué", secret=True)
    taux = Taux(ligne.effectifs[passage], ligne.effectifs[parmi])
    intervalle = taux.intervalle
    if taux.valeur is None or intervalle is None:
        return CaseTaux(passage, "—")
    bas, haut = intervalle
    return CaseTaux(
        passage, en_pour_cent(taux.valeur), f"{taux.numerateur} sur {taux.denominateur}",
        f"entre {en_pour_cent(bas)} et {en_pour_cent(haut)}",
    )  # fmt: skip


def en_pour_cent(part: float) -> str:
    """A rate in words, that no end of line breaks.

    >>> [en_pour_cent(part).replace("\xa0", " ") for part in (0.0254, 0.3, 0.0)]
    ['2,5 %', '30 %', '0 %']
    """
    valeur = part * POUR_CENT
    texte = f"{valeur:.1f}" if 0 < valeur < 10 else f"{valeur:.0f}"  # one decimal for small rates
    return f"{texte.replace('.', ',')}\N{NO-BREAK SPACE}%"


def conclusions(vu: Neutralite, seuil: int) -> list[tuple[str, str]]:
    """What may be said of each rate over a dimension: only what stands apart, else one sentence for all."""
    secrets = caches(vu, seuil)
    dites = []
    for passage, parmi in RAPPORTS.items():
        groupes = [
            Groupe(
                g.libelle, Taux(g.effectifs[passage], g.effectifs[parmi]),
                cache=(f"g{g.code}", passage) in secrets or (f"g{g.code}", parmi) in secrets,
            )
            for g in vu.groupes
        ]  # fmt: skip
        dites.append((passage.libelle, conclusion(groupes, Taux(vu.tous.effectifs[passage], vu.tous.effectifs[parmi]))))
    ecarts = [(nom, phrase) for nom, phrase in dites if phrase.startswith("À regarder")]
    if ecarts:
        return ecarts
    return [("", RIEN_A_AFFIRMER if any(p == RIEN_A_AFFIRMER for _, p in dites) else dites[0][1])]
