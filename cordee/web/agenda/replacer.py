"""One act for a colleague's day, a closing, a strike: what is proposed is seen, then confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import MotifFermeture, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, RendezVous
from cordee.metier.rendezvous.selectors.reaffectation import Proposition, a_reaffecter, proposer
from cordee.metier.rendezvous.services import BilanDeplacement
from cordee.socle import horloge
from cordee.socle.horloge import PARIS
from cordee.web.agenda.formulaires import FiltresReplacer
from cordee.web.agenda.onglets import cadre
from cordee.web.agenda.perimetre import PerimetreAgenda, perimetre
from cordee.web.composants import htmx
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.identites import nom_court

P = Permission
PAR_PAGE = 100
HORIZON = timedelta(weeks=10)
COLLEGUE = "agent-"
EXCUSE = "Nous ne pourrons pas vous recevoir à l'heure prévue. Nous vous prions de nous en excuser."
_PREVENIR = {
    Canal.SMS: "par SMS",
    Canal.COURRIEL: "par courriel",
    Canal.TELEPHONE: "à appeler",
    Canal.COURRIER: "par courrier",
}


@dataclass(frozen=True, slots=True)
class LigneReplacer:
    """One appointment to move, ready to draw. ``nom`` empty: her file is outside the perimeter."""

    p: Proposition
    nom: str
    raison: str
    comment: str
    champ: str
    tenue: bool

    @property
    def collegues(self) -> list[tuple[str, Agent]]:
        """Who could take it over at that hour, unless a slot is free at that very hour."""
        return [] if self.p.meme_heure else [(f"{COLLEGUE}{a.pk}", a) for a in self.p.collegues]

    @property
    def collegue_d_abord(self) -> bool:
        """Whether a colleague at the same hour disturbs her less than the slots found."""
        return bool(self.collegues) and not self.p.meme_heure

    @property
    def possibles(self) -> list[Creneau]:
        return [c for c in (self.p.creneau, *self.p.autres) if c is not None]


@dataclass(frozen=True, slots=True)
class Demande:
    """What is to be moved: a colleague's day, or everything nobody will receive."""

    agent: Agent | None
    debut: datetime
    fin: datetime
    rdvs: list[RendezVous]
    total: int


@acces(P.CONVOQUER)
def replacer(request: HttpRequest) -> HttpResponse:
    """Propose, then move."""
    vu = perimetre(request)
    filtres = FiltresReplacer(request.GET, perimetre=vu)
    lus = filtres.cleaned_data if filtres.is_valid() else {}
    le = horloge.maintenant()
    demande = _demande(vu, filtres, lus, le)
    if request.method == "POST":
        bilan = _deplacer(request, vu, demande, le)
        _dire(request, bilan, _noms(demande.rdvs, vu))
        return htmx.rediriger(request, request.get_full_path())
    propositions = proposer(
        demande.rdvs, le=le, sauf_agents=[demande.agent.pk] if demande.agent else (),
        apres=None if demande.agent else le,
    )  # fmt: skip
    lignes = _lignes(propositions.lignes, vu)
    contexte = {
        **cadre("replacer"), "filtres": filtres, "demande": demande, "lignes": lignes, "au": vu.au,
        "prets": sum(1 for x in lignes if x.tenue and x.p.possible), "excuse": EXCUSE,
        "reste": demande.total - len(demande.rdvs), "action": request.get_full_path(),
        "toutes": reverse("agenda_replacer"),
    }  # fmt: skip
    return render(request, "agenda/replacer.html", contexte)


def _demande(vu: PerimetreAgenda, filtres: FiltresReplacer, lus: Mapping[str, object], le: datetime) -> Demande:
    agent = filtres.agents.get(str(lus.get("agent", "")))
    structure = filtres.par_structure.get(str(lus.get("structure", "")))
    ids = [structure.pk] if structure else None
    if agent is not None:
        jour = lus.get("jour") or vu.au
        debut = datetime.combine(jour, time(), tzinfo=PARIS)  # type: ignore[arg-type]
        fin = debut + timedelta(days=1)
        rdvs = RendezVous.objects.filter(agent=agent, statut=StatutRendezVous.PREVU, debut__gte=max(debut, le))
        rdvs = rdvs.filter(debut__lt=fin, structure__in=ids or [s.pk for s in vu.structures])
        trouves = list(rdvs.select_related("personne", "structure", "agent", "creneau__lieu").order_by("debut", "pk"))
        return Demande(agent, debut, fin, trouves, len(trouves))
    a_faire = a_reaffecter(du=le, au=le + HORIZON, droits=vu.droits, structures=ids)
    return Demande(None, le, le + HORIZON, list(a_faire[:PAR_PAGE]), a_faire.count())


