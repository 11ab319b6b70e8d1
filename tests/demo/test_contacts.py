"""The synthetic contacts file, read back by the real reader."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from cordee.demo.contacts import ENTETE, NUMERO_DU_CCAS, PLAGES, SYNTHETIQUE, generer_contacts
from cordee.demo.identites import est_nir_invente
from cordee.echanges.contacts.lecture import LigneLue, lire
from cordee.metier.personnes.enums import Autorisation


def lues(tmp_path: Path, mois: str = "2025-03", **options: int) -> list[LigneLue]:
    chemin = tmp_path / "c.csv"
    assert generer_contacts(mois, **{"foyers": 900, "graine": 5, **options}, sortie=chemin) > 0  # type: ignore[arg-type]
    lignes = list(lire(chemin))
    assert all(isinstance(ligne, LigneLue) for ligne in lignes)
    return lignes  # type: ignore[return-value]


def test_les_memes_octets_pour_une_graine(tmp_path: Path) -> None:
    lues(tmp_path)
    octets = (tmp_path / "c.csv").read_bytes()
    lues(tmp_path)
    assert (tmp_path / "c.csv").read_bytes() == octets
    lues(tmp_path, graine=6)
    assert (tmp_path / "c.csv").read_bytes() != octets


def test_des_parts_vraisemblables(tmp_path: Path) -> None:
    lignes = lues(tmp_path)
    assert 0.85 < sum(bool(ligne.telephones) for ligne in lignes) / len(lignes) < 0.94
    assert 0.33 < sum(bool(ligne.courriel) for ligne in lignes) / len(lignes) < 0.47
    assert {ligne.role for ligne in lignes} == {"dem", "cjt"}
    assert any(ligne.autorisation_telephone is Autorisation.REFUS for ligne in lignes)
    assert any("telephone_illisible" in ligne.avis for ligne in lignes)


def test_seuls_des_numeros_de_fiction(tmp_path: Path) -> None:
    lignes = lues(tmp_path)
    numeros = [numero for ligne in lignes for numero in ligne.telephones]
    assert all(numero.startswith(PLAGES) for numero in numeros)
    assert all(ligne.courriel.endswith("@example.org") for ligne in lignes if ligne.courriel)
    assert all(est_nir_invente(ligne.nir) for ligne in lignes)
    entete, *brutes = (tmp_path / "c.csv").read_text("cp1252").splitlines()
    assert entete.split(";") == list(ENTETE)
    assert all(SYNTHETIQUE in brute for brute in brutes)


def test_un_numero_de_tiers_et_des_zeros_perdus(tmp_path: Path) -> None:
    lignes = lues(tmp_path)
    dossiers = Counter(numero for ligne in lignes if ligne.role == "dem" for numero in ligne.telephones)
    assert [numero for numero, n in dossiers.items() if n > 1] == [NUMERO_DU_CCAS]
    assert dossiers[NUMERO_DU_CCAS] > 3
    brut = (tmp_path / "c.csv").read_text("cp1252")
    assert brut.count(";63998") > brut.count(";063998") > 0


def test_des_numeros_changent_d_un_mois_a_l_autre(tmp_path: Path) -> None:
    avant = {ligne.nir: ligne.telephones for ligne in lues(tmp_path)}
    apres = {ligne.nir: ligne.telephones for ligne in lues(tmp_path, "2025-06")}
    communes = avant.keys() & apres.keys()
    changes = sum(avant[nir] != apres[nir] for nir in communes)
    assert 0 < changes < len(communes) * 0.1
