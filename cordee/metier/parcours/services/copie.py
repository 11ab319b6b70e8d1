"""The rows of the path as COPY takes them: columns in order, ids drawn beforehand, values of a situation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from cordee.metier.parcours.regles import Situation

vers_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
COLONNES_EVENEMENT: Final = ("id", "genre", "personne_id", "survenu_le", "enregistre_le", "par_id", "acte",
                             "objet_type", "objet_id", "donnees")  # fmt: skip
_TACHE: Final = ("id", "personne_id", "genre", "unite", "structure_id", "agent_id", "ouverte_le", "echeance", "terme",
                 "regle", "nature", "evenement_id", "fermee_le", "fermee_par_id")  # fmt: skip
COLONNES_ETAPE: Final = (*_TACHE, "provisoire", "attendu")
COLONNES_ECHEANCE: Final = (*_TACHE, "objet_id")
COLONNES_SITUATION: Final = (
    "personne_id", "etape_id", "dernier_evenement", "etat", "depuis", "soumis", "recu_le", "structure_secteur_id",
    "voie", "oriente_le", "notifie_le", "referent_structure_id", "referent_agent_id", "contrat_le", "actualisation_le",
    "dernier_contact_le", "calcul",
)  # fmt: skip


def valeurs_de_situation(s: Situation) -> tuple[Any, ...]:
    """Values of the columns of ``COLONNES_SITUATION`` after ``dernier_evenement``."""
    o = s.orientation
    return (
        str(s.etat), s.depuis, s.soumis, s.recu_le, s.structure_secteur, o.voie if o else "",
        o.decidee_le if o else None, o.certaine_le if o else None, s.referent_structure, s.referent_agent,
        s.contrat_le, s.actualisation_le, s.dernier_contact_le, vers_json(s.vers_json()),
    )  # fmt: skip


def tirer_numeros(curseur: Any, table: str, combien: int) -> Sequence[int]:
    """New ids, in order: told by their ends, unless somebody else drew some meanwhile."""
    curseur.execute(
        """
        WITH tires AS MATERIALIZED (
            SELECT nextval(s.nom) AS id FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS nom OFFSET 0) s,
            generate_series(1, %s)
        )
        SELECT min(id), max(id), CASE WHEN max(id) - min(id) + 1 <> count(*) THEN array_agg(id ORDER BY id) END
        FROM tires
        """,
        [table, combien],
    )
    premier, dernier, epars = curseur.fetchone()
    return epars or (range(premier, dernier + 1) if combien else ())
