"""What steering keeps: the values of the indicators, computed once per day and map."""

from __future__ import annotations

from django.db import models

from cordee.pilotage.enums import Niveau, Secret


class Calcul(models.Model):
    """A day whose figures have been computed, and from which state of the lake. ``a_refaire``: its past has changed.

    ``lac_le``: when the facts they rest on were read. ``listes``: indicator → the state of the lake its value and the
    people behind it come from (the others' were not touched by what changed since).
    """

    au = models.DateField("au", unique=True)
    calcule_le = models.DateTimeField("calculé le")
    version_lac = models.CharField("état du lac", max_length=32)
    methodes = models.CharField("version des méthodes", max_length=16)
    a_refaire = models.BooleanField("à refaire", default=False)
    lac_le = models.DateTimeField("faits lus le", null=True)
    listes = models.JSONField("états des listes", default=dict)

    class Meta:
        verbose_name = "calcul des indicateurs"

    class Confidentialite:
        neutre = {"id", "au", "calcule_le", "version_lac", "methodes", "a_refaire", "lac_le", "listes"}


class ValeurDIndicateur(models.Model):
    """One indicator, one day, one territory. ``secret_*``: why it is hidden, inside the house and in publications (V9).

    ``inconnu``: those of whom it cannot be said; never counted as failures.
    """

    au = models.DateField("au")
    code = models.CharField("indicateur", max_length=60)
    niveau = models.CharField("niveau", max_length=12, choices=Niveau.choices())
    territoire = models.CharField("territoire", max_length=40)
    valeur = models.FloatField("valeur", null=True)
    numerateur = models.FloatField("numérateur", null=True)
    denominateur = models.FloatField("dénominateur", null=True)
    inconnu = models.PositiveIntegerField("inconnus", default=0)
    secret_interne = models.CharField("secret interne", max_length=16, choices=Secret.choices(), blank=True)
    secret_publication = models.CharField(
        "secret des publications", max_length=16, choices=Secret.choices(), blank=True
    )

    class Meta:
        abstract = True


class ValeurCalculee(ValeurDIndicateur):
    """As the facts known today say it: replaced when they change."""

    class Meta:
        verbose_name = "valeur d'un indicateur"
        constraints = [
            models.UniqueConstraint(fields=["au", "territoire", "code"], name="valeur_unique"),
        ]
        indexes = [
            models.Index(fields=["code", "territoire", "au"], name="valeur_serie"),
            models.Index(fields=["au", "code", "niveau"], name="valeur_carte"),
        ]

    class Confidentialite:
        neutre = {"id", "au", "code", "niveau", "territoire", "valeur", "numerateur", "denominateur", "inconnu",
                  "secret_interne", "secret_publication"}  # fmt: skip
