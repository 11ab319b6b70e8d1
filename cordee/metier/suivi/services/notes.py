"""Notes: written once, corrected by another that replaces them; the person may ask to read them (RGPD art. 15)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.suivi.enums import ThemeNote
from cordee.metier.suivi.models import EntretienSuivi, Note
from cordee.metier.suivi.services.appui import SuiviRefuse, structure_de
from cordee.socle.erreurs import DonneesPerimees

LONGUEUR_MAX = 4000


@transaction.atomic
def ecrire_note(
    *, personne: Personne, theme: ThemeNote, texte: str, detail: str = "", entretien: EntretienSuivi | None = None,
    par: Agent, le: datetime,
) -> Note:  # fmt: skip
    """Write a note: what helps the accompaniment go on, and apart what only the référent body may read.

    Args:
        texte: read by those who follow her.
        detail: the sensitive part; others read its theme only.

    Raises:
        SuiviRefuse: nothing written, or more than four thousand characters.
    """
    personne = verrouiller(personne)
    texte, detail = _verifier(texte, detail)
    return Note.objects.create(
        personne=personne, structure_id=structure_de(par, personne, le=le), par=par, ecrite_le=le,
        theme=ThemeNote(theme), texte=texte, detail=detail, entretien=entretien,
    )  # fmt: skip


@transaction.atomic
def corriger_note(*, note: Note, theme: ThemeNote, texte: str, detail: str = "", par: Agent, le: datetime) -> Note:
    """Correct one's own note: the former one is kept, struck through, with its date.

    Raises:
        SuiviRefuse: somebody else's note, or nothing left of it.
        DonneesPerimees: it has been corrected meanwhile.
    """
    verrouiller(Personne.objects.get(pk=note.personne_id))
    note = Note.objects.select_for_update().get(pk=note.pk)
    if note.par_id != par.pk:
        raise SuiviRefuse("Seul son auteur corrige une note. Écrivez la vôtre : les deux seront lues.")
    if Note.objects.filter(remplace=note).exists():
        raise DonneesPerimees("Cette note a déjà été corrigée : relisez la dernière version.")
    texte, detail = _verifier(texte, detail)
    if (str(theme), texte, detail) == (note.theme, note.texte, note.detail):
        return note
    return Note.objects.create(
        personne_id=note.personne_id, structure_id=note.structure_id, par=par, ecrite_le=le, theme=ThemeNote(theme),
        texte=texte, detail=detail, remplace=note,
    )  # fmt: skip


def note_de(personne: Personne, pk: int) -> Note | None:
    """A note of this person's file, to be corrected."""
    return Note.objects.filter(pk=pk, personne__in=ids_du_groupe(personne), remplacee_par=None).first()


def _verifier(texte: str, detail: str) -> tuple[str, str]:
    texte, detail = texte.strip(), detail.strip()
    if not (texte or detail):
        raise SuiviRefuse("Écrivez quelque chose, dans la note ou dans sa partie sensible.")
    if max(len(texte), len(detail)) > LONGUEUR_MAX:
        raise SuiviRefuse("Quatre mille caractères au plus par partie : gardez ce qui sert à la suite.")
    return texte, detail
