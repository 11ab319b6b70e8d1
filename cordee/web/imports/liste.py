"""The history of the files: its rows and its export."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.web.composants.tableaux import Colonne
from cordee.web.imports.apparences import Aspect, aspect, titre
from cordee.web.socle.export import en_csv

COLONNES = [
    Colonne("fichier", "Fichier", champs=("reference_le", "type")),
    Colonne("recu", "Reçu le", champs=("recu_le",)),
    Colonne("depose", "Déposé", champs=("depose_le",)),
    Colonne("lus", "Lus", champs=("lus",), nombre=True),
    Colonne("mouvements", "Entrées et sorties", triable=False),
    Colonne("statut", "État", champs=("statut",)),
]
ENTETES = ("Fichier", "Nom", "Type", "Organisme", "Date de référence", "Créé le", "Reçu le", "Déposé le", "Par", "État",
           "Raison du refus", "Annoncés", "Lus", "Entrées", "Sorties", "Durée (s)", "Taille (octets)",
           "Empreinte SHA-256")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ligne:
    """One file as the table shows it. ``lus``: households or lines; ``entrees`` and ``sorties``: persons."""

    fichier: FichierRecu
    titre: str
    aspect: Aspect
    lus: int | None
    entrees: int | None
    sorties: int | None


def ligne(f: FichierRecu) -> Ligne:
    """From the row alone, its report included."""
    rapport: dict[str, Any] = f.rapport if isinstance(f.rapport, dict) else {}
    apercu = rapport.get("apercu") or {}
    lus = f.lus if f.lus is not None else rapport.get("foyers_lus") or apercu.get("foyers") or apercu.get("lignes")
    compte = f.statut == StatutFichier.CHARGE and f.type.startswith("beneficiaires")
    entrees = rapport.get("nouveaux_entrants", 0) + rapport.get("retours", 0) if compte else None
    return Ligne(f, titre(f), aspect(f), lus, entrees, rapport.get("sortants", 0) if compte else None)


def exporter(fichiers: Iterable[FichierRecu]) -> HttpResponse:
    """What the list shows and what each file page says, in one table. No person is in it."""
    lignes = []
    for f in fichiers:
        x = ligne(f)
        lignes.append(
            (x.titre, f.nom, f.get_type_display(), f.organisme.nom if f.organisme else str(f.emetteur or ""),
             f.reference_le, f.cree_le, f.recu_le, f.depose_le, str(f.depose_par), x.aspect.libelle, f.erreur,
             f.annonces, x.lus, x.entrees, x.sorties, f.rapport.get("duree_s"), f.taille, f.empreinte)
        )  # fmt: skip
    return en_csv("fichiers-recus", ENTETES, lignes)
