"""A batch of letters: prepared, printed, given to the post in one act, or undone."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.echanges.messagerie import impression
from cordee.echanges.messagerie.taches import composer as tache_composer
from cordee.metier.courriers import services
from cordee.metier.courriers.enums import MoyenRemise, StatutLot, VueCourriers
from cordee.metier.courriers.models import Courrier, LotImpression
from cordee.metier.courriers.regles import MOYENS_POSTAUX
from cordee.metier.courriers.selectors import de_la_vue, filtrer
from cordee.metier.courriers.services.lots import FEUILLES_20_G
from cordee.metier.organismes.enums import Finalite
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.saisies import SaisieDate
from cordee.web.composants.tableaux import Colonne
from cordee.web.courriers.file import Filtres
from cordee.web.courriers.portee import ENVOYER, visibles
from cordee.web.socle.acces import acces, agent_courant, journaliser_export

S = StatutLot
PLIS_MONTRES = 200
COLONNES = [
    Colonne("destinataire", "Destinataire", triable=False),
    Colonne("page", "Page", triable=False, nombre=True),
    Colonne("code_postal", "Code postal", triable=False),
    Colonne("reference", "Référence", triable=False),
    Colonne("actes", "Actions", triable=False, cachee=True),
]


class FormulairePoste(forms.Form):
    """The day the batch was given to the post."""

    le_jour = forms.DateField(label="Remis à La Poste le", widget=SaisieDate)


class FormulairePages(forms.Form):
    """Which pages to print again."""

    de = forms.IntegerField(label="De la page", min_value=1)
    a = forms.IntegerField(label="à la page", min_value=1, required=False)


@acces(*ENVOYER, finalite=Finalite.SUIVI)
@require_POST
def preparer(request: HttpRequest) -> HttpResponse:
    """Gather ticked letters, or all those of the list, and put them into a file."""
    lus = {cle: v for cle, v in Filtres(request.GET).lus.items() if cle != "vue"}
    choisis = filtrer(de_la_vue(visibles(request), VueCourriers.A_ENVOYER), **lus)
    if request.POST.get("tout") != "1" and request.POST.getlist("ids"):
        choisis = choisis.filter(pk__in=[int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal()])
    moyen = request.POST.get("moyen", "")
    if moyen not in MOYENS_POSTAUX:
        raise Http404
    maintenant = horloge.maintenant()
    try:
        lot = services.preparer_lot(
            courriers=choisis, moyen=MoyenRemise(moyen), par=agent_courant(request), le=maintenant,
            recto_verso=request.POST.get("recto") != "1",
        )  # fmt: skip
    except services.LotImpossible as erreur:
        messages.warning(request, str(erreur))
        return redirect("courriers")
    journaliser_export(
        request, lot.lignes.values_list("courrier__personne_id", flat=True).distinct(), finalite=Finalite.SUIVI,
        page="lot de courriers",
    )  # fmt: skip
    _lancer(request, lot)
    return redirect("lot", pk=lot.pk)


def _lancer(request: HttpRequest, lot: LotImpression) -> None:
    """A small batch is made at once; a large one by the background worker."""
    if lot.plis > impression.A_LA_VOLEE:
        with transaction.atomic():
            tache_composer.defer(lot_id=lot.pk)
        return
    try:
        impression.preparer_fichiers(lot=lot, le=horloge.maintenant())
    except ErreurMetier as erreur:
        messages.warning(request, str(erreur))


@acces(*ENVOYER, finalite=Finalite.SUIVI)
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    """What the batch holds, its file, what to frank, what must be taken out of it."""
    trouve = _lot(request, pk)
    plis = trouve.lignes.select_related("courrier").order_by("rang")
    a_retirer: dict[int, str] = {}
    if trouve.statut == S.COMPOSE:
        siens = Courrier.objects.filter(pli__lot=trouve).only("pk", "personne_id", "annule_le")
        a_retirer = services.a_retirer(siens)
    contexte = {
        "lot": trouve, "statut": S(trouve.statut), "colonnes": COLONNES,
        "plis": plis[:PLIS_MONTRES], "au_dela": trouve.plis > PLIS_MONTRES,
        "a_retirer": [(p, a_retirer[p.courrier_id]) for p in plis.filter(courrier__in=a_retirer)] if a_retirer else [],
        "feuilles": [(n, combien, n <= FEUILLES_20_G)
                     for n, combien in services.compter_feuilles(trouve).items()],
        "total_feuilles": sum(n * combien for n, combien in services.compter_feuilles(trouve).items()),
        "fichier": _a_un_fichier(trouve), "parties": list(enumerate(trouve.decoupe, start=1)),
        "form_poste": FormulairePoste(initial={"le_jour": horloge.aujourdhui()}), "form_pages": FormulairePages(),
        "fil": [("Courriers", reverse("courriers")), (f"Lot n° {trouve.pk}", "")],
    }  # fmt: skip
    return render(request, "courriers/lot.html", contexte)


@acces(*ENVOYER, finalite=Finalite.SUIVI)
def progression(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the file is ready: asked every two seconds by the page of the batch."""
    trouve = _lot(request, pk)
    if trouve.statut == S.A_COMPOSER and not trouve.erreur:
        return render(request, "courriers/lot_progression.html", {"lot": trouve})
    reponse = HttpResponse(status=204)
    reponse.headers["HX-Redirect"] = reverse("lot", args=[trouve.pk])
    return reponse


