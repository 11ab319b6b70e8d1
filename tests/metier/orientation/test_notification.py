"""Only a reception whose date is certain starts the month of the contract (E11)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import EnvoiImpossible, RemiseImpossible
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation import services
from cordee.metier.orientation.enums import Demandeur, MotifRefusReorientation, MotifReorientation
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.services import NotificationRefusee, ReferentRefuse
from cordee.metier.orientation.services.reorientation import remettre_refus
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.personnes.enums import FinaliteRattachement, Protection
from cordee.metier.personnes.models import Adresse, Personne, Rattachement, Representant
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, echeances, etape, situation

JOUR = LE.date()


@pytest.fixture
def personne(equipe: Equipe) -> Personne:
    return equipe.entrante()


@pytest.fixture
def decision(equipe: Equipe, personne: Personne) -> Orientation:
    return equipe.decider(personne)


def dans(jours: int) -> datetime:
    return LE + timedelta(days=jours)


class TestMainPropre:
    def test_one_click_gives_the_certain_date(self, equipe: Equipe, personne: Personne, decision: Orientation) -> None:
        lettre = services.remettre_en_main_propre(orientation=decision, par=equipe.samia, le=LE)
        assert (lettre.etat, lettre.moyen) == (EtatRemise.RECUE, MoyenRemise.REMISE_MAIN_PROPRE)
        decision.refresh_from_db()
        assert (decision.notifiee_le, situation(personne).notifie_le) == (JOUR, JOUR)
        services.nommer_referent(personne=personne, agent=equipe.lea, par=equipe.samia, le=LE)
        contrat = etape(personne)
        assert (contrat.genre, contrat.terme, contrat.provisoire) == (
            GenreEtape.ELABORER_CONTRAT, date(2026, 3, 17), False,
        )  # fmt: skip

    def test_the_letter_says_the_decision_and_its_remedies(self, equipe: Equipe, decision: Orientation) -> None:
        donnees = services.remettre_en_main_propre(orientation=decision, par=equipe.samia, le=LE).donnees
        assert donnees["decision"]["motifs"] == ["Des difficultés à traiter en même temps que la recherche d'emploi."]
        assert donnees["decision"]["organisme"]["nom"] == "EDS de démonstration"
        assert donnees["delais"]["contrat_engagement"] == "1 mois"
        assert donnees["delais"]["recours_prealable"] == "2 mois"
        assert donnees["departement"]["tribunal"]["nom"] == "Tribunal administratif de Melun"

    @pytest.mark.parametrize("jour", [JOUR - timedelta(days=1), JOUR + timedelta(days=1)])
    def test_not_before_the_decision_nor_tomorrow(self, equipe: Equipe, decision: Orientation, jour: date) -> None:
        with pytest.raises(NotificationRefusee, match="entre celle de la décision"):
            services.remettre_en_main_propre(orientation=decision, le_jour=jour, par=equipe.samia, le=LE)

    def test_once_only(self, equipe: Equipe, decision: Orientation) -> None:
        services.remettre_en_main_propre(orientation=decision, par=equipe.samia, le=LE)
        with pytest.raises(NotificationRefusee, match="17/02/2026"):
            services.remettre_en_main_propre(orientation=decision, par=equipe.samia, le=dans(1))

    def test_a_replaced_decision_is_not_handed_over(
        self, equipe: Equipe, personne: Personne, decision: Orientation
    ) -> None:
        equipe.decider(personne, le=dans(1))
        with pytest.raises(NotificationRefusee, match="remplacée"):
            services.remettre_en_main_propre(orientation=decision, par=equipe.samia, le=dans(1))

    def test_the_representative_is_notified_too(
        self, equipe: Equipe, personne: Personne, decision: Orientation
    ) -> None:
        Representant.objects.create(
            personne=personne, protection=Protection.TUTELLE, nom="M. Tuteur", adresse="9, rue X\n94000 Créteil",
            debut=date(2025, 1, 1),
        )  # fmt: skip
        services.remettre_en_main_propre(orientation=decision, par=equipe.samia, le=LE)
        copie = Courrier.objects.get(au_representant=True)
        assert (copie.moyen, copie.libelle_etat, copie.donnees["main_propre"]) == (MoyenRemise.LRAR, "À envoyer", False)


class TestEnvoi:
    def envoyer(self, equipe: Equipe, decision: Orientation, le: datetime = LE) -> Courrier:
        return services.envoyer_notification(orientation=decision, moyen=MoyenRemise.LRAR, par=equipe.samia, le=le)

    def constater(self, equipe: Equipe, lettre: Courrier, etat: EtatRemise, jours: int) -> None:
        services.constater_remise(
            courrier=lettre, etat=etat, le_jour=dans(jours).date(), par=equipe.samia, le=dans(jours)
        )

    @pytest.mark.parametrize("moyen", [MoyenRemise.LETTRE_SIMPLE, MoyenRemise.SMS, MoyenRemise.COURRIEL])
    def test_a_means_that_proves_nothing_is_refused(
        self, equipe: Equipe, decision: Orientation, moyen: MoyenRemise
    ) -> None:
        with pytest.raises(NotificationRefusee, match="ne prouve pas"):
            services.envoyer_notification(orientation=decision, moyen=moyen, par=equipe.samia, le=LE)
        assert not Courrier.objects.exists()

    def test_sent_is_not_received(self, equipe: Equipe, personne: Personne, decision: Orientation) -> None:
        lettre = self.envoyer(equipe, decision)
        assert lettre.etat == EtatRemise.ENVOYEE
        assert (situation(personne).etat, situation(personne).notifie_le) == (Etat.NOTIFIEE, None)
        assert etape(personne).genre == GenreEtape.ETABLIR_DATE_CERTAINE

    def test_the_day_it_is_claimed_counts(self, equipe: Equipe, personne: Personne, decision: Orientation) -> None:
        lettre = self.envoyer(equipe, decision)
        self.constater(equipe, lettre, EtatRemise.PRESENTEE, 2)
        assert situation(personne).notifie_le is None
        self.constater(equipe, lettre, EtatRemise.RECUE, 5)
        assert situation(personne).notifie_le == dans(5).date()

    @pytest.mark.parametrize("etat", [EtatRemise.NON_RECLAMEE, EtatRemise.REFUSEE])
    def test_not_claimed_or_refused_the_first_presentation_counts(
        self, equipe: Equipe, personne: Personne, decision: Orientation, etat: EtatRemise
    ) -> None:
        lettre = self.envoyer(equipe, decision)
        self.constater(equipe, lettre, EtatRemise.PRESENTEE, 2)
        self.constater(equipe, lettre, etat, 17)
        assert situation(personne).notifie_le == dans(2).date()

    def test_returned_it_starts_nothing_and_the_address_is_to_be_checked(
        self, equipe: Equipe, personne: Personne, decision: Orientation
    ) -> None:
        self.constater(equipe, self.envoyer(equipe, decision), EtatRemise.NPAI, 6)
        assert situation(personne).notifie_le is None
        assert Adresse.objects.get().npai
        with pytest.raises(EnvoiImpossible, match="revenu"):
            self.envoyer(equipe, decision, le=dans(7))
        services.remettre_en_main_propre(orientation=decision, par=equipe.samia, le=dans(8))
        assert situation(personne).notifie_le == dans(8).date()

    def test_the_copy_of_the_representative_starts_nothing(
        self, equipe: Equipe, personne: Personne, decision: Orientation
    ) -> None:
        Representant.objects.create(
            personne=personne, protection=Protection.TUTELLE, nom="M. Tuteur", adresse="9, rue X\n94000 Créteil",
            debut=date(2025, 1, 1),
        )  # fmt: skip
        self.envoyer(equipe, decision)
        self.constater(equipe, Courrier.objects.get(au_representant=True), EtatRemise.RECUE, 3)
        assert situation(personne).notifie_le is None

    def test_a_receipt_that_comes_after_another_decision_starts_nothing(
        self, equipe: Equipe, personne: Personne, decision: Orientation
    ) -> None:
        lettre = self.envoyer(equipe, decision)
        nouvelle = equipe.decider(personne, le=dans(3))
        self.constater(equipe, lettre, EtatRemise.RECUE, 5)
        decision.refresh_from_db()
        nouvelle.refresh_from_db()
        assert (decision.notifiee_le, nouvelle.notifiee_le) == (dans(5).date(), None)
        assert etape(personne).genre == GenreEtape.NOTIFIER

    def test_a_first_certain_date_is_kept(self, equipe: Equipe, personne: Personne, decision: Orientation) -> None:
        lettre = self.envoyer(equipe, decision)
        services.remettre_en_main_propre(orientation=decision, par=equipe.samia, le=dans(1))
        self.constater(equipe, lettre, EtatRemise.RECUE, 4)
        assert situation(personne).notifie_le == dans(1).date()

    def test_a_state_that_cannot_follow_is_refused(self, equipe: Equipe, decision: Orientation) -> None:
        lettre = self.envoyer(equipe, decision)
        self.constater(equipe, lettre, EtatRemise.RECUE, 4)
        with pytest.raises(RemiseImpossible):
            self.constater(equipe, lettre, EtatRemise.NPAI, 5)

    def test_cap_emploi_has_no_legal_month(self, equipe: Equipe, personne: Personne) -> None:
        cap = f.structure(categorie=GenreOrganismeReferent.PLACEMENT_HANDICAP, code_postal="94000")
        decision = equipe.decider(personne, structure=cap, categorie=GenreOrganismeReferent.PLACEMENT_HANDICAP)
        lettre = services.remettre_en_main_propre(orientation=decision, par=equipe.samia, le=LE)
        assert "contrat_engagement" not in lettre.donnees["delais"]


class TestReferents:
    def test_the_referent_works_in_the_body_of_the_decision(self, equipe: Equipe) -> None:
        personne = equipe.notifiee()
        with pytest.raises(ReferentRefuse, match="EDS de démonstration"):
            services.nommer_referent(personne=personne, agent=equipe.malik, par=equipe.samia, le=LE)
        partie = f.agent(RoleAgent.REFERENT, structure=equipe.eds, fin=JOUR)
        with pytest.raises(ReferentRefuse):
            services.nommer_referent(personne=personne, agent=partie, par=equipe.samia, le=LE)

    def test_nobody_is_named_before_the_decision(self, equipe: Equipe) -> None:
        with pytest.raises(TransitionInterdite, match="décision"):
            services.nommer_referent(personne=equipe.entrante(), agent=equipe.lea, par=equipe.samia, le=LE)

    def test_a_change_of_referent_moves_the_work_and_the_access(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        ines = f.agent(RoleAgent.REFERENT, structure=equipe.eds)
        services.nommer_referent(personne=personne, agent=ines, par=equipe.samia, le=dans(10))
        assert (etape(personne).genre, etape(personne).agent) == (GenreEtape.PROCHAIN_CONTACT, ines)
        acces = Rattachement.objects.filter(personne=personne, finalite=FinaliteRattachement.REFERENT).order_by("pk")
        assert [(a.agent, a.fin) for a in acces] == [(equipe.lea, dans(10).date()), (ines, None)]

    def test_a_coreferent_is_of_another_body(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        with pytest.raises(ReferentRefuse, match="autre organisme"):
            services.nommer_coreferent(personne=personne, structure=equipe.eds, par=equipe.lea, le=LE)
        services.nommer_coreferent(personne=personne, structure=equipe.ccas, agent=equipe.malik, par=equipe.lea, le=LE)
        acces = Rattachement.objects.get(personne=personne, finalite=FinaliteRattachement.COREFERENT)
        assert (acces.structure, acces.agent) == (equipe.ccas, equipe.malik)
        assert situation(personne).referent_agent == equipe.lea

    def test_the_letter_that_presents_the_referent(self, equipe: Equipe) -> None:
        personne = equipe.notifiee()
        with pytest.raises(ReferentRefuse, match="personne à présenter"):
            services.presenter_referent(personne=personne, canal=Canal.COURRIER, par=equipe.samia, le=LE)
        services.nommer_referent(personne=personne, agent=equipe.lea, par=equipe.samia, le=LE)
        lettre = services.presenter_referent(personne=personne, canal=Canal.COURRIER, par=equipe.samia, le=LE)
        assert lettre.genre == GenreCourrier.NOMINATION_REFERENT
        assert lettre.donnees["referent"]["nom"] == "Léa Exemple"
        assert lettre.donnees["referent"]["telephone"] == "0199000001"


class TestReorientation:
    def test_a_request_interrupts_the_month(self, equipe: Equipe) -> None:
        personne = equipe.avec_referent()
        services.demander_reorientation(
            personne=personne, demandeur=Demandeur.PERSONNE, motif=MotifReorientation.SOUHAIT, par=equipe.lea,
            le=dans(20),
        )  # fmt: skip
        assert GenreEcheance.DECIDER_REORIENTATION in echeances(personne)
        assert etape(personne).provisoire

    def test_refused_the_month_starts_again_and_the_notification_keeps_its_date(self, equipe: Equipe) -> None:
        personne = equipe.avec_referent()
        services.demander_reorientation(
            personne=personne, demandeur=Demandeur.ORGANISME, motif=MotifReorientation.FREINS, par=equipe.lea,
            le=dans(20),
        )  # fmt: skip
        services.refuser_reorientation(
            personne=personne, motif=MotifRefusReorientation.ADAPTEE, par=equipe.samia, le=dans(27)
        )
        assert set(echeances(personne)) == {"notifier_refus"}
        remettre_refus(personne=personne, par=equipe.samia, le=dans(30))
        assert etape(personne).terme == date(2026, 4, 19)
        assert situation(personne).notifie_le == JOUR
        assert not echeances(personne)

    def test_without_a_request_nothing_is_refused(self, equipe: Equipe) -> None:
        with pytest.raises(TransitionInterdite, match="Aucune demande"):
            services.refuser_reorientation(
                personne=equipe.avec_referent(), motif=MotifRefusReorientation.TROP_TOT, par=equipe.samia, le=LE
            )


def test_an_access_that_stands_is_left_alone(equipe: Equipe) -> None:
    """A référent whose role ended this morning does not prevent another act on the person."""
    personne = equipe.accompagnee()
    equipe.lea.affectations.update(fin=dans(5).date())
    services.nommer_coreferent(personne=personne, structure=equipe.ccas, par=equipe.samia, le=dans(5))
    acces = Rattachement.objects.get(personne=personne, finalite=FinaliteRattachement.REFERENT)
    assert (acces.agent, acces.fin) == (equipe.lea, None)
