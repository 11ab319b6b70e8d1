"""The daily files of the synthetic population."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from cordee.demo.evolution import mois_suivant
from cordee.demo.fichiers import population_pour
from cordee.demo.quotidiens import (
    JourImpossible,
    ecrire_quotidien,
    fait_generateur,
    generer_quotidien,
    jours_de_fichier,
)
from cordee.echanges.caf.codes import LIBELLES
from cordee.echanges.caf.lecture import FoyerLu, Rejet, Total, entete, lire


def test_un_mois_de_fichiers(tmp_path: Path) -> None:
    """Each change is sent once, on a working day, with what caused it; nothing unreadable, nobody unchanged."""
    avant = population_pour("2026-11", foyers=900, graine=7)
    apres = mois_suivant(avant)
    anciens = {m.numdemrsa for m in avant.menages}
    jours = jours_de_fichier(avant, apres)
    assert date(2026, 11, 11) not in jours  # a public holiday
    assert jours[0] == date(2026, 11, 2)
    vus: list[str] = []
    for jour in jours:
        chemin = tmp_path / f"{jour}.xml"
        nombre = ecrire_quotidien(avant, apres, jour, chemin)
        if not nombre:
            assert not chemin.exists()
            continue
        assert entete(chemin).type_flux == "I"
        assert entete(chemin).cree_le.date() == jour
        *foyers, total = lire(chemin)
        assert isinstance(total, Total)
        assert total.coherent
        for foyer in foyers:
            assert not isinstance(foyer, Rejet)
            assert isinstance(foyer, FoyerLu)
            (evenement,) = foyer.evenements
            assert evenement.fait in LIBELLES["FG"]
            assert evenement.le is not None
            assert avant.au <= evenement.le < jour
            if evenement.fait == "DEMRSA" and foyer.etat != "1":
                assert foyer.numdemrsa not in anciens
            vus.append(foyer.numdemrsa)
    assert len(vus) == len(set(vus))
    assert len(vus) > 40


def test_toujours_le_meme(tmp_path: Path) -> None:
    un, deux = tmp_path / "1.xml", tmp_path / "2.xml"
    for sortie in (un, deux):
        assert generer_quotidien(date(2026, 11, 16), foyers=600, graine=5, sortie=sortie) > 0
    assert un.read_bytes() == deux.read_bytes()


@pytest.mark.parametrize("jour", [date(2026, 11, 15), date(2026, 11, 11)])
def test_aucun_fichier_un_jour_chome(jour: date, tmp_path: Path) -> None:
    with pytest.raises(JourImpossible, match="jour ouvré"):
        generer_quotidien(jour, foyers=50, graine=5, sortie=tmp_path / "f.xml")


def test_un_fichier_vide_n_est_pas_envoye(tmp_path: Path) -> None:
    with pytest.raises(JourImpossible, match="Rien n'a changé"):
        generer_quotidien(date(2026, 11, 16), foyers=1, graine=5, sortie=tmp_path / "f.xml")
    assert not (tmp_path / "f.xml").exists()


def test_fait_generateur_d_une_arrivee() -> None:
    population = population_pour("2025-01", foyers=400, graine=3)
    arrive = next(m for m in population.menages if m.cedant)
    ordinaire = next(m for m in population.menages if not m.cedant)
    assert fait_generateur(None, arrive) == "MUT"
    assert fait_generateur(None, ordinaire) == "DEMRSA"


@pytest.mark.reference
def test_valide_au_schema_public(tmp_path: Path, fichier_reference: Callable[[str], Path]) -> None:
    schema = etree.XMLSchema(etree.parse(fichier_reference("caf/vrsb0801.xsd")))
    sortie = tmp_path / "f.xml"
    generer_quotidien(date(2026, 11, 16), foyers=900, graine=94, sortie=sortie)
    arbre = etree.parse(str(sortie))
    assert schema.validate(arbre), schema.error_log
