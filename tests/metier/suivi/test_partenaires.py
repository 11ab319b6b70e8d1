"""What partners say of the people they follow (E05): kept with its day, told to the path, never inventing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.selectors import histoire_de
from cordee.metier.parcours.services import annuler_evenement
from cordee.metier.suivi import services
from cordee.metier.suivi.models import InformationPartenaire
from cordee.metier.suivi.regles import DateDite, InformationConnue, InformationDite, completer
from cordee.metier.suivi.selectors import (
    attentes_de,
    attentes_par_structure,
    informations_ailleurs,
    structures_du_partenaire,
)
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as G
from tests import fabriques as f
from tests.echanges.partenaires.scenes import LE, Monde, etape, monde, situation

JANVIER, FEVRIER = date(2026, 1, 31), date(2026, 2, 10)
SIGNE = DateDite(date(2026, 1, 8))
PARTIELLE = DateDite(partielle="2025")
_FAITS = st.builds(
    InformationDite, personne=st.just(1),
    contrat=st.sampled_from([DateDite(), SIGNE, PARTIELLE]),
    dernier_contact=st.sampled_from([DateDite(), DateDite(date(2026, 1, 12)), DateDite(partielle="2026-01")]),
    prochain_contact_le=st.sampled_from([None, date(2026, 3, 1)]), referent=st.sampled_from(["", "Mme A", "M. B"]),
)  # fmt: skip


@given(st.lists(st.tuples(_FAITS, st.integers(1, 28)), max_size=4, unique_by=lambda x: x[1]))
def test_files_of_different_days_give_the_same_in_any_order(dites: list[tuple[InformationDite, int]]) -> None:
    finales = set()
    for ordre in permutations(dites):
        connue = InformationConnue()
        for dite, jour in ordre:
            connue = completer(connue, dite, au=date(2026, 1, jour))
        finales.add(connue)
    assert len(finales) == 1


@pytest.mark.django_db
class TestEnMasse:
    @pytest.fixture
    def scene(self) -> Monde:
        return monde()

    def noter(self, scene: Monde, *dites: InformationDite, au: date = JANVIER, recue_le: date = FEVRIER):  # type: ignore[no-untyped-def]
        return services.noter_informations(
            informations=dites, partenaire=scene.agence, au=au, recue_le=recue_le, fichier=7, par=scene.thomas, le=LE
        )

    def test_the_first_word_ends_the_waiting_and_starts_the_clock_on_the_day_it_came(self, scene: Monde) -> None:
        lea = scene.suivie()
        assert etape(lea).attendu == "non_recue"
        bilan = self.noter(scene, InformationDite(personne=lea.pk, contrat=SIGNE))
        assert (bilan.prises, bilan.portees, bilan.nouvelles) == ({lea.pk}, {lea.pk}, {lea.pk})
        assert (etape(lea).attendu, etape(lea).terme) == ("recue", FEVRIER + timedelta(days=60))
        assert situation(lea).contrat_le == SIGNE.jour
        info = InformationPartenaire.objects.get(personne=lea)
        assert (info.structure, info.au, info.contrat_au, info.recue_le, info.fichier, info.appliquee) == (
            scene.agence, JANVIER, JANVIER, FEVRIER, 7, True,
        )  # fmt: skip

    def test_a_date_known_in_part_is_told_in_part(self, scene: Monde) -> None:
        lea = scene.suivie()
        self.noter(scene, InformationDite(personne=lea.pk, contrat=PARTIELLE))
        info = InformationPartenaire.objects.get(personne=lea)
        assert (info.contrat_le, info.contrat_partiel, info.contrat_connu) == (None, "2025", True)
        assert (situation(lea).contrat_le, etape(lea).attendu) == (None, "recue")
        assert histoire_de(lea)[-1].detail == "Contrat signé chez le partenaire en 2025 (date exacte inconnue)."

    def test_the_same_word_twice_writes_no_event(self, scene: Monde) -> None:
        lea = scene.suivie()
        dite = InformationDite(personne=lea.pk, contrat=SIGNE)
        self.noter(scene, dite)
        avant = Evenement.objects.count()
        bilan = self.noter(scene, dite)
        assert (bilan.inchangees, bilan.portees, Evenement.objects.count()) == ({lea.pk}, set(), avant)

    def test_a_word_repeated_month_after_month_keeps_the_etape_from_turning_red(self, scene: Monde) -> None:
        lea = scene.suivie()
        dite = InformationDite(personne=lea.pk, contrat=SIGNE)
        self.noter(scene, dite, recue_le=date(2026, 1, 10))
        bilan = self.noter(scene, dite, au=JANVIER + timedelta(days=5), recue_le=FEVRIER)
        assert bilan.portees == {lea.pk}
        assert etape(lea).terme == FEVRIER + timedelta(days=60)

    def test_an_older_file_fills_what_is_unknown_and_replaces_nothing(self, scene: Monde) -> None:
        lea = scene.suivie()
        self.noter(scene, InformationDite(personne=lea.pk, contrat=SIGNE))
        vieux = InformationDite(personne=lea.pk, contrat=DateDite(date(2024, 5, 1)), referent="Mme Exemple")
        self.noter(scene, vieux, au=date(2025, 12, 31))
        info = InformationPartenaire.objects.get(personne=lea)
        assert (info.contrat_le, info.referent, info.au) == (SIGNE.jour, "Mme Exemple", JANVIER)
        assert situation(lea).contrat_le == SIGNE.jour
        assert self.noter(scene, vieux, au=date(2025, 12, 31)).anciennes == {lea.pk}

    def test_somebody_followed_elsewhere_is_not_moved_and_is_listed(self, scene: Monde) -> None:
        autre = scene.suivie(structure=f.structure(TypeStructure.MISSION_LOCALE, G.MISSION_LOCALE))
        avant = situation(autre).dernier_evenement
        bilan = self.noter(scene, InformationDite(personne=autre.pk, contrat=SIGNE))
        assert (bilan.ailleurs, bilan.portees) == ({autre.pk}, set())
        assert situation(autre).dernier_evenement == avant
        liaison = f.agent(RoleAgent.LIAISON, structure=scene.eds)
        assert [i.personne for i in informations_ailleurs(pour=liaison, au=FEVRIER)] == [autre]

    def test_once_oriented_to_the_partner_what_was_kept_is_taken(self, scene: Monde) -> None:
        lea = f.soumise(scene.eds, le=LE - timedelta(days=30))
        dite = InformationDite(personne=lea.pk, contrat=SIGNE)
        assert self.noter(scene, dite).ailleurs == {lea.pk}
        f.orientee(lea, scene.agence, le=LE - timedelta(days=20))
        assert self.noter(scene, dite).portees == {lea.pk}
        assert (etape(lea).attendu, InformationPartenaire.objects.get().appliquee) == ("recue", True)

    def test_the_number_of_queries_does_not_follow_the_number_of_people(
        self, scene: Monde, django_assert_max_num_queries: object
    ) -> None:
        gens = [scene.suivie(0) if rang == 0 else f.soumise(scene.eds) for rang in range(12)]
        with django_assert_max_num_queries(45):  # type: ignore[operator]
            self.noter(scene, *(InformationDite(personne=p.pk, contrat=SIGNE) for p in gens))

    def test_each_agency_is_chased_once(self, scene: Monde, django_assert_max_num_queries: object) -> None:
        autre = f.structure(TypeStructure.OPERATEUR_EMPLOI, G.OPERATEUR_EMPLOI, nom="Agence de Vitry")
        lea, zoe, ada = scene.suivie(0), scene.suivie(1), scene.suivie(2, structure=autre)
        self.noter(scene, InformationDite(personne=lea.pk, contrat=SIGNE))
        liaison = f.agent(RoleAgent.LIAISON, structure=scene.eds)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            lignes = attentes_par_structure(pour=liaison, au=FEVRIER)
        assert [(a.structure, a.recues, a.non_recues, a.derniere) for a in lignes] == [
            (scene.agence, 1, 1, JANVIER), (autre, 0, 1, None),
        ]  # fmt: skip
        assert [e.personne for e in attentes_de(structure=scene.agence, pour=liaison, au=FEVRIER)] == [zoe, lea]
        referente = f.agent(RoleAgent.REFERENT, structure=scene.eds)
        assert attentes_par_structure(pour=referente, au=FEVRIER) == []
        assert ada.pk

    def test_a_partner_speaks_for_what_depends_on_it(self) -> None:
        siege = f.structure(TypeStructure.ASSOCIATION, G.DELEGATAIRE)
        antenne = f.structure(TypeStructure.ASSOCIATION, G.DELEGATAIRE, parent=siege)
        local = f.structure(TypeStructure.ASSOCIATION, G.DELEGATAIRE, parent=antenne)
        assert structures_du_partenaire(siege) == {siege.pk, antenne.pk, local.pk}
        assert structures_du_partenaire(antenne) == {antenne.pk, local.pk}

    def test_a_word_typed_by_mistake_and_cancelled_is_forgotten(self, scene: Monde) -> None:
        lea = scene.suivie()
        self.noter(scene, InformationDite(personne=lea.pk, contrat=SIGNE))
        faux = services.noter_information_partenaire(personne=lea, contrat_le=date(2026, 2, 1), par=scene.thomas, le=LE)
        assert InformationPartenaire.objects.get().contrat_le == date(2026, 2, 1)
        annuler_evenement(evenement=faux, par=scene.thomas, le=LE + timedelta(minutes=5))
        assert InformationPartenaire.objects.get().contrat_le == SIGNE.jour
        assert situation(lea).contrat_le == SIGNE.jour

    def test_the_only_word_cancelled_leaves_nothing(self, scene: Monde) -> None:
        lea = scene.suivie()
        faux = services.noter_information_partenaire(personne=lea, contrat_le=date(2026, 2, 1), par=scene.thomas, le=LE)
        annuler_evenement(evenement=faux, par=scene.thomas, le=LE + timedelta(minutes=5))
        assert not InformationPartenaire.objects.exists()
        assert etape(lea).attendu == "non_recue"
        assert Evenement.objects.filter(genre=GenreEvenement.ANNULATION).count() == 1
