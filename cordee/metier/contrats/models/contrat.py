"""The contrat d'engagement: both sides' commitments, the plan, the weekly hours, the signature (C. trav. L5411-6)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from cordee.metier.contrats.enums import Engage, EtatEngagement, FamilleActivite, GenreContrat
from cordee.metier.organismes.models import Intervalle
from cordee.metier.parcours.enums import Intensite


class Contrat(models.Model):
    """A contract, draft until both have signed. No legal end: an agreed update date (E04).

    ``texte_propose``, ``empreinte``, ``empreinte_pdf``, ``version_modele``: what the body signed and proposes, as the
    person reads it; a change of the draft withdraws it. ``precedent``: the contract it updates.
    ``ore_…``: the reasonable offer of employment (R5411-15-1), never in the social path (E14).
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="contrats")
    genre = models.CharField("genre", max_length=20, choices=GenreContrat.choices())
    orientation = models.ForeignKey("orientation.Orientation", models.RESTRICT, null=True, related_name="contrats")
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="+")
    referent = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    projet = models.TextField("projet de la personne", blank=True)
    heures = models.DecimalField("heures par semaine", max_digits=4, decimal_places=1, null=True, blank=True)
    motif_heures = models.CharField("raison d'une durée réduite", max_length=40, blank=True)
    precision_heures = models.CharField("précision", max_length=200, blank=True)
    demande_dispense_le = models.DateField("dispense demandée par la personne le", null=True, blank=True)
    enfant_ne_le = models.DateField("naissance de l'enfant à garder", null=True, blank=True)
    revue_heures_le = models.DateField("heures à revoir le", null=True, blank=True)
    derniere_semaine = models.DateField("dernière semaine d'activité renseignée", null=True, blank=True)
    intensite = models.CharField("rythme", max_length=12, choices=Intensite.choices(), default=Intensite.REGULIERE)
    prochaine_actualisation = models.DateField("actualisation convenue le", null=True, blank=True)
    signe_personne_le = models.DateField("signé par la personne le", null=True, blank=True)
    signe_referent_le = models.DateField("signé par le référent le", null=True, blank=True)
    lu_a_voix_haute = models.BooleanField("lu à voix haute", default=False)
    assistance_representant = models.BooleanField("signé avec l'assistance du représentant", default=False)
    interprete = models.CharField("lu avec un interprète, en", max_length=40, blank=True, db_default="")
    ore_emploi = models.CharField("emploi recherché", max_length=150, blank=True, db_default="")
    ore_zone = models.CharField("zone géographique privilégiée", max_length=150, blank=True, db_default="")
    ore_salaire = models.CharField("salaire attendu", max_length=80, blank=True, db_default="")
    precedent = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="suivants")
    lot = models.ForeignKey("contrats.LotContrats", models.SET_NULL, null=True, blank=True, related_name="contrats")
    propose_le = models.DateTimeField("proposé à la signature le", null=True, blank=True)
    propose_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    texte_propose = models.JSONField("texte proposé", null=True, blank=True)
    version_modele = models.CharField("version du modèle", max_length=64, blank=True, db_default="")
    empreinte = models.CharField("empreinte du texte", max_length=64, blank=True, db_default="")
    empreinte_pdf = models.CharField("empreinte du fichier", max_length=64, blank=True, db_default="")
    debut = models.DateField("en vigueur depuis", null=True, blank=True)
    fin = models.DateField("fin (exclue)", null=True, blank=True)
    cree_le = models.DateTimeField("créé le")
    cree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "contrat"
        indexes = [
            models.Index(fields=["personne", "-cree_le"], name="contrat_personne"),
            # Drafts are few, and asked for on every list; what is in force is counted from its index alone.
            models.Index(
                fields=["personne", "structure", "version", "propose_le", "cree_le", "genre"],
                condition=Q(debut__isnull=True, fin__isnull=True),
                name="contrat_brouillons",
            ),
            models.Index(
                fields=["prochaine_actualisation", "personne", "debut", "genre"],
                condition=Q(debut__isnull=False, fin__isnull=True),
                name="contrat_en_vigueur",
            ),
            # Whose hours nobody has told of lately, or whose agreed hours come up for review: read from indexes alone.
            models.Index(
                fields=["debut", "derniere_semaine", "personne"],
                condition=Q(fin__isnull=True, heures__gt=0),
                name="contrat_heures_attendues",
            ),
            models.Index(
                fields=["personne"],
                include=["revue_heures_le", "enfant_ne_le", "motif_heures", "debut", "heures"],
                condition=Q(fin__isnull=True, debut__isnull=False)
                & (Q(revue_heures_le__isnull=False) | Q(enfant_ne_le__isnull=False)),
                name="contrat_heures_a_revoir",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gte=F("debut")),
                name="contrat_dates",
                violation_error_message="La fin du contrat ne peut pas précéder son début.",
            ),
            models.CheckConstraint(
                condition=Q(debut__isnull=True) | ~Q(genre="contrat_engagement")
                | Q(signe_personne_le__isnull=False, signe_referent_le__isnull=False),
                name="contrat_en_vigueur_signe",
                violation_error_message="Un contrat n'entre en vigueur qu'une fois signé par les deux parties.",
            ),
            models.CheckConstraint(
                condition=Q(heures__isnull=True) | Q(heures__gte=0, heures__lte=35),
                name="contrat_heures",
                violation_error_message="Les heures hebdomadaires vont de 0 à 35.",
            ),
            # E09: before 2025 a CER and a PPAE could legally overlap; since then one contract at a time.
            ExclusionConstraint(
                name="contrat_sans_chevauchement",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                condition=Q(debut__gte="2025-01-01"),
                violation_error_message="Cette personne a déjà un contrat en vigueur à ces dates.",
            ),
            ExclusionConstraint(
                name="contrat_ancien_sans_chevauchement",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    ("genre", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                condition=Q(debut__lt="2025-01-01"),
                violation_error_message="Cette personne a déjà un contrat de ce genre à ces dates.",
            ),
        ]  # fmt: skip

    @property
    def genre_connu(self) -> GenreContrat:
        """Its kind, with its words."""
        return GenreContrat(self.genre)

    class Confidentialite:
        neutre = {"id", "personne", "genre", "orientation", "structure", "referent", "intensite", "debut", "fin",
                  "cree_le", "cree_par", "version", "prochaine_actualisation", "signe_personne_le",
                  "signe_referent_le", "precedent", "lot", "propose_le", "propose_par", "version_modele", "empreinte",
                  "empreinte_pdf"}  # fmt: skip
        personnelle = {"projet", "interprete", "ore_emploi", "ore_zone", "ore_salaire", "heures", "lu_a_voix_haute",
                       "assistance_representant", "revue_heures_le", "demande_dispense_le", "enfant_ne_le",
                       "derniere_semaine"}  # fmt: skip
        sensible = {"motif_heures", "precision_heures", "texte_propose"}


