"""What is sent to the paying bodies, line by line, and what their files then say of each decision (E23)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cordee.metier.devoirs.enums import ConstatCaisse, EtatTransmission, GenreLigne, MotifRejetCaisse


class ListeCaisse(models.Model):
    """One list for one paying body: the monthly one (``numero`` 0) or an urgent one of the same month (1, 2…).

    ``mois``: first month it can act on. ``arret_le``: cut-off day. ``convention``: what authorises the flow
    (``None`` is said on the page). ``empreinte``: SHA-256 of the lines as they were sent. ``reference_accuse``: what
    the body answered.
    """

    organisme = models.ForeignKey("personnes.OrganismePayeur", models.RESTRICT, related_name="listes")
    mois = models.DateField("mois")
    numero = models.PositiveSmallIntegerField("numéro", default=0)
    arret_le = models.DateField("arrêtée au")
    etat = models.CharField(
        "état", max_length=20, choices=EtatTransmission.choices(), default=EtatTransmission.PREPAREE
    )
    convention = models.ForeignKey("organismes.Convention", models.RESTRICT, null=True, blank=True, related_name="+")
    motif_urgence = models.CharField("pourquoi sans attendre", max_length=200, blank=True)
    preparee_le = models.DateTimeField("préparée le")
    preparee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    envoyee_le = models.DateTimeField("envoyée le", null=True, blank=True)
    envoyee_par = models.ForeignKey("organismes.Agent", models.RESTRICT, null=True, blank=True, related_name="+")
    empreinte = models.CharField("empreinte de l'envoi", max_length=64, blank=True)
    accusee_le = models.DateField("accusée le", null=True, blank=True)
    reference_accuse = models.CharField("référence de l'accusé", max_length=80, blank=True)
    motif_rejet = models.CharField("motif du rejet", max_length=20, choices=MotifRejetCaisse.choices(), blank=True)

    class Meta:
        verbose_name = "liste à la caisse"
        ordering = ["-mois", "-numero", "organisme"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisme", "mois", "numero"],
                name="liste_caisse_unique",
                violation_error_message="Cette liste existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(etat="preparee", envoyee_le__isnull=True)
                | ~Q(etat="preparee") & Q(envoyee_le__isnull=False),
                name="liste_caisse_envoyee",
                violation_error_message="Une liste qui n'est plus en préparation a une date d'envoi.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "organisme", "mois", "numero", "arret_le", "etat", "convention", "motif_urgence", "preparee_le",
                  "preparee_par", "envoyee_le", "envoyee_par", "empreinte", "accusee_le", "reference_accuse",
                  "motif_rejet"}  # fmt: skip

    @property
    def urgente(self) -> bool:
        return self.numero > 0

    @property
    def etat_enum(self) -> EtatTransmission:
        return EtatTransmission(self.etat)


class LigneCaisse(models.Model):
    """One decision as it is told to the body: what to do, on whom, how much, from which month, on what ground.

    Columns are copied when the line is made: a line says what was sent, whatever happens to the household afterwards.
    ``liste`` is empty while the line waits for the next one (a household that changed in a file, E21). ``effet``: first
    month, ``jusquau``: first month after (``None``: until it is lifted). ``rappel_du``: first month to pay back.
    ``flux_id``, ``vue_le``: file and reference date in which the answer was read; ``ecarts``: what differs there.
    """

    liste = models.ForeignKey(ListeCaisse, models.RESTRICT, null=True, blank=True, related_name="lignes")
    mesure = models.ForeignKey("devoirs.MesureDecidee", models.RESTRICT, related_name="lignes")
    genre = models.CharField("ce qui est demandé", max_length=16, choices=GenreLigne.choices())
    foyer = models.ForeignKey("personnes.Foyer", models.RESTRICT, related_name="+")
    numdemrsa = models.CharField("numéro de demande RSA", max_length=11)
    matricule = models.CharField("numéro allocataire", max_length=15, blank=True)
    part = models.PositiveSmallIntegerField("part retirée (%)", null=True, blank=True)
    montant = models.DecimalField("montant par mois", max_digits=8, decimal_places=2, null=True, blank=True)
    effet = models.DateField("à partir du mois de")
    jusquau = models.DateField("jusqu'au mois de (exclu)", null=True, blank=True)
    rappel_du = models.DateField("à rendre depuis le mois de", null=True, blank=True)
    base_legale = models.CharField("base légale", max_length=120)
    decision = models.CharField("décision", max_length=80)
    radiation = models.BooleanField("radiation proposée à l'opérateur de l'emploi", default=False)
    etat = models.CharField(
        "état", max_length=20, choices=EtatTransmission.choices(), default=EtatTransmission.PREPAREE
    )
    motif_rejet = models.CharField("motif du rejet", max_length=20, choices=MotifRejetCaisse.choices(), blank=True)
    creee_le = models.DateTimeField("préparée le")
    vue_le = models.DateField("lue dans le fichier du", null=True, blank=True)
    flux_id = models.BigIntegerField("fichier", null=True, blank=True)
    ecarts = models.JSONField("différences", default=list)

    class Meta:
        verbose_name = "ligne d'une liste à la caisse"
        indexes = [
            models.Index(fields=["mesure", "-id"], name="ligne_caisse_mesure"),
            models.Index(fields=["liste"], name="ligne_caisse_liste"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mesure", "genre"],
                condition=Q(etat="preparee"),
                name="ligne_caisse_une_a_envoyer",
                violation_error_message="Cette décision attend déjà d'être envoyée.",
            ),
            models.CheckConstraint(
                condition=Q(jusquau__isnull=True) | Q(jusquau__gt=F("effet")),
                name="ligne_caisse_mois",
                violation_error_message="La fin doit suivre le mois d'effet.",
            ),
            models.CheckConstraint(
                condition=Q(etat="preparee") | Q(liste__isnull=False),
                name="ligne_caisse_listee",
                violation_error_message="Une ligne envoyée est sur une liste.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "liste", "mesure", "foyer", "creee_le", "flux_id"}
        personnelle = {"numdemrsa", "matricule", "etat", "motif_rejet", "vue_le", "effet", "jusquau", "decision"}
        sensible = {"genre", "part", "montant", "rappel_du", "base_legale", "radiation", "ecarts"}


class EchoCaisse(models.Model):
    """What the last file says of a decision: applied, not, otherwise, still withheld. One row per decision.

    ``depuis``: reference date of the first file that said so.
    """

    mesure = models.OneToOneField("devoirs.MesureDecidee", models.RESTRICT, related_name="echo")
    foyer = models.ForeignKey("personnes.Foyer", models.RESTRICT, related_name="+")
    constat = models.CharField("constat", max_length=16, choices=ConstatCaisse.choices())
    ecarts = models.JSONField("différences", default=list)
    reference_le = models.DateField("d'après le fichier du")
    flux_id = models.BigIntegerField("fichier")
    depuis = models.DateField("depuis le fichier du")

    class Meta:
        verbose_name = "écho d'une décision dans les fichiers"
        indexes = [models.Index(fields=["constat"], name="echo_caisse_constat")]

    class Confidentialite:
        neutre = {"id", "mesure", "foyer", "flux_id"}
        personnelle = {"reference_le", "depuis"}
        sensible = {"constat", "ecarts"}


class FluxConventionne(models.Model):
    """Which convention authorises the exchange of decisions with a paying body (REQ-24): its dates are its own."""

    organisme = models.ForeignKey("personnes.OrganismePayeur", models.RESTRICT, related_name="flux_conventionnes")
    convention = models.ForeignKey("organismes.Convention", models.RESTRICT, related_name="flux")
    ajoute_le = models.DateTimeField("ajouté le")
    ajoute_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "convention d'un flux"
        constraints = [
            models.UniqueConstraint(
                fields=["organisme", "convention"],
                name="flux_conventionne_unique",
                violation_error_message="Cette convention est déjà rattachée à cet organisme.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "organisme", "convention", "ajoute_le", "ajoute_par"}
