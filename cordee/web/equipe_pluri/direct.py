"""The session as it is held: who is there, the quorum as it stands, one file after another. No name on this screen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cordee.metier.devoirs.enums_ep import GenreCollege, PresencePersonne, SensAvis, StatutPassage, StatutSeance
from cordee.metier.devoirs.models import MembreEP, PassageEP, SeanceEP
from cordee.metier.devoirs.selectors.ep_dossiers import fiche_membre, participations_de, passages_de
from cordee.metier.devoirs.services import ep
from cordee.metier.devoirs.services.ep_tenue import phrase_sans_quorum
from cordee.metier.organismes.roles import Permission
from cordee.socle.erreurs import ErreurMetier
from cordee.web.equipe_pluri import commun
from cordee.web.equipe_pluri.formulaires import FormulaireAudition, FormulaireAvis, FormulaireObservations
from cordee.web.socle.acces import acces

P = Permission


@acces(P.TENIR_EP)
def direct(request: HttpRequest, pk: int) -> HttpResponse:
    """The screen of the session: it may be projected, files are named by their code."""
    posee = commun.lire_seance(request, pk)
    courant = PassageEP.objects.filter(seance=posee, statut=StatutPassage.EN_EXAMEN).first()
    votants = _membres(ep.votants_de(courant)) if courant else []
    action = request.POST.get("action", "")
    formulaires = _formulaires(request, action, courant, posee, votants)
    if request.method == "POST" and _agir(request, posee, courant, action, formulaires):
        close = SeanceEP.objects.filter(pk=pk, statut=StatutSeance.CLOSE).exists()
        return redirect("ep_pv" if close else "ep_direct", pk=pk)
    return _dessiner(request, posee, courant, votants, formulaires)


def _membres(ids: tuple[int, ...]) -> list[MembreEP]:
    return list(MembreEP.objects.filter(pk__in=ids).select_related("agent").order_by("college", "pk"))


def _formulaires(
    request: HttpRequest, action: str, courant: PassageEP | None, posee: SeanceEP, votants: list[MembreEP]
) -> dict[str, Any]:
    def lu(nom: str) -> Any:
        return request.POST if request.method == "POST" and action == nom else None

    audition = {
        "presence": "" if courant is None or courant.presence == PresencePersonne.ATTENDUE else courant.presence,
        "assistee_par": courant.assistee_par if courant else "", "notes": courant.notes_audition if courant else "",
    }  # fmt: skip
    return {
        "audition": FormulaireAudition(lu("audition"), initial=audition),
        "avis": FormulaireAvis(lu("avis"), votants=votants, initial={"pour": len(votants)}),
        "observations": FormulaireObservations(lu("observations"), initial={"texte": posee.observations}),
    }


def _agir(
    request: HttpRequest, posee: SeanceEP, courant: PassageEP | None, action: str, formulaires: dict[str, Any]
) -> bool:
    """Do one act of the screen. False when a form is to be shown again with what is wrong."""
    if action in formulaires:
        formulaire = formulaires[action]
        return formulaire.is_valid() and _soumettre(request, posee, courant, action, formulaire)
    if action in ("arrive", "part", "ouvrir"):
        membre = MembreEP.objects.filter(pk=_entier(request, "membre")).first()
        if membre is None:
            messages.error(request, "Choisissez un membre.")
        elif action == "ouvrir":
            commun.tenter(request, ep.ouvrir_seance, "La séance est ouverte.", seance=posee, presidence=membre)
        else:
            _presence(request, posee, membre, arrive=action == "arrive")
    elif action in ("appeler", "reprendre"):
        passage = PassageEP.objects.filter(seance=posee, pk=_entier(request, "passage")).first()
        if passage is not None:
            acte_ = ep.appeler if action == "appeler" else ep.reprendre_avis
            phrase = f"Dossier n° {passage.numero}, {passage.code}."
            commun.tenter(request, acte_, phrase, passage=passage)
    elif action == "clore":
        if commun.tenter(request, ep.clore_seance, "La séance est close. Les référents sont prévenus.", seance=posee):
            commun.tenter(request, ep.etablir_proces_verbal, "Le procès-verbal est établi : relisez-le et signez.",
                          seance=posee)  # fmt: skip
    else:
        messages.error(request, "Cet acte n'existe pas.")
    return True


def _presence(request: HttpRequest, posee: SeanceEP, membre: MembreEP, *, arrive: bool) -> None:
    try:
        d = commun.demande(request)
        ep.noter_presence(seance=posee, membre=membre, present=arrive, par=d.agent, le=d.le)
    except ErreurMetier as refus:
        messages.error(request, str(refus))


def _soumettre(
    request: HttpRequest, posee: SeanceEP, courant: PassageEP | None, action: str, formulaire: Any
) -> bool:  # fmt: skip
    """Send a valid form to the domain; its refusal stands on the form, so that nothing typed is lost."""
    d = commun.demande(request)
    lus = formulaire.cleaned_data
    try:
        if action == "observations":
            ep.noter_observations(seance=posee, texte=lus["texte"], par=d.agent, le=d.le)
            messages.success(request, "Les observations sont notées.")
        elif courant is None:
            raise ErreurMetier("Aucun dossier n'est en examen.")
        elif action == "audition":
            ep.noter_audition(
                passage=courant, presence=PresencePersonne(lus["presence"]), assistee_par=lus["assistee_par"],
                notes=lus["notes"], par=d.agent, le=d.le,
            )  # fmt: skip
            messages.success(request, "C'est noté.")
        else:
            avis = ep.rendre_avis(
                passage=courant, sens=SensAvis(lus["sens"]), motivation=lus["motivation"],
                autre_mesure=lus["autre_mesure"], vote=formulaire.vote(), dissentiments=formulaire.dissentiments(),
                par=d.agent, le=d.le,
            )  # fmt: skip
            messages.success(request, f"Dossier n° {courant.numero} : {avis.sens_lu.libelle.lower()}.")
    except ErreurMetier as refus:
        formulaire.add_error(None, str(refus))
        return False
    return True


def _entier(request: HttpRequest, nom: str) -> int:
    texte = request.POST.get(nom, "")
    return int(texte) if texte.isdigit() else 0


def _dessiner(
    request: HttpRequest, posee: SeanceEP, courant: PassageEP | None, votants: list[MembreEP],
    formulaires: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    constat = ep.quorum_de(posee)
    passages = [p for p in passages_de(posee) if p.statut != StatutPassage.RETIRE]
    membres = list(participations_de(posee))
    contexte = {
        "seance": posee, "statut": posee.statut_lu, "constat": constat, "au": commun.demande(request).au,
        "phrase_quorum": "" if constat.atteint else phrase_sans_quorum(constat),
        "membres": [{"p": p, "college": GenreCollege(p.membre.college).libelle} for p in membres],
        "president_possible": [p.membre for p in membres if p.membre.preside and p.dans_la_salle],
        "passages": [{"p": p, "avis": getattr(p, "avis", None)} for p in passages],
        "courant": courant, "fiche": fiche_membre(courant) if courant else None, "votants": votants,
        "suivant": next((p for p in passages if p.statut == StatutPassage.INSCRIT), None),
        "restent": sum(p.statut in (StatutPassage.INSCRIT, StatutPassage.EN_EXAMEN) for p in passages),
        "ouverte": posee.statut == StatutSeance.OUVERTE, "a_venir": posee.statut_lu.a_venir,
        "constat_dossier": ep.quorum_de(posee, courant) if courant else None,
        "fil": commun.fil(posee, page="En séance"), **{f"form_{nom}": f for nom, f in formulaires.items()},
    }  # fmt: skip
    return render(
        request, "equipe_pluri/direct.html", contexte, status=422 if request.method == "POST" else 200
    )  # fmt: skip
