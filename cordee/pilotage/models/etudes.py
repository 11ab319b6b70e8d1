"""Studies: answers too long for a page, computed by the worker and kept with the state of the lake they come from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.pilotage.enums import EtatEtude


class Etude(models.Model):
    """One question, named by ``genre`` and ``parametres`` (``empreinte``), and its last answer.

    ``methode``: version of the code that answered. ``resultat``: figures only, never a person; what is small is already
    hidden in it. A failed or repeated computation keeps the answer before.
    """

    genre = models.CharField("genre", max_length=40)
    parametres = models.JSONField("paramètres")
    empreinte = models.CharField("empreinte", max_length=64)
    methode = models.CharField("version de la méthode", max_length=32, blank=True)
    etat = models.CharField("état", max_length=12, choices=EtatEtude.choices(), default=EtatEtude.EN_ATTENTE)
    erreur = models.CharField("ce qui a empêché le calcul", max_length=300, blank=True)
    resultat = models.JSONField("résultat", null=True)
    demandee_par = models.ForeignKey(
        "organismes.Agent", models.RESTRICT, related_name="+", null=True, db_index=False, verbose_name="demandée par"
    )
    demandee_le = models.DateTimeField("demandée le")
    calculee_le = models.DateTimeField("calculée le", null=True)
    version_lac = models.CharField("état du lac", max_length=32, blank=True)
    lac_le = models.DateTimeField("faits lus le", null=True)

    class Meta:
        verbose_name = "étude"
        constraints = [
            models.UniqueConstraint(fields=["genre", "empreinte"], name="etude_unique"),
            models.CheckConstraint(
                condition=~Q(etat="calculee") | Q(resultat__isnull=False, calculee_le__isnull=False),
                name="etude_calculee_complete",
                violation_error_message="Une étude calculée porte son résultat et sa date.",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(etat="en_attente"), name="etude_en_attente")]

    class Confidentialite:
        neutre = {"id", "genre", "parametres", "empreinte", "methode", "etat", "erreur", "resultat", "demandee_par",
                  "demandee_le", "calculee_le", "version_lac", "lac_le"}  # fmt: skip
