"""Rows that may be, or were found to be, one person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.personnes.enums import (
    StatutArbitrage,
)
from cordee.metier.personnes.models.identite import Personne


class Arbitrage(models.Model):
    """Two rows that may be one person: sendings are blocked until a human decides."""

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="arbitrages")
    candidate = models.ForeignKey(Personne, models.RESTRICT, related_name="arbitrages_candidate")
    raisons = models.JSONField("ce qui rapproche, ce qui oppose", default=list)
    statut = models.CharField(
        "statut", max_length=24, choices=StatutArbitrage.choices(), default=StatutArbitrage.OUVERT
    )
    ouvert_le = models.DateTimeField("ouvert le")
    decide_le = models.DateTimeField("décidé le", null=True, blank=True)
    decide_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "arbitrage d'identité"
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "candidate"], condition=Q(statut="ouvert"), name="arbitrage_ouvert_unique"
            ),
            models.CheckConstraint(
                condition=~Q(personne=F("candidate")),
                name="arbitrage_deux_personnes",
                violation_error_message="Un arbitrage oppose deux fiches différentes.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "candidate", "statut", "ouvert_le", "decide_le", "decide_par"}
        personnelle = {"raisons"}


class Fusion(models.Model):
    """A merge, kept so that it can be undone even after later acts (R64)."""

    absorbee = models.ForeignKey(Personne, models.RESTRICT, related_name="fusions")
    canonique = models.ForeignKey(Personne, models.RESTRICT, related_name="fusions_recues")
    raisons = models.JSONField("raisons", default=list)
    faite_le = models.DateTimeField("faite le")
    faite_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    annulee_le = models.DateTimeField("annulée le", null=True, blank=True)
    annulee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "fusion"
        constraints = [
            models.UniqueConstraint(
                fields=["absorbee"], condition=Q(annulee_le__isnull=True), name="fusion_en_vigueur_unique"
            ),
        ]

    class Confidentialite:
        neutre = {"id", "absorbee", "canonique", "faite_le", "faite_par", "annulee_le", "annulee_par"}
        personnelle = {"raisons"}
