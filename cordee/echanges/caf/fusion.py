"""The merge: from the staging tables to households, persons and memberships, set by set.

The number of statements does not depend on the size of the file. Order of files (law_and_practice E01): a household
whose stored content is later than the file is left as it stands (``actuel`` false); the file then completes its history
only (``chronologie``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from cordee.metier.personnes.enums import Presence
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import jour


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexte:
    """What the merge must know of the file.

    ``reference``: the day of the photo (DTREF of a monthly, day of creation of a daily). ``courant``: the file may move
    the paths of people (no later monthly of its body is loaded). ``corrige``: a file of the same body and the same day
    is loaded already. ``rejeu``: some households of the file, played again. ``partie``: one part of a month that is not
    complete: nobody is absent yet.
    """

    fichier_id: int
    organisme_id: int
    reference: date
    transmis_le: datetime
    recu_le: date
    courant: bool
    corrige: bool
    mensuel: bool
    le: datetime
    survenu_le: datetime
    rejeu: bool = False
    partie: bool = False

    def parametres(self) -> dict[str, Any]:
        """The values that every statement may name."""
        return {
            "fichier": self.fichier_id,
            "organisme": self.organisme_id,
            "ref": self.reference,
            "cree": self.transmis_le,
            "cree_jour": jour(self.transmis_le),
            "recu": self.recu_le,
            "courant": self.courant,
            "mensuel": self.mensuel,
            "partie": self.partie,
            "le": self.le,
            "seuil_absences": entier("non_transmis_mensuels", au=self.reference),
            "mois_drapeau": f"{entier('sdd_drapeau_inconnu_mois', au=self.reference)} months",
            "mois_retour": f"{entier('retour_mois', au=self.recu_le)} months",
        }


def executer(sql: str, contexte: Contexte, **autres: Any) -> int:
    """Run one statement of the merge. Returns the number of rows touched."""
    with connection.cursor() as curseur:
        curseur.execute(sql, {**contexte.parametres(), **autres})
        return int(curseur.rowcount)


def lire(sql: str, contexte: Contexte) -> list[tuple[Any, ...]]:
    """Rows of one query of the merge."""
    with connection.cursor() as curseur:
        curseur.execute(sql, contexte.parametres())
        return curseur.fetchall()


# A household sent twice in the file: the last block counts. A request shared by two beneficiary numbers is two
# households; a household alone under its request keeps its row when its number changes.
_LIEN = """
CREATE TEMP TABLE caf_lien AS
WITH retenus AS (
    SELECT DISTINCT ON (organisme, numdemrsa, matricule) rang, organisme, numdemrsa, matricule
    FROM caf_foyer ORDER BY organisme, numdemrsa, matricule, rang DESC
), comptes AS (
    SELECT *, count(*) OVER (PARTITION BY organisme, numdemrsa) = 1 AS seul FROM retenus
)
SELECT c.rang, o.id AS organisme_id, coalesce(f.id, nextval('personnes_foyer_id_seq')) AS foyer_id,
       f.id IS NULL AS nouveau, f.reference_le AS connu_le,
       f.id IS NULL OR f.reference_le IS NULL OR f.reference_le < %(ref)s
           OR (f.reference_le = %(ref)s AND coalesce(f.transmis_le <= %(cree)s, true)) AS actuel,
       NULL::date AS suite, NULL::date AS avant, false AS depasse
FROM comptes c
JOIN personnes_organismepayeur o ON o.code = c.organisme
LEFT JOIN LATERAL (
    SELECT k.id, k.reference_le, k.transmis_le FROM personnes_foyer k
    WHERE k.organisme_id = o.id AND k.numdemrsa = c.numdemrsa
      AND (k.matricule = c.matricule OR (c.seul AND NOT EXISTS (
           SELECT FROM personnes_foyer a WHERE a.organisme_id = o.id AND a.numdemrsa = c.numdemrsa AND a.id <> k.id)))
    ORDER BY k.matricule = c.matricule DESC LIMIT 1
) f ON true
"""

_ORGANISMES = """
INSERT INTO personnes_organismepayeur (code, nom)
SELECT DISTINCT organisme, organisme FROM caf_foyer ON CONFLICT (code) DO NOTHING
"""

_CHAMPS_FOYER = ("matricule", "demande_le", "situation_familiale", "situation_depuis", "nb_enfants_autres", "empreinte",
                 "empreinte_brute", "detail")  # fmt: skip

_NOUVEAUX = f"""
INSERT INTO personnes_foyer (id, organisme_id, numdemrsa, presence, absences, reference_le, transmis_le,
                             {", ".join(_CHAMPS_FOYER)})
SELECT l.foyer_id, l.organisme_id, s.numdemrsa, '{Presence.TRANSMIS}', 0, %(ref)s, %(cree)s,
       {", ".join(f"s.{champ}" for champ in _CHAMPS_FOYER)}
