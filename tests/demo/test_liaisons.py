"""What partners tell of the people entrusted to them says again what they said, and little more each month."""

from __future__ import annotations

from datetime import date, timedelta

from cordee.demo.liaisons import suivies_par
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Structure
from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.parcours.enums import Voie
from cordee.metier.suivi.regles import DateDite
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from tests import fabriques as f

REFERENCE = date(2026, 1, 31)
SIGNE = date(2025, 11, 4)


def _agence() -> Structure:
    return f.structure(TypeStructure.OPERATEUR_EMPLOI, GenreOrganismeReferent.OPERATEUR_EMPLOI)


def _suivies(agence: Structure, combien: int, *, contrat: date | None = None) -> None:
    for _ in range(combien):
        personne = f.soumise(agence, le=f.MAINTENANT - timedelta(days=120))
        f.orientee(personne, agence, voie=Voie.EMPLOI, le=f.MAINTENANT - timedelta(days=110))
        if contrat is not None:
            f.evenement(
                personne, E.INFORMATION_PARTENAIRE, le=f.MAINTENANT - timedelta(days=40),
                contrat_le=contrat.isoformat(), au="2025-12-31", structure=agence.pk, pour=agence.pk,
            )  # fmt: skip


def test_a_contract_told_before_is_told_again_with_its_date(db: None) -> None:
    agence = _agence()
    _suivies(agence, 15, contrat=SIGNE)
    dites = [s for s in suivies_par([agence], reference=REFERENCE, graine=94) if s.numdemrsa]
    assert 10 <= len(dites) <= 15
    assert {s.contrat for s in dites} == {DateDite(SIGNE)}


def test_few_sign_in_a_month_and_nothing_is_told_of_the_future(db: None) -> None:
    agence = _agence()
    _suivies(agence, 25)
    dites = [s for s in suivies_par([agence], reference=REFERENCE, graine=94) if s.numdemrsa]
    assert sum(bool(s.contrat) for s in dites) <= 5
    assert all(s.contact.jour is None or s.contact.jour < REFERENCE for s in dites)


def test_the_same_seed_tells_the_same(db: None) -> None:
    agence = _agence()
    _suivies(agence, 6)
    assert suivies_par([agence], reference=REFERENCE, graine=94) == suivies_par(
        [agence], reference=REFERENCE, graine=94
    )
