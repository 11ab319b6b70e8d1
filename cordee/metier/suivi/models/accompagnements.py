"""Accompagnement global, points of particular situations, joint reviews, complaints."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.parcours.enums import Etat
from cordee.metier.suivi.enums import (
    CanalReclamation,
    Constat,
    GenreReclamation,
    IssueGlobale,
    IssueReclamation,
    ObjetReclamation,
    ResultatRevue,
)

PERSONNE, AGENT, STRUCTURE = "personnes.Personne", "organismes.Agent", "organismes.Structure"


class AccompagnementGlobal(models.Model):
    """A référent of the social service and a co-référent of the employment operator on one plan (E09, REQ-31).

    ``sans_rsa``: she was in no household of the RSA when she came in: it is also open to people without it.
    """

    personne = models.ForeignKey(PERSONNE, models.RESTRICT, related_name="accompagnements_globaux")
    structure = models.ForeignKey(STRUCTURE, models.RESTRICT, related_name="+")
    referent = models.ForeignKey(AGENT, models.RESTRICT, null=True, blank=True, related_name="+")
    coreferent_structure = models.ForeignKey(STRUCTURE, models.RESTRICT, related_name="+")
    coreferent = models.ForeignKey(AGENT, models.RESTRICT, null=True, blank=True, related_name="+")
    coreferent_nom = models.CharField("conseillère ou conseiller", max_length=80, blank=True)
    sans_rsa = models.BooleanField("sans RSA à l'entrée")
    debut = models.DateField("entrée le")
    fin = models.DateField("sortie le", null=True, blank=True)
    issue = models.CharField("issue", max_length=20, choices=IssueGlobale.choices(), blank=True)
    ouvert_par = models.ForeignKey(AGENT, models.RESTRICT, related_name="+")
    ouvert_le = models.DateTimeField("enregistré le")
    clos_par = models.ForeignKey(AGENT, models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "accompagnement global"
        verbose_name_plural = "accompagnements globaux"
        indexes = [models.Index(fields=["debut", "fin"], name="global_dates")]
        constraints = [
            models.UniqueConstraint(
                fields=["personne"], condition=Q(fin=None), name="global_un_en_cours",
                violation_error_message="Cette personne est déjà en accompagnement global.",
            ),
            models.CheckConstraint(
                condition=Q(fin=None, issue="") | (Q(fin__gte=F("debut")) & ~Q(issue="")), name="global_issue",
                violation_error_message="Une sortie a une date et une issue.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "personne", "structure", "referent", "coreferent_structure", "coreferent", "coreferent_nom",
                  "debut", "fin", "ouvert_par", "ouvert_le", "clos_par"}  # fmt: skip
        personnelle = {"sans_rsa", "issue"}


class ObjectifGlobal(models.Model):
    """What is aimed at for a year: entries, people at once, those without RSA among them, access to work (REQ-93)."""

    annee = models.PositiveSmallIntegerField("année", unique=True)
    entrees = models.PositiveIntegerField("entrées dans l'année")
    en_cours = models.PositiveIntegerField("personnes en même temps")
    sans_rsa = models.PositiveIntegerField("dont personnes sans RSA")
    part_emploi = models.DecimalField("part des sorties vers l'emploi (%)", max_digits=4, decimal_places=1)
    fixe_par = models.ForeignKey(AGENT, models.RESTRICT, related_name="+")
    fixe_le = models.DateTimeField("fixé le")

    class Meta:
        verbose_name = "objectif d'accompagnement global"
        verbose_name_plural = "objectifs d'accompagnement global"

    class Confidentialite:
        neutre = {"id", "annee", "entrees", "en_cours", "sans_rsa", "part_emploi", "fixe_par", "fixe_le"}


class PointSituation(models.Model):
    """What was seen of a particular situation: the act that closes its étape, and what opened it (``constat`` empty).

    Each situation uses its own columns (``regles.situations``): hours and end of a job, turnover of a quarter, end of
    an action, date of a reply or of a full pension.
    """

    personne = models.ForeignKey(PERSONNE, models.RESTRICT, related_name="points_situation")
    etat = models.CharField("situation", max_length=40, choices=Etat.choices())
    constat = models.CharField("constat", max_length=30, choices=Constat.choices(), blank=True)
    termine = models.BooleanField("la situation prend fin", default=False)
    fait_le = models.DateTimeField("fait le")
    par = models.ForeignKey(AGENT, models.RESTRICT, related_name="+")
    revue_le = models.DateField("prochain point", null=True, blank=True)
    debut_le = models.DateField("depuis le", null=True, blank=True)
    fin_le = models.DateField("fin prévue le", null=True, blank=True)
    date_cle = models.DateField("date attendue", null=True, blank=True)
    heures = models.DecimalField("heures par semaine", max_digits=4, decimal_places=1, null=True, blank=True)
    horaires = models.CharField("quand elle travaille", max_length=120, blank=True)
    trimestre = models.DateField("premier jour du trimestre", null=True, blank=True)
    chiffre_affaires = models.DecimalField("chiffre d'affaires", max_digits=9, decimal_places=2, null=True, blank=True)
    annule_le = models.DateTimeField("corrigé le", null=True, blank=True)

    class Meta:
        verbose_name = "point sur une situation"
        verbose_name_plural = "points sur une situation"
        indexes = [models.Index(fields=["personne", "-fait_le"], name="point_personne")]
        constraints = [
            models.CheckConstraint(
                condition=Q(chiffre_affaires=None) | Q(trimestre__isnull=False), name="point_chiffre_daffaires",
                violation_error_message="Un chiffre d'affaires est celui d'un trimestre.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "personne", "fait_le", "par", "revue_le", "annule_le", "termine"}
        personnelle = {"debut_le", "fin_le", "date_cle", "heures", "horaires", "trimestre", "chiffre_affaires"}
        sensible = {"etat", "constat"}


class RevueConjointe(models.Model):
    """The joint diagnosis of the employment operator and the référent, in the social path only (L262-31, E14)."""

    personne = models.ForeignKey(PERSONNE, models.RESTRICT, related_name="revues_conjointes")
    tenue_le = models.DateField("tenue le")
    operateur = models.ForeignKey(STRUCTURE, models.RESTRICT, related_name="+")
    conseiller = models.CharField("représenté par", max_length=80)
    personne_presente = models.BooleanField("la personne était présente")
    resultat = models.CharField("résultat", max_length=20, choices=ResultatRevue.choices())
    motif = models.TextField("motif", blank=True)
    revision_le = models.DateField("révision du contrat avant le", null=True, blank=True)
    prolonge = models.BooleanField("prochaine revue dans douze mois", default=False)
    demande = models.ForeignKey(
        "orientation.DemandeReorientation", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    par = models.ForeignKey(AGENT, models.RESTRICT, related_name="+")
    le = models.DateTimeField("enregistrée le")
    annule_le = models.DateTimeField("corrigée le", null=True, blank=True)

    class Meta:
        verbose_name = "diagnostic conjoint"
        verbose_name_plural = "diagnostics conjoints"
        indexes = [models.Index(fields=["personne", "-tenue_le"], name="revue_conjointe_personne")]

    class Confidentialite:
        neutre = {"id", "personne", "tenue_le", "operateur", "conseiller", "demande", "par", "le", "annule_le"}
        personnelle = {"personne_presente", "resultat", "revision_le", "prolonge"}
        sensible = {"motif"}


class Reclamation(models.Model):
    """A complaint or a request for mediation, with who answers and by when (R82)."""

    personne = models.ForeignKey(PERSONNE, models.RESTRICT, related_name="reclamations")
    genre = models.CharField("nature", max_length=15, choices=GenreReclamation.choices())
    objet = models.CharField("à propos de", max_length=20, choices=ObjetReclamation.choices())
    canal = models.CharField("reçue", max_length=12, choices=CanalReclamation.choices())
    parole = models.TextField("ce que dit la personne")
    recue_le = models.DateField("reçue le")
    repondre_avant = models.DateField("réponse avant le")
    saisie_par = models.ForeignKey(AGENT, models.RESTRICT, related_name="+")
    saisie_le = models.DateTimeField("saisie le")
    structure = models.ForeignKey(STRUCTURE, models.RESTRICT, null=True, blank=True, related_name="+")
    issue = models.CharField("issue", max_length=15, choices=IssueReclamation.choices(), blank=True)
    reponse = models.TextField("réponse faite", blank=True)
    repondue_le = models.DateField("répondue le", null=True, blank=True)
    repondue_par = models.ForeignKey(AGENT, models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "réclamation"
        indexes = [models.Index(fields=["repondre_avant"], condition=Q(repondue_le=None), name="reclamation_attend")]
        constraints = [
            models.UniqueConstraint(
                fields=["personne"], condition=Q(repondue_le=None), name="reclamation_une_ouverte",
                violation_error_message="Une réclamation de cette personne attend déjà une réponse.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "personne", "recue_le", "repondre_avant", "saisie_par", "saisie_le", "structure", "repondue_le",
                  "repondue_par"}  # fmt: skip
        personnelle = {"genre", "objet", "canal", "issue"}
        sensible = {"parole", "reponse"}
