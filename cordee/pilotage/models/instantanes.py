"""Published states: what the lake knew on a day, and the values that were published from it. They never move."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.pilotage.enums import GenreInstantane
from cordee.pilotage.models.calculs import ValeurDIndicateur


class Instantane(models.Model):
    """A state of the lake kept as it was. ``au``: the day its figures are of; ``connu_le``: when its facts were read.

    ``manifeste``: the state of the lake, whose files stand in ``dossier`` (hard links); ``empreintes``: file → sha-256;
    ``methodes``: indicator → its name and the fingerprint of its SQL; ``sceau``: sha-256 of it all and of the values.
    ``lignes_effacees_le``: its rows were kept long enough; the values stay.
    """

    libelle = models.CharField("libellé", max_length=120, unique=True)
    genre = models.CharField("genre", max_length=12, choices=GenreInstantane.choices())
    au = models.DateField("au")
    connu_le = models.DateTimeField("faits connus le")
    pris_le = models.DateTimeField("pris le")
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+", verbose_name="pris par")
    dossier = models.CharField("dossier", max_length=64)
    version_lac = models.CharField("état du lac", max_length=32)
    manifeste = models.JSONField("manifeste")
    empreintes = models.JSONField("empreintes des fichiers")
    methodes = models.JSONField("méthodes")
    sceau = models.CharField("sceau", max_length=64)
    octets = models.PositiveBigIntegerField("octets")
    lignes_effacees_le = models.DateTimeField("lignes effacées le", null=True)

    class Meta:
        verbose_name = "instantané"
        constraints = [
            models.UniqueConstraint(
                fields=["au"], condition=Q(genre=GenreInstantane.FIN_DE_MOIS), name="instantane_un_par_mois",
                violation_error_message="L'instantané de ce mois est déjà pris.",
            ),
        ]  # fmt: skip

    class Confidentialite:
        neutre = {"id", "libelle", "genre", "au", "connu_le", "pris_le", "par", "dossier", "version_lac", "manifeste",
                  "empreintes", "methodes", "sceau", "octets", "lignes_effacees_le"}  # fmt: skip

    def __str__(self) -> str:
        return self.libelle


class ValeurPubliee(ValeurDIndicateur):
    """One value of a published state: a copy, which nothing changes (migration 0004). Read as ``ValeurCalculee``."""

    instantane = models.ForeignKey(Instantane, models.RESTRICT, related_name="valeurs", verbose_name="instantané",
                                   db_index=False)  # fmt: skip

    class Meta:
        verbose_name = "valeur publiée"
        constraints = [
            models.UniqueConstraint(fields=["instantane", "territoire", "code", "au"], name="valeur_publiee_unique"),
        ]

    class Confidentialite:
        neutre = {"id", "instantane", "au", "code", "niveau", "territoire", "valeur", "numerateur", "denominateur",
                  "inconnu", "secret_interne", "secret_publication"}  # fmt: skip
