"""What follows absences (E07): call back, convene again, sign the orientations by default, follow the operator's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import Finalite, Unite
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import structures_orientables, structures_ouvertes
from cordee.metier.orientation.services.defaut import (
    CATEGORIES,
    MAXIMUM,
    a_orienter_par_defaut,
    prononcer_par_defaut,
)
from cordee.metier.parcours.enums import Voie
from cordee.metier.parcours.models import Situation
from cordee.metier.suivi.absences import a_rappeler, chez_l_operateur, suites
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.metier.suivi.services import noter_aller_vers
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.arrivees.onglets import onglets
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import Colonne
from cordee.web.parcours.formulaires.orientation import structures_par_categorie
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export, ouvrir_dossier
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import communes_de, nom_complet, nom_court

P = Permission
PAR_PAGE = 25
RESULTATS = (
    (ResultatContact.JOINTE, "Jointe", "cocher"), (ResultatContact.MESSAGE, "Message laissé", "commentaire"),
    (ResultatContact.SANS_REPONSE, "Pas de réponse", "abandon"),
    (ResultatContact.ADRESSE_FAUSSE, "Mauvais numéro", "echec"),
)  # fmt: skip
COLONNES_DEFAUT = [
    Colonne("nom", "Personne", triable=False), Colonne("secteur", "Secteur", triable=False),
    Colonne("fait", "Ce qui a été tenté", triable=False), Colonne("terme", "Six semaines", triable=False),
]  # fmt: skip
COLONNES_OPERATEUR = [
    Colonne("nom", "Personne", triable=False), Colonne("secteur", "Secteur", triable=False),
    Colonne("terme", "Six semaines passées le", triable=False), Colonne("echeance", "À vérifier", triable=False),
    Colonne("actes", "Actions", triable=False, cachee=True),
]  # fmt: skip
ENTETES = ("Nom", "Prénom", "Secteur", "Information reçue le", "Six semaines passées le", "À vérifier avant le")


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def rappels(request: HttpRequest) -> HttpResponse:
    """People to call back, with the four answers a call may give."""
    return render(request, "arrivees/absences.html", _contexte_rappels(request))


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
@require_POST
def appel(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: what the call gave. A voice-mail is an attempt (R13); joined, a slot is offered at once."""
    dossier = ouvrir_dossier(request, pk, page="absences/appel", finalite=Finalite.SUIVI)
    if not dossier.peut(P.SUIVRE):
        raise PermissionDenied
    choisi = request.POST.get("resultat", "")
    if choisi not in {r.value for r, *_ in RESULTATS}:
        raise Http404
    resultat = ResultatContact(choisi)
    qui = nom_court(dossier.personne.prenom, dossier.personne.nom)
    dit: dict[str, Any]
    try:
        noter_aller_vers(
            personne=dossier.personne, resultat=resultat, genre=GenreContactSuivi.APPEL, par=agent_courant(request),
            le=horloge.maintenant(),
        )  # fmt: skip
        dit = {"fait": f"{qui} : {resultat.libelle.lower()}."}
        if resultat is ResultatContact.JOINTE:
            dit = {"fait": f"{qui} : jointe. Proposez un créneau pendant l'appel.", "jointe": dossier.personne}
    except ErreurMetier as erreur:
        dit = {"erreur": f"{qui} : {erreur}"}
    if not htmx.est_htmx(request):
        (messages.error if "erreur" in dit else messages.success)(request, dit.get("erreur") or dit["fait"])
        return redirect(f"{reverse('absences')}?{request.GET.urlencode()}")
    return render(request, "arrivees/_rappels.html", _contexte_rappels(request) | dit)


@acces(P.ENCADRER, finalite=Finalite.ORIENTATION)
def defaut(request: HttpRequest) -> HttpResponse:
    """The orientations to pronounce by default: read, then signed together."""
    agent, droits, maintenant = agent_courant(request), habilitation_de(request), horloge.maintenant()
    if not droits.peut(P.ORIENTER):
        raise PermissionDenied
    au = horloge.jour(maintenant)
    lignes = _du_secteur(a_orienter_par_defaut(pour=agent, au=au, droits=droits), request)
    erreur = ""
    refusees: list[tuple[str, str]] = []
    if request.method == "POST":
        erreur, refusees, fait = _signer(request, lignes)
        if fait and not refusees:
            return redirect(f"{reverse('absences_defaut')}?{request.GET.urlencode()}")
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = _commun(request, "defaut") | {
        "page": page, "lignes": _affichees(list(page.object_list), horloge.aujourdhui()),
        "colonnes": COLONNES_DEFAUT, "erreur": erreur, "refusees": refusees, "maximum": MAXIMUM,
        "voies": list(Voie), "organismes": structures_par_categorie(au, CATEGORIES),
    }  # fmt: skip
    return render(request, "arrivees/defaut.html", contexte, status=422 if erreur else 200)


