"""Hand-overs: those to answer, those sent, and the page on which the receiver decides (REQ-114)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.cycle import OUVERTS, suite
from cordee.metier.orientation.enums import ActeRelais, MotifRefusRelais
from cordee.metier.orientation.models import Relais
from cordee.metier.orientation.selectors.equipe import collegues_de, q_recus, q_relais
from cordee.metier.orientation.services import presenter_referent
from cordee.metier.orientation.services.relais import (
    accepter_relais,
    accuser_relais,
    peut_repondre,
    refuser_relais,
    retirer_relais,
)
from cordee.metier.parcours.enums import GenreEcheance, Voie
from cordee.metier.parcours.models import Echeance, Situation
from cordee.metier.personnes.selectors import adresse_courante, personnes_visibles
from cordee.metier.personnes.services import journaliser_lecture
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.tableaux import Colonne
from cordee.web.equipe.perimetre import dirigees
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import age, nom_court

P, A = Permission, ActeRelais
PAR_PAGE = 50
COLONNES = [
    Colonne("personne", "Personne", triable=False),
    Colonne("de", "De", triable=False),
    Colonne("vers", "Vers", triable=False),
    Colonne("raison", "Raison", triable=False),
    Colonne("reponse", "Réponse attendue", triable=False),
    Colonne("etat", "État", triable=False),
]
VUES = {"recus": "À répondre", "envoyes": "Envoyés", "clos": "Clos"}


class Accepter(forms.Form):
    """Who will be the référent here; later, when the head names her herself."""

    agent = forms.ChoiceField(label="Référent", required=False)
    lettre = forms.BooleanField(
        label="Préparer la lettre qui présente le référent à la personne", required=False, initial=True
    )

    def __init__(self, *args: Any, relais: Relais, au: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agents = {str(a.pk): a for a in collegues_de(relais.vers_structure, au=au)}
        vide = [] if relais.decision or relais.vers_agent_id else [("", "Nommer le référent plus tard")]
        self.fields["agent"].choices = [*vide, *((pk, str(a)) for pk, a in self.agents.items())]  # type: ignore[attr-defined]
        self.initial.setdefault("agent", str(relais.vers_agent_id or ""))


class Refuser(forms.Form):
    motif = forms.ChoiceField(label="Pourquoi", choices=MotifRefusRelais.choices(), widget=forms.RadioSelect)


@acces(P.SUIVRE, P.NOMMER_REFERENT, finalite=Finalite.SUIVI)
def liste(request: HttpRequest) -> HttpResponse:
    """Hand-overs that wait for her answer, those she or her team sent, those that are closed."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    vue = request.GET.get("vue", "recus")
    vue = vue if vue in VUES else "recus"
    lignes = Relais.objects.filter(q_relais(agent, droits)).select_related(
        "personne", "de_structure", "de_agent", "vers_structure", "vers_agent"
    )
    ouverts = Q(statut__in=[str(s) for s in OUVERTS])
    recus = ouverts & _a_repondre(agent, droits)
    filtre = {"recus": recus, "envoyes": ouverts & ~_a_repondre(agent, droits), "clos": ~ouverts}[vue]
    choisies = lignes.filter(filtre).order_by("-clos_le" if vue == "clos" else "propose_le", "pk")
    page = Paginator(choisies, PAR_PAGE).get_page(request.GET.get("page"))
    dates = _echeances([r.personne_id for r in page])
    contexte = {
        "au": horloge.jour(maintenant),
        "vue": vue,
        "vues": [(cle, libelle, f"?vue={cle}") for cle, libelle in VUES.items()],
        "page": page,
        "lignes": [{"r": r, "qui": _qui(r), "echeance": dates.get(r.personne_id)} for r in page],
        "colonnes": COLONNES,
    }
    return render(request, "equipe/relais.html", contexte)


@acces(P.SUIVRE, P.NOMMER_REFERENT, finalite=Finalite.SUIVI)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the receiver may know of the person, and her answer. The file opens once she has accepted."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    relais = _lire(pk, agent, droits)
    au = horloge.jour(maintenant)
    action = request.POST.get("action", "")
    accepter = Accepter(request.POST if action == "accepter" else None, relais=relais, au=au)
    refuser = Refuser(request.POST if action == "refuser" else None)
    if request.method == "POST":
        formulaire = {"accepter": accepter, "refuser": refuser}.get(action)
        if formulaire is None or formulaire.is_valid():
            try:
                phrase = _repondre(request, relais, formulaire, agent, maintenant)
            except ErreurMetier as erreur:
                if formulaire is None:
                    messages.error(request, str(erreur))
                    return redirect("relais_detail", pk=pk)
                formulaire.add_error(None, str(erreur))
            else:
                messages.success(request, phrase)
                return redirect("relais")
    else:
        journaliser_lecture(
            personne_id=relais.personne_id, par=agent, finalite=Finalite.SUIVI, page="relais", le=maintenant
        )
    statut = relais.etat_lu
    contexte = {
        "au": au,
        "relais": relais,
        "qui": _qui(relais),
        "faits": _faits(relais, maintenant),
        "echeance": _echeances([relais.personne_id]).get(relais.personne_id) if statut in OUVERTS else None,
        "peut_ouvrir": personnes_visibles(pour=agent, au=au, droits=droits).filter(pk=relais.personne_id).exists(),
        "repond": statut in OUVERTS and peut_repondre(relais, agent, droits),
        "accuse": suite(statut, A.ACCUSER) is not None,
        "retire": statut in OUVERTS
        and (relais.propose_par_id == agent.pk or relais.de_structure_id in dirigees(droits)
             or droits.departement(P.ENCADRER)),
        "accepter": accepter,
        "refuser": refuser,
        "refus": MotifRefusRelais(relais.motif_refus).libelle if relais.motif_refus else "",
        "fil": [("Relais", reverse("relais")), (_qui(relais), "")],
    }  # fmt: skip
    erreur_saisie = request.method == "POST"
    return render(request, "equipe/relais_detail.html", contexte, status=422 if erreur_saisie else 200)


