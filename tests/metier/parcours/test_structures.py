"""Closing a structure, and how many people somebody answers for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, RegleSecteur
from cordee.metier.organismes.selectors import structure_du_secteur
from cordee.metier.parcours.selectors.charge import personnes_confiees, personnes_de_structure, suivies_par_structure
from cordee.metier.parcours.services.structures import FermetureRefusee, fermer_structure
from cordee.socle.horloge import jour
from tests import fabriques as f

pytestmark = pytest.mark.django_db
AUJOURDHUI = jour(f.MAINTENANT)


def test_charge_d_un_agent_et_d_une_structure() -> None:
    eds, ailleurs = f.structure(), f.structure()
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    for _ in range(2):
        f.accompagnee(f.soumise(eds), eds, lea)
    f.soumise(ailleurs)
    assert personnes_confiees(lea) == 2
    assert personnes_confiees(f.agent()) == 0
    assert personnes_de_structure(eds) == 2
    assert suivies_par_structure([eds.pk, ailleurs.pk]) == {eds.pk: 2}


def test_une_structure_vide_ferme_aujourd_hui() -> None:
    eds, commune = f.structure(), f.commune()
    f.regle_secteur(eds, commune)
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    future = f.affecter(lea, RoleAgent.CHEF_STRUCTURE, eds, debut=AUJOURDHUI + timedelta(days=9))
    fermer_structure(structure=eds, a_compter_du=AUJOURDHUI, par=f.systeme(), le=f.MAINTENANT)
    eds.refresh_from_db()
    assert eds.fin == AUJOURDHUI
    assert structure_du_secteur(code_insee=commune.pk, public=None, au=AUJOURDHUI) is None
    assert RegleSecteur.objects.get().fin == AUJOURDHUI
    assert not Affectation.objects.filter(pk=future.pk).exists()
    assert Affectation.objects.get(agent=lea).fin == AUJOURDHUI


def test_une_structure_occupee_ne_ferme_que_plus_tard() -> None:
    eds = f.structure()
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    f.accompagnee(f.soumise(eds), eds, lea)
    with pytest.raises(FermetureRefusee, match="1 personne y est encore suivie"):
        fermer_structure(structure=eds, a_compter_du=AUJOURDHUI, par=f.systeme(), le=f.MAINTENANT)
    plus_tard = date(2026, 12, 31)
    assert fermer_structure(structure=eds, a_compter_du=plus_tard, par=f.systeme(), le=f.MAINTENANT).fin == plus_tard


def test_pas_avant_l_ouverture() -> None:
    eds = f.structure(debut=date(2026, 2, 1))
    with pytest.raises(FermetureRefusee, match="choisissez une date ultérieure"):
        fermer_structure(structure=eds, a_compter_du=date(2026, 2, 1), par=f.systeme(), le=f.MAINTENANT)
