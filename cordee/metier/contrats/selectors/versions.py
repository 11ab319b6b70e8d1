"""The history of a person's contracts, the versions of each, and what changed from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cordee.metier.contrats import regles
from cordee.metier.contrats.enums import GenreContrat
from cordee.metier.contrats.models import Contrat, VersionContrat
from cordee.metier.contrats.regles.anciens import Validite, validite
from cordee.metier.contrats.regles.versions import Difference, differences, photographier
from cordee.metier.contrats.selectors.contrat import contenu_de
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe


@dataclass(frozen=True, slots=True)
class ContratDate:
    """A contract and whether it counts on the day (E04)."""

    contrat: Contrat
    validite: Validite


@dataclass(frozen=True, slots=True)
class VersionLue:
    """A version, and what it changed against the one before (nothing for the first)."""

    version: VersionContrat
    differences: list[Difference]
    premiere: bool


def photo_de(contrat: Contrat) -> dict[str, Any]:
    """The contract as it reads now, ready to be kept or compared."""
    contenu = contenu_de(contrat)
    return photographier(
        projet=regles.objectifs(contenu.projet), objectifs=contenu.buts, lignes=contenu.lignes, heures=contenu.heures,
        motif=contenu.motif_heures, precision=contenu.precision_heures, intensite=contrat.intensite,
        actualisation=contenu.prochaine_actualisation, referent=contenu.referent,
        ore=[contrat.ore_emploi, contrat.ore_zone, contrat.ore_salaire],
    )  # fmt: skip


def historique(personne: Personne, *, au: date) -> list[ContratDate]:
    """Every contract of hers, drafts given up left out, the latest first, with the rule of its time."""
    lignes = (
        Contrat.objects.filter(personne__in=ids_du_groupe(personne))
        .exclude(debut__isnull=True, fin__isnull=False)
        .select_related("structure", "referent")
        .order_by("-debut", "-cree_le", "-pk")
    )
    # A draft has no date: it comes first, whatever PostgreSQL makes of a null.
    triees = sorted(lignes, key=lambda c: (c.debut is not None, -(c.debut or au).toordinal(), -c.pk))
    return [
        ContratDate(c, validite(genre=GenreContrat(c.genre), debut=c.debut, fin=c.fin, au=au)) for c in triees
    ]  # fmt: skip


def versions_de(contrat: Contrat) -> list[VersionLue]:
    """Its versions, the latest first, each against the former one; the first against the contract it updates."""
    rangees = list(contrat.versions.select_related("par").order_by("version", "pk"))
    avant = photo_de(contrat.precedent) if contrat.precedent else None
    lues = []
    for version in rangees:
        ecarts = differences(avant, version.contenu) if avant is not None else []
        lues.append(VersionLue(version, ecarts, premiere=avant is None))
        avant = version.contenu
    return lues[::-1]


def ecarts_avec_le_precedent(contrat: Contrat) -> list[Difference]:
    """What an update changes in the contract in force, for the one who signs it."""
    if contrat.precedent is None:
        return []
    return differences(photo_de(contrat.precedent), photo_de(contrat))
