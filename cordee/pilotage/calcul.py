"""From the lake to figures: the lines of each indicator, gathered by territory, with what must stay hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Protocol

from cordee.pilotage.carte import Carte
from cordee.pilotage.entetes import Definition, definitions
from cordee.pilotage.enums import Agregat, Niveau
from cordee.pilotage.lac.lecture import Session, ouvrir
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.secret import SEUIL_INTERNE, SEUIL_PUBLICATION, a_cacher
from cordee.reglementation.calendrier import ajouter_mois, jours_ouvres_entre
from cordee.reglementation.delais import delai
from cordee.reglementation.enums import Unite
from cordee.reglementation.parametres import entier

PAR_LOT: Final = 12
"""Days computed together: one query for all of them, within a memory that does not depend on the years kept."""
JAMAIS_ATTEINT: Final = 99_999
"""What a line says of a delay that is not over: more than any delay, so that a median never forgets those who wait."""
UNIVERS: Final = "personnes_sdd"
SANS: Final = {Niveau.EPT: "sans_ept", Niveau.COMMUNE: "sans_commune", Niveau.STRUCTURE: "sans_structure"}
COLONNES: Final = {Niveau.EPT: "ept", Niveau.COMMUNE: "commune", Niveau.STRUCTURE: "structure"}
"""The column of the lines that holds the territory of a level."""
_NIVEAUX: Final = {str(n): n for n in Niveau}
Cle = tuple[str, str]
"""An indicator and a territory."""
Groupe = tuple[Cle, list[Cle]]
STOCK_DEPUIS: Final = date(2025, 1, 1)

_VALEURS: Final = {
    Agregat.EFFECTIF: "sum(numerateur)",
    Agregat.TAUX: "100.0 * sum(numerateur) / nullif(sum(denominateur), 0)",
    Agregat.MOYENNE: "1.0 * sum(numerateur) / nullif(sum(denominateur), 0)",
    Agregat.MEDIANE: "percentile_disc(0.5) WITHIN GROUP (ORDER BY CASE WHEN denominateur > 0 THEN numerateur END)",
    Agregat.P90: "percentile_disc(0.9) WITHIN GROUP (ORDER BY CASE WHEN denominateur > 0 THEN numerateur END)",
    Agregat.MAXIMUM: "max(numerateur)",
    Agregat.PAR_JOUR: "1.0 * sum(numerateur) / nullif(max(denominateur), 0)",
    Agregat.RAPPORT: "1.0 * sum(numerateur) / nullif(sum(denominateur), 0)",
}
#: Indicators whose numerator is no sum.
SUR_LIGNES: Final = frozenset({Agregat.MEDIANE, Agregat.P90, Agregat.MAXIMUM})
#: Indicators that tell of all they rest on; the others tell of those their numerator counts.
SUR_TOUTES: Final = SUR_LIGNES | {Agregat.MOYENNE}


@dataclass(slots=True)
class Cellule:
    """One value as it will be kept."""

    au: date
    code: str
    niveau: Niveau
    territoire: str
    valeur: float | None
    numerateur: float | None
    denominateur: float | None
    inconnu: int
    personnes: int
    secret_interne: str = ""
    secret_publication: str = ""


def contexte(jours: Iterable[date], derniere_photo: date | None = None) -> list[dict[str, Any]]:
    """The days to compute and, before each, the day it is compared with: one row each, with the dates and the rules
    that indicators use (the SQL holds no date of its own).

    Args:
        derniere_photo: the last month that a file has shown whole.
    """
    publies = sorted(set(jours))
    veilles = {j: veille(j, derniere_photo) for j in publies}
    tous = sorted({*publies, *veilles.values()})
    return [_jour(j, veilles.get(j) or veille(j, derniere_photo), publie=j in veilles) for j in tous]


def veille(au: date, derniere_photo: date | None = None) -> date:
    """The photo to compare with, for who came and who left: the one before the last known on that day.

    A month is known when it is over and its file has come: before, nobody has come nor left yet but by daily files.

    >>> veille(date(2025, 12, 31)), veille(date(2026, 11, 22)), veille(date(2026, 11, 3), date(2026, 9, 30))
    (datetime.date(2025, 11, 30), datetime.date(2026, 9, 30), datetime.date(2026, 8, 31))
    """
    photo = au if (au + timedelta(days=1)).day == 1 else au.replace(day=1) - timedelta(days=1)
    photo = min(photo, derniere_photo or photo)
    return photo.replace(day=1) - timedelta(days=1)


def _jour(au: date, avant: date, *, publie: bool) -> dict[str, Any]:
    stock = delai("stock_contrats", au=max(au, STOCK_DEPUIS))
    terme = stock.valeur if isinstance(stock.valeur, date) else date(2027, 1, 1)
    orientation = delai("orientation", au=au)
    return {
        "au": au,
        "publie": publie,
        "debut_mois": au.replace(day=1),
        "veille_mois": avant,
        "il_y_a_1_mois": ajouter_mois(au, -1),
        "il_y_a_3_mois": ajouter_mois(au, -3),
        "il_y_a_6_mois": ajouter_mois(au, -6),
        "il_y_a_9_mois": ajouter_mois(au, -9),
        "il_y_a_12_mois": ajouter_mois(au, -12),
        "il_y_a_2_mois": ajouter_mois(au, -2),
        "il_y_a_14_mois": ajouter_mois(au, -14),
        "il_y_a_15_mois": ajouter_mois(au, -15),
        "il_y_a_18_mois": ajouter_mois(au, -18),
        "il_y_a_24_mois": ajouter_mois(au, -24),
        "il_y_a_15_jours": au - timedelta(days=15),
        "il_y_a_30_jours": au - timedelta(days=30),
        "il_y_a_90_jours": au - timedelta(days=90),
        "lundi": (lundi := au - timedelta(days=au.weekday())),
        "lundi_4_semaines": lundi - timedelta(weeks=4),
        "il_y_a_5_ans": ajouter_mois(au, -60),
        "drapeau_depuis": ajouter_mois(au, -entier("sdd_drapeau_inconnu_mois", au=au)),
        "retour_depuis": ajouter_mois(avant, -entier("retour_mois", au=au)),
        "orientation_jours": _en_jours(orientation.valeur, orientation.unite),
        "stock_terme": terme,
        "stock_jours_ouvres": max(jours_ouvres_entre(au, terme - timedelta(days=1)), 0),
    }


def _en_jours(valeur: Any, unite: Unite) -> int:
    """Two months before 2025 were counted as sixty-one days at most."""
    return int(valeur) * 61 // 2 if unite is Unite.MOIS else int(valeur)


class Temoin(Protocol):
    """Who looks at the lines of each indicator while they are there (``listes.Registre``)."""

    def concerne(self, jours: Sequence[date]) -> bool:
        """Whether these days are of interest to it."""
        ...

    def noter(self, session: Session, definition: Definition) -> None:
        """Its lines stand in ``lignes``."""

    def clore(self, session: Session) -> None:
        """All indicators of these days are done."""


def calculer(
    manifeste: Manifeste, jours: Sequence[date], *, carte: Carte, codes: Sequence[str] = (),
    temoin: Temoin | None = None,
) -> Iterator[list[Cellule]]:  # fmt: skip
    """The figures of these days, lot by lot, all territories at once."""
    retenues = [definitions()[c] for c in codes] if codes else list(definitions().values())
    ordonnes = sorted(set(jours))
    for debut in range(0, len(ordonnes), PAR_LOT):
        lot = ordonnes[debut : debut + PAR_LOT]
        with ouvrir(manifeste, contexte(lot, manifeste.derniere_photo)) as session:
            brutes: list[Cellule] = []
            for definition in retenues:
                brutes += cellules_de(session, definition, carte)
                if temoin is not None and temoin.concerne(lot):
                    temoin.noter(session, definition)
            if temoin is not None and temoin.concerne(lot):
                temoin.clore(session)
        yield cacher(brutes, carte)


def colonne_comptee(definition: Definition) -> str:
    """Whose lines stand behind the figure."""
    return "denominateur" if definition.agregat in SUR_TOUTES else "numerateur"


def preparer_lignes(session: Session, definition: Definition) -> None:
    """Put the lines of an indicator in ``lignes``, with the places they are gathered by beside."""
    session.executer("SELECT 1 FROM lieux LIMIT 0")
    session.executer(definition.sql + "\nLIMIT 0")
    session.duck.execute(f"CREATE OR REPLACE TABLE lignes AS {definition.sql}")


def agregation(definition: Definition) -> str:
    """How the lines of an indicator (table ``lignes``) become its values: the same statement for every territory."""
    distincte = "DISTINCT " if definition.repetees else ""
    cartes = [COLONNES[n] for n in definition.niveaux if n in COLONNES]
    groupes = ", ".join(["(au)", *(f"(au, {colonne})" for colonne in cartes)])
    territoire = f"coalesce({', '.join(cartes)}, '')" if cartes else "''"
    cas = " ".join(f"WHEN {colonne} IS NOT NULL THEN '{colonne}'" for colonne in cartes)
    niveau = f"CASE {cas} ELSE 'departement' END" if cartes else "'departement'"
    return f"""
        WITH situees AS (
            SELECT d.au, d.personne_id, d.numerateur, d.denominateur, d.inconnu,
                   coalesce(l.commune, '{SANS[Niveau.COMMUNE]}') AS commune,
                   coalesce(l.ept, '{SANS[Niveau.EPT]}') AS ept,
                   coalesce(l.{definition.structure}, '{SANS[Niveau.STRUCTURE]}') AS structure
            FROM lignes d
            JOIN contexte c ON c.au = d.au AND c.publie
            LEFT JOIN lieux l ON l.au = d.au AND l.personne_id = d.personne_id
        )
        SELECT au, {niveau} AS niveau, {territoire} AS territoire,
               round({_VALEURS[definition.agregat]}, 4) AS valeur,
               round(sum(numerateur), 4) AS numerateur, round(sum(denominateur), 4) AS denominateur,
               CAST(coalesce(sum(inconnu), 0) AS INTEGER) AS inconnu,
               count({distincte}CASE WHEN {colonne_comptee(definition)} > 0 THEN personne_id END) AS personnes
        FROM situees
        GROUP BY GROUPING SETS ({groupes})
    """


def cellules_de(session: Session, definition: Definition, carte: Carte) -> list[Cellule]:
    """The values of an indicator, every day and territory of the session, before any is hidden."""
    preparer_lignes(session, definition)
    sans_somme = definition.agregat in SUR_LIGNES
    cellules = []
    for au, niveau, territoire, valeur, num, den, inconnu, n in session.duck.execute(agregation(definition)).fetchall():
        if sans_somme:
            valeur, num = None if valeur == JAMAIS_ATTEINT else valeur, None  # noqa: PLW2901
        cellules.append(
            Cellule(
                au, definition.code, _NIVEAUX[niveau], territoire or carte.departement, valeur, num, den, inconnu, n
            )
        )
    return cellules


# What must stay hidden -----------------------------------------------------------------------------------------------
def cacher(cellules: Sequence[Cellule], carte: Carte) -> list[Cellule]:
    """The same cells, each with why it is hidden inside the house and in publications, when it is."""
    par_jour: dict[date, list[Cellule]] = defaultdict(list)
    for cellule in cellules:
        par_jour[cellule.au].append(cellule)
    for du_jour in par_jour.values():
        groupes = list(_groupes(du_jour, carte))
        interne = _secrets(du_jour, groupes, SEUIL_INTERNE)
        publication = _secrets(du_jour, groupes, SEUIL_PUBLICATION)
        for c in du_jour:
            c.secret_interne = interne.get((c.code, c.territoire), "")
            c.secret_publication = publication.get((c.code, c.territoire), "")
    return list(cellules)


def _secrets(cellules: Sequence[Cellule], groupes: Sequence[Groupe], seuil: int) -> dict[Cle, str]:
    """Every indicator of a day. A territory too small for the people it holds shows no figure at all."""
    effectifs = {(c.code, c.territoire): c.personnes for c in cellules}
    univers = a_cacher(
        {cle: n for cle, n in effectifs.items() if cle[0] == UNIVERS},
        [(tout, parties) for tout, parties in groupes if tout[0] == UNIVERS and parties and parties[0][0] == UNIVERS],
        seuil=seuil,
    )
    fermes = {territoire for _, territoire in univers}
    d_office = [cle for cle in effectifs if cle[1] in fermes]
    d_office += [(c.code, c.territoire) for c in cellules if _rare(c, seuil)]
    return {cle: str(secret) for cle, secret in a_cacher(effectifs, groupes, seuil=seuil, d_office=d_office).items()}


def _rare(cellule: Cellule, seuil: int) -> bool:
    """A rate tells of those it does not count as well: a rate of all but two people is a rate of two people."""
    agregat = definitions()[cellule.code].agregat
    if agregat is not Agregat.TAUX or cellule.denominateur is None or cellule.numerateur is None:
        return False
    return 0 < cellule.denominateur < seuil or 0 < cellule.denominateur - cellule.numerateur < seuil


def _groupes(cellules: Sequence[Cellule], carte: Carte) -> Iterator[Groupe]:
    """Totals and their parts: territories of one indicator, parts of one whole in one territory."""
    par_code: dict[str, dict[Niveau, list[str]]] = defaultdict(lambda: defaultdict(list))
    for c in cellules:
        if c.territoire not in SANS.values():
            par_code[c.code][c.niveau].append(c.territoire)
    for code, niveaux in par_code.items():
        tout = (code, carte.departement)
        for niveau in (Niveau.EPT, Niveau.COMMUNE, Niveau.STRUCTURE):
            yield tout, [(code, t) for t in niveaux[niveau]]
        for ept in niveaux[Niveau.EPT]:
            yield (code, ept), [(code, t) for t in niveaux[Niveau.COMMUNE] if carte.ept_des_communes.get(t) == ept]
    parties: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for code, niveaux in par_code.items():
        if (partition := definitions()[code].partition) is not None:
            for territoire in (t for territoires in niveaux.values() for t in territoires):
                parties[(*partition, territoire)].append(code)
    for (entier_, _, territoire), codes in parties.items():
        yield (entier_, territoire), [(code, territoire) for code in codes]
