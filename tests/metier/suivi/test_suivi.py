"""Contacts, interruptions, situations, voluntary accompaniment."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from cordee.metier.orientation import services as orientation
from cordee.metier.parcours.cycle import ETATS, SITUATIONS_PARTICULIERES
from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement, Voie
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.parcours.services import annuler_evenement
from cordee.metier.personnes.models import Adresse
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services import constater
from cordee.metier.suivi import services
from cordee.metier.suivi.enums import GenreContactSuivi, MotifInterruption, ResultatContact
from cordee.metier.suivi.models import ContactSuivi
from cordee.metier.suivi.selectors import contacts_de, manifestations
from cordee.metier.suivi.services import SuiviRefuse
from cordee.reglementation.delais import DateConvenueInvalide
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, etape, situation

APPEL, MESSAGE, VISITE = GenreContactSuivi.APPEL, GenreContactSuivi.MESSAGE, GenreContactSuivi.VISITE
JOINTE, SANS_REPONSE = ResultatContact.JOINTE, ResultatContact.SANS_REPONSE


def dans(jours: int) -> datetime:
    return LE + timedelta(days=jours)


class TestContact:
    def test_three_taps_and_the_next_date(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        services.noter_contact(
            personne=personne, genre=APPEL, resultat=JOINTE, prochain_le=dans(30).date(), par=equipe.lea, le=dans(12)
        )
        assert (etape(personne).genre, etape(personne).echeance) == (GenreEtape.PROCHAIN_CONTACT, dans(30).date())
        assert situation(personne).dernier_contact_le == dans(12).date()

    def test_without_a_date_the_rhythm_of_the_contract_sets_it(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        services.noter_contact(personne=personne, genre=APPEL, resultat=JOINTE, par=equipe.lea, le=dans(3))
        assert etape(personne).terme == dans(33).date()

    @pytest.mark.parametrize("resultat", [ResultatContact.MESSAGE, SANS_REPONSE, ResultatContact.ADRESSE_FAUSSE])
    def test_an_attempt_moves_nothing(self, equipe: Equipe, resultat: ResultatContact) -> None:
        personne = equipe.accompagnee()
        avant = etape(personne)
        services.noter_contact(personne=personne, genre=APPEL, resultat=resultat, par=equipe.lea, le=dans(12))
        assert (etape(personne), situation(personne).dernier_contact_le) == (avant, LE.date())
        assert contacts_de(personne).get().resultat == resultat

    def test_a_message_left_reached_nobody(self, equipe: Equipe) -> None:
        with pytest.raises(SuiviRefuse, match="tentative"):
            services.noter_contact(personne=equipe.accompagnee(), genre=MESSAGE, resultat=JOINTE, par=equipe.lea, le=LE)
        assert not ContactSuivi.objects.exists()

    def test_the_next_contact_is_to_come_the_last_one_has_been(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        with pytest.raises(SuiviRefuse, match="à venir"):
            services.noter_contact(
                personne=personne, genre=APPEL, resultat=JOINTE, prochain_le=LE.date(), par=equipe.lea, le=LE
            )
        with pytest.raises(SuiviRefuse, match="eu lieu"):
            services.noter_contact(
                personne=personne, genre=APPEL, resultat=JOINTE, contact_le=dans(1), par=equipe.lea, le=LE
            )

    def test_yesterdays_call_counts_from_yesterday(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        services.noter_contact(
            personne=personne, genre=APPEL, resultat=JOINTE, contact_le=dans(9), par=equipe.lea, le=dans(10)
        )
        assert situation(personne).dernier_contact_le == dans(9).date()


class TestAllerVers:
    @pytest.fixture
    def rdv(self, equipe: Equipe) -> RendezVous:
        """Convened and absent."""
        rdv = equipe.convoquer(equipe.entrante())
        return constater(rendez_vous=rdv, statut=StatutRendezVous.ABSENT, par=equipe.samia, le=dans(8))

    def test_joined_she_is_convened_again(self, equipe: Equipe, rdv: RendezVous) -> None:
        services.noter_aller_vers(personne=rdv.personne, resultat=JOINTE, genre=APPEL, par=equipe.samia, le=dans(9))
        assert etape(rdv.personne).genre == GenreEtape.CONVOQUER

    def test_three_tries_then_the_default_orientation(self, equipe: Equipe, rdv: RendezVous) -> None:
        for n, resultat in enumerate((ResultatContact.MESSAGE, SANS_REPONSE, ResultatContact.ADRESSE_FAUSSE)):
            assert etape(rdv.personne).genre == GenreEtape.ALLER_VERS
            services.noter_aller_vers(
                personne=rdv.personne, resultat=resultat, genre=VISITE, par=equipe.samia, le=dans(10 + n)
            )
        assert etape(rdv.personne).genre == GenreEtape.ORIENTER_PAR_DEFAUT
        assert Adresse.objects.get().npai  # the visit found nobody of that name
        equipe.decider(rdv.personne, par_defaut=True, motifs=[], le=dans(20))  # before the fourth week: outreach done
        assert etape(rdv.personne).genre == GenreEtape.NOTIFIER

    def test_without_an_absence_there_is_no_outreach(self, equipe: Equipe) -> None:
        with pytest.raises(TransitionInterdite, match="absence"):
            services.noter_aller_vers(personne=equipe.accompagnee(), resultat=JOINTE, par=equipe.lea, le=LE)
        assert not ContactSuivi.objects.exists()


class TestInterruption:
    def test_the_path_waits_until_the_date_agreed(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        rdv = equipe.convoquer(personne)
        services.interrompre(
            personne=personne, motif=MotifInterruption.MATERNITE, revue_le=date(2026, 6, 15), par=equipe.lea, le=LE
        )
        assert (etape(personne).genre, etape(personne).echeance) == (GenreEtape.REPRENDRE_CONTACT, date(2026, 6, 15))
        rdv.refresh_from_db()
        assert rdv.statut == StatutRendezVous.ANNULE
        services.reprendre(personne=personne, par=equipe.lea, le=dans(100))
        assert etape(personne).genre == GenreEtape.PROCHAIN_CONTACT

    def test_an_appointment_of_orientation_is_to_be_offered_again_afterwards(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        equipe.convoquer(personne)
        services.interrompre(
            personne=personne, motif=MotifInterruption.HOSPITALISATION, revue_le=dans(20).date(), par=equipe.samia,
            le=LE,
        )  # fmt: skip
        services.reprendre(personne=personne, par=equipe.samia, le=dans(20))
        assert etape(personne).genre == GenreEtape.CONVOQUER

    @pytest.mark.parametrize(
        ("revue_le", "erreur"),
        [(date(2026, 8, 18), DateConvenueInvalide), (date(2026, 2, 17), SuiviRefuse), (date(2026, 2, 1), SuiviRefuse)],
    )
    def test_six_months_at_most_and_to_come(self, equipe: Equipe, revue_le: date, erreur: type[Exception]) -> None:
        personne = equipe.accompagnee()
        with pytest.raises(erreur):
            services.interrompre(
                personne=personne, motif=MotifInterruption.SANTE, revue_le=revue_le, par=equipe.lea, le=LE
            )
        assert situation(personne).etat == Etat.ACCOMPAGNEE


class TestSituation:
    @pytest.mark.parametrize("etat", SITUATIONS_PARTICULIERES)
    def test_each_opens_its_own_step_then_the_path_resumes(self, equipe: Equipe, etat: Etat) -> None:
        personne = equipe.accompagnee()
        services.constater_situation(personne=personne, etat=etat, revue_le=dans(60).date(), par=equipe.lea, le=dans(5))
        assert (situation(personne).etat, etape(personne).genre) == (etat, ETATS[etat])
        services.reprendre(personne=personne, etat=etat, par=equipe.lea, le=dans(40))
        assert situation(personne).etat == Etat.ACCOMPAGNEE

    def test_not_any_state(self, equipe: Equipe) -> None:
        with pytest.raises(SuiviRefuse):
            services.constater_situation(personne=equipe.accompagnee(), etat=Etat.SORTIE, par=equipe.lea, le=LE)

    def test_there_must_be_something_to_resume(self, equipe: Equipe) -> None:
        with pytest.raises(TransitionInterdite):
            services.reprendre(personne=equipe.accompagnee(), par=equipe.lea, le=LE)


class TestVolontaire:
    def test_help_is_a_right_for_whoever_asks(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        with pytest.raises(TransitionInterdite, match="de droit"):
            services.ouvrir_accompagnement_volontaire(personne=personne, par=equipe.lea, le=LE)
        f.evenement(personne, GenreEvenement.FIN_SDD, le=dans(10))
        services.ouvrir_accompagnement_volontaire(
            personne=personne, prochain_contact_le=dans(30).date(), par=equipe.lea, le=dans(11)
        )
        ouverte = etape(personne)
        assert (ouverte.genre, ouverte.echeance, ouverte.agent) == (
            GenreEtape.ACCOMPAGNEMENT_VOLONTAIRE, dans(30).date(), equipe.lea,
        )  # fmt: skip
        assert not situation(personne).soumis
        services.noter_contact(personne=personne, genre=APPEL, resultat=JOINTE, par=equipe.lea, le=dans(30))
        services.clore_accompagnement_volontaire(personne=personne, par=equipe.lea, le=dans(60))
        assert situation(personne).etat == Etat.HORS_SDD
        assert situation(personne).etape is None


class TestPartenaire:
    def test_not_having_heard_is_not_being_late(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        decision = equipe.decider(
            personne, voie=Voie.EMPLOI, categorie=GenreOrganismeReferent.OPERATEUR_EMPLOI, structure=equipe.agence
        )
        orientation.remettre_en_main_propre(orientation=decision, par=equipe.samia, le=LE)
        assert etape(personne).attendu == "non_recue"
        services.noter_information_partenaire(
            personne=personne, contrat_le=dans(20).date(), dernier_contact_le=dans(25).date(), par=equipe.samia,
            le=dans(30),
        )  # fmt: skip
        attente = etape(personne)
        assert (attente.genre, attente.attendu, attente.terme) == (
            GenreEtape.ATTENDRE_PARTENAIRE, "recue", dans(90).date(),
        )  # fmt: skip
        assert situation(personne).contrat_le == dans(20).date()
        assert Evenement.objects.filter(genre=GenreEvenement.CONTRAT_SIGNE).count() == 0

    def test_what_is_received_is_not_to_come(self, equipe: Equipe) -> None:
        with pytest.raises(SuiviRefuse, match="à venir"):
            services.noter_information_partenaire(
                personne=equipe.accompagnee(), contrat_le=dans(1).date(), par=equipe.lea, le=LE
            )


class TestManifestations:
    """« Sans manifestation de sa part »: any contact by her counts, what we tried does not."""

    def test_what_she_did_and_not_what_we_tried(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        services.noter_contact(personne=personne, genre=APPEL, resultat=SANS_REPONSE, par=equipe.lea, le=dans(3))
        services.noter_contact(personne=personne, genre=MESSAGE, resultat=ResultatContact.MESSAGE, par=equipe.lea,
                               le=dans(4))  # fmt: skip
        assert manifestations(personne, dans(1)) == []
        services.noter_contact(personne=personne, genre=APPEL, resultat=JOINTE, par=equipe.lea, le=dans(5))
        (trouvee,) = manifestations(personne, dans(1).date())
        assert (trouvee.libelle, trouvee.le) == ("Jointe", dans(5))
        assert manifestations(personne, dans(6)) == []

    def test_a_corrected_contact_never_was(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        services.noter_contact(personne=personne, genre=APPEL, resultat=JOINTE, par=equipe.lea, le=dans(5))
        fait = manifestations(personne, dans(1))[0].evenement
        annuler_evenement(evenement=Evenement.objects.get(pk=fait or 0), par=equipe.lea, le=dans(6))
        assert manifestations(personne, dans(1)) == []
