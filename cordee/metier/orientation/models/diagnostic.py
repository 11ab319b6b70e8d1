"""What the interview established, and its drafts."""

from __future__ import annotations

from django.db import models

from cordee.metier.orientation.enums import NiveauFormation, SituationPro


class Diagnostic(models.Model):
    """What the interview established. ``themes``: {theme: impact}; the detail opens with the référent's role (V3)."""

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="diagnostics")
    mene_le = models.DateTimeField("mené le")
    mene_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    situation_pro = models.CharField("situation professionnelle", max_length=20, choices=SituationPro.choices())
    niveau = models.CharField("niveau de formation", max_length=20, choices=NiveauFormation.choices())
    projection = models.BooleanField("se projette dans un emploi à court terme", null=True)
    themes = models.JSONField("difficultés par thème", default=dict)
    metier_vise = models.CharField("métier visé", max_length=120, blank=True)
    notes = models.TextField("notes", blank=True)
    brouillon = models.BooleanField("brouillon", default=False)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "diagnostic"
        indexes = [models.Index(fields=["personne", "-mene_le"], name="diagnostic_personne")]

    class Confidentialite:
        neutre = {"id", "personne", "mene_le", "mene_par", "brouillon", "version"}
        personnelle = {"situation_pro", "niveau", "projection", "metier_vise"}
        sensible = {"themes", "notes"}