FROM caf_foyer s JOIN caf_lien l USING (rang) WHERE l.nouveau ORDER BY l.rang
"""

#: Where one lives, and nothing else of an address: a move is a difference of this.
LIEU = """concat_ws('|', a.nature, a.localisation, a.code_insee, a.complement_identification, a.complement, a.numero,
    a.type_voie, a.voie, a.lieu_dit, a.code_postal, a.ville, a.pays, a.lignes_etranger)"""

# The present state of the households that the file touches, before anything changes.
_AVANT = f"""
CREATE TEMP TABLE caf_avant AS
SELECT l.foyer_id, f.presence, f.detail -> 'IdentificationRSA' ? 'OrganismePrenant' AS prenant,
       d.etat, d.motif, d.motif_le, a.adresse
FROM caf_lien l
JOIN personnes_foyer f ON f.id = l.foyer_id
LEFT JOIN personnes_droitfoyer d ON d.foyer_id = f.id AND d.fin IS NULL
LEFT JOIN LATERAL (
    SELECT {LIEU} AS adresse FROM personnes_adresse a
    WHERE a.foyer_id = f.id AND a.rang = 1 AND a.fin IS NULL LIMIT 1) a ON true
WHERE l.actuel AND NOT l.nouveau
"""

_RETOURS = f"""
CREATE TEMP TABLE caf_retour AS
SELECT f.id AS foyer_id FROM personnes_foyer f
WHERE f.presence <> '{Presence.TRANSMIS}'
  AND f.id IN (SELECT foyer_id FROM caf_vu UNION ALL SELECT foyer_id FROM caf_lien WHERE actuel AND NOT nouveau)
"""

_CHANGES = f"""
UPDATE personnes_foyer f SET presence = '{Presence.TRANSMIS}', absences = 0, reference_le = %(ref)s,
       transmis_le = %(cree)s, {", ".join(f"{champ} = s.{champ}" for champ in _CHAMPS_FOYER)}
FROM caf_foyer s JOIN caf_lien l USING (rang)
WHERE f.id = l.foyer_id AND l.actuel AND NOT l.nouveau
"""

_VUS = f"""
UPDATE personnes_foyer f SET presence = '{Presence.TRANSMIS}', absences = 0, reference_le = %(ref)s,
       transmis_le = %(cree)s, empreinte_brute = coalesce(v.empreinte_brute, f.empreinte_brute)
FROM caf_vu v WHERE f.id = v.foyer_id
"""


def fusionner_foyers(contexte: Contexte) -> None:
    """Households: tied to the rows known, created, brought up to date."""
    executer(_ORGANISMES, contexte)
    executer(_LIEN, contexte)
    executer("CREATE INDEX ON caf_lien (rang); ANALYZE caf_lien", contexte)
    executer(_NOUVEAUX, contexte)
    executer(_AVANT, contexte)
    executer(_RETOURS, contexte)
    executer(_CHANGES, contexte)
    executer(_VUS, contexte)


BEAUCOUP = 2000
"""New persons from which an import is worth special care."""
_CHAMPS_PERSONNE = ("civilite", "nom", "nom_naissance", "prenom", "autres_prenoms", "precision_naissance",
                    "rang_naissance", "commune_naissance", "sexe", "etat_civil_valide")  # fmt: skip

_NOUVELLES_PERSONNES = f"""
INSERT INTO personnes_personne (id, date_naissance, {", ".join(_CHAMPS_PERSONNE)}, provisoire, dossier_sensible,
                                contact_discret, langue, interprete, source, cree_le, version)
SELECT DISTINCT ON (q.personne_id) q.personne_id, p.naissance, {", ".join(f"p.{champ}" for champ in _CHAMPS_PERSONNE)},
       false, false, false, '', false, 'flux', %(le)s, 1
FROM caf_qui q JOIN caf_personne p USING (rang, ordre) WHERE q.nouvelle
ORDER BY q.personne_id, q.rang
"""

_PERSONNES_CHANGEES = f"""
UPDATE personnes_personne c SET date_naissance = s.naissance, provisoire = false, source = 'flux',
       version = c.version + 1, {", ".join(f"{champ} = s.{champ}" for champ in _CHAMPS_PERSONNE)}
FROM (SELECT DISTINCT ON (q.personne_id) q.personne_id, p.*
      FROM caf_qui q JOIN caf_personne p USING (rang, ordre) JOIN caf_lien l USING (rang)
      WHERE l.actuel AND NOT q.nouvelle ORDER BY q.personne_id, q.rang DESC) s
WHERE c.id = s.personne_id
  AND (%(courant)s OR NOT EXISTS (
      SELECT FROM personnes_appartenance a JOIN personnes_foyer f ON f.id = a.foyer_id
      WHERE a.personne_id = s.personne_id AND (f.reference_le, f.transmis_le) > (%(ref)s, %(cree)s)))
  AND (c.provisoire OR (c.date_naissance, {", ".join(f"c.{champ}" for champ in _CHAMPS_PERSONNE)})
       IS DISTINCT FROM (s.naissance, {", ".join(f"s.{champ}" for champ in _CHAMPS_PERSONNE)}))
