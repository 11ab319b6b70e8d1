"""Notes and interviews as each may read them (V3, V7): the theme for those who follow her, the detail for the référent
body, one's own where one still works.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.enums import GenreEcheance
from cordee.metier.parcours.models import Echeance
from cordee.metier.personnes.models import Lecture, Personne
from cordee.metier.personnes.selectors import ids_du_groupe, q_visibles
from cordee.metier.suivi.enums import NaturePiece, QuiFait, ThemeNote
from cordee.metier.suivi.models import ContactSuivi, DecisionEntretien, EntretienSuivi, Note, PieceVue
from cordee.metier.suivi.regles.documents import DATEES
from cordee.reglementation.calendrier import ajouter_mois

SUJETS_PROPOSES = 6
_AVEC_ELLE = (
    GenreEcheance.ACTUALISER_CONTRAT, GenreEcheance.DIAGNOSTIC_CONJOINT, GenreEcheance.RETABLIR_DROIT,
    GenreEcheance.MAJORATION_A_REVOIR, GenreEcheance.SUIVI_EMPLOI,
)  # fmt: skip
"""Parallel duties that are spoken of with the person; the others are ours alone."""


@dataclass(frozen=True, slots=True)
class NoteLue:
    """A note as this agent reads it. ``fermee``: it has a sensitive part that does not open to her. ``avant``: what it
    said before each correction, latest first.
    """

    note: Note
    theme: ThemeNote
    detail: str
    fermee: bool
    mienne: bool
    avant: tuple[Note, ...]


def notes_de(personne: Personne, *, pour: Agent, droits: Habilitation, detail: bool) -> list[NoteLue]:
    """Her notes, latest first, in one query.

    Args:
        detail: the agent is of the référent body and may read the detail (``VOIR_DIAGNOSTIC_DETAIL``).
    """
    lignes = Note.objects.filter(personne__in=ids_du_groupe(personne)).select_related("par", "structure", "entretien")
    toutes = {note.pk: note for note in lignes.order_by("-ecrite_le", "-pk")}
    remplacees = {note.remplace_id for note in toutes.values()}
    return [
        _lue(note, toutes, pour=pour, droits=droits, detail=detail)
        for note in toutes.values()
        if note.pk not in remplacees
    ]


def detail_ouvert(*, referente: int | None, droits: Habilitation, peut: bool) -> bool:
    """V3: the detail opens to the référent body. ``peut``: the permission, on this person."""
    return peut and referente is not None and referente in droits.structures


def entretiens_de(personne: Personne) -> QuerySet[EntretienSuivi]:
    """Interviews held, latest first, with their decisions."""
    siens = EntretienSuivi.objects.filter(personne__in=ids_du_groupe(personne), brouillon=False)
    return siens.select_related("par", "structure").prefetch_related("actions").order_by("-debut", "-pk")


def decisions_ouvertes(personne: Personne) -> QuerySet[DecisionEntretien]:
    """What was decided and is not done, the first due first."""
    ouvertes = DecisionEntretien.objects.filter(entretien__personne__in=ids_du_groupe(personne), faite_le=None)
    return ouvertes.select_related("entretien", "entretien__par").order_by("avant_le", "pk")


def promesses(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[DecisionEntretien]:
    """« Ce que j'ai promis » in interviews (R15), the most late first."""
    miennes = DecisionEntretien.objects.filter(
        q_visibles("entretien__personne", pour=pour, au=au, droits=droits), faite_le=None, qui=str(QuiFait.REFERENT),
        entretien__par=pour,
    )  # fmt: skip
    return miennes.select_related("entretien", "entretien__personne").order_by("avant_le", "pk")


def sujets_proposes(personne: Personne, *, au: date) -> list[str]:
    """What the next interview may speak of: what was decided, what is due, papers that end. Three queries."""
    sujets = []
    for decision in decisions_ouvertes(personne)[:4]:
        nous = decision.qui == QuiFait.REFERENT
        sujets.append(f"{'Ce que nous devions faire' if nous else 'Où en est'} : {decision.quoi}"[:200])
    echeances = Echeance.objects.filter(
        personne__in=ids_du_groupe(personne),
        fermee_le__isnull=True,
        echeance__lte=ajouter_mois(au, 1),
        genre__in=[str(g) for g in _AVEC_ELLE],
    )
    sujets += [GenreEcheance(g).libelle for g in echeances.order_by("echeance").values_list("genre", flat=True)]
    pieces = PieceVue.objects.filter(
        personne__in=ids_du_groupe(personne), close_le=None, nature__in=[str(n) for n in DATEES],
        expire_le__lte=ajouter_mois(au, 3),
    )  # fmt: skip
    for nature, fin in pieces.order_by("expire_le").values_list("nature", "expire_le"):
        sujets.append(f"{NaturePiece(nature).libelle} : valable jusqu'au {fin:%d/%m/%Y}")
    return list(dict.fromkeys(sujets))[:SUJETS_PROPOSES]


# What the person may ask to read ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PartDuDossier:
    """What is written of her, as she may read it (RGPD art. 15). ``retenues``: sensitive parts held by another body."""

    notes: list[NoteLue]
    entretiens: list[EntretienSuivi]
    contacts: list[ContactSuivi]
    retenues: int


def part_du_dossier(personne: Personne, *, pour: Agent, droits: Habilitation, detail: bool) -> PartDuDossier:
    """Notes (with what they said before), interviews, contacts. What this agent may not read is counted, never lost:
    the référent body gives it.
    """
    notes = notes_de(personne, pour=pour, droits=droits, detail=detail)
    contacts = ContactSuivi.objects.filter(personne__in=ids_du_groupe(personne), annule_le__isnull=True)
    return PartDuDossier(
        notes=notes,
        entretiens=list(entretiens_de(personne)),
        contacts=list(contacts.select_related("par").order_by("-le", "-pk")),
        retenues=sum(n.fermee for n in notes),
    )


def lectures_de(personne: Personne, *, depuis: datetime | None = None) -> QuerySet[Lecture]:
    """Who opened her file and why, latest first (R84); the log is kept one year (CASF R262-107)."""
    lignes = Lecture.objects.filter(personne_id__in=ids_du_groupe(personne))
    if depuis is not None:
        lignes = lignes.filter(lue_le__gte=depuis)
    return lignes.order_by("-lue_le", "-pk")


def _lue(note: Note, toutes: dict[int, Note], *, pour: Agent, droits: Habilitation, detail: bool) -> NoteLue:
    mienne = note.par_id == pour.pk and note.structure_id in droits.structures
    ouverte = detail or mienne
    return NoteLue(
        note=note, theme=ThemeNote(note.theme), detail=note.detail if ouverte else "",
        fermee=bool(note.detail) and not ouverte, mienne=note.par_id == pour.pk,
        avant=tuple(_chaine(note, toutes)) if ouverte else (),
    )  # fmt: skip


def _chaine(note: Note, toutes: dict[int, Note]) -> Collection[Note]:
    avant = []
    while note.remplace_id in toutes:
        note = toutes[note.remplace_id]  # type: ignore[index]
        avant.append(note)
    return avant
