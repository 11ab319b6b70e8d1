"""Pages of published states."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cordee.pilotage.models import Instantane
from cordee.pilotage.services import rafraichir
from tests import fabriques as f
from tests.pilotage import gens
from tests.web.pilotage.conftest import DEPUIS, Departement


def test_an_analyst_takes_one_reads_it_and_sees_what_moved_since(client: Client, departement: Departement) -> None:
    client.force_login(departement.agents["pilo"])
    reponse = client.post(reverse("pilotage_instantane_prendre"), {"libelle": "Bilan 2025", "au": "2025-12-31"})
    assert reponse.status_code == 302
    publie = Instantane.objects.get()
    assert "Bilan 2025" in client.get(reverse("pilotage_instantanes")).content.decode()
    page = reverse("pilotage_instantane", args=[publie.pk])
    texte = client.get(page).content.decode()
    assert "n'a bougé depuis" in texte.replace("&#x27;", "'")
    joinville = client.get(page, {"territoire": "94042"}).content.decode()
    assert "non affiché" in joinville, "four people: hidden"
    for _ in range(6):
        gens.soumise(depuis=DEPUIS)
    rafraichir(le=f.MAINTENANT, mois_passes=0, dont=publie.au)
    texte = client.get(page).content.decode()
    assert "disent autre chose" in texte
    assert "+6" in texte
    tableau = client.get(page, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    (ligne,) = [x.split(";") for x in tableau if ";personnes_sdd;" in x]
    assert (ligne[3], ligne[6], ligne[7]) == ("71,0", "77,0", "6,0")
    client.post(reverse("pilotage_instantane_prendre"), {"libelle": "Bilan 2025, revu", "au": "2025-12-31"})
    revu = Instantane.objects.latest("pk")
    comparaison = reverse("pilotage_instantanes_comparer")
    texte = client.get(comparaison, {"a": publie.pk, "b": revu.pk}).content.decode()
    assert "+6" in texte
    meme = client.get(comparaison, {"a": publie.pk, "b": publie.pk}).content.decode()
    assert "Pas une unité" in meme


def test_a_label_already_taken_is_refused_in_words(client: Client, departement: Departement) -> None:
    client.force_login(departement.agents["pilo"])
    donnees = {"libelle": "Bilan 2025", "au": "2025-12-31"}
    client.post(reverse("pilotage_instantane_prendre"), donnees)
    reponse = client.post(reverse("pilotage_instantane_prendre"), donnees)
    assert "déjà" in reponse.content.decode()
    assert Instantane.objects.count() == 1


@pytest.mark.usefixtures("sans_chiffres")
def test_before_any_figure_the_page_says_what_to_do(client: Client) -> None:
    client.force_login(f.agent("pilotage"))
    texte = client.get(reverse("pilotage_instantanes")).content.decode()
    assert "Aucun instantané" in texte
    reponse = client.post(reverse("pilotage_instantane_prendre"), {"libelle": "Essai", "au": "2025-12-31"})
    assert "pas encore" in reponse.content.decode()
