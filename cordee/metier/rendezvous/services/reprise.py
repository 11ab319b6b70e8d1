"""A death was signalled and was not one: the person is alive, sendings resume, and what did not leave is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import en_attente_d_envoi
from cordee.metier.courriers.services import annuler_en_attente
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services.agenda import OBJET


@transaction.atomic
def constater_en_vie(*, personne: Personne, par: Agent, le: datetime) -> list[Courrier]:
    """The path resumes where it was (E32). Letters about an appointment now past are cancelled: they would mislead.

    Returns the letters that had not left meanwhile, those just cancelled included.

    Raises:
        TransitionInterdite: no death is signalled.
    """
    personne = verrouiller(personne)
    consigner_un(
        genre=GenreEvenement.REPRISE, personne=personne, par=par, le=le, donnees={"etat": str(Etat.DECES_PRESUME)}
    )
    retenus = list(en_attente_d_envoi(personne))
    passes = RendezVous.objects.filter(personne__in=ids_du_groupe(personne), debut__lte=le)
    annuler_en_attente(objet_type=OBJET, objets=list(passes.values_list("pk", flat=True)), par=par, le=le)
    for courrier in retenus:
        courrier.refresh_from_db(fields=["annule_le"])
    return retenus
