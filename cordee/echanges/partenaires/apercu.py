"""What a partner's file would change, before anything is written. Figures only: it is kept with the file (V1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from cordee.echanges.fichiers.models import FichierRecu
from cordee.echanges.partenaires.chargement import Lue
from cordee.echanges.partenaires.identites import reconnaitre
from cordee.echanges.partenaires.valeurs import LigneEcartee, LigneLue, Total
from cordee.metier.organismes.models import Structure
from cordee.metier.parcours.models import Situation
from cordee.metier.suivi.selectors import structures_du_partenaire


@dataclass(slots=True, kw_only=True)
class ApercuLignes:
    """One file of lines, looked at.

    ``suivies`` + ``ailleurs`` + ``hors_parcours`` = people recognised; ``douteuses`` and ``motifs`` (reason → lines):
    what would be set aside; ``inconnues``: nobody known here.
    """

    type: str = ""
    emetteur: str = ""
    correspondance: str = ""
    reference: str = ""
    lignes: int = 0
    annonces: int | None = None
    contrats: int = 0
    contrats_date_incomplete: int = 0
    contacts: int = 0
    suivies: int = 0
    ailleurs: int = 0
    hors_parcours: int = 0
    douteuses: int = 0
    inconnues: int = 0
    motifs: dict[str, int] = field(default_factory=dict)
    avertissements: dict[str, int] = field(default_factory=dict)

    def vers_json(self) -> dict[str, Any]:
        return asdict(self)


def apercevoir(
    lues: Iterable[Lue], *, fichier: FichierRecu, partenaire: Structure, organisme: str = "", correspondance: str = ""
) -> ApercuLignes:
    """Read to the end, match, count.

    Raises:
        FichierRefuse: the file cannot be read to its end.
    """
    apercu = ApercuLignes(
        type=fichier.type, emetteur=partenaire.nom, correspondance=correspondance,
        reference=fichier.reference_le.isoformat() if fichier.reference_le else "",
    )  # fmt: skip
    lignes: list[LigneLue] = []
    motifs: Counter[str] = Counter()
    avertissements: Counter[str] = Counter()
    for lue in lues:
        if isinstance(lue, Total):
            apercu.lignes, apercu.annonces = lue.lus, lue.annonces
        elif isinstance(lue, LigneEcartee):
            motifs[lue.motif] += 1
        else:
            lignes.append(lue)
            avertissements.update(lue.avertissements)
    apercu.motifs, apercu.avertissements = dict(motifs.most_common()), dict(avertissements.most_common())
    apercu.contrats = sum(1 for ligne in lignes if ligne.contrat)
    apercu.contrats_date_incomplete = sum(1 for ligne in lignes if ligne.contrat.partielle)
    apercu.contacts = sum(1 for ligne in lignes if ligne.contact)
    reconnues = reconnaitre(lignes, organisme=organisme)
    apercu.douteuses = len(reconnues.douteuses)
    apercu.inconnues = len(lignes) - len(reconnues.sures) - apercu.douteuses
    siennes = structures_du_partenaire(partenaire)
    places = dict(
        Situation.objects.filter(personne__in=set(reconnues.sures.values()), soumis=True).values_list(
            "personne_id", "referent_structure_id"
        )
    )
    for personne in reconnues.sures.values():
        if personne not in places:
            apercu.hors_parcours += 1
        elif places[personne] in siennes:
            apercu.suivies += 1
        else:
            apercu.ailleurs += 1
    return apercu
