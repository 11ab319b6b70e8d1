"""Notes, and the interviews they are written in. A detail opens to the référent body only (R5312-42, V3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.metier.rendezvous.enums import ModaliteRendezVous
from cordee.metier.suivi.enums import QuiFait, ThemeNote

PERSONNE, AGENT, STRUCTURE = "personnes.Personne", "organismes.Agent", "organismes.Structure"


class EntretienSuivi(models.Model):
    """An interview: prepared, held, or both. A draft belongs to its author; a finished one is corrected, not rewritten.

    ``ordre_du_jour``: ``[{"sujet", "aborde"}]``; ``decisions``: ``[{"quoi", "qui", "avant_le"}]`` while it is a draft,
    then the rows of ``DecisionEntretien``. ``commun``: a couple met together: two interviews with the same mark, each
    with its own notes (R36). ``seance``: the page that writes, so that a cut connection goes on (R16).
    """

    personne = models.ForeignKey(PERSONNE, models.RESTRICT, related_name="entretiens_suivi")
    par = models.ForeignKey(AGENT, models.RESTRICT, related_name="+")
    structure = models.ForeignKey(STRUCTURE, models.RESTRICT, null=True, blank=True, related_name="+")
    rendez_vous = models.ForeignKey("rendezvous.RendezVous", models.RESTRICT, null=True, blank=True, related_name="+")
    debut = models.DateTimeField("le")
    modalite = models.CharField("modalité", max_length=20, choices=ModaliteRendezVous.choices())
    ordre_du_jour = models.JSONField("ordre du jour", default=list, blank=True)
    theme = models.CharField("thème", max_length=20, choices=ThemeNote.choices(), default=str(ThemeNote.PARCOURS))
    texte = models.TextField("ce qui a été dit", blank=True)
    detail = models.TextField("partie sensible", blank=True)
    decisions = models.JSONField("décisions", default=list, blank=True)
    prochain_le = models.DateField("prochain contact", null=True, blank=True)
    brouillon = models.BooleanField("brouillon", default=True)
    ecrit_le = models.DateTimeField("enregistré le")
    version = models.PositiveIntegerField("version", default=0)
    seance = models.UUIDField("page de saisie", null=True, blank=True)
    commun = models.UUIDField("entretien commun", null=True, blank=True)
    contact = models.OneToOneField(
        "suivi.ContactSuivi", models.RESTRICT, null=True, blank=True, related_name="entretien"
    )

    class Meta:
        verbose_name = "entretien d'accompagnement"
        verbose_name_plural = "entretiens d'accompagnement"
        indexes = [models.Index(fields=["personne", "-debut"], name="entretien_suivi_personne")]
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "par"], condition=Q(brouillon=True), name="entretien_suivi_un_brouillon",
                violation_error_message="Vous avez déjà un entretien en préparation pour cette personne.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "personne", "par", "structure", "rendez_vous", "debut", "modalite", "prochain_le", "brouillon",
                  "ecrit_le", "version", "seance", "commun", "contact"}  # fmt: skip
        personnelle = {"theme"}
        sensible = {"ordre_du_jour", "texte", "detail", "decisions"}


class DecisionEntretien(models.Model):
    """What was decided together, by whom, by when. Ours that is late shows like hers."""

    entretien = models.ForeignKey(EntretienSuivi, models.CASCADE, related_name="actions")
    quoi = models.CharField("quoi", max_length=200)
    qui = models.CharField("qui", max_length=10, choices=QuiFait.choices())
    avant_le = models.DateField("avant le", null=True, blank=True)
    faite_le = models.DateField("faite le", null=True, blank=True)

    class Meta:
        verbose_name = "décision d'entretien"
        verbose_name_plural = "décisions d'entretien"
        indexes = [models.Index(fields=["avant_le"], condition=Q(faite_le=None), name="decision_entretien_a_faire")]

    class Confidentialite:
        neutre = {"id", "entretien", "qui", "avant_le", "faite_le"}
        sensible = {"quoi"}


class Note(models.Model):
    """A note about a person. ``texte`` opens to those who follow her, ``detail`` to her référent body and its author.

    Never rewritten: a correction is a new row that replaces it, and what it said before is kept (``remplace``).
    """

    personne = models.ForeignKey(PERSONNE, models.RESTRICT, related_name="notes")
    structure = models.ForeignKey(STRUCTURE, models.RESTRICT, null=True, blank=True, related_name="+")
    par = models.ForeignKey(AGENT, models.RESTRICT, related_name="+")
    ecrite_le = models.DateTimeField("écrite le")
    theme = models.CharField("thème", max_length=20, choices=ThemeNote.choices())
    texte = models.TextField("note", blank=True)
    detail = models.TextField("partie sensible", blank=True)
    remplace = models.OneToOneField("self", models.RESTRICT, null=True, blank=True, related_name="remplacee_par")
    entretien = models.OneToOneField(EntretienSuivi, models.RESTRICT, null=True, blank=True, related_name="note")

    class Meta:
        verbose_name = "note"
        indexes = [
            models.Index(fields=["personne", "-ecrite_le"], name="note_personne"),
            models.Index(fields=["par", "-ecrite_le"], name="note_auteur"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(texte="", detail=""), name="note_non_vide")]

    class Confidentialite:
        neutre = {"id", "personne", "structure", "par", "ecrite_le", "remplace", "entretien"}
        personnelle = {"theme"}
        sensible = {"texte", "detail"}
