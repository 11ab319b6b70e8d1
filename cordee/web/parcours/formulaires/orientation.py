"""From the decision to the named référent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Count

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.regles import KIND_COURRIER
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import agents_de, structures_orientables
from cordee.metier.orientation import services
from cordee.metier.orientation.enums import (
    MotifOrientation,
    MotifRefusAccueil,
)
from cordee.metier.orientation.services.notification import notifications_de
from cordee.metier.parcours.enums import Voie
from cordee.metier.parcours.models import Situation
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.saisies import SaisieDate
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe

G = GenreOrganismeReferent
ACCOMPAGNENT = frozenset({
    RoleAgent.REFERENT, RoleAgent.TRAVAILLEUR_SOCIAL, RoleAgent.OPERATEUR, RoleAgent.CHEF_STRUCTURE,
})  # fmt: skip
SANS_DECISION = "Aucune décision d'orientation n'est en vigueur pour cette personne."


def structures_par_categorie(
    au: Any, categories: tuple[GenreOrganismeReferent, ...] = tuple(G)
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Bodies towards which one may orient today, grouped by category; a category without body is left out."""
    groupes = []
    for categorie in categories:
        structures = [(str(s.pk), s.nom) for s in structures_orientables(categorie=categorie, au=au)]
        if structures:
            groupes.append((categorie.libelle, structures))
    return groupes


class _VersOrganisme(FormulaireActe):
    """Path and body."""

    categories: tuple[GenreOrganismeReferent, ...] = tuple(G)
    voie = ChoixLong(label="Parcours", choices=[(v.value, f"{v.libelle} : {v.description.lower()}") for v in Voie])
    structure = forms.ChoiceField(label="Organisme référent")

    def preparer(self) -> None:
        champ = self.fields["structure"]
        champ.choices = [("", "Choisir"), *structures_par_categorie(self.contexte.au, self.categories)]  # type: ignore[attr-defined]
        connues = {pk for _, groupe in champ.choices[1:] for pk, _ in groupe}  # type: ignore[attr-defined]
        for pk in self.contexte.structures_de_la_personne:
            if str(pk) in connues:
                self.initial.setdefault("structure", str(pk))

    def _organisme(self) -> dict[str, Any]:
        structure = Structure.objects.get(pk=self.cleaned_data["structure"])
        return {
            "personne": self.contexte.personne, "voie": Voie(self.cleaned_data["voie"]), "structure": structure,
            "categorie": G(structure.categorie),
        }  # fmt: skip


class ParDefaut(_VersOrganisme):
    """``orientation.services.decider(par_defaut=True)`` (CASF R262-65-3)."""

    succes = "L'orientation par défaut est prononcée. Il reste à remettre la décision."
    categories = (G.CONSEIL_DEPARTEMENTAL, G.DELEGATAIRE)

    def executer(self) -> str:
        services.decider(
            **self._organisme(), motifs=[MotifOrientation.INFORMATIONS_MANQUANTES], par_defaut=True, **self.commun
        )
        return self.succes


class ParOperateur(_VersOrganisme):
    """``orientation.services.enregistrer_orientation_operateur``."""

    succes = "L'orientation de l'opérateur de l'emploi est enregistrée."
    decidee_le = forms.DateField(label="Décidée le", widget=SaisieDate)

    def executer(self) -> str:
        services.enregistrer_orientation_operateur(
            **self._organisme(), decidee_le=self.cleaned_data["decidee_le"], **self.commun
        )
        return self.succes


class _SurDecision(FormulaireActe):
    def empechement(self) -> str:
        return "" if self.contexte.orientation else SANS_DECISION

    @property
    def decision(self) -> Any:
        return self.contexte.orientation


class Accuser(_SurDecision):
    """``orientation.services.accuser_reception``."""

    succes = "L'orientation est reçue : le parcours continue dans nos services."
    notifiee_le = forms.DateField(
        label="Notifiée à la personne le", required=False, widget=SaisieDate,
        help_text="Si l'opérateur de l'emploi l'a dit. Vide : aujourd'hui.",
    )  # fmt: skip

    def executer(self) -> str:
        services.accuser_reception(
            orientation=self.decision, notifiee_le=self.cleaned_data["notifiee_le"], **self.commun
        )
        return self.succes


class Remettre(_SurDecision):
    """``orientation.services.remettre_en_main_propre``."""

    succes = "La décision est remise : la date est certaine, le délai du contrat commence."
    le_jour = forms.DateField(label="Remise et signée le", widget=SaisieDate)

    def preparer(self) -> None:
        self.initial.setdefault("le_jour", self.contexte.au)

    def executer(self) -> str:
        services.remettre_en_main_propre(orientation=self.decision, le_jour=self.cleaned_data["le_jour"], **self.commun)
        return self.succes


class Notifier(_SurDecision):
    """``orientation.services.envoyer_notification``."""

    succes = "La décision est envoyée. Le délai du contrat court à sa réception, dès qu'elle sera certaine."
    moyen = ChoixLong(label="Par quel moyen", help_text="Seuls les moyens qui prouvent la date de réception.")

    def preparer(self) -> None:
        admis = KIND_COURRIER[GenreCourrier.NOTIFICATION_ORIENTATION].moyens
        exclus = (MoyenRemise.REMISE_MAIN_PROPRE, MoyenRemise.ESPACE_PERSONNEL)
        self.choisir("moyen", [(m, m.libelle) for m in MoyenRemise if m in admis and m not in exclus])

    def executer(self) -> str:
        services.envoyer_notification(
            orientation=self.decision, moyen=MoyenRemise(self.cleaned_data["moyen"]), **self.commun
        )
        return self.succes


