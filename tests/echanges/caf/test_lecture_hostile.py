"""Files that come from outside: compressed, in several encodings, truncated, hostile."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from cordee.echanges.caf.lecture import FichierRefuse, FoyerLu, Rejet, Total, entete, lire
from cordee.echanges.fichiers import flux_xml, ouverture
from cordee.echanges.fichiers.depot import sha256
from tests.echanges.caf.blocs import ENTETE, Flux, foyer

DTD = '<!DOCTYPE Racine [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
EXTERNE = '<!DOCTYPE Racine [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def refus(chemin: Path) -> str:
    with pytest.raises(FichierRefuse) as capture:
        list(lire(chemin))
    return str(capture.value)


def voie(chemin: Path) -> str:
    premier = next(lire(chemin))
    assert isinstance(premier, FoyerLu)
    return premier.adresses[0].nom_voie


@pytest.mark.parametrize(
    ("encodage", "python"),
    [("ISO-8859-1", "latin-1"), ("windows-1252", "cp1252"), ("UTF-8", "utf-8"), ("UTF-8", "utf-8-sig")],
)
def test_encodages_du_prologue(flux: Flux, encodage: str, python: str) -> None:
    chemin = flux(foyer("1", ("DU PITON", "DE L'ÉVÊCHÉ À ÇA")), encodage=encodage, python=python)
    assert voie(chemin) == "DE L'ÉVÊCHÉ À ÇA"


def test_windows_1252_et_ses_lettres(flux: Flux) -> None:
    chemin = flux(foyer("1", ("DU PITON", "DU SACRÉ-CŒUR’S")), encodage="windows-1252", python="cp1252")
    assert voie(chemin) == "DU SACRÉ-CŒUR’S"


def test_iso_8859_1_qui_est_en_fait_windows_1252(flux: Flux) -> None:
    chemin = flux(foyer("1", ("DU PITON", "DU SACRÉ-CŒUR’S")), encodage="ISO-8859-1", python="cp1252")
    assert voie(chemin) == "DU SACRÉ-CŒUR’S"


def test_encodage_menteur_au_milieu(flux: Flux) -> None:
    """A household whose bytes are not what the prologue says is set aside; the others stay."""
    mauvais = foyer("2", ("DU PITON", "DE L'ÉTÉ"))
    lus = list(lire(flux(foyer("1"), mauvais, foyer("3"), encodage="UTF-8", python="latin-1")))
    assert [type(lu) for lu in lus] == [FoyerLu, Rejet, FoyerLu, Total]


@pytest.mark.parametrize("encodage", ["UTF-16", "UTF-7", "IBM500"])
def test_encodage_non_pris_en_charge(flux: Flux, encodage: str) -> None:
    assert "encodage" in refus(flux(foyer(), encodage=encodage, python="utf-16" if encodage == "UTF-16" else "ascii"))


@pytest.mark.parametrize("nom", ["flux.xml.gz", "NRSACGIM_RSABEM_20260105_A0407584.RCV", "sans_extension"])
def test_gzip_reconnu_a_son_contenu(flux: Flux, tmp_path: Path, nom: str) -> None:
    clair = flux(foyer("1"), nom="clair")
    chemin = tmp_path / nom
    chemin.write_bytes(gzip.compress(clair.read_bytes()))
    assert list(lire(chemin)) == list(lire(clair))
    assert sha256(chemin) != sha256(clair)


def test_gzip_incomplet_ou_abime(flux: Flux, tmp_path: Path) -> None:
    compresse = gzip.compress(flux(*(foyer(str(n)) for n in range(50))).read_bytes())
    chemin = tmp_path / "f.gz"
    chemin.write_bytes(compresse[:-200])
    assert "incomplet" in refus(chemin)
    chemin.write_bytes(compresse[:40] + b"\xff" * 30 + compresse[70:])
    assert "abîmé" in refus(chemin)


def test_bombe_gzip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ouverture, "_DEBUT_TAUX", 1024**2)
    debut = f"<Racine>{ENTETE}<InfosFoyerRSA>".encode()
    chemin = tmp_path / "bombe.gz"
    chemin.write_bytes(gzip.compress(debut + b" " * 20 * 1024**2))
    assert "démesuré" in refus(chemin)


def test_taille_totale_bornee(flux: Flux, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flux_xml, "TAILLE_MAX", 100_000)
    assert "démesuré" in refus(flux(*(foyer(str(n)) for n in range(100))))


def test_foyer_borne(flux: Flux, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flux_xml, "FOYER_MAX", 200_000)
    enorme = foyer("2", ("</QUAL>", "</QUAL>" + "<X>y</X>" * 40_000))
    assert "dépasse" in refus(flux(foyer("1"), enorme))


def test_profondeur_bornee(flux: Flux) -> None:
    """libxml2 stops at 256 levels; the household that digs is set aside."""
    profond = foyer("2", ("</QUAL>", "</QUAL>" + "<X>" * 5_000 + "</X>" * 5_000))
    lus = list(lire(flux(foyer("1"), profond, foyer("3"))))
    assert [type(lu) for lu in lus] == [FoyerLu, Rejet, FoyerLu, Total]


@pytest.mark.parametrize("doctype", [DTD, EXTERNE, "<!DOCTYPE Racine SYSTEM 'http://exemple.invalid/x.dtd'>"])
def test_type_de_document_refuse(flux: Flux, doctype: str) -> None:
    chemin = flux(foyer("1", ("DU PITON", "RUE")))
    chemin.write_bytes(chemin.read_bytes().replace(b"<Racine>", doctype.encode() + b"<!-- --><Racine>", 1))
    assert "DTD" in refus(chemin)
    with pytest.raises(FichierRefuse):
        entete(chemin)


def test_entite_inconnue(flux: Flux) -> None:
    lus = list(lire(flux(foyer("1", ("DU PITON", "&secret;")), foyer("2"))))
    assert [type(lu) for lu in lus] == [Rejet, FoyerLu, Total]


def test_entites_ordinaires(flux: Flux) -> None:
    assert voie(flux(foyer("1", ("DU PITON", "A &amp; B &lt;C&gt; &#201;")))) == "A & B <C> É"


@pytest.mark.parametrize("fautif", ["DU PITON & CIE", "DU <PITON", "DU\x01PITON", "DU PITON</NOMVOIX>"])
def test_xml_incorrect_dans_un_foyer(flux: Flux, fautif: str) -> None:
    """One malformed household, at any place of a long file, is a reject that says its line; the others are read."""
    autres = [foyer(str(n)) for n in range(1, 60)]
    chemin = flux(*autres[:30], foyer("fautif", ("DU PITON", fautif)), *autres[30:], annonces=60)
    lus = list(lire(chemin))
    rejets = [lu for lu in lus if isinstance(lu, Rejet)]
    assert [(rejet.rang, rejet.code, rejet.numdemrsa) for rejet in rejets] == [(31, "xml_incorrect", "fautif")]
    assert chemin.read_bytes().splitlines()[rejets[0].ligne - 1] == b"<InfosFoyerRSA>"
    assert [lu.numdemrsa for lu in lus if isinstance(lu, FoyerLu)] == [str(n) for n in range(1, 60)]
    assert lus[-1] == Total(annonces=60, annonces_en_anomalie=0, lus=60, rejetes=1)


def test_fin_de_foyer_manquante(flux: Flux) -> None:
    lus = list(lire(flux(foyer("1", ("</InfosFoyerRSA>", "")), foyer("2"))))
    assert [type(lu) for lu in lus] == [Rejet, FoyerLu, Total]


@pytest.mark.parametrize("reste", [0.2, 0.5, 0.9, 0.999])
def test_fichier_tronque(flux: Flux, tmp_path: Path, reste: float) -> None:
    entier = flux(*(foyer(str(n)) for n in range(40))).read_bytes()
    coupe = entier[: int(len(entier) * reste)]
    chemin = tmp_path / "coupe.xml"
    chemin.write_bytes(coupe)
    derniere = coupe.count(b"\n") + 1
    assert f"s'arrête à la ligne {derniere}" in refus(chemin)


@pytest.mark.parametrize("bourrage", [b"\x1a", b"\0" * 300, b"\r\n\r\n"])
def test_bourrage_de_fin(flux: Flux, bourrage: bytes) -> None:
    """Old transfer programs pad the end of a file: nothing is lost, nothing counted twice."""
    chemin = flux(*(foyer(str(n)) for n in range(30)))
    sain = list(lire(chemin))
    chemin.write_bytes(chemin.read_bytes() + bourrage)
    assert list(lire(chemin)) == sain


def test_tronque_et_incorrect(flux: Flux, tmp_path: Path) -> None:
    entier = flux(foyer("1"), foyer("2", ("DU PITON", "A & B")), *(foyer(str(n)) for n in range(3, 90))).read_bytes()
    chemin = tmp_path / "coupe.xml"
    chemin.write_bytes(entier[:-30])
    assert "incomplet" in refus(chemin)


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        (b"", "vide"),
        (b"   \n", "vide"),
        (b"NOM;PRENOM\nTIREVENT;NORA\n", "pas un flux XML"),
        (b"PK\x03\x04trucs", "ZIP"),
        (b"<html><body/></html>", "html"),
        (b"<fichier-PE-CG><entete/></fichier-PE-CG>", "opérateur de l'emploi"),
        (b"<Racine><InfosFoyerRSA></InfosFoyerRSA></Racine>", "en-tête"),
    ],
)
def test_autre_chose_qu_un_flux(tmp_path: Path, contenu: bytes, attendu: str) -> None:
    chemin = tmp_path / "f"
    chemin.write_bytes(contenu)
    assert attendu in refus(chemin)


@pytest.mark.parametrize(
    ("bloc", "attendu"),
    [
        ("<InfosFinancieresFoyerRSA/>", "financier"),
        ("<InfosCreanceFoyerRSA/>", "créances"),
        ("<InfoDemandeRSA/>", "instruction"),
        ("<Surprise/>", "Surprise"),
    ],
)
def test_autre_genre_de_flux(flux: Flux, bloc: str, attendu: str) -> None:
    assert attendu in refus(flux(bloc))


@pytest.mark.parametrize(
    ("avant", "apres", "attendu"),
    [
        ("<TYPEFLUX>M", "<TYPEFLUX>Z", "TYPEFLUX"),
        ("<NATFLUX>D", "<NATFLUX>I", "instruction"),
        ("<DTREF>2025-12-31", "<DTREF>31/12/2025", "DTREF"),
        ("</NUMVERSIONAPPLIEME>", "</NUMVERSIONAPPLIEME><VERSIONFLUX>03</VERSIONFLUX>", "VRSD0301"),
    ],
)
def test_entete_refusee(flux: Flux, avant: str, apres: str, attendu: str) -> None:
    assert attendu in refus(flux(foyer(), entete=ENTETE.replace(avant, apres)))


def test_fichier_absent(tmp_path: Path) -> None:
    for appel in (sha256, entete):
        with pytest.raises(FichierRefuse, match="introuvable"):
            appel(tmp_path / "absent.xml")


def test_flux_rend_tout_dans_l_ordre() -> None:
    """What was looked at first is read again, whatever the sizes asked for."""
    contenu = bytes(range(256)) * 40
    lu = flux_xml.Flux(io.BytesIO(contenu), taille_disque=len(contenu))
    assert lu.regarder(1000) == contenu[:1000]
    rendu = b""
    while morceau := lu.read(333):
        rendu += morceau
    assert rendu == contenu
    assert lu.lus == len(contenu)
