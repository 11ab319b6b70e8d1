"""What each role reads of the figures: answers, territories, what stays hidden, lists that only some may open."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from cordee.configuration import taches
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.personnes.models import Lecture
from cordee.pilotage.entetes import definitions
from cordee.pilotage.questions import QUESTIONS, codes
from cordee.web.pilotage import calcul
from tests import fabriques as f
from tests.web.acces_codes import ROLES
from tests.web.acces_pages import PAGES
from tests.web.pilotage.conftest import Departement

pytestmark = pytest.mark.django_db
ESPACES = re.compile(r"\s+")
AVEC_CHIFFRES = ("pilotage", "pilotage_indicateur", "pilotage_echeance", "pilotage_cibles", "pilotage_graphique",
                 "pilotage_export", "pilotage_personnes", "pilotage_personnes_export")  # fmt: skip


def lire(client: Client, role: str, d: Departement, nom: str, *args: str, statut: int = 200, **parametres: str) -> str:
    """The words of a page."""
    client.force_login(d.agents[role])
    reponse = client.get(reverse(nom, args=args), parametres)
    assert reponse.status_code == statut, reponse.content.decode()[:2000]
    corps = reponse.content.decode()
    corps = corps[corps.index("<main") : corps.index("</main>")]
    return ESPACES.sub(" ", unescape(re.sub(r"<[^>]+>", " ", corps)))


# The first page -----------------------------------------------------------------------------------------------------
def test_every_figure_of_the_first_page_exists() -> None:
    assert set(codes()) <= set(definitions())
    assert len({q.cle for q in QUESTIONS}) == len(QUESTIONS)


def test_a_director_reads_the_answers_in_order(client: Client, departement: Departement) -> None:
    lu = lire(client, "pilo", departement, "pilotage")
    rangs = [lu.index(q.texte) for q in QUESTIONS]
    assert rangs == sorted(rangs)
    assert "Tout le département, au 17 février 2026" in lu
    assert "Personnes qui attendent une orientation 38" in lu
    assert "35,2 % +35,2 points en un an : en mieux 25 sur 71" in lu  # contracts: none a year before
    assert "Chiffres rafraîchis le 17 février 2026 à 09:00:00" in lu


def test_the_countdown_counts_days_people_and_pace(client: Client, departement: Departement) -> None:
    """17 February to 1 January: 318 days; no one was there on 1 January 2025, so nobody is left to sign."""
    lu = lire(client, "pilo", departement, "pilotage")
    assert "Il ne reste personne 318 jours avant le 1er janvier 2027" in lu
    assert "délai légal" in lu
    assert "Décret 2024-1244" in lu
    assert "318 jours" not in lire(client, "pilo", departement, "pilotage", mois="2026-01")
    assert "335 jours avant le 1er janvier 2027" in lire(client, "pilo", departement, "pilotage", mois="2026-01")


def test_month_and_territory_live_in_the_address(client: Client, departement: Departement) -> None:
    lu = lire(client, "pilo", departement, "pilotage", territoire="94028", mois="2025-06")
    assert "Créteil, au 30 juin 2025" in lu
    assert "mai 2025" in lu
    assert "juillet 2025" in lu
    assert "Personnes qui attendent une orientation 12" in lu
    debut = lire(client, "pilo", departement, "pilotage", mois="1999-01")
    assert "au 31 janvier 2025" in debut
    assert "février 2025" in debut
    inconnu = lire(client, "pilo", departement, "pilotage", territoire="75056", mois="demain")
    assert "Tout le département, au 17 février 2026" in inconnu


def test_the_head_of_a_structure_reads_her_own_only(client: Client, departement: Departement) -> None:
    lu = lire(client, "chef", departement, "pilotage", territoire="94")
    assert "EDS des essais, au 17 février 2026" in lu
    assert "Tout le département" not in lu
    assert "EDS voisin" not in lu
    assert "Selon le territoire" not in lire(client, "chef", departement, "pilotage_indicateur", "taux_contrat")


def test_an_elected_member_is_offered_no_structure(client: Client, departement: Departement) -> None:
    lu = lire(client, "elu", departement, "pilotage")
    assert "EDS des essais" not in lu
    assert "Chiffres publiés : aucune personne n'apparaît ici" in lu
    code = departement.eds.code
    assert "Tout le département" in lire(client, "elu", departement, "pilotage", territoire=code)
    assert "EDS des essais, au" in lire(client, "pilo", departement, "pilotage", territoire=code)


@pytest.mark.parametrize("role", ["pilo", "elu"])
def test_who_steers_comes_there_first(client: Client, departement: Departement, role: str) -> None:
    client.force_login(departement.agents[role])
    assert client.get(reverse("accueil"), follow=True).redirect_chain == [(reverse("pilotage"), 302)]


# Small numbers ------------------------------------------------------------------------------------------------------
def test_small_numbers_and_what_would_give_them_back_are_hidden(client: Client, departement: Departement) -> None:
    """Joinville (4) is hidden; the smallest of its EPT too, or a subtraction would give Joinville; the others stay."""
    lu = lire(client, "pilo", departement, "pilotage_indicateur", "personnes_sdd")
    assert "Joinville-le-Pont non affiché" in lu
    assert "Alfortville non affiché" in lu
    assert "Créteil 24" in lu
    assert "2 lignes « non affiché » : moins de 5 personnes" in lu
    for code, raison in (("94042", "Trop peu de personnes"), ("94002", "il ferait connaître un chiffre voisin")):
        assert raison in lire(client, "pilo", departement, "pilotage_indicateur", "personnes_sdd", territoire=code)


def test_the_threshold_of_what_is_published_is_higher(client: Client, departement: Departement) -> None:
    """Eight contracts are shown inside the house, hidden in what is published, on the page as in the files."""
    code, ici = "contrats_en_cours", {"territoire": "94028"}
    assert "Créteil, au 17 février 2026" in lire(client, "pilo", departement, "pilotage_indicateur", code, **ici)
    for role, montre in (("pilo", True), ("elu", False)):
        lu = lire(client, role, departement, "pilotage_indicateur", code, **ici)
        assert ("à février 2026, de 0 personne à 8 personnes" in lu) is montre
        assert ("Trop peu de personnes" in lu) is not montre
        for suite in ({"vue": "mois", **ici}, {"vue": "territoires", "niveau": "commune"}):
            export = client.get(reverse("pilotage_export", args=[code]), suite).content.decode()
            assert (";8,0;" in export) is montre
            assert "non affiché" in export or montre
        courbe = client.get(reverse("pilotage_graphique", args=[code]), {"forme": "courbe", **ici}).json()
        assert ("'valeur': 8.0" in str(courbe)) is montre
    assert "Tout le département, au 17 février 2026" in lire(client, "elu", departement, "pilotage_indicateur", code)


# Charts and files ---------------------------------------------------------------------------------------------------
def test_charts_are_json_of_the_same_figures(client: Client, departement: Departement) -> None:
    client.force_login(departement.agents["pilo"])

    def dessin(forme: str, **autres: str) -> dict[str, Any]:
        adresse = reverse("pilotage_graphique", args=["personnes_sdd"])
        return client.get(adresse, {"forme": forme, **autres}).json()  # type: ignore[no-any-return]

    courbe = dessin("courbe", periode="0")
    points = courbe["layer"][0]["data"]["values"]
    assert [p["valeur"] for p in points] == [71.0] * 14  # January 2025 to February 2026
    assert points[-1] == {"mois": "2026-02-01", "valeur": 71.0, "texte": "71",
                          "bulle": "février 2026 : 71\xa0personnes"}  # fmt: skip
    assert dessin("etincelle")["height"] == 64
    carte = {ligne["nom"]: ligne for ligne in dessin("carte")["data"]["values"]}
    assert carte["Joinville-le-Pont"]["taille"] is None
    assert carte["Créteil"]["taille"] == 24
    assert "http" not in str({k: v for k, v in courbe.items() if k != "$schema"})


def test_a_chart_that_does_not_exist_is_not_found(client: Client, departement: Departement) -> None:
    client.force_login(departement.agents["pilo"])
    assert client.get(reverse("pilotage_graphique", args=["personnes_sdd"]), {"forme": "camembert"}).status_code == 404
    client.force_login(departement.agents["chef"])
    assert client.get(reverse("pilotage_graphique", args=["personnes_sdd"]), {"forme": "carte"}).status_code == 404


def test_an_unknown_indicator_says_so(client: Client, departement: Departement) -> None:
    client.force_login(departement.agents["pilo"])
    reponse = client.get(reverse("pilotage_indicateur", args=["bonheur"]))
    assert reponse.status_code == 409
    assert "n'existe pas" in unescape(reponse.content.decode())


def test_figures_leave_as_files(client: Client, departement: Departement) -> None:
    client.force_login(departement.agents["pilo"])
    adresse = reverse("pilotage_export", args=["taux_contrat"])
    csv = client.get(adresse, {"periode": "0"})
    assert csv["Content-Disposition"] == 'attachment; filename="taux_contrat-94-2026-02-17-mois.csv"'
    lignes = csv.content.decode("utf-8-sig").splitlines()
    assert lignes[-1].startswith("17/02/2026;Tout le département;35,2113;25,0;71,0;")
    xlsx = client.get(adresse, {"vue": "territoires", "format": "xlsx"})
    assert xlsx.content[:2] == b"PK"


def test_tables_are_sorted_from_the_address(client: Client, departement: Departement) -> None:
    lu = lire(client, "pilo", departement, "pilotage_indicateur", "personnes_sdd", niveau="ept", tri_lieux="lieu")
    assert lu.index("EPT du bois") < lu.index("EPT du fleuve")
    renverse = lire(
        client, "pilo", departement, "pilotage_indicateur", "personnes_sdd", niveau="ept", tri_lieux="-lieu"
    )
    assert renverse.rindex("EPT du bois") > renverse.rindex("EPT du fleuve")
    mois = lire(client, "pilo", departement, "pilotage_indicateur", "contrats_en_cours", tri="valeur", periode="0")
    assert mois.index("janvier 2025 0") < mois.index("juin 2025 25")


# People behind ------------------------------------------------------------------------------------------------------
def test_the_people_behind_a_figure_are_hers_and_logged(client: Client, departement: Departement) -> None:
    cheffe = departement.agents["chef"]
    lu = lire(client, "chef", departement, "pilotage_personnes", "contrats_en_cours")
    assert "EDS des essais, au 17 février 2026 : 25 personnes que vous pouvez voir." in lu
    lues = Lecture.objects.filter(agent_id=cheffe.pk, page="liste/contrats_en_cours").values_list(
        "personne_id", flat=True
    )
    assert set(lues) == {p.pk for p in departement.avec_contrat}


def test_people_outside_her_reach_are_counted_never_shown(client: Client, departement: Departement) -> None:
    sensible = departement.avec_contrat[0]
    sensible.dossier_sensible = True
    sensible.save(update_fields=["dossier_sensible"])
    lu = lire(client, "chef", departement, "pilotage_personnes", "contrats_en_cours")
    assert "24 personnes que vous pouvez voir, 1 hors de votre périmètre." in lu
    assert Lecture.objects.filter(agent_id=departement.agents["chef"].pk).count() == 24


@pytest.mark.parametrize("role", ["pilo", "elu"])
def test_no_list_for_who_sees_no_one(client: Client, departement: Departement, role: str) -> None:
    for nom in ("pilotage_personnes", "pilotage_personnes_export"):
        client.force_login(departement.agents[role])
        assert client.get(reverse(nom, args=["personnes_sdd"])).status_code == 403
    assert "Voir les personnes" not in lire(client, role, departement, "pilotage")
    assert not Lecture.objects.exists()


def test_an_elected_member_who_is_also_an_agent_reads_as_an_agent(client: Client, departement: Departement) -> None:
    """Roles add up: what is published only binds those who hold no other role."""
    f.affecter(departement.agents["elu"], RoleAgent.ENCADRANT, departement.eds)
    assert "Voir les personnes" in lire(client, "elu", departement, "pilotage")


def test_a_list_that_leaves_is_logged(client: Client, departement: Departement) -> None:
    client.force_login(departement.agents["enca"])
    reponse = client.get(reverse("pilotage_personnes_export", args=["contrats_en_cours"]))
    assert len(reponse.content.decode().splitlines()) == 26
    assert Lecture.objects.filter(page="export/contrats_en_cours").count() == 25


# No figures, fresh figures ------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("sans_chiffres")
@pytest.mark.parametrize("nom", ["pilotage", "pilotage_indicateur"])
def test_before_the_first_computation_the_page_says_what_to_do(client: Client, nom: str) -> None:
    args = ["personnes_sdd"] if nom == "pilotage_indicateur" else []
    vues = {}
    for role in (RoleAgent.PILOTAGE, RoleAgent.ELU):
        client.force_login(f.agent(role))
        vues[role] = client.get(reverse(nom, args=args)).content.decode()
        assert "Les chiffres ne sont pas encore calculés" in vues[role]
    assert reverse("pilotage_actualiser") in vues[RoleAgent.PILOTAGE]
    assert reverse("pilotage_actualiser") not in vues[RoleAgent.ELU]


@pytest.mark.usefixtures("sans_chiffres")
def test_asking_for_figures_queues_one_task(client: Client) -> None:
    assert calcul.TACHE in taches.app.tasks
    assert taches.rafraichir_les_chiffres.queueing_lock == calcul.VERROU
    client.force_login(f.agent(RoleAgent.PILOTAGE))
    reponse = client.post(reverse("pilotage_actualiser"), {"retour": "/pilotage/?mois=2026-01"})
    assert reponse.url == "/pilotage/?mois=2026-01"
    client.post(reverse("pilotage_actualiser"), {"retour": "https://ailleurs.invalid/"})
    assert ProcrastinateJob.objects.filter(task_name=calcul.TACHE, status="todo").count() == 1
    assert client.post(reverse("pilotage_actualiser"), {"retour": "//ailleurs.invalid"}).url == reverse("accueil")


# The doors, the method, the cost ------------------------------------------------------------------------------------
def test_with_figures_each_role_opens_what_the_table_says(departement: Departement, client: Client) -> None:
    """As ``test_acces``, with figures: what said 409 for want of them answers. Other rooms try their own."""
    pages = {nom: PAGES[nom] for nom in AVEC_CHIFFRES}
    obtenus: dict[tuple[str, str], int] = {}
    for role, agent in departement.agents.items():
        client.force_login(agent)
        for nom, page in pages.items():
            parametres = {"forme": "etincelle"} if nom == "pilotage_graphique" else {}
            obtenus[role, nom] = client.get(reverse(nom, args=page.args), parametres).status_code
    assert obtenus == {
        (role, nom): int(page.reponses.split()[rang].replace("409", "200"))
        for rang, role in enumerate(ROLES) for nom, page in pages.items()
    }  # fmt: skip


def test_the_method_shows_every_query_and_what_disagrees(client: Client, departement: Departement) -> None:
    client.force_login(departement.agents["elu"])
    page = client.get(reverse("pilotage_methode")).content.decode()
    for d in definitions().values():
        assert f'id="{d.code}"' in page
    lu = ESPACES.sub(" ", unescape(page))
    assert ESPACES.sub(" ", definitions()["taux_contrat"].sql) in lu
    for mots in ("5 518 contrats", "16,4 %", "47 265 personnes", "C'est un écart, pas un effet"):
        assert mots in lu


def test_pages_cost_a_constant_number_of_queries(
    client: Client, departement: Departement, django_assert_max_num_queries: Any
) -> None:
    """Whatever the months, the territories, the indicators and the people."""
    for role, adresse, plafond in (
        ("pilo", reverse("pilotage"), 24),
        ("chef", reverse("pilotage"), 30),
        ("pilo", reverse("pilotage_indicateur", args=["taux_contrat"]), 28),
        ("pilo", reverse("pilotage_graphique", args=["taux_contrat"]) + "?forme=courbe&periode=0", 12),
        ("enca", reverse("pilotage_personnes", args=["personnes_sdd"]), 21),
        ("pilo", reverse("pilotage_methode"), 6),
    ):
        client.force_login(departement.agents[role])
        client.get(adresse)
        with django_assert_max_num_queries(plafond):
            assert client.get(adresse).status_code == 200
