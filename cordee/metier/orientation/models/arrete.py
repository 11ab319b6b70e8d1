"""The joint arrêté by which the prefect and the president of the conseil départemental refine the national criteria."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from cordee.metier.organismes.models import Intervalle
from cordee.metier.orientation.enums import StatutArrete


class ArreteCriteres(models.Model):
    """C. trav. L5411-5-1 III al. 2: local circumstances, joint arrêté, opinion of the comité départemental.

    ``precisions``: what it changes, as ``reglementation.criteres_orientation.preciser`` reads it. ``simulation``: the
    last trial of *this* content over past decisions (``empreinte`` of the content tried): needed before activation.
    Once active a row is never changed but for its end: another version is another arrêté.
    """

    reference = models.CharField("référence", max_length=60)
    objet = models.CharField("objet", max_length=200)
    circonstances = models.TextField("circonstances locales", blank=True)
    version_nationale = models.CharField("version nationale précisée", max_length=80)
    precisions = models.JSONField("précisions", default=dict)
    prefet = models.CharField("signé par le préfet ou pour lui par", max_length=120, blank=True)
    president = models.CharField("signé par le président du Département ou pour lui par", max_length=120, blank=True)
    avis_le = models.DateField("avis du comité départemental pour l'emploi, le", null=True, blank=True)
    signe_le = models.DateField("signé le", null=True, blank=True)
    debut = models.DateField("applicable à partir du")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)
    statut = models.CharField(
        "état", max_length=20, choices=StatutArrete.choices(), default=StatutArrete.BROUILLON
    )  # fmt: skip
    simulation = models.JSONField("dernière simulation", default=dict, blank=True)
    version = models.PositiveIntegerField("version de la saisie", default=1)

    class Meta:
        verbose_name = "arrêté conjoint"
        ordering = ["-debut", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
                name="arrete_dates",
                violation_error_message="La fin de l'arrêté doit suivre son début.",
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(statut="abandonne"), name="arrete_reference_unique",
                violation_error_message="Un autre arrêté porte déjà cette référence.",
            ),
            ExclusionConstraint(
                name="arrete_sans_chevauchement",
                expressions=[(Intervalle("debut", "fin"), RangeOperators.OVERLAPS)],
                condition=Q(statut="actif"),
                violation_error_message="Un autre arrêté est déjà en vigueur à ces dates.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "reference", "objet", "circonstances", "version_nationale", "precisions", "prefet",
                  "president", "avis_le", "signe_le", "debut", "fin", "statut", "simulation", "version"}  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def en_vigueur(self, au: date) -> bool:
        """Whether it applies on that day."""
        return self.statut == StatutArrete.ACTIF and self.debut <= au and (self.fin is None or au < self.fin)


class ActeArrete(models.Model):
    """What was done on an arrêté, by whom, when: prepared, changed, simulated, activated, ended, abandoned."""

    arrete = models.ForeignKey(ArreteCriteres, models.CASCADE, related_name="actes")
    quoi = models.CharField("acte", max_length=200)
    le = models.DateTimeField("le")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "acte sur un arrêté"
        ordering = ["pk"]

    class Confidentialite:
        neutre = {"id", "arrete", "quoi", "le", "par"}
