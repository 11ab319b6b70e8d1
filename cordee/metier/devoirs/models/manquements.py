"""What is reported, and what is looked at before anything else: legitimate reasons, rights not used."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.devoirs.enums import MotifLegitime, StatutManquement, TypeManquement


class Manquement(models.Model):
    """Facts reported as a breach (CASF L262-37 I). A report is never a sanction: it is examined with the person.

    ``engagement``: the promise of the contract in force that was not kept (``non_respect_contrat``: a step that stands
    in no contract in force cannot be reproached, CE 15 December 2015, E07). ``demarches_accomplies``: what the référent
    did to bring the person back (CASF R262-69). ``persistance_de``: the measure at whose end nothing had changed (E17).
    ``contrat``: the contract refused or not respected.
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="manquements")
    type = models.CharField("manquement", max_length=30, choices=TypeManquement.choices())
    faits_du = models.DateField("faits du")
    faits_au = models.DateField("au", null=True, blank=True)
    contrat = models.ForeignKey("contrats.Contrat", models.RESTRICT, null=True, blank=True, related_name="manquements")
    engagement = models.ForeignKey(
        "contrats.Engagement", models.RESTRICT, null=True, blank=True, related_name="manquements"
    )
    persistance_de = models.ForeignKey(
        "devoirs.MesureDecidee", models.RESTRICT, null=True, blank=True, related_name="persistances"
    )
    procedure = models.ForeignKey(
        "devoirs.Procedure", models.RESTRICT, null=True, blank=True, related_name="manquements"
    )
    description = models.TextField("ce qui s'est passé", blank=True)
    demarches_accomplies = models.TextField("ce qui a été fait pour aider", blank=True)
    signale_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, blank=True, related_name="+")
    signale_le = models.DateTimeField("signalé le")
    statut = models.CharField(
        "état", max_length=20, choices=StatutManquement.choices(), default=StatutManquement.SIGNALE
    )
    clos_le = models.DateField("clos le", null=True, blank=True)

    class Meta:
        verbose_name = "manquement signalé"
        indexes = [
            models.Index(fields=["personne", "-signale_le"], name="manquement_personne"),
            models.Index(
                fields=["signale_le"], condition=Q(statut__in=("signale", "examine")), name="manquement_a_examiner"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(faits_au__isnull=True) | Q(faits_au__gte=F("faits_du")),
                name="manquement_dates",
                violation_error_message="La fin des faits ne peut pas précéder leur début.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "contrat", "engagement", "persistance_de", "procedure", "signale_par", "structure",
                  "signale_le"}  # fmt: skip
        personnelle = {"faits_du", "faits_au", "statut", "clos_le"}
        sensible = {"type", "description", "demarches_accomplies"}


class ExamenMotif(models.Model):
    """A legitimate reason looked for, and what was found: before anything, and again before deciding (E27).

    ``procedure`` is empty for the first examination. ``justificatif_vu``: kind of the proof that was *seen* on
    ``vu_le``; a medical paper is never kept (V11). ``echange``: she was spoken with, or tried how many times.
    """

    manquement = models.ForeignKey(Manquement, models.RESTRICT, related_name="examens")
    procedure = models.ForeignKey("devoirs.Procedure", models.RESTRICT, null=True, blank=True, related_name="examens")
    motif = models.CharField("motif", max_length=20, choices=MotifLegitime.choices())
    retenu = models.BooleanField("motif légitime retenu")
    echange = models.BooleanField("la personne a été entendue", default=False)
    elements = models.TextField("éléments recueillis")
    justificatif_vu = models.CharField("justificatif vu", max_length=80, blank=True)
    vu_le = models.DateField("vu le", null=True, blank=True)
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    le = models.DateTimeField("examiné le")

    class Meta:
        verbose_name = "examen du motif légitime"
        indexes = [models.Index(fields=["manquement", "-le"], name="examen_motif_manquement")]

    class Confidentialite:
        neutre = {"id", "manquement", "procedure", "par", "le", "echange"}
        personnelle = {"vu_le"}
        sensible = {"motif", "retenu", "elements", "justificatif_vu"}


class DroitsVerifies(models.Model):
    """Rights not used, looked at before any step, and towards whom the person was helped.

    ``constats``: id of the right (``reglementation.autres_droits``) → what was found (``SuiteDroit``).
    """

    manquement = models.ForeignKey(Manquement, models.RESTRICT, related_name="droits_verifies")
    constats = models.JSONField("droits examinés", default=dict)
    orientee_vers = models.CharField("aidée par", max_length=160, blank=True)
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    le = models.DateTimeField("vérifié le")

    class Meta:
        verbose_name = "droits vérifiés"

    class Confidentialite:
        neutre = {"id", "manquement", "par", "le"}
        sensible = {"constats", "orientee_vers"}
