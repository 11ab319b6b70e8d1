"""The way of a message to its provider: attempts, and what each answered."""

from __future__ import annotations

from django.db import models

from cordee.metier.courriers.enums import StatutAcheminement
from cordee.metier.courriers.models.courrier import Courrier


class Acheminement(models.Model):
    """One e-mail or text message on its way. What it says and to whom stand in the letter.

    ``dernier_code``: the provider's code alone; its sentences may repeat an address. ``pris_le``: when a worker took
    it; one cut while sending is never sent again by itself: nobody is written to twice for the same thing.
    ``perime_le``: after that it has no sense (the hour of the appointment).
    """

    courrier = models.OneToOneField(Courrier, models.CASCADE, related_name="acheminement")
    statut = models.CharField(
        "statut", max_length=12, choices=StatutAcheminement.choices(), default=StatutAcheminement.EN_ATTENTE
    )
    essais = models.PositiveSmallIntegerField("essais", default=0)
    prochain_essai_le = models.DateTimeField("pas avant le")
    perime_le = models.DateTimeField("inutile après le", null=True, blank=True)
    pris_le = models.DateTimeField("pris le", null=True, blank=True)
    dernier_code = models.CharField("dernière réponse", max_length=40, blank=True)
    termine_le = models.DateTimeField("terminé le", null=True, blank=True)
    regle_le = models.DateTimeField("échec réglé le", null=True, blank=True)
    regle_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "acheminement"
        indexes = [
            models.Index(
                fields=["prochain_essai_le", "id"], condition=models.Q(statut="en_attente"), name="acheminement_file"
            ),
            models.Index(
                fields=["id"], condition=models.Q(statut__in=("refuse", "abandonne", "en_cours")),
                name="acheminement_echecs",
            ),
        ]  # fmt: skip

    @property
    def etat_statut(self) -> StatutAcheminement:
        """Where it stands, with its words."""
        return StatutAcheminement(self.statut)

    class Confidentialite:
        neutre = {"id", "courrier", "statut", "essais", "prochain_essai_le", "perime_le", "pris_le", "dernier_code",
                  "termine_le", "regle_le", "regle_par"}  # fmt: skip
