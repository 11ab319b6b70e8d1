"""Overbooking follows the no-shows observed, under a ceiling; the waiting list; interpreters; what the night does."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.configuration.taches import preparer_les_agendas
from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.parcours.services import fermer_acces
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import (
    GenreRendezVous,
    ModaliteRendezVous,
    MotifAnnulation,
    StatutAttente,
    StatutInterprete,
    StatutRendezVous,
    TypeInterprete,
)
from cordee.metier.rendezvous.models import Attente, Creneau, Interprete, RendezVous, Surreservation
from cordee.metier.rendezvous.regles.surreservation import Observation, etaler, surplus_admis
from cordee.metier.rendezvous.selectors.attente import file_d_attente, places_proposees
from cordee.metier.rendezvous.selectors.surreservation import absences_observees
from cordee.metier.rendezvous.services import RendezVousImpossible
from cordee.metier.suivi.enums import MotifInterruption
from cordee.metier.suivi.services import interrompre
from cordee.socle.contraintes import ContrainteViolee
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe

DEMAIN = LE + timedelta(days=1)
ORIENTATION = GenreRendezVous.ORIENTATION


def observer(equipe: Equipe, *, venues: int, absences: int, genre: GenreRendezVous = ORIENTATION) -> None:
    """Past meetings of the EDS over the last three months."""
    personne = f.personne()
    statuts = [StatutRendezVous.HONORE] * venues + [StatutRendezVous.ABSENT] * absences
    debut = LE - timedelta(days=90)
    RendezVous.objects.bulk_create(
        [
            RendezVous(
                personne=personne, genre=genre, modalite="physique", structure=equipe.eds, statut=statut,
                debut=debut + timedelta(hours=n), fin=debut + timedelta(hours=n, minutes=45),
            )
            for n, statut in enumerate(statuts)
        ]
    )  # fmt: skip


class TestRegle:
    @given(
        places=st.integers(1, 60), venues=st.integers(0, 300), absences=st.integers(0, 300), plafond=st.integers(0, 50)
    )
    def test_never_over_the_ceiling_and_more_absences_never_give_less(
        self, places: int, venues: int, absences: int, plafond: int
    ) -> None:
        donne = surplus_admis(places, Observation(venues, absences), plafond=plafond)
        assert 0 <= donne.nombre <= places * plafond / 100
        assert donne.raison
        if venues + absences >= 30:
            assert surplus_admis(places, Observation(venues, absences + 30), plafond=plafond).nombre >= donne.nombre

    @given(places=st.lists(st.integers(1, 20), min_size=1, max_size=12), surplus=st.integers(0, 30))
    def test_a_days_surplus_is_shared_out_whole(self, places: list[int], surplus: int) -> None:
        assert sum(etaler(places, surplus)) == surplus


class TestSurreservation:
    def test_who_came_and_who_did_not(self, equipe: Equipe) -> None:
        observer(equipe, venues=6, absences=4)
        observer(equipe, venues=1, absences=0, genre=GenreRendezVous.CONTRAT)
        f.creneau(equipe.eds)
        vues = absences_observees(du=jour(LE) - timedelta(days=182), au=jour(LE))
        assert vues[equipe.eds.pk, "orientation"] == Observation(venues=6, absences=4)
        assert vues[equipe.eds.pk, "orientation"].taux == pytest.approx(0.4)
        assert absences_observees(du=jour(LE) - timedelta(days=30), au=jour(LE)) == {}

    def test_the_ceiling_is_used_as_far_as_absences_allow(self, equipe: Equipe) -> None:
        observer(equipe, venues=60, absences=40)
        for n in range(10):
            f.creneau(equipe.eds, debut=DEMAIN + timedelta(hours=n), places=1)
        reglage = services.fixer_plafond(
            structure=equipe.eds, genre=ORIENTATION, plafond=30, par=equipe.samia, le=LE
        )  # fmt: skip
        surplus = list(Creneau.objects.order_by("debut").values_list("surplus", flat=True))
        assert (sum(surplus), max(surplus), surplus[0], surplus[-1]) == (3, 1, 0, 0)
        assert (reglage.venues, reglage.absences, reglage.observe_au) == (60, 40, jour(LE))
        services.fixer_plafond(structure=equipe.eds, genre=ORIENTATION, plafond=0, par=equipe.samia, le=LE)
        assert not Creneau.objects.filter(surplus__gt=0).exists()
        assert Surreservation.objects.count() == 1

    def test_a_place_already_given_is_never_withdrawn(self, equipe: Equipe) -> None:
        observer(equipe, venues=50, absences=50)
        creneau = f.creneau(equipe.eds, places=10)
        services.fixer_plafond(structure=equipe.eds, genre=ORIENTATION, plafond=50, par=equipe.samia, le=LE)
        creneau.refresh_from_db()
        assert creneau.surplus >= 2
        Creneau.objects.update(prises=11)
        services.fixer_plafond(structure=equipe.eds, genre=ORIENTATION, plafond=0, par=equipe.samia, le=LE)
        creneau.refresh_from_db()
        assert creneau.surplus == 1

    def test_few_meetings_say_nothing(self, equipe: Equipe) -> None:
        observer(equipe, venues=10, absences=19)
        creneau = f.creneau(equipe.eds, places=10)
        services.fixer_plafond(structure=equipe.eds, genre=ORIENTATION, plafond=50, par=equipe.samia, le=LE)
        creneau.refresh_from_db()
        assert creneau.surplus == 0

    def test_a_ceiling_has_a_ceiling(self, equipe: Equipe) -> None:
        with pytest.raises(ContrainteViolee, match="0 à 50"):
            services.fixer_plafond(structure=equipe.eds, genre=ORIENTATION, plafond=51, par=equipe.samia, le=LE)


class TestAttente:
    def attendre(self, equipe: Equipe, personne: Personne | None = None, **champs: Any) -> Attente:
        valeurs: dict[str, Any] = {"structure": equipe.eds, "genre": ORIENTATION, "par": equipe.samia, "le": LE}
        return services.mettre_en_attente(personne=personne or equipe.entrante(), **{**valeurs, **champs})

    def test_the_oldest_deadline_has_the_freed_place(self, equipe: Equipe) -> None:
        tard = self.attendre(equipe, echeance=date(2026, 3, 20))
        tot = self.attendre(equipe, echeance=date(2026, 3, 1))
        par_telephone = self.attendre(equipe, echeance=date(2026, 2, 1), modalite=ModaliteRendezVous.TELEPHONE)
        assert list(file_d_attente()) == [par_telephone, tot, tard]
        creneau = f.creneau(equipe.eds, debut=DEMAIN)
        assert services.proposer_place_liberee(creneau=creneau, le=LE) == tot
        proposees = {p.attente: p.creneau for p in places_proposees(list(file_d_attente()), le=LE)}
        assert proposees == {par_telephone: None, tot: creneau, tard: None}

    def test_nobody_is_offered_a_place_too_soon_full_or_closed(self, equipe: Equipe) -> None:
        self.attendre(equipe)
        for creneau in (
            f.creneau(equipe.eds, debut=LE + timedelta(hours=1)), f.creneau(equipe.eds, prises=1),
            f.creneau(equipe.eds, statut="ferme", motif_fermeture="service"),
        ):  # fmt: skip
            assert services.proposer_place_liberee(creneau=creneau, le=LE) is None

    def test_an_interpreter_needs_the_next_slot_too(self, equipe: Equipe) -> None:
        self.attendre(equipe, equipe.entrante(langue="tamoul", interprete=True))
        premier = f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN)
        assert services.proposer_place_liberee(creneau=premier, le=LE) is None
        f.creneau(equipe.eds, agent=equipe.lea, debut=premier.fin)
        assert services.proposer_place_liberee(creneau=premier, le=LE) is not None

    def test_a_place_given_ends_the_wait_however_it_was_given(self, equipe: Equipe) -> None:
        attente = self.attendre(equipe)
        rdv = services.reserver(
            creneau=f.creneau(equipe.eds), personne=attente.personne, canal=Canal.COURRIER, par=equipe.samia, le=LE
        )
        attente.refresh_from_db()
        assert (attente.statut, attente.rendez_vous) == (StatutAttente.SERVIE, rdv)
        with pytest.raises(RendezVousImpossible, match="close"):
            services.servir_attente(
                attente=attente, creneau=f.creneau(equipe.eds), canal=Canal.COURRIER, par=equipe.samia, le=LE
            )
        with pytest.raises(RendezVousImpossible, match="déjà un rendez-vous"):
            self.attendre(equipe, attente.personne)

    def test_nobody_waits_twice_nor_after_leaving(self, equipe: Equipe) -> None:
        attente = self.attendre(equipe)
        with pytest.raises(ContrainteViolee, match="attend déjà"):
            self.attendre(equipe, attente.personne)
        interrompre(
            personne=attente.personne, motif=MotifInterruption.HOSPITALISATION, revue_le=jour(LE) + timedelta(days=30),
            par=equipe.lea, le=LE,
        )  # fmt: skip
        attente.refresh_from_db()
        assert attente.statut == StatutAttente.RETIREE


class TestInterprete:
    def reserver(self, equipe: Equipe, **champs: Any) -> RendezVous:
        personne = equipe.entrante(langue="tamoul", interprete=True)
        creneau = f.creneau(equipe.eds, **{"minutes": 70, "debut": DEMAIN, **champs})
        return services.reserver(creneau=creneau, personne=personne, canal=Canal.COURRIER, par=equipe.samia, le=LE)

    def test_to_be_booked_then_booked_with_its_cost_then_cancelled(self, equipe: Equipe) -> None:
        rdv = self.reserver(equipe)
        interprete = Interprete.objects.get(rendez_vous=rdv)
        assert interprete.statut == StatutInterprete.A_RESERVER
        services.reserver_interprete(
            interprete=interprete, type=TypeInterprete.TELEPHONE, cout=Decimal("42.50"), par=equipe.samia, le=LE
        )
        services.annuler(rendez_vous=rdv, motif=MotifAnnulation.SERVICE, par=equipe.samia, le=LE)
        interprete.refresh_from_db()
        assert (interprete.statut, interprete.cout) == (StatutInterprete.ANNULE, Decimal("42.50"))
        with pytest.raises(RendezVousImpossible, match="annulé"):
            services.interprete_inutile(interprete=interprete, par=equipe.samia, le=LE)

    def test_nobody_to_book_where_her_language_is_spoken(self, equipe: Equipe) -> None:
        self.reserver(equipe, minutes=45, langue="tamoul")
        assert not Interprete.objects.exists()

    def test_a_child_is_no_interpreter(self) -> None:
        assert not [t for t in TypeInterprete if "enfant" in t.libelle.lower() or "mineur" in t.libelle.lower()]


def test_the_night_makes_slots_closes_those_of_leavers_and_overbooks(
    equipe: Equipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    f.systeme()
    noe = f.agent(RoleAgent.REFERENT, structure=equipe.eds)
    for agent in (equipe.lea, noe):
        services.ouvrir_plage(
            structure=equipe.eds, agent=agent, genre=ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE, jour_semaine=1,
            de=LE.time(), a=LE.replace(hour=12).time(), duree_minutes=45, debut=jour(LE), par=equipe.samia, le=LE,
        )  # fmt: skip
    avant = Creneau.objects.filter(agent=equipe.lea).count()
    fermer_acces(agent=noe, a_compter_du=jour(LE), par=equipe.samia, le=LE)
    monkeypatch.setenv("CORDEE_MAINTENANT", (LE + timedelta(weeks=1)).strftime("%Y-%m-%dT%H:%M"))
    preparer_les_agendas(timestamp=0)
    preparer_les_agendas(timestamp=0)
    assert Creneau.objects.filter(agent=equipe.lea).count() == avant + 4  # one more Tuesday
    assert not Creneau.objects.filter(agent=noe, statut="ouvert", debut__gt=LE + timedelta(weeks=1)).exists()
