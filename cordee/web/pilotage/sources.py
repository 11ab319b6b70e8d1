"""Up to when each source speaks: the payers' files, the operator's, the teams' own acts. Latency is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Max
from django.http import HttpRequest

from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.socle import horloge
from cordee.web.pilotage.perimetre import Perimetre
from cordee.web.socle.fraicheur import droits_au_de

DROITS: Final = "les droits et les foyers"
PARTENAIRE: Final = "les parcours qu'il accompagne"
ACTES: Final = "rendez-vous, orientations, contrats, contacts"


@dataclass(frozen=True, slots=True)
class Source:
    """What speaks, of what, up to when. ``jours``: how old that is; ``vive``: of the minute."""

    nom: str
    quoi: str
    le: date | None
    jours: int
    en_retard: bool
    vive: datetime | None = None


def sources(request: HttpRequest, p: Perimetre) -> list[Source]:
    """Payers, then partners, then the teams."""
    ici = horloge.aujourdhui()
    payeurs = [
        Source(d.organisme.nom, DROITS, d.reference_le, (ici - d.reference_le).days, d.en_retard)
        for d in droits_au_de(request)
    ]
    partenaires = [
        Source(nom, PARTENAIRE, horloge.jour(recu), (ici - horloge.jour(recu)).days, en_retard=False)
        for nom, recu in _derniers_partenaires()
    ]
    return [*payeurs, *partenaires, Source("Nos équipes", ACTES, None, 0, en_retard=False, vive=p.frais.rafraichi_le)]


def _derniers_partenaires() -> list[tuple[str, datetime]]:
    """The last file loaded of each body that is no payer."""
    charges = FichierRecu.objects.filter(statut=StatutFichier.CHARGE, emetteur__isnull=False)
    return list(charges.values_list("emetteur__nom").annotate(dernier=Max("depose_le")).order_by("emetteur__nom"))
