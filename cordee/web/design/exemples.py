"""Made-up data for the page of components. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from cordee.socle.enums import EnumLibelle
from cordee.web.composants.noeuds import Moment, Noeud
from cordee.web.composants.saisies import SaisieDate, SaisieHeure
from cordee.web.composants.tableaux import Colonne


class EtatExemple(EnumLibelle):
    """Some states, for their chips."""

    NOUVEL_ENTRANT = "nouvel_entrant", "Nouvelle entrante", "Droit ouvert, pas encore reçue"
    CONVOQUE = "convoque", "Convoquée"
    A_ORIENTER = "a_orienter", "À orienter"
    ORIENTE = "oriente", "Orientée"
    SOUS_CONTRAT = "sous_contrat", "Sous contrat"
    EN_RETARD = "en_retard", "En retard"
    SUSPENDU = "suspendu", "Versement suspendu"
    HORS_SDD = "hors_sdd", "Hors droits et devoirs"


@dataclass(frozen=True)
class PersonneExemple:
    """One row of the sample table."""

    pk: int
    nom: str
    commune: str
    etat: EtatExemple
    echeance: date
    heures: int


COLONNES = [
    Colonne("nom", "Personne"),
    Colonne("commune", "Commune"),
    Colonne("etat", "Situation"),
    Colonne("echeance", "Prochaine échéance"),
    Colonne("heures", "Heures déclarées", nombre=True),
    Colonne("actes", "Actions", triable=False, cachee=True),
]


def personnes(le: date) -> list[PersonneExemple]:
    """Forty-two invented people, the same at each call."""
    noms = ["Amina T.", "Bruno K.", "Chloé M.", "Djibril S.", "Elena P.", "Fatou D.", "Gaël L."]
    communes = ["Créteil", "Vitry-sur-Seine", "Ivry-sur-Seine", "Champigny-sur-Marne", "Villeneuve-Saint-Georges"]
    etats = list(EtatExemple)
    return [
        PersonneExemple(
            pk=1000 + i,
            nom=noms[i % len(noms)],
            commune=communes[i % len(communes)],
            etat=etats[i % len(etats)],
            echeance=le + timedelta(days=-3 + 4 * i),
            heures=(i * 7) % 20,
        )
        for i in range(42)
    ]


def noeuds(le: date) -> list[Noeud]:
    """A path from a new right to the contract to come."""
    return [
        Noeud("Droit au RSA connu", le - timedelta(days=63), "entree", detail="Reçu par le fichier mensuel de la CAF."),
        Noeud(
            "Convocation envoyée", le - timedelta(days=60), "sms", detail="SMS et courrier.", par="Plateforme d'accueil"
        ),
        Noeud(
            "Entretien d'orientation", le - timedelta(days=52), "entretien", par="Mme Ba, EDS de Vitry", url="#cordee"
        ),
        Noeud(
            "Orientée vers un parcours socio-professionnel",
            le - timedelta(days=25),
            "orientation",
            detail="Décision remise en main propre.",
            url="#cordee",
        ),
        Noeud(
            "Signer le contrat d'engagement",
            le + timedelta(days=6),
            "signature",
            Moment.PROCHAIN,
            detail="Un mois après la notification reçue.",
            par="Référente : Mme Diallo, EDS de Vitry",
            nature="legale",
            regle="D5411-14-1",
        ),
        Noeud("Faire le point sur les actions", le + timedelta(days=96), "relance", Moment.A_VENIR),
        Noeud("Revue du contrat", le + timedelta(days=186), "contrat", Moment.A_VENIR, nature="reglement_local"),
    ]


class FormulaireExemple(forms.Form):
    """One field of each kind."""

    intitule = forms.CharField(label="Intitulé de l'action", max_length=80)
    date_debut = forms.DateField(label="Date de début", widget=SaisieDate, help_text="Le premier jour de l'action.")
    heure = forms.TimeField(label="Heure", widget=SaisieHeure, required=False)
    duree = forms.IntegerField(label="Heures par semaine", min_value=0, max_value=35)
    lieu = forms.ChoiceField(
        label="Lieu", choices=[("", "Choisir un lieu"), ("creteil", "Créteil"), ("vitry", "Vitry")]
    )
    intensite = forms.ChoiceField(
        label="Intensité de l'accompagnement",
        choices=[("forte", "Forte : un contact tous les 15 jours"), ("moyenne", "Moyenne : un contact par mois")],
        widget=forms.RadioSelect,
    )
    freins = forms.MultipleChoiceField(
        label="Ce qui complique le quotidien",
        choices=[("logement", "Logement"), ("garde", "Garde d'enfants"), ("mobilite", "Mobilité")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="Ce que la personne en dit", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    accord = forms.BooleanField(label="La personne est d'accord avec cette proposition", required=False)


class FiltresExemple(forms.Form):
    """Filters of the sample list."""

    q = forms.CharField(label="Nom", required=False)
    commune = forms.ChoiceField(
        label="Commune",
        required=False,
        choices=[("", "Toutes"), ("Créteil", "Créteil"), ("Vitry-sur-Seine", "Vitry-sur-Seine")],
    )
    etat = forms.MultipleChoiceField(
        label="Situation",
        required=False,
        choices=EtatExemple.choices(),
        widget=forms.SelectMultiple(attrs={"size": 3}),
    )
    avant_le = forms.DateField(label="Échéance avant le", required=False, widget=SaisieDate)


def onglets(url: str) -> list[dict[str, Any]]:
    """The tabs of the sample."""
    return [
        {
            "cle": "diagnostic",
            "libelle": "Diagnostic",
            "url": f"{url}?onglet=diagnostic#onglets",
            "icone": "diagnostic",
        },
        {
            "cle": "contrat",
            "libelle": "Contrat et heures",
            "url": f"{url}?onglet=contrat",
            "icone": "contrat",
            "compteur": 2,
        },
        {"cle": "documents", "libelle": "Documents", "url": f"{url}?onglet=documents", "icone": "document"},
    ]


ETAPES = [
    {"cle": "qui", "libelle": "Qui", "url": "#fil-etapes"},
    {"cle": "quand", "libelle": "Quand et où", "url": "#fil-etapes"},
    {"cle": "comment", "libelle": "Comment"},
    {"cle": "verifier", "libelle": "Vérifier"},
    {"cle": "envoyer", "libelle": "Envoyer"},
]
