"""Lives that go on: events of many people, each recorded by whoever did it when it was done, written at once.

``masse`` records one act of one agent; ``reprise`` takes over whole lives of people unknown here. This one adds to the
lives of people who are on their path already what another tool knew of them since. Nothing is checked act by act, and
the upper rooms are not told: their rows come with the events.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from cordee.metier.parcours.services.copie import COLONNES_EVENEMENT, vers_json
from cordee.metier.parcours.services.masse import (
    Vecu,
    derouler_tous,
    lignes_ouvertes_de,
    preparer,
    situations_de,
)
from cordee.metier.parcours.services.reprise import Numero, ViePassee, lignes_d_evenements


@transaction.atomic
def continuer(*, vies: Sequence[ViePassee], numero: Numero | None = None) -> int:
    """Add these events to the lives of people already known. Returns how many.

    Args:
        vies: at most one for each person; events numbered beforehand, after her last one. Where it leads is worked out
            again, from where she stands.
        numero: gives ids of étapes and échéances drawn beforehand; drawn from the sequences when not given.

    Raises:
        DossierReuni: somebody was merged into another person.
    """
    suivies = [vie for vie in vies if vie.evenements]
    if not suivies:
        return 0
    faits = {
        vie.personne_id: [
            Vecu(e.fait.id, e.fait.genre, e.fait.survenu_le, vers_json(e.fait.donnees), e.fait.donnees)
            for e in vie.evenements
        ]
        for vie in suivies
    }  # fmt: skip
    with connection.cursor() as curseur:
        preparer(curseur, sorted(faits))
        ecritures = derouler_tous(faits, situations_de(curseur), lignes_ouvertes_de(curseur))
        with curseur.cursor.copy(f"COPY parcours_evenement ({', '.join(COLONNES_EVENEMENT)}) FROM STDIN") as copie:
            copie.write(_texte(suivies))
        ecritures.ecrire(curseur, numero=numero)
    return sum(len(vie.evenements) for vie in suivies)


def _texte(vies: Sequence[ViePassee]) -> str:
    lignes: list[str] = []
    actes: dict[tuple[str, int], str] = {}
    for vie in vies:
        lignes_d_evenements(lignes, vie, str(vie.personne_id), actes)
    return "\n".join([*lignes, ""])