@acces(P.SUIVRE, P.ENCADRER, finalite=Finalite.ORIENTATION)
def operateur(request: HttpRequest) -> HttpResponse:
    """People whose six weeks went by: the employment operator decides, the liaison checks that it did."""
    droits, au = habilitation_de(request), horloge.aujourdhui()
    if not droits.unites & {Unite.LIAISON, Unite.ENCADREMENT}:
        raise PermissionDenied
    lignes = _du_secteur(chez_l_operateur(pour=agent_courant(request), au=au, droits=droits), request)
    if request.GET.get("format") == "csv":
        if not droits.peut(P.EXPORTER):
            raise PermissionDenied
        return _exporter(request, lignes)
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = _commun(request, "operateur") | {
        "page": page, "lignes": _affichees(list(page.object_list), au), "colonnes": COLONNES_OPERATEUR,
        "peut_exporter": droits.peut(P.EXPORTER), "peut_orienter": droits.peut(P.ORIENTER),
    }  # fmt: skip
    return render(request, "arrivees/operateur.html", contexte)


# Parts --------------------------------------------------------------------------------------------------------------
def _commun(request: HttpRequest, onglet: str) -> dict[str, Any]:
    au = horloge.aujourdhui()
    return {
        "onglets": onglets(request, onglet), "au": au, "structures": list(structures_ouvertes(au=au)),
        "choisie": request.GET.get("structure", ""), "parametres": request.GET.urlencode(),
    }  # fmt: skip


def _contexte_rappels(request: HttpRequest) -> dict[str, Any]:
    au, droits = horloge.aujourdhui(), habilitation_de(request)
    lignes = _du_secteur(a_rappeler(pour=agent_courant(request), au=au, droits=droits), request)
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    affichees = _affichees(list(page.object_list), au)
    return _commun(request, "rappels") | {
        "page": page, "resultats": RESULTATS, "peut_convoquer": droits.peut(P.CONVOQUER),
        "lignes": [x for x in affichees if not x["suite"].appelee_aujourdhui],
        "appelees": [x for x in affichees if x["suite"].appelee_aujourdhui],
    }  # fmt: skip


def _du_secteur(lignes: QuerySet[Situation], request: HttpRequest) -> QuerySet[Situation]:
    choisie = request.GET.get("structure", "")
    return lignes.filter(structure_secteur=int(choisie)) if choisie.isdecimal() else lignes


def _affichees(situations: list[Situation], au: Any) -> list[dict[str, Any]]:
    communes = communes_de([s.personne_id for s in situations])
    return [
        {
            "suite": suite, "personne": suite.situation.personne, "nom": nom_complet(suite.situation.personne),
            "commune": communes.get(suite.situation.personne_id, ""), "etape": suite.situation.etape,
        }
        for suite in suites(situations, au=au)
    ]  # fmt: skip


def _signer(request: HttpRequest, lignes: QuerySet[Situation]) -> tuple[str, list[tuple[str, str]], bool]:
    """The error, who was refused and why, and whether something was signed."""
    ids = [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal()]
    if not request.POST.get("signe"):
        return "Cochez la phrase de signature : ces décisions engagent le Département.", [], False
    voie, vers = request.POST.get("voie", ""), request.POST.get("structure", "")
    if voie not in set(Voie):
        return "Choisissez un parcours.", [], False
    structure: Structure | None = None
    if vers.isdecimal():
        au = horloge.aujourdhui()
        possibles = [s for c in CATEGORIES for s in structures_orientables(categorie=c, au=au)]
        structure = next((s for s in possibles if s.pk == int(vers)), None)
    choisies = list(lignes.filter(personne__in=ids))
    try:
        bilan = prononcer_par_defaut(
            situations=choisies, voie=Voie(voie), structure=structure, par=agent_courant(request),
            le=horloge.maintenant(),
        )  # fmt: skip
    except ErreurMetier as refus:
        return str(refus), [], False
    n = len(bilan.decisions)
    if n:
        messages.success(
            request, f"{n} orientation{'s' if n > 1 else ''} par défaut signée{'s' if n > 1 else ''}. "
            "Chaque décision reste à notifier : elle est dans « À faire »."
        )  # fmt: skip
    noms = {s.personne_id: nom_court(s.personne.prenom, s.personne.nom) for s in choisies}
    return "", [(noms[pk], raison) for pk, raison in bilan.refusees.items()], bool(n)


def _exporter(request: HttpRequest, lignes: QuerySet[Situation]) -> HttpResponse:
    """What the page shows, for the exchange with the operator."""
    lues = list(lignes)
    journaliser_export(
        request, [s.personne_id for s in lues], finalite=Finalite.ORIENTATION, page="export/absences-operateur"
    )
    rangs = (
        (x.situation.personne.nom, x.situation.personne.prenom, str(x.situation.structure_secteur or ""),
         x.situation.recu_le, x.terme, x.situation.etape.echeance if x.situation.etape else None)
        for x in suites(lues, au=horloge.aujourdhui())
    )  # fmt: skip
    return en_csv(f"au-dela-des-six-semaines-{horloge.aujourdhui():%Y-%m-%d}", ENTETES, rangs)
