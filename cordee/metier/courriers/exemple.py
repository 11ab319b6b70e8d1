"""A person who does not exist, to show what a text gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cordee.metier.courriers.models import PreferenceContact
from cordee.socle.horloge import PARIS


@dataclass(frozen=True, slots=True)
class PersonneFictive:
    """What a letter needs to know of its reader."""

    appel: str
    reference: str
    destinataire: dict[str, Any]

    def preference(self, langue: str) -> PreferenceContact:
        """What she would have asked for; never stored."""
        return PreferenceContact(langue=langue)


PERSONNE = PersonneFictive(
    appel="Madame",
    reference="C0000000A",
    destinataire={
        "appel": "Madame",
        "nom": "Mme Camille EXEMPLE",
        "adresse": ["Mme Camille EXEMPLE", "12 RUE DES LILAS", "94000 CRETEIL"],
    },
)
CONTENU: dict[str, Any] = {
    "departement": {
        "nom": "Département du Val-de-Marne", "service": "Plateforme d’orientation",
        "adresse": ["1, rue de l’Exemple", "94000 Créteil"], "telephone": "01 99 00 00 01",
        "courriel": "plateforme@exemple.invalid",
        "autorite": "M. le Président ou Mme la Présidente du conseil départemental",
        "decideur": "la présidence du conseil départemental",
        "adresse_recours": ["Hôtel du Département", "94054 Créteil"],
        "tribunal": {
            "nom": "Tribunal administratif de Melun", "adresse": ["43, rue du Général-de-Gaulle", "77000 Melun"],
        },
    },
    "rdv": {
        "quand": datetime(2026, 2, 17, 9, 0, tzinfo=PARIS), "duree": "45 minutes", "mode": "sur_place",
        "lieu": {"nom": "Espace des solidarités", "adresse": ["12 rue de la Paix, 94000 Créteil"]},
        "avec": {"nom": "Samia Exemple"},
        "pourquoi": "Faire connaissance, parler de votre situation et de vos projets, et choisir avec vous "
        "l’accompagnement qui vous convient.",
        "apporter": ["une pièce d’identité", "votre CV, si vous en avez un"],
    },
    "deplacer": {"telephone": "01 99 00 00 01", "courriel": "plateforme@exemple.invalid"},
    "lien": "https://cordee.exemple.invalid/r/EXEMPLE",
    "invitation": {"jusquau": date(2026, 3, 10)},
    "excuses": {
        "le": "3 février 2026", "courrier": "une convocation", "erreur": "La date du rendez-vous était fausse.",
        "precision": "Le bon rendez-vous est le mardi 17 février 2026 à 9 h.",
    },
    "nouvelles": {"referent": "Léa Exemple", "dernier_contact": "12 novembre 2025", "mot": ""},
    "decision": {
        "le": date(2026, 2, 10), "decideur": "la présidence du conseil départemental",
        "parcours": "Parcours socio-professionnel",
        "organisme": {"nom": "Espace des solidarités de Créteil", "adresse": ["12, rue de la Paix", "94000 Créteil"]},
        "motifs": ["Vous souhaitez travailler dans la petite enfance."],
    },
    "signataire": {"nom": "Samia Exemple"},
    "ouverture": ["Voici où en est votre situation. Votre accompagnement continue."],
    "sections": [{"titre": "Pourquoi", "textes": ["Deux ateliers n’ont pas pu avoir lieu."], "points": []}],
    "joindre": {"telephone": "01 99 00 00 01"}, "recours": True,
    "regle": {"textes": "Textes : article L. 262-37 du code de l’action sociale et des familles."},
    "depuis": date(2026, 2, 12),
    "referent": {"nom": "Léa Exemple", "structure": "Espace des solidarités de Créteil", "telephone": "01 99 00 00 02"},
}  # fmt: skip
