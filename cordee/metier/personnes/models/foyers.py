"""Households as a paying body knows them: membership, and where they live."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from cordee.metier.organismes.models import Intervalle
from cordee.metier.personnes.enums import (
    Localisation,
    NatureAdresse,
    Presence,
    RoleFoyer,
    SourceDonnee,
)
from cordee.metier.personnes.models.bases import dates_ordonnees
from cordee.metier.personnes.models.identite import Personne


class OrganismePayeur(models.Model):
    """A CAF or MSA body: the unit inside which files are ordered and compared (E01, E02)."""

    code = models.CharField("code", max_length=8, unique=True, help_text="FONORG puis NUMORG : CAF941")
    nom = models.CharField("nom", max_length=80)

    class Confidentialite:
        neutre = {"id", "code", "nom"}

    def __str__(self) -> str:
        return self.nom


class Foyer(models.Model):
    """A RSA household of a paying body, and what its last file said.

    Its key is the request *and* the beneficiary number: the two members of a couple may each have a file at the CAF
    under one and the same request. ``reference_le`` then ``transmis_le`` put the files of a household in order (E01).
    ``empreinte`` and ``empreinte_brute`` tell that a file says nothing new of it.
    """

    organisme = models.ForeignKey(OrganismePayeur, models.RESTRICT, related_name="foyers", null=True)
    numdemrsa = models.CharField("numéro de demande RSA", max_length=11)
    matricule = models.CharField("numéro allocataire", max_length=15, blank=True)
    demande_le = models.DateField("demande (DTDEMRSA)", null=True, blank=True)
    situation_familiale = models.CharField("situation familiale (SITFAM)", max_length=3, blank=True)
    situation_depuis = models.DateField("depuis", null=True, blank=True)
    nb_enfants_autres = models.PositiveSmallIntegerField("enfants et autres personnes à charge", null=True, blank=True)
    presence = models.CharField("présence", max_length=20, choices=Presence.choices(), default=Presence.TRANSMIS)
    absences = models.PositiveSmallIntegerField("fichiers mensuels de suite sans ce foyer", default=0)
    reference_le = models.DateField("date de référence du dernier fichier", null=True, blank=True)
    transmis_le = models.DateTimeField("création du dernier fichier", null=True, blank=True)
    empreinte = models.BinaryField("empreinte du dernier contenu", max_length=32, null=True)
    empreinte_brute = models.BinaryField("empreinte des octets du dernier contenu", max_length=32, null=True)
    detail = models.JSONField("autres éléments transmis", default=dict)
    precedent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="suivants",
        help_text="Le dossier auquel celui-ci fait suite (NUMDEMRSAPRECE).",
    )  # fmt: skip

    class Meta:
        verbose_name = "foyer"
        constraints = [
            models.UniqueConstraint(
                fields=["organisme", "numdemrsa", "matricule"], name="foyer_unique", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(fields=["numdemrsa"], name="foyer_numdemrsa"),
            models.Index(fields=["matricule"], name="foyer_matricule"),
        ]

    class Confidentialite:
        neutre = {"id", "organisme", "presence", "absences", "reference_le", "transmis_le", "precedent", "empreinte",
                  "empreinte_brute"}  # fmt: skip
        personnelle = {"numdemrsa", "matricule", "demande_le", "situation_familiale", "situation_depuis",
                       "nb_enfants_autres"}  # fmt: skip
        sensible = {"detail"}


class Appartenance(models.Model):
    """A person's role in a household over a period."""

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="appartenances")
    foyer = models.ForeignKey(Foyer, models.RESTRICT, related_name="appartenances")
    role = models.CharField("rôle", max_length=3, choices=RoleFoyer.choices())
    role_famille = models.CharField("rôle en prestations familiales", max_length=3, blank=True)
    responsable = models.BooleanField("responsable du dossier", default=False)
    a_charge = models.BooleanField("à charge au titre du RSA", null=True)
    detail = models.JSONField("autres éléments transmis", default=dict)
    debut = models.DateField("depuis")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "appartenance à un foyer"
        indexes = [
            models.Index(fields=["foyer", "personne"], condition=Q(fin__isnull=True), name="appartenance_actuelle"),
        ]
        constraints = [
            dates_ordonnees("appartenance_dates"),
            ExclusionConstraint(
                name="appartenance_sans_chevauchement",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    ("foyer", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Cette personne appartient déjà à ce foyer à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "foyer", "debut", "fin"}
        personnelle = {"role", "role_famille", "responsable", "a_charge"}
        sensible = {"detail"}


class Adresse(models.Model):
    """An address over a period. Held by the household (files) or by a person (typed by an agent)."""

    foyer = models.ForeignKey(Foyer, models.RESTRICT, null=True, blank=True, related_name="adresses")
    personne = models.ForeignKey(Personne, models.RESTRICT, null=True, blank=True, related_name="adresses")
    nature = models.CharField("nature", max_length=20, choices=NatureAdresse.choices(), default=NatureAdresse.DOMICILE)
    localisation = models.CharField("localisation", max_length=20, choices=Localisation.choices())
    commune = models.ForeignKey(
        "territoires.Commune", models.RESTRICT, null=True, blank=True, related_name="+", db_index=False
    )
    code_insee = models.CharField("code INSEE", max_length=5, blank=True)
    complement_identification = models.CharField("bâtiment, escalier", max_length=80, blank=True)
    complement = models.CharField("complément", max_length=80, blank=True)
    numero = models.CharField("numéro", max_length=8, blank=True)
    type_voie = models.CharField("type de voie", max_length=32, blank=True)
    voie = models.CharField("voie", max_length=80, blank=True)
    lieu_dit = models.CharField("lieu-dit", max_length=80, blank=True)
    code_postal = models.CharField("code postal", max_length=5, blank=True)
    ville = models.CharField("ville", max_length=80, blank=True)
    pays = models.CharField("pays", max_length=3, default="FRA")
    lignes_etranger = models.JSONField("lignes d'une adresse étrangère", default=list)
    chez = models.CharField("chez (organisme domiciliataire)", max_length=80, blank=True)
    domiciliataire = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, blank=True, related_name="+")
    domiciliation_echeance = models.DateField("domiciliation à renouveler avant le", null=True, blank=True)
    type_caf = models.CharField("TYPEADR", max_length=1, blank=True)
    etat_caf = models.CharField("ETATADR", max_length=2, blank=True)
    npai = models.BooleanField("courrier revenu (NPAI)", default=False)
    rang = models.PositiveSmallIntegerField("rang dans le fichier", default=1)
    emmenagement_le = models.DateField("emménagement", null=True, blank=True)
    source = models.CharField("source", max_length=20, choices=SourceDonnee.choices())
    fichier_id = models.BigIntegerField("fichier d'origine", null=True)
    debut = models.DateField("depuis")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "adresse"
        indexes = [
            models.Index(fields=["foyer"], condition=Q(fin__isnull=True), name="adresse_foyer_courante"),
            models.Index(fields=["personne"], condition=Q(fin__isnull=True), name="adresse_personne_courante"),
            models.Index(fields=["commune"], condition=Q(fin__isnull=True), name="adresse_commune_courante"),
        ]
        constraints = [
            dates_ordonnees("adresse_dates"),
            models.CheckConstraint(
                condition=Q(foyer__isnull=False) ^ Q(personne__isnull=False),
                name="adresse_foyer_ou_personne",
                violation_error_message="Une adresse appartient à un foyer ou à une personne.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "foyer", "personne", "source", "fichier_id", "rang", "type_caf", "etat_caf", "debut", "fin",
                  "localisation"}  # fmt: skip
        personnelle = {"nature", "commune", "code_insee", "complement_identification", "complement", "numero",
                       "type_voie", "voie", "lieu_dit", "code_postal", "ville", "pays", "lignes_etranger", "chez",
                       "domiciliataire", "domiciliation_echeance", "npai", "emmenagement_le"}  # fmt: skip
