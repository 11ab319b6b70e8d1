"""Dated rows: what a file says at its reference date, put in its place among what other files said.

A row holds from its reference date to the next one that says something else. The same date again replaces (a corrected
file). A late file enters history between the dates around it, and never moves what a later file said (E01).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cordee.echanges.caf.fusion import Contexte, executer, lire


@dataclass(frozen=True, slots=True)
class Fil:
    """One dated table: its keys, its values, and where the file's rows come from (``{etat}``: actuel or historique)."""

    table: str
    cles: tuple[str, ...]
    valeurs: tuple[str, ...]
    source: str
    constantes: tuple[tuple[str, str], ...] = ()
    plusieurs: bool = True

    def meme(self, a: str, b: str) -> str:
        return " AND ".join(f"{a}.{cle} = {b}.{cle}" for cle in self.cles)

    def differe(self, a: str, b: str) -> str:
        gauche, droite = (", ".join(f"{x}.{valeur}" for valeur in self.valeurs) for x in (a, b))
        return f"({gauche}) IS DISTINCT FROM ({droite})"

    def affecter(self, a: str) -> str:
        return ", ".join(f"{valeur} = {a}.{valeur}" for valeur in self.valeurs)

    def colonnes(self, prefixe: str = "") -> str:
        return ", ".join(f"{prefixe}{nom}" for nom in (*self.cles, *self.valeurs))

    def inserer(self, selection: str) -> str:
        noms = "".join(f", {nom}" for nom, _ in self.constantes)
        return f"INSERT INTO {self.table} ({self.colonnes()}, fichier_id, debut, fin{noms}) {selection}"

    def fixes(self) -> str:
        return "".join(f", {valeur}" for _, valeur in self.constantes)

    def gardees(self, a: str) -> str:
        return "".join(f", {a}.{nom}" for nom, _ in self.constantes)


DROITS_FOYER = Fil(
    "personnes_droitfoyer",
    ("foyer_id",),
    ("etat", "motif", "motif_le", "montant", "detail"),
    """SELECT l.foyer_id, s.etat, s.motif, s.motif_le, s.montant, s.droit_detail AS detail, l.nouveau
       FROM caf_foyer s JOIN caf_lien l USING (rang) WHERE {etat}""",
    plusieurs=False,
)
DROITS_PERSONNE = Fil(
    "personnes_droitpersonne",
    ("personne_id", "foyer_id"),
    ("sdd", "entrante", "ressources", "detail"),
    """SELECT q.personne_id, l.foyer_id, p.sdd, p.entrante, p.ressources, p.detail, l.nouveau
       FROM caf_personne p JOIN caf_qui q USING (rang, ordre) JOIN caf_lien l USING (rang)
       WHERE (p.droit OR p.role IN ('dem', 'cjt')) AND {etat}""",
)
ADRESSES = Fil(
    "personnes_adresse",
    ("foyer_id", "rang"),
    ("nature", "localisation", "commune_id", "code_insee", "complement_identification", "complement", "numero",
     "type_voie", "voie", "lieu_dit", "code_postal", "ville", "pays", "lignes_etranger", "type_caf", "etat_caf",
     "emmenagement_le"),
    """SELECT l.foyer_id, a.rang_adresse AS rang, a.nature, a.localisation, a.commune_id, a.code_insee,
              a.complement_identification, a.complement, a.numero, a.type_voie, a.voie, a.lieu_dit, a.code_postal,
              a.ville, a.pays, a.lignes_etranger, a.type_caf, a.etat_caf, a.emmenagement_le,
              l.nouveau
       FROM caf_adresse a JOIN caf_lien l USING (rang) WHERE {etat}""",
    (("source", "'flux'"), ("chez", "''"), ("npai", "false")),
)  # fmt: skip
_TARDIF = "NOT l.actuel AND NOT l.depasse"
FILS = (DROITS_FOYER, DROITS_PERSONNE, ADRESSES)


def poser(contexte: Contexte) -> None:
    """Write the dated rows of the file."""
    tardifs = bool(lire("SELECT FROM caf_lien WHERE NOT actuel AND NOT depasse LIMIT 1", contexte))
    for fil in FILS:
        _executer_tout(_actuels(fil), contexte)
        if tardifs:
            _executer_tout(_historiques(fil), contexte)
        if tardifs or contexte.corrige:
            _executer_tout(_recoller(fil), contexte)


def _executer_tout(requetes: Iterator[str], contexte: Contexte) -> None:
    for sql in requetes:
        executer(sql, contexte)


