"""Cohorts that an analyst keeps: their definition, a name, a note. Never a person."""

from __future__ import annotations

from django.db import models


class CohorteGardee(models.Model):
    """A definition under a name. ``definition``: ``cohortes.definition.Definition.champs``; who is in it is worked out
    each time it is opened. ``partagee``: read by every analyst; only its author changes it."""

    nom = models.CharField("nom", max_length=80)
    note = models.TextField("note", max_length=1000, blank=True)
    definition = models.JSONField("définition")
    partagee = models.BooleanField("partagée", default=False)
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", verbose_name="par")
    creee_le = models.DateTimeField("créée le")
    modifiee_le = models.DateTimeField("modifiée le")

    class Meta:
        verbose_name = "cohorte"
        constraints = [
            models.UniqueConstraint(
                fields=["par", "nom"], name="cohorte_nom_unique",
                violation_error_message="Vous avez déjà une cohorte de ce nom : choisissez-en un autre.",
            ),
            models.CheckConstraint(
                condition=~models.Q(nom=""), name="cohorte_nommee",
                violation_error_message="Donnez un nom à cette cohorte.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "nom", "note", "definition", "partagee", "par", "creee_le", "modifiee_le"}
