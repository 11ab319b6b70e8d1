"""Rights looked at with a person, and where she was sent: a fact kept, never a condition put to her (REQ-42)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Personne
from cordee.metier.prestations.models import DroitExamine
from cordee.reglementation.autres_droits import SuiteDroit, autre_droit
from cordee.socle.erreurs import ErreurMetier


class DroitInconnu(ErreurMetier):
    """No right of that name in the list."""


@transaction.atomic
def examiner_droits(
    *, personne: Personne, suites: Mapping[str, SuiteDroit], par: Agent, le: datetime
) -> list[DroitExamine]:
    """Write what was found of each right looked at. Rights that were not talked about are left out.

    Raises:
        DroitInconnu: a right that the list does not hold.
    """
    for nom in suites:
        try:
            autre_droit(nom)
        except KeyError:
            raise DroitInconnu("Ce droit n'est plus dans la liste. Rechargez la page.") from None
    return DroitExamine.objects.bulk_create(
        [DroitExamine(personne=personne, droit=nom, suite=suite, par=par, le=le) for nom, suite in suites.items()]
    )
