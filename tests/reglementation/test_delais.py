"""Deadlines: the law of the day, its nature, and a file that cannot be wrong silently."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.reglementation.calendrier import ajouter_mois, est_jour_ouvre
from cordee.reglementation.chargement import ReglesInvalides
from cordee.reglementation.delais import (
    DateConvenueInvalide,
    DelaiInconnu,
    charger,
    delai,
    delais_en_vigueur,
    echeance,
    noms_connus,
)
from cordee.reglementation.enums import Nature, Unite
from cordee.socle.erreurs import ErreurMetier

LE = date(2026, 3, 2)  # a Monday

# (name asked by the path, value, unit, nature), as life_cycle and E08 give them for 2026
ATTENDUS = [
    ("orienter", 42, "jours", "legale"),
    ("orientation_pcd", 42, "jours", "legale"),
    ("orienter_par_defaut", 42, "jours", "legale"),
    ("file_orientation_par_defaut", 28, "jours", "objectif"),
    ("suivre_orientation_ft", 56, "jours", "objectif"),
    ("convoquer", 10, "jours_ouvres", "objectif"),
    ("confirmer_droit", 30, "jours", "objectif"),
    ("verifier_sdd", 10, "jours_ouvres", "objectif"),
    ("localiser", 10, "jours_ouvres", "objectif"),
    ("aller_vers", 15, "jours", "objectif"),
    ("accuser_orientation_ft", 5, "jours_ouvres", "objectif"),
    ("notifier", 5, "jours_ouvres", "objectif"),
    ("etablir_date_certaine", 20, "jours", "objectif"),
    ("accepter_dossier", 10, "jours", "objectif"),
    ("reaffecter", 5, "jours_ouvres", "objectif"),
    ("nommer_referent", 15, "jours", "objectif"),
    ("attendre_partenaire", 60, "jours", "objectif"),
    ("elaborer_contrat", 1, "mois", "legale"),
    ("contrat_apres_reorientation", 1, "mois", "legale"),
    ("contrat_cap_emploi", 1, "mois", "objectif"),
    ("contrat_provisoire", 1, "mois", "objectif"),
    ("contrat_local", 1, "mois", "objectif"),
    ("relancer_contrat", 15, "jours", "objectif"),
    ("prochain_contact_intensif", 15, "jours", "objectif"),
    ("prochain_contact_regulier", 30, "jours", "objectif"),
    ("prochain_contact_leger", 90, "jours", "objectif"),
    ("diagnostic_conjoint", 6, "mois", "legale"),
    ("diagnostic_conjoint_prolonge", 12, "mois", "legale"),
    ("offre_raisonnable_emploi", 6, "mois", "legale"),
    ("reprendre_contact", 1, "mois", "objectif"),
    ("reprendre_contact_interruption", 6, "mois", "objectif"),
    ("bilan_droits_vieillesse", 3, "mois", "objectif"),
    ("bilan_droits_handicap", 3, "mois", "objectif"),
    ("consolider_emploi", 1, "mois", "objectif"),
    ("consolider_emploi_suite", 3, "mois", "objectif"),
    ("point_activite", 3, "mois", "objectif"),
    ("point_action", 15, "jours", "objectif"),
    ("remobiliser", 15, "jours", "objectif"),
    ("maintenir_lien", 1, "mois", "objectif"),
    ("contradictoire", 10, "jours", "legale"),
    ("recours_prealable", 2, "mois", "legale"),
    ("statuer_rapo", 2, "mois", "legale"),
    ("decider_reorientation", 1, "mois", "reglement_local"),
    ("retablir_droit", 15, "jours", "objectif"),
    ("verifier_disparition", 15, "jours", "objectif"),
    ("transmettre_dossier", 15, "jours", "objectif"),
    ("recuperer_historique", 15, "jours", "objectif"),
    ("identifier_representant", 15, "jours", "objectif"),
    ("relayer_ase_ml", 10, "jours_ouvres", "objectif"),
    ("arbitrer_identite", 5, "jours_ouvres", "objectif"),
    ("verifier_deces", 10, "jours_ouvres", "objectif"),
    ("suivi_emploi_1_mois", 1, "mois", "objectif"),
    ("suivi_emploi_3_mois", 3, "mois", "objectif"),
    ("suivi_emploi_6_mois", 6, "mois", "objectif"),
    ("non_recours", 30, "jours", "objectif"),
    ("lire_avis_ep", 7, "jours", "objectif"),
    ("premier_rendez_vous", 15, "jours", "indicateur"),
    ("premier_rdv", 14, "jours", "indicateur"),
    ("changement_adresse", 30, "jours", "legale"),
]


@pytest.mark.parametrize(("nom", "valeur", "unite", "nature"), ATTENDUS)
def test_valeur_et_nature_de_chaque_delai_en_2026(nom: str, valeur: int, unite: str, nature: str) -> None:
    regle = delai(nom, au=LE)
    assert (regle.valeur, regle.unite.value, regle.nature.value) == (valeur, unite, nature)


@pytest.mark.parametrize(
    ("reception", "terme"),
    [
        (date(2024, 12, 31), date(2025, 2, 28)),  # two months, under the old text
        (date(2025, 1, 1), date(2025, 2, 12)),  # six weeks
        (date(2026, 1, 12), date(2026, 2, 23)),
    ],
)
def test_l_orientation_change_de_delai_au_1er_janvier_2025(reception: date, terme: date) -> None:
    assert echeance("orienter", depuis=reception).terme == terme


def test_un_terme_le_samedi_avance_pour_le_service_et_recule_pour_la_personne() -> None:
    service = echeance("contrat_engagement", depuis=date(2026, 1, 31))
    assert (service.terme, service.date, service.expiration) == (
        date(2026, 2, 28),
        date(2026, 2, 27),
        date(2026, 3, 2),
    )
    personne = echeance("recours_prealable", depuis=date(2026, 3, 14))
    assert (personne.terme, personne.date) == (date(2026, 5, 14), date(2026, 5, 15))  # Ascension


def test_le_contradictoire_passe_a_dix_jours_le_1er_juin_2025() -> None:
    assert echeance("contradictoire", depuis=date(2025, 5, 31)).terme == date(2025, 6, 30)
    dix_jours = echeance("contradictoire", depuis=date(2025, 6, 4))
    assert (dix_jours.terme, dix_jours.date) == (date(2025, 6, 14), date(2025, 6, 16))  # a Saturday, for the person


def test_le_relais_du_domiciliataire_ajoute_une_semaine() -> None:
    assert echeance("convoquer", depuis=LE).terme == date(2026, 3, 16)
    assert echeance("convoquer_domicilie", depuis=LE).terme == date(2026, 3, 23)


def test_le_stock_garde_le_terme_du_decret_quel_que_soit_le_depart() -> None:
    depuis_2025, aujourdhui = (
        echeance("stock_contrats", depuis=date(2025, 1, 1)),
        echeance("stock_contrats", depuis=date(2026, 11, 21)),
    )
    assert depuis_2025.terme == aujourdhui.terme == date(2027, 1, 1)
    assert (aujourdhui.terme - date(2026, 11, 21)).days == 41
    assert aujourdhui.date == date(2026, 12, 31)
    assert aujourdhui.explication == "au plus tard le 1er janvier 2027 (Décret 2024-1244)"


@pytest.mark.parametrize(
    ("le", "terme"), [(date(2026, 3, 31), date(2026, 3, 31)), (date(2026, 4, 1), date(2027, 3, 31))]
)
def test_la_deliberation_annuelle_est_le_prochain_31_mars(le: date, terme: date) -> None:
    assert echeance("deliberation_pdi", depuis=le).terme == terme


def test_point_action_se_compte_a_rebours_de_la_fin() -> None:
    assert echeance("point_action", depuis=date(2026, 6, 30)).terme == date(2026, 6, 15)


def test_une_regle_renommee_rend_son_nom_stable() -> None:
    assert echeance("elaborer_contrat", depuis=LE).regle == "contrat_engagement"


# --------------------------------------------------------------------------- agreed dates
def test_actualiser_veut_la_date_convenue() -> None:
    assert echeance("actualiser", depuis=LE, convenue=date(2026, 9, 1)).terme == date(2026, 9, 1)
    with pytest.raises(DateConvenueInvalide, match="indiquez la date convenue"):
        echeance("actualiser", depuis=LE)


def test_une_interruption_se_revoit_en_six_mois_au_plus() -> None:
    convenue = echeance("reprendre_contact_interruption", depuis=LE, convenue=date(2026, 6, 1))
    assert convenue.terme == date(2026, 6, 1)
    assert "date convenue" in convenue.explication
    assert echeance("reprendre_contact_interruption", depuis=LE).terme == date(2026, 9, 2)
    with pytest.raises(DateConvenueInvalide, match="au plus tard le 2 septembre 2026"):
        echeance("reprendre_contact_interruption", depuis=LE, convenue=date(2026, 9, 3))
    with pytest.raises(DateConvenueInvalide, match="à partir du 2 mars 2026"):
        echeance("reprendre_contact_interruption", depuis=LE, convenue=date(2026, 3, 1))


def test_un_delai_legal_ne_se_choisit_pas() -> None:
    with pytest.raises(DateConvenueInvalide, match="ne se choisit pas"):
        echeance("orienter", depuis=LE, convenue=LE)


# --------------------------------------------------------------------------- unknown
def test_regle_inconnue_ou_hors_periode() -> None:
    with pytest.raises(DelaiInconnu, match="a_traiter"):
        delai("a_traiter", au=LE)
    with pytest.raises(DelaiInconnu, match="ne s'applique pas au 21 mars 2025"):
        delai("offre_raisonnable_emploi", au=date(2025, 3, 21))
    assert delai("offre_raisonnable_emploi", au=date(2025, 3, 22)).valeur == 6
    assert issubclass(DelaiInconnu, ErreurMetier)


# --------------------------------------------------------------------------- the whole file
def test_une_seule_version_par_regle_un_jour_donne() -> None:
    noms = [regle.id for regle in delais_en_vigueur(LE)]
    assert len(noms) == len(set(noms))
    assert set(noms) <= noms_connus()


@pytest.mark.parametrize("au", [date(2012, 4, 1), date(2024, 12, 31), date(2025, 1, 1), date(2026, 11, 21)])
def test_seuls_le_droit_et_le_reglement_local_citent_un_article_sans_reserve(au: date) -> None:
    """E08: an objective must never look like an obligation, so its reference begins by saying what it is."""
    for regle in delais_en_vigueur(au):
        if regle.nature is Nature.LEGALE:
            assert regle.reference.startswith(("CASF ", "C. trav. ", "CRPA ", "CJA ", "Décret ")), regle.id
        else:
            assert not regle.reference.startswith(("CASF ", "C. trav. ", "CRPA ", "CJA ", "Décret ")), regle.id


@given(st.sampled_from(sorted(noms_connus())), st.dates(date(2009, 6, 1), date(2035, 12, 31)))
def test_toute_echeance_est_datee_expliquee_et_lue_dans_le_bon_sens(nom: str, depuis: date) -> None:
    try:
        regle = delai(nom, au=depuis)
    except DelaiInconnu:
        return
    convenue = depuis + timedelta(days=40) if regle.unite is Unite.DATE_CONVENUE else None
    e = echeance(nom, depuis=depuis, convenue=convenue)
    assert est_jour_ouvre(e.date)
    assert e.expiration >= e.terme
    assert e.date <= e.terme or regle.titulaire.value == "personne"
    assert regle.reference in e.explication
    if regle.unite is Unite.MOIS and not regle.avant and isinstance(regle.valeur, int):
        assert e.terme == ajouter_mois(depuis, regle.valeur)


# --------------------------------------------------------------------------- a wrong file stops at load
def _fiche(**champs: Any) -> dict[str, Any]:
    return {
        "id": "x",
        "libelle": "X",
        "depart": "le début",
        "nature": "objectif",
        "reference": "Règle de service",
        "confiance": "haute",
        "versions": [{"depuis": date(2025, 1, 1), "valeur": 1, "unite": "mois"}],
    } | champs


def test_une_fiche_juste_se_charge() -> None:
    assert charger([_fiche(aussi=["y"])])["y"][0].id == "x"


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"nature": "obligatoire"}, "obligatoire"),
        ({"confiance": "certaine"}, "certaine"),
        ({"reference": ""}, "« reference » manque"),
        ({"depar": "le début"}, "clé inconnue « depar »"),
        ({"versions": []}, "aucune version"),
        ({"aussi": ["x"]}, "nom déjà pris"),
        ({"versions": [{"depuis": date(2025, 1, 1), "valeur": "1", "unite": "mois"}]}, "ne va pas avec l'unité"),
        ({"versions": [{"depuis": date(2025, 1, 1), "unite": "mois"}]}, "ne va pas avec l'unité"),
        ({"versions": [{"depuis": date(2025, 1, 1), "unite": "date_convenue"}]}, "ne va pas avec l'unité"),
        (
            {"versions": [{"depuis": date(2025, 1, 1), "jusqu_a": date(2025, 1, 1), "valeur": 1, "unite": "mois"}]},
            "est vide",
        ),
        (
            {
                "versions": [
                    {"depuis": date(2025, 1, 1), "valeur": 1, "unite": "mois"},
                    {"depuis": date(2026, 1, 1), "valeur": 2, "unite": "mois"},
                ]
            },
            "se chevauchent au 2026-01-01",
        ),
    ],
)
def test_une_fiche_fausse_arrete_le_chargement(champs: dict[str, Any], message: str) -> None:
    with pytest.raises(ReglesInvalides, match=message):
        charger([_fiche(**champs)])
