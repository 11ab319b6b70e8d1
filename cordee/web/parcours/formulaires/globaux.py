"""Entering and leaving the accompagnement global: two professionals, one plan."""

from __future__ import annotations

from django import forms

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import agents_de, structures_ouvertes
from cordee.metier.suivi import services
from cordee.metier.suivi.enums import IssueGlobale
from cordee.metier.suivi.selectors.accompagnements import global_en_cours
from cordee.web.composants.saisies import SaisieDate
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe


class EntrerGlobal(FormulaireActe):
    """``suivi.services.ouvrir_global``."""

    succes = "L'entrée en accompagnement global est enregistrée : un référent, un co-référent, un seul plan."
    structure = forms.ChoiceField(label="Accompagnée par", required=False)
    referent = forms.ChoiceField(label="Référent", required=False)
    coreferent_structure = forms.ChoiceField(label="Organisme du co-référent")
    coreferent_nom = forms.CharField(label="Conseillère ou conseiller", required=False, max_length=80)
    debut = forms.DateField(label="Entrée le", widget=SaisieDate)
    cote_a_cote = (("structure", "referent"), ("coreferent_structure", "coreferent_nom"))

    def preparer(self) -> None:
        self.initial.setdefault("debut", self.contexte.au)
        s = self.contexte.situation.situation
        self.par_pk: dict[str, Structure] = {}
        self.agents: dict[str, Agent] = {}
        if s is not None and s.referent_structure_id:
            del self.fields["structure"], self.fields["referent"]
        else:
            self._sans_referent()
        referente = s.referent_structure_id if s else None
        operateurs = structures_ouvertes(au=self.contexte.au).filter(type=TypeStructure.OPERATEUR_EMPLOI)
        self.coreferentes = {str(x.pk): x for x in operateurs if x.pk != referente}
        organisme = s.referent_structure if s else None
        if organisme is not None and organisme.type == TypeStructure.OPERATEUR_EMPLOI:
            self.coreferentes = {str(x.pk): x for x in self.contexte.structures() if x.pk != referente}
        self.choisir("coreferent_structure", [(pk, x.nom) for pk, x in self.coreferentes.items()], vide="Choisir")

    def _sans_referent(self) -> None:
        """Nobody accompanies her yet: she may be without RSA, out of any file."""
        self.choisir_structure("structure", self.contexte.structures())
        self.fields["structure"].help_text = "Sans RSA, l'accompagnement se fait à sa demande (CASF L262-27)."
        self.fields["structure"].required = True
        siens = [a for pk in self.contexte.droits.structures if (x := self.par_pk.get(str(pk)))
                 for a in agents_de(x, au=self.contexte.au)]  # fmt: skip
        self.agents = {str(a.pk): a for a in siens}
        self.choisir("referent", [(pk, str(a)) for pk, a in self.agents.items()], vide="À nommer plus tard")
        self.initial.setdefault("referent", str(self.contexte.agent.pk))

    def empechement(self) -> str:
        return "Elle y est déjà." if global_en_cours(self.contexte.personne) else ""

    def executer(self) -> str:
        d = self.cleaned_data
        services.ouvrir_global(
            personne=self.contexte.personne, coreferent_structure=self.coreferentes[d["coreferent_structure"]],
            coreferent_nom=d["coreferent_nom"], structure=self.par_pk.get(d.get("structure") or ""),
            referent=self.agents.get(d.get("referent") or ""), debut=d["debut"], **self.commun,
        )  # fmt: skip
        return self.succes


class SortirGlobal(FormulaireActe):
    """``suivi.services.clore_global``."""

    succes = "La sortie est enregistrée. Le référent continue seul, si la personne le souhaite."
    issue = ChoixLong(label="Issue", choices=IssueGlobale.choices())
    fin = forms.DateField(label="Sortie le", widget=SaisieDate)

    def preparer(self) -> None:
        self.initial.setdefault("fin", self.contexte.au)

    def empechement(self) -> str:
        en_cours = global_en_cours(self.contexte.personne)
        return "" if en_cours else "Cette personne n'est pas en accompagnement global."

    def executer(self) -> str:
        d = self.cleaned_data
        services.clore_global(
            personne=self.contexte.personne, fin=d["fin"], issue=IssueGlobale(d["issue"]), **self.commun
        )
        return self.succes
