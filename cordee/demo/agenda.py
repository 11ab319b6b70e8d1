"""The agenda of the demonstration: openings of every team, their slots, absences, closings, who waits for a place.

Openings are written at once; slots, bookings, absences and closings come from the product's own services. Hours and
rhythms are hypotheses; the same seed on the same day gives the same agenda.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q

from cordee.demo.equipes import ACCOMPAGNENT
from cordee.demo.organisation import DOMAINE, Organisation
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.selectors import canaux_ouverts
from cordee.metier.organismes.enums import MotifAbsence, RoleAgent, TypeStructure
from cordee.metier.organismes.models import Affectation, Agent, Structure, en_cours
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.parcours.enums import GenreEtape
from cordee.metier.parcours.models import Situation
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import Creneau, Lieu, Plage
from cordee.metier.rendezvous.selectors import creneaux_libres
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS, jour

G, M = GenreRendezVous, ModaliteRendezVous
_MATIN: Final = (time(9), time(12))
_APRES_MIDI: Final = (time(13, 30), time(16, 30))
_LANGUES: Final = ("tamoul", "bambara", "arabe")
_RECOIVENT: Final = (TypeStructure.EDS, TypeStructure.EI)
_TEMPS_PARTIEL: Final = 4
RESERVATIONS: Final = 90
ATTENTES: Final = 8
PLAFOND: Final = 20


@transaction.atomic
def ouvrir_les_agendas(
    organisation: Organisation, *, graine: int, le: datetime, horizon: timedelta = services.HORIZON
) -> int:
    """Open, make the slots, live a little on them. Returns how many slots there are.

    Args:
        horizon: how far ahead slots are made now; the night makes the others.
    """
    alea = Random(f"{graine}:agenda")  # noqa: S311 - a story, not a secret
    par, au = agent_systeme(), jour(le)
    equipes = _equipes(au)
    plages = [*_plateforme(equipes, au), *_accompagnement(equipes, au), *_permanences(au)]
    Plage.objects.bulk_create(plages, batch_size=2000)
    _fermetures(organisation, par=par, le=le)
    _absences(equipes, alea, par=par, le=le)
    nombre = services.generer_creneaux(du=au, au=au + horizon, par=par, le=le)
    _rattacher()
    for structure in Structure.objects.filter(en_cours(au), type=TypeStructure.PLATEFORME).order_by("pk"):
        services.fixer_plafond(
            structure=structure, genre=G.ORIENTATION, plafond=PLAFOND, par=organisation.comptes.get("encadrante", par),
            le=le,
        )  # fmt: skip
    _reserver(alea, par=par, le=le)
    _un_arret(par=par, le=le)
    return nombre


# Openings -----------------------------------------------------------------------------------------------------------
def _equipes(au: date) -> dict[tuple[TypeStructure, int], list[tuple[int, RoleAgent]]]:
    """(kind, structure) → the agents who receive there, in a fixed order; an agent is counted in one structure only."""
    recoivent = [RoleAgent.AGENT_PLATEFORME, *sorted(ACCOMPAGNENT)]
    postes = Affectation.objects.filter(
        en_cours(au), en_cours(au, "structure__"), agent__actif=True, role__in=recoivent
    ).order_by("structure_id", "agent_id", "pk")
    equipes: dict[tuple[TypeStructure, int], list[tuple[int, RoleAgent]]] = {}
    vus: set[int] = set()
    for agent, structure, genre, role in postes.values_list("agent", "structure", "structure__type", "role"):
        if agent not in vus:
            vus.add(agent)
            equipes.setdefault((TypeStructure(genre), structure), []).append((agent, RoleAgent(role)))
    return equipes


def _plage(structure: int, agent: int | None, au: date, **champs: Any) -> Plage:
    heures = champs.pop("heures")
    base: dict[str, Any] = {"modalite": M.PHYSIQUE, "duree_minutes": 45}
    return Plage(
        structure_id=structure, agent_id=agent, debut=au, de=heures[0], a=heures[1], **{**base, **champs}
    )  # fmt: skip


def _plateforme(equipes: dict[Any, list[tuple[int, RoleAgent]]], au: date) -> Iterator[Plage]:
    """First interviews: three mornings (two for who works part-time) and one afternoon, by phone or, for some, in
    another language; once a week an information meeting."""
    rang = 0
    for (_, structure), agents in equipes.items():
        premiers = [agent for agent, role in agents if role is RoleAgent.AGENT_PLATEFORME]
        for agent in premiers:
            matins = 2 if rang % 5 == _TEMPS_PARTIEL else 3
            for n in range(matins):
                yield _plage(structure, agent, au, genre=G.ORIENTATION, jour_semaine=(rang + 2 * n) % 5, heures=_MATIN)
            langue = _LANGUES[rang % len(_LANGUES)] if rang % 4 == 1 else ""
            yield _plage(
                structure, agent, au, genre=G.ORIENTATION, jour_semaine=(rang + 1) % 5, heures=_APRES_MIDI,
                langue=langue, modalite=M.PHYSIQUE if langue else M.TELEPHONE,
            )  # fmt: skip
            rang += 1
        if premiers:
            yield _plage(
                structure, None, au, genre=G.COLLECTIF, jour_semaine=3, heures=(time(14), time(15, 30)), places=15,
                duree_minutes=90,
            )  # fmt: skip


def _accompagnement(equipes: dict[Any, list[tuple[int, RoleAgent]]], au: date) -> Iterator[Plage]:
    """Référents: two half-days of follow-up, one of contracts; every other week one by phone."""
    rang = 0
    for (_, structure), agents in equipes.items():
        for agent, role in agents:
            if role is RoleAgent.AGENT_PLATEFORME:
                continue
            premier = rang % 5
            yield _plage(structure, agent, au, genre=G.ACCOMPAGNEMENT, jour_semaine=premier, heures=_MATIN)
            yield _plage(structure, agent, au, genre=G.ACCOMPAGNEMENT, jour_semaine=(premier + 2) % 5, heures=_MATIN)
            yield _plage(
                structure, agent, au, genre=G.CONTRAT, jour_semaine=(premier + 3) % 5, heures=_APRES_MIDI,
                duree_minutes=60,
            )  # fmt: skip
            yield _plage(
                structure, agent, au, genre=G.ACCOMPAGNEMENT, jour_semaine=(premier + 1) % 5, heures=_APRES_MIDI,
                duree_minutes=30, modalite=M.TELEPHONE, toutes_les=2,
            )  # fmt: skip
            rang += 1


def _permanences(au: date) -> Iterator[Plage]:
    """In each sector, two mornings a week where new entrants are received near home, at two desks."""
    structures = Structure.objects.filter(en_cours(au), type__in=_RECOIVENT).order_by("pk")
    for rang, structure in enumerate(structures.select_related("commune")):
        lieu = None
        if rang % 3 == 0:
            ville = structure.commune.nom if structure.commune else structure.nom
            lieu = Lieu.objects.create(
                structure=structure, nom=f"Permanence, mairie de {ville}", adresse="1, place de la Mairie",
                code_postal=structure.code_postal, commune=structure.commune, accessible=rang % 2 == 0,
            )  # fmt: skip
        for n in ((rang % 5), (rang + 2) % 5):
            plage = _plage(structure.pk, None, au, genre=G.ORIENTATION, jour_semaine=n, heures=_MATIN, places=2)
            plage.lieu = lieu if n == rang % 5 else None
            yield plage


# What happens -------------------------------------------------------------------------------------------------------
def _fermetures(organisation: Organisation, *, par: Agent, le: datetime) -> None:
    """The end of the year: one structure out of three closes from the 24th to the 31st (R62)."""
    debut = date(jour(le).year, 12, 24)
    for structure in list(Structure.objects.filter(type__in=_RECOIVENT).order_by("pk"))[::3]:
        services.fermer_lieu(
            structure=structure, debut=debut, fin=debut + timedelta(days=9), motif="Fermeture de fin d'année", par=par,
            le=le,
        )  # fmt: skip


def _absences(
    equipes: dict[Any, list[tuple[int, RoleAgent]]], alea: Random, *, par: Agent, le: datetime
) -> None:  # fmt: skip
    """A few holidays, a training day, a long absence whose end nobody knows (R57)."""
    comptes = set(Agent.objects.filter(courriel__endswith=DOMAINE).values_list("pk", flat=True))
    qui = [agent for agents in equipes.values() for agent, _ in agents if agent not in comptes]
    lundi = jour(le) + timedelta(days=7 - jour(le).weekday())
    choisis = alea.sample(sorted(qui), min(8, len(qui)))
    agents = Agent.objects.in_bulk(choisis)
    for rang, pk in enumerate(choisis):
        debut = datetime.combine(lundi + timedelta(days=7 * (rang % 3)), time(), tzinfo=PARIS)
        motif, fin = MotifAbsence.CONGE, debut + timedelta(days=5)
        if rang == 0:
            motif, fin = MotifAbsence.MALADIE, None  # type: ignore[assignment]
            debut = datetime.combine(jour(le) - timedelta(days=12), time(), tzinfo=PARIS)
        elif rang == 1:
            motif, fin = MotifAbsence.FORMATION, debut + timedelta(days=1)
        services.declarer_absence(agent=agents[pk], debut=debut, fin=fin, motif=motif, par=par, le=le)


def _rattacher() -> None:
    """Appointments of the last days made before there were slots take theirs: same agent, same hour, same kind."""
    with connection.cursor() as curseur:
        curseur.execute(
            """WITH paires AS (
                   UPDATE rendezvous_rendezvous r SET creneau_id = c.id
                   FROM rendezvous_creneau c
                   WHERE r.statut = 'prevu' AND r.creneau_id IS NULL AND c.agent_id = r.agent_id
                     AND c.structure_id = r.structure_id AND c.debut = r.debut AND c.fin = r.fin
                     AND c.genre = r.genre AND c.modalite = r.modalite AND c.statut = 'ouvert' AND c.places = 1
                   RETURNING r.creneau_id
               )
               UPDATE rendezvous_creneau c SET prises = 1 FROM paires WHERE c.id = paires.creneau_id"""
        )


def _reserver(alea: Random, *, par: Agent, le: datetime) -> None:
    """Some of the new entrants are convened on the first slots of their sector; some wait for a place."""
    situations = list(
        Situation.objects.filter(Q(etape__genre=GenreEtape.CONVOQUER), structure_secteur__isnull=False, soumis=True)
        .select_related("personne", "structure_secteur")
        .order_by("etape__echeance", "personne_id")[: 2 * (RESERVATIONS + ATTENTES)]
    )
    alea.shuffle(situations)
    du = le + timedelta(days=3)
    libres = list(
        creneaux_libres(du=du, au=du + timedelta(days=12), genre=G.ORIENTATION)[: 4 * RESERVATIONS]
    )  # fmt: skip
    alea.shuffle(libres)
    canaux = canaux_ouverts(
        personnes=[s.personne_id for s in situations], genre=GenreCourrier.CONVOCATION, au=jour(le)
    )  # fmt: skip
    for situation, creneau in zip(situations[:RESERVATIONS], libres, strict=False):
        canal = canaux[situation.personne_id].canal
        if canal is not None:
            _tenter(
                services.reserver, creneau=creneau, personne=situation.personne, canal=canal,
                par=creneau.agent or par, le=le,
            )  # fmt: skip
    for situation in situations[RESERVATIONS : RESERVATIONS + ATTENTES]:
        _tenter(
            services.mettre_en_attente, personne=situation.personne, structure=situation.structure_secteur,
            genre=G.ORIENTATION, par=par, le=le,
        )  # fmt: skip


def _un_arret(*, par: Agent, le: datetime) -> None:
    """Somebody is away on a day when people come: they are to be given another slot (R5)."""
    pris = Creneau.objects.filter(prises__gt=0, agent__isnull=False, debut__gt=le, genre=G.ORIENTATION).exclude(
        agent__courriel__endswith=DOMAINE  # whoever opens the demonstration is there
    )
    creneau = pris.select_related("agent").order_by("debut", "pk").first()
    if creneau is not None and creneau.agent is not None:
        debut = datetime.combine(jour(creneau.debut), time(), tzinfo=PARIS)
        services.declarer_absence(
            agent=creneau.agent, debut=max(debut, le), fin=debut + timedelta(days=1), motif=MotifAbsence.MALADIE,
            par=par, le=le,
        )  # fmt: skip


def _tenter(acte: Any, **valeurs: Any) -> None:
    """An act the product refuses is simply not done."""
    try:
        acte(**valeurs)
    except ErreurMetier:
        return