def _actuels(fil: Fil) -> Iterator[str]:
    """The file is the latest word on these households: the open row stands, is replaced, or is closed and followed.

    What the file says no more ends (``plusieurs``: the address of a rank, the right of a member). A new household is
    never looked up: on a first load, reading a table while it fills would be quadratic.
    """
    source = fil.source.format(etat="l.actuel")
    connus = fil.source.format(etat="l.actuel AND NOT l.nouveau")
    courante = f"{fil.meme('t', 's')} AND t.fin IS NULL"
    if fil.plusieurs:
        tus = f"""t.fin IS NULL AND t.foyer_id IN (SELECT foyer_id FROM caf_lien WHERE actuel AND NOT nouveau)
            AND NOT EXISTS (SELECT FROM ({connus}) s WHERE {courante})"""
        yield f"DELETE FROM {fil.table} t WHERE t.debut >= %(ref)s AND {tus}"
        yield f"UPDATE {fil.table} t SET fin = %(ref)s WHERE {tus}"
    yield f"""
        UPDATE {fil.table} t SET {fil.affecter("s")}, fichier_id = %(fichier)s FROM ({connus}) s
        WHERE {courante} AND t.debut >= %(ref)s AND {fil.differe("t", "s")}"""
    yield f"""
        UPDATE {fil.table} t SET fin = %(ref)s FROM ({connus}) s
        WHERE {courante} AND t.debut < %(ref)s AND {fil.differe("t", "s")}"""
    yield fil.inserer(f"""
        SELECT {fil.colonnes("s.")}, %(fichier)s, %(ref)s, NULL{fil.fixes()} FROM ({source}) s
        WHERE s.nouveau OR NOT EXISTS (SELECT FROM {fil.table} t WHERE {courante})""")


def _historiques(fil: Fil) -> Iterator[str]:
    """A later file has spoken of these households. What this one says holds from its date to the next one at which the
    household was seen (``suite``): the rows in force are cut there, keeping what stands before and after.
    """
    source = fil.source.format(etat=_TARDIF)
    en_vigueur = "t.debut <= %(ref)s AND (t.fin IS NULL OR t.fin > %(ref)s)"
    yield f"""
        CREATE TEMP TABLE caf_dit ON COMMIT DROP AS
        SELECT s.*, l.suite FROM ({source}) s JOIN caf_lien l USING (foyer_id)"""
    yield f"""
        CREATE TEMP TABLE caf_coupe ON COMMIT DROP AS
        SELECT t.id, l.suite FROM {fil.table} t JOIN caf_lien l USING (foyer_id)
        WHERE {_TARDIF} AND {en_vigueur}
          AND NOT EXISTS (SELECT FROM caf_dit s WHERE {fil.meme("t", "s")} AND NOT ({fil.differe("t", "s")}))"""
    yield from _couper(fil.table, f"{fil.colonnes()}, fichier_id", [nom for nom, _ in fil.constantes])
    yield fil.inserer(f"""
        SELECT {fil.colonnes("s.")}, %(fichier)s, %(ref)s, s.suite{fil.fixes()} FROM caf_dit s
        WHERE NOT EXISTS (SELECT FROM {fil.table} t WHERE {fil.meme("t", "s")} AND {en_vigueur})""")
    yield "DROP TABLE caf_coupe, caf_dit"


def _couper(table: str, colonnes: str, constantes: list[str]) -> Iterator[str]:
    """Take the time between the file and the next one out of the rows of ``caf_coupe``."""
    noms = ", ".join((colonnes, *constantes))
    yield f"""
        CREATE TEMP TABLE caf_queue ON COMMIT DROP AS
        SELECT {noms}, c.suite AS debut, t.fin FROM {table} t JOIN caf_coupe c USING (id)
        WHERE c.suite IS NOT NULL AND (t.fin IS NULL OR c.suite < t.fin)"""
    yield f"DELETE FROM {table} t USING caf_coupe c WHERE t.id = c.id AND t.debut = %(ref)s"
    yield f"UPDATE {table} t SET fin = %(ref)s FROM caf_coupe c WHERE t.id = c.id AND t.debut < %(ref)s"
    yield f"INSERT INTO {table} ({noms}, debut, fin) SELECT * FROM caf_queue"
    yield "DROP TABLE caf_queue"


