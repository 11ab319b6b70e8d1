"""One contract: what it says, who promised what, its versions, the proofs of its signatures, its circuit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.contrats.enums import Engage, EtatEngagement
from cordee.metier.contrats.models import Contrat, Engagement, PieceSignee
from cordee.metier.contrats.regles.anciens import validite
from cordee.metier.contrats.regles.familles import familles
from cordee.metier.contrats.regles.signature import trait_de
from cordee.metier.contrats.selectors.circuit import passages_de
from cordee.metier.contrats.selectors.contrat import objectifs_de
from cordee.metier.contrats.selectors.ore import ore_avant_le
from cordee.metier.contrats.selectors.preuves import exemplaire_signe, preuves_de, verifier
from cordee.metier.contrats.selectors.versions import versions_de
from cordee.metier.contrats.services import apercu_pdf
from cordee.metier.contrats.services.engagements import abandonner_engagement, marquer_tenu
from cordee.metier.contrats.services.pieces import lire_piece
from cordee.metier.courriers.services import pdf
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.socle import horloge
from cordee.web.socle.acces import Dossier, acces, agent_courant, habilitation_de, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission
LISENT = (P.SUIVRE, P.VOIR_DROITS, P.CONTRACTUALISER)


@acces(*LISENT, finalite=Finalite.CONTRAT)
def contrat(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole of it on one page."""
    trouve, dossier = _ouvrir(request, pk, "contrat")
    au, ref = horloge.aujourdhui(), familles()
    lignes = list(trouve.engagements.select_related("responsable").order_by("ordre", "pk"))
    buts = [(o, ref.de(o.code)) for o in objectifs_de(trouve)]
    qui = nom_court(dossier.personne.prenom, dossier.personne.nom)
    return render(request, "contrats/contrat.html", {
        "contrat": trouve, "personne": dossier.personne, "qui": qui, "au": au,
        "validite": validite(genre=trouve.genre_connu, debut=trouve.debut, fin=trouve.fin, au=au),
        "cotes": [
            ("Ce que nous avons promis", [_promesse(e, au) for e in lignes if e.engage == Engage.ORGANISME]),
            ("Ce que la personne a promis", [_promesse(e, au) for e in lignes if e.engage == Engage.PERSONNE]),
        ],
        "buts": [
            (o, ref.drees.natures[c.drees] if c else "", ref.ministere.natures[c.ministere] if c else "",
             c.confiance if c else "") for o, c in buts
        ],
        "versions": versions_de(trouve), "preuves": [(p, _chemin(p.trait)) for p in preuves_de(trouve)],
        "ore_avant": ore_avant_le([trouve.personne_id], au=au).get(trouve.personne_id) if _en_vigueur(trouve) else None,
        "verification": verifier(trouve), "passages": passages_de(trouve),
        "peut_regler": _en_vigueur(trouve) and dossier.peut(P.SUIVRE, P.CONTRACTUALISER),
        "peut_signer": dossier.peut(P.CONTRACTUALISER),
        "fil": [("Personnes", reverse("personnes")), (qui, reverse("personne", args=[dossier.personne.pk])),
                (trouve.get_genre_display(), "")],
    })  # fmt: skip


@acces(*LISENT, finalite=Finalite.CONTRAT)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed copy as it was handed over; a draft as it would print."""
    trouve, _ = _ouvrir(request, pk, "contrat/document")
    copie = exemplaire_signe(trouve)
    contenu = pdf(copie) if copie else apercu_pdf(contrat=trouve, le=horloge.maintenant())
    return _fichier(contenu, "application/pdf", f"contrat-{trouve.pk}.pdf")


@acces(*LISENT, finalite=Finalite.CONTRAT)
def piece(request: HttpRequest, pk: int, piece_pk: int) -> HttpResponse:
    """The scan of the signed paper: always a download, never opened inside the page."""
    trouve, _ = _ouvrir(request, pk, "contrat/numérisation")
    gardee = PieceSignee.objects.filter(pk=piece_pk, preuve__contrat=trouve).first()
    if gardee is None:
        raise Http404
    suffixe = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[gardee.genre]
    reponse = _fichier(lire_piece(gardee), gardee.genre, f"contrat-{trouve.pk}-signe.{suffixe}")
    reponse.headers["Content-Disposition"] = reponse.headers["Content-Disposition"].replace("inline", "attachment")
    reponse.headers["X-Content-Type-Options"] = "nosniff"
    return reponse


@acces(P.SUIVRE, P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
@require_POST
def engagement(request: HttpRequest, pk: int, engagement_pk: int) -> HttpResponse:
    """A promise kept today, or given up together."""
    trouve, dossier = _ouvrir(request, pk, "contrat")
    if not dossier.peut(P.SUIVRE, P.CONTRACTUALISER):
        raise PermissionDenied
    ligne = Engagement.objects.filter(pk=engagement_pk, contrat=trouve).first()
    if ligne is None:
        raise Http404
    maintenant, par = horloge.maintenant(), agent_courant(request)
    if request.POST.get("action") == "abandonner":
        abandonner_engagement(engagement=ligne, par=par, le=maintenant)
        messages.success(request, "C'est noté : cet engagement ne se fera plus.")
    else:
        marquer_tenu(engagement=ligne, tenu_le=horloge.jour(maintenant), par=par, le=maintenant)
        messages.success(request, "C'est noté : cet engagement est tenu.")
    return redirect("contrat", pk=trouve.pk)


# Parts --------------------------------------------------------------------------------------------------------------
def _ouvrir(request: HttpRequest, pk: int, page: str) -> tuple[Contrat, Dossier]:
    """The contract, of a person of the perimeter; the same 404 for the absent and for the others."""
    visibles = personnes_visibles(pour=agent_courant(request), au=horloge.aujourdhui(), droits=habilitation_de(request))
    trouve = (
        Contrat.objects.select_related("personne__canonique", "structure__commune", "referent", "precedent", "cree_par",
                                       "propose_par", "lot")
        .filter(pk=pk).first()
    )  # fmt: skip
    if trouve is None:
        raise Http404
    personne_pk = trouve.personne.canonique_id or trouve.personne_id
    if not visibles.filter(pk=personne_pk).exists():
        raise Http404
    dossier = ouvrir_dossier(
        request, personne_pk, page=page, finalite=Finalite.CONTRAT, journal=request.method == "GET"
    )
    if not dossier.peut(*LISENT):
        raise PermissionDenied
    return trouve, dossier


def _en_vigueur(contrat: Contrat) -> bool:
    return contrat.debut is not None and contrat.fin is None


def _promesse(e: Engagement, au: Any) -> dict[str, Any]:
    etat = EtatEngagement(e.etat)
    return {
        "e": e, "etat": etat, "ouvert": etat is EtatEngagement.EN_COURS,
        "retard": etat is EtatEngagement.EN_COURS and e.avant_le is not None and e.avant_le < au,
    }  # fmt: skip


def _chemin(trait: Any) -> str:
    return trait_de(trait).chemin if trait else ""


def _fichier(contenu: bytes, genre: str, nom: str) -> HttpResponse:
    reponse = HttpResponse(contenu, content_type=genre)
    reponse.headers["Content-Disposition"] = f'inline; filename="{nom}"'
    return reponse
