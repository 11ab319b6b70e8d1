"""What business acts of the upper rooms start with: the person locked, her situation, her history of rows."""

from __future__ import annotations

from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.services.consignation import DossierReuni
from cordee.metier.personnes.models import Personne


def verrouiller(personne: Personne) -> Personne:
    """The person, locked until the end of the transaction: what the act reads next cannot change under it.

    Raises:
        DossierReuni: the row was merged into another person.
    """
    fraiche = Personne.objects.select_for_update(no_key=True).get(pk=personne.pk)
    if fraiche.canonique_id is not None:
        raise DossierReuni("Cette fiche a été réunie à une autre : rouvrez la personne depuis la recherche.")
    return fraiche


def situation_courante(personne: Personne) -> Situation:
    """Where the person stands, as the engine knows it (a blank situation before her first event)."""
    stockee = SituationStockee.objects.filter(personne=personne).first()
    return Situation.de_json(stockee.calcul) if stockee else Situation()
