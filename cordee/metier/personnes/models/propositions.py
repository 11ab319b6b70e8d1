"""What a file says and an agent must decide, because a human said something else more recently (R66)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.metier.personnes.enums import (
    Autorisation,
    GenreContact,
    MotifProposition,
    SourceDonnee,
    StatutProposition,
)
from cordee.metier.personnes.models.identite import Personne


class ContactPropose(models.Model):
    """A phone or an e-mail that a file gives, and that does not replace what a human entered since (R66).

    ``personne`` is the row the file knows, even merged into another. Set aside once, the same value is not proposed
    again month after month.
    """

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="contacts_proposes")
    genre = models.CharField("genre", max_length=12, choices=GenreContact.choices())
    valeur = models.CharField("valeur", max_length=254)
    autorisation = models.CharField(
        "autorisation", max_length=10, choices=Autorisation.choices(), default=Autorisation.INCONNU
    )
    motif = models.CharField("pourquoi", max_length=16, choices=MotifProposition.choices())
    source = models.CharField("source", max_length=20, choices=SourceDonnee.choices(), default=SourceDonnee.CONTACTS)
    fichier_id = models.BigIntegerField("fichier d'origine", null=True)
    date_du_fichier = models.DateField("date du fichier")
    statut = models.CharField(
        "statut", max_length=12, choices=StatutProposition.choices(), default=StatutProposition.EN_ATTENTE
    )
    propose_le = models.DateTimeField("proposé le")
    decide_le = models.DateTimeField("décidé le", null=True, blank=True)
    decide_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "contact proposé"
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "genre", "valeur"], condition=Q(statut="en_attente"), name="contact_propose_unique"
            ),
        ]
        indexes = [models.Index(fields=["propose_le"], condition=Q(statut="en_attente"), name="contact_propose_file")]

    class Confidentialite:
        neutre = {"id", "personne", "genre", "motif", "source", "fichier_id", "date_du_fichier", "statut",
                  "propose_le", "decide_le", "decide_par"}  # fmt: skip
        personnelle = {"valeur", "autorisation"}
