"""One line: its reasons, the next best, another choice."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.affectation.bareme import bareme
from cordee.metier.orientation.affectation.enums import MotifDeplacement
from cordee.metier.orientation.affectation.raisons import contre, phrase
from cordee.metier.orientation.models import BesoinAccueil, LigneAffectation
from cordee.metier.orientation.selectors.affectations import Choix, choix_possibles, lignes_visibles
from cordee.metier.orientation.services.affectation import deplacer, ecarter, noter_besoin, recalculer
from cordee.metier.personnes.services import journaliser_lecture
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.affectations.commun import ecart_en_mots, en_mots, portee, trouver
from cordee.web.affectations.formulaires import FormulaireDeplacement
from cordee.web.composants import htmx
from cordee.web.socle.acces import acces, agent_courant


@acces(Permission.NOMMER_REFERENT, finalite=Finalite.ORIENTATION)
def ligne(request: HttpRequest, pk: int, ligne: int) -> HttpResponse:
    """Why this référent, who else, and the choice of somebody else."""
    trouvee = _ligne(request, pk, ligne)
    au = horloge.aujourdhui()
    brouillon = trouvee.proposition.statut == "brouillon"
    choix = choix_possibles(trouvee, bareme=bareme(), au=au) if brouillon else []
    noms = _Noms(choix, trouvee)
    form = FormulaireDeplacement(
        request.POST or None, referents=_options(choix, trouvee, noms),
        initial={"version": trouvee.proposition.version, "motif": MotifDeplacement.CONNAISSANCE},
    )  # fmt: skip
    statut = 200
    if request.method == "POST":
        reponse = _deplacer(request, trouvee, form)
        if reponse is not None:
            return reponse
        statut = 422
    else:
        journaliser_lecture(
            personne_id=trouvee.personne_id, par=agent_courant(request), finalite=Finalite.ORIENTATION,
            page="affectation", le=horloge.maintenant(),
        )  # fmt: skip
    contexte = {
        **en_mots(trouvee), "form": form, "brouillon": brouillon, "gabarit": htmx.gabarit(request),
        "au": au, "niveau": 3 if htmx.est_tiroir(request) else 2,
        "pour": [phrase(r) for r in trouvee.raisons if not r.get("points")],
        "contre": [(phrase(r), r["points"]) for r in contre(trouvee.raisons)],
        "suivant": _suivant(trouvee, choix, noms), "mieux": _mieux(trouvee, noms),
        "propose": noms.dire(trouvee.propose_structure_id, trouvee.propose_agent_id),
        "motif_deplacement": MotifDeplacement(trouvee.motif_deplacement) if trouvee.motif_deplacement else None,
        "accessible": BesoinAccueil.objects.filter(personne=trouvee.personne_id, lieu_accessible=True).exists(),
        "retour": reverse("affectation", args=[pk]), "possibles": len(choix),
    }  # fmt: skip
    return render(request, "affectations/ligne.html", contexte, status=statut)


@acces(Permission.NOMMER_REFERENT)
@require_POST
def mise_de_cote(request: HttpRequest, pk: int, ligne: int) -> HttpResponse:
    """Leave her out of this allocation, or take her back."""
    trouvee = _ligne(request, pk, ligne)
    quitter = request.POST.get("action") != "reprendre"
    ecarter(
        ligne=trouvee, ecarter=quitter, version=trouvee.proposition.version, par=agent_courant(request),
        le=horloge.maintenant(),
    )  # fmt: skip
    dit = "est laissée de côté : elle attend toujours un référent" if quitter else "est de nouveau dans l'affectation"
    messages.success(request, f"La personne {dit}.")
    return redirect("affectation", pk)


@acces(Permission.NOMMER_REFERENT)
@require_POST
def besoin(request: HttpRequest, pk: int, ligne: int) -> HttpResponse:
    """She asks for a place she can enter; the allocation is calculated again with it."""
    trouvee = _ligne(request, pk, ligne)
    par, le = agent_courant(request), horloge.maintenant()
    noter_besoin(personne=trouvee.personne, lieu_accessible=bool(request.POST.get("accessible")), par=par, le=le)
    recalculer(proposition=trouvee.proposition, par=par, le=le)
    messages.success(request, "C'est noté, et l'affectation en tient compte.")
    return redirect("affectation", pk)


# Parts --------------------------------------------------------------------------------------------------------------
def _ligne(request: HttpRequest, pk: int, ligne: int) -> LigneAffectation:
    proposition = trouver(request, pk)
    trouvee = lignes_visibles(proposition, **portee(request)).filter(pk=ligne).first()
    if trouvee is None:
        raise Http404
    trouvee.proposition = proposition
    return trouvee


def _deplacer(request: HttpRequest, trouvee: LigneAffectation, form: FormulaireDeplacement) -> HttpResponse | None:
    """The move; ``None`` when the form is to be shown again with what is wrong."""
    if not form.is_valid():
        return None
    structure, agent = (int(n) for n in form.cleaned_data["referent"].split("-"))
    avant = trouvee.proposition.cout
    try:
        faite = deplacer(
            ligne=trouvee, structure=Structure.objects.get(pk=structure), agent=Agent.objects.get(pk=agent),
            motif=MotifDeplacement(form.cleaned_data["motif"]), version=form.cleaned_data["version"],
            par=agent_courant(request), le=horloge.maintenant(),
        )  # fmt: skip
    except ErreurMetier as refus:
        form.add_error(None, str(refus))
        return None
    trouvee.proposition.refresh_from_db(fields=["cout"])
    ecart = trouvee.proposition.cout - avant
    cout = "sans rien coûter de plus" if ecart <= 0 else f"{ecart_en_mots(ecart)} en tout"
    messages.success(request, f"Confiée à {faite.agent}, choix verrouillé ; le reste est recalculé autour ({cout}).")
    return htmx.rediriger(request, reverse("affectation", args=[trouvee.proposition_id]))


class _Noms:
    """Names of the structures and agents a line's page cites, in two queries."""

    def __init__(self, choix: list[Choix], trouvee: LigneAffectation) -> None:
        autres = list(trouvee.suivant.values())
        postes = [c.poste for c in choix]
        structures = {p.structure for p in postes} | {a["structure"] for a in autres}
        agents = {p.agent for p in postes} | {a["agent"] for a in autres}
        structures.add(trouvee.propose_structure_id or 0)
        agents.add(trouvee.propose_agent_id or 0)
        self.structures = dict(Structure.objects.filter(pk__in=structures).values_list("pk", "nom"))
        self.agents = {a.pk: str(a) for a in Agent.objects.filter(pk__in=agents)}

    def dire(self, structure: int | None, agent: int | None) -> str:
        if structure is None or agent is None:
            return ""
        return f"{self.agents.get(agent, '')}, {self.structures.get(structure, '')}"


