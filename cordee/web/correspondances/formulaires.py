"""Forms of a mapping: one choice per fact, the columns of the file or the paths of the operator's XML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from cordee.echanges.operateur_emploi.lecture import CHEMINS
from cordee.echanges.partenaires.champs import IDENTITE, INFORMATION, Champ, GenreCorrespondance, OrdreDates, proposer
from cordee.echanges.partenaires.models import Correspondance
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Structure
from cordee.metier.personnes.models import OrganismePayeur

_PREFIXE = "champ_"
_SANS = "— pas dans ce fichier —"


class FormulaireBase(forms.Form):
    """What every mapping says: its name, its partner, where each fact stands."""

    genre: GenreCorrespondance
    nom = forms.CharField(
        label="Nom de la correspondance", max_length=80, help_text="Par exemple : « Mission locale, suivi mensuel »."
    )
    emetteur = forms.ModelChoiceField(
        label="Partenaire qui envoie ce fichier", queryset=Structure.objects.order_by("nom"),
        empty_label="— choisir —",
        help_text="Ses informations ne changeront que les personnes dont il est l'organisme référent.",
    )  # fmt: skip

    def _poser(self, fabriquer: Any, champs: Iterable[Champ]) -> None:
        for champ in champs:
            self.fields[_PREFIXE + champ.value] = fabriquer(champ)

    @property
    def colonnes(self) -> dict[str, str]:
        """Field → column or path, as typed."""
        lus = self.cleaned_data if hasattr(self, "cleaned_data") else {}
        return {champ.value: lus.get(_PREFIXE + champ.value) or "" for champ in Champ}

    def identite(self) -> list[forms.BoundField]:
        return [self[_PREFIXE + champ.value] for champ in IDENTITE if _PREFIXE + champ.value in self.fields]

    def information(self) -> list[forms.BoundField]:
        return [self[_PREFIXE + champ.value] for champ in INFORMATION if _PREFIXE + champ.value in self.fields]

    def refuser(self, fautes: Mapping[str, str]) -> None:
        """Say what the domain refuses, beside the field it is about."""
        for cle, phrase in fautes.items():
            nom = cle if cle in self.fields else _PREFIXE + cle
            self.add_error(nom if nom in self.fields else None, phrase)


class FormulaireTableau(FormulaireBase):
    """The mapping of a table: its columns are chosen among those seen in the file."""

    genre = GenreCorrespondance.TABLEAU
    ordre_dates = forms.ChoiceField(label="Dates écrites en chiffres", choices=OrdreDates.choices())
    organisme = forms.ModelChoiceField(
        label="Organisme du numéro allocataire", queryset=OrganismePayeur.objects.order_by("code"), required=False,
        empty_label="— sans numéro allocataire —",
    )  # fmt: skip
    feuille = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    ligne_entete = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30)

    def __init__(
        self, donnees: Any = None, *, entetes: Sequence[str], existante: Correspondance | None = None,
        feuille: str = "", ligne_entete: int = 1,
    ) -> None:  # fmt: skip
        initial = {"ordre_dates": OrdreDates.JMA, "feuille": feuille, "ligne_entete": ligne_entete}
        dites = existante.colonnes if existante else proposer(entetes)
        if existante:
            initial |= {"nom": existante.nom, "emetteur": existante.emetteur_id, "ordre_dates": existante.ordre_dates,
                        "organisme": existante.organisme_id}  # fmt: skip
        initial |= {_PREFIXE + cle: colonne for cle, colonne in dites.items()}
        super().__init__(donnees, initial=initial)
        possibles = list(dict.fromkeys([*entetes, *(existante.colonnes.values() if existante else ())]))
        choix = [("", _SANS), *((nom, nom) for nom in possibles)]
        self._poser(lambda champ: _choix(champ, choix), Champ)
        if existante:
            self.fields["nom"].disabled = True


class FormulaireChemins(FormulaireBase):
    """The paths of the operator's XML, from the dossier."""

    genre = GenreCorrespondance.OPERATEUR

    def __init__(self, donnees: Any = None, *, existante: Correspondance | None = None) -> None:
        dites: Mapping[str, str] = existante.colonnes if existante else CHEMINS
        initial: dict[str, Any] = {_PREFIXE + cle: chemin for cle, chemin in dites.items()}
        operateurs = Structure.objects.filter(type=TypeStructure.OPERATEUR_EMPLOI).order_by("categorie", "nom")
        initial |= {"nom": "Opérateur de l'emploi", "emetteur": operateurs.first()}
        if existante:
            initial |= {"nom": existante.nom, "emetteur": existante.emetteur_id}
        super().__init__(donnees, initial=initial)
        self.fields["emetteur"].queryset = operateurs  # type: ignore[attr-defined]
        self.fields["emetteur"].label = "Structure qui représente l'opérateur"
        self.fields["emetteur"].help_text = "Il parle pour toutes ses agences."
        self._poser(_chemin, (champ for champ in Champ if champ is not Champ.MATRICULE))
        if existante:
            self.fields["nom"].disabled = True


class ChoixLecture(forms.Form):
    """Which sheet is read, and on which row its titles stand."""

    feuille = forms.ChoiceField(label="Feuille", required=False)
    ligne_entete = forms.IntegerField(label="Ligne des titres", min_value=1, max_value=30)
    fichier = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, feuilles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["feuille"].choices = [(nom, nom or "Le tableau") for nom in feuilles]  # type: ignore[attr-defined]
        if len(feuilles) < 2:
            self.fields["feuille"].widget = forms.HiddenInput()


def _choix(champ: Champ, choix: list[tuple[str, str]]) -> forms.Field:
    return forms.ChoiceField(label=champ.libelle, choices=choix, required=False, help_text=champ.description)


def _chemin(champ: Champ) -> forms.Field:
    saisie = forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "off"})
    return forms.CharField(label=champ.libelle, required=False, max_length=200, widget=saisie)