# Parts --------------------------------------------------------------------------------------------------------------
def _a_repondre(agent: Agent, droits: Habilitation) -> Q:
    """Hers to answer; whoever manages the département decides those left without answer."""
    recus = q_recus(agent, droits)
    return recus | Q(statut="expire") if droits.departement(P.ENCADRER) else recus


def _lire(pk: int, agent: Agent, droits: Habilitation) -> Relais:
    relais = (
        Relais.objects.filter(q_relais(agent, droits), pk=pk)
        .select_related("personne", "de_structure", "de_agent", "vers_structure", "vers_agent", "propose_par")
        .first()
    )
    if relais is None:
        raise Http404
    return relais


def _repondre(request: HttpRequest, relais: Relais, formulaire: Any, agent: Agent, le: datetime) -> str:
    commun: dict[str, Any] = {"relais": relais, "par": agent, "le": le}
    action = request.POST.get("action", "")
    if action == "accuser":
        accuser_relais(**commun)
        return "Le relais est bien reçu : il reste à y répondre."
    if action == "accepter":
        choisi = formulaire.agents.get(formulaire.cleaned_data["agent"])
        accepter_relais(agent=choisi, **commun)
        suite_ = "La décision est à notifier." if relais.decision else "Son parcours continue sans changement de délai."
        lettre = _presenter(relais, agent, le) if formulaire.cleaned_data["lettre"] else ""
        return f"{_qui(relais)} est accompagnée ici. {suite_} {lettre}".strip()
    if action == "refuser":
        refuser_relais(motif=MotifRefusRelais(formulaire.cleaned_data["motif"]), **commun)
        return "Le refus est enregistré : la personne reste avec son référent, qui en est informé."
    if action == "retirer":
        retirer_relais(**commun)
        return "Le relais est retiré."
    raise ErreurMetier("Choisissez une réponse.")


def _presenter(relais: Relais, agent: Agent, le: datetime) -> str:
    """The letter with the new name (R56), when somebody is named and it may leave: accepting never depends on it."""
    try:
        with transaction.atomic():
            presenter_referent(personne=relais.personne, canal=Canal.COURRIER, par=agent, le=le)
    except ErreurMetier:
        return "La lettre ne peut pas partir maintenant : prévenez la personne autrement."
    return "La lettre attend dans « Courriers »."


def _qui(relais: Relais) -> str:
    """Short name; nothing of a sensitive file before it is accepted (V13)."""
    if relais.personne.dossier_sensible:
        return "Dossier sensible"
    return nom_court(relais.personne.prenom, relais.personne.nom)


def _faits(relais: Relais, maintenant: datetime) -> list[tuple[str, Any]]:
    """What the receiver may know: the path and what is due, nothing of the diagnosis, the rights or the notes."""
    p, au = relais.personne, horloge.jour(maintenant)
    s = Situation.objects.filter(personne=p).select_related("etape").first()
    adresse = adresse_courante(p, au)
    rdv = RendezVous.objects.filter(personne=p, statut=StatutRendezVous.PREVU, debut__gte=maintenant)
    prochain = rdv.order_by("debut").values_list("debut", flat=True).first()
    ans = age(p.date_naissance, au)
    faits: list[tuple[str, Any]] = [
        ("Âge", f"{ans} ans" if ans is not None and not p.dossier_sensible else "non indiqué"),
        ("Commune", adresse.commune.nom if adresse and adresse.commune else "inconnue"),
    ]
    if p.interprete:
        faits.append(("Interprète", p.langue or "nécessaire"))
    if p.contact_discret:
        faits.append(("Contact discret", "N'appelez et n'écrivez pas avant d'avoir parlé à son référent actuel."))
    if s is not None:
        faits += [
            ("Parcours", Voie(s.voie).libelle if s.voie else "à décider"),
            ("Contrat", f"signé le {s.contrat_le:%d/%m/%Y}" if s.contrat_le else "pas encore signé"),
            ("Dernier contact", f"{s.dernier_contact_le:%d/%m/%Y}" if s.dernier_contact_le else "aucun"),
        ]
        if s.etape is not None:
            faits.append(("Prochaine étape", f"{s.etape.get_genre_display()} avant le {s.etape.echeance:%d/%m/%Y}"))
    if prochain:
        faits.append(("Prochain rendez-vous", f"{prochain.astimezone(horloge.PARIS):%d/%m/%Y à %H:%M}"))
    return faits


def _echeances(personnes: list[int]) -> dict[int, Echeance]:
    genres = (GenreEcheance.REPONDRE_RELAIS, GenreEcheance.TRANCHER_RELAIS)
    lignes = Echeance.objects.filter(personne__in=personnes, genre__in=genres, fermee_le__isnull=True)
    return {e.personne_id: e for e in lignes}
