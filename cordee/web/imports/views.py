"""Files received: list, deposit, pre-flight, progress, report."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from cordee.echanges.caf import depot
from cordee.echanges.caf.apercu import Apercu
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.echanges.guichet import services as guichet
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.imports import calendrier, compte_rendu, controle, lancement, televersement
from cordee.web.imports.apparences import aspect, en_attente
from cordee.web.imports.formulaires import FiltresFichiers, FormulaireDepot, FormulaireReception
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv

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
COLONNES = [
    Colonne("fichier", "Fichier", champs=("reference_le",)),
    Colonne("recu", "Reçu le", champs=("recu_le",)),
    Colonne("depose", "Déposé", champs=("depose_le",)),
    Colonne("foyers", "Foyers", triable=False, nombre=True),
    Colonne("mouvements", "Entrées et sorties", triable=False),
    Colonne("statut", "État", champs=("statut",)),
]
COLONNES_REJETS = [
    Colonne("ligne", "Ligne du fichier", triable=False, nombre=True),
    Colonne("numdemrsa", "Numéro de demande", triable=False),
    Colonne("motif", "Pourquoi", triable=False),
]


@acces(Permission.IMPORTER)
def liste(request: HttpRequest) -> HttpResponse:
    """The files received, what waits for the desk first, what should be here and is not (R29)."""
    au = horloge.aujourdhui()
    filtres = FiltresFichiers(request.GET)
    tri = lire_tri(request.GET, COLONNES, "-depose")
    fichiers = filtres.filtrer().order_by(*champs_de_tri(tri, COLONNES, dernier="-pk"))
    if request.GET.get("export") == "csv":
        return _exporter(fichiers)
    page = Paginator(fichiers, PAR_PAGE).get_page(request.GET.get("page"))
    attendus = calendrier.attendus(au)
    a_traiter = FichierRecu.objects.filter(statut__in=(S.RECU, S.A_CONFIRMER)).select_related("organisme")
    contexte = {
        "filtres": filtres,
        "colonnes": COLONNES,
        "tri": tri,
        "page": page,
        "lignes": [_ligne(f) for f in page],
        "attendus": [(a, calendrier.mois_en_mots(a.mois), a.dernier.reference_le) for a in attendus],
        "a_traiter": [(f, controle.titre(f), aspect(f)) for f in a_traiter.order_by("depose_le")[:10]],
        "au": au,
    }
    return render(request, "imports/liste.html", contexte)


@acces(Permission.IMPORTER)
@csrf_exempt  # checked in ``_deposer``, once the handlers of the request are in place
def deposer(request: HttpRequest) -> HttpResponse:
    """Take a file. Its bytes go to the disk; nothing enters the domain before « Charger »."""
    televersement.preparer(request)
    return _deposer(request)


@csrf_protect
def _deposer(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "imports/depot.html", {"form": FormulaireDepot()})
    formulaire = FormulaireDepot(request.POST, request.FILES)
    if televersement.trop_gros(request):
        formulaire.errors.pop("fichier", None)  # « choisissez un fichier » would be wrong: it was too big
        formulaire.add_error("fichier", "Il dépasse 1 Go. Compressez-le (.gz), puis déposez-le de nouveau.")
    elif formulaire.is_valid():
        maintenant = horloge.maintenant()
        dernier = FichierRecu.objects.aggregate(dernier=Max("pk"))["dernier"] or 0
        envoi: TemporaryUploadedFile = formulaire.cleaned_data["fichier"]
        try:
            fichier = guichet.recevoir(
                chemin=Path(envoi.temporary_file_path()), nom=envoi.name or "sans nom",
                recu_le=formulaire.cleaned_data["recu_le"], par=agent_courant(request), le=maintenant,
            )  # fmt: skip
        except ErreurMetier as refus:
            formulaire.add_error(None, str(refus))
        else:
            deja = fichier.pk <= dernier
            guichet.noter_apercu(fichier=fichier)
            return redirect(reverse("import", args=[fichier.pk]) + (f"?{urlencode({'deja': 1})}" if deja else ""))
    return render(request, "imports/depot.html", {"form": formulaire}, status=422)


@acces(Permission.IMPORTER)
def fichier(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: before its loading the pre-flight, during it the progress, after it the report."""
    recu = get_object_or_404(FichierRecu.objects.select_related("organisme", "depose_par"), pk=pk)
    au = horloge.aujourdhui()
    contexte: dict[str, Any] = {
        "fichier": recu,
        "titre": controle.titre(recu),
        "aspect": aspect(recu),
        "au": au,
        "deja": request.GET.get("deja") == "1",
        "fil": [("Fichiers reçus", reverse("imports")), (controle.titre(recu), "")],
    }
    if recu.statut == S.EN_COURS or en_attente(recu):
        contexte |= {"progression": _progression(recu), "phase": "charger"}
        return render(request, "imports/en_cours.html", contexte)
    if recu.statut == S.CHARGE:
        rejets = Paginator(recu.rejets.order_by("ligne"), REJETS_PAR_PAGE).get_page(request.GET.get("page"))
        contexte |= {"compte_rendu": compte_rendu.composer(recu), "rejets": rejets, "colonnes": COLONNES_REJETS}
        return render(request, "imports/rapport.html", contexte)
    if recu.statut == S.REFUSE:
        contexte |= {"reprenable": recu.erreur == depot.ECARTE}
        return render(request, "imports/refuse.html", contexte)
    contexte |= {"controle": controle.controler(recu, au), "confirmer": recu.statut == S.A_CONFIRMER}
    if recu.statut == S.A_CONFIRMER:
        contexte["compte_rendu"] = compte_rendu.composer(recu)
    return render(request, "imports/controle.html", contexte)


