"""Random controls: announce the seed, draw, conclude (C. trav. L5426-1 IV; E29).

Nobody chooses whom: the seed is sealed and its fingerprint published before the people are listed, on another day.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction

from cordee.metier.devoirs.enums import ResultatControle
from cordee.metier.devoirs.models import ControleAleatoire, TirageControle
from cordee.metier.devoirs.regles.controles import empreinte_graine, empreinte_univers, tirer
from cordee.metier.devoirs.selectors.controles import univers
from cordee.metier.organismes.models import Agent
from cordee.socle.chiffrement import chiffrer, dechiffrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

CONTEXTE: Final = "devoirs.graine"
AU_PLUS: Final = 500


class ControleRefuse(ErreurMetier):
    """The draw or the control cannot be done as asked."""


@transaction.atomic
def annoncer_tirage(*, libelle: str, nombre: int, par: Agent, le: datetime) -> TirageControle:
    """Draw a seed nobody reads and publish its fingerprint: the people will be drawn from another day on.

    Raises:
        ControleRefuse: no name, or a number out of bounds.
    """
    if not libelle.strip():
        raise ControleRefuse("Donnez un nom à ce tirage : il figurera dans le compte rendu annuel.")
    if not 1 <= nombre <= AU_PLUS:
        raise ControleRefuse(f"Tirez entre 1 et {AU_PLUS} personnes : un contrôle est un échange, pas un fichier.")
    graine = secrets.token_hex(32)
    return TirageControle.objects.create(
        libelle=libelle.strip(), nombre=nombre, empreinte=empreinte_graine(graine),
        graine_chiffree=chiffrer(graine, contexte=CONTEXTE), annonce_le=le, annonce_par=par,
    )  # fmt: skip


@transaction.atomic
def tirer_au_sort(*, tirage: TirageControle, par: Agent, le: datetime) -> list[ControleAleatoire]:
    """List the people of the day, draw, publish the seed. It is done once.

    Raises:
        ControleRefuse: drawn already, the day of its announcement, or nobody to draw.
    """
    tirage = TirageControle.objects.select_for_update().get(pk=tirage.pk)
    if tirage.tire_le is not None:
        raise ControleRefuse("Ce tirage a déjà eu lieu : il ne se refait pas.")
    if jour(le) <= jour(tirage.annonce_le):
        raise ControleRefuse("Le tirage a lieu un autre jour que son annonce : personne ne doit pouvoir le prévoir.")
    parmi = univers(au=jour(le))
    if not parmi.personnes:
        raise ControleRefuse("Personne n'entre dans ce tirage : aucun contrat en vigueur sans procédure ouverte.")
    graine = dechiffrer(tirage.graine_chiffree, contexte=CONTEXTE)
    tirage.tire_le, tirage.tire_par, tirage.graine = le, par, graine
    tirage.univers, tirage.exclusions = list(parmi.personnes), parmi.exclusions
    tirage.empreinte_univers = empreinte_univers(parmi.personnes)
    tirage.save(update_fields=["tire_le", "tire_par", "graine", "univers", "exclusions", "empreinte_univers"])
    return ControleAleatoire.objects.bulk_create(
        [
            ControleAleatoire(tirage=tirage, personne_id=qui, rang=rang)
            for rang, qui in enumerate(tirer(parmi.personnes, graine=graine, nombre=tirage.nombre), start=1)
        ]
    )


@transaction.atomic
def conclure_controle(
    *, controle: ControleAleatoire, resultat: ResultatControle, par: Agent, le: datetime
) -> ControleAleatoire:
    """What was found. It opens nothing by itself: a breach is reported apart, by its own act, or not at all.

    Raises:
        ControleRefuse: concluded already.
    """
    controle = ControleAleatoire.objects.select_for_update().get(pk=controle.pk)
    if controle.resultat:
        raise ControleRefuse("Ce contrôle est déjà conclu.")
    controle.resultat, controle.conclu_le, controle.conclu_par = ResultatControle(resultat), le, par
    controle.save(update_fields=["resultat", "conclu_le", "conclu_par"])
    return controle
