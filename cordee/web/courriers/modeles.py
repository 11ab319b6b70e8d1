"""The texts of the Département: seen, worded, tried on somebody who does not exist, put in force at a date."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.courriers import services
from cordee.metier.courriers.enums import Canal, GenreCourrier, LangueLettre
from cordee.metier.courriers.models import ModeleCourrier
from cordee.metier.courriers.regles import KIND_COURRIER
from cordee.metier.courriers.regles.sms import longueur_sms
from cordee.metier.courriers.regles.textes import BLOCS, FRANCAIS, Bloc, blocs_de, variables_admises
from cordee.metier.courriers.selectors.modeles import TextesEnVigueur, versions_de
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.web.composants.saisies import SaisieDate
from cordee.web.socle.acces import acces, agent_courant, peut

P = Permission
REDIGER = (P.ADMINISTRER, P.ENCADRER)
LANGUES = [(FRANCAIS, "Français"), *LangueLettre.choices()]


class FormulaireTexte(forms.Form):
    """One field per part of the text, and what changes."""

    motif = forms.CharField(
        label="Ce qui change", max_length=200, help_text="Pour l'historique : « ton plus simple », « nouveau lieu »…"
    )

    def __init__(self, *args: Any, blocs: tuple[Bloc, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for bloc in blocs:
            une_ligne = bloc.lignes == 1
            self.fields[bloc.cle] = forms.CharField(
                label=bloc.libelle, required=bloc.obligatoire, max_length=bloc.maximum, strip=True,
                widget=forms.TextInput() if une_ligne else forms.Textarea(attrs={"rows": bloc.lignes}),
            )  # fmt: skip
        self.order_fields([*(b.cle for b in blocs), "motif"])
        self.cles = [b.cle for b in blocs]

    @property
    def blocs(self) -> dict[str, str]:
        return {cle: self.cleaned_data.get(cle, "") for cle in self.cles}


class FormulaireActivation(forms.Form):
    """From which day."""

    du = forms.DateField(label="En vigueur à partir du", widget=SaisieDate)


@acces(*REDIGER)
def liste(request: HttpRequest) -> HttpResponse:
    """Every text, by kind: which version is in force, in which languages, what is being written."""
    au = horloge.aujourdhui()
    textes = TextesEnVigueur(au)
    brouillons = set(ModeleCourrier.objects.filter(actif_du=None).values_list("genre", "canal", "langue"))
    prevus = set(ModeleCourrier.objects.filter(actif_du__gt=au).values_list("genre", "canal", "langue"))
    genres: dict[GenreCourrier, dict[Canal, list[dict[str, Any]]]] = {}
    for genre, canal in BLOCS:
        for code, langue in LANGUES:
            if not blocs_de(genre, canal, code):
                continue
            texte, cle = textes.de(genre, canal, code), (genre.value, canal.value, code)
            genres.setdefault(genre, {}).setdefault(canal, []).append(
                {"langue": code, "libelle_langue": langue, "version": texte.version,
                 "vide": not texte.blocs, "brouillon": cle in brouillons, "prevu": cle in prevus,
                 "url": reverse("modele", args=cle)}
            )  # fmt: skip
    contexte = {
        "genres": [(g, canaux.items()) for g, canaux in genres.items()],
        "fil": [("Courriers", _racine(request)), ("Modèles", "")],
    }
    return render(request, "courriers/modeles.html", contexte)


@acces(*REDIGER)
def modele(request: HttpRequest, genre: str, canal: str, langue: str) -> HttpResponse:
    """One text: the version in force, its history, the form of the next one."""
    le, au = horloge.maintenant(), horloge.aujourdhui()
    g, c, blocs = _cible(genre, canal, langue)
    versions = list(versions_de(g, c, langue)[:50])
    brouillon = next((v for v in versions if v.actif_du is None), None)
    en_vigueur = TextesEnVigueur(au).de(g, c, langue)
    depart = brouillon.blocs if brouillon else en_vigueur.blocs
    form = FormulaireTexte(
        request.POST or None, blocs=blocs, initial={**depart, "motif": brouillon.motif if brouillon else ""}
    )
    statut = 200
    if request.method == "POST":
        statut = 422
        if form.is_valid():
            try:
                services.enregistrer_modele(
                    genre=g, canal=c, langue=langue, blocs=form.blocs, motif=form.cleaned_data["motif"],
                    par=agent_courant(request), le=le, brouillon=brouillon,
                )  # fmt: skip
            except services.TexteRefuse as refus:
                for cle, phrases in refus.fautes.items():
                    for phrase in phrases:
                        form.add_error(cle if cle in form.fields else None, phrase)
            else:
                messages.success(request, "Le brouillon est gardé. Regardez l'aperçu, puis mettez-le en vigueur.")
                return redirect("modele", genre, canal, langue)
    contexte = {
        "genre": g, "canal": c, "langue": langue, "libelle_langue": dict(LANGUES)[langue], "form": form,
        "regle": KIND_COURRIER[g], "variables": variables_admises(g).items(), "versions": versions,
        "en_vigueur": en_vigueur, "brouillon": brouillon,
        "brouillon_numero": str(brouillon.version) if brouillon else "", "traduction": langue != FRANCAIS, "au": au,
        "apercu": _message_d_apercu(g, c, langue, brouillon or en_vigueur),
        "form_activation": FormulaireActivation(initial={"du": au}) if brouillon else None,
        "fil": [("Courriers", _racine(request)), ("Modèles", reverse("modeles")), (g.libelle, "")],
    }  # fmt: skip
    return render(request, "courriers/modele.html", contexte, status=statut)


@acces(*REDIGER)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A version as a document, for somebody who does not exist."""
    m = get_object_or_404(ModeleCourrier, pk=pk)
    _, pdf = services.apercu(
        genre=GenreCourrier(m.genre), canal=Canal(m.canal), langue=m.langue, blocs=m.blocs, le=horloge.maintenant()
    )
    return _en_ligne(pdf, f"modele-{m.pk}")


