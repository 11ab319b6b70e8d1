"""Batches of paper letters: what was printed together, where each letter stands in it, when it went to the post."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.courriers.enums import MoyenRemise, StatutLot
from cordee.metier.courriers.models.courrier import Courrier


class LotImpression(models.Model):
    """Letters of one means of posting, sorted by postal code then name (R10). The files are made again when asked.

    ``decoupe``: first page, last page and number of envelopes of each part of the file. ``erreur``: why the files
    could not be made.
    """

    moyen = models.CharField("moyen d'envoi", max_length=30, choices=MoyenRemise.choices())
    recto_verso = models.BooleanField("imprimé recto verso", default=True)
    statut = models.CharField("statut", max_length=12, choices=StatutLot.choices(), default=StatutLot.A_COMPOSER)
    plis = models.PositiveIntegerField("plis", default=0)
    pages = models.PositiveIntegerField("pages", default=0)
    decoupe = models.JSONField("parties du fichier", default=list)
    compose_le = models.DateTimeField("fichier préparé le", null=True, blank=True)
    poste_le = models.DateField("remis à La Poste le", null=True, blank=True)
    poste_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    annule_le = models.DateTimeField("annulé le", null=True, blank=True)
    erreur = models.CharField("ce qui empêche de préparer le fichier", max_length=300, blank=True)
    cree_le = models.DateTimeField("créé le")
    cree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "lot d'impression"
        indexes = [models.Index(fields=["-cree_le"], name="lot_date")]

    @property
    def etat_statut(self) -> StatutLot:
        """Where it stands, with its words."""
        return StatutLot(self.statut)

    class Confidentialite:
        neutre = {"id", "moyen", "recto_verso", "statut", "plis", "pages", "decoupe", "compose_le", "poste_le",
                  "poste_par", "annule_le", "erreur", "cree_le", "cree_par"}  # fmt: skip


class PliDeLot(models.Model):
    """One envelope of a batch. A letter stands in one batch at most; cancelling a batch frees its letters.

    ``page_debut``, ``page_fin``: in the whole file, from 1; none before it is made.
    """

    lot = models.ForeignKey(LotImpression, models.CASCADE, related_name="lignes")
    courrier = models.OneToOneField(Courrier, models.RESTRICT, related_name="pli")
    rang = models.PositiveIntegerField("rang dans le lot")
    page_debut = models.PositiveIntegerField("première page", null=True, blank=True)
    page_fin = models.PositiveIntegerField("dernière page", null=True, blank=True)

    class Meta:
        verbose_name = "pli d'un lot"
        constraints = [
            models.UniqueConstraint(fields=["lot", "rang"], name="pli_rang_unique"),
            models.CheckConstraint(
                condition=Q(page_debut__isnull=True, page_fin__isnull=True) | Q(page_fin__gte=F("page_debut")),
                name="pli_pages",
                violation_error_message="Un pli finit après avoir commencé.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "lot", "courrier", "rang", "page_debut", "page_fin"}
