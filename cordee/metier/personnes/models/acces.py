"""Who reaches a file, why and when, and the log of those who did."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from cordee.metier.organismes.models import Intervalle
from cordee.metier.personnes.enums import (
    FinaliteRattachement,
)
from cordee.metier.personnes.models.bases import dates_ordonnees
from cordee.metier.personnes.models.identite import Personne


class Rattachement(models.Model):
    """Who reaches a person's file, why and when: the perimeter every selector joins."""

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="rattachements", db_index=False)
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="rattachements", db_index=False)
    agent = models.ForeignKey(
        "organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="rattachements", db_index=False
    )
    finalite = models.CharField("finalité", max_length=20, choices=FinaliteRattachement.choices())
    debut = models.DateField("du")
    fin = models.DateField("au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "rattachement"
        indexes = [
            models.Index(fields=["structure", "personne"], name="rattachement_structure"),
            models.Index(fields=["agent", "personne"], name="rattachement_agent"),
            models.Index(fields=["personne"], name="rattachement_personne"),
        ]
        constraints = [
            dates_ordonnees("rattachement_dates"),
            ExclusionConstraint(
                name="rattachement_un_organisme_referent",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                condition=Q(finalite="referent"),
                violation_error_message="Cette personne a déjà un organisme référent à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "structure", "agent", "finalite", "debut", "fin"}


class LecteurSensible(models.Model):
    """The restricted list of readers of a *dossier sensible* (V13)."""

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="lecteurs")
    agent = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    motif = models.CharField("motif", max_length=200)
    debut = models.DateField("du")
    fin = models.DateField("au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "lecteur d'un dossier sensible"
        constraints = [dates_ordonnees("lecteur_dates")]

    class Confidentialite:
        neutre = {"id", "personne", "agent", "debut", "fin"}
        personnelle = {"motif"}


class LienAgent(models.Model):
    """An agent who is this person, or her relative: never allowed to open the file (V13)."""

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="liens_agents")
    agent = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    soi_meme = models.BooleanField("est la personne elle-même", default=True)

    class Meta:
        verbose_name = "lien d'un agent avec une personne"
        constraints = [models.UniqueConstraint(fields=["personne", "agent"], name="lien_agent_unique")]

    class Confidentialite:
        neutre = {"id", "agent"}
        sensible = {"personne", "soi_meme"}


class Lecture(models.Model):
    """The log of reads of a file (CASF R262-107: kept one year). No foreign key: it never blocks live data.

    ``pour_id``: the absent colleague for whom she read it (R20).
    """

    personne_id = models.BigIntegerField()
    agent_id = models.BigIntegerField()
    finalite = models.CharField("finalité", max_length=20)
    page = models.CharField("page", max_length=80)
    lue_le = models.DateTimeField("lue le")
    pour_id = models.BigIntegerField("pour le compte de", null=True, blank=True)

    class Meta:
        verbose_name = "lecture d'un dossier"
        indexes = [
            models.Index(fields=["personne_id", "-lue_le"], name="lecture_personne"),
            models.Index(fields=["lue_le"], name="lecture_date"),
        ]

    class Confidentialite:
        neutre = {"id", "finalite", "page", "lue_le"}
        personnelle = {"personne_id", "agent_id", "pour_id"}
