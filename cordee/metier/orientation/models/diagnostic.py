"""What the interview established: facts that open the proposal, and apart, what only the référent reads."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cordee.metier.orientation.enums import (
    AutonomieNumerique,
    Diplome,
    Disponibilite,
    MoyenTransport,
    NatureConstat,
    NiveauFormation,
    NiveauFrancais,
    Permis,
    ProjetPro,
    SituationPro,
    SourceConstat,
)


def _plusieurs(choix: list[tuple[str, str]], titre: str) -> ArrayField:
    return ArrayField(models.CharField(max_length=20, choices=choix), verbose_name=titre, default=list, blank=True)


class Diagnostic(models.Model):
    """What the interview established. ``themes``: {theme: impact}; the detail opens with the référent's role (V3).

    A finished diagnosis is never rewritten: a correction is a new row that ``remplace`` the former. A draft is one
    row, saved again and again under its ``version`` (R60); what another agent replaces in it is kept apart
    (``VersionDiagnostic``). ``seance``: the page that saved it last, which may save again though the answer to its
    last sending was lost. ``entretien_commun``: the mark that the two interviews of a couple share (R36).
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="diagnostics")
    mene_le = models.DateTimeField("mené le")
    mene_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    commence_le = models.DateTimeField("commencé le", null=True, blank=True)
    situation_pro = models.CharField(
        "situation professionnelle", max_length=20, choices=SituationPro.choices(), blank=True
    )
    niveau = models.CharField("niveau de formation", max_length=20, choices=NiveauFormation.choices(), blank=True)
    diplome = models.CharField("dernier diplôme", max_length=8, choices=Diplome.choices(), blank=True, default="")
    projection = models.BooleanField("se projette dans un emploi à court terme", null=True)
    projet_pro = models.CharField("projet", max_length=20, choices=ProjetPro.choices(), blank=True, default="")
    travailleur_handicape = models.BooleanField("reconnue travailleuse handicapée", null=True)
    francais_oral = models.CharField(
        "français parlé", max_length=8, choices=NiveauFrancais.choices(), blank=True, default=""
    )
    francais_lu = models.CharField(
        "français lu", max_length=8, choices=NiveauFrancais.choices(), blank=True, default=""
    )
    francais_ecrit = models.CharField(
        "français écrit", max_length=8, choices=NiveauFrancais.choices(), blank=True, default=""
    )
    numerique = models.CharField(
        "autonomie numérique", max_length=20, choices=AutonomieNumerique.choices(), blank=True, default=""
    )
    permis = _plusieurs(Permis.choices(), "permis de conduire")
    transports = _plusieurs(MoyenTransport.choices(), "moyens de transport")
    disponibilites = _plusieurs(Disponibilite.choices(), "disponibilités")
    heures_semaine = models.PositiveSmallIntegerField("heures possibles par semaine", null=True, blank=True)
    themes = models.JSONField("difficultés par thème", default=dict)
    metier_vise = models.CharField("métier visé", max_length=120, blank=True)
    competences = models.JSONField("compétences", default=list)
    brouillon = models.BooleanField("brouillon", default=False)
    version = models.PositiveIntegerField("version", default=1)
    remplace = models.OneToOneField("self", models.RESTRICT, null=True, blank=True, related_name="correction")
    entretien_commun = models.UUIDField("entretien commun du couple", null=True, blank=True)
    seance = models.UUIDField("page qui a enregistré en dernier", null=True, blank=True)

    class Meta:
        verbose_name = "diagnostic"
        indexes = [
            models.Index(fields=["personne", "-mene_le"], name="diagnostic_personne"),
            models.Index(fields=["mene_par", "-mene_le"], condition=Q(brouillon=True), name="diagnostic_brouillons"),
            models.Index(fields=["personne"], condition=Q(brouillon=False), name="diagnostic_menes"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(remplace__isnull=True) | ~Q(remplace=F("id")),
                name="diagnostic_ne_se_remplace_pas",
                violation_error_message="Un diagnostic ne peut pas se remplacer lui-même.",
            ),
            models.CheckConstraint(
                condition=Q(heures_semaine__isnull=True) | Q(heures_semaine__lte=48),
                name="diagnostic_heures",
                violation_error_message="Le nombre d'heures par semaine ne peut pas dépasser 48.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "mene_le", "mene_par", "commence_le", "brouillon", "version", "remplace",
                  "entretien_commun", "seance"}  # fmt: skip
        personnelle = {"situation_pro", "niveau", "diplome", "projection", "projet_pro", "metier_vise", "numerique",
                       "permis", "transports", "disponibilites", "heures_semaine", "competences", "francais_oral",
                       "francais_lu", "francais_ecrit"}  # fmt: skip
        sensible = {"themes", "travailleur_handicape"}


class DetailDiagnostic(models.Model):
    """What one agent wrote of the conversation: notes, situations and objectives by theme. Hers, never overwritten.

    Opens to the référent body (``Permission.VOIR_DIAGNOSTIC_DETAIL``) and to who wrote it; everybody else sees the
    themes and their impact only (V3, C. trav. R5312-42). ``situations``, ``objectifs``: whole codes of the vocabulary.
    """

    diagnostic = models.ForeignKey(Diagnostic, models.CASCADE, related_name="details")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    ecrit_le = models.DateTimeField("écrit le")
    notes = models.TextField("notes", blank=True)
    contraintes = models.TextField("ce dont il faut tenir compte", blank=True)
    situations = ArrayField(models.CharField(max_length=60), verbose_name="situations", default=list, blank=True)
    objectifs = ArrayField(models.CharField(max_length=60), verbose_name="objectifs", default=list, blank=True)

    class Meta:
        verbose_name = "détail d'un diagnostic"
        constraints = [models.UniqueConstraint(fields=["diagnostic", "par"], name="detail_diagnostic_unique")]

    class Confidentialite:
        neutre = {"id", "diagnostic", "par", "ecrit_le"}
        sensible = {"notes", "contraintes", "situations", "objectifs"}

    @property
    def vide(self) -> bool:
        return not (self.notes or self.contraintes or self.situations or self.objectifs)


class VersionDiagnostic(models.Model):
    """What a draft said before another agent, or a later sitting, changed it: nothing is overwritten (R60).

    ``contenu``: the shared answers by field, never the notes.
    """

    diagnostic = models.ForeignKey(Diagnostic, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField("version")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    le = models.DateTimeField("enregistrée le")
    contenu = models.JSONField("réponses", default=dict)

    class Meta:
        verbose_name = "version d'un brouillon"
        constraints = [models.UniqueConstraint(fields=["diagnostic", "version"], name="version_diagnostic_unique")]

    class Confidentialite:
        neutre = {"id", "diagnostic", "version", "par", "le"}
        sensible = {"contenu"}


class Constat(models.Model):
    """A situation or an objective of a person, by code, with who said it and since when; open while ``fin`` is null.

    One row by source: a partner that no longer says something closes what *it* had said, never what a professional
    wrote with the person.
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="constats")
    nature = models.CharField("nature", max_length=12, choices=NatureConstat.choices())
    code = models.CharField("code", max_length=60)
    source = models.CharField("source", max_length=20, choices=SourceConstat.choices())
    debut = models.DateField("depuis")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)
    diagnostic = models.ForeignKey(Diagnostic, models.SET_NULL, null=True, blank=True, related_name="constats")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    dit_le = models.DateTimeField("dit le")

    class Meta:
        verbose_name = "constat"
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "nature", "code", "source"], condition=Q(fin__isnull=True), name="constat_ouvert"
            ),
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gte=F("debut")),
                name="constat_dates",
                violation_error_message="La fin d'un constat ne peut pas précéder son début.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "source", "debut", "fin", "diagnostic", "par", "dit_le", "nature"}
        sensible = {"code"}
