"""A request that follows another (NUMDEMRSAPRECE): the same person under a new number, and the two households tied.

A separation, an adult child who becomes demandeur, dossiers put together (R37, R40, R41) give a new request. The number
of the one before says where to look for the person, even without a NIR: same first name and same birth date among its
members are hers.
"""

from __future__ import annotations

from typing import Final

from cordee.echanges.caf.fusion import Contexte, executer

_NUMERO: Final = "p.membre_detail #>> '{DossierCAF,NUMDEMRSAPRECE}'"
# One row per person of the file who names a former request that we know.
_PRECEDENTS: Final = f"""
CREATE TEMP TABLE caf_precedent AS
SELECT DISTINCT p.rang, p.ordre, l.foyer_id, f.id AS precedent_id, p.naissance, p.prenom, p.role
FROM caf_personne p JOIN caf_lien l USING (rang) JOIN personnes_foyer f ON f.numdemrsa = {_NUMERO}
WHERE {_NUMERO} IS NOT NULL AND f.id <> l.foyer_id
"""
_RECONNUS: Final = """
INSERT INTO caf_reconnu (rang, ordre, personne_id)
SELECT DISTINCT ON (rang, personne_id) rang, ordre, personne_id
FROM (SELECT DISTINCT ON (p.rang, p.ordre) p.rang, p.ordre, c.id AS personne_id
      FROM caf_precedent p
      JOIN personnes_appartenance a ON a.foyer_id = p.precedent_id
      JOIN personnes_personne c ON c.id = a.personne_id
      WHERE c.date_naissance = p.naissance AND cle_recherche(c.prenom) = cle_recherche(p.prenom)
        AND NOT EXISTS (SELECT FROM caf_reconnu r WHERE r.rang = p.rang AND r.ordre = p.ordre)
      ORDER BY p.rang, p.ordre, a.fin IS NOT NULL, c.id) paires
WHERE NOT EXISTS (SELECT FROM caf_reconnu r WHERE r.rang = paires.rang AND r.personne_id = paires.personne_id)
ORDER BY rang, personne_id, ordre
"""
# The demandeur's word first. A household that was in force before another of the same file is tied as well.
_LIER: Final = """
UPDATE personnes_foyer f SET precedent_id = p.precedent_id
FROM (SELECT DISTINCT ON (foyer_id) foyer_id, precedent_id FROM caf_precedent
      ORDER BY foyer_id, role <> 'dem', precedent_id) p
WHERE f.id = p.foyer_id AND f.precedent_id IS DISTINCT FROM p.precedent_id
"""
# A former request that comes after the one that names it (a late file).
_LIER_TARDIFS: Final = """
UPDATE personnes_foyer f SET precedent_id = k.id
FROM caf_lien l JOIN personnes_foyer k ON k.id = l.foyer_id AND l.nouveau
JOIN personnes_appartenance a ON a.detail #>> '{DossierCAF,NUMDEMRSAPRECE}' = k.numdemrsa
WHERE f.id = a.foyer_id AND f.id <> k.id AND f.precedent_id IS NULL
"""


def reconnaitre(contexte: Contexte) -> None:
    """Complete ``caf_reconnu`` with those whom a former request names, and tie the households."""
    executer(_PRECEDENTS, contexte)
    executer(_RECONNUS, contexte)
    executer(_LIER, contexte)
    if not contexte.courant:
        executer(_LIER_TARDIFS, contexte)
