"""Pages of experiments: the sentence first, naive beside adjusted, published ones only for who reads publications."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.pilotage import evaluation
from cordee.pilotage.enums_evaluation import GenreUnite
from cordee.pilotage.evaluation.moteurs import donnees, principal
from cordee.pilotage.evaluation.regles.protocole import Protocole, Traite
from cordee.pilotage.evaluation.services import ordres, registre
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.models import Etude, Experience, OrdreAleatoire
from tests import fabriques as f

pytestmark = pytest.mark.django_db
TRAITES = ("94017", "94028", "94079")
PROTOCOLE = Protocole(
    devis="territoires", critere="activite_6_mois", entrees_du="2022-01-01", debut="2024-03-01", fin="2025-12-31",
    effet_minimal=2.0, traites=tuple(Traite(u, "2024-03-01") for u in TRAITES), temoins=("temoin_femme",),
    estimateurs=("naif", "differences", "permutation"), placebo_dates=("2023-01-01",),
    publies=(("Trois communes", "20,7 %"), ("Reste du département", "11 %")),
)  # fmt: skip


def a(jour: str) -> datetime:
    return datetime.fromisoformat(f"{jour}T10:00:00").replace(tzinfo=UTC)


@cache
def resultat(effet: float) -> dict[str, Any]:
    """What the engine says of 20 communes, 12,000 entrants, and an effect of so many points."""
    alea = np.random.default_rng(11)
    n = 12_000
    unites = np.array([*TRAITES, *(f"94{k:03d}" for k in range(200, 217))])
    unite, mois = unites[alea.integers(0, 20, n)], alea.integers(0, 48, n)
    jour = np.datetime64("2022-01") + mois
    ici, apres = np.isin(unite, TRAITES), jour >= np.datetime64("2024-03")
    u = alea.random(n)
    y = (alea.random(n) < 0.03 + 0.14 * u + effet / 100 * (ici & apres)).astype(float)
    d = donnees.Donnees(
        jour.astype("datetime64[D]"), unite, np.arange(n), np.zeros(n, dtype=bool), alea.random(n) < u,
        {"activite_6_mois": y, "temoin_femme": (alea.random(n) < 0.5).astype(float)}, {},
    )  # fmt: skip
    manifeste = Manifeste("v", "b", "s", date(2026, 11, 22), a("2026-11-22"), 0, date(2021, 12, 31), date(2026, 10, 31))
    with pytest.MonkeyPatch.context() as m:
        m.setattr(donnees, "lire", lambda *_, **__: d)
        return principal.evaluer(manifeste, {"protocole": PROTOCOLE.en_json(), "experience": 1})


@pytest.fixture
def pilote(db: None) -> Agent:
    return f.agent(RoleAgent.PILOTAGE)


@pytest.fixture
def etudiee(pilote: Agent) -> Callable[..., Experience]:
    """``etudiee(8.0, publiee=True)``: closed, its results there."""

    def faire(effet: float = 8.0, *, publiee: bool = False, titre: str = "Trois communes pilotes") -> Experience:
        e = registre.ecrire_brouillon(titre=titre, hypothese="Plus d'activité.", protocole=PROTOCOLE, par=pilote,
                                      le=a("2024-01-10"))  # fmt: skip
        e = registre.enregistrer(experience=e, par=pilote, le=a("2024-01-12"))
        e = registre.demarrer(experience=e, par=pilote, le=a("2024-03-01"))
        e = registre.clore(experience=e, par=pilote, le=a("2026-01-05"))
        etude = registre.demander_resultats(experience=e, par=pilote, le=a("2026-07-10"))
        Etude.objects.filter(pk=etude.pk).update(
            etat="calculee", resultat=resultat(effet), methode="1", calculee_le=a("2026-07-10"), lac_le=a("2026-07-10")
        )
        return registre.publier(experience=e, par=pilote, le=a("2026-07-11")) if publiee else e

    return faire


def page(client: Client, qui: Agent, nom: str, *args: Any, suite: str = "") -> str:
    client.force_login(qui)
    reponse = client.get(reverse(nom, args=args) + suite)
    assert reponse.status_code == 200
    return reponse.content.decode()


def test_the_sentence_comes_first_and_the_gap_is_called_a_gap(
    client: Client, pilote: Agent, etudiee: Callable[..., Experience]
) -> None:
    lue = page(client, pilote, "pilotage_experience", etudiee().code)
    assert "On peut conclure à un effet favorable" in lue
    assert "l&#x27;écart brut de" in lue
    assert "Un écart, pas un effet" in lue
    assert lue.index("On peut conclure") < lue.index("Un écart, pas un effet") < lue.index("Estimation principale")
    assert "C&#x27;est un écart, pas un effet." in lue  # the contradiction of the published figures
    assert "20,7 %" in lue
    assert "sont bien celles qui ont été écrites" in lue


def test_a_null_result_is_as_plain_as_another(
    client: Client, pilote: Agent, etudiee: Callable[..., Experience]
) -> None:
    lue = page(client, pilote, "pilotage_experience", etudiee(0.0).code)
    assert resultat(0.0)["conclusion"]["verdict"] in ("pas_d_effet", "non_concluant")
    assert "Aucun effet qui compte" in lue or "On ne peut pas conclure" in lue
    assert "effet favorable" not in lue


def test_elected_members_read_what_is_published_only(client: Client, etudiee: Callable[..., Experience]) -> None:
    elu = f.agent(RoleAgent.ELU)
    attente = etudiee(titre="Encore interne")
    publiee = etudiee(publiee=True)
    liste = page(client, elu, "pilotage_evaluation")
    assert publiee.titre in liste
    assert attente.titre not in liste
    assert "Préparer une expérimentation" not in liste
    lue = page(client, elu, "pilotage_experience", publiee.code)
    assert "Ils ne bougent plus" in lue
    assert "Explorer" not in lue
    for nom in ("pilotage_experience", "pilotage_experience_graphique", "pilotage_experience_export"):
        assert client.get(reverse(nom, args=[attente.code])).status_code == 404
    for acte in ("modifier", "amender", "explorer", "abandonner"):
        assert client.get(reverse(f"pilotage_experience_{acte}", args=[publiee.code])).status_code == 403


def test_charts_and_files(client: Client, pilote: Agent, etudiee: Callable[..., Experience]) -> None:
    e = etudiee()
    client.force_login(pilote)
    dessin = reverse("pilotage_experience_graphique", args=[e.code])
    for quel in ("intervalles", "evenements", "placebos"):
        assert client.get(f"{dessin}?quel={quel}").json()["$schema"].startswith("https://vega")
    assert client.get(f"{dessin}?quel=equilibre").status_code == 404
    adresse = reverse("pilotage_experience_export", args=[e.code])
    lu = client.get(f"{adresse}?format=json").json()
    assert {"naif", "estimation", "intervalle", "conclusion", "sceau", "protocole"} <= lu.keys()
    assert "Différence de différences" in client.get(f"{adresse}?format=csv").content.decode("utf-8-sig")
    assert client.get(f"{adresse}?format=xlsx").content[:2] == b"PK"
    Etude.objects.update(resultat=None, etat="en_attente")
    assert client.get(adresse).status_code == 409


def test_from_a_draft_to_a_sealed_protocol(client: Client, pilote: Agent) -> None:
    for code in (*TRAITES, "94080"):
        f.commune(code, f"Commune {code}")
    client.force_login(pilote)
    saisie = {
        "titre": "Nouvel accueil", "hypothese": "Plus de contrats.", "devis": "territoires",
        "critere": "contrat_30_jours", "traites": ["94028"], "entrees_du": "2026-01-01", "debut": "2027-01-04",
        "fin": "2027-12-31", "comparateur": "reste", "effet_minimal": "3", "temoins": ["temoin_femme"],
    }  # fmt: skip
    adresse = reverse("pilotage_evaluation_nouvelle")
    refus = client.post(adresse, saisie | {"traites": []})
    assert refus.status_code == 422
    assert "quelles unités" in refus.content.decode()
    client.post(adresse, saisie)
    e = Experience.objects.get()
    assert (e.code, e.etat) == ("nouvel-accueil", "brouillon")
    assert "Rien n'est calculé" in page(client, pilote, "pilotage_experience", e.code)
    client.post(reverse("pilotage_experience_resultats", args=[e.code]))
    assert not Etude.objects.exists()
    client.post(reverse("pilotage_experience_acte", args=[e.code, "enregistrer"]))
    e.refresh_from_db()
    assert len(e.sceau) == 64
    amende = {"fin": "2027-06-30", "effet_minimal": "3", "temoins": ["temoin_femme"], "motif": "Budget"}
    client.post(reverse("pilotage_experience_amender", args=[e.code]), amende)
    assert "31/12/2027 → 30/06/2027" in page(client, pilote, "pilotage_experience", e.code)
    assert client.get(reverse("pilotage_experience_modifier", args=[e.code])).status_code == 409


def test_an_exploration_keeps_its_label(client: Client, pilote: Agent, etudiee: Callable[..., Experience]) -> None:
    e = etudiee()
    client.force_login(pilote)
    reponse = client.post(reverse("pilotage_experience_explorer", args=[e.code]),
                          {"critere": "contrat_30_jours", "fin": "2025-06-30", "motif": "Les contrats"})  # fmt: skip
    suite = reponse.headers.get("HX-Redirect") or reponse.headers["Location"]
    Etude.objects.filter(pk=int(suite.rpartition("=")[2])).update(etat="calculee", resultat=resultat(8.0),
                                                                  calculee_le=a("2026-07-10"))  # fmt: skip
    lue = client.get(suite).content.decode()
    assert "elle suggère, elle ne prouve pas" in lue
    assert "Les contrats" in page(client, pilote, "pilotage_experience", e.code)
    autre = etudiee(titre="Une autre")
    assert client.get(reverse("pilotage_experience", args=[autre.code]) + suite[suite.index("?") :]).status_code == 404


def test_a_random_order_from_its_announcement_to_its_draw(client: Client, pilote: Agent) -> None:
    le = a("2026-03-01")
    ordre = ordres.annoncer_ordre(titre="Stock", genre=GenreUnite.COMMUNES, unites={c: c for c in "abcd"},
                                  debut=date(2026, 4, 1), vagues=2, ecart_jours=7, par=pilote, le=le)  # fmt: skip
    assert "scellée jusqu'au tirage" in page(client, pilote, "pilotage_ordre", ordre.pk)
    assert client.get(reverse("pilotage_ordre_export", args=[ordre.pk])).status_code == 404
    ordres.tirer_ordre(ordre=ordre, par=pilote, le=le + timedelta(days=1))
    assert "Ordre vérifié" in page(client, pilote, "pilotage_ordre", ordre.pk)
    assert client.get(reverse("pilotage_ordre_export", args=[ordre.pk])).status_code == 200
    OrdreAleatoire.objects.filter(pk=ordre.pk).update(graine="autre")
    assert "ne se retrouve pas" in page(client, pilote, "pilotage_ordre", ordre.pk)


def test_before_anything_a_design_says_what_it_would_see(client: Client, pilote: Agent) -> None:
    assert "1,7 point" in page(client, pilote, "pilotage_evaluation_puissance",
                               suite="?taux=10&traites=3000&temoins=12000")  # fmt: skip


def test_the_list_costs_the_same_however_long(
    client: Client, pilote: Agent, etudiee: Callable[..., Experience],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for k in range(6):
        etudiee(publiee=k % 2 == 0, titre=f"Essai {k}")
    client.force_login(pilote)
    with django_assert_max_num_queries(14):
        assert client.get(reverse("pilotage_evaluation")).status_code == 200
    with django_assert_max_num_queries(14):
        assert client.get(reverse("pilotage_experience", args=["essai-1"])).status_code == 200


def test_a_web_process_never_loads_the_statistics() -> None:
    """Only the engines, called by their name in the worker, import them."""
    racine = Path(evaluation.__file__).parent
    fichiers = [x for x in racine.rglob("*.py") if "moteurs" not in x.parts]
    fichiers += list((racine.parents[1] / "web" / "pilotage" / "evaluation").glob("*.py"))
    assert len(fichiers) > 12
    for fichier in fichiers:
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            noms = (
                [x.name for x in noeud.names] if isinstance(noeud, ast.Import) else [getattr(noeud, "module", "") or ""]
            )
            for nom in noms:
                assert nom.partition(".")[0] not in {"statsmodels", "scipy", "numpy", "pandas"}, fichier
                assert ".moteurs" not in nom, fichier
