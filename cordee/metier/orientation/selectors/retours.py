"""Who accompanied a person before she left, once she is back: proposed to whoever names or orients (R55).

Nothing is decided here: the sentence names the last référent, with an act beside it. A référent who left, whom the
person asked to change (R83), or who is linked to her (V13) is not proposed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cordee.metier.organismes.models import Affectation, Agent, Structure, en_cours
from cordee.metier.orientation.affectation.bareme import bareme
from cordee.metier.orientation.models import DemandeChangement
from cordee.metier.orientation.selectors.affectations import charges
from cordee.metier.orientation.selectors.capacites import ACCOMPAGNENT
from cordee.metier.orientation.selectors.referents import faits_de, periodes
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation as SituationLue
from cordee.metier.parcours.regles import Fait, Situation, appliquer
from cordee.metier.personnes.models import LienAgent, Personne
from cordee.metier.personnes.selectors import ids_du_groupe


@dataclass(frozen=True, slots=True)
class AncienReferent:
    """The référent of before. ``places``: how many people she can still receive; ``None``: nobody knows.

    ``structure``: where she works today; ``garde``: she is still named, only the contact is to be resumed.
    """

    agent: Agent
    structure: Structure
    jusqu_au: date
    revenue_le: date
    places: int | None
    garde: bool


def ancien_referent(personne: Personne, situation: SituationLue | None, *, au: date) -> AncienReferent | None:
    """Whom to propose to a person who is back and has no référent, or whose contact is to be resumed (R55).

    One query when she never left; a constant number otherwise, none when she is accompanied.
    """
    if situation is None or not situation.soumis:
        return None
    en_retour = situation.etat == Etat.RETOUR
    if situation.referent_agent_id is not None and not en_retour:
        return None
    faits = faits_de(personne)
    retour = dernier_retour(faits)
    nommes = [p for p in periodes(faits) if p.agent is not None]
    if retour is None or not nommes:
        return None
    parti_le, revenue_le = retour
    dernier = nommes[-1]
    if dernier.du >= revenue_le:
        return None
    agent, structure = _en_poste(dernier.agent or 0, dernier.structure, au=au)
    if agent is None or structure is None or _ailleurs(situation, structure) or _ecarte(personne, agent):
        return None
    garde = situation.referent_agent_id == agent.pk
    quittee_le = parti_le if dernier.du < parti_le else revenue_le  # named while away: she asked to be accompanied
    jusqu_au = min(dernier.au or quittee_le, quittee_le)
    return AncienReferent(agent, structure, jusqu_au, revenue_le, _places(agent, structure, au=au), garde)


def dernier_retour(faits: Iterable[Fait]) -> tuple[date, date] | None:
    """The day she last left the path and the day she came back; ``None``: she never left, or is away."""
    s, trouve = Situation(), None
    for fait in faits:
        dehors, parti_le = not s.soumis, s.sortie_le
        s = appliquer(s, fait)
        if dehors and parti_le is not None and s.soumis:
            trouve = (parti_le, fait.jour)
    return trouve if s.soumis else None


def _en_poste(agent: int, structure: int, *, au: date) -> tuple[Agent | None, Structure | None]:
    """The agent and where she accompanies people today, her former team first."""
    postes = Affectation.objects.filter(
        en_cours(au), agent=agent, agent__actif=True, agent__systeme=False, role__in=ACCOMPAGNENT
    ).select_related("agent", "structure")
    choisi = min(postes, key=lambda p: (p.structure_id != structure, p.pk), default=None)
    return (choisi.agent, choisi.structure) if choisi else (None, None)


def _ailleurs(situation: SituationLue, structure: Structure) -> bool:
    """Whether she was oriented since towards a body where the former référent does not work."""
    decidee = (situation.calcul.get("orientation") or {}).get("structure")
    return decidee is not None and decidee != structure.pk


def _ecarte(personne: Personne, agent: Agent) -> bool:
    ids = ids_du_groupe(personne)
    return (
        DemandeChangement.objects.filter(personne__in=ids, agent=agent).exists()
        or LienAgent.objects.filter(personne__in=ids, agent=agent).exists()
    )


def _places(agent: Agent, structure: Structure, *, au: date) -> int | None:
    for maison in charges(bareme=bareme(), au=au, structures=[structure.pk]):
        for referent in maison.referents:
            if referent.poste.agent == agent.pk:
                return 0 if referent.poste.empechement else referent.places
    return None
