"""Printed documents: the report of a year, its notes and agreements, the files that were made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.pilotage.enums import EtatEtude
from cordee.pilotage.enums_rapports import Accord, Chapitre, EtatBilan, GenreEdition, GenreNote


class Bilan(models.Model):
    """The report of a year (REQ-82, REQ-88). Published, it is sealed: a correction is a new version with its reason.

    ``instantane``: the published state it rests on, so that it never moves. ``chiffres``: what was computed from it
    (chapters without the notes), ``methode`` the version of the code that did. ``document``: what was published, word
    for word; ``sceau``: its sha-256. The two milestones of the year are told even after publication: they are facts
    of the assembly, not of the report.
    """

    annee = models.PositiveSmallIntegerField("année")
    version = models.PositiveSmallIntegerField("version", default=1)
    raison = models.CharField("raison de la correction", max_length=300, blank=True)
    etat = models.CharField("état", max_length=12, choices=EtatBilan.choices(), default=EtatBilan.BROUILLON)
    au = models.DateField("chiffres au")
    instantane = models.ForeignKey("pilotage.Instantane", models.RESTRICT, null=True, related_name="+",
                                   verbose_name="instantané", db_index=False)  # fmt: skip
    demande_le = models.DateTimeField("chiffres demandés le", null=True)
    chiffres = models.JSONField("chiffres", null=True)
    compose_le = models.DateTimeField("chiffres calculés le", null=True)
    methode = models.CharField("version de la méthode", max_length=16, blank=True)
    duree_ms = models.PositiveIntegerField("durée du calcul (ms)", default=0)
    erreur = models.CharField("ce qui a empêché le calcul", max_length=300, blank=True)
    document = models.JSONField("document publié", null=True)
    sceau = models.CharField("sceau", max_length=64, blank=True)
    objectifs_valides_le = models.DateField("objectifs de l'année validés le", null=True, blank=True)
    objectifs_par = models.CharField("instance qui a validé les objectifs", max_length=120, blank=True)
    resultats_presentes_le = models.DateField("résultats présentés le", null=True, blank=True)
    resultats_a = models.CharField("instance qui a reçu les résultats", max_length=120, blank=True)
    cree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", db_index=False)
    cree_le = models.DateTimeField("créé le")
    publie_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+", db_index=False)
    publie_le = models.DateTimeField("publié le", null=True)

    class Meta:
        verbose_name = "bilan annuel"
        constraints = [
            models.UniqueConstraint(fields=["annee", "version"], name="bilan_version_unique"),
            models.UniqueConstraint(
                fields=["annee"], condition=~Q(etat=EtatBilan.PUBLIE), name="bilan_un_en_preparation",
                violation_error_message="Un bilan de cette année est déjà en préparation.",
            ),
            models.CheckConstraint(
                condition=~Q(etat=EtatBilan.PUBLIE)
                | (Q(document__isnull=False, publie_le__isnull=False, publie_par__isnull=False,
                     instantane__isnull=False) & ~Q(sceau="")),
                name="bilan_publie_complet",
                violation_error_message="Un bilan publié porte son document, son sceau et qui l'a publié.",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(raison=""), name="bilan_raison",
                violation_error_message="Une nouvelle version dit ce qu'elle corrige.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "annee", "version", "raison", "etat", "au", "instantane", "demande_le", "chiffres",
                  "compose_le", "methode", "duree_ms", "erreur", "document", "sceau", "objectifs_valides_le",
                  "objectifs_par", "resultats_presentes_le", "resultats_a", "cree_par", "cree_le", "publie_par",
                  "publie_le"}  # fmt: skip

    def __str__(self) -> str:
        return f"Bilan {self.annee}" + (f", version {self.version}" if self.version > 1 else "")

    @property
    def statut(self) -> EtatBilan:
        """Where it stands, with its words."""
        return EtatBilan(self.etat)

    @property
    def publie(self) -> bool:
        return self.etat == EtatBilan.PUBLIE


class NoteBilan(models.Model):
    """A qualitative note of a report: who wrote it, when and where it was heard, in which chapter. Names nobody.

    ``retiree_le``: taken out of the report; the row stays.
    """

    bilan = models.ForeignKey(Bilan, models.RESTRICT, related_name="notes")
    chapitre = models.CharField("chapitre", max_length=16, choices=Chapitre.choices())
    genre = models.CharField("nature", max_length=16, choices=GenreNote.choices())
    texte = models.CharField("texte", max_length=1200)
    source = models.CharField("où et auprès de qui", max_length=160)
    recueillie_le = models.DateField("recueillie le")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", db_index=False)
    ecrite_le = models.DateTimeField("écrite le")
    retiree_le = models.DateTimeField("retirée le", null=True)
    retiree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = "note d'un bilan"
        ordering = ["ecrite_le", "pk"]

    class Confidentialite:
        neutre = {"id", "bilan", "chapitre", "genre", "recueillie_le", "par", "ecrite_le", "retiree_le", "retiree_par"}
        personnelle = {"texte", "source"}


class AccordBilan(models.Model):
    """Somebody agrees to a report as it is. Any change makes it fall (``tombe_le``)."""

    bilan = models.ForeignKey(Bilan, models.RESTRICT, related_name="accords")
    genre = models.CharField("accord", max_length=12, choices=Accord.choices())
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", db_index=False)
    le = models.DateTimeField("donné le")
    tombe_le = models.DateTimeField("tombé le", null=True)

    class Meta:
        verbose_name = "accord sur un bilan"
        constraints = [
            models.UniqueConstraint(fields=["bilan", "genre"], condition=Q(tombe_le=None), name="accord_unique"),
            models.UniqueConstraint(
                fields=["bilan", "par"], condition=Q(tombe_le=None), name="accord_deux_personnes",
                violation_error_message="Les deux accords sont donnés par deux personnes.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "bilan", "genre", "par", "le", "tombe_le"}


class Edition(models.Model):
    """A file made by the worker from a content: PDF, page to print, workbook. The same content is made once.

    ``contenu``: all that it says (figures already published or hidden, never a person). ``sceau``: sha-256 of the file.
    Files of published reports are kept; the others go after three months.
    """

    genre = models.CharField("genre", max_length=16, choices=GenreEdition.choices())
    titre = models.CharField("titre", max_length=160)
    bilan = models.ForeignKey(Bilan, models.RESTRICT, null=True, related_name="editions")
    contenu = models.JSONField("contenu")
    empreinte = models.CharField("empreinte du contenu", max_length=64)
    etat = models.CharField("état", max_length=12, choices=EtatEtude.choices(), default=EtatEtude.EN_ATTENTE)
    erreur = models.CharField("ce qui a empêché de le faire", max_length=300, blank=True)
    sceau = models.CharField("sceau du fichier", max_length=64, blank=True)
    octets = models.PositiveIntegerField("octets", default=0)
    pages = models.PositiveIntegerField("pages", default=0)
    duree_ms = models.PositiveIntegerField("durée (ms)", default=0)
    demandee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+", db_index=False)
    demandee_le = models.DateTimeField("demandée le")
    faite_le = models.DateTimeField("faite le", null=True)

    class Meta:
        verbose_name = "édition"
        constraints = [
            models.UniqueConstraint(fields=["genre", "empreinte"], name="edition_unique"),
            models.CheckConstraint(
                condition=~Q(etat=EtatEtude.CALCULEE) | (Q(faite_le__isnull=False) & ~Q(sceau="")),
                name="edition_faite_complete",
                violation_error_message="Un fichier fait porte sa date et son sceau.",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(etat="en_attente"), name="edition_en_attente")]

    class Confidentialite:
        neutre = {"id", "genre", "titre", "bilan", "contenu", "empreinte", "etat", "erreur", "sceau", "octets", "pages",
                  "duree_ms", "demandee_par", "demandee_le", "faite_le"}  # fmt: skip
