"""One month, one or several files: versions of one another, or parts that complete one another (E02, R33).

A MSA may send a month in several files. Two files of one body and one day that share few households are parts
(``points.RECOUVREMENT``); otherwise the later one is a corrected version. Read on what is staged, before the merge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import connection

from cordee.echanges.caf.points import RECOUVREMENT
from cordee.echanges.caf.selectors import MENSUEL, mensuel_precedent, mensuels_charges
from cordee.echanges.fichiers.models import FichierRecu, Portee
from cordee.reglementation.parametres import decimale

_DU_MEME_JOUR: Final = """
WITH ici AS (
    SELECT foyer_id FROM caf_vu
    UNION
    SELECT f.id FROM caf_foyer s JOIN personnes_organismepayeur o ON o.code = s.organisme
    JOIN personnes_foyer f ON f.organisme_id = o.id AND f.numdemrsa = s.numdemrsa
)
SELECT r.id, r.cree_le > %(cree)s, cardinality(c.foyers),
       (SELECT count(*) FROM unnest(c.foyers) u (foyer_id) JOIN ici USING (foyer_id))
FROM fichiers_fichierrecu r JOIN caf_contenufichier c ON c.fichier_id = r.id
WHERE r.organisme_id = %(organisme)s AND r.type = 'beneficiaires_mensuel' AND r.reference_le = %(ref)s
  AND r.statut = 'charge' AND r.id <> %(fichier)s
ORDER BY r.cree_le DESC, r.id DESC
"""
_D_UN_MOIS: Final = """
SELECT sum(cardinality(c.foyers)) FROM caf_contenufichier c, caf_contenufichier p
WHERE p.fichier_id = %s AND (c.fichier_id = p.fichier_id OR c.fichier_id = ANY (p.parties))
  AND cardinality(p.parties) > 0
"""


@dataclass(frozen=True, slots=True)
class Mois:
    """Where a monthly stands among the files of its day. ``foyers``: of the whole month, this file included.

    ``reference``: households of what it is compared with: the version it corrects, else the month before; 0: none.
    """

    portee: Portee
    foyers: int
    reference: int
    parties: int
    seuil: float

    @property
    def incomplet(self) -> bool:
        """The month holds fewer households than could be believed."""
        return self.foyers < self.reference * self.seuil


def situer(fichier: FichierRecu, *, lus: int) -> Mois:
    """Compare a staged file with those of its day and with the month before."""
    f = fichier
    if f.type != MENSUEL or f.organisme_id is None or f.reference_le is None or f.cree_le is None:
        return Mois(Portee(f.portee), lus, 0, 0, 0)
    with connection.cursor() as curseur:
        curseur.execute(
            _DU_MEME_JOUR,
            {"organisme": f.organisme_id, "ref": f.reference_le, "cree": f.cree_le, "fichier": f.pk},
        )
        voisins = curseur.fetchall()
    parties = [(pk, n) for pk, _, n, communs in voisins if communs < RECOUVREMENT * min(n, lus)]
    numeros = {pk for pk, _ in parties}
    versions = [(recent, n) for pk, recent, n, _ in voisins if pk not in numeros]
    depasse = any(recent for recent, _ in versions) or (
        mensuels_charges(organisme_id=f.organisme_id).filter(reference_le__gt=f.reference_le).exists()
    )
    return Mois(
        portee=Portee.HISTORIQUE if depasse else Portee.COURANT,
        foyers=lus + sum(n for _, n in parties),
        reference=versions[0][1] if versions else _du_mois_precedent(f),
        parties=len(parties),
        seuil=1 - float(decimale("mensuel_baisse_retenue", au=f.reference_le)),
    )


def _du_mois_precedent(f: FichierRecu) -> int:
    if f.organisme_id is None or f.reference_le is None:
        return 0
    precedent = mensuel_precedent(organisme_id=f.organisme_id, avant=f.reference_le)
    if precedent is None:
        return 0
    with connection.cursor() as curseur:
        curseur.execute(_D_UN_MOIS, [precedent.pk])
        somme = curseur.fetchone()[0]
    return int(somme or precedent.rapport.get("foyers_lus", 0))
