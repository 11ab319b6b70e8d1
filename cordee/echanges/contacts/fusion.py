"""Writing what a contacts file says, once, set-based: dated rows, the former number ended and kept (R45).

For each person and kind of contact (phone, e-mail), in this order:

- a later file has spoken of her: nothing (files in any order, E01);
- the value is current already: its date of confirmation moves, its bounced flag stays;
- it waits for an agent, or an agent set it aside: nothing;
- an agent ended it, or entered or checked another since: it is proposed (R66);
- else it becomes current, and the values of former files that this one no longer gives are ended.

An opposition of the person stands, whatever the file says, on the new number too (E37). An empty cell says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

TIERS: Final = 3
"""Persons beyond whom a number is somebody else's: a social worker's, an association's (E37)."""


@dataclass(frozen=True, slots=True)
class Contexte:
    """One file: its row, the day it is true of, now."""

    fichier_id: int
    reference: date
    le: datetime


# What the file says, once per person: an opposition on one line counts for all.
_DIT: Final = """
CREATE TEMP TABLE contacts_dit ON COMMIT DROP AS
SELECT DISTINCT ON (q.racine, v.genre, v.valeur) q.racine, q.fiche, v.genre, v.valeur, v.autorisation, ''::text AS sort,
       NULL::bigint AS contact_id
FROM contacts_valeur v JOIN contacts_qui q USING (rang)
ORDER BY q.racine, v.genre, v.valeur, v.autorisation <> 'refus', v.autorisation <> 'accord', v.rang
"""
_CONNU: Final = """
CREATE TEMP TABLE contacts_connu ON COMMIT DROP AS
SELECT c.id, g.racine, c.genre, c.valeur, c.autorisation, c.verifie, c.source, c.debut, c.fin, c.confirme_le
FROM personnes_contact c
JOIN (SELECT p.id, coalesce(p.canonique_id, p.id) AS racine FROM personnes_personne p) g ON g.id = c.personne_id
WHERE g.racine IN (SELECT racine FROM contacts_qui)
"""
_GENRE: Final = """
CREATE TEMP TABLE contacts_genre ON COMMIT DROP AS
SELECT racine, genre, max(confirme_le) AS dernier,
       bool_or(fin IS NULL AND verifie) AS verifie,
       bool_or(fin IS NULL AND source IN ('agent', 'personne') AND debut >= %(reference)s) AS humain,
       bool_or(fin IS NULL AND autorisation = 'refus' AND source IN ('agent', 'personne')) AS refus_humain,
       bool_or(fin IS NULL AND autorisation = 'refus') AS refus
FROM contacts_connu GROUP BY racine, genre
"""
# ``clos``: ended, and no file of that day gave another value in its place: a human ended it.
_SORT: Final = """
UPDATE contacts_dit d SET contact_id = s.contact_id, sort = CASE
    WHEN s.depasse THEN 'depasse'
    WHEN s.contact_id IS NOT NULL THEN 'courant'
    WHEN s.deja_propose THEN 'deja_propose'
    WHEN s.clos THEN 'clos'
    WHEN s.verifie THEN 'verifie'
    WHEN s.humain THEN 'plus_recent'
    ELSE 'nouveau' END
FROM (
    SELECT d.racine, d.genre, d.valeur, coalesce(g.dernier > %(reference)s, false) AS depasse,
           coalesce(g.verifie, false) AS verifie, coalesce(g.humain, false) AS humain,
           (SELECT min(c.id) FROM contacts_connu c
            WHERE c.racine = d.racine AND c.genre = d.genre AND c.valeur = d.valeur AND c.fin IS NULL) AS contact_id,
           EXISTS (SELECT FROM personnes_contactpropose p JOIN personnes_personne q ON q.id = p.personne_id
                   WHERE coalesce(q.canonique_id, q.id) = d.racine AND p.genre = d.genre AND p.valeur = d.valeur
                     AND p.statut IN ('en_attente', 'ecarte')) AS deja_propose,
           EXISTS (SELECT FROM contacts_connu c
                   WHERE c.racine = d.racine AND c.genre = d.genre AND c.valeur = d.valeur AND c.fin IS NOT NULL
                     AND NOT EXISTS (SELECT FROM contacts_connu n
                                     WHERE n.racine = c.racine AND n.genre = c.genre AND n.id <> c.id
                                       AND n.debut <= c.fin
                                       AND n.confirme_le >= CASE WHEN c.fin = c.debut + 1 THEN c.debut ELSE c.fin END)
                  ) AS clos
    FROM contacts_dit d LEFT JOIN contacts_genre g USING (racine, genre)
) s
WHERE (s.racine, s.genre, s.valeur) = (d.racine, d.genre, d.valeur)
"""
_PROPOSER: Final = """
INSERT INTO personnes_contactpropose (personne_id, genre, valeur, autorisation, motif, source, fichier_id,
                                      date_du_fichier, statut, propose_le)
SELECT fiche, genre, valeur, autorisation, sort, 'contacts', %(fichier_id)s, %(reference)s, 'en_attente', %(le)s
FROM contacts_dit WHERE sort IN ('clos', 'verifie', 'plus_recent') ORDER BY racine, genre, valeur
"""
_CONFIRMER: Final = """
UPDATE personnes_contact c SET confirme_le = %(reference)s
FROM contacts_dit d
WHERE d.sort = 'courant' AND c.id = d.contact_id AND c.confirme_le IS DISTINCT FROM %(reference)s
"""
# The file's opposition holds unless a human said otherwise since; its agreement never lifts a human's opposition.
_AUTORISER: Final = """
UPDATE personnes_contact c SET autorisation = d.autorisation
FROM contacts_dit d LEFT JOIN contacts_genre g USING (racine, genre)
WHERE d.sort = 'courant' AND c.id = d.contact_id AND d.autorisation <> c.autorisation AND (
    (d.autorisation = 'refus' AND NOT (c.source IN ('agent', 'personne') AND c.debut >= %(reference)s))
    OR (d.autorisation = 'accord' AND NOT coalesce(g.refus_humain, false)
        AND (c.autorisation = 'inconnu' OR c.source = 'contacts')))
RETURNING d.racine, c.autorisation
"""
_CLORE: Final = """
UPDATE personnes_contact c SET fin = greatest(%(reference)s, c.debut + 1)
FROM contacts_connu k
WHERE k.id = c.id AND k.source = 'contacts' AND k.fin IS NULL AND NOT k.verifie
  AND EXISTS (SELECT FROM contacts_dit d
              WHERE d.racine = k.racine AND d.genre = k.genre AND d.sort IN ('nouveau', 'courant'))
  AND NOT EXISTS (SELECT FROM contacts_dit d
                  WHERE d.racine = k.racine AND d.genre = k.genre AND d.valeur = k.valeur)
RETURNING k.racine, k.genre, k.valeur
"""
_AJOUTER: Final = """
INSERT INTO personnes_contact (personne_id, genre, valeur, autorisation, numero_de_tiers, verifie, en_echec, source,
                               fichier_id, confirme_le, debut)
SELECT d.fiche, d.genre, d.valeur,
       CASE WHEN coalesce(g.refus_humain, false) OR (coalesce(g.refus, false) AND d.autorisation <> 'accord')
            THEN 'refus' ELSE d.autorisation END,
       false, false, false, 'contacts', %(fichier_id)s, %(reference)s, %(reference)s
FROM contacts_dit d LEFT JOIN contacts_genre g USING (racine, genre)
WHERE d.sort = 'nouveau' ORDER BY d.racine, d.genre, d.valeur
"""
_TIERS: Final = """
WITH touchees AS (
    SELECT valeur FROM contacts_dit UNION SELECT valeur FROM contacts_close
), partagees AS (
    SELECT c.valeur, count(DISTINCT coalesce(p.canonique_id, p.id)) > %(tiers)s AS tiers
    FROM personnes_contact c JOIN touchees USING (valeur) JOIN personnes_personne p ON p.id = c.personne_id
    WHERE c.fin IS NULL GROUP BY c.valeur
), changees AS (
    UPDATE personnes_contact c SET numero_de_tiers = s.tiers
    FROM partagees s
    WHERE s.valeur = c.valeur AND c.fin IS NULL AND c.numero_de_tiers <> s.tiers AND NOT c.verifie
      AND (s.tiers OR c.source = 'contacts')
    RETURNING 1
)
SELECT count(*) FROM partagees WHERE tiers
"""
# Lines that changed something: their person was touched.
_LIGNES: Final = """
SELECT count(*) FILTER (WHERE c.racine IS NOT NULL),
       count(*) FILTER (WHERE NOT EXISTS (SELECT FROM contacts_valeur v WHERE v.rang = q.rang)),
       count(*) FILTER (WHERE EXISTS (SELECT FROM contacts_dit d WHERE d.racine = q.racine AND d.sort = 'depasse'))
FROM contacts_qui q LEFT JOIN (SELECT DISTINCT racine FROM contacts_touche) c USING (racine)
"""


