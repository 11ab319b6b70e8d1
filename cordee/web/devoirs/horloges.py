"""The clock of each step: what the path says is due, by when, and which rule sets it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from cordee.metier.parcours.enums import GenreEcheance as H
from cordee.metier.parcours.models import Echeance
from cordee.reglementation.delais import DelaiInconnu, delai
from cordee.web.devoirs.etapes import EtapeDossier, Horloge, Moment

# Step → the échéances that are its clock, the first one open is shown.
_GENRES: Final[dict[str, tuple[H, ...]]] = {
    "motif": (H.INSTRUIRE_MANQUEMENT, H.PROCEDURE_REFUS),
    "ouverture": (H.INSTRUIRE_MANQUEMENT, H.PROCEDURE_REFUS),
    "griefs": (H.CONDUIRE_CONTRADICTOIRE,),
    "decision": (H.DECIDER_MESURE,),
    "notification": (H.NOTIFIER_MESURE,),
    "transmission": (H.TRANSMETTRE_MESURE,),
    "levee": (H.LEVER_MESURE, H.SUIVRE_TERME_MESURE),
    "recours": (H.STATUER_RAPO,),
}


def poser(etapes: Iterable[EtapeDossier], personnes: Sequence[int]) -> None:
    """Give each step that is not over the open échéance it answers for. One query."""
    voulus = {genre.value for genres in _GENRES.values() for genre in genres}
    ouvertes = {
        e.genre: e for e in Echeance.objects.filter(personne__in=personnes, fermee_le__isnull=True, genre__in=voulus)
    }
    for etape in etapes:
        if etape.horloge is not None or etape.moment is Moment.FAIT:
            continue
        for genre in _GENRES.get(etape.cle, ()):
            trouvee = ouvertes.pop(genre.value, None)
            if trouvee is not None:
                etape.horloge = _horloge(trouvee)
                break


def _horloge(e: Echeance) -> Horloge:
    return Horloge(libelle=H(e.genre).libelle, date=e.echeance, nature=e.nature, regle=_reference(e))


def _reference(e: Echeance) -> str:
    """The text or the service rule behind a date."""
    try:
        return delai(e.regle, au=e.ouverte_le).reference
    except DelaiInconnu:
        return ""
