"""What the beneficiaries files leave besides the rows of the domain: what each carried, why a daily came."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ContenuFichier(models.Model):
    """Which households a file carried: with the dates of the file, the points at which each household was seen.

    The history of a household is put in order with them, whatever the order in which its files come (E01).
    ``illisibles``: households set aside, which are not absent for all that. ``parties``: the other files of the same
    month that hold other households (a MSA sends several .RCV): none of them is a version of another.
    """

    fichier = models.OneToOneField("fichiers.FichierRecu", models.CASCADE, primary_key=True, related_name="contenu")
    foyers = ArrayField(models.BigIntegerField(), verbose_name="foyers lus", default=list)
    illisibles = ArrayField(models.BigIntegerField(), verbose_name="foyers mis de côté", default=list)
    parties = ArrayField(models.BigIntegerField(), verbose_name="autres parties du même mois", default=list)

    class Meta:
        verbose_name = "contenu d'un fichier"

    class Confidentialite:
        neutre = {"fichier", "foyers", "illisibles", "parties"}


class EvenementFoyer(models.Model):
    """Why a daily file carries a household (block ``Evenement``): what the paying body dealt with, and when."""

    foyer = models.ForeignKey("personnes.Foyer", models.RESTRICT, related_name="evenements_caf")
    fichier = models.ForeignKey("fichiers.FichierRecu", models.CASCADE, related_name="evenements_caf")
    liquide_le = models.DateField("traité le (DTLIQ)", null=True, blank=True)
    heure = models.CharField("heure (HEULIQ)", max_length=16, blank=True)
    fait = models.CharField("fait générateur (FG)", max_length=16, blank=True)

    class Meta:
        verbose_name = "événement transmis par l'organisme payeur"
        constraints = [
            models.UniqueConstraint(
                fields=["foyer", "liquide_le", "heure", "fait"], name="evenement_foyer_unique", nulls_distinct=False
            )
        ]

    class Confidentialite:
        neutre = {"id", "foyer", "fichier"}
        personnelle = {"liquide_le", "heure", "fait"}
