"""When each household was seen, by which file: what puts files in order whatever the order in which they come (E01).

A *point* is a household seen by a file: (reference date, creation date). What a file says of a household holds from its
point to the next one. Being absent is a function of the last point and of the monthlies loaded, never of the order in
which they were loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection

from cordee.echanges.caf.fusion import Contexte, executer, lire
from cordee.metier.personnes.enums import Presence
from cordee.reglementation.sdd import ETATS_OUVERTS

_OUVERTS: Final = ", ".join(f"'{etat}'" for etat in sorted(ETATS_OUVERTS))
RECOUVREMENT: Final = 0.5
"""Two monthlies of one body and one day that share fewer households than this are two parts of one month; otherwise
the later one is a corrected version of the other. Share of the smaller of the two."""

_CONTENU: Final = """
INSERT INTO caf_contenufichier (fichier_id, foyers, illisibles, parties)
SELECT %(fichier)s,
       array(SELECT foyer_id FROM caf_lien UNION SELECT foyer_id FROM caf_vu ORDER BY 1),
       array(SELECT f.id FROM personnes_foyer f JOIN caf_illisible i USING (numdemrsa)
             WHERE f.organisme_id = %(organisme)s ORDER BY 1),
       '{}'
ON CONFLICT (fichier_id) DO UPDATE SET
    foyers = array(SELECT unnest(caf_contenufichier.foyers) UNION SELECT unnest(EXCLUDED.foyers) ORDER BY 1),
    illisibles = array(SELECT unnest(caf_contenufichier.illisibles) EXCEPT SELECT unnest(EXCLUDED.foyers) ORDER BY 1)
"""

# The other monthlies of this day that hold other households, said on both sides.
_PARTIES: Final = """
WITH moi AS (SELECT foyers FROM caf_contenufichier WHERE fichier_id = %(fichier)s),
autres AS (
    SELECT c.fichier_id, c.foyers FROM caf_contenufichier c JOIN fichiers_fichierrecu r ON r.id = c.fichier_id
    WHERE r.organisme_id = %(organisme)s AND r.type = 'beneficiaires_mensuel' AND r.reference_le = %(ref)s
      AND r.statut = 'charge' AND r.id <> %(fichier)s
), parties AS (
    SELECT a.fichier_id FROM autres a, moi m
    WHERE (SELECT count(*) FROM (SELECT unnest(a.foyers) INTERSECT SELECT unnest(m.foyers)) communs)
          < %(recouvrement)s * least(cardinality(a.foyers), cardinality(m.foyers))
)
UPDATE caf_contenufichier c
SET parties = CASE WHEN c.fichier_id = %(fichier)s THEN array(SELECT fichier_id FROM parties ORDER BY 1)
                   ELSE array(SELECT unnest(c.parties) UNION SELECT %(fichier)s ORDER BY 1) END
