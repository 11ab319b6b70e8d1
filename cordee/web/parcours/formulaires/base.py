"""What the forms of acts have in common: the person, the agent, the moment, and the lock of R60."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django import forms

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.roles import Etendue
from cordee.metier.organismes.selectors import Habilitation, structures_ouvertes
from cordee.metier.orientation.models import Orientation
from cordee.metier.parcours.selectors import SituationDe
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle import horloge
from cordee.web.composants.formulaires import FormulaireRange
from cordee.web.socle.acces import Dossier
from cordee.web.socle.sur_un_dossier import SurUnDossier

Choix = list[tuple[str, str]]


@dataclass(frozen=True)
class ContexteActe(SurUnDossier):
    """What an act needs to know: on whom, by whom, when, and what the address says."""

    dossier: Dossier
    situation: SituationDe
    agent: Agent
    droits: Habilitation
    maintenant: datetime
    parametres: dict[str, str]

    @cached_property
    def ids(self) -> list[int]:
        """The rows of the person."""
        return ids_du_groupe(self.personne)

    @cached_property
    def orientation(self) -> Orientation | None:
        """The decision in force."""
        lignes = Orientation.objects.filter(personne__in=self.ids, fin__isnull=True)
        return lignes.select_related("structure", "personne").order_by("-debut", "-pk").first()

    @property
    def structures_de_la_personne(self) -> list[int]:
        """The structures of her path: her référent's, then her sector's."""
        s = self.situation.situation
        if s is None:
            return []
        return [pk for pk in (s.referent_structure_id, s.structure_secteur_id) if pk]

    def structures(self) -> list[Structure]:
        """The structures this agent may name: all the open ones for a role of the département, else hers."""
        ouvertes = structures_ouvertes(au=self.au)
        if self.droits.structures_de(Etendue.DEPARTEMENT):
            return list(ouvertes)
        return list(ouvertes.filter(pk__in={*self.droits.structures, *self.structures_de_la_personne}))


class FormulaireActe(FormulaireRange):
    """One act. ``vu``: the last event on the screen; when another has come since, nothing is written (R60).

    ``succes``: what is said after.
    """

    succes: ClassVar[str] = "C'est enregistré."
    vu = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, contexte: ContexteActe, **kwargs: Any) -> None:
        self.contexte = contexte
        super().__init__(*args, **kwargs)
        s = contexte.situation.situation
        self.initial.setdefault("vu", s.dernier_evenement if s else 0)
        self.preparer()

    @property
    def version_enregistree(self) -> int:
        """Version of what a form with a ``version`` changes, as it is stored now."""
        return self.contexte.personne.version

    @property
    def commun(self) -> dict[str, Any]:
        """What every service takes."""
        return self.contexte.commun

    def choisir_structure(self, champ: str, structures: Iterable[Structure], *, vide: str | None = None) -> None:
        """Structures by name, those of the person's path first chosen."""
        self.par_pk = {str(s.pk): s for s in structures}
        self.choisir(champ, [(pk, s.nom) for pk, s in self.par_pk.items()], vide=vide)
        for pk in self.contexte.structures_de_la_personne:
            if str(pk) in self.par_pk:
                self.initial.setdefault(champ, str(pk))


def instant(jour: date, heure: time) -> datetime:
    """A day and an hour as people in France mean them."""
    return datetime.combine(jour, heure, tzinfo=horloge.PARIS)


def dans(au: date, jours: int) -> date:
    return au + timedelta(days=jours)


class ChoixLong(forms.ChoiceField):
    """A choice told in full, one line each, to be answered in one tap."""

    widget = forms.RadioSelect
