"""One file: as the secretary prepares it, on the real person; as members read it, without anybody in it (V6)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.devoirs.enums_ep import MotifConflit, MotifRetrait, StatutPassage
from cordee.metier.devoirs.models import MembreEP, PassageEP
from cordee.metier.devoirs.selectors.ep import membres_au, participation_de, retires_du_dossier
from cordee.metier.devoirs.selectors.ep_conflits import conflits
from cordee.metier.devoirs.selectors.ep_dossiers import fiche_membre, manques_des, passages_de
from cordee.metier.devoirs.services import ep
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.metier.personnes.services import journaliser_lecture
from cordee.socle import horloge
from cordee.web.administration.saisie import soumettre
from cordee.web.equipe_pluri import commun
from cordee.web.equipe_pluri.formulaires import FormulaireExpose, FormulaireInterprete, FormulaireRetrait
from cordee.web.socle.acces import acces, habilitation_de

P = Permission


def lire_passage(request: HttpRequest, pk: int) -> PassageEP:
    """A file of a session of hers; for the secretary, of somebody in her perimeter."""
    seance_id = PassageEP.objects.filter(pk=pk).values_list("seance_id", flat=True).first()
    if seance_id is None:
        raise Http404
    seance = commun.lire_seance(request, seance_id)
    passage = passages_de(seance).select_related("seance__reglement", "seance__secretaire").get(pk=pk)
    d = commun.demande(request)
    if d.tient:
        visibles = personnes_visibles(pour=d.agent, au=d.au, droits=habilitation_de(request))
        if not visibles.filter(pk=passage.personne_id).exists():
            raise Http404
    return passage


@acces(P.TENIR_EP, finalite=Finalite.SANCTION)
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretary's page: what is missing, the exposé with what would name the person, ties, interpreter."""
    passage = lire_passage(request, pk)
    action = request.POST.get("action", "")
    expose = FormulaireExpose(request.POST if action == "expose" else None, initial={"expose": passage.expose})
    interprete = FormulaireInterprete(
        request.POST if action == "interprete" else None,
        initial={"langue": passage.langue, "type": passage.interprete_type, "nom": passage.interprete_nom},
    )
    if request.method == "POST":
        if _agir(request, passage, action, expose, interprete):
            if request.POST.get("retour") == "seance":
                return redirect("ep_seance", pk=passage.seance_id)
            return redirect("ep_dossier", pk=pk)
    else:
        d = commun.demande(request)
        journaliser_lecture(
            personne_id=passage.personne_id, par=d.agent, finalite=Finalite.SANCTION, page="ep_dossier", le=d.le
        )
    return _dessiner(request, passage, expose, interprete)


def _agir(
    request: HttpRequest, passage: PassageEP, action: str, expose: FormulaireExpose, interprete: FormulaireInterprete
) -> bool:
    """Do one act of the page. False when a form is to be shown again."""
    if action == "expose" and expose.is_valid():
        return commun.tenter(
            request, ep.rediger_expose, "L'exposé est enregistré.", passage=passage,
            expose=expose.cleaned_data["expose"],
        ) is not None  # fmt: skip
    if action == "interprete" and interprete.is_valid():
        return commun.tenter(
            request, ep.reserver_interprete, "L'interprète est noté.", passage=passage, **interprete.cleaned_data
        ) is not None  # fmt: skip
    if action in ("expose", "interprete"):
        return False
    simples: dict[str, tuple[Any, str, dict[str, Any]]] = {
        "sans_interprete": (
            ep.reserver_interprete,
            "Aucun interprète n'est nécessaire.",
            {"type": "", "inutile": True},
        ),
        "prevenue": (ep.noter_invitation, "L'invitation est notée : le préavis court d'aujourd'hui.", {}),
        "avec_audition": (ep.changer_audition, "La personne sera entendue.", {"audition": True}),
        "sans_audition": (ep.changer_audition, "Le dossier sera examiné sur pièces.", {"audition": False}),
        "monter": (ep.changer_rang, "L'ordre a changé.", {"vers": -1}),
        "descendre": (ep.changer_rang, "L'ordre a changé.", {"vers": 1}),
    }
    if action in simples:
        acte_, phrase, valeurs = simples[action]
        commun.tenter(request, acte_, phrase, passage=passage, **valeurs)
    elif action == "ecarter":
        membre = MembreEP.objects.filter(pk=_nombre(request.POST.get("membre"))).first()
        if membre is not None:
            commun.tenter(
                request, ep.ecarter_membre, f"{membre.agent} ne siégera pas sur ce dossier.", passage=passage,
                membre=membre, motif=MotifConflit.STRUCTURE,
            )  # fmt: skip
    else:
        messages.error(request, "Cet acte n'existe pas.")
    return True


