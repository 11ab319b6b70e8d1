"""Contracts in force follow the path: ended by a reorientation, an exit or a death, never by an overdue update."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cordee.metier.contrats.enums import GenreContrat
from cordee.metier.contrats.models import Contrat
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Situation
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.socle.horloge import jour


def accorder(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: exactly the contract the path knows is in force; drafts of a replaced decision are closed."""
    situations = {
        s.personne_id: Situation.de_json(s.calcul)
        for s in SituationStockee.objects.filter(personne_id__in={e.personne_id for e in evenements})
    }
    proprietaire = {m: pk for pk, membres in ids_des_groupes(situations).items() for m in membres}
    lignes = Contrat.objects.select_for_update().filter(
        personne_id__in=list(proprietaire), genre=GenreContrat.CONTRAT_ENGAGEMENT
    )
    a_rouvrir = []
    for contrat in lignes.order_by("pk"):
        s = situations[proprietaire[contrat.personne_id]]
        vivante = s.etat is not Etat.DECEDEE
        if contrat.pk == s.contrat and vivante:
            a_rouvrir.append(contrat)
        elif contrat.fin is None and not (contrat.debut is None and vivante and _brouillon_valable(contrat, s)):
            contrat.fin = max(contrat.debut or jour(le), jour(le))
            contrat.save(update_fields=["fin"])
    for contrat in a_rouvrir:
        if contrat.fin is not None:
            contrat.fin = None
            contrat.save(update_fields=["fin"])


def _brouillon_valable(contrat: Contrat, s: Situation) -> bool:
    """A draft stands as long as the decision it was prepared under."""
    return s.orientation is not None and contrat.orientation_id == (s.orientation.id or None)
