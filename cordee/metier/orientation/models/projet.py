"""The job project and the working past, as told in an interview. Labels are kept beside codes: a new edition of the
national repertoire never changes what a person said.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cordee.metier.orientation.enums import ContratVise
from cordee.metier.orientation.models.diagnostic import Diagnostic


class ProjetEmploi(models.Model):
    """One of the jobs a person looks for, the most wanted first (``rang`` from 1).

    ``appellation``: OGR code of the chosen name, if it was found in the repertoire; ``rome``: its métier.
    ``salaire_horaire``: gross euros an hour below which she does not wish to go.
    """

    diagnostic = models.ForeignKey(Diagnostic, models.CASCADE, related_name="projets")
    rang = models.PositiveSmallIntegerField("rang")
    libelle = models.CharField("métier", max_length=150)
    appellation = models.CharField("code de l'appellation", max_length=10, blank=True)
    rome = models.CharField("code ROME", max_length=5, blank=True)
    rayon_km = models.PositiveSmallIntegerField("rayon (km)", null=True, blank=True)
    heures = models.PositiveSmallIntegerField("heures par semaine", null=True, blank=True)
    contrats = ArrayField(
        models.CharField(max_length=20, choices=ContratVise.choices()),
        verbose_name="contrats",
        default=list,
        blank=True,
    )
    salaire_horaire = models.DecimalField(
        "salaire horaire brut minimum", max_digits=6, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = "projet d'emploi"
        ordering = ["rang"]
        constraints = [
            models.UniqueConstraint(fields=["diagnostic", "rang"], name="projet_emploi_rang"),
            models.CheckConstraint(
                condition=Q(salaire_horaire__isnull=True) | Q(salaire_horaire__gt=0),
                name="projet_emploi_salaire",
                violation_error_message="Le salaire horaire doit être positif.",
            ),
        ]
        indexes = [models.Index(fields=["rome"], condition=~Q(rome=""), name="projet_emploi_rome")]

    class Confidentialite:
        neutre = {"id", "diagnostic", "rang"}
        personnelle = {"libelle", "appellation", "rome", "rayon_km", "heures", "contrats", "salaire_horaire"}


class ExperienceEmploi(models.Model):
    """A job held before, the last one first."""

    diagnostic = models.ForeignKey(Diagnostic, models.CASCADE, related_name="experiences")
    rang = models.PositiveSmallIntegerField("rang")
    libelle = models.CharField("métier exercé", max_length=150)
    appellation = models.CharField("code de l'appellation", max_length=10, blank=True)
    rome = models.CharField("code ROME", max_length=5, blank=True)
    annee_fin = models.PositiveSmallIntegerField("jusqu'en (année)", null=True, blank=True)
    duree_mois = models.PositiveSmallIntegerField("durée en mois", null=True, blank=True)

    class Meta:
        verbose_name = "expérience"
        ordering = ["rang"]
        constraints = [models.UniqueConstraint(fields=["diagnostic", "rang"], name="experience_emploi_rang")]

    class Confidentialite:
        neutre = {"id", "diagnostic", "rang"}
        personnelle = {"libelle", "appellation", "rome", "annee_fin", "duree_mois"}
