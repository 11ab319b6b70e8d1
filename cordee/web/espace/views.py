"""« Votre prochaine étape »: when, where, with whom, why; keep it, move it, or ask to be called (screen 9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, LienPersonnel
from cordee.metier.rendezvous.selectors.liens import DATES_AFFICHEES, creneaux_proposables, lien_valable
from cordee.metier.rendezvous.services import reponses
from cordee.metier.rendezvous.services.lettres import donnees_convocation, donnees_invitation
from cordee.metier.rendezvous.services.liens import code_de
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.noeuds import Moment, Noeud
from cordee.web.espace.acces import fermer, lien_ouvert, retenir, sans_compte
from cordee.web.espace.formulaires import FormulaireCode, FormulaireEmpechement, FormulaireNaissance
from cordee.web.socle.calendrier_ics import EvenementIcs, en_ics, reponse_ics

CARTE = "https://www.openstreetmap.org/search?"


# The door -----------------------------------------------------------------------------------------------------------
@sans_compte
def saisir_code(request: HttpRequest) -> HttpResponse:
    """For those who hold a paper letter: type its code."""
    formulaire = FormulaireCode(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        if not ratelimit.consume(request, action="lien_personnel"):
            return ratelimit.respond_429(request)
        code = formulaire.cleaned_data["code"].strip()
        if lien_valable(code, le=horloge.maintenant()) is not None:
            return redirect("espace_entrer", code=code)
        formulaire.add_error("code", reponses.LIEN_INCONNU)
    return render(request, "espace/code.html", {"form": formulaire}, status=422 if formulaire.errors else 200)


@sans_compte
def entrer(request: HttpRequest, code: str) -> HttpResponse:
    """The second fact. A code that opens nothing says so at once; it says nothing of anybody."""
    maintenant = horloge.maintenant()
    if request.method != "POST":
        if lien_valable(code, le=maintenant) is None:
            return render(request, "espace/invalide.html", {"phrase": reponses.LIEN_INCONNU}, status=404)
        return render(request, "espace/entrer.html", {"form": FormulaireNaissance()})
    if not ratelimit.consume(request, action="lien_personnel"):
        return ratelimit.respond_429(request)
    formulaire = FormulaireNaissance(request.POST)
    if formulaire.is_valid():
        ouverture = reponses.ouvrir(code=code, naissance=formulaire.cleaned_data["naissance"], le=maintenant)
        if ouverture.lien is not None:
            request.session.cycle_key()
            retenir(request, code, maintenant)
            return redirect("espace", code=code)
        formulaire.add_error(None, ouverture.refus)
    return render(request, "espace/entrer.html", {"form": formulaire}, status=422)


@sans_compte
@require_POST
def quitter(request: HttpRequest, code: str) -> HttpResponse:
    """Close the page on a shared computer."""
    fermer(request)
    return render(request, "espace/quitte.html")


# The appointment ----------------------------------------------------------------------------------------------------
@lien_ouvert
def prochaine_etape(request: HttpRequest, lien: LienPersonnel) -> HttpResponse:
    """The page she reads, prints, and answers from."""
    return render(request, "espace/prochaine_etape.html", contexte(lien))


@lien_ouvert
def calendrier(request: HttpRequest, lien: LienPersonnel) -> HttpResponse:
    """The appointment for the calendar of her phone: neutral words only (V12)."""
    rdv = lien.rendez_vous
    if rdv is None:
        return redirect("espace", code=code_de(lien))
    evenement = EvenementIcs(
        cle=f"lien-{lien.pk}", debut=rdv.debut, fin=rdv.fin, titre="Rendez-vous", version=lien.deplacements,
        lieu=", ".join([rdv.structure.nom, *contexte(lien)["dit"]["rdv"]["lieu"].get("adresse", [])]),
        annule=rdv.statut == StatutRendezVous.ANNULE, rappel=timedelta(days=1),
    )  # fmt: skip
    return reponse_ics(en_ics([evenement], nom="Mon rendez-vous", le=horloge.maintenant()), "rendez-vous")


@lien_ouvert
def confirmer(request: HttpRequest, lien: LienPersonnel) -> HttpResponse:
    """« Je viendrai »."""
    if request.method == "POST":
        try:
            reponses.confirmer(lien=lien, le=horloge.maintenant())
        except ErreurMetier as erreur:
            return render(request, "espace/prochaine_etape.html", contexte(lien, phrase=str(erreur)), status=409)
    return redirect("espace", code=code_de(lien))


@lien_ouvert
def choisir_date(request: HttpRequest, lien: LienPersonnel) -> HttpResponse:
    """Free dates, by day; the one she takes replaces the former."""
    maintenant, phrase = horloge.maintenant(), ""
    if request.method == "POST" and request.POST.get("creneau", "").isdecimal():
        creneau = Creneau.objects.filter(pk=int(request.POST["creneau"])).first()
        try:
            if creneau is None:
                raise reponses.LienRefuse("Cette date n'est plus libre. Choisissez-en une autre.")
            reponses.choisir_date(lien=lien, creneau=creneau, le=maintenant)
            return redirect("espace", code=code_de(lien))
        except ErreurMetier as erreur:
            phrase = str(erreur)
    libres = list(creneaux_proposables(lien, le=maintenant)[:DATES_AFFICHEES])
    jours = [(jour, list(ligne)) for jour, ligne in groupby(libres, key=lambda c: horloge.jour(c.debut))]
    donnees = contexte(lien, phrase=phrase) | {
        "jours": jours, "epuise": lien.deplacements >= reponses.DATES_AU_PLUS,
        "empechement": FormulaireEmpechement(),
    }  # fmt: skip
    return render(request, "espace/dates.html", donnees, status=409 if phrase else 200)


@lien_ouvert
def dire_empechement(request: HttpRequest, lien: LienPersonnel) -> HttpResponse:
    """« Je ne peux pas venir, appelez-moi »."""
    formulaire = FormulaireEmpechement(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        try:
            reponses.dire_empechement(lien=lien, moment=formulaire.cleaned_data["moment"], le=horloge.maintenant())
            return redirect("espace", code=code_de(lien))
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
    donnees = contexte(lien) | {"form": formulaire}
    return render(request, "espace/empechement.html", donnees, status=422 if formulaire.errors else 200)


# What the pages say -------------------------------------------------------------------------------------------------
def contexte(lien: LienPersonnel, *, phrase: str = "") -> dict[str, Any]:
    """The words of the letter, so that the page and the letter never part."""
    rdv = lien.rendez_vous
    dit = donnees_invitation(lien) if rdv is None else donnees_convocation(rdv)
    genre, modalite = (lien.genre, lien.modalite) if rdv is None else (rdv.genre, rdv.modalite)
    adresse = ", ".join(dit["rdv"]["lieu"].get("adresse", []))
    return {
        "lien": lien, "code": code_de(lien), "rdv": rdv, "dit": dit, "phrase": phrase, "invitation": rdv is None,
        "structure": lien.structure if rdv is None else rdv.structure, "objet": GenreRendezVous(genre).libelle,
        "attendu": rdv is not None and rdv.statut == StatutRendezVous.PREVU and rdv.debut > horloge.maintenant(),
        "annule": rdv is not None and rdv.statut in (StatutRendezVous.ANNULE, StatutRendezVous.EXCUSE),
        "demande": lien.personne.demandes_rappel.filter(traitee_le__isnull=True).first(),
        "carte": _carte(modalite, adresse), "adresse": adresse, "noeuds": list(_suite(genre)),
    }  # fmt: skip


def _suite(genre: str) -> Iterator[Noeud]:
    """What comes after the first interview, so that nobody wonders what this is for. No date that is not hers."""
    if GenreRendezVous(genre) is not GenreRendezVous.ORIENTATION:
        return
    yield Noeud("Votre rendez-vous", None, "rendezvous", Moment.PROCHAIN)
    yield Noeud("Un accompagnement choisi avec vous", None, "orientation", Moment.A_VENIR,
                "Vous repartez avec une page qui dit qui, quand, où et pourquoi.")  # fmt: skip
    yield Noeud("Votre référent, une personne à qui parler", None, "referent", Moment.A_VENIR)
    yield Noeud("Votre contrat, préparé ensemble", None, "signature", Moment.A_VENIR,
                "Ce que vous voulez atteindre, et ce que nous ferons pour vous y aider.")  # fmt: skip


def _carte(modalite: str, adresse: str) -> str:
    """A map of the place: only where she has to go, and without anything about her."""
    if ModaliteRendezVous(modalite) is not ModaliteRendezVous.PHYSIQUE or not adresse:
        return ""
    return CARTE + urlencode({"query": adresse})