@acces(Permission.IMPORTER)
def progression(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for every two seconds; at its end the whole page moves to the report."""
    recu = get_object_or_404(FichierRecu, pk=pk)
    if recu.statut == S.EN_COURS or en_attente(recu):
        return render(request, "imports/progression.html", {"progression": _progression(recu)})
    return htmx.rediriger(request, reverse("import", args=[pk]))


@acces(Permission.IMPORTER)
@require_POST
def charger(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the loading. What is odd must have been confirmed."""
    recu = get_object_or_404(FichierRecu.objects.select_related("organisme"), pk=pk)
    vu = controle.controler(recu, horloge.aujourdhui())
    if vu.a_cocher and request.POST.get("confirme") != "on":
        raise ErreurMetier("Cochez la case qui confirme que ce fichier est bien destiné à notre département.")
    confirmer = recu.statut == S.A_CONFIRMER and request.POST.get("confirmer") == "1"
    if recu.statut == S.A_CONFIRMER and not confirmer:
        raise ErreurMetier("Ce fichier attend une confirmation : relisez ce qui s'y oppose, puis confirmez.")
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
    """Correct the day of reception."""
    recu = get_object_or_404(FichierRecu, pk=pk)
    formulaire = FormulaireReception(request.POST or None, initial={"recu_le": recu.recu_le})
    if request.method == "POST" and formulaire.is_valid():
        try:
            depot.corriger_reception(
                fichier=recu, recu_le=formulaire.cleaned_data["recu_le"], par=agent_courant(request),
                le=horloge.maintenant(),
            )  # fmt: skip
        except ErreurMetier as refus:
            formulaire.add_error("recu_le", str(refus))
        else:
            return htmx.rediriger(request, reverse("import", args=[pk]))
    contexte = {"form": formulaire, "fichier": recu, "gabarit": htmx.gabarit(request),
                "retour": reverse("import", args=[pk])}  # fmt: skip
    return render(request, "imports/reception.html", contexte, status=422 if request.method == "POST" else 200)


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


def _progression(recu: FichierRecu) -> dict[str, Any]:
    """What the page shows: which of the four stages, and how far the reading is."""
    apercu = depot.apercu_de(recu)
    total = apercu.foyers if apercu else int(recu.rapport.get("foyers_lus") or 0)
    stade = next((cle for cle, debut, _ in STADES if recu.etape_traitement.startswith(debut)), "")
    detail = recu.etape_traitement or "Préparation"
    lit = stade == "lecture" and recu.avancement and total
    if lit:
        detail += f" : {_nombre(min(recu.avancement, total))} foyers sur {_nombre(total)}"
    return {
        "etapes": [{"cle": cle, "libelle": libelle} for cle, _, libelle in STADES],
        "stade": stade or STADES[0][0],
        "valeur": min(recu.avancement, total) if lit else None,
        "maximum": total or 1,
        "detail": f"{detail}.",
        "url": reverse("import_progression", args=[recu.pk]),
    }


def _nombre(n: int) -> str:
    return f"{n:,}".replace(",", "\u202f")


def _ligne(f: FichierRecu) -> dict[str, Any]:
    rapport = f.rapport if isinstance(f.rapport, dict) else {}
    apercu = Apercu.de_json(rapport["apercu"]) if "apercu" in rapport else None
    foyers = rapport.get("foyers_lus") or (apercu.foyers if apercu else None)
    charge = f.statut == S.CHARGE
    entrees = rapport.get("nouveaux_entrants", 0) + rapport.get("retours", 0) if charge else None
    return {"fichier": f, "titre": controle.titre(f), "aspect": aspect(f), "foyers": foyers, "entrees": entrees,
            "sorties": rapport.get("sortants", 0) if charge else None}  # fmt: skip


def _exporter(fichiers: Any) -> HttpResponse:
    entetes = ["Fichier", "Nom", "Reçu le", "Déposé le", "Par", "État", "Foyers", "Entrées", "Sorties", "Empreinte"]
    lignes = []
    for f in fichiers.iterator(chunk_size=500) if hasattr(fichiers, "iterator") else fichiers:
        x = _ligne(f)
        lignes.append([x["titre"], f.nom, f.recu_le, f.depose_le, str(f.depose_par), x["aspect"].libelle,
                       x["foyers"], x["entrees"], x["sorties"], f.empreinte])  # fmt: skip
    return en_csv("fichiers-recus", entetes, lignes)
