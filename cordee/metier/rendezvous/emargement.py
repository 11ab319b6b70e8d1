"""The attendance sheet of a collective session, as a tagged PDF (R6): numbers as bars, a place to sign.

It goes round a room: a first name and an initial, nothing of why people are there (V12).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cordee.metier.courriers.composition import composer_feuille
from cordee.metier.courriers.regles import date_fr
from cordee.metier.courriers.rendu import en_francais
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.regles.code_barres import barres, numero_de_ligne
from cordee.socle.horloge import PARIS, jour

MODELE = Path(__file__).resolve().parent / "modeles" / "feuille_presence.typ"
LIGNES_VIDES = 3


def feuille_pdf(rendez_vous: Sequence[RendezVous], *, le: datetime) -> bytes:
    """The sheet of one session, in the order given.

    Raises:
        ValueError: nobody on the sheet.
    """
    if not rendez_vous:
        raise ValueError("an attendance sheet needs somebody")
    entree = en_francais(contenu(rendez_vous))
    return composer_feuille(MODELE, entree, le=le)


def contenu(rendez_vous: Sequence[RendezVous]) -> dict[str, Any]:
    """What the template prints."""
    premier = rendez_vous[0]
    debut, fin = premier.debut.astimezone(PARIS), premier.fin.astimezone(PARIS)
    lieu = premier.creneau.lieu.nom if premier.creneau and premier.creneau.lieu else premier.lieu
    lieu = "" if lieu.startswith(premier.structure.nom) else lieu
    return {
        "titre": "Feuille de présence",
        "auteur": premier.structure.nom,
        "quand": f"{date_fr(jour(premier.debut)).capitalize()}, de {debut:%H:%M} à {fin:%H:%M}",
        "lieu": " · ".join(filter(None, [premier.structure.nom, lieu])),
        "pied": f"{len(rendez_vous)} personnes inscrites. À saisir après la séance.",
        "lignes": [_ligne(r) for r in rendez_vous],
        "vides": LIGNES_VIDES,
    }


def _ligne(rdv: RendezVous) -> dict[str, Any]:
    numero = numero_de_ligne(rdv.pk)
    initiale = f"{rdv.personne.nom.strip()[:1].upper()}." if rdv.personne.nom.strip() else ""
    nom = f"{rdv.personne.prenom.title()} {initiale}".strip()
    return {"nom": nom, "numero": f"{numero[:4]} {numero[4:]}", "barres": barres(numero)}
