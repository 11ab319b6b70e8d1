"""What the forms of a file share: the object of the act, the agent, the moment; one service per form."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction

from cordee.metier.courriers.enums import MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import EnvoiImpossible, pdf
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure, Recours
from cordee.metier.organismes.models import Agent
from cordee.web.composants.formulaires import FormulaireRange
from cordee.web.socle.acces import Dossier
from cordee.web.socle.sur_un_dossier import SurUnDossier

Objet = Manquement | Procedure | MesureDecidee | Recours


@dataclass(frozen=True)
class ContexteDevoirs(SurUnDossier):
    """On what, on whom, by whom, when."""

    objet: Objet
    dossier: Dossier
    agent: Agent
    maintenant: datetime


class FormulaireDevoirs(FormulaireRange):
    """One act of a file."""

    def __init__(self, *args: Any, contexte: ContexteDevoirs, **kwargs: Any) -> None:
        self.contexte = contexte
        super().__init__(*args, **kwargs)
        self.preparer()

    def lettre(self, moyen: MoyenRemise) -> Courrier | None:
        """Write the letter of this act, where it has one: kept when the act is done, undone after a preview."""
        return None

    def apercu(self) -> bytes | None:
        """The letter exactly as it would leave, and nothing kept of it; ``None``: this act writes none.

        Raises:
            ErreurMetier: what the service refuses.
        """
        for moyen in (MoyenRemise.LRAR, MoyenRemise.REMISE_MAIN_PROPRE):
            with suppress(EnvoiImpossible), transaction.atomic():
                courrier = self.lettre(moyen)
                document = pdf(courrier) if courrier else None
                transaction.set_rollback(True)
                return document
        return None

    @property
    def a_une_lettre(self) -> bool:
        """Whether a preview may be asked for."""
        return type(self).lettre is not FormulaireDevoirs.lettre

    def manquement(self) -> Manquement:
        """The breach the act is about."""
        assert isinstance(self.contexte.objet, Manquement)  # noqa: S101
        return self.contexte.objet

    def procedure(self) -> Procedure:
        """The procedure the act is about."""
        assert isinstance(self.contexte.objet, Procedure)  # noqa: S101
        return self.contexte.objet

    def mesure(self) -> MesureDecidee:
        """The decision the act is about."""
        assert isinstance(self.contexte.objet, MesureDecidee)  # noqa: S101
        return self.contexte.objet

    def recours(self) -> Recours:
        """The appeal the act is about."""
        assert isinstance(self.contexte.objet, Recours)  # noqa: S101
        return self.contexte.objet


def texte(etiquette: str, aide: str = "", *, lignes: int = 3, requis: bool = True) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=etiquette, help_text=aide, required=requis, max_length=4000, widget=forms.Textarea(attrs={"rows": lignes})
    )
