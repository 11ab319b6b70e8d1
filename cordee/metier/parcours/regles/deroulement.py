"""Several events in a row, and the rows of étapes and échéances they open, move and close."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.regles.moteur import appliquer, meme_tache
from cordee.metier.parcours.regles.situation import Fait, Situation, Tache

ETAPE = "etape"


@dataclass(slots=True)
class Ligne:
    """One row to be: ``cle`` is ``"etape"`` or the kind of échéance. ``pk`` when it is stored already."""

    cle: str
    tache: Tache
    fermee_le: date | None = None
    fermee_par: int | None = None
    pk: int | None = None
    modifiee: bool = False


def derouler(
    situation: Situation,
    faits: Iterable[Fait],
    ouvertes: Iterable[Ligne] = (),
    *,
    avant_chaque: Callable[[Situation, Fait], None] | None = None,
) -> tuple[Situation, list[Ligne]]:
    """Apply events in order.

    Args:
        situation: where the person stands.
        ouvertes: the rows open now (stored ones).
        avant_chaque: a check called before each event (``conditions.verifier``).

    Returns the new situation and every row concerned: the given ones, moved or closed, and the new ones.
    """
    lignes = list(ouvertes)
    courantes = {ligne.cle: ligne for ligne in lignes}
    for fait in faits:
        if avant_chaque is not None:
            avant_chaque(situation, fait)
        situation = appliquer(situation, fait)
        voulues = dict[str, Tache](situation.echeances.items())
        if situation.etape is not None:
            voulues[ETAPE] = situation.etape
        for cle in list(courantes):
            ligne = courantes[cle]
            tache = voulues.get(cle)
            if tache is not None and meme_tache(ligne.tache, tache):
                if tache != ligne.tache:
                    ligne.tache, ligne.modifiee = tache, True
                continue
            ligne.fermee_le, ligne.fermee_par, ligne.modifiee = fait.jour, fait.id, True
            del courantes[cle]
        for cle, tache in voulues.items():
            if cle not in courantes:
                courantes[cle] = Ligne(cle, tache)
                lignes.append(courantes[cle])
    return situation, lignes


def rejouer(faits: Iterable[Fait]) -> tuple[Situation, list[Ligne]]:
    """Replay a whole life. Cancelled events (``annulation``) are skipped as if they had not happened."""
    faits = list(faits)
    annules = {f.donnees.get("evenement") for f in faits if f.genre is GenreEvenement.ANNULATION}
    return derouler(Situation(), (fait for fait in faits if fait.id not in annules))
