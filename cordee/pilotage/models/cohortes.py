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


class ExportCohorte(models.Model):
    """The register of individual files that left the house: who, when, what for, which definition, how many lines.

    Its number is the key of the file's pseudonyms (``cohorte:<number>``).
    """

    definition = models.JSONField("définition")
    usage = models.CharField("usage déclaré", max_length=200)
    effectif = models.IntegerField("nombre de lignes", default=0)
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", db_index=False, verbose_name="par")
    le = models.DateTimeField("le")

    class Meta:
        verbose_name = "export d'une cohorte"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(usage=""), name="export_cohorte_usage",
                violation_error_message="Dites à quoi servira ce fichier.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "definition", "usage", "effectif", "par", "le"}
