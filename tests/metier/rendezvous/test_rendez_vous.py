"""Convene, receive, move, cancel."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import EnvoiImpossible, marquer_envoye
from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.personnes.enums import Autorisation, FinaliteRattachement, NatureAdresse, Protection
from cordee.metier.personnes.models import Arbitrage, Personne, Rattachement, Representant
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, MotifAnnulation, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services import RendezVousImpossible
from cordee.metier.rendezvous.services.lettres import POURQUOI
from cordee.metier.suivi.enums import MotifInterruption
from cordee.metier.suivi.services import interrompre
from cordee.socle.contraintes import ContrainteViolee
from cordee.socle.erreurs import DonneesPerimees
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, etape, situation


def convocation(personne: Personne) -> Courrier:
    return Courrier.objects.get(personne=personne, genre=GenreCourrier.CONVOCATION, au_representant=False)


class TestConvoquer:
    def test_a_date_a_letter_and_one_event(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        rdv = equipe.convoquer(personne, agent=equipe.lea)
        lettre = convocation(personne)
        assert (lettre.objet_type, lettre.objet_id, lettre.etat) == ("rendez_vous", rdv.pk, "")
        assert lettre.donnees["rdv"]["quand"] == "mardi 24 février 2026 à 9\u00a0h"
        assert lettre.donnees["rdv"]["avec"] == {"nom": "Léa Exemple"}
        assert lettre.donnees["destinataire"]["adresse"][1:] == ["5 RUE DES LILAS FICTIFS", "94000 CRETEIL"]
        evenement = Evenement.objects.get(personne=personne, genre=GenreEvenement.CONVOCATION)
        assert evenement.donnees == {"rendez_vous": rdv.pk}
        assert etape(personne).genre == GenreEtape.ORIENTER
        acces = Rattachement.objects.get(personne=personne, finalite=FinaliteRattachement.ORIENTATION)
        assert (acces.structure, acces.agent) == (equipe.eds, equipe.lea)

    @pytest.mark.parametrize("genre", list(GenreRendezVous))
    def test_no_letter_speaks_of_a_duty(self, genre: GenreRendezVous) -> None:
        texte = POURQUOI[genre].lower()
        assert not [mot for mot in ("oblig", "devoir", "sanction", "suspen", "délai", "rsa") if mot in texte]

    def test_a_past_date_is_refused_and_nothing_is_written(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        with pytest.raises(RendezVousImpossible, match="passée"):
            equipe.convoquer(personne, debut=LE - timedelta(hours=1))
        assert not RendezVous.objects.exists()

    def test_a_doubt_on_the_identity_blocks_the_sendings(self, equipe: Equipe) -> None:
        personne, autre = equipe.entrante(), f.personne()
        Arbitrage.objects.create(personne=autre, candidate=personne, ouvert_le=LE)
        with pytest.raises(EnvoiImpossible, match="bloqués"):
            equipe.convoquer(personne)
        assert not Courrier.objects.exists()

    def test_the_opposition_of_the_person_is_respected(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        contact = f.contact(personne, autorisation=Autorisation.REFUS)
        with pytest.raises(EnvoiImpossible, match="s'oppose"):
            equipe.convoquer(personne, canal=Canal.SMS)
        contact.autorisation = Autorisation.INCONNU  # no consent is needed: only an opposition forbids (E37)
        contact.save()
        equipe.convoquer(personne, canal=Canal.SMS)
        assert convocation(personne).canal == Canal.SMS

    @pytest.mark.parametrize("champs", [{"numero_de_tiers": True}, {"en_echec": True}, {"fin": date(2026, 1, 1)}])
    def test_a_number_that_does_not_reach_her_is_not_used(self, equipe: Equipe, champs: dict[str, object]) -> None:
        personne = equipe.entrante()
        f.contact(personne, **champs)
        with pytest.raises(EnvoiImpossible):
            equipe.convoquer(personne, canal=Canal.SMS)

    @pytest.mark.parametrize("canal", [Canal.COURRIER, Canal.SMS, Canal.COURRIEL, Canal.TELEPHONE])
    def test_discreet_contact_sends_nothing_home(self, equipe: Equipe, canal: Canal) -> None:
        personne = equipe.entrante(contact_discret=True)
        f.contact(personne)
        f.contact(personne, "prenom@exemple.invalid")
        with pytest.raises(EnvoiImpossible, match="discret"):
            equipe.convoquer(personne, canal=canal)

    def test_discreet_contact_is_met_at_the_counter(self, equipe: Equipe) -> None:
        personne = equipe.entrante(contact_discret=True)
        equipe.convoquer(personne, canal=Canal.GUICHET)
        lettre = convocation(personne)
        assert lettre.etat == EtatRemise.RECUE
        assert lettre.donnees["destinataire"]["adresse"] == [lettre.destinataire]

    def test_mail_that_came_back_is_not_sent_again(self, equipe: Equipe) -> None:
        foyer = f.foyer()
        f.adresse(foyer=foyer, npai=True)
        with pytest.raises(EnvoiImpossible, match="revenu"):
            equipe.convoquer(equipe.entrante(foyer=foyer))

    def test_a_domiciled_person_is_written_to_at_her_organisation(self, equipe: Equipe) -> None:
        foyer = f.foyer()
        f.adresse(foyer=foyer, nature=NatureAdresse.DOMICILIATION, domiciliataire=equipe.ccas, voie="", numero="",
                  type_voie="")  # fmt: skip
        personne = equipe.entrante(foyer=foyer)
        equipe.convoquer(personne)
        lignes = convocation(personne).donnees["destinataire"]["adresse"]
        assert lignes[1:] == ["Chez CCAS DE DEMONSTRATION", "5 RUE DES LILAS", "94000 CRETEIL"]

    def test_the_representative_of_a_protected_person_gets_a_copy(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        Representant.objects.create(
            personne=personne, protection=Protection.CURATELLE, nom="Mme Curatrice",
            adresse="9, rue du Tuteur\n94000 Créteil", debut=date(2025, 1, 1),
        )  # fmt: skip
        rdv = equipe.convoquer(personne)
        copie = Courrier.objects.get(personne=personne, au_representant=True)
        assert copie.donnees["destinataire"]["adresse"] == ["Mme Curatrice", "9, rue du Tuteur", "94000 Créteil"]
        assert copie.donnees["rdv"] == convocation(personne).donnees["rdv"]
        assert copie.objet_id == rdv.pk

    def test_nobody_is_convened_during_an_interruption(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        interrompre(personne=personne, motif=MotifInterruption.SANTE, revue_le=date(2026, 5, 4), par=equipe.lea, le=LE)
        with pytest.raises(TransitionInterdite, match="interrompu"):
            equipe.convoquer(personne, genre=GenreRendezVous.ACCOMPAGNEMENT)
        assert not RendezVous.objects.exists()
        assert not Courrier.objects.filter(genre=GenreCourrier.CONVOCATION).exists()

    def test_two_meetings_at_once_are_refused_in_french(self, equipe: Equipe) -> None:
        equipe.convoquer(equipe.entrante(), agent=equipe.samia)
        with pytest.raises(ContrainteViolee, match="a déjà un rendez-vous"):
            equipe.convoquer(equipe.entrante(), agent=equipe.samia)


class TestAnnulerDeplacer:
    def test_a_cancelled_meeting_is_to_be_offered_again_and_its_letter_stays(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        rdv = equipe.convoquer(personne)
        services.annuler(rendez_vous=rdv, motif=MotifAnnulation.SERVICE, par=equipe.samia, le=LE)
        assert situation(personne).etat == Etat.ENTRANTE
        lettre = convocation(personne)
        assert lettre.annule_le == LE
        with pytest.raises(EnvoiImpossible, match="annulé"):
            marquer_envoye(courrier=lettre, le_jour=LE.date(), par=equipe.samia, le=LE)

    def test_a_letter_already_gone_is_not_cancelled(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        rdv = equipe.convoquer(personne)
        marquer_envoye(courrier=convocation(personne), le_jour=LE.date(), par=equipe.samia, le=LE)
        services.annuler(rendez_vous=rdv, motif=MotifAnnulation.PERSONNE, par=equipe.samia, le=LE)
        assert convocation(personne).annule_le is None

    def test_moving_replaces_the_meeting_and_its_letter(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        ancien = equipe.convoquer(personne)
        nouveau = services.deplacer(
            rendez_vous=ancien, version=1, debut=ancien.debut + timedelta(days=1), canal=Canal.COURRIER,
            par=equipe.samia, le=LE,
        )  # fmt: skip
        ancien.refresh_from_db()
        assert (ancien.statut, nouveau.statut) == (StatutRendezVous.ANNULE, StatutRendezVous.PREVU)
        assert situation(personne).calcul["rendez_vous"] == nouveau.pk
        vivante = Courrier.objects.get(personne=personne, annule_le__isnull=True)
        assert "a changé de date" in vivante.donnees["introduction"]
        assert Evenement.objects.filter(personne=personne).values("acte").distinct().count() == 3

    def test_a_stale_screen_moves_nothing(self, equipe: Equipe) -> None:
        rdv = equipe.convoquer(equipe.entrante())
        RendezVous.objects.update(version=2)
        with pytest.raises(DonneesPerimees):
            services.deplacer(
                rendez_vous=rdv, version=1, debut=rdv.debut + timedelta(days=1), canal=Canal.COURRIER,
                par=equipe.samia, le=LE,
            )  # fmt: skip

    def test_a_cancelled_meeting_cannot_be_cancelled_again(self, equipe: Equipe) -> None:
        rdv = equipe.convoquer(equipe.entrante())
        services.annuler(rendez_vous=rdv, motif=MotifAnnulation.SERVICE, par=equipe.samia, le=LE)
        with pytest.raises(RendezVousImpossible, match="annulé"):
            services.annuler(rendez_vous=rdv, motif=MotifAnnulation.SERVICE, par=equipe.samia, le=LE)


class TestConstater:
    @pytest.fixture
    def rdv(self, equipe: Equipe) -> RendezVous:
        return equipe.convoquer(equipe.entrante())

    def constater(self, equipe: Equipe, rdv: RendezVous, statut: StatutRendezVous, le: datetime) -> None:
        services.constater(rendez_vous=rdv, statut=statut, par=equipe.samia, le=le)

    def test_she_came(self, equipe: Equipe, rdv: RendezVous) -> None:
        self.constater(equipe, rdv, StatutRendezVous.HONORE, rdv.debut - timedelta(minutes=10))
        assert situation(rdv.personne).etat == Etat.RENCONTREE

    def test_an_absence_calls_for_outreach_from_the_day_of_the_meeting(self, equipe: Equipe, rdv: RendezVous) -> None:
        self.constater(equipe, rdv, StatutRendezVous.ABSENT, rdv.debut + timedelta(days=1))
        ouverte = etape(rdv.personne)
        assert (ouverte.genre, ouverte.ouverte_le) == (GenreEtape.ALLER_VERS, rdv.debut.date())

    def test_an_excused_absence_is_to_be_convened_again(self, equipe: Equipe, rdv: RendezVous) -> None:
        self.constater(equipe, rdv, StatutRendezVous.EXCUSE, LE)
        assert situation(rdv.personne).etat == Etat.ENTRANTE

    def test_she_was_only_late(self, equipe: Equipe, rdv: RendezVous) -> None:
        self.constater(equipe, rdv, StatutRendezVous.ABSENT, rdv.debut + timedelta(minutes=15))
        self.constater(equipe, rdv, StatutRendezVous.HONORE, rdv.debut + timedelta(minutes=25))
        assert situation(rdv.personne).etat == Etat.RENCONTREE

    def test_nobody_is_absent_before_the_hour(self, equipe: Equipe, rdv: RendezVous) -> None:
        with pytest.raises(RendezVousImpossible, match="pas passée"):
            self.constater(equipe, rdv, StatutRendezVous.ABSENT, rdv.debut - timedelta(minutes=1))

    def test_another_day_is_a_visit_without_appointment(self, equipe: Equipe, rdv: RendezVous) -> None:
        with pytest.raises(RendezVousImpossible, match="sans rendez-vous"):
            self.constater(equipe, rdv, StatutRendezVous.HONORE, LE)
        visite = services.recevoir_sans_rendez_vous(
            personne=rdv.personne, structure=equipe.ccas, par=equipe.malik, le=LE
        )
        assert visite.statut == StatutRendezVous.SANS_RENDEZ_VOUS
        assert situation(rdv.personne).etat == Etat.RENCONTREE
        acces = Rattachement.objects.get(personne=rdv.personne, finalite=FinaliteRattachement.ACCUEIL)
        assert acces.structure == equipe.ccas

    def test_what_is_recorded_is_not_recorded_twice(self, equipe: Equipe, rdv: RendezVous) -> None:
        self.constater(equipe, rdv, StatutRendezVous.HONORE, rdv.debut)
        with pytest.raises(RendezVousImpossible, match="déjà"):
            self.constater(equipe, rdv, StatutRendezVous.ABSENT, rdv.debut + timedelta(hours=1))