def _lignes(propositions: Sequence[Proposition], vu: PerimetreAgenda) -> list[LigneReplacer]:
    noms = _noms([p.rdv for p in propositions], vu)
    lignes = []
    for p in propositions:
        raison = getattr(p.rdv, "raison", "")
        comment = ""
        if p.creneau is not None and p.meme_heure:
            comment = "même heure, même lieu : rien à annoncer"
        elif p.choix is not None and p.choix.canal is not None:
            comment = _PREVENIR.get(p.choix.canal, p.choix.canal.libelle.lower())
        lignes.append(
            LigneReplacer(
                p, noms.get(p.rdv.personne_id, ""), MotifFermeture(raison).libelle if raison else "", comment,
                f"creneau-{p.rdv.pk}", vu.tient(structure_id=p.rdv.structure_id, agent_id=p.rdv.agent_id),
            )
        )  # fmt: skip
    return lignes


def _deplacer(request: HttpRequest, vu: PerimetreAgenda, demande: Demande, le: datetime) -> BilanDeplacement:
    """Only what was shown, in agendas she keeps, to slots of structures she sees."""
    siens = {r.pk for r in demande.rdvs if vu.tient(structure_id=r.structure_id, agent_id=r.agent_id)}
    choix: dict[int, int] = {}
    versions: dict[int, int] = {}
    collegues: dict[int, Agent] = {}
    agents = {f"{COLLEGUE}{a.pk}": a for a in vu.agents()}
    for pk in siens:
        voulu, version = request.POST.get(f"creneau-{pk}", ""), request.POST.get(f"version-{pk}", "")
        if version.isdigit():
            versions[pk] = int(version)
            if voulu in agents:
                collegues[pk] = agents[voulu]
            elif voulu.isdigit():
                choix[pk] = int(voulu)
    permis = set(
        Creneau.objects.filter(pk__in=choix.values(), structure__in=[s.pk for s in vu.structures]).values_list(
            "pk", flat=True
        )
    )
    choix = {rdv: creneau for rdv, creneau in choix.items() if creneau in permis}
    par = agent_courant(request)
    if demande.agent is not None:
        return services.reaffecter_journee(
            agent=demande.agent, jour_absent=horloge.jour(demande.debut), choix=choix, collegues=collegues,
            versions=versions, par=par, le=le,
        )  # fmt: skip
    excuse = request.POST.get("excuse", "").strip()[:300]
    return services.deplacer_en_masse(
        choix=choix, collegues=collegues, excuse=excuse, versions=versions, par=par, le=le
    )  # fmt: skip


def _dire(request: HttpRequest, bilan: BilanDeplacement, noms: dict[int, str]) -> None:
    """What was done, who is to be called, who stays and why."""
    if bilan.confies:
        n = len(bilan.confies)
        messages.success(request, f"{n} rendez-vous {'confié' if n == 1 else 'confiés'} à un collègue à la même heure.")
    if bilan.deplaces:
        canaux = Counter(bilan.canaux.values())
        comment = ", ".join(f"{n} {_PREVENIR.get(c, c.libelle.lower())}" for c, n in canaux.most_common())
        n = len(bilan.deplaces)
        messages.success(request, f"{n} rendez-vous {'déplacé' if n == 1 else 'déplacés'} : {comment}.")
    if bilan.refus:
        noms_par_rdv = dict(RendezVous.objects.filter(pk__in=bilan.refus).values_list("pk", "personne"))
        phrases = [f"{noms.get(noms_par_rdv[pk], 'Une personne')} : {pourquoi}" for pk, pourquoi in bilan.refus.items()]
        messages.warning(request, "Restent à replacer. " + " ".join(phrases[:5]))
    if not bilan.faits and not bilan.refus:
        messages.info(request, "Aucun rendez-vous n'a été choisi : rien n'a changé.")


def _noms(rdvs: Sequence[RendezVous], vu: PerimetreAgenda) -> dict[int, str]:
    personnes: dict[int, Personne] = {r.personne_id: r.personne for r in rdvs}
    visibles = personnes_visibles(pour=vu.agent, au=vu.au, droits=vu.droits).filter(pk__in=list(personnes))
    return {pk: nom_court(personnes[pk].prenom, personnes[pk].nom) for pk in visibles.values_list("pk", flat=True)}
