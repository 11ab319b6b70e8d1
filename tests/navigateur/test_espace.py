"""A person opens the link of her message on a phone, with her birth date and nothing else, and moves the date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cordee.metier.courriers.enums import Canal
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.models import LienPersonnel
from cordee.metier.rendezvous.services.liens import code_de
from tests import fabriques as f
from tests.navigateur.conftest import Equipe, Ouvrir

pytestmark = pytest.mark.navigateur
J = timedelta(days=1)


def test_she_moves_her_appointment_on_a_phone(
    equipe: Equipe, ouvrir: Ouvrir, violations: Any, live_server: Any, settings: Any
) -> None:
    settings.URL_PUBLIQUE = live_server.url
    f.systeme()
    samia = f.soumise(equipe.secteur, le=f.MAINTENANT - 3 * J, nom="Benfictif", date_naissance=date(1988, 3, 12))
    f.adresse(personne=samia)
    for rang in range(6, 14):
        for heure in range(3):
            f.creneau(equipe.secteur, debut=f.MAINTENANT + rang * J + heure * timedelta(hours=1))
    premier = f.creneau(equipe.secteur, debut=f.MAINTENANT + 5 * J)
    services.reserver(creneau=premier, personne=samia, canal=Canal.COURRIER, par=equipe.agente, le=f.MAINTENANT)
    lien = LienPersonnel.objects.get()

    page = ouvrir(None, 320, f"/rdv/{code_de(lien)}/")
    vues = [("porte", violations(page))]
    page.get_by_label("Jour").fill("13")
    page.get_by_label("Mois").select_option("mars")
    page.get_by_label("Année").fill("1988")
    page.get_by_role("button", name="Voir mon rendez-vous").click()
    page.get_by_text("ne va pas avec ce lien").wait_for()
    page.get_by_label("Jour").fill("12")
    page.get_by_role("button", name="Voir mon rendez-vous").click()
    page.get_by_role("heading", name="Votre prochaine étape").wait_for()
    assert "Benfictif" not in page.content()
    vues.append(("étape", violations(page)))
    page.get_by_role("link", name="Choisir une autre date").click()
    vues.append(("dates", violations(page)))
    page.get_by_role("button", name="lundi 2 mars à 09:00").click()
    page.get_by_role("heading", name="Votre prochaine étape").wait_for()
    assert "lundi 2 mars" in page.locator(".espace-quand").inner_text().lower()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as fichier:
        page.get_by_role("link", name="L'ajouter à l'agenda").click()
    assert b"20260302T090000" in fichier.value.path().read_bytes()
    assert [v for _, v in vues if v] == []
    lien.refresh_from_db()
    assert (lien.deplacements, Situation.objects.get(personne=samia).etat) == (1, Etat.CONVOQUEE)

    # She cannot come after all: no absence, somebody will call.
    page.get_by_role("link", name="Je ne peux pas venir").click()
    page.get_by_label("Plutôt le matin").check()
    page.get_by_role("button", name="Demander l'appel").click()
    page.get_by_text("Nous allons vous appeler").wait_for()
    agente = ouvrir(equipe.agente, 1280, "/arrivees/demandes/")
    agente.get_by_role("button", name="C'est fait").click()
    agente.get_by_text("C'est noté").wait_for()
