"""Random controls of the commitments (C. trav. L5426-1 IV; E29)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cordee.metier.devoirs.enums import ResultatControle


class TirageControle(models.Model):
    """One draw. The fingerprint of its seed is published first; people are listed and drawn on a later day.

    ``graine_chiffree``: the seed, that nobody reads before the draw; ``graine``: the same, published with the draw.
    ``univers``: the persons among whom it was drawn, so that anybody entitled can do it again; ``exclusions``: reason →
    how many people it left out.
    """

    libelle = models.CharField("nom", max_length=120)
    nombre = models.PositiveSmallIntegerField("personnes à tirer")
    empreinte = models.CharField("empreinte de la graine", max_length=64)
    graine_chiffree = models.BinaryField("graine scellée")
    annonce_le = models.DateTimeField("annoncé le")
    annonce_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    tire_le = models.DateTimeField("tiré le", null=True, blank=True)
    tire_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    graine = models.CharField("graine publiée", max_length=64, blank=True)
    univers = ArrayField(models.BigIntegerField(), verbose_name="personnes de l'univers", default=list)
    empreinte_univers = models.CharField("empreinte de l'univers", max_length=64, blank=True)
    exclusions = models.JSONField("personnes écartées, par raison", default=dict)

    class Meta:
        verbose_name = "tirage au sort de contrôles"
        constraints = [
            models.CheckConstraint(
                condition=Q(tire_le__isnull=True, graine="") | Q(tire_le__isnull=False) & ~Q(graine=""),
                name="tirage_graine_publiee",
                violation_error_message="La graine se publie avec le tirage, jamais avant.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "libelle", "nombre", "empreinte", "annonce_le", "annonce_par", "tire_le", "tire_par", "graine",
                  "empreinte_univers", "exclusions"}  # fmt: skip
        personnelle = {"univers"}
        sensible = {"graine_chiffree"}


class ControleAleatoire(models.Model):
    """One person drawn: her own commitments are looked at, nothing of her household (C. trav. R5312-42).

    It ends with what was found. « Rien à signaler » is the normal end; a breach is reported apart, by its own act.
    """

    tirage = models.ForeignKey(TirageControle, models.RESTRICT, related_name="controles")
    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="controles")
    rang = models.PositiveSmallIntegerField("rang du tirage")
    resultat = models.CharField("résultat", max_length=20, choices=ResultatControle.choices(), blank=True)
    conclu_le = models.DateTimeField("conclu le", null=True, blank=True)
    conclu_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "contrôle aléatoire"
        constraints = [
            models.UniqueConstraint(fields=["tirage", "personne"], name="controle_une_fois_par_tirage"),
            models.CheckConstraint(
                condition=Q(resultat="", conclu_le__isnull=True) | ~Q(resultat="") & Q(conclu_le__isnull=False),
                name="controle_conclu",
                violation_error_message="Un résultat a une date.",
            ),
        ]
        indexes = [models.Index(fields=["personne"], name="controle_personne")]

    class Confidentialite:
        neutre = {"id", "tirage", "rang", "conclu_le", "conclu_par"}
        personnelle = {"personne"}
        sensible = {"resultat"}
