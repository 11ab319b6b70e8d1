"""Who is who: each person of the staging tables against the persons known, for the whole file at once.

A member of a household already known, under the same first name and birth date, is recognised in SQL: nearly
everybody, month after month. The others go through the cascade of ``personnes`` (``selectors.apparier``), which says
how sure it is and why. What is doubtful makes a new person and an *arbitrage*: sendings wait for a human.

Facts of files are written on the row (``fiche``) the paying body knows, even merged into another, so that a merge can
be undone; ``RACINES`` says who a merged row is now, and the path is written there.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from cordee.echanges.caf import precedents
from cordee.echanges.caf.fusion import Contexte, executer, lire
from cordee.echanges.caf.transit import copier
from cordee.metier.personnes.enums import PrecisionNaissance, RoleFoyer, Sexe
from cordee.metier.personnes.regles import EtatCivil, IdentiteRecherchee
from cordee.metier.personnes.selectors import apparier

# Persons merged into another → the one they are now.
RACINES: Final = """
WITH RECURSIVE montee (id, racine) AS (
    SELECT id, canonique_id FROM personnes_personne WHERE canonique_id IS NOT NULL
    UNION ALL
    SELECT m.id, c.canonique_id FROM montee m JOIN personnes_personne c ON c.id = m.racine
    WHERE c.canonique_id IS NOT NULL
)
SELECT m.id, m.racine FROM montee m JOIN personnes_personne c ON c.id = m.racine WHERE c.canonique_id IS NULL
"""

_RECONNUS: Final = """
CREATE TEMP TABLE caf_reconnu AS
WITH paires AS (
    SELECT DISTINCT ON (p.rang, p.ordre) p.rang, p.ordre, c.id AS personne_id
    FROM caf_personne p
    JOIN caf_lien l USING (rang)
    JOIN personnes_appartenance a ON a.foyer_id = l.foyer_id
    JOIN personnes_personne c ON c.id = a.personne_id
    WHERE NOT l.nouveau AND c.date_naissance = p.naissance AND cle_recherche(c.prenom) = cle_recherche(p.prenom)
    ORDER BY p.rang, p.ordre, a.fin IS NOT NULL, a.role <> p.role, c.id
)
SELECT DISTINCT ON (rang, personne_id) rang, ordre, personne_id FROM paires ORDER BY rang, personne_id, ordre
"""

# The others, when a row they could be exists: same birth date, same NIR, same request or beneficiary number.
_INCONNUS: Final = """
SELECT p.rang, p.ordre, p.nom, p.nom_naissance, p.prenom, p.autres_prenoms, p.naissance, p.precision_naissance,
       p.rang_naissance, p.commune_naissance, p.sexe, p.nir, p.nir_provisoire, f.numdemrsa, f.organisme, f.matricule,
       p.role
FROM caf_personne p JOIN caf_lien l USING (rang) JOIN caf_foyer f USING (rang)
WHERE NOT EXISTS (SELECT FROM caf_reconnu r WHERE r.rang = p.rang AND r.ordre = p.ordre) AND (
    EXISTS (SELECT FROM personnes_personne c WHERE c.date_naissance = p.naissance)
    OR EXISTS (SELECT FROM personnes_identifiant i WHERE i.genre = 'nir' AND i.empreinte = p.nir)
    OR EXISTS (SELECT FROM personnes_identifiant i WHERE i.genre = 'numdemrsa'
               AND i.valeur = f.numdemrsa || ':' || upper(p.role))
    OR EXISTS (SELECT FROM personnes_foyer k JOIN personnes_appartenance a ON a.foyer_id = k.id
               WHERE k.matricule = f.matricule AND f.matricule <> ''))
ORDER BY p.rang, p.ordre
"""

# Same NIR and birth date twice in the file (a child of two households, two spouses' files): one new person.
_QUI: Final = """
CREATE TEMP TABLE caf_qui AS
WITH numerotes AS (
    SELECT p.rang, p.ordre, p.nir, p.naissance, r.personne_id,
           row_number() OVER (PARTITION BY p.rang, p.nir, p.naissance ORDER BY p.ordre) AS rang_nir
    FROM caf_personne p JOIN caf_lien l USING (rang) LEFT JOIN caf_reconnu r USING (rang, ordre)
), neuves AS (
    SELECT rang, ordre,
           CASE WHEN nir IS NULL THEN rang || ':' || ordre
                ELSE encode(nir, 'hex') || naissance || ':' || rang_nir END AS cle
    FROM numerotes WHERE personne_id IS NULL
), numeros AS MATERIALIZED (
    SELECT cle, nextval('personnes_personne_id_seq') AS id
    FROM (SELECT cle FROM neuves GROUP BY cle ORDER BY min(rang::bigint << 16 | ordre)) cles
)
SELECT n.rang, n.ordre, coalesce(n.personne_id, i.id) AS personne_id, n.personne_id IS NULL AS nouvelle
FROM numerotes n LEFT JOIN neuves USING (rang, ordre) LEFT JOIN numeros i USING (cle)
"""

# Adults made by this same file who look like one another, and whom no NIR tells apart.
_SOSIES: Final = """
INSERT INTO caf_doute
SELECT a.rang, a.ordre, b.personne_id,
       '["Même nom, même prénom, même date de naissance dans le même fichier."]'
