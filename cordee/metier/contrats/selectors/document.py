"""The contract as its printed document reads it (template « contrat_engagement »)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from cordee.metier.contrats import regles
from cordee.metier.contrats.enums import Engage
from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.selectors.contrat import contenu_de, representant_qui_assiste
from cordee.metier.courriers.expediteurs import adresse_de, expediteur
from cordee.metier.courriers.regles import date_fr
from cordee.metier.courriers.selectors import nom_complet
from cordee.metier.personnes.enums import PrecisionNaissance, Sexe
from cordee.socle.horloge import jour


def donnees_document(contrat: Contrat, *, le: datetime) -> dict[str, Any]:
    """The contract as its printed document reads it."""
    contenu = contenu_de(contrat)
    structure, referent, personne = contrat.structure, contrat.referent, contrat.personne
    qui: dict[str, Any] = {"nom": nom_complet(personne)}
    if personne.date_naissance and personne.precision_naissance == PrecisionNaissance.JOUR:
        accord = {Sexe.FEMME: "née", Sexe.HOMME: "né"}.get(Sexe(personne.sexe), "né(e)")
        qui["naissance"] = f"{accord} le {date_fr(personne.date_naissance, avec_jour=False)}"
    representant = representant_qui_assiste(personne, au=jour(le))
    if representant is not None and representant.nom:
        qui["representant"] = representant.nom
    return {
        "departement": expediteur(structure),
        "personne": qui,
        "organisme": {"nom": structure.nom, "adresse": adresse_de(structure)},
        "referent": {
            "nom": contenu.referent,
            "telephone": (referent.telephone if referent else "") or structure.telephone,
            "courriel": referent.courriel if referent else "",
        },
        "objectifs": [*regles.objectifs(contenu.projet), *contenu.buts],
        "engagements_organisme": _promesses(contenu.lignes, Engage.ORGANISME),
        "engagements_personne": _promesses(contenu.lignes, Engage.PERSONNE),
        "actions": [_action(ligne) for ligne in regles.plan(contenu.lignes)],
        "heures": _heures(contrat),
        "prochaine_actualisation": contrat.prochaine_actualisation,
        **_offre(contrat),
        "signatures": {"personne_le": contrat.signe_personne_le, "organisme_le": contrat.signe_referent_le},
    }


def _promesses(lignes: Sequence[regles.Ligne], engage: Engage) -> list[str]:
    """What one side commits to, with its day: ours is a date she can hold us to."""
    dates = {x.texte: x.avant_le for x in lignes if x.engage is engage and x.famille is None}
    return [
        texte + (f" (avant le {date_fr(quand, avec_jour=False)})" if (quand := dates.get(texte)) else "")
        for texte in regles.promesses(lignes, engage)
    ]


def _offre(contrat: Contrat) -> dict[str, Any]:
    """The reasonable offer of employment, once its three parts are agreed on (R5411-15-1)."""
    if not (contrat.ore_emploi and contrat.ore_zone and contrat.ore_salaire):
        return {}
    return {
        "offre_raisonnable": {
            "emploi": contrat.ore_emploi, "zone": contrat.ore_zone, "salaire": contrat.ore_salaire,
        }
    }  # fmt: skip


def _action(ligne: regles.Ligne) -> dict[str, str]:
    action = {
        "intitule": ligne.texte,
        "avec": "vous" if ligne.engage is Engage.PERSONNE else "vous et votre référent",
    }
    if ligne.avant_le:
        action["quand"] = f"avant le {date_fr(ligne.avant_le, avec_jour=False)}"
    if ligne.heures:
        action["heures"] = _nombre(ligne.heures)
    return action


def _heures(contrat: Contrat) -> dict[str, Any]:
    motif = regles.motif_heures_en_mots(contrat.motif_heures, contrat.precision_heures)
    if contrat.heures == 0:
        dates = {"demande_le": contrat.demande_dispense_le, "revue_le": contrat.revue_heures_le}
        return {"sans_duree": {**dates, "motif": _en_minuscule(motif)}}
    heures: dict[str, Any] = {"hebdomadaire": f"{_nombre(contrat.heures or Decimal(0))} heures"}
    if motif:
        heures["motif_baisse"] = _en_minuscule(motif)
    return heures


def _nombre(valeur: Decimal) -> str:
    """Without useless zeros, with the French comma."""
    return f"{valeur.normalize():f}".replace(".", ",")


def _en_minuscule(texte: str) -> str:
    return texte[:1].lower() + texte[1:]
