"""A file in front of the équipe pluridisciplinaire: its place on the agenda, who keeps away, what was answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.metier.devoirs.enums_ep import (
    MotifConflit,
    MotifRetrait,
    ObjetPassage,
    PresencePersonne,
    SensAvis,
    StatutPassage,
)
from cordee.metier.devoirs.models.ep import MembreEP, SeanceEP
from cordee.metier.rendezvous.enums import StatutInterprete, TypeInterprete


class PassageEP(models.Model):
    """One file of one session.

    ``code`` is all that members know it by: it comes from no name and tells no order of arrival. ``expose``: the facts
    as they are told to members, without anything that names the person; ``traits``: the bands they read, frozen when
    the file is prepared (``regles.ep_anonymat``). ``numero`` is empty once withdrawn; ``heure``: of a hearing, kept for
    ever once it was announced to her (``annoncee``). ``faits``: digest of the facts examined.
    """

    seance = models.ForeignKey(SeanceEP, models.RESTRICT, related_name="passages")
    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="passages_ep")
    objet = models.CharField("objet", max_length=20, choices=ObjetPassage.choices())
    procedure = models.ForeignKey(
        "devoirs.Procedure", models.RESTRICT, null=True, blank=True, related_name="passages_ep"
    )
    demande = models.ForeignKey(
        "orientation.DemandeReorientation", models.RESTRICT, null=True, blank=True, related_name="passages_ep"
    )
    code = models.CharField("code du dossier", max_length=8)
    numero = models.PositiveSmallIntegerField("numéro", null=True, blank=True)
    rang = models.PositiveSmallIntegerField("rang d'inscription", default=0)
    audition = models.BooleanField("audition", default=True)
    heure = models.DateTimeField("heure", null=True, blank=True)
    annoncee = models.BooleanField("heure annoncée à la personne", default=False)
    statut = models.CharField("état", max_length=12, choices=StatutPassage.choices(), default=StatutPassage.INSCRIT)
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)
    motif_retrait = models.CharField("raison du retrait", max_length=20, choices=MotifRetrait.choices(), blank=True)
    manques = models.JSONField("ce qui manquait", default=list, blank=True)
    expose = models.TextField("exposé pour les membres", blank=True)
    traits = models.JSONField("traits montrés", default=dict, blank=True)
    liens_controles_le = models.DateTimeField("liens des membres contrôlés le", null=True, blank=True)
    convocation = models.ForeignKey("courriers.Courrier", models.RESTRICT, null=True, blank=True, related_name="+")
    invitee_le = models.DateField("invitée le", null=True, blank=True)
    langue = models.CharField("langue", max_length=40, blank=True)
    interprete = models.CharField("interprète", max_length=12, choices=StatutInterprete.choices(), blank=True)
    interprete_type = models.CharField(
        "sorte d'interprète", max_length=20, choices=TypeInterprete.choices(), blank=True
    )
    interprete_nom = models.CharField("prestataire ou nom", max_length=120, blank=True)
    presence = models.CharField(
        "la personne", max_length=16, choices=PresencePersonne.choices(), default=PresencePersonne.ATTENDUE
    )
    assistee_par = models.CharField("assistée ou représentée par", max_length=160, blank=True)
    arrivee_le = models.DateTimeField("arrivée à", null=True, blank=True)
    notes_audition = models.TextField("ce qu'elle a dit", blank=True)
    faits = models.CharField("faits examinés", max_length=64, blank=True)
    inscrit_le = models.DateTimeField("inscrit le")
    inscrit_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    suite = models.ForeignKey("courriers.Courrier", models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "dossier d'une séance"
        constraints = [
            models.UniqueConstraint(
                fields=["seance", "personne"],
                condition=~Q(statut="retire"),
                name="passage_ep_une_fois_par_seance",
                violation_error_message="Cette personne est déjà inscrite à cette séance.",
            ),
            models.UniqueConstraint(fields=["seance", "code"], name="passage_ep_code"),
            models.CheckConstraint(
                condition=~Q(statut="retire") | Q(numero__isnull=True, retire_le__isnull=False) & ~Q(motif_retrait=""),
                name="passage_ep_retire",
                violation_error_message="Un dossier retiré perd son numéro et dit pourquoi.",
            ),
            models.CheckConstraint(
                condition=Q(procedure__isnull=False, demande__isnull=True)
                | Q(procedure__isnull=True, demande__isnull=False),
                name="passage_ep_une_question",
                violation_error_message="Un dossier porte sur une procédure ou sur une réorientation.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "seance", "personne", "objet", "procedure", "demande", "code", "numero", "rang", "audition",
                  "heure", "annoncee", "statut", "retire_le", "liens_controles_le", "convocation", "interprete",
                  "interprete_type", "faits", "inscrit_le", "inscrit_par", "suite"}  # fmt: skip
        personnelle = {"motif_retrait", "manques", "traits", "invitee_le", "langue", "interprete_nom", "presence",
                       "assistee_par", "arrivee_le"}  # fmt: skip
        sensible = {"expose", "notes_audition"}

    @property
    def statut_lu(self) -> StatutPassage:
        """Where it stands, with its words."""
        return StatutPassage(self.statut)

    @property
    def objet_lu(self) -> ObjetPassage:
        """What is asked, with its words."""
        return ObjetPassage(self.objet)


class RetraitMembre(models.Model):
    """A member who does not sit on one file. Whoever withdraws by herself says nothing of why (R28): no such field.

    ``motif`` is what the secretary found on the real identity; ``declare`` for a member's own word.
    """

    passage = models.ForeignKey(PassageEP, models.CASCADE, related_name="retraits")
    membre = models.ForeignKey(MembreEP, models.RESTRICT, related_name="retraits")
    motif = models.CharField("origine", max_length=12, choices=MotifConflit.choices())
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    le = models.DateTimeField("le")

    class Meta:
        verbose_name = "retrait d'un membre"
        constraints = [models.UniqueConstraint(fields=["passage", "membre"], name="retrait_membre_unique")]

    class Confidentialite:
        neutre = {"id", "passage", "membre", "par", "le"}
        sensible = {"motif"}


class AvisEP(models.Model):
    """What the équipe thinks of one file: an opinion, never a decision. The voices, and the reasons in sentences.

    ``autre_mesure``: what it proposes instead. ``votants``: who could vote, those withdrawn left out.
    """

    passage = models.OneToOneField(PassageEP, models.RESTRICT, related_name="avis")
    sens = models.CharField("avis", max_length=12, choices=SensAvis.choices())
    motivation = models.TextField("motifs de l'avis")
    autre_mesure = models.TextField("ce que l'équipe propose", blank=True)
    pour = models.PositiveSmallIntegerField("voix pour", default=0)
    contre = models.PositiveSmallIntegerField("voix contre", default=0)
    abstentions = models.PositiveSmallIntegerField("abstentions", default=0)
    votants = models.PositiveSmallIntegerField("votants")
    faits = models.CharField("faits examinés", max_length=64, blank=True)
    rendu_le = models.DateField("rendu le")
    enregistre_le = models.DateTimeField("enregistré le")
    enregistre_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "avis de l'équipe pluridisciplinaire"
        constraints = [
            models.CheckConstraint(
                condition=~Q(sens="autre_mesure") | ~Q(autre_mesure=""),
                name="avis_ep_autre_mesure",
                violation_error_message="Dites ce que l'équipe propose à la place.",
            ),
            models.CheckConstraint(
                condition=~Q(motivation=""),
                name="avis_ep_motive",
                violation_error_message="Un avis est motivé.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "passage", "pour", "contre", "abstentions", "votants", "faits", "rendu_le", "enregistre_le",
                  "enregistre_par"}  # fmt: skip
        sensible = {"sens", "motivation", "autre_mesure"}

    @property
    def sens_lu(self) -> SensAvis:
        """The opinion, with its words."""
        return SensAvis(self.sens)


class DissentimentEP(models.Model):
    """A member who asks that her disagreement be written down (R25)."""

    avis = models.ForeignKey(AvisEP, models.CASCADE, related_name="dissentiments")
    membre = models.ForeignKey(MembreEP, models.RESTRICT, related_name="+")
    texte = models.TextField("ce qu'il demande d'écrire")

    class Meta:
        verbose_name = "opinion divergente"
        constraints = [models.UniqueConstraint(fields=["avis", "membre"], name="dissentiment_ep_unique")]

    class Confidentialite:
        neutre = {"id", "avis", "membre"}
        sensible = {"texte"}
