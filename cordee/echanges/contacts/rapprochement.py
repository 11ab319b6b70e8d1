"""Of whom each line speaks: NIR first, else beneficiary number and role, else request number and role (E37).

A contacts file never creates a person. Two persons as good as each other, or a dossier known here under another name,
are set aside: a text message to the wrong person tells her somebody else's affairs (R68).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import connection

# ``force``: the lower the surer. A NIR known twice is told apart by the dossier; one whose dossier and role are here
# somebody else's is a doubt. The dossier of a present member only.
_CANDIDATS: Final = """
CREATE TEMP TABLE contacts_candidat ON COMMIT DROP AS
WITH dossiers AS (
    SELECT l.rang, a.personne_id, f.id AS foyer_id, a.role = l.role AS meme_role,
           l.matricule <> '' AND ltrim(f.matricule, '0') = l.matricule AS par_matricule,
           f.numdemrsa = l.numdemrsa AS par_demande
    FROM contacts_ligne l
    JOIN personnes_foyer f ON l.matricule <> '' AND ltrim(f.matricule, '0') = l.matricule
    JOIN personnes_appartenance a ON a.foyer_id = f.id AND a.fin IS NULL
    UNION
    SELECT l.rang, a.personne_id, f.id, a.role = l.role,
           l.matricule <> '' AND ltrim(f.matricule, '0') = l.matricule, true
    FROM contacts_ligne l
    JOIN personnes_foyer f ON l.numdemrsa <> '' AND f.numdemrsa = l.numdemrsa
    JOIN personnes_appartenance a ON a.foyer_id = f.id AND a.fin IS NULL
), bruts AS (
    SELECT l.rang, i.personne_id, NULL::bigint AS foyer_id,
           CASE WHEN d.rang IS NOT NULL THEN 0 ELSE 1 END AS force
    FROM contacts_ligne l JOIN personnes_identifiant i ON i.genre = 'nir' AND i.empreinte = l.nir
    -- joined, not looked up: going through all the dossiers for each line would be quadratic
    LEFT JOIN (SELECT DISTINCT rang, personne_id FROM dossiers) d ON d.rang = l.rang AND d.personne_id = i.personne_id
    UNION ALL
    SELECT rang, personne_id, foyer_id,
           CASE WHEN par_matricule AND par_demande THEN 2 WHEN par_matricule THEN 3 ELSE 4 END
    FROM dossiers WHERE meme_role
)
SELECT b.rang, b.personne_id, coalesce(p.canonique_id, p.id) AS racine, b.foyer_id, b.force
FROM bruts b JOIN personnes_personne p ON p.id = b.personne_id
JOIN (SELECT rang, min(force) AS force FROM bruts GROUP BY rang) m
  ON m.rang = b.rang AND (b.force = m.force OR (m.force = 1 AND b.force = 2))
"""
_QUI: Final = """
CREATE TEMP TABLE contacts_qui ON COMMIT DROP AS
SELECT l.rang, min(c.personne_id) AS fiche, min(c.racine) AS racine, count(DISTINCT c.racine) AS personnes,
       bool_or(c.force < 2 OR l.nom = '' OR EXISTS (
           SELECT FROM personnes_appartenance a JOIN personnes_personne p ON p.id = a.personne_id
           WHERE a.foyer_id = c.foyer_id AND (cle_recherche(p.nom) = l.nom OR cle_recherche(p.nom_naissance) = l.nom
                                              OR (l.prenom <> '' AND cle_recherche(p.prenom) = l.prenom))
       )) AS responsable_connu
FROM contacts_ligne l LEFT JOIN contacts_candidat c USING (rang)
GROUP BY l.rang
"""
_ECARTEES: Final = """
SELECT l.rang, l.ligne, l.numdemrsa,
       CASE WHEN q.personnes > 1 THEN 'plusieurs_personnes' ELSE 'responsable_different' END
FROM contacts_qui q JOIN contacts_ligne l USING (rang)
WHERE q.personnes > 1 OR (q.personnes = 1 AND NOT q.responsable_connu)
ORDER BY l.rang
"""
MOTIFS: Final = {
    "plusieurs_personnes": "Deux personnes connues ici répondent à cette ligne : réunissez leurs fiches, ou corrigez "
                           "le numéro, puis rejouez-la.",
    "responsable_different": "Ce dossier est connu ici sous un autre nom : vérifiez le numéro allocataire et le numéro "
                             "de demande.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ecartee:
    """A line whose person is not sure."""

    rang: int
    ligne: int
    repere: str
    code: str


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """``contacts_qui`` then holds the recognised lines only."""

    reconnues: int
    introuvables: int
    ecartees: list[Ecartee]


def rapprocher() -> Rapprochement:
    """Fill ``contacts_qui`` (rang, fiche, racine): three queries whatever the number of lines."""
    with connection.cursor() as curseur:
        curseur.execute(_CANDIDATS)
        curseur.execute("CREATE INDEX ON contacts_candidat (rang); ANALYZE contacts_candidat")
        curseur.execute(_QUI)
        curseur.execute(_ECARTEES)
        ecartees = [Ecartee(*ligne) for ligne in curseur.fetchall()]
        curseur.execute("DELETE FROM contacts_qui WHERE personnes > 1 OR (personnes = 1 AND NOT responsable_connu)")
        curseur.execute("DELETE FROM contacts_qui WHERE personnes = 0")
        introuvables = curseur.rowcount
        curseur.execute("CREATE INDEX ON contacts_qui (rang); CREATE INDEX ON contacts_qui (racine)")
        curseur.execute("ANALYZE contacts_qui")
        curseur.execute("SELECT count(*) FROM contacts_qui")
        reconnues = int(curseur.fetchone()[0])
    return Rapprochement(reconnues, introuvables, ecartees)
