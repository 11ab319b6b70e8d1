"""What a person opens from her letter: a link to one appointment, and what she answers there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, MomentRappel


class LienPersonnel(models.Model):
    """A link that opens one appointment, and nothing else of her file (V4).

    It follows the appointment when its date changes: the letter in her hands stays right. The code is not stored: it
    is the number of this row and its keyed digest (``codes``).

    Without ``rendez_vous`` it is an *invitation*: she chooses her date herself, for ``genre`` and ``modalite`` at
    ``structure``; from then on it follows that appointment.
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="+")
    rendez_vous = models.OneToOneField(
        "rendezvous.RendezVous", models.RESTRICT, null=True, blank=True, related_name="lien"
    )
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, blank=True, related_name="+")
    genre = models.CharField(
        "objet", max_length=20, choices=GenreRendezVous.choices(), blank=True, default="", db_default=""
    )
    modalite = models.CharField(
        "modalité", max_length=12, choices=ModaliteRendezVous.choices(), blank=True, default="", db_default=""
    )
    cree_le = models.DateTimeField("créé le")
    expire_le = models.DateTimeField("expire le")
    revoque_le = models.DateTimeField("retiré le", null=True, blank=True)
    essais = models.PositiveSmallIntegerField("essais manqués depuis la dernière ouverture", default=0)
    bloque_jusqua = models.DateTimeField("fermé jusqu'à", null=True, blank=True)
    ouvert_le = models.DateTimeField("ouvert pour la première fois le", null=True, blank=True)
    confirme_le = models.DateTimeField("venue confirmée le", null=True, blank=True)
    deplacements = models.PositiveSmallIntegerField("dates choisies par la personne", default=0)

    class Meta:
        verbose_name = "lien personnel"
        verbose_name_plural = "liens personnels"
        constraints = [
            models.CheckConstraint(
                condition=Q(expire_le__gt=F("cree_le")),
                name="lien_dates",
                violation_error_message="Un lien expire après sa création.",
            ),
            models.CheckConstraint(
                condition=Q(rendez_vous__isnull=False) | (Q(structure__isnull=False) & ~Q(genre="") & ~Q(modalite="")),
                name="lien_d_un_rendez_vous_ou_invitation",
                violation_error_message="Une invitation dit où, pour quoi et de quelle façon.",
            ),
            models.UniqueConstraint(
                fields=["personne", "genre"],
                condition=Q(rendez_vous__isnull=True, revoque_le__isnull=True),
                name="lien_une_invitation_a_la_fois",
                violation_error_message="Cette personne a déjà une invitation ouverte pour ce rendez-vous.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "rendez_vous", "structure", "genre", "modalite", "cree_le", "expire_le",
                  "revoque_le", "essais", "bloque_jusqua"}  # fmt: skip
        personnelle = {"ouvert_le", "confirme_le", "deplacements"}


class DemandeRappel(models.Model):
    """She cannot come and no date suits her: she asks to be called. One waits at a time.

    No ``rendez_vous`` when she answers an invitation.
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="demandes_rappel")
    rendez_vous = models.ForeignKey("rendezvous.RendezVous", models.RESTRICT, null=True, blank=True, related_name="+")
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="+")
    moment = models.CharField("quand l'appeler", max_length=14, choices=MomentRappel.choices())
    demandee_le = models.DateTimeField("demandée le")
    echeance = models.DateField("à rappeler avant le")
    traitee_le = models.DateTimeField("traitée le", null=True, blank=True)
    traitee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "demande de rappel"
        verbose_name_plural = "demandes de rappel"
        indexes = [
            models.Index(fields=["structure", "echeance"], condition=Q(traitee_le__isnull=True), name="rappel_attendu"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["personne"], condition=Q(traitee_le__isnull=True), name="rappel_un_a_la_fois",
                violation_error_message="Un rappel est déjà demandé pour cette personne.",
            ),
            models.CheckConstraint(
                condition=Q(traitee_le__isnull=True) | Q(traitee_par__isnull=False), name="rappel_traite_par",
                violation_error_message="Indiquez qui a rappelé la personne.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "personne", "rendez_vous", "structure", "demandee_le", "echeance", "traitee_le", "traitee_par"}
        personnelle = {"moment"}
