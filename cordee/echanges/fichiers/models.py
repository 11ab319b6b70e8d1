"""Files received from paying bodies and partners, kept as facts, and what could not be read of them."""

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


class TypeFichier(EnumLibelle):
    """What a file is, recognised by its content, never by its name."""

    BENEFICIAIRES_MENSUEL = "beneficiaires_mensuel", "Fichier mensuel des bénéficiaires"
    BENEFICIAIRES_QUOTIDIEN = "beneficiaires_quotidien", "Fichier quotidien des bénéficiaires"
    BENEFICIAIRES_EXCEPTIONNEL = "beneficiaires_exceptionnel", "Fichier exceptionnel des bénéficiaires"
    CONTACTS = "contacts", "Fichier des contacts"
    OPERATEUR_EMPLOI = "operateur_emploi", "Fichier de l'opérateur de l'emploi"
    PARTENAIRE = "partenaire", "Fichier d'un partenaire"


class FichierRecu(models.Model):
    """One file as received. The same bytes twice is the same fact: ``empreinte`` (sha-256) is unique."""

    empreinte = models.CharField("sha-256", max_length=64, unique=True)
    nom = models.CharField("nom du fichier", max_length=200)
    type = models.CharField("type", max_length=30, choices=TypeFichier.choices(), blank=True)
    organisme = models.ForeignKey(
        "personnes.OrganismePayeur", models.RESTRICT, null=True, blank=True, related_name="fichiers"
    )
    emetteur = models.ForeignKey(
        "organismes.Structure", models.RESTRICT, null=True, blank=True, related_name="fichiers",
        help_text="Le partenaire qui l'a envoyé, quand ce n'est pas un organisme payeur.",
    )  # fmt: skip
    reference_le = models.DateField("date de référence (DTREF)", null=True, blank=True)
    cree_le = models.DateTimeField("créé par l'émetteur le", null=True, blank=True)
    recu_le = models.DateField("reçu le")
    depose_le = models.DateTimeField("déposé le")
    depose_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    taille = models.BigIntegerField("taille (octets)")
    annonces = models.PositiveIntegerField("éléments annoncés", null=True, blank=True)
    lus = models.PositiveIntegerField("éléments lus", null=True, blank=True)
    statut = models.CharField("statut", max_length=20, choices=StatutFichier.choices(), default=StatutFichier.RECU)
    portee = models.CharField("portée", max_length=12, choices=Portee.choices(), blank=True)
    erreur = models.CharField("erreur", max_length=500, blank=True)
    avancement = models.PositiveIntegerField("éléments traités", default=0)
    etape_traitement = models.CharField("en train de", max_length=60, blank=True)
    rapport = models.JSONField("rapport", default=dict)
    charge_le = models.DateTimeField("chargé le", null=True, blank=True)

    class Meta:
        verbose_name = "fichier reçu"
        indexes = [
            models.Index(fields=["organisme", "-reference_le"], name="fichier_organisme"),
            models.Index(fields=["-depose_le"], name="fichier_depose"),
        ]

    class Confidentialite:
        neutre = {"id", "empreinte", "nom", "type", "organisme", "emetteur", "reference_le", "cree_le", "recu_le",
                  "depose_le", "depose_par", "taille", "annonces", "lus", "statut", "portee", "erreur", "avancement",
                  "etape_traitement", "rapport", "charge_le"}  # fmt: skip


class GenreElement(EnumLibelle):
    """The smallest part of a file that can be set aside."""

    FOYER = "foyer", "Foyer"
    LIGNE = "ligne", "Ligne"


class StatutElement(EnumLibelle):
    EN_ATTENTE = "en_attente", "À corriger ou à rejouer"
    REJOUE = "rejoue", "Rejoué"
    ECARTE = "ecarte", "Écarté"
    PURGE = "purge", "Effacé"


class ElementRejete(models.Model):
    """A household, or a line, that could not be taken safely: encrypted, without NIR, for the data desk only (V1).

    ``repere`` says which one to the sender (the request number of a household, the key of a line); ``bloc_chiffre`` is
    emptied once purged. ``correction_chiffree``: what an agent typed in its place before it was played again.
    """

    fichier = models.ForeignKey(FichierRecu, models.CASCADE, related_name="rejets")
    genre = models.CharField("genre", max_length=10, choices=GenreElement.choices(), default=GenreElement.FOYER)
    rang = models.PositiveIntegerField("rang dans le fichier", default=0)
    ligne = models.PositiveIntegerField("ligne")
    repere = models.CharField("repère (numéro de demande, clé)", max_length=40, blank=True)
    code = models.CharField("code du motif", max_length=40, blank=True)
    motif = models.CharField("motif", max_length=300)
    bloc_chiffre = models.BinaryField("bloc chiffré")
    correction_chiffree = models.BinaryField("correction chiffrée", null=True, blank=True)
    statut = models.CharField(
        "statut", max_length=12, choices=StatutElement.choices(), default=StatutElement.EN_ATTENTE
    )
    cree_le = models.DateTimeField("mis de côté le")
    traite_le = models.DateTimeField("traité le", null=True, blank=True)
    traite_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    resultat = models.CharField("ce que le traitement a donné", max_length=300, blank=True)
    purge_le = models.DateTimeField("effacé le", null=True, blank=True)

    class Meta:
        verbose_name = "élément mis de côté"
        indexes = [models.Index(fields=["statut", "cree_le"], name="element_statut")]

    class Confidentialite:
        neutre = {"id", "fichier", "genre", "rang", "ligne", "code", "motif", "statut", "cree_le", "traite_le",
                  "traite_par", "resultat", "purge_le"}  # fmt: skip
        personnelle = {"repere"}
        sensible = {"bloc_chiffre", "correction_chiffree"}