@acces(*REDIGER)
def document_en_vigueur(request: HttpRequest, genre: str, canal: str, langue: str) -> HttpResponse:
    """The text in force as a document, for somebody who does not exist."""
    g, c, _ = _cible(genre, canal, langue)
    texte = TextesEnVigueur(horloge.aujourdhui()).de(g, c, langue)
    _, pdf = services.apercu(genre=g, canal=c, langue=langue, blocs=texte.blocs, le=horloge.maintenant())
    return _en_ligne(pdf, f"modele-{genre}-{canal}-{langue}")


@acces(*REDIGER)
@require_POST
def activer(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft will be used from that day on."""
    m = get_object_or_404(ModeleCourrier, pk=pk)
    form = FormulaireActivation(request.POST)
    if form.is_valid():
        du: date = form.cleaned_data["du"]
        services.activer_modele(modele=m, du=du, par=agent_courant(request), le=horloge.maintenant())
        quand = "dès maintenant" if du <= horloge.aujourdhui() else f"à partir du {du:%d/%m/%Y}"
        messages.success(request, f"La version {m.version} est utilisée {quand}.")
    else:
        messages.warning(request, "Indiquez le jour à partir duquel utiliser ce texte.")
    return redirect("modele", m.genre, m.canal, m.langue)


@acces(*REDIGER)
@require_POST
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft is thrown away."""
    m = get_object_or_404(ModeleCourrier, pk=pk)
    services.retirer_brouillon(modele=m, par=agent_courant(request), le=horloge.maintenant())
    messages.success(request, "Le brouillon est effacé : rien n'a changé.")
    return redirect("modele", m.genre, m.canal, m.langue)


def _cible(genre: str, canal: str, langue: str) -> tuple[GenreCourrier, Canal, tuple[Bloc, ...]]:
    try:
        g, c = GenreCourrier(genre), Canal(canal)
    except ValueError:
        raise Http404 from None
    blocs = blocs_de(g, c, langue) if langue in dict(LANGUES) else ()
    if not blocs:
        raise Http404
    return g, c, blocs


def _message_d_apercu(g: GenreCourrier, c: Canal, langue: str, texte: Any) -> dict[str, Any]:
    """What is sent by message is shown on the page; a letter is opened as a document."""
    if c is Canal.COURRIER or not texte.blocs:
        return {}
    donnees, _ = services.apercu(genre=g, canal=c, langue=langue, blocs=texte.blocs, le=horloge.maintenant())
    message: dict[str, Any] = donnees["message_court"]
    return message | {"longueur": longueur_sms(message["texte"])}


def _en_ligne(pdf: bytes, nom: str) -> HttpResponse:
    reponse = HttpResponse(pdf, content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'inline; filename="{nom}.pdf"'
    return reponse


def _racine(request: HttpRequest) -> str:
    """The queue, for who may open it."""
    return reverse("courriers") if peut(request, P.CONVOQUER, P.NOTIFIER) else ""
