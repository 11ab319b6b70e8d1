"""Structures, agents, their roles, the sectors they serve and the conventions that entitle them."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from cordee.metier.organismes.enums import MotifAbsence, PublicSecteur, RoleAgent, TypeStructure
from cordee.reglementation.organismes_referents import GenreOrganismeReferent


class Intervalle(Func):
    """``daterange(debut, fin)``: half-open, a missing end is open."""

    function = "daterange"
    output_field = DateRangeField()


def en_cours(au: date, prefixe: str = "") -> Q:
    """Rows of a dated table in force on a day (``debut`` included, ``fin`` excluded, open when null)."""
    return Q(**{f"{prefixe}debut__lte": au}) & (Q(**{f"{prefixe}fin__isnull": True}) | Q(**{f"{prefixe}fin__gt": au}))


class Structure(models.Model):
    """An organisation or a team that receives, orients or accompanies people."""

    code = models.CharField("code", max_length=40, unique=True)
    nom = models.CharField("nom", max_length=160)
    type = models.CharField("type", max_length=30, choices=TypeStructure.choices())
    categorie = models.CharField("catégorie", max_length=30, choices=GenreOrganismeReferent.choices(), blank=True)
    parent = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="enfants")
    commune = models.ForeignKey("territoires.Commune", models.RESTRICT, null=True, blank=True, related_name="+")
    adresse = models.CharField("adresse", max_length=200, blank=True)
    code_postal = models.CharField("code postal", max_length=5, blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    courriel = models.EmailField("courriel", blank=True)
    capacite = models.PositiveIntegerField("capacité (personnes)", null=True, blank=True)
    debut = models.DateField("ouverte le")
    fin = models.DateField("fermée le", null=True, blank=True)

    class Meta:
        verbose_name = "structure"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
                name="structure_dates",
                violation_error_message="La date de fermeture doit suivre la date d'ouverture.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "code", "nom", "type", "categorie", "parent", "commune", "adresse", "code_postal", "telephone",
                  "courriel", "capacite", "debut", "fin"}  # fmt: skip

    def __str__(self) -> str:
        return self.nom


class RegleSecteur(models.Model):
    """Which structure receives which public of a commune, over a period (PDIE: by place of residence and household)."""

    structure = models.ForeignKey(Structure, models.RESTRICT, related_name="secteurs")
    commune = models.ForeignKey("territoires.Commune", models.RESTRICT, related_name="+")
    public = models.CharField("public", max_length=30, choices=PublicSecteur.choices(), default=PublicSecteur.TOUS)
    debut = models.DateField("à partir du")
    fin = models.DateField("jusqu'au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "règle de secteur"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
                name="regle_secteur_dates",
                violation_error_message="La fin de la règle doit suivre son début.",
            ),
            ExclusionConstraint(
                name="regle_secteur_une_structure_par_public",
                expressions=[
                    ("commune", RangeOperators.EQUAL),
                    ("public", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Une autre structure reçoit déjà ce public dans cette commune à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "structure", "commune", "public", "debut", "fin"}


class Convention(models.Model):
    """What entitles a body to be référent (L5411-5-1 IV 3°: a délégataire only under a convention in force, V14)."""

    structure = models.ForeignKey(Structure, models.RESTRICT, related_name="conventions")
    reference = models.CharField("référence", max_length=60, unique=True)
    objet = models.CharField("objet", max_length=200)
    signataires = models.CharField("signataires", max_length=200, blank=True)
    volume = models.PositiveIntegerField("nombre de personnes conventionné", null=True, blank=True)
    debut = models.DateField("début")
    fin = models.DateField("fin (exclue)", null=True, blank=True)

    class Meta:
        verbose_name = "convention"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
                name="convention_dates",
                violation_error_message="La fin de la convention doit suivre son début.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "structure", "reference", "objet", "signataires", "volume", "debut", "fin"}


class GestionnaireAgents(BaseUserManager["Agent"]):
    """Finds agents by their professional e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Agent:
        return self.get(courriel__iexact=username)

    def create_user(self, courriel: str, password: str | None = None, **champs: object) -> Agent:
        agent = self.model(courriel=self.normalize_email(courriel).lower(), **champs)
        agent.set_password(password)
        agent.save(using=self._db)
        return agent


