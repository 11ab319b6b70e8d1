"""The neutrality of the whole procedure in numbers (REQ-43): who is reported, closed, sanctioned, lifted, heard again.

People are counted, never listed, by groups no smaller than a structure (V10). Small numbers are hidden by whoever shows
them (``pilotage.secret``). Our own lateness is counted as plainly as the person's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from cordee.metier.contrats.enums import Engage, EtatEngagement
from cordee.metier.devoirs.regles.neutralite import Delais
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement
from cordee.socle.enums import EnumLibelle

Etat = tuple[tuple[Any, ...], ...]


class Dimension(EnumLibelle):
    """What the groups are made of."""

    SEXE = "sexe", "Sexe"
    AGE = "age", "Âge"
    FAMILLE = "famille", "Famille"
    TERRITOIRE = "territoire", "Territoire"
    STRUCTURE = "structure", "Structure référente"


class Passage(EnumLibelle):
    """What may happen to somebody over the period. Each is a number of people, never of acts."""

    SUIVIE = "suivie", "Suivies", "Accompagnées par un organisme référent aujourd'hui, ou concernées dans la période."
    SIGNALEE = "signalee", "Signalées", "Des faits ont été signalés comme un manquement."
    EXAMINEE = "examinee", "Motif examiné", "Un motif légitime a été recherché."
    RETENUE = "retenue", "Motif légitime retenu", "Le motif légitime est retenu : rien ne suit."
    PROCEDURE = "procedure", "Procédures", "Une procédure a été ouverte."
    CLOSE = "close", "Closes sans suite", "La procédure s'est arrêtée sans décision."
    DECIDEE = "decidee", "Décisions", "Une mesure a été décidée."
    SUSPENDUE = "suspendue", "Suspensions", "La mesure est une suspension."
    LEVEE = "levee", "Levées", "La suspension a été levée avant son terme."
    RECOURS = "recours", "Recours", "La décision a été contestée."
    ANNULEE = "annulee", "Annulées", "La décision a été annulée."


RAPPORTS: Final = {
    Passage.SIGNALEE: Passage.SUIVIE,
    Passage.RETENUE: Passage.EXAMINEE,
    Passage.CLOSE: Passage.PROCEDURE,
    Passage.DECIDEE: Passage.SUIVIE,
    Passage.LEVEE: Passage.SUSPENDUE,
    Passage.RECOURS: Passage.DECIDEE,
    Passage.ANNULEE: Passage.DECIDEE,
}
"""Each rate: what is counted, among whom."""
_COMPTES: Final = ", ".join(f"count(*) FILTER (WHERE {p.value}) AS {p.value}" for p in Passage if p != Passage.SUIVIE)
_FAUX: Final = ", ".join(f"coalesce({p.value}, false) AS {p.value}" for p in Passage if p != Passage.SUIVIE)

_CHIFFRES: Final = f"""
WITH racines AS (
    SELECT id, canonique_id AS qui FROM personnes_personne WHERE canonique_id IS NOT NULL
), signales AS (
    SELECT coalesce(r.qui, m.personne_id) AS qui, true AS signalee, bool_or(x.id IS NOT NULL) AS examinee,
           coalesce(bool_or(x.retenu), false) AS retenue
    FROM devoirs_manquement m LEFT JOIN racines r ON r.id = m.personne_id
    LEFT JOIN devoirs_examenmotif x ON x.manquement_id = m.id
    WHERE m.signale_le >= %(du)s AND m.signale_le < %(au)s GROUP BY 1
), procedures AS (
    SELECT coalesce(r.qui, d.personne_id) AS qui, true AS procedure, bool_or(d.etat = 'close') AS close
    FROM devoirs_procedure d LEFT JOIN racines r ON r.id = d.personne_id
    WHERE d.ouverte_le >= %(du)s AND d.ouverte_le < %(au)s GROUP BY 1
), mesures AS (
    SELECT coalesce(r.qui, m.personne_id) AS qui, true AS decidee, bool_or(m.nature = 'suspension') AS suspendue,
           bool_or(m.nature = 'suspension' AND m.statut = 'levee' AND m.levee_le IS NOT NULL) AS levee,
           bool_or(m.statut = 'annulee') AS annulee,
           bool_or(EXISTS (SELECT FROM devoirs_recours k WHERE k.mesure_id = m.id)) AS recours, avg(m.taux) AS part,
           avg(coalesce(m.mois, (extract(year FROM m.fin) - extract(year FROM m.debut)) * 12
                                + extract(month FROM m.fin) - extract(month FROM m.debut))) AS duree
    FROM devoirs_mesuredecidee m LEFT JOIN racines r ON r.id = m.personne_id
    WHERE m.decidee_le >= %(du)s AND m.decidee_le < %(au)s GROUP BY 1
), concernees AS (
    SELECT x.qui, s.referent_structure_id AS structure_id,
           coalesce(s.soumis AND s.referent_structure_id IS NOT NULL, false) AS deja
    FROM (SELECT qui FROM signales UNION SELECT qui FROM procedures UNION SELECT qui FROM mesures) x
    LEFT JOIN parcours_situation s ON s.personne_id = x.qui
), gens AS (
    SELECT c.qui, c.deja, <groupe> AS groupe, {_FAUX}, part, duree
    FROM concernees c <jointures>
    LEFT JOIN signales si ON si.qui = c.qui LEFT JOIN procedures pr ON pr.qui = c.qui
    LEFT JOIN mesures me ON me.qui = c.qui
)
SELECT grouping(groupe) = 1, groupe, count(*) FILTER (WHERE NOT deja), {_COMPTES}, avg(part), avg(duree)
FROM gens GROUP BY GROUPING SETS ((groupe), ())
"""
# People accompanied today, group by group: the long part, which the procedure does not change.
_POPULATION: Final = """
WITH concernees AS (
    SELECT personne_id AS qui, referent_structure_id AS structure_id
    FROM parcours_situation WHERE soumis AND referent_structure_id IS NOT NULL
)
SELECT <groupe> AS groupe, count(*) FROM concernees c <jointures> GROUP BY 1
"""
# Changes when anything the procedure counts is written, corrected or withdrawn, or a structure renamed.
_TABLES: Final = (
    "devoirs_manquement", "devoirs_examenmotif", "devoirs_procedure", "devoirs_mesuredecidee", "devoirs_recours",
    "devoirs_lignecaisse", "devoirs_listecaisse", "organismes_structure",
)  # fmt: skip
_ETAT: Final = " UNION ALL ".join(
    f"SELECT {rang}, count(*), sum(xmin::text::bigint) FROM {table}" for rang, table in enumerate(_TABLES)
)
_PERSONNE: Final = "JOIN personnes_personne p ON p.id = c.qui"
# The household of her latest open place as an adult, and who is in it: one pass, whatever the number of people.
_FOYER: Final = """
LEFT JOIN (
    SELECT personne_id, max(foyer_id) AS foyer_id FROM personnes_appartenance
    WHERE fin IS NULL AND role IN ('dem', 'cjt') AND personne_id IN (SELECT qui FROM concernees) GROUP BY 1
) l ON l.personne_id = c.qui
LEFT JOIN (
    SELECT foyer_id, bool_or(role = 'cjt') AS couple, bool_or(role = 'enf') AS enfants
    FROM personnes_appartenance WHERE fin IS NULL AND role IN ('cjt', 'enf') AND foyer_id IN (
        SELECT foyer_id FROM personnes_appartenance
        WHERE fin IS NULL AND role IN ('dem', 'cjt') AND personne_id IN (SELECT qui FROM concernees)
    ) GROUP BY 1
) k USING (foyer_id)"""
# The sector she lives in, as the path knows it.
_SECTEUR: Final = """
LEFT JOIN parcours_situation s ON s.personne_id = c.qui
LEFT JOIN organismes_structure o ON o.id = s.structure_secteur_id
LEFT JOIN territoires_commune k ON k.code_insee = o.commune_id"""
_GROUPES: Final = {
    Dimension.SEXE: ("CASE WHEN p.sexe IN ('femme', 'homme') THEN p.sexe ELSE '' END", _PERSONNE),
    Dimension.AGE: (
        """CASE WHEN p.date_naissance IS NULL THEN ''
                WHEN p.date_naissance > %(au)s::date - interval '25 years' THEN 'moins_25'
                WHEN p.date_naissance > %(au)s::date - interval '35 years' THEN '25_34'
                WHEN p.date_naissance > %(au)s::date - interval '45 years' THEN '35_44'
                WHEN p.date_naissance > %(au)s::date - interval '55 years' THEN '45_54' ELSE '55_plus' END""",
        _PERSONNE,
    ),
    Dimension.FAMILLE: (
        """CASE WHEN l.foyer_id IS NULL THEN '' WHEN k.couple AND k.enfants THEN 'couple_enfants'
                WHEN k.couple THEN 'couple' WHEN k.enfants THEN 'seule_enfants' ELSE 'seule' END""",
        _FOYER,
    ),
    Dimension.TERRITOIRE: ("coalesce(k.ept_id, '')", _SECTEUR),
    Dimension.STRUCTURE: ("coalesce(c.structure_id::text, '')", ""),
}
"""How a person falls in a group of each dimension, and what must be read for it: only the one asked for is."""
_NOMS: Final = """
SELECT 'territoire', code, nom FROM territoires_ept
UNION ALL SELECT 'structure', id::text, nom FROM organismes_structure
"""
LIBELLES: Final = {
    (Dimension.SEXE, "femme"): "Femmes", (Dimension.SEXE, "homme"): "Hommes",
    (Dimension.AGE, "moins_25"): "Moins de 25 ans",
    (Dimension.AGE, "25_34"): "25 à 34 ans", (Dimension.AGE, "35_44"): "35 à 44 ans",
    (Dimension.AGE, "45_54"): "45 à 54 ans", (Dimension.AGE, "55_plus"): "55 ans et plus",
    (Dimension.FAMILLE, "seule"): "Seules, sans enfant",
    (Dimension.FAMILLE, "seule_enfants"): "Seules avec enfants",
    (Dimension.FAMILLE, "couple"): "En couple, sans enfant",
    (Dimension.FAMILLE, "couple_enfants"): "En couple avec enfants",
}  # fmt: skip
_INCONNU: Final = {
    Dimension.STRUCTURE: "Sans organisme référent aujourd'hui",
    Dimension.TERRITOIRE: "Hors territoire connu",
}


@dataclass(frozen=True, slots=True)
class LigneNeutralite:
    """One group: how many people each step met, and what was decided on average (percent, months)."""

    code: str
    libelle: str
    effectifs: Mapping[Passage, int]
    part: float | None
    duree: float | None


@dataclass(frozen=True, slots=True)
class Neutralite:
    """Every group of one dimension, and everybody."""

    tous: LigneNeutralite
    groupes: list[LigneNeutralite]


def neutralite(*, du: date, au: date, par: Dimension) -> Neutralite:
    """People met by each step between two days (``au`` excluded), group by group.

    Kept until the procedure writes anything: one light query then. The people accompanied are counted once a day by
    each process: who is accompanied since this morning, and whom no step concerns, waits for tomorrow.
    """
    return _gardee(du, au, par, _ou_en_est(), connection.settings_dict["NAME"])


@lru_cache(maxsize=64)
def _gardee(du: date, au: date, par: Dimension, _etat: Etat, base: str) -> Neutralite:
    groupe, jointures = _GROUPES[par]
    sql = _CHIFFRES.replace("<groupe>", groupe).replace("<jointures>", jointures)
    noms = {(Dimension(d), code): nom for d, code, nom in _lire(_NOMS, {})}
    lus = {(entier, code or ""): reste for entier, code, *reste in _lire(sql, {"du": du, "au": au})}
    suivies = dict(_population(au, par, base))
    rien = [0] * len(Passage)
    groupes = []
    for code in {*suivies, *(code for entier, code in lus if not entier)}:
        nouvelles, *reste = lus.get((False, code)) or [*rien, None, None]
        *comptes, part, duree = reste
        # Never fewer than those of whom something was said: the count of the day may be older than her arrival.
        ensemble = max(suivies.get(code, 0) + nouvelles, *comptes)
        libelle = LIBELLES.get((par, code)) or noms.get((par, code)) or _INCONNU.get(par, "Non précisé")
        groupes.append(_ligne(code, libelle, [ensemble, *comptes], part, duree))
    _, *reste = lus.get((True, "")) or [*rien, None, None]
    *comptes, part, duree = reste
    tous = _ligne("", "Toutes", [sum(g.effectifs[Passage.SUIVIE] for g in groupes), *comptes], part, duree)
    ordre = {cle: rang for rang, (_, cle) in enumerate(LIBELLES)}
    groupes.sort(key=lambda g: (g.code == "", ordre.get(g.code, 0), g.libelle))
    return Neutralite(tous, groupes)


def _ligne(code: str, libelle: str, comptes: Sequence[int], part: Any, duree: Any) -> LigneNeutralite:
    moyennes = (None if m is None else float(m) for m in (part, duree))
    return LigneNeutralite(code, libelle, dict(zip(Passage, comptes, strict=True)), *moyennes)


@lru_cache(maxsize=16)
def _population(au: date, par: Dimension, _base: str) -> tuple[tuple[str, int], ...]:
    """Group → people accompanied, as counted the first time of the day."""
    groupe, jointures = _GROUPES[par]
    sql = _POPULATION.replace("<groupe>", groupe).replace("<jointures>", jointures)
    return tuple((code or "", n) for code, n in _lire(sql, {"au": au}))


def oublier() -> None:
    """Forget what is kept: the next reading counts everything again."""
    for gardee in (_gardee, _population, _delais_gardes):
        gardee.cache_clear()


def _ou_en_est() -> Etat:
    """What tells whether anything counted has changed: one light query over the tables of the procedure."""
    return tuple(sorted(_lire(_ETAT, {})))


# Our own lateness -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Retard:
    """One duty of ours: how many came due over the period, how many are or were late, and by how much."""

    genre: GenreEcheance
    nombre: int
    en_retard: int
    ouvertes_en_retard: int
    mediane: float | None


NOS_DEVOIRS: Final = (
    GenreEcheance.INSTRUIRE_MANQUEMENT, GenreEcheance.CONDUIRE_CONTRADICTOIRE, GenreEcheance.DECIDER_MESURE,
    GenreEcheance.NOTIFIER_MESURE, GenreEcheance.TRANSMETTRE_MESURE, GenreEcheance.LEVER_MESURE,
    GenreEcheance.SUIVRE_TERME_MESURE, GenreEcheance.STATUER_RAPO, GenreEcheance.SANCTION_A_RAPPROCHER,
)  # fmt: skip
_RETARDS: Final = """
SELECT genre, count(*), count(*) FILTER (WHERE coalesce(fermee_le, %(au)s) > echeance),
       count(*) FILTER (WHERE fermee_le IS NULL AND echeance < %(au)s),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY coalesce(fermee_le, %(au)s) - echeance)
           FILTER (WHERE coalesce(fermee_le, %(au)s) > echeance)
