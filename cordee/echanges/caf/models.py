"""Files received from paying bodies, kept as facts, and what could not be read."""

from __future__ import annotations

from django.db import models

from cordee.socle.enums import EnumLibelle


class StatutFichier(EnumLibelle):
    RECU = "recu", "Reçu"
    EN_COURS = "en_cours", "Chargement en cours"
    A_CONFIRMER = "a_confirmer", "À confirmer"
    CHARGE = "charge", "Chargé"
    REFUSE = "refuse", "Refusé"


class Portee(EnumLibelle):
    """A late older monthly completes history only (E01)."""

    COURANT = "courant", "Situation courante"
    HISTORIQUE = "historique", "Historique seulement"


class FichierRecu(models.Model):
    """One file as received. The same bytes twice is the same fact: ``empreinte`` (sha-256) is unique."""

    empreinte = models.CharField("sha-256", max_length=64, unique=True)
    nom = models.CharField("nom du fichier", max_length=200)
    type = models.CharField("type", max_length=30, help_text="beneficiaires_mensuel, beneficiaires_quotidien…")
    organisme = models.ForeignKey(
        "personnes.OrganismePayeur", models.RESTRICT, null=True, blank=True, related_name="fichiers"
    )
    reference_le = models.DateField("date de référence (DTREF)", null=True, blank=True)
    cree_le = models.DateTimeField("créé par l'émetteur le", null=True, blank=True)
    recu_le = models.DateField("reçu le")
    depose_le = models.DateTimeField("déposé le")
    depose_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    taille = models.BigIntegerField("taille (octets)")
    statut = models.CharField("statut", max_length=20, choices=StatutFichier.choices(), default=StatutFichier.RECU)
    portee = models.CharField("portée", max_length=12, choices=Portee.choices(), blank=True)
    erreur = models.CharField("erreur", max_length=500, blank=True)
    avancement = models.PositiveIntegerField("foyers lus", default=0)
    etape_traitement = models.CharField("en train de", max_length=60, blank=True)
    rapport = models.JSONField("rapport", default=dict)
    charge_le = models.DateTimeField("chargé le", null=True, blank=True)

    class Meta:
        verbose_name = "fichier reçu"
        indexes = [models.Index(fields=["organisme", "-reference_le"], name="fichier_organisme")]

    class Confidentialite:
        neutre = {"id", "empreinte", "nom", "type", "organisme", "reference_le", "cree_le", "recu_le", "depose_le",
                  "depose_par", "taille", "statut", "portee", "erreur", "avancement", "etape_traitement", "rapport",
                  "charge_le"}  # fmt: skip


class FoyerRejete(models.Model):
    """A household that could not be read: encrypted, without NIR, for the data desk only, purged later (V1)."""

    fichier = models.ForeignKey(FichierRecu, models.CASCADE, related_name="rejets")
    ligne = models.PositiveIntegerField("ligne")
    numdemrsa = models.CharField("numéro de demande", max_length=11, blank=True)
    motif = models.CharField("motif", max_length=300)
    bloc_chiffre = models.BinaryField("bloc chiffré")
    cree_le = models.DateTimeField("mis de côté le")
    rejoue_le = models.DateTimeField("rejoué le", null=True, blank=True)

    class Meta:
        verbose_name = "foyer mis de côté"

    class Confidentialite:
        neutre = {"id", "fichier", "ligne", "motif", "cree_le", "rejoue_le"}
        personnelle = {"numdemrsa"}
        sensible = {"bloc_chiffre"}