FROM (SELECT * FROM caf_qui JOIN caf_personne USING (rang, ordre) WHERE nouvelle AND role IN ('dem', 'cjt')) a
JOIN (SELECT * FROM caf_qui JOIN caf_personne USING (rang, ordre) WHERE nouvelle AND role IN ('dem', 'cjt')) b
  ON a.naissance = b.naissance AND a.prenom = b.prenom AND a.nom_naissance = b.nom_naissance
WHERE a.personne_id > b.personne_id AND (a.nir IS NULL OR b.nir IS NULL)
"""

_ARBITRAGES: Final = """
INSERT INTO personnes_arbitrage (personne_id, candidate_id, raisons, statut, ouvert_le)
SELECT DISTINCT ON (q.personne_id, d.candidate_id) q.personne_id, d.candidate_id, d.raisons, 'ouvert', %(le)s
FROM caf_doute d JOIN caf_qui q USING (rang, ordre)
WHERE q.nouvelle AND q.personne_id <> d.candidate_id
ORDER BY q.personne_id, d.candidate_id
ON CONFLICT DO NOTHING
"""


# In order of number, as every act that touches several persons: an import and an agent wait for each other, no more.
_VERROU: Final = """
SELECT FROM personnes_personne WHERE id IN (SELECT personne_id FROM caf_qui WHERE NOT nouvelle)
ORDER BY id FOR NO KEY UPDATE
"""


def rapprocher(contexte: Contexte) -> None:
    """Fill ``caf_qui``: one row per person of the file, with the row of the person she is."""
    executer(_RECONNUS, contexte)
    precedents.reconnaitre(contexte)
    executer("CREATE TEMP TABLE caf_doute (rang integer, ordre integer, candidate_id bigint, raisons jsonb)", contexte)
    if lire("SELECT FROM personnes_personne LIMIT 1", contexte):
        _apparier(lire(_INCONNUS, contexte))
    executer("CREATE INDEX ON caf_reconnu (rang, ordre); ANALYZE caf_reconnu", contexte)
    executer(_QUI, contexte)
    executer("CREATE INDEX ON caf_qui (rang, ordre); ANALYZE caf_qui", contexte)
    executer(_VERROU, contexte)


def ouvrir_arbitrages(contexte: Contexte) -> int:
    """Doubts about the persons just created. Returns the number of *arbitrages* opened."""
    executer(_SOSIES, contexte)
    return executer(_ARBITRAGES, contexte)


def _apparier(lignes: list[tuple[Any, ...]]) -> None:
    """Ask the cascade; keep what is sure, and the doubts with their reasons."""
    if not lignes:
        return
    trouves = apparier([_recherchee(cle, ligne) for cle, ligne in enumerate(lignes)])
    reconnus: dict[tuple[int, int], int] = {}
    doutes = []
    for cle, appariement in trouves.items():
        rang, ordre = lignes[cle][:2]
        if appariement.sure:
            reconnus.setdefault((rang, appariement.fiche_id), ordre)  # one row is one member of a household, not two
        else:
            doutes.append((rang, ordre, appariement.personne_id, json.dumps(appariement.raisons)))
    copier("caf_reconnu", ("rang", "ordre", "personne_id"), [(r, o, fiche) for (r, fiche), o in reconnus.items()])
    copier("caf_doute", ("rang", "ordre", "candidate_id", "raisons"), doutes)


def _recherchee(cle: int, ligne: tuple[Any, ...]) -> IdentiteRecherchee:
    nom, nom_naissance, prenom, autres_prenoms, naissance, precision, rang_naissance, commune, sexe = ligne[2:11]
    nir, provisoire, numdemrsa, organisme, matricule, role = ligne[11:]
    jour: date = naissance
    return IdentiteRecherchee(
        cle=cle,
        etat_civil=EtatCivil(
            nom=nom, nom_naissance=nom_naissance, prenom=prenom, autres_prenoms=autres_prenoms, date_naissance=jour,
            precision=PrecisionNaissance(precision), rang_naissance=rang_naissance, commune_naissance=commune,
            sexe=Sexe(sexe),
        ),
        empreinte_nir=None if nir is None else bytes(nir),
        nir_provisoire=bool(provisoire),
        numdemrsa=numdemrsa,
        organisme=organisme,
        matricule=matricule,
        role=RoleFoyer(role),
    )  # fmt: skip
