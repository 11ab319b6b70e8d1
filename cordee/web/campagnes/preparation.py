"""Steps two to four: when and where (slots against need, before anything is sent), how, and what to check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.rendu import rendre_pdf
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import structures_ouvertes
from cordee.metier.personnes.services import journaliser_lecture
from cordee.metier.rendezvous.enums import EtatLigne, OrdreCampagne, RefusCampagne
from cordee.metier.rendezvous.models import Campagne
from cordee.metier.rendezvous.selectors.campagne import (
    LigneOffre,
    avancement,
    canaux_de,
    lignes_de,
    offre_de,
    refus_de,
)
from cordee.metier.rendezvous.services.campagne import ouvrir_demi_journees, regler_campagne
from cordee.reglementation.calendrier import ajouter_jours_ouvres
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.campagnes import apercus
from cordee.web.campagnes.commun import contexte, modifiable, perimee
from cordee.web.campagnes.commun import ouvrir as ouvrir_campagne
from cordee.web.campagnes.formulaires import FormulaireComment, FormulaireOuvrir, FormulaireQuand
from cordee.web.composants.tableaux import Colonne
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import nom_court

P = Permission
COLONNES_OFFRE = [
    Colonne("structure", "Secteur", triable=False),
    Colonne("besoin", "À recevoir", triable=False, nombre=True),
    Colonne("libres", "Places libres", triable=False, nombre=True),
    Colonne("places", "Ont une place", triable=False, nombre=True),
    Colonne("manque", "Manque", triable=False, nombre=True),
]


@acces(P.CONVOQUER)
def quand(request: HttpRequest, pk: int) -> HttpResponse:
    """Settings on one side, slots against need on the other: lack is seen before anything is sent."""
    campagne = ouvrir_campagne(request, pk)
    if not modifiable(campagne):
        return redirect("campagne", pk)
    formulaire = FormulaireQuand(request.POST) if request.method == "POST" else FormulaireQuand.de(campagne)
    if request.method == "POST" and formulaire.is_valid():
        try:
            regler_campagne(
                campagne=campagne, version=formulaire.cleaned_data["version"], reglages=formulaire.reglages(campagne),
                par=agent_courant(request), le=horloge.maintenant(),
            )  # fmt: skip
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            messages.success(request, "Les créneaux ont été attribués de nouveau.")
            return redirect("campagne_comment" if "suivant" in request.POST else "campagne_quand", pk)
    return _quand(request, campagne, formulaire)


@acces(P.CONVOQUER)
@require_POST
def ouvrir(request: HttpRequest, pk: int) -> HttpResponse:
    """Open half-days where slots lack, then give slots again."""
    campagne = ouvrir_campagne(request, pk)
    formulaire = FormulaireOuvrir(request.POST, structures=_structures(request), au=horloge.aujourdhui())
    if formulaire.is_valid():
        d = formulaire.cleaned_data
        structure = formulaire.par_pk[d["structure"]]
        try:
            ouvrir_demi_journees(
                campagne=campagne, structure=structure, nombre=d["nombre"], places=d["places"],
                premier_jour=d["premier_jour"], par=agent_courant(request), le=horloge.maintenant(),
            )  # fmt: skip
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            n = d["nombre"]
            messages.success(request, f"{n} demi-journée{'s' if n > 1 else ''} ouverte{'s' if n > 1 else ''} : "
                                      f"{structure.nom}. Les créneaux ont été attribués de nouveau.")  # fmt: skip
            return redirect("campagne_quand", pk)
    return _quand(request, campagne, FormulaireQuand.de(campagne), formulaire)


def _quand(
    request: HttpRequest, campagne: Campagne, formulaire: FormulaireQuand, ouverture: FormulaireOuvrir | None = None
) -> HttpResponse:
    au, offre = horloge.aujourdhui(), offre_de(campagne)
    en_manque = next((o for o in offre if o.manque and o.structure), None)
    initial = {"structure": str(en_manque.structure.pk), "nombre": en_manque.demi_journees} if en_manque else {}  # type: ignore[union-attr]
    ouverture = ouverture or FormulaireOuvrir(structures=_structures(request), au=au, initial=initial)
    erreurs = formulaire.errors or ouverture.errors
    donnees: dict[str, Any] = {
        **contexte(campagne, "quand"), "form": formulaire, "ouverture": ouverture,
        "offre": [o for o in offre if o.manque or o.libres],
        "ailleurs": [o for o in offre if not o.manque and not o.libres],
        "colonnes": COLONNES_OFFRE, "bilan": avancement(campagne), "propositions": _propositions(offre),
        "voisines_libres": _voisines_libres(campagne, offre), "du": _premier_jour(campagne, au),
        "au_plus_tard": ajouter_jours_ouvres(au, campagne.delai_ouvres),
        "hasard": campagne.ordre == OrdreCampagne.HASARD,
    }  # fmt: skip
    return render(request, "campagnes/quand.html", donnees, status=422 if erreurs else 200)


def _propositions(offre: Sequence[LigneOffre]) -> list[LigneOffre]:
    """« ouvrir 4 demi-journées à Créteil »."""
    return [o for o in offre if o.manque and o.structure is not None]


def _voisines_libres(campagne: Campagne, offre: Sequence[LigneOffre]) -> int:
    """Places that neighbouring sectors would have left, when nobody is sent there."""
    if campagne.debordement or not any(o.manque for o in offre):
        return 0
    return sum(max(o.libres - o.recues, 0) for o in offre if not o.manque)


def _premier_jour(campagne: Campagne, au: date) -> date:
    lettre = campagne.canal_prefere == Canal.COURRIER
    return ajouter_jours_ouvres(au, campagne.preavis_courrier if lettre else campagne.preavis_message)


def _structures(request: HttpRequest) -> list[Structure]:
    """Where half-days may be opened: everywhere for a role of the département, at home otherwise."""
    droits = habilitation_de(request)
    ouvertes = structures_ouvertes(au=horloge.aujourdhui())
    if not droits.departement(P.CONVOQUER):
        ouvertes = ouvertes.filter(pk__in=droits.structures)
    return list(ouvertes)


@acces(P.CONVOQUER)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """The mix of ways, and what each kind of message will say to a real person."""
    campagne = ouvrir_campagne(request, pk)
    if not modifiable(campagne):
        return redirect("campagne", pk)
    initial = {"canal_prefere": campagne.canal_prefere, "version": campagne.version}
    formulaire = FormulaireComment(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and formulaire.is_valid():
        try:
            regler_campagne(
                campagne=campagne, version=formulaire.cleaned_data["version"], reglages=formulaire.reglages(campagne),
                par=agent_courant(request), le=horloge.maintenant(),
            )  # fmt: skip
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            return redirect("campagne_verifier" if "suivant" in request.POST else "campagne_comment", pk)
    donnees = {
        **contexte(campagne, "comment"), "form": formulaire, "canaux": canaux_de(campagne),
        "bilan": avancement(campagne),
        "apercus": apercus.par_canal(
            campagne, pour=agent_courant(request), droits=habilitation_de(request), le=horloge.maintenant()
        ),
    }  # fmt: skip
    return render(request, "campagnes/comment.html", donnees, status=422 if formulaire.errors else 200)


@acces(P.CONVOQUER, finalite=Finalite.ORIENTATION)
def apercu(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter that one person of the campaign would receive, as a PDF: nothing is written but the log of reads."""
    campagne, le = ouvrir_campagne(request, pk), horloge.maintenant()
    trouves = apercus.par_canal(campagne, pour=agent_courant(request), droits=habilitation_de(request), le=le)
    lettre = next((a for a in trouves if a.canal is Canal.COURRIER and a.donnees), None)
    if lettre is None:
        raise Http404
    journaliser_lecture(
        personne_id=lettre.personne, par=agent_courant(request), finalite=Finalite.ORIENTATION,
        page="aperçu de campagne", le=le,
    )  # fmt: skip
    pdf = rendre_pdf(GenreCourrier.CONVOCATION, lettre.donnees, le=le)
    reponse = HttpResponse(pdf, content_type="application/pdf")
    reponse.headers["Content-Disposition"] = 'inline; filename="apercu.pdf"'
    return reponse


