"""What follows a decision: protected people, persistence, end of right, appeals, deaths, exits (E17, E25–E28, E32)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.courriers.enums import EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import marquer_envoye
from cordee.metier.devoirs import services
from cordee.metier.devoirs.enums import (
    EtatProcedure,
    GenreRecours,
    IssueRecours,
    MotifLevee,
    MotifMesure,
    NatureMesure,
    StatutManquement,
    StatutMesure,
    TypeManquement,
)
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure
from cordee.metier.devoirs.selectors.antecedents import rang_de
from cordee.metier.devoirs.services import ActeDevoirsRefuse, ProcedureIrreguliere
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.parcours.services import (
    annuler_evenement,
    constater_deces,
    identifier_representant,
    signaler_protection,
)
from cordee.metier.personnes.enums import Protection, RoleFoyer
from tests import fabriques as f
from tests.metier.devoirs.affaire import MOTIFS, Affaire, affaire
from tests.metier.equipe import Equipe, echeances, situation

H = GenreEcheance


@pytest.fixture
def a(equipe: Equipe) -> Affaire:
    return affaire(equipe)


def test_a_letter_that_comes_back_starts_nothing_and_is_sent_again(a: Affaire) -> None:
    procedure = a.ouvrir(a.signaler())
    lettre = services.notifier_griefs(procedure=procedure, moyen=MoyenRemise.LRAR, **a.par_sophie)
    a.attendre(3)
    services.constater_reception(courrier=lettre, etat=EtatRemise.NON_RECLAMEE, le_jour=a.le.date(), **a.par_sophie)
    procedure.refresh_from_db()
    assert procedure.etat == EtatProcedure.GRIEFS_ENVOYES  # never presented: no certain date
    services.notifier_griefs(procedure=procedure, moyen=MoyenRemise.REMISE_MAIN_PROPRE, **a.par_sophie)
    procedure.refresh_from_db()
    assert (procedure.etat, procedure.griefs_recus_le) == (EtatProcedure.CONTRADICTOIRE, a.le.date())


def test_the_days_of_a_protected_person_run_from_the_last_of_both_letters(a: Affaire) -> None:
    """E28: her representative is written to as well, and nothing goes on before he is known."""
    manquement = a.signaler()
    signaler_protection(personne=a.personne, protection=Protection.CURATELLE, nom="", par=a.equipe.lea, le=a.le)
    with pytest.raises(ProcedureIrreguliere, match="représentant"):
        a.ouvrir(manquement)
    identifier_representant(
        personne=a.personne, nom="UDAF exemple", adresse="1 rue du Test, 94000 Créteil", telephone="", courriel="",
        par=a.equipe.lea, le=a.le,
    )  # fmt: skip
    procedure = services.ouvrir_procedure(personne=a.personne, manquements=[manquement], **a.par_sophie)
    services.notifier_griefs(procedure=procedure, moyen=MoyenRemise.REMISE_MAIN_PROPRE, **a.par_sophie)
    procedure.refresh_from_db()
    assert procedure.etat == EtatProcedure.GRIEFS_ENVOYES  # hers is received, his is not
    copie = Courrier.objects.get(genre=GenreCourrier.GRIEFS, au_representant=True)
    services_le = a.le + timedelta(days=4)
    marquer_envoye(courrier=copie, le_jour=a.le.date(), par=a.sophie, le=a.le)
    services.constater_reception(
        courrier=copie, etat=EtatRemise.RECUE, le_jour=services_le.date(), par=a.sophie, le=services_le
    )
    procedure.refresh_from_db()
    assert procedure.griefs_recus_le == procedure.griefs_representant_recus_le == services_le.date()
    assert procedure.contradictoire_jusquau >= services_le.date() + timedelta(days=10)


def test_persistence_is_a_new_breach_heard_from_the_beginning(a: Affaire) -> None:
    mesure = a.suspendue()
    with pytest.raises(ActeDevoirsRefuse, match="court jusqu'au"):
        services.constater_terme(mesure=mesure, persistance=False, **a.par_sophie)
    a.attendre((mesure.fin - a.le.date()).days)
    services.constater_terme(mesure=mesure, persistance=True, elements="Aucune suite à trois appels.", **a.par_sophie)
    assert situation(a.personne).etat == Etat.ACCOMPAGNEE
    nouveau = Manquement.objects.get(persistance_de=mesure)
    assert nouveau.statut == StatutManquement.SIGNALE
    rang = rang_de(a.personne, type=TypeManquement(nouveau.type), faits_le=nouveau.faits_du, persistance=True)
    assert (rang.numero, rang.forme.value) == (2, "persistance")
    procedure = a.entendre(a.ouvrir(nouveau))
    with pytest.raises(ProcedureIrreguliere) as erreur:
        a.decider(procedure, nature=NatureMesure.SUPPRESSION, taux=100, mois=4)
    assert {m.code for m in erreur.value.manques} == {"avis_ep"}  # L262-37 III: the équipe first
    assert a.decider(procedure, taux=100, mois=4).rang == 2


def test_a_new_orientation_starts_the_rank_again(a: Affaire) -> None:
    mesure = a.suspendue()
    services.lever_suspension(mesure=mesure, motif=MotifLevee.CONFORMITE, **a.par_sophie)
    a.attendre(30)
    apres = a.le.date()
    assert rang_de(a.personne, type=TypeManquement.NON_RESPECT_CONTRAT, faits_le=apres).numero == 2
    a.equipe.decider(a.personne, le=a.le)
    assert rang_de(a.personne, type=TypeManquement.NON_RESPECT_CONTRAT, faits_le=apres).numero == 1


def test_a_suppression_is_not_lifted_and_a_couple_never_loses_its_right(a: Affaire) -> None:
    conjoint = f.personne()
    f.membre(conjoint, a.personne.appartenances.get().foyer, RoleFoyer.CJT)
    suppression = MesureDecidee.objects.create(
        personne=a.personne, nature=NatureMesure.SUPPRESSION, motif=MotifMesure.CONTRAT_NON_RESPECTE, taux=50, mois=4,
        type=TypeManquement.NON_RESPECT_CONTRAT, decidee_le=date(2025, 8, 1), debut=date(2025, 9, 1),
        fin=date(2026, 1, 1), preuve="Arrêté 2025-8", statut=StatutMesure.DECIDEE, saisie_le=a.le, saisie_par=a.sophie,
    )  # fmt: skip
    with pytest.raises(ActeDevoirsRefuse, match="ne se lève pas"):
        services.lever_suspension(mesure=suppression, motif=MotifLevee.INITIATIVE, **a.par_sophie)
    services.constater_terme(mesure=suppression, persistance=True, elements="Sans nouvelles.", **a.par_sophie)
    manquement = Manquement.objects.get(persistance_de=suppression)
    a.examiner(manquement)
    with pytest.raises(ProcedureIrreguliere) as erreur:
        services.ouvrir_procedure(personne=a.personne, manquements=[manquement], fin_de_droit=True, **a.par_sophie)
    assert any("R262-40" in m.article for m in erreur.value.manques)


def ancienne(a: Affaire, *, fin: date) -> MesureDecidee:
    """A half taken for two months, which ended on that day."""
    return MesureDecidee.objects.create(
        personne=a.personne, nature=NatureMesure.REDUCTION, motif=MotifMesure.CONTRAT_NON_RESPECTE, taux=50, mois=2,
        type=TypeManquement.NON_RESPECT_CONTRAT, decidee_le=fin - timedelta(days=80), debut=fin - timedelta(days=60),
        fin=fin, preuve=f"Arrêté {fin}", statut=StatutMesure.DECIDEE, saisie_le=a.le, saisie_par=a.sophie,
    )  # fmt: skip


def test_under_the_local_scale_a_sign_of_life_rules_persistence_out(a: Affaire) -> None:
    """CD94-2023: the second rung is « sans manifestation » of hers; she signed a contract since."""
    mesure = ancienne(a, fin=date(2025, 4, 1))
    with pytest.raises(ActeDevoirsRefuse, match="que sans manifestation de sa part"):
        services.constater_terme(mesure=mesure, persistance=True, elements="Aucune suite.", **a.par_sophie)
    services.constater_terme(mesure=mesure, persistance=False, **a.par_sophie)
    assert not Manquement.objects.filter(persistance_de=mesure).exists()
    services.constater_terme(
        mesure=ancienne(a, fin=date(2025, 7, 1)), persistance=True, elements="Aucune suite.", **a.par_sophie
    )  # the law of 2025 asks that it be told, no more


def test_under_the_local_scale_a_sign_of_life_stops_the_second_measure(a: Affaire) -> None:
    """The facts came back before June 2025; what is decided today still answers to the scale of that day."""
    ancienne(a, fin=date(2025, 2, 1))
    premier = a.signaler()
    Manquement.objects.filter(pk=premier.pk).update(faits_du=date(2025, 4, 1))
    premier.refresh_from_db()
    procedure = a.entendre(a.ouvrir(premier), jours=40)
    with pytest.raises(ProcedureIrreguliere) as erreur:
        a.decider(procedure, nature=NatureMesure.REDUCTION, taux=50, mois=2)
    assert "manifestation" in {m.code for m in erreur.value.manques}


class TestRecours:
    def test_a_successful_appeal_refunds_and_erases_the_rank(self, a: Affaire) -> None:
        mesure = a.suspendue()
        a.attendre(20)
        recours = services.deposer_recours(mesure=mesure, genre=GenreRecours.RAPO, recu_le=a.le.date(), **a.par_sophie)
        assert H.STATUER_RAPO in echeances(a.personne)
        assert situation(a.personne).etat == Etat.REMOBILISATION  # E25: nothing is suspended by it
        with pytest.raises(ActeDevoirsRefuse, match="autre personne"):
            services.statuer_recours(
                recours=recours, issue=IssueRecours.ACCUEILLI, motifs="Fondé.", par=a.helene, le=a.le
            )
        services.statuer_recours(recours=recours, issue=IssueRecours.ACCUEILLI, motifs="Fondé.", **a.par_sophie)
        mesure.refresh_from_db()
        assert (mesure.statut, situation(a.personne).etat) == (StatutMesure.ANNULEE, Etat.ACCOMPAGNEE)
        assert {H.STATUER_RAPO, H.SUIVRE_TERME_MESURE}.isdisjoint(echeances(a.personne))
        assert rang_de(a.personne, type=TypeManquement(mesure.type), faits_le=a.le.date()).numero == 1

    def test_silence_means_no_after_two_months(self, a: Affaire) -> None:
        recours = services.deposer_recours(
            mesure=a.suspendue(), genre=GenreRecours.RAPO, recu_le=a.le.date(), **a.par_sophie
        )
        a.attendre(55)
        assert services.constater_silences(par=f.systeme(), le=a.le) == 0
        a.attendre(8)
        assert services.constater_silences(par=f.systeme(), le=a.le) == 1
        recours.refresh_from_db()
        assert recours.issue == IssueRecours.REJET_IMPLICITE

    def test_late_is_said_never_refused(self, a: Affaire) -> None:
        mesure = a.suspendue()
        a.attendre(75)
        recours = services.deposer_recours(mesure=mesure, genre=GenreRecours.RAPO, recu_le=a.le.date(), **a.par_sophie)
        assert recours.hors_delai


class TestSorties:
    def test_a_death_stops_everything_and_its_denial_gives_it_back(self, a: Affaire) -> None:
        procedure = a.entendre(a.ouvrir(a.signaler()))
        constater_deces(personne=a.personne, deces_le=a.le.date(), par=a.sophie, le=a.le)
        procedure.refresh_from_db()
        assert (procedure.etat, echeances(a.personne)) == (EtatProcedure.CLOSE, {})
        deces = Evenement.objects.get(genre=GenreEvenement.DECES)
        annuler_evenement(evenement=deces, par=a.sophie, le=a.le)
        procedure.refresh_from_db()
        assert procedure.etat == EtatProcedure.CONTRADICTOIRE
        assert H.CONDUIRE_CONTRADICTOIRE in echeances(a.personne)

    def test_no_longer_soumise_no_procedure(self, a: Affaire) -> None:
        """R262-68-7."""
        a.ouvrir(a.signaler())
        f.evenement(a.personne, GenreEvenement.FIN_SDD, le=a.le)
        assert Procedure.objects.get().etat == EtatProcedure.CLOSE
        with pytest.raises(TransitionInterdite):
            a.signaler()

    def test_a_refusal_put_right_closes_the_procedure(self, equipe: Equipe) -> None:
        a = affaire(equipe, sous_contrat=False)
        a.refuser()
        mesure = a.decider(a.entendre(a.ouvrir(Manquement.objects.get())))
        equipe.signer(equipe.brouillon(a.personne, le=a.le), le=a.le)
        mesure.refresh_from_db()
        assert mesure.statut == StatutMesure.ANNULEE  # signed before it was notified: as if it had never been
        assert H.NOTIFIER_MESURE not in echeances(a.personne)


def test_the_letters_say_the_facts_the_rule_and_the_remedies(a: Affaire) -> None:
    """V12: the title names no benefit and no measure; the letter says everything."""
    a.suspendue()
    decision = Courrier.objects.get(genre=GenreCourrier.DECISION_SUSPENSION)
    assert decision.donnees["sections"][0]["textes"] == [MOTIFS]
    assert "L262-37" in decision.donnees["regle"]["textes"]
    griefs = Courrier.objects.get(genre=GenreCourrier.GRIEFS)
    textes = " ".join(" ".join(s["textes"] + s["points"]) for s in griefs.donnees["sections"])
    assert "dix jours" in textes or "10 jours" in textes
    assert all(mot in textes for mot in ("assisté", "dossier", "raison légitime"))
