"""The page « Règles en vigueur » says of every étape who, when, why, and what closes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.parcours.cycle import A_TOUT_MOMENT, ETAPES
from cordee.metier.parcours.enums import GenreEcheance, GenreEtape
from cordee.metier.parcours.regles import taches
from cordee.reglementation.catalogue import toutes_les_regles
from cordee.reglementation.delais import noms_connus
from cordee.reglementation.enums import Nature
from cordee.web.regles import lignes
from tests import fabriques as f

AU = date(2026, 2, 17)


def test_chaque_etape_dit_qui_quand_pourquoi_et_ce_qui_la_clot() -> None:
    par_cle = {ligne.cle: ligne for ligne in lignes.etapes(AU)}
    assert set(par_cle) == set(GenreEtape)
    for genre, definition in ETAPES.items():
        ligne = par_cle[genre]
        assert ligne.responsables == tuple(unite.libelle for unite in definition.unites)
        assert ligne.horloges[0].phrase
        assert ligne.horloges[0].nature in Nature
        assert definition.escalade.unite.libelle in ligne.retard
        assert set(ligne.clot_par) == {e.libelle for e in definition.clot_par - A_TOUT_MOMENT}
        assert ligne.clot_par, genre
        assert ligne.situations, genre


def test_une_etape_de_convocation_rappelle_les_six_semaines() -> None:
    ligne = next(ligne for ligne in lignes.etapes(AU) if ligne.cle == GenreEtape.CONVOQUER)
    affichee = ligne.horloges[-1]
    assert (affichee.nature, affichee.reference) == (Nature.LEGALE, "CASF D262-65-2")
    assert ligne.horloges[0].nature is Nature.OBJECTIF


def test_les_variantes_sont_des_regles_que_le_moteur_connait() -> None:
    annoncees = {regle for variantes in lignes.VARIANTES.values() for _, regle in variantes}
    assert annoncees <= noms_connus()
    contacts = set(taches._CONTACT.values())
    assert contacts <= annoncees | {definition.regle for definition in ETAPES.values()}


def test_avant_la_loi_le_delai_manque_et_la_page_le_dit() -> None:
    phrases = {h.phrase for ligne in lignes.etapes(date(1990, 1, 1)) for h in ligne.horloges}
    assert "aucun délai à cette date" in phrases


def test_filtres_par_mot_nature_et_responsable() -> None:
    toutes = lignes.etapes(AU)
    assert [li.cle for li in lignes.garder_taches(toutes, texte="date CERTAINE tablir", nature="", qui="")] == [
        GenreEtape.ETABLIR_DATE_CERTAINE
    ]
    liaison = lignes.garder_taches(toutes, texte="", nature="", qui="liaison")
    assert {li.cle for li in liaison} == {
        GenreEtape.SUIVRE_ORIENTATION_FT, GenreEtape.ATTENDRE_PARTENAIRE, GenreEtape.TRANSMETTRE_DOSSIER
    }  # fmt: skip
    legales = lignes.garder_regles(toutes_les_regles(AU), texte="orientation", nature="legale")
    assert legales
    assert all(r.nature is Nature.LEGALE for r in legales)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [RoleAgent.ELU, RoleAgent.REFERENT, RoleAgent.ADMINISTRATEUR])
def test_tout_agent_lit_les_regles(client: Client, role: RoleAgent) -> None:
    client.force_login(f.agent(role))
    for onglet, attendu in [("etapes", "Convoquer"), ("echeances", "Statuer sur le recours"), ("delais", "D262-65-2")]:
        reponse = client.get(reverse("regles"), {"onglet": onglet})
        assert reponse.status_code == 200
        assert attendu in reponse.content.decode()


@pytest.mark.django_db
def test_adresse_malmenee(client: Client) -> None:
    client.force_login(f.agent(RoleAgent.REFERENT))
    reponse = client.get(reverse("regles"), {"onglet": "x", "au": "hier", "nature": "zzz", "qui": "toto", "q": "<b>"})
    html = reponse.content.decode()
    assert reponse.status_code == 200
    assert "<b>" not in html
    passe = client.get(reverse("regles"), {"onglet": "delais", "au": "2024-06-01"}).content.decode()
    assert "Deux mois à compter de la réception" in passe
    assert "les règles du 1er juin 2024" in passe


@pytest.mark.django_db
def test_il_faut_etre_connecte(client: Client) -> None:
    assert client.get(reverse("regles")).status_code == 302


def test_chaque_echeance_est_decrite() -> None:
    par_cle = {ligne.cle: ligne for ligne in lignes.echeances(AU)}
    assert set(par_cle) == set(GenreEcheance)
    assert par_cle[GenreEcheance.ARBITRER_IDENTITE].bloque == ("les envois à la personne",)


@pytest.mark.navigateur
@pytest.mark.parametrize("onglet", ["etapes", "echeances", "delais"])
@pytest.mark.parametrize("largeur", [360, 1280])
def test_page_accessible(
    live_server: Any, visiter: Callable[..., Any], violations: Callable[[Any], Any], onglet: str, largeur: int
) -> None:
    adresse = f"{live_server.url}{reverse('regles')}?onglet={onglet}"
    page, plaintes = visiter(adresse, largeur, agent=f.agent(RoleAgent.REFERENT))
    assert page.get_by_role("heading", level=1).inner_text() == "Règles en vigueur"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert plaintes == []
