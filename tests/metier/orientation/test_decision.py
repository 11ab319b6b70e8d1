"""The decision: reasons, body, default, lateness, and what it does to the former one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.models import Convention
from cordee.metier.orientation import services
from cordee.metier.orientation.enums import (
    Impact,
    MotifEcart,
    MotifOrientation,
    MotifRefusAccueil,
    NiveauFormation,
    SituationPro,
    ThemeDiagnostic,
)
from cordee.metier.orientation.models import Diagnostic, Orientation
from cordee.metier.orientation.regles import Reponses, proposer
from cordee.metier.orientation.services import DiagnosticRefuse, OrientationRefusee
from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement, Voie
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.parcours.services import faire_passer_le_temps
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Rattachement
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.services import constater
from cordee.reglementation.criteres_orientation import criteres_nationaux
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.erreurs import DonneesPerimees
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, etape, situation

G = GenreOrganismeReferent
JOUR = LE.date()
REPONSES = Reponses(situation_pro=SituationPro.DEUX_ANS, niveau=NiveauFormation.BAC)
CRITERES = criteres_nationaux(JOUR)


class TestDiagnostic:
    def test_a_draft_moves_nothing_and_is_resumed(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        commun = {"personne": personne, "situation_pro": SituationPro.JAMAIS, "niveau": NiveauFormation.SANS,
                  "par": equipe.samia, "le": LE}  # fmt: skip
        brouillon = services.enregistrer_diagnostic(**commun, brouillon=True)
        assert situation(personne).etat == Etat.ENTRANTE
        fini = services.enregistrer_diagnostic(
            **commun, diagnostic=brouillon, version=1, themes={ThemeDiagnostic.SANTE: Impact.FORT}
        )
        assert (fini.pk, fini.version, fini.brouillon) == (brouillon.pk, 2, False)
        assert fini.themes["sante"] == "fort"
        assert fini.themes["logement"] == "non_aborde"
        assert situation(personne).etat == Etat.RENCONTREE

    def test_two_agents_never_overwrite_each_other(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        commun = {"personne": personne, "situation_pro": SituationPro.JAMAIS, "niveau": NiveauFormation.SANS,
                  "par": equipe.samia, "le": LE}  # fmt: skip
        brouillon = services.enregistrer_diagnostic(**commun, brouillon=True, notes="un")
        services.enregistrer_diagnostic(**commun, brouillon=True, diagnostic=brouillon, version=1, notes="deux")
        with pytest.raises(DonneesPerimees):
            services.enregistrer_diagnostic(**commun, diagnostic=brouillon, version=1, notes="trois")
        assert Diagnostic.objects.get().details.get().notes == "deux"

    def test_what_a_decision_cites_is_not_rewritten(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        commun = {"personne": personne, "niveau": NiveauFormation.SANS, "par": equipe.samia, "le": LE}
        diagnostic = services.enregistrer_diagnostic(situation_pro=SituationPro.JAMAIS, **commun)
        decision = equipe.decider(personne)
        corrige = services.enregistrer_diagnostic(
            situation_pro=SituationPro.DEUX_ANS, diagnostic=diagnostic, version=1, **commun
        )
        assert (corrige.remplace, corrige.version) == (diagnostic, 2)
        decision.refresh_from_db()
        assert decision.diagnostic == diagnostic
        diagnostic.refresh_from_db()
        assert diagnostic.situation_pro == SituationPro.JAMAIS

    def test_not_the_diagnosis_of_somebody_else(self, equipe: Equipe) -> None:
        commun = {"situation_pro": SituationPro.JAMAIS, "niveau": NiveauFormation.SANS, "par": equipe.samia, "le": LE}
        autre = services.enregistrer_diagnostic(personne=equipe.entrante(), brouillon=True, **commun)
        with pytest.raises(DiagnosticRefuse, match="autre personne"):
            services.enregistrer_diagnostic(personne=equipe.entrante(), diagnostic=autre, version=1, **commun)


class TestDecider:
    def test_one_event_and_the_referent_body_reads_the_file(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        decision = equipe.decider(personne, structure=equipe.ccas, categorie=G.DELEGATAIRE)
        donnees = Evenement.objects.get(genre=GenreEvenement.ORIENTATION_DECIDEE).donnees
        assert donnees == {
            "orientation": decision.pk, "voie": "socio_pro", "categorie": "delegataire",
            "structure": equipe.ccas.pk, "acceptation": True,
        }  # fmt: skip
        referent = Rattachement.objects.get(personne=personne, finalite=FinaliteRattachement.REFERENT)
        assert (referent.structure, referent.agent, referent.fin) == (equipe.ccas, None, None)
        assert not decision.tardive

    def test_a_decision_has_reasons(self, equipe: Equipe) -> None:
        with pytest.raises(OrientationRefusee, match="raison"):
            equipe.decider(equipe.entrante(), motifs=[])

    def test_the_body_is_of_the_category(self, equipe: Equipe) -> None:
        with pytest.raises(OrientationRefusee, match="catégorie"):
            equipe.decider(equipe.entrante(), categorie=G.DELEGATAIRE)

    @pytest.mark.parametrize("fin", [JOUR, JOUR - timedelta(days=30)])
    def test_a_delegataire_without_a_convention_in_force_is_refused(self, equipe: Equipe, fin: date) -> None:
        Convention.objects.update(fin=fin)
        with pytest.raises(OrientationRefusee, match="convention"):
            equipe.decider(equipe.entrante(), structure=equipe.ccas, categorie=G.DELEGATAIRE)
        assert not Orientation.objects.exists()

    def test_the_proposal_is_kept_with_its_reasons(self, equipe: Equipe) -> None:
        proposition = proposer(REPONSES, CRITERES)
        decision = equipe.decider(
            equipe.entrante(), voie=proposition.voie, categorie=proposition.categorie, structure=equipe.agence,
            motifs=proposition.motifs, proposition=proposition,
        )  # fmt: skip
        decision.refresh_from_db()
        assert (decision.suivie, decision.motif_ecart) == (True, "")
        assert (decision.voie_proposee, decision.categorie_proposee) == ("emploi", "operateur_emploi")
        assert decision.version_regle == CRITERES.version
        assert decision.proposition["raisons"][0] == "La personne a travaillé dans les deux dernières années."

    def test_to_decide_otherwise_needs_a_coded_reason(self, equipe: Equipe) -> None:
        personne, proposition = equipe.entrante(), proposer(REPONSES, CRITERES)
        with pytest.raises(OrientationRefusee, match="autrement"):
            equipe.decider(personne, proposition=proposition)
        autrement = {"proposition": proposition, "motif_ecart": MotifEcart.APPRECIATION_DIFFERENTE}
        decision = equipe.decider(personne, **autrement, precision_ecart="Sans objet ici")
        assert (decision.suivie, decision.motif_ecart) == (False, "appreciation_differente")
        assert decision.precision_ecart == ""

    def test_another_reason_is_said_in_a_few_words_and_stays_out_of_the_path(self, equipe: Equipe) -> None:
        personne, proposition = equipe.entrante(), proposer(REPONSES, CRITERES)
        autrement = {"proposition": proposition, "motif_ecart": MotifEcart.AUTRE}
        with pytest.raises(OrientationRefusee, match="laquelle"):
            equipe.decider(personne, **autrement, precision_ecart="  ")
        with pytest.raises(OrientationRefusee, match="200"):
            equipe.decider(personne, **autrement, precision_ecart="x" * 201)
        decision = equipe.decider(personne, **autrement, precision_ecart="Elle attend une naissance")
        assert (decision.motif_ecart, decision.precision_ecart) == ("autre", "Elle attend une naissance")
        assert "naissance" not in str(list(Evenement.objects.values_list("donnees", flat=True)))

    def test_a_delegataire_of_the_sector_follows_a_proposal_towards_the_departement(self, equipe: Equipe) -> None:
        proposition = {"voie": "socio_pro", "categorie": "conseil_departemental"}
        decision = equipe.decider(
            equipe.entrante(), structure=equipe.ccas, categorie=G.DELEGATAIRE, proposition=proposition
        )
        assert decision.suivie

    def test_after_six_weeks_it_is_late_and_stands(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        tard = LE + timedelta(days=43)
        faire_passer_le_temps(par=f.systeme(), le=tard)
        assert situation(personne).etat == Etat.COMPETENCE_OPERATEUR_EMPLOI
        decision = equipe.decider(personne, le=tard)
        assert decision.tardive
        assert situation(personne).etat == Etat.ORIENTEE

    def test_before_2025_nobody_else_could_decide(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        Situation.objects.filter(personne=personne).update(recu_le=date(2024, 6, 6))
        faire_passer_le_temps(par=f.systeme(), le=LE + timedelta(days=43))
        assert situation(personne).etat == Etat.ENTRANTE

    def test_the_last_day_is_not_late(self, equipe: Equipe) -> None:
        assert not equipe.decider(equipe.entrante(), le=LE + timedelta(days=42)).tardive

    def test_nothing_is_decided_on_a_right_not_known_yet(self, equipe: Equipe) -> None:
        personne = f.personne()
        f.evenement(personne, GenreEvenement.PERSONNE_CREEE)
        with pytest.raises(TransitionInterdite, match="confirmez"):
            equipe.decider(personne)
        assert not Orientation.objects.exists()


class TestReorientation:
    def test_a_new_decision_ends_the_former_one_the_same_day(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        premiere = equipe.decider(personne)
        seconde = equipe.decider(personne, structure=equipe.ccas, categorie=G.DELEGATAIRE)
        premiere.refresh_from_db()
        assert (premiere.debut, premiere.fin, seconde.fin) == (JOUR, JOUR, None)
        referent = Rattachement.objects.get(personne=personne, finalite=FinaliteRattachement.REFERENT)
        assert referent.structure == equipe.ccas

    def test_the_contract_ends_and_the_former_referent_hands_over(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        plus_tard = LE + timedelta(days=60)
        equipe.decider(personne, structure=equipe.ccas, categorie=G.DELEGATAIRE, le=plus_tard)
        assert personne.contrats.get().fin == plus_tard.date()
        acces = Rattachement.objects.filter(personne=personne, finalite=FinaliteRattachement.REFERENT).order_by("pk")
        assert [(a.structure, a.fin) for a in acces] == [(equipe.eds, plus_tard.date()), (equipe.ccas, None)]
        assert situation(personne).contrat_le is None
        assert not situation(personne).calcul.get("echeances")

    def test_a_late_reorientation_does_not_exist(self, equipe: Equipe) -> None:
        personne = equipe.notifiee()
        assert not equipe.decider(personne, le=LE + timedelta(days=90)).tardive


class TestParDefaut:
    def test_only_after_a_convocation_and_four_weeks(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        tard = LE + timedelta(days=30)
        with pytest.raises(OrientationRefusee, match="Aucune convocation"):
            equipe.decider(personne, par_defaut=True, motifs=[], le=tard)
        rdv = equipe.convoquer(personne)
        constater(rendez_vous=rdv, statut=StatutRendezVous.ABSENT, par=equipe.samia, le=rdv.debut)
        with pytest.raises(OrientationRefusee, match="17/03/2026"):
            equipe.decider(personne, par_defaut=True, motifs=[], le=LE + timedelta(days=27))
        decision = equipe.decider(personne, par_defaut=True, motifs=[], le=tard)
        assert decision.par_defaut
        assert decision.motifs == [MotifOrientation.INFORMATIONS_MANQUANTES]

    def test_never_towards_the_operator_nor_for_somebody_who_was_met(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        rdv = equipe.convoquer(personne)
        tard = LE + timedelta(days=30)
        with pytest.raises(OrientationRefusee, match="par défaut"):
            equipe.decider(
                personne, par_defaut=True, voie=Voie.EMPLOI, categorie=G.OPERATEUR_EMPLOI, structure=equipe.agence,
                le=tard,
            )  # fmt: skip
        constater(rendez_vous=rdv, statut=StatutRendezVous.HONORE, par=equipe.samia, le=rdv.debut)
        with pytest.raises(OrientationRefusee, match="reçue"):
            equipe.decider(personne, par_defaut=True, le=tard)


class TestOperateur:
    def test_its_decision_comes_after_the_six_weeks_only(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        commun = {"personne": personne, "voie": Voie.SOCIAL, "categorie": G.CONSEIL_DEPARTEMENTAL,
                  "structure": equipe.eds, "par": equipe.samia}  # fmt: skip
        with pytest.raises(TransitionInterdite):
            services.enregistrer_orientation_operateur(**commun, decidee_le=JOUR, le=LE)
        tard = LE + timedelta(days=50)
        faire_passer_le_temps(par=f.systeme(), le=tard)
        decision = services.enregistrer_orientation_operateur(
            **commun, decidee_le=tard.date() - timedelta(days=2), le=tard
        )
        assert decision.par_operateur
        assert etape(personne).genre == GenreEtape.ACCUSER_ORIENTATION_FT
        services.accuser_reception(
            orientation=decision, notifiee_le=tard.date() - timedelta(days=1), par=equipe.samia, le=tard
        )
        assert etape(personne).genre == GenreEtape.NOMMER_REFERENT
        assert situation(personne).notifie_le == tard.date() - timedelta(days=1)
        assert not Courrier.objects.exists()

    def test_towards_itself_it_becomes_the_partner_we_wait_for(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        tard = LE + timedelta(days=50)
        faire_passer_le_temps(par=f.systeme(), le=tard)
        services.enregistrer_orientation_operateur(
            personne=personne, voie=Voie.EMPLOI, categorie=G.OPERATEUR_EMPLOI, structure=equipe.agence,
            decidee_le=tard.date(), par=equipe.samia, le=tard,
        )  # fmt: skip
        attente = etape(personne)
        assert (attente.genre, attente.attendu) == (GenreEtape.ATTENDRE_PARTENAIRE, "non_recue")


class TestAccueil:
    def test_a_structure_that_cannot_receive_says_why_and_another_is_found(self, equipe: Equipe) -> None:
        personne = equipe.notifiee(structure=equipe.ccas, categorie=G.DELEGATAIRE)
        assert etape(personne).genre == GenreEtape.ACCEPTER_DOSSIER
        services.refuser_dossier(personne=personne, motif=MotifRefusAccueil.CAPACITE, par=equipe.malik, le=LE)
        assert etape(personne).genre == GenreEtape.REAFFECTER
        assert Evenement.objects.get(genre=GenreEvenement.DOSSIER_REFUSE).donnees == {"motif": "capacite"}
        equipe.decider(personne, motifs=[MotifOrientation.CAPACITE])
        assert etape(personne).genre == GenreEtape.NOTIFIER

    def test_a_structure_that_accepts_names_the_referent(self, equipe: Equipe) -> None:
        personne = equipe.notifiee(structure=equipe.ccas, categorie=G.DELEGATAIRE)
        services.accepter_dossier(personne=personne, par=equipe.malik, le=LE)
        assert etape(personne).genre == GenreEtape.NOMMER_REFERENT
        with pytest.raises(TransitionInterdite):
            services.accepter_dossier(personne=personne, par=equipe.malik, le=LE)
