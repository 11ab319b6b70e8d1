"""Contacts and attempts."""

from __future__ import annotations

from django.db import models

from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact


class ContactSuivi(models.Model):
    """A contact or an attempt, in three taps (R12)."""

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="contacts_suivi")
    genre = models.CharField("genre", max_length=20, choices=GenreContactSuivi.choices())
    resultat = models.CharField("résultat", max_length=20, choices=ResultatContact.choices())
    le = models.DateTimeField("le")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    prochain_le = models.DateField("prochain contact", null=True, blank=True)
    note = models.TextField("note", blank=True)
    annule_le = models.DateTimeField("corrigé le", null=True, blank=True)

    class Meta:
        verbose_name = "contact"
        indexes = [models.Index(fields=["personne", "-le"], name="contact_suivi_personne")]

    class Confidentialite:
        neutre = {"id", "personne", "genre", "le", "par", "prochain_le", "annule_le"}
        personnelle = {"resultat"}
        sensible = {"note"}
