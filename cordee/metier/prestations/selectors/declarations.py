"""Resources declared by an adult for a quarter, as a payer's file gives them (``DroitPersonne.detail``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

from cordee.metier.personnes.models import DroitPersonne
from cordee.metier.prestations.enums import NatureRevenu
from cordee.metier.prestations.regles import Revenu
from cordee.metier.prestations.regles.ressources import nature_de
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.montants import CENTIME

NEUTRALISEE: Final = "N"
TRIMESTRE: Final = 3
GROSSESSE_MOIS: Final = 9
Mois = dict[date, dict[NatureRevenu, Decimal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What is known of an adult's resources. ``moyenne``: what the payer counts, when it gives no detail."""

    connue: bool = False
    fin: date | None = None
    mois: Mois = field(default_factory=dict)
    moyenne: Decimal | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)

    def moyennes(self) -> dict[NatureRevenu, Decimal]:
        """Monthly average of each kind over the quarter."""
        totaux: dict[NatureRevenu, Decimal] = defaultdict(Decimal)
        for natures in self.mois.values():
            for nature, montant in natures.items():
                totaux[nature] += montant
        if not totaux and self.moyenne:
            return {NatureRevenu.SALAIRE: self.moyenne}
        return {n: (total / TRIMESTRE).quantize(CENTIME, ROUND_HALF_UP) for n, total in totaux.items()}

    def revenus(self) -> tuple[Revenu, ...]:
        """Each month as declared; the same average before and after, since nothing says that it stops."""
        moyennes = self.moyennes()
        if not self.mois or self.fin is None:
            return tuple(Revenu(nature=n, montant=m) for n, m in moyennes.items())
        debut = ajouter_mois(self.fin, 1 - TRIMESTRE)
        declares = tuple(
            Revenu(nature=n, montant=montant, depuis=mois, jusqu_a=mois)
            for mois, natures in sorted(self.mois.items())
            for n, montant in natures.items()
        )
        autour = tuple(
            Revenu(nature=n, montant=m, depuis=depuis, jusqu_a=jusqu_a)
            for n, m in moyennes.items()
            for depuis, jusqu_a in ((None, ajouter_mois(debut, -1)), (ajouter_mois(self.fin, 1), None))
        )
        return declares + autour

    def en_mots(self) -> str:
        """« 420,00 € de salaire net par mois », « aucune », « inconnues : aucune n'est comptée »."""
        moyennes = {n: m for n, m in self.moyennes().items() if m}
        if moyennes:
            parts = [f"{m:.2f} €".replace(".", ",") + f" ({n.libelle.lower()})" for n, m in moyennes.items()]
            return ", ".join(parts) + " en moyenne par mois, supposées continuer"
        return "aucune" if self.connue else "inconnues : aucune n'est comptée"


def declaration(droit: DroitPersonne | None) -> Declaration:
    """What the last file says of an adult's resources."""
    if droit is None:
        return Declaration()
    trimestre = chemin(droit.detail, "Ressources", "GeneraliteRessourcesTrimestre")
    lus = chemin(droit.detail, "Ressources", "RessourcesMensuelles")
    return Declaration(
        connue=bool(trimestre) or droit.ressources is not None,
        fin=premier_du_mois_lu(chemin(trimestre, "DFRESS")),
        mois=_mois(lus if isinstance(lus, list) else []),
        moyenne=droit.ressources,
        detail=droit.detail,
    )


def _mois(blocs: list[Any]) -> Mois:
    mois: Mois = {}
    for bloc in blocs:
        quand = premier_du_mois_lu(chemin(bloc, "GeneraliteRessourcesMensuelles", "MOISRESS"))
        lignes = chemin(bloc, "DetailRessourcesMensuelles")
        for ligne in lignes if quand and isinstance(lignes, list) else []:
            nature, montant = nature_de(str(ligne.get("NATRESS", ""))), decimal_lu(ligne.get("MTNATRESSMEN"))
            if quand and nature and montant and montant > 0 and ligne.get("ABANEU") != NEUTRALISEE:
                natures = mois.setdefault(quand, {})
                natures[nature] = natures.get(nature, Decimal(0)) + montant
    return mois


def grossesse(detail: Mapping[str, Any], premier: date) -> date | None:
    """Month of the birth expected from the pregnancy declared; ``None`` when there is none, or it is past."""
    debut = premier_du_mois_lu(chemin(detail, "Grossesse", "DDGRO"))
    if debut is None or chemin(detail, "Grossesse", "DFGRO"):
        return None
    attendue = ajouter_mois(debut, GROSSESSE_MOIS)
    return attendue if attendue > premier else None


def chemin(detail: Any, *cles: str) -> Any:
    """A value of nested blocks; ``None`` where one is missing."""
    for cle in cles:
        detail = detail.get(cle) if isinstance(detail, Mapping) else None
    return detail


def decimal_lu(texte: Any) -> Decimal | None:
    """An amount as a file writes it (« 0000420.00 »); ``None`` when absent or unreadable."""
    try:
        montant = Decimal(str(texte)).quantize(CENTIME) if texte not in (None, "") else None
    except InvalidOperation:
        return None
    return montant if montant is None or montant.is_finite() else None


def premier_du_mois_lu(texte: Any) -> date | None:
    """The month of a date of a file."""
    try:
        return date.fromisoformat(str(texte)).replace(day=1)
    except ValueError:
        return None
