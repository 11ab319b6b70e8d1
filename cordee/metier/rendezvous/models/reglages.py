"""What goes with the agenda: who waits for a place, how much is overbooked, interpreters, calendar feeds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.metier.rendezvous.enums import (
    GenreRendezVous,
    ModaliteRendezVous,
    StatutAttente,
    StatutInterprete,
    TypeInterprete,
)


class Attente(models.Model):
    """Somebody who waits for a place, oldest deadline first. ``modalite`` empty: any way suits her."""

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="attentes")
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="+")
    genre = models.CharField("objet", max_length=20, choices=GenreRendezVous.choices())
    modalite = models.CharField("modalité", max_length=12, choices=ModaliteRendezVous.choices(), blank=True)
    echeance = models.DateField("échéance")
    depuis = models.DateTimeField("depuis")
    statut = models.CharField("état", max_length=12, choices=StatutAttente.choices(), default=StatutAttente.EN_ATTENTE)
    rendez_vous = models.ForeignKey("rendezvous.RendezVous", models.RESTRICT, null=True, blank=True, related_name="+")
    finie_le = models.DateTimeField("finie le", null=True, blank=True)

    class Meta:
        verbose_name = "attente"
        indexes = [
            models.Index(
                fields=["structure", "genre", "echeance"], condition=Q(statut="en_attente"), name="attente_file"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "genre"],
                condition=Q(statut="en_attente"),
                name="attente_une_fois",
                violation_error_message="Cette personne attend déjà une place pour ce rendez-vous.",
            ),
            models.CheckConstraint(
                condition=Q(statut="en_attente", finie_le__isnull=True)
                | ~Q(statut="en_attente") & Q(finie_le__isnull=False),
                name="attente_finie",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "structure", "genre", "modalite", "echeance", "depuis", "statut", "rendez_vous", "finie_le"}
        personnelle = {"personne"}


class Surreservation(models.Model):
    """The ceiling a manager sets for a structure and a kind, and the last surplus computed with its reason (R4)."""

    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="+")
    genre = models.CharField("objet", max_length=20, choices=GenreRendezVous.choices())
    plafond = models.PositiveSmallIntegerField("plafond (% des places)")
    fixe_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    fixe_le = models.DateTimeField("fixé le")
    venues = models.PositiveIntegerField("venues observées", default=0)
    absences = models.PositiveIntegerField("absences observées", default=0)
    observe_du = models.DateField("observées du", null=True, blank=True)
    observe_au = models.DateField("au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "surréservation"
        constraints = [
            models.UniqueConstraint(fields=["structure", "genre"], name="surreservation_une_fois"),
            models.CheckConstraint(
                condition=Q(plafond__lte=50),
                name="surreservation_plafond",
                violation_error_message="Le plafond va de 0 à 50 % des places.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "structure", "genre", "plafond", "fixe_par", "fixe_le", "venues", "absences", "observe_du",
                  "observe_au"}  # fmt: skip


class Interprete(models.Model):
    """The interpreter of an appointment: to be booked, booked, cancelled. Never a child (R47): no such kind exists."""

    rendez_vous = models.OneToOneField("rendezvous.RendezVous", models.RESTRICT, related_name="interpretariat")
    langue = models.CharField("langue", max_length=40)
    type = models.CharField("interprète", max_length=20, choices=TypeInterprete.choices(), blank=True)
    prestataire = models.CharField("prestataire ou nom", max_length=120, blank=True)
    cout = models.DecimalField("coût (€)", max_digits=8, decimal_places=2, null=True, blank=True)
    statut = models.CharField(
        "état", max_length=12, choices=StatutInterprete.choices(), default=StatutInterprete.A_RESERVER
    )

    class Meta:
        verbose_name = "interprète"
        indexes = [
            models.Index(fields=["statut"], condition=Q(statut="a_reserver"), name="interprete_a_reserver"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cout__isnull=True) | Q(cout__gte=0),
                name="interprete_cout",
                violation_error_message="Le coût ne peut pas être négatif.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "rendez_vous", "cout", "statut", "type"}
        personnelle = {"langue", "prestataire"}


class AbonnementAgenda(models.Model):
    """A secret address under which an agent's own calendar reads her agenda. Only its hash is kept; revocable."""

    agent = models.ForeignKey("organismes.Agent", models.CASCADE, related_name="+")
    empreinte = models.CharField("empreinte du jeton", max_length=64, unique=True)
    cree_le = models.DateTimeField("créé le")
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True)

    class Meta:
        verbose_name = "abonnement à l'agenda"
        constraints = [
            models.UniqueConstraint(
                fields=["agent"], condition=Q(revoque_le__isnull=True), name="abonnement_un_par_agent"
            ),
        ]

    class Confidentialite:
        neutre = {"id", "agent", "cree_le", "revoque_le"}
        sensible = {"empreinte"}
