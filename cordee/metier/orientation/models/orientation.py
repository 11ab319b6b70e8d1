"""The orientation decision."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from cordee.metier.organismes.models import Intervalle
from cordee.metier.orientation.enums import MotifEcart, MotifOrientation
from cordee.metier.orientation.models.diagnostic import Diagnostic
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.organismes_referents import GenreOrganismeReferent


class Orientation(models.Model):
    """A decision of the président du conseil départemental (L262-29, L5411-5-1), or the operator's after J+42."""

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="orientations")
    diagnostic = models.ForeignKey(Diagnostic, models.RESTRICT, null=True, blank=True, related_name="orientations")
    voie = models.CharField("voie", max_length=20, choices=Voie.choices())
    categorie = models.CharField("organisme référent", max_length=30, choices=GenreOrganismeReferent.choices())
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="+")
    motifs = ArrayField(models.CharField(max_length=40, choices=MotifOrientation.choices()), verbose_name="motifs")
    proposition = models.JSONField("proposition et ses raisons", default=dict)
    voie_proposee = models.CharField(
        "voie proposée", max_length=20, choices=Voie.choices(), blank=True, default="", db_default=""
    )
    categorie_proposee = models.CharField(
        "organisme proposé", max_length=30, choices=GenreOrganismeReferent.choices(), blank=True, default="",
        db_default="",
    )  # fmt: skip
    version_regle = models.CharField("version de la règle", max_length=120, blank=True, default="", db_default="")
    suivie = models.BooleanField("proposition suivie (vide : aucune proposition)", null=True)
    motif_ecart = models.CharField(
        "raison d'une autre décision", max_length=30, choices=MotifEcart.choices(), blank=True, default="",
        db_default="",
    )  # fmt: skip
    precision_ecart = models.CharField("autre raison, en clair", max_length=200, blank=True, default="", db_default="")
    par_defaut = models.BooleanField("prononcée par défaut (R262-65-3)", default=False)
    tardive = models.BooleanField("prise après les six semaines", default=False)
    par_operateur = models.BooleanField("prononcée par l'opérateur de l'emploi", default=False)
    decidee_le = models.DateTimeField("décidée le")
    decidee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    notifiee_le = models.DateField("notifiée à date certaine le", null=True, blank=True)
    debut = models.DateField("en vigueur depuis")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "orientation"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gte=F("debut")),
                name="orientation_dates",
                violation_error_message="La fin de l'orientation ne peut pas précéder son début.",
            ),
            models.CheckConstraint(
                condition=Q(suivie__isnull=True) | Q(suivie=True) | ~Q(motif_ecart=""),
                name="orientation_ecart_explique",
                violation_error_message="Une décision différente de la proposition dit pourquoi.",
            ),
            ExclusionConstraint(
                name="orientation_sans_chevauchement",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Cette personne a déjà une orientation à ces dates.",
            ),
        ]
        indexes = [models.Index(fields=["decidee_le"], name="orientation_decidee_le")]

    class Confidentialite:
        neutre = {"id", "personne", "diagnostic", "structure", "categorie", "par_defaut", "tardive", "par_operateur",
                  "decidee_le", "decidee_par", "notifiee_le", "debut", "fin", "suivie", "version_regle"}  # fmt: skip
        personnelle = {"voie", "motifs", "voie_proposee", "categorie_proposee", "motif_ecart"}
        sensible = {"proposition", "precision_ecart"}
