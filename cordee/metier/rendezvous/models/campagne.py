"""Campaigns: many people convened at once, from the choice of whom to the report."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.courriers.enums import Canal
from cordee.metier.rendezvous.enums import (
    EtatCampagne,
    EtatLigne,
    GenreRendezVous,
    ModaliteRendezVous,
    OrdreCampagne,
    RefusCampagne,
)


class Campagne(models.Model):
    """What was asked: whom (``criteres``), for what, in which days, in which order. States: ``regles.campagne_etats``.

    ``delai_ouvres``: the last day is that many working days ahead. ``graine``: of the draw, kept so that it can be done
    again. ``offre``: room and need of each structure when slots were given. ``avancee_le``: the last lot sent; a
    sending that no longer moves is told on its page.
    """

    libelle = models.CharField("nom de la campagne", max_length=120)
    criteres = models.JSONField("critères", default=dict)
    genre = models.CharField("objet", max_length=20, choices=GenreRendezVous.choices())
    modalite = models.CharField("modalité", max_length=12, choices=ModaliteRendezVous.choices(), blank=True)
    delai_ouvres = models.PositiveSmallIntegerField("jours ouvrés", default=10)
    preavis_courrier = models.PositiveSmallIntegerField("jours ouvrés entre la lettre et le rendez-vous", default=5)
    preavis_message = models.PositiveSmallIntegerField("jours ouvrés entre le message et le rendez-vous", default=2)
    ordre = models.CharField("ordre", max_length=12, choices=OrdreCampagne.choices(), default=OrdreCampagne.URGENCE)
    graine = models.PositiveIntegerField("numéro du tirage", default=0)
    par_semaine = models.PositiveSmallIntegerField("par structure et par semaine", null=True, blank=True)
    debordement = models.BooleanField("déborder sur les secteurs voisins", default=False)
    accessibles = models.BooleanField("lieux accessibles seulement", default=False)
    canal_prefere = models.CharField(
        "prévenir d'abord par", max_length=20, choices=Canal.choices(), default=Canal.COURRIER.value
    )
    offre = models.JSONField("places et besoin par structure à la préparation", default=dict)
    etat = models.CharField("état", max_length=12, choices=EtatCampagne.choices(), default=EtatCampagne.BROUILLON)
    preparee_le = models.DateTimeField("préparée le", null=True, blank=True)
    lancee_le = models.DateTimeField("lancée le", null=True, blank=True)
    lancee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    avancee_le = models.DateTimeField("dernier envoi le", null=True, blank=True)
    incident = models.CharField("ce qui a arrêté l'envoi", max_length=250, blank=True)
    finie_le = models.DateTimeField("finie le", null=True, blank=True)
    cree_le = models.DateTimeField("créée le")
    cree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="campagnes")
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "campagne"
        indexes = [models.Index(fields=["-cree_le"], name="campagne_recente")]
        constraints = [
            models.CheckConstraint(
                condition=Q(delai_ouvres__range=(1, 120)),
                name="campagne_delai",
                violation_error_message="Le délai va de 1 à 120 jours ouvrés.",
            ),
            models.CheckConstraint(
                condition=Q(par_semaine__isnull=True) | Q(par_semaine__gt=0),
                name="campagne_par_semaine",
                violation_error_message="Indiquez au moins une personne par semaine.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "libelle", "criteres", "genre", "modalite", "delai_ouvres", "preavis_courrier",
                  "preavis_message", "ordre", "graine", "par_semaine", "debordement", "accessibles", "canal_prefere",
                  "offre", "etat", "preparee_le", "lancee_le", "lancee_par", "avancee_le", "incident",
                  "finie_le", "cree_le", "cree_par", "version"}  # fmt: skip

    def __str__(self) -> str:
        return self.libelle


class CampagneLigne(models.Model):
    """One person of a campaign, at most once: where and how she is asked to come, and what became of it.

    ``secteur``: the structure of her sector; ``structure``: the one that receives. ``suite``: the slot that follows,
    held too. ``raison``: in words, what prevented.
    """

    campagne = models.ForeignKey(Campagne, models.CASCADE, related_name="lignes", db_index=False)
    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="lignes_de_campagne")
    rang = models.PositiveIntegerField("rang")
    secteur = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, related_name="+", db_index=False)
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, related_name="+", db_index=False)
    creneau = models.ForeignKey("rendezvous.Creneau", models.SET_NULL, null=True, related_name="+")
    suite = models.ForeignKey("rendezvous.Creneau", models.SET_NULL, null=True, related_name="+")
    debut = models.DateTimeField("proposé le", null=True)
    debordement = models.BooleanField("hors de son secteur", default=False)
    canal = models.CharField("canal", max_length=20, choices=Canal.choices(), blank=True)
    etat = models.CharField("état", max_length=12, choices=EtatLigne.choices())
    refus = models.CharField("refus", max_length=20, choices=RefusCampagne.choices(), blank=True)
    raison = models.CharField("raison", max_length=250, blank=True)
    rendez_vous = models.ForeignKey(
        "rendezvous.RendezVous", models.RESTRICT, null=True, related_name="lignes_de_campagne"
    )
    courrier = models.ForeignKey("courriers.Courrier", models.RESTRICT, null=True, related_name="+")

    class Meta:
        verbose_name = "personne d'une campagne"
        indexes = [models.Index(fields=["campagne", "etat", "rang"], name="campagne_ligne_etat")]
        constraints = [
            models.UniqueConstraint(fields=["campagne", "personne"], name="campagne_une_fois_par_personne"),
            models.CheckConstraint(
                condition=~Q(etat="convoquee") | Q(rendez_vous__isnull=False),
                name="campagne_convoquee_avec_rendez_vous",
            ),
            models.CheckConstraint(
                condition=~Q(etat="refusee") | ~Q(refus=""),
                name="campagne_refusee_avec_raison",
            ),
            models.CheckConstraint(
                condition=Q(suite__isnull=True) | ~Q(suite=F("creneau")), name="campagne_suite_autre_creneau"
            ),
        ]

    class Confidentialite:
        neutre = {"id", "campagne", "personne", "rang", "secteur", "structure", "creneau", "suite", "debut",
                  "debordement", "rendez_vous", "courrier"}  # fmt: skip
        personnelle = {"canal", "etat", "refus", "raison"}
