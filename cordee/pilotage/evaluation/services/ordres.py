"""Roll-outs in random order: a free random trial, legal and fair, when everybody cannot start on the same day (§6.3).

As for random controls (E29): the seed is sealed and its fingerprint published first; the order is drawn on another day
and the seed published with it; whoever doubts it does it again. The assignment is sealed and may feed an experiment.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from cordee.metier.devoirs.regles.controles import empreinte_graine
from cordee.metier.organismes.models import Agent
from cordee.pilotage.enums_evaluation import Comparateur, Devis, GenreUnite
from cordee.pilotage.evaluation.regles.ordre import echelonner, ranger, verifier
from cordee.pilotage.evaluation.regles.protocole import PAR_DEFAUT, Protocole, Traite
from cordee.pilotage.evaluation.services.registre import ExperienceRefusee, ecrire_brouillon
from cordee.pilotage.models import Experience, OrdreAleatoire
from cordee.socle.chiffrement import chiffrer, dechiffrer
from cordee.socle.horloge import jour

CONTEXTE: Final = "pilotage.ordre"
MINIMUM: Final = 4
"""Under four units, an order says nothing that chance could not."""


@transaction.atomic
def annoncer_ordre(
    *, titre: str, genre: GenreUnite, unites: Mapping[str, str], debut: date, vagues: int, ecart_jours: int, par: Agent,
    le: datetime,
) -> OrdreAleatoire:  # fmt: skip
    """Seal a seed nobody reads and publish its fingerprint. ``unites``: code → name.

    Raises:
        ExperienceRefusee: too few units or waves, or a first wave that is past.
    """
    if not titre.strip():
        raise ExperienceRefusee("Donnez un nom à ce déploiement.")
    if len(unites) < MINIMUM or not 2 <= vagues <= len(unites):
        raise ExperienceRefusee(
            f"Il faut au moins {MINIMUM} unités et deux vagues, et pas plus de vagues que d'unités."
        )
    if debut <= jour(le) + timedelta(days=1) or ecart_jours < 1:
        raise ExperienceRefusee("La première vague commence après le tirage, qui a lieu un autre jour que l'annonce.")
    graine = secrets.token_hex(32)
    return OrdreAleatoire.objects.create(
        titre=titre.strip(), genre=genre, unites=dict(unites), debut=debut, vagues=vagues, ecart_jours=ecart_jours,
        empreinte=empreinte_graine(graine), graine_chiffree=chiffrer(graine, contexte=CONTEXTE), annonce_le=le,
        annonce_par=par,
    )  # fmt: skip


@transaction.atomic
def tirer_ordre(*, ordre: OrdreAleatoire, par: Agent, le: datetime) -> OrdreAleatoire:
    """Put the units in order, publish the seed, seal the assignment. It is done once, on another day.

    Raises:
        ExperienceRefusee: drawn already, or on the day of its announcement.
    """
    ordre = OrdreAleatoire.objects.select_for_update().get(pk=ordre.pk)
    if ordre.tire_le is not None:
        raise ExperienceRefusee("Cet ordre est déjà tiré : il ne se refait pas.")
    if jour(le) <= jour(ordre.annonce_le):
        raise ExperienceRefusee("L'ordre se tire un autre jour que son annonce : personne ne doit pouvoir le prévoir.")
    graine = dechiffrer(ordre.graine_chiffree, contexte=CONTEXTE)
    range_ = ranger(ordre.unites, graine=graine)
    quand = echelonner(range_, debut=ordre.debut, vagues=ordre.vagues, ecart_jours=ordre.ecart_jours)
    ordre.graine, ordre.tire_le, ordre.tire_par = graine, le, par
    ordre.ordre = [[unite, depuis.isoformat()] for unite, depuis in quand]
    ordre.sceau = hashlib.sha256(json.dumps([ordre.empreinte, ordre.ordre, le.isoformat()]).encode()).hexdigest()
    ordre.save(update_fields=["graine", "tire_le", "tire_par", "ordre", "sceau"])
    return ordre


def ordre_verifie(ordre: OrdreAleatoire) -> bool | None:
    """Done again from the published seed; ``None``: not drawn yet."""
    if ordre.ordre is None:
        return None
    return verifier(
        [unite for unite, _ in ordre.ordre], unites=ordre.unites, graine=ordre.graine, empreinte=ordre.empreinte
    )


@transaction.atomic
def en_experience(
    *, ordre: OrdreAleatoire, hypothese: str, critere: str, effet_minimal: float, entrees_du: date, fin: date,
    par: Agent, le: datetime,
) -> Experience:  # fmt: skip
    """A draft experiment whose assignment is this order: it remains to be registered.

    Raises:
        ExperienceRefusee: not drawn yet, waves of letters (nobody enters « in » a wave), or it has one already.
    """
    ordre = OrdreAleatoire.objects.select_for_update().get(pk=ordre.pk)
    if ordre.ordre is None or ordre.experience_id is not None:
        raise ExperienceRefusee("Tirez d'abord l'ordre ; un ordre ne nourrit qu'une expérimentation.")
    if ordre.genre == GenreUnite.SEMAINES:
        raise ExperienceRefusee(
            "Des lots de convocation n'ont pas d'entrantes : inscrivez leurs personnes comme témoins."
        )
    protocole = Protocole(
        devis=Devis.ORDRE.value, critere=critere, entrees_du=entrees_du.isoformat(), debut=ordre.debut.isoformat(),
        fin=fin.isoformat(), effet_minimal=effet_minimal, comparateur=Comparateur.ORDRE.value,
        niveau="structure" if ordre.genre == GenreUnite.STRUCTURES else "commune",
        traites=tuple(Traite(unite, depuis) for unite, depuis in ordre.ordre), unites=tuple(sorted(ordre.unites)),
        estimateurs=tuple(e.value for e in PAR_DEFAUT[Devis.ORDRE]),
        temoins=("temoin_femme", "temoin_activite", "temoin_mois"),
    )  # fmt: skip
    experience = ecrire_brouillon(titre=ordre.titre, hypothese=hypothese, protocole=protocole, par=par, le=le)
    ordre.experience = experience
    ordre.save(update_fields=["experience"])
    return experience
