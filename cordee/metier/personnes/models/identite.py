"""Who a person is and how she is reached: identity, identifiers, contacts, representatives."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat

from cordee.metier.personnes.enums import (
    Autorisation,
    GenreContact,
    GenreIdentifiant,
    PrecisionNaissance,
    Protection,
    Sexe,
    SourceDonnee,
)
from cordee.metier.personnes.models.bases import CleRecherche, dates_ordonnees


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Personne(models.Model):
    """One human being, known by a file or typed at the counter."""

    civilite = models.CharField("civilité", max_length=8, blank=True)
    nom = models.CharField("nom d'usage", max_length=80)
    nom_naissance = models.CharField("nom de naissance", max_length=80, blank=True)
    prenom = models.CharField("prénom", max_length=80)
    autres_prenoms = models.CharField("autres prénoms", max_length=120, blank=True)
    date_naissance = models.DateField("date de naissance", null=True, blank=True)
    precision_naissance = models.CharField(
        "précision", max_length=8, choices=PrecisionNaissance.choices(), default=PrecisionNaissance.JOUR
    )
    rang_naissance = models.PositiveSmallIntegerField("rang de naissance", null=True, blank=True)
    commune_naissance = models.CharField("commune de naissance", max_length=80, blank=True)
    sexe = models.CharField("sexe", max_length=8, choices=Sexe.choices(), default=Sexe.INCONNU)
    etat_civil_valide = models.BooleanField("état civil validé", null=True)
    provisoire = models.BooleanField("fiche provisoire (avant tout fichier)", default=False)
    canonique = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="reunies")
    deces_le = models.DateField("décédée le", null=True, blank=True)
    dossier_sensible = models.BooleanField("dossier sensible", default=False)
    contact_discret = models.BooleanField("contact discret", default=False)
    langue = models.CharField("langue parlée", max_length=40, blank=True)
    interprete = models.BooleanField("besoin d'un interprète", default=False)
    source = models.CharField("source", max_length=20, choices=SourceDonnee.choices())
    cree_le = models.DateTimeField("créée le")
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "personne"
        indexes = [
            GinIndex(
                OpClass(CleRecherche(Concat("nom", models.Value(" "), "nom_naissance", models.Value(" "), "prenom")),
                        name="gin_trgm_ops"),
                name="personne_cle_recherche",
            ),
            models.Index(fields=["date_naissance", "id"], name="personne_naissance"),
            models.Index(CleRecherche("nom"), CleRecherche("prenom"), "id", name="personne_ordre"),
            models.Index(fields=["id"], condition=Q(dossier_sensible=True), name="personne_sensible"),
            models.Index(fields=["id"], condition=Q(interprete=True), name="personne_interprete"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(canonique__isnull=True) | ~Q(canonique=F("id")),
                name="personne_pas_sa_propre_canonique",
                violation_error_message="Une personne ne peut pas être réunie à elle-même.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "precision_naissance", "provisoire", "canonique", "source", "cree_le", "version",
                  "etat_civil_valide", "rang_naissance"}  # fmt: skip
        personnelle = {"civilite", "nom", "nom_naissance", "prenom", "autres_prenoms", "date_naissance",
                       "commune_naissance", "sexe", "deces_le", "langue", "interprete"}  # fmt: skip
        sensible = {"dossier_sensible", "contact_discret"}

    def __str__(self) -> str:
        return f"Personne {self.pk}"


class Identifiant(models.Model):
    """A key under which a body knows a person, with its source and its dates. The NIR has no clear value here."""

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="identifiants")
    genre = models.CharField("genre", max_length=20, choices=GenreIdentifiant.choices())
    valeur = models.CharField("valeur", max_length=40, blank=True)
    valeur_chiffree = models.BinaryField("valeur chiffrée", null=True)
    empreinte = models.BinaryField("empreinte", max_length=32, null=True)
    cle_valide = models.BooleanField("clé vérifiée", null=True)
    source = models.CharField("source", max_length=20, choices=SourceDonnee.choices())
    debut = models.DateField("connu depuis")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "identifiant"
        indexes = [
            models.Index(fields=["genre", "empreinte"], name="identifiant_empreinte"),
            models.Index(fields=["genre", "valeur"], name="identifiant_valeur"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(genre="nir", valeur="") & Q(empreinte__isnull=False))
                | (~Q(genre="nir") & Q(valeur_chiffree__isnull=True) & ~Q(valeur="")),
                name="identifiant_nir_jamais_en_clair",
                violation_error_message="Le NIR n'est jamais conservé en clair.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "genre", "cle_valide", "source", "debut", "fin"}
        personnelle = {"valeur"}
        sensible = {"valeur_chiffree", "empreinte"}


class Contact(models.Model):
    """A phone number or an e-mail, with its source and what the person allows.

    ``fichier_id``: the file that first gave it. ``confirme_le``: date of the last file that gave it, which puts files
    in order for each person (E01).
    """

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="contacts")
    genre = models.CharField("genre", max_length=12, choices=GenreContact.choices())
    valeur = models.CharField("valeur", max_length=254)
    autorisation = models.CharField(
        "autorisation", max_length=10, choices=Autorisation.choices(), default=Autorisation.INCONNU
    )
    numero_de_tiers = models.BooleanField("numéro d'un tiers", default=False)
    verifie = models.BooleanField("vérifié avec la personne", default=False)
    en_echec = models.BooleanField("ne répond plus, rejeté", default=False)
    source = models.CharField("source", max_length=20, choices=SourceDonnee.choices())
    fichier_id = models.BigIntegerField("fichier d'origine", null=True)
    confirme_le = models.DateField("donné par un fichier jusqu'au", null=True, blank=True)
    debut = models.DateField("depuis")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "contact"
        indexes = [models.Index(fields=["valeur"], name="contact_valeur")]
        constraints = [dates_ordonnees("contact_dates")]

    class Confidentialite:
        neutre = {"id", "personne", "genre", "source", "fichier_id", "confirme_le", "debut", "fin"}
        personnelle = {"valeur", "autorisation", "numero_de_tiers", "verifie", "en_echec"}


class Representant(models.Model):
    """Who must also be told, or must assist, for a protected person or a minor (E28, R5412-7 al. 2)."""

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="representants")
    protection = models.CharField("protection", max_length=20, choices=Protection.choices())
    nom = models.CharField("nom du représentant", max_length=120, blank=True)
    adresse = models.TextField("adresse", blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    courriel = models.EmailField("courriel", blank=True)
    assiste_signature = models.BooleanField("son assistance est requise pour signer", default=True)
    debut = models.DateField("depuis")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "représentant"
        constraints = [dates_ordonnees("representant_dates")]

    class Confidentialite:
        neutre = {"id", "personne", "debut", "fin"}
        personnelle = {"nom", "adresse", "telephone", "courriel", "assiste_signature"}
        sensible = {"protection"}