def fusionner(contexte: Contexte) -> dict[str, int]:
    """Write; ``contacts_qui`` and ``contacts_valeur`` are filled. Returns the figures of the report."""
    p: dict[str, Any] = {"fichier_id": contexte.fichier_id, "reference": contexte.reference, "le": contexte.le}
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL lock_timeout = '2min'")
        curseur.execute("LOCK TABLE personnes_contact, personnes_contactpropose IN SHARE ROW EXCLUSIVE MODE")
        for sql in (_DIT, _CONNU, _GENRE):
            curseur.execute(sql, p)
        curseur.execute(
            "CREATE INDEX ON contacts_dit (racine, genre); CREATE INDEX ON contacts_connu (racine, genre, valeur); "
            "ANALYZE contacts_dit; ANALYZE contacts_connu; ANALYZE contacts_genre"
        )
        curseur.execute(_SORT, p)
        curseur.execute("CREATE TEMP TABLE contacts_touche (racine bigint) ON COMMIT DROP")
        curseur.execute("CREATE TEMP TABLE contacts_close (racine bigint, genre text, valeur text) ON COMMIT DROP")
        chiffres = _sorts(curseur)
        curseur.execute(_PROPOSER, p)
        curseur.execute(_CONFIRMER, p)
        curseur.execute(f"WITH a AS ({_AUTORISER}) INSERT INTO contacts_touche SELECT racine FROM a", p)
        curseur.execute(f"WITH c AS ({_CLORE}) INSERT INTO contacts_close SELECT * FROM c", p)
        curseur.execute(_AJOUTER, p)
        curseur.execute("INSERT INTO contacts_touche SELECT racine FROM contacts_close")
        chiffres |= _mouvements(curseur)
        curseur.execute(_TIERS, {"tiers": TIERS})
        chiffres["numeros_de_tiers"] = curseur.fetchone()[0]
        curseur.execute(_LIGNES)
        pris, sans_contact, depasses = curseur.fetchone()
    return {**chiffres, "pris": pris, "sans_contact": sans_contact, "plus_recents_connus": depasses}


