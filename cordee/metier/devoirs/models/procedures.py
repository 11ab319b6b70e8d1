"""The instruction: one procedure, its dates that count, what the person said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.metier.devoirs.cycle import OUVERTES
from cordee.metier.devoirs.enums import EtatProcedure, FormeObservation, MotifSansSuite, NatureMesure, TypeManquement


class Procedure(models.Model):
    """A procedure of L262-37, one open at most per person. It never displaces the étape principale (E03).

    ``griefs_recus_le``: the certain date of the letter; ``contradictoire_jusquau``: last day on which observations may
    still come (E27: ten days at least from the reception; the later of the two for a protected person, E28).
    ``griefs_envoyes_le``, ``griefs``: the letter that states the facts and the measure considered.
    ``audition_prevue_le``, ``entendue_le``, ``assistee_par``: the hearing, when she asks for it or is offered one.
    ``communication_demandee_le``, ``communiquee_le``: her file, asked for and handed over (CRPA L122-2).
    ``fin_de_droit``: the procedure that may end the right, after a total suppression of four months (E26).
    ``etat_avant``: where it stood when a death closed it, should the death be denied (E32).
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="procedures")
    type = models.CharField("manquement", max_length=30, choices=TypeManquement.choices())
    etat = models.CharField("état", max_length=20, choices=EtatProcedure.choices(), default=EtatProcedure.OUVERTE)
    etat_avant = models.CharField("état avant le décès", max_length=20, blank=True)
    regime = models.CharField("régime", max_length=30, blank=True)
    fin_de_droit = models.BooleanField("en vue d'une fin de droit", default=False)
    responsable = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    ouverte_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    ouverte_le = models.DateTimeField("ouverte le")
    griefs = models.ForeignKey("courriers.Courrier", models.RESTRICT, null=True, blank=True, related_name="+")
    griefs_envoyes_le = models.DateField("faits exposés par lettre du", null=True, blank=True)
    griefs_recus_le = models.DateField("lettre reçue le", null=True, blank=True)
    griefs_representant_recus_le = models.DateField("lettre reçue par le représentant le", null=True, blank=True)
    contradictoire_jours = models.PositiveSmallIntegerField("jours pour répondre", null=True, blank=True)
    contradictoire_jusquau = models.DateField("observations possibles jusqu'au", null=True, blank=True)
    communication_demandee_le = models.DateField("dossier demandé le", null=True, blank=True)
    communiquee_le = models.DateField("dossier communiqué le", null=True, blank=True)
    audition_demandee_le = models.DateField("entretien demandé le", null=True, blank=True)
    audition_prevue_le = models.DateTimeField("entretien prévu le", null=True, blank=True)
    audition_lieu = models.CharField("lieu de l'entretien", max_length=200, blank=True)
    entendue_le = models.DateField("entendue le", null=True, blank=True)
    absente_le = models.DateField("absente à l'entretien du", null=True, blank=True)
    assistee_par = models.CharField("assistée par", max_length=160, blank=True)
    close_le = models.DateField("close le", null=True, blank=True)
    close_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    motif_cloture = models.CharField("raison", max_length=30, choices=MotifSansSuite.choices(), blank=True)
    explication_cloture = models.TextField("explication", blank=True)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "procédure"
        indexes = [
            models.Index(fields=["personne", "-ouverte_le"], name="procedure_personne"),
            models.Index(fields=["etat", "-ouverte_le"], name="procedure_etat"),
            models.Index(fields=["responsable", "etat"], name="procedure_responsable"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["personne"],
                condition=Q(etat__in=sorted(str(etat) for etat in OUVERTES)),
                name="procedure_unique_ouverte",
                violation_error_message="Une procédure est déjà ouverte pour cette personne.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=("decidee", "notifiee"))
                | Q(griefs_recus_le__isnull=False, contradictoire_jusquau__isnull=False),
                name="procedure_contradictoire_avant_decision",
                violation_error_message="Aucune décision sans que la personne ait pu présenter ses observations.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "regime", "responsable", "ouverte_par", "ouverte_le", "griefs", "close_par",
                  "version"}  # fmt: skip
        personnelle = {"etat", "etat_avant", "griefs_envoyes_le", "griefs_recus_le", "griefs_representant_recus_le",
                       "contradictoire_jours", "contradictoire_jusquau", "communication_demandee_le", "communiquee_le",
                       "audition_demandee_le", "audition_prevue_le", "audition_lieu", "entendue_le", "absente_le",
                       "close_le"}  # fmt: skip
        sensible = {"type", "fin_de_droit", "assistee_par", "motif_cloture", "explication_cloture"}

    @property
    def ouverte(self) -> bool:
        return EtatProcedure(self.etat) in OUVERTES


class Observation(models.Model):
    """What the person answers, in her words or as they were noted. Silence is no admission (E27)."""

    procedure = models.ForeignKey(Procedure, models.RESTRICT, related_name="observations")
    forme = models.CharField("forme", max_length=20, choices=FormeObservation.choices())
    recue_le = models.DateField("reçue le")
    texte = models.TextField("observations")
    notee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    notee_le = models.DateTimeField("notée le")

    class Meta:
        verbose_name = "observations"
        indexes = [models.Index(fields=["procedure", "recue_le"], name="observation_procedure")]

    class Confidentialite:
        neutre = {"id", "procedure", "notee_par", "notee_le"}
        personnelle = {"forme", "recue_le"}
        sensible = {"texte"}


class ProjetDecision(models.Model):
    """What the instructor submits to whoever signs. No share is ever suggested by the software: a human writes it."""

    procedure = models.OneToOneField(Procedure, models.RESTRICT, related_name="projet")
    nature = models.CharField("nature", max_length=20, choices=NatureMesure.choices())
    taux = models.PositiveSmallIntegerField("part retirée (%)", null=True, blank=True)
    montant = models.DecimalField("montant retiré par mois", max_digits=8, decimal_places=2, null=True, blank=True)
    mois = models.PositiveSmallIntegerField("durée en mois", null=True, blank=True)
    debut = models.DateField("à compter du")
    motifs = models.TextField("motifs, en phrases entières")
    prepare_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    prepare_le = models.DateTimeField("préparé le")

    class Meta:
        verbose_name = "projet de décision"

    class Confidentialite:
        neutre = {"id", "procedure", "prepare_par", "prepare_le"}
        personnelle = {"debut", "mois"}
        sensible = {"nature", "taux", "montant", "motifs"}
