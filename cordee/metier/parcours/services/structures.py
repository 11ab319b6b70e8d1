"""Closing a structure: nobody may be left in a closed house."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from cordee.metier.organismes.models import Affectation, Agent, RegleSecteur, Structure
from cordee.metier.parcours.selectors.charge import personnes_de_structure
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour


class FermetureRefusee(ErreurMetier):
    """The structure cannot close as asked."""


@transaction.atomic
def fermer_structure(*, structure: Structure, a_compter_du: date, par: Agent, le: datetime) -> Structure:
    """Close a structure from a day on (R59): its sector rules and its agents' roles end that day.

    A closing to come may be planned while people are still there: they are to be transferred before. A closing of
    today or earlier is refused while anybody is: no step may be owned by a closed structure.

    Raises:
        FermetureRefusee: people are still there, or the day comes before the opening.
    """
    courante = Structure.objects.select_for_update().get(pk=structure.pk)
    if a_compter_du <= courante.debut:
        raise FermetureRefusee(f"La structure a ouvert le {courante.debut:%d/%m/%Y} : choisissez une date ultérieure.")
    presentes = personnes_de_structure(courante)
    if presentes and a_compter_du <= jour(le):
        raise FermetureRefusee(
            f"{presentes} personne{'s' if presentes > 1 else ''} y {'sont' if presentes > 1 else 'est'} encore "
            f"suivie{'s' if presentes > 1 else ''} : transférez-les d'abord, ou choisissez une date à venir."
        )
    courante.fin = a_compter_du
    courante.save(update_fields=["fin"])
    for modele in (RegleSecteur, Affectation):
        lignes = modele.objects.filter(structure=courante)
        lignes.filter(debut__gte=a_compter_du).delete()
        lignes.filter(Q(fin__isnull=True) | Q(fin__gt=a_compter_du)).update(fin=a_compter_du)
    return courante
