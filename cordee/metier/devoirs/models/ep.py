"""The équipe pluridisciplinaire: its règlement, its members, its sessions and who comes (CASF L262-39)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from cordee.metier.devoirs.enums_ep import (
    GenreActeSeance,
    GenreCollege,
    ReponseMembre,
    StatutReglement,
    StatutSeance,
)
from cordee.metier.organismes.models import Intervalle


class ReglementEP(models.Model):
    """One version of the règlement: who sits, the quorum, the notices. A session keeps the version it was made under.

    ``quorum_pour_cent``: share of the seats that must be filled. ``preavis_membres_jours``, ``preavis_personne_jours``:
    calendar days between the invitation and the session. ``completude_jours``: days before the session on which
    incomplete files are pulled (R23). ``mois_validite``: an opinion older than that is not reusable (E24).
    ``k_anonymat``: how many people at least share what members are told of one of them (V6).
    """

    version = models.PositiveSmallIntegerField("version", unique=True)
    statut = models.CharField(
        "état", max_length=10, choices=StatutReglement.choices(), default=StatutReglement.BROUILLON
    )
    reference = models.CharField("délibération ou arrêté", max_length=80, blank=True)
    adopte_le = models.DateField("adopté le", null=True, blank=True)
    debut = models.DateField("applicable à partir du")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)
    texte = models.TextField("texte", blank=True)
    quorum_pour_cent = models.PositiveSmallIntegerField("part des sièges présents (%)", default=50)
    preavis_membres_jours = models.PositiveSmallIntegerField("préavis des membres (jours)", default=21)
    preavis_personne_jours = models.PositiveSmallIntegerField("préavis de la personne (jours)", default=15)
    completude_jours = models.PositiveSmallIntegerField("retrait des dossiers incomplets (jours avant)", default=5)
    mois_validite = models.PositiveSmallIntegerField("validité d'un avis (mois)", default=6)
    minutes_audition = models.PositiveSmallIntegerField("durée d'une audition (minutes)", default=20)
    minutes_dossier = models.PositiveSmallIntegerField("durée d'un dossier sur pièces (minutes)", default=10)
    dossiers_maximum = models.PositiveSmallIntegerField("dossiers par séance", default=20)
    k_anonymat = models.PositiveSmallIntegerField("personnes qui partagent les traits montrés", default=10)
    sans_aout = models.BooleanField("pas de séance en août", default=True)
    voix_preponderante = models.BooleanField("voix prépondérante du président en cas de partage", default=False)
    cree_le = models.DateTimeField("créé le")
    cree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "règlement de l'équipe pluridisciplinaire"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
                name="reglement_ep_dates",
                violation_error_message="La fin du règlement doit suivre son début.",
            ),
            models.CheckConstraint(
                condition=Q(quorum_pour_cent__gte=1, quorum_pour_cent__lte=100),
                name="reglement_ep_quorum",
                violation_error_message="Le quorum est une part des sièges, de 1 à 100 %.",
            ),
            models.CheckConstraint(
                condition=Q(minutes_audition__gte=5, minutes_dossier__gte=1, dossiers_maximum__gte=1),
                name="reglement_ep_durees",
                violation_error_message="Donnez au moins cinq minutes à une audition et un dossier à une séance.",
            ),
            ExclusionConstraint(
                name="reglement_ep_un_en_vigueur",
                expressions=[(Intervalle("debut", "fin"), RangeOperators.OVERLAPS)],
                condition=Q(statut="adopte"),
                violation_error_message="Une autre version du règlement est déjà applicable à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "version", "statut", "reference", "adopte_le", "debut", "fin", "texte", "quorum_pour_cent",
                  "preavis_membres_jours", "preavis_personne_jours", "completude_jours", "mois_validite",
                  "minutes_audition", "minutes_dossier", "dossiers_maximum", "k_anonymat", "sans_aout",
                  "voix_preponderante", "cree_le", "cree_par"}  # fmt: skip


class CollegeEP(models.Model):
    """One college of a version of the règlement. ``requis``: without it nothing is decided."""

    reglement = models.ForeignKey(ReglementEP, models.CASCADE, related_name="colleges")
    genre = models.CharField("collège", max_length=20, choices=GenreCollege.choices())
    sieges = models.PositiveSmallIntegerField("sièges")
    requis = models.BooleanField("présence exigée pour le quorum", default=False)

    class Meta:
        verbose_name = "collège"
        constraints = [
            models.UniqueConstraint(
                fields=["reglement", "genre"],
                name="college_ep_unique",
                violation_error_message="Ce collège figure déjà dans le règlement.",
            ),
            models.CheckConstraint(
                condition=Q(sieges__gte=1),
                name="college_ep_sieges",
                violation_error_message="Un collège a au moins un siège.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "reglement", "genre", "sieges", "requis"}


class MembreEP(models.Model):
    """Somebody who sits, titular or substitute of a college, over a period. ``preside``: opens and closes sessions."""

    agent = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="sieges_ep")
    college = models.CharField("collège", max_length=20, choices=GenreCollege.choices())
    titulaire = models.BooleanField("titulaire", default=True)
    preside = models.BooleanField("préside", default=False)
    organisme = models.CharField("au titre de", max_length=120, blank=True)
    debut = models.DateField("du")
    fin = models.DateField("au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "membre de l'équipe pluridisciplinaire"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
                name="membre_ep_dates",
                violation_error_message="La fin du mandat doit suivre son début.",
            ),
            ExclusionConstraint(
                name="membre_ep_un_siege",
                expressions=[("agent", RangeOperators.EQUAL), (Intervalle("debut", "fin"), RangeOperators.OVERLAPS)],
                violation_error_message="Cette personne siège déjà à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "agent", "college", "titulaire", "preside", "organisme", "debut", "fin"}


class SeanceEP(models.Model):
    """One session. ``observations``: what is noted as it goes; ``ordre_arrete_le``: numbers given, hours announced."""

    reglement = models.ForeignKey(ReglementEP, models.RESTRICT, related_name="seances")
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin prévue")
    lieu = models.CharField("lieu", max_length=160)
    statut = models.CharField("état", max_length=12, choices=StatutSeance.choices(), default=StatutSeance.PLANIFIEE)
    secretaire = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    presidence = models.ForeignKey(MembreEP, models.RESTRICT, null=True, blank=True, related_name="+")
    ordre_arrete_le = models.DateTimeField("ordre du jour arrêté le", null=True, blank=True)
    incomplets_retires_le = models.DateTimeField("dossiers incomplets retirés le", null=True, blank=True)
    ouverte_le = models.DateTimeField("ouverte le", null=True, blank=True)
    close_le = models.DateTimeField("close le", null=True, blank=True)
    observations = models.TextField("observations de séance", blank=True)
    version = models.PositiveIntegerField("version", default=1)

    class Meta:
        verbose_name = "séance de l'équipe pluridisciplinaire"
        indexes = [models.Index(fields=["statut", "debut"], name="seance_ep_statut")]
        constraints = [
            models.UniqueConstraint(
                fields=["debut"],
                condition=~Q(statut="annulee"),
                name="seance_ep_une_par_heure",
                violation_error_message="Une séance est déjà prévue à cette heure.",
            ),
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut")),
                name="seance_ep_dates",
                violation_error_message="La fin de la séance doit suivre son début.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "reglement", "debut", "fin", "lieu", "statut", "secretaire", "presidence", "ordre_arrete_le",
                  "incomplets_retires_le", "ouverte_le", "close_le", "version"}  # fmt: skip
        sensible = {"observations"}

    @property
    def statut_lu(self) -> StatutSeance:
        """Where it stands, with its words."""
        return StatutSeance(self.statut)


class ParticipationEP(models.Model):
    """One member and one session: invited or kept in reserve (a substitute), her reply, when she was in the room."""

    seance = models.ForeignKey(SeanceEP, models.CASCADE, related_name="participations")
    membre = models.ForeignKey(MembreEP, models.RESTRICT, related_name="participations")
    invite_le = models.DateTimeField("invité le", null=True, blank=True)
    reponse = models.CharField(
        "réponse", max_length=16, choices=ReponseMembre.choices(), default=ReponseMembre.EN_ATTENTE
    )
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True)
    arrive_le = models.DateTimeField("arrivé à", null=True, blank=True)
    parti_le = models.DateTimeField("parti à", null=True, blank=True)

    class Meta:
        verbose_name = "participation à une séance"
        constraints = [models.UniqueConstraint(fields=["seance", "membre"], name="participation_ep_unique")]

    class Confidentialite:
        neutre = {"id", "seance", "membre", "invite_le", "reponse", "repondu_le", "arrive_le", "parti_le"}

    @property
    def dans_la_salle(self) -> bool:
        return self.arrive_le is not None and self.parti_le is None


class ActeSeance(models.Model):
    """The thread of a session, hour by hour: never changed, the minutes are written from it."""

    seance = models.ForeignKey(SeanceEP, models.CASCADE, related_name="actes")
    genre = models.CharField("acte", max_length=12, choices=GenreActeSeance.choices())
    passage = models.ForeignKey("devoirs.PassageEP", models.RESTRICT, null=True, blank=True, related_name="actes")
    membre = models.ForeignKey(MembreEP, models.RESTRICT, null=True, blank=True, related_name="+")
    precision = models.CharField("précision", max_length=200, blank=True)
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    le = models.DateTimeField("le")

    class Meta:
        verbose_name = "acte de séance"
        ordering = ["le", "pk"]

    class Confidentialite:
        neutre = {"id", "seance", "genre", "passage", "membre", "precision", "par", "le"}


class ProcesVerbal(models.Model):
    """The minutes: written from the session as it went, frozen and signed by who presided and by the secretary.

    ``contenu`` names nobody but members; files keep their code. ``empreinte`` proves what was signed.
    """

    seance = models.OneToOneField(SeanceEP, models.RESTRICT, related_name="proces_verbal")
    contenu = models.JSONField("contenu")
    empreinte = models.CharField("empreinte", max_length=64)
    etabli_le = models.DateTimeField("établi le")
    etabli_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    signe_secretaire_le = models.DateTimeField("signé par le secrétariat le", null=True, blank=True)
    signe_presidence_le = models.DateTimeField("signé par la présidence le", null=True, blank=True)

    class Meta:
        verbose_name = "procès-verbal"

    class Confidentialite:
        neutre = {"id", "seance", "empreinte", "etabli_le", "etabli_par", "signe_secretaire_le", "signe_presidence_le"}
        sensible = {"contenu"}

    @property
    def signe(self) -> bool:
        """Whether both signatures are there."""
        return self.signe_secretaire_le is not None and self.signe_presidence_le is not None
