"""What a contacts file announces before anything is believed (R30): counts, never a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cordee.echanges.contacts.colonnes import reconnaitre
from cordee.echanges.contacts.lecture import LigneRejetee, lire
from cordee.echanges.fichiers.rapport import accorder


@dataclass(frozen=True, slots=True, kw_only=True)
class ApercuContacts:
    """Lines met, and how many carry what.

    ``date_du_fichier``: the day it is held to be true of. ``demande_recente``: it cannot be older than that day. Both
    as people read them. ``alertes``: what is odd, in sentences.
    """

    lignes: int
    telephones: int = 0
    courriels: int = 0
    sans_contact: int = 0
    refus: int = 0
    illisibles: int = 0
    avec_nir: bool = False
    date_du_fichier: str = ""
    demande_recente: str = ""
    alertes: tuple[str, ...] = ()
    colonnes_inconnues: tuple[str, ...] = ()
    avertissements: Mapping[str, int] = field(default_factory=dict)

    def vers_json(self) -> dict[str, Any]:
        return {**asdict(self), "colonnes_inconnues": list(self.colonnes_inconnues), "alertes": list(self.alertes)}

    @classmethod
    def de_json(cls, d: Mapping[str, Any]) -> ApercuContacts:
        lus = {cle: d[cle] for cle in cls.__slots__ if cle in d}
        return cls(**{**lus, **{cle: tuple(d.get(cle, ())) for cle in ("colonnes_inconnues", "alertes")}})


def apercevoir(chemin: Path, *, reference: date | None = None) -> ApercuContacts:
    """Count what a file holds, reading it to its end.

    Args:
        reference: the day the file is held to be true of; it is checked against the requests it names.

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
    inconnues = colonnes.inconnues if colonnes else ()
    return ApercuContacts(
        lignes=comptes["lignes"], telephones=comptes["telephones"], courriels=comptes["courriels"],
        sans_contact=comptes["sans_contact"], refus=comptes["refus"], illisibles=comptes["illisibles"],
        avec_nir=colonnes is not None and "nir" in colonnes.rangs, avertissements=dict(avis),
        date_du_fichier=f"{reference:%d/%m/%Y}" if reference else "",
        demande_recente="" if recente == date.min else f"{recente:%d/%m/%Y}",
        alertes=tuple(_alertes(comptes, recente, reference, inconnues)), colonnes_inconnues=inconnues,
    )  # fmt: skip


def _alertes(comptes: Counter[str], recente: date, reference: date | None, inconnues: tuple[str, ...]) -> Iterator[str]:
    if reference is not None and recente > reference:
        yield (
            f"Le fichier est daté du {reference:%d/%m/%Y}, mais il parle d'une demande de RSA du {recente:%d/%m/%Y} : "
            "vérifiez sa date de réception."
        )
    if comptes["illisibles"]:
        yield f"{accorder(comptes['illisibles'], 'ligne sera mise', 'lignes seront mises')} de côté, à corriger."
    if comptes["lignes"] and comptes["sans_contact"] == comptes["lignes"]:
        yield "Aucune ligne ne donne de téléphone ni de courriel : redemandez le fichier."
    if inconnues:
        yield "Colonnes dont rien ne sera fait : " + ", ".join(f"« {nom} »" for nom in inconnues) + "."
