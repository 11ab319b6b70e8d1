"""Documents of a person: deposited, given back, scanned again, erased. They are hostile until proved otherwise."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler, StopUpload
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.suivi.enums import FormatDocument, GenreDocument
from cordee.metier.suivi.models import Document
from cordee.metier.suivi.regles.documents import CONSERVATION_MOIS, TAILLE_MAX
from cordee.metier.suivi.selectors.documents import documents_de
from cordee.metier.suivi.services import analyser_document, deposer_document, effacer_document, lire_document
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.parcours.formulaires.base import ChoixLong
from cordee.web.socle.acces import acces
from cordee.web.suivi.commun import Ecran

P = Permission
_LISENT = (P.SUIVRE, P.CONTRACTUALISER)
_EN_PAGE = (FormatDocument.JPEG, FormatDocument.PNG)


class PlafondDocument(FileUploadHandler):
    """Stops keeping what comes beyond the heaviest document; the form then says so. Nothing touches the disk."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._requete, self.recus = request, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.recus += len(raw_data)
        if self.recus > TAILLE_MAX + 1:
            self._requete.META["cordee.trop_gros"] = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class EnMemoire(MemoryFileUploadHandler):
    """Personal papers are never written in clear in a temporary folder."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


class FormulaireDocument(forms.Form):
    """What a document is; medical papers are in the list to be told what to do with them."""

    genre = ChoixLong(label="Nature")
    titre = forms.CharField(
        label="Titre", required=False, max_length=120,
        help_text="Par exemple : CV de mars. Sans nom, sans numéro, sans diagnostic.",
    )  # fmt: skip
    fichier = forms.FileField(label="Fichier", help_text="PDF, JPEG, PNG ou HEIC, 10 Mo au plus.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["genre"].choices = [(g.value, _avec_duree(g)) for g in GenreDocument]  # type: ignore[attr-defined]


@acces(*_LISENT, finalite=Finalite.SUIVI)
@csrf_exempt  # checked in ``_deposer``, once the handlers of the request are in place
def deposer(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a document to the file."""
    request.upload_handlers = [PlafondDocument(request), EnMemoire(request)]
    return _deposer(request, pk)


@csrf_protect
def _deposer(request: HttpRequest, pk: int) -> HttpResponse:
    ecran = Ecran(request, pk, *_LISENT, page="document")
    form = FormulaireDocument(request.POST or None, request.FILES or None, use_required_attribute=False)
    if request.method == "POST":
        if request.META.get("cordee.trop_gros"):
            form.errors.pop("fichier", None)
            form.add_error("fichier", "Ce fichier dépasse 10 Mo : photographiez une page à la fois, ou réduisez-le.")
        elif form.is_valid():
            try:
                document = deposer_document(
                    personne=ecran.personne, genre=GenreDocument(form.cleaned_data["genre"]),
                    octets=form.cleaned_data["fichier"].read(), titre=form.cleaned_data["titre"], **ecran.commun,
                )  # fmt: skip
            except ErreurMetier as erreur:
                form.add_error(None, str(erreur))
            else:
                messages.success(request, f"Le document est gardé, chiffré. {document.get_analyse_display()}.")
                return htmx.rediriger(request, ecran.adresse("documents"))
    page = ecran.page("Déposer un document", form=form)
    return render(request, "suivi/document.html", page, status=422 if request.method == "POST" else 200)


@acces(*_LISENT, finalite=Finalite.SUIVI)
def document(request: HttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """The document: images are shown alone in a page that may do nothing, the rest is downloaded."""
    ecran = Ecran(request, pk, *_LISENT, page="document")
    choisi = _document(ecran, document_pk)
    octets = lire_document(choisi)
    genre = FormatDocument(choisi.format)
    reponse = HttpResponse(octets, content_type=genre.description)
    disposition = "inline" if genre in _EN_PAGE else "attachment"
    reponse.headers["Content-Disposition"] = f'{disposition}; filename="{nom_de_fichier(choisi)}"'
    reponse.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    reponse.headers["X-Content-Type-Options"] = "nosniff"
    reponse.headers["Cache-Control"] = "private, no-store"
    return reponse


@acces(*_LISENT, finalite=Finalite.SUIVI)
@require_POST
def effacer(request: HttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """Erase a document for good."""
    ecran = Ecran(request, pk, *_LISENT, page="document")
    effacer_document(document=_document(ecran, document_pk), **ecran.commun)
    messages.success(request, "Le document est effacé.")
    return redirect(ecran.adresse("documents"))


@acces(*_LISENT, finalite=Finalite.SUIVI)
@require_POST
def analyser(request: HttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """Scan a document again."""
    ecran = Ecran(request, pk, *_LISENT, page="document")
    try:
        choisi = analyser_document(document=_document(ecran, document_pk), **ecran.commun)
    except ErreurMetier as erreur:
        messages.error(request, str(erreur))
    else:
        messages.success(request, f"{choisi.get_analyse_display()}.")
    return redirect(ecran.adresse("documents"))


def nom_de_fichier(document: Document) -> str:
    """A name for the download, made of plain letters: never the one it came with."""
    base = document.titre or document.get_genre_display()
    plat = unicodedata.normalize("NFKD", base).encode("ascii", "ignore").decode()
    mots = "-".join("".join(c if c.isalnum() else " " for c in plat).lower().split())[:60]
    return f"{mots or 'document'}-{document.pk}.{document.format}"


def _document(ecran: Ecran, pk: int) -> Document:
    choisi = documents_de(ecran.personne).filter(pk=pk).first()
    if choisi is None:
        raise Http404
    return choisi


def _avec_duree(genre: GenreDocument) -> str:
    mois = CONSERVATION_MOIS.get(genre)
    if mois is None:
        return f"{genre.libelle} : ne se dépose pas, notez une pièce vue"
    return f"{genre.libelle} (gardé {mois} mois)"
