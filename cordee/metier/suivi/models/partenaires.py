"""What partners say of the people they follow."""

from __future__ import annotations

from django.db import models

from cordee.metier.suivi.regles import DateDite


class InformationPartenaire(models.Model):
    """What a partner says of a person it follows (E05): one row per person and partner, each fact with its day.

    ``*_partiel``: the date as it was said when only its year or its month is known (« 2020 », « 2020-03 »): it is kept,
    never completed. ``appliquee``: her référent body is that partner; otherwise she is followed elsewhere, or not
    on the path, and somebody looks. What changed when stands in the events (objet ``information_partenaire``).
    ``fichier``: number of the file received (an upper room: no foreign key); null when an agent typed it.
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="informations_partenaires")
    structure = models.ForeignKey("organismes.Structure", models.RESTRICT, related_name="informations_partenaires")
    au = models.DateField("information au")
    contrat_le = models.DateField("contrat signé le", null=True, blank=True)
    contrat_partiel = models.CharField("contrat signé en (date incomplète)", max_length=7, blank=True)
    contrat_au = models.DateField("contrat : information au", null=True, blank=True)
    dernier_contact_le = models.DateField("dernier contact le", null=True, blank=True)
    dernier_contact_partiel = models.CharField("dernier contact (date incomplète)", max_length=7, blank=True)
    prochain_contact_le = models.DateField("prochain contact le", null=True, blank=True)
    contact_au = models.DateField("contact : information au", null=True, blank=True)
    prochain_au = models.DateField("prochain contact : information au", null=True, blank=True)
    referent = models.CharField("référent annoncé", max_length=80, blank=True)
    referent_structure = models.CharField("structure annoncée", max_length=120, blank=True)
    referent_au = models.DateField("référent : information au", null=True, blank=True)
    appliquee = models.BooleanField("suivie par ce partenaire", default=False)
    recue_le = models.DateField("reçue le")
    fichier = models.BigIntegerField("numéro du fichier", null=True, blank=True)
    par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")
    notee_le = models.DateTimeField("notée le")

    class Meta:
        verbose_name = "information d'un partenaire"
        constraints = [
            models.UniqueConstraint(fields=["personne", "structure"], name="information_partenaire_unique"),
        ]
        indexes = [
            models.Index(
                fields=["structure", "-au"], condition=models.Q(appliquee=False), name="information_non_appliquee"
            ),
        ]

    class Confidentialite:
        neutre = {"id", "personne", "structure", "au", "contrat_au", "contact_au", "prochain_au", "referent_au",
                  "appliquee", "recue_le", "fichier", "par", "notee_le"}  # fmt: skip
        personnelle = {"contrat_le", "contrat_partiel", "dernier_contact_le", "dernier_contact_partiel",
                       "prochain_contact_le", "referent", "referent_structure"}  # fmt: skip

    @property
    def contrat_connu(self) -> bool:
        return self.contrat_le is not None or bool(self.contrat_partiel)

    @property
    def contrat(self) -> str:
        """When the contract was signed, in words; nothing when it is not known."""
        return DateDite(self.contrat_le, self.contrat_partiel).en_mots

    @property
    def dernier_contact(self) -> str:
        """When the partner last spoke with her, in words."""
        return DateDite(self.dernier_contact_le, self.dernier_contact_partiel).en_mots
