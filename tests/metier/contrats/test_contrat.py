"""The contract: what it must hold, who signs, how it is updated, what a refusal is worth."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cordee.metier.contrats import services
from cordee.metier.contrats.enums import Engage, FormeRefus, GenreContrat, MotifMinoration, MotifProlongation
from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.regles import Ligne
from cordee.metier.contrats.selectors import brouillon_de, contenu_de, contrat_en_vigueur, manques_du_contrat
from cordee.metier.contrats.services import BrouillonExistant, ContratIncomplet, ContratRefuse
from cordee.metier.courriers.enums import EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import pdf
from cordee.metier.orientation.enums import Demandeur, MotifReorientation, NiveauFormation, SituationPro
from cordee.metier.orientation.services import (
    demander_reorientation,
    enregistrer_diagnostic,
    envoyer_notification,
    nommer_referent,
)
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement, Voie
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.personnes.enums import Protection
from cordee.metier.personnes.models import Personne, Representant
from cordee.metier.rendezvous.enums import GenreRendezVous, MotifAnnulation, StatutRendezVous
from cordee.metier.rendezvous.services import annuler, constater
from cordee.reglementation.contrat_engagement import MotifDispense
from cordee.socle.contraintes import ContrainteViolee
from cordee.socle.erreurs import DonneesPerimees
from tests import fabriques as f
from tests.metier.equipe import LE, PLAN, Equipe, echeances, etape, situation

JOUR = LE.date()


def dans(jours: int) -> datetime:
    return LE + timedelta(days=jours)


@pytest.fixture
def personne(equipe: Equipe) -> Personne:
    """Notified, référente named: the contract is to be drawn up."""
    return equipe.avec_referent()


def champs_manquants(erreur: pytest.ExceptionInfo[ContratIncomplet]) -> set[str]:
    return {m.champ for m in erreur.value.manques}


class TestPreparer:
    def test_prefilled_from_the_diagnosis_and_the_path(self, equipe: Equipe, personne: Personne) -> None:
        enregistrer_diagnostic(
            personne=personne, situation_pro=SituationPro.JAMAIS, niveau=NiveauFormation.SANS,
            metier_vise="Auxiliaire de vie", par=equipe.lea, le=LE,
        )  # fmt: skip
        contrat = services.preparer(personne=personne, par=equipe.lea, le=LE)
        assert (contrat.projet, contrat.referent, contrat.structure) == (
            "Travailler comme : Auxiliaire de vie", equipe.lea, equipe.eds,
        )  # fmt: skip
        assert brouillon_de(personne) == contrat
        assert etape(personne).genre == GenreEtape.ELABORER_CONTRAT

    def test_one_draft_at_a_time(self, equipe: Equipe, personne: Personne) -> None:
        premier = equipe.brouillon(personne)
        with pytest.raises(BrouillonExistant, match="17/02/2026"):
            equipe.brouillon(personne)
        services.abandonner(contrat=premier, version=1, par=equipe.lea, le=LE)
        assert equipe.brouillon(personne).pk != premier.pk

    def test_no_contract_without_a_decision(self, equipe: Equipe) -> None:
        with pytest.raises(ContratRefuse, match="décision d'orientation"):
            services.preparer(personne=equipe.entrante(), par=equipe.lea, le=LE)

    def test_signatures_are_not_typed_here(self, equipe: Equipe, personne: Personne) -> None:
        with pytest.raises(ContratRefuse, match="signe_personne_le"):
            services.preparer(personne=personne, par=equipe.lea, le=LE, signe_personne_le=JOUR)

    def test_hours_beyond_the_legal_week_are_refused_in_french(self, equipe: Equipe, personne: Personne) -> None:
        with pytest.raises(ContrainteViolee, match="0 à 35"):
            equipe.brouillon(personne, heures=Decimal(40))

    def test_lines_may_come_as_plain_values(self, equipe: Equipe, personne: Personne) -> None:
        contrat = equipe.brouillon(
            personne, engagements=[{"engage": "organisme", "texte": " Vous aider ", "famille": ""}]
        )
        promesse = Ligne(engage=Engage.ORGANISME, texte="Vous aider", responsable=equipe.lea.pk)
        assert contenu_de(contrat).lignes == [promesse]

    def test_the_document_can_be_read_before_it_is_signed(self, equipe: Equipe, personne: Personne) -> None:
        contrat = equipe.brouillon(personne)
        assert services.apercu_pdf(contrat=contrat, le=LE).startswith(b"%PDF")
        assert not Courrier.objects.filter(genre=GenreCourrier.CONTRAT_ENGAGEMENT).exists()

    def test_an_incomplete_draft_is_not_printed(self, equipe: Equipe, personne: Personne) -> None:
        contrat = equipe.brouillon(personne, heures=None)
        with pytest.raises(ContratIncomplet, match="durée hebdomadaire"):
            services.apercu_pdf(contrat=contrat, le=LE)


class TestModifier:
    def test_the_second_save_does_not_overwrite_the_first(self, equipe: Equipe, personne: Personne) -> None:
        contrat = equipe.brouillon(personne)
        services.modifier(contrat=contrat, version=1, projet="Le premier", par=equipe.lea, le=LE)
        with pytest.raises(DonneesPerimees):
            services.modifier(contrat=contrat, version=1, projet="Le second", par=equipe.samia, le=LE)
        contrat.refresh_from_db()
        assert (contrat.projet, contrat.version) == ("Le premier", 2)

    def test_the_lines_given_replace_the_others(self, equipe: Equipe, personne: Personne) -> None:
        contrat = equipe.brouillon(personne)
        services.modifier(contrat=contrat, version=1, engagements=PLAN[1:], par=equipe.lea, le=LE)
        assert list(contenu_de(contrat).lignes) == list(PLAN[1:])

    def test_what_is_signed_is_updated_not_changed(self, equipe: Equipe, personne: Personne) -> None:
        contrat = equipe.signer(equipe.brouillon(personne))
        with pytest.raises(ContratRefuse, match="signé"):
            services.modifier(contrat=contrat, version=contrat.version, projet="Autre", par=equipe.lea, le=LE)


class TestSigner:
    def test_one_event_starts_the_accompaniment(self, equipe: Equipe, personne: Personne) -> None:
        contrat = equipe.signer(
            equipe.brouillon(personne), le=dans(10), lu_a_voix_haute=True, prochain_contact_le=dans(25).date()
        )
        assert (contrat.debut, contrat.lu_a_voix_haute) == (dans(10).date(), True)
        evenement = Evenement.objects.get(genre=GenreEvenement.CONTRAT_SIGNE)
        assert evenement.objet_id == contrat.pk
        s = situation(personne)
        assert (s.etat, s.contrat_le, s.actualisation_le) == (
            Etat.ACCOMPAGNEE, dans(10).date(), contrat.prochaine_actualisation,
        )  # fmt: skip
        assert (etape(personne).genre, etape(personne).echeance) == (GenreEtape.PROCHAIN_CONTACT, dans(25).date())
        assert echeances(personne) == {GenreEcheance.ACTUALISER_CONTRAT: date(2026, 8, 14)}

    def test_each_side_keeps_what_was_signed(self, equipe: Equipe, personne: Personne) -> None:
        contrat = equipe.signer(equipe.brouillon(personne))
        exemplaire = Courrier.objects.get(objet_type="contrat", objet_id=contrat.pk)
        assert exemplaire.etat == EtatRemise.RECUE
        assert exemplaire.donnees["objectifs"] == ["Travailler dans l'aide à domicile"]
        assert exemplaire.donnees["actions"][0]["heures"] == "3"
        assert exemplaire.donnees["signatures"]["personne_le"] == "mardi 17 février 2026"
        assert pdf(exemplaire).startswith(b"%PDF")

    def test_an_empty_draft_is_refused_with_all_that_is_missing(self, equipe: Equipe, personne: Personne) -> None:
        contrat = services.preparer(personne=personne, par=equipe.lea, le=LE, engagements=())
        with pytest.raises(ContratIncomplet) as erreur:
            equipe.signer(contrat)
        assert champs_manquants(erreur) == {
            "engagements_organisme", "engagements_personne", "objectifs", "actions", "heures",
            "prochaine_actualisation",
        }  # fmt: skip
        assert "Ajoutez au moins une action au plan." in str(erreur.value)
        assert situation(personne).contrat_le is None

    @pytest.mark.parametrize(
        ("champs", "manque"),
        [
            ({"heures": Decimal(8)}, "motif_minoration"),
            ({"heures": Decimal(0)}, "dispense"),
            ({"heures": Decimal(0), "motif_heures": MotifMinoration.SANTE}, "dispense"),
            ({"heures": Decimal(0), "motif_heures": MotifDispense.HANDICAP}, "demandee_le"),
            ({"heures": Decimal(0), "motif_heures": MotifDispense.HANDICAP, "demande_dispense_le": JOUR}, "revoir_le"),
            (
                {"heures": Decimal(0), "motif_heures": MotifDispense.PARENT_ISOLE_SANS_GARDE,
                 "demande_dispense_le": JOUR, "revue_heures_le": JOUR + timedelta(days=90)},
                "enfant_ne_le",
            ),
            (
                {"heures": Decimal(0), "motif_heures": MotifDispense.PARENT_ISOLE_SANS_GARDE,
                 "demande_dispense_le": JOUR, "revue_heures_le": JOUR + timedelta(days=90),
                 "enfant_ne_le": date(2013, 5, 5)},
                "enfant_ne_le",
            ),
            ({"prochaine_actualisation": JOUR}, "prochaine_actualisation"),
        ],
    )  # fmt: skip
    def test_hours_and_dates_follow_the_law(
        self, equipe: Equipe, personne: Personne, champs: dict[str, Any], manque: str
    ) -> None:
        with pytest.raises(ContratIncomplet) as erreur:
            equipe.signer(equipe.brouillon(personne, **champs))
        assert manque in champs_manquants(erreur)

    @pytest.mark.parametrize(
        "champs",
        [
            {"heures": Decimal(8), "motif_heures": MotifMinoration.FAMILLE},
            {"heures": Decimal(8), "precision_heures": "deux heures de trajet"},
            {"heures": Decimal(0), "motif_heures": MotifDispense.ETAT_DE_SANTE, "demande_dispense_le": JOUR,
             "revue_heures_le": JOUR + timedelta(days=90)},
            {"heures": Decimal(0), "motif_heures": MotifDispense.PARENT_ISOLE_SANS_GARDE, "demande_dispense_le": JOUR,
             "revue_heures_le": JOUR + timedelta(days=90), "enfant_ne_le": date(2022, 5, 5)},
        ],
    )  # fmt: skip
    def test_lowered_or_zero_hours_are_signed_with_their_reason(
        self, equipe: Equipe, personne: Personne, champs: dict[str, Any]
    ) -> None:
        contrat = equipe.signer(equipe.brouillon(personne, **champs))
        assert situation(personne).etat == Etat.ACCOMPAGNEE
        assert pdf(Courrier.objects.get(objet_type="contrat", objet_id=contrat.pk)).startswith(b"%PDF")

    @pytest.mark.parametrize(
        ("dates", "raison"),
        [
            ({"signe_referent_le": None}, "deux parties"),
            ({"signe_personne_le": None}, "deux parties"),
            ({"signe_personne_le": JOUR + timedelta(days=1)}, "à venir"),
            ({"signe_referent_le": JOUR - timedelta(days=1)}, "précéder la décision"),
        ],
    )  # fmt: skip
    def test_both_sign_after_the_decision_and_not_tomorrow(
        self, equipe: Equipe, personne: Personne, dates: dict[str, date | None], raison: str
    ) -> None:
        contrat = equipe.brouillon(personne)
        with pytest.raises(ContratRefuse, match=raison):
            equipe.signer(contrat, **dates)

    def test_in_force_from_the_later_signature(self, equipe: Equipe, personne: Personne) -> None:
        contrat = equipe.signer(equipe.brouillon(personne), le=dans(5), signe_personne_le=dans(2).date(),
                                signe_referent_le=dans(3).date())  # fmt: skip
        assert contrat.debut == dans(3).date()
        assert situation(personne).contrat_le == dans(3).date()

    def test_no_signature_without_a_named_referent(self, equipe: Equipe) -> None:
        personne = equipe.notifiee()
        contrat = equipe.brouillon(personne)
        assert "referent" in {m.champ for m in manques_du_contrat(contrat, au=JOUR)}
        with pytest.raises(ContratIncomplet):
            equipe.signer(contrat)

    def test_the_contract_names_the_referent_of_the_day(self, equipe: Equipe) -> None:
        personne = equipe.notifiee()
        contrat = equipe.brouillon(personne)
        nommer_referent(personne=personne, agent=equipe.lea, par=equipe.samia, le=LE)
        assert equipe.signer(contrat).referent == equipe.lea

    def test_a_protected_person_signs_assisted(self, equipe: Equipe, personne: Personne) -> None:
        Representant.objects.create(
            personne=personne, protection=Protection.CURATELLE, nom="Mme Curatrice", debut=date(2025, 1, 1)
        )
        contrat = equipe.brouillon(personne)
        with pytest.raises(ContratIncomplet, match="protégée"):
            equipe.signer(contrat)
        signe = equipe.signer(contrat, assistance_representant=True)
        assert signe.assistance_representant
        exemplaire = Courrier.objects.get(objet_type="contrat", objet_id=contrat.pk)
        assert exemplaire.donnees["personne"]["representant"] == "Mme Curatrice"

    def test_a_representative_to_identify_blocks_the_signature(self, equipe: Equipe, personne: Personne) -> None:
        f.evenement(personne, GenreEvenement.PROTECTION_SIGNALEE, representant=None)
        contrat = equipe.brouillon(personne)
        with pytest.raises(TransitionInterdite, match="représentant"):
            equipe.signer(contrat)
        contrat.refresh_from_db()
        assert contrat.debut is None

    def test_a_pending_reorientation_blocks_the_signature(self, equipe: Equipe, personne: Personne) -> None:
        contrat = equipe.brouillon(personne)
        demander_reorientation(
            personne=personne, demandeur=Demandeur.PERSONNE, motif=MotifReorientation.SOUHAIT, par=equipe.lea, le=LE
        )
        with pytest.raises(TransitionInterdite, match="réorientation"):
            equipe.signer(contrat)

    @pytest.mark.parametrize(
        ("prolongation", "echeance"), [(None, date(2026, 8, 17)), (MotifProlongation.SANTE, date(2027, 2, 17))]
    )
    def test_the_social_path_has_its_joint_diagnosis(
        self, equipe: Equipe, prolongation: MotifProlongation | None, echeance: date
    ) -> None:
        personne = equipe.avec_referent(voie=Voie.SOCIAL)
        equipe.signer(equipe.brouillon(personne), prolongation=prolongation)
        assert echeances(personne)[GenreEcheance.DIAGNOSTIC_CONJOINT] == echeance

    def test_an_old_contract_is_converted(self, equipe: Equipe, personne: Personne) -> None:
        cer = Contrat.objects.create(
            personne=personne, genre=GenreContrat.CER, structure=equipe.eds, debut=date(2024, 9, 1), cree_le=LE,
            cree_par=equipe.lea,
        )  # fmt: skip
        equipe.signer(equipe.brouillon(personne))
        cer.refresh_from_db()
        assert cer.fin == JOUR


class TestActualiser:
    def test_the_update_is_signed_in_the_same_forms_and_keeps_the_former(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        premier = contrat_en_vigueur(personne, au=JOUR)
        assert premier is not None
        le = dans(100)
        suite = services.preparer(personne=personne, par=equipe.lea, le=le, prochaine_actualisation=dans(300).date())
        assert (suite.projet, len(contenu_de(suite).lignes)) == (premier.projet, 3)
        with pytest.raises(ContratRefuse, match="actualisation"):
            equipe.signer(suite, le=le)
        services.actualiser(
            contrat=suite, signe_personne_le=le.date(), signe_referent_le=le.date(), par=equipe.lea, le=le
        )
        premier.refresh_from_db()
        assert premier.fin == le.date()
        assert contrat_en_vigueur(personne, au=le.date()) == suite
        s = situation(personne)
        assert (s.contrat_le, s.actualisation_le, s.calcul["contrat"]) == (JOUR, dans(300).date(), suite.pk)

    def test_an_overdue_update_ends_nothing(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        assert contrat_en_vigueur(personne, au=dans(400).date()) is not None
        assert situation(personne).etat == Etat.ACCOMPAGNEE

    def test_there_must_be_something_to_update(self, equipe: Equipe, personne: Personne) -> None:
        contrat = equipe.brouillon(personne)
        with pytest.raises(ContratRefuse, match="premier"):
            services.actualiser(contrat=contrat, signe_personne_le=JOUR, signe_referent_le=JOUR, par=equipe.lea, le=LE)


class TestFin:
    def test_a_new_decision_ends_the_contract_and_the_draft(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        services.preparer(personne=personne, par=equipe.lea, le=dans(10))
        equipe.decider(personne, le=dans(20))
        assert contrat_en_vigueur(personne, au=dans(20).date()) is None
        assert brouillon_de(personne) is None

    def test_an_exit_ends_the_contract_a_toggle_of_the_flag_does_not(self, equipe: Equipe) -> None:
        sortie, bascule = equipe.accompagnee(), equipe.accompagnee()
        f.evenement(sortie, GenreEvenement.DROIT_CLOS, le=dans(30), motif_sortie="emploi")
        f.evenement(bascule, GenreEvenement.FIN_SDD, le=dans(30))
        assert contrat_en_vigueur(sortie, au=dans(30).date()) is None
        assert contrat_en_vigueur(bascule, au=dans(30).date()) is not None


class TestRefuser:
    def proposer(self, equipe: Equipe, personne: Personne, jours: int, **champs: Any) -> Any:
        valeurs = {"agent": equipe.lea, "genre": GenreRendezVous.CONTRAT, **champs}
        return equipe.convoquer(personne, le=dans(jours), debut=dans(jours + 1), **valeurs)

    def test_not_before_two_dated_meetings_of_the_named_referent(self, equipe: Equipe, personne: Personne) -> None:
        def refuser(jours: int) -> Evenement:
            return services.refuser(personne=personne, forme=FormeRefus.ORAL, par=equipe.lea, le=dans(jours))

        with pytest.raises(ContratRefuse, match="Une absence n'est pas un refus"):
            refuser(1)
        self.proposer(equipe, personne, 1)
        annule = self.proposer(equipe, personne, 3)
        annuler(rendez_vous=annule, motif=MotifAnnulation.SERVICE, par=equipe.lea, le=dans(3))
        self.proposer(equipe, personne, 5, agent=equipe.samia)  # somebody else's meeting does not count
        self.proposer(equipe, personne, 7, genre=GenreRendezVous.ORIENTATION)
        excuse = self.proposer(equipe, personne, 8)
        constater(rendez_vous=excuse, statut=StatutRendezVous.EXCUSE, par=equipe.lea, le=dans(9))
        with pytest.raises(ContratRefuse, match="a proposé 1"):
            refuser(10)
        self.proposer(equipe, personne, 10)
        with pytest.raises(ContratRefuse, match="a proposé 1"):
            refuser(10)  # tomorrow's meeting has not been offered in vain yet
        evenement = refuser(12)
        assert evenement.donnees == {"forme": "oral", "le": dans(12).date().isoformat()}
        assert etape(personne).genre == GenreEtape.ELABORER_CONTRAT
        assert GenreEcheance.PROCEDURE_REFUS in echeances(personne)

    def test_never_without_a_certain_date(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        decision = equipe.decider(personne)
        envoyer_notification(orientation=decision, moyen=MoyenRemise.LRAR, par=equipe.samia, le=LE)
        nommer_referent(personne=personne, agent=equipe.lea, par=equipe.samia, le=LE)
        with pytest.raises(ContratRefuse, match="date certaine"):
            services.refuser(personne=personne, forme=FormeRefus.ECRIT, par=equipe.lea, le=dans(30))

    def test_never_while_a_representative_is_to_be_found(self, equipe: Equipe, personne: Personne) -> None:
        f.evenement(personne, GenreEvenement.PROTECTION_SIGNALEE, representant=None)
        with pytest.raises(ContratRefuse, match="représentant"):
            services.refuser(personne=personne, forme=FormeRefus.ECRIT, par=equipe.lea, le=dans(30))

    def test_a_signature_ends_the_examination(self, equipe: Equipe, personne: Personne) -> None:
        self.proposer(equipe, personne, 1)
        self.proposer(equipe, personne, 3)
        services.refuser(personne=personne, forme=FormeRefus.ECRIT, par=equipe.lea, le=dans(5))
        equipe.signer(equipe.brouillon(personne, le=dans(6)), le=dans(6))
        assert GenreEcheance.PROCEDURE_REFUS not in echeances(personne)
