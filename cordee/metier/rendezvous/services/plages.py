"""Openings: what recurs becomes dated slots, ten weeks ahead, in one query."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import connection, transaction

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import agents_de
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, MotifFermeture, StatutCreneau
from cordee.metier.rendezvous.models import Creneau, Lieu, Plage
from cordee.metier.rendezvous.regles.plages import Rythme, heures, jours_ouverts
from cordee.reglementation.calendrier import jours_feries
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS, jour

HORIZON: Final = timedelta(weeks=10)
"""How far ahead slots exist: the nightly task adds a day every day."""


class AgendaRefuse(ErreurMetier):
    """An opening, a slot or an absence that cannot be recorded as asked."""


# Days are compared with the weekday, the rhythm (weeks from Monday of the opening's first week), holidays, closings,
# the agent's post and absences. Hours are wall-clock hours in Paris: a slot at 9:00 stays at 9:00 when clocks change.
# What exists already (same opening and hour) or would double-book an agent is left out by the constraints themselves.
_GENERER: Final = """
INSERT INTO rendezvous_creneau
    (structure_id, lieu_id, agent_id, genre, modalite, langue, debut, fin, places, surplus, prises, statut,
     motif_fermeture, plage_id)
SELECT p.structure_id, p.lieu_id, p.agent_id, p.genre, p.modalite, p.langue, h.debut, h.fin, p.places, 0, 0, 'ouvert',
       '', p.id
FROM rendezvous_plage p
JOIN organismes_structure s ON s.id = p.structure_id
LEFT JOIN rendezvous_lieu l ON l.id = p.lieu_id
LEFT JOIN organismes_agent a ON a.id = p.agent_id
CROSS JOIN LATERAL (
    SELECT d::date AS jour
    FROM generate_series(
        greatest(p.debut, %(du)s::date)::timestamp, (least(p.fin, %(au)s::date) - 1)::timestamp, interval '1 day'
    ) d
    WHERE extract(isodow FROM d)::int - 1 = p.jour_semaine
      AND ((d::date - date_trunc('week', p.debut)::date) / 7) %% p.toutes_les = 0
) j
CROSS JOIN generate_series(
    0, (extract(epoch FROM p.a - p.de)::int / 60) / p.duree_minutes - 1
) n
CROSS JOIN LATERAL (
    SELECT (j.jour + p.de + n * p.duree_minutes * interval '1 minute') AT TIME ZONE 'Europe/Paris' AS debut,
           (j.jour + p.de + (n + 1) * p.duree_minutes * interval '1 minute') AT TIME ZONE 'Europe/Paris' AS fin
) h
WHERE h.debut > %(le)s
  AND (%(structures)s::bigint[] IS NULL OR p.structure_id = ANY(%(structures)s::bigint[]))
  AND (%(plage)s::bigint IS NULL OR p.id = %(plage)s::bigint)
  AND NOT j.jour = ANY(%(feries)s::date[])
  AND s.debut <= j.jour AND (s.fin IS NULL OR s.fin > j.jour)
  AND coalesce(l.actif, true)
  AND (p.agent_id IS NULL OR (a.actif AND EXISTS (
      SELECT FROM organismes_affectation f
      WHERE f.agent_id = p.agent_id AND f.structure_id = p.structure_id
        AND f.debut <= j.jour AND (f.fin IS NULL OR f.fin > j.jour)
  )))
  AND NOT EXISTS (
      SELECT FROM rendezvous_fermeture f
      WHERE f.structure_id = p.structure_id AND (f.lieu_id IS NULL OR f.lieu_id = p.lieu_id)
        AND f.debut <= j.jour AND f.fin > j.jour
  )
  AND NOT EXISTS (
      SELECT FROM organismes_absenceagent b
      WHERE b.agent_id = p.agent_id AND b.debut < h.fin AND (b.fin IS NULL OR b.fin > h.debut)
  )
  AND NOT EXISTS (SELECT FROM rendezvous_creneau c WHERE c.plage_id = p.id AND c.debut = h.debut)
