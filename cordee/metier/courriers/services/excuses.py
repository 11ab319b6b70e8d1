"""An error of the service: said plainly, with apologies, and traced (R68, R86)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cordee.metier.courriers.enums import Canal, GenreCourrier, MotifExcuses
from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.regles import date_fr
from cordee.metier.courriers.services.emission import annuler_en_attente, emettre
from cordee.metier.organismes.models import Agent, Structure
from cordee.socle.horloge import jour

OBJET = "courrier"


@transaction.atomic
def s_excuser(
    *, courrier: Courrier, motif: MotifExcuses, canal: Canal, par: Agent, le: datetime, precision: str = "",
    structure: Structure | None = None,
) -> Courrier:  # fmt: skip
    """Write to the person that a letter sent to her was an error. The wrong letter does not leave if it has not.

    Args:
        precision: what is put right, in the service's words (« Le bon rendez-vous est le… »).
        structure: the service that writes; by default, the one that wrote the wrong letter.

    Raises:
        EnvoiImpossible: the way is closed to her.
    """
    motif = MotifExcuses(motif)
    annuler_en_attente(courriers=[courrier.pk], par=par, le=le)
    personne = courrier.personne.canonique or courrier.personne
    return emettre(
        personne=personne, genre=GenreCourrier.EXCUSES, canal=canal, objet_type=OBJET, objet_id=courrier.pk,
        donnees={
            "departement": expediteur(structure) if structure else courrier.donnees["departement"],
            "excuses": {
                "le": date_fr(jour(courrier.cree_le), avec_jour=False), "courrier": motif.courrier,
                "erreur": motif.description, "precision": precision.strip(),
            },
        },
        par=par, le=le,
    )  # fmt: skip
