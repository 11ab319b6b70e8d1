"""``cordee campagne``, as the person in charge of the platform types it."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from typing import Any

import pytest

from cordee.configuration import commande
from cordee.configuration.console import FAIT, MAL_EMPLOYE, REFUSE
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import Campagne, RendezVous
from cordee.metier.rendezvous.services.plages import ouvrir_plage
from tests import fabriques as f

pytestmark = pytest.mark.django_db
CLES = {"campagne", "libelle", "objet", "etat", "personnes", "planifiees", "convoquees", "sans_place", "retirees",
        "annulees", "refus", "canaux", "structures"}  # fmt: skip


@pytest.fixture(autouse=True)
def horloge(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")
    settings.CORDEE_HOME = tmp_path  # no figures but those a test makes


@pytest.fixture
def agente(db: None) -> Agent:
    """Five people wait in Créteil, which has room for four."""
    eds = f.structure(code="EDS-CRETEIL", commune=f.commune())
    f.regle_secteur(eds, f.commune())
    for _ in range(5):
        foyer = f.foyer()
        f.adresse(foyer=foyer)
        f.soumise(eds, foyer=foyer)
    ouvrir_plage(
        structure=eds, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE, jour_semaine=2,
        de=time(9), a=time(12), duree_minutes=45, debut=date(2026, 2, 25), fin=date(2026, 2, 25) + timedelta(days=1),
        par=f.systeme(), le=f.MAINTENANT,
    )  # fmt: skip
    return f.agent(RoleAgent.AGENT_PLATEFORME, structure=eds)


def lancer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = commande.main(["campagne", *arguments, "--json"])
    sortie = capsys.readouterr().out
    return code, json.loads(sortie) if sortie else None


def test_simulated_then_prepared_then_sent(capsys: pytest.CaptureFixture[str], agente: Agent) -> None:
    code, plan = lancer(capsys, "simuler", "--par", agente.courriel)
    assert (code, set(plan), plan["campagne"]) == (FAIT, CLES, None)
    assert (plan["personnes"], plan["planifiees"], plan["sans_place"]) == (5, 4, 1)
    (creteil,) = plan["structures"]
    assert creteil == {
        "structure": "EDS-CRETEIL", "nom": creteil["nom"], "besoin": 5, "libres": 4, "places": 4, "recues": 4,
        "manque": 1, "demi_journees": 1,
    }  # fmt: skip
    assert not Campagne.objects.exists()
    _, prete = lancer(capsys, "preparer", "--par", agente.courriel, "--libelle", "Février")
    assert (prete["etat"], prete["libelle"], RendezVous.objects.count()) == ("prete", "Février", 0)
    numero = str(prete["campagne"])
    _, envoyee = lancer(capsys, "envoyer", "--campagne", numero, "--par", agente.courriel)
    assert (envoyee["etat"], envoyee["convoquees"], RendezVous.objects.count()) == ("terminee", 4, 4)
    assert envoyee["canaux"] == [{"canal": "courrier", "nombre": 4}]
    assert lancer(capsys, "etat", "--campagne", numero)[1] == envoyee
    assert lancer(capsys, "etat")[1] == [envoyee]


@pytest.mark.parametrize(
    ("arguments", "code", "dit"),
    [
        (("preparer",), REFUSE, "au nom de qui"),
        (("preparer", "--par", "inconnue@exemple.invalid"), REFUSE, "Aucun agent en activité"),
        (("preparer", "--par", "AGENTE", "--commune", "00000"), REFUSE, "Aucune commune"),
        (("preparer", "--par", "AGENTE", "--secteur", "RIEN"), REFUSE, "Aucune structure"),
        (("preparer", "--par", "AGENTE", "--file", "seconde"), REFUSE, "Aucune personne ne correspond"),
        (("preparer", "--par", "AGENTE", "--file", "jamais"), REFUSE, "pas encore été calculés"),
        (("preparer", "--par", "AGENTE", "--delai", "2"), REFUSE, "plus court que le préavis"),
        (("envoyer", "--campagne", "1", "--par", "AGENTE"), REFUSE, "Aucune campagne"),
        (("partir",), MAL_EMPLOYE, "possibles"),
    ],
)
def test_a_bad_request_is_a_sentence_and_changes_nothing(
    capsys: pytest.CaptureFixture[str], agente: Agent, arguments: tuple[str, ...], code: int, dit: str
) -> None:
    donnes = [agente.courriel if a == "AGENTE" else a for a in arguments]
    assert commande.main(["campagne", *donnes]) == code
    assert dit in capsys.readouterr().err
    assert not Campagne.objects.exists()


def test_the_help_tells_the_keys_of_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert commande.main(["campagne", "--help"]) == FAIT
    aide = capsys.readouterr().out
    assert all(cle in aide for cle in CLES)
