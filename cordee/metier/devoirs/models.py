"""Decisions of the Département on the allowance. (Their instruction comes with the procedures.)"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.devoirs.enums import MotifMesure, NatureMesure, StatutMesure


class MesureDecidee(models.Model):
    """A suspension, reduction, suppression or end of right decided by the Département, and its echo in the files.

    ``taux``: share of the allowance withheld, in percent; or ``montant``, in euros a month. ``fin``: first day after
    the measure. ``vue_le``: reference date of the first file in which the paying body applies it (``caf.constats``).
    ``preuve``: reference of the decision (order, deliberation), never its text.
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="mesures")
    nature = models.CharField("nature", max_length=20, choices=NatureMesure.choices())
    motif = models.CharField("motif", max_length=30, choices=MotifMesure.choices())
    taux = models.PositiveSmallIntegerField("part retirée (%)", null=True, blank=True)
    montant = models.DecimalField("montant retiré par mois", max_digits=8, decimal_places=2, null=True, blank=True)
    decidee_le = models.DateField("décidée le")
    debut = models.DateField("à compter du")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)
    transmise_le = models.DateField("transmise à la caisse le", null=True, blank=True)
    statut = models.CharField("statut", max_length=10, choices=StatutMesure.choices(), default=StatutMesure.DECIDEE)
    preuve = models.CharField("référence de la décision", max_length=80)
    vue_le = models.DateField("appliquée d'après le fichier du", null=True, blank=True)
    saisie_le = models.DateTimeField("saisie le")
    saisie_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "mesure décidée"
        indexes = [models.Index(fields=["personne", "-debut"], name="mesure_personne")]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
                name="mesure_dates",
                violation_error_message="La fin de la mesure doit suivre son début.",
            ),
            models.CheckConstraint(
                condition=Q(taux__isnull=True) | Q(taux__gte=1, taux__lte=100),
                name="mesure_taux",
                violation_error_message="La part retirée va de 1 à 100 %.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "saisie_le", "saisie_par"}
        personnelle = {"decidee_le", "debut", "fin", "transmise_le", "statut", "preuve", "vue_le"}
        sensible = {"nature", "motif", "taux", "montant"}