def _recoller(fil: Fil) -> Iterator[str]:
    """Rows that follow one another and say the same become one: the same files give the same rows in any order."""
    source = fil.source.format(etat="true")
    cles = ", ".join(f"t.{cle}" for cle in fil.cles)
    yield f"""
        CREATE TEMP TABLE caf_suite ON COMMIT DROP AS
        WITH suivies AS (
            SELECT t.id, {cles}, t.debut, t.fin,
                   coalesce(lag(t.fin) OVER w = t.debut
                            AND lag(({", ".join(f"t.{v}" for v in fil.valeurs)})) OVER w
                                IS NOT DISTINCT FROM ({", ".join(f"t.{v}" for v in fil.valeurs)}), false) AS suite
            FROM {fil.table} t
            WHERE EXISTS (SELECT FROM ({source}) s WHERE {fil.meme("t", "s")})
            WINDOW w AS (PARTITION BY {cles} ORDER BY t.debut)
        ), iles AS (
            SELECT *, count(*) FILTER (WHERE NOT suite) OVER (PARTITION BY {", ".join(fil.cles)} ORDER BY debut) AS ile
            FROM suivies
        )
        SELECT id, suite, first_value(fin) OVER (PARTITION BY {", ".join(fil.cles)}, ile ORDER BY debut DESC) AS fin_ile
        FROM iles"""
    yield f"DELETE FROM {fil.table} t USING caf_suite s WHERE s.id = t.id AND s.suite"
    yield f"""
        UPDATE {fil.table} t SET fin = s.fin_ile FROM caf_suite s
        WHERE s.id = t.id AND NOT s.suite AND t.fin IS DISTINCT FROM s.fin_ile"""
    yield "DROP TABLE caf_suite"


# Memberships: kept while the role stands; a role that changes, a person who leaves, end at the reference date. Who is
# there when a household is first seen belongs to it since the day the file says (DDRATDOS); later, since the file that
# says so.
_CHAMPS = ("role_famille", "responsable", "a_charge", "detail")
_MEMBRES = """
    SELECT DISTINCT ON (q.personne_id, l.foyer_id) q.personne_id, l.foyer_id, p.role, p.role_famille, p.responsable,
           p.a_charge, p.membre_detail AS detail, p.rattache_le,
           CASE WHEN p.rattache_fin <= %(ref)s THEN p.rattache_fin END AS parti_le, l.nouveau, l.suite,
           CASE WHEN l.actuel AND l.connu_le < %(ref)s THEN l.connu_le ELSE l.avant END AS avant
    FROM caf_personne p JOIN caf_qui q USING (rang, ordre) JOIN caf_lien l USING (rang) WHERE {etat}
    ORDER BY q.personne_id, l.foyer_id, p.ordre"""
_DEPUIS = "CASE WHEN s.avant IS NULL THEN least(coalesce(s.rattache_le, %(ref)s), %(ref)s) ELSE %(ref)s END"
_TABLE = "personnes_appartenance"
_A_LUI = "t.personne_id = s.personne_id AND t.foyer_id = s.foyer_id"


def rattacher_membres(contexte: Contexte) -> None:
    """Who belongs to which household, in which role, since when."""
    _executer_tout(_membres_actuels(), contexte)
    if lire("SELECT FROM caf_lien WHERE NOT actuel AND NOT depasse LIMIT 1", contexte):
        _executer_tout(_membres_tardifs(), contexte)
        _executer_tout(_membres_recolles(), contexte)
    elif contexte.corrige:
        _executer_tout(_membres_recolles(), contexte)


def _membres_actuels() -> Iterator[str]:
    tous = _MEMBRES.format(etat="l.actuel")
    source = _MEMBRES.format(etat="l.actuel AND NOT l.nouveau")
    courante = f"{_A_LUI} AND t.fin IS NULL"
    champs = ", ".join(_CHAMPS)
    # someone whom this very date had brought in, and whom a corrected file does not know, or knows in another role
    seul_mot = "t.debut >= %(ref)s OR l.connu_le = %(ref)s AND (l.avant IS NULL OR l.avant < t.debut)"
    partis = f"""t.foyer_id = l.foyer_id AND l.actuel AND NOT l.nouveau AND t.fin IS NULL
        AND NOT EXISTS (SELECT FROM ({source}) s WHERE {courante} AND s.parti_le IS NULL)"""
    # ``caf_retire``: they have no household left, and their path is to be looked at all the same
    yield f"CREATE TEMP TABLE caf_retire AS SELECT t.personne_id FROM {_TABLE} t, caf_lien l WHERE {partis}"
    yield f"DELETE FROM {_TABLE} t USING caf_lien l WHERE {partis} AND ({seul_mot})"
    yield f"UPDATE {_TABLE} t SET fin = %(ref)s FROM caf_lien l WHERE {partis}"
    yield f"""
        UPDATE {_TABLE} t SET fin = %(ref)s FROM ({source}) s JOIN caf_lien l USING (foyer_id)
        WHERE {courante} AND t.role <> s.role AND NOT ({seul_mot})"""
    yield f"""
        UPDATE {_TABLE} t SET role = s.role, {", ".join(f"{champ} = s.{champ}" for champ in _CHAMPS)} FROM ({source}) s
        WHERE {courante} AND (t.role, {", ".join(f"t.{champ}" for champ in _CHAMPS)})
              IS DISTINCT FROM (s.role, {", ".join(f"s.{champ}" for champ in _CHAMPS)})"""
    # someone already gone when first known is kept too, before the day she left
    yield f"""
        INSERT INTO {_TABLE} (personne_id, foyer_id, role, {champs}, debut, fin)
        SELECT s.personne_id, s.foyer_id, s.role, {", ".join(f"s.{champ}" for champ in _CHAMPS)},
               least({_DEPUIS}, s.parti_le - 1), s.parti_le
        FROM (SELECT s.*, NOT s.nouveau AND EXISTS (SELECT FROM {_TABLE} t WHERE {_A_LUI}) AS revenue
              FROM ({tous}) s
              WHERE s.nouveau OR NOT EXISTS (SELECT FROM {_TABLE} t WHERE {courante})) s
        WHERE s.parti_le IS NULL OR NOT s.revenue"""


