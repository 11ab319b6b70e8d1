"""What a contacts file announces before anything is believed (R30): counts, never a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cordee.echanges.contacts.colonnes import reconnaitre
from cordee.echanges.contacts.lecture import LigneRejetee, lire


@dataclass(frozen=True, slots=True, kw_only=True)
class ApercuContacts:
    """Lines met, and how many carry what. ``demande_recente``: the file cannot be older than that day (ISO)."""

    lignes: int
    telephones: int = 0
    courriels: int = 0
    sans_contact: int = 0
    refus: int = 0
    illisibles: int = 0
    avec_nir: bool = False
    demande_recente: str = ""
    colonnes_inconnues: tuple[str, ...] = ()
    avertissements: Mapping[str, int] = field(default_factory=dict)

    def vers_json(self) -> dict[str, Any]:
        return {**asdict(self), "colonnes_inconnues": list(self.colonnes_inconnues)}

    @classmethod
    def de_json(cls, d: Mapping[str, Any]) -> ApercuContacts:
        lus = {cle: d[cle] for cle in cls.__slots__ if cle in d}
        return cls(**{**lus, "colonnes_inconnues": tuple(d.get("colonnes_inconnues", ()))})


def apercevoir(chemin: Path) -> ApercuContacts:
    """Count what a file holds, reading it to its end.

    Raises:
        FichierRefuse: another kind of file, or it cannot be read to its end.
    """
    comptes: Counter[str] = Counter()
    avis: Counter[str] = Counter()
    recente = date.min
    for lue in lire(chemin):
        comptes["lignes"] += 1
        if isinstance(lue, LigneRejetee):
            comptes["illisibles"] += 1
            continue
        comptes["telephones"] += bool(lue.telephones)
        comptes["courriels"] += bool(lue.courriel)
        comptes["sans_contact"] += not lue.telephones and not lue.courriel
        comptes["refus"] += "refus" in (lue.autorisation_telephone, lue.autorisation_courriel)
        avis.update(lue.avis)
        recente = max(recente, lue.demande_le or date.min)
    colonnes = reconnaitre(chemin)
    return ApercuContacts(
        lignes=comptes["lignes"], telephones=comptes["telephones"], courriels=comptes["courriels"],
        sans_contact=comptes["sans_contact"], refus=comptes["refus"], illisibles=comptes["illisibles"],
        avec_nir=colonnes is not None and "nir" in colonnes.rangs, avertissements=dict(avis),
        demande_recente="" if recente == date.min else recente.isoformat(),
        colonnes_inconnues=colonnes.inconnues if colonnes else (),
    )  # fmt: skip
