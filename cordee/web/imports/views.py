"""Files received: history, pre-flight, progress, report."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from cordee.echanges.caf import depot
from cordee.echanges.fichiers.dates import corriger_date_du_fichier, date_a_saisir
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, StatutElement, StatutFichier
from cordee.echanges.guichet import services as guichet
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.imports import attendus, compte_rendu, compte_rendu_lignes, controle, lancement
from cordee.web.imports.apparences import aspect, charge_en_cours, en_attente, faits_du_fichier, nombre, titre
from cordee.web.imports.formulaires import FiltresFichiers, FormulaireReception
from cordee.web.imports.liste import COLONNES, exporter, ligne
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv
from cordee.web.socle.fraicheur import droits_au_de, prochains_de

S = StatutFichier
PAR_PAGE = 25
REJETS_PAR_PAGE = 50
# The stages of a loading: how ``services.charger`` begins to name each.
STADES = (
    ("lecture", "Lecture", "Lire"),
    ("rapprochement", "Rapprochement", "Reconnaître les personnes"),
    ("ecriture", "Écriture", "Écrire"),
    ("parcours", "Parcours", "Ouvrir les étapes"),
)
COLONNES_REJETS = [
    Colonne("ligne", "Ligne du fichier", triable=False),
    Colonne("numdemrsa", "Numéro de demande", triable=False),
    Colonne("motif", "Pourquoi", triable=False),
    Colonne("statut", "État", triable=False),
]


@acces(Permission.IMPORTER)
def liste(request: HttpRequest) -> HttpResponse:
    """The files received, what waits for the desk first, what should be here and is not (R29)."""
    au = horloge.aujourdhui()
    filtres = FiltresFichiers(request.GET)
    tri = lire_tri(request.GET, COLONNES, "-depose")
    fichiers = filtres.filtrer().order_by(*champs_de_tri(tri, COLONNES, dernier="-pk"))
    if request.GET.get("export") == "csv":
        return exporter(fichiers)
    page = Paginator(fichiers, PAR_PAGE).get_page(request.GET.get("page"))
    a_traiter = FichierRecu.objects.filter(statut__in=(S.RECU, S.A_CONFIRMER)).select_related("organisme", "emetteur")
    suivants = prochains_de(request)
    contexte = {
        "filtres": filtres,
        "colonnes": COLONNES,
        "tri": tri,
        "page": page,
        "lignes": [ligne(f) for f in page],
        "annonces": [attendus.annonce(p) for p in suivants if p.jours],
        "prochains": [p for p in suivants if not p.jours],
        "a_traiter": [(f, titre(f), aspect(f)) for f in a_traiter.order_by("depose_le")[:10]],
        "droits_au": droits_au_de(request),
        "mis_de_cote": ElementRejete.objects.filter(statut=StatutElement.EN_ATTENTE).count(),
        "au": au,
    }
    return render(request, "imports/liste.html", contexte)


@acces(Permission.IMPORTER)
def fichier(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: before its loading the pre-flight, during it the progress, after it the report."""
    recu = get_object_or_404(FichierRecu.objects.select_related("organisme", "emetteur", "depose_par"), pk=pk)
    au = horloge.aujourdhui()
    contexte: dict[str, Any] = {
        "fichier": recu,
        "titre": titre(recu),
        "aspect": aspect(recu),
        "au": au,
        "deja": request.GET.get("deja") == "1",
        "fil": [("Fichiers reçus", reverse("imports")), (titre(recu), "")],
    }
    if charge_en_cours(recu):
        contexte |= {"progression": _progression(recu)}
        return render(request, "imports/en_cours.html", contexte)
    if recu.statut == S.CHARGE:
        return _rapport(request, recu, contexte)
    if recu.statut == S.REFUSE:
        reprenable = recu.erreur == depot.ECARTE
        contexte |= {"reprenable": reprenable, "conseil": controle.que_faire(recu), "faits": faits_du_fichier(recu)}
        return render(request, "imports/refuse.html", contexte)
    vu = controle.controler(recu, au)
    contexte |= {"controle": vu, "confirmer": recu.statut == S.A_CONFIRMER,
                 "date_a_saisir": date_a_saisir(recu)}  # fmt: skip
    if vu.sans_correspondance:
        contexte["url_correspondance"] = _url_correspondance(pk)
    if recu.statut == S.A_CONFIRMER:
        contexte["rejets_prevus"] = len(recu.rapport.get("rejets", ()))
    return render(request, "imports/controle.html", contexte)