FROM parcours_echeance
WHERE genre = ANY(%(genres)s) AND ouverte_le < %(au)s AND (fermee_le IS NULL OR fermee_le >= %(du)s)
GROUP BY genre
"""
_PROMESSES: Final = """
SELECT coalesce(s.nom, 'Structure inconnue'), count(*), count(*) FILTER (WHERE e.etat = %(en_cours)s),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY %(au)s::date - e.avant_le) FILTER (WHERE e.etat = %(en_cours)s)
FROM contrats_engagement e JOIN contrats_contrat c ON c.id = e.contrat_id
LEFT JOIN organismes_structure s ON s.id = coalesce(e.structure_id, c.structure_id)
WHERE e.engage = %(organisme)s AND e.avant_le >= %(du)s AND e.avant_le < %(au)s AND c.signe_personne_le IS NOT NULL
  AND e.etat <> 'abandonne' AND (c.fin IS NULL OR c.fin > e.avant_le)
GROUP BY 1 ORDER BY 3 DESC, 2 DESC, 1
"""


@dataclass(frozen=True, slots=True)
class Promesses:
    """Dated commitments of a structure that came due over the period, and those not kept yet."""

    structure: str
    nombre: int
    en_retard: int
    mediane: float | None


def nos_retards(*, du: date, au: date) -> list[Retard]:
    """Our duties of the procedure, the ones that are late included: one query."""
    lues = {g: reste for g, *reste in _lire(_RETARDS, {"du": du, "au": au, "genres": [g.value for g in NOS_DEVOIRS]})}
    return [Retard(g, *lues.get(g.value, (0, 0, 0, None))) for g in NOS_DEVOIRS]


def nos_promesses(*, du: date, au: date) -> list[Promesses]:
    """What we promised in the contracts, by structure, the latest first: one query. Never by agent (V10)."""
    parametres = {"du": du, "au": au, "organisme": Engage.ORGANISME.value, "en_cours": EtatEngagement.EN_COURS.value}
    return [Promesses(*ligne) for ligne in _lire(_PROMESSES, parametres)]


# How long each step takes ---------------------------------------------------------------------------------------------
ETAPES: Final = {
    "examen": "Du signalement au premier examen d'un motif légitime",
    "ouverture": "Du signalement à l'ouverture de la procédure",
    "reception": "De l'ouverture à la réception de la lettre par la personne",
    "decision": "De la réception de la lettre à la décision",
    "notification": "De la décision à sa notification",
    "transmission": "De la notification à l'envoi à la caisse",
    "application": "De l'envoi à la caisse au premier fichier qui l'applique",
    "levee": "Des conditions remplies à la levée",
    "rappel": "De la levée à son envoi à la caisse",
    "recours": "Du recours à la réponse",
}
_ETAPES: Final = f"""
WITH sauts AS (
    SELECT 'examen' AS etape, min(x.le)::date - m.signale_le::date AS jours, m.signale_le::date AS le
    FROM devoirs_manquement m JOIN devoirs_examenmotif x ON x.manquement_id = m.id GROUP BY m.id
    UNION ALL SELECT 'ouverture', d.ouverte_le::date - min(m.signale_le)::date, d.ouverte_le::date
    FROM devoirs_procedure d JOIN devoirs_manquement m ON m.procedure_id = d.id GROUP BY d.id
    UNION ALL SELECT 'reception', griefs_recus_le - ouverte_le::date, griefs_recus_le FROM devoirs_procedure
    UNION ALL SELECT 'decision', m.decidee_le - d.griefs_recus_le, m.decidee_le
    FROM devoirs_mesuredecidee m JOIN devoirs_procedure d ON d.id = m.procedure_id
    UNION ALL SELECT 'notification', notifiee_le - decidee_le, notifiee_le FROM devoirs_mesuredecidee
    UNION ALL SELECT 'transmission', transmise_le - notifiee_le, transmise_le FROM devoirs_mesuredecidee
    UNION ALL SELECT 'application', vue_le - transmise_le, vue_le FROM devoirs_mesuredecidee
    UNION ALL SELECT 'levee', e.survenu_le::date - m.conforme_le, e.survenu_le::date
    FROM devoirs_mesuredecidee m JOIN parcours_evenement e
      ON e.genre = '{GenreEvenement.MESURE_LEVEE}' AND (e.donnees ->> 'mesure')::bigint = m.id
    UNION ALL SELECT 'rappel', l.envoyee_le::date - m.levee_le, l.envoyee_le::date
    FROM devoirs_lignecaisse g JOIN devoirs_mesuredecidee m ON m.id = g.mesure_id
    JOIN devoirs_listecaisse l ON l.id = g.liste_id WHERE g.genre = 'lever'
    UNION ALL SELECT 'recours', statue_le - recu_le, statue_le FROM devoirs_recours
)
SELECT etape, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY jours),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY jours)
FROM sauts WHERE jours >= 0 AND le >= %(du)s AND le < %(au)s GROUP BY etape
"""


def delais_des_etapes(*, du: date, au: date) -> dict[str, Delais]:
    """Step → how long it took, for those that ended over the period: kept as ``neutralite`` is."""
    return dict(_delais_gardes(du, au, _ou_en_est(), connection.settings_dict["NAME"]))


@lru_cache(maxsize=16)
def _delais_gardes(du: date, au: date, _etat: Etat, _base: str) -> Mapping[str, Delais]:
    lus = {etape: Delais(n, mediane, decile) for etape, n, mediane, decile in _lire(_ETAPES, {"du": du, "au": au})}
    return {etape: lus.get(etape, Delais(0, None, None)) for etape in ETAPES}


def _lire(sql: str, parametres: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return list(curseur.fetchall())
