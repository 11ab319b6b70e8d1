"""Holding an hour: a place of a slot, the next one for an interpreter, the time of an agent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import GenreRendezVous, StatutCreneau, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, RendezVous
from cordee.metier.rendezvous.regles.plages import minutes_necessaires
from cordee.metier.rendezvous.services.places import prendre
from cordee.socle.erreurs import ErreurMetier


class RendezVousImpossible(ErreurMetier):
    """The appointment cannot be made, moved or recorded this way."""


def occuper(creneau: Creneau, personne: Personne, *, le: datetime) -> tuple[Creneau, Creneau | None]:
    """Take one place for this person: the slot, and the next one when an interpreter makes it too short.

    Raises:
        RendezVousImpossible: past, closed, full, its agent left or is taken, no time for an interpreter.
    """
    lu = Creneau.objects.select_related("structure", "agent", "lieu").get(pk=creneau.pk)
    if lu.debut <= le:
        raise RendezVousImpossible("Ce créneau est passé : choisissez-en un à venir.")
    if lu.agent is not None and not lu.agent.actif:
        raise RendezVousImpossible("L'agent de ce créneau est parti : choisissez-en un autre.")
    suite = _suite(lu) if _plus_long(lu, personne) else None
    voulus = sorted(c.pk for c in (lu, suite) if c is not None)
    if not all(prendre(pk) for pk in voulus):
        raise RendezVousImpossible("Ce créneau n'a plus de place : choisissez-en un autre.")
    if lu.agent is not None and pris_a_la_main(lu.agent, lu.debut, suite.fin if suite else lu.fin):
        raise RendezVousImpossible("Ce créneau n'est plus libre : l'agent a un rendez-vous à cette heure.")
    return lu, suite


def _plus_long(creneau: Creneau, personne: Personne) -> bool:
    """Whether an interpreter makes this slot too short for her."""
    genre = GenreRendezVous(creneau.genre)
    if not personne.interprete or creneau.langue or genre is GenreRendezVous.COLLECTIF:
        return False
    return creneau.fin - creneau.debut < timedelta(minutes=minutes_necessaires(genre, interprete=True))


def _suite(creneau: Creneau) -> Creneau:
    """The slot that begins when this one ends, with the same agent (or at the same desks), to be held as well."""
    meme = {"agent": creneau.agent_id} if creneau.agent_id else {"plage": creneau.plage_id, "agent": None}
    suivant = Creneau.objects.filter(
        structure=creneau.structure_id, genre=creneau.genre, debut=creneau.fin, statut=StatutCreneau.OUVERT,
        prises__lt=F("places") + F("surplus"), **meme,
    ).first()  # fmt: skip
    if suivant is None:
        raise RendezVousImpossible(
            "Avec un interprète, l'entretien dure une fois et demie plus longtemps : choisissez un créneau suivi d'un "
            "créneau libre, ou un créneau plus long."
        )
    return suivant


def adresse_du_creneau(creneau: Creneau) -> str:
    """Where the letter tells people to come; empty: at the structure. A room is at the address of its structure."""
    lieu = creneau.lieu
    if lieu is None:
        return ""
    ou = lieu if lieu.adresse else creneau.structure
    return ", ".join(m for m in (lieu.nom, f"{ou.adresse} {ou.code_postal}".strip()) if m)[:200]


def pris_a_la_main(agent: Agent, debut: datetime, fin: datetime) -> bool:
    """Whether the agent has an appointment made by hand (without a slot) over these hours."""
    return RendezVous.objects.filter(
        agent=agent, creneau=None, statut=StatutRendezVous.PREVU, debut__lt=fin, fin__gt=debut
    ).exists()  # fmt: skip


def exiger_agent_libre(agent: Agent, debut: datetime, fin: datetime, *, sauf: RendezVous | None = None) -> None:
    """No appointment made by hand over a slot of hers that somebody holds; the slots are locked meanwhile."""
    siens = Creneau.objects.select_for_update(of=("self",)).filter(
        agent=agent, statut=StatutCreneau.OUVERT, debut__lt=fin, fin__gt=debut
    )
    ceux_du_rdv = {sauf.creneau_id, sauf.suite_id} if sauf else set()
    if any(c.prises for c in siens.order_by("pk") if c.pk not in ceux_du_rdv):
        raise RendezVousImpossible("Cet agent a déjà un rendez-vous à cette heure.")
