"""What the interview screen sends while it is being written: the draft, the jobs searched, the skills."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.selectors.diagnostic import brouillon_de
from cordee.metier.orientation.selectors.rome import appellations_de, chercher_appellations
from cordee.metier.orientation.services import abandonner_brouillon
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.web.entretien.ecran import competences
from cordee.web.entretien.formulaires import Entretien
from cordee.web.entretien.formulaires.metiers import LIGNES
from cordee.web.entretien.views import ecran_ou_404
from cordee.web.parcours import table
from cordee.web.parcours.views import contexte_de
from cordee.web.socle.acces import acces

P = Permission


@acces(P.ORIENTER, P.DIAGNOSTIQUER, finalite=Finalite.DIAGNOSTIC)
@require_POST
def brouillon(request: HttpRequest, pk: int, cle: str) -> HttpResponse:
    """Keep what is typed, every few seconds: the version on the page goes on, or says what somebody else changed."""
    contexte = contexte_de(request, pk, table.ACTES[ecran_ou_404(cle)])
    formulaire = Entretien(request.POST, contexte=contexte, use_required_attribute=False)
    formulaire.is_valid()  # a draft may be incomplete: what can be read is kept, what cannot stays on the screen
    page = {"form": formulaire, "le": contexte.maintenant, "personne": contexte.personne, "cle": cle}
    if formulaire.rien_a_garder:
        return render(request, "entretien/_etat.html", page)
    try:
        ligne = formulaire.enregistrer(brouillon=True)
    except DonneesPerimees as erreur:
        page |= {
            "conflit": str(erreur), "differences": formulaire.differences(), "neufs": formulaire.caches_a_jour(),
            "anciens": {nom: request.POST.get(nom, "") for nom in ("diagnostic", "version", "seance")},
        }  # fmt: skip
        return render(request, "entretien/_etat.html", page, status=409)
    except ErreurMetier as erreur:
        page |= {"refus": str(erreur), "ligne": None}
        return render(request, "entretien/_etat.html", page, status=422)
    page |= {"ligne": ligne, "sous_le_smic": formulaire.sous_le_smic(), "illisibles": _illisibles(formulaire)}
    return render(request, "entretien/_etat.html", page)


def _illisibles(formulaire: Entretien) -> list[str]:
    """Fields typed that could not be read: told, so that nobody believes them kept."""
    typees = (nom for nom in formulaire.errors if formulaire.data.get(nom))
    return [str(formulaire.fields[nom].label) for nom in typees if nom in formulaire.fields]


@acces(P.ORIENTER, P.DIAGNOSTIQUER, finalite=Finalite.DIAGNOSTIC)
@require_POST
def effacer(request: HttpRequest, pk: int, cle: str) -> HttpResponse:
    """Set aside a draft opened by mistake."""
    contexte = contexte_de(request, pk, table.ACTES[ecran_ou_404(cle)])
    ligne = brouillon_de(contexte.ids)
    if ligne is not None:
        try:
            version = int(request.POST.get("version") or 0)
            abandonner_brouillon(diagnostic=ligne, version=version, par=contexte.agent, le=contexte.maintenant)
        except (ErreurMetier, ValueError) as erreur:
            messages.error(request, str(erreur))
            return redirect(reverse(f"acte_{cle}", args=[pk]))
    messages.success(request, "Le brouillon est effacé.")
    return redirect(reverse("personne", args=[pk]))


@acces(P.ORIENTER, P.DIAGNOSTIQUER, P.CONTRACTUALISER)
@require_POST
def metiers(request: HttpRequest) -> HttpResponse:
    """Names of jobs for the words typed on one line. Sent in the body: what people want stays out of addresses."""
    ligne = request.POST.get("ligne", "")
    if ligne not in LIGNES:
        return HttpResponse(status=400)
    texte, code = request.POST.get(f"{ligne}_metier", ""), request.POST.get(f"{ligne}_appellation", "")
    trouvees = chercher_appellations(texte[:150])
    choisie = appellations_de([code]).get(code)
    if choisie is not None and choisie not in trouvees and choisie.libelle == texte.strip():
        trouvees = [choisie, *trouvees]
    page = {"ligne": ligne, "trouvees": trouvees, "choisie": choisie if choisie in trouvees else None, "texte": texte}
    return render(request, "entretien/_metiers.html", page)


@acces(P.ORIENTER, P.DIAGNOSTIQUER, finalite=Finalite.DIAGNOSTIC)
@require_POST
def competences_proposees(request: HttpRequest, pk: int, cle: str) -> HttpResponse:
    """The skills of the jobs on the screen, those already told first."""
    contexte = contexte_de(request, pk, table.ACTES[ecran_ou_404(cle)])
    formulaire = Entretien(request.POST, contexte=contexte, use_required_attribute=False)
    return render(request, "entretien/_competences.html", {"groupe": competences(formulaire)})
