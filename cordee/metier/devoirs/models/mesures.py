"""Decisions of the Département on the allowance, and the appeals against them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.devoirs.enums import (
    GenreRecours,
    IssueRecours,
    MotifAnnulation,
    MotifLevee,
    MotifMesure,
    NatureMesure,
    StatutMesure,
    TypeManquement,
)


class MesureDecidee(models.Model):
    """A suspension, reduction, suppression or end of right decided by the Département, and its echo in the files.

    ``taux``: share of the allowance withheld, in percent; or ``montant``, in euros a month; ``mois``: how many.
    ``fin``: first day after the measure. ``vue_le``: reference date of the first file in which the paying body applies
    it (``caf.constats``). ``preuve``: reference of the decision (order, deliberation), never its text.

    Decisions taken here have a ``procedure``; those of the former tool have none, and count as antecedents too.
    ``type``: nature of the breach, since the rank is counted per nature (E17); ``rang``, ``regime``: as the law engine
    worked them out on the day. ``notifiee_le``: certain date of reception, from which the 24 months and the appeals
    run. ``levee_le``: day from which it is lifted (E19), ``retroactif_mois``: months paid back at most. ``annulee_le``:
    undone as if it had never been: it no longer counts. ``conforme_le``: conditions met, the lifting is due.
    ``radiation_proposee``: the list of the employment operator, proposed in the same act (E26). ``reportee_jusquau``:
    end of right postponed at the request of a member of the household (E26). ``foyer``: people of the household on the
    day, ``foyer_majore``: lone parent's or pregnant woman's rate.
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="mesures")
    procedure = models.ForeignKey("devoirs.Procedure", models.RESTRICT, null=True, blank=True, related_name="mesures")
    nature = models.CharField("nature", max_length=20, choices=NatureMesure.choices())
    motif = models.CharField("motif", max_length=30, choices=MotifMesure.choices())
    type = models.CharField("manquement", max_length=30, choices=TypeManquement.choices(), blank=True)
    regime = models.CharField("régime", max_length=30, blank=True)
    rang = models.PositiveSmallIntegerField("rang", null=True, blank=True)
    taux = models.PositiveSmallIntegerField("part retirée (%)", null=True, blank=True)
    montant = models.DecimalField("montant retiré par mois", max_digits=8, decimal_places=2, null=True, blank=True)
    mois = models.PositiveSmallIntegerField("durée en mois", null=True, blank=True)
    foyer = models.PositiveSmallIntegerField("personnes du foyer", null=True, blank=True)
    foyer_majore = models.BooleanField("allocation majorée", null=True, blank=True)
    motifs = models.TextField("motifs de la décision", blank=True)
    decideur = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    decidee_le = models.DateField("décidée le")
    debut = models.DateField("à compter du")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)
    notification = models.ForeignKey("courriers.Courrier", models.RESTRICT, null=True, blank=True, related_name="+")
    notifiee_le = models.DateField("notifiée à date certaine le", null=True, blank=True)
    transmise_le = models.DateField("transmise à la caisse le", null=True, blank=True)
    statut = models.CharField("statut", max_length=10, choices=StatutMesure.choices(), default=StatutMesure.DECIDEE)
    conforme_le = models.DateField("conditions remplies le", null=True, blank=True)
    conditions = models.TextField("conditions de la levée, fixées avec le référent", blank=True)
    levee_le = models.DateField("levée à compter du", null=True, blank=True)
    motif_levee = models.CharField("raison de la levée", max_length=20, choices=MotifLevee.choices(), blank=True)
    retroactif_mois = models.PositiveSmallIntegerField("mois remboursés", null=True, blank=True)
    annulee_le = models.DateField("annulée le", null=True, blank=True)
    motif_annulation = models.CharField(
        "raison de l'annulation", max_length=20, choices=MotifAnnulation.choices(), blank=True
    )
    terminee_le = models.DateField("terme constaté le", null=True, blank=True)
    persistance = models.BooleanField("rien n'avait changé au terme", null=True, blank=True)
    radiation_proposee = models.BooleanField("radiation proposée à l'opérateur de l'emploi", default=False)
    reportee_jusquau = models.DateField("fin de droit reportée au", null=True, blank=True)
    report_demande_le = models.DateField("report demandé par un membre du foyer le", null=True, blank=True)
    preuve = models.CharField("référence de la décision", max_length=80)
    vue_le = models.DateField("appliquée d'après le fichier du", null=True, blank=True)
    saisie_le = models.DateTimeField("saisie le")
    saisie_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "mesure décidée"
        indexes = [
            models.Index(fields=["personne", "-debut"], name="mesure_personne"),
            models.Index(fields=["statut", "debut"], name="mesure_statut"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
                name="mesure_dates",
                violation_error_message="La fin de la mesure doit suivre son début.",
            ),
            models.CheckConstraint(
                condition=Q(taux__isnull=True) | Q(taux__gte=1, taux__lte=100),
                name="mesure_taux",
                violation_error_message="La part retirée va de 1 à 100 %.",
            ),
            models.CheckConstraint(
                condition=~Q(statut="levee") | Q(levee_le__isnull=False) | Q(procedure__isnull=True),
                name="mesure_levee_datee",
                violation_error_message="Une levée a une date d'effet.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "procedure", "regime", "decideur", "notification", "saisie_le",
                  "saisie_par"}  # fmt: skip
        personnelle = {"decidee_le", "debut", "fin", "notifiee_le", "transmise_le", "statut", "preuve", "vue_le",
                       "mois", "conforme_le", "levee_le", "retroactif_mois", "annulee_le", "terminee_le",
                       "reportee_jusquau", "report_demande_le", "foyer", "foyer_majore"}  # fmt: skip
        sensible = {"nature", "motif", "type", "rang", "taux", "montant", "motifs", "conditions", "motif_levee",
                    "motif_annulation", "persistance", "radiation_proposee"}  # fmt: skip


class Recours(models.Model):
    """An appeal against a decision: before the Département first (L262-47), then the court. Never suspensive (E25).

    ``repondre_avant``: two months after the reception; silence then means refusal (CRPA L411-7).
    """

    mesure = models.ForeignKey(MesureDecidee, models.RESTRICT, related_name="recours")
    genre = models.CharField("genre", max_length=12, choices=GenreRecours.choices())
    recu_le = models.DateField("reçu le")
    hors_delai = models.BooleanField("reçu après le délai", default=False)
    arguments = models.TextField("ce que dit la personne", blank=True)
    repondre_avant = models.DateField("réponse au plus tard le")
    issue = models.CharField("issue", max_length=20, choices=IssueRecours.choices(), blank=True)
    statue_le = models.DateField("réponse du", null=True, blank=True)
    statue_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    motifs = models.TextField("motifs de la réponse", blank=True)
    depose_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    depose_le = models.DateTimeField("enregistré le")

    class Meta:
        verbose_name = "recours"
        indexes = [models.Index(fields=["mesure", "-recu_le"], name="recours_mesure")]
        constraints = [
            models.UniqueConstraint(
                fields=["mesure", "genre"],
                condition=Q(issue=""),
                name="recours_un_en_cours",
                violation_error_message="Un recours attend déjà une réponse.",
            ),
            models.CheckConstraint(
                condition=Q(issue="", statue_le__isnull=True) | ~Q(issue="") & Q(statue_le__isnull=False),
                name="recours_statue_date",
                violation_error_message="Une réponse a une date.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "mesure", "genre", "depose_par", "depose_le", "statue_par"}
        personnelle = {"recu_le", "hors_delai", "repondre_avant", "issue", "statue_le"}
        sensible = {"arguments", "motifs"}
