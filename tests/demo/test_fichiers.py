"""The monthly files of the synthetic population, read back by the real reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from cordee.demo.fichiers import (
    ORIGINE,
    MoisImpossible,
    ecrire_mensuel,
    foyers_lus,
    generer_mensuel,
    population_pour,
    reference_de,
)
from cordee.demo.population import generer, mois_suivant
from cordee.echanges.caf.lecture import FoyerLu, Total, entete, lire
from cordee.echanges.caf.liste_caisse import ENTETES
from cordee.socle.horloge import PARIS
from cordee.socle.nir import cle_juste


def lus(chemin: Path) -> list[FoyerLu]:
    return [lu for lu in lire(chemin) if isinstance(lu, FoyerLu)]


def test_lu_comme_ecrit(tmp_path: Path) -> None:
    """Every typed field of every household survives the file; nothing is odd but the flags left out on purpose."""
    population = population_pour("2025-03", foyers=400, graine=11)
    chemin = tmp_path / "f.xml"
    nombre = ecrire_mensuel(population, "2025-03", chemin)
    *foyers, total = lire(chemin)
    attendus = [
        replace(f, personnes=tuple(_avec_nir(p) for p in f.personnes))
        for f in foyers_lus(population, "CAF", population.au)
    ]
    assert foyers == attendus
    assert total == Total(annonces=nombre, annonces_en_anomalie=0, lus=nombre, rejetes=0)
    assert {a.code for f in lus(chemin) for a in f.avertissements} <= {"soumission_inconnue"}


def _avec_nir(personne):  # type: ignore[no-untyped-def]
    return replace(personne, nir=personne.nir_brut[:13])


def test_entete_d_un_mensuel(tmp_path: Path) -> None:
    """Created around the 5th of M, photo of the last day of M-1 (E01)."""
    chemin = tmp_path / "f.xml"
    generer_mensuel("2025-03", foyers=3, graine=1, sortie=chemin)
    lue = entete(chemin)
    assert lue.cree_le == datetime(2025, 3, 5, 1, 18, 36, tzinfo=PARIS)
    assert lue.reference == date(2025, 2, 28)
    assert {(f.fonction_organisme, f.numero_organisme, f.partenaire) for f in lus(chemin)} == {("CAF", "941", "094")}


def test_memes_octets(tmp_path: Path) -> None:
    for nom in ("a.xml", "b.xml"):
        generer_mensuel("2025-02", foyers=60, graine=4, sortie=tmp_path / nom)
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()
    generer_mensuel("2025-02", foyers=60, graine=5, sortie=tmp_path / "c.xml")
    assert (tmp_path / "c.xml").read_bytes() != (tmp_path / "a.xml").read_bytes()


def test_deux_mois_de_la_meme_population(tmp_path: Path) -> None:
    generer_mensuel("2025-01", foyers=300, graine=4, sortie=tmp_path / "1.xml")
    generer_mensuel("2025-02", foyers=300, graine=4, sortie=tmp_path / "2.xml")
    avant, apres = ({f.numdemrsa for f in lus(tmp_path / nom)} for nom in ("1.xml", "2.xml"))
    assert 0 < len(apres - avant) < 20
    assert 0 < len(avant - apres) < 30


def test_calculs_figes_ne_laissent_que_les_changements(tmp_path: Path) -> None:
    """Rights are calculated anew each month; held still, most households keep the same print."""
    avant = generer(foyers=300, graine=2, au=ORIGINE)
    apres = mois_suivant(avant)
    ecrire_mensuel(avant, "2025-01", tmp_path / "1.xml")
    ecrire_mensuel(apres, "2025-02", tmp_path / "vrai.xml")
    ecrire_mensuel(apres, "2025-02", tmp_path / "fige.xml", calculs_au=avant.au)
    hier = {f.numdemrsa: f.empreinte for f in lus(tmp_path / "1.xml")}
    gardes = {
        nom: sum(hier.get(f.numdemrsa) == f.empreinte for f in lus(tmp_path / nom)) for nom in ("vrai.xml", "fige.xml")
    }
    assert gardes["fige.xml"] > 240
    assert gardes["vrai.xml"] < 60


def test_msa_dans_son_fichier(tmp_path: Path) -> None:
    population = generer(foyers=2500, graine=2, au=ORIGINE)
    nombre = ecrire_mensuel(population, "2025-01", tmp_path / "msa.xml", organisme="MSA")
    foyers = lus(tmp_path / "msa.xml")
    assert 0 < nombre == len(foyers) < 20
    assert {f.fonction_organisme for f in foyers} == {"MSA"}
    assert all(cle_juste(p.nir_brut) for f in foyers for p in f.personnes if p.role != "ENF")


def test_montants_du_droit(tmp_path: Path) -> None:
    """A lone person without resources, at the amounts of 2025-01: 635.71 less 12 % for housing."""
    generer_mensuel("2025-02", foyers=300, graine=4, sortie=tmp_path / "f.xml")
    seuls = [
        f.montants
        for f in lus(tmp_path / "f.xml")
        if len(f.personnes) == 1 and f.montants and not f.montants.ressources and not f.personnes[0].grossesse
    ]
    assert {(m.revenu_garanti, m.forfait_logement, m.total) for m in seuls} == {
        (Decimal("635.71"), Decimal("76.29"), Decimal("559.42")),
        (Decimal("635.71"), Decimal("0.00"), Decimal("635.71")),
    }


@pytest.mark.parametrize("mois", ["2025-13", "janvier", "2025", "2024-11"])
def test_mois_impossible(tmp_path: Path, mois: str) -> None:
    with pytest.raises(MoisImpossible):
        generer_mensuel(mois, foyers=1, graine=1, sortie=tmp_path / "f.xml")


def test_photo_d_un_autre_mois_refusee(tmp_path: Path) -> None:
    with pytest.raises(MoisImpossible, match="31/12/2024"):
        ecrire_mensuel(generer(foyers=1, graine=1, au=ORIGINE), "2025-06", tmp_path / "f.xml")
    assert reference_de("2024-03") == date(2024, 2, 29)


@pytest.mark.reference
def test_conforme_au_schema_public(tmp_path: Path, fichier_reference: Callable[[str], Path]) -> None:
    schema = etree.XMLSchema(etree.parse(fichier_reference("caf/vrsb0801.xsd")))
    for mois, organisme in (("2025-01", "CAF"), ("2025-09", "CAF"), ("2025-01", "MSA")):
        generer_mensuel(mois, foyers=1200, graine=8, sortie=tmp_path / "f.xml", organisme=organisme)
        schema.assertValid(etree.parse(tmp_path / "f.xml"))


def test_the_payer_applies_the_lists_it_is_sent(tmp_path: Path) -> None:
    """A reduction, then its lifting: what ``generer_flux --liste`` writes in the true format."""
    menage = next(
        m for m in population_pour("2025-02", foyers=12, graine=94).menages
        if m.organisme == "CAF" and m.etat == "2" and m.transmis
    )  # fmt: skip
    entetes = ";".join(ENTETES)
    demande = f"{menage.numdemrsa};1;A;B;Appliquer;50;;2;01/01/2025;01/03/2025;;CASF L262-37;D1;non;1"
    levee = f"{menage.numdemrsa};1;A;B;Lever;0;;;01/01/2025;;01/01/2025;CASF L262-37;D1;non;2"
    listes = [tmp_path / "janvier.csv", tmp_path / "urgente.csv"]
    for chemin, ligne in zip(listes, (demande, levee), strict=True):
        chemin.write_text(f"{entetes}\r\n{ligne}\r\n", encoding="utf-8-sig")
    sortie = tmp_path / "mensuel.xml"
    generer_mensuel("2025-02", foyers=12, graine=94, sortie=sortie, listes=listes[:1])
    texte = sortie.read_text(encoding="iso-8859-1")
    assert texte.count("<ReductionRSA>") == 1
    assert "<DDREDRSA>2025-01-01</DDREDRSA>" in texte
    assert "<DFREDRSA>2025-02-28</DFREDRSA>" in texte
    generer_mensuel("2025-02", foyers=12, graine=94, sortie=sortie, listes=listes)
    assert "<ReductionRSA>" not in sortie.read_text(encoding="iso-8859-1")
