"""Data of every letter, as the services of the upper rooms give it. Nobody here exists."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.regles import bloc_adresse, delais_du_courrier
from cordee.socle.horloge import PARIS

LE = datetime(2026, 2, 3, 10, 0, tzinfo=PARIS)
FACULTATIFS = {
    GenreCourrier.NOTIFICATION_ORIENTATION: ["contrat_engagement"],
    GenreCourrier.FEUILLE_DE_ROUTE: ["recours_prealable"],
}

_DEPARTEMENT = {
    "nom": "Département de démonstration",
    "direction": "Direction de l'action sociale et de l'emploi",
    "service": "Plateforme d'orientation de Créteil",
    "adresse": ["7, voie Félix-Éboué", "94000 Créteil"],
    "telephone": "01 99 00 00 01",
    "courriel": "plateforme.orientation@departement.example",
    "autorite": "Monsieur le Président du conseil départemental",
    "decideur": "le Président du conseil départemental",
    "adresse_recours": ["Service des recours", "1, place de l'Hôtel-du-Département", "94000 Créteil"],
    "tribunal": {
        "nom": "Tribunal administratif",
        "adresse": ["1, rue du Tribunal", "77000 Melun"],
        "site": "www.example",
    },
    "aide_recours": "un point-justice près de chez vous.",
    "dpo": "dpo@departement.example",
}
_RDV = {
    "quand": datetime(2026, 2, 17, 8, 0, tzinfo=PARIS),
    "lieu": {"nom": "Espace des solidarités", "adresse": ["12, rue de la Paix, 94000 Créteil"], "acces": "Bus 172"},
    "avec": {"nom": "Samia Exemple", "fonction": "Conseillère d’orientation"},
    "pourquoi": "Pour faire connaissance et choisir avec vous l’accompagnement qui vous convient.",
    "apporter": ["une pièce d’identité", "votre CV, si vous en avez un"],
}
_PROCEDURE = {
    "ouverture": ["Nous avons besoin de votre réponse.", "Votre accompagnement continue."],
    "fiche": [{"icone": "quand", "libelle": "À compter du", "valeur": date(2026, 4, 1)}],
    "sections": [
        {"titre": "Pourquoi", "textes": ["Vous n’êtes pas venue à deux ateliers."], "points": []},
        {"titre": "Ce que vous pouvez faire", "textes": [], "points": ["répondre par écrit ;", "être entendue."]},
    ],
    "joindre": {"telephone": "01 99 00 00 02"},
    "regle": {"textes": "Textes : CASF L262-37.", "version": "2026-11"},
    "signataire": {"pour": "Pour le Président, par délégation", "nom": "Hélène Exemple"},
}
_REFERENT = {
    "nom": "Mme Awa Exemple",
    "fonction": "Conseillère en insertion professionnelle",
    "structure": "Espace insertion de Créteil",
    "telephone": "01 99 00 00 02",
    "courriel": "awa.exemple@departement.example",
}
_ORGANISME = {"nom": "Espace insertion de Créteil", "adresse": ["12, rue de la Paix", "94000 Créteil"]}
_COMMUN = {
    "departement": _DEPARTEMENT,
    "reference": "2026-000123",
    "lieu_redaction": "Créteil",
    "destinataire": {
        "appel": "Madame",
        "nom": "Mme Zoé Œuvrard-Traoré",
        "adresse": bloc_adresse(
            destinataire="Mme Zoé Œuvrard-Traoré", chez="CCAS de Créteil", voie="1, place Salvador-Allende",
            code_postal="94000", commune="Créteil",
        ),
    },
    "signataire": {"nom": "Hélène Exemple", "qualite": "Responsable de la plateforme"},
    "etapes": [
        {"libelle": "Votre entretien", "quand": "17 février", "etat": "fait"},
        {"libelle": "Votre orientation est décidée", "quand": "24 février", "etat": "ici"},
        {"libelle": "Votre contrat", "etat": "ensuite"},
    ],
}  # fmt: skip
_PROPRES: dict[GenreCourrier, dict[str, Any]] = {
    GenreCourrier.CONVOCATION: {"rdv": _RDV, "deplacer": {"telephone": "01 99 00 00 01"}},
    GenreCourrier.NOTIFICATION_ORIENTATION: {
        "traitement_algorithmique": "proposer l’accompagnement le plus utile",
        "decision": {
            "le": date(2026, 2, 24),
            "decideur": "le Président du conseil départemental",
            "parcours": "Parcours socio-professionnel",
            "organisme": {**_ORGANISME, "telephone": "01 99 00 00 02"},
            "motifs": [
                "Vous souhaitez travailler dans la petite enfance.",
                "Vous cherchez une garde pour votre fille.",
            ],
        },
    },
    GenreCourrier.NOMINATION_REFERENT: {"depuis": date(2026, 3, 3), "referent": _REFERENT},
    GenreCourrier.CONTRAT_ENGAGEMENT: {
        "personne": {"nom": "Mme Zoé Œuvrard-Traoré", "naissance": "née le 5 mai 1985"},
        "organisme": _ORGANISME,
        "referent": _REFERENT,
        "objectifs": ["Travailler dans la petite enfance."],
        "engagements_organisme": ["Vous recevoir et répondre à vos messages."],
        "engagements_personne": ["Venir aux rendez-vous, ou prévenir."],
        "actions": [
            {"intitule": "Atelier petite enfance", "avec": "Mission emploi", "quand": "en mars", "heures": "6"}
        ],
        "heures": {"hebdomadaire": "9 heures", "motif_baisse": "vous élevez seule un enfant"},
        "prochaine_actualisation": date(2026, 9, 21),
    },
    GenreCourrier.INVITATION: {
        "invitation": {"jusquau": date(2026, 3, 10)},
        "deplacer": {"telephone": "01 99 00 00 01", "lien": "https://cordee.exemple.invalid/rdv/EXEMPLE/"},
        "textes": {"corps": "Choisissez le jour et l’heure, jusqu’au mardi 10 mars 2026."},
    },
    GenreCourrier.RAPPEL: {"message_court": {"texte": "Rappel : rendez-vous mar. 17/02 à 9h, EDS. 0199000001"}},
    GenreCourrier.RENDEZ_VOUS_DEPLACE: {
        "rdv": _RDV,
        "textes": {"corps": "Votre rendez-vous a changé de date.\n\nNouveau rendez-vous : mardi.\nOù : EDS"},
    },
    GenreCourrier.RENDEZ_VOUS_ANNULE: {
        "rdv": _RDV,
        "textes": {"corps": "Votre rendez-vous est annulé. Il ne faut pas venir."},
    },
    GenreCourrier.PRISE_DE_NOUVELLES: {
        "nouvelles": {"referent": "Léa Exemple", "dernier_contact": "12 novembre 2025", "mot": ""},
        "textes": {"corps": "J’aimerais prendre de vos nouvelles."},
    },
    GenreCourrier.EXCUSES: {
        "excuses": {"le": "3 février 2026", "courrier": "une convocation", "erreur": "La date était fausse."},
        "textes": {"corps": "C’est une erreur de notre part. Nous vous présentons nos excuses."},
    },
    GenreCourrier.FEUILLE_DE_ROUTE: {
        "qui": {"nom": "Mme Awa Exemple", "telephone": "01 99 00 00 02"},
        "rdv": _RDV,
        "pourquoi": "Préparer ensemble votre contrat d’engagement",
        "a_faire": ["retrouver votre diplôme"],
        "nous_ferons": ["envoyer votre dossier de formation"],
    },
    GenreCourrier.ATTESTATION_ACCOMPAGNEMENT: {
        "personne": {"nom": "Mme Zoé Œuvrard-Traoré", "naissance": "née le 5 mai 1985 à Créteil"},
        "depuis": date(2026, 1, 9),
        "organisme": {"nom": "la Maison des solidarités de Créteil"},
        "referent": {"nom": "Mme Awa Exemple", "telephone": "01 99 00 00 02"},
    },
    GenreCourrier.REFUS_REORIENTATION: {
        "demande": {"le": date(2026, 3, 2), "par_la_personne": True},
        "reponse": {
            "le": date(2026, 3, 20),
            "decideur": "le Président du conseil départemental",
            "motif": "L’accompagnement vient de commencer",
            "explication": "Nous referons le point ensemble au printemps.",
            "organisme": {**_ORGANISME, "telephone": "01 99 00 00 02"},
        },
    },
    GenreCourrier.CONVOCATION_EP: {
        "rdv": _RDV,
        "composition": "quatre professionnels",
        "deplacer": {"telephone": "01 99 00 00 02"},
    },
    GenreCourrier.SUITE_EP: {
        "seance": {"le": date(2026, 3, 5), "entendue": True},
        "deplacer": {"telephone": "01 99 00 00 02"},
        "avis": {
            "sens": "Défavorable",
            "motifs": ["Elle a repris contact."],
            "propose": "Reprendre le contrat avec elle",
        },
        "suite": "Le Département va décider et vous écrira.",
    },
    **dict.fromkeys(
        (
            GenreCourrier.AUDITION,
            GenreCourrier.COMMUNICATION_DOSSIER,
            GenreCourrier.CLASSEMENT,
            GenreCourrier.LEVEE_MESURE,
            GenreCourrier.ACCUSE_RECOURS,
        ),
        _PROCEDURE,
    ),
    GenreCourrier.GRIEFS: _PROCEDURE | {"reponse": True},
    GenreCourrier.REPONSE_RECOURS: _PROCEDURE,
    **dict.fromkeys(
        (GenreCourrier.DECISION_SUSPENSION, GenreCourrier.DECISION_SUPPRESSION, GenreCourrier.DECISION_FIN_DE_DROIT),
        _PROCEDURE | {"recours": True, "main_propre": True},
    ),
    GenreCourrier.EXPLICATION_PROPOSITION: {
        "demandee_le": date(2026, 2, 2),
        "regle": {
            "nom": "Critères nationaux d’orientation",
            "reference": "C. trav. L5411-5-1 III",
            "version": "criteres-nationaux-2024-11/1",
        },
        "donnees": [
            {
                "question": question,
                "role": "Cette réponse compte dans la proposition.",
                "reference": "Critères nationaux",
                "lues": [
                    {
                        "nom": nom,
                        "valeur": "Impact fort" if nom == "Logement" else "Sans impact",
                        "source": "Entretien du 20/01/2026",
                        "pese": nom == "Logement",
                    }
                    for nom in noms
                ],
            }
            for question, noms in (
                ("La personne travaille-t-elle ?", ("Votre situation professionnelle",)),
                ("Se projette-t-elle dans un emploi ?", ("Un projet à court terme", "Votre formation")),
                (
                    "Des difficultés pèsent-elles ?",
                    (
                        "Santé",
                        "Logement",
                        "Mobilité",
                        "Famille",
                        "Finances",
                        "Numérique",
                        "Démarches",
                        "Langue",
                        "Confiance",
                    ),
                ),
                ("Quel organisme convient ?", ("Votre âge", "Travailleur handicapé", "Qui vous accompagnait déjà")),
            )
        ],
        "raisons": ["La personne n’a encore jamais travaillé."],
        "ce_qui_changerait": ["Si la difficulté « Logement » était levée : parcours socio-professionnel."],
        "proposition": {"parcours": "Parcours d’insertion sociale", "organisme": "Département"},
        "decision": {
            "le": date(2026, 1, 24),
            "decideur": "le Président du conseil départemental",
            "parcours": "Parcours socio-professionnel",
            "organisme": "Espace insertion de Créteil",
            "motifs": ["Le souhait exprimé par la personne."],
            "ecart": "Une autre appréciation de la situation.",
        },
    },
}


@pytest.fixture(scope="session")
def le() -> datetime:
    return LE


@pytest.fixture(scope="session")
def donnees_de() -> Callable[[GenreCourrier], dict[str, Any]]:
    """A fresh copy of the data of a kind of letter, with the deadlines it states."""

    def fabriquer(genre: GenreCourrier) -> dict[str, Any]:
        delais = delais_du_courrier(genre, au=LE.date(), avec=FACULTATIFS.get(genre, ()))
        return copy.deepcopy({**_COMMUN, **_PROPRES[genre], "delais": delais})

    return fabriquer
