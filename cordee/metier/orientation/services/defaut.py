"""The orientation by default, for many people under one signature (CASF R262-65-3, E07).

Nobody came, nobody could be reached: the président du conseil départemental orients by default, within the six weeks.
One human reads the list and signs it; each person keeps a decision of her own, notified and contestable by itself.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import Habilitation, habilitation, structures_orientables
from cordee.metier.orientation.enums import MotifOrientation
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.services.decision import OrientationRefusee, decider
from cordee.metier.parcours.enums import Etat, Voie
from cordee.metier.parcours.models import Situation
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.personnes.selectors import q_visibles
from cordee.reglementation.delais import echeance
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.horloge import jour

MAXIMUM = 100
# The body that may be named without the person (R262-65-3).
CATEGORIES = (GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL, GenreOrganismeReferent.DELEGATAIRE)


@dataclass(frozen=True, slots=True)
class BilanDefaut:
    """What one signature did. ``refusees``: person → why, in a sentence; nothing was written for them."""

    acte: uuid.UUID
    decisions: tuple[Orientation, ...]
    refusees: Mapping[int, str]


def a_orienter_par_defaut(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[Situation]:
    """People who may be oriented by default on a day, those whose six weeks end first at the top.

    Convened at least once, never met, absent or out of reach; and either every attempt was made, or the fourth week
    after reception has come (E07). One query (two without ``droits``).
    """
    droits = droits or habilitation(pour, au=au)
    limite = recues_jusqu_au(au)
    return (
        Situation.objects.filter(q_visibles("personne", pour=pour, au=au, droits=droits))
        .filter(Q(etat=Etat.A_ORIENTER_PAR_DEFAUT) | Q(etat=Etat.INJOIGNABLE, recu_le__lte=limite))
        .filter(calcul__has_key="convocations")
        .exclude(calcul__has_key="rencontree_le")
        .select_related("personne", "structure_secteur", "etape")
        .order_by("recu_le", "personne_id")
    )


def recues_jusqu_au(au: date) -> date:
    """The latest reception whose fourth week has come on a day.

    >>> recues_jusqu_au(date(2026, 2, 17)).isoformat()
    '2026-01-20'
    """
    jours = au.toordinal()
    while echeance("file_orientation_par_defaut", depuis=date.fromordinal(jours)).terme > au:
        jours -= 1
    return date.fromordinal(jours)


@transaction.atomic
def prononcer_par_defaut(
    *, situations: Iterable[Situation], voie: Voie, structure: Structure | None = None, par: Agent, le: datetime
) -> BilanDefaut:
    """Sign the orientation by default of several people: one act, one decision and one event by person.

    Args:
        situations: as ``a_orienter_par_defaut`` gives them.
        structure: towards which body; by default the one of each person's sector.

    Raises:
        OrientationRefusee: nobody, or more than a hundred people: a signature is read before it is given.
    """
    choisies = list(situations)
    if not choisies:
        raise OrientationRefusee("Choisissez au moins une personne.")
    if len(choisies) > MAXIMUM:
        raise OrientationRefusee(f"Une signature porte sur {MAXIMUM} personnes au plus : relisez-les par pages.")
    acte = uuid.uuid4()
    ouvertes = {
        s.pk: s for categorie in CATEGORIES for s in structures_orientables(categorie=categorie, au=jour(le))
    }  # fmt: skip
    faites: list[Orientation] = []
    refusees: dict[int, str] = {}
    for situation in choisies:
        vers = structure or ouvertes.get(situation.structure_secteur_id or 0)
        if vers is None:
            refusees[situation.personne_id] = (
                "Son secteur n'a pas d'organisme qui puisse la recevoir : choisissez-en un."
            )
            continue
        try:
            with transaction.atomic():
                faites.append(
                    decider(
                        personne=situation.personne,
                        voie=voie,
                        structure=vers,
                        par_defaut=True,
                        acte=acte,
                        categorie=GenreOrganismeReferent(vers.categorie),
                        motifs=[MotifOrientation.INFORMATIONS_MANQUANTES],
                        par=par,
                        le=le,
                    )
                )
        except (OrientationRefusee, TransitionInterdite) as refus:
            refusees[situation.personne_id] = str(refus)
    return BilanDefaut(acte, tuple(faites), refusees)
