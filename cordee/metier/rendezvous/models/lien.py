"""What a person opens from her letter: a link to one appointment, and what she answers there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.rendezvous.enums import MomentRappel


class LienPersonnel(models.Model):
    """A link that opens one appointment, and nothing else of her file (V4).

    It follows the appointment when its date changes: the letter in her hands stays right. The code is not stored: it
    is the number of this row and its keyed digest (``codes``).
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="+")
    rendez_vous = models.OneToOneField("rendezvous.RendezVous", models.RESTRICT, related_name="lien")
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
        ]

    class Confidentialite:
        neutre = {"id", "personne", "rendez_vous", "cree_le", "expire_le", "revoque_le", "essais", "bloque_jusqua"}
        personnelle = {"ouvert_le", "confirme_le", "deplacements"}


class DemandeRappel(models.Model):
    """She cannot come and no date suits her: she asks to be called. One waits at a time."""

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="demandes_rappel")
    rendez_vous = models.ForeignKey("rendezvous.RendezVous", models.RESTRICT, related_name="+")
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
