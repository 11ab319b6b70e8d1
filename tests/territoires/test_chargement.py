"""The map loads from our facts, from the national package, twice without a change."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from cordee.territoires.models import Commune, Ept
from cordee.territoires.selectors import (
    commune_par_insee,
    communes_par_code_postal,
    distance_entre,
    trouver_commune,
)
from cordee.territoires.services import BilanChargement, charger_departement
from cordee.territoires.sources import PAQUET, DecoupageIntrouvable, lire_departement


@pytest.fixture
def carte(db: None) -> None:
    charger_departement()


def instantane() -> list[tuple[object, ...]]:
    return list(Commune.objects.order_by("code_insee").values_list())


# --------------------------------------------------------------------------- our facts
def test_le_val_de_marne_a_47_communes_et_trois_ept() -> None:
    faits = lire_departement("94")
    assert len({c.insee for c in faits.communes}) == 47
    assert Counter(c.ept for c in faits.communes) == {"T10": 13, "T11": 16, "T12": 18}
    assert sum(c.population or 0 for c in faits.communes) == pytest.approx(1_426_000, rel=0.01)


def test_toutes_les_communes_sont_dans_le_val_de_marne() -> None:
    for commune in lire_departement("94").communes:
        assert 48.68 < (commune.latitude or 0) < 48.87, commune.nom
        assert 2.30 < (commune.longitude or 0) < 2.62, commune.nom
        assert all(code.startswith("94") for code in commune.codes_postaux), commune.nom


@pytest.mark.reference
def test_les_faits_sont_ceux_du_dossier_de_reference(fichier_reference: Callable[[str], Path]) -> None:
    lignes = list(csv.DictReader(fichier_reference("territoire/communes94.csv").read_text("utf-8").splitlines()))
    faits = lire_departement("94")
    assert [
        (c.insee, c.nom, f"{c.ept} {faits.epts[c.ept or '']}", c.population, c.latitude, c.longitude, c.codes_postaux)
        for c in faits.communes
    ] == [
        (
            ligne["insee"],
            ligne["nom"],
            ligne["ept"],
            int(ligne["population"]),
            float(ligne["latitude"]),
            float(ligne["longitude"]),
            ligne["codes_postaux"].split(),
        )
        for ligne in lignes
    ]


def test_charger_deux_fois_ne_change_rien(db: None) -> None:
    assert charger_departement(code="94") == BilanChargement(communes=47, epts=3, nouvelles=47)
    premier = instantane()
    assert charger_departement(code="94") == BilanChargement(communes=47, epts=3, nouvelles=0)
    assert instantane() == premier


def test_recharger_repare_un_nom_et_garde_une_commune_disparue(carte: None) -> None:
    Commune.objects.filter(code_insee="94028").update(nom="Creteil")
    Commune.objects.create(code_insee="94999", nom="Ancienne", departement="94")
    charger_departement()
    assert Commune.objects.get(code_insee="94028").nom == "Créteil"
    assert Commune.objects.filter(code_insee="94999").exists()


# --------------------------------------------------------------------------- the national package
@pytest.fixture
def paquet(tmp_path: Path) -> Path:
    communes = [
        {"code": "92024", "nom": "Clichy", "departement": "92", "type": "commune-actuelle", "codesPostaux": ["92110"],
         "population": 63000},
        {"code": "92000", "nom": "Ancienne", "departement": "92", "type": "commune-deleguee"},
        {"code": "93001", "nom": "Aubervilliers", "departement": "93", "type": "commune-actuelle"},
        {"code": "93999", "nom": "Seule", "departement": "93", "type": "commune-actuelle"},
    ]  # fmt: skip
    metropole = {"code": "200054781", "nom": "Grand Paris", "membres": [{"code": "92024"}, {"code": "93001"}]}
    ept = {"code": "200057990", "nom": "Boucle Nord de Seine", "membres": [{"code": "92024"}]}
    for nom, contenu in {"communes": communes, "epci": [metropole], "ept": [ept]}.items():
        (tmp_path / f"{nom}.json").write_text(json.dumps(contenu), encoding="utf-8")
    return tmp_path


def test_un_autre_departement_vient_du_paquet_national(paquet: Path) -> None:
    faits = lire_departement("92", paquet=paquet)
    assert [(c.insee, c.ept, c.population, c.latitude) for c in faits.communes] == [("92024", "200057990", 63000, None)]
    assert faits.epts == {"200057990": "Boucle Nord de Seine"}


def test_une_commune_peut_n_etre_dans_aucun_groupe(paquet: Path) -> None:
    assert [(c.insee, c.ept) for c in lire_departement("93", paquet=paquet).communes] == [
        ("93001", "200054781"),
        ("93999", None),
    ]


def test_charger_garde_les_coordonnees_saisies_a_la_main(db: None, paquet: Path) -> None:
    faits = lire_departement("92", paquet=paquet)
    charger_departement(code="92", faits=faits)
    Commune.objects.filter(code_insee="92024").update(latitude=48.904, longitude=2.306, nom="Clichi")
    charger_departement(code="92", faits=faits)
    clichy = Commune.objects.get(code_insee="92024")
    assert (clichy.nom, clichy.point) == ("Clichy", (48.904, 2.306))


def test_sans_le_paquet_le_message_dit_quoi_faire(tmp_path: Path) -> None:
    with pytest.raises(DecoupageIntrouvable, match="npm ci"):
        lire_departement("92", paquet=tmp_path)


def test_un_departement_inconnu_est_refuse(paquet: Path) -> None:
    with pytest.raises(DecoupageIntrouvable, match="« 00 »"):
        lire_departement("00", paquet=paquet)


@pytest.mark.skipif(not PAQUET.exists(), reason="front packages not installed: run npm ci")
def test_le_vrai_paquet_connait_les_hauts_de_seine_et_donne_les_memes_ept() -> None:
    assert len(lire_departement("92").communes) == 36
    noms = {
        m["code"]: groupe["nom"] for groupe in json.loads((PAQUET / "ept.json").read_text()) for m in groupe["membres"]
    }
    faits = lire_departement("94")
    assert {c.insee: faits.epts[c.ept or ""] for c in faits.communes} == {
        c.insee: noms[c.insee] for c in faits.communes
    }


# --------------------------------------------------------------------------- reads
def test_lire_une_commune_et_son_ept(carte: None) -> None:
    vitry = commune_par_insee("94081")
    assert vitry is not None
    assert (vitry.nom, str(vitry.ept)) == ("Vitry-sur-Seine", "Grand-Orly Seine Bièvre")
    assert commune_par_insee("75113") is None


def test_un_code_postal_peut_couvrir_plusieurs_communes(carte: None) -> None:
    assert [c.nom for c in communes_par_code_postal("94440")] == ["Marolles-en-Brie", "Santeny", "Villecresnes"]
    assert [c.nom for c in communes_par_code_postal("94210")] == ["Saint-Maur-des-Fossés"]
    assert communes_par_code_postal("75001") == []


@pytest.mark.parametrize(
    ("adresse", "insee"),
    [
        ({"code_insee": "94048", "code_postal": "94000", "nom": "CRETEIL"}, "94048"),  # the INSEE code wins
        ({"code_insee": "99999", "code_postal": "94440", "nom": "MAROLLES EN BRIE"}, "94048"),
        ({"code_postal": "94210"}, "94068"),
        ({"code_postal": "94440"}, None),  # three communes: no guess
        ({"code_postal": "94440", "nom": "CRETEIL"}, None),
        ({"nom": "CRETEIL"}, None),
        ({}, None),
    ],
)
def test_retrouver_la_commune_d_une_adresse_sans_deviner(
    carte: None, adresse: dict[str, str], insee: str | None
) -> None:
    trouvee = trouver_commune(**adresse)
    assert (trouvee.code_insee if trouvee else None) == insee


def test_distance_entre_communes(carte: None) -> None:
    creteil, vitry = Commune.objects.get(code_insee="94028"), Commune.objects.get(code_insee="94081")
    assert distance_entre(creteil, vitry) == pytest.approx(4.2, abs=0.1)
    assert distance_entre(creteil, Commune(code_insee="92024", nom="Clichy", departement="92")) is None


# --------------------------------------------------------------------------- what the database refuses
@pytest.mark.parametrize(
    "faux",
    [
        {"code_insee": "9402"},
        {"code_insee": "94O28"},
        {"latitude": 48.7},
        {"latitude": 148.7, "longitude": 2.4},
    ],
)
def test_la_base_refuse_un_code_ou_une_position_impossible(db: None, faux: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Commune.objects.create(**({"code_insee": "94028", "nom": "Créteil", "departement": "94"} | faux))


def test_un_ept_qui_a_des_communes_ne_se_supprime_pas(carte: None) -> None:
    with pytest.raises(ProtectedError):
        Ept.objects.get(code="T12").delete()
