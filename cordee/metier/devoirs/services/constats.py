"""What a file says of the decisions told to its body: written once per file, whatever the number of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cordee.metier.devoirs.enums import ConstatCaisse, EtatTransmission
from cordee.metier.devoirs.models import EchoCaisse, LigneCaisse
from cordee.metier.devoirs.regles.transmission import Ecart
from cordee.metier.devoirs.services.transmission import mettre_a_jour_les_listes


@dataclass(frozen=True, slots=True)
class ConstatLu:
    """One decision in one file: what is seen of it, and the line it answers, with where that line now stands."""

    mesure_id: int
    foyer_id: int
    constat: ConstatCaisse
    ecarts: tuple[Ecart, ...] = ()
    ligne: LigneCaisse | None = None
    etat: EtatTransmission | None = None


@transaction.atomic
def noter_constats(*, constats: Sequence[ConstatLu], reference: date, flux_id: int) -> None:
    """Keep what a file shows: the echo of each decision, its line, and where its list stands.

    Args:
        reference: day of the photo the file is.
        flux_id: the file, as the page of a line names it.
    """
    connus = dict(
        EchoCaisse.objects.filter(mesure__in=[c.mesure_id for c in constats]).values_list("mesure", "constat")
    )
    memes = [c for c in constats if connus.get(c.mesure_id) == c.constat]
    autres = [c for c in constats if connus.get(c.mesure_id) != c.constat]
    communs = ["foyer", "ecarts", "reference_le", "flux_id"]
    for lot, champs in ((memes, communs), (autres, [*communs, "constat", "depuis"])):
        EchoCaisse.objects.bulk_create(
            [
                EchoCaisse(
                    mesure_id=c.mesure_id, foyer_id=c.foyer_id, constat=c.constat, ecarts=_ecrits(c),
                    reference_le=reference, flux_id=flux_id, depuis=reference,
                )
                for c in lot
            ],
            update_conflicts=True, unique_fields=["mesure"], update_fields=champs,
        )  # fmt: skip
    lignes = []
    for c in constats:
        if c.ligne is not None and c.etat is not None:
            c.ligne.etat, c.ligne.vue_le, c.ligne.flux_id, c.ligne.ecarts = c.etat, reference, flux_id, _ecrits(c)
            lignes.append(c.ligne)
    LigneCaisse.objects.bulk_update(lignes, ["etat", "vue_le", "flux_id", "ecarts"])
    mettre_a_jour_les_listes({x.liste_id for x in lignes if x.liste_id is not None})


def _ecrits(c: ConstatLu) -> list[dict[str, str]]:
    return [{"quoi": e.quoi, "attendu": e.attendu, "vu": e.vu} for e in c.ecarts]
