"""The interview: the conversation in themes, and what the rule reads in it."""

from __future__ import annotations

from django import forms

from cordee.metier.orientation.enums import Impact, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.orientation.regles import Proposition, Reponses
from cordee.metier.orientation.selectors.criteres import proposition_pour
from cordee.metier.orientation.selectors.diagnostic import detail_de
from cordee.metier.orientation.services import enregistrer_diagnostic
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe
from cordee.web.socle.identites import age

G = GenreOrganismeReferent
_PROJECTION = [("oui", "Oui"), ("non", "Non"), ("", "Non abordé")]


class Entretien(FormulaireActe):
    """``orientation.services.enregistrer_diagnostic``. Nobody has to answer everything: « non abordé » is an answer."""

    succes = "L'entretien est enregistré."
    situation_pro = ChoixLong(label="Où en est-elle avec le travail ?", choices=SituationPro.choices())
    niveau = ChoixLong(label="Sa formation", choices=NiveauFormation.choices())
    projection = ChoixLong(
        label="Se projette-t-elle dans un emploi à court terme ?", choices=_PROJECTION, required=False
    )
    travailleur_handicape = forms.BooleanField(label="Reconnue travailleuse handicapée (RQTH)", required=False)
    metier_vise = forms.CharField(label="Métier visé", required=False, max_length=120)
    notes = forms.CharField(
        label="Notes de l'entretien", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Lues par l'organisme référent seulement. Écrivez ce que la personne accepte de voir écrit.",
    )  # fmt: skip

    def preparer(self) -> None:
        dernier = (
            Diagnostic.objects.filter(personne__in=self.contexte.ids).select_related("mene_par").order_by("-mene_le")
        ).first()
        self.precedent = dernier
        self.brouillon = dernier if dernier is not None and dernier.brouillon else None
        for theme in ThemeDiagnostic:
            self.fields[f"theme_{theme}"] = ChoixLong(
                label=theme.libelle, choices=Impact.choices(), required=False,
                initial=(dernier.themes.get(theme) if dernier else None) or Impact.NON_ABORDE.value,
            )  # fmt: skip
        if dernier is not None:
            projection = (
                {True: "oui", False: "non"}.get(dernier.projection, "") if dernier.projection is not None else ""
            )
            self.initial = {**self.initial} | {
                "situation_pro": dernier.situation_pro, "niveau": dernier.niveau, "projection": projection,
                "metier_vise": dernier.metier_vise,
                "notes": detail_de(self.brouillon, par=self.contexte.agent).notes if self.brouillon else "",
            }  # fmt: skip

    @property
    def themes(self) -> list[forms.BoundField]:
        """The fields of the themes, in the order of the questionnaire."""
        return [self[f"theme_{theme}"] for theme in ThemeDiagnostic]

    def reponses(self) -> Reponses | None:
        """What the rule reads; ``None`` until the first two questions are answered."""
        valeur = self._lu
        if not valeur("situation_pro") or not valeur("niveau"):
            return None
        decision = self.contexte.orientation
        return Reponses(
            situation_pro=SituationPro(valeur("situation_pro")),
            niveau=NiveauFormation(valeur("niveau")),
            projection={"oui": True, "non": False}.get(valeur("projection")),
            themes={t: Impact(valeur(f"theme_{t}") or Impact.NON_ABORDE) for t in ThemeDiagnostic},
            age=age(self.contexte.personne.date_naissance, self.contexte.au),
            travailleur_handicape=bool(valeur("travailleur_handicape")),
            organisme_actuel=G(decision.categorie) if decision else None,
        )

    def proposition(self) -> Proposition | None:
        """What the national criteria propose for these answers."""
        reponses = self.reponses()
        return proposition_pour(reponses, au=self.contexte.au) if reponses else None

    def _lu(self, champ: str) -> str:
        """What is on the screen: typed, else shown. A value that is not a choice counts as no answer."""
        brut = self.data.get(champ, "") if self.is_bound else self.get_initial_for_field(self.fields[champ], champ)
        choix = getattr(self.fields[champ], "choices", None)
        return str(brut or "") if choix is None or str(brut) in {str(c) for c, _ in choix} else ""

    def enregistrer(self, *, brouillon: bool = False) -> Diagnostic:
        d = self.cleaned_data
        return enregistrer_diagnostic(
            personne=self.contexte.personne, situation_pro=SituationPro(d["situation_pro"]),
            niveau=NiveauFormation(d["niveau"]), projection={"oui": True, "non": False}.get(d["projection"]),
            themes={t: Impact(d[f"theme_{t}"] or Impact.NON_ABORDE) for t in ThemeDiagnostic},
            metier_vise=d["metier_vise"], notes=d["notes"], brouillon=brouillon, diagnostic=self.brouillon,
            version=self.brouillon.version if self.brouillon else None, **self.commun,
        )  # fmt: skip

    def executer(self) -> str:
        self.enregistrer()
        return self.succes
