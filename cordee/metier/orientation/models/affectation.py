"""The allocation of people to named référents: what each référent can do, then proposals and their lines.

A proposal is a draft that a manager changes and validates; only its validation touches the path (events). It keeps
the version of the weights and the reasons, codes only, so that each choice can be explained later (CRPA R311-3-1-2).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cordee.metier.orientation.affectation.enums import (
    Mode,
    MotifDeplacement,
    MotifSansSolution,
    ResultatLigne,
    Specialite,
    StatutProposition,
)
from cordee.metier.parcours.enums import Voie


class ReglageReferent(models.Model):
    """What an agent can take in a structure: capacity (R18), part-time and days off (R19), trade, languages (R47).

    Without a row, the capacity of her kind of structure holds (table of weights), full time, no particular trade.
    """

    agent = models.ForeignKey("organismes.Agent", models.CASCADE, related_name="reglages")
    structure = models.ForeignKey("organismes.Structure", models.CASCADE, related_name="reglages_referents")
    capacite = models.PositiveSmallIntegerField("personnes suivies à la fois, à temps plein", null=True, blank=True)
    quotite = models.PositiveSmallIntegerField("quotité de travail (%)", default=100)
    specialites = ArrayField(
        models.CharField(max_length=30, choices=Specialite.choices()), verbose_name="spécialités", default=list,
        blank=True,
    )  # fmt: skip
    langues = ArrayField(models.CharField(max_length=40), verbose_name="langues parlées", default=list, blank=True)
    repos = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name="jours non travaillés (0 : lundi)", default=list,
        db_default=[], blank=True,
    )  # fmt: skip
    suspendu = models.BooleanField("ne reçoit plus de nouvelle personne", default=False)

    class Meta:
        verbose_name = "réglage d'un référent"
        constraints = [
            models.UniqueConstraint(fields=["agent", "structure"], name="reglage_referent_unique"),
            models.CheckConstraint(
                condition=Q(quotite__gte=10, quotite__lte=100),
                name="reglage_referent_quotite",
                violation_error_message="La quotité va de 10 à 100 %.",
            ),
            models.CheckConstraint(
                condition=Q(capacite__isnull=True) | Q(capacite__lte=500),
                name="reglage_referent_capacite",
                violation_error_message="Un référent ne suit pas plus de 500 personnes.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "agent", "structure", "capacite", "quotite", "specialites", "repos", "suspendu"}
        personnelle = {"langues"}


class ReglageStructure(models.Model):
    """The trade of a team (REQ-98), and whether it serves the whole département whatever the commune."""

    structure = models.OneToOneField("organismes.Structure", models.CASCADE, related_name="reglage")
    specialite = models.CharField("spécialité", max_length=30, choices=Specialite.choices(), blank=True)
    departementale = models.BooleanField("reçoit tout le département", default=False)

    class Meta:
        verbose_name = "réglage d'une structure"

    class Confidentialite:
        neutre = {"id", "structure", "specialite", "departementale"}


class BesoinAccueil(models.Model):
    """What a person asked for to be received: a place she can enter. Never why."""

    personne = models.OneToOneField("personnes.Personne", models.RESTRICT, related_name="besoin_accueil")
    lieu_accessible = models.BooleanField("a besoin d'un lieu accessible", default=False)
    note_le = models.DateTimeField("noté le")
    note_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "besoin d'accueil"

    class Confidentialite:
        neutre = {"id", "personne", "note_le", "note_par"}
        sensible = {"lieu_accessible"}


class PropositionAffectation(models.Model):
    """One allocation: a day, a perimeter, the weights it used, what it is worth. ``structure`` null: everybody.

    ``bilan``: totals, comparison with first come first served, worth of one more place; ``charges``: places and loads
    it was calculated with (``selectors.affectations.charges_de``). Ids and counts only.
    """

    au = models.DateField("au")
    mode = models.CharField("façon", max_length=10, choices=Mode.choices(), default=Mode.LOT)
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, blank=True, related_name="+")
    bareme = models.CharField("version du barème", max_length=40)
    empreinte = models.CharField("empreinte du barème", max_length=12)
    statut = models.CharField(
        "état", max_length=12, choices=StatutProposition.choices(), default=StatutProposition.BROUILLON
    )
    cout = models.BigIntegerField("coût")
    borne = models.BigIntegerField("borne prouvée")
    cout_premier_arrive = models.BigIntegerField("coût du premier arrivé, premier servi")
    bilan = models.JSONField("bilan", default=dict)
    charges = models.JSONField("charges lues", default=dict)
    version = models.PositiveIntegerField("version", default=1)
    cree_le = models.DateTimeField("calculée le")
    cree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    validee_le = models.DateTimeField("validée le", null=True, blank=True)
    validee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    acte = models.UUIDField("acte", null=True, blank=True)

    class Meta:
        verbose_name = "proposition d'affectation"
        verbose_name_plural = "propositions d'affectation"
        constraints = [
            models.UniqueConstraint(
                fields=["structure"], condition=Q(statut="brouillon"), nulls_distinct=False,
                name="proposition_un_brouillon",
                violation_error_message="Une affectation est déjà en cours de relecture pour ce périmètre.",
            ),
            models.CheckConstraint(
                condition=~Q(statut="validee") | Q(validee_le__isnull=False, acte__isnull=False),
                name="proposition_validee_par",
                violation_error_message="Une affectation validée dit quand et par qui.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "au", "mode", "structure", "bareme", "empreinte", "statut", "cout", "borne",
                  "cout_premier_arrive", "bilan", "charges", "version", "cree_le", "cree_par", "validee_le",
                  "validee_par", "acte"}  # fmt: skip


class LigneAffectation(models.Model):
    """One person of a proposal. ``structure``/``agent`` null: nobody, for the coded reason ``motif``.

    ``repere``: her last event when the proposal was made: a line whose person changed since is not applied.
    ``propose_structure``/``propose_agent``: what the calculation said when a professional moved her.
    """

    proposition = models.ForeignKey(PropositionAffectation, models.CASCADE, related_name="lignes")
    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="+")
    voie = models.CharField("voie", max_length=20, choices=Voie.choices())
    depuis = models.DateField("attend depuis")
    structure_decidee = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, related_name="+")
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, related_name="+")
    agent = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+")
    cout = models.IntegerField("points", null=True)
    raisons = models.JSONField("raisons", default=list)
    suivant = models.JSONField("choix suivant", default=dict)
    motif = models.CharField("pourquoi personne", max_length=30, choices=MotifSansSolution.choices(), blank=True)
    verrou = models.BooleanField("verrouillée", default=False)
    deplacee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+")
    deplacee_le = models.DateTimeField("déplacée le", null=True)
    motif_deplacement = models.CharField("raison", max_length=30, choices=MotifDeplacement.choices(), blank=True)
    propose_structure = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, related_name="+")
    propose_agent = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+")
    repere = models.BigIntegerField("dernier événement connu")
    resultat = models.CharField(
        "suite", max_length=12, choices=ResultatLigne.choices(), default=ResultatLigne.EN_ATTENTE
    )
    refus = models.CharField("pourquoi elle n'est pas faite", max_length=300, blank=True)

    class Meta:
        verbose_name = "ligne d'affectation"
        verbose_name_plural = "lignes d'affectation"
        constraints = [
            models.UniqueConstraint(fields=["proposition", "personne"], name="ligne_affectation_unique"),
            models.CheckConstraint(
                condition=Q(structure__isnull=True, agent__isnull=True)
                | Q(structure__isnull=False, agent__isnull=False, motif=""),
                name="ligne_affectation_entiere",
                violation_error_message="Une affectation nomme une structure et un référent, ou dit pourquoi personne.",
            ),
            models.CheckConstraint(
                condition=~Q(verrou=True) | Q(agent__isnull=False),
                name="ligne_affectation_verrou",
                violation_error_message="On ne verrouille qu'un choix qui nomme un référent.",
            ),
        ]
        indexes = [models.Index(F("proposition"), F("structure"), F("agent"), name="ligne_affectation_referent")]

    class Confidentialite:
        neutre = {"id", "proposition", "personne", "structure_decidee", "structure", "agent", "cout", "verrou",
                  "deplacee_par", "deplacee_le", "motif_deplacement", "propose_structure", "propose_agent", "repere",
                  "resultat", "refus", "motif", "depuis"}  # fmt: skip
        personnelle = {"voie"}
        sensible = {"raisons", "suivant"}
