"""What happens every night."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.configuration.taches import passage_du_temps
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import ContactPropose, Lecture
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def test_clocks_run_out_at_night_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    f.systeme()
    personne = f.personne(foyer=f.foyer())
    f.entree_sdd(personne, f.structure(), recu_le=date(2026, 1, 5))
    for jour, etat in (("2026-02-16", Etat.ENTRANTE), ("2026-02-17", Etat.COMPETENCE_OPERATEUR_EMPLOI)):
        monkeypatch.setenv("CORDEE_MAINTENANT", f"{jour}T04:15")
        passage_du_temps(timestamp=0)
        passage_du_temps(timestamp=0)
        assert Situation.objects.get(pk=personne.pk).etat == etat
    assert personne.evenements.count() == 2


def test_traces_of_reads_are_kept_one_year(monkeypatch: pytest.MonkeyPatch) -> None:
    f.systeme()
    monkeypatch.setenv("CORDEE_MAINTENANT", f.MAINTENANT.isoformat())
    for age in (400, 300):
        Lecture.objects.create(
            personne_id=1, agent_id=1, finalite="suivi", page="fiche", lue_le=f.MAINTENANT - timedelta(days=age)
        )
    passage_du_temps(timestamp=0)
    assert Lecture.objects.count() == 1


def test_proposed_contacts_are_kept_twelve_months_once_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    f.systeme()
    monkeypatch.setenv("CORDEE_MAINTENANT", f.MAINTENANT.isoformat())
    personne = f.personne()
    for rang, (statut, age) in enumerate([("ecarte", 370), ("retenu", 370), ("ecarte", 360), ("en_attente", 800)]):
        le = f.MAINTENANT - timedelta(days=age)
        ContactPropose.objects.create(
            personne=personne, genre="telephone", valeur=f"06399800{rang:02d}", motif="plus_recent",
            date_du_fichier=le.date(), statut=statut, propose_le=le, decide_le=None if statut == "en_attente" else le,
        )  # fmt: skip
    passage_du_temps(timestamp=0)
    assert set(ContactPropose.objects.values_list("valeur", flat=True)) == {"0639980002", "0639980003"}
