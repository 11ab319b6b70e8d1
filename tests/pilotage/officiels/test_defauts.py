"""The fourteen defects found in the computations of a peer (``webrsa.md`` §7.8), each on a hand-counted world."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import sqlglot
from sqlglot import exp

from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.models.relais import DemandeReorientation
from cordee.metier.personnes.enums import EtatDroit, Sexe
from cordee.metier.personnes.models import DroitFoyer, DroitPersonne, Foyer, Personne
from cordee.pilotage.officiels.calcul import sources
from cordee.pilotage.officiels.entetes import modeles
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.officiels.conftest import Monde

REQUETES = {**sources(), **{code: m.sql for code, m in modeles().items()}}


def test_1_and_2_contracts_out_of_the_field_are_counted_by_kind_and_length(monde: Monde) -> None:
    """Defects 1 and 2: « hors droits et devoirs » repeated those in it, and the same number stood in every column."""
    dedans = gens.soumise()
    gens.contrat(dedans, monde.departement, date(2023, 10, 1), fin=date(2024, 3, 1))
    dehors = gens.soumise(fin=date(2023, 6, 30))
    gens.contrat(dehors, monde.mission, date(2023, 2, 1), fin=date(2024, 2, 1))
    gens.contrat(
        gens.soumise(etat=EtatDroit.OUVERT_SUSPENDU), monde.departement, date(2023, 7, 1), fin=date(2024, 1, 1)
    )
    t = monde.tableaux("ministere", 2023)["ministere_5"]
    assert t.ligne("cer") == [3, 2, 1]
    assert t.ligne("cer_pro") == t.ligne("cer_pro_12_plus") == [1, 0, 1]
    assert t.ligne("cer_social") == [2, 2, 0]
    assert t.ligne("cer_social_moins_6") == t.ligne("cer_social_6_12") == [1, 1, 0]
    assert t.ligne("cer_social_12_plus") == t.ligne("engagement") == [0, 0, 0]


def test_3_another_motive_is_none_of_those_named(monde: Monde) -> None:
    """Defect 3: « autre motif » applied the condition of the last motive instead of its negation."""
    for motif in ("freins", "situation", "progres", "souhait", "desaccord", ""):
        personne = gens.soumise()
        gens.orientation(personne, monde.ft, date(2022, 2, 1), fin=date(2023, 5, 2))
        suivante = gens.orientation(personne, monde.association, date(2023, 5, 2))
        if motif:
            _demande(personne, motif, suivante)
    t = monde.tableaux("ministere", 2023)
    motifs = {m: t["ministere_4a"][m, "ensemble"] for m in ("total", "inadaptee", "changement", "autre", "nc")}
    assert motifs == {"total": 6, "inadaptee": 1, "changement": 2, "autre": 2, "nc": 1}
    assert t["ministere_4"].ligne("total") == [6, 6, 0]


def test_4_every_family_class_finds_its_printed_line(monde: Monde) -> None:
    """Defect 4: « RSA majoré(4) » and « RSA majoré (4) » differed, so that those households matched no line."""
    majoree = gens.soumise(depuis=date(2023, 1, 31))
    foyer = majoree.appartenances.get().foyer
    gens.enfant(foyer)
    _nature_du_droit(foyer, "RSI")
    simple = gens.soumise(sexe=Sexe.HOMME)
    autre = simple.appartenances.get().foyer
    gens.enfant(autre)
    _nature_du_droit(autre, "RSD")
    gens.soumise(sexe=Sexe.INCONNU)
    t = monde.tableaux("ministere", 2023)["ministere_1"]
    classes = {e["code"]: t[e["code"], "sdd"] for e in t.table["lignes"] if e["code"].startswith("famille_ministere.")}
    assert {c for c, n in classes.items() if n} == {
        "famille_ministere.femme_seul_majore", "famille_ministere.homme_seul_non_majore", "famille_ministere.nc",
    }  # fmt: skip
    assert sum(classes.values()) == t["total", "sdd"] == 3


def test_5_a_signature_is_measured_from_the_orientation_before_it(monde: Monde) -> None:
    """Defect 5: the oldest orientation was taken where the definition says the preceding one."""
    personne = gens.soumise()
    gens.orientation(personne, monde.departement, date(2022, 1, 10), fin=date(2022, 9, 1))
    gens.orientation(personne, monde.departement, date(2023, 3, 1))
    gens.contrat(personne, monde.departement, date(2023, 3, 21), fin=date(2024, 3, 21))
    t = monde.tableaux("ministere", 2023)["ministere_3"]
    assert t["delai_social", "ancienne"] == t["delai_signature", "ancienne"] == 20
    assert [t[f"social_{n}", "ancienne"] for n in (1, 2, 3)] == [1, 0, 0]


def test_6_an_unknown_age_is_counted_in_the_line_that_says_so(monde: Monde) -> None:
    """Defect 6: the query said ``age_nc``, the printed line « Âge inconnu »: they never met."""
    gens.soumise(date_naissance=None)
    gens.soumise(date_naissance=date(1999, 1, 5))
    gens.soumise(date_naissance=date(1963, 12, 31))
    t = monde.tableaux("drees", 2023)["drees_t1"]
    ages = {c: t[f"age.{c}", "sdd"] for c in ("0_24", "25_29", "30_39", "40_49", "50_59", "60_plus", "nc")}
    assert ages == {"0_24": 1, "25_29": 0, "30_39": 0, "40_49": 0, "50_59": 0, "60_plus": 1, "nc": 1}
    assert next(e["libelle"] for e in t.table["lignes"] if e["code"] == "age.nc") == "Âge non connu"


def test_7_a_first_orientation_counts_whatever_came_after(monde: Monde) -> None:
    """Defect 7: only those whose last orientation was also their first were « orientés pour la première fois »."""
    suivie = gens.soumise(depuis=date(2023, 2, 28))
    gens.orientation(suivie, monde.departement, date(2023, 3, 30), fin=date(2023, 6, 1))
    gens.orientation(suivie, monde.ft, date(2023, 6, 1))
    restee = gens.soumise(depuis=date(2023, 2, 28))
    gens.orientation(restee, monde.ft, date(2023, 4, 29))
    gens.soumise(depuis=date(2023, 2, 28))
    t = monde.tableaux("drees", 2023)
    primo = {c: t["drees_t5"][c, "ensemble"] for c in ("entrants", "primo", "primo_ft", "primo_autres", "non_orientes")}
    assert primo == {"entrants": 3, "primo": 2, "primo_ft": 1, "primo_autres": 1, "non_orientes": 1}
    assert t["drees_t5"]["delai_orientation", "ensemble"] == 45
    assert t["drees_t6"].ligne("total") == [1, 0, 1]


def test_8_who_goes_to_the_departement_is_not_counted_for_the_operator(monde: Monde) -> None:
    """Defect 8: where « CD » was meant, the counter of « PE » was raised."""
    for structure in (monde.departement, monde.departement, monde.ft, monde.association):
        gens.orientation(_entrante(date(2023, 3, 31)), structure, date(2023, 4, 20))
    t = monde.tableaux("pauvrete", 2023)["pauvrete_a1"]
    assert {c: t[c, "03"] for c in ("nouveaux", "pe", "cd", "oa")} == {"nouveaux": 4, "pe": 1, "cd": 2, "oa": 1}


def test_9_no_year_nor_month_is_written_in_a_query(monde: Monde) -> None:
    """Defect 9: months were written one by one up to January 2024; from February on there was nothing."""
    annees = {d for sql in REQUETES.values() for d in re.findall(r"DATE '(\d{4}-\d\d-\d\d)'", sql)}
    assert annees <= {"2025-01-01", "9999-12-31"}, "only the law's day and « never »"
    _entrante(date(2024, 2, 29))
    t = monde.tableaux("pauvrete", 2024)
    assert t["pauvrete_a1"].ligne("nouveaux") == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert t["pauvrete_b1"].ligne("nouveaux") == t["pauvrete_a1"].ligne("nouveaux")
    assert monde.tableaux("pauvrete", 2026)["pauvrete_a1"].ligne("sdd_dov")[:3] == [1, "h", "h"]


@pytest.mark.parametrize("nom", REQUETES)
def test_10_and_13_a_join_meets_keys_of_one_kind_and_no_written_number(nom: str) -> None:
    """Defect 10: ``Canton.id = AdresseCanton.adresse_id``. Defect 13: ``statutrdv_id = 2`` of one installation."""
    arbre = sqlglot.parse_one(REQUETES[nom], read="duckdb")
    for egalite in arbre.find_all(exp.EQ):
        gauche, droite = egalite.left, egalite.right
        cles = [c.name for c in (gauche, droite) if isinstance(c, exp.Column) and c.name.endswith("id")]
        if not cles:
            continue
        assert not isinstance(gauche, exp.Literal), egalite.sql()
        assert not isinstance(droite, exp.Literal), egalite.sql()
        assert tuple(sorted(cles)) in _MEMES_CLES or len(set(cles)) == 1, egalite.sql()


_MEMES_CLES = {("id", "personne_id"), ("id", "orientation_id"), ("id", "remplace_id")}


def test_11_the_same_past_month_says_the_same_when_life_goes_on(monde: Monde) -> None:
    """Defect 11: past months read today's state, and changed each time they were printed."""
    personne = _entrante(date(2023, 3, 31))
    gens.orientation(personne, monde.departement, date(2023, 4, 20))
    gens.rendez_vous(personne, monde.departement, date(2023, 5, 2), "honore", "accompagnement")
    gens.contrat(personne, monde.departement, date(2023, 5, 20), fin=date(2024, 5, 20))
    attendue = _entrante(date(2023, 11, 30))
    gens.orientation(attendue, monde.departement, date(2023, 12, 20))
    avant = [monde.tableaux(famille, 2023) for famille in ("pauvrete", "ministere", "drees")]
    gens.rendez_vous(attendue, monde.departement, date(2024, 6, 3), "honore", "accompagnement")
    gens.contrat(attendue, monde.departement, date(2024, 6, 20), fin=date(2024, 12, 20))
    Orientation.objects.filter(personne=personne).update(fin=date(2025, 2, 1))
    gens.orientation(personne, monde.ft, date(2025, 2, 1))
    gens.contrat(personne, monde.ft, date(2025, 2, 20))
    gens.rendez_vous(personne, monde.departement, date(2025, 3, 2), "absent", "accompagnement")
    _entrante(date(2024, 5, 31))
    apres = [monde.tableaux(famille, 2023) for famille in ("pauvrete", "ministere", "drees")]
    assert avant == apres
    assert avant[0]["pauvrete_b5"]["social_orientees", "04"] == 0
    assert avant[0]["pauvrete_b5"]["socio_pro_contrat", "04"] == 1


