"""A collective session entered in one go (R6): one act, one event by person, her own next step opened."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import NouvelEvenement, consigner
from cordee.metier.rendezvous.enums import GenreRendezVous, MotifExcuse
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services.agenda import OBJET, RendezVousImpossible, S
from cordee.metier.rendezvous.services.places import rendre_lot


@dataclass(frozen=True, slots=True)
class BilanSeance:
    """What one entry of a sheet did. ``acte`` groups its events; ``deja``: lines that had been noted before."""

    acte: uuid.UUID
    venues: int
    absentes: int
    excusees: int
    deja: int


@transaction.atomic
def noter_seance(
    *, rendez_vous: Collection[int], absents: Collection[int] = (), excuses: Mapping[int, MotifExcuse] | None = None,
    par: Agent, le: datetime,
) -> BilanSeance:  # fmt: skip
    """Note a whole sheet: everybody came, but those said absent, or excused with a coded reason.

    Args:
        rendez_vous: ids of the lines of the sheet, of one collective session.
        absents: ids among them who did not come; ``excuses``: id → reason.

    Lines noted before are left as they are: entering a sheet twice changes nothing. The number of queries does not
    depend on the number of people.

    Raises:
        RendezVousImpossible: not one session, a line that is not on the sheet, or the session has not begun.
        TransitionInterdite: one of them cannot be received any more; nothing is written.
    """
    motifs = {pk: MotifExcuse(motif) for pk, motif in (excuses or {}).items()}
    lignes = list(
        RendezVous.objects.select_for_update(of=("self",))
        .select_related("personne")
        .filter(pk__in=set(rendez_vous))
        .order_by("personne_id", "pk")
    )
    _exiger_une_seance(lignes, le)
    manquent = (set(absents) | set(motifs)) - {r.pk for r in lignes}
    if manquent:
        raise RendezVousImpossible(f"{len(manquent)} numéro n'est pas sur cette feuille : vérifiez la séance choisie.")
    a_noter = [r for r in lignes if r.statut == S.PREVU]
    sorts = {r.pk: _sort(r.pk, absents, motifs) for r in a_noter}
    acte = uuid.uuid4()
    for statut in (S.HONORE, S.ABSENT, S.EXCUSE):
        _poser([pk for pk, s in sorts.items() if s is statut], statut, motifs)
    rendus = [r for r in a_noter if sorts[r.pk] is S.EXCUSE]
    rendre_lot(Counter(pk for r in rendus for pk in (r.creneau_id, r.suite_id) if pk is not None))
    consigner(evenements=[_evenement(r, sorts[r.pk]) for r in a_noter], par=par, le=le, acte=acte)
    comptes = Counter(sorts.values())
    return BilanSeance(
        acte, comptes[S.HONORE], comptes[S.ABSENT], comptes[S.EXCUSE], len(lignes) - len(a_noter)
    )  # fmt: skip


def _exiger_une_seance(lignes: Sequence[RendezVous], le: datetime) -> None:
    if not lignes:
        raise RendezVousImpossible("Cette séance n'a plus personne : rouvrez-la depuis la liste.")
    seances = {(r.structure_id, r.debut, r.creneau_id, r.genre) for r in lignes}
    if len(seances) > 1 or lignes[0].genre != GenreRendezVous.COLLECTIF:
        raise RendezVousImpossible("Ces lignes ne sont pas celles d'une même séance collective.")
    if lignes[0].debut > le:
        raise RendezVousImpossible("La séance n'a pas commencé : la feuille se saisit après.")


def _sort(pk: int, absents: Collection[int], motifs: Mapping[int, MotifExcuse]) -> S:
    if pk in motifs:
        return S.EXCUSE
    return S.ABSENT if pk in absents else S.HONORE


def _poser(ids: Sequence[int], statut: S, motifs: Mapping[int, MotifExcuse]) -> None:
    """One query by state; one by reason for the excused."""
    if statut is not S.EXCUSE:
        RendezVous.objects.filter(pk__in=ids).update(statut=statut, version=F("version") + 1)
        return
    for motif in {motifs[pk] for pk in ids}:
        concernes = [pk for pk in ids if motifs[pk] is motif]
        RendezVous.objects.filter(pk__in=concernes).update(statut=statut, motif_excuse=motif, version=F("version") + 1)


def _evenement(rdv: RendezVous, statut: S) -> NouvelEvenement:
    venue = statut is S.HONORE
    donnees = {"rendez_vous": rdv.pk} if venue else {"rendez_vous": rdv.pk, "excusee": statut is S.EXCUSE}
    return NouvelEvenement(
        genre=GenreEvenement.PRESENCE if venue else GenreEvenement.ABSENCE,
        personne_id=rdv.personne.canonique_id or rdv.personne_id, survenu_le=rdv.debut, donnees=donnees,
        objet_type=OBJET, objet_id=rdv.pk,
    )  # fmt: skip