class DateCertaine(_SurDecision):
    """``orientation.services.constater_remise``."""

    courrier = forms.ChoiceField(label="Courrier")
    etat = ChoixLong(
        label="Qu'est-il devenu ?",
        choices=[(e.value, f"{e.libelle} : {e.description}") for e in EtatRemise if e is not EtatRemise.ENVOYEE],
    )
    le_jour = forms.DateField(label="Le", widget=SaisieDate)

    def preparer(self) -> None:
        lettres: list[Courrier] = notifications_de(self.decision) if self.decision else []
        self.lettres = {str(c.pk): c for c in lettres if not c.au_representant and not EtatRemise(c.etat).final}
        self.choisir(
            "courrier", [(pk, f"{c.get_moyen_display()}, du {c.cree_le:%d/%m/%Y}") for pk, c in self.lettres.items()]
        )
        self.initial = {**self.initial} | {"le_jour": self.contexte.au, "courrier": next(iter(self.lettres), "")}

    def empechement(self) -> str:
        if raison := super().empechement():
            return raison
        return "" if self.lettres else "Aucun envoi de la décision n'attend de réponse : remettez-la en main propre."

    def executer(self) -> str:
        d = self.cleaned_data
        services.constater_remise(
            courrier=self.lettres[d["courrier"]], etat=EtatRemise(d["etat"]), le_jour=d["le_jour"], **self.commun
        )
        return "Le suivi du courrier est noté."


class Accepter(_SurDecision):
    """``orientation.services.accepter_dossier``."""

    succes = "L'accueil est accepté. Il reste à nommer le référent."

    def executer(self) -> str:
        services.accepter_dossier(personne=self.contexte.personne, **self.commun)
        return self.succes


class RefuserDossier(_SurDecision):
    """``orientation.services.refuser_dossier``."""

    succes = "L'empêchement est signalé : l'encadrement cherche une autre structure."
    motif = ChoixLong(label="Pourquoi", choices=MotifRefusAccueil.choices())

    def executer(self) -> str:
        services.refuser_dossier(
            personne=self.contexte.personne, motif=MotifRefusAccueil(self.cleaned_data["motif"]), **self.commun
        )
        return self.succes


class NommerReferent(_SurDecision):
    """``orientation.services.nommer_referent``."""

    succes = "Le référent est nommé."
    agent = ChoixLong(label="Référent", help_text="Entre parenthèses, le nombre de personnes suivies aujourd'hui.")
    lettre = forms.BooleanField(label="Préparer la lettre qui le présente à la personne", required=False, initial=True)

    def preparer(self) -> None:
        s = self.contexte.situation.situation
        decidee = (s.calcul.get("orientation") or {}).get("structure") if s else None  # after a hand-over: the receiver
        structure = Structure.objects.filter(pk=decidee or 0).first()
        self.structure = structure or (self.decision.structure if self.decision else None)
        agents = list(agents_de(structure, au=self.contexte.au, roles=ACCOMPAGNENT)) if structure else []
        charge = Situation.objects.filter(soumis=True, referent_agent__in=agents).values_list("referent_agent")
        compte = dict(charge.annotate(n=Count("pk")))
        self.agents: dict[str, Agent] = {str(a.pk): a for a in agents}
        self.choisir("agent", [(pk, f"{a} ({_personnes(compte.get(a.pk, 0))})") for pk, a in self.agents.items()])

    def empechement(self) -> str:
        if raison := super().empechement():
            return raison
        if not self.agents:
            nom = self.structure.nom if self.structure else ""
            return f"Aucun agent de « {nom} » ne peut être référent aujourd'hui."
        return ""

    def executer(self) -> str:
        agent = self.agents[self.cleaned_data["agent"]]
        services.nommer_referent(personne=self.contexte.personne, agent=agent, **self.commun)
        phrase = f"{agent} est maintenant le référent de cette personne."
        return f"{phrase} {self._lettre()}".strip()

    def _lettre(self) -> str:
        """The letter, when it is asked for and may leave: naming never depends on it."""
        if not self.cleaned_data["lettre"]:
            return ""
        try:
            with transaction.atomic():
                services.presenter_referent(personne=self.contexte.personne, canal=Canal.COURRIER, **self.commun)
        except ErreurMetier as refus:
            return f"La lettre ne peut pas partir : {str(refus)[:1].lower()}{str(refus)[1:]}"
        return "La lettre qui le présente attend dans « Courriers »."


class NommerCoreferent(FormulaireActe):
    """``orientation.services.nommer_coreferent``."""

    succes = "Le co-référent est nommé."
    structure = forms.ChoiceField(label="Organisme du co-référent")

    def preparer(self) -> None:
        self.fields["structure"].choices = [("", "Choisir"), *structures_par_categorie(self.contexte.au)]  # type: ignore[attr-defined]

    def executer(self) -> str:
        structure = Structure.objects.get(pk=self.cleaned_data["structure"])
        services.nommer_coreferent(personne=self.contexte.personne, structure=structure, **self.commun)
        return self.succes


def _personnes(n: int) -> str:
    return f"{n} personne{'s' if n > 1 else ''}"
