"""Documents kept for the path, encrypted on disk, and papers that were only seen (V11)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.metier.suivi.enums import EtatAnalyse, FormatDocument, GenreDocument, NaturePiece

PERSONNE, AGENT, STRUCTURE = "personnes.Personne", "organismes.Agent", "organismes.Structure"


class Document(models.Model):
    """A file given for the path. ``fichier``: its name in the store (never the one it came with).

    ``empreinte``: keyed hash of its bytes, to recognise the same file. ``conserver_jusquau``: after it, the file is
    erased and the row says so (``efface_le``).
    """

    personne = models.ForeignKey(PERSONNE, models.RESTRICT, related_name="documents")
    genre = models.CharField(
        "nature", max_length=20, choices=[(g.value, g.libelle) for g in GenreDocument if g != GenreDocument.MEDICAL]
    )
    titre = models.CharField("titre", max_length=120, blank=True)
    fichier = models.CharField("fichier", max_length=40, unique=True)
    format = models.CharField("format", max_length=10, choices=FormatDocument.choices())
    taille = models.PositiveIntegerField("octets")
    empreinte = models.BinaryField("empreinte", max_length=32)
    analyse = models.CharField("analyse", max_length=15, choices=EtatAnalyse.choices())
    analyse_le = models.DateTimeField("analysé le", null=True, blank=True)
    depose_par = models.ForeignKey(AGENT, models.RESTRICT, related_name="+")
    depose_le = models.DateTimeField("déposé le")
    structure = models.ForeignKey(STRUCTURE, models.RESTRICT, null=True, blank=True, related_name="+")
    conserver_jusquau = models.DateField("conservé jusqu'au")
    efface_le = models.DateTimeField("effacé le", null=True, blank=True)
    efface_par = models.ForeignKey(AGENT, models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "document"
        indexes = [
            models.Index(fields=["personne", "-depose_le"], name="document_personne"),
            models.Index(fields=["conserver_jusquau"], condition=Q(efface_le=None), name="document_a_effacer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "empreinte"], condition=Q(efface_le=None), name="document_une_fois",
                violation_error_message="Ce document est déjà dans le dossier.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "personne", "fichier", "format", "taille", "analyse", "analyse_le", "depose_par", "depose_le",
                  "structure", "conserver_jusquau", "efface_le", "efface_par"}  # fmt: skip
        personnelle = {"genre", "titre", "empreinte"}


class PieceVue(models.Model):
    """A paper shown and handed back: who, when, which kind, until when it is valid (V11, R73, R74, R77, R43)."""

    personne = models.ForeignKey(PERSONNE, models.RESTRICT, related_name="pieces_vues")
    nature = models.CharField("nature", max_length=20, choices=NaturePiece.choices())
    vue_le = models.DateField("vue le")
    vue_par = models.ForeignKey(AGENT, models.RESTRICT, related_name="+")
    structure = models.ForeignKey(STRUCTURE, models.RESTRICT, null=True, blank=True, related_name="+")
    expire_le = models.DateField("valable jusqu'au", null=True, blank=True)
    close_le = models.DateField("remplacée ou sans objet le", null=True, blank=True)

    class Meta:
        verbose_name = "pièce vue"
        verbose_name_plural = "pièces vues"
        indexes = [
            models.Index(fields=["personne", "-vue_le"], name="piece_personne"),
            models.Index(fields=["expire_le"], condition=Q(close_le=None), name="piece_qui_expire"),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "vue_le", "vue_par", "structure", "close_le"}
        personnelle = {"expire_le"}
        sensible = {"nature"}
