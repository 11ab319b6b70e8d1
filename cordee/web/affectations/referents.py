"""What each référent and each team can take: loads today, and their settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cordee.metier.organismes.models import Agent, Structure, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.affectation.bareme import bareme
from cordee.metier.orientation.affectation.enums import Specialite
from cordee.metier.orientation.models import ReglageReferent, ReglageStructure
from cordee.metier.orientation.selectors.affectations import charges, structures_referentes
from cordee.metier.orientation.services.affectation import regler_referent, regler_structure
from cordee.socle import horloge
from cordee.web.administration.saisie import soumettre
from cordee.web.affectations.commun import portee
from cordee.web.affectations.formulaires import FormulaireEquipe, FormulaireReferent
from cordee.web.socle.acces import acces, agent_courant, habilitation_de

PAR_PAGE = 12


@acces(Permission.NOMMER_REFERENT)
def liste(request: HttpRequest) -> HttpResponse:
    """Structures and référents of her perimeter, with their places."""
    lieu = portee(request)
    departement = lieu["droits"].departement(Permission.NOMMER_REFERENT)
    texte = request.GET.get("q", "").strip()
    page = Paginator(structures_referentes(**lieu, texte=texte), PAR_PAGE).get_page(request.GET.get("page"))
    trouvees = charges(bareme=bareme(), au=lieu["au"], structures=[s.pk for s in page])
    contexte = {
        "page": page,
        "trouvees": trouvees,
        "q": texte,
        "departement": departement,
        "fil": [("Affectation", reverse("affectations")), ("Référents", "")],
    }
    return render(request, "affectations/referents.html", contexte)


@acces(Permission.NOMMER_REFERENT)
def regler(request: HttpRequest, structure: int, agent: int) -> HttpResponse:
    """The settings of one référent."""
    ou = _structure(request, structure)
    qui = get_object_or_404(
        Agent.objects.filter(en_cours(horloge.aujourdhui(), "affectations__"), affectations__structure=ou).distinct(),
        pk=agent,
    )
    reglage = ReglageReferent.objects.filter(agent=qui, structure=ou).first()
    formulaire = FormulaireReferent(request.POST or None, initial=FormulaireReferent.depuis(reglage))

    def agir(lus: Mapping[str, Any]) -> None:
        regler_referent(
            agent=qui, structure=ou, capacite=lus["capacite"], quotite=lus["quotite"],
            specialites=[Specialite(s) for s in lus["specialites"]], langues=lus["langues"].split(","),
            repos=lus["repos"], suspendu=lus["suspendu"], par=agent_courant(request), le=horloge.maintenant(),
        )  # fmt: skip

    return soumettre(
        request, formulaire, agir, titre=f"{qui} · {ou.nom}", retour=reverse("affectation_referents"),
        message="C'est enregistré : la prochaine affectation en tiendra compte.", gabarit="affectations/reglage.html",
        fil=[("Affectation", reverse("affectations")), ("Référents", reverse("affectation_referents")), (str(qui), "")],
    )  # fmt: skip


@acces(Permission.NOMMER_REFERENT)
def regler_equipe(request: HttpRequest, pk: int) -> HttpResponse:
    """The trade of a team (managers of the département)."""
    ou = _structure(request, pk)
    reglage = ReglageStructure.objects.filter(structure=ou).first()
    initial = {"specialite": reglage.specialite, "departementale": reglage.departementale} if reglage else {}
    formulaire = FormulaireEquipe(request.POST or None, initial=initial)

    def agir(lus: Mapping[str, Any]) -> None:
        regler_structure(
            structure=ou, specialite=Specialite(lus["specialite"]) if lus["specialite"] else None,
            departementale=lus["departementale"], par=agent_courant(request), le=horloge.maintenant(),
        )  # fmt: skip

    return soumettre(
        request, formulaire, agir, titre=ou.nom, retour=reverse("affectation_referents"),
        message="C'est enregistré : la prochaine affectation en tiendra compte.", gabarit="affectations/reglage.html",
        fil=[("Affectation", reverse("affectations")), ("Référents", reverse("affectation_referents")), (ou.nom, "")],
    )  # fmt: skip


def _structure(request: HttpRequest, pk: int) -> Structure:
    droits = habilitation_de(request)
    if not droits.departement(Permission.NOMMER_REFERENT) and pk not in droits.structures_encadrees:
        raise Http404
    return get_object_or_404(Structure.objects.filter(en_cours(horloge.aujourdhui())), pk=pk)
