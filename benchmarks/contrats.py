"""Drafts of contracts for 2,000 people of the whole département, then their invitations.

Beside them, in the same run, the bare limit: as many rows of contracts, aims, promises and versions, with the same
words, put in by plain bulk inserts without any reading nor rule. What the rules add is told against it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import time as heure
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction

from benchmarks.mesure import Mesure
from cordee.metier.contrats.enums import StatutLotContrats
from cordee.metier.contrats.models import Contrat, Engagement, LotContrats, Objectif, VersionContrat
from cordee.metier.contrats.selectors.liste import SANS_CONTRAT
from cordee.metier.contrats.services.lots import avancer_lot, ouvrir_lot
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.parcours.models import Situation
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.services.plages import ouvrir_plage
from cordee.socle import horloge

SUR_LE_DEPARTEMENT = ECRIT = True
PERSONNES = 2000
BUDGET, BUDGET_RAPPORT, BUDGET_INVITER = 15, 10, 30


def mesurer(options: argparse.Namespace) -> list[Mesure]:
    ids = _personnes()
    _ouvrir(ids)
    settings.URL_PUBLIQUE = settings.URL_PUBLIQUE or "https://cordee.exemple.invalid"
    brouillons, lot = _preparer(ids, inviter=False)
    nue = min(_limite(lot) for _ in range(3))
    signes = Contrat.objects.filter(lot=lot, debut__isnull=False).count()
    with connection.cursor() as curseur:  # the same people again, with the invitations
        curseur.execute("DELETE FROM contrats_versioncontrat v USING contrats_contrat c WHERE v.contrat_id = c.id "
                        "AND c.lot_id = %s", [lot.pk])  # fmt: skip
    Engagement.objects.filter(contrat__lot=lot).delete()
    Objectif.objects.filter(contrat__lot=lot).delete()
    Contrat.objects.filter(lot=lot).delete()
    ensemble, second = _preparer(ids, inviter=True)
    lignes = f"{lot.prepares} drafts of {len(ids)} people, {1000 * brouillons / max(lot.prepares, 1):.1f} ms each"
    return [
        Mesure("contrats : brouillons en nombre", brouillons, BUDGET, "s", lignes),
        Mesure("contrats : contre les mêmes lignes insérées nues", brouillons / nue, BUDGET_RAPPORT, "fois",
               f"{brouillons:.2f} s against {nue:.2f} s"),
        Mesure("contrats : brouillons, invitations et lettres", ensemble, BUDGET_INVITER, "s",
               f"{second.prepares} drafts, {second.invites} invitations, {dict(second.ecartees)}"),
        Mesure("contrats : signés sans la personne", signes, 0, "contrats"),
    ]  # fmt: skip


def _personnes() -> list[int]:
    """People with a référent named and no contract in force: those to prepare first, then any accompanied."""
    avec = Situation.objects.filter(
        soumis=True, referent_structure__isnull=False, referent_agent__isnull=False
    ).exclude(personne__in=Contrat.objects.filter(fin__isnull=True).values("personne"))  # fmt: skip
    urgentes = list(avec.filter(etat__in=SANS_CONTRAT).values_list("personne_id", flat=True)[:PERSONNES])
    autres = avec.exclude(etat__in=SANS_CONTRAT).values_list("personne_id", flat=True)
    return [*urgentes, *autres[: PERSONNES - len(urgentes)]]


def _ouvrir(ids: list[int]) -> None:
    """One afternoon of slots for contracts in every structure of these people."""
    le = horloge.maintenant()
    jour = horloge.jour(le) + timedelta(days=8)
    structures = Situation.objects.filter(personne__in=ids).values("referent_structure")
    for structure in Structure.objects.filter(pk__in=structures):
        ouvrir_plage(
            structure=structure, genre=GenreRendezVous.CONTRAT, modalite=ModaliteRendezVous.PHYSIQUE,
            jour_semaine=jour.weekday(), de=heure(14), a=heure(17), duree_minutes=45, debut=jour,
            fin=jour + timedelta(days=7), places=4, par=agent_systeme(), le=le,
        )  # fmt: skip


def _preparer(ids: list[int], *, inviter: bool) -> tuple[float, LotContrats]:
    par, le = agent_systeme(), horloge.maintenant()
    lot = ouvrir_lot(personnes=ids, intitule="Mesure", inviter=inviter, par=par, le=le)

    def tout() -> None:
        nonlocal lot
        while lot.statut != StatutLotContrats.FAIT:
            lot = avancer_lot(lot=lot, par=par, le=le)

    return _chronometrer(tout), lot


def _limite(lot: LotContrats) -> float:
    """The rows of the batch, copied by bulk inserts, then left out: nothing is read meanwhile."""
    contrats = list(Contrat.objects.filter(lot=lot))
    rangs = {c.pk: n for n, c in enumerate(contrats)}
    buts = list(Objectif.objects.filter(contrat__lot=lot))
    promesses = list(Engagement.objects.filter(contrat__lot=lot))
    versions = list(VersionContrat.objects.filter(contrat__lot=lot))

    def rattacher(ligne: Objectif | Engagement | VersionContrat) -> None:
        ligne.pk, ligne.contrat_id = None, contrats[rangs[ligne.contrat_id]].pk

    def inserer() -> None:
        for c in contrats:
            c.pk = None
        Contrat.objects.bulk_create(contrats, batch_size=2000)
        for but in buts:
            rattacher(but)
        for version in versions:
            rattacher(version)
        for promesse in promesses:
            rattacher(promesse)
            promesse.objectif_id = None
        Objectif.objects.bulk_create(buts, batch_size=5000)
        Engagement.objects.bulk_create(promesses, batch_size=5000)
        VersionContrat.objects.bulk_create(versions, batch_size=5000)

    with transaction.atomic():
        duree = _chronometrer(inserer)
        transaction.set_rollback(True)
    return duree


def _chronometrer(faire: Callable[[], object]) -> float:
    debut = time.perf_counter()
    faire()
    return time.perf_counter() - debut
