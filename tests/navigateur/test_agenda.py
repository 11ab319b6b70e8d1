"""A head opens hours, then shares out the day of a colleague who is ill, from the first page to the last word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import AbsenceAgent
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.models import Plage, RendezVous
from tests import fabriques as f
from tests.navigateur.conftest import Equipe

pytestmark = pytest.mark.navigateur
LE = f.MAINTENANT


def test_ouvrir_une_plage_puis_replacer_la_journee_d_une_collegue(
    equipe: Equipe, ouvrir: Any, live_server: Any, violations: Any
) -> None:
    collegue = f.agent(RoleAgent.REFERENT, structure=equipe.secteur, prenom="Noé", nom="Fictif")
    personne = f.soumise(equipe.secteur, foyer=f.foyer(), prenom="Amina", nom="TESTARD")
    f.contact(personne)
    creneau = f.creneau(equipe.secteur, agent=equipe.referente, debut=LE + timedelta(days=1))
    f.creneau(equipe.secteur, agent=collegue, debut=LE + timedelta(days=1))
    rdv = services.reserver(creneau=creneau, personne=personne, canal=Canal.SMS, par=equipe.agente, le=LE)

    page = ouvrir(equipe.cheffe, 1280, reverse("agenda_plages"))
    page.get_by_role("link", name="Ouvrir une plage").click()
    page.locator("#tiroir").get_by_label("Mardi").check()
    page.locator("#tiroir").get_by_role("button", name="Voir ce que cela ouvre").click()
    page.get_by_text("Rien n'est encore enregistré").wait_for()
    assert not Plage.objects.exists()
    page.locator("#tiroir").get_by_role("button", name="Ouvrir ces créneaux").click()
    page.get_by_text("Les plages sont ouvertes").wait_for()
    assert Plage.objects.get().creneaux.count() == 39  # ten Tuesdays; today at nine has begun

    page.goto(f"{live_server.url}{reverse('agenda_replacer')}?agent={equipe.referente.pk}&jour=2026-02-18")
    page.get_by_text("Même heure, même lieu").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Replacer ces rendez-vous").click()
    page.get_by_role("button", name="Replacer et prévenir").click()
    page.get_by_text("confié à un collègue").wait_for()
    rdv.refresh_from_db()
    assert (rdv.agent, AbsenceAgent.objects.get().agent) == (collegue, equipe.referente)
    assert RendezVous.objects.count() == 1