class Agent(AbstractBaseUser):
    """A person who works with the system. Never a beneficiary's row: people accompanied are ``Personne``."""

    courriel = models.EmailField("courriel professionnel", unique=True)
    nom = models.CharField("nom", max_length=80)
    prenom = models.CharField("prénom", max_length=80, blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    systeme = models.BooleanField("agent du système", default=False)
    actif = models.BooleanField("actif", default=True)
    parti_le = models.DateTimeField("accès fermé le", null=True, blank=True)
    cree_le = models.DateTimeField("créé le")

    objects = GestionnaireAgents()
    USERNAME_FIELD = "courriel"
    EMAIL_FIELD = "courriel"
    REQUIRED_FIELDS = ["nom"]

    class Meta:
        verbose_name = "agent"

    class Confidentialite:
        neutre = {"id", "systeme", "actif", "parti_le", "cree_le", "last_login"}
        personnelle = {"courriel", "nom", "prenom", "telephone"}
        sensible = {"password"}

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom}".strip()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django's and allauth's word for "may sign in"."""
        return self.actif and not self.systeme

    @property
    def is_staff(self) -> bool:
        """There is no Django admin: nobody is staff."""
        return False


class Affectation(models.Model):
    """An agent's role in a structure over a period. Several at once are ordinary (R58)."""

    agent = models.ForeignKey(Agent, models.RESTRICT, related_name="affectations")
    structure = models.ForeignKey(Structure, models.RESTRICT, related_name="affectations")
    role = models.CharField("rôle", max_length=30, choices=RoleAgent.choices())
    debut = models.DateField("du")
    fin = models.DateField("au (exclu)", null=True, blank=True)

    class Meta:
        verbose_name = "affectation"
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
                name="affectation_dates",
                violation_error_message="La fin de l'affectation doit suivre son début.",
            ),
            ExclusionConstraint(
                name="affectation_sans_chevauchement",
                expressions=[
                    ("agent", RangeOperators.EQUAL),
                    ("structure", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Cet agent a déjà ce rôle dans cette structure à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "agent", "structure", "role", "debut", "fin"}


class AbsenceAgent(models.Model):
    """An agent is away (holiday, sickness, training). ``fin`` null: the return is unknown (R57)."""

    agent = models.ForeignKey(Agent, models.RESTRICT, related_name="absences", db_index=False)
    debut = models.DateTimeField("du")
    fin = models.DateTimeField("au (exclu)", null=True, blank=True)
    motif = models.CharField("motif", max_length=12, choices=MotifAbsence.choices())
    retour_inconnu = models.BooleanField("date de retour inconnue", default=False)

    class Meta:
        verbose_name = "absence"
        indexes = [models.Index(fields=["agent", "debut"], name="absence_agent")]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gt=F("debut")),
                name="absence_dates",
                violation_error_message="La fin de l'absence doit suivre son début.",
            ),
            models.CheckConstraint(
                condition=Q(fin__isnull=True, retour_inconnu=True) | Q(fin__isnull=False, retour_inconnu=False),
                name="absence_retour",
                violation_error_message="Donnez la date de retour, ou dites qu'elle est inconnue.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "agent", "debut", "fin", "retour_inconnu"}
        personnelle = {"motif"}


class Suppleance(models.Model):
    """A colleague covers for an agent over a period (R20): she sees her urgent étapes, traces say « pour ».

    It opens the people named to ``absent`` and nothing wider; one colleague at a time, so that a call finds one person.
    """

    absent = models.ForeignKey(Agent, models.RESTRICT, related_name="suppleances_recues")
    remplacant = models.ForeignKey(Agent, models.RESTRICT, related_name="suppleances")
    debut = models.DateField("du")
    fin = models.DateField("au (exclu)")
    creee_le = models.DateTimeField("décidée le")
    creee_par = models.ForeignKey(Agent, models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "remplacement"
        indexes = [models.Index(fields=["remplacant", "debut"], name="suppleance_remplacant")]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut")),
                name="suppleance_dates",
                violation_error_message="La fin du remplacement doit suivre son début.",
            ),
            models.CheckConstraint(
                condition=~Q(absent=F("remplacant")),
                name="suppleance_deux_agents",
                violation_error_message="Un agent ne se remplace pas lui-même.",
            ),
            ExclusionConstraint(
                name="suppleance_un_remplacant",
                expressions=[
                    ("absent", RangeOperators.EQUAL),
                    (Intervalle("debut", "fin"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Un remplacement couvre déjà cet agent à ces dates.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "absent", "remplacant", "debut", "fin", "creee_le", "creee_par"}