class Objectif(models.Model):
    """One aim of the contract, in a tree: the aim, then the steps towards it; the actions of the plan hang on it.

    ``code``: whole code of the objective in the vocabulary of the diagnosis, when it comes from there; the families of
    the ministry and of the DREES follow from it (``regles.familles``).
    """

    contrat = models.ForeignKey(Contrat, models.CASCADE, related_name="objectifs")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="etapes")
    code = models.CharField("code", max_length=60, blank=True)
    texte = models.CharField("objectif", max_length=300)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "objectif"

    class Confidentialite:
        neutre = {"id", "contrat", "parent", "ordre"}
        sensible = {"code", "texte"}


class Engagement(models.Model):
    """One promise of one side, or one line of the plan of action, with its owner, its date and its state (R15).

    ``responsable``: who keeps it on the body's side (the référent by default). ``code``: whole code of the action.
    """

    contrat = models.ForeignKey(Contrat, models.CASCADE, related_name="engagements")
    engage = models.CharField("qui s'engage", max_length=12, choices=Engage.choices())
    texte = models.CharField("engagement", max_length=300)
    famille = models.CharField("famille d'activité", max_length=20, choices=FamilleActivite.choices(), blank=True)
    heures = models.DecimalField("heures par semaine", max_digits=4, decimal_places=1, null=True, blank=True)
    avant_le = models.DateField("avant le", null=True, blank=True)
    tenu_le = models.DateField("tenu le", null=True, blank=True)
    etat = models.CharField("état", max_length=10, choices=EtatEngagement.choices(), default=EtatEngagement.EN_COURS,
                            db_default=EtatEngagement.EN_COURS.value)  # fmt: skip
    etat_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    responsable = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, blank=True, related_name="+")
    objectif = models.ForeignKey(Objectif, models.SET_NULL, null=True, blank=True, related_name="actions")
    code = models.CharField("code", max_length=60, blank=True, db_default="")
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "engagement"
        indexes = [
            models.Index(
                fields=["avant_le", "contrat"], condition=Q(etat="en_cours", avant_le__isnull=False),
                name="engagement_attendu",
            ),
            models.Index(
                fields=["contrat"], include=["etat"], condition=Q(famille="recherche"), name="engagement_recherche",
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat="tenu") | Q(tenu_le__isnull=False),
                name="engagement_tenu_le",
                violation_error_message="Dites quel jour cet engagement a été tenu.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "contrat", "engage", "famille", "ordre", "etat", "etat_par", "responsable", "structure",
                  "objectif"}  # fmt: skip
        personnelle = {"texte", "heures", "avant_le", "tenu_le"}
        sensible = {"code"}