def _nombre(texte: str | None) -> int:
    return int(texte) if texte and texte.isdigit() else 0


def _dessiner(
    request: HttpRequest, passage: PassageEP, expose: FormulaireExpose, interprete: FormulaireInterprete
) -> HttpResponse:
    d = commun.demande(request)
    ouvert = passage.statut == StatutPassage.INSCRIT
    membres = list(membres_au(horloge.jour(passage.seance.debut)))
    retires = retires_du_dossier(passage.pk)
    liens = {c.membre.pk: c.motif for c in conflits([passage], membres, au=d.au)}
    contexte = {
        "p": passage, "seance": passage.seance, "qui": commun.qui(passage), "au": d.au, "ouvert": ouvert,
        "manques": manques_des([passage], au=d.au)[passage.pk] if ouvert else [],
        "fiche": fiche_membre(passage), "expose": expose, "interprete": interprete,
        "effectif": passage.traits.get("effectif"),
        "membres": [{"m": m, "lien": liens.get(m.pk), "retire": m.pk in retires} for m in membres],
        "fil": commun.fil(passage.seance, page=f"Dossier {passage.code}"),
        "motif_retrait": MotifRetrait(passage.motif_retrait).libelle if passage.motif_retrait else "",
        "avis": getattr(passage, "avis", None),
    }  # fmt: skip
    return render(request, "equipe_pluri/dossier.html", contexte, status=422 if request.method == "POST" else 200)


@acces(P.TENIR_EP)
def retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off the agenda, until the morning of the session (R22)."""
    passage = lire_passage(request, pk)
    d = commun.demande(request)
    return soumettre(
        request, FormulaireRetrait(request.POST or None),
        lambda lus: ep.retirer_dossier(passage=passage, motif=MotifRetrait(lus["motif"]), par=d.agent, le=d.le),
        titre=f"Retirer le dossier de {commun.qui(passage)}", envoyer="Retirer le dossier", gabarit=commun.FORMULAIRE,
        avant="Les numéros suivants remontent ; les heures déjà annoncées ne changent pas. La lettre qui n'est pas "
        "partie est annulée ; une personne déjà prévenue reçoit un message.",
        message="Le dossier est retiré, l'ordre du jour renuméroté.",
        retour=reverse("ep_seance", args=[passage.seance_id]),
        fil=commun.fil(passage.seance, page="Retirer un dossier"),
    )  # fmt: skip


@acces(P.TENIR_EP, P.SIEGER, finalite=Finalite.SANCTION)
def lecture(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as members read it. Whoever does not sit on it does not open it, and is asked nothing."""
    passage = lire_passage(request, pk)
    d = commun.demande(request)
    participation = participation_de(passage.seance, d.agent)
    if not d.tient and (
        participation is None
        or passage.liens_controles_le is None
        or passage.statut == StatutPassage.RETIRE
        or participation.membre_id in retires_du_dossier(passage.pk)
    ):
        raise Http404
    journaliser_lecture(
        personne_id=passage.personne_id, par=d.agent, finalite=Finalite.SANCTION, page="ep_lecture", le=d.le
    )
    contexte = {
        "fiche": fiche_membre(passage), "p": passage, "seance": passage.seance, "siege": participation is not None,
        "tient": d.tient, "fil": commun.fil(passage.seance, page=f"Dossier {passage.code}"),
        "ouvert": passage.statut in (StatutPassage.INSCRIT, StatutPassage.EN_EXAMEN),
        "avis": getattr(passage, "avis", None),
    }  # fmt: skip
    return render(request, "equipe_pluri/lecture.html", contexte)


@acces(P.SIEGER)
@require_POST
def se_retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """A member leaves a file. No reason is asked for, none can be given (R28)."""
    passage, d = lire_passage(request, pk), commun.demande(request)
    participation = participation_de(passage.seance, d.agent)
    if participation is None:
        raise Http404
    commun.tenter(
        request, ep.se_retirer, "Vous ne siégez pas sur ce dossier. Personne ne vous demandera pourquoi.",
        passage=passage, membre=participation.membre,
    )  # fmt: skip
    return redirect("ep_seance", pk=passage.seance_id)
