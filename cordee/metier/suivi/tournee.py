"""The printed pack of a round of home visits: a cover that names nobody, then one sheet for each visit (R17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cordee.metier.courriers.composition import composer_feuille
from cordee.metier.courriers.regles import date_fr
from cordee.metier.courriers.rendu import en_francais
from cordee.socle.horloge import jour

MODELE = Path(__file__).resolve().parent / "modeles" / "tournee.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visite:
    """One visit. ``heure`` and ``commune`` stand on the cover; the rest on its own sheet only."""

    qui: str
    adresse: Sequence[str]
    commune: str
    heure: str = ""
    telephone: str = ""
    objet: str = ""
    dernier_contact: str = ""
    particularites: str = ""


def tournee_pdf(visites: Sequence[Visite], *, agent: str, structure: str, le: datetime) -> bytes:
    """The pack, in the order given, as a tagged PDF.

    Raises:
        ValueError: no visit.
    """
    if not visites:
        raise ValueError("a round needs a visit")
    entree = en_francais(contenu(visites, agent=agent, structure=structure, le=le))
    return composer_feuille(MODELE, entree, le=le)


def contenu(visites: Sequence[Visite], *, agent: str, structure: str, le: datetime) -> dict[str, Any]:
    """What the template prints. The cover reads ``numero``, ``heure`` and ``commune``, nothing else of a visit."""
    return {
        "titre": "Visites à domicile",
        "auteur": structure,
        "quand": f"{len(visites)} visite{'s' if len(visites) > 1 else ''}, préparées le {date_fr(jour(le))}",
        "pied": f"{agent} · {structure}",
        "visites": [
            {
                "numero": rang,
                "heure": v.heure,
                "commune": v.commune or "commune inconnue",
                "faits": [
                    [cle, valeur]
                    for cle, valeur in (
                        ("Personne", v.qui),
                        ("Adresse", "\n".join(v.adresse)),
                        ("Téléphone", v.telephone),
                        ("Pourquoi", v.objet),
                        ("Dernier contact", v.dernier_contact),
                        ("À savoir", v.particularites),
                    )
                    if valeur
                ],
            }
            for rang, v in enumerate(visites, start=1)
        ],
    }
