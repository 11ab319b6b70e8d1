"""An agent leaves: nobody stays without an owner (R56–R59)."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet

from cordee.metier.organismes.models import Affectation, Agent, Structure, en_cours
from cordee.metier.organismes.services import fermer_compte
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Situation
from cordee.metier.parcours.services.consignation import NouvelEvenement, consigner
from cordee.metier.personnes.models import Rattachement
from cordee.socle.horloge import PARIS, jour

E = GenreEvenement


@transaction.atomic
def fermer_acces(*, agent: Agent, a_compter_du: date, par: Agent, le: datetime) -> int:
    """Close an agent's access from a day on (R56). Returns the number of people whose référent she was.

    Today or before: her account closes and her sessions end at once; every person she followed goes back to her
    structure (étape « nommer le référent », owned by its head), whose access is kept. Later: her roles end on that
    day, and ``appliquer_departs`` does the rest when it comes.
    """
    Agent.objects.select_for_update().get(pk=agent.pk)
    if a_compter_du > jour(le):
        _borner_affectations(agent, a_compter_du)
        agent.parti_le = datetime.combine(a_compter_du, time.min, PARIS)
        agent.save(update_fields=["parti_le"])
        return _suivies(agent).count()
    nombre = _rendre_a_la_structure(agent, None, par=par, le=le)
    fermer_compte(agent=agent, le=le)
    agent.refresh_from_db()
    return nombre


@transaction.atomic
def quitter_structure(*, agent: Agent, structure: Structure, par: Agent, le: datetime) -> int:
    """She leaves one of her structures and stays in the others (R58): the people she followed there go back to it.

    Returns the number of people whose référent she was there.
    """
    Agent.objects.select_for_update().get(pk=agent.pk)
    nombre = _rendre_a_la_structure(agent, structure.pk, par=par, le=le)
    _borner_affectations(agent, jour(le), structure)
    return nombre


@transaction.atomic
def appliquer_departs(*, par: Agent, le: datetime) -> dict[str, int]:
    """Once a day: close the accounts whose day has come, and take back to their structure the people of whoever has no
    role there any more. Can be run at any moment, any number of times.

    Returns the number of accounts closed and of people given back.
    """
    partants = Agent.objects.filter(actif=True, parti_le__lte=le)
    comptes = personnes = 0
    for agent in partants:
        personnes += fermer_acces(agent=agent, a_compter_du=jour(le), par=par, le=le)
        comptes += 1
    for agent, structure in _sans_poste(jour(le)):
        personnes += _rendre_a_la_structure(agent, structure, par=par, le=le)
    return {"comptes_fermes": comptes, "personnes_rendues": personnes}


def _suivies(agent: Agent, structure_id: int | None = None) -> QuerySet[Situation]:
    """Situations whose named référent she is (in a structure). Nothing moves any more for whoever has died."""
    situations = Situation.objects.filter(referent_agent=agent).exclude(etat=Etat.DECEDEE)
    return situations if structure_id is None else situations.filter(referent_structure=structure_id)


def _rendre_a_la_structure(agent: Agent, structure_id: int | None, *, par: Agent, le: datetime) -> int:
    """Her people's accesses become her structure's, and the path says she left. Nothing else moves."""
    siens = Rattachement.objects.select_for_update().filter(
        Q(fin__isnull=True) | Q(fin__gt=jour(le)), agent=agent, **({"structure": structure_id} if structure_id else {})
    )
    _depersonnaliser(list(siens), jour(le))
    suivies = list(_suivies(agent, structure_id).order_by("personne_id").values_list("personne_id", flat=True))
    evenements = [
        NouvelEvenement(genre=E.REFERENT_PARTI, personne_id=pk, donnees={"agent": agent.pk}) for pk in suivies
    ]
    secondes = Situation.objects.filter(calcul__coreferent_agent=agent.pk)
    if structure_id is not None:
        secondes = secondes.filter(calcul__coreferent_structure=structure_id)
    for pk, structure in secondes.order_by("personne_id").values_list("personne_id", "calcul__coreferent_structure"):
        evenements.append(
            NouvelEvenement(genre=E.COREFERENT_NOMME, personne_id=pk, donnees={"structure": structure, "agent": None})
        )
    consigner(evenements=evenements, par=par, le=le, controler=False)
    return len(suivies)


def _depersonnaliser(lignes: list[Rattachement], au: date) -> None:
    """End the named accesses today and open those of the structure. She keeps none of the fifteen days: she is gone."""
    suites = []
    for ligne in lignes:
        if ligne.debut >= au:
            ligne.agent = None
            continue
        suites.append(
            Rattachement(
                personne_id=ligne.personne_id,
                structure_id=ligne.structure_id,
                finalite=ligne.finalite,
                debut=au,
                fin=ligne.fin,
            )
        )
        ligne.fin = au
    Rattachement.objects.bulk_update(lignes, ["agent", "fin"], batch_size=1000)
    Rattachement.objects.bulk_create(suites)


def _borner_affectations(agent: Agent, fin: date, structure: Structure | None = None) -> None:
    siennes = Affectation.objects.filter(agent=agent, **({"structure": structure} if structure else {}))
    siennes.filter(debut__gte=fin).delete()
    siennes.filter(Q(fin__isnull=True) | Q(fin__gt=fin)).update(fin=fin)


def _sans_poste(au: date) -> list[tuple[Agent, int]]:
    """(agent, structure) pairs that follow people without a role in force there, or with a closed account."""
    en_poste = set(
        Affectation.objects.filter(en_cours(au), agent__actif=True).values_list("agent_id", "structure_id").distinct()
    )
    paires = (
        Situation.objects.filter(referent_agent__isnull=False)
        .exclude(etat=Etat.DECEDEE)
        .values_list("referent_agent_id", "referent_structure_id")
        .distinct()
    )
    orphelines = sorted({paire for paire in paires if paire not in en_poste})
    agents = Agent.objects.in_bulk([agent for agent, _ in orphelines])
    return [(agents[agent], structure) for agent, structure in orphelines]  # type: ignore[misc]
