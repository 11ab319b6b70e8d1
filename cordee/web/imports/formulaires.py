"""Forms of the files received."""

from __future__ import annotations

from typing import Any

from django import forms

from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.metier.personnes.models import OrganismePayeur
from cordee.web.composants.saisies import SaisieDate

TYPES = {
    "beneficiaires_mensuel": "Bénéficiaires, mensuel",
    "beneficiaires_quotidien": "Bénéficiaires, quotidien",
    "beneficiaires_reprise": "Bénéficiaires, reprise",
}


class FormulaireDepot(forms.Form):
    """A file and the day it arrived."""

    fichier = forms.FileField(
        label="Fichier",
        help_text="Le fichier XML de la CAF ou de la MSA, compressé (.gz) ou non. Jusqu'à 1 Go.",
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
        "Laissez vide pour prendre la date de création écrite dans le fichier.",
    )


class FormulaireReception(forms.Form):
    """Another day of reception."""

    recu_le = forms.DateField(
        label="Reçu le", widget=SaisieDate, help_text="Les délais légaux des personnes nouvelles partent de ce jour."
    )


class FiltresFichiers(forms.Form):
    """What the list can be narrowed by."""

    statut = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *StatutFichier.choices()])
    organisme = forms.ModelChoiceField(
        label="Organisme", required=False, queryset=OrganismePayeur.objects.order_by("code"), empty_label="Tous"
    )
    type = forms.ChoiceField(label="Type", required=False, choices=[("", "Tous"), *TYPES.items()])
    depuis = forms.DateField(label="Reçu depuis le", required=False, widget=SaisieDate)

    def filtrer(self) -> Any:
        """The files asked for, the latest first; what cannot be read is ignored."""
        self.is_valid()
        lus = {cle: valeur for cle, valeur in self.cleaned_data.items() if valeur}
        fichiers = FichierRecu.objects.select_related("organisme", "depose_par")
        for cle in ("statut", "organisme", "type"):
            if cle in lus:
                fichiers = fichiers.filter(**{cle: lus[cle]})
        if "depuis" in lus:
            fichiers = fichiers.filter(recu_le__gte=lus["depuis"])
        return fichiers
