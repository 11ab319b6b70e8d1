"""A caseload on a day, as a head or a référent works on it: who is here, what was done, what is missing (TDB2).

Read live in PostgreSQL, one query for the whole board whatever its size. A person counts in a column from the dated
rows of
her référent body, her rights on *that day*, never today's (``webrsa.md`` §7.8, defects 11 and 14).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import connection

from cordee.socle.enums import EnumLibelle
from cordee.socle.horloge import PARIS


class ColonneFile(EnumLibelle):
    """Who is counted."""

    TOUTES = "toutes", "Confiées dans l'année", "Confiées au moins un jour depuis le 1er janvier."
    NOUVELLES = "nouvelles", "Nouvelles dans l'année", "Confiées pour la première fois depuis le 1er janvier."
    DROIT_OUVERT = "droit_ouvert", "Droit ouvert, toujours là", "Toujours confiées ce jour-là, droit du foyer ouvert."
    SOUMISES = "soumises", "Soumises, toujours là", "Toujours confiées ce jour-là, soumises aux droits et devoirs."


class LigneFile(EnumLibelle):
    """What was done with them, then what is missing. The description is the rule."""

    EN_TOUT = "en_tout", "En tout", "Toutes les personnes de la colonne."
    DIAGNOSTIC = "diagnostic", "Diagnostic mené", "Un entretien de diagnostic achevé, où que ce soit, avant ce jour."
    GARDEES = (
        "gardees", "Gardées après le diagnostic",
        "Diagnostic mené depuis leur arrivée, et toujours confiées ce jour-là."
    )  # fmt: skip
    DIRECTES = (
        "directes",
        "Entrées directes",
        "Diagnostic déjà mené ailleurs avant leur arrivée : l'accompagnement commence.",
    )
    RENDEZ_VOUS = (
        "rendez_vous",
        "Au moins un rendez-vous tenu",
        "Rendez-vous individuel tenu avec la structure, dans l'année.",
    )
    CONTRAT = "contrat", "Contrat en cours", "Un contrat signé et en vigueur ce jour-là."
    RDV_1_3 = (
        "rdv_1_3", "1 à 3 rendez-vous et un contrat",
        "Un à trois rendez-vous tenus et un contrat en vigueur dans l'année."
    )  # fmt: skip
    RDV_4 = (
        "rdv_4",
        "4 rendez-vous ou plus et un contrat",
        "Quatre rendez-vous tenus et un contrat en vigueur dans l'année.",
    )
    SANS_RDV_30 = (
        "sans_rdv_30",
        "Aucun rendez-vous à 30 jours",
        "Aucun rendez-vous individuel à moins de 30 jours de ce jour.",
    )
    SANS_RDV_60 = (
        "sans_rdv_60",
        "Aucun rendez-vous à 60 jours",
        "Aucun rendez-vous individuel à moins de 60 jours de ce jour.",
    )
    SANS_SUITE = "sans_suite", "Rendez-vous passé sans suite", "Un rendez-vous d'avant ce jour dont rien n'est noté."
    COLLECTIF_SEUL = (
        "collectif_seul", "Collectif sans individuel",
        "Venue à une information collective, aucun rendez-vous individuel tenu."
    )  # fmt: skip
    RDV_SANS_DIAGNOSTIC = (
        "rdv_sans_diagnostic", "Venue, diagnostic vide", "Un rendez-vous tenu dans l'année, aucun diagnostic rempli."
    )  # fmt: skip
    RDV_SANS_CONTRAT = (
        "rdv_sans_contrat", "Venue, sans contrat",
        "Un rendez-vous tenu dans l'année, aucun contrat en vigueur ce jour-là."
    )  # fmt: skip
    NI_CONTRAT_NI_RDV = (
        "ni_contrat_ni_rdv", "Ni contrat, ni rendez-vous à venir",
        "Aucun contrat en vigueur ce jour-là, rien de prévu après."
    )  # fmt: skip


AVANCEES: Final = tuple(list(LigneFile)[:8])
PROBLEMES: Final = tuple(list(LigneFile)[8:])
_COLONNES: Final = {
    ColonneFile.TOUTES: "TRUE", ColonneFile.NOUVELLES: "depuis >= %(an)s", ColonneFile.DROIT_OUVERT: "ici AND ouvert",
    ColonneFile.SOUMISES: "ici AND soumise",
}  # fmt: skip
_LIGNES: Final = {
    LigneFile.EN_TOUT: "TRUE", LigneFile.DIAGNOSTIC: "diagnostic", LigneFile.GARDEES: "diagnostic_ici AND ici",
    LigneFile.DIRECTES: "diagnostic_avant", LigneFile.RENDEZ_VOUS: "tenus >= 1", LigneFile.CONTRAT: "contrat",
    LigneFile.RDV_1_3: "tenus BETWEEN 1 AND 3 AND contrat_an", LigneFile.RDV_4: "tenus >= 4 AND contrat_an",
    LigneFile.SANS_RDV_30: "NOT rdv_30", LigneFile.SANS_RDV_60: "NOT rdv_60", LigneFile.SANS_SUITE: "sans_suite",
    LigneFile.COLLECTIF_SEUL: "collectif AND tenus = 0", LigneFile.RDV_SANS_DIAGNOSTIC: "tenus >= 1 AND NOT rempli",
    LigneFile.RDV_SANS_CONTRAT: "tenus >= 1 AND NOT contrat",
    LigneFile.NI_CONTRAT_NI_RDV: "NOT contrat AND NOT a_venir",
}  # fmt: skip
_TENU: Final = "r.statut IN ('honore', 'sans_rendez_vous')"
_PERSONNES: Final = f"""
WITH base AS MATERIALIZED (
    SELECT coalesce(p.canonique_id, p.id) AS pk, min(t.debut) AS depuis,
           bool_or(t.debut <= %(au)s AND (t.fin IS NULL OR t.fin > %(au)s)) AS ici
    FROM personnes_rattachement t JOIN personnes_personne p ON p.id = t.personne_id
    WHERE t.finalite = 'referent' AND t.structure_id = ANY(%(structures)s::bigint[])
      AND (%(agent)s::bigint IS NULL OR t.agent_id = %(agent)s::bigint)
      AND t.debut <= %(au)s AND (t.fin IS NULL OR t.fin > greatest(t.debut, %(an)s))
    GROUP BY 1
), fiches AS MATERIALIZED (
    SELECT b.pk, b.pk AS id, b.depuis, b.ici FROM base b
    UNION ALL
    SELECT b.pk, p.id, b.depuis, b.ici FROM personnes_personne p JOIN base b ON b.pk = p.canonique_id
    WHERE p.canonique_id IS NOT NULL
), droits AS (
    SELECT f.pk, TRUE AS ouvert, bool_or(d.sdd) AS soumise
    FROM fiches f JOIN personnes_droitpersonne d ON d.personne_id = f.id AND d.debut <= %(au)s AND (d.fin IS NULL OR
    d.fin > %(au)s)
    JOIN personnes_droitfoyer h ON h.foyer_id = ANY(ARRAY[d.foyer_id])  -- by its plain index, not by its periods
      AND h.debut <= %(au)s AND (h.fin IS NULL OR h.fin > %(au)s)
      AND h.etat IN ('2', '3', '4')
    WHERE f.ici
    GROUP BY 1
), rdv AS (
    SELECT f.pk,
        count(*) FILTER (WHERE {_TENU} AND r.genre <> 'collectif' AND r.structure_id = ANY(%(structures)s::bigint[])
                         AND r.debut >= %(an_t)s AND r.debut < %(fin_t)s) AS tenus,
        bool_or({_TENU} AND r.genre = 'collectif' AND r.debut >= %(an_t)s AND r.debut < %(fin_t)s) AS collectif,
        bool_or(r.statut = 'prevu' AND r.debut < %(au_t)s
            AND r.structure_id = ANY(%(structures)s::bigint[])) AS sans_suite,
        bool_or(r.statut <> 'annule' AND r.genre <> 'collectif' AND r.debut >= %(moins_30)s
            AND r.debut < %(plus_30)s) AS rdv_30,
        bool_or(r.statut <> 'annule' AND r.genre <> 'collectif' AND r.debut >= %(moins_60)s
            AND r.debut < %(plus_60)s) AS rdv_60,
        bool_or(r.statut <> 'annule' AND r.debut >= %(fin_t)s OR r.statut = 'prevu' AND r.debut >= %(au_t)s) AS a_venir
    FROM fiches f JOIN rendezvous_rendezvous r ON r.personne_id = f.id AND r.debut >= %(premier_rdv)s
    GROUP BY 1
), contrats AS (
    SELECT f.pk, bool_or(k.fin IS NULL OR k.fin > %(au)s) AS contrat,
           bool_or(k.fin IS NULL OR k.fin > greatest(k.debut, %(an)s)) AS contrat_an
    FROM fiches f JOIN contrats_contrat k ON k.personne_id = f.id AND k.debut <= %(au)s
      AND (k.fin IS NULL OR k.fin > %(an)s)
    GROUP BY 1
), diagnostics AS (
    SELECT f.pk, bool_or((g.mene_le AT TIME ZONE 'Europe/Paris')::date < f.depuis) AS avant,
           bool_or((g.mene_le AT TIME ZONE 'Europe/Paris')::date >= f.depuis) AS pendant,
           bool_or(g.situation_pro <> '' OR g.niveau <> ''
                   OR jsonb_path_exists(g.themes, '$.* ? (@ != "non_aborde")')) AS rempli
    FROM fiches f JOIN orientation_diagnostic g ON g.personne_id = f.id AND NOT g.brouillon AND g.mene_le < %(fin_t)s
    GROUP BY 1
), marques AS (
    SELECT b.pk, b.depuis, b.ici, coalesce(d.ouvert, FALSE) AS ouvert, coalesce(d.soumise, FALSE) AS soumise,
        coalesce(r.tenus, 0) AS tenus, coalesce(r.collectif, FALSE) AS collectif, coalesce(r.sans_suite,
            FALSE) AS sans_suite,
        coalesce(r.rdv_30, FALSE) AS rdv_30, coalesce(r.rdv_60, FALSE) AS rdv_60, coalesce(r.a_venir, FALSE) AS a_venir,
        coalesce(k.contrat, FALSE) AS contrat, coalesce(k.contrat_an, FALSE) AS contrat_an,
        g.pk IS NOT NULL AS diagnostic, coalesce(g.avant, FALSE) AS diagnostic_avant,
        coalesce(g.pendant, FALSE)
            AND NOT coalesce(g.avant, FALSE) AS diagnostic_ici, coalesce(g.rempli, FALSE) AS rempli
    FROM base b LEFT JOIN droits d ON d.pk = b.pk LEFT JOIN rdv r ON r.pk = b.pk LEFT JOIN contrats k ON k.pk = b.pk
    LEFT JOIN diagnostics g ON g.pk = b.pk
)
"""


@dataclass(frozen=True, slots=True)
class Portee:
    """Whose caseload: that of structures, or of one référent in them; ``au``: the day."""

    structures: Collection[int]
    agent: int | None
    au: date


def compter(portee: Portee) -> dict[LigneFile, dict[ColonneFile, int]]:
    """The whole board: line → column → how many people. One query."""
    cases = [(ligne, colonne) for ligne in LigneFile for colonne in ColonneFile]
    comptes = ", ".join(f"count(*) FILTER (WHERE {_condition(ligne, colonne)})" for ligne, colonne in cases)
    with connection.cursor() as curseur:
        curseur.execute(f"{_PERSONNES} SELECT {comptes} FROM marques", parametres(portee))
        lus = curseur.fetchone()
    board: dict[LigneFile, dict[ColonneFile, int]] = {ligne: {} for ligne in LigneFile}
    for (ligne, colonne), n in zip(cases, lus, strict=True):
        board[ligne][colonne] = n
    return board


def personnes_de_la_case(portee: Portee, ligne: LigneFile, colonne: ColonneFile) -> list[int]:
    """Ids of the people of one cell, wherever they are now. Which of them she may open: ``personnes_visibles``."""
    with connection.cursor() as curseur:
        curseur.execute(f"{_PERSONNES} SELECT pk FROM marques WHERE {_condition(ligne, colonne)}", parametres(portee))
        return [pk for (pk,) in curseur.fetchall()]


def parametres(portee: Portee) -> dict[str, Any]:
    """What the query needs: days as moments of Paris."""
    au, an = portee.au, portee.au.replace(month=1, day=1)
    debut_60 = au - timedelta(days=60)
    return {
        "au": au, "an": an, "structures": list(portee.structures), "agent": portee.agent,
        "an_t": _minuit(an), "au_t": _minuit(au), "fin_t": _minuit(au + timedelta(days=1)),
        "moins_30": _minuit(au - timedelta(days=30)), "plus_30": _minuit(au + timedelta(days=31)),
        "moins_60": _minuit(debut_60), "plus_60": _minuit(au + timedelta(days=61)),
        "premier_rdv": _minuit(min(an, debut_60)),
    }  # fmt: skip


# Parts --------------------------------------------------------------------------------------------------------------
def _condition(ligne: LigneFile, colonne: ColonneFile) -> str:
    return f"({_COLONNES[colonne]}) AND ({_LIGNES[ligne]})"


def _minuit(jour: date) -> datetime:
    return datetime.combine(jour, time(), tzinfo=PARIS)
