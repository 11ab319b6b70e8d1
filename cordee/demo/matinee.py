"""A living morning: a bounded number of acts, through the product's own services, on whatever the files left.

Everybody who opens the demonstration finds a believable day: appointments, letters really made, decisions to hand
over, contacts of the week, files to accept. Numbers of acts are hypotheses; the same seed on the same day gives the
same morning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

from cordee.demo import identites
from cordee.demo.matinee_atelier import Atelier
from cordee.demo.matinee_caisse import tenir_la_liaison_avec_la_caisse
from cordee.demo.matinee_contrats import faire_signer
from cordee.demo.matinee_criteres import demander_des_explications, preparer_un_arrete
from cordee.demo.matinee_devoirs import instruire_des_dossiers
from cordee.demo.matinee_ep import tenir_des_seances
from cordee.demo.matinee_plateforme import Plateforme
from cordee.demo.matinee_referents import JOURNEES, Referents
from cordee.demo.matinee_relais import passer_des_relais
from cordee.demo.matinee_suivi import suivre
from cordee.demo.organisation import Organisation
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.services import ajouter_contact

DES_COMPTES: Final = 12
DES_AUTRES: Final = 40
PAS: Final = 97
"""One person out of so many: they live everywhere in the département."""
_NUMEROS_VERIFIES: Final = 5_000


@dataclass(frozen=True, slots=True)
class BilanMatinee:
    """Acts done by kind, and what the product refused (sentence → times)."""

    actes: dict[str, int]
    refus: dict[str, int]


@transaction.atomic
def vivre_la_matinee(organisation: Organisation, *, graine: int, le: datetime) -> BilanMatinee:
    """Live the last days of work, up to the instant ``le``. At most about a thousand acts."""
    atelier = Atelier(organisation, graine, le)
    plateforme, referents = Plateforme(atelier), Referents(atelier)
    plateforme.vivre()
    referents.vivre()
    faire_signer(atelier)
    plateforme.poster()
    preparer_un_arrete(atelier)
    demander_des_explications(atelier)
    passer_des_relais(atelier)
    instruire_des_dossiers(atelier)
    suivre(atelier)
    tenir_la_liaison_avec_la_caisse(atelier)
    tenir_des_seances(atelier)  # last: the files of the next session are what the others left open
    return BilanMatinee(dict(atelier.actes.most_common()), dict(atelier.refus.most_common()))


@transaction.atomic
def verifier_des_telephones(organisation: Organisation, *, graine: int, le: datetime) -> int:
    """Numbers that agents check with people: a later file does not replace them by itself (R66). Returns how many.

    Lived before the contacts of the month come, so that some of its numbers wait for somebody to choose.
    """
    suivies = Situation.objects.filter(soumis=True, referent_agent__isnull=False).select_related(
        "personne", "referent_agent"
    )
    comptes = [organisation.comptes[compte] for compte in JOURNEES]
    choisies = list(suivies.filter(referent_agent__in=comptes).order_by("personne_id")[:DES_COMPTES])
    autres = suivies.exclude(referent_agent__in=comptes).annotate(rang=F("personne_id") % PAS).filter(rang=graine % PAS)
    choisies += autres.order_by("personne_id")[:DES_AUTRES]
    for situation in choisies:
        numero = identites.telephone(_NUMEROS_VERIFIES + situation.personne_id % _NUMEROS_VERIFIES)
        par = situation.referent_agent or agent_systeme()
        ajouter_contact(personne=situation.personne, valeur=numero, par=par, le=le, verifie=True)
    return len(choisies)
