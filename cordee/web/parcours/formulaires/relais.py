"""Handing over, changing référent, and the answer to a request for another orientation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from cordee.metier.courriers.enums import EtatRemise, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import structures_orientables
from cordee.metier.orientation.enums import (
    Demandeur,
    MotifChangement,
    MotifRefusChangement,
    MotifRefusReorientation,
    MotifRelais,
    MotifReorientation,
)
from cordee.metier.orientation.models import DemandeChangement, DemandeReorientation, Relais
from cordee.metier.orientation.selectors.equipe import collegues_de
from cordee.metier.orientation.services import nommer_referent
from cordee.metier.orientation.services.demandes import demander_changement, refuser_changement
from cordee.metier.orientation.services.referents import attester_accompagnement
from cordee.metier.orientation.services.relais import proposer_relais, retirer_relais
from cordee.metier.orientation.services.reorientation import (
    constater_remise_du_refus,
    demander_reorientation,
    envoyer_refus,
    lettres_du_refus,
    refus_a_notifier,
    refuser_reorientation,
    remettre_refus,
)
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.web.composants.saisies import SaisieDate
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe


class ProposerRelais(FormulaireActe):
    """``orientation.services.relais.proposer_relais``."""

    succes = "Le relais est proposé. Le référent actuel reste en charge jusqu'à la réponse."
    vers = forms.ChoiceField(label="Vers quelle structure")
    motif = ChoixLong(label="Pourquoi", choices=MotifRelais.choices())
    note = forms.CharField(
        label="Note de relais", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ce que l'équipe qui reçoit a besoin de savoir avant d'accepter. Elle ne voit pas encore le "
        "dossier : n'écrivez rien du diagnostic, de la santé ni de la vie privée.",
    )  # fmt: skip

    def preparer(self) -> None:
        s = self.contexte.situation.situation
        actuelle = s.referent_structure_id if s else None
        self.par_pk: dict[str, Structure] = {}
        groupes = []
        for categorie in GenreOrganismeReferent:
            ouvertes = structures_orientables(categorie=categorie, au=self.contexte.au)
            trouvees = [x for x in ouvertes if x.pk != actuelle]
            self.par_pk |= {str(x.pk): x for x in trouvees}
            if trouvees:
                groupes.append((categorie.libelle, [(str(x.pk), x.nom) for x in trouvees]))
        self.fields["vers"].choices = [("", "Choisir"), *groupes]  # type: ignore[attr-defined]
        if s and s.structure_secteur_id and s.structure_secteur_id != actuelle:
            self.initial.setdefault("vers", str(s.structure_secteur_id))
            self.initial.setdefault("motif", str(MotifRelais.DEMENAGEMENT))

    def executer(self) -> str:
        d = self.cleaned_data
        proposer_relais(
            personne=self.contexte.personne, vers=self.par_pk[d["vers"]], motif=MotifRelais(d["motif"]),
            note=d["note"], **self.commun,
        )  # fmt: skip
        return self.succes


class _SurRelais(FormulaireActe):
    """Of the open hand-over of the person."""

    def preparer(self) -> None:
        s = self.contexte.situation.situation
        ouvert = s.calcul.get("relais") if s else None
        self.relais = Relais.objects.filter(pk=ouvert or 0).select_related("vers_structure", "personne").first()

    def empechement(self) -> str:
        return "" if self.relais else "Aucun relais n'est en cours pour cette personne."

    @property
    def lien(self) -> tuple[str, str] | None:
        return (reverse("relais_detail", args=[self.relais.pk]), "Lire le relais et répondre") if self.relais else None


class RetirerRelais(_SurRelais):
    """``orientation.services.relais.retirer_relais``; to answer, the page of the hand-over."""

    succes = "Le relais est retiré : le référent actuel continue."
    retirer = forms.BooleanField(label="Retirer ce relais : la personne reste avec son référent actuel")

    def executer(self) -> str:
        assert self.relais is not None  # noqa: S101 - ``empechement`` has answered
        retirer_relais(relais=self.relais, **self.commun)
        return self.succes


class Attester(FormulaireActe):
    """``orientation.services.referents.attester_accompagnement`` (R85)."""

    succes = "L'attestation est prête : ouvrez-la dans « Documents » pour l'imprimer."

    def empechement(self) -> str:
        s = self.contexte.situation.situation
        nommee = s is not None and s.referent_agent_id is not None
        return "" if nommee else "Aucun référent n'est nommé : il n'y a pas d'accompagnement à attester."

    def executer(self) -> str:
        attester_accompagnement(personne=self.contexte.personne, **self.commun)
        return self.succes


class DemanderChangement(FormulaireActe):
    """``orientation.services.demandes.demander_changement``: the reason is optional (R83)."""

    succes = "La demande est enregistrée : une réponse est due, avec sa date. Le référent actuel reste en charge."
    motif = ChoixLong(label="Pourquoi", required=False, choices=MotifChangement.choices())
    parole = forms.CharField(
        label="Ce que dit la personne", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Avec ses mots, si elle le souhaite. Elle n'a pas à se justifier.",
    )  # fmt: skip

    def preparer(self) -> None:
        self.initial.setdefault("motif", str(MotifChangement.NON_DIT))

    def executer(self) -> str:
        d = self.cleaned_data
        demander_changement(
            personne=self.contexte.personne, motif=MotifChangement(d["motif"] or MotifChangement.NON_DIT),
            parole=d["parole"], **self.commun,
        )  # fmt: skip
        return self.succes


class RepondreChangement(FormulaireActe):
    """Another référent (``nommer_referent``), or a refusal with its reason (``refuser_changement``)."""

    succes = "La réponse est enregistrée."
    agent = forms.ChoiceField(label="Nouveau référent", required=False)
    motif = ChoixLong(
        label="Ou refuser, parce que", required=False,
        choices=[("", "Non : un nouveau référent est choisi ci-dessus"), *MotifRefusChangement.choices()],
    )  # fmt: skip

    def preparer(self) -> None:
        s = self.contexte.situation.situation
        self.demande = DemandeChangement.objects.filter(
            personne__in=self.contexte.ids, repondue_le__isnull=True
        ).first()
        structure = s.referent_structure if s else None
        collegues = list(collegues_de(structure, au=self.contexte.au)) if structure else []
        self.agents: dict[str, Agent] = {str(a.pk): a for a in collegues if s and a.pk != s.referent_agent_id}
        self.choisir("agent", [(pk, str(a)) for pk, a in self.agents.items()], vide="Aucun")

    def empechement(self) -> str:
        return "" if self.demande else "Aucune demande de changement de référent n'attend de réponse."

    @property
    def parole_entendue(self) -> str:
        return self.demande.parole if self.demande else ""

    def clean(self) -> dict[str, Any]:
        d: dict[str, Any] = super().clean() or {}
        if bool(d.get("agent")) == bool(d.get("motif")):
            raise forms.ValidationError("Choisissez un nouveau référent, ou la raison du refus.")
        return d

    def executer(self) -> str:
        d = self.cleaned_data
        if d["agent"]:
            agent = self.agents[d["agent"]]
            nommer_referent(personne=self.contexte.personne, agent=agent, **self.commun)
            return f"{agent} est maintenant le référent de cette personne."
        refuser_changement(personne=self.contexte.personne, motif=MotifRefusChangement(d["motif"]), **self.commun)
        return "Le refus est enregistré, avec sa raison : dites-la à la personne."


class DemanderReorientation(FormulaireActe):
    """``orientation.services.demander_reorientation``."""

    succes = "La demande est enregistrée : une réponse est due dans le mois, le délai du contrat est interrompu."
    demandeur = ChoixLong(label="Qui la demande", choices=Demandeur.choices())
    motif = ChoixLong(label="Pourquoi", choices=MotifReorientation.choices())
    parole = forms.CharField(
        label="Ce que dit la personne", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Avec ses mots, qui que ce soit qui demande : celui qui décide les lit.",
    )  # fmt: skip
    souhait = forms.CharField(label="Ce qu'elle souhaite", required=False, max_length=200)

    def executer(self) -> str:
        d = self.cleaned_data
        demander_reorientation(
            personne=self.contexte.personne, demandeur=Demandeur(d["demandeur"]),
            motif=MotifReorientation(d["motif"]), parole=d["parole"], souhait=d["souhait"], **self.commun,
        )  # fmt: skip
        return self.succes


class RefuserReorientation(FormulaireActe):
    """``orientation.services.refuser_reorientation``; to accept is to decide another orientation."""

    succes = "Le refus est enregistré : il reste à le notifier. Le mois du contrat repart de sa réception."
    motif = ChoixLong(label="Refuser, parce que", choices=MotifRefusReorientation.choices())
    explication = forms.CharField(
        label="Ce que la lettre dira en plus", required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Une ou deux phrases simples, adressées à la personne.",
    )  # fmt: skip

    def preparer(self) -> None:
        self.demande = DemandeReorientation.objects.filter(personne__in=self.contexte.ids, issue="en_attente").first()

    @property
    def parole_entendue(self) -> str:
        return self.demande.parole if self.demande else ""

    @property
    def lien(self) -> tuple[str, str]:
        return reverse("acte", args=[self.contexte.personne.pk, "orienter"]), "Accepter : décider une autre orientation"

    def executer(self) -> str:
        d = self.cleaned_data
        refuser_reorientation(
            personne=self.contexte.personne, motif=MotifRefusReorientation(d["motif"]), explication=d["explication"],
            **self.commun,
        )  # fmt: skip
        return self.succes


class NotifierRefus(FormulaireActe):
    """``remettre_refus``, ``envoyer_refus`` or ``constater_remise_du_refus``."""

    succes = "C'est noté."
    moyen = ChoixLong(
        label="Comment",
        choices=[
            ("main_propre", "Remis en main propre, contre signature"),
            ("lrar", "Envoyer en recommandé avec avis de réception"),
            ("recue", "L'avis de réception est revenu"),
            ("non_reclamee", "Le recommandé n'a pas été réclamé"),
            ("npai", "Le recommandé est revenu : adresse à vérifier"),
        ],
    )
    le_jour = forms.DateField(label="Le", widget=SaisieDate)

    def preparer(self) -> None:
        self.initial.setdefault("le_jour", self.contexte.au)
        self.demande = refus_a_notifier(self.contexte.personne)
        partis = lettres_du_refus(self.demande) if self.demande else []
        self.parti: Courrier | None = next(
            (c for c in partis if not c.au_representant and c.etat and not EtatRemise(c.etat).final), None
        )
        if self.parti is None:
            self.choisir("moyen", self.fields["moyen"].choices[:2])  # type: ignore[attr-defined]

    def empechement(self) -> str:
        return "" if self.demande else "Aucun refus de réorientation n'attend d'être notifié."

    def executer(self) -> str:
        d, personne = self.cleaned_data, self.contexte.personne
        if d["moyen"] == "main_propre":
            remettre_refus(personne=personne, le_jour=d["le_jour"], **self.commun)
            return "Le refus est remis : sa date est certaine, le mois du contrat repart."
        if d["moyen"] == "lrar":
            envoyer_refus(personne=personne, moyen=MoyenRemise.LRAR, **self.commun)
            return "Le refus est envoyé. Le mois du contrat repartira de sa réception certaine."
        if self.parti is not None:
            constater_remise_du_refus(
                courrier=self.parti, etat=EtatRemise(d["moyen"]), le_jour=d["le_jour"], **self.commun
            )
        return "Le suivi du courrier est noté."
