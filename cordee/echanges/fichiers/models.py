"""Files received from paying bodies and partners, kept as facts, and what could not be read of them."""

from __future__ import annotations

from django.db import models

from cordee.metier.organismes.enums import Unite
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


class RaisonEcart(EnumLibelle):
    """Why a piece set aside will not be played again."""

    RENVOI_ATTENDU = "renvoi_attendu", "L'émetteur le renverra corrigé"
    DEJA_PRIS = "deja_pris", "Déjà pris par un autre fichier"
    HORS_PERIMETRE = "hors_perimetre", "Ne concerne pas notre département"
    INEXPLOITABLE = "inexploitable", "Inexploitable, l'émetteur le confirme"
    AUTRE = "autre", "Autre raison"


class ElementRejete(models.Model):
    """A household, or a line, that could not be taken safely: encrypted, without NIR, for the data desk only (V1).

    ``repere`` says which one to the sender (the request number of a household, the key of a line); ``bloc_chiffre`` is
    emptied once purged. ``correction_chiffree``: what an agent typed in its place before it was played again.
    ``resultat``: the sentence of what became of it; ``suites``: what it touched once played (``{"personnes": [ids],
    "evenements": {genre: number}}``); ``echec``: why the last attempt failed.
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
    raison_ecart = models.CharField("raison de l'écart", max_length=20, choices=RaisonEcart.choices(), blank=True)
    suites = models.JSONField("ce que le rejeu a touché", default=dict, blank=True)
    echec = models.CharField("dernier essai", max_length=300, blank=True)
    purge_le = models.DateTimeField("effacé le", null=True, blank=True)

    class Meta:
        verbose_name = "élément mis de côté"
        indexes = [models.Index(fields=["statut", "cree_le"], name="element_statut")]

    class Confidentialite:
        neutre = {"id", "fichier", "genre", "rang", "ligne", "code", "motif", "statut", "cree_le", "traite_le",
                  "traite_par", "resultat", "raison_ecart", "suites", "echec", "purge_le"}  # fmt: skip
        personnelle = {"repere"}
        sensible = {"bloc_chiffre", "correction_chiffree"}


class LectureElement(models.Model):
    """Who read a piece set aside, and when. No foreign key: it never blocks live data."""

    element_id = models.BigIntegerField()
    agent_id = models.BigIntegerField()
    lue_le = models.DateTimeField("lue le")

    class Meta:
        verbose_name = "lecture d'un élément mis de côté"
        indexes = [models.Index(fields=["lue_le"], name="lecture_element_date")]

    class Confidentialite:
        neutre = {"id", "element_id", "lue_le"}
        personnelle = {"agent_id"}


class Rejeu(models.Model):
    """Several pieces played again in the background. ``echecs``: ``[{"element": id, "motif": …}]``."""

    demande_le = models.DateTimeField("demandé le")
    demande_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    elements = models.JSONField("éléments", default=list)
    traites = models.PositiveIntegerField("éléments traités", default=0)
    reussis = models.PositiveIntegerField("éléments rejoués", default=0)
    echecs = models.JSONField("échecs", default=list, blank=True)
    termine_le = models.DateTimeField("terminé le", null=True, blank=True)

    class Meta:
        verbose_name = "rejeu"

    class Confidentialite:
        neutre = {"id", "demande_le", "demande_par", "elements", "traites", "reussis", "echecs", "termine_le"}


class Periodicite(EnumLibelle):
    MENSUEL = "mensuel", "Chaque mois"
    QUOTIDIEN = "quotidien", "Chaque jour ouvré"
    LIBRE = "libre", "Sans calendrier"


class FichierAttendu(models.Model):
    """What the data desk says of a kind of file from one sender: its rhythm, its owner, until when (R29).

    A kind met is expected by itself, at the rhythm of its kind (``calendrier.attentes``): a row here only says
    otherwise, or announces a kind never met. ``jour`` is the day of the month of a monthly file.
    """

    type = models.CharField("type", max_length=30, choices=TypeFichier.choices())
    organisme = models.ForeignKey(
        "personnes.OrganismePayeur", models.RESTRICT, null=True, blank=True, related_name="attendus"
    )
    emetteur = models.ForeignKey(
        "organismes.Structure", models.RESTRICT, null=True, blank=True, related_name="fichiers_attendus"
    )
    periodicite = models.CharField("rythme", max_length=12, choices=Periodicite.choices())
    jour = models.PositiveSmallIntegerField("jour du mois", null=True, blank=True)
    unite = models.CharField("qui relance", max_length=30, choices=Unite.choices(), default=Unite.DONNEES)
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, blank=True, related_name="+")
    debut = models.DateField("attendu depuis")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)
    note = models.CharField("note", max_length=300, blank=True)
    modifie_le = models.DateTimeField("modifié le")
    modifie_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "fichier attendu"
        constraints = [
            models.UniqueConstraint(
                fields=["type", "organisme", "emetteur"], name="attendu_unique", nulls_distinct=False,
                violation_error_message="Ce fichier est déjà dans le calendrier : modifiez-le.",
            ),
            models.CheckConstraint(
                condition=~models.Q(periodicite="mensuel") | models.Q(jour__gte=1, jour__lte=31),
                name="attendu_jour",
                violation_error_message="Un fichier mensuel est attendu un jour du mois, de 1 à 31.",
            ),
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("debut")),
                name="attendu_dates",
                violation_error_message="La date de fin doit suivre la date de début.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "type", "organisme", "emetteur", "periodicite", "jour", "unite", "structure", "debut", "fin",
                  "note", "modifie_le", "modifie_par"}  # fmt: skip


class RelanceFichier(models.Model):
    """Somebody asked the sender for a file that had not come. ``attendu_le``: the day it was due."""

    attendu = models.ForeignKey(FichierAttendu, models.CASCADE, related_name="relances")
    attendu_le = models.DateField("attendu le")
    faite_le = models.DateTimeField("faite le")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "relance d'un fichier attendu"
        indexes = [models.Index(fields=["attendu", "attendu_le"], name="relance_attendu")]

    class Confidentialite:
        neutre = {"id", "attendu", "attendu_le", "faite_le", "par"}
