"""Filling the map. Reference data: no agent acts, no event is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from cordee.territoires.models import Commune, Ept
from cordee.territoires.sources import DEPARTEMENT_FOURNI, FaitsDepartement, lire_departement

CHAMPS_COMMUNE = ["nom", "departement", "ept", "codes_postaux", "population", "latitude", "longitude"]


@dataclass(frozen=True, slots=True)
class BilanChargement:
    """What a loading found in the source and how many communes were new."""

    communes: int
    epts: int
    nouvelles: int


def charger_departement(*, code: str = DEPARTEMENT_FOURNI, faits: FaitsDepartement | None = None) -> BilanChargement:
    """Load or refresh the communes of a département; running it again changes nothing.

    A commune that the source no longer lists (a merger) stays, since past addresses point to it. Coordinates typed
    by hand are kept where the source has none.

    Raises:
        DecoupageIntrouvable: no source for that département.
    """
    faits = faits or lire_departement(code)
    sans_coordonnees = [c for c in faits.communes if c.latitude is None]
    avec_coordonnees = [c for c in faits.communes if c.latitude is not None]
    with transaction.atomic():
        avant = Commune.objects.filter(code_insee__in=[c.insee for c in faits.communes]).count()
        Ept.objects.bulk_create(
            [Ept(code=code_ept, nom=nom) for code_ept, nom in faits.epts.items()],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["nom"],
        )
        for groupe, champs in ((avec_coordonnees, CHAMPS_COMMUNE), (sans_coordonnees, CHAMPS_COMMUNE[:-2])):
            Commune.objects.bulk_create(
                [
                    Commune(
                        code_insee=c.insee,
                        nom=c.nom,
                        departement=faits.code,
                        ept_id=c.ept,
                        codes_postaux=c.codes_postaux,
                        population=c.population,
                        latitude=c.latitude,
                        longitude=c.longitude,
                    )
                    for c in groupe
                ],
                update_conflicts=True,
                unique_fields=["code_insee"],
                update_fields=champs,
            )
    return BilanChargement(communes=len(faits.communes), epts=len(faits.epts), nouvelles=len(faits.communes) - avant)
