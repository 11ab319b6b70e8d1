"""Forms of the exchange with the paying bodies. Months, parts and grounds are never typed: they are computed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cordee.metier.devoirs.enums import ConstatCaisse, EtatTransmission, GenreLigne, MotifRejetCaisse
from cordee.metier.organismes.models import Convention, en_cours
from cordee.metier.personnes.models import OrganismePayeur
from cordee.web.composants.formulaires import FormulaireFiltres
from cordee.web.composants.saisies import SaisieDate


class FiltresListes(FormulaireFiltres):
    """The lists of a body, of a state."""

    organisme = forms.ModelChoiceField(
        label="Organisme", queryset=OrganismePayeur.objects.order_by("nom"), required=False, empty_label="Tous"
    )
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *EtatTransmission.choices()])


class FiltresLignes(FormulaireFiltres):
    """The lines of one list."""

    q = forms.CharField(label="Nom", required=False, max_length=80)
    genre = forms.ChoiceField(label="Demande", required=False, choices=[("", "Toutes"), *GenreLigne.choices()])
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *EtatTransmission.choices()])


class FiltresSuivi(FormulaireFiltres):
    """What the files say of the decisions."""

    q = forms.CharField(label="Nom", required=False, max_length=80)
    constat = forms.ChoiceField(
        label="Constat", required=False,
        choices=[("", "Tous"), *(c for c in ConstatCaisse.choices() if c[0] != ConstatCaisse.NON_DECIDEE)],
    )  # fmt: skip
    organisme = forms.ModelChoiceField(
        label="Organisme", queryset=OrganismePayeur.objects.order_by("nom"), required=False, empty_label="Tous"
    )


class FormulaireUrgente(forms.Form):
    """Why the body must not wait for the list of the month."""

    motif = forms.CharField(
        label="Pourquoi sans attendre", max_length=200,
        help_text="Par exemple : suspension levée, contrat signé. Aucun nom : la liste les porte déjà.",
    )  # fmt: skip


class FormulaireAccuse(forms.Form):
    """What the body answered: a date, its reference, and its file when it sends one."""

    accusee_le = forms.DateField(label="Reçu par la caisse le", widget=SaisieDate)
    reference = forms.CharField(label="Référence de l'accusé", max_length=80, required=False)
    fichier = forms.FileField(
        label="Liste renvoyée par la caisse", required=False,
        help_text="Facultatif. La liste en CSV, avec ses colonnes et deux de plus : « Réponse » (acceptée ou rejetée) "
        "et « Motif ». Sans fichier, toutes les lignes sont notées prises en compte.",
    )  # fmt: skip


class FormulaireRejet(forms.Form):
    """The body refuses the whole list."""

    accusee_le = forms.DateField(label="Rejetée le", widget=SaisieDate)
    motif = forms.ChoiceField(label="Motif", choices=MotifRejetCaisse.choices())


class FormulaireConvention(forms.Form):
    """Which convention authorises the exchange with a body (REQ-24)."""

    convention = forms.ModelChoiceField(label="Convention", queryset=Convention.objects.none(), empty_label=None)

    def __init__(self, *args: Any, au: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ouvertes = Convention.objects.filter(en_cours(au)).select_related("structure").order_by("reference")
        champ: Any = self.fields["convention"]
        champ.queryset = ouvertes
        champ.label_from_instance = lambda c: f"{c.reference} : {c.objet} ({c.structure})"
