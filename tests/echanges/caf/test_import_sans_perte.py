"""Nothing of identity, household, address, rights and amounts is lost: every leaf of a file is found stored."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cordee.echanges.caf.ecriture import ecrire
from cordee.echanges.caf.foyer import FoyerLu
from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.models import ElementRejete
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.models import (
    Adresse,
    Appartenance,
    DroitFoyer,
    DroitPersonne,
    Foyer,
    Identifiant,
    Personne,
)
from cordee.socle.chiffrement import dechiffrer
from cordee.socle.nir import nir13
from tests.echanges.caf.scenes import importer
from tests.echanges.caf.strategies import foyers
from tests.echanges.caf.test_ecriture import ENTETE

pytestmark = pytest.mark.django_db

Feuille = tuple[str, str]
_SEXES = {"homme": "1", "femme": "2"}
_PRECISIONS = {"jour": "N", "mois": "J", "annee": "O"}
_DRAPEAUX = {True: "1", False: "0", None: ""}


def feuilles(element: etree._Element) -> Iterator[Feuille]:
    """(element, text) of everything that says something. A NIR, as the number it is."""
    for noeud in element.iter():
        texte = (noeud.text or "").strip()
        if not len(noeud) and texte:
            yield str(noeud.tag), (nir13(texte) or texte) if noeud.tag == "NIR" else texte


def feuilles_json(valeur: Any, cle: str = "") -> Iterator[Feuille]:
    match valeur:
        case dict():
            for nom, sous in valeur.items():
                yield from feuilles_json(sous, nom)
        case list():
            for sous in valeur:
                yield from feuilles_json(sous, cle)
        case str():
            yield cle, valeur


def stockees(foyer: Foyer) -> set[Feuille]:
    """What the database says of a household, in the words of the file."""
    trouvees: set[Feuille] = set()
    membres = list(Appartenance.objects.filter(foyer=foyer).select_related("personne"))
    details = [foyer.detail, *(m.detail for m in membres)]
    details += DroitFoyer.objects.filter(foyer=foyer).values_list("detail", flat=True)
    details += DroitPersonne.objects.filter(foyer=foyer).values_list("detail", flat=True)
    for detail in details:
        trouvees |= set(feuilles_json(detail))
    for cle, texte in list(trouvees):
        if cle == "NIR_CHIFFRE":
            clair = dechiffrer(base64.b64decode(texte), contexte="personnes.nir")
            trouvees.add(("NIR", nir13(clair) or clair))
    for personne in {m.personne for m in membres}:
        trouvees |= set(_identite(personne))
    for adresse in Adresse.objects.filter(foyer=foyer):
        trouvees |= set(_adresse(adresse))
    return trouvees


def _identite(p: Personne) -> Iterator[Feuille]:
    yield from (
        ("QUAL", p.civilite), ("NOM", p.nom), ("NOMNAI", p.nom_naissance), ("PRENOM", p.prenom),
        ("NOMCOMNAI", p.commune_naissance), ("DTNAI", str(p.date_naissance)), ("RGNAI", str(p.rang_naissance)),
        ("TYPEDTNAI", _PRECISIONS[p.precision_naissance]), ("SEXE", _SEXES.get(p.sexe, "")),
        ("TOPVALIEC", _DRAPEAUX[p.etat_civil_valide]),
    )  # fmt: skip
    for prenom in p.autres_prenoms.split():
        yield from (("PRENOM2", prenom), ("PRENOM3", prenom))
    for identifiant in Identifiant.objects.filter(personne=p, genre="nir"):
        yield "NIR", dechiffrer(identifiant.valeur_chiffree, contexte="personnes.nir")


def _adresse(a: Adresse) -> Iterator[Feuille]:
    yield from (
        ("RGADR", f"{a.rang:02d}"), ("DTEMM", str(a.emmenagement_le)), ("PAYS", a.pays), ("TYPEADR", a.type_caf),
        ("ETATADR", a.etat_caf), ("COMPLIDEADR", a.complement_identification), ("COMPLADR", a.complement),
        ("NUMVOIE", a.numero), ("LIBTYPEVOIE", a.type_voie), ("NOMVOIE", a.voie), ("LIEUDIST", a.lieu_dit),
        ("NUMCOM", a.code_insee), ("CODEPOS", a.code_postal), ("NOMCOM", a.ville),
    )  # fmt: skip
    for numero, ligne in enumerate(a.lignes_etranger, start=2):
        yield f"LIBLIG{numero}ADR", ligne


@pytest.mark.reference
@pytest.mark.parametrize("nom", ["RSABEM", "vrsb0801_mensuel_invente"])
def test_no_leaf_of_the_public_samples_is_lost(reference: Path, nom: str) -> None:
    chemin = reference / "samples" / f"{nom}.xml"
    rapport = importer(chemin)
    blocs = etree.parse(chemin).findall("InfosFoyerRSA")
    assert (rapport.foyers_lus, rapport.rejets) == (len(blocs), [])
    assert Foyer.objects.count() == len(blocs)
    for bloc in blocs:
        cle = {balise: bloc.findtext(f".//{balise}") or "" for balise in ("NUMDEMRSA", "MATRICULE")}
        foyer = Foyer.objects.get(numdemrsa=cle["NUMDEMRSA"], matricule=cle["MATRICULE"][:7])
        attendues = {(tag, texte) for tag, texte in feuilles(bloc)}
        assert attendues - stockees(foyer) == set()
        assert len(attendues) > 30


# A code of the file that no column holds as it was sent is found in ``textes_entiers``, by its column.
_COLONNES = {
    "civilite": "QUAL", "nom": "NOM", "nom_naissance": "NOMNAI", "prenom": "PRENOM", "commune_naissance": "NOMCOMNAI",
    "autres_prenoms": "PRENOM2", "code_insee": "NUMCOM", "complement_identification": "COMPLIDEADR",
    "complement": "COMPLADR", "numero": "NUMVOIE", "type_voie": "LIBTYPEVOIE", "voie": "NOMVOIE",
    "lieu_dit": "LIEUDIST", "code_postal": "CODEPOS", "ville": "NOMCOM", "pays": "PAYS", "type_caf": "TYPEADR",
    "etat_caf": "ETATADR",
}  # fmt: skip
# Closed lists, kept in words: what no list knows cannot be kept in a column (nor is it sent by any body).
_CODES_FERMES = {"SEXE", "TYPEDTNAI", "RGADR"}


@given(st.lists(foyers(), min_size=1, max_size=3, unique_by=lambda f: f.numdemrsa))
@settings(max_examples=12)
def test_any_household_is_stored_whole_or_set_aside(ecrits: list[FoyerLu]) -> None:
    with tempfile.TemporaryDirectory() as dossier, transaction.atomic():
        chemin = Path(dossier) / "flux.xml"
        ecrire(chemin, ENTETE, ecrits)
        if not any(f.numero_organisme for f in ecrits):
            return
        try:
            rapport = importer(chemin)
        except FichierRefuse:  # refused whole, and then nothing of it is written
            assert all(f.anomalies for f in ecrits) or len({f.numero_organisme for f in ecrits}) > 1
            assert not Foyer.objects.exists()
            transaction.set_rollback(True)
            return
        assert rapport.foyers_lus == len(ecrits)
        assert Foyer.objects.count() + ElementRejete.objects.count() == len(ecrits)
        for bloc in etree.parse(chemin).findall("InfosFoyerRSA"):
            foyer = Foyer.objects.filter(numdemrsa=(bloc.findtext(".//NUMDEMRSA") or "").strip()).first()
            if foyer is not None:
                trouvees = stockees(foyer)
                trouvees |= {(_COLONNES[cle], texte) for cle, texte in trouvees if cle in _COLONNES}
                perdues = set(feuilles(bloc)) - trouvees
                assert {p for p in perdues if p[0] not in _CODES_FERMES} == set()
        assert not reconstruire(verifier=True)
        transaction.set_rollback(True)


@pytest.mark.reference
def test_a_first_transmission_dates_the_rows(reference: Path) -> None:
    importer(reference / "samples" / "vrsb0801_mensuel_invente.xml")
    assert set(DroitFoyer.objects.values_list("debut", "fin")) == {(date(2025, 12, 31), None)}