def test_12_negative_delays_are_counted_apart_and_nothing_is_multiplied(monde: Monde) -> None:
    """Defect 12: ABS() hid negative delays; every contract met every printed orientation of the person."""
    en_avance = _entrante(date(2023, 3, 31))
    gens.contrat(en_avance, monde.departement, date(2023, 4, 10), fin=date(2023, 10, 10))
    gens.orientation(en_avance, monde.departement, date(2023, 4, 20))
    suivie = _entrante(date(2023, 3, 31))
    gens.orientation(suivie, monde.departement, date(2023, 4, 20), fin=date(2023, 8, 1))
    gens.orientation(suivie, monde.departement, date(2023, 8, 1))
    gens.contrat(suivie, monde.departement, date(2023, 4, 30), fin=date(2023, 9, 1))
    gens.contrat(suivie, monde.departement, date(2023, 9, 1), fin=date(2024, 3, 1))
    precoce = _entrante(date(2023, 3, 31))
    gens.orientation(precoce, monde.departement, date(2023, 4, 2))
    t = monde.tableaux("pauvrete", 2023)
    b5 = {c: t["pauvrete_b5"][f"socio_pro_{c}", "04"] for c in ("orientees", "contrat", "avant", "sans", "delai")}
    assert b5 == {"orientees": 3, "contrat": 1, "avant": 1, "sans": 1, "delai": 10}
    assert [t["pauvrete_b1"][c, "03"] for c in ("avant", "moins_30", "delai")] == [1, 2, 14]
    m = monde.tableaux("ministere", 2023)["ministere_3"]
    assert {c: m[c, "ancienne"] for c in ("signes", "signes_mesures", "signes_sans", "delai_signature")} == {
        "signes": 2, "signes_mesures": 1, "signes_sans": 1, "delai_signature": 10,
    }  # fmt: skip


