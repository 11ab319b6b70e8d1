"""Hand-overs of an accompaniment, and the person's own requests about it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.orientation.cycle import OUVERTS
from cordee.metier.orientation.enums import (
    Demandeur,
    IssueReorientation,
    MotifChangement,
    MotifRefusChangement,
    MotifRefusRelais,
    MotifRefusReorientation,
    MotifRelais,
    MotifReorientation,
    StatutRelais,
)


class Relais(models.Model):
    """One hand-over: proposed, acknowledged, accepted or refused (REQ-114). Its clock is the échéance of the path.

    ``note`` holds what the receiver may know, and nothing of the diagnosis: she reads it before she accepts. The
    ``*_structure`` of a person who waits for a body (``a_reaffecter``) is the one that has ended.
    ``decision``: another legal body; accepting is then a new decision, taken by who proposed (L5411-5-1, V14).
    ``avant_le``: the day the present body ends (mass transfer with dates, R59).
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="relais")
    de_structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="+")
    de_agent = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+")
    vers_structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="relais_recus")
    vers_agent = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    motif = models.CharField("raison", max_length=20, choices=MotifRelais.choices())
    note = models.TextField("note de relais", blank=True)
    decision = models.BooleanField("demande une nouvelle décision d'orientation", default=False)
    avant_le = models.DateField("à recevoir avant le", null=True, blank=True)
    statut = models.CharField("état", max_length=12, choices=StatutRelais.choices(), default=StatutRelais.PROPOSE)
    lot = models.UUIDField("transfert d'ensemble", null=True, blank=True)
    propose_le = models.DateTimeField("proposé le")
    propose_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    recu_le = models.DateTimeField("bien reçu le", null=True, blank=True)
    recu_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+")
    clos_le = models.DateTimeField("clos le", null=True, blank=True)
    clos_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+")
    motif_refus = models.CharField("raison du refus", max_length=20, choices=MotifRefusRelais.choices(), blank=True)

    class Meta:
        verbose_name = "relais"
        constraints = [
            models.UniqueConstraint(
                fields=["personne"],
                condition=Q(statut__in=[str(s) for s in OUVERTS]),
                name="relais_un_seul_ouvert",
                violation_error_message="Un relais est déjà en cours pour cette personne.",
            ),
            models.CheckConstraint(
                condition=~Q(statut=StatutRelais.REFUSE) | ~Q(motif_refus=""),
                name="relais_refus_motive",
                violation_error_message="Indiquez la raison du refus.",
            ),
            models.CheckConstraint(
                condition=~Q(de_structure=F("vers_structure")) | Q(vers_agent__isnull=False),
                name="relais_vers_ailleurs",
                violation_error_message="Choisissez une autre structure, ou un autre référent de la même.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["vers_structure", "propose_le"],
                condition=Q(statut__in=[str(s) for s in OUVERTS]),
                name="relais_a_recevoir",
            ),
            models.Index(
                fields=["de_structure", "propose_le"],
                condition=Q(statut__in=[str(s) for s in OUVERTS]),
                name="relais_envoyes",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "de_structure", "de_agent", "vers_structure", "vers_agent", "decision",
                  "avant_le", "statut", "lot", "propose_le", "propose_par", "recu_le", "recu_par", "clos_le",
                  "clos_par", "motif_refus"}  # fmt: skip
        personnelle = {"motif"}
        sensible = {"note"}

    @property
    def etat_lu(self) -> StatutRelais:
        """Where it stands, with its words."""
        return StatutRelais(self.statut)


class DemandeReorientation(models.Model):
    """A request for another orientation, by the person or her body, and what was decided (C. trav. D5411-8-2, E12).

    ``parole``: the person's own words, as she said or wrote them. ``explication``: what the answer tells her.
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="demandes_reorientation")
    demandeur = models.CharField("demandée par", max_length=12, choices=Demandeur.choices())
    motif = models.CharField("raison", max_length=20, choices=MotifReorientation.choices())
    parole = models.TextField("ce que dit la personne", blank=True)
    souhait = models.CharField("ce qu'elle souhaite", max_length=200, blank=True)
    demandee_le = models.DateTimeField("demandée le")
    demandee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    issue = models.CharField(
        "réponse", max_length=12, choices=IssueReorientation.choices(), default=IssueReorientation.EN_ATTENTE
    )
    decidee_le = models.DateTimeField("décidée le", null=True, blank=True)
    decidee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+")
    motif_refus = models.CharField(
        "raison du refus", max_length=20, choices=MotifRefusReorientation.choices(), blank=True
    )
    explication = models.TextField("explication donnée", blank=True)
    orientation = models.ForeignKey("orientation.Orientation", models.RESTRICT, null=True, related_name="+")
    refus_notifie_le = models.DateField("refus notifié à date certaine le", null=True, blank=True)

    class Meta:
        verbose_name = "demande de réorientation"
        constraints = [
            models.UniqueConstraint(
                fields=["personne"],
                condition=Q(issue=IssueReorientation.EN_ATTENTE),
                name="reorientation_une_seule_en_attente",
                violation_error_message="Une demande de réorientation attend déjà une décision.",
            ),
        ]
        indexes = [models.Index(fields=["personne", "-demandee_le"], name="reorientation_personne")]

    class Confidentialite:
        neutre = {"id", "personne", "demandeur", "demandee_le", "demandee_par", "issue", "decidee_le", "decidee_par",
                  "motif_refus", "orientation", "refus_notifie_le"}  # fmt: skip
        personnelle = {"motif", "explication", "souhait"}
        sensible = {"parole"}


class DemandeChangement(models.Model):
    """A person asks for another référent; the reason is optional (R83). It stays open until it is answered."""

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="demandes_changement")
    agent = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    motif = models.CharField("raison", max_length=20, choices=MotifChangement.choices())
    parole = models.TextField("ce que dit la personne", blank=True)
    demandee_le = models.DateTimeField("demandée le")
    demandee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    repondue_le = models.DateTimeField("répondue le", null=True, blank=True)
    repondue_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+")
    nouvel_agent = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+")
    motif_refus = models.CharField("raison du refus", max_length=20, choices=MotifRefusChangement.choices(), blank=True)

    class Meta:
        verbose_name = "demande de changement de référent"
        constraints = [
            models.UniqueConstraint(
                fields=["personne"],
                condition=Q(repondue_le__isnull=True),
                name="changement_un_seul_en_attente",
                violation_error_message="Une demande de changement de référent attend déjà une réponse.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "agent", "demandee_le", "demandee_par", "repondue_le", "repondue_par",
                  "nouvel_agent", "motif_refus"}  # fmt: skip
        personnelle = {"motif"}
        sensible = {"parole"}
