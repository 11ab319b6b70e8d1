"""Correcting what was recorded of an organisation, and what nobody may do to herself."""

from __future__ import annotations

from datetime import date

import pytest

from cordee.metier.organismes import services
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent, RegleSecteur
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def test_modifier_une_structure_ne_touche_ni_son_code_ni_ses_dates() -> None:
    eds = f.structure(code="EDS")
    services.modifier_structure(
        structure=eds, champs={"nom": "Neuf", "code": "X", "fin": date(2020, 2, 2)}, par=f.systeme(), le=f.MAINTENANT
    )
    eds.refresh_from_db()
    assert (eds.nom, eds.code, eds.fin) == ("Neuf", "EDS", None)


def test_deux_comptes_n_ont_pas_le_meme_courriel() -> None:
    lea, zoe = f.agent(courriel="lea@exemple.invalid"), f.agent(courriel="zoe@exemple.invalid")
    with pytest.raises(services.OrganisationRefusee, match="Un autre compte"):
        services.modifier_agent(agent=zoe, champs={"courriel": "LEA@exemple.invalid"}, par=lea, le=f.MAINTENANT)
    services.modifier_agent(agent=zoe, champs={"courriel": " Zoe2@exemple.invalid "}, par=lea, le=f.MAINTENANT)
    assert Agent.objects.get(pk=zoe.pk).courriel == "zoe2@exemple.invalid"


def test_un_compte_ouvert_avec_son_role_ou_pas_du_tout() -> None:
    champs = {"courriel": "n@exemple.invalid", "nom": "N", "prenom": "", "telephone": "", "role": RoleAgent.REFERENT,
              "structure": f.structure(), "par": f.systeme(), "le": f.MAINTENANT}  # fmt: skip
    with pytest.raises(services.OrganisationRefusee):
        services.ouvrir_compte(**champs, debut=date(2026, 2, 1), fin=date(2026, 1, 1))
    assert not Agent.objects.filter(courriel="n@exemple.invalid").exists()
    agent = services.ouvrir_compte(**champs, debut=date(2026, 2, 1), fin=None)
    assert agent.affectations.get().role == RoleAgent.REFERENT
    assert not agent.has_usable_password()


def test_personne_ne_se_donne_un_role() -> None:
    admin = f.agent(RoleAgent.ADMINISTRATEUR)
    with pytest.raises(services.OrganisationRefusee, match="un autre administrateur"):
        services.affecter(
            agent=admin, structure=f.structure(), role=RoleAgent.REFERENT, debut=date(2026, 2, 1), par=admin,
            le=f.MAINTENANT,
        )  # fmt: skip
    assert Affectation.objects.filter(agent=admin).count() == 1


@pytest.mark.parametrize(("fin", "reste"), [(date(2026, 1, 1), 0), (date(2026, 3, 1), 1)])
def test_retirer_un_secteur(fin: date, reste: int) -> None:
    regle = f.regle_secteur(f.structure(), f.commune(), debut=date(2026, 1, 1))
    services.retirer_secteur(regle=regle, fin=fin, par=f.systeme(), le=f.MAINTENANT)
    assert RegleSecteur.objects.count() == reste
    assert all(r.fin == fin for r in RegleSecteur.objects.all())


def test_une_convention_ne_finit_pas_avant_d_avoir_commence() -> None:
    convention = f.convention(f.structure(), debut=date(2026, 1, 1))
    with pytest.raises(services.OrganisationRefusee, match="doit suivre son début"):
        services.terminer_convention(convention=convention, fin=date(2025, 1, 1), par=f.systeme(), le=f.MAINTENANT)
    services.terminer_convention(convention=convention, fin=date(2026, 6, 1), par=f.systeme(), le=f.MAINTENANT)
    convention.refresh_from_db()
    assert convention.fin == date(2026, 6, 1)
