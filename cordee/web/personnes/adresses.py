"""An address in words."""

from __future__ import annotations

from cordee.metier.personnes.models import Adresse


def lignes_d_adresse(a: Adresse) -> list[str]:
    """The lines of an address, as on an envelope."""
    if a.lignes_etranger:
        return [str(ligne) for ligne in a.lignes_etranger]
    organisme = a.chez or (a.domiciliataire.nom if a.domiciliataire else "")
    chez = f"Chez {organisme}" if organisme else ""
    voie = " ".join(m for m in (a.numero, a.type_voie, a.voie) if m)
    commune = " ".join(m for m in (a.code_postal, a.ville or (a.commune.nom if a.commune else "")) if m)
    return [m for m in (chez, a.complement, a.complement_identification, voie, a.lieu_dit, commune) if m]
