"""The neutrality of the whole procedure: rates with their intervals, small numbers hidden, our lateness beside."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.contrats.enums import Engage, GenreContrat
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.devoirs.models import ExamenMotif, Manquement
from cordee.metier.devoirs.selectors.neutralite import (
    Dimension,
    Passage,
    delais_des_etapes,
    neutralite,
    nos_promesses,
    nos_retards,
    oublier,
)
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Structure
from cordee.metier.parcours.enums import GenreEcheance, GenreEvenement
from cordee.metier.personnes.enums import Sexe, SourceDonnee
from cordee.metier.personnes.models import Personne
from cordee.web.neutralite.tableau import conclusions, lignes
from tests import fabriques as f
from tests.metier.devoirs.decisions import decision

pytestmark = pytest.mark.django_db
DU, AU = date(2025, 2, 17), date(2026, 2, 17)


@pytest.fixture(autouse=True)
def horloge_fixe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T11:00")
    oublier()  # what another test left in this process


@pytest.fixture
def eds() -> Structure:
    return f.structure(nom="EDS des essais")


def signalees(sexe: Sexe, nombre: int, *, retenus: int, naissance: date = date(1986, 5, 12)) -> list[Personne]:
    """People reported a month ago, for some of whom a legitimate reason was retained five days later."""
    par, le = f.systeme(), f.MAINTENANT - timedelta(days=30)
    gens = Personne.objects.bulk_create(
        [
            Personne(
                nom=f"Fictive{sexe}{n}", nom_naissance="Fictive", prenom="Lou", sexe=sexe, date_naissance=naissance,
                source=SourceDonnee.FLUX, cree_le=le,
            )
            for n in range(nombre)
        ]
    )  # fmt: skip
    faits = Manquement.objects.bulk_create(
        [
            Manquement(
                personne=qui, type="non_respect_contrat", faits_du=date(2026, 1, 2), signale_par=par, signale_le=le
            )
            for qui in gens
        ]
    )
    ExamenMotif.objects.bulk_create(
        [
            ExamenMotif(
                manquement=fait, motif="sante", retenu=n < retenus, elements="Dit par la personne", par=par,
                le=le + timedelta(days=5),
            )
            for n, fait in enumerate(faits)
        ]
    )  # fmt: skip
    return gens


def test_people_are_counted_once_by_step_and_group(eds: Structure) -> None:
    femmes = signalees(Sexe.FEMME, 6, retenus=2)
    signalees(Sexe.HOMME, 3, retenus=0)
    for n in range(2):  # twice the same person
        decision(femmes[0], preuve=f"2026-DD-{n}", notifiee_le=date(2026, 2, 12), transmise_le=date(2026, 2, 16))
    decision(f.personne(sexe=Sexe.HOMME), decidee_le=date(2024, 2, 2), debut=date(2024, 2, 2), fin=date(2024, 4, 1))
    vu = neutralite(du=DU, au=AU, par=Dimension.SEXE)
    assert [(g.libelle, g.effectifs[Passage.SIGNALEE]) for g in vu.groupes] == [
        ("Femmes", 6), ("Hommes", 3),
    ]  # fmt: skip
    assert vu.tous.effectifs == {
        Passage.SUIVIE: 9, Passage.SIGNALEE: 9, Passage.EXAMINEE: 9, Passage.RETENUE: 2, Passage.PROCEDURE: 0,
        Passage.CLOSE: 0, Passage.DECIDEE: 1, Passage.SUSPENDUE: 1, Passage.LEVEE: 0, Passage.RECOURS: 0,
        Passage.ANNULEE: 0,
    }  # fmt: skip
    assert (vu.tous.part, vu.tous.duree) == (50.0, 2.0)
    etapes = delais_des_etapes(du=DU, au=AU)
    assert (etapes["examen"].nombre, etapes["examen"].mediane) == (9, 5)
    assert (etapes["notification"].mediane, etapes["transmission"].mediane) == (10, 4)
    assert etapes["recours"].nombre == 0


def test_only_what_stands_apart_is_said_and_small_numbers_are_hidden() -> None:
    signalees(Sexe.FEMME, 40, retenus=30)
    signalees(Sexe.HOMME, 40, retenus=6)
    signalees(Sexe.HOMME, 3, retenus=3, naissance=date(2004, 5, 12))
    dites = conclusions(neutralite(du=DU, au=AU, par=Dimension.SEXE), 5)
    assert [nom for nom, _ in dites] == ["Motif légitime retenu"]
    assert "Femmes (plus que les autres)" in dites[0][1]
    vu = neutralite(du=DU, au=AU, par=Dimension.AGE)
    ages = lignes(vu, 5)
    assert [(x.libelle, x.suivies) for x in ages] == [
        ("Moins de 25 ans", "masqué"), ("35 à 44 ans", "masqué"), ("Toutes", "83"),
    ]  # fmt: skip
    assert {c.texte for x in ages[:2] for c in x.cases if c.passage is Passage.RETENUE} == {"masqué"}
    assert conclusions(vu, 5) == [("", "Trop peu de personnes pour conclure quoi que ce soit.")]


def test_our_lateness_is_counted_as_plainly(eds: Structure) -> None:
    qui = f.soumise(eds)
    f.accompagnee(qui, eds, f.agent())
    contrat = Contrat.objects.create(
        personne=qui, genre=GenreContrat.CONTRAT_ENGAGEMENT, structure=eds, cree_le=f.MAINTENANT, cree_par=f.systeme(),
        signe_personne_le=date(2026, 1, 5), signe_referent_le=date(2026, 1, 5), debut=date(2026, 1, 5),
    )  # fmt: skip
    for n in range(3):
        Engagement.objects.create(
            contrat=contrat, engage=Engage.ORGANISME, texte=f"Promesse {n}", avant_le=date(2026, 2, 7)
        )
    Engagement.objects.create(contrat=contrat, engage=Engage.PERSONNE, texte="Venir", avant_le=date(2026, 2, 7))
    (promesses,) = nos_promesses(du=DU, au=AU)
    assert (promesses.structure, promesses.nombre, promesses.en_retard, promesses.mediane) == (str(eds), 3, 3, 10)
    f.evenement(
        qui,
        GenreEvenement.SANCTION_CONSTATEE,
        objets=["versement_CG"],
        sens="vue",
        le=f.MAINTENANT - timedelta(days=90),
    )
    retards = {r.genre: r for r in nos_retards(du=DU, au=AU)}
    assert retards[GenreEcheance.SANCTION_A_RAPPROCHER].ouvertes_en_retard == 1
    assert retards[GenreEcheance.STATUER_RAPO].nombre == 0


def test_the_page(client: Client, eds: Structure, django_assert_max_num_queries: Any) -> None:
    signalees(Sexe.FEMME, 40, retenus=30)
    signalees(Sexe.HOMME, 40, retenus=6)
    client.force_login(f.agent(RoleAgent.PILOTAGE))
    with django_assert_max_num_queries(14):
        dit = texte(client.get(reverse("neutralite")))
    assert "75 % 30 sur 40 entre 60 % et 86 %" in dit
    assert "Jamais en dessous de la structure" in dit
    for d in Dimension:
        assert client.get(reverse("neutralite"), {"par": d.value, "mois": "36"}).status_code == 200
    csv = client.get(reverse("neutralite_export"), {"par": "sexe"}).content.decode("utf-8-sig")
    assert csv.splitlines()[1].startswith("Femmes;40;")
    client.force_login(f.agent(RoleAgent.ELU))
    assert "Sous 11 personnes" in texte(client.get(reverse("neutralite"), {"par": "inconnu", "mois": "x"}))
    client.force_login(f.agent(RoleAgent.REFERENT))
    assert client.get(reverse("neutralite")).status_code == 403


def test_kept_until_something_is_decided(eds: Structure, django_assert_num_queries: Any) -> None:
    suivie = f.soumise(eds, sexe=Sexe.FEMME)
    f.accompagnee(suivie, eds, f.agent())
    femmes = signalees(Sexe.FEMME, 3, retenus=0)
    avant = neutralite(du=DU, au=AU, par=Dimension.SEXE)
    delais_des_etapes(du=DU, au=AU)
    assert (avant.tous.effectifs[Passage.SUIVIE], avant.tous.effectifs[Passage.DECIDEE]) == (4, 0)
    with django_assert_num_queries(2):
        assert neutralite(du=DU, au=AU, par=Dimension.SEXE) is avant
        delais_des_etapes(du=DU, au=AU)
    decision(femmes[0], notifiee_le=date(2026, 2, 12))
    with django_assert_num_queries(3):  # what is new, the names; the people accompanied stay counted for the day
        vu = neutralite(du=DU, au=AU, par=Dimension.SEXE)
    assert (vu.tous.effectifs[Passage.SUIVIE], vu.tous.effectifs[Passage.DECIDEE]) == (4, 1)
    assert delais_des_etapes(du=DU, au=AU)["notification"].nombre == 1
    decision(suivie)
    vu = neutralite(du=DU, au=AU, par=Dimension.SEXE)
    assert [(g.libelle, g.effectifs[Passage.SUIVIE], g.effectifs[Passage.DECIDEE]) for g in vu.groupes] == [
        ("Femmes", 4, 2),
    ]  # fmt: skip
    for par in Dimension:
        vu = neutralite(du=DU, au=AU, par=par)
        assert sum(g.effectifs[Passage.SUIVIE] for g in vu.groupes) == 4, par


def test_a_page_shows_a_new_decision_at_once(client: Client, eds: Structure) -> None:
    gens = signalees(Sexe.FEMME, 20, retenus=0)
    client.force_login(f.agent(RoleAgent.PILOTAGE))
    assert "sur 20" in (avant := texte(client.get(reverse("neutralite"))))
    for n, qui in enumerate(gens[:10]):
        decision(qui, preuve=f"2026-DD-{n}")
    apres = texte(client.get(reverse("neutralite")))
    assert "10 sur 20" in apres
    assert "10 sur 20" not in avant


def texte(reponse: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))
