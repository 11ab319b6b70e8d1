"""What the passing of time does: nobody has to act for a clock to run out."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement
from cordee.metier.parcours.models import Echeance, Situation
from cordee.metier.parcours.services.consignation import NouvelEvenement, consigner
from cordee.reglementation.delais import echeance, en_vigueur_depuis
from cordee.socle.horloge import jour

_AVANT_ORIENTATION = (Etat.ENTRANTE, Etat.CONVOQUEE, Etat.RENCONTREE, Etat.INJOIGNABLE, Etat.A_ORIENTER_PAR_DEFAUT)


@transaction.atomic
def faire_passer_le_temps(*, par: Agent, le: datetime) -> dict[str, int]:
    """Record the deadlines that ran out. Can be run at any moment, any number of times.

    * six weeks without a decision: the orientation belongs to the employment operator (CASF D262-65-2, for what is
      received since 2025: before, nobody else could decide);
    * one month without a contract: the référent is asked to chase it and to say why (never a breach by itself);
    * the days to answer a letter of facts have run out: the file may be decided, or closed (E27: silence is no
      admission). It counts from the day after the last one, read in the person's favour.

    Returns the number of events by kind.
    """
    aujourdhui = jour(le)
    depasses = {
        GenreEvenement.DELAI_ORIENTATION_DEPASSE: _orientations_depassees(aujourdhui),
        GenreEvenement.DELAI_CONTRAT_DEPASSE: list(
            Situation.objects.filter(
                etape__genre=GenreEtape.ELABORER_CONTRAT, etape__terme__lt=aujourdhui, etape__provisoire=False
            ).values_list("personne_id", flat=True)
        ),
    }
    depasses[GenreEvenement.CONTRADICTOIRE_CLOS] = _contradictoires_ecoules(aujourdhui)
    for genre, ids in depasses.items():
        consigner(
            evenements=[NouvelEvenement(genre=genre, personne_id=pk) for pk in sorted(ids)],
            par=par,
            le=le,
            controler=False,
        )
    return {str(genre): len(ids) for genre, ids in depasses.items()}


def _contradictoires_ecoules(aujourdhui: date) -> list[int]:
    return list(
        Echeance.objects.filter(
            genre=GenreEcheance.CONDUIRE_CONTRADICTOIRE, regle="contradictoire_convenu", terme__lt=aujourdhui,
            fermee_le__isnull=True,
        ).values_list("personne_id", flat=True)
    )  # fmt: skip


def _orientations_depassees(aujourdhui: date) -> list[int]:
    candidates = Situation.objects.filter(
        etat__in=_AVANT_ORIENTATION, recu_le__gte=en_vigueur_depuis("suivre_orientation_ft")
    ).values_list("personne_id", "recu_le")
    depasse: dict[date, bool] = {}
    retenues = []
    for personne_id, recu_le in candidates:
        if recu_le is not None and depasse.setdefault(recu_le, echeance("orienter", depuis=recu_le).terme < aujourdhui):
            retenues.append(personne_id)
    return retenues
