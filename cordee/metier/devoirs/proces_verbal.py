"""The minutes of a session as a tagged PDF: what ``services.ep_proces_verbal.contenu`` holds, set in pages."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import typst

from cordee.metier.courriers import polices
from cordee.metier.courriers.composition import POLICES_DE_SECOURS
from cordee.metier.courriers.regles import date_fr
from cordee.metier.courriers.rendu import en_francais
from cordee.socle.horloge import PARIS

MODELE = Path(__file__).resolve().parent / "modeles" / "proces_verbal.typ"
_verrou = threading.Lock()


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
            "polices": [*([polices.FAMILLE] if polices.dossier_polices() else []), *POLICES_DE_SECOURS],
        }
    )
    with _verrou:
        pdf = _compilateur().compile(
            sys_inputs={"entree": json.dumps(entree, ensure_ascii=False)}, format="pdf", pdf_standards=["ua-1"],
            timestamp=int(le.timestamp()),
        )  # fmt: skip
    return cast("bytes", pdf)


def _instant(quand: datetime) -> str:
    ici = quand.astimezone(PARIS)
    return f"{ici:%d/%m/%Y} à {ici:%H:%M}"


@lru_cache(maxsize=1)
def _compilateur() -> typst.Compiler:
    dossier = polices.dossier_polices()
    return typst.Compiler(
        MODELE, root=MODELE.parent,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[dossier] if dossier else []),
    )  # fmt: skip