ORDER BY p.id, h.debut
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def ouvrir_plage(
    *, structure: Structure, genre: GenreRendezVous, modalite: ModaliteRendezVous, jour_semaine: int, de: time, a: time,
    duree_minutes: int, debut: date, par: Agent, le: datetime, lieu: Lieu | None = None, agent: Agent | None = None,
    places: int = 1, toutes_les: int = 1, fin: date | None = None, langue: str = "",
) -> Plage:  # fmt: skip
    """Open a recurring hour of reception; its slots of the coming ten weeks exist at once.

    Raises:
        AgendaRefuse: place or agent of another structure, opening shorter than one appointment.
        ContrainteViolee: hours, dates, size or rhythm out of bounds.
    """
    if lieu is not None and (lieu.structure_id != structure.pk or not lieu.actif):
        raise AgendaRefuse(f"Le lieu « {lieu} » n'est pas un lieu en service de « {structure} ».")
    if agent is not None and not agents_de(structure, au=max(debut, jour(le))).filter(pk=agent.pk).exists():
        raise AgendaRefuse(f"{agent} ne travaille pas dans « {structure} » à cette date.")
    plage = Plage(
        structure=structure, lieu=lieu, agent=agent, genre=GenreRendezVous(genre),
        modalite=ModaliteRendezVous(modalite), langue=langue, jour_semaine=jour_semaine, de=de, a=a,
        duree_minutes=duree_minutes, places=places, toutes_les=toutes_les, debut=debut, fin=fin,
    )  # fmt: skip
    enregistrer(plage)
    if (a.hour - de.hour) * 60 + a.minute - de.minute < duree_minutes:
        raise AgendaRefuse("La plage est plus courte qu'un rendez-vous : allongez-la ou réduisez la durée.")
    _generer(du=jour(le), au=jour(le) + HORIZON, le=le, plage=plage.pk)
    return plage


@dataclass(frozen=True, slots=True)
class ApercuPlage:
    """What an opening would make over ten weeks. ``ecartes``: hours left out (absence, closing, agent taken)."""

    jours: tuple[date, ...]
    creneaux: int
    places: int
    ecartes: int


def apercu_plage(**champs: Any) -> ApercuPlage:
    """What ``ouvrir_plage`` would do with these arguments, exactly; nothing is kept.

    Raises:
        AgendaRefuse, ContrainteViolee: as ``ouvrir_plage``.
    """
    with transaction.atomic():
        plage = ouvrir_plage(**champs)
        debuts = list(plage.creneaux.order_by("debut").values_list("debut", flat=True))
        rythme = Rythme(
            plage.jour_semaine, plage.de, plage.a, plage.duree_minutes, plage.debut, plage.toutes_les, plage.fin
        )  # fmt: skip
        le = champs["le"]
        attendus = [
            debut
            for j in jours_ouverts(rythme, du=jour(le), au=jour(le) + HORIZON)
            for debut, _ in heures(rythme, j)
            if debut > le
        ]
        transaction.set_rollback(True)
    jours = tuple(dict.fromkeys(jour(d) for d in debuts))
    return ApercuPlage(jours, len(debuts), len(debuts) * plage.places, len(attendus) - len(debuts))


@transaction.atomic
def fermer_plage(*, plage: Plage, fin: date, par: Agent, le: datetime) -> int:
    """End an opening on a day (excluded): its slots from then on are closed.

    Returns the number of slots closed that people still hold: they are to be moved (``deplacer_en_masse``).
    """
    courante = Plage.objects.select_for_update().get(pk=plage.pk)
    fin = max(fin, jour(le))
    apres = Creneau.objects.filter(plage=courante, debut__gte=_minuit(fin), debut__gt=le)
    if courante.debut >= fin:
        fin = courante.debut + timedelta(days=1)
    courante.fin = fin if courante.fin is None else min(courante.fin, fin)
    enregistrer(courante, champs=["fin"])
    return fermer_creneaux(ids=list(apres.values_list("pk", flat=True)), motif=MotifFermeture.PLAGE, par=par, le=le)


@transaction.atomic
def fermer_creneaux(*, ids: Collection[int], motif: MotifFermeture, par: Agent, le: datetime) -> int:
    """Close open slots: nobody can be booked on them any more. Their people keep their appointment until moved.

    Returns the number of closed slots that people hold.
    """
    a_fermer = list(
        Creneau.objects.select_for_update(of=("self",))
        .filter(pk__in=ids, statut=StatutCreneau.OUVERT, debut__gt=le)
        .order_by("pk")
    )
    Creneau.objects.filter(pk__in=[c.pk for c in a_fermer]).update(
        statut=StatutCreneau.FERME, motif_fermeture=MotifFermeture(motif)
    )
    return sum(c.prises > 0 for c in a_fermer)


@transaction.atomic
def generer_creneaux(*, du: date, au: date, par: Agent, le: datetime, structures: Collection[int] | None = None) -> int:
    """Make the slots of ``[du, au)`` that are missing; returns how many were made. Run twice, it makes none.

    Left out: public holidays, closed structures and places, agents absent or who no longer work there, hours already
    past, and hours an agent already holds for another opening.
    """
    return _generer(du=du, au=au, le=le, structures=structures)


def _generer(
    *, du: date, au: date, le: datetime, structures: Collection[int] | None = None, plage: int | None = None
) -> int:
    feries = [f for annee in range(du.year, au.year + 1) for f in jours_feries(annee)]
    with connection.cursor() as curseur:
        curseur.execute(
            _GENERER,
            {
                "du": du, "au": au, "le": le, "feries": feries, "plage": plage,
                "structures": None if structures is None else list(structures),
            },
        )  # fmt: skip
        return int(curseur.rowcount)


def _minuit(jour_: date) -> datetime:
    return datetime.combine(jour_, time(), tzinfo=PARIS)
