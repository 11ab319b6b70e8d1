"""Dated figures: exact, dated, checked at load."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cordee.reglementation.chargement import ReglesInvalides
from cordee.reglementation.contrat_engagement import MotifDispense
from cordee.reglementation.montants import montant_forfaitaire
from cordee.reglementation.parametres import (
    ParametreInconnu,
    booleen,
    charger,
    decimale,
    entier,
    liste,
    parametre,
)

LE = date(2026, 3, 2)


def test_valeurs_attendues() -> None:
    assert decimale("sdd_seuil_revenus", au=LE) == 500
    assert (entier("heures_hebdo_min", au=LE), entier("heures_hebdo_max", au=LE)) == (15, 35)
    assert entier("acces_apres_remise_jours", au=LE) == 15
    assert entier("non_transmis_mensuels", au=LE) == 2
    assert decimale("mensuel_baisse_retenue", au=LE) == Decimal("0.05")
    assert entier("aller_vers_max", au=LE) == 3
    assert entier("sdd_drapeau_inconnu_mois", au=LE) == 2
    assert entier("retour_mois", au=LE) == 12
    assert booleen("reorientation_refusee_repart", au=LE) is True


def test_les_motifs_de_dispense_sont_ceux_que_le_contrat_sait_lire() -> None:
    assert set(liste("dispense_heures_motifs", au=LE)) == {motif.value for motif in MotifDispense}


@pytest.mark.parametrize(
    ("au", "montant"), [(date(2026, 3, 31), "646.52"), (date(2026, 4, 1), "651.69"), (date(2009, 6, 1), "454.63")]
)
def test_le_montant_change_le_jour_dit(au: date, montant: str) -> None:
    assert decimale("rsa_montant_forfaitaire", au=au) == Decimal(montant)


def test_inconnu_avant_la_premiere_valeur_ou_sans_nom() -> None:
    with pytest.raises(ParametreInconnu, match="31 mai 2009"):
        parametre("rsa_montant_forfaitaire", au=date(2009, 5, 31))
    with pytest.raises(ParametreInconnu, match="inexistant"):
        parametre("inexistant", au=LE)


@pytest.mark.parametrize("lecture", [booleen, decimale, liste])
def test_lire_un_parametre_sous_un_autre_type_est_refuse(lecture: Any) -> None:
    with pytest.raises(TypeError):
        lecture("heures_hebdo_min", au=LE)


def test_un_oui_n_est_pas_un_nombre() -> None:
    with pytest.raises(TypeError):
        entier("reorientation_refusee_repart", au=LE)


@pytest.mark.parametrize(
    ("adultes", "enfants", "majore", "au", "attendu"),
    [  # published scale of each April; a cent of tolerance, half-cents being rounded either way there
        (1, 0, False, date(2020, 4, 1), "564.78"),
        (2, 0, False, date(2020, 4, 1), "847.17"),
        (2, 2, False, date(2020, 4, 1), "1186.04"),
        (1, 1, True, date(2020, 4, 1), "966.99"),
        (2, 1, False, date(2023, 4, 1), "1093.95"),
        (1, 2, True, date(2023, 4, 1), "1300.71"),
        (2, 0, False, date(2024, 4, 1), "953.57"),
        (1, 1, False, date(2025, 4, 1), "969.78"),
        (1, 2, False, date(2025, 4, 1), "1163.74"),
        (1, 1, True, date(2026, 4, 1), "1115.80"),
        (1, 2, True, date(2026, 4, 1), "1394.75"),
    ],
)
def test_montant_forfaitaire_des_foyers(adultes: int, enfants: int, majore: bool, au: date, attendu: str) -> None:
    montant = montant_forfaitaire(adultes=adultes, enfants=enfants, majore=majore, au=au)
    assert abs(montant - Decimal(attendu)) <= Decimal("0.01")


def test_le_troisieme_enfant_compte_davantage() -> None:
    deux, trois, quatre = (montant_forfaitaire(adultes=2, enfants=n, au=date(2026, 4, 1)) for n in (2, 3, 4))
    assert abs((trois - deux) - Decimal("260.68")) <= Decimal("0.01")  # 651.69 × 0.4, between rounded amounts
    assert abs((quatre - trois) - (trois - deux)) <= Decimal("0.01")


@pytest.mark.parametrize(("adultes", "enfants", "majore"), [(0, 1, False), (3, 0, False), (1, -1, False), (2, 1, True)])
def test_un_foyer_impossible_est_refuse(adultes: int, enfants: int, majore: bool) -> None:
    with pytest.raises(ValueError, match="Foyer impossible"):
        montant_forfaitaire(adultes=adultes, enfants=enfants, majore=majore, au=LE)


def _fiche(**champs: Any) -> dict[str, Any]:
    return {
        "id": "x",
        "libelle": "X",
        "type": "nombre",
        "nature": "objectif",
        "reference": "Règle de service",
        "confiance": "haute",
        "valeurs": {date(2025, 1, 1): 1},
    } | champs


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"type": "euros"}, "ne va pas avec le type"),
        ({"type": "euros", "valeurs": {date(2025, 1, 1): "douze"}}, "x :"),
        ({"valeurs": {date(2025, 1, 1): True}}, "ne va pas avec le type"),
        ({"nature": "obligatoire"}, "obligatoire"),
        ({"valeurs": {}}, "« valeurs » manque"),
        ({"jusqu_a": date(2025, 1, 1)}, "est vide"),
    ],
)
def test_une_fiche_fausse_arrete_le_chargement(champs: dict[str, Any], message: str) -> None:
    with pytest.raises(ReglesInvalides, match=message):
        charger([_fiche(**champs)])


def test_deux_fiches_du_meme_nom_sont_refusees() -> None:
    with pytest.raises(ReglesInvalides, match="déjà pris"):
        charger([_fiche(), _fiche()])


@pytest.mark.reference
def test_les_montants_sont_ceux_du_dossier_de_reference(fichier_reference: Callable[[str], Path]) -> None:
    source = json.loads(fichier_reference("legal/law_params.json").read_text())
    for debut, montant in source["rsa_montant_forfaitaire_personne_seule"].items():
        assert decimale("rsa_montant_forfaitaire", au=date.fromisoformat(debut)) == Decimal(str(montant))
        assert parametre("rsa_montant_forfaitaire", au=date.fromisoformat(debut)).depuis == date.fromisoformat(debut)
    for cle, nom in {
        "personne_2": "rsa_coefficient_deuxieme_personne",
        "personne_suivante": "rsa_coefficient_personne_suivante",
        "enfant_a_partir_du_3e": "rsa_coefficient_troisieme_enfant",
        "majore_base": "rsa_coefficient_majore",
        "majore_par_enfant": "rsa_coefficient_majore_enfant",
    }.items():
        assert decimale(nom, au=LE) == Decimal(str(source["rsa_coefficients"][cle]))
