"""The orientation decision."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from cordee.metier.organismes.models import Intervalle
from cordee.metier.orientation.enums import MotifOrientation
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
            ExclusionConstraint(
                name="orientation_sans_chevauchement",
                expressions=[
                    ("personne", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Cette personne a déjà une orientation à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "diagnostic", "structure", "categorie", "par_defaut", "tardive", "par_operateur",
                  "decidee_le", "decidee_par", "notifiee_le", "debut", "fin"}  # fmt: skip
        personnelle = {"voie", "motifs"}
        sensible = {"proposition"}
