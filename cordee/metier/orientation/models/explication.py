"""The request of a person to know how a proposal was made, and the letter that answers (CRPA R311-3-1-2)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.orientation.models.orientation import Orientation


class DemandeExplication(models.Model):
    """One request about one decision, and the letter that answered it."""

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="+")
    orientation = models.ForeignKey(Orientation, models.RESTRICT, related_name="explications")
    demandee_le = models.DateField("demandée le")
    notee_le = models.DateTimeField("notée le")
    notee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    courrier = models.ForeignKey("courriers.Courrier", models.RESTRICT, null=True, blank=True, related_name="+")
    repondue_le = models.DateTimeField("répondue le", null=True, blank=True)

    class Meta:
        verbose_name = "demande d'explication"
        constraints = [
            models.CheckConstraint(
                condition=Q(repondue_le__isnull=True) | Q(repondue_le__gte=F("notee_le")),
                name="explication_dates",
                violation_error_message="La réponse ne peut pas précéder la demande.",
            ),
        ]
        indexes = [models.Index(fields=["orientation", "-demandee_le"], name="explication_orientation")]

    class Confidentialite:
        neutre = {"id", "personne", "orientation", "notee_le", "notee_par", "courrier", "repondue_le"}
        personnelle = {"demandee_le"}
