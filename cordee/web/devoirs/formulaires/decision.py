"""The decision: prepared by whoever instructed, taken by somebody else, notified; no share is ever proposed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from cordee.metier.courriers.enums import GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.devoirs import services
from cordee.metier.devoirs.enums import NatureMesure
from cordee.metier.devoirs.models import ProjetDecision
from cordee.metier.devoirs.selectors.contexte import qualifier_procedure
from cordee.metier.devoirs.services.decision import GENRES
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.regimes import Foyer, premier_du_mois
from cordee.web.composants.saisies import SaisieDate
from cordee.web.devoirs.formulaires.base import FormulaireDevoirs, texte
from cordee.web.devoirs.formulaires.lettres import FormulaireEnvoi, FormulaireReception, en_attente
from cordee.web.devoirs.simulateur import duree_en_mots, part_en_mots
from cordee.web.parcours.formulaires.base import ChoixLong


class _Mesure(FormulaireDevoirs):
    """The terms of a measure, within what the law allows this household."""

    cote_a_cote: ClassVar[tuple[tuple[str, ...], ...]] = (("taux", "mois", "debut"),)
    nature = ChoixLong(label="Mesure")
    taux = forms.IntegerField(label="Part retirée (%)", required=False, min_value=1, max_value=100)
    montant = forms.DecimalField(label="Montant retiré (€ par mois)", required=False, min_value=0, decimal_places=2)
    mois = forms.IntegerField(label="Nombre de mois", required=False, min_value=1, max_value=12)
    debut = forms.DateField(label="À compter du mois du", widget=SaisieDate)
    motifs = texte(
        "Motifs, en phrases entières",
        "Les faits, la règle, et pourquoi elle s'applique. La personne lira ces phrases telles quelles.",
        lignes=6,
    )

    def preparer(self) -> None:
        procedure = self.procedure()
        question = qualifier_procedure(procedure, au=self.contexte.au)
        self.niveaux = question.cadre.niveaux if question and question.cadre else ()
        if procedure.fin_de_droit:
            choix = [(NatureMesure.FIN_DE_DROIT.value, NatureMesure.FIN_DE_DROIT.libelle)]
            for nom in ("taux", "mois"):
                del self.fields[nom]
        else:
            choix = [(n.type.value, f"{n.type.libelle} : {part_en_mots(n)}, {duree_en_mots(n)}") for n in self.niveaux]
        en_euros = any(n.montant_max is not None for n in self.niveaux)
        if not en_euros:
            del self.fields["montant"]
        for nom in ("taux", "mois"):
            if nom in self.fields:
                self.fields[nom].required = not (en_euros and nom == "taux")
        self.choisir("nature", choix)
        self.initial = {**self._depart(), **self.initial}

    def _depart(self) -> dict[str, Any]:
        projet = ProjetDecision.objects.filter(procedure=self.procedure()).first()
        if projet is None:
            return {"debut": ajouter_mois(premier_du_mois(self.contexte.au), 1)}
        return {nom: getattr(projet, nom) for nom in ("nature", "taux", "montant", "mois", "debut", "motifs")}

    def empechement(self) -> str:
        if self.procedure().fin_de_droit or self.niveaux:
            return ""
        return "La loi ne permet aucune mesure ici, ou le foyer n'est pas connu : lisez la colonne de droite."

    @property
    def termes(self) -> dict[str, Any]:
        d = self.cleaned_data
        return {
            "nature": NatureMesure(d["nature"]), "taux": d.get("taux"), "montant": d.get("montant") or None,
            "debut": premier_du_mois(d["debut"]), "motifs": d["motifs"],
        }  # fmt: skip


class Preparer(_Mesure):
    """``devoirs.services.preparer_decision``."""

    def executer(self) -> str:
        services.preparer_decision(
            procedure=self.procedure(), mois=self.cleaned_data.get("mois"), **self.termes, **self.contexte.commun
        )
        return "Le projet est prêt. Une autre personne, habilitée, décidera."


class Decider(_Mesure):
    """``devoirs.services.decider_mesure``, by somebody who did not instruct."""

    cote_a_cote: ClassVar[tuple[tuple[str, ...], ...]] = (("taux", "mois", "debut"), ("personnes", "majore"))
    personnes = forms.IntegerField(
        label="Personnes du foyer, vérifiées", min_value=1, max_value=15,
        help_text="Le plafond en dépend : une naissance ou une grossesse récente compte. Un départ n'y change rien "
        "avant le fichier de la caisse.",
    )  # fmt: skip
    majore = forms.BooleanField(label="RSA majoré (parent isolé ou femme enceinte isolée)", required=False)
    proposer_radiation = forms.BooleanField(
        label="Proposer à l'opérateur de l'emploi la radiation de sa liste pendant la suppression", required=False,
        help_text="Seulement pour une suppression totale de quatre mois. Ce n'est qu'une proposition.",
    )  # fmt: skip
    confirme = forms.BooleanField(
        label="J'ai lu le dossier et la réponse de la personne ; je décide en mon nom, par délégation"
    )

    def preparer(self) -> None:
        super().preparer()
        question = qualifier_procedure(self.procedure(), au=self.contexte.au)
        if question and question.foyer:
            self.initial = {"personnes": question.foyer.personnes, "majore": question.foyer.majore, **self.initial}
        if not any(n.type is NatureMesure.SUPPRESSION and n.total_possible for n in self.niveaux):
            del self.fields["proposer_radiation"]
        self.order_fields(["nature", "taux", "montant", "mois", "debut", "personnes", "majore", "motifs",
                           "proposer_radiation", "confirme"])  # fmt: skip

    def executer(self) -> str:
        d = self.cleaned_data
        mesure = services.decider_mesure(
            procedure=self.procedure(), mois=d.get("mois") or 0, foyer=Foyer(d["personnes"], majore=d["majore"]),
            proposer_radiation=bool(d.get("proposer_radiation")), **self.termes, **self.contexte.commun,
        )  # fmt: skip
        return f"C'est décidé, sous la référence {mesure.preuve}. La décision n'a d'effet qu'une fois notifiée."


class NotifierDecision(FormulaireEnvoi):
    """``devoirs.services.notifier_decision``."""

    moyen = ChoixLong(label="Comment la personne reçoit la décision")

    def genre(self) -> GenreCourrier:
        return GENRES[NatureMesure(self.mesure().nature)]

    def lettre(self, moyen: MoyenRemise) -> Courrier:
        return services.notifier_decision(mesure=self.mesure(), moyen=moyen, **self.contexte.commun)

    def executer(self) -> str:
        services.notifier_decision(
            mesure=self.mesure(), moyen=self.moyen_lu, le_jour=self.cleaned_data["le_jour"], **self.contexte.commun
        )
        if self.moyen_lu is MoyenRemise.REMISE_MAIN_PROPRE:
            return "La décision est notifiée. Le référent propose un rendez-vous dans les quinze jours."
        return "La décision est partie. Elle aura effet à sa réception, dès qu'elle sera certaine."


class ReceptionDecision(FormulaireReception):
    """``devoirs.services.constater_reception_decision``."""

    def attendues(self) -> list[Courrier]:
        mesure = self.mesure()
        return en_attente("mesure", mesure.pk, GENRES[NatureMesure(mesure.nature)])

    def executer(self) -> str:
        mesure = services.constater_reception_decision(**self.constat)
        if mesure.notifiee_le:
            return f"La décision est notifiée le {mesure.notifiee_le:%d/%m/%Y} : les délais de recours courent."
        return "C'est noté. La date de réception n'est pas encore certaine."
