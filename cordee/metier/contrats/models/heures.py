"""Hours of activity really done, week by week, as each source says them (C. trav. R5411-15; ADR 0027)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.metier.contrats.enums import Empechement, FamilleActivite, PieceVue, SourceHeures


class HeuresRealisees(models.Model):
    """What one source says of one family of activity in one week.

    ``semaine``: its Monday. ``structure``: the body that saw or checked; null for what the person says. ``saisie_par``:
    null when she typed it herself in her own space, else the agent who typed it, on her behalf for a declared hour
    (R80). A correction adds a row and dates the former in ``remplacee_le``: nothing is ever overwritten. Nought says
    that nothing could be done, ``empechement`` why, in her words.
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="heures_realisees", db_index=False)
    semaine = models.DateField("semaine du (lundi)")
    famille = models.CharField("famille d'activité", max_length=20, choices=FamilleActivite.choices())
    source = models.CharField("source", max_length=12, choices=SourceHeures.choices())
    structure = models.ForeignKey(
        "organismes.Structure", models.RESTRICT, null=True, blank=True, related_name="+", db_index=False
    )
    heures = models.DecimalField("heures", max_digits=4, decimal_places=1)
    empechement = models.CharField(
        "empêchement", max_length=12, choices=Empechement.choices(), blank=True, default="", db_default=""
    )
    piece_vue = models.CharField(
        "document vu", max_length=20, choices=PieceVue.choices(), blank=True, default="", db_default=""
    )
    saisie_par = models.ForeignKey(
        "organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+", db_index=False
    )
    saisie_le = models.DateTimeField("saisies le")
    remplacee_le = models.DateTimeField("corrigées le", null=True, blank=True)

    class Meta:
        verbose_name = "heures réalisées"
        verbose_name_plural = "heures réalisées"
        indexes = [models.Index(fields=["personne", "-semaine"], name="heures_personne")]
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "semaine", "famille", "source", "structure"],
                condition=Q(remplacee_le__isnull=True),
                nulls_distinct=False,
                name="heures_une_parole_par_source",
                violation_error_message="Ces heures viennent d'être saisies par ailleurs : rechargez la page.",
            ),
            models.CheckConstraint(
                condition=Q(semaine__iso_week_day=1),
                name="heures_semaine_lundi",
                violation_error_message="Une semaine est désignée par son lundi.",
            ),
            models.CheckConstraint(
                condition=Q(heures__gte=0, heures__lte=70),
                name="heures_bornes",
                violation_error_message="Les heures d'une semaine vont de 0 à 70 par famille d'activité.",
            ),
            models.CheckConstraint(
                condition=Q(source="declaree", structure__isnull=True)
                | Q(~Q(source="declaree"), structure__isnull=False, saisie_par__isnull=False),
                name="heures_qui_dit",
                violation_error_message="Dites quelle structure a constaté ces heures.",
            ),
            models.CheckConstraint(
                condition=Q(source="verifiee") ^ Q(piece_vue=""),
                name="heures_piece_vue",
                violation_error_message="Des heures justifiées disent quel document a été vu.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "semaine", "famille", "source", "structure", "saisie_par", "saisie_le",
                  "remplacee_le"}  # fmt: skip
        personnelle = {"heures", "empechement", "piece_vue"}
