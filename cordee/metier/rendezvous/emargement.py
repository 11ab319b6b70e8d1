"""The attendance sheet of a collective session, as a tagged PDF (R6): numbers as bars, a place to sign.

It goes round a room: a first name and an initial, nothing of why people are there (V12).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import typst

from cordee.metier.courriers import polices
from cordee.metier.courriers.composition import POLICES_DE_SECOURS
from cordee.metier.courriers.regles import date_fr
from cordee.metier.courriers.rendu import en_francais
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.regles.code_barres import barres, numero_de_ligne
from cordee.socle.horloge import PARIS, jour

MODELE = Path(__file__).resolve().parent / "modeles" / "feuille_presence.typ"
LIGNES_VIDES = 3
_verrou = threading.Lock()


def feuille_pdf(rendez_vous: Sequence[RendezVous], *, le: datetime) -> bytes:
    """The sheet of one session, in the order given.

    Raises:
        ValueError: nobody on the sheet.
    """
    if not rendez_vous:
        raise ValueError("an attendance sheet needs somebody")
    entree = en_francais(contenu(rendez_vous)) | {"polices": _polices()}
    with _verrou:
        pdf = _compilateur().compile(
            sys_inputs={"entree": json.dumps(entree, ensure_ascii=False)}, format="pdf", pdf_standards=["ua-1"],
            timestamp=int(le.timestamp()),
        )  # fmt: skip
    return cast("bytes", pdf)


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


def _polices() -> list[str]:
    return [*([polices.FAMILLE] if polices.dossier_polices() else []), *POLICES_DE_SECOURS]


@lru_cache(maxsize=1)
def _compilateur() -> typst.Compiler:
    dossier = polices.dossier_polices()
    return typst.Compiler(
        MODELE, root=MODELE.parent,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[dossier] if dossier else []),
    )  # fmt: skip