def _rapport(request: HttpRequest, recu: FichierRecu, contexte: dict[str, Any]) -> HttpResponse:
    """What the loading did: movements for the beneficiaries, counts of lines for the other kinds."""
    foyers = recu.type.startswith("beneficiaires")
    if request.GET.get("export") == "csv":
        return (compte_rendu if foyers else compte_rendu_lignes).en_tableau(recu)
    rejets = Paginator(recu.rejets.order_by("ligne"), REJETS_PAR_PAGE).get_page(request.GET.get("page"))
    vu = (compte_rendu if foyers else compte_rendu_lignes).composer(recu)
    contexte |= {"compte_rendu": vu, "rejets": rejets, "colonnes": COLONNES_REJETS, "faits": faits_du_fichier(recu)}
    return render(request, "imports/rapport.html" if foyers else "imports/rapport_lignes.html", contexte)


@acces(Permission.IMPORTER)
def progression(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for every two seconds; at its end the whole page moves to the report."""
    recu = get_object_or_404(FichierRecu, pk=pk)
    if charge_en_cours(recu):
        contexte = {"progression": _progression(recu), "aspect": aspect(recu)}
        return render(request, "imports/progression.html", contexte)
    return htmx.rediriger(request, reverse("import", args=[pk]))


@acces(Permission.IMPORTER)
@require_POST
def charger(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the loading. What is odd must have been confirmed."""
    recu = get_object_or_404(FichierRecu.objects.select_related("organisme"), pk=pk)
    vu = controle.controler(recu, horloge.aujourdhui())
    if vu.a_cocher and request.POST.get("confirme") != "on":
        raise ErreurMetier("Cochez la case qui confirme que ce fichier est bien destiné à notre département.")
    if vu.sans_correspondance:
        raise ErreurMetier("Dites d'abord comment lire ce tableau : choisissez ou créez sa correspondance.")
    confirmer = recu.statut == S.A_CONFIRMER and request.POST.get("confirmer") == "1"
    if recu.statut == S.A_CONFIRMER and not confirmer:
        raise ErreurMetier("Ce fichier attend une confirmation : relisez ce qui s'y oppose, puis confirmez.")
    with transaction.atomic():
        if vu.departement:
            depot.accepter_departement(
                fichier=recu, departement=vu.departement, par=agent_courant(request), le=horloge.maintenant()
            )
        if vu.en_parties and request.POST.get("partie") == "on":
            depot.annoncer_partie(fichier=recu, par=agent_courant(request), le=horloge.maintenant())
        lancement.demander(fichier=recu, par=agent_courant(request), confirmer=confirmer)
    return redirect("import", pk)


@acces(Permission.IMPORTER)
@require_POST
def relancer(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask again for a loading that seems to have stopped (its process was killed)."""
    lancement.relancer(fichier=get_object_or_404(FichierRecu, pk=pk), par=agent_courant(request))
    return redirect("import", pk)


@acces(Permission.IMPORTER)
def reception(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the day of reception, and the day a file speaks of when it does not say it."""
    recu = get_object_or_404(FichierRecu, pk=pk)
    a_dater = date_a_saisir(recu)
    initiales = {"recu_le": recu.recu_le, "date_du_fichier": recu.reference_le}
    formulaire = FormulaireReception(request.POST or None, initial=initiales, date_a_saisir=a_dater)
    if request.method == "POST" and formulaire.is_valid():
        try:
            _corriger_les_dates(request, recu, formulaire.cleaned_data)
        except ErreurMetier as refus:
            formulaire.add_error("recu_le", str(refus))
        else:
            return htmx.rediriger(request, reverse("import", args=[pk]))
    contexte = {"form": formulaire, "fichier": recu, "gabarit": htmx.gabarit(request),
                "titre": "Dates du fichier" if a_dater else "Date de réception",
                "retour": reverse("import", args=[pk])}  # fmt: skip
    return render(request, "imports/reception.html", contexte, status=422 if request.method == "POST" else 200)


@transaction.atomic
def _corriger_les_dates(request: HttpRequest, recu: FichierRecu, lus: dict[str, Any]) -> None:
    par, le = agent_courant(request), horloge.maintenant()
    depot.corriger_reception(fichier=recu, recu_le=lus["recu_le"], par=par, le=le)
    if lus.get("date_du_fichier"):
        corrige = corriger_date_du_fichier(fichier=recu, date_du_fichier=lus["date_du_fichier"], par=par, le=le)
        guichet.noter_apercu(fichier=corrige)


@acces(Permission.IMPORTER)
@require_POST
def ecarter(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the file aside, unloaded."""
    depot.ecarter(fichier=get_object_or_404(FichierRecu, pk=pk), par=agent_courant(request), le=horloge.maintenant())
    return redirect("import", pk)


@acces(Permission.IMPORTER)
@require_POST
def reprendre(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a file set aside."""
    recu = depot.reprendre(
        fichier=get_object_or_404(FichierRecu, pk=pk), par=agent_courant(request), le=horloge.maintenant()
    )
    guichet.noter_apercu(fichier=recu)
    return redirect("import", pk)


@acces(Permission.IMPORTER)
def rejets(request: HttpRequest, pk: int) -> HttpResponse:
    """The households set aside, as a table to send back to the paying body: line, number, reason. No name (V1)."""
    recu = get_object_or_404(FichierRecu, pk=pk)
    lignes = recu.rejets.order_by("ligne").values_list("ligne", "repere", "motif")
    return en_csv(f"mis-de-cote-{pk}", ["Ligne", "Numéro de demande", "Motif"], lignes.iterator(chunk_size=2000))


def _url_correspondance(pk: int) -> str:
    """Where one says how to read a table; nothing while no page does it."""
    try:
        return reverse("correspondance_du_fichier", args=[pk])
    except NoReverseMatch:
        return ""


def _progression(recu: FichierRecu) -> dict[str, Any]:
    """What the page shows: which of the four stages, how far the reading is, who comes before."""
    note = recu.rapport.get("apercu") or {}
    total = int(
        note.get("foyers") or note.get("lignes") or note.get("personnes") or recu.rapport.get("foyers_lus") or 0
    )
    attend, foyers = en_attente(recu), recu.type.startswith("beneficiaires")
    stade = "" if attend else next((cle for cle, debut, _ in STADES if recu.etape_traitement.startswith(debut)), "")
    detail = recu.etape_traitement or "Préparation"
    if recu.statut == S.EN_COURS and recu.etape_traitement == depot.EN_ATTENTE:
        detail = "Préparation"  # taken by the worker, which has said nothing yet
    lit = stade == "lecture" and recu.avancement and total
    if lit:
        unite = "foyers" if foyers else "lignes"
        detail += f" : {nombre(min(recu.avancement, total))} {unite} sur {nombre(total)}"
    return {
        "etapes": [{"cle": cle, "libelle": libelle} for cle, _, libelle in (STADES if foyers else STADES[:3])],
        "stade": stade or STADES[0][0],
        "valeur": min(recu.avancement, total) if lit else None,
        "maximum": total or 1,
        "detail": f"{detail}.",
        "avant": [(f, titre(f), aspect(f)) for f in lancement.avant(recu)] if attend else [],
        "url": reverse("import_progression", args=[recu.pk]),
    }
