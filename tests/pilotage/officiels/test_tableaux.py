"""Official tables: what they count, that they add up, what a publication hides, which years they may tell of."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp, parse_one

from cordee.metier.contrats.models import Engagement, Objectif
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.parcours.enums import GenreEvenement, Voie
from cordee.metier.personnes.enums import EtatDroit, RoleFoyer, Sexe
from cordee.metier.personnes.models import DroitFoyer
from cordee.pilotage.instantanes.services import prendre
from cordee.pilotage.lac.lecture import sources_des_vues
from cordee.pilotage.lac.tables import PAR_NOM
from cordee.pilotage.national.traduction import en_spark
from cordee.pilotage.officiels.axes import AXES
from cordee.pilotage.officiels.calcul import calculer, sources
from cordee.pilotage.officiels.entetes import DOSSIER, Genre, lire, modeles
from cordee.pilotage.officiels.exercice import AnneeHorsHistoire, FamilleInconnue, annees
from cordee.pilotage.officiels.mise_en_page import CACHE, HORS_HISTOIRE, NON_ALIMENTE, HorsTableau, mettre_en_page
from cordee.pilotage.officiels.moteur import InstantaneInconnu, moteur
from cordee.pilotage.officiels.secret import TableauxContraires, publier
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.pilotage import gens
from tests.pilotage.officiels.conftest import Grille, Monde

A_NOUS = {"contexte", "exercice", "mois_officiels"}


# The files ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("nom", [*modeles(), *sources()])
def test_a_query_reads_only_the_lake_and_translates_to_spark(nom: str) -> None:
    sql = modeles()[nom].sql if nom in modeles() else sources()[nom]
    arbre = parse_one(sql, read="duckdb")
    locales = {cte.alias for cte in arbre.find_all(exp.CTE)}
    tables = {t.name for t in arbre.find_all(exp.Table)} - locales
    assert tables <= {*sources(), *sources_des_vues(), *PAR_NOM, *A_NOUS}
    assert en_spark(sql)
    if nom in modeles():
        assert set(arbre.named_selects) == {"ligne", "colonne", "valeur"}


@pytest.mark.parametrize("code", modeles())
def test_a_table_says_what_it_counts(code: str) -> None:
    m = modeles()[code]
    assert m.univers[0].isupper()
    for e in (*m.lignes, *m.colonnes):
        assert e.libelle
        assert e.definition or e.axe or m.mensuel or e.genre is Genre.TITRE or e.code in ("total", "ensemble"), e.code


def test_our_views_bear_names_of_their_own() -> None:
    assert not sources().keys() & sources_des_vues().keys()
    assert all(nom.startswith("of_") for nom in sources())


@pytest.mark.parametrize(
    ("avant", "apres"),
    [("-- source: ", "-- origine: "), ("code: drees_t6", "code: t6"), ("= vers", "= jamais + vers"),
     ("--   > vers_spe |", "--   > vers_hors_spe |")],
)  # fmt: skip
def test_a_wrong_header_is_refused(avant: str, apres: str) -> None:
    texte = (DOSSIER / "drees_t6.sql").read_text("utf-8")
    assert avant in texte
    with pytest.raises(ValueError, match="drees_t6"):
        lire(texte.replace(avant, apres), nom="drees_t6")


def test_who_is_counted_in_no_printed_line_is_a_mistake_said_aloud() -> None:
    """What would have caught defects 4 and 6."""
    with pytest.raises(HorsTableau, match="age_nc"):
        mettre_en_page(modeles()["drees_t1"], {("age_nc", "sdd"): 1}, [date(2023, 12, 31)], flux=lambda _: True)


# What they count ----------------------------------------------------------------------------------------------------
def test_the_universe_of_each_is_printed_with_what_it_leaves_out(monde: Monde) -> None:
    """E30: DREES leaves suspended rights out, the ministry keeps them; an unknown flag is neither."""
    for etat in (EtatDroit.OUVERT_VERSABLE, EtatDroit.OUVERT_VERSABLE, EtatDroit.OUVERT_SUSPENDU):
        gens.soumise(etat=etat)
    gens.soumise(sdd=None)
    gens.soumise(etat=EtatDroit.REFUSE)
    lu = calculer(monde.lac.manifeste, "drees", 2023)
    assert lu["univers"] == {"sdd_drees": 2, "sdd_operationnel": 3, "drapeau_seul": 4, "inconnues": 1}
    assert Grille(lu["tableaux"][0])["total", "sdd"] == 2
    assert lu["tableaux"][0]["univers"] == "Soumis aux droits et devoirs, droit ouvert et non suspendu"
    assert monde.tableaux("ministere", 2023)["ministere_1"]["total", "sdd"] == 3


def test_orientation_and_contracts_by_body(monde: Monde) -> None:
    """T1, T2, T3: the body that answers; a contract of engagement goes before a CER; what the operator announced."""
    chez = [(monde.ft, None), (monde.mission, "cer"), (monde.departement, "cer"), (monde.association, None)]
    for structure, genre in chez:
        personne = gens.soumise()
        gens.orientation(personne, structure, date(2023, 2, 1))
        if genre:
            gens.contrat(personne, structure, date(2023, 9, 1), fin=date(2024, 3, 1))
    annoncee = gens.soumise()
    gens.orientation(annoncee, monde.ft, date(2023, 2, 1))
    gens.fait(
        annoncee, GenreEvenement.INFORMATION_PARTENAIRE, date(2023, 5, 1), pour=monde.ft.pk, contrat_le="2023-04-12"
    )
    gens.soumise()
    t = monde.tableaux("drees", 2023)
    total = dict(zip((c["code"] for c in t["drees_t1"].table["colonnes"]), t["drees_t1"].ligne("total"), strict=True))
    assert {c: n for c, n in total.items() if n not in (0, NON_ALIMENTE)} == {
        "sdd": 6, "orientees": 5, "ft": 2, "autres": 3, "spe": 1, "mission_locale": 1, "hors_spe": 2, "departement": 1,
        "autre": 1, "non_orientees": 1, "taux": 83.3,
    }  # fmt: skip
    contrats = [t["drees_t2"]["total", c] for c in ("ft_contrat", "autres", "cer", "cer_spe", "sans_contrat")]
    assert contrats == [1, 3, 2, 1, 1]
    assert t["drees_t3"].ligne("6_12") == [2, 0]
    assert t["drees_t1"]["total", "caf"] == NON_ALIMENTE


def test_both_series_stand_side_by_side_after_2025(monde: Monde) -> None:
    """E04: no term for a contract of engagement; its column reads the agreed update."""
    ancienne, nouvelle = gens.soumise(), gens.soumise()
    for personne in (ancienne, nouvelle):
        gens.orientation(personne, monde.departement, date(2024, 2, 1))
    gens.contrat(ancienne, monde.departement, date(2024, 12, 1), fin=date(2026, 1, 15))
    signe = gens.contrat(nouvelle, monde.departement, date(2025, 3, 3))
    signe.prochaine_actualisation = date(2025, 8, 3)
    signe.save()
    Objectif.objects.create(contrat=signe, code="mobilite.permis", texte="Passer le permis")
    Engagement.objects.create(contrat=signe, engage="personne", texte="Suivre une formation", famille="formation")
    Engagement.objects.create(contrat=signe, engage="personne", texte="En parler", famille="accompagnement")
    t = monde.tableaux("drees", 2025)
    assert [t["drees_t2"]["total", c] for c in ("cer", "engagement", "engagement_departement")] == [1, 1, 1]
    assert (t["drees_t3"].ligne("12_plus"), t["drees_t3"].ligne("moins_6")) == ([1, 0], [0, 1])
    actions = {e["code"]: t["drees_t4"].ligne(e["code"]) for e in t["drees_t4"].table["lignes"]}
    assert {c: n for c, n in actions.items() if any(n)} == {
        "total": [1, 1], "nature.mobilite": [0, 1], "nature.formation": [0, 1], "nc": [1, 0],
    }  # fmt: skip
    m = monde.tableaux("ministere", 2025)
    assert (m["ministere_6"]["nature.09", "engagement_hors_spe"], m["ministere_6"]["nc", "cer_hors_spe"]) == (1, 1)


def test_entries_by_where_they_come_from(monde: Monde) -> None:
    """A1: first request, joining a household, back, newly subject, suspension over: they make the total."""
    avril = date(2023, 4, 30)
    gens.soumise(depuis=avril)
    foyer = gens.adulte(gens.foyer(), depuis=gens.DEBUT).appartenances.get().foyer
    gens.adulte(foyer, role=RoleFoyer.CJT, depuis=avril)
    _soumise_de_nouveau(date(2022, 5, 31), EtatDroit.CLOS, avril)
    _soumise_de_nouveau(date(2023, 3, 31), EtatDroit.VERSEMENT_SUSPENDU, avril)
    t = monde.tableaux("pauvrete", 2023)["pauvrete_a1"]
    lus = {c: t[c, "04"] for c in ("nouveaux", "premiere", "rejoint", "revenue", "suspendue", "non_soumise", "primo")}
    assert lus == {
        "nouveaux": 4,
        "premiere": 1,
        "rejoint": 1,
        "revenue": 1,
        "suspendue": 1,
        "non_soumise": 0,
        "primo": 2,
    }
    assert t["mutation", "04"] == NON_ALIMENTE


def test_a_month_before_history_or_after_it_says_so(monde: Monde) -> None:
    t = monde.tableaux("pauvrete", 2021)["pauvrete_a1"]
    assert t.ligne("sdd_dov") == [HORS_HISTOIRE] * 11 + [0, ""]
    assert t.ligne("nouveaux")[:12] == [HORS_HISTOIRE] * 12, "nobody can be said to be new in the first month"


# They add up --------------------------------------------------------------------------------------------------------
def test_every_total_is_the_sum_of_its_parts_unknown_included(monde: Monde) -> None:
    _peupler(monde, random.Random(20_26))  # noqa: S311
    for famille, annee in (("drees", 2024), ("drees", 2025), ("ministere", 2025), ("pauvrete", 2024)):
        tables = monde.tableaux(famille, annee)
        for t in tables.values():
            _verifier_les_sommes(t)
    assert tables["pauvrete_a1"]["nouveaux", "cumul"] > 0
    t1 = monde.tableaux("drees", 2025)["drees_t1"]
    assert t1["total", "sdd"] == t1["total", "orientees"] + t1["total", "non_orientees"] > 10
    for axe in AXES.keys() - {"famille_ministere"}:
        assert t1[f"{axe}.nc", "sdd"] > 0 or axe in ("anciennete",), f"the world has unknown people on the axis {axe}"


def _verifier_les_sommes(t: Grille) -> None:
    m = modeles()[t.table["code"]]
    for sens, tout, parties in m.parties:
        for autre in m.colonnes if sens == "lignes" else m.lignes:
            cles = [(c, autre.code) if sens == "lignes" else (autre.code, c) for c in (tout, *parties)]
            total, *morceaux = (t[cle] for cle in cles)
            if autre.genre is Genre.COMPTE and isinstance(total, int):
                assert total == sum(morceaux), (m.code, tout, autre.code)
    if m.mensuel:
        for ligne in m.lignes:
            *mois, cumul = t.ligne(ligne.code)
            if ligne.genre is Genre.COMPTE and isinstance(cumul, int):
                assert cumul == sum(n for n in mois if isinstance(n, int)), (m.code, ligne.code)


@given(st.lists(st.integers(0, 30), min_size=7, max_size=7), st.lists(st.integers(0, 30), min_size=3, max_size=3))
@settings(max_examples=60, deadline=None)
def test_nothing_hidden_is_found_by_subtraction(ages: list[int], sexes: list[int]) -> None:
    """In every sum whose total is shown, either nothing is hidden or at least two cells of eleven people together."""
    m = modeles()["drees_t6"]
    classes = [e.code for e in m.lignes if e.axe in ("age", "sexe")]
    sommes: dict[tuple[str, str], float] = {}
    for rang, (code, n) in enumerate(zip(classes, [*ages, *sexes], strict=True)):
        sommes |= {(code, "vers_spe"): n // 2, (code, "vers_hors_spe"): n - n // 2, (code, "reorientees"): n}
        if rang < len(ages):
            for colonne in ("vers_spe", "vers_hors_spe", "reorientees"):
                sommes["total", colonne] = sommes.get(("total", colonne), 0) + sommes[code, colonne]
    t = mettre_en_page(m, sommes, [date(2023, 12, 31)], flux=lambda _: True)
    publier([t])
    assert not [cle for cle, n in t.comptes.items() if 0 < n < 11 and t.publication[cle] != CACHE]
    for ligne in classes:
        cles = [(ligne, c) for c in ("reorientees", "vers_hors_spe", "vers_spe")]
        caches = [cle for cle in cles[1:] if t.publication[cle] == CACHE]
        if t.publication[cles[0]] != CACHE and any(t.comptes[c] for c in caches):
            assert len(caches) == 2


def test_two_tables_that_disagree_are_never_sent() -> None:
    un, deux = (
        mettre_en_page(modeles()[code], {("total", "ft"): n}, [date(2023, 12, 31)], flux=lambda _: True)
        for code, n in (("drees_t1", 12), ("drees_t2", 13))
    )
    with pytest.raises(TableauxContraires, match="drees_t2"):
        publier([un, deux])


# Which state of the facts -------------------------------------------------------------------------------------------
def test_years_out_of_history_are_refused_in_a_sentence(monde: Monde) -> None:
    manifeste = monde.lac.manifeste
    assert annees(manifeste, "drees") == [2025, 2024, 2023, 2022, 2021]
    assert annees(manifeste, "pauvrete")[0] == 2026
    for annee, phrase in ((2020, "commence le 31/12/2021"), (2026, "le dernier fichier montre le 31/01/2026")):
        with pytest.raises(AnneeHorsHistoire, match=phrase):
            calculer(manifeste, "drees", annee)
    with pytest.raises(FamilleInconnue, match="drees, ministere, pauvrete"):
        calculer(manifeste, "insee", 2023)


def test_as_known_on_a_published_day(monde: Monde) -> None:
    """A late file adds somebody to 2023: the present tables count her, those of the published state do not."""
    gens.soumise()
    monde.lac.rafraichir()
    publie = prendre(libelle="Envoi de janvier", au=date(2025, 12, 31), par=f.systeme(), le=MAINTENANT)
    gens.soumise()
    manifeste = monde.lac.manifeste
    demande: dict[str, Any] = {"famille": "drees", "annee": 2023}
    lus = [moteur(manifeste, demande | {"instantane": i}) for i in ("", str(publie.pk))]
    assert [lu["univers"]["sdd_drees"] for lu in lus] == [2, 1]
    assert lus[1]["etat"].startswith("Envoi de janvier (connu le 17/02/2026")
    with pytest.raises(InstantaneInconnu, match="Envoi de janvier"):
        moteur(manifeste, demande | {"instantane": "0"})


def _soumise_de_nouveau(jusqu_au: date, puis: EtatDroit, depuis: date) -> None:
    """Subject until a day, then in another state, then again."""
    personne = gens.soumise()
    foyer = personne.appartenances.get().foyer
    DroitFoyer.objects.filter(foyer=foyer).update(fin=jusqu_au)
    DroitFoyer.objects.create(foyer=foyer, etat=puis, debut=jusqu_au, fin=depuis)
    DroitFoyer.objects.create(foyer=foyer, etat=EtatDroit.OUVERT_VERSABLE, debut=depuis)


def _peupler(monde: Monde, sort: random.Random) -> None:
    """Thirty people of every kind: unknown age, sex, family and training among them."""
    structures = (monde.ft, monde.mission, monde.departement, monde.association)
    for n in range(30):
        depuis = sort.choice([gens.DEBUT, date(2024, 3, 31), date(2024, 9, 30)])
        etat = sort.choice([EtatDroit.OUVERT_VERSABLE] * 4 + [EtatDroit.OUVERT_SUSPENDU])
        naissance = None if n % 9 == 0 else date(1955 + sort.randrange(50), 5, 12)
        sexe = sort.choice(list(Sexe))
        personne = gens.soumise(depuis=depuis, etat=etat, date_naissance=naissance, sexe=sexe)
        foyer = personne.appartenances.get().foyer
        if n % 3 == 0:
            gens.enfant(foyer, a_charge=sort.choice([True, None]))
        if n % 5 == 0:
            gens.adulte(foyer, role=RoleFoyer.CJT, depuis=depuis, sexe=Sexe.HOMME)
        if n % 4 == 1:
            Diagnostic.objects.create(
                personne=personne, mene_le=gens.a(date(2024, 10, 7)), mene_par=f.systeme(),
                niveau=sort.choice(["bac", "sans", "superieur", "qualifiant"]),
            )  # fmt: skip
        jours = sorted({date(2024, sort.randint(4, 12), sort.randint(1, 28)), date(2025, sort.randint(1, 12), 3)})
        for debut, fin in pairwise([*jours[: sort.randint(0, 2)], None]):
            structure = sort.choice(structures)
            gens.orientation(personne, structure, debut or depuis, fin=fin, voie=sort.choice(list(Voie)))
            if sort.random() < 0.6 and debut and debut.year == 2025:
                gens.contrat(personne, structure, debut)
                break
            if sort.random() < 0.5 and debut:
                gens.rendez_vous(
                    personne, structure, debut, sort.choice(["honore", "absent", "excuse"]), "accompagnement"
                )
