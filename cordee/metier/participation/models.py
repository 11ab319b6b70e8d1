"""The person's own access: who may open her space, and the one-time codes that prove it is she (V4)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.participation.enums import MoyenAcces, UsageCode


class AccesEspace(models.Model):
    """The strong access of one person, opened in her presence (V4).

    ``contact``: verified with her, and hers alone. Without it, only codes handed over on paper open it.
    """

    personne = models.OneToOneField("personnes.Personne", models.RESTRICT, related_name="acces_espace")
    contact = models.ForeignKey("personnes.Contact", models.RESTRICT, null=True, blank=True, related_name="+")
    active_le = models.DateTimeField("ouvert le")
    active_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    contact_le = models.DateTimeField("contact vérifié en sa présence le", null=True, blank=True)
    essais = models.PositiveSmallIntegerField("essais manqués depuis la dernière ouverture", default=0)
    bloque_jusqua = models.DateTimeField("fermé jusqu'à", null=True, blank=True)
    ouvert_le = models.DateTimeField("ouvert par la personne pour la dernière fois le", null=True, blank=True)
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)
    retire_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "accès à l'espace personnel"
        verbose_name_plural = "accès à l'espace personnel"
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=True) | Q(contact_le__isnull=False),
                name="acces_contact_verifie",
                violation_error_message="Dites quand ce contact a été vérifié avec la personne.",
            ),
            models.CheckConstraint(
                condition=Q(retire_le__isnull=True) | Q(retire_par__isnull=False),
                name="acces_retire_par",
                violation_error_message="Dites qui a retiré cet accès.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "active_le", "active_par", "contact_le", "essais", "bloque_jusqua", "retire_le",
                  "retire_par"}  # fmt: skip
        personnelle = {"contact", "ouvert_le"}


class CodeUnique(models.Model):
    """One code for one use. Only its keyed hash is kept; ``a_envoyer`` is its cipher, erased once it has left.

    A code that signs is bound to one object and to the digest of what was read (``objet_empreinte``): it signs nothing
    else.
    """

    acces = models.ForeignKey(AccesEspace, models.CASCADE, related_name="codes")
    usage = models.CharField("usage", max_length=8, choices=UsageCode.choices())
    moyen = models.CharField("moyen", max_length=8, choices=MoyenAcces.choices())
    contact = models.ForeignKey("personnes.Contact", models.RESTRICT, null=True, blank=True, related_name="+")
    objet_type = models.CharField("type d'objet", max_length=40, blank=True)
    objet_id = models.BigIntegerField("objet", null=True, blank=True)
    objet_empreinte = models.CharField("empreinte de ce qui est signé", max_length=64, blank=True)
    empreinte = models.BinaryField("empreinte", max_length=32)
    a_envoyer = models.BinaryField("code chiffré, jusqu'à son envoi", null=True)
    cree_le = models.DateTimeField("créé le")
    cree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    expire_le = models.DateTimeField("expire le")
    essais = models.PositiveSmallIntegerField("essais manqués", default=0)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)
    reponse = models.CharField("réponse du prestataire", max_length=40, blank=True)
    utilise_le = models.DateTimeField("utilisé le", null=True, blank=True)
    annule_le = models.DateTimeField("annulé le", null=True, blank=True)

    class Meta:
        verbose_name = "code à usage unique"
        verbose_name_plural = "codes à usage unique"
        indexes = [models.Index(fields=["acces", "-cree_le"], name="code_acces_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expire_le__gt=F("cree_le")),
                name="code_dates",
                violation_error_message="Un code expire après sa création.",
            ),
            models.CheckConstraint(
                condition=Q(usage="ouvrir") | (Q(objet_id__isnull=False) & ~Q(objet_empreinte="")),
                name="code_signe_un_objet",
                violation_error_message="Un code qui signe porte sur un document précis.",
            ),
            models.UniqueConstraint(
                fields=["acces", "usage"],
                condition=Q(utilise_le__isnull=True, annule_le__isnull=True),
                name="code_un_seul_ouvert",
                violation_error_message="Un code est déjà en cours.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "acces", "usage", "moyen", "objet_type", "objet_id", "objet_empreinte", "cree_le", "cree_par",
                  "expire_le", "essais", "envoye_le", "reponse", "utilise_le", "annule_le"}  # fmt: skip
        personnelle = {"contact"}
        sensible = {"empreinte", "a_envoyer"}
