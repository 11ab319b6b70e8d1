"""Appeals: recorded, then answered by somebody who did not decide the measure."""

from __future__ import annotations

from django import forms

from cordee.metier.courriers.enums import GenreCourrier, MoyenRemise
from cordee.metier.devoirs.enums import GenreRecours, IssueRecours
from cordee.metier.devoirs.services import deposer_recours, statuer_recours
from cordee.web.composants.saisies import SaisieDate
from cordee.web.devoirs.formulaires.base import FormulaireDevoirs, texte
from cordee.web.devoirs.formulaires.lettres import moyens_de
from cordee.web.parcours.formulaires.base import ChoixLong


class Deposer(FormulaireDevoirs):
    """``devoirs.services.deposer_recours``."""

    genre = ChoixLong(
        label="Recours", choices=[(g.value, f"{g.libelle}. {g.description}".strip()) for g in GenreRecours]
    )
    recu_le = forms.DateField(label="Reçu le", widget=SaisieDate)
    arguments = texte("Ce que dit la personne", requis=False, lignes=5)

    def preparer(self) -> None:
        self.initial = {"recu_le": self.contexte.au, **self.initial}

    def executer(self) -> str:
        d = self.cleaned_data
        recours = deposer_recours(
            mesure=self.mesure(), genre=GenreRecours(d["genre"]), recu_le=d["recu_le"], arguments=d["arguments"],
            **self.contexte.commun,
        )  # fmt: skip
        return f"Le recours est enregistré : une réponse est due au plus tard le {recours.repondre_avant:%d/%m/%Y}."


class Statuer(FormulaireDevoirs):
    """``devoirs.services.statuer_recours``."""

    issue = ChoixLong(
        label="Réponse", choices=[(i.value, i.libelle) for i in IssueRecours if i is not IssueRecours.REJET_IMPLICITE]
    )
    motifs = texte("Motifs, en phrases entières", "La personne les lira.", requis=False, lignes=5)
    moyen = ChoixLong(label="Comment la réponse part", required=False)

    def preparer(self) -> None:
        self.choisir("moyen", moyens_de(GenreCourrier.REPONSE_RECOURS))

    def executer(self) -> str:
        d = self.cleaned_data
        issue = IssueRecours(d["issue"])
        statuer_recours(
            recours=self.recours(), issue=issue, motifs=d["motifs"],
            moyen=MoyenRemise(d["moyen"]) if d["moyen"] else None, **self.contexte.commun,
        )  # fmt: skip
        if issue is IssueRecours.ACCUEILLI:
            return "Le recours est accueilli : la mesure est annulée, tout est rendu, et elle ne compte plus."
        return "La réponse au recours est enregistrée."
