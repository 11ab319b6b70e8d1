"""The paying body of the demonstration applies the lists it is sent: its next files carry ``ReductionRSA``.

Amounts are a share of the right of the photo, as a body computes them after the right (E22, E23).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from cordee.echanges.caf.foyer import FoyerLu, ReductionLu
from cordee.echanges.caf.liste_caisse import LigneLue, lire_liste
from cordee.metier.devoirs.enums import GenreLigne

TOUT: Final = 100
Demandes = Mapping[str, list[LigneLue]]


def lire_listes(chemins: Iterable[Path]) -> Demandes:
    """Request number → what was asked of it, list after list."""
    demandes: defaultdict[str, list[LigneLue]] = defaultdict(list)
    for chemin in chemins:
        for ligne in lire_liste(chemin.read_bytes()):
            demandes[ligne.numdemrsa].append(ligne)
    return demandes


def appliquer(foyer: FoyerLu, demandes: Demandes, *, au: date) -> FoyerLu:
    """The household as its payer sends it once it has done what it was asked, on the photo of ``au``."""
    lignes = demandes.get(foyer.numdemrsa, [])
    total = foyer.montants.total if foyer.montants is not None else None
    reductions: list[ReductionLu] = []
    for ligne in lignes:
        if ligne.effet > au and ligne.genre in (GenreLigne.APPLIQUER, GenreLigne.FIN_DE_DROIT):
            continue
        if ligne.genre is GenreLigne.ANNULER:
            reductions = []
        elif ligne.genre in (GenreLigne.LEVER, GenreLigne.PLAFONNER):
            reductions = _arreter(reductions, ligne.effet)
        if ligne.genre in (GenreLigne.APPLIQUER, GenreLigne.PLAFONNER):
            reductions.append(reduction(ligne, total))
    return replace(foyer, reductions=tuple(reductions)) if reductions else foyer


def reduction(ligne: LigneLue, total: Decimal | None) -> ReductionLu:
    """The block of one line."""
    part = Decimal(ligne.part if ligne.part is not None else TOUT) / TOUT
    montant = ligne.montant if ligne.montant is not None else ((total or Decimal(0)) * part).quantize(Decimal("0.01"))
    fin = None if ligne.jusquau is None else ligne.jusquau - timedelta(days=1)
    return ReductionLu(montant=montant, debut=ligne.effet, fin=fin)


def _arreter(reductions: list[ReductionLu], effet: date) -> list[ReductionLu]:
    """What ran until then ends the day before; what had not begun never was."""
    veille = effet - timedelta(days=1)
    return [
        r if r.fin is not None and r.fin <= veille else replace(r, fin=veille)
        for r in reductions
        if r.debut is not None and r.debut < effet
    ]
