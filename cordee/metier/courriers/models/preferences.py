"""How a person asks to be told things."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cordee.metier.courriers.enums import LangueLettre


class PreferenceContact(models.Model):
    """What a person asked for, for every sending to come (R46, R48, R49, V12). No reason is kept, and none is asked.

    ``sans_appel``: write, never call (SMS or e-mail). ``appel_prefere``: call rather than write; what the law wants in
    writing is still written. ``sans_courrier_domicile``: nothing by post to her home.
    """

    personne = models.OneToOneField("personnes.Personne", models.RESTRICT, related_name="preference_contact")
    grands_caracteres = models.BooleanField("lettres en grands caractères", default=False)
    pictogrammes = models.BooleanField("lettres avec pictogrammes", default=False)
    langue = models.CharField("traduction à côté du français", max_length=2, choices=LangueLettre.choices(), blank=True)
    sans_appel = models.BooleanField("ne pas appeler : écrire", default=False)
    appel_prefere = models.BooleanField("appeler plutôt qu'écrire", default=False)
    sans_courrier_domicile = models.BooleanField("pas de courrier à son domicile", default=False)
    note_le = models.DateTimeField("noté le")
    note_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "préférence de contact"
        constraints = [
            models.CheckConstraint(
                condition=~Q(sans_appel=True, appel_prefere=True),
                name="preference_un_seul_sens",
                violation_error_message="Choisissez : appeler plutôt qu'écrire, ou ne pas appeler.",
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "note_le", "note_par"}
        personnelle = {"langue", "grands_caracteres"}
        sensible = {"pictogrammes", "sans_appel", "appel_prefere", "sans_courrier_domicile"}
