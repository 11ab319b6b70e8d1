"""The life of the accompaniment."""

from __future__ import annotations

from datetime import timedelta

from django import forms

from cordee.metier.contrats.enums import FormeRefus
from cordee.metier.contrats.services import refuser
from cordee.metier.orientation.selectors.equipe import jours_de_repos
from cordee.metier.parcours.enums import Etat, Intensite
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.regles.fichier import reprenables
from cordee.metier.suivi import services
from cordee.metier.suivi.enums import GenreContactSuivi, MotifInterruption, ResultatContact
from cordee.reglementation.calendrier import jour_travaille_avant
from cordee.web.composants.saisies import SaisieDate, SaisieNeutre
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe, dans

_RYTHME = {Intensite.INTENSIVE: 15, Intensite.REGULIERE: 30, Intensite.LEGERE: 90}


class Contact(FormulaireActe):
    """``suivi.services.noter_contact``: how, result, next date, first proposed on a day the référent works (R19)."""

    genre = ChoixLong(label="Comment", choices=GenreContactSuivi.choices())
    resultat = ChoixLong(label="Résultat", choices=ResultatContact.choices())
    prochain_le = forms.DateField(
        label="Prochain contact convenu", required=False, widget=SaisieDate,
        help_text="Vide : la date suit le rythme de l'accompagnement.",
    )  # fmt: skip
    note = forms.CharField(
        label="Note", required=False, widget=SaisieNeutre(3),
        help_text="Des faits utiles à la suite. La personne peut demander à la lire.",
    )  # fmt: skip

    def preparer(self) -> None:
        s = self.contexte.situation.situation
        rythme = _RYTHME.get(Intensite(s.calcul.get("intensite", "reguliere")), 30) if s else 30
        repos = jours_de_repos(s.referent_agent if s and s.referent_agent else self.contexte.agent)
        self.initial = {**self.initial} | {
            "prochain_le": jour_travaille_avant(dans(self.contexte.au, rythme), repos),
            "genre": str(GenreContactSuivi.APPEL),
        }

    def executer(self) -> str:
        d = self.cleaned_data
        services.noter_contact(
            personne=self.contexte.personne, genre=GenreContactSuivi(d["genre"]),
            resultat=ResultatContact(d["resultat"]), prochain_le=d["prochain_le"], note=d["note"], **self.commun,
        )  # fmt: skip
        return "L'échange est noté." if d["resultat"] == ResultatContact.JOINTE else "La tentative est notée."


class Interruption(FormulaireActe):
    """``suivi.services.interrompre``."""

    succes = "L'accompagnement est interrompu jusqu'à la date convenue."
    motif = ChoixLong(
        label="Pourquoi", choices=MotifInterruption.choices(),
        help_text="La raison seule : aucun justificatif médical n'est à conserver.",
    )  # fmt: skip
    revue_le = forms.DateField(label="À revoir le", widget=SaisieDate, help_text="Six mois au plus.")

    def executer(self) -> str:
        services.interrompre(
            personne=self.contexte.personne, motif=MotifInterruption(self.cleaned_data["motif"]),
            revue_le=self.cleaned_data["revue_le"], **self.commun,
        )  # fmt: skip
        return self.succes


class Reprise(FormulaireActe):
    """``suivi.services.reprendre``."""

    succes = "Le parcours reprend où il en était."
    etat = forms.ChoiceField(label="Ce qui prend fin", required=False)

    def preparer(self) -> None:
        s = self.contexte.situation.situation
        ouvertes = reprenables(Situation.de_json(s.calcul)) if s else []
        self.choisir("etat", [(e, e.libelle) for e in ouvertes])
        if len(ouvertes) < 2:
            self.fields["etat"].widget = forms.HiddenInput()
            self.initial["etat"] = str(ouvertes[0]) if ouvertes else ""

    def executer(self) -> str:
        etat = self.cleaned_data["etat"]
        services.reprendre(personne=self.contexte.personne, etat=Etat(etat) if etat else None, **self.commun)
        return self.succes


class Partenaire(FormulaireActe):
    """``suivi.services.noter_information_partenaire``."""

    succes = "L'information du partenaire est notée."
    contrat_le = forms.DateField(label="Contrat signé chez le partenaire le", required=False, widget=SaisieDate)
    dernier_contact_le = forms.DateField(label="Dernier contact avec la personne le", required=False, widget=SaisieDate)

    def executer(self) -> str:
        services.noter_information_partenaire(
            personne=self.contexte.personne, contrat_le=self.cleaned_data["contrat_le"],
            dernier_contact_le=self.cleaned_data["dernier_contact_le"], **self.commun,
        )  # fmt: skip
        return self.succes


class Volontaire(FormulaireActe):
    """``suivi.services.ouvrir_accompagnement_volontaire``."""

    succes = "L'accompagnement est ouvert, à sa demande."
    prochain_contact_le = forms.DateField(label="Prochain contact", required=False, widget=SaisieDate)

    def preparer(self) -> None:
        self.initial.setdefault("prochain_contact_le", self.contexte.au + timedelta(days=30))

    def executer(self) -> str:
        services.ouvrir_accompagnement_volontaire(
            personne=self.contexte.personne, prochain_contact_le=self.cleaned_data["prochain_contact_le"],
            **self.commun,
        )  # fmt: skip
        return self.succes


class FinVolontaire(FormulaireActe):
    """``suivi.services.clore_accompagnement_volontaire``."""

    succes = "L'accompagnement est clos. Rien ne lui est reproché."

    def executer(self) -> str:
        services.clore_accompagnement_volontaire(personne=self.contexte.personne, **self.commun)
        return self.succes


class RefusContrat(FormulaireActe):
    """``contrats.services.refuser``: never a breach by itself."""

    succes = "Le refus est noté. L'unité droits et devoirs l'examine ; l'accompagnement continue."
    forme = ChoixLong(label="Comment la personne l'a dit", choices=FormeRefus.choices())
    refuse_le = forms.DateField(label="Le", widget=SaisieDate)

    def preparer(self) -> None:
        self.initial.setdefault("refuse_le", self.contexte.au)

    def executer(self) -> str:
        refuser(
            personne=self.contexte.personne, forme=FormeRefus(self.cleaned_data["forme"]),
            refuse_le=self.cleaned_data["refuse_le"], **self.commun,
        )  # fmt: skip
        return self.succes
