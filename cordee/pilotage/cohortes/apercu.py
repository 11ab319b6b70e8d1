"""How many people a cohort holds and who they are, while it is being chosen: a second at most, no statistics."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cordee.pilotage.cohortes import requetes
from cordee.pilotage.cohortes.definition import CHOIX, Definition, DefinitionIllisible
from cordee.pilotage.cohortes.instantane import manifeste_au
from cordee.pilotage.cohortes.secret import part
from cordee.pilotage.lac.manifeste import lire_manifeste
from cordee.pilotage.secret import SEUIL_INTERNE, petit

MEMOIRE: Final = 64
SANS: Final = {"voie": "pas encore orientée", "organisme": "pas encore orientée"}


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the cohort; ``nombre`` None: too few people."""

    valeur: str
    libelle: str
    nombre: int | None


@dataclass(frozen=True, slots=True)
class Apercu:
    """``effectif`` None: between one and four people. ``ecartes``: designated by the event, not followed, by reason.

    ``mois``: the fewest and the most months people of it can be followed.
    """

    effectif: int | None
    ecartes: tuple[tuple[str, int | None], ...]
    composition: tuple[tuple[str, tuple[Part, ...]], ...]
    mois: tuple[int, int]

    @property
    def vide(self) -> bool:
        return self.effectif == 0


def apercu(d: Definition, instantane: int | None = None) -> Apercu:
    """Count now; the same question on the same state of the lake is answered from memory.

    Raises:
        DefinitionIllisible: no figure yet, or a window that nobody can follow; the sentence says what to change.
    """
    manifeste = lire_manifeste()
    if manifeste is None:
        raise DefinitionIllisible("Les chiffres n'ont pas encore été calculés : revenez dans quelques minutes.")
    return _compter(manifeste.version, d, instantane)


@lru_cache(maxsize=MEMOIRE)
def _compter(version: str, d: Definition, instantane: int | None) -> Apercu:
    manifeste = lire_manifeste()
    if manifeste is None:  # replaced at this very moment
        raise DefinitionIllisible("Les chiffres se calculent : réessayez dans une minute.")
    manifeste = manifeste_au(manifeste, instantane)
    fenetre = requetes.fenetre(manifeste)
    with requetes.session(manifeste) as lac:
        requetes.choisir(lac, d, fenetre)
        n, premier, dernier = lac.duck.execute(
            "SELECT count(*), min(d.depart_m), max(d.depart_m) FROM departs d JOIN retenus USING (personne_id)"
        ).fetchall()[0]
        ecartes = requetes.ecartes(lac)
        composition = _composition(lac, n)
    mois = (fenetre.dernier - dernier, fenetre.dernier - premier) if n else (0, 0)
    return Apercu(
        None if petit(n, SEUIL_INTERNE) else n,
        tuple((cle, None if petit(x, SEUIL_INTERNE) else x) for cle, x in ecartes.items()),
        composition,
        (min(mois[0], d.horizon), min(mois[1], d.horizon)),
    )


def _composition(lac: requetes.Session, n: int) -> tuple[tuple[str, tuple[Part, ...]], ...]:
    if n < SEUIL_INTERNE:
        return ()
    unions = " UNION ALL ".join(
        f"SELECT '{nom}' AS trait, coalesce({nom}, '') AS valeur, count(*) AS n FROM retenus GROUP BY 2"
        for nom in CHOIX
    )
    comptes: dict[str, dict[str, int]] = {nom: {} for nom in CHOIX}
    for trait, valeur, nombre in lac.duck.execute(unions).fetchall():
        comptes[trait][valeur] = nombre
    return tuple((nom, _parts(nom, comptes[nom])) for nom in CHOIX)


def _parts(nom: str, effectifs: dict[str, int]) -> tuple[Part, ...]:
    """In the order of the list, whoever has nothing yet last."""
    montres = part(effectifs)
    libelles = {str(m): m.libelle for m in CHOIX[nom]} | {"": SANS.get(nom, "non connu")}
    return tuple(Part(v, libelle, montres[v]) for v, libelle in libelles.items() if v in montres)
