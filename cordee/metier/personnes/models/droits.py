"""Rights as dated rows built from differences between files. A figure for last year reads last year's rows."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from cordee.metier.organismes.models import Intervalle
from cordee.metier.personnes.enums import (
    EtatDroit,
)
from cordee.metier.personnes.models.bases import dates_ordonnees
from cordee.metier.personnes.models.foyers import Foyer
from cordee.metier.personnes.models.identite import Personne


class DroitFoyer(models.Model):
    """The state of a household's right over a period, dated by the file's reference date."""

    foyer = models.ForeignKey(Foyer, models.RESTRICT, related_name="droits")
    etat = models.CharField("état", max_length=8, choices=EtatDroit.choices())
    motif = models.CharField("motif", max_length=8, blank=True)
    motif_le = models.DateField("date du motif", null=True, blank=True)
    montant = models.DecimalField("montant total du droit", max_digits=9, decimal_places=2, null=True, blank=True)
    detail = models.JSONField("détail transmis", default=dict)
    fichier_id = models.BigIntegerField("fichier d'origine", null=True)
    debut = models.DateField("depuis (date de référence)")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "droit du foyer"
        indexes = [models.Index(fields=["foyer"], condition=Q(fin__isnull=True), name="droit_foyer_courant")]
        constraints = [
            dates_ordonnees("droit_foyer_dates"),
            ExclusionConstraint(
                name="droit_foyer_sans_chevauchement",
                expressions=[
                    ("foyer", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Un état du droit existe déjà à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "foyer", "fichier_id", "debut", "fin"}
        personnelle = {"etat", "motif", "motif_le"}
        sensible = {"montant", "detail"}


class DroitPersonne(models.Model):
    """Whether a person is soumise aux droits et devoirs over a period (CASF L262-28; flag of the file, E30).

    ``sdd`` null: the flag was not transmitted. Unknown is not "non soumise".
    """

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="droits")
    foyer = models.ForeignKey(Foyer, models.RESTRICT, related_name="droits_personnes")
    sdd = models.BooleanField("soumise aux droits et devoirs", null=True)
    entrante = models.BooleanField("signalée entrante", null=True)
    ressources = models.DecimalField("ressources mensuelles", max_digits=9, decimal_places=2, null=True, blank=True)
    detail = models.JSONField("détail transmis", default=dict)
    fichier_id = models.BigIntegerField("fichier d'origine", null=True)
    debut = models.DateField("depuis (date de référence)")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "droit de la personne"
        indexes = [
            models.Index(fields=["personne"], condition=Q(fin__isnull=True), name="droit_personne_courant"),
            models.Index(fields=["personne", "foyer"], condition=Q(fin__isnull=True, sdd=True), name="droit_soumis"),
        ]
        constraints = [
            dates_ordonnees("droit_personne_dates"),
            ExclusionConstraint(
                name="droit_personne_sans_chevauchement",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    ("foyer", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Un droit existe déjà à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "foyer", "fichier_id", "debut", "fin"}
        personnelle = {"sdd", "entrante"}
        sensible = {"ressources", "detail"}


class OuvertureDroit(models.Model):
    """The four dates of E06 for one entry of a person: demande, effet, décision or first transmission, réception.

    The six weeks of CASF D262-65-2 run from ``recue_le``.
    """

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="ouvertures", db_index=False)
    foyer = models.ForeignKey(Foyer, models.RESTRICT, related_name="ouvertures")
    demande_le = models.DateField("demande", null=True, blank=True)
    effet_le = models.DateField("effet du droit", null=True, blank=True)
    transmise_le = models.DateField("première transmission")
    recue_le = models.DateField("réception par le Département")
    retour = models.BooleanField("retour de moins de douze mois", default=False)

    class Meta:
        verbose_name = "ouverture de droit"
        indexes = [models.Index(fields=["personne", "-recue_le"], name="ouverture_personne")]

    class Confidentialite:
        neutre = {"id", "personne", "foyer"}
        personnelle = {"demande_le", "effet_le", "transmise_le", "recue_le", "retour"}
