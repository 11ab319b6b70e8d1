"""Recording events: the situation, the étapes and the échéances move in the same transaction."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from cordee.metier.organismes.models import Agent, Suppleance, en_cours
from cordee.metier.parcours import reactions
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Echeance, Etape, Evenement
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Fait, Ligne, Situation, derouler, verifier
from cordee.metier.parcours.services.ecriture import ecrire, ligne_de_la_base
from cordee.metier.parcours.services.reconstruction import rejouer_personnes
from cordee.metier.personnes.models import Personne
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

# Events that change the past: the whole life is replayed.
_REJOUENT = frozenset({GenreEvenement.ANNULATION, GenreEvenement.FUSION, GenreEvenement.FUSION_ANNULEE})


class DossierReuni(ErreurMetier):
    """The act aims at a row that has been merged into another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NouvelEvenement:
    """One event to record. ``donnees`` holds ids, dates (ISO) and codes only: no free text, no identity."""

    genre: GenreEvenement
    personne_id: int
    survenu_le: datetime | None = None
    donnees: dict[str, Any] = field(default_factory=dict)
    objet_type: str = ""
    objet_id: int | None = None


@transaction.atomic
def consigner(
    *,
    evenements: Sequence[NouvelEvenement],
    par: Agent,
    le: datetime,
    acte: uuid.UUID | None = None,
    controler: bool = True,
) -> list[Evenement]:
    """Record the events of one act, for any number of people, with a constant number of queries.

    Args:
        evenements: in the order in which they happened, person by person.
        par: who acts (the system's agent for files and time).
        le: when it is recorded; ``survenu_le`` of an event defaults to it.
        acte: groups the events of one act; a new one by default.
        controler: refuse acts that do not fit where the person stands (``regles.verifier``).

    Raises:
        TransitionInterdite: an act does not fit; nothing is written.
        DossierReuni: the row was merged into another person.
    """
    if not evenements:
        return []
    ids = sorted({e.personne_id for e in evenements})
    _verrouiller(ids, evenements)
    situations = {s.personne_id: s for s in SituationStockee.objects.filter(personne_id__in=ids)}
    pour = _au_nom_de(par, situations, le=le)
    stockees = _enregistrer(evenements, pour, par=par, le=le, acte=acte or uuid.uuid4())
    par_personne: defaultdict[int, list[Fait]] = defaultdict(list)
    a_rejouer: set[int] = set()
    for evenement in stockees:
        par_personne[evenement.personne_id].append(fait_de(evenement))
        if evenement.genre in _REJOUENT:
            a_rejouer.add(evenement.personne_id)
    ouvertes = _lignes_ouvertes(ids)
    resultats: dict[int, tuple[Situation, list[Ligne]]] = {}
    derniers: dict[int, int] = {}
    for personne_id, faits in par_personne.items():
        if personne_id in a_rejouer:
            continue
        stockee = situations.get(personne_id)
        depart = Situation.de_json(stockee.calcul) if stockee else Situation()
        resultats[personne_id] = derouler(
            depart, faits, ouvertes.get(personne_id, ()), avant_chaque=verifier if controler else None
        )
        derniers[personne_id] = faits[-1].id
    ecrire(resultats, derniers)
    if a_rejouer:
        rejouer_personnes(sorted(a_rejouer))
    reactions.reagir(stockees, par=par, le=le)
    return stockees


def consigner_un(
    *, genre: GenreEvenement, personne: Personne, par: Agent, le: datetime, survenu_le: datetime | None = None,
    donnees: dict[str, Any] | None = None, objet_type: str = "", objet_id: int | None = None,
    acte: uuid.UUID | None = None,
) -> Evenement:  # fmt: skip
    """``consigner`` for one event of one person: what most business acts call."""
    nouvel = NouvelEvenement(
        genre=genre, personne_id=personne.pk, survenu_le=survenu_le, donnees=donnees or {}, objet_type=objet_type,
        objet_id=objet_id,
    )  # fmt: skip
    return consigner(evenements=[nouvel], par=par, le=le, acte=acte)[0]


def fait_de(evenement: Evenement) -> Fait:
    """A stored event as the engine reads it."""
    return Fait(evenement.pk, GenreEvenement(evenement.genre), evenement.survenu_le, evenement.donnees)


def _verrouiller(ids: list[int], evenements: Iterable[NouvelEvenement]) -> None:
    """Persons are locked in order: two acts on one person wait for each other, whatever they touch."""
    lignes = Personne.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    reunies = {pk for pk, canonique in lignes.values_list("pk", "canonique_id") if canonique is not None}
    if any(e.personne_id in reunies and e.genre not in _REJOUENT for e in evenements):
        raise DossierReuni("Cette fiche a été réunie à une autre : rouvrez la personne depuis la recherche.")


def _au_nom_de(par: Agent, situations: Mapping[int, SituationStockee], *, le: datetime) -> dict[int, int]:
    """Person → the absent référent the agent covers for that day: what she does says « pour » (R20)."""
    if par.systeme:
        return {}
    couverts = set(Suppleance.objects.filter(en_cours(jour(le)), remplacant=par).values_list("absent_id", flat=True))
    return {pk: s.referent_agent_id for pk, s in situations.items() if s.referent_agent_id in couverts}


def _enregistrer(
    evenements: Sequence[NouvelEvenement], pour: Mapping[int, int], *, par: Agent, le: datetime, acte: uuid.UUID
) -> list[Evenement]:
    return Evenement.objects.bulk_create(
        [
            Evenement(
                genre=e.genre, personne_id=e.personne_id, survenu_le=e.survenu_le or le, enregistre_le=le, par=par,
                acte=acte, objet_type=e.objet_type, objet_id=e.objet_id,
                donnees=e.donnees | ({"au_nom_de": pour[e.personne_id]} if e.personne_id in pour else {}),
            )
            for e in evenements
        ],
        batch_size=2000,
    )  # fmt: skip


def _lignes_ouvertes(ids: list[int]) -> dict[int, list[Ligne]]:
    lignes: defaultdict[int, list[Ligne]] = defaultdict(list)
    for modele in (Etape, Echeance):
        for ligne in modele.objects.filter(personne_id__in=ids, fermee_le__isnull=True):
            lignes[ligne.personne_id].append(ligne_de_la_base(ligne))
    return lignes