def _membres_tardifs() -> Iterator[str]:
    """The same rule as ``_historiques``: nobody is known before the first file that speaks of the household."""
    champs = ", ".join(_CHAMPS)
    en_vigueur = "t.debut <= %(ref)s AND (t.fin IS NULL OR t.fin > %(ref)s)"
    yield f"""
        CREATE TEMP TABLE caf_dit ON COMMIT DROP AS
        SELECT s.* FROM ({_MEMBRES.format(etat=_TARDIF)}) s WHERE s.parti_le IS NULL"""
    yield f"""
        CREATE TEMP TABLE caf_coupe ON COMMIT DROP AS
        SELECT t.id, l.suite, coalesce(l.avant < t.debut, true) AS seul_mot
        FROM {_TABLE} t JOIN caf_lien l USING (foyer_id)
        WHERE {_TARDIF} AND {en_vigueur} AND NOT EXISTS (SELECT FROM caf_dit s WHERE {_A_LUI} AND s.role = t.role)"""
    yield from _couper(_TABLE, f"personne_id, foyer_id, role, {champs}", [])
    # the file turns out to be the first to speak of the household: the dates of the one that was are its own no more
    yield f"""
        UPDATE {_TABLE} t SET debut = l.suite FROM caf_lien l
        WHERE t.foyer_id = l.foyer_id AND {_TARDIF} AND t.debut > %(ref)s AND t.debut < l.suite
          AND (t.fin IS NULL OR t.fin > l.suite)"""
    yield f"""
        UPDATE {_TABLE} t SET debut = {_DEPUIS} FROM caf_dit s
        WHERE {_A_LUI} AND s.avant IS NULL AND {en_vigueur} AND t.debut <> {_DEPUIS}"""
    yield f"DELETE FROM {_TABLE} t USING caf_coupe c WHERE t.id = c.id AND c.seul_mot"
    yield f"""
        INSERT INTO {_TABLE} (personne_id, foyer_id, role, {champs}, debut, fin)
        SELECT s.personne_id, s.foyer_id, s.role, {", ".join(f"s.{champ}" for champ in _CHAMPS)},
               greatest({_DEPUIS}, (SELECT max(t.fin) FROM {_TABLE} t WHERE {_A_LUI} AND t.fin <= %(ref)s)),
               least(s.suite, (SELECT min(t.debut) FROM {_TABLE} t WHERE {_A_LUI} AND t.debut > %(ref)s))
        FROM caf_dit s
        WHERE NOT EXISTS (SELECT FROM {_TABLE} t WHERE {_A_LUI} AND {en_vigueur})"""
    yield "DROP TABLE caf_coupe, caf_dit"


def _membres_recolles() -> Iterator[str]:
    """Two rows that follow one another in the same role are one: what was said last of it is kept."""
    yield f"""
        CREATE TEMP TABLE caf_suite ON COMMIT DROP AS
        WITH suivies AS (
            SELECT t.id, t.personne_id, t.foyer_id, t.debut, t.fin,
                   coalesce(lag(t.fin) OVER w = t.debut AND lag(t.role) OVER w = t.role, false) AS suite
            FROM {_TABLE} t WHERE t.foyer_id IN (SELECT foyer_id FROM caf_lien)
            WINDOW w AS (PARTITION BY t.personne_id, t.foyer_id ORDER BY t.debut)
        ), iles AS (
            SELECT *, count(*) FILTER (WHERE NOT suite) OVER (PARTITION BY personne_id, foyer_id ORDER BY debut) AS ile
            FROM suivies
        )
        SELECT id, row_number() OVER (i ORDER BY debut DESC) = 1 AS derniere, min(debut) OVER i AS debut,
               count(*) OVER i AS nombre
        FROM iles WINDOW i AS (PARTITION BY personne_id, foyer_id, ile)"""
    yield f"DELETE FROM {_TABLE} t USING caf_suite s WHERE s.id = t.id AND NOT s.derniere"
    yield f"UPDATE {_TABLE} t SET debut = s.debut FROM caf_suite s WHERE s.id = t.id AND s.derniere AND s.nombre > 1"
    yield "DROP TABLE caf_suite"
