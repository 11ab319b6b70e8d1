"""The agenda of the demonstration: every team receives, the same seed gives the same slots, the count is true."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cordee.demo.agenda import ouvrir_les_agendas
from cordee.demo.organisation import DOMAINE, construire_organisation
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import AbsenceAgent
from cordee.metier.rendezvous.enums import GenreRendezVous
from cordee.metier.rendezvous.models import Creneau, Fermeture, Plage
from cordee.metier.rendezvous.selectors.creneaux import creneaux_incoherents
from cordee.socle.horloge import PARIS
from cordee.territoires.services import charger_departement
from tests import fabriques as f

LE = datetime(2026, 11, 22, 9, tzinfo=PARIS)


@pytest.mark.django_db
def test_every_team_receives() -> None:
    charger_departement(code="94")
    par = f.systeme()
    organisation = construire_organisation(par=par, le=LE)
    personne = f.personne()
    plateforme = next(s for s in organisation.structures.values() if s.type == TypeStructure.PLATEFORME)
    f.entree_sdd(personne, plateforme, le=LE - timedelta(days=20))
    nombre = ouvrir_les_agendas(organisation, graine=94, le=LE, horizon=timedelta(weeks=1))
    assert nombre == Creneau.objects.count() > 3_000
    accompagnent = {s.pk for s in organisation.structures.values() if s.type in (TypeStructure.EDS, TypeStructure.EI)}
    assert accompagnent <= set(Plage.objects.values_list("structure", flat=True))
    assert set(Creneau.objects.values_list("genre", flat=True)) == {str(g) for g in GenreRendezVous}
    assert AbsenceAgent.objects.filter(retour_inconnu=True).count() == 1
    assert not AbsenceAgent.objects.filter(agent__courriel__endswith=DOMAINE).exists()
    assert Fermeture.objects.exists()
    assert not creneaux_incoherents().exists()
