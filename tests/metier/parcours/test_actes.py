"""Acts on the path itself, and their correction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from cordee.metier.contrats.models import Contrat
from cordee.metier.orientation.enums import NiveauFormation, SituationPro
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.orientation.services import enregistrer_diagnostic
from cordee.metier.parcours import services
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement, MotifSortie
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.reactions import ATTENDUES, enregistrees, enregistrer
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.parcours.services import ActeRefuse, ResultatVerification
from cordee.metier.personnes.enums import FinaliteRattachement, Localisation
from cordee.metier.personnes.models import Personne, Rattachement
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.services import constater
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.metier.suivi.selectors import contacts_de
from cordee.metier.suivi.services import noter_aller_vers, noter_contact
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, echeances, etape, situation

E = GenreEvenement
JOUR = LE.date()


def dans(jours: int) -> datetime:
    return LE + timedelta(days=jours)


class TestLocaliser:
    def test_her_sector_gets_her(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        f.evenement(personne, E.ADRESSE_CHANGEE, structure=None, localisation="inconnue")
        assert etape(personne).genre == GenreEtape.LOCALISER
        services.localiser(
            personne=personne, structure=equipe.ccas, localisation=Localisation.SECTEUR, par=equipe.samia, le=LE
        )
        assert (etape(personne).genre, situation(personne).structure_secteur) == (GenreEtape.CONVOQUER, equipe.ccas)
        acces = Rattachement.objects.get(
            personne=personne, finalite=FinaliteRattachement.SECTEUR, structure=equipe.ccas
        )
        assert acces.fin is None

    def test_a_sector_has_a_structure(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        f.evenement(personne, E.ADRESSE_CHANGEE, structure=None, localisation="inconnue")
        with pytest.raises(ActeRefuse, match="structure"):
            services.localiser(
                personne=personne, structure=None, localisation=Localisation.SECTEUR, par=equipe.samia, le=LE
            )

    def test_only_when_it_is_unknown(self, equipe: Equipe) -> None:
        with pytest.raises(TransitionInterdite, match="connu"):
            services.localiser(
                personne=equipe.entrante(), structure=equipe.ccas, localisation=Localisation.SECTEUR, par=equipe.samia,
                le=LE,
            )  # fmt: skip


class TestDroit:
    def test_a_checked_flag_resumes_or_ends_the_path(self, equipe: Equipe) -> None:
        soumise, non_soumise = equipe.entrante(), equipe.entrante()
        for personne, reponse in ((soumise, True), (non_soumise, False)):
            f.evenement(personne, E.SDD_INCONNU)
            assert etape(personne).genre == GenreEtape.VERIFIER_SDD
            services.constater_sdd(personne=personne, soumise=reponse, par=equipe.samia, le=LE)
        assert etape(soumise).genre == GenreEtape.CONVOQUER
        assert situation(non_soumise).etat == Etat.HORS_SDD

    def test_a_checked_flag_of_an_unknown_person_starts_her_path(self, equipe: Equipe) -> None:
        personne = f.personne()
        f.evenement(personne, E.SDD_INCONNU, recu_le="2026-02-10")
        services.constater_sdd(
            personne=personne, soumise=True, recu_le=date(2026, 2, 10), structure=equipe.eds, par=equipe.samia, le=LE
        )
        assert (etape(personne).genre, situation(personne).recu_le) == (GenreEtape.CONVOQUER, date(2026, 2, 10))
        with pytest.raises(TransitionInterdite):
            services.constater_sdd(personne=personne, soumise=False, par=equipe.samia, le=LE)

    def test_a_demand_is_confirmed_or_closed_without_follow_up(self, equipe: Equipe) -> None:
        confirmee, sans_suite = f.personne(), f.personne()
        for personne in (confirmee, sans_suite):
            f.evenement(personne, E.PERSONNE_CREEE)
            assert etape(personne).genre == GenreEtape.CONFIRMER_DROIT
        services.confirmer_droit(personne=confirmee, confirme=True, structure=equipe.eds, par=equipe.samia, le=LE)
        services.confirmer_droit(personne=sans_suite, confirme=False, par=equipe.samia, le=LE)
        assert etape(confirmee).genre == GenreEtape.CONVOQUER
        assert (situation(sans_suite).etat, situation(sans_suite).etape) == (Etat.SORTIE, None)

    def test_nothing_is_received_tomorrow(self, equipe: Equipe) -> None:
        personne = f.personne()
        f.evenement(personne, E.PERSONNE_CREEE)
        with pytest.raises(ActeRefuse, match="à venir"):
            services.confirmer_droit(
                personne=personne, confirme=True, recu_le=JOUR + timedelta(days=1), par=equipe.samia, le=LE
            )


class TestDisparition:
    @pytest.fixture
    def absente(self, equipe: Equipe) -> Personne:
        personne = equipe.accompagnee()
        f.evenement(personne, E.NON_TRANSMISE, le=dans(20))
        return personne

    def verifier(self, equipe: Equipe, personne: Personne, resultat: ResultatVerification, **plus: object) -> None:
        services.verifier_disparition(personne=personne, resultat=resultat, par=equipe.samia, le=dans(25), **plus)

    def test_still_there(self, equipe: Equipe, absente: Personne) -> None:
        self.verifier(equipe, absente, ResultatVerification.PRESENTE)
        assert etape(absente).genre == GenreEtape.PROCHAIN_CONTACT

    def test_wait_for_the_next_file(self, equipe: Equipe, absente: Personne) -> None:
        self.verifier(equipe, absente, ResultatVerification.ATTENDRE)
        assert (etape(absente).genre, etape(absente).ouverte_le) == (
            GenreEtape.VERIFIER_DISPARITION, dans(25).date(),
        )  # fmt: skip

    def test_gone_with_a_reason_her_appointments_and_contract_end(self, equipe: Equipe, absente: Personne) -> None:
        rdv = equipe.convoquer(absente, le=dans(21))
        with pytest.raises(ActeRefuse, match="raison"):
            self.verifier(equipe, absente, ResultatVerification.SORTIE)
        self.verifier(equipe, absente, ResultatVerification.SORTIE, motif_sortie=MotifSortie.EMPLOI)
        rdv.refresh_from_db()
        assert (situation(absente).etat, rdv.statut) == (Etat.SORTIE, StatutRendezVous.ANNULE)
        assert absente.contrats.get().fin == dans(25).date()

    def test_still_there_keeps_her_appointments(self, equipe: Equipe, absente: Personne) -> None:
        rdv = equipe.convoquer(absente, le=dans(21))
        self.verifier(equipe, absente, ResultatVerification.PRESENTE)
        rdv.refresh_from_db()
        assert rdv.statut == StatutRendezVous.PREVU

    def test_a_death_has_its_own_act(self, equipe: Equipe, absente: Personne) -> None:
        with pytest.raises(ActeRefuse, match="décès"):
            self.verifier(equipe, absente, ResultatVerification.SORTIE, motif_sortie=MotifSortie.DECES)


class TestTransmettreTraiter:
    def test_a_file_handed_over_closes_here(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        with pytest.raises(TransitionInterdite, match="départ"):
            services.transmettre_dossier(personne=personne, par=equipe.samia, le=LE)
        f.evenement(personne, E.MUTATION_SORTANTE, le=dans(5))
        services.transmettre_dossier(personne=personne, par=equipe.samia, le=dans(8))
        assert (situation(personne).etat, situation(personne).calcul["motif_sortie"]) == (Etat.SORTIE, "demenagement")

    def test_a_parallel_duty_is_done_with(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        f.evenement(personne, E.DROIT_SUSPENDU)
        services.traiter_echeance(personne=personne, echeance=GenreEcheance.RETABLIR_DROIT, par=equipe.samia, le=LE)
        assert not echeances(personne)
        with pytest.raises(TransitionInterdite, match="plus ouverte"):
            services.traiter_echeance(personne=personne, echeance=GenreEcheance.RETABLIR_DROIT, par=equipe.samia, le=LE)

    def test_a_duty_closed_by_its_own_act_is_not_ticked_off(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        with pytest.raises(TransitionInterdite, match="acte"):
            services.traiter_echeance(
                personne=personne, echeance=GenreEcheance.ACTUALISER_CONTRAT, par=equipe.samia, le=LE
            )


class TestAnnuler:
    def dernier(self, personne: Personne, genre: GenreEvenement) -> Evenement:
        return Evenement.objects.filter(personne=personne, genre=genre).latest("pk")

    def annuler(self, equipe: Equipe, personne: Personne, genre: GenreEvenement, jours: int = 1) -> Evenement:
        return services.annuler_evenement(evenement=self.dernier(personne, genre), par=equipe.samia, le=dans(jours))

    def test_an_absence_noted_by_mistake(self, equipe: Equipe) -> None:
        rdv = equipe.convoquer(equipe.entrante())
        constater(rendez_vous=rdv, statut=StatutRendezVous.ABSENT, par=equipe.samia, le=rdv.debut)
        annulation = self.annuler(equipe, rdv.personne, E.ABSENCE, 8)
        rdv.refresh_from_db()
        assert (rdv.statut, situation(rdv.personne).etat) == (StatutRendezVous.PREVU, Etat.CONVOQUEE)
        assert Evenement.objects.filter(genre=E.ABSENCE).exists(), "the trace of both stays"
        with pytest.raises(ActeRefuse, match="déjà annulé"):
            self.annuler(equipe, rdv.personne, E.ABSENCE, 9)
        with pytest.raises(ActeRefuse, match="ne s'annule pas"):
            services.annuler_evenement(evenement=annulation, par=equipe.samia, le=dans(9))

    def test_not_what_a_later_act_rests_upon(self, equipe: Equipe) -> None:
        rdv = equipe.convoquer(equipe.entrante())
        constater(rendez_vous=rdv, statut=StatutRendezVous.ABSENT, par=equipe.samia, le=rdv.debut)
        noter_aller_vers(
            personne=rdv.personne, resultat=ResultatContact.JOINTE, genre=GenreContactSuivi.APPEL, par=equipe.samia,
            le=dans(8),
        )  # fmt: skip
        with pytest.raises(ActeRefuse, match=r"« Démarche d'aller-vers » du 25/02/2026 en dépend"):
            self.annuler(equipe, rdv.personne, E.ABSENCE, 9)
        self.annuler(equipe, rdv.personne, E.ALLER_VERS, 9)
        assert not contacts_de(rdv.personne).exists()
        self.annuler(equipe, rdv.personne, E.ABSENCE, 9)
        assert situation(rdv.personne).etat == Etat.CONVOQUEE

    def test_a_fact_of_a_file_is_not_cancelled_by_an_agent(self, equipe: Equipe) -> None:
        with pytest.raises(ActeRefuse, match="ne s'annule pas"):
            self.annuler(equipe, equipe.entrante(), E.ENTREE_SDD)

    def test_a_decision_recorded_by_mistake_gives_the_former_one_back(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        ancienne = personne.orientations.get()
        contrat = personne.contrats.get()
        equipe.decider(personne, structure=equipe.ccas, categorie=GenreOrganismeReferent.DELEGATAIRE, le=dans(10))
        self.annuler(equipe, personne, E.ORIENTATION_DECIDEE, 12)
        ancienne.refresh_from_db()
        contrat.refresh_from_db()
        assert (ancienne.fin, ancienne.notifiee_le, contrat.fin) == (None, JOUR, None)
        assert (etape(personne).genre, etape(personne).agent) == (GenreEtape.PROCHAIN_CONTACT, equipe.lea)
        acces = Rattachement.objects.get(personne=personne, finalite=FinaliteRattachement.REFERENT, fin__isnull=True)
        assert (acces.structure, acces.agent) == (equipe.eds, equipe.lea)

    def test_a_hand_over_recorded_by_mistake(self, equipe: Equipe) -> None:
        personne = equipe.notifiee()
        self.annuler(equipe, personne, E.DATE_CERTAINE)
        assert personne.orientations.get().notifiee_le is None
        assert etape(personne).genre == GenreEtape.NOTIFIER

    def test_a_signature_recorded_by_mistake_gives_the_draft_back(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        self.annuler(equipe, personne, E.CONTRAT_SIGNE)
        contrat = Contrat.objects.get()
        assert (contrat.debut, contrat.signe_personne_le, contrat.fin) == (None, None, None)
        assert etape(personne).genre == GenreEtape.ELABORER_CONTRAT
        equipe.signer(contrat, le=dans(2))
        assert situation(personne).etat == Etat.ACCOMPAGNEE

    def test_a_diagnosis_recorded_by_mistake_becomes_a_draft(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        enregistrer_diagnostic(
            personne=personne, situation_pro=SituationPro.JAMAIS, niveau=NiveauFormation.SANS, par=equipe.samia, le=LE
        )
        self.annuler(equipe, personne, E.DIAGNOSTIC)
        assert Diagnostic.objects.get().brouillon
        assert situation(personne).etat == Etat.ENTRANTE

    def test_a_contact_recorded_on_the_wrong_person(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        noter_contact(
            personne=personne, genre=GenreContactSuivi.APPEL, resultat=ResultatContact.JOINTE, par=equipe.lea,
            le=dans(9),
        )  # fmt: skip
        self.annuler(equipe, personne, E.CONTACT, 10)
        assert situation(personne).dernier_contact_le == JOUR
        assert not contacts_de(personne).exists()

    def test_she_is_alive(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        services.constater_deces(personne=personne, deces_le=JOUR, par=equipe.samia, le=dans(3))
        self.annuler(equipe, personne, E.DECES, 5)
        personne.refresh_from_db()
        assert personne.deces_le is None
        assert (situation(personne).etat, etape(personne).agent) == (Etat.ACCOMPAGNEE, equipe.lea)
        assert personne.orientations.get().fin is None
        assert personne.contrats.get().fin is None
        acces = Rattachement.objects.get(personne=personne, finalite=FinaliteRattachement.REFERENT, fin__isnull=True)
        assert acces.agent == equipe.lea


class TestReactions:
    def test_each_name_of_the_table_has_its_function(self) -> None:
        assert enregistrees() == {nom for noms in ATTENDUES.values() for nom in noms}

    def test_a_name_outside_the_table_is_refused(self) -> None:
        with pytest.raises(ValueError, match="not in the table"):
            enregistrer("courriers.condoleances", lambda evenements, par, le: None)

    def test_a_death_cancels_all_that_was_to_come_in_one_transaction(self, equipe: Equipe) -> None:
        """E32: appointments, letters not gone, decision, contract, accesses. No letter of condolence is automatic."""
        personne = equipe.accompagnee()
        rdv = equipe.convoquer(personne)
        services.constater_deces(personne=personne, deces_le=JOUR, par=equipe.samia, le=LE)
        rdv.refresh_from_db()
        assert rdv.statut == StatutRendezVous.ANNULE
        assert not personne.courriers.filter(etat="", annule_le__isnull=True).exists()
        assert not personne.orientations.filter(fin__isnull=True).exists()
        assert not personne.contrats.filter(fin__isnull=True).exists()
        assert not Rattachement.objects.filter(
            personne=personne, finalite=FinaliteRattachement.REFERENT, fin__isnull=True
        ).exists()
        assert (situation(personne).etape, echeances(personne)) == (None, {})
        assert personne.courriers.filter(cree_le=LE).count() == personne.courriers.count()

    def test_a_new_entry_after_a_long_absence_starts_without_the_former_decision(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        f.evenement(personne, E.DROIT_CLOS, le=dans(30), motif_sortie="emploi")
        assert personne.orientations.get().fin is None, "a return within the year finds it again"
        f.entree_sdd(personne, equipe.eds, le=dans(500))
        assert personne.orientations.get().fin == dans(500).date()
        assert not Rattachement.objects.filter(
            personne=personne, finalite=FinaliteRattachement.REFERENT, fin__isnull=True
        ).exists()
        assert etape(personne).genre == GenreEtape.CONVOQUER