@acces(P.CONVOQUER)
def verifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Who will not be convened and why, who is without a slot, who has to be met at home; then what will happen."""
    campagne = ouvrir_campagne(request, pk)
    if not modifiable(campagne):
        return redirect("campagne", pk)
    agent, droits, au = agent_courant(request), habilitation_de(request), horloge.aujourdhui()
    groupes = []
    for refus, nombre in refus_de(campagne):
        lignes = lignes_de(campagne, pour=agent, au=au, droits=droits, refus=refus)[:5]
        groupes.append(
            {
                "refus": refus, "nombre": nombre, "aller_vers": refus is RefusCampagne.INJOIGNABLE,
                "url": f"{reverse('campagne_personnes', args=[pk])}?refus={refus}",
                "lignes": [(x.personne_id, nom_court(x.personne.prenom, x.personne.nom), x.raison) for x in lignes],
            }
        )  # fmt: skip
    planifiees = lignes_de(campagne, pour=agent, au=au, droits=droits, etat=EtatLigne.PLANIFIEE)
    bornes = [planifiees.order_by(o).values_list("debut", flat=True).first() for o in ("debut", "-debut")]
    donnees = {
        **contexte(campagne, "verifier"), "bilan": avancement(campagne), "groupes": groupes, "bornes": bornes,
        "canaux": canaux_de(campagne), "perimee": perimee(campagne, au),
        "debordees": planifiees.filter(debordement=True).count(),
    }  # fmt: skip
    return render(request, "campagnes/verifier.html", donnees)
