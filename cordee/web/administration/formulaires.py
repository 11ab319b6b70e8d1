"""Forms of the administrator."""

from __future__ import annotations

from typing import Any

from django import forms

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Convention, Structure
from cordee.metier.organismes.roles import ROLES
from cordee.territoires.models import Commune
from cordee.web.administration.saisie import FormulaireSuivi
from cordee.web.composants.saisies import SaisieDate

_CATEGORIE = "Pour qu'une personne puisse être orientée vers elle. Laissez vide sinon."


class FormulaireStructure(FormulaireSuivi):
    """What identifies a structure."""

    class Meta:
        model = Structure
        fields = ("nom", "code", "type", "categorie", "commune", "adresse", "code_postal", "telephone", "courriel",
                  "capacite", "debut")  # fmt: skip
        widgets = {"debut": SaisieDate}
        labels = {
            "nom": "Nom",
            "code": "Code",
            "type": "Type",
            "categorie": "Peut être organisme référent comme",
            "commune": "Commune",
            "adresse": "Adresse",
            "code_postal": "Code postal",
            "telephone": "Téléphone",
            "courriel": "Courriel",
            "capacite": "Capacité",
            "debut": "Ouverte le",
        }
        help_texts = {
            "code": "Court et définitif, par exemple EDS-VITRY.",
            "categorie": _CATEGORIE,
            "capacite": "Nombre de personnes qu'elle peut suivre en même temps.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].empty_label = "Aucune"  # type: ignore[attr-defined]
        if self.instance.pk:
            for nom in ("code", "debut"):
                del self.fields[nom]
            self.suivis = [nom for nom in self.suivis if nom in self.fields]


class FormulaireFermeture(forms.Form):
    """When a structure closes."""

    a_compter_du = forms.DateField(
        label="Fermée à compter du", widget=SaisieDate, help_text="Le premier jour où elle ne reçoit plus personne."
    )


class FormulaireSecteur(forms.Form):
    """Which structure receives a public of a commune."""

    structure = forms.ModelChoiceField(
        label="Structure", queryset=Structure.objects.none(), empty_label="Choisir une structure"
    )
    public = forms.ChoiceField(
        label="Public",
        choices=PublicSecteur.choices(),
        help_text="La règle la plus précise l'emporte. «\xa0Tous publics\xa0» vaut pour ceux qu'aucune autre ne nomme.",
    )
    debut = forms.DateField(label="À partir du", widget=SaisieDate)
    fin = forms.DateField(label="Jusqu'au (ce jour exclu)", widget=SaisieDate, required=False)

    def __init__(self, *args: Any, structures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["structure"].queryset = structures  # type: ignore[attr-defined]


class FormulaireConvention(forms.ModelForm):
    """What entitles a body to be référent."""

    class Meta:
        model = Convention
        fields = ("structure", "reference", "objet", "signataires", "volume", "debut", "fin")
        widgets = {"debut": SaisieDate, "fin": SaisieDate}
        labels = {
            "structure": "Structure",
            "reference": "Référence",
            "objet": "Objet",
            "signataires": "Signataires",
            "volume": "Nombre de personnes prévu",
            "debut": "En vigueur à partir du",
            "fin": "Jusqu'au (ce jour exclu)",
        }
        help_texts = {"fin": "Après cette date, personne ne peut plus être orienté vers la structure."}

    def __init__(self, *args: Any, structures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["structure"].queryset = structures  # type: ignore[attr-defined]
        self.fields["structure"].empty_label = "Choisir une structure"  # type: ignore[attr-defined]


class FormulaireFinConvention(FormulaireSuivi):
    """A new end for a convention."""

    class Meta:
        model = Convention
        fields = ("fin",)
        widgets = {"fin": SaisieDate}
        labels = {"fin": "Fin (ce jour exclu)"}
        help_texts = {"fin": "Laissez vide si aucune fin n'est convenue."}


class FormulaireAgent(FormulaireSuivi):
    """Who an agent is."""

    class Meta:
        model = Agent
        fields = ("prenom", "nom", "courriel", "telephone")
        labels = {"prenom": "Prénom", "nom": "Nom", "courriel": "Courriel professionnel", "telephone": "Téléphone"}
        help_texts = {"courriel": "C'est son identifiant de connexion."}


class FormulaireRole(forms.Form):
    """A role in a structure over a period."""

    role = forms.ChoiceField(label="Rôle", choices=[("", "Choisir un rôle"), *RoleAgent.choices()])
    structure = forms.ModelChoiceField(
        label="Dans la structure", queryset=Structure.objects.none(), empty_label="Choisir une structure"
    )
    debut = forms.DateField(label="À partir du", widget=SaisieDate)
    fin = forms.DateField(
        label="Jusqu'au (ce jour exclu)",
        widget=SaisieDate,
        required=False,
        help_text="À remplir pour un remplacement, un stage, une mission.",
    )

    def __init__(self, *args: Any, structures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["structure"].queryset = structures  # type: ignore[attr-defined]


class FormulaireNouvelAgent(FormulaireRole):
    """A new account with its first role."""

    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    courriel = forms.EmailField(label="Courriel professionnel", help_text="C'est son identifiant de connexion.")
    telephone = forms.CharField(label="Téléphone", max_length=20, required=False)
    acces = forms.ChoiceField(
        label="Premier mot de passe",
        choices=[
            ("courriel", "Lui envoyer un courriel avec un lien pour le choisir"),
            ("lien", "Afficher un lien que je lui remettrai"),
        ],
        initial="courriel",
        widget=forms.RadioSelect,
    )
    field_order = ("prenom", "nom", "courriel", "telephone", "role", "structure", "debut", "fin", "acces")


class FiltresStructures(forms.Form):
    q = forms.CharField(label="Nom ou code", required=False)
    type = forms.ChoiceField(label="Type", required=False, choices=[("", "Tous"), *TypeStructure.choices()])
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Ouvertes"), ("sans_agent", "Ouvertes, sans agent"), ("ferment", "Fermeture prévue"),
                 ("fermees", "Fermées")],
    )  # fmt: skip


class FiltresSecteurs(forms.Form):
    q = forms.CharField(label="Commune", required=False)
    etat = forms.ChoiceField(
        label="Couverture", required=False, choices=[("", "Toutes"), ("manque", "Un public sans structure")]
    )
    au = forms.DateField(label="Au", required=False, widget=SaisieDate)


class FiltresConventions(forms.Form):
    q = forms.CharField(label="Structure ou référence", required=False)
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "En vigueur et à venir"), ("bientot", "Finissent dans les 90 jours"), ("finies", "Terminées")],
    )


class FiltresAgents(forms.Form):
    q = forms.CharField(label="Nom ou courriel", required=False)
    structure = forms.ModelChoiceField(
        label="Structure", required=False, queryset=Structure.objects.order_by("nom"), empty_label="Toutes"
    )
    role = forms.ChoiceField(label="Rôle", required=False, choices=[("", "Tous"), *RoleAgent.choices()])
    etat = forms.ChoiceField(
        label="Accès",
        required=False,
        choices=[("", "Ouverts"), ("sans_role", "Ouverts, sans rôle"), ("jamais", "Jamais connectés"),
                 ("fermes", "Fermés")],
    )  # fmt: skip


def roles_decrits() -> list[tuple[str, str]]:
    """What each role allows, in a sentence."""
    return [(role.libelle, ROLES[role].description) for role in RoleAgent]


def communes() -> Any:
    """Every commune of the map, by name."""
    return Commune.objects.order_by("nom")
