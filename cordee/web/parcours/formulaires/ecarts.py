"""Acts that settle a disagreement with the paying body, or what follows a right that ended."""

from __future__ import annotations

from typing import Any

from django import forms

from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import en_attente_d_envoi
from cordee.metier.devoirs.enums import MotifMesure, NatureMesure
from cordee.metier.devoirs.selectors import mesures_de
from cordee.metier.devoirs.services import reprendre_decision
from cordee.metier.parcours import services as parcours
from cordee.metier.parcours.enums import AideDroit, GenreEcheance, ReponseCaisse, ReponseSanction, SuiteCloture
from cordee.metier.parcours.models import Echeance
from cordee.metier.personnes.models import DroitFoyer
from cordee.metier.personnes.selectors import foyer_courant
from cordee.metier.rendezvous.services import constater_en_vie
from cordee.web.composants.saisies import SaisieDate
from cordee.web.parcours import ecarts
from cordee.web.parcours.formulaires.base import ChoixLong, FormulaireActe, dans

H = GenreEcheance
ATTENDRE = "attendre"
JOURS_AVANT_CONTACT = 30


class _SurEcheance(FormulaireActe):
    """An act that closes one échéance."""

    genre: GenreEcheance
    fermee = ""

    @property
    def echeance(self) -> Echeance | None:
        return next((e for e in self.contexte.situation.echeances if e.genre == self.genre), None)

    def empechement(self) -> str:
        return "" if self.echeance else self.fermee

    @property
    def donnees(self) -> dict[str, Any]:
        """What the event that opened the échéance says."""
        return dict(self.echeance.evenement.donnees) if self.echeance else {}


class SuiteDeLaCloture(_SurEcheance):
    """``parcours.services.decider_cloture``."""

    genre = H.CLOTURE_AVEC_CONTRAT
    fermee = "Aucune fin de droit n'attend de décision pour cette personne."
    suite = ChoixLong(
        label="Ce que vous décidez avec elle",
        choices=[(s.value, f"{s.libelle} : {s.description[:1].lower()}{s.description[1:]}") for s in SuiteCloture],
    )  # fmt: skip
    prochain_contact_le = forms.DateField(
        label="Prochain contact", required=False, widget=SaisieDate,
        help_text="Pour un accompagnement qui continue à sa demande.",
    )  # fmt: skip

    def preparer(self) -> None:
        self.initial.setdefault("prochain_contact_le", dans(self.contexte.au, JOURS_AVANT_CONTACT))

    def executer(self) -> str:
        d = self.cleaned_data
        suite = SuiteCloture(d["suite"])
        parcours.decider_cloture(
            personne=self.contexte.personne, suite=suite, prochain_contact_le=d["prochain_contact_le"], **self.commun
        )
        return f"C'est décidé : {suite.libelle[:1].lower()}{suite.libelle[1:]}."


class DecisionCaisse(_SurEcheance):
    """``parcours.services.transmettre_decision``, or « still waiting » (E31)."""

    genre = H.DECISION_ATTENDUE_CAF
    fermee = "La caisse n'attend plus de décision pour cette personne."
    reponse = ChoixLong(
        label="Décision transmise à la caisse",
        choices=[*ReponseCaisse.choices(), (ATTENDRE, "Pas encore : vérifié, toujours en attente")],
    )  # fmt: skip
    decidee_le = forms.DateField(label="Décidée le", widget=SaisieDate, required=False)

    def preparer(self) -> None:
        phrases = " ; ".join(ecarts.demandes_en_mots(self.donnees.get("objets", ())))
        self.fields["reponse"].help_text = f"La caisse demande : {phrases}." if phrases else ""
        self.initial.setdefault("decidee_le", self.contexte.au)

    def clean(self) -> dict[str, Any]:
        d = super().clean() or self.cleaned_data
        if (
            d.get("reponse")
            and d["reponse"] != ATTENDRE
            and not d.get("decidee_le")
            and "decidee_le" not in self.errors
        ):
            self.add_error("decidee_le", "Indiquez le jour de la décision.")
        return d

    def executer(self) -> str:
        d, qui = self.cleaned_data, [self.contexte.personne.pk]
        if d["reponse"] == ATTENDRE:
            parcours.prolonger_attente(personnes=qui, echeance=self.genre, **self.commun)
            return "C'est noté : toujours en attente. La prochaine vérification a sa date."
        parcours.transmettre_decision(
            personnes=qui, reponse=ReponseCaisse(d["reponse"]), decidee_le=d["decidee_le"], **self.commun
        )
        return "La décision est notée comme transmise à la caisse."