WHERE c.fichier_id = %(fichier)s OR c.fichier_id IN (SELECT fichier_id FROM parties)
"""

# What a later file has said of the households that this one does not change: ``suite`` is the next date at which each
# was seen, ``depasse`` says that the same day has a later word.
_SUITES: Final = """
WITH points AS (
    SELECT l.foyer_id, r.reference_le, r.cree_le
    FROM fichiers_fichierrecu r JOIN caf_contenufichier c ON c.fichier_id = r.id
    CROSS JOIN LATERAL unnest(c.foyers) u (foyer_id) JOIN caf_lien l ON l.foyer_id = u.foyer_id AND NOT l.actuel
    WHERE r.organisme_id = %(organisme)s AND r.statut = 'charge' AND r.id <> %(fichier)s AND r.reference_le >= %(ref)s
    UNION ALL
    SELECT f.id, f.reference_le, f.transmis_le
    FROM personnes_foyer f JOIN caf_lien l ON l.foyer_id = f.id AND NOT l.actuel
), suites AS (
    SELECT foyer_id, min(reference_le) FILTER (WHERE reference_le > %(ref)s) AS suite,
           bool_or(reference_le = %(ref)s AND cree_le > %(cree)s) AS depasse
    FROM points GROUP BY foyer_id
)
UPDATE caf_lien l SET suite = s.suite, depasse = s.depasse FROM suites s WHERE s.foyer_id = l.foyer_id
"""

# The last time the household was seen before this date, where this file is not simply the next word on it.
_AVANT: Final = """
UPDATE caf_lien l SET avant = p.avant
FROM (SELECT l.foyer_id, max(r.reference_le) AS avant
      FROM fichiers_fichierrecu r JOIN caf_contenufichier c ON c.fichier_id = r.id
      CROSS JOIN LATERAL unnest(c.foyers) u (foyer_id) JOIN caf_lien l ON l.foyer_id = u.foyer_id
      WHERE r.organisme_id = %(organisme)s AND r.statut = 'charge' AND r.reference_le < %(ref)s
        AND (NOT l.actuel OR l.connu_le = %(ref)s)
      GROUP BY 1) p
WHERE p.foyer_id = l.foyer_id
"""

# E02: absences are the monthlies (dates, not files) without the household since it was last seen. A household set aside
# was in the file; a part of a month says nothing of the households of the other parts; neither does a month whose parts
# have not all come.
_ABSENTS: Final = f"""
CREATE TEMP TABLE caf_absent AS
WITH mensuels AS (
    SELECT r.id, r.reference_le, r.cree_le, coalesce(c.parties, '{{}}') AS parties,
           coalesce(c.illisibles, '{{}}') AS illisibles
    FROM fichiers_fichierrecu r LEFT JOIN caf_contenufichier c ON c.fichier_id = r.id
    WHERE r.organisme_id = %(organisme)s AND r.type = 'beneficiaires_mensuel'
      AND CASE WHEN r.id = %(fichier)s THEN NOT %(partie)s
               ELSE r.statut = 'charge' AND NOT coalesce((r.rapport ->> 'partie')::boolean, false) END
), dernier AS (
    SELECT reference_le, cree_le FROM mensuels ORDER BY 1 DESC, 2 DESC LIMIT 1
), connus AS (
    SELECT f.id, f.presence, f.absences, (
        SELECT count(DISTINCT m.reference_le) FROM mensuels m
        WHERE (m.reference_le > f.reference_le
               OR m.reference_le = f.reference_le AND m.cree_le > f.transmis_le AND NOT EXISTS (
                   SELECT FROM fichiers_fichierrecu v
                   WHERE v.id = ANY (m.parties) AND v.cree_le = f.transmis_le))
          AND NOT EXISTS (SELECT FROM mensuels i WHERE i.reference_le = m.reference_le AND f.id = ANY (i.illisibles))
    ) AS nombre
    FROM personnes_foyer f CROSS JOIN dernier d
    WHERE f.organisme_id = %(organisme)s AND (f.reference_le, f.transmis_le) < (d.reference_le, d.cree_le)
      AND (%(mensuel)s OR f.id IN (SELECT foyer_id FROM caf_lien))
), change AS (
    UPDATE personnes_foyer f
    SET absences = c.nombre,
        presence = CASE WHEN c.nombre = 0 THEN '{Presence.TRANSMIS}'
                        WHEN c.nombre >= %(seuil_absences)s THEN '{Presence.SORTANT_PRESUME}'
                        ELSE '{Presence.NON_TRANSMIS}' END
    FROM connus c WHERE f.id = c.id AND f.absences <> c.nombre
    RETURNING f.id
)
SELECT c.id AS foyer_id, c.presence = '{Presence.TRANSMIS}' AND c.nombre > 0 AS nouvelle
FROM connus c JOIN change USING (id)
"""


# E06: the first transmission of a right is the earliest file that gave it, whenever it was loaded.
_PREMIERE_TRANSMISSION: Final = f"""
UPDATE personnes_ouverturedroit o SET transmise_le = %(cree_jour)s::date
FROM caf_qui q JOIN caf_personne p USING (rang, ordre) JOIN caf_lien l USING (rang) JOIN caf_foyer f USING (rang)
WHERE NOT l.actuel AND p.sdd AND f.etat IN ({_OUVERTS})
  AND o.personne_id = q.personne_id AND o.foyer_id = l.foyer_id AND o.transmise_le > %(cree_jour)s::date
  AND NOT EXISTS (SELECT FROM personnes_ouverturedroit a
                  WHERE a.personne_id = o.personne_id AND a.id < o.id AND a.transmise_le >= %(cree_jour)s::date)
  AND NOT EXISTS (SELECT FROM personnes_droitpersonne d
                  WHERE d.personne_id = o.personne_id AND d.foyer_id = o.foyer_id AND d.sdd IS FALSE
                    AND d.debut > %(ref)s AND d.debut < o.transmise_le)
  AND NOT EXISTS (SELECT FROM personnes_droitfoyer d
                  WHERE d.foyer_id = o.foyer_id AND d.etat NOT IN ({_OUVERTS})
                    AND d.debut > %(ref)s AND d.debut < o.transmise_le)
