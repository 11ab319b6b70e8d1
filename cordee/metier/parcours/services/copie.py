"""The rows of the path as COPY takes and gives them in text form: columns in order, values, ids drawn beforehand.

What is written and what is read back is the same text: a replay can be compared with what is stored without parsing it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from cordee.metier.parcours.regles import Ligne, Situation
from cordee.metier.parcours.regles.deroulement import ETAPE
from cordee.socle.chargement import NUL

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


def echapper(json_encode: str) -> str:
    """JSON holds no raw tab and no raw end of line: only its own escapes are to be kept from COPY."""
    return json_encode.replace("\\", r"\\") if "\\" in json_encode else json_encode


def texte_de_tache(ligne: Ligne, personne: str) -> str:
    """Columns of an étape (``COLONNES_ETAPE``) or of an échéance, after ``id``. ``personne``: her id."""
    t, fermee_le = ligne.tache, ligne.fermee_le
    colonnes = (
        personne, t.genre, t.unite, NUL if t.structure is None else str(t.structure),
        NUL if t.agent is None else str(t.agent), t.ouverte_le.isoformat(), t.echeance.isoformat(),
        t.terme.isoformat(), t.regle, t.nature, str(t.evenement), NUL if fermee_le is None else fermee_le.isoformat(),
        NUL if ligne.fermee_par is None else str(ligne.fermee_par),
    )  # fmt: skip
    if ligne.cle == ETAPE:
        return "\t".join((*colonnes, "t" if t.provisoire else "f", t.attendu))
    return "\t".join((*colonnes, NUL if t.objet is None else str(t.objet)))


def texte_de_situation(s: Situation) -> str:
    """Columns of a situation (``COLONNES_SITUATION``) after ``dernier_evenement``."""
    return f"{texte_des_colonnes(s)}\t{echapper(vers_json(s.vers_json()))}"


def texte_des_colonnes(s: Situation) -> str:
    """Columns of a situation after ``dernier_evenement``, ``calcul`` left out."""
    return "\t".join(map(_valeur, _colonnes(s)))


def _valeur(valeur: Any) -> str:
    if valeur is None:
        return NUL
    if isinstance(valeur, bool):
        return "t" if valeur else "f"
    return valeur.isoformat() if isinstance(valeur, date) else str(valeur)


def valeurs_de_situation(s: Situation) -> tuple[Any, ...]:
    """Values of the columns of ``COLONNES_SITUATION`` after ``dernier_evenement``."""
    return (*_colonnes(s), vers_json(s.vers_json()))


def _colonnes(s: Situation) -> tuple[Any, ...]:
    o = s.orientation
    return (
        str(s.etat), s.depuis, s.soumis, s.recu_le, s.structure_secteur, o.voie if o else "",
        o.decidee_le if o else None, o.certaine_le if o else None, s.referent_structure, s.referent_agent,
        s.contrat_le, s.actualisation_le, s.dernier_contact_le,
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
