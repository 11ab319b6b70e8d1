"""Saved mappings: how a partner's file is read. A changed mapping is a new version; a file keeps the one it used."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.echanges.partenaires.champs import GenreCorrespondance, OrdreDates


class Correspondance(models.Model):
    """Where each fact stands in the files of one partner.

    ``colonnes``: field (``champs.Champ``) → name of the column, or path of the element for the operator's XML.
    ``entetes``: columns seen when it was made. ``ligne_entete``: counted from 1. ``organisme``: whose « matricule ».
    """

    nom = models.CharField("nom", max_length=80)
    genre = models.CharField("genre", max_length=12, choices=GenreCorrespondance.choices())
    emetteur = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="correspondances")
    colonnes = models.JSONField("colonnes", default=dict)
    entetes = models.JSONField("colonnes vues", default=list, blank=True)
    ordre_dates = models.CharField("dates", max_length=3, choices=OrdreDates.choices(), default=OrdreDates.JMA)
    feuille = models.CharField("feuille", max_length=80, blank=True)
    ligne_entete = models.PositiveSmallIntegerField("ligne des titres", default=1)
    organisme = models.ForeignKey("personnes.OrganismePayeur", models.RESTRICT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField("version", default=1)
    precedente = models.OneToOneField("self", models.RESTRICT, null=True, blank=True, related_name="suivante")
    active = models.BooleanField("utilisée", default=True)
    cree_le = models.DateTimeField("enregistrée le")
    cree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "correspondance"
        constraints = [
            models.UniqueConstraint(fields=["nom", "version"], name="correspondance_version"),
            models.UniqueConstraint(
                fields=["nom"], condition=Q(active=True), name="correspondance_active_unique",
                violation_error_message="Une correspondance en service porte déjà ce nom.",
            ),
            models.UniqueConstraint(
                fields=["genre"], condition=Q(active=True, genre="operateur"), name="correspondance_operateur_unique",
                violation_error_message="Le fichier de l'opérateur a déjà sa correspondance : modifiez-la.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "nom", "genre", "emetteur", "colonnes", "entetes", "ordre_dates", "feuille", "ligne_entete",
                  "organisme", "version", "precedente", "active", "cree_le", "cree_par"}  # fmt: skip

    def __str__(self) -> str:
        return f"{self.nom} (version {self.version})"


class Usage(models.Model):
    """The mapping a file was, or will be, read with."""

    fichier = models.OneToOneField("fichiers.FichierRecu", models.CASCADE, primary_key=True, related_name="usage")
    correspondance = models.ForeignKey(Correspondance, models.RESTRICT, related_name="usages")

    class Meta:
        verbose_name = "lecture d'un fichier"

    class Confidentialite:
        neutre = {"fichier", "correspondance"}
