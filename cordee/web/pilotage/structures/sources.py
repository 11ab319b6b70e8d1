"""« D'où viennent les chiffres » (REQ-39, REQ-40): each source, its last arrival, the next, what it feeds."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.echanges.fichiers.calendrier import Attente, Cle, Prochain, attentes
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.metier.organismes.roles import Permission
from cordee.pilotage.selectors import ChiffresAbsents, fraicheur
from cordee.socle import horloge
from cordee.web.pilotage.etudes import contexte_etude
from cordee.web.pilotage.perimetre import publication_seule
from cordee.web.pilotage.structures.demande import sections
from cordee.web.pilotage.structures.dossiers import etude_du_jour
from cordee.web.socle.acces import acces, habilitation_de
from cordee.web.socle.fraicheur import prochains_de

P = Permission
T = TypeFichier
_NOURRIT: Final = {
    T.BENEFICIAIRES_MENSUEL: "Qui est soumis, foyers, adresses, ancienneté, entrées et sorties, allocation.",
    T.BENEFICIAIRES_QUOTIDIEN: "Les mêmes droits, entre deux photos mensuelles : arrivées, suspensions, radiations.",
    T.BENEFICIAIRES_EXCEPTIONNEL: "Les mêmes droits, quand l'organisme payeur les renvoie.",
    T.CONTACTS: "Téléphones et courriels : qui peut être joint, et le remplissage des dossiers.",
    T.OPERATEUR_EMPLOI: "Contrats, derniers échanges et référents des personnes suivies par l'opérateur de l'emploi.",
    T.PARTENAIRE: "Contrats, derniers échanges et référents des personnes que ce partenaire accompagne.",
}  # fmt: skip
ACTES: Final = (
    "Rendez-vous, diagnostics, orientations, contrats, échanges, heures : ce que notent les équipes, à la minute."
)


@acces(P.PILOTER, P.ENCADRER, P.IMPORTER)
def sources(request: HttpRequest) -> HttpResponse:
    """Where figures come from, and how old what they rest on is."""
    au = horloge.aujourdhui()
    suivants = {p.attente.cle: p for p in prochains_de(request)}
    derniers = _derniers()
    lignes = [_ligne(a, derniers.get(a.cle), suivants.get(a.cle), au) for a in attentes(au)]
    droits = habilitation_de(request)
    des_structures = not publication_seule(droits) and (droits.peut(P.PILOTER) or droits.peut(P.ENCADRER))
    contexte: dict[str, Any] = {
        "lignes": lignes, "au": au, "actes": ACTES,
        "sections": sections(request, "pilotage_structures_sources") if des_structures else [],
    }  # fmt: skip
    try:
        contexte["lac"] = fraicheur()
        etude = etude_du_jour(request)
    except ChiffresAbsents:
        return render(request, "pilotage/structures/sources.html", contexte)
    contexte |= contexte_etude(etude)
    if etude.resultat:
        contexte["ages"] = [_age(s) for s in etude.resultat["sources"]]
        contexte["saisie"] = etude.resultat["ensemble"].get("saisie")
    return render(request, "pilotage/structures/sources.html", contexte)


# Parts --------------------------------------------------------------------------------------------------------------
def _derniers() -> dict[Cle, FichierRecu]:
    """The last file loaded of each kind and sender: one query."""
    charges = FichierRecu.objects.filter(statut=StatutFichier.CHARGE).order_by(
        "type", "organisme", "emetteur", "-reference_le", "-depose_le"
    )
    lus = charges.distinct("type", "organisme", "emetteur").only(
        "type", "organisme", "emetteur", "reference_le", "recu_le", "lus"
    )
    return {Cle(f.type, f.organisme_id, f.emetteur_id): f for f in lus}


def _ligne(a: Attente, dernier: FichierRecu | None, suivant: Prochain | None, au: Any) -> dict[str, Any]:
    return {
        "quoi": a.quoi, "qui": a.qui, "rythme": a.periodicite.libelle.lower(),
        "nourrit": _NOURRIT[TypeFichier(a.cle.type)],
        "reference": dernier.reference_le if dernier else None, "recu": dernier.recu_le if dernier else None,
        "age": (au - dernier.recu_le).days if dernier else None,
        "elements": dernier.lus if dernier else None,
        "unite": "foyers" if a.cle.type.startswith("beneficiaires") else "lignes",
        "attendu": suivant.attendu_le if suivant else None, "retard": suivant.jours if suivant else 0,
    }  # fmt: skip


def _age(s: dict[str, Any]) -> dict[str, Any]:
    noms = {"caisse": "Organismes payeurs, pour une entrée", "operateur": "Opérateur de l'emploi"}
    return {**s, "nom": noms.get(s["genre"]) or s["nom"] or "Partenaire"}
