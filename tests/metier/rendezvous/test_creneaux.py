"""Slots: openings become slots, slots are booked, a place taken is given back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.models import AbsenceAgent
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, MotifAnnulation, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, Fermeture, Plage, RendezVous
from cordee.metier.rendezvous.regles.plages import Rythme, heures, jours_ouverts
from cordee.metier.rendezvous.selectors import Offre, creneaux_libres, places_par_structure
from cordee.metier.rendezvous.services import AgendaRefuse, RendezVousImpossible
from cordee.metier.rendezvous.services.places import prendre_lot
from cordee.socle.contraintes import ContrainteViolee
from cordee.socle.horloge import PARIS, jour
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe

MARDI = 1


def ouvrir(equipe: Equipe, **champs: Any) -> Plage:
    """Tuesdays 9:00-12:00 at the EDS by slots of 45 minutes: four a day."""
    valeurs: dict[str, Any] = {
        "structure": equipe.eds, "genre": GenreRendezVous.ORIENTATION, "modalite": ModaliteRendezVous.PHYSIQUE,
        "jour_semaine": MARDI, "de": time(9), "a": time(12), "duree_minutes": 45, "debut": jour(LE),
        "par": equipe.samia, "le": LE,
    }  # fmt: skip
    return services.ouvrir_plage(**{**valeurs, **champs})


def jours(plage: Plage) -> list[date]:
    debuts = Creneau.objects.filter(plage=plage).order_by("debut").values_list("debut", flat=True)
    return list(dict.fromkeys(jour(d) for d in debuts))


def reserver(equipe: Equipe, creneau: Creneau, personne: Personne | None = None, le: datetime = LE) -> RendezVous:
    return services.reserver(
        creneau=creneau, personne=personne or equipe.entrante(), canal=Canal.COURRIER, par=equipe.samia, le=le
    )


def prises(creneau: Creneau) -> int:
    return Creneau.objects.get(pk=creneau.pk).prises


class TestOuvrir:
    def test_ten_weeks_of_slots_exist_at_once(self, equipe: Equipe) -> None:
        plage = ouvrir(equipe)
        assert jours(plage) == [jour(LE) + timedelta(weeks=n) for n in range(10)]
        heures = Creneau.objects.filter(plage=plage, debut__date=date(2026, 2, 24)).order_by("debut")
        assert [c.debut.astimezone(PARIS).hour * 60 + c.debut.astimezone(PARIS).minute for c in heures] == [
            540, 585, 630, 675,
        ]  # fmt: skip

    def test_hours_already_past_are_left_out(self, equipe: Equipe) -> None:
        plage = ouvrir(equipe, le=LE.replace(hour=10))
        assert Creneau.objects.filter(plage=plage, debut__date=jour(LE)).count() == 2

    def test_wall_clock_hours_survive_the_change_of_clocks(self, equipe: Equipe) -> None:
        plage = ouvrir(equipe)
        apres = Creneau.objects.get(plage=plage, debut=datetime(2026, 3, 31, 9, tzinfo=PARIS))
        assert apres.debut.astimezone(PARIS).hour == 9
        assert apres.debut - Creneau.objects.get(plage=plage, debut=datetime(2026, 3, 24, 9, tzinfo=PARIS)).debut == (
            timedelta(days=7) - timedelta(hours=1)
        )

    def test_generating_twice_makes_nothing_new(self, equipe: Equipe) -> None:
        ouvrir(equipe)
        periode = {"du": jour(LE), "au": jour(LE) + timedelta(weeks=11), "par": equipe.samia, "le": LE}
        assert services.generer_creneaux(**periode) == 4
        assert services.generer_creneaux(**periode) == 0

    def test_holidays_closings_and_absences_are_left_out(self, equipe: Equipe) -> None:
        Fermeture.objects.create(structure=equipe.eds, debut=date(2026, 3, 2), fin=date(2026, 3, 9), motif="Travaux")
        AbsenceAgent.objects.create(
            agent=equipe.lea, debut=datetime(2026, 3, 17, 8, tzinfo=PARIS), fin=datetime(2026, 3, 17, 10, tzinfo=PARIS),
            motif="formation",
        )  # fmt: skip
        plage = ouvrir(equipe, jour_semaine=MARDI, agent=equipe.lea)
        lundi = ouvrir(equipe, jour_semaine=0)
        assert date(2026, 3, 3) not in jours(plage)
        assert date(2026, 4, 6) not in jours(lundi)  # Easter Monday
        assert Creneau.objects.filter(plage=plage, debut__date=date(2026, 3, 17)).count() == 2  # 10:30 and 11:15

    def test_an_unknown_return_stops_every_slot_to_come(self, equipe: Equipe) -> None:
        AbsenceAgent.objects.create(
            agent=equipe.lea, debut=LE + timedelta(days=10), motif="maladie", retour_inconnu=True
        )
        assert jours(ouvrir(equipe, agent=equipe.lea)) == [jour(LE), jour(LE) + timedelta(weeks=1)]

    def test_an_agent_is_never_in_two_slots_at_once(self, equipe: Equipe) -> None:
        ouvrir(equipe, agent=equipe.lea)
        autre = ouvrir(equipe, agent=equipe.lea, de=time(10), a=time(13), duree_minutes=60)
        # 10:00 and 11:00 overlap the first opening; 12:00 does not.
        assert {d.astimezone(PARIS).hour for d in autre.creneaux.values_list("debut", flat=True)} == {12}

    @pytest.mark.parametrize(
        ("champs", "erreur"),
        [
            ({"a": time(9, 30)}, AgendaRefuse),
            ({"a": time(8)}, ContrainteViolee),
            ({"fin": date(2026, 1, 1)}, ContrainteViolee),
            ({"toutes_les": 0}, ContrainteViolee),
        ],
    )
    def test_an_impossible_opening_is_refused(self, equipe: Equipe, champs: dict[str, Any], erreur: type) -> None:
        with pytest.raises(erreur):
            ouvrir(equipe, **champs)
        assert not Plage.objects.exists()

    def test_an_agent_of_another_structure_is_refused(self, equipe: Equipe) -> None:
        with pytest.raises(AgendaRefuse, match="ne travaille pas"):
            ouvrir(equipe, agent=equipe.malik)

    def test_one_person_at_a_time_for_a_named_agent(self, equipe: Equipe) -> None:
        with pytest.raises(ContrainteViolee, match="une personne à la fois"):
            ouvrir(equipe, agent=equipe.lea, places=2)
        assert ouvrir(equipe, agent=equipe.lea, places=12, genre=GenreRendezVous.COLLECTIF).places == 12

    def test_closing_an_opening_closes_its_slots_and_counts_the_people(self, equipe: Equipe) -> None:
        plage = ouvrir(equipe)
        pris = plage.creneaux.get(debut=datetime(2026, 3, 10, 9, tzinfo=PARIS))
        reserver(equipe, pris)
        assert services.fermer_plage(plage=plage, fin=date(2026, 3, 4), par=equipe.samia, le=LE) == 1
        assert {jour(c.debut) for c in plage.creneaux.filter(statut="ouvert")} == {
            date(2026, 2, 17), date(2026, 2, 24), date(2026, 3, 3),
        }  # fmt: skip
        assert services.generer_creneaux(
            du=jour(LE), au=jour(LE) + timedelta(weeks=12), par=equipe.samia, le=LE
        ) == 0  # fmt: skip

    @settings(max_examples=20)
    @given(rythme=st.builds(
        lambda jour_semaine, de, longueur, duree, debut, toutes_les, fin: Rythme(
            jour_semaine, time(de), time(de + longueur), duree, debut=debut, toutes_les=toutes_les,
            fin=debut + timedelta(days=fin) if fin else None,
        ),
        jour_semaine=st.integers(0, 6), de=st.integers(7, 12), longueur=st.integers(2, 7), duree=st.integers(10, 120),
        debut=st.dates(date(2026, 2, 1), date(2026, 12, 31)), toutes_les=st.integers(1, 4),
        fin=st.none() | st.integers(1, 60),
    ))  # fmt: skip
    def test_the_database_and_the_pure_rule_cut_the_same_slots(self, equipe: Equipe, rythme: Rythme) -> None:
        du, au = date(2026, 2, 18), date(2027, 3, 1)
        with f.sans_trace():
            plage = Plage.objects.create(
                structure=equipe.eds, genre="orientation", modalite="physique", jour_semaine=rythme.jour_semaine,
                de=rythme.de, a=rythme.a, duree_minutes=rythme.duree_minutes, toutes_les=rythme.toutes_les,
                debut=rythme.debut, fin=rythme.fin,
            )  # fmt: skip
            nombre = services.generer_creneaux(du=du, au=au, par=equipe.samia, le=LE)
            attendus = [h for j in jours_ouverts(rythme, du=du, au=au) for h in heures(rythme, j)]
            assert list(plage.creneaux.order_by("debut").values_list("debut", "fin")) == attendus
            assert nombre == len(attendus)


class TestReserver:
    def test_the_place_is_taken_and_the_letter_says_where(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds, agent=equipe.lea)
        rdv = reserver(equipe, creneau)
        assert (rdv.creneau, rdv.agent, rdv.debut, rdv.fin) == (creneau, equipe.lea, creneau.debut, creneau.fin)
        assert prises(creneau) == 1

    def test_a_full_slot_is_refused_and_nothing_is_written(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds)
        reserver(equipe, creneau)
        with pytest.raises(RendezVousImpossible, match="plus de place"):
            reserver(equipe, creneau)
        assert (prises(creneau), RendezVous.objects.count()) == (1, 1)

    def test_a_slot_in_the_past_is_refused(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds, debut=LE - timedelta(minutes=1))
        with pytest.raises(RendezVousImpossible, match="passé"):
            reserver(equipe, creneau)
        assert prises(creneau) == 0

    def test_a_closed_slot_is_refused(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds, statut="ferme", motif_fermeture="service")
        with pytest.raises(RendezVousImpossible):
            reserver(equipe, creneau)

    def test_one_person_is_never_at_two_places(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        reserver(equipe, f.creneau(equipe.eds), personne)
        autre = f.creneau(equipe.ccas)
        with pytest.raises(ContrainteViolee, match="déjà un rendez-vous"):
            reserver(equipe, autre, personne)
        assert prises(autre) == 0

    def test_overbooking_adds_places(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds, surplus=1)
        reserver(equipe, creneau)
        reserver(equipe, creneau)
        with pytest.raises(RendezVousImpossible):
            reserver(equipe, creneau)

    def test_a_collective_session_takes_as_many_as_it_has_places(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds, genre=GenreRendezVous.COLLECTIF, agent=equipe.lea, places=3)
        for _ in range(3):
            reserver(equipe, creneau)
        with pytest.raises(RendezVousImpossible):
            reserver(equipe, creneau)

    def test_an_appointment_made_by_hand_and_a_slot_do_not_meet(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds, agent=equipe.lea)
        equipe.convoquer(equipe.entrante(), agent=equipe.lea, debut=creneau.debut + timedelta(minutes=30))
        assert not creneaux_libres(du=LE, au=LE + timedelta(days=30)).exists()
        with pytest.raises(RendezVousImpossible, match="l'agent a un rendez-vous"):
            reserver(equipe, creneau)
        suivant = f.creneau(equipe.eds, agent=equipe.lea, debut=creneau.debut + timedelta(hours=3))
        reserver(equipe, suivant)
        with pytest.raises(RendezVousImpossible, match="déjà un rendez-vous"):
            equipe.convoquer(equipe.entrante(), agent=equipe.lea, debut=suivant.debut)


class TestRendre:
    def test_cancelling_gives_the_place_back(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds)
        rdv = reserver(equipe, creneau)
        services.annuler(rendez_vous=rdv, motif=MotifAnnulation.PERSONNE, par=equipe.samia, le=LE)
        assert prises(creneau) == 0

    def test_excused_before_the_hour_gives_it_back_and_coming_takes_it_again(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds)
        rdv = reserver(equipe, creneau)
        services.constater(rendez_vous=rdv, statut=StatutRendezVous.EXCUSE, par=equipe.samia, le=LE)
        assert prises(creneau) == 0
        services.constater(rendez_vous=rdv, statut=StatutRendezVous.HONORE, par=equipe.samia, le=creneau.debut)
        assert prises(creneau) == 1

    def test_who_comes_back_to_a_place_given_to_another_stands_without_a_slot(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds)
        rdv = reserver(equipe, creneau)
        services.constater(rendez_vous=rdv, statut=StatutRendezVous.EXCUSE, par=equipe.samia, le=LE)
        reserver(equipe, creneau)
        venue = services.constater(rendez_vous=rdv, statut=StatutRendezVous.HONORE, par=equipe.samia, le=creneau.debut)
        assert (venue.creneau, prises(creneau)) == (None, 1)

    def test_moving_to_another_slot_gives_the_first_back(self, equipe: Equipe) -> None:
        avant, apres = f.creneau(equipe.eds), f.creneau(equipe.eds, debut=LE + timedelta(days=8))
        rdv = reserver(equipe, avant)
        nouveau = services.deplacer(
            rendez_vous=rdv, version=rdv.version, creneau=apres, canal=Canal.COURRIER, par=equipe.samia, le=LE
        )
        assert (nouveau.creneau, prises(avant), prises(apres)) == (apres, 0, 1)

    def test_moving_to_a_full_or_past_slot_changes_nothing(self, equipe: Equipe) -> None:
        avant = f.creneau(equipe.eds)
        rdv = reserver(equipe, avant)
        for mauvais in (f.creneau(equipe.eds, prises=1), f.creneau(equipe.eds, debut=LE - timedelta(days=1))):
            with pytest.raises(RendezVousImpossible):
                services.deplacer(
                    rendez_vous=rdv, version=rdv.version, creneau=mauvais, canal=Canal.COURRIER, par=equipe.samia,
                    le=LE,
                )  # fmt: skip
        rdv.refresh_from_db()
        assert (rdv.statut, prises(avant)) == (StatutRendezVous.PREVU, 1)


class TestInterprete:
    def entrante(self, equipe: Equipe) -> Personne:
        return equipe.entrante(langue="tamoul", interprete=True)

    def test_two_adjacent_slots_are_held(self, equipe: Equipe) -> None:
        premier = f.creneau(equipe.eds, agent=equipe.lea)
        second = f.creneau(equipe.eds, agent=equipe.lea, debut=premier.fin)
        rdv = reserver(equipe, premier, self.entrante(equipe))
        assert (rdv.suite, rdv.fin, rdv.interprete) == (second, second.fin, "tamoul")
        assert (prises(premier), prises(second)) == (1, 1)
        services.annuler(rendez_vous=rdv, motif=MotifAnnulation.SERVICE, par=equipe.samia, le=LE)
        assert (prises(premier), prises(second)) == (0, 0)

    def test_without_a_free_next_slot_it_is_refused(self, equipe: Equipe) -> None:
        premier = f.creneau(equipe.eds, agent=equipe.lea)
        f.creneau(equipe.eds, agent=equipe.lea, debut=premier.fin, prises=1)
        with pytest.raises(RendezVousImpossible, match="interprète"):
            reserver(equipe, premier, self.entrante(equipe))
        assert prises(premier) == 0

    def test_a_longer_slot_or_one_in_her_language_is_enough(self, equipe: Equipe) -> None:
        assert reserver(equipe, f.creneau(equipe.eds, minutes=70), self.entrante(equipe)).suite is None
        assert reserver(equipe, f.creneau(equipe.eds, langue="tamoul"), self.entrante(equipe)).suite is None


class TestLireLesPlaces:
    PERIODE = {"du": LE, "au": LE + timedelta(days=30)}

    def test_free_slots_soonest_first_with_their_number(self, equipe: Equipe) -> None:
        tard = f.creneau(equipe.eds, debut=LE + timedelta(days=9), places=3, prises=1)
        tot = f.creneau(equipe.ccas)
        f.creneau(equipe.eds, prises=1)
        f.creneau(equipe.eds, statut="ferme", motif_fermeture="service")
        f.creneau(equipe.eds, langue="tamoul")
        assert [(c, c.libres) for c in creneaux_libres(**self.PERIODE)] == [(tot, 1), (tard, 2)]  # type: ignore[attr-defined]
        assert creneaux_libres(**self.PERIODE, langue="tamoul").count() == 3
        assert creneaux_libres(**self.PERIODE, structures=[equipe.eds.pk], genre=GenreRendezVous.ORIENTATION).get() == (
            tard
        )

    def test_scoped_to_the_agenda_the_agent_sees(self, equipe: Equipe) -> None:
        ici, ailleurs = f.creneau(equipe.eds), f.creneau(equipe.ccas)
        assert set(creneaux_libres(**self.PERIODE, pour=equipe.samia)) == {ici, ailleurs}
        assert list(creneaux_libres(**self.PERIODE, pour=equipe.malik)) == [ailleurs]

    def test_what_each_structure_offers(self, equipe: Equipe) -> None:
        f.creneau(equipe.eds, places=3, prises=1, surplus=1)
        f.creneau(equipe.eds, debut=LE + timedelta(days=8))
        f.creneau(equipe.ccas, prises=1)
        assert places_par_structure(**self.PERIODE, genre=GenreRendezVous.ORIENTATION) == {
            equipe.eds.pk: Offre(libres=4, ouvertes=5),
            equipe.ccas.pk: Offre(libres=0, ouvertes=1),
        }

    def test_hours_of_an_agent_taken_by_hand_or_who_left_are_no_offer(self, equipe: Equipe) -> None:
        pris = f.creneau(equipe.eds, agent=equipe.lea)
        f.creneau(equipe.ccas, agent=equipe.malik)
        equipe.convoquer(equipe.entrante(), agent=equipe.lea, debut=pris.debut)
        equipe.malik.actif = False
        equipe.malik.save()
        assert not creneaux_libres(**self.PERIODE).exists()
        assert places_par_structure(**self.PERIODE, genre=GenreRendezVous.ORIENTATION) == {}

    def test_several_places_are_taken_at_once_within_what_is_left(self, equipe: Equipe) -> None:
        a, b = f.creneau(equipe.eds, places=3), f.creneau(equipe.ccas, places=2, prises=2)
        assert prendre_lot({a.pk: 5, b.pk: 1}) == {a.pk: 3, b.pk: 0}
        assert prises(a) == 3
