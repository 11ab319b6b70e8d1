"""What the forms of a letter share: by which means it leaves, what became of it."""

from __future__ import annotations

from typing import Any

from django import forms

from cordee.metier.courriers.enums import EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.regles import KIND_COURRIER
from cordee.metier.courriers.selectors import courriers_de_l_objet
from cordee.web.composants.saisies import SaisieDate
from cordee.web.devoirs.formulaires.base import FormulaireDevoirs
from cordee.web.parcours.formulaires.base import ChoixLong


class FormulaireEnvoi(FormulaireDevoirs):
    """A letter leaves: by which means, on which day."""

    moyen = ChoixLong(label="Comment la personne reçoit la lettre")
    le_jour = forms.DateField(label="Envoyée ou remise le", widget=SaisieDate)

    def genre(self) -> GenreCourrier:
        """The kind of letter."""
        raise NotImplementedError

    def preparer(self) -> None:
        self.choisir("moyen", moyens_de(self.genre()))
        self.initial = {"le_jour": self.contexte.au, **self.initial}

    @property
    def moyen_lu(self) -> MoyenRemise:
        return MoyenRemise(self.cleaned_data["moyen"])


class FormulaireReception(FormulaireDevoirs):
    """What became of a letter that waits for news: nothing runs before a certain date."""

    courrier = forms.ChoiceField(label="Lettre")
    etat = ChoixLong(
        label="Qu'est-elle devenue ?",
        choices=[(e.value, f"{e.libelle} : {e.description}") for e in EtatRemise if e is not EtatRemise.ENVOYEE],
    )
    le_jour = forms.DateField(label="Le", widget=SaisieDate)

    def attendues(self) -> list[Courrier]:
        """The letters of this act that wait for news."""
        raise NotImplementedError

    def preparer(self) -> None:
        self.lettres = {str(c.pk): c for c in self.attendues()}
        self.choisir("courrier", [(pk, decrire(c)) for pk, c in self.lettres.items()])
        self.initial = {"le_jour": self.contexte.au, "courrier": next(iter(self.lettres), ""), **self.initial}

    def empechement(self) -> str:
        return "" if self.lettres else "Aucune lettre n'attend de nouvelle : envoyez-la ou remettez-la d'abord."

    @property
    def constat(self) -> dict[str, Any]:
        """What the services of reception take."""
        d = self.cleaned_data
        return {
            "courrier": self.lettres[d["courrier"]], "etat": EtatRemise(d["etat"]), "le_jour": d["le_jour"],
            **self.contexte.commun,
        }  # fmt: skip


def moyens_de(genre: GenreCourrier) -> list[tuple[str, str]]:
    """The means a letter of that kind may leave by, with what each proves."""
    admis = KIND_COURRIER[genre].moyens
    exclus = (MoyenRemise.ESPACE_PERSONNEL,)
    return [(m.value, f"{m.libelle} : {m.description[0].lower()}{m.description[1:]}") for m in MoyenRemise
            if m in admis and m not in exclus]  # fmt: skip


def en_attente(objet: str, pk: int, genre: GenreCourrier) -> list[Courrier]:
    """The letters whose reception is still to be known, the latest first."""
    attendues = [
        c
        for c in courriers_de_l_objet(objet, pk)
        if c.genre == genre and c.annule_le is None and not EtatRemise(c.etat).final
    ]
    return sorted(attendues, key=lambda c: c.pk, reverse=True)


def decrire(courrier: Courrier) -> str:
    """A letter in a choice."""
    qui = "au représentant, " if courrier.au_representant else ""
    return f"{qui}{courrier.get_moyen_display()}, du {courrier.cree_le:%d/%m/%Y}"
