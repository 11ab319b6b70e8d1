"""Moving many appointments in one act: a colleague's day (R5), a closing or a strike (R62), a departure (R56)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.enums import MotifAbsence
from cordee.metier.organismes.models import AbsenceAgent, Agent
from cordee.metier.organismes.selectors import agents_de
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.services import rattacher
from cordee.metier.rendezvous.models import Creneau, RendezVous
from cordee.metier.rendezvous.selectors.reaffectation import canaux_de, sur_place_identique
from cordee.metier.rendezvous.services.absences import declarer_absence
from cordee.metier.rendezvous.services.agenda import S, deplacer
from cordee.metier.rendezvous.services.occupation import (
    RendezVousImpossible,
    adresse_du_creneau,
    exiger_agent_libre,
    occuper,
)
from cordee.metier.rendezvous.services.places import rendre, verrouiller_creneaux
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.socle.horloge import PARIS, jour

EXCUSE_ABSENCE = "La personne qui devait vous recevoir est absente. Nous vous prions de nous en excuser."


@dataclass(slots=True)
class BilanDeplacement:
    """What became of each appointment of the act.

    ``canaux``: how the people of ``deplaces`` are told, by the new id; ``refus``: id → why it stays where it is.
    """

    confies: list[RendezVous] = field(default_factory=list)
    deplaces: list[RendezVous] = field(default_factory=list)
    canaux: dict[int, Canal] = field(default_factory=dict)
    refus: dict[int, str] = field(default_factory=dict)

    @property
    def faits(self) -> int:
        return len(self.confies) + len(self.deplaces)


@transaction.atomic
def reaffecter_journee(
    *, agent: Agent, jour_absent: date, choix: Mapping[int, int], par: Agent, le: datetime,
    collegues: Mapping[int, Agent] | None = None, motif: MotifAbsence = MotifAbsence.MALADIE,
    versions: Mapping[int, int] | None = None,
) -> BilanDeplacement:  # fmt: skip
    """A colleague does not come today: her absence is recorded, her slots close, her people are given what was chosen.

    Args:
        choix: appointment → slot, as ``selectors.proposer`` proposed it and the agent confirmed it.
        collegues: appointment → colleague who takes it over at the same hour without a slot.
        versions: appointment → version shown; one that changed meanwhile stays where it is.

    At the same hour and place nothing changes for the person: a colleague takes over, she is told when she comes.
    Otherwise the appointment moves and she is told by the quickest way open to her.
    """
    debut = max(le, datetime.combine(jour_absent, time(), tzinfo=PARIS))
    fin = datetime.combine(jour_absent, time(), tzinfo=PARIS) + timedelta(days=1)
    deja = AbsenceAgent.objects.filter(
        Q(fin__isnull=True) | Q(fin__gte=fin), agent=agent, debut__lte=debut
    ).exists()  # fmt: skip
    if not deja:
        declarer_absence(agent=agent, debut=debut, fin=fin, motif=motif, par=par, le=le)
    return deplacer_en_masse(
        choix=choix, collegues=collegues, excuse=EXCUSE_ABSENCE, par=par, le=le, versions=versions
    )  # fmt: skip


@transaction.atomic
def deplacer_en_masse(
    *, choix: Mapping[int, int], excuse: str, par: Agent, le: datetime, versions: Mapping[int, int] | None = None,
    collegues: Mapping[int, Agent] | None = None,
) -> BilanDeplacement:  # fmt: skip
    """Move appointments to the slots chosen, each told by her own way with the text of apology.

    One that cannot move (place taken meanwhile, nobody can be told, screen out of date) stays and is in ``refus``.

    Args:
        choix: appointment → slot.
        collegues: appointment → colleague who takes it over at the same hour without a slot.
        excuse: what the message says first; empty: only that the date changed.
    """
    bilan = BilanDeplacement()
    _confier_a_la_main(bilan, collegues or {}, versions, par=par, le=le)
    rdvs = list(
        RendezVous.objects.filter(pk__in=choix)
        .select_related("personne", "structure", "creneau")
        .order_by("debut", "pk")
    )
    creneaux = Creneau.objects.select_related("structure", "agent", "lieu").in_bulk(set(choix.values()))
    canaux = canaux_de(rdvs, le=le)
    for rdv in rdvs:
        creneau = creneaux.get(choix[rdv.pk])
        if creneau is None:
            bilan.refus[rdv.pk] = "Ce créneau n'existe plus."
            continue
        vue = rdv.version if versions is None else versions.get(rdv.pk, rdv.version)
        try:
            if sur_place_identique(rdv, creneau):
                bilan.confies.append(confier(rendez_vous=rdv, version=vue, creneau=creneau, par=par, le=le))
                continue
            canal = canaux[rdv.personne_id].canal if rdv.personne_id in canaux else None
            if canal is None:
                bilan.refus[rdv.pk] = "Aucun moyen ne permet de prévenir cette personne à temps."
                continue
            nouveau = deplacer(
                rendez_vous=rdv, version=vue, creneau=creneau, canal=canal, introduction=excuse, par=par, le=le
            )
            bilan.deplaces.append(nouveau)
            bilan.canaux[nouveau.pk] = canal
        except ErreurMetier as erreur:
            bilan.refus[rdv.pk] = str(erreur)
    return bilan


def _confier_a_la_main(
    bilan: BilanDeplacement, collegues: Mapping[int, Agent], versions: Mapping[int, int] | None, *, par: Agent,
    le: datetime,
) -> None:  # fmt: skip
    for rdv in RendezVous.objects.filter(pk__in=collegues).select_related("personne").order_by("debut", "pk"):
        vue = rdv.version if versions is None else versions.get(rdv.pk, rdv.version)
        try:
            fait = confier_sans_creneau(rendez_vous=rdv, version=vue, agent=collegues[rdv.pk], par=par, le=le)
        except ErreurMetier as erreur:
            bilan.refus[rdv.pk] = str(erreur)
        else:
            bilan.confies.append(fait)


@transaction.atomic
def confier_sans_creneau(
    *, rendez_vous: RendezVous, version: int, agent: Agent, par: Agent, le: datetime
) -> RendezVous:
    """A colleague without a slot at that hour takes an appointment over: same hour, same place, nothing is sent.

    Raises:
        DonneesPerimees: somebody changed the appointment meanwhile.
        RendezVousImpossible, ContrainteViolee: the colleague has somebody at that hour.
    """
    personne = verrouiller(rendez_vous.personne)
    rdv = RendezVous.objects.select_for_update(of=("self",)).select_related("structure").get(pk=rendez_vous.pk)
    if rdv.version != version or rdv.statut != S.PREVU:
        raise DonneesPerimees("Ce rendez-vous a changé entre-temps : vérifiez-le avant de le confier.")
    if not agents_de(rdv.structure, au=jour(rdv.debut)).filter(pk=agent.pk).exists():
        raise RendezVousImpossible(f"{agent} ne travaille pas dans « {rdv.structure} » ce jour-là.")
    exiger_agent_libre(agent, rdv.debut, rdv.fin)
    rendre(rdv.creneau_id, rdv.suite_id)
    rdv.creneau = rdv.suite = None
    rdv.agent, rdv.version = agent, rdv.version + 1
    enregistrer(rdv, champs=["creneau", "suite", "agent", "version"])
    rattacher(
        personne=personne, structure=rdv.structure, agent=agent, finalite=FinaliteRattachement.ORIENTATION,
        depuis=jour(le), par=par, le=le,
    )  # fmt: skip
    return rdv


@transaction.atomic
def confier(*, rendez_vous: RendezVous, version: int, creneau: Creneau, par: Agent, le: datetime) -> RendezVous:
    """A colleague takes an appointment over at the same hour and place: the same appointment, another slot.

    The path does not move and nothing is sent: her convocation stays true but for the name she asks for.

    Raises:
        DonneesPerimees: somebody changed the appointment meanwhile.
        RendezVousImpossible: the slot is full or closed.
    """
    personne = verrouiller(rendez_vous.personne)
    verrouiller_creneaux(pk for pk in (rendez_vous.creneau_id, rendez_vous.suite_id, creneau.pk) if pk is not None)
    rdv = RendezVous.objects.select_for_update(of=("self",)).select_related("creneau", "structure").get(
        pk=rendez_vous.pk
    )  # fmt: skip
    if rdv.version != version or rdv.statut != S.PREVU or not sur_place_identique(rdv, creneau):
        raise DonneesPerimees("Ce rendez-vous a changé entre-temps : vérifiez-le avant de le confier.")
    lu, suite = occuper(creneau, personne, le=le)
    rendre(rdv.creneau_id, rdv.suite_id)
    rdv.creneau, rdv.suite, rdv.agent, rdv.lieu = lu, suite, lu.agent, adresse_du_creneau(lu)
    rdv.fin = suite.fin if suite else lu.fin
    rdv.version += 1
    enregistrer(rdv, champs=["creneau", "suite", "agent", "lieu", "fin", "version"])
    qui = lu.agent if lu.agent and agents_de(lu.structure, au=jour(le)).filter(pk=lu.agent.pk).exists() else None
    rattacher(
        personne=personne, structure=lu.structure, agent=qui, finalite=FinaliteRattachement.ORIENTATION,
        depuis=jour(le), par=par, le=le,
    )  # fmt: skip
    return rdv
