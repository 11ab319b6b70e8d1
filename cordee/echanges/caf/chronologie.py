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
    """SELECT l.foyer_id, s.etat, s.motif, s.motif_le, s.montant, s.droit_detail AS detail, l.connu_le, l.nouveau
       FROM caf_foyer s JOIN caf_lien l USING (rang) WHERE {etat}""",
)
DROITS_PERSONNE = Fil(
    "personnes_droitpersonne",
    ("personne_id", "foyer_id"),
    ("sdd", "entrante", "ressources", "detail"),
    """SELECT q.personne_id, l.foyer_id, p.sdd, p.entrante, p.ressources, p.detail, l.connu_le, l.nouveau
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
              a.ville, a.pays, a.lignes_etranger, a.type_caf, a.etat_caf, a.emmenagement_le, l.connu_le,
              l.nouveau
       FROM caf_adresse a JOIN caf_lien l USING (rang) WHERE {etat}""",
    (("source", "'flux'"), ("chez", "''"), ("npai", "false")),
)  # fmt: skip
FILS = (DROITS_FOYER, DROITS_PERSONNE, ADRESSES)


def poser(contexte: Contexte) -> None:
    """Write the dated rows of the file."""
    tardifs = bool(lire("SELECT FROM caf_lien WHERE NOT actuel LIMIT 1", contexte))
    for fil in FILS:
        if contexte.courant:
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

    A new household is never looked up: on a first load, reading a table while it fills would be quadratic.
    """
    source = fil.source.format(etat="l.actuel")
    connus = fil.source.format(etat="l.actuel AND NOT l.nouveau")
    courante = f"{fil.meme('t', 's')} AND t.fin IS NULL"
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
    """A later file is already in. The row in force at the reference date is cut in up to three parts; where nothing
    was known, the row goes up to the next one. ``borne``: the next date at which the household was seen again.

    Nothing is written where the household was last seen at this very date: a corrected file is already in.
    """
    source = fil.source.format(etat="NOT l.actuel AND (l.connu_le IS NULL OR l.connu_le > %(ref)s)")
    avec_borne = f"SELECT s.*, least(%(suivant)s::date, s.connu_le) AS borne FROM ({source}) s"
    en_vigueur = f"{fil.meme('t', 's')} AND t.debut <= %(ref)s AND (t.fin IS NULL OR t.fin > %(ref)s)"
    yield f"""
        CREATE TEMP TABLE caf_coupe ON COMMIT DROP AS
        SELECT t.id, t.debut AS debut_t, t.fin AS fin_t, s.*, t.fichier_id AS fichier_t
        FROM {fil.table} t JOIN ({avec_borne}) s ON {en_vigueur} AND {fil.differe("t", "s")}"""
    # the tail keeps the former value, beyond the date at which it was confirmed
    yield f"""
        CREATE TEMP TABLE caf_queue ON COMMIT DROP AS
        SELECT {fil.colonnes("t.")}, t.fichier_id, c.borne AS debut, c.fin_t AS fin{fil.gardees("t")}
        FROM caf_coupe c JOIN {fil.table} t ON t.id = c.id
        WHERE c.borne IS NOT NULL AND (c.fin_t IS NULL OR c.borne < c.fin_t)"""
    yield f"UPDATE {fil.table} t SET fin = %(ref)s FROM caf_coupe c WHERE t.id = c.id AND c.debut_t < %(ref)s"
    yield f"""
        UPDATE {fil.table} t SET {fil.affecter("c")}, fichier_id = %(fichier)s, fin = least(c.borne, c.fin_t)
        FROM caf_coupe c WHERE t.id = c.id AND c.debut_t = %(ref)s"""
    yield fil.inserer(f"""
        SELECT {fil.colonnes("c.")}, %(fichier)s, %(ref)s, least(c.borne, c.fin_t){fil.fixes()} FROM caf_coupe c
        WHERE c.debut_t < %(ref)s""")
    yield fil.inserer("SELECT * FROM caf_queue")
    yield fil.inserer(f"""
        SELECT {fil.colonnes("s.")}, %(fichier)s, %(ref)s,
               least(s.borne, (SELECT min(t.debut) FROM {fil.table} t
                               WHERE {fil.meme("t", "s")} AND t.debut > %(ref)s)){fil.fixes()}
        FROM ({avec_borne}) s
        WHERE NOT EXISTS (SELECT FROM {fil.table} t WHERE {en_vigueur})""")
    yield "DROP TABLE caf_coupe, caf_queue"


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


# Memberships: kept while the role stands; a role that changes, a person who leaves, end at the reference date.
_CHAMPS = ("role_famille", "responsable", "a_charge", "detail")
_MEMBRES = """
    SELECT DISTINCT ON (q.personne_id, l.foyer_id) q.personne_id, l.foyer_id, p.role, p.role_famille, p.responsable,
           p.a_charge, p.membre_detail AS detail, p.rattache_le,
           CASE WHEN p.rattache_fin <= %(ref)s THEN p.rattache_fin END AS parti_le, l.connu_le, l.nouveau
    FROM caf_personne p JOIN caf_qui q USING (rang, ordre) JOIN caf_lien l USING (rang) WHERE {etat}
    ORDER BY q.personne_id, l.foyer_id, p.ordre"""


def rattacher_membres(contexte: Contexte) -> None:
    """Who belongs to which household, in which role, since when."""
    if contexte.courant:
        _executer_tout(_membres_actuels(), contexte)
    executer(_MEMBRES_HISTORIQUES, contexte)


def _membres_actuels() -> Iterator[str]:
    tous = _MEMBRES.format(etat="l.actuel")
    source = _MEMBRES.format(etat="l.actuel AND NOT l.nouveau")
    table = "personnes_appartenance"
    courante = "t.personne_id = s.personne_id AND t.foyer_id = s.foyer_id AND t.fin IS NULL"
    champs = ", ".join(_CHAMPS)
    partis = f"""t.fin IS NULL AND t.foyer_id IN (SELECT foyer_id FROM caf_lien WHERE actuel AND NOT nouveau)
        AND NOT EXISTS (SELECT FROM ({source}) s WHERE {courante}"""
    for nom, fin in ((table, " AND s.parti_le IS NULL)"), ("personnes_droitpersonne", ")")):
        # someone whom this very date had brought in, and whom a corrected file does not know
        yield f"DELETE FROM {nom} t WHERE t.debut >= %(ref)s AND {partis}{fin}"
        yield f"UPDATE {nom} t SET fin = %(ref)s WHERE {partis}{fin}"
    yield f"""
        UPDATE {table} t SET fin = %(ref)s FROM ({source}) s
        WHERE {courante} AND t.role <> s.role AND t.debut < %(ref)s"""
    yield f"""
        UPDATE {table} t SET role = s.role, {", ".join(f"{champ} = s.{champ}" for champ in _CHAMPS)} FROM ({source}) s
        WHERE {courante} AND (t.role, {", ".join(f"t.{champ}" for champ in _CHAMPS)})
              IS DISTINCT FROM (s.role, {", ".join(f"s.{champ}" for champ in _CHAMPS)})"""
    # someone already gone when first known is kept too, before the day she left
    yield f"""
        INSERT INTO {table} (personne_id, foyer_id, role, {champs}, debut, fin)
        SELECT s.personne_id, s.foyer_id, s.role, {", ".join(f"s.{champ}" for champ in _CHAMPS)},
               CASE WHEN s.revenue THEN %(ref)s
                    ELSE least(coalesce(s.rattache_le, %(ref)s), %(ref)s, s.parti_le - 1) END, s.parti_le
        FROM (SELECT s.*, NOT s.nouveau AND EXISTS (SELECT FROM {table} t WHERE t.personne_id = s.personne_id
                                                    AND t.foyer_id = s.foyer_id) AS revenue
              FROM ({tous}) s
              WHERE s.nouveau OR NOT EXISTS (SELECT FROM {table} t WHERE {courante})) s
        WHERE s.parti_le IS NULL OR NOT s.revenue"""


_MEMBRES_HISTORIQUES = f"""
INSERT INTO personnes_appartenance (personne_id, foyer_id, role, {", ".join(_CHAMPS)}, debut, fin)
SELECT s.personne_id, s.foyer_id, s.role, {", ".join(f"s.{champ}" for champ in _CHAMPS)}, %(ref)s,
       least(%(suivant)s::date, s.connu_le,
             (SELECT min(t.debut) FROM personnes_appartenance t
              WHERE t.personne_id = s.personne_id AND t.foyer_id = s.foyer_id AND t.debut > %(ref)s))
FROM ({_MEMBRES.format(etat="NOT l.actuel AND (l.connu_le IS NULL OR l.connu_le > %(ref)s)")}) s
WHERE NOT EXISTS (SELECT FROM personnes_appartenance t
                  WHERE t.personne_id = s.personne_id AND t.foyer_id = s.foyer_id
                    AND t.debut <= %(ref)s AND (t.fin IS NULL OR t.fin > %(ref)s))
"""
