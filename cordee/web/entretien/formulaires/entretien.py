"""The interview: the conversation in themes, the project, and what the rule reads in it."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import uuid4

from django import forms

from cordee.metier.orientation.enums import (
    AutonomieNumerique,
    Diplome,
    Disponibilite,
    Impact,
    MoyenTransport,
    NiveauFormation,
    NiveauFrancais,
    Permis,
    ProjetPro,
    SituationPro,
    ThemeDiagnostic,
)
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.orientation.regles import Proposition, Reponses
from cordee.metier.orientation.regles.contenu import NIVEAU_DU_DIPLOME, Contenu, Detail
from cordee.metier.orientation.regles.vocabulaire import vocabulaire
from cordee.metier.orientation.selectors.criteres import proposition_pour
from cordee.metier.orientation.selectors.diagnostic import contenu_de
from cordee.metier.orientation.services import enregistrer_entretien
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.web.entretien.formulaires.metiers import Metiers
from cordee.web.entretien.lecture import Depart, depart
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe
from cordee.web.socle.identites import age

G = GenreOrganismeReferent
OUI_NON = [("oui", "Oui"), ("non", "Non"), ("", "Non abordé")]
_TROIS = {"oui": True, "non": False}
_SIMPLES = ("situation_pro", "diplome", "projet_pro", "francais_oral", "francais_lu", "francais_ecrit", "numerique")
_PLUSIEURS = ("permis", "transports", "disponibilites")
FREINS = [t for t in vocabulaire().themes.values() if t.diagnostic is not None]
BUTS = [t for t in vocabulaire().themes.values() if t.diagnostic is None]


def _facultatif(liste: Any, libelle: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, choices=[*liste.choices(), ("", "Non abordé")], required=False)


def _plusieurs(liste: Any, libelle: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=libelle, choices=liste.choices(), required=False)


class Entretien(Metiers, FormulaireActe):
    """``orientation.services.enregistrer_entretien``. Nobody has to answer everything: « non abordé » and « ne souhaite
    pas en parler » are answers.
    """

    succes = "L'entretien est enregistré."
    diagnostic = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seance = forms.UUIDField(required=False, widget=forms.HiddenInput)
    niveau = forms.ChoiceField(choices=[("", ""), *NiveauFormation.choices()], required=False, widget=forms.HiddenInput)
    situation_pro = ChoixLong(label="Où en est-elle avec le travail ?", choices=SituationPro.choices())
    diplome = _facultatif(Diplome, "Sa formation")
    projection = forms.ChoiceField(
        label="Se projette-t-elle dans un emploi à court terme ?", choices=OUI_NON, required=False
    )
    travailleur_handicape = forms.ChoiceField(
        label="Reconnue travailleuse handicapée (RQTH)", choices=OUI_NON, required=False
    )
    francais_oral = _facultatif(NiveauFrancais, "Parler et comprendre")
    francais_lu = _facultatif(NiveauFrancais, "Lire")
    francais_ecrit = _facultatif(NiveauFrancais, "Écrire")
    numerique = _facultatif(AutonomieNumerique, "Les démarches sur internet")
    permis = _plusieurs(Permis, "Permis de conduire")
    transports = _plusieurs(MoyenTransport, "Moyens de transport")
    disponibilites = _plusieurs(Disponibilite, "Quand est-elle disponible ?")
    heures_semaine = forms.IntegerField(
        label="Heures possibles par semaine", required=False, min_value=0, max_value=48,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    projet_pro = _facultatif(ProjetPro, "Que cherche-t-elle ?")
    contraintes = forms.CharField(
        label="Ce dont il faut tenir compte", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Horaires, santé, garde : ce qui aide à proposer juste. Lu par l'organisme référent seulement.",
    )  # fmt: skip
    notes = forms.CharField(
        label="Notes de l'entretien", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Lues par l'organisme référent seulement. Écrivez ce que la personne accepte de voir écrit.",
    )  # fmt: skip

    def preparer(self) -> None:
        for theme in ThemeDiagnostic:
            self.fields[f"theme_{theme}"] = forms.ChoiceField(
                label=theme.libelle, choices=Impact.choices(), required=False
            )
        for sujet in (*FREINS, *BUTS):
            for nature, entrees in (("situations", sujet.situations), ("objectifs", sujet.objectifs)):
                choix = [(e.code, e.libelle) for e in entrees if e.en_vigueur(self.contexte.au)]
                if choix:
                    self.fields[f"{nature}_{sujet.code}"] = forms.MultipleChoiceField(
                        label=f"{nature.capitalize()} : {sujet.libelle}", choices=choix, required=False
                    )
        self.preparer_metiers()
        self.initial = {**self.initial} | self._valeurs()

    @cached_property
    def depart(self) -> Depart:
        """What the screen starts from."""
        return depart(self.contexte)

    @property
    def brouillon(self) -> Diagnostic | None:
        return self.depart.brouillon

    @property
    def version_texte(self) -> str:
        return str(self.depart.cible.version) if self.depart.cible else ""

    @property
    def precedent(self) -> Diagnostic | None:
        return self.depart.precedent

    def _valeurs(self) -> dict[str, Any]:
        contenu, detail, cible = self.depart.contenu, self.depart.detail, self.depart.cible
        valeurs: dict[str, Any] = {nom: getattr(contenu, nom) for nom in (*_SIMPLES, "niveau", "heures_semaine")}
        valeurs |= {nom: list(getattr(contenu, nom)) for nom in _PLUSIEURS}
        valeurs |= {nom: _en_choix(getattr(contenu, nom)) for nom in ("projection", "travailleur_handicape")}
        for theme in ThemeDiagnostic:
            valeurs[f"theme_{theme}"] = contenu.themes.get(theme, Impact.NON_ABORDE.value)
        for nom in self.fields:
            nature, _, code = nom.partition("_")
            if nature in ("situations", "objectifs"):
                valeurs[nom] = [c for c in getattr(detail, nature) if c.partition(".")[0] == code]
        valeurs |= {"notes": detail.notes, "contraintes": detail.contraintes, "seance": str(uuid4())}
        if cible is not None:
            valeurs |= {"diagnostic": cible.pk, "version": cible.version}
        return valeurs | self.valeurs_des_metiers(contenu)

    def clean(self) -> dict[str, Any] | None:
        donnees = super().clean()
        if not self.cleaned_data.get("diplome") and not self.cleaned_data.get("niveau"):
            self.add_error("diplome", "Dites sa formation, même approximative : la proposition en dépend.")
        return donnees

    # What the rule reads ---------------------------------------------------------------------------------------------
    def reponses(self) -> Reponses | None:
        """What the rule reads; ``None`` until the first two questions are answered."""
        valeur = self._lu
        niveau = NIVEAU_DU_DIPLOME[Diplome(valeur("diplome"))] if valeur("diplome") else valeur("niveau")
        if not valeur("situation_pro") or not niveau:
            return None
        decision = self.contexte.orientation
        return Reponses(
            situation_pro=SituationPro(valeur("situation_pro")),
            niveau=NiveauFormation(niveau),
            projection=_TROIS.get(valeur("projection")),
            themes={t: Impact(valeur(f"theme_{t}") or Impact.NON_ABORDE) for t in ThemeDiagnostic},
            age=age(self.contexte.personne.date_naissance, self.contexte.au),
            travailleur_handicape=_TROIS.get(valeur("travailleur_handicape"), False),
            organisme_actuel=G(decision.categorie) if decision else None,
        )

    def proposition(self) -> Proposition | None:
        """What the criteria of the day propose for these answers."""
        reponses = self.reponses()
        return proposition_pour(reponses, au=self.contexte.au) if reponses else None

    def _lu(self, champ: str) -> str:
        """What is on the screen: typed, else shown. A value that is not a choice counts as no answer."""
        brut = self.data.get(champ, "") if self.is_bound else self.get_initial_for_field(self.fields[champ], champ)
        choix = getattr(self.fields[champ], "choices", None)
        return str(brut or "") if choix is None or str(brut) in {str(c) for c, _ in choix} else ""

    # What is written -------------------------------------------------------------------------------------------------
    @cached_property
    def contenu(self) -> Contenu:
        """What is typed. A field that cannot be read keeps what was stored: a slip erases nothing."""
        d, avant = self.cleaned_data, self.depart.contenu
        lus: dict[str, Any] = {nom: d.get(nom, getattr(avant, nom)) or "" for nom in (*_SIMPLES, "niveau")}
        lus |= {nom: tuple(d.get(nom, getattr(avant, nom))) for nom in _PLUSIEURS}
        lus |= {nom: _TROIS.get(d.get(nom, "")) for nom in ("projection", "travailleur_handicape")}
        themes = {str(t): d.get(f"theme_{t}") or Impact.NON_ABORDE.value for t in ThemeDiagnostic}
        return Contenu(
            **lus, themes=themes, heures_semaine=d.get("heures_semaine", avant.heures_semaine), **self.metiers_lus()
        ).complet()

    def detail(self) -> Detail | None:
        """What this agent typed of the detail; ``None`` when there is nothing of hers, now or before."""
        d = self.cleaned_data
        codes: dict[str, tuple[str, ...]] = {
            nature: tuple(c for nom in self.fields if nom.startswith(f"{nature}_") for c in d.get(nom, ()))
            for nature in ("situations", "objectifs")
        }
        lu = Detail(notes=d.get("notes", ""), contraintes=d.get("contraintes", ""), **codes)
        return None if lu == Detail() and not self.depart.detail_existe else lu

    @property
    def rien_a_garder(self) -> bool:
        """Nothing was answered and no draft stands: a page that was only opened leaves no trace."""
        return not self.cleaned_data.get("diagnostic") and self.contenu.vide and self.detail() is None

    def enregistrer(self, *, brouillon: bool = False) -> Diagnostic:
        """Save what is on the screen over what it was drawn from."""
        return enregistrer_entretien(
            personne=self.contexte.personne, contenu=self.contenu, detail=self.detail(), brouillon=brouillon,
            diagnostic=self._visee(), version=self.cleaned_data.get("version"), vus=self.depart.vus,
            seance=self.cleaned_data.get("seance"), **self.commun,
        )  # fmt: skip

    def _visee(self) -> Diagnostic | None:
        """The row that was on the screen, whatever has become of it since."""
        pk = self.cleaned_data.get("diagnostic")
        return Diagnostic.objects.filter(pk=pk, personne__in=self.contexte.ids).first() if pk else None

    def differences(self) -> list[tuple[str, str, str]]:
        """What is stored now against what is typed, in words (R60)."""
        stocke = depart(self.contexte, relire=True).cible
        return contenu_de(stocke).complet().differences(self.contenu) if stocke is not None else []

    def caches_a_jour(self) -> dict[str, str]:
        """The hidden fields of a second sending, once the agent has seen what changed: saving is then a choice."""
        cible = depart(self.contexte).cible
        return {
            "diagnostic": str(cible.pk) if cible else "",
            "version": str(cible.version) if cible else "",
            "seance": str(self.cleaned_data.get("seance") or uuid4()),
        }

    def executer(self) -> str:
        self.enregistrer()
        return self.succes


def _en_choix(valeur: bool | None) -> str:
    return {True: "oui", False: "non"}.get(valeur, "") if valeur is not None else ""