def test_13_a_meeting_of_january_belongs_to_the_orientation_of_december(monde: Monde) -> None:
    """Defect 13: the range spanned two years, but the key was the month alone."""
    personne = _entrante(date(2023, 11, 30))
    gens.orientation(personne, monde.departement, date(2023, 12, 20))
    gens.rendez_vous(personne, monde.departement, date(2024, 1, 3), "excuse", "accompagnement")
    t23, t24 = (monde.tableaux("pauvrete", annee)["pauvrete_b4"] for annee in (2023, 2024))
    assert [t23[f"socio_pro_{c}", "12"] for c in ("orientees", "excuse", "quinze_jours", "delai")] == [1, 1, 1, 14]
    assert t23.ligne("total_orientees")[0] == 0
    assert t24.ligne("total_fixes") == [0] * 13


def test_14_last_year_does_not_change_with_the_rights_of_today(monde: Monde) -> None:
    """Defect 14: by default year N-1 was computed again with today's rights."""
    personne = gens.soumise()
    gens.orientation(personne, monde.departement, date(2022, 3, 1))
    gens.soumise()
    avant = {famille: monde.tableaux(famille, 2024) for famille in ("drees", "ministere", "pauvrete")}
    _clore(personne, date(2025, 6, 30))
    apres = {famille: monde.tableaux(famille, 2024) for famille in ("drees", "ministere", "pauvrete")}
    assert avant == apres
    assert avant["drees"]["drees_t1"]["total", "sdd"] == 2
    assert monde.tableaux("drees", 2025)["drees_t1"]["total", "sdd"] == 1


