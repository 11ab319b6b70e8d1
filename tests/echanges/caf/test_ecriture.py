"""Writing then reading gives back what was written, and the result follows the public schema."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cordee.echanges.caf import schema
from cordee.echanges.caf.ecriture import ecrire
from cordee.echanges.caf.foyer import FoyerLu, PersonneLu
from cordee.echanges.caf.lecture import FoyerLu as FoyerLuExpose
from cordee.echanges.caf.lecture import Total, entete, lire
from cordee.echanges.caf.resultats import Entete
from cordee.socle.horloge import PARIS
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.strategies import foyers

ENTETE = Entete(
    appli="CRI",
    version_appli="6200",
    type_flux="M",
    nature="D",
    cree_le=datetime(2026, 1, 5, 1, 18, 36, tzinfo=PARIS),
    reference=date(2025, 12, 31),
)


@given(st.lists(foyers(), max_size=3, unique_by=lambda f: f.numdemrsa))
@settings(max_examples=30)
def test_aller_retour(ecrits: list[FoyerLu]) -> None:
    with tempfile.TemporaryDirectory() as dossier:
        chemin = Path(dossier) / "flux.xml"
        assert ecrire(chemin, ENTETE, ecrits) == len(ecrits)
        assert entete(chemin) == ENTETE
        *lus, total = lire(chemin)
    assert lus == ecrits
    assert total == Total(annonces=len(ecrits), annonces_en_anomalie=0, lus=len(ecrits), rejetes=0)


def test_le_detail_traverse(flux: Flux, tmp_path: Path) -> None:
    """What no typed field holds is written back as it was read."""
    creance = "<ETATCREALIM>PE</ETATCREALIM><DDCREALIM>2024-05-01</DDCREALIM><ORIOBLALIM>CJT</ORIOBLALIM>"
    pension = f"<PensionAlimentaire><CreanceAlimentaire>{creance}</CreanceAlimentaire></PensionAlimentaire>"
    source = flux(foyer("1", ("</Personne>", f"{pension}</Personne>")))
    lu, _ = lire(source)
    assert isinstance(lu, FoyerLu)
    ecrire(tmp_path / "copie.xml", entete(source), [lu])
    copie, _ = lire(tmp_path / "copie.xml")
    assert isinstance(copie, FoyerLu)
    assert copie == lu
    assert copie.personnes[0].detail["PensionAlimentaire"] == lu.personnes[0].detail["PensionAlimentaire"]


def test_une_valeur_changee_l_emporte_sur_le_detail(flux: Flux, tmp_path: Path) -> None:
    lu, _ = lire(flux(foyer("1")))
    assert isinstance(lu, FoyerLu)
    ecrire(tmp_path / "copie.xml", ENTETE, [replace(lu, etat="4")])
    copie, _ = lire(tmp_path / "copie.xml")
    assert isinstance(copie, FoyerLu)
    assert copie.etat == "4"


def test_memes_octets_et_compression(flux: Flux, tmp_path: Path) -> None:
    lus = [lu for lu in lire(flux(foyer("1"), foyer("2"))) if isinstance(lu, FoyerLu)]
    for nom in ("a.xml", "b.xml", "a.gz", "b.gz"):
        ecrire(tmp_path / nom, ENTETE, lus)
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert list(lire(tmp_path / "a.gz")) == list(lire(tmp_path / "a.xml"))


def test_total_annonce_autre(tmp_path: Path) -> None:
    ecrire(tmp_path / "f.xml", ENTETE, [], annonces=12)
    assert list(lire(tmp_path / "f.xml")) == [Total(annonces=12, annonces_en_anomalie=0, lus=0, rejetes=0)]


def test_chaque_champ_declare_designe_un_element_du_schema() -> None:
    """A field whose annotation names no element of the structure would never be read nor written."""
    for classe in _classes(FoyerLu) | _classes(PersonneLu):
        types = get_type_hints(classe, include_extras=True)
        for champ in fields(classe):
            if not hasattr(types[champ.name], "__metadata__"):
                continue
            *bloc, balise = types[champ.name].__metadata__[0].split("/")
            parents = [nom for nom, enfants in schema.BLOCS.items() if balise in {e.balise for e in enfants}]
            assert parents, (classe, champ.name)
            assert not bloc or bloc[0] in parents, (classe, champ.name)


def _classes(classe: Any) -> set[Any]:
    trouvees = {classe}
    for annotation in get_type_hints(classe, include_extras=False).values():
        for partie in getattr(annotation, "__args__", ()):
            if hasattr(partie, "__dataclass_fields__"):
                trouvees |= _classes(partie)
    return trouvees


def test_lecture_expose_les_memes_classes() -> None:
    assert FoyerLuExpose is FoyerLu


@pytest.mark.reference
def test_structure_conforme_au_schema_public(reference: Path) -> None:
    """Names, order, optional and repeated marks of ``schema`` are those of the public schema."""
    xs = "{http://www.w3.org/2001/XMLSchema}"
    blocs: dict[str, list[tuple[str, bool, bool]]] = {}
    for element in etree.parse(reference / "vrsb0801.xsd").getroot().iterchildren(f"{xs}element"):
        enfants = element.findall(f"{xs}complexType/{xs}sequence/{xs}element")
        blocs[element.get("name", "")] = [
            (e.get("ref") or e.get("name", ""), e.get("minOccurs") != "0", e.get("maxOccurs", "1") != "1")
            for e in enfants
        ]
    assert {nom: [tuple(e) for e in enfants] for nom, enfants in schema.BLOCS.items()} == blocs


@pytest.mark.reference
@pytest.mark.parametrize("nom", ["RSABEM.xml", "vrsb0801_mensuel_invente.xml"])
def test_echantillons_sans_perte(reference: Path, tmp_path: Path, nom: str) -> None:
    """Every value of the samples is found again after reading, and after writing and reading again."""
    echantillon = reference / "samples" / nom
    lus = [lu for lu in lire(echantillon) if isinstance(lu, FoyerLu)]
    attendus = [_valeurs(element) for element in etree.parse(echantillon).iter(schema.FOYER)]
    assert [sorted(_valeurs_lues(lu)) for lu in lus] == [sorted(valeurs) for valeurs in attendus]
    copie = tmp_path / "copie.xml"
    ecrire(copie, entete(echantillon), lus)
    relus = [lu for lu in lire(copie) if isinstance(lu, FoyerLu)]
    assert relus == lus
    assert [lu.empreinte for lu in relus] == [lu.empreinte for lu in lus]
    etree.XMLSchema(etree.parse(reference / "vrsb0801.xsd")).assertValid(etree.parse(copie))


def _valeurs(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(f.tag), (f.text or "").strip()) for f in element.iter() if not len(f)]


def _valeurs_lues(lu: FoyerLu) -> Iterator[tuple[str, str]]:
    yield from _aplatir(lu.detail)
    for personne in lu.personnes:
        yield from _aplatir(personne.detail)
        if personne.nir_brut:
            yield "NIR", personne.nir_brut
        yield from (("NIR", lien.nir) for lien in personne.rattachements if lien.nir)


def _aplatir(bloc: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for balise, contenu in bloc.items():
        for morceau in contenu if isinstance(contenu, list) else [contenu]:
            if isinstance(morceau, dict):
                yield from _aplatir(morceau)
            else:
                yield balise, morceau
