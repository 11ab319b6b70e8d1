"""Appointments to come, given to the référents who are free at that hour, once all lives are written."""

from __future__ import annotations

from typing import Final

from django.db import connection

_ATTRIBUER: Final = """
WITH voulus AS (
    SELECT r.id, r.debut, r.fin, s.referent_agent_id AS agent
    FROM rendezvous_rendezvous r JOIN parcours_situation s USING (personne_id)
    WHERE r.statut = 'prevu' AND r.genre IN ('contrat', 'accompagnement') AND r.agent_id IS NULL
      AND s.referent_agent_id IS NOT NULL AND r.structure_id = s.referent_structure_id
), libres AS (
    SELECT v.id, v.agent FROM voulus v
    WHERE NOT EXISTS (SELECT FROM voulus w WHERE w.agent = v.agent AND w.id < v.id
                      AND tstzrange(w.debut, w.fin) && tstzrange(v.debut, v.fin))
      AND NOT EXISTS (SELECT FROM rendezvous_rendezvous p WHERE p.agent_id = v.agent AND p.statut = 'prevu'
                      AND tstzrange(p.debut, p.fin) && tstzrange(v.debut, v.fin))
)
UPDATE rendezvous_rendezvous r SET agent_id = l.agent FROM libres l WHERE l.id = r.id
"""


def attribuer() -> int:
    """Fill the agendas. Who is already taken at that hour keeps the first one. Returns how many were given."""
    with connection.cursor() as curseur:
        curseur.execute(_ATTRIBUER)
        return curseur.rowcount
