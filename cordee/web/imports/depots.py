"""Depositing files: one or several at once, each its own line; one refused does not stop the others (R30)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.echanges.guichet import services as guichet
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.imports import controle, lancement, televersement
from cordee.web.imports.apparences import aspect, charge_en_cours, titre
from cordee.web.imports.formulaires import FormulaireDepot
from cordee.web.socle.acces import acces, agent_courant

S = StatutFichier


@acces(Permission.IMPORTER)
@csrf_exempt  # checked in ``_deposer``, once the handlers of the request are in place
def deposer(request: HttpRequest) -> HttpResponse:
    """Take files. Their bytes go to the disk; nothing enters the domain before « Charger »."""
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
        dernier = FichierRecu.objects.aggregate(dernier=Max("pk"))["dernier"] or 0
        recus, refus = _recevoir(request, formulaire)
        if recus:
            for nom, phrase in refus:
                messages.error(request, f"{nom} : {phrase}")
            deja = [pk for pk in recus if pk <= dernier]
            if len(recus) == 1 and not refus:
                return redirect(reverse("import", args=recus) + ("?deja=1" if deja else ""))
            return redirect(f"{reverse('import_lot')}?{urlencode({'f': recus, 'deja': deja}, doseq=True)}")
        for nom, phrase in refus:
            formulaire.add_error(None, phrase if len(refus) == 1 else f"{nom} : {phrase}")
    return render(request, "imports/depot.html", {"form": formulaire}, status=422)


def _recevoir(request: HttpRequest, formulaire: FormulaireDepot) -> tuple[list[int], list[tuple[str, str]]]:
    """Each file at the counter: the ids of those recorded (refused ones too), then what could not even be recorded."""
    recus: list[int] = []
    refus: list[tuple[str, str]] = []
    envois: list[TemporaryUploadedFile] = formulaire.cleaned_data["fichier"]
    for envoi in envois:
        nom = envoi.name or "sans nom"
        try:
            fichier = guichet.recevoir(
                chemin=Path(envoi.temporary_file_path()), nom=nom, recu_le=formulaire.cleaned_data["recu_le"],
                par=agent_courant(request), le=horloge.maintenant(),
                date_du_fichier=formulaire.cleaned_data["date_du_fichier"],
            )  # fmt: skip
            guichet.noter_apercu(fichier=fichier)
        except ErreurMetier as erreur:
            refus.append((nom, str(erreur)))
        else:
            recus.append(fichier.pk)
    return list(dict.fromkeys(recus)), refus


@acces(Permission.IMPORTER)
def lot(request: HttpRequest) -> HttpResponse:
    """What has just been deposited together: each file with what it is, what worries, what to do next."""
    au = horloge.aujourdhui()
    deja = set(request.GET.getlist("deja"))
    lignes = [_ligne(f, au, deja=str(f.pk) in deja) for f in _fichiers(request.GET.getlist("f"))]
    contexte = {
        "lignes": lignes,
        "prets": [ligne["fichier"].pk for ligne in lignes if ligne["pret"]],
        "fil": [("Fichiers reçus", reverse("imports")), ("Dépôt", "")],
    }
    return render(request, "imports/lot.html", contexte)


@acces(Permission.IMPORTER)
@require_POST
def charger_lot(request: HttpRequest) -> HttpResponse:
    """Ask for the loading of those of the deposit that nothing worrying holds back, in the order of their dates."""
    au, par = horloge.aujourdhui(), agent_courant(request)
    fichiers = [f for f in _fichiers(request.POST.getlist("f")) if _ligne(f, au)["pret"]]
    for fichier in sorted(fichiers, key=lambda f: (f.reference_le or f.recu_le, f.pk)):
        lancement.demander(fichier=fichier, par=par, confirmer=False)
    adresse = urlencode({"f": request.POST.getlist("f")}, doseq=True)
    return redirect(f"{reverse('import_lot')}?{adresse}")


def _fichiers(ids: list[str]) -> list[FichierRecu]:
    """The files of an address, in its order; what is no id is ignored."""
    pks = [int(pk) for pk in ids if pk.isdecimal() and len(pk) < 19]
    connus = FichierRecu.objects.select_related("organisme", "emetteur", "depose_par").in_bulk(pks)
    return [connus[pk] for pk in dict.fromkeys(pks) if pk in connus]


def _ligne(f: FichierRecu, au: Any, *, deja: bool = False) -> dict[str, Any]:
    ligne: dict[str, Any] = {"fichier": f, "titre": titre(f), "aspect": aspect(f), "deja": deja, "pret": False}
    if f.statut in (S.RECU, S.A_CONFIRMER) and not charge_en_cours(f):
        vu = controle.controler(f, au)
        ligne["controle"] = vu
        ligne["pret"] = f.statut == S.RECU and not vu.grave
    return ligne