"""

# A new NIR ends the former one; a request and role held by somebody else now ends for the one who held it.
_NIR_FINIS = """
UPDATE personnes_identifiant i SET fin = %(ref)s
FROM caf_qui q JOIN caf_personne p USING (rang, ordre) JOIN caf_lien l USING (rang)
WHERE l.actuel AND NOT q.nouvelle AND p.nir IS NOT NULL
  AND i.personne_id = q.personne_id AND i.genre = 'nir' AND i.fin IS NULL AND i.debut < %(ref)s
  AND i.empreinte <> p.nir
"""
_NUMEROS_FINIS = """
UPDATE personnes_identifiant i SET fin = %(ref)s
FROM caf_qui q JOIN caf_personne p USING (rang, ordre) JOIN caf_lien l USING (rang) JOIN caf_foyer f USING (rang)
WHERE l.actuel AND NOT l.nouveau AND p.role IN ('dem', 'cjt')
  AND i.genre = 'numdemrsa' AND i.valeur = f.numdemrsa || ':' || upper(p.role) AND i.personne_id <> q.personne_id
  AND i.fin IS NULL AND i.debut < %(ref)s
  AND EXISTS (SELECT FROM personnes_appartenance a WHERE a.foyer_id = l.foyer_id AND a.personne_id = i.personne_id)
"""

_IDENTIFIANTS = """
INSERT INTO personnes_identifiant (personne_id, genre, valeur, valeur_chiffree, empreinte, cle_valide, source, debut)
SELECT DISTINCT ON (q.personne_id, v.genre, v.valeur, v.empreinte)
       q.personne_id, v.genre, v.valeur, v.chiffre, v.empreinte, v.cle_valide, 'flux', %(ref)s
FROM caf_qui q
JOIN caf_personne p USING (rang, ordre)
JOIN caf_foyer f USING (rang)
CROSS JOIN LATERAL (VALUES
    ('nir', '', p.nir, p.nir_chiffre, p.cle_valide, p.nir IS NOT NULL),
    ('numdemrsa', f.numdemrsa || ':' || upper(p.role), NULL, NULL, NULL, p.role IN ('dem', 'cjt')),
    ('matricule', f.organisme || ':' || f.matricule, NULL, NULL, NULL, p.role IN ('dem', 'cjt') AND f.matricule <> ''),
    ('operateur_emploi', p.operateur_emploi, NULL, NULL, NULL, p.operateur_emploi <> '')
) AS v (genre, valeur, empreinte, chiffre, cle_valide, voulu)
WHERE v.voulu AND {condition}
"""
# Two statements: in one, what it could cost to look up known persons hides the price of everything else.
_IDENTIFIANTS_NEUFS = _IDENTIFIANTS.replace("{condition}", "q.nouvelle")
_IDENTIFIANTS_APPRIS = _IDENTIFIANTS.replace(
    "{condition}",
    """NOT q.nouvelle AND NOT EXISTS (
    SELECT FROM personnes_identifiant i
    WHERE i.personne_id = q.personne_id AND i.genre = v.genre AND i.valeur = v.valeur
      AND i.empreinte IS NOT DISTINCT FROM v.empreinte)""",
)


# A household played again knew the NIR by its hash only: the file that comes next brings the number.
_NIR_COMPLETES = """
UPDATE personnes_identifiant i SET valeur_chiffree = p.nir_chiffre, cle_valide = coalesce(i.cle_valide, p.cle_valide)
FROM caf_qui q JOIN caf_personne p USING (rang, ordre)
WHERE i.genre = 'nir' AND i.valeur_chiffree IS NULL AND p.nir_chiffre IS NOT NULL
  AND i.personne_id = q.personne_id AND i.empreinte = p.nir
"""


def premier_chargement(contexte: Contexte) -> bool:
    """Whether the file fills an installation that is empty, or nearly so."""
    nouvelles, connues = lire(
        """
        SELECT (SELECT count(*) FROM caf_qui WHERE nouvelle), (SELECT count(*) FROM personnes_personne)
        """,
        contexte,
    )[0]
    return bool(nouvelles > BEAUCOUP and nouvelles > 10 * connues)


def fusionner_personnes(contexte: Contexte) -> int:
    """Persons and their identifiers, once ``rapprochement`` has said who is who. Returns the number created."""
    creees = executer(_NOUVELLES_PERSONNES, contexte)
    executer(_PERSONNES_CHANGEES, contexte)
    executer(_NIR_FINIS, contexte)
    executer(_NUMEROS_FINIS, contexte)
    executer(_IDENTIFIANTS_NEUFS, contexte)
    executer(_IDENTIFIANTS_APPRIS, contexte)
    executer(_NIR_COMPLETES, contexte)
    return creees
