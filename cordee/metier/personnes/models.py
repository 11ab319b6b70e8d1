"""Persons, households, membership, identifiers, rights, addresses, contacts, accesses.

Person ≠ foyer ≠ membership ≠ identifier. Facts of a file are dated rows: a figure for last year reads last year's
rows. A merged person keeps her rows; ``canonique`` says who she is now.
"""

from __future__ import annotations

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Concat

from cordee.metier.organismes.models import Intervalle
from cordee.metier.personnes.enums import (
    Autorisation,
    EtatDroit,
    FinaliteRattachement,
    GenreContact,
    GenreIdentifiant,
    Localisation,
    NatureAdresse,
    PrecisionNaissance,
    Presence,
    Protection,
    RoleFoyer,
    Sexe,
    SourceDonnee,
    StatutArbitrage,
)


class CleRecherche(Func):
    """Lower case, no accent, words separated by one space (SQL function of the first migration)."""

    function = "cle_recherche"
    output_field = models.TextField()


def _dates(nom: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
        name=nom,
        violation_error_message="La date de fin doit suivre la date de début.",
    )


class OrganismePayeur(models.Model):
    """A CAF or MSA body: the unit inside which files are ordered and compared (E01, E02)."""

    code = models.CharField("code", max_length=8, unique=True, help_text="FONORG puis NUMORG : CAF941")
    nom = models.CharField("nom", max_length=80)

    class Confidentialite:
        neutre = {"id", "code", "nom"}

    def __str__(self) -> str:
        return self.nom


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
            models.Index(fields=["date_naissance"], name="personne_naissance"),
            models.Index(CleRecherche("nom"), CleRecherche("prenom"), "id", name="personne_ordre"),
            models.Index(fields=["id"], condition=Q(dossier_sensible=True), name="personne_sensible"),
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


