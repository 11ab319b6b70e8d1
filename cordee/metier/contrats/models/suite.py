"""What surrounds a contract: versions, proofs of signature, the circuit of a structure, mass preparation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.metier.contrats.enums import (
    DecisionCircuit,
    MoyenSignature,
    NatureVersion,
    PartieSignature,
    StatutLotContrats,
)
from cordee.metier.contrats.models.contrat import Contrat


class VersionContrat(models.Model):
    """What a contract said at one moment, kept whole: the difference between two of them is always readable."""

    contrat = models.ForeignKey(Contrat, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField("version")
    nature = models.CharField("nature", max_length=10, choices=NatureVersion.choices())
    contenu = models.JSONField("contenu", default=dict)
    le = models.DateTimeField("le")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "version d'un contrat"
        constraints = [
            models.UniqueConstraint(fields=["contrat", "version", "nature"], name="version_contrat_unique"),
        ]

    class Confidentialite:
        neutre = {"id", "contrat", "version", "nature", "le", "par"}
        sensible = {"contenu"}


class PieceSignee(models.Model):
    """The scan of a paper contract: its bytes, checked by type, with their digest."""

    contenu = models.BinaryField("fichier")
    genre = models.CharField("type", max_length=40)
    taille = models.PositiveIntegerField("taille")
    empreinte = models.CharField("empreinte du fichier", max_length=64)
    depose_le = models.DateTimeField("déposé le")
    depose_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "contrat numérisé"
        verbose_name_plural = "contrats numérisés"

    class Confidentialite:
        neutre = {"id", "genre", "taille", "empreinte", "depose_le", "depose_par"}
        sensible = {"contenu"}


class PreuveSignature(models.Model):
    """One signature of one contract: by whom, how, when, of which text (``empreinte``).

    ``recueillie_par``: the agent before whom it was given; the system's agent when she signed alone. ``trait``: the
    strokes of a drawn signature. ``code_id``: the one-time code (room « participation », no foreign key upwards).
    ``contact_masque``: where the code went, readable by nobody else.
    """

    contrat = models.ForeignKey(Contrat, models.RESTRICT, related_name="preuves")
    partie = models.CharField("signataire", max_length=12, choices=PartieSignature.choices())
    nom = models.CharField("nom du signataire", max_length=160)
    moyen = models.CharField("moyen", max_length=8, choices=MoyenSignature.choices())
    empreinte = models.CharField("empreinte du texte signé", max_length=64)
    version = models.PositiveIntegerField("version signée")
    recueillie_le = models.DateTimeField("recueillie le")
    recueillie_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    trait = models.JSONField("tracé", null=True, blank=True)
    piece = models.OneToOneField(PieceSignee, models.RESTRICT, null=True, blank=True, related_name="preuve")
    code_id = models.BigIntegerField("code utilisé", null=True, blank=True)
    contact_masque = models.CharField("code envoyé à", max_length=40, blank=True)
    retiree_le = models.DateTimeField("sans effet depuis", null=True, blank=True)

    class Meta:
        verbose_name = "preuve de signature"
        verbose_name_plural = "preuves de signature"
        constraints = [
            models.UniqueConstraint(
                fields=["contrat", "partie"], condition=Q(retiree_le__isnull=True), name="preuve_une_par_partie",
                violation_error_message="Cette signature est déjà recueillie.",
            ),
            models.CheckConstraint(
                condition=~Q(moyen="trace") | Q(trait__isnull=False), name="preuve_tracee",
                violation_error_message="La signature tracée est vide.",
            ),
            models.CheckConstraint(
                condition=~Q(moyen="code") | Q(code_id__isnull=False), name="preuve_par_code",
                violation_error_message="Le code qui a signé manque.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "contrat", "partie", "moyen", "empreinte", "version", "recueillie_le", "recueillie_par",
                  "piece", "code_id", "retiree_le"}  # fmt: skip
        personnelle = {"nom", "contact_masque"}
        sensible = {"trait"}


class EtapeCircuit(models.Model):
    """One step a structure asks for before a contract may be proposed to the person. None by default.

    ``role``: who may give it, in that structure (``organismes.enums.RoleAgent``).
    """

    structure = models.ForeignKey("organismes.Structure", models.CASCADE, related_name="circuit_contrats")
    rang = models.PositiveSmallIntegerField("rang")
    libelle = models.CharField("étape", max_length=80)
    role = models.CharField("qui valide", max_length=30)

    class Meta:
        verbose_name = "étape de validation"
        verbose_name_plural = "étapes de validation"
        constraints = [models.UniqueConstraint(fields=["structure", "rang"], name="etape_circuit_rang")]

    class Confidentialite:
        neutre = {"id", "structure", "rang", "libelle", "role"}


class PassageCircuit(models.Model):
    """What happened at a step for one version of a contract. Kept: who asked, who agreed, who sent it back and why."""

    contrat = models.ForeignKey(Contrat, models.CASCADE, related_name="passages")
    version = models.PositiveIntegerField("version")
    rang = models.PositiveSmallIntegerField("rang")
    libelle = models.CharField("étape", max_length=80)
    decision = models.CharField("décision", max_length=10, choices=DecisionCircuit.choices())
    motif = models.CharField("ce qui est à corriger", max_length=300, blank=True)
    le = models.DateTimeField("le")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "passage dans le circuit"
        verbose_name_plural = "passages dans le circuit"
        indexes = [models.Index(fields=["contrat", "version", "id"], name="passage_contrat")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="renvoye") | ~Q(motif=""), name="passage_renvoye_motive",
                violation_error_message="Dites ce qui est à corriger.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "contrat", "version", "rang", "libelle", "decision", "le", "par"}
        personnelle = {"motif"}


class LotContrats(models.Model):
    """Drafts prepared in number, each then read and signed one by one (E04).

    ``a_faire``: people still to treat, so that an interruption loses nothing. ``ecartees``: how many by reason.
    """

    cree_le = models.DateTimeField("demandé le")
    cree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    intitule = models.CharField("pour quoi", max_length=120, blank=True)
    inviter = models.BooleanField("inviter chacun à venir le préparer et le signer", default=True)
    statut = models.CharField(
        "statut", max_length=10, choices=StatutLotContrats.choices(), default=StatutLotContrats.EN_COURS
    )
    total = models.PositiveIntegerField("personnes", default=0)
    a_faire = models.JSONField("personnes à traiter", default=list)
    prepares = models.PositiveIntegerField("brouillons préparés", default=0)
    invites = models.PositiveIntegerField("invitations écrites", default=0)
    ecartees = models.JSONField("personnes écartées, par raison", default=dict)
    fini_le = models.DateTimeField("terminé le", null=True, blank=True)

    class Meta:
        verbose_name = "préparation en nombre"
        verbose_name_plural = "préparations en nombre"

    class Confidentialite:
        neutre = {"id", "cree_le", "cree_par", "intitule", "inviter", "statut", "total", "prepares", "invites",
                  "ecartees", "fini_le"}  # fmt: skip
        personnelle = {"a_faire"}
