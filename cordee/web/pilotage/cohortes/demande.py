"""What a page of cohorts is about: one to four cohorts and the state of the lake, all written in its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from cordee.pilotage.cohortes.definition import Definition, DefinitionIllisible, phrase, titre_court
from cordee.pilotage.instantanes.selectors import instantanes
from cordee.pilotage.selectors import ChiffresAbsents, territoires
from cordee.socle import memoire

LETTRES = "ABCD"
MAXIMUM = len(LETTRES)


@dataclass(frozen=True, slots=True)
class Demande:
    """Cohorts side by side, in order, and the published state they are read on (``None``: the present one)."""

    cohortes: tuple[Definition, ...]
    instantane: int | None = None

    @property
    def parametres(self) -> dict[str, Any]:
        """What the study is asked."""
        lus: dict[str, Any] = {"cohortes": [d.champs() for d in self.cohortes]}
        return lus | ({"instantane": self.instantane} if self.instantane else {})

    def requete(self, **autres: str) -> str:
        """The query of another page about the same cohorts."""
        paires = [("c", d.adresse()) for d in self.cohortes]
        paires += [("instantane", str(self.instantane))] if self.instantane else []
        return urlencode(paires + [(cle, v) for cle, v in autres.items() if v])

    def adresse(self, nom: str = "pilotage_cohortes_resultats", **autres: str) -> str:
        return f"{reverse(nom)}?{self.requete(**autres)}"

    def sans(self, rang: int) -> Demande:
        return replace(self, cohortes=tuple(d for i, d in enumerate(self.cohortes) if i != rang))


def lire_demande(request: HttpRequest) -> Demande:
    """Read the address.

    Raises:
        DefinitionIllisible: no cohort, too many, or one that cannot be read.
    """
    textes = request.GET.getlist("c")
    if not 1 <= len(textes) <= MAXIMUM:
        raise DefinitionIllisible(f"Choisissez une à {MAXIMUM} cohortes : composez-en une, ou ouvrez-en une gardée.")
    return Demande(tuple(Definition.lire(texte) for texte in textes), lire_instantane(request.GET))


def lire_instantane(lus: QueryDict) -> int | None:
    """The published state of an address; what is no number is as if absent."""
    brut = lus.get("instantane", "")
    return int(brut) if brut.isdigit() and len(brut) < 10 else None


def noms() -> dict[str, str]:
    """Names of territories and structures, by code; none before the first figures."""

    def lire() -> dict[str, str]:
        try:
            return {code: nom for par_code in territoires().values() for code, nom in par_code.items()}
        except ChiffresAbsents:
            return {}

    return memoire.retenir("cohortes.noms", lire)


def etats_publies() -> list[tuple[int, str]]:
    """The published states cohorts may be read on."""
    return [
        (i.pk, f"{i.libelle} (connu le {i.connu_le:%d/%m/%Y})")
        for i in instantanes().filter(lignes_effacees_le__isnull=True)
    ]


def phrases(cohortes: Sequence[Definition]) -> list[tuple[str, str, str]]:
    """(letter, short title, sentence) of each."""
    connus = noms()
    return [(LETTRES[i], titre_court(d, connus), phrase(d, connus)) for i, d in enumerate(cohortes)]
