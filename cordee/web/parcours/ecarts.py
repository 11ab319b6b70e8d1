"""The codes of the paying body in plain words: what is asked of the Département, what is applied, what to do about it.

Pure: no query. Labels of codes come from ``caf.codes``; what a référent can do with the person is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cordee.echanges.caf.codes import libelle
from cordee.metier.devoirs.enums import NatureMesure
from cordee.metier.devoirs.models import MesureDecidee
from cordee.metier.personnes.enums import EtatDroit
from cordee.reglementation import delais

REGLE_FERMETURE = "retablir_droit_limite"
_SANS_DECISION = "Demander à la caisse ce qui manque, puis l'aider à le fournir."
# What to do with the person, by motive: of the payment (état 4), of the right (état 3).
_GESTES_VERSEMENT: Mapping[str, str] = {
    "04": "Faire renouveler le titre de séjour et porter le récépissé à la caisse.",
    "06": "Faire avec elle la déclaration trimestrielle qui manque, en ligne ou sur papier.",
    "09": "Rassembler les preuves de sa résidence en France et les porter à la caisse.",
    "19": "Confirmer avec elle sa situation de famille auprès de la caisse.",
    "35": "L'aider à demander sa retraite, puis à en porter la preuve à la caisse.",
    "36": "Rapporter à la caisse le titre de séjour ou le récépissé en cours.",
    "AB": "Vérifier avec elle où elle vit, et le déclarer à la caisse.",
}
_GESTES_DROIT: Mapping[str, str] = {
    "DE": "Rendre l'imprimé de contrôle à la caisse.",
    "GC": "Rendre l'imprimé de contrôle à la caisse.",
    "DG": "Un décès est signalé dans le foyer : attendre qu'il soit vérifié avant tout contact.",
    "DH": "Un décès est signalé dans le foyer : attendre qu'il soit vérifié avant tout contact.",
    "DL": "Vérifier son adresse et la déclarer à la caisse : le courrier est revenu.",
    "DM": "Vérifier son adresse et la déclarer à la caisse.",
    "DQ": "Renouveler l'élection de domicile auprès de l'organisme qui la domicilie.",
    "DA": "Confirmer avec elle sa situation de famille auprès de la caisse.",
    "DB": "Compléter avec elle la déclaration de ses ressources.",
}
_DEMANDES: Mapping[str, str] = {
    "etat_0": "la demande attend la décision du Département",
    "versement_CV": "le versement est arrêté jusqu'à la décision du Département",
    "ressources_non_salarie": "évaluer les ressources de son activité indépendante",
    "liberalites": "tenir compte ou non de libéralités non déclarées",
    "paiement_tiers": "verser l'allocation à un tiers",
}
_SANCTIONS: Mapping[str, str] = {
    "versement_CG": "versement arrêté : sanction appliquée",
    "reduction": "montant réduit sur décision du Département",
    "condition_NR": "contrat d'insertion noté non respecté, avec refus du Département",
    "cloture_PCG": "droit clos par décision du Département",
}


@dataclass(frozen=True, slots=True)
class Suspension:
    """Why a right is suspended, what to do, and until when before it may close."""

    phrase: str
    geste: str
    fermeture: delais.Echeance | None


def suspension(etat: str, motif: str, motif_le: date | None) -> Suspension | None:
    """What a suspended right says, or nothing when it is not suspended.

    >>> s = suspension("4", "06", date(2026, 1, 1))
    >>> s.phrase, s.fermeture.terme
    ('versement suspendu : déclaration trimestrielle de ressources non fournie', datetime.date(2026, 5, 1))
    """
    if etat == EtatDroit.VERSEMENT_SUSPENDU:
        balise, tete, gestes = "MOTISUSVERSRSA", "versement suspendu", _GESTES_VERSEMENT
    elif etat == EtatDroit.OUVERT_SUSPENDU:
        balise, tete, gestes = "MOTISUSDRORSA", "droit suspendu", _GESTES_DROIT
    else:
        return None
    raison = libelle(balise, motif).removeprefix("Dossier suspendu : ").removeprefix("Prestations suspendues : ")
    fermeture = delais.echeance(REGLE_FERMETURE, depuis=motif_le) if motif_le else None
    return Suspension(f"{tete} : {_minuscule(raison)}", gestes.get(motif, _SANS_DECISION), fermeture)


def demandes_en_mots(objets: Iterable[str]) -> list[str]:
    """What the body asks, one phrase each.

    >>> demandes_en_mots(["derogation_AGE", "versement_CV"])
    ["déroger à la condition d'âge", "le versement est arrêté jusqu'à la décision du Département"]
    """
    return [_demande(code) for code in objets]


def _demande(code: str) -> str:
    if code in _DEMANDES:
        return _DEMANDES[code]
    genre, _, valeur = code.partition("_")
    if genre == "derogation":
        return f"déroger à la {_minuscule(libelle('TYPEDERO', valeur))}"
    return f"donner un avis : {_minuscule(libelle('MOTICONDADMRSA', valeur))}"


def sanctions_en_mots(objets: Iterable[str]) -> list[str]:
    """What the body applies as a sanction.

    >>> sanctions_en_mots(["droit_GL"])
    ['RSA suspendu : action non engagée']
    """
    return [_SANCTIONS.get(code) or libelle("MOTISUSDRORSA", code.partition("_")[2]) for code in objets]


def differences_en_mots(ecarts: Iterable[Mapping[str, str]]) -> str:
    """What the body applies otherwise than it was asked (``EchoCaisse.ecarts``).

    >>> differences_en_mots([{"quoi": "montant", "attendu": "284.46", "vu": "400"}])
    '284,46 € par mois demandés, 400 € retenus'
    >>> differences_en_mots([{"quoi": "fin", "attendu": "2026-03-01", "vu": "2026-05-01"}])
    'dernier mois demandé 03/2026, appliqué 05/2026'
    """
    mots = []
    for e in ecarts:
        attendu, vu = _valeur(e["attendu"]), _valeur(e["vu"])
        if e["quoi"] == "montant":
            mots.append(f"{attendu} € par mois demandés, {vu} € retenus")
        elif e["quoi"] == "part":
            mots.append(f"part demandée {attendu}, versement arrêté en entier")
        else:
            mots.append(f"{'premier' if e['quoi'] == 'debut' else 'dernier'} mois demandé {attendu}, appliqué {vu}")
    return " ; ".join(mots)


def _valeur(texte: str) -> str:
    if len(texte) == len("2026-03-01") and texte[4] == "-":
        return f"{texte[5:7]}/{texte[:4]}"
    return texte.replace(".", ",")


def mesure_en_mots(mesure: MesureDecidee) -> str:
    """« Suspension de 50 % à compter du 01/02/2026 (Arrêté 2026-12) »."""
    part = f" de {mesure.taux} %" if mesure.taux else f" de {mesure.montant} € par mois" if mesure.montant else ""
    fin = f", jusqu'au {mesure.fin:%d/%m/%Y}" if mesure.fin else ""
    return f"{NatureMesure(mesure.nature).libelle}{part} à compter du {mesure.debut:%d/%m/%Y}{fin} ({mesure.preuve})"


def depuis(donnees: Mapping[str, Any]) -> str:
    """« depuis le 05/01/2026 », when the file gives the day."""
    iso = donnees.get("depuis")
    return f"depuis le {date.fromisoformat(str(iso)):%d/%m/%Y}" if iso else ""


def _minuscule(texte: str) -> str:
    return texte[:1].lower() + texte[1:]
