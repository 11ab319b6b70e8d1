"""Away, closed, on strike: free slots close, people booked are given another slot and told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.enums import MotifAbsence, RoleAgent
from cordee.metier.organismes.models import AbsenceAgent, Agent
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.parcours.services import fermer_acces
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import MotifFermeture, StatutRendezVous
from cordee.metier.rendezvous.models import Creneau, Lieu, RendezVous
from cordee.metier.rendezvous.regles.repartition import Attendu, Libre, au_plus_pres, repartir
from cordee.metier.rendezvous.selectors.reaffectation import a_reaffecter, proposer
from cordee.metier.rendezvous.services import AgendaRefuse
from cordee.socle.contraintes import ContrainteViolee
from cordee.socle.horloge import PARIS, jour
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe

DEMAIN = LE + timedelta(days=1)
TOUT = {"du": LE, "au": LE + timedelta(days=60)}


@pytest.fixture
def collegue(equipe: Equipe) -> Agent:
    return f.agent(RoleAgent.REFERENT, structure=equipe.eds, prenom="Noé", nom="Exemple")


def reserver(equipe: Equipe, creneau: Creneau, personne: Personne | None = None) -> RendezVous:
    personne = personne or equipe.entrante()
    f.contact(personne)  # a mobile: she can be told at once
    return services.reserver(creneau=creneau, personne=personne, canal=Canal.COURRIER, par=equipe.samia, le=LE)


def absente(equipe: Equipe, **champs: Any) -> AbsenceAgent:
    valeurs: dict[str, Any] = {
        "agent": equipe.lea, "debut": DEMAIN.replace(hour=0), "fin": DEMAIN.replace(hour=0) + timedelta(days=1),
        "motif": MotifAbsence.MALADIE, "par": equipe.samia, "le": LE,
    }  # fmt: skip
    return services.declarer_absence(**{**valeurs, **champs})


def statut(creneau: Creneau) -> str:
    return Creneau.objects.get(pk=creneau.pk).statut


class TestAbsence:
    def test_her_slots_close_and_open_again_when_she_comes_back(self, equipe: Equipe) -> None:
        pendant, apres = (f.creneau(equipe.eds, agent=equipe.lea, debut=LE + timedelta(days=n)) for n in (1, 3))
        absence = absente(equipe, fin=LE + timedelta(days=5))
        assert (statut(pendant), statut(apres)) == ("ferme", "ferme")
        services.terminer_absence(absence=absence, fin=LE + timedelta(days=2), par=equipe.samia, le=LE)
        assert (statut(pendant), statut(apres)) == ("ferme", "ouvert")

    def test_a_return_nobody_knows_closes_all_that_follows(self, equipe: Equipe) -> None:
        loin = f.creneau(equipe.eds, agent=equipe.lea, debut=LE + timedelta(days=50))
        absence = absente(equipe, fin=None)
        assert (absence.retour_inconnu, statut(loin)) == (True, "ferme")
        services.terminer_absence(absence=absence, fin=LE + timedelta(days=20), par=equipe.samia, le=LE)
        assert statut(loin) == "ouvert"

    def test_a_slot_closed_for_another_reason_stays_closed(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN)
        services.fermer_creneaux(ids=[creneau.pk], motif=MotifFermeture.SERVICE, par=equipe.samia, le=LE)
        absence = absente(equipe)
        services.terminer_absence(absence=absence, fin=LE, par=equipe.samia, le=LE)
        assert statut(creneau) == "ferme"
        assert not AbsenceAgent.objects.exists()  # it had not begun

    def test_two_absences_over_the_same_day(self, equipe: Equipe) -> None:
        creneau = f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN)
        premiere = absente(equipe)
        absente(equipe, motif=MotifAbsence.CONGE)
        services.terminer_absence(absence=premiere, fin=LE, par=equipe.samia, le=LE)
        assert statut(creneau) == "ferme"

    @pytest.mark.parametrize(("champs", "erreur"), [
        ({"fin": LE - timedelta(days=1), "debut": LE - timedelta(days=2)}, AgendaRefuse),
        ({"fin": LE + timedelta(hours=1)}, ContrainteViolee),
    ])  # fmt: skip
    def test_an_impossible_absence_is_refused(self, equipe: Equipe, champs: dict[str, Any], erreur: type) -> None:
        with pytest.raises(erreur):
            absente(equipe, **champs)
        assert not AbsenceAgent.objects.exists()


class TestFermeture:
    def test_a_closed_place_closes_its_slots_only_and_opens_them_again(self, equipe: Equipe) -> None:
        annexe = Lieu.objects.create(structure=equipe.eds, nom="Annexe")
        la, ailleurs = f.creneau(equipe.eds, lieu=annexe), f.creneau(equipe.eds)
        fermeture = services.fermer_lieu(
            structure=equipe.eds, lieu=annexe, debut=jour(LE), fin=jour(LE) + timedelta(days=10), motif="Travaux",
            par=equipe.samia, le=LE,
        )  # fmt: skip
        assert (statut(la), statut(ailleurs)) == ("ferme", "ouvert")
        assert services.annuler_fermeture(fermeture=fermeture, par=equipe.samia, le=LE) == 1
        assert statut(la) == "ouvert"


class TestAReaffecter:
    def test_why_nobody_will_receive_them(self, equipe: Equipe, collegue: Agent) -> None:
        absent = reserver(equipe, f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN))
        parti = reserver(equipe, f.creneau(equipe.eds, agent=collegue, debut=DEMAIN))
        ferme = reserver(equipe, f.creneau(equipe.ccas, debut=DEMAIN))
        retire = reserver(equipe, f.creneau(equipe.eds, debut=LE + timedelta(days=3)))
        reserver(equipe, f.creneau(equipe.eds, debut=LE + timedelta(days=4)))
        absente(equipe)
        fermer_acces(agent=collegue, a_compter_du=jour(LE), par=equipe.samia, le=LE)
        services.fermer_lieu(
            structure=equipe.ccas, debut=jour(DEMAIN), fin=jour(DEMAIN) + timedelta(days=1), motif="Grève",
            par=equipe.samia, le=LE,
        )  # fmt: skip
        services.fermer_creneaux(ids=[retire.creneau_id], motif=MotifFermeture.SERVICE, par=equipe.samia, le=LE)  # type: ignore[list-item]
        raisons = dict(a_reaffecter(**TOUT).values_list("pk", "raison"))
        assert raisons == {absent.pk: "absence", parti.pk: "depart", ferme.pk: "fermeture", retire.pk: "service"}
        ceux_du_ccas = a_reaffecter(**TOUT, droits=habilitation(equipe.malik, au=jour(LE)))
        assert [r.pk for r in ceux_du_ccas] == [ferme.pk]

    def test_the_slots_of_a_leaver_close_at_night(self, equipe: Equipe, collegue: Agent) -> None:
        libre, autre = f.creneau(equipe.eds, agent=collegue), f.creneau(equipe.eds, agent=equipe.lea)
        fermer_acces(agent=collegue, a_compter_du=jour(LE), par=equipe.samia, le=LE)
        assert services.fermer_creneaux_sans_agent(le=LE) == 1
        assert (statut(libre), statut(autre)) == ("ferme", "ouvert")


class TestReaffecterUneJournee:
    def confirmer(self, equipe: Equipe, propositions: Any) -> Any:
        choix = {p.rdv.pk: p.creneau.pk for p in propositions.possibles}
        return services.reaffecter_journee(
            agent=equipe.lea, jour_absent=jour(DEMAIN), choix=choix, par=equipe.samia, le=LE
        )

    def test_a_colleague_takes_over_at_the_same_hour_and_nothing_is_sent(self, equipe: Equipe, collegue: Agent) -> None:
        rdv = reserver(equipe, f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN))
        libre = f.creneau(equipe.eds, agent=collegue, debut=DEMAIN)
        lettres = Courrier.objects.count()
        (proposition,) = proposer([rdv], le=LE, sauf_agents=[equipe.lea.pk]).lignes
        assert (proposition.creneau, proposition.meme_heure) == (libre, True)
        bilan = self.confirmer(equipe, proposer([rdv], le=LE, sauf_agents=[equipe.lea.pk]))
        rdv.refresh_from_db()
        assert (rdv.agent, rdv.creneau, rdv.statut) == (collegue, libre, StatutRendezVous.PREVU)
        assert ([r.pk for r in bilan.confies], bilan.refus, Courrier.objects.count()) == ([rdv.pk], {}, lettres)
        assert list(Creneau.objects.order_by("pk").values_list("prises", flat=True)) == [0, 1]

    def test_an_appointment_made_by_hand_goes_to_a_colleague_who_is_free(self, equipe: Equipe, collegue: Agent) -> None:
        rdvs = [
            equipe.convoquer(equipe.entrante(), agent=equipe.lea, debut=DEMAIN + timedelta(hours=n)) for n in (0, 2)
        ]
        equipe.convoquer(equipe.entrante(), agent=collegue, debut=DEMAIN + timedelta(hours=2, minutes=15))
        libres = proposer(rdvs, le=LE, sauf_agents=[equipe.lea.pk]).lignes
        assert [p.collegues for p in libres] == [(collegue,), ()]
        bilan = services.reaffecter_journee(
            agent=equipe.lea, jour_absent=jour(DEMAIN), choix={}, collegues={r.pk: collegue for r in rdvs},
            par=equipe.samia, le=LE,
        )  # fmt: skip
        assert ([r.pk for r in bilan.confies], list(bilan.refus)) == ([rdvs[0].pk], [rdvs[1].pk])
        rdvs[0].refresh_from_db()
        assert (rdvs[0].agent, rdvs[0].statut) == (collegue, StatutRendezVous.PREVU)

    def test_otherwise_the_nearest_hour_and_a_message_with_an_apology(self, equipe: Equipe, collegue: Agent) -> None:
        rdv = reserver(equipe, f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN))
        f.creneau(equipe.eds, agent=collegue, debut=LE + timedelta(days=2))
        proche = f.creneau(equipe.eds, agent=collegue, debut=DEMAIN + timedelta(hours=5))
        bilan = self.confirmer(equipe, proposer([rdv], le=LE, sauf_agents=[equipe.lea.pk]))
        (nouveau,) = bilan.deplaces
        assert nouveau.creneau == proche
        message = Courrier.objects.get(genre=GenreCourrier.CONVOCATION, objet_id=nouveau.pk)
        assert message.canal == Canal.SMS
        assert message.donnees["introduction"].startswith("La personne qui devait vous recevoir est absente.")
        assert AbsenceAgent.objects.get().agent == equipe.lea

    def test_who_cannot_be_told_in_time_stays_and_is_listed(self, equipe: Equipe, collegue: Agent) -> None:
        rdv = services.reserver(
            creneau=f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN), personne=equipe.entrante(),
            canal=Canal.COURRIER, par=equipe.samia, le=LE,
        )  # fmt: skip
        libre = f.creneau(equipe.eds, agent=collegue, debut=DEMAIN + timedelta(hours=3))
        (proposition,) = proposer([rdv], le=LE).lignes
        assert (proposition.creneau, proposition.possible) == (libre, False)
        bilan = services.deplacer_en_masse(choix={rdv.pk: libre.pk}, excuse="", par=equipe.samia, le=LE)
        assert list(bilan.refus) == [rdv.pk]

    def test_one_place_is_never_given_twice(self, equipe: Equipe, collegue: Agent) -> None:
        rdvs = [
            reserver(equipe, f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN + timedelta(hours=n)))
            for n in range(3)
        ]
        f.creneau(equipe.eds, agent=collegue, debut=DEMAIN)
        f.creneau(equipe.eds, agent=collegue, debut=DEMAIN + timedelta(hours=1))
        propositions = proposer(rdvs, le=LE, sauf_agents=[equipe.lea.pk])
        assert [p.creneau is not None for p in propositions.lignes] == [True, True, False]
        bilan = self.confirmer(equipe, propositions)
        assert bilan.faits == 2

    def test_a_screen_out_of_date_moves_nothing(self, equipe: Equipe, collegue: Agent) -> None:
        rdv = reserver(equipe, f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN))
        libre = f.creneau(equipe.eds, agent=collegue, debut=DEMAIN)
        bilan = services.deplacer_en_masse(
            choix={rdv.pk: libre.pk}, excuse="", versions={rdv.pk: rdv.version + 1}, par=equipe.samia, le=LE
        )
        assert "changé" in bilan.refus[rdv.pk]

    def test_the_number_of_queries_does_not_follow_the_number_of_people(
        self, equipe: Equipe, collegue: Agent, django_assert_max_num_queries: Any
    ) -> None:
        rdvs = [
            reserver(equipe, f.creneau(equipe.eds, agent=equipe.lea, debut=DEMAIN + timedelta(hours=n)))
            for n in range(6)
        ]
        with django_assert_max_num_queries(20):
            proposer(rdvs, le=LE)


def test_a_strike_moves_everybody_with_the_apology_chosen(equipe: Equipe) -> None:
    jeudi = date(2026, 2, 26)
    rdvs = [
        reserver(equipe, f.creneau(equipe.eds, debut=datetime.combine(jeudi, time(9 + n), PARIS))) for n in range(3)
    ]
    services.fermer_lieu(
        structure=equipe.eds, debut=jeudi, fin=jeudi + timedelta(days=1), motif="Grève", par=equipe.samia, le=LE
    )
    f.creneau(equipe.eds, debut=datetime(2026, 2, 27, 9, tzinfo=PARIS), places=3)
    propositions = proposer(a_reaffecter(**TOUT), le=LE)
    assert not any(p.collegues for p in propositions.lignes)  # nobody receives in a closed place
    bilan = services.deplacer_en_masse(
        choix={p.rdv.pk: p.creneau.pk for p in propositions.possibles if p.creneau},
        excuse="Nos bureaux seront fermés ce jour-là. Nous vous prions de nous en excuser.", par=equipe.samia, le=LE,
    )  # fmt: skip
    assert (bilan.faits, len(rdvs)) == (3, 3)
    assert not a_reaffecter(**TOUT).exists()
    textes = Courrier.objects.filter(objet_id__in=[r.pk for r in bilan.deplaces]).values_list("donnees", flat=True)
    assert all(t["introduction"].startswith("Nos bureaux seront fermés") for t in textes)


class TestRepartir:
    """The pure rule."""

    HEURE = datetime(2026, 3, 3, 10, tzinfo=PARIS)

    def libre(self, cle: int, ecart: timedelta, **champs: Any) -> Libre:
        debut = self.HEURE + ecart
        return Libre(**{"cle": cle, "structure": 1, "genre": "orientation", "modalite": "physique", "debut": debut,
                        "fin": debut + timedelta(minutes=45), **champs})  # fmt: skip

    def attendu(self, cle: int = 1, **champs: Any) -> Attendu:
        return Attendu(**{"cle": cle, "structure": 1, "genre": "orientation", "modalites": frozenset({"physique"}),
                          "debut": self.HEURE, **champs})  # fmt: skip

    def test_her_other_appointments_are_left_free(self) -> None:
        occupee = ((self.HEURE, self.HEURE + timedelta(minutes=30)),)
        libres = [self.libre(1, timedelta()), self.libre(2, timedelta(hours=2))]
        donnes = repartir([self.attendu(occupee=occupee)], libres)
        assert donnes[1] is not None
        assert donnes[1].cle == 2

    def test_an_interpreter_takes_two_adjacent_places(self) -> None:
        libres = [self.libre(1, timedelta(), suite=2), self.libre(2, timedelta(minutes=45))]
        elle = self.attendu(1, langue="tamoul", minutes=68)
        donnes = repartir([elle, self.attendu(2)], libres)
        assert (donnes[1], donnes[2]) == (libres[0], None)

    def test_same_hour_another_day_comes_after_another_hour_the_same_day(self) -> None:
        autre_jour, meme_jour = self.libre(1, timedelta(days=1)), self.libre(2, timedelta(hours=4))
        assert au_plus_pres(self.attendu(), meme_jour) < au_plus_pres(self.attendu(), autre_jour)
