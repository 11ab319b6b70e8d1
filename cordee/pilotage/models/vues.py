"""Views that agents keep, who receives them, and what was sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.pilotage.enums_vues import Cadence, EtatEnvoi, FinAbonnement, Franchissement

_AGENT = "organismes.Agent"


class VueGardee(models.Model):
    """A page of figures with its filters. ``page``: the name of its address, ``objet``: what it is about (a code).

    ``permissions``: those of which one opens the page: a shared view shows to who has one. Opening it never gives more
    than the page itself would.
    """

    agent = models.ForeignKey(_AGENT, models.RESTRICT, related_name="+", verbose_name="gardée par")
    nom = models.CharField("nom", max_length=80)
    page = models.CharField("page", max_length=60)
    objet = models.CharField("objet", max_length=60, blank=True)
    parametres = models.JSONField("filtres", default=dict)
    permissions = models.JSONField("permissions qui l'ouvrent", default=list)
    partagee = models.BooleanField("partagée", default=False)
    premiere = models.BooleanField("première page", default=False)
    creee_le = models.DateTimeField("gardée le")
    modifiee_le = models.DateTimeField("modifiée le")
    supprimee_le = models.DateTimeField("supprimée le", null=True)

    class Meta:
        verbose_name = "vue gardée"
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "nom"], condition=Q(supprimee_le__isnull=True), name="vue_nom_unique",
                violation_error_message="Vous avez déjà une vue de ce nom.",
            ),
            models.UniqueConstraint(
                fields=["agent"], condition=Q(premiere=True, supprimee_le__isnull=True), name="vue_premiere_unique",
                violation_error_message="Une seule vue peut être votre première page.",
            ),
            models.CheckConstraint(
                condition=~Q(nom=""), name="vue_nommee", violation_error_message="Donnez un nom à cette vue."
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["nom"], condition=Q(partagee=True, supprimee_le__isnull=True), name="vue_partagee")
        ]

    class Confidentialite:
        neutre = {"id", "agent", "nom", "page", "objet", "parametres", "permissions", "partagee", "premiere",
                  "creee_le", "modifiee_le", "supprimee_le"}  # fmt: skip

    def __str__(self) -> str:
        return self.nom


class AbonnementVue(models.Model):
    """An agent who receives a view. Never a free address: what she may no longer read is not sent (V8).

    ``code``, ``sens``, ``seuil``: the figure that is watched; ``au_dela``: on which side it was last (None: unknown).
    ``jeton``: of the link that stops it without signing in.
    """

    vue = models.ForeignKey(VueGardee, models.RESTRICT, related_name="abonnements")
    destinataire = models.ForeignKey(_AGENT, models.RESTRICT, related_name="+")
    cadence = models.CharField("quand", max_length=16, choices=Cadence.choices())
    code = models.CharField("chiffre suivi", max_length=60, blank=True)
    sens = models.CharField("sens", max_length=12, choices=Franchissement.choices(), blank=True)
    seuil = models.FloatField("seuil", null=True, blank=True)
    au_dela = models.BooleanField("seuil franchi à la dernière lecture", null=True)
    jeton = models.CharField("jeton d'arrêt", max_length=43, unique=True)
    par = models.ForeignKey(_AGENT, models.RESTRICT, related_name="+", db_index=False)
    cree_le = models.DateTimeField("demandé le")
    arrete_le = models.DateTimeField("arrêté le", null=True)
    fin = models.CharField("pourquoi il est arrêté", max_length=12, choices=FinAbonnement.choices(), blank=True)

    class Meta:
        verbose_name = "envoi d'une vue"
        constraints = [
            models.UniqueConstraint(
                fields=["vue", "destinataire", "cadence", "code"], condition=Q(arrete_le__isnull=True),
                name="abonnement_unique", violation_error_message="Ce destinataire reçoit déjà cette vue ainsi.",
            ),
            models.CheckConstraint(
                condition=~Q(cadence="seuil") | (Q(seuil__isnull=False) & ~Q(code="") & ~Q(sens="")),
                name="abonnement_seuil", violation_error_message="Dites quel chiffre suivre, et son seuil.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["id"], condition=Q(arrete_le__isnull=True), name="abonnement_en_cours")]

    class Confidentialite:
        neutre = {"id", "vue", "destinataire", "cadence", "code", "sens", "seuil", "au_dela", "par", "cree_le",
                  "arrete_le", "fin"}  # fmt: skip
        sensible = {"jeton"}


class EnvoiVue(models.Model):
    """One sending: at most one per subscription and day, so that nothing is sent twice. ``texte``: what was sent."""

    abonnement = models.ForeignKey(AbonnementVue, models.RESTRICT, related_name="envois")
    jour = models.DateField("pour le")
    etat = models.CharField("état", max_length=12, choices=EtatEnvoi.choices(), default=EtatEnvoi.A_ENVOYER)
    essais = models.PositiveSmallIntegerField("essais", default=0)
    prochain_essai_le = models.DateTimeField("prochain essai")
    pris_le = models.DateTimeField("remis le", null=True)
    fini_le = models.DateTimeField("terminé le", null=True)
    reponse = models.CharField("code du serveur", max_length=40, blank=True)
    texte = models.TextField("chiffres envoyés", blank=True)

    class Meta:
        verbose_name = "message envoyé"
        constraints = [models.UniqueConstraint(fields=["abonnement", "jour"], name="envoi_une_fois_par_jour")]
        indexes = [
            models.Index(
                fields=["prochain_essai_le"], condition=Q(etat__in=["a_envoyer", "en_cours"]), name="envoi_en_attente"
            )
        ]

    class Confidentialite:
        neutre = {"id", "abonnement", "jour", "etat", "essais", "prochain_essai_le", "pris_le", "fini_le", "reponse",
                  "texte"}  # fmt: skip
