"""The home of each agent: what she must do now, or the figures of her role."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.selectors import compter_file, verifier_parcours
from cordee.pilotage.vues_gardees.selectors import premiere_vue
from cordee.socle import horloge
from cordee.web.accueil import journee
from cordee.web.rapprochement.lectures import Demande, compter
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, peut
from cordee.web.socle.fraicheur import bilans_ouverts, droits_au_de, retards_annonces
from cordee.web.socle.identites import nom_court

P = Permission
JOURS_DE_DEBUT = 14


@acces()
def accueil(request: HttpRequest) -> HttpResponse:
    """One address, one page per kind of role. Steering, elected and admin roles see no person."""
    droits = habilitation_de(request)
    if droits.peut(P.VOIR_PERSONNES):
        return _journee(request)
    if droits.peut(P.PILOTER):
        vue = premiere_vue(pour=agent_courant(request))
        return redirect("pilotage_vue_ouvrir", pk=vue.pk) if vue is not None else redirect("pilotage")
    if droits.peut(P.ADMINISTRER):
        return redirect("administration")
    if droits.peut(P.SIEGER):
        return redirect("ep")
    return render(request, "accueil/sans_role.html")


def _journee(request: HttpRequest) -> HttpResponse:
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    au = horloge.jour(maintenant)
    compte = compter_file(pour=agent, au=au, droits=droits)
    rendez_vous = [
        {"rdv": r, "qui": nom_court(r.personne.prenom, r.personne.nom)}
        for r in journee.rendez_vous_du_jour(pour=agent, maintenant=maintenant, droits=droits)
    ]
    contexte: dict[str, Any] = {
        "au": au,
        "maintenant": maintenant,
        "prenom": agent.prenom or agent.nom,
        "compte": compte,
        "groupes": journee.groupes(compte),
        "lignes": journee.lignes(pour=agent, maintenant=maintenant, droits=droits, compte=compte),
        "rendez_vous": rendez_vous,
        "peut_convoquer": droits.peut(P.CONVOQUER),
        "chiffres": journee.mes_chiffres(pour=agent, maintenant=maintenant, droits=droits),
        "titre_fichier": journee.titre_du_fichier(droits),
        "premiers_pas": journee.premiers_pas(droits),
        "droits_au": droits_au_de(request),
        "bilans_ouverts": bilans_ouverts(request),
        "fichiers_en_retard": retards_annonces(request),
        "peut_importer": droits.peut(P.IMPORTER),
        "debutant": maintenant - agent.cree_le < timedelta(days=JOURS_DE_DEBUT),
        "encadre_equipe": droits.peut(P.ENCADRER),
        "encadre": peut(request, P.PILOTER, P.IMPORTER),
        "rapprochements": _rapprochements(request) if peut(request, P.SUIVRE, P.INSTRUIRE) else None,
        "urls": {
            "retard": journee.url_liste(moi="on", urgence="retard"),
            "semaine": journee.url_liste(moi="on", urgence="semaine"),
            "plus_tard": journee.url_liste(moi="on", urgence="plus_tard"),
        },
    }
    return render(request, "accueil/journee.html", contexte)


def _rapprochements(request: HttpRequest) -> dict[str, int]:
    """How many disagreements with the files wait for her, and how many are late."""
    comptes = compter(
        Demande(pour=agent_courant(request), au=horloge.aujourdhui(), droits=habilitation_de(request))
    ).values()
    return {"nombre": sum(n for n, _ in comptes), "retard": sum(r for _, r in comptes)}


@acces(P.PILOTER, P.ENCADRER, P.IMPORTER, P.ADMINISTRER)
def verification(request: HttpRequest) -> HttpResponse:
    """« Personne n'est oublié »: the check over everybody, loaded apart from the page it stands on."""
    maintenant = horloge.maintenant()
    resultat = verifier_parcours(horloge.jour(maintenant))
    return render(request, "accueil/verification.html", {"resultat": resultat, "maintenant": maintenant})
