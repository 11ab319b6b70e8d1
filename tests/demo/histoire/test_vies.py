"""Lives: legal at each step, told again by the engine, rows that the database would take, the same for a seed."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cordee.demo.histoire.modele import VieVecue
from cordee.demo.histoire.vies import vivre
from cordee.demo.histoire.vies.vie import MAJ, PERSONNE
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.regles import Situation, derouler, verifier
from cordee.metier.parcours.regles.deroulement import ETAPE
from tests.demo.histoire.vies_exemples import AU, NumerosDePapier, adultes, organisation, vies

E = GenreEvenement
Rangees = list[dict[str, Any]]


@pytest.fixture(scope="module")
def vecues() -> list[VieVecue]:
    return [vie for _, vie in vies()]


def test_chaque_acte_etait_permis_et_le_moteur_redit_la_meme_vie(vecues: list[VieVecue]) -> None:
    for vie in vecues:
        situation, lignes = derouler(Situation(), [e.fait for e in vie.evenements], avant_chaque=verifier)
        assert situation == vie.situation
        assert sorted(map(repr, lignes)) == sorted(map(repr, vie.lignes))


def test_le_temps_ne_recule_pas_et_rien_ne_depasse_le_dernier_jour(vecues: list[VieVecue]) -> None:
    for vie in vecues:
        instants = [e.fait.survenu_le for e in vie.evenements]
        assert instants == sorted(instants)
        assert [e.fait.id for e in vie.evenements] == sorted(e.fait.id for e in vie.evenements)
        assert all(i.date() <= AU for i in instants)


def test_une_personne_soumise_a_une_etape(vecues: list[VieVecue]) -> None:
    soumises = [v for v in vecues if v.situation.soumis]
    assert len(soumises) > 200
    for vie in soumises:
        (ouverte,) = [ligne for ligne in vie.lignes if ligne.cle == ETAPE and ligne.fermee_le is None]
        assert ouverte.tache == vie.situation.etape


def _periodes(rangees: Rangees) -> list[tuple[date, date]]:
    return sorted((r["debut"], r["fin"] or date.max) for r in rangees if r["debut"] is not None)


def _se_chevauchent(rangees: Rangees) -> bool:
    periodes = [(d, f) for d, f in _periodes(rangees) if d < f]
    return any(suivante[0] < precedente[1] for precedente, suivante in itertools.pairwise(periodes))


def _par_cle(rangees: Rangees, *cles: str) -> Iterator[Rangees]:
    groupes: defaultdict[tuple[Any, ...], Rangees] = defaultdict(list)
    for rangee in rangees:
        groupes[tuple(rangee[c] for c in cles)].append(rangee)
    yield from groupes.values()


def test_les_rangees_respectent_les_contraintes_de_la_base(vecues: list[VieVecue]) -> None:
    for vie in vecues:
        objets = vie.objets
        assert not _se_chevauchent(objets.get("orientation_orientation", []))
        contrats = objets.get("contrats_contrat", [])
        assert not _se_chevauchent([c for c in contrats if c["debut"] >= date(2025, 1, 1)])
        for memes in _par_cle([c for c in contrats if c["debut"] < date(2025, 1, 1)], "genre"):
            assert not _se_chevauchent(memes)
        rattachements = objets.get("personnes_rattachement", [])
        assert all(r["fin"] is None or r["fin"] > r["debut"] for r in rattachements)
        for memes in _par_cle([r for r in rattachements if r["finalite"] in ("referent", "secteur")], "finalite"):
            assert not _se_chevauchent(memes)
        rdv = objets.get("rendezvous_rendezvous", [])
        assert all(r["fin"] > r["debut"] for r in rdv)
        assert sum(r["statut"] == "prevu" for r in rdv) <= 1
        assert all(r["fin"] > r["debut"] for r in objets.get("devoirs_mesuredecidee", []))
        for memes in _par_cle(objets.get("suivi_informationpartenaire", []), "structure_id"):
            assert len(memes) == 1


def test_un_rendez_vous_passe_a_une_issue(vecues: list[VieVecue]) -> None:
    for vie in vecues:
        for rdv in vie.objets.get("rendezvous_rendezvous", []):
            assert rdv["statut"] != "prevu" or rdv["debut"].date() >= AU - timedelta(days=1)


def test_decision_et_contrat_en_vigueur_sont_ceux_du_parcours(vecues: list[VieVecue]) -> None:
    vus = Counter[str]()
    for vie in vecues:
        s = vie.situation
        ouvertes = [o["id"] for o in vie.objets.get("orientation_orientation", []) if o["fin"] is None]
        attendues = [] if s.orientation is None or s.etat is Etat.DECEDEE else [s.orientation.id]
        assert ouvertes == attendues
        ouverts = [c["id"] for c in vie.objets.get("contrats_contrat", []) if c["fin"] is None]
        assert len(ouverts) <= 1
        assert not ouverts or ouverts == [s.contrat]
        acces = [r for r in vie.objets.get("personnes_rattachement", []) if r["finalite"] == "referent"]
        ouverte = [(r["structure_id"], r["agent_id"]) for r in acces if r["fin"] is None]
        if s.referent_structure is not None and s.etat is not Etat.DECEDEE:
            assert ouverte == [(s.referent_structure, s.referent_agent)]
            vus["referent"] += 1
        else:
            assert not ouverte
    assert vus["referent"] > 100


def test_la_meme_graine_redonne_la_meme_vie() -> None:
    adulte = next(a for a in adultes(personnes=40) if len(a.faits) > 2)
    une, autre = (vivre(adulte, organisation(), NumerosDePapier(), au=AU) for _ in range(2))
    assert une == autre
    contexte = organisation(2)
    assert vivre(adulte, contexte, NumerosDePapier(), au=AU).evenements != une.evenements


def test_une_vie_arretee_se_reprend_ou_elle_en_etait() -> None:
    """The last days lived from the stored situation: the same rules, and updates of rows of before."""
    arret = date(2026, 10, 1)
    suites = Counter[str]()
    for adulte in adultes(personnes=120):
        avant = vivre(replace(adulte, faits=tuple(f for f in adulte.faits if f.recu_le.date() < arret)),
                      organisation(), NumerosDePapier(), au=arret - timedelta(days=1))  # fmt: skip
        if not avant.situation.soumis:
            continue
        suite = vivre(adulte, organisation(), NumerosDePapier(), du=arret, au=AU, depuis=avant.situation)
        faits = [e.fait for e in avant.evenements] + [replace(e.fait, id=e.fait.id + 10_000) for e in suite.evenements]
        assert derouler(Situation(), faits, avant_chaque=verifier)[0].etat is suite.situation.etat
        suites.update(str(e.fait.genre) for e in suite.evenements)
        assert all(table.startswith(MAJ) or "id" in r for table, rs in suite.objets.items() for r in rs)
    assert suites["contact"] > 20


def test_un_deces_confirme_date_la_personne(vecues: list[VieVecue]) -> None:
    decedees = [v for v in vecues if v.situation.etat is Etat.DECEDEE]
    assert decedees
    for vie in decedees:
        (maj,) = vie.objets[MAJ + PERSONNE]
        assert maj["id"] == vie.personne_id
        assert vie.evenements[-1].fait.genre in (E.DECES, E.RENDEZ_VOUS_ANNULE)


def test_une_mineure_est_relayee() -> None:
    """Files of the history show adults: the act exists all the same."""
    adulte = next(a for a in adultes(personnes=80) if any(f.recu_le.year == 2024 for f in a.faits))
    enfance = timedelta(days=365 * 17 + 100)
    entree = next(f.recu_le.date() for f in adulte.faits if f.recu_le.year == 2024)
    jeune = replace(adulte.individu, naissance=entree - enfance)
    photos = tuple((jour, menage, replace(i, naissance=entree - enfance)) for jour, menage, i in adulte.photos)
    vie = vivre(replace(adulte, individu=jeune, photos=photos), organisation(), NumerosDePapier(), au=AU)
    constats = [e.fait.donnees["etat"] for e in vie.evenements if e.fait.genre is E.SITUATION_PARTICULIERE]
    assert Etat.MINEURE in constats


def test_un_rendez_vous_de_la_veille_trouve_son_issue() -> None:
    """A life that goes on is told of the appointment that was expected."""
    arret = date(2026, 10, 1)
    issues = 0
    for adulte in adultes(personnes=400):
        faits = tuple(f for f in adulte.faits if f.recu_le.date() < arret)
        avant = vivre(replace(adulte, faits=faits), organisation(), NumerosDePapier(), au=arret - timedelta(days=1))
        prevus = [r for r in avant.objets.get("rendezvous_rendezvous", []) if r["statut"] == "prevu"]
        if not prevus:
            continue
        (prevu,) = prevus
        suite = vivre(
            adulte, organisation(), NumerosDePapier(), du=arret, au=AU, depuis=avant.situation, rendez_vous=prevu
        )
        (maj,) = suite.objets[f"{MAJ}rendezvous_rendezvous"]
        assert maj["id"] == prevu["id"]
        assert maj["statut"] != "prevu"
        issues += 1
    assert issues