"""


# Why a daily carries a household. The same event again, in another file, is the same fact.
_EVENEMENTS: Final = r"""
INSERT INTO caf_evenementfoyer (foyer_id, fichier_id, liquide_le, heure, fait)
SELECT DISTINCT ON (1, 3, 4, 5) l.foyer_id, %(fichier)s,
       CASE WHEN e ->> 'DTLIQ' ~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$'
            THEN to_date(e ->> 'DTLIQ', 'YYYY-MM-DD') END,
       left(coalesce(e ->> 'HEULIQ', ''), 16), left(coalesce(e ->> 'FG', ''), 16)
FROM caf_foyer s JOIN caf_lien l USING (rang) CROSS JOIN LATERAL jsonb_array_elements(s.detail -> 'Evenement') e
WHERE jsonb_typeof(s.detail -> 'Evenement') = 'array'
ON CONFLICT DO NOTHING
"""


def noter_illisibles(numeros: Sequence[str]) -> None:
    """Stage the requests of the households set aside: they were in the file, and are not absent."""
    with connection.cursor() as curseur:
        curseur.execute("CREATE TEMP TABLE IF NOT EXISTS caf_illisible (numdemrsa text)")
        curseur.execute("INSERT INTO caf_illisible SELECT unnest(%s::text[])", [list(numeros)])


def noter(contexte: Contexte) -> None:
    """Keep which households the file carries, once they are tied to their rows, and where it stands among the others.

    ``caf_lien`` gets ``suite`` and ``depasse`` for the households that have a later word, ``avant`` for them and for
    those that another file of the same day has told.
    """
    executer("CREATE TEMP TABLE IF NOT EXISTS caf_illisible (numdemrsa text)", contexte)
    executer(_CONTENU, contexte)
    if not contexte.mensuel:
        executer(_EVENEMENTS, contexte)
    if contexte.mensuel and contexte.corrige:
        executer(_PARTIES, contexte, recouvrement=RECOUVREMENT)
    if lire("SELECT FROM caf_lien WHERE NOT actuel OR connu_le = %(ref)s LIMIT 1", contexte):
        executer(_SUITES, contexte)
        executer(_AVANT, contexte)


def compter_absents(contexte: Contexte) -> None:
    """Who is absent now, and since how many monthlies (``caf_absent``: the households for which it changes)."""
    executer(_ABSENTS, contexte)


def dater_ouvertures(contexte: Contexte) -> None:
    """A file made before the one that opened a right said the same: the right was transmitted then."""
    executer(_PREMIERE_TRANSMISSION, contexte)
