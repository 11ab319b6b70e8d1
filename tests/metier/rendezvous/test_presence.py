"""The desk: each tap, what it moves and what it does not, and how it is undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement
from cordee.metier.parcours.models import Echeance, Evenement
from cordee.metier.parcours.services import ActeRefuse, fusionner
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Rattachement
from cordee.metier.rendezvous.enums import EtatAccueil, MotifExcuse, MotifVenue, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.selectors.journee import bilan, chercher, etat_accueil, journee, prochains, tour
from cordee.metier.rendezvous.services import RendezVousImpossible
from cordee.metier.rendezvous.services import presence as accueil
from cordee.socle.erreurs import DonneesPerimees
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, etape, situation

HEURE = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DEBUT = LE + 7 * timedelta(days=1)  # a Tuesday at nine
S = StatutRendezVous


@pytest.fixture
def rdv(equipe: Equipe) -> RendezVous:
    return equipe.convoquer(equipe.entrante(), debut=DEBUT)


def geste(
    equipe: Equipe, acte: Callable[..., RendezVous], rdv: RendezVous, apres: float, /, **champs: object
) -> RendezVous:
    return acte(rendez_vous=rdv, par=equipe.samia, le=DEBUT + apres * MINUTE, **champs)


def genres(rdv: RendezVous) -> list[str]:
    lignes = Evenement.objects.filter(personne=rdv.personne, objet_type="rendez_vous").order_by("pk")
    return list(lignes.values_list("genre", flat=True))


class TestArriver:
    def test_arriving_moves_nothing_being_received_moves_the_path(self, equipe: Equipe, rdv: RendezVous) -> None:
        geste(equipe, accueil.noter_arrivee, rdv, -5)
        assert (situation(rdv.personne).etat, genres(rdv)) == (Etat.CONVOQUEE, ["convocation"])
        lu = geste(equipe, accueil.recevoir, rdv, 10, agent=equipe.lea)
        assert (lu.statut, lu.agent, lu.recu_le) == (S.HONORE, equipe.lea, DEBUT + 10 * MINUTE)
        assert (situation(rdv.personne).etat, genres(rdv)) == (Etat.RENCONTREE, ["convocation", "presence"])

    def test_received_at_once_she_has_arrived(self, equipe: Equipe, rdv: RendezVous) -> None:
        lu = geste(equipe, accueil.recevoir, rdv, 3)
        assert lu.arrive_le == lu.recu_le == DEBUT + 3 * MINUTE

    def test_another_day_is_a_walk_in(self, equipe: Equipe, rdv: RendezVous) -> None:
        with pytest.raises(RendezVousImpossible, match="24/02/2026 : recevez la personne sans rendez-vous"):
            geste(equipe, accueil.noter_arrivee, rdv, -24 * 60)

    def test_a_second_tap_and_a_colleagues_tap_are_told(self, equipe: Equipe, rdv: RendezVous) -> None:
        geste(equipe, accueil.noter_arrivee, rdv, 1)
        with pytest.raises(RendezVousImpossible, match="déjà notée à 09:01"):
            geste(equipe, accueil.noter_arrivee, rdv, 2)
        with pytest.raises(DonneesPerimees):
            geste(equipe, accueil.recevoir, rdv, 2, version=rdv.version)

    def test_noted_absent_too_soon_she_is_received_all_the_same(self, equipe: Equipe, rdv: RendezVous) -> None:
        geste(equipe, accueil.noter_absence, rdv, 20)
        lu = geste(equipe, accueil.noter_arrivee, rdv, 40)
        assert etat_accueil(lu) is EtatAccueil.EN_ATTENTE
        lu = geste(equipe, accueil.recevoir, rdv, 45)
        assert (lu.statut, situation(rdv.personne).etat) == (S.HONORE, Etat.RENCONTREE)

    def test_expected_on_a_file_merged_since_she_is_received_as_who_she_is(self, equipe: Equipe) -> None:
        rdv, autre = equipe.convoquer(equipe.entrante(), debut=DEBUT), equipe.entrante()
        fusionner(canonique=autre, absorbee=rdv.personne, raisons=["meme_nir"], par=equipe.samia, le=LE)
        lignes = journee(pour=equipe.samia, jour=jour(DEBUT), structures=[equipe.eds.pk], maintenant=DEBUT)
        assert [x.rdv for x in lignes] == [rdv]
        rdv = lignes[0].rdv
        geste(equipe, accueil.noter_arrivee, rdv, 1)
        geste(equipe, accueil.recevoir, rdv, 5)
        assert situation(autre).etat == Etat.RENCONTREE
        geste(equipe, accueil.annuler_geste, rdv, 6)
        assert situation(autre).etat == Etat.CONVOQUEE


class TestRetardEtAbsence:
    def test_an_announced_delay_protects_from_an_absence(self, equipe: Equipe, rdv: RendezVous) -> None:
        geste(equipe, accueil.annoncer_retard, rdv, -10, minutes=20)
        with pytest.raises(RendezVousImpossible, match="20 minutes de retard"):
            geste(equipe, accueil.noter_absence, rdv, 15)
        geste(equipe, accueil.noter_absence, rdv, 21)
        assert situation(rdv.personne).etat == Etat.INJOIGNABLE

    @pytest.mark.parametrize("minutes", [0, 241])
    def test_a_delay_has_a_measure(self, equipe: Equipe, rdv: RendezVous, minutes: int) -> None:
        with pytest.raises(RendezVousImpossible, match="quatre heures"):
            geste(equipe, accueil.annoncer_retard, rdv, -10, minutes=minutes)

    def test_unexcused_calls_for_outreach_and_for_no_procedure(self, equipe: Equipe, rdv: RendezVous) -> None:
        geste(equipe, accueil.noter_absence, rdv, 30)
        assert etape(rdv.personne).genre == GenreEtape.ALLER_VERS
        assert not Echeance.objects.filter(personne=rdv.personne).exists()

    def test_excused_with_its_reason_she_is_convened_again(self, equipe: Equipe, rdv: RendezVous) -> None:
        lu = geste(equipe, accueil.noter_absence, rdv, -60, motif=MotifExcuse.GARDE_ENFANT)
        assert (lu.statut, lu.motif_excuse, situation(rdv.personne).etat) == (S.EXCUSE, "garde_enfant", Etat.ENTRANTE)
        assert genres(rdv)[-1] == "absence"
        assert "garde" not in str(Evenement.objects.filter(personne=rdv.personne).last().donnees)  # type: ignore[union-attr]

    def test_whoever_came_is_never_absent(self, equipe: Equipe, rdv: RendezVous) -> None:
        geste(equipe, accueil.noter_arrivee, rdv, -5)
        with pytest.raises(RendezVousImpossible, match="notez son départ"):
            geste(equipe, accueil.noter_absence, rdv, 60)
        lu = geste(equipe, accueil.noter_depart, rdv, 75)
        assert (lu.statut, lu.motif_excuse, situation(rdv.personne).etat) == (S.EXCUSE, "partie_avant", Etat.ENTRANTE)

    def test_leaving_during_the_interview_moves_nothing(self, equipe: Equipe, rdv: RendezVous) -> None:
        geste(equipe, accueil.recevoir, rdv, 2)
        lu = geste(equipe, accueil.noter_depart, rdv, 20)
        assert (lu.statut, lu.parti_le, genres(rdv)[-1]) == (S.HONORE, DEBUT + 20 * MINUTE, "presence")


class TestAnnulerUnGeste:
    @pytest.mark.parametrize(
        ("gestes", "avant"),
        [
            ([(accueil.noter_arrivee, {})], Etat.CONVOQUEE),
            ([(accueil.annoncer_retard, {"minutes": 15})], Etat.CONVOQUEE),
            ([(accueil.noter_absence, {"motif": MotifExcuse.SANTE})], Etat.CONVOQUEE),
            ([(accueil.noter_absence, {})], Etat.CONVOQUEE),
            ([(accueil.recevoir, {})], Etat.CONVOQUEE),
            ([(accueil.noter_arrivee, {}), (accueil.noter_depart, {})], Etat.CONVOQUEE),
            ([(accueil.recevoir, {}), (accueil.noter_depart, {})], Etat.RENCONTREE),
            ([(accueil.noter_absence, {}), (accueil.noter_arrivee, {})], Etat.INJOIGNABLE),
        ],
    )
    def test_the_last_tap_is_undone_and_the_path_follows(
        self, equipe: Equipe, rdv: RendezVous, gestes: list[tuple[Callable[..., RendezVous], dict[str, object]]],
        avant: Etat,
    ) -> None:  # fmt: skip
        etats = [EtatAccueil.ATTENDUE]
        for rang, (acte, champs) in enumerate(gestes):
            etats.append(etat_accueil(geste(equipe, acte, rdv, 5 + rang, **champs)))
        lu = geste(equipe, accueil.annuler_geste, rdv, 30)
        assert (etat_accueil(lu), situation(rdv.personne).etat) == (etats[-2], avant)
        assert lu.motif_excuse == ""

    def test_nothing_to_undo(self, equipe: Equipe, rdv: RendezVous) -> None:
        with pytest.raises(RendezVousImpossible, match="rien à annuler"):
            geste(equipe, accueil.annuler_geste, rdv, 5)

    def test_what_others_rest_upon_is_corrected_first(self, equipe: Equipe, rdv: RendezVous) -> None:
        geste(equipe, accueil.noter_absence, rdv, 20)
        f.evenement(rdv.personne, GenreEvenement.ALLER_VERS, le=DEBUT + 2 * HEURE, resultat="sans_reponse")
        with pytest.raises(ActeRefuse, match="aller-vers"):
            geste(equipe, accueil.annuler_geste, rdv, 180)


class TestSansRendezVous:
    def arrivee(self, equipe: Equipe, **champs: object) -> RendezVous:
        valeurs = {"personne": equipe.entrante(), "structure": equipe.ccas, "venue": MotifVenue.SANS_RENDEZ_VOUS}
        return accueil.accueillir(par=equipe.samia, le=LE, **{**valeurs, **champs})  # type: ignore[arg-type]

    def test_she_waits_then_is_received_and_counted(self, equipe: Equipe) -> None:
        rdv = self.arrivee(equipe)
        assert (etat_accueil(rdv), situation(rdv.personne).etat) == (EtatAccueil.EN_ATTENTE, Etat.ENTRANTE)
        acces = Rattachement.objects.get(personne=rdv.personne, finalite=FinaliteRattachement.ACCUEIL)
        assert acces.structure == equipe.ccas
        lu = accueil.recevoir(rendez_vous=rdv, par=equipe.samia, le=LE + 12 * MINUTE)
        assert (lu.statut, etat_accueil(lu), situation(rdv.personne).etat) == (
            S.SANS_RENDEZ_VOUS, EtatAccueil.RECUE, Etat.RENCONTREE,
        )  # fmt: skip
        lu = accueil.annuler_geste(rendez_vous=lu, par=equipe.samia, le=LE + 13 * MINUTE)
        assert (etat_accueil(lu), situation(rdv.personne).etat) == (EtatAccueil.EN_ATTENTE, Etat.ENTRANTE)
        lu = accueil.annuler_geste(rendez_vous=lu, par=equipe.samia, le=LE + 14 * MINUTE)
        assert lu.statut == S.ANNULE

    def test_she_is_entered_once(self, equipe: Equipe) -> None:
        rdv = self.arrivee(equipe)
        with pytest.raises(RendezVousImpossible, match="attend déjà"):
            self.arrivee(equipe, personne=rdv.personne)
        accueil.noter_depart(rendez_vous=rdv, par=equipe.samia, le=LE + MINUTE)
        assert self.arrivee(equipe, personne=rdv.personne).pk != rdv.pk

    def test_left_without_being_received_nothing_moves(self, equipe: Equipe) -> None:
        rdv = self.arrivee(equipe)
        lu = accueil.noter_depart(rendez_vous=rdv, par=equipe.samia, le=LE + 50 * MINUTE)
        assert (etat_accueil(lu), situation(rdv.personne).etat) == (EtatAccueil.REPARTIE, Etat.ENTRANTE)
        with pytest.raises(RendezVousImpossible, match="départ est noté"):
            accueil.recevoir(rendez_vous=lu, par=equipe.samia, le=LE + HEURE)


class TestJournee:
    def lignes(self, equipe: Equipe, minutes: float):  # type: ignore[no-untyped-def]
        return journee(
            pour=equipe.samia, jour=jour(DEBUT), structures=[equipe.eds.pk, equipe.ccas.pk],
            maintenant=DEBUT + minutes * MINUTE,
        )  # fmt: skip

    def test_whose_turn_it_is(self, equipe: Equipe) -> None:
        neuf, neuf_quinze, dix = (
            equipe.convoquer(equipe.entrante(prenom=prenom), debut=DEBUT + ecart * MINUTE)
            for prenom, ecart in (("Neuf", 0), ("Quart", 15), ("Dix", 60))
        )
        visiteuse = accueil.accueillir(
            personne=equipe.entrante(prenom="Visite"), structure=equipe.eds, venue=MotifVenue.SANS_RENDEZ_VOUS,
            par=equipe.samia, le=DEBUT - 20 * MINUTE,
        )  # fmt: skip
        geste(equipe, accueil.noter_arrivee, dix, -30)
        geste(equipe, accueil.noter_arrivee, neuf_quinze, 5)
        geste(equipe, accueil.noter_arrivee, neuf, 20)  # twenty minutes late: she lost her turn
        lignes = self.lignes(equipe, 25)
        assert [x.rdv.pk for x in tour(lignes)] == [neuf_quinze.pk, neuf.pk, visiteuse.pk, dix.pk]
        par_pk = {x.rdv.pk: x for x in lignes}
        assert (par_pk[neuf.pk].retard, par_pk[neuf.pk].attente) == (20, 5)
        geste(equipe, accueil.recevoir, neuf_quinze, 25)
        compte = bilan(self.lignes(equipe, 30))
        assert (compte.en_attente, compte.recues, compte.sans_rendez_vous, compte.attente_mediane) == (3, 1, 1, 20)

    def test_a_name_or_an_hour_is_enough(self, equipe: Equipe) -> None:
        equipe.convoquer(equipe.entrante(nom="Éloïse-Dupont", prenom="Zoé"), debut=DEBUT)
        equipe.convoquer(equipe.entrante(nom="Martin", prenom="Zita"), debut=DEBUT + 30 * MINUTE)
        lignes = self.lignes(equipe, 0)
        trouves = {
            t: [x.rdv.personne.prenom for x in chercher(lignes, t)] for t in ("zo", "dup", "Z", "9:30", "inconnue")
        }
        assert trouves == {"zo": ["Zoé"], "dup": ["Zoé"], "Z": ["Zoé", "Zita"], "9:30": ["Zita"], "inconnue": []}

    def test_the_list_asks_the_same_questions_whatever_its_length(
        self, equipe: Equipe, django_assert_max_num_queries: Any
    ) -> None:
        for rang in range(8):
            equipe.convoquer(equipe.entrante(), debut=DEBUT + rang * MINUTE)
        with django_assert_max_num_queries(2):
            lignes = self.lignes(equipe, 0)
            assert [str(x.rdv.structure) and x.rdv.personne.nom for x in lignes]
        assert len(lignes) == 8

    def test_another_agents_people_are_not_there(self, equipe: Equipe, rdv: RendezVous) -> None:
        assert journee(pour=equipe.malik, jour=jour(DEBUT), structures=[equipe.eds.pk], maintenant=DEBUT) == []
        assert prochains(personnes=[rdv.personne_id], depuis=LE) == {rdv.personne_id: rdv}