def _entrante(photo: date) -> Personne:
    """New at that photo; the Département hears of it six days later."""
    return gens.soumise(depuis=photo, demande_le=photo.replace(day=1))


def _nature_du_droit(foyer: Foyer, natpf: str) -> None:
    detail = {"DetailDroitRSA": {"DetailCalculDroitRSA": [{"NATPF": natpf}]}}
    DroitFoyer.objects.filter(foyer=foyer).update(detail=detail)


def _clore(personne: Personne, le: date) -> None:
    foyer = personne.appartenances.get().foyer
    DroitFoyer.objects.filter(foyer=foyer).update(fin=le)
    DroitFoyer.objects.create(foyer=foyer, etat=EtatDroit.CLOS, debut=le)
    DroitPersonne.objects.filter(personne=personne).update(fin=le)
    DroitPersonne.objects.create(personne=personne, foyer=foyer, sdd=False, debut=le)


def _demande(personne: Personne, motif: str, orientation: Orientation) -> Any:
    le = gens.a(date(2023, 5, 2)) - timedelta(days=10)
    return DemandeReorientation.objects.create(
        personne=personne, demandeur="personne", motif=motif, demandee_le=le, demandee_par=f.systeme(),
        issue="acceptee", decidee_le=gens.a(date(2023, 5, 2)), decidee_par=f.systeme(), orientation=orientation,
    )  # fmt: skip