def _sorts(curseur: Any) -> dict[str, int]:
    """What becomes of each value; persons touched are noted on the way."""
    curseur.execute(
        "INSERT INTO contacts_touche SELECT racine FROM contacts_dit "
        "WHERE sort IN ('nouveau', 'clos', 'verifie', 'plus_recent')"
    )
    curseur.execute(
        "SELECT count(*) FILTER (WHERE sort IN ('clos', 'verifie', 'plus_recent')), "
        "count(DISTINCT racine) FILTER (WHERE autorisation = 'refus') FROM contacts_dit"
    )
    propositions, refus = curseur.fetchone()
    return {"propositions": propositions, "refus": refus}


def _mouvements(curseur: Any) -> dict[str, int]:
    """Persons whose phone or e-mail is added, changed, or no longer given."""
    curseur.execute(
        """
        SELECT genre, count(*) FILTER (WHERE n AND NOT c), count(*) FILTER (WHERE n AND c),
               count(*) FILTER (WHERE c AND NOT n)
        FROM (SELECT racine, genre, bool_or(nouveau) AS n, bool_or(NOT nouveau) AS c
              FROM (SELECT racine, genre, true AS nouveau FROM contacts_dit WHERE sort = 'nouveau'
                    UNION ALL SELECT racine, genre, false FROM contacts_close) m
              GROUP BY racine, genre) p
        GROUP BY genre
        """
    )
    noms = {"telephone": "telephones", "courriel": "courriels"}
    chiffres = {f"{nom}_{quoi}": 0 for nom in noms.values() for quoi in ("ajoutes", "changes", "retires")}
    for genre, ajoutes, changes, retires in curseur.fetchall():
        nom = noms[genre]
        chiffres |= {f"{nom}_ajoutes": ajoutes, f"{nom}_changes": changes, f"{nom}_retires": retires}
    return chiffres
