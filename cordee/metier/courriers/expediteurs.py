"""Who writes: the Département's name, the authority, where to appeal (CASF L262-47, CJA R221-3). Reference data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import RegleSecteur, Structure

FICHIER = Path(__file__).resolve().parent / "expediteurs.yaml"


@cache
def _connus() -> dict[str, dict[str, Any]]:
    return dict(yaml.safe_load(FICHIER.read_text("utf-8")))


def expediteur(structure: Structure | None = None, *, concerne: Structure | None = None) -> dict[str, Any]:
    """The head of a letter as the templates read it: the Département, then the service that writes.

    Args:
        structure: the service named in the head, with its address; none for the Département itself.
        concerne: a body the letter is about; it only says in which département we are.

    The Département is that of the central services' address, else of the communes it divides into sectors. Where it
    has no block in ``expediteurs.yaml`` the letter lacks its remedies: the templates that need them refuse, and say
    what is missing.
    """
    siege = Structure.objects.filter(type=TypeStructure.DEPARTEMENT).select_related("commune").order_by("pk").first()
    code = _departement(siege) or _departement(structure or concerne) or _departement_des_secteurs()
    tete = dict(_connus().get(code, {}))
    nommee = siege or structure or concerne
    tete.setdefault("nom", nommee.nom if nommee else "")
    if siege is not None and not tete.get("telephone"):
        tete["telephone"], tete["courriel"] = siege.telephone, siege.courriel
    if structure is not None:
        tete |= {
            "service": structure.nom,
            "adresse": adresse_de(structure),
            "telephone": structure.telephone or tete.get("telephone", ""),
            "courriel": structure.courriel or tete.get("courriel", ""),
        }
    return tete


def adresse_de(structure: Structure) -> list[str]:
    """The address of a structure, in the lines that are known."""
    commune = structure.commune.nom if structure.commune else ""
    return [ligne for ligne in (structure.adresse, f"{structure.code_postal} {commune}".strip()) if ligne]


def _departement_des_secteurs() -> str:
    regle = RegleSecteur.objects.select_related("commune").order_by("pk").first()
    return regle.commune.departement if regle else ""


def _departement(structure: Structure | None) -> str:
    if structure is None:
        return ""
    if structure.commune is not None:
        return structure.commune.departement
    code = structure.code_postal
    return code[:3] if code.startswith("97") else code[:2]