def _options(choix: list[Choix], trouvee: LigneAffectation, noms: _Noms) -> list[tuple[str, Any]]:
    """Référents by structure, the structure of the best one first."""
    rang: dict[int, int] = {}
    for c in choix:
        rang.setdefault(c.poste.structure, len(rang))
    ordonnes = sorted(choix, key=lambda c: (rang[c.poste.structure], c.points, c.poste.agent))
    ici = trouvee.cout or 0
    return [
        (
            noms.structures[structure],
            [
                (f"{c.poste.structure}-{c.poste.agent}", _option(c, ici if trouvee.agent_id else None, noms))
                for c in du_lieu
                if (c.poste.structure, c.poste.agent) != (trouvee.structure_id, trouvee.agent_id)
            ],
        )
        for structure, du_lieu in groupby(ordonnes, key=lambda c: c.poste.structure)
    ]


def _option(c: Choix, ici: int | None, noms: _Noms) -> str:
    places = "complet" if c.places <= 0 else f"{c.places} place{'s' if c.places > 1 else ''}"
    ecart = "" if ici is None else f" · {ecart_en_mots(c.points - ici)}"
    return f"{noms.agents[c.poste.agent]} · {places}{ecart}"


def _suivant(trouvee: LigneAffectation, choix: list[Choix], noms: _Noms) -> dict[str, Any] | None:
    brut = trouvee.suivant.get("suivant")
    if brut is None:
        return None
    cle = (brut["structure"], brut["agent"])
    raisons = contre(next((c.raisons for c in choix if c.poste.cle == cle), []))
    return {
        "qui": noms.dire(*cle), "ecart": ecart_en_mots(brut["ecart"]),
        "raisons": [phrase(r) for r in raisons if r["code"] != "structure_changee"],
    }  # fmt: skip


def _mieux(trouvee: LigneAffectation, noms: _Noms) -> dict[str, Any] | None:
    brut = trouvee.suivant.get("mieux")
    if brut is None:
        return None
    return {
        "qui": noms.dire(brut["structure"], brut["agent"]), "nombre": brut["nombre"],
        "ecart": ecart_en_mots(brut["ecart"]),
    }  # fmt: skip
