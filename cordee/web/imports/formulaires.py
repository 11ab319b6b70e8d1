"""Forms of the files received."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet

from cordee.echanges.fichiers.models import FichierRecu, Periodicite, StatutFichier, TypeFichier
from cordee.metier.organismes.enums import Unite
from cordee.metier.organismes.models import Structure
from cordee.metier.personnes.models import OrganismePayeur
from cordee.web.composants.saisies import SaisieDate

AU_PLUS = 20
"""Files deposited at once."""


class SaisieFichiers(forms.FileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class ChampFichiers(forms.FileField):
    """A list of files, each one checked as a single one would be."""

    widget = SaisieFichiers

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        recus = data if isinstance(data, list | tuple) else [data]
        if len(recus) > AU_PLUS:
            raise forms.ValidationError(f"Pas plus de {AU_PLUS} fichiers à la fois.", code="trop")
        return [super(ChampFichiers, self).clean(recu, initial) for recu in recus or [None]]


class FormulaireDepot(forms.Form):
    """One file or several, and the day they arrived."""

    fichier = ChampFichiers(
        label="Fichiers",
        help_text="Un ou plusieurs, de toute sorte : bénéficiaires de la CAF ou de la MSA, contacts, opérateur de "
        "l'emploi, tableau d'un partenaire. Compressés (.gz) ou non, 1 Go en tout.",
        error_messages={
            "required": "Choisissez le fichier à déposer.",
            "empty": "Ce fichier est vide : redemandez-le à l'organisme.",
        },
    )
    recu_le = forms.DateField(
        label="Reçu le",
        required=False,
        widget=SaisieDate,
        help_text="Le jour où il est arrivé au Département : les délais légaux partent de ce jour. "
        "Laissez vide pour prendre la date de création écrite dans chaque fichier.",
    )
    date_du_fichier = forms.DateField(
        label="Données du",
        required=False,
        widget=SaisieDate,
        help_text="Pour un fichier qui ne le dit pas (contacts, tableau d'un partenaire) : le jour dont il parle. "
        "Laissez vide pour prendre le jour où il est arrivé.",
    )


class FormulaireReception(forms.Form):
    """Another day of reception."""

    recu_le = forms.DateField(
        label="Reçu le", widget=SaisieDate, help_text="Les délais légaux des personnes nouvelles partent de ce jour."
    )
    date_du_fichier = forms.DateField(
        label="Données du",
        widget=SaisieDate,
        help_text="Le jour dont parle le fichier, qui ne le dit pas lui-même : une donnée plus récente n'est jamais "
        "remplacée par une plus ancienne.",
    )

    def __init__(self, *args: Any, date_a_saisir: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not date_a_saisir:
            del self.fields["date_du_fichier"]


class FiltresFichiers(forms.Form):
    """What the list can be narrowed by: every filter lives in the address."""

    q = forms.CharField(label="Nom ou empreinte", required=False, max_length=100)
    type = forms.ChoiceField(label="Type", required=False, choices=[("", "Tous"), *TypeFichier.choices()])
    organisme = forms.ModelChoiceField(
        label="Organisme", required=False, queryset=OrganismePayeur.objects.order_by("code"), empty_label="Tous"
    )
    statut = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *StatutFichier.choices()])
    depuis = forms.DateField(label="Reçu depuis le", required=False, widget=SaisieDate)
    jusqu_au = forms.DateField(label="Reçu jusqu'au", required=False, widget=SaisieDate)

    def filtrer(self) -> QuerySet[FichierRecu]:
        """The files asked for; what cannot be read is ignored."""
        self.is_valid()
        lus = {cle: valeur for cle, valeur in self.cleaned_data.items() if valeur}
        fichiers = FichierRecu.objects.select_related("organisme", "emetteur", "depose_par")
        for cle in ("statut", "organisme", "type"):
            if cle in lus:
                fichiers = fichiers.filter(**{cle: lus[cle]})
        bornes = {"depuis": "recu_le__gte", "jusqu_au": "recu_le__lte"}
        fichiers = fichiers.filter(**{champ: lus[cle] for cle, champ in bornes.items() if cle in lus})
        if texte := lus.get("q", "").strip():
            fichiers = fichiers.filter(Q(nom__icontains=texte) | Q(empreinte__startswith=texte.lower()))
        return fichiers


class FormulaireAttendu(forms.Form):
    """How a kind of file is expected from a sender."""

    type = forms.ChoiceField(label="Type de fichier", choices=TypeFichier.choices())
    organisme = forms.ModelChoiceField(
        label="Organisme payeur", required=False, queryset=OrganismePayeur.objects.order_by("code"),
        empty_label="Aucun",
    )  # fmt: skip
    emetteur = forms.ModelChoiceField(
        label="Partenaire", required=False, queryset=Structure.objects.order_by("nom"), empty_label="Aucun",
        help_text="Quand le fichier ne vient pas d'un organisme payeur.",
    )  # fmt: skip
    periodicite = forms.ChoiceField(label="Rythme", choices=Periodicite.choices())
    jour = forms.IntegerField(
        label="Jour du mois", required=False, min_value=1, max_value=31,
        help_text="Pour un fichier mensuel. Un jour non ouvré est reporté au jour ouvré suivant.",
    )  # fmt: skip
    unite = forms.ChoiceField(label="Qui relance", choices=Unite.choices(), initial=Unite.DONNEES)
    structure = forms.ModelChoiceField(
        label="Structure chargée de relancer", required=False, queryset=Structure.objects.order_by("nom"),
        empty_label="Aucune en particulier",
    )  # fmt: skip
    debut = forms.DateField(label="Attendu depuis le", widget=SaisieDate)
    fin = forms.DateField(
        label="N'est plus attendu à partir du", required=False, widget=SaisieDate,
        help_text="Laissez vide tant qu'il doit arriver.",
    )  # fmt: skip
    note = forms.CharField(
        label="Note", required=False, max_length=300, help_text="Par exemple l'adresse à laquelle écrire."
    )
