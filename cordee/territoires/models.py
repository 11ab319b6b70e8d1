from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Ept(models.Model):
    """A group of communes: établissement public territorial around Paris, other intercommunalité elsewhere."""

    code = models.CharField("code", max_length=9, primary_key=True)
    nom = models.CharField("nom", max_length=100)

    class Meta:
        verbose_name = "établissement public territorial"
        verbose_name_plural = "établissements publics territoriaux"
        ordering = ["nom"]

    class Confidentialite:
        neutre = {"code", "nom"}
        personnelle: set[str] = set()
        sensible: set[str] = set()

    def __str__(self) -> str:
        return self.nom


class CommuneQuerySet(models.QuerySet["Commune"]):
    def du_departement(self, code: str) -> CommuneQuerySet:
        return self.filter(departement=code)

    def au_code_postal(self, code_postal: str) -> CommuneQuerySet:
        return self.filter(codes_postaux__contains=[code_postal])


class Commune(models.Model):
    """A commune in force. Coordinates are those of its centre (WGS 84, degrees); absent where the source lacks them."""

    code_insee = models.CharField("code INSEE", max_length=5, primary_key=True)
    nom = models.CharField("nom", max_length=100)
    departement = models.CharField("département", max_length=3, db_index=True)
    ept = models.ForeignKey(
        Ept, verbose_name="EPT", on_delete=models.PROTECT, related_name="communes", null=True, blank=True
    )
    codes_postaux = ArrayField(models.CharField(max_length=5), verbose_name="codes postaux", default=list)
    population = models.PositiveIntegerField("population municipale", null=True, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)

    objects = CommuneQuerySet.as_manager()

    class Meta:
        verbose_name = "commune"
        verbose_name_plural = "communes"
        ordering = ["nom"]
        indexes = [GinIndex(fields=["codes_postaux"], name="commune_codes_postaux")]
        constraints = [
            models.CheckConstraint(
                name="commune_code_insee",
                condition=models.Q(code_insee__regex=r"^[0-9][0-9AB][0-9]{3}$"),
                violation_error_message="Le code INSEE d'une commune a cinq caractères.",
            ),
            models.CheckConstraint(
                name="commune_coordonnees",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(
                    # an unknown half would make the comparison NULL, which a CHECK accepts
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                violation_error_message="Indiquez la latitude et la longitude, ou ni l'une ni l'autre.",
            ),
        ]

    class Confidentialite:
        neutre = {
            "code_insee",
            "nom",
            "departement",
            "ept",
            "codes_postaux",
            "population",
            "latitude",
            "longitude",
        }
        personnelle: set[str] = set()
        sensible: set[str] = set()

    def __str__(self) -> str:
        return self.nom

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, where known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude
