"""Appointments offered to people, and what became of them."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from cordee.metier.rendezvous.enums import (
    GenreRendezVous,
    ModaliteRendezVous,
    MotifExcuse,
    MotifVenue,
    StatutRendezVous,
)
from cordee.metier.rendezvous.models.base import IntervalleHoraire


class RendezVous(models.Model):
    """A meeting offered to a person, and what became of it.

    ``creneau``: the slot whose place it holds. ``suite``: the adjacent slot held as well when she needs more time
    (interpreter: length × 1.5, R47).

    The desk (R1, R2): ``retard_annonce`` she told us she would be late; ``arrive_le``, ``recu_le``, ``parti_le`` the
    hours of the day; ``venue`` why somebody nobody expected came. ``motif_excuse``: coded, never a medical detail.
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="rendez_vous", db_index=False)
    genre = models.CharField("objet", max_length=20, choices=GenreRendezVous.choices())
    modalite = models.CharField("modalité", max_length=12, choices=ModaliteRendezVous.choices())
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="+", db_index=False)
    agent = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="rendez_vous")
    lieu = models.CharField("lieu", max_length=200, blank=True)
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin")
    statut = models.CharField(
        "statut", max_length=20, choices=StatutRendezVous.choices(), default=StatutRendezVous.PREVU
    )
    interprete = models.CharField("interprète", max_length=40, blank=True)
    creneau = models.ForeignKey(
        "rendezvous.Creneau", models.RESTRICT, null=True, blank=True, related_name="rendez_vous", db_index=False
    )
    suite = models.ForeignKey(
        "rendezvous.Creneau", models.RESTRICT, null=True, blank=True, related_name="+", db_index=False
    )
    retard_annonce = models.PositiveSmallIntegerField("retard annoncé (minutes)", null=True, blank=True)
    arrive_le = models.DateTimeField("arrivée à", null=True, blank=True)
    recu_le = models.DateTimeField("reçue à", null=True, blank=True)
    parti_le = models.DateTimeField("repartie à", null=True, blank=True)
    motif_excuse = models.CharField(
        "motif d'excuse", max_length=20, choices=MotifExcuse.choices(), blank=True, default="", db_default=""
    )
    venue = models.CharField(
        "venue sans être attendue", max_length=20, choices=MotifVenue.choices(), blank=True, default="", db_default=""
    )
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "rendez-vous"
        indexes = [
            models.Index(fields=["personne", "debut"], name="rdv_personne"),
            models.Index(fields=["structure", "debut"], name="rdv_structure"),
            models.Index(fields=["personne", "debut"], condition=Q(statut="prevu"), name="rdv_prevu"),
            models.Index(
                fields=["agent", "debut"],
                include=["fin"],
                condition=Q(statut="prevu", creneau__isnull=True),
                name="rdv_sans_creneau",
            ),
            models.Index(fields=["creneau"], condition=Q(creneau__isnull=False), name="rdv_creneau"),
            models.Index(fields=["suite"], condition=Q(suite__isnull=False), name="rdv_suite"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut")),
                name="rdv_dates",
                violation_error_message="La fin du rendez-vous doit suivre son début.",
            ),
            models.CheckConstraint(
                condition=Q(motif_excuse="") | Q(statut="excuse"),
                name="rdv_motif_d_une_excuse",
                violation_error_message="Un motif d'excuse ne se note que pour une absence excusée.",
            ),
            models.CheckConstraint(
                condition=Q(recu_le__isnull=True) | Q(arrive_le__isnull=True) | Q(recu_le__gte=F("arrive_le")),
                name="rdv_recue_apres_arrivee",
                violation_error_message="Une personne est reçue après son arrivée.",
            ),
            ExclusionConstraint(
                name="rdv_agent_disponible",
                expressions=[
                    ("agent", RangeOperators.EQUAL),
                    (IntervalleHoraire("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                # With a slot, the slot holds the agent's time.
                condition=Q(statut="prevu", agent__isnull=False, creneau__isnull=True) & ~Q(genre="collectif"),
                violation_error_message="Cet agent a déjà un rendez-vous à cette heure.",
            ),
            ExclusionConstraint(
                name="rdv_personne_disponible",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    (IntervalleHoraire("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                condition=Q(statut="prevu"),
                violation_error_message="Cette personne a déjà un rendez-vous à cette heure.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "genre", "modalite", "structure", "agent", "lieu", "debut", "fin", "version",
                  "creneau", "suite"}  # fmt: skip
        personnelle = {"statut", "interprete", "retard_annonce", "arrive_le", "recu_le", "parti_le", "motif_excuse",
                       "venue"}  # fmt: skip
