"""The orientation interview on one screen: the conversation in themes, the proposal, the decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from cordee.metier.organismes.models import Structure
from cordee.metier.orientation.enums import (
    Impact,
    MotifEcart,
    MotifOrientation,
    NiveauFormation,
    SituationPro,
    ThemeDiagnostic,
)
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.orientation.regles import Proposition, Reponses, proposer
from cordee.metier.orientation.services import decider, enregistrer_diagnostic
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe
from cordee.web.parcours.formulaires.orientation import structures_par_categorie
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
                "notes": dernier.notes if self.brouillon and dernier.mene_par_id == self.contexte.agent.pk else "",
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
        return proposer(reponses) if reponses else None

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


class Decision(Entretien):
    """The same, then ``orientation.services.decider``: a human decides, the proposal only proposes."""

    succes = "L'orientation est décidée. Il reste à remettre la décision."
    voie = ChoixLong(label="Parcours", choices=[(v.value, v.libelle) for v in Voie])
    structure = forms.ChoiceField(label="Organisme référent")
    motifs = forms.MultipleChoiceField(
        label="Raisons, écrites dans la décision", choices=MotifOrientation.choices(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    motif_ecart = forms.ChoiceField(
        label="Si vous décidez autrement que la proposition, pourquoi ?", required=False,
        choices=[("", "Je suis la proposition"), *MotifEcart.choices()],
    )  # fmt: skip
    proposee = forms.CharField(required=False, widget=forms.HiddenInput)

    def preparer(self) -> None:
        super().preparer()
        self.groupes = structures_par_categorie(self.contexte.au)
        self.fields["structure"].choices = [("", "Choisir"), *self.groupes]  # type: ignore[attr-defined]
        proposition = self.proposition()
        if proposition is not None:
            self.initial = {**self.initial} | self.valeurs_proposees(proposition)

    def valeurs_proposees(self, proposition: Proposition) -> dict[str, Any]:
        """The decision that follows the proposal: its path, a body of its category near the person, its reasons."""
        libelle = proposition.categorie.libelle
        candidates = [pk for groupe, structures in self.groupes if groupe == libelle for pk, _ in structures]
        proches = [str(pk) for pk in self.contexte.structures_de_la_personne if str(pk) in candidates]
        structure = (proches or candidates or [""])[0]
        return {
            "voie": str(proposition.voie),
            "structure": structure,
            "motifs": [str(m) for m in proposition.motifs],
            "proposee": f"{proposition.voie}|{structure}|{','.join(str(m) for m in proposition.motifs)}",
        }

    def suivre(self, saisie: QueryDict) -> QueryDict:
        """What is typed, where the decision follows the new proposal unless the agent had chosen otherwise."""
        proposition = self.proposition()
        if proposition is None:
            return saisie
        neuve, suivie = self.valeurs_proposees(proposition), saisie.copy()
        voie, structure, motifs = (saisie.get("proposee", "") or "||").split("|")
        if saisie.get("voie", "") in ("", voie) and saisie.get("structure", "") in ("", structure):
            suivie["voie"], suivie["structure"] = neuve["voie"], neuve["structure"]
        if saisie.getlist("motifs") in ([], [m for m in motifs.split(",") if m]):
            suivie.setlist("motifs", neuve["motifs"])
        suivie["proposee"] = neuve["proposee"]
        return suivie

    def montrer(self, de: forms.Form | None = None) -> Decision:
        """This form with the errors of another one; without it, as if nothing had been checked yet."""
        self._errors = de.errors if de is not None else ErrorDict()
        return self

    def executer(self) -> str:
        d = self.cleaned_data
        diagnostic = self.enregistrer()
        structure = Structure.objects.get(pk=d["structure"])
        decider(
            personne=self.contexte.personne, voie=Voie(d["voie"]), categorie=G(structure.categorie),
            structure=structure, motifs=[MotifOrientation(m) for m in d["motifs"]], proposition=self.proposition(),
            motif_ecart=MotifEcart(d["motif_ecart"]) if d["motif_ecart"] else None, diagnostic=diagnostic,
            **self.commun,
        )  # fmt: skip
        return f"{Voie(d['voie']).libelle}, {structure.nom} : c'est décidé. Il reste à remettre la décision."
