"""The agenda: places, recurring openings, and the slots they become.

A slot is a row, so that booking is one conditional ``UPDATE`` that the database alone decides (ADR 0014).
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, MotifFermeture, StatutCreneau
from cordee.metier.rendezvous.models.base import IntervalleHoraire

# One professional receives one person at a time, except in a collective session. A desk (no agent) may hold several.
_UNE_PERSONNE_PAR_AGENT = Q(agent__isnull=True) | Q(genre="collectif") | Q(places=1)


class Lieu(models.Model):
    """Where people are received: a room, a site, a permanence in a town hall."""

    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="lieux")
    nom = models.CharField("nom", max_length=120)
    adresse = models.CharField("adresse", max_length=200, blank=True)
    code_postal = models.CharField("code postal", max_length=5, blank=True)
    commune = models.ForeignKey("territoires.Commune", models.RESTRICT, null=True, blank=True, related_name="+")
    accessible = models.BooleanField("accessible aux personnes à mobilité réduite", default=True)
    actif = models.BooleanField("en service", default=True)

    class Meta:
        verbose_name = "lieu"
        verbose_name_plural = "lieux"
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "nom"],
                name="lieu_un_nom",
                violation_error_message="Un lieu de cette structure porte déjà ce nom.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "structure", "nom", "adresse", "code_postal", "commune", "accessible", "actif"}

    def __str__(self) -> str:
        return self.nom


class Plage(models.Model):
    """A recurring opening: this weekday, these hours, every ``toutes_les`` weeks counted from the week of ``debut``.

    ``agent`` null: a desk, held by whoever is there; ``places`` is then the number of desks. ``langue``: the language
    (other than French) spoken there; such slots are kept for people who need it (R47).
    """

    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="plages")
    lieu = models.ForeignKey(Lieu, models.RESTRICT, null=True, blank=True, related_name="+")
    agent = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    genre = models.CharField("objet", max_length=20, choices=GenreRendezVous.choices())
    modalite = models.CharField("modalité", max_length=12, choices=ModaliteRendezVous.choices())
    langue = models.CharField("langue parlée", max_length=40, blank=True)
    jour_semaine = models.PositiveSmallIntegerField("jour de la semaine (0 : lundi)")
    de = models.TimeField("de")
    a = models.TimeField("à")
    duree_minutes = models.PositiveSmallIntegerField("durée d'un rendez-vous (minutes)")
    places = models.PositiveSmallIntegerField("places par créneau", default=1)
    toutes_les = models.PositiveSmallIntegerField("toutes les n semaines", default=1)
    debut = models.DateField("à partir du")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "plage d'accueil"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
                name="plage_dates",
                violation_error_message="La fin de la plage doit suivre son début.",
            ),
            models.CheckConstraint(
                condition=Q(a__gt=F("de")),
                name="plage_heures",
                violation_error_message="L'heure de fin doit suivre l'heure de début.",
            ),
            models.CheckConstraint(
                condition=Q(jour_semaine__lte=6) & Q(toutes_les__range=(1, 12)),
                name="plage_rythme",
                violation_error_message="Le rythme va d'une semaine sur une à une semaine sur douze.",
            ),
            models.CheckConstraint(
                condition=Q(duree_minutes__range=(5, 480)) & Q(places__range=(1, 300)),
                name="plage_taille",
                violation_error_message="Un rendez-vous dure de 5 minutes à 8 heures et compte de 1 à 300 places.",
            ),
            models.CheckConstraint(
                condition=_UNE_PERSONNE_PAR_AGENT,
                name="plage_une_personne_par_agent",
                violation_error_message="Un agent reçoit une personne à la fois, sauf en information collective.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "structure", "lieu", "agent", "genre", "modalite", "langue", "jour_semaine", "de", "a",
                  "duree_minutes", "places", "toutes_les", "debut", "fin"}  # fmt: skip


class Creneau(models.Model):
    """A dated slot. ``prises`` counts the places held; it never exceeds ``places + surplus``.

    Held: by appointments expected, honoured or missed; an excused or cancelled one gave its place back.
    """

    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="+", db_index=False)
    lieu = models.ForeignKey(Lieu, models.RESTRICT, null=True, blank=True, related_name="+")
    agent = models.ForeignKey(
        "organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+", db_index=False
    )
    genre = models.CharField("objet", max_length=20, choices=GenreRendezVous.choices())
    modalite = models.CharField("modalité", max_length=12, choices=ModaliteRendezVous.choices())
    langue = models.CharField("langue parlée", max_length=40, blank=True)
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin")
    places = models.PositiveSmallIntegerField("places", default=1)
    surplus = models.PositiveSmallIntegerField("surréservation admise", default=0)
    prises = models.PositiveSmallIntegerField("places prises", default=0)
    statut = models.CharField("statut", max_length=10, choices=StatutCreneau.choices(), default=StatutCreneau.OUVERT)
    motif_fermeture = models.CharField("fermé pour", max_length=12, choices=MotifFermeture.choices(), blank=True)
    plage = models.ForeignKey(Plage, models.RESTRICT, null=True, blank=True, related_name="creneaux", db_index=False)

    class Meta:
        verbose_name = "créneau"
        verbose_name_plural = "créneaux"
        indexes = [
            models.Index(fields=["structure", "debut"], name="creneau_structure"),
            models.Index(fields=["agent", "debut"], name="creneau_agent"),
            models.Index(
                fields=["genre", "debut", "structure"],
                condition=Q(statut="ouvert") & Q(prises__lt=F("places") + F("surplus")),
                name="creneau_libre",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut")),
                name="creneau_dates",
                violation_error_message="La fin du créneau doit suivre son début.",
            ),
            models.CheckConstraint(
                condition=Q(prises__gte=0) & Q(prises__lte=F("places") + F("surplus")),
                name="creneau_capacite",
                violation_error_message="Ce créneau n'a plus de place.",
            ),
            models.CheckConstraint(
                condition=_UNE_PERSONNE_PAR_AGENT,
                name="creneau_une_personne_par_agent",
                violation_error_message="Un agent reçoit une personne à la fois, sauf en information collective.",
            ),
            models.CheckConstraint(
                condition=Q(statut="ouvert", motif_fermeture="") | Q(statut="ferme") & ~Q(motif_fermeture=""),
                name="creneau_ferme_avec_motif",
            ),
            models.UniqueConstraint(fields=["plage", "debut"], name="creneau_une_fois_par_plage"),
            ExclusionConstraint(
                name="creneau_agent_disponible",
                expressions=[
                    ("agent", RangeOperators.EQUAL),
                    (IntervalleHoraire("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                condition=Q(statut="ouvert", agent__isnull=False),
                violation_error_message="Cet agent a déjà un créneau ouvert à cette heure.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "structure", "lieu", "agent", "genre", "modalite", "langue", "debut", "fin", "places",
                  "surplus", "prises", "statut", "motif_fermeture", "plage"}  # fmt: skip


class Fermeture(models.Model):
    """Days on which a structure, or one of its places, receives nobody (works, strike, 24 to 31 December: R62)."""

    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="fermetures")
    lieu = models.ForeignKey(Lieu, models.RESTRICT, null=True, blank=True, related_name="+")
    debut = models.DateField("du")
    fin = models.DateField("au (exclu)")
    motif = models.CharField("motif", max_length=120)

    class Meta:
        verbose_name = "fermeture"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut")),
                name="fermeture_dates",
                violation_error_message="La fin de la fermeture doit suivre son début.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "structure", "lieu", "debut", "fin", "motif"}
