"""What each outcome, each series and each score reads from the lake, on a small world counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.parcours.enums import GenreEvenement, Voie
from cordee.metier.personnes.models import DroitFoyer, DroitPersonne, Personne
from cordee.pilotage.calcul import contexte
from cordee.pilotage.comparaisons.champs import SCORE
from cordee.pilotage.comparaisons.champs import score as score_de
from cordee.pilotage.comparaisons.derive import suivre
from cordee.pilotage.comparaisons.dossiers import examiner
from cordee.pilotage.comparaisons.issues import ISSUES, lire
from cordee.pilotage.comparaisons.moteur import comparer, lignes_de
from cordee.pilotage.lac.lecture import ouvrir
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.lac.pseudonymes import personnes_de
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

pytestmark = pytest.mark.django_db
AU = date(2026, 1, 31)
LE = date(2025, 6, 2)
"""The day everybody is oriented: seven months before."""
G = GenreEvenement


def lues(manifeste: Manifeste, code: str) -> dict[int, tuple[float, bool]]:
    """Person → (value, unknown) of an outcome."""
    with ouvrir(manifeste, contexte([AU], manifeste.derniere_photo)) as session:
        lignes = lignes_de(session, ISSUES[code])
    qui = personnes_de(lignes["personne_id"].tolist())
    return {qui[x.personne_id]: (x.valeur, bool(x.inconnu)) for x in lignes.itertuples()}


@pytest.fixture
def monde(lac: Lac) -> dict[str, Any]:
    """One structure of ours, one body outside, ten people oriented on the same day with ten stories."""
    f.systeme()
    eds = f.structure()
    agence = f.structure(TypeStructure.OPERATEUR_EMPLOI, GenreOrganismeReferent.OPERATEUR_EMPLOI)
    noms = ("vite", "tard", "sortie", "reorientee", "rien", "emploi", "partie_emploi", "dit", "muette", "revenue")
    tous = {nom: gens.soumise(depuis=date(2025, 1, 31)) for nom in noms}
    for nom, personne in tous.items():
        chez = agence if nom in ("dit", "muette") else eds
        fin = LE + timedelta(days=20) if nom == "reorientee" else None
        gens.orientation(personne, chez, LE, voie=Voie.EMPLOI, fin=fin)
        gens.referent(personne, chez, None, LE, fin)
        f.rattachement(personne, eds, debut=date(2025, 2, 6))
    gens.contrat(tous["vite"], eds, LE + timedelta(days=31))
    gens.contrat(tous["tard"], eds, LE + timedelta(days=32))
    gens.fait(tous["vite"], G.CONTACT, LE + timedelta(days=10), resultat="jointe")
    gens.fait(tous["tard"], G.CONTACT, LE + timedelta(days=10), resultat="message")
    for nom in ("sortie", "partie_emploi"):
        _sortir(tous[nom], LE + timedelta(days=15))
    gens.fait(tous["partie_emploi"], G.DROIT_CLOS, LE + timedelta(days=15), motif_sortie="emploi")
    gens.fait(tous["emploi"], G.SITUATION_PARTICULIERE, LE + timedelta(days=90), etat="en_emploi_partiel")
    gens.fait(tous["revenue"], G.SITUATION_PARTICULIERE, LE + timedelta(days=60), etat="en_emploi_partiel")
    gens.fait(tous["revenue"], G.REPRISE, LE + timedelta(days=100))
    gens.fait(tous["dit"], G.INFORMATION_PARTENAIRE, LE + timedelta(days=60), pour=agence.pk,
              contrat_le=(LE + timedelta(days=20)).isoformat(),
              dernier_contact_le=(LE + timedelta(days=50)).isoformat())  # fmt: skip
    return {"lac": lac, "eds": eds, "agence": agence, **{nom: p.pk for nom, p in tous.items()}, "personnes": tous}


def _sortir(personne: Personne, le: date) -> None:
    DroitPersonne.objects.filter(personne=personne).update(fin=le)
    DroitFoyer.objects.filter(foyer__appartenances__personne=personne).update(fin=le)


def test_a_contract_within_the_month(monde: dict[str, Any]) -> None:
    """31 days count, 32 do not; who left or was oriented elsewhere before is unknown; a silent body too."""
    v = lues(monde["lac"].manifeste, "contrat_un_mois")
    assert {nom: v[monde[nom]] for nom in ("vite", "tard", "rien", "dit")} == {
        "vite": (1, False), "tard": (0, False), "rien": (0, False), "dit": (1, False),
    }  # fmt: skip
    assert [v[monde[nom]][1] for nom in ("sortie", "reorientee", "muette")] == [True, True, True]


def test_a_first_exchange_is_no_message(monde: dict[str, Any]) -> None:
    v = lues(monde["lac"].manifeste, "premier_contact")
    assert v[monde["vite"]] == (1, False)
    assert v[monde["tard"]] == (0, False)
    assert v[monde["dit"]] == (0, False)  # told, but fifty days after
    assert v[monde["muette"]][1]


def test_in_activity_six_months_after(monde: dict[str, Any]) -> None:
    """An exit nobody explains is unknown; one towards a job counts; a job that ended does not."""
    v = lues(monde["lac"].manifeste, "activite_six_mois")
    assert {nom: v[monde[nom]] for nom in ("emploi", "partie_emploi", "revenue", "rien")} == {
        "emploi": (1, False), "partie_emploi": (1, False), "revenue": (0, False), "rien": (0, False),
    }  # fmt: skip
    assert v[monde["sortie"]] == (0, True)


def test_the_first_appointment_of_each_person(monde: dict[str, Any]) -> None:
    for nom, statut, jours in (
        ("vite", "honore", 5),
        ("vite", "absent", 40),
        ("tard", "absent", 5),
        ("rien", "excuse", 5),
    ):
        gens.rendez_vous(monde["personnes"][nom], monde["eds"], LE + timedelta(days=jours), statut)
    v = lues(monde["lac"].manifeste, "presence")
    assert v == {monde["vite"]: (1, False), monde["tard"]: (0, False), monde["rien"]: (0, True)}


def test_an_exchange_in_the_last_three_months(monde: dict[str, Any]) -> None:
    gens.fait(monde["personnes"]["rien"], G.CONTACT, AU - timedelta(days=20), resultat="jointe")
    v = lues(monde["lac"].manifeste, "contact_trois_mois")
    assert v[monde["rien"]] == (1, False)
    assert v[monde["vite"]] == (0, False)
    assert v[monde["muette"]][1]
    assert monde["sortie"] not in v


def test_delays_are_cut_and_nobody_who_waits_is_forgotten(lac: Lac) -> None:
    """Received on 6 July: convened 4 days after, oriented 30 days after; another still waits; a third left."""
    f.systeme()
    eds = f.structure()
    gens.soumise(depuis=date(2025, 1, 31))  # the first file's people are no arrivals
    recu = date(2025, 7, 6)
    vite, attend, sortie = (gens.soumise(depuis=date(2025, 6, 30), demande_le=date(2025, 6, 10)) for _ in range(3))
    for personne in (vite, attend, sortie):
        f.rattachement(personne, eds, debut=recu)
    gens.fait(vite, G.CONVOCATION, recu + timedelta(days=4))
    gens.orientation(vite, eds, recu + timedelta(days=30))
    _sortir(sortie, date(2025, 7, 31))
    manifeste = lac.manifeste
    assert lues(manifeste, "delai_convocation") == {
        vite.pk: (4, False), attend.pk: (60, False), sortie.pk: (60, True),
    }  # fmt: skip
    assert lues(manifeste, "delai_orientation") == {
        vite.pk: (30, False), attend.pk: (90, False), sortie.pk: (90, True),
    }  # fmt: skip


def test_a_structure_is_shown_from_twenty_people_on_and_few_answers_stay_hidden(lac: Lac) -> None:
    """25 people of one structure with 10 contracts; 22 of another with 2; 6 of a third: figures, words, nothing."""
    f.systeme()
    structures = [f.structure(nom=f"Équipe {lettre}") for lettre in "ABC"]
    for structure, n, contrats in zip(structures, (25, 22, 6), (10, 2, 1), strict=True):
        for rang in range(n):
            personne = gens.soumise(depuis=date(2025, 1, 31))
            gens.orientation(personne, structure, LE)
            if rang < contrats:
                gens.contrat(personne, structure, LE + timedelta(days=9))
    r = comparer(lac.manifeste, {"au": AU.isoformat(), "issues": ["contrat_un_mois"]})["issues"]["contrat_un_mois"]
    a, b = r["structures"]
    assert (a["nom"], a["n"], a["observe"]) == ("Équipe A", 25, 0.4)
    assert a["attendu"] == pytest.approx(13 / 53, abs=1e-4)
    assert (b["nom"], b.get("cachee"), "observe" in b) == ("Équipe B", True, False)
    assert (r["petites"], r["personnes"]) == (1, 53)
    departement = comparer(
        lac.manifeste, {"au": AU.isoformat(), "groupe": "operateur_emploi", "issues": ["contrat_un_mois"]}
    )
    assert departement["issues"]["contrat_un_mois"]["structures"] == []


def test_a_file_is_scored_piece_by_piece_as_the_indicator_scores_it(monde: dict[str, Any]) -> None:
    """The pieces, weighed again, give what the view of the indicator gives, person by person."""
    f.contact(monde["personnes"]["vite"])
    manifeste = monde["lac"].manifeste
    with ouvrir(manifeste, contexte([AU], manifeste.derniere_photo)) as session:
        lue = session.executer(lire("saisies/champs"))
        colonnes = [d[0] for d in lue.description]
        pieces = [dict(zip(colonnes, ligne, strict=True)) for ligne in lue.fetchall()]
        vue = dict(session.executer("SELECT personne_id, 100.0 * points / attendus FROM remplissage").fetchall())
    assert len(vue) == 8  # two have left
    assert {p["personne_id"]: score_de({c.code: p[c.code] for c in SCORE}) for p in pieces} == pytest.approx(vue)
    r = examiner(manifeste, {"au": AU.isoformat()})
    assert r["ensemble"]["n"] == len(vue)
    assert r["structures"] == []  # fewer than twenty people each


def test_series_count_whom_they_say(monde: dict[str, Any]) -> None:
    """Twelve people oriented in the same quarter, contract after ten days for each: one quarter, median ten."""
    eds = monde["eds"]
    for _ in range(12):
        personne = gens.soumise(depuis=date(2025, 1, 31))
        gens.orientation(personne, eds, date(2025, 7, 10))
        gens.referent(personne, eds, None, date(2025, 7, 10))
        gens.contrat(personne, eds, date(2025, 7, 20))
        for jour in (1, 2):
            gens.fait(personne, G.CONTACT, date(2025, 10, jour), resultat="jointe")
    mesures = suivre(monde["lac"].manifeste, {"au": AU.isoformat()})["mesures"]
    (delai,) = [s for s in mesures["contrat"]["structures"] if s["code"] == eds.code]
    assert dict(zip(mesures["contrat"]["trimestres"], delai["valeurs"], strict=True))["2025-07-01"] == 10
    (rythme,) = [s for s in mesures["frequence"]["structures"] if s["code"] == eds.code]
    dernier = dict(zip(mesures["frequence"]["trimestres"], rythme["valeurs"], strict=True))["2025-10-01"]
    assert dernier == pytest.approx(24 / 19, abs=0.01)  # twelve of them twice, seven others not at all
    assert rythme["habitude"] is None
