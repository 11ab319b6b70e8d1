"""The texts a Département words itself, in versions that are never rewritten."""

from __future__ import annotations

from django.db import models

from cordee.metier.courriers.enums import Canal, GenreCourrier, LangueLettre

LANGUES = [("fr", "Français"), *LangueLettre.choices()]


class ModeleCourrier(models.Model):
    """One version of the text of a kind of letter, for one way and one language.

    A draft has no ``actif_du``. The version in force on a day is the latest whose day has come; each letter keeps the
    one it was made with. A version that was used is never changed: the next one is.
    """

    genre = models.CharField("courrier", max_length=40, choices=GenreCourrier.choices())
    canal = models.CharField("canal", max_length=20, choices=Canal.choices())
    langue = models.CharField("langue", max_length=2, choices=LANGUES, default="fr")
    version = models.PositiveIntegerField("version")
    blocs = models.JSONField("texte", default=dict)
    motif = models.CharField("ce qui change", max_length=200)
    actif_du = models.DateField("en vigueur à partir du", null=True, blank=True)
    active_le = models.DateTimeField("activé le", null=True, blank=True)
    active_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    cree_le = models.DateTimeField("créé le")
    cree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "modèle de courrier"
        constraints = [
            models.UniqueConstraint(fields=["genre", "canal", "langue", "version"], name="modele_version_unique"),
        ]
        indexes = [models.Index(fields=["actif_du"], name="modele_en_vigueur")]

    class Confidentialite:
        neutre = {"id", "genre", "canal", "langue", "version", "blocs", "motif", "actif_du", "active_le", "active_par",
                  "cree_le", "cree_par"}  # fmt: skip
