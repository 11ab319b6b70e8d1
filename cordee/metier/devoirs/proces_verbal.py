"""The minutes of a session as a tagged PDF: what ``services.ep_proces_verbal.contenu`` holds, set in pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cordee.metier.courriers.composition import composer_feuille
from cordee.metier.courriers.regles import date_fr
from cordee.metier.courriers.rendu import en_francais
from cordee.socle.horloge import PARIS

MODELE = Path(__file__).resolve().parent / "modeles" / "proces_verbal.typ"


def proces_verbal_pdf(
    contenu: Mapping[str, Any], *, departement: str, le: datetime, signatures: Mapping[str, datetime | None],
    empreinte: str = "",
) -> bytes:  # fmt: skip
    """The minutes as a file; marked as a draft as long as both signatures are not there.

    Args:
        contenu: what the minutes say, frozen or as the session stands.
        signatures: « secrétariat » and « présidence » → instant of the signature, or nothing.
    """
    entree = en_francais(
        {
            **contenu,
            "titre": "Procès-verbal de l’équipe pluridisciplinaire",
            "departement": departement,
            "quand": date_fr(date.fromisoformat(contenu["le"])).capitalize(),
            "signatures": [
                {"qualite": qui, "le": _instant(quand) if quand else ""} for qui, quand in signatures.items()
            ],
            "signe": all(signatures.values()),
            "empreinte": empreinte,
        }
    )
    return composer_feuille(MODELE, entree, le=le)


def _instant(quand: datetime) -> str:
    ici = quand.astimezone(PARIS)
    return f"{ici:%d/%m/%Y} à {ici:%H:%M}"
