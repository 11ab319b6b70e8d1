"""The body towards which a person is oriented accepts, or says why it cannot."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import MotifRefusAccueil
from cordee.metier.orientation.services.decision import OBJET
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne


@transaction.atomic
def accepter_dossier(*, personne: Personne, par: Agent, le: datetime) -> Evenement:
    """The structure receives the person; its head now names the référent.

    Raises:
        TransitionInterdite: nothing is waiting for its agreement.

    """
    personne = verrouiller(personne)
    return consigner_un(
        genre=GenreEvenement.DOSSIER_ACCEPTE, personne=personne, par=par, le=le, objet_type=OBJET,
        objet_id=_orientation(personne),
    )  # fmt: skip


@transaction.atomic
def refuser_dossier(*, personne: Personne, motif: MotifRefusAccueil, par: Agent, le: datetime) -> Evenement:
    """The structure cannot: the platform's manager finds another one. The person is not told to wait for nobody.

    Raises:
        TransitionInterdite: nothing is waiting for its agreement.

    """
    personne = verrouiller(personne)
    return consigner_un(
        genre=GenreEvenement.DOSSIER_REFUSE, personne=personne, par=par, le=le, objet_type=OBJET,
        objet_id=_orientation(personne), donnees={"motif": str(MotifRefusAccueil(motif))},
    )  # fmt: skip


def _orientation(personne: Personne) -> int | None:
    orientation = situation_courante(personne).orientation
    return orientation.id if orientation else None
