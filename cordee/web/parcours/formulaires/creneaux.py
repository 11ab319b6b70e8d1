"""Free slots offered in the forms of appointments, and the waiting list when none suits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django import forms

from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import Creneau
from cordee.metier.rendezvous.selectors import creneaux_libres
from cordee.socle import horloge
from cordee.web.parcours.formulaires.base import ContexteActe, FormulaireActe

MONTRES = 15
HORIZON = timedelta(weeks=8)
A_LA_MAIN = "Une autre date, fixée à la main"
_MODALITES = [(m.value, m.libelle) for m in ModaliteRendezVous if m is not ModaliteRendezVous.DOMICILE]


def creneaux_pour(contexte: ContexteActe, *, genre: GenreRendezVous, structures: Collection[int]) -> dict[str, Creneau]:
    """The next free slots of these structures for her, her language included, soonest first."""
    personne = contexte.personne
    langue = personne.langue if personne.interprete else ""
    libres = creneaux_libres(
        du=contexte.maintenant, au=contexte.maintenant + HORIZON, genre=genre, structures=structures, langue=langue
    )
    return {str(c.pk): c for c in libres[:MONTRES]}


def en_mots(creneau: Creneau) -> str:
    """« 24/02 à 09:00, sur place, Léa Exemple, EDS de Créteil »."""
    debut: datetime = creneau.debut.astimezone(horloge.PARIS)
    modalite = ModaliteRendezVous(creneau.modalite).libelle.lower()
    qui = [str(creneau.agent)] if creneau.agent else []
    langue = [creneau.langue] if creneau.langue else []
    return ", ".join([f"{debut:%d/%m à %H:%M}", modalite, *langue, *qui, creneau.structure.nom])


class AvecCreneau(FormulaireActe):
    """A form whose appointment may be taken on a free slot. The field goes away when there is none."""

    creneau = forms.ChoiceField(
        label="Créneau libre", required=False,
        error_messages={"invalid_choice": "Ce créneau vient d'être pris ou fermé : choisissez-en un autre."},
    )  # fmt: skip

    def proposer_creneaux(self, *, genre: GenreRendezVous, structures: Collection[int], aide: str) -> None:
        """Give the field its slots."""
        self.creneaux = creneaux_pour(self.contexte, genre=genre, structures=structures)
        if not self.creneaux and not self.data.get("creneau"):
            del self.fields["creneau"]
            return
        self.choisir("creneau", [(pk, en_mots(c)) for pk, c in self.creneaux.items()], vide=A_LA_MAIN)
        self.fields["creneau"].help_text = aide

    @property
    def creneau_choisi(self) -> Creneau | None:
        """The slot chosen, if any."""
        return self.creneaux.get(self.cleaned_data.get("creneau", ""))


class MettreEnAttente(FormulaireActe):
    """``rendezvous.services.mettre_en_attente``."""

    succes = "La personne est sur la liste d'attente. Une place libérée lui sera proposée."
    cote_a_cote = (("genre", "modalite"),)
    genre = forms.ChoiceField(label="Pour quel rendez-vous", choices=GenreRendezVous.choices())
    modalite = forms.ChoiceField(label="De quelle façon", required=False, choices=[("", "Peu importe"), *_MODALITES])
    structure = forms.ChoiceField(label="Dans quelle structure")

    def preparer(self) -> None:
        self.choisir_structure("structure", self.contexte.structures())

    def executer(self) -> str:
        d = self.cleaned_data
        services.mettre_en_attente(
            personne=self.contexte.personne, structure=self.par_pk[d["structure"]], genre=GenreRendezVous(d["genre"]),
            modalite=ModaliteRendezVous(d["modalite"]) if d["modalite"] else None, **self.commun,
        )  # fmt: skip
        return self.succes
