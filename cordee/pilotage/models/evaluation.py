"""Experiments: what was said before looking, its seal, its register, participants, random orders (REQ-74, 87, 112)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.pilotage.enums_evaluation import EtatExperience, GenreMention, GenreUnite, Groupe


class Experience(models.Model):
    """One experiment. ``protocole``: ``evaluation.regles.protocole.Protocole`` as JSON, sealed when registered.

    ``sceau``: SHA-256 of what was said, when and by whom; each amendment seals again on top of the seal before.
    ``retrospective``: registered after its start, when part of the data was already there.
    ``resultats``: what was published, with the state of the lake it came from: it never moves again.
    """

    code = models.SlugField("code", max_length=60, unique=True)
    titre = models.CharField("titre", max_length=120)
    hypothese = models.CharField("hypothèse", max_length=400)
    etat = models.CharField("état", max_length=12, choices=EtatExperience.choices(), default=EtatExperience.BROUILLON)
    protocole = models.JSONField("protocole")
    creee_le = models.DateTimeField("créée le")
    creee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", db_index=False)
    enregistree_le = models.DateTimeField("enregistrée le", null=True)
    sceau = models.CharField("sceau", max_length=64, blank=True)
    retrospective = models.BooleanField("enregistrée après son début", default=False)
    publiee_le = models.DateTimeField("publiée le", null=True)
    resultats = models.JSONField("résultats publiés", null=True)

    class Meta:
        verbose_name = "expérimentation"
        constraints = [
            models.CheckConstraint(
                condition=Q(etat="brouillon", sceau="", enregistree_le__isnull=True)
                | ~Q(etat="brouillon") & ~Q(sceau="") & Q(enregistree_le__isnull=False),
                name="experience_scellee",
                violation_error_message="Une expérimentation enregistrée porte son sceau et sa date.",
            ),
            models.CheckConstraint(
                condition=~Q(etat="publiee") | Q(resultats__isnull=False, publiee_le__isnull=False),
                name="experience_publiee_complete",
                violation_error_message="Une expérimentation publiée porte ses résultats et leur date.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "code", "titre", "hypothese", "etat", "protocole", "creee_le", "creee_par", "enregistree_le",
                  "sceau", "retrospective", "publiee_le", "resultats"}  # fmt: skip

    def __str__(self) -> str:
        return self.titre


class MentionExperience(models.Model):
    """A line of the register: what was done, when, by whom, why; for an amendment, the protocol before and after.

    ``apres_resultats``: results had already been seen. An exploratory analysis keeps what it looked at in
    ``apres``, and its label for ever.
    """

    experience = models.ForeignKey(Experience, models.RESTRICT, related_name="mentions")
    genre = models.CharField("genre", max_length=16, choices=GenreMention.choices())
    le = models.DateTimeField("le")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", db_index=False)
    motif = models.CharField("motif", max_length=400, blank=True)
    avant = models.JSONField("protocole d'avant", null=True)
    apres = models.JSONField("protocole d'après", null=True)
    sceau = models.CharField("sceau", max_length=64, blank=True)
    apres_resultats = models.BooleanField("après avoir vu des résultats", default=False)

    class Meta:
        verbose_name = "ligne du registre des expérimentations"
        ordering = ["le", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(genre="amendement") | ~Q(motif="") & Q(avant__isnull=False, apres__isnull=False),
                name="amendement_motive",
                violation_error_message="Un amendement dit pourquoi, et ce qu'il change.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "experience", "genre", "le", "par", "motif", "avant", "apres", "sceau", "apres_resultats"}


class Participation(models.Model):
    """A person marked in an experiment: inscribed, or a witness drawn with it. Dated; nothing else changes for her."""

    experience = models.ForeignKey(Experience, models.RESTRICT, related_name="participations")
    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="+")
    groupe = models.CharField("groupe", max_length=8, choices=Groupe.choices(), default=Groupe.TRAITE)
    debut = models.DateField("depuis le")
    fin = models.DateField("jusqu'au", null=True)
    origine = models.CharField("origine", max_length=120, blank=True)

    class Meta:
        verbose_name = "participation à une expérimentation"
        constraints = [
            models.UniqueConstraint(fields=["experience", "personne"], name="participation_unique"),
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gte=models.F("debut")),
                name="participation_periode",
                violation_error_message="Une participation finit après avoir commencé.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "experience", "groupe", "debut", "fin", "origine"}
        personnelle = {"personne"}


class OrdreAleatoire(models.Model):
    """A roll-out in random order: seed committed, then drawn on another day, then published with the order it gives.

    ``unites``: code → name of what is put in order; ``ordre``: ``[[code, first day], …]`` once drawn; ``sceau``: of the
    assignment as recorded.
    """

    titre = models.CharField("titre", max_length=120)
    genre = models.CharField("ce qui est mis en ordre", max_length=12, choices=GenreUnite.choices())
    unites = models.JSONField("unités")
    debut = models.DateField("première vague le")
    vagues = models.PositiveSmallIntegerField("vagues")
    ecart_jours = models.PositiveSmallIntegerField("jours entre deux vagues")
    empreinte = models.CharField("empreinte de la graine", max_length=64)
    graine_chiffree = models.BinaryField("graine scellée")
    annonce_le = models.DateTimeField("annoncé le")
    annonce_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", db_index=False)
    tire_le = models.DateTimeField("tiré le", null=True)
    tire_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, related_name="+", db_index=False)
    graine = models.CharField("graine publiée", max_length=64, blank=True)
    ordre = models.JSONField("ordre tiré", null=True)
    sceau = models.CharField("sceau", max_length=64, blank=True)
    experience = models.ForeignKey(
        Experience, models.RESTRICT, null=True, blank=True, related_name="ordres", verbose_name="expérimentation"
    )

    class Meta:
        verbose_name = "déploiement en ordre aléatoire"
        constraints = [
            models.CheckConstraint(
                condition=Q(tire_le__isnull=True, graine="", ordre__isnull=True)
                | Q(tire_le__isnull=False, ordre__isnull=False) & ~Q(graine="") & ~Q(sceau=""),
                name="ordre_graine_publiee",
                violation_error_message="La graine se publie avec l'ordre, jamais avant.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "titre", "genre", "unites", "debut", "vagues", "ecart_jours", "empreinte", "annonce_le",
                  "annonce_par", "tire_le", "tire_par", "graine", "ordre", "sceau", "experience"}  # fmt: skip
        sensible = {"graine_chiffree"}

    def __str__(self) -> str:
        return self.titre
