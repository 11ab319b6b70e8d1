"""Reporting facts to the unit of the droits et devoirs, from the page of the person (CASF R262-69)."""

from __future__ import annotations

from django import forms

from cordee.metier.contrats.enums import Engage
from cordee.metier.contrats.models import Engagement
from cordee.metier.devoirs.enums import TypeManquement
from cordee.metier.devoirs.services import signaler_manquement
from cordee.metier.organismes.roles import Permission
from cordee.reglementation.regimes import regime_au
from cordee.web.composants.saisies import SaisieDate, SaisieNeutre
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe

P = Permission


class SignalerManquement(FormulaireActe):
    """``devoirs.services.signaler_manquement``."""

    cote_a_cote = (("faits_du", "faits_au"),)
    type = ChoixLong(label="Ce qui s'est passé")
    faits_du = forms.DateField(label="Faits du", widget=SaisieDate)
    faits_au = forms.DateField(label="au", widget=SaisieDate, required=False, help_text="Vide : un seul jour.")
    engagement = forms.ChoiceField(
        label="L'engagement du contrat qui n'a pas été tenu", required=False,
        help_text="Rien d'autre que ce qui est écrit dans le contrat en vigueur ne peut être reproché.",
    )  # fmt: skip
    description = forms.CharField(
        label="Les faits", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Des faits datés, sans jugement ni détail de santé : la personne lira ces mots.",
    )  # fmt: skip
    demarches_accomplies = forms.CharField(
        label="Ce qui a été fait pour l'aider, et ce qu'elle a fait de son côté", max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Appels, autres dates proposées, aide reçue ; ses démarches pour se mettre en règle comptent aussi.",
    )  # fmt: skip

    def preparer(self) -> None:
        if self.contexte.droits.peut(P.SUIVRE):  # the help on neutral words answers her alone
            self.fields["description"].widget = SaisieNeutre(3)
        connus = regime_au(self.contexte.au).manquements
        self.choisir("type", [(m.type.value, m.type.libelle) for m in connus if not m.blocage])
        self.engagements = {
            str(e.pk): e
            for e in Engagement.objects.filter(
                contrat__personne__in=self.contexte.ids, contrat__debut__isnull=False, contrat__fin__isnull=True,
                engage=Engage.PERSONNE,
            ).select_related("contrat__personne").order_by("pk")
        }  # fmt: skip
        self.choisir("engagement", [(pk, e.texte) for pk, e in self.engagements.items()], vide="Aucun")

    def executer(self) -> str:
        d = self.cleaned_data
        signaler_manquement(
            personne=self.contexte.personne, type=TypeManquement(d["type"]), faits_du=d["faits_du"],
            faits_au=d["faits_au"], engagement=self.engagements.get(d["engagement"]), description=d["description"],
            demarches_accomplies=d["demarches_accomplies"], **self.commun,
        )  # fmt: skip
        return (
            "C'est signalé. L'unité droits et devoirs cherche d'abord s'il y a un motif légitime ; l'accompagnement "
            "continue."
        )
