"""Letters and messages: what was sent, how, and the proof of it."""

from __future__ import annotations

from django.db import models

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise


class Courrier(models.Model):
    """One letter or message to one recipient. Its data, template version and hash are the proof: not a stored PDF.

    ``etat`` is empty as long as it has not left; only then can it be cancelled (``annule_le``). ``adresse`` and
    ``contact`` are what was written to: what comes back is flagged there, and nowhere else (R9, R45).
    """

    personne = models.ForeignKey("personnes.Personne", models.RESTRICT, related_name="courriers")
    genre = models.CharField("genre", max_length=40, choices=GenreCourrier.choices())
    canal = models.CharField("canal", max_length=20, choices=Canal.choices())
    moyen = models.CharField("moyen de remise", max_length=30, choices=MoyenRemise.choices(), blank=True)
    destinataire = models.CharField("destinataire", max_length=160)
    au_representant = models.BooleanField("adressé au représentant", default=False)
    donnees = models.JSONField("contenu", default=dict)
    version_modele = models.CharField("version du modèle", max_length=64)
    modele = models.ForeignKey(
        "courriers.ModeleCourrier", models.RESTRICT, null=True, blank=True, related_name="courriers",
        verbose_name="version du texte",
    )  # fmt: skip
    empreinte = models.CharField("empreinte du document", max_length=64)
    adresse = models.ForeignKey(
        "personnes.Adresse", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="adresse écrite"
    )
    contact = models.ForeignKey(
        "personnes.Contact", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="contact utilisé"
    )
    code_postal = models.CharField("code postal de l'enveloppe", max_length=5, blank=True)
    objet_type = models.CharField("type d'objet", max_length=40, blank=True)
    objet_id = models.BigIntegerField("objet", null=True, blank=True)
    etat = models.CharField("état", max_length=20, choices=EtatRemise.choices(), blank=True)
    annule_le = models.DateTimeField("annulé avant l'envoi le", null=True, blank=True)
    cree_le = models.DateTimeField("créé le")
    cree_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "courrier"
        indexes = [
            models.Index(fields=["personne", "-cree_le"], name="courrier_personne"),
            models.Index(fields=["objet_type", "objet_id"], name="courrier_objet"),
            models.Index(fields=["-cree_le", "id"], name="courrier_date"),
            models.Index(
                fields=["cree_le", "id"], condition=models.Q(etat="", annule_le__isnull=True), name="courrier_attente"
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(moyen__in=("lrar", "lre"), etat__in=("envoyee", "presentee")),
                name="courrier_recommande",
            ),
            models.Index(fields=["id"], condition=models.Q(etat="echec"), name="courrier_echec"),
        ]

    @property
    def etat_connu(self) -> EtatRemise | None:
        """What is known of it once it has left."""
        return EtatRemise(self.etat) if self.etat else None

    @property
    def libelle_etat(self) -> str:
        """Where the letter stands, in words."""
        if self.annule_le is not None:
            return "Annulé"
        return EtatRemise(self.etat).libelle if self.etat else "À envoyer"

    class Confidentialite:
        neutre = {"id", "personne", "genre", "canal", "moyen", "version_modele", "empreinte", "objet_type", "objet_id",
                  "etat", "annule_le", "cree_le", "cree_par", "au_representant", "adresse", "contact",
                  "modele"}  # fmt: skip
        personnelle = {"destinataire", "code_postal"}
        sensible = {"donnees"}


class SuiviRemise(models.Model):
    """One observed state of a delivery (E11: envoyée → présentée → reçue, refusée, non réclamée, NPAI)."""

    courrier = models.ForeignKey(Courrier, models.RESTRICT, related_name="suivis")
    etat = models.CharField("état", max_length=20, choices=EtatRemise.choices())
    le = models.DateField("date de l'état")
    note_le = models.DateTimeField("noté le")
    note_par = models.ForeignKey("organismes.Agent", models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "suivi de remise"

    class Confidentialite:
        neutre = {"id", "courrier", "etat", "le", "note_le", "note_par"}
