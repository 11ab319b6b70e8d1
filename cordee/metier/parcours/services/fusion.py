"""One person behind two rows: arbitrate, merge, undo, even after later acts (R64).

A merge moves nothing. ``Personne.canonique`` says who the row now is; every row, identifier, decision and event keeps
its owner; reads span the group; the path is the replay of all the events of the group, written on the canonical row.
Undoing clears ``canonique`` and replays both: each row finds its own life again. What was recorded meanwhile stays on
the canonical row, where it was recorded, and a human reviews it (échéance « revoir après fusion »).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

import pghistory
from django.db import transaction
from django.db.models import Q, QuerySet

from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.selectors.fusions import actes_a_revoir
from cordee.metier.parcours.services.consignation import NouvelEvenement, consigner
from cordee.metier.parcours.services.reconstruction import rejouer_personnes
from cordee.metier.personnes.enums import StatutArbitrage
from cordee.metier.personnes.models import Arbitrage, Fusion, Personne
from cordee.metier.personnes.selectors import ids_du_groupe, ids_reunis_a
from cordee.socle.erreurs import ErreurMetier

E = GenreEvenement


class ActeIdentiteRefuse(ErreurMetier):
    """An act on identity that does not fit: rows already merged, arbitration already given…"""


@transaction.atomic
def arbitrer(*, arbitrage: Arbitrage, meme_personne: bool, par: Agent, le: datetime) -> Fusion | None:
    """The data desk's answer to a doubt. The same person: the rows are merged. Otherwise both paths go on.

    Returns the merge, or ``None`` when they are two people.

    Raises:
        ActeIdentiteRefuse: answered already.
    """
    courant = Arbitrage.objects.select_for_update().get(pk=arbitrage.pk)
    if courant.statut != StatutArbitrage.OUVERT:
        raise ActeIdentiteRefuse("Cet arbitrage a déjà été rendu.")
    personne, candidate = _canonique(courant.personne_id), _canonique(courant.candidate_id)
    if meme_personne and personne.pk != candidate.pk:
        absorbee, canonique = _qui_absorbe(personne, candidate)
        return fusionner(absorbee=absorbee, canonique=canonique, raisons=courant.raisons, par=par, le=le)
    _rendre(
        [courant],
        StatutArbitrage.MEME_PERSONNE if meme_personne else StatutArbitrage.PERSONNES_DIFFERENTES,
        par=par,
        le=le,
    )
    _lever_doutes({personne.pk, candidate.pk}, arbitrage=courant, par=par, le=le)
    return None


@transaction.atomic
def fusionner(*, absorbee: Personne, canonique: Personne, raisons: Sequence[str], par: Agent, le: datetime) -> Fusion:
    """Two rows are one person. The path becomes that of all their events; open doubts between them are answered.

    Raises:
        ActeIdentiteRefuse: merged already, or a row known to a paying body absorbed by a provisional one.
    """
    absorbee, canonique = _canonique(absorbee.pk), _canonique(canonique.pk)
    _verrouiller_groupes(absorbee, canonique)
    if absorbee.pk == canonique.pk:
        raise ActeIdentiteRefuse("Ces deux fiches sont déjà réunies.")
    if canonique.provisoire and not absorbee.provisoire:
        raise ActeIdentiteRefuse("Gardez la fiche connue de l'organisme payeur : c'est elle qui reçoit les fichiers.")
    fusion = Fusion.objects.create(
        absorbee=absorbee, canonique=canonique, raisons=list(raisons), faite_le=le, faite_par=par
    )
    groupes = [ids_du_groupe(absorbee), ids_du_groupe(canonique)]
    _rattacher_au_groupe(groupes[0], canonique.pk, par=par)
    _rendre(_entre(*groupes).filter(statut=StatutArbitrage.OUVERT), StatutArbitrage.MEME_PERSONNE, par=par, le=le)
    acte = uuid.uuid4()
    if Evenement.objects.filter(personne__in=groupes[0]).exists():
        rejouer_personnes([absorbee.pk])
    consigner(evenements=[_evenement(E.FUSION, canonique.pk, fusion, absorbee=absorbee.pk)], par=par, le=le, acte=acte)
    _rouvrir_doutes([canonique.pk], par=par, le=le, acte=acte, en_parallele=True)
    return fusion


@transaction.atomic
def annuler_fusion(*, fusion: Fusion, par: Agent, le: datetime) -> list[Evenement]:
    """The merge was a mistake: each row finds its own life again, as if it had never happened.

    Returns what was recorded on the canonical row meanwhile: it stays there, and an échéance asks a human to give each
    act (letter, decision, contract) to the right person. Doubts answered by the merge are open again.

    Raises:
        ActeIdentiteRefuse: undone already.
    """
    courante = Fusion.objects.select_for_update().select_related("absorbee", "canonique").get(pk=fusion.pk)
    if courante.annulee_le is not None:
        raise ActeIdentiteRefuse("Cette réunion de fiches a déjà été annulée.")
    racine = _canonique(courante.canonique_id)
    _verrouiller_groupes(courante.absorbee, racine)
    Fusion.objects.filter(pk=courante.pk).update(annulee_le=le, annulee_par=par)
    rendue = ids_reunis_a(courante.absorbee_id)
    _rattacher_au_groupe(rendue, courante.absorbee_id, par=par)
    groupe = ids_du_groupe(Personne.objects.get(pk=racine.pk))
    _entre(rendue, groupe).filter(statut=StatutArbitrage.MEME_PERSONNE, decide_le=courante.faite_le).update(
        statut=StatutArbitrage.OUVERT, decide_le=None, decide_par=None
    )
    faite = Evenement.objects.get(genre=E.FUSION, objet_type="fusion", objet_id=courante.pk)
    a_revoir = actes_a_revoir(courante)
    consigner(
        evenements=[
            _evenement(E.ANNULATION, courante.canonique_id, courante, evenement=faite.pk),
            _evenement(E.FUSION_ANNULEE, racine.pk, courante, actes_a_revoir=len(a_revoir)),
            _evenement(E.FUSION_ANNULEE, courante.absorbee_id, courante, actes_a_revoir=0),
        ],
        par=par,
        le=le,
    )
    return a_revoir


def annoncer_doutes(arbitrages: Iterable[Arbitrage], *, par: Agent, le: datetime) -> None:
    """Write the events of open arbitrations: the new row waits, the known one gets a parallel duty."""
    evenements = [
        NouvelEvenement(
            genre=E.IDENTITE_DOUTEUSE, personne_id=qui, donnees={"arbitrage": arbitrage.pk, "candidate": candidate},
            objet_type="arbitrage", objet_id=arbitrage.pk,
        )
        for arbitrage in arbitrages
        for qui, candidate in ((arbitrage.personne_id, False), (arbitrage.candidate_id, True))
    ]  # fmt: skip
    consigner(evenements=evenements, par=par, le=le)


def _evenement(genre: GenreEvenement, personne_id: int, fusion: Fusion, **donnees: int) -> NouvelEvenement:
    return NouvelEvenement(
        genre=genre, personne_id=personne_id, donnees=donnees, objet_type="fusion", objet_id=fusion.pk
    )


# Arbitrations -------------------------------------------------------------------------------------------------------
def _rendre(arbitrages: Iterable[Arbitrage], statut: StatutArbitrage, *, par: Agent, le: datetime) -> None:
    Arbitrage.objects.filter(pk__in=[a.pk for a in arbitrages]).update(statut=statut, decide_le=le, decide_par=par)


def _entre(groupe: Sequence[int], autre: Sequence[int]) -> QuerySet[Arbitrage]:
    """Arbitrations between two groups of rows."""
    return Arbitrage.objects.filter(
        Q(personne__in=groupe, candidate__in=autre) | Q(personne__in=autre, candidate__in=groupe)
    )


def _lever_doutes(ids: set[int], *, arbitrage: Arbitrage, par: Agent, le: datetime) -> None:
    acte = uuid.uuid4()
    consigner(
        evenements=[
            NouvelEvenement(
                genre=E.IDENTITE_ARBITREE, personne_id=pk, donnees={"arbitrage": arbitrage.pk},
                objet_type="arbitrage", objet_id=arbitrage.pk,
            )
            for pk in sorted(ids)
        ],
        par=par, le=le, acte=acte,
    )  # fmt: skip
    _rouvrir_doutes(sorted(ids), par=par, le=le, acte=acte)


def _rouvrir_doutes(
    ids: Sequence[int], *, par: Agent, le: datetime, acte: uuid.UUID, en_parallele: bool = False
) -> None:
    """One answer closes the étape; another doubt still open about the same person opens it again.

    Args:
        en_parallele: as an échéance, so that a merge never stops the path of the person who was known before.
    """
    evenements = []
    for pk in ids:
        groupe = ids_du_groupe(Personne.objects.get(pk=pk))
        ouverts = Arbitrage.objects.filter(statut=StatutArbitrage.OUVERT)
        for arbitrage in ouverts.filter(Q(personne__in=groupe) | Q(candidate__in=groupe)).order_by("pk"):
            candidate = en_parallele or arbitrage.personne_id not in groupe
            evenements.append(
                NouvelEvenement(
                    genre=E.IDENTITE_DOUTEUSE,
                    personne_id=pk,
                    donnees={"arbitrage": arbitrage.pk, "candidate": candidate},
                    objet_type="arbitrage",
                    objet_id=arbitrage.pk,
                )
            )
    consigner(evenements=evenements, par=par, le=le, acte=acte)


def _qui_absorbe(personne: Personne, candidate: Personne) -> tuple[Personne, Personne]:
    """(absorbed, canonical): the row known to a paying body stays, else the older one."""
    if personne.provisoire != candidate.provisoire:
        return (personne, candidate) if personne.provisoire else (candidate, personne)
    return (personne, candidate) if candidate.pk < personne.pk else (candidate, personne)


# Groups -------------------------------------------------------------------------------------------------------------
def _canonique(pk: int) -> Personne:
    personne = Personne.objects.select_related("canonique").get(pk=pk)
    return personne.canonique or personne


def _verrouiller_groupes(*personnes: Personne) -> None:
    """Lock every row of the groups, in order: two merges on one person wait for each other."""
    ids = {pk for personne in personnes for pk in ids_du_groupe(personne)}
    list(Personne.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def _rattacher_au_groupe(ids: Sequence[int], racine: int, *, par: Agent) -> None:
    """``canonique`` points straight at the root: reads never walk a chain. ``Fusion`` keeps the chain."""
    with pghistory.context(agent=par.pk, acte="fusion"):
        Personne.objects.filter(pk__in=ids).exclude(pk=racine).update(canonique=racine)
        Personne.objects.filter(pk=racine).update(canonique=None)