class Foyer(models.Model):
    """A RSA household of a paying body, and what its last file said.

    Its key is the request *and* the beneficiary number: the two members of a couple may each have a file at the CAF
    under one and the same request. ``reference_le`` then ``transmis_le`` put the files of a household in order (E01).
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
    detail = models.JSONField("autres éléments transmis", default=dict)

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
        neutre = {"id", "organisme", "presence", "absences", "reference_le", "transmis_le", "empreinte"}
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
        constraints = [
            _dates("appartenance_dates"),
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


class DroitFoyer(models.Model):
    """The state of a household's right over a period, dated by the file's reference date."""

    foyer = models.ForeignKey(Foyer, models.RESTRICT, related_name="droits")
    etat = models.CharField("état", max_length=8, choices=EtatDroit.choices())
    motif = models.CharField("motif", max_length=8, blank=True)
    motif_le = models.DateField("date du motif", null=True, blank=True)
    montant = models.DecimalField("montant total du droit", max_digits=9, decimal_places=2, null=True, blank=True)
    detail = models.JSONField("détail transmis", default=dict)
    fichier_id = models.BigIntegerField("fichier d'origine", null=True)
    debut = models.DateField("depuis (date de référence)")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "droit du foyer"
        indexes = [models.Index(fields=["foyer"], condition=Q(fin__isnull=True), name="droit_foyer_courant")]
        constraints = [
            _dates("droit_foyer_dates"),
            ExclusionConstraint(
                name="droit_foyer_sans_chevauchement",
                expressions=[
                    ("foyer", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Un état du droit existe déjà à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "foyer", "fichier_id", "debut", "fin"}
        personnelle = {"etat", "motif", "motif_le"}
        sensible = {"montant", "detail"}


class DroitPersonne(models.Model):
    """Whether a person is soumise aux droits et devoirs over a period (CASF L262-28; flag of the file, E30).

    ``sdd`` null: the flag was not transmitted. Unknown is not "non soumise".
    """

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="droits")
    foyer = models.ForeignKey(Foyer, models.RESTRICT, related_name="droits_personnes")
    sdd = models.BooleanField("soumise aux droits et devoirs", null=True)
    entrante = models.BooleanField("signalée entrante", null=True)
    ressources = models.DecimalField("ressources mensuelles", max_digits=9, decimal_places=2, null=True, blank=True)
    detail = models.JSONField("détail transmis", default=dict)
    fichier_id = models.BigIntegerField("fichier d'origine", null=True)
    debut = models.DateField("depuis (date de référence)")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "droit de la personne"
        indexes = [
            models.Index(fields=["personne"], condition=Q(fin__isnull=True), name="droit_personne_courant"),
        ]
        constraints = [
            _dates("droit_personne_dates"),
            ExclusionConstraint(
                name="droit_personne_sans_chevauchement",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    ("foyer", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Un droit existe déjà à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "foyer", "fichier_id", "debut", "fin"}
        personnelle = {"sdd", "entrante"}
        sensible = {"ressources", "detail"}


class OuvertureDroit(models.Model):
    """The four dates of E06 for one entry of a person: demande, effet, décision or first transmission, réception.

    The six weeks of CASF D262-65-2 run from ``recue_le``.
    """

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="ouvertures")
    foyer = models.ForeignKey(Foyer, models.RESTRICT, related_name="ouvertures")
    demande_le = models.DateField("demande", null=True, blank=True)
    effet_le = models.DateField("effet du droit", null=True, blank=True)
    transmise_le = models.DateField("première transmission")
    recue_le = models.DateField("réception par le Département")
    retour = models.BooleanField("retour de moins de douze mois", default=False)

    class Meta:
        verbose_name = "ouverture de droit"
        indexes = [models.Index(fields=["personne", "-recue_le"], name="ouverture_personne")]

    class Confidentialite:
        neutre = {"id", "personne", "foyer"}
        personnelle = {"demande_le", "effet_le", "transmise_le", "recue_le", "retour"}


class Adresse(models.Model):
    """An address over a period. Held by the household (files) or by a person (typed by an agent)."""

    foyer = models.ForeignKey(Foyer, models.RESTRICT, null=True, blank=True, related_name="adresses")
    personne = models.ForeignKey(Personne, models.RESTRICT, null=True, blank=True, related_name="adresses")
    nature = models.CharField("nature", max_length=20, choices=NatureAdresse.choices(), default=NatureAdresse.DOMICILE)
    localisation = models.CharField("localisation", max_length=20, choices=Localisation.choices())
    commune = models.ForeignKey("territoires.Commune", models.RESTRICT, null=True, blank=True, related_name="+")
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
            _dates("adresse_dates"),
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


class Contact(models.Model):
    """A phone number or an e-mail, with its source and what the person allows."""

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
    debut = models.DateField("depuis")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "contact"
        indexes = [models.Index(fields=["valeur"], name="contact_valeur")]
        constraints = [_dates("contact_dates")]

    class Confidentialite:
        neutre = {"id", "personne", "genre", "source", "debut", "fin"}
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
        constraints = [_dates("representant_dates")]

    class Confidentialite:
        neutre = {"id", "personne", "debut", "fin"}
        personnelle = {"nom", "adresse", "telephone", "courriel", "assiste_signature"}
        sensible = {"protection"}


class Rattachement(models.Model):
    """Who reaches a person's file, why and when: the perimeter every selector joins."""

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="rattachements")
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="rattachements")
    agent = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="rattachements")
    finalite = models.CharField("finalité", max_length=20, choices=FinaliteRattachement.choices())
    debut = models.DateField("du")
    fin = models.DateField("au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "rattachement"
        indexes = [
            models.Index(fields=["structure", "personne"], name="rattachement_structure"),
            models.Index(fields=["agent", "personne"], name="rattachement_agent"),
            models.Index(fields=["personne"], name="rattachement_personne"),
        ]
        constraints = [
            _dates("rattachement_dates"),
            ExclusionConstraint(
                name="rattachement_un_organisme_referent",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                condition=Q(finalite="referent"),
                violation_error_message="Cette personne a déjà un organisme référent à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "structure", "agent", "finalite", "debut", "fin"}


class LecteurSensible(models.Model):
    """The restricted list of readers of a *dossier sensible* (V13)."""

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="lecteurs")
    agent = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    motif = models.CharField("motif", max_length=200)
    debut = models.DateField("du")
    fin = models.DateField("au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "lecteur d'un dossier sensible"
        constraints = [_dates("lecteur_dates")]

    class Confidentialite:
        neutre = {"id", "personne", "agent", "debut", "fin"}
        personnelle = {"motif"}


class LienAgent(models.Model):
    """An agent who is this person, or her relative: never allowed to open the file (V13)."""

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="liens_agents")
    agent = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    soi_meme = models.BooleanField("est la personne elle-même", default=True)

    class Meta:
        verbose_name = "lien d'un agent avec une personne"
        constraints = [models.UniqueConstraint(fields=["personne", "agent"], name="lien_agent_unique")]

    class Confidentialite:
        neutre = {"id", "agent"}
        sensible = {"personne", "soi_meme"}


class Lecture(models.Model):
    """The log of reads of a file (CASF R262-107: kept one year). No foreign key: it never blocks live data."""

    personne_id = models.BigIntegerField()
    agent_id = models.BigIntegerField()
    finalite = models.CharField("finalité", max_length=20)
    page = models.CharField("page", max_length=80)
    lue_le = models.DateTimeField("lue le")

    class Meta:
        verbose_name = "lecture d'un dossier"
        indexes = [
            models.Index(fields=["personne_id", "-lue_le"], name="lecture_personne"),
            models.Index(fields=["lue_le"], name="lecture_date"),
        ]

    class Confidentialite:
        neutre = {"id", "finalite", "page", "lue_le"}
        personnelle = {"personne_id", "agent_id"}


class Arbitrage(models.Model):
    """Two rows that may be one person: sendings are blocked until a human decides."""

    personne = models.ForeignKey(Personne, models.RESTRICT, related_name="arbitrages")
    candidate = models.ForeignKey(Personne, models.RESTRICT, related_name="arbitrages_candidate")
    raisons = models.JSONField("ce qui rapproche, ce qui oppose", default=list)
    statut = models.CharField(
        "statut", max_length=24, choices=StatutArbitrage.choices(), default=StatutArbitrage.OUVERT
    )
    ouvert_le = models.DateTimeField("ouvert le")
    decide_le = models.DateTimeField("décidé le", null=True, blank=True)
    decide_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "arbitrage d'identité"
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "candidate"], condition=Q(statut="ouvert"), name="arbitrage_ouvert_unique"
            ),
            models.CheckConstraint(
                condition=~Q(personne=F("candidate")),
                name="arbitrage_deux_personnes",
                violation_error_message="Un arbitrage oppose deux fiches différentes.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "candidate", "statut", "ouvert_le", "decide_le", "decide_par"}
        personnelle = {"raisons"}


class Fusion(models.Model):
    """A merge, kept so that it can be undone even after later acts (R64)."""

    absorbee = models.ForeignKey(Personne, models.RESTRICT, related_name="fusions")
    canonique = models.ForeignKey(Personne, models.RESTRICT, related_name="fusions_recues")
    raisons = models.JSONField("raisons", default=list)
    faite_le = models.DateTimeField("faite le")
    faite_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    annulee_le = models.DateTimeField("annulée le", null=True, blank=True)
    annulee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "fusion"
        constraints = [
            models.UniqueConstraint(
                fields=["absorbee"], condition=Q(annulee_le__isnull=True), name="fusion_en_vigueur_unique"
            ),
        ]

    class Confidentialite:
        neutre = {"id", "absorbee", "canonique", "faite_le", "faite_par", "annulee_le", "annulee_par"}
        personnelle = {"raisons"}
