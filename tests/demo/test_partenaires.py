"""The synthetic files of partners, read back by the real readers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cordee.demo.identites import est_nir_invente
from cordee.demo.partenaires import COLONNES, generer_operateur, generer_tableau
from cordee.echanges.operateur_emploi.lecture import CHEMINS, entete, lire
from cordee.echanges.partenaires.valeurs import LigneEcartee, LigneLue, Total
from cordee.echanges.tableurs import lecture as tableurs

LIMITE = date(2026, 2, 20)


def test_les_memes_octets_pour_une_graine(tmp_path: Path) -> None:
    for fabriquer, nom in ((generer_operateur, "o.xml"), (generer_tableau, "t.xlsx"), (generer_tableau, "t.csv")):
        octets = []
        for graine in (5, 5, 6):
            assert fabriquer("2026-02", foyers=120, graine=graine, sortie=tmp_path / nom) > 0
            octets.append((tmp_path / nom).read_bytes())
        assert octets[0] == octets[1] != octets[2]


def test_le_fichier_de_l_operateur_a_ses_vrais_defauts(tmp_path: Path) -> None:
    chemin = tmp_path / "o.xml"
    ecrits = generer_operateur("2026-02", foyers=1200, graine=5, sortie=chemin)
    lues = list(lire(chemin, chemins=CHEMINS, limite=LIMITE))
    assert lues.pop() == Total(lus=ecrits, annonces=ecrits)
    assert (entete(chemin).reference, entete(chemin).fabrique_le) == (date(2026, 1, 31), LIMITE)
    ecartees = [x for x in lues if isinstance(x, LigneEcartee)]
    prises = [x for x in lues if isinstance(x, LigneLue)]
    assert {x.code for x in ecartees} == {"identite_insuffisante"}
    part = sum(bool(x.contrat) for x in prises) / len(prises)
    assert 0.6 < part < 0.9
    assert any(x.contrat.partielle for x in prises)
    assert any(not x.contact for x in prises)
    assert all(est_nir_invente(x.nir) for x in prises if x.nir)
    assert any(not x.nir for x in prises)


@pytest.mark.parametrize("nom", ["t.xlsx", "t.csv"])
def test_le_tableau_dit_la_meme_chose_que_le_fichier_de_l_operateur(tmp_path: Path, nom: str) -> None:
    generer_operateur("2026-02", foyers=300, graine=5, sortie=tmp_path / "o.xml")
    generer_tableau("2026-02", foyers=300, graine=5, sortie=tmp_path / nom)
    operateur = list(lire(tmp_path / "o.xml", chemins=CHEMINS, limite=LIMITE))
    table = list(tableurs.lire(tmp_path / nom, tableurs.Plan(COLONNES), limite=LIMITE))
    dits = [
        [(x.numdemrsa, x.etat_civil.nom, str(x.contrat), str(x.contact)) for x in lues if isinstance(x, LigneLue)]
        for lues in (operateur, table)
    ]
    assert dits[0] == dits[1]
