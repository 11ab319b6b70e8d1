"""The letters that present the référents just named, offered once an allocation is validated (CASF L262-27)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import canaux_ouverts
from cordee.metier.courriers.services import LettreAEcrire, emettre_lot
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.affectation.enums import ResultatLigne, StatutProposition
from cordee.metier.orientation.models import LigneAffectation, PropositionAffectation
from cordee.metier.orientation.selectors.affectations import lignes_visibles
from cordee.metier.orientation.services.affectation.propositions import AffectationRefusee
from cordee.metier.orientation.services.lettres import donnees_nomination
from cordee.metier.parcours.models import Situation
from cordee.socle.horloge import jour

G = GenreCourrier.NOMINATION_REFERENT


@dataclass(slots=True)
class Presentation:
    """Letters written, and why the others were not: sentence → how many people."""

    ecrites: int = 0
    refus: Counter[str] = field(default_factory=Counter)


@transaction.atomic
def presenter_referents(*, proposition: PropositionAffectation, par: Agent, le: datetime) -> Presentation:
    """Write to each person named by a validated allocation who accompanies her, by her best way. Twice writes once.

    Who cannot be reached, or whose référent has no phone number to give, is counted with the reason.

    Raises:
        AffectationRefusee: it is not validated.
    """
    if proposition.statut != StatutProposition.VALIDEE or proposition.validee_le is None:
        raise AffectationRefusee("Validez d'abord l'affectation : il n'y a encore personne à présenter.")
    presentation = Presentation()
    lignes = _a_presenter(proposition, par=par, le=le)
    canaux = canaux_ouverts(personnes=[ligne.personne_id for ligne in lignes], genre=G, au=jour(le))
    contenus: dict[tuple[int, int], dict[str, Any]] = {}
    lettres = []
    for ligne in lignes:
        agent, structure, choix = ligne.agent, ligne.structure, canaux.get(ligne.personne_id)
        if agent is None or structure is None or choix is None or choix.canal is None:
            presentation.refus["aucun moyen de la joindre"] += 1
        elif not (agent.telephone or structure.telephone):
            presentation.refus["aucun numéro de téléphone à lui donner"] += 1
        else:
            cle = (structure.pk, agent.pk)
            if cle not in contenus:
                contenus[cle] = donnees_nomination(agent=agent, structure=structure, depuis=jour(le))
            lettres.append(
                LettreAEcrire(
                    personne_id=ligne.personne_id, donnees=contenus[cle], canal=choix.canal, moyen=choix.moyen,
                    objet_type="agent", objet_id=agent.pk,
                    par_representant=choix.par_representant,
                )
            )  # fmt: skip
    emission = emettre_lot(lettres=lettres, genre=G, par=par, le=le)
    presentation.ecrites = len(lettres) - len(emission.refus)
    presentation.refus.update(emission.refus.values())
    return presentation


def _a_presenter(proposition: PropositionAffectation, *, par: Agent, le: datetime) -> list[LigneAffectation]:
    """Named by this allocation, still with that référent, not yet written to about it."""
    nommees = list(
        lignes_visibles(proposition, pour=par, au=jour(le))
        .filter(resultat=ResultatLigne.NOMMEE)
        .select_related("agent", "structure", "structure__commune")
        .order_by("pk")
    )
    ids = [ligne.personne_id for ligne in nommees]
    actuels = dict(Situation.objects.filter(personne__in=ids).values_list("personne_id", "referent_agent_id"))
    ecrites = set(
        Courrier.objects.filter(personne__in=ids, genre=G, cree_le__gte=proposition.validee_le).values_list(
            "personne_id", "objet_id"
        )
    )
    return [
        ligne
        for ligne in nommees
        if actuels.get(ligne.personne_id) == ligne.agent_id and (ligne.personne_id, ligne.agent_id) not in ecrites
    ]
