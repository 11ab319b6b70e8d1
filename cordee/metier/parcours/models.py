"""Append-only events, the stored situation, the étapes principales and the échéances.

What the database itself keeps (migration 0003): events are never changed, a person soumise aux droits et devoirs always
points at one open étape of her own, no étape stays open without being pointed at.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.enums import AttentePartenaire, Etat, GenreEcheance, GenreEtape, GenreEvenement
from cordee.reglementation.enums import Nature


class Evenement(models.Model):
    """Something that happened to a person. No free text, no identity: the path stays countable after an erasure.

    ``acte`` groups the events of one business act; ``objet_type``/``objet_id`` point at an upper room's row without a
    foreign key. The column ``transaction_id`` (xid8, set by the database) lets the lake read without losing late
    commits.
    """

    genre = models.CharField("genre", max_length=40, choices=GenreEvenement.choices())
    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="evenements", db_index=False)
    survenu_le = models.DateTimeField("survenu le")
    enregistre_le = models.DateTimeField("enregistré le")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", db_index=False)
    acte = models.UUIDField("acte")
    objet_type = models.CharField("type d'objet", max_length=40, blank=True)
    objet_id = models.BigIntegerField("objet", null=True, blank=True)
    donnees = models.JSONField("valeurs", default=dict)

    class Meta:
        verbose_name = "événement"
        indexes = [
            models.Index(fields=["personne", "id"], name="evenement_personne"),
            models.Index(fields=["genre", "survenu_le"], name="evenement_genre"),
            models.Index(fields=["acte"], name="evenement_acte"),
        ]

    class Confidentialite:
        neutre = {"id", "genre", "personne", "survenu_le", "enregistre_le", "par", "acte", "objet_type", "objet_id"}
        personnelle = {"donnees"}


class TacheAbstraite(models.Model):
    """What an étape principale and an échéance have in common."""

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="%(class)ss")
    unite = models.CharField("unité", max_length=30, choices=Unite.choices())
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, null=True, related_name="+", db_index=False)
    agent = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+", db_index=False)
    ouverte_le = models.DateField("ouverte le")
    echeance = models.DateField("à faire avant le")
    terme = models.DateField("terme de la règle")
    regle = models.CharField("règle", max_length=60)
    nature = models.CharField("nature", max_length=20, choices=Nature.choices())
    evenement = models.ForeignKey(Evenement, models.RESTRICT, related_name="+")
    fermee_le = models.DateField("fermée le", null=True, blank=True)
    fermee_par = models.ForeignKey(Evenement, models.RESTRICT, null=True, related_name="+")

    class Meta:
        abstract = True


class Etape(TacheAbstraite):
    """The étape principale: one open at most per person, one exactly when she is soumise aux droits et devoirs."""

    genre = models.CharField("genre", max_length=40, choices=GenreEtape.choices())
    provisoire = models.BooleanField("date provisoire", default=False)
    attendu = models.CharField("attendu du partenaire", max_length=12, choices=AttentePartenaire.choices(), blank=True)

    class Meta:
        verbose_name = "étape principale"
        constraints = [
            models.UniqueConstraint(fields=["personne"], condition=Q(fermee_le__isnull=True), name="etape_unique"),
            models.UniqueConstraint(fields=["id", "personne"], name="etape_de_la_personne"),
            models.CheckConstraint(
                condition=Q(fermee_le__isnull=True, fermee_par__isnull=True)
                | Q(fermee_le__isnull=False, fermee_par__isnull=False),
                name="etape_fermee_par",
                violation_error_message="Une étape fermée dit ce qui l'a fermée.",
            ),
        ]
        indexes = [
            models.Index(fields=["unite", "echeance"], condition=Q(fermee_le__isnull=True), name="etape_file_unite"),
            models.Index(
                fields=["structure", "echeance"], condition=Q(fermee_le__isnull=True), name="etape_file_structure"
            ),
            models.Index(fields=["agent", "echeance"], condition=Q(fermee_le__isnull=True), name="etape_file_agent"),
            models.Index(fields=["genre", "echeance"], condition=Q(fermee_le__isnull=True), name="etape_file_genre"),
            models.Index(
                fields=["echeance", "personne"],
                include=["id", "unite", "structure", "agent", "genre"],
                condition=Q(fermee_le__isnull=True),
                name="etape_file_echeance",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "unite", "structure", "agent", "ouverte_le", "echeance", "terme", "regle", "nature",
                  "evenement", "fermee_le", "fermee_par", "genre", "provisoire", "attendu"}  # fmt: skip


class Echeance(TacheAbstraite):
    """A parallel duty. Several may be open at once, one per kind."""

    genre = models.CharField("genre", max_length=40, choices=GenreEcheance.choices())
    objet_id = models.BigIntegerField("objet", null=True, blank=True)

    class Meta:
        verbose_name = "échéance"
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "genre"], condition=Q(fermee_le__isnull=True), name="echeance_unique_par_genre"
            ),
        ]
        indexes = [
            models.Index(fields=["unite", "echeance"], condition=Q(fermee_le__isnull=True), name="echeance_file_unite"),
            models.Index(fields=["agent", "echeance"], condition=Q(fermee_le__isnull=True), name="echeance_file_agent"),
            models.Index(
                fields=["echeance", "personne"],
                include=["id", "unite", "structure", "agent", "genre"],
                condition=Q(fermee_le__isnull=True),
                name="echeance_file_echeance",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "unite", "structure", "agent", "ouverte_le", "echeance", "terme", "regle", "nature",
                  "evenement", "fermee_le", "fermee_par", "genre", "objet_id"}  # fmt: skip


class _JourDeLEtape(models.Func):
    """The date of the étape of a complete situation, which writes it as the étape itself bears it."""

    template = "parcours_jour(calcul #>> '{etape,echeance}')"
    output_field = models.DateField()


class Situation(models.Model):
    """Where a person stands now: the last result of the replay, with the columns that lists filter on.

    ``echeance`` is that of her étape: the database draws it from ``calcul``, whoever writes the row. Lists sort by it
    without going through the étapes, a million of which are closed.
    """

    personne = models.OneToOneField("personnes.Personne", models.RESTRICT, primary_key=True, related_name="situation")
    etat = models.CharField("état", max_length=40, choices=Etat.choices())
    depuis = models.DateField("depuis", null=True)
    soumis = models.BooleanField("soumise aux droits et devoirs")
    etape = models.OneToOneField(Etape, models.RESTRICT, null=True, related_name="situation", db_constraint=False)
    recu_le = models.DateField("information reçue le", null=True)
    structure_secteur = models.ForeignKey(
        "organismes.Structure", models.RESTRICT, null=True, related_name="+", db_index=False
    )
    voie = models.CharField("voie", max_length=20, blank=True)
    oriente_le = models.DateField("orientée le", null=True)
    notifie_le = models.DateField("notifiée à date certaine le", null=True)
    referent_structure = models.ForeignKey(
        "organismes.Structure", models.RESTRICT, null=True, related_name="+", db_index=False
    )
    referent_agent = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+", db_index=False)
    contrat_le = models.DateField("contrat signé le", null=True)
    actualisation_le = models.DateField("à actualiser le", null=True)
    dernier_contact_le = models.DateField("dernier contact", null=True)
    dernier_evenement = models.BigIntegerField("dernier événement")
    calcul = models.JSONField("situation complète")
    echeance = models.GeneratedField(
        verbose_name="à faire avant le", expression=_JourDeLEtape(), output_field=models.DateField(null=True),
        db_persist=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "situation"
        constraints = [
            models.CheckConstraint(
                condition=Q(soumis=False) | Q(etape__isnull=False),
                name="situation_soumise_avec_etape",
                violation_error_message="Une personne soumise aux droits et devoirs a toujours une prochaine étape.",
            ),
        ]
        # « situation_liste » answers a count or a page of a list without opening the rows, which hold a thousand bytes.
        indexes = [
            models.Index(fields=["referent_agent"], name="situation_referent"),
            models.Index(fields=["referent_structure"], name="situation_ref_structure"),
            models.Index(
                fields=["etat", "recu_le"],
                condition=Q(etat__in=("injoignable", "a_orienter_par_defaut")),
                name="situation_a_orienter",
            ),
            models.Index(
                fields=["referent_structure", "referent_agent"],
                include=["dernier_contact_le", "soumis", "personne"],
                condition=Q(calcul__intensite="intensive"),
                name="situation_intensive",
            ),
            models.Index(
                "soumis",
                "echeance",
                F("dernier_contact_le").asc(nulls_first=True),
                "personne",
                include=[
                    "etat",
                    "voie",
                    "oriente_le",
                    "contrat_le",
                    "actualisation_le",
                    "structure_secteur",
                    "referent_structure",
                    "referent_agent",
                ],
                name="situation_liste",
            ),
        ]

    class Confidentialite:
        neutre = {"personne", "etape", "dernier_evenement", "structure_secteur", "referent_structure", "referent_agent"}
        personnelle = {"etat", "depuis", "soumis", "recu_le", "voie", "oriente_le", "notifie_le", "contrat_le",
                       "actualisation_le", "dernier_contact_le", "calcul", "echeance"}  # fmt: skip
