"""Estimates kept by their inputs, and rights looked at with a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.metier.prestations.enums import Statut
from cordee.reglementation.autres_droits import SuiteDroit


class Simulation(models.Model):
    """One estimate: its inputs, the version of the rules, its months. It belongs to nobody: no person is written here.

    ``empreinte`` names it (inputs and version): asked for twice, it is computed once. ``servie_le``: last day somebody
    opened it; what nobody opens any more is erased.
    """

    empreinte = models.CharField("empreinte des hypothèses", max_length=64, unique=True)
    version = models.CharField("version des règles", max_length=80)
    hypotheses = models.JSONField("hypothèses")
    statut = models.CharField("statut", max_length=12, choices=Statut.choices(), default=Statut.EN_ATTENTE)
    resultat = models.JSONField("résultat", null=True)
    essais = models.PositiveSmallIntegerField("essais", default=0)
    demandee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", db_index=False)
    demandee_le = models.DateTimeField("demandée le")
    calculee_le = models.DateTimeField("calculée le", null=True)
    servie_le = models.DateField("ouverte le")

    class Meta:
        verbose_name = "estimation"
        indexes = [
            models.Index(fields=["id"], condition=Q(statut="en_attente"), name="simulation_en_attente"),
            models.Index(fields=["servie_le"], name="simulation_servie"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(statut="calculee", resultat__isnull=False, calculee_le__isnull=False)
                | (~Q(statut="calculee") & Q(resultat__isnull=True)),
                name="simulation_calculee_complete",
                violation_error_message="Une estimation calculée porte son résultat et sa date.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "empreinte", "version", "statut", "essais", "demandee_par", "demandee_le", "calculee_le",
                  "servie_le"}  # fmt: skip
        sensible = {"hypotheses", "resultat"}


class DroitExamine(models.Model):
    """A right looked at with a person: what was found, and where she was sent (REQ-42). Rows are never changed."""

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="droits_examines", db_index=False)
    droit = models.CharField("droit", max_length=40)
    suite = models.CharField("suite", max_length=20, choices=SuiteDroit.choices())
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", db_index=False)
    le = models.DateTimeField("le")

    class Meta:
        verbose_name = "droit examiné"
        indexes = [models.Index(fields=["personne", "droit", "-le"], name="droit_examine_personne")]

    class Confidentialite:
        neutre = {"id", "personne", "par", "le"}
        personnelle = {"droit", "suite"}
