"""What is aimed at: an indicator, a territory, a value, a day, somebody who answers for it, a text it comes from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.reglementation.enums import Nature


class Cible(models.Model):
    """A target (REQ-80, REQ-88): never changed, only taken back and fixed anew, so that last year's promise stays.

    ``valeur``: in the unit of the indicator. ``echeance``: the day it must be reached. ``agent`` or ``organisme``: who
    answers for it. ``origine``: the deliberation, the page of the programme, the decree. ``nature``: what it is worth
    (E08). ``retiree_le``: when it stopped being aimed at.
    """

    code = models.CharField("indicateur", max_length=60)
    territoire = models.CharField("territoire", max_length=40)
    valeur = models.FloatField("valeur visée")
    echeance = models.DateField("à atteindre le")
    nature = models.CharField("nature", max_length=16, choices=Nature.choices())
    agent = models.ForeignKey(
        "organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="agent responsable",
    )  # fmt: skip
    organisme = models.CharField("service ou organisme responsable", max_length=120, blank=True)
    origine = models.CharField("texte d'origine", max_length=300)
    fixee_le = models.DateField("fixée le")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", db_index=False)
    enregistree_le = models.DateTimeField("enregistrée le")
    retiree_le = models.DateTimeField("retirée le", null=True, blank=True)
    retiree_par = models.ForeignKey(
        "organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+", db_index=False
    )
    motif = models.CharField("motif du retrait", max_length=200, blank=True)

    class Meta:
        verbose_name = "cible"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "territoire", "echeance"], condition=Q(retiree_le__isnull=True), name="cible_unique",
                violation_error_message="Une cible existe déjà pour cet indicateur, ce territoire et cette date.",
            ),
            models.CheckConstraint(
                condition=Q(agent__isnull=False) | ~Q(organisme=""), name="cible_responsable",
                violation_error_message="Dites qui répond de cette cible : un agent, ou un service.",
            ),
            models.CheckConstraint(
                condition=~Q(origine=""), name="cible_origine",
                violation_error_message="Dites d'où vient cette cible : délibération, page du programme, décret.",
            ),
            models.CheckConstraint(
                condition=Q(echeance__gte=F("fixee_le")), name="cible_dates",
                violation_error_message="Une cible se fixe avant la date où elle doit être atteinte.",
            ),
            models.CheckConstraint(
                condition=Q(retiree_le__isnull=True, retiree_par__isnull=True)
                | (Q(retiree_le__isnull=False, retiree_par__isnull=False) & ~Q(motif="")),
                name="cible_retrait",
                violation_error_message="Une cible retirée porte qui, quand et pourquoi.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "code", "territoire", "valeur", "echeance", "nature", "agent", "organisme", "origine",
                  "fixee_le", "par", "enregistree_le", "retiree_le", "retiree_par", "motif"}  # fmt: skip

    @property
    def proprietaire(self) -> str:
        """Who answers for it, in words. Read with ``select_related("agent")``."""
        noms = [str(self.agent)] if self.agent is not None else []
        return ", ".join([*noms, *([self.organisme] if self.organisme else [])])