class SanctionCaisse(_SurEcheance):
    """``parcours.services.rapprocher_sanction``, or « still waiting »; a decision is recorded by ``mesure``."""

    genre = H.SANCTION_A_RAPPROCHER
    fermee = "Aucune sanction n'est à rapprocher pour cette personne."
    reponse = ChoixLong(
        label="Ce que vous avez établi",
        choices=[*ReponseSanction.choices(), (ATTENDRE, "Pas encore : vérifié, toujours en attente")],
    )  # fmt: skip

    def preparer(self) -> None:
        self.fields["reponse"].help_text = (
            "Si une décision a été prise ici, dans l'ancien outil, enregistrez-la plutôt par "
            "« Reprendre une décision » : le désaccord se ferme alors de lui-même."
        )

    def executer(self) -> str:
        qui = [self.contexte.personne.pk]
        if self.cleaned_data["reponse"] == ATTENDRE:
            parcours.prolonger_attente(personnes=qui, echeance=self.genre, **self.commun)
            return "C'est noté : toujours en attente. La prochaine vérification a sa date."
        parcours.rapprocher_sanction(
            personnes=qui, reponse=ReponseSanction(self.cleaned_data["reponse"]), **self.commun
        )
        return "Le désaccord est réglé."


class ReprendreMesure(FormulaireActe):
    """``devoirs.services.reprendre_decision``: nothing is decided here, a decision of the former tool is recorded."""

    succes = "La décision est enregistrée : les prochains fichiers lui seront comparés."
    cote_a_cote = (("decidee_le", "transmise_le"), ("debut", "fin"), ("taux", "montant"))
    nature = ChoixLong(label="Nature de la mesure", choices=NatureMesure.choices())
    motif = forms.ChoiceField(label="Motif", choices=MotifMesure.choices())
    preuve = forms.CharField(
        label="Référence de la décision", max_length=80, help_text="Numéro d'arrêté ou de procès-verbal."
    )
    decidee_le = forms.DateField(label="Décidée le", widget=SaisieDate)
    transmise_le = forms.DateField(label="Transmise à la caisse le", widget=SaisieDate, required=False)
    debut = forms.DateField(label="À compter du", widget=SaisieDate)
    fin = forms.DateField(
        label="Jusqu'au (exclu)", widget=SaisieDate, required=False, help_text="Vide tant qu'elle n'est pas levée."
    )
    taux = forms.IntegerField(label="Part retirée (%)", required=False, min_value=1, max_value=100)
    montant = forms.DecimalField(
        label="ou montant par mois (€)", required=False, min_value=0, max_digits=8, decimal_places=2
    )

    def preparer(self) -> None:
        connues = [ecarts.mesure_en_mots(m) for m in mesures_de(self.contexte.personne)]
        if connues:  # so that none is recorded twice
            self.fields["nature"].help_text = f"Déjà enregistré : {' ; '.join(connues)}."

    def executer(self) -> str:
        noms = ("decidee_le", "debut", "fin", "taux", "montant", "preuve", "transmise_le")
        reprendre_decision(
            personne=self.contexte.personne, nature=NatureMesure(self.cleaned_data["nature"]),
            motif=MotifMesure(self.cleaned_data["motif"]), **{nom: self.cleaned_data[nom] for nom in noms},
            **self.commun,
        )  # fmt: skip
        return self.succes


class EnVie(FormulaireActe):
    """``rendezvous.services.constater_en_vie``: the signalled death was not one; what did not leave is told (E32)."""

    lu = forms.BooleanField(label="J'ai vérifié que la personne est vivante")

    def preparer(self) -> None:
        retenus = list(en_attente_d_envoi(self.contexte.personne))
        self.fields["lu"].help_text = _retenus(retenus) or "Aucun courrier n'a été retenu pendant la vérification."

    def executer(self) -> str:
        retenus = constater_en_vie(personne=self.contexte.personne, **self.commun)
        return f"Le parcours reprend où il en était. {_retenus(retenus)}".strip()


class RetablirDroit(_SurEcheance):
    """``parcours.services.traiter_echeance`` of « aider à rétablir le droit »: what the file says, what helps."""

    genre = H.RETABLIR_DROIT
    fermee = "Aucun droit n'est à rétablir pour cette personne."
    succes = "La démarche est notée. Si le droit reste suspendu, un prochain fichier le redira."
    fait = ChoixLong(label="Ce qui a été fait", choices=AideDroit.choices())

    def preparer(self) -> None:
        foyer = foyer_courant(self.contexte.personne)
        droit = DroitFoyer.objects.filter(foyer=foyer, fin__isnull=True).first() if foyer else None
        lue = ecarts.suspension(droit.etat, droit.motif, droit.motif_le) if droit else None
        if lue is not None:
            limite = f" Sans suite, le droit peut être clos le {lue.fermeture.terme:%d/%m/%Y}." if lue.fermeture else ""
            self.fields["fait"].help_text = f"{lue.phrase[:1].upper()}{lue.phrase[1:]}. {lue.geste}{limite}"

    def executer(self) -> str:
        parcours.traiter_echeance(
            personne=self.contexte.personne, echeance=self.genre, aide=AideDroit(self.cleaned_data["fait"]),
            **self.commun,
        )  # fmt: skip
        return self.succes


def _retenus(courriers: list[Courrier]) -> str:
    """What did not leave while the death was checked.

    >>> _retenus([])
    ''
    """
    if not courriers:
        return ""
    mots = [
        f"{GenreCourrier(c.genre).libelle.lower()} du {c.cree_le:%d/%m/%Y}"
        + (" (annulé : le rendez-vous est passé)" if c.annule_le else "")
        for c in courriers
    ]
    return f"Pas encore parti : {', '.join(mots)}."