@acces(*ENVOYER, finalite=Finalite.SUIVI)
def fichier(request: HttpRequest, pk: int, numero: int | None = None) -> HttpResponse:
    """The whole file of the batch, or one part."""
    trouve = _lot(request, pk)
    nom = f"courriers-lot-{trouve.pk}" + (f"-partie-{numero}" if numero else "") + ".pdf"
    ouvert = impression.fichier_du_lot(trouve, partie=numero).open("rb")
    reponse = FileResponse(ouvert, as_attachment=False, filename=nom, content_type="application/pdf")
    return cast("HttpResponse", reponse)


@acces(*ENVOYER, finalite=Finalite.SUIVI)
def pages(request: HttpRequest, pk: int) -> HttpResponse:
    """Some pages again, for what the printer spoiled."""
    trouve = _lot(request, pk)
    form = FormulairePages(request.GET)
    if not form.is_valid():
        messages.warning(request, "Indiquez le numéro d'une page du fichier.")
        return redirect("lot", pk=trouve.pk)
    de, a = form.cleaned_data["de"], form.cleaned_data["a"] or form.cleaned_data["de"]
    reponse = HttpResponse(
        impression.pages_du_lot(trouve, premiere=de, derniere=a), content_type="application/pdf"
    )  # fmt: skip
    reponse.headers["Content-Disposition"] = f'inline; filename="courriers-lot-{trouve.pk}-pages-{de}-{a}.pdf"'
    return reponse


@acces(*ENVOYER, finalite=Finalite.SUIVI)
@require_POST
def composer(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the file again."""
    trouve = _lot(request, pk)
    _lancer(request, trouve)
    if trouve.plis > impression.A_LA_VOLEE:
        messages.info(request, "Le fichier se prépare : il sera là dans une minute ou deux.")
    return redirect("lot", pk=trouve.pk)


@acces(*ENVOYER, finalite=Finalite.SUIVI)
@require_POST
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """The batch was given to the post: all its letters are noted as sent."""
    trouve = _lot(request, pk)
    form = FormulairePoste(request.POST)
    if not form.is_valid():
        messages.warning(request, "Indiquez le jour de la remise à La Poste.")
        return redirect("lot", pk=trouve.pk)
    depart = services.poster(
        lot=trouve, le_jour=form.cleaned_data["le_jour"], par=agent_courant(request), le=horloge.maintenant()
    )  # fmt: skip
    impression.oublier_fichiers(trouve)
    n = depart.envoyes
    messages.success(request, f"{n} courrier{'s' if n > 1 else ''} noté{'s' if n > 1 else ''} comme envoyé.")
    if depart.retires:
        messages.warning(request, f"{len(depart.retires)} pli à ne pas poster : il n'est pas noté comme envoyé.")
    return redirect("lot", pk=trouve.pk)


@acces(*ENVOYER, finalite=Finalite.SUIVI)
@require_POST
def annuler(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the batch: its letters wait again."""
    trouve = _lot(request, pk)
    n = services.annuler_lot(lot=trouve, par=agent_courant(request), le=horloge.maintenant())
    impression.oublier_fichiers(trouve)
    messages.success(request, f"Lot annulé : {n} courrier{'s attendent' if n > 1 else ' attend'} de nouveau.")
    return redirect("courriers")


def _lot(request: HttpRequest, pk: int) -> LotImpression:
    """A batch is open to who reaches every letter of it; absent and out of reach look the same."""
    trouve = LotImpression.objects.select_related("cree_par", "poste_par").filter(pk=pk).first()
    if trouve is None:
        raise Http404
    siens = Courrier.objects.filter(pli__lot=trouve)
    hors = siens.exclude(pk__in=visibles(request).order_by().values("pk")).exists()
    if hors or (not siens.exists() and trouve.cree_par_id != agent_courant(request).pk):
        raise Http404
    return trouve


def _a_un_fichier(lot: LotImpression) -> bool:
    return impression.dossier_du_lot(lot).joinpath("lot.pdf").is_file()
