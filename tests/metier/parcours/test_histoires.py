"""The engine tells the stories of the life cycle, without a database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement, Voie
from cordee.metier.parcours.regles import Fait, Situation, TransitionInterdite, appliquer, rejouer, verifier
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.horloge import PARIS

E, G = GenreEvenement, GenreEtape
EDS, CCAS, REFERENTE = 7, 8, 42
Histoire = Callable[..., Situation]


@pytest.fixture
def raconter() -> Histoire:
    """``raconter((genre, "2026-01-09", {…}), …)``: the situation after these events, each checked as an act."""

    def _raconter(*evenements: tuple[Any, ...]) -> Situation:
        situation = Situation()
        for rang, (genre, quand, *reste) in enumerate(evenements, start=1):
            le = datetime.fromisoformat(f"{quand}T09:00").replace(tzinfo=PARIS)
            fait = Fait(rang, genre, le, reste[0] if reste else {})
            verifier(situation, fait)
            situation = appliquer(situation, fait)
        return situation

    return _raconter


def entree(quand: str = "2026-01-09", **plus: Any) -> tuple[Any, ...]:
    return (E.ENTREE_SDD, quand, {"recu_le": quand, "structure": EDS, "localisation": "secteur", **plus})


def oriente(quand: str, *, voie: Voie = Voie.SOCIO_PRO, structure: int = EDS, **plus: Any) -> tuple[Any, ...]:
    donnees = {"orientation": 1, "voie": str(voie), "structure": structure,
               "categorie": str(GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL), **plus}  # fmt: skip
    return (E.ORIENTATION_DECIDEE, quand, donnees)


def nomme(quand: str, agent: int = REFERENTE, structure: int = EDS) -> tuple[Any, ...]:
    return (E.REFERENT_NOMME, quand, {"structure": structure, "agent": agent})


def test_from_entrant_to_signed_contract(raconter: Histoire) -> None:
    chemin = [
        (entree(), G.CONVOQUER, Unite.PLATEFORME, date(2026, 1, 23)),
        ((E.CONVOCATION, "2026-01-12", {"rendez_vous": 1}), G.ORIENTER, Unite.PLATEFORME, date(2026, 2, 20)),
        ((E.PRESENCE, "2026-01-20", {"rendez_vous": 1}), G.ORIENTER, Unite.PLATEFORME, date(2026, 2, 20)),
        ((E.DIAGNOSTIC, "2026-01-20", {"diagnostic": 1}), G.ORIENTER, Unite.PLATEFORME, date(2026, 2, 20)),
        (oriente("2026-01-28"), G.NOTIFIER, Unite.PLATEFORME, date(2026, 2, 4)),
        ((E.DATE_CERTAINE, "2026-01-28"), G.NOMMER_REFERENT, Unite.CHEF_STRUCTURE, date(2026, 2, 12)),
        (nomme("2026-01-30"), G.ELABORER_CONTRAT, Unite.REFERENT, date(2026, 2, 27)),
        ((E.CONTRAT_SIGNE, "2026-02-10", {"contrat": 1}), G.PROCHAIN_CONTACT, Unite.REFERENT, date(2026, 3, 12)),
    ]  # fmt: skip
    for rang, (_, genre, unite, avant_le) in enumerate(chemin, start=1):
        s = raconter(*(evenement for evenement, *_ in chemin[:rang]))
        assert s.etape is not None
        assert (s.etape.genre, s.etape.unite, s.etape.echeance) == (genre, unite, avant_le)
    assert s.etape.agent == REFERENTE


def test_the_contract_month_has_its_legal_term_on_a_closed_day(raconter: Histoire) -> None:
    s = raconter(entree(), oriente("2026-01-28"), (E.DATE_CERTAINE, "2026-01-28"), nomme("2026-01-30"))
    assert s.etape is not None
    assert (s.etape.terme, s.etape.nature) == (date(2026, 2, 28), "legale")  # a Saturday: to be done on the Friday


def test_a_letter_without_certain_date_starts_no_clock(raconter: Histoire) -> None:
    s = raconter(entree(), oriente("2026-01-28"), (E.NOTIFICATION_ENVOYEE, "2026-01-29"))
    assert s.etat is Etat.NOTIFIEE
    assert s.etape is not None
    assert s.etape.genre == G.ETABLIR_DATE_CERTAINE


def test_an_absence_calls_for_outreach_then_default_orientation_never_a_procedure(raconter: Histoire) -> None:
    histoire = [entree(), (E.CONVOCATION, "2026-01-12", {"rendez_vous": 1}), (E.ABSENCE, "2026-01-20")]
    s = raconter(*histoire)
    assert s.genre_etape is G.ALLER_VERS
    assert not s.echeances
    for jour in ("2026-01-22", "2026-01-26", "2026-01-29"):
        histoire.append((E.ALLER_VERS, jour, {"resultat": "sans_reponse"}))
    s = raconter(*histoire)
    assert s.genre_etape is G.ORIENTER_PAR_DEFAUT
    assert s.etape is not None
    assert (s.etape.unite, s.etape.terme) == (Unite.ENCADREMENT, date(2026, 2, 20))


def test_an_excused_absence_is_convened_again(raconter: Histoire) -> None:
    s = raconter(
        entree(), (E.CONVOCATION, "2026-01-12", {"rendez_vous": 1}), (E.ABSENCE, "2026-01-20", {"excusee": True})
    )
    assert s.genre_etape is G.CONVOQUER


def test_after_six_weeks_the_orientation_belongs_to_the_operator_and_a_late_decision_stands(raconter: Histoire) -> None:
    depasse = [entree(), (E.DELAI_ORIENTATION_DEPASSE, "2026-02-21")]
    s = raconter(*depasse)
    assert s.genre_etape is G.SUIVRE_ORIENTATION_FT
    assert s.etape is not None
    assert (s.etape.unite, s.etape.terme) == (Unite.LIAISON, date(2026, 3, 6))  # J+56
    assert raconter(*depasse, oriente("2026-02-25")).genre_etape is G.NOTIFIER


def test_a_delegataire_accepts_before_a_referent_is_named(raconter: Histoire) -> None:
    recu = [entree(), oriente("2026-01-28", structure=CCAS, acceptation=True), (E.DATE_CERTAINE, "2026-01-28")]
    s = raconter(*recu)
    assert s.etape is not None
    assert (s.etape.genre, s.etape.structure) == (G.ACCEPTER_DOSSIER, CCAS)
    assert raconter(*recu, (E.DOSSIER_REFUSE, "2026-02-02")).genre_etape is G.REAFFECTER
    assert raconter(*recu, (E.DOSSIER_ACCEPTE, "2026-02-02")).genre_etape is G.NOMMER_REFERENT


def test_a_partner_followed_person_is_waited_for_not_late(raconter: Histoire) -> None:
    vers_operateur = oriente("2026-01-28", categorie=str(GenreOrganismeReferent.OPERATEUR_EMPLOI))
    s = raconter(entree(), vers_operateur, (E.DATE_CERTAINE, "2026-01-28"))
    assert s.etape is not None
    assert (s.etape.genre, s.etape.unite, s.etape.attendu) == (G.ATTENDRE_PARTENAIRE, Unite.LIAISON, "non_recue")
    s = raconter(entree(), vers_operateur, (E.DATE_CERTAINE, "2026-01-28"),
                 (E.INFORMATION_PARTENAIRE, "2026-02-20", {"contrat_le": "2026-02-10"}))  # fmt: skip
    assert s.etape is not None
    assert (s.etape.attendu, s.contrat_le) == ("recue", date(2026, 2, 10))


ACCOMPAGNEE = (entree(), oriente("2026-01-28"), (E.DATE_CERTAINE, "2026-01-28"), nomme("2026-01-30"),
               (E.CONTRAT_SIGNE, "2026-02-10", {"contrat": 1, "actualisation_le": "2026-08-10"}))  # fmt: skip


def test_absence_from_a_file_suspends_the_path_and_its_return_resumes_it(raconter: Histoire) -> None:
    s = raconter(*ACCOMPAGNEE, (E.NON_TRANSMISE, "2026-03-06"))
    assert (s.genre_etape, s.soumis) == (G.VERIFIER_DISPARITION, True)
    assert (
        raconter(*ACCOMPAGNEE, (E.NON_TRANSMISE, "2026-03-06"), (E.RETRANSMISE, "2026-04-06")).etat is Etat.ACCOMPAGNEE
    )


def test_a_legal_clock_keeps_running_during_a_parenthesis(raconter: Histoire) -> None:
    avant = raconter(entree(), (E.CONVOCATION, "2026-01-12", {"rendez_vous": 1}))
    apres = raconter(entree(), (E.CONVOCATION, "2026-01-12", {"rendez_vous": 1}), (E.NON_TRANSMISE, "2026-02-06"),
                     (E.RETRANSMISE, "2026-02-10"))  # fmt: skip
    assert avant.etape is not None
    assert apres.etape is not None
    assert avant.etape.terme == apres.etape.terme


def test_leaving_and_coming_back_within_the_year_keeps_orientation_and_referent(raconter: Histoire) -> None:
    parti = [*ACCOMPAGNEE, (E.FIN_SDD, "2026-05-06")]
    s = raconter(*parti)
    assert (s.soumis, s.etape, set(s.echeances)) == (False, None, {GenreEcheance.CLOTURE_AVEC_CONTRAT})
    s = raconter(*parti, (E.RETOUR_SDD, "2026-09-06", {"recu_le": "2026-09-06"}))
    assert (s.genre_etape, s.referent_agent) == (G.REPRENDRE_CONTACT, REFERENTE)
    s = raconter(*parti, (E.RETOUR_SDD, "2026-09-06"), (E.CONTACT, "2026-09-10", {"resultat": "jointe"}))
    assert s.etat is Etat.ACCOMPAGNEE


def test_coming_back_later_starts_again(raconter: Histoire) -> None:
    s = raconter(*ACCOMPAGNEE, (E.FIN_SDD, "2026-05-06"), entree("2027-06-07"))
    assert (s.etat, s.orientation, s.referent_agent, s.contrat_le) == (Etat.ENTRANTE, None, None, None)


def test_a_message_left_is_not_a_contact(raconter: Histoire) -> None:
    s = raconter(*ACCOMPAGNEE, (E.CONTACT, "2026-03-02", {"resultat": "message"}))
    assert s.etape is not None
    assert s.etape.echeance == date(2026, 3, 12)
    s = raconter(*ACCOMPAGNEE, (E.CONTACT, "2026-03-02", {"resultat": "jointe"}))
    assert s.etape is not None
    assert s.etape.echeance == date(2026, 4, 1)


def test_a_refused_contract_never_displaces_the_accompaniment(raconter: Histoire) -> None:
    avant = [entree(), oriente("2026-01-28"), (E.DATE_CERTAINE, "2026-01-28"), nomme("2026-01-30")]
    s = raconter(*avant, (E.CONTRAT_REFUSE, "2026-02-20"))
    assert s.genre_etape is G.ELABORER_CONTRAT
    assert GenreEcheance.PROCEDURE_REFUS in s.echeances
    s = raconter(*avant, (E.CONTRAT_REFUSE, "2026-02-20"), (E.CONTRAT_SIGNE, "2026-02-24", {"contrat": 1}))
    assert GenreEcheance.PROCEDURE_REFUS not in s.echeances


def test_a_reorientation_request_interrupts_the_month_and_a_new_decision_restarts_it(raconter: Histoire) -> None:
    avant = [entree(), oriente("2026-01-28"), (E.DATE_CERTAINE, "2026-01-28"), nomme("2026-01-30"),
             (E.REORIENTATION_DEMANDEE, "2026-02-10")]  # fmt: skip
    s = raconter(*avant)
    assert s.etape is not None
    assert s.etape.provisoire
    assert s.etape.echeance > date(2026, 2, 28)
    with pytest.raises(TransitionInterdite, match="réorientation"):
        raconter(*avant, (E.CONTRAT_SIGNE, "2026-02-12", {"contrat": 1}))
    s = raconter(
        *avant, oriente("2026-03-02", structure=CCAS), (E.DATE_CERTAINE, "2026-03-02"), nomme("2026-03-04", 5, CCAS)
    )
    assert s.etape is not None
    assert (s.etape.terme, s.etape.provisoire) == (date(2026, 4, 2), False)


def test_the_social_path_has_its_joint_diagnosis(raconter: Histoire) -> None:
    avant = [entree(), oriente("2026-01-28", voie=Voie.SOCIAL), (E.DATE_CERTAINE, "2026-01-28"), nomme("2026-01-30")]
    s = raconter(*avant, (E.CONTRAT_SIGNE, "2026-02-10", {"contrat": 1}))
    assert s.echeances[GenreEcheance.DIAGNOSTIC_CONJOINT].terme == date(2026, 8, 10)
    s = raconter(*avant, (E.CONTRAT_SIGNE, "2026-02-10", {"contrat": 1, "prolonge": True}))
    assert s.echeances[GenreEcheance.DIAGNOSTIC_CONJOINT].terme == date(2027, 2, 10)


def test_a_leaving_referent_leaves_nobody_without_an_owner(raconter: Histoire) -> None:
    s = raconter(*ACCOMPAGNEE, (E.REFERENT_PARTI, "2026-03-02"))
    assert s.etape is not None
    assert (s.etape.genre, s.etape.unite, s.etape.structure) == (G.NOMMER_REFERENT, Unite.CHEF_STRUCTURE, EDS)
    s = raconter(*ACCOMPAGNEE, (E.REFERENT_PARTI, "2026-03-02"), nomme("2026-03-05", 43))
    assert s.etape is not None
    assert (s.etat, s.etape.agent) == (Etat.ACCOMPAGNEE, 43)


def test_a_person_typed_at_the_counter_keeps_her_appointment_when_the_file_comes(raconter: Histoire) -> None:
    guichet = [(E.PERSONNE_CREEE, "2026-01-05"), (E.CONVOCATION, "2026-01-05", {"rendez_vous": 1})]
    assert raconter(*guichet).genre_etape is G.CONFIRMER_DROIT
    s = raconter(*guichet, entree("2026-02-06"))
    assert (s.etat, s.recu_le) == (Etat.CONVOQUEE, date(2026, 2, 6))


def test_an_unknown_flag_is_not_a_non(raconter: Histoire) -> None:
    s = raconter((E.SDD_INCONNU, "2026-02-06", {"recu_le": "2026-02-06"}))
    assert (s.genre_etape, s.soumis) == (G.VERIFIER_SDD, False)
    s = raconter(
        (E.SDD_INCONNU, "2026-02-06"), (E.SDD_CONSTATE, "2026-02-09", {"soumise": True, "recu_le": "2026-02-06"})
    )
    assert (s.genre_etape, s.soumis, s.recu_le) == (G.CONVOQUER, True, date(2026, 2, 6))


def test_outside_every_sector_somebody_must_find_where_she_lives(raconter: Histoire) -> None:
    s = raconter(entree(localisation="etranger", structure=None))
    assert s.genre_etape is G.LOCALISER
    s = raconter(entree(localisation="etranger", structure=None),
                 (E.LOCALISEE, "2026-01-15", {"structure": EDS, "localisation": "secteur"}))  # fmt: skip
    assert (s.genre_etape, s.structure_secteur) == (G.CONVOQUER, EDS)


def test_a_cancelled_event_is_as_if_it_had_not_happened() -> None:
    le = datetime(2026, 1, 12, 9, tzinfo=PARIS)
    faits = [
        Fait(1, E.ENTREE_SDD, le, {"recu_le": "2026-01-09"}),
        Fait(2, E.CONVOCATION, le, {"rendez_vous": 1}),
        Fait(3, E.ABSENCE, le, {}),
        Fait(4, E.ANNULATION, le, {"evenement": 3}),
    ]
    situation, lignes = rejouer(faits)
    assert situation.etat is Etat.CONVOQUEE
    assert [ligne.tache.genre for ligne in lignes] == [G.CONVOQUER, G.ORIENTER]


def test_nothing_more_is_recorded_on_a_dead_person(raconter: Histoire) -> None:
    s = raconter(*ACCOMPAGNEE, (E.DECES, "2026-03-02"))
    assert (s.etape, s.soumis, s.echeances) == (None, False, {})
    with pytest.raises(TransitionInterdite, match="décédée"):
        raconter(*ACCOMPAGNEE, (E.DECES, "2026-03-02"), (E.CONTACT, "2026-03-03", {"resultat": "jointe"}))


def test_a_situation_travels_to_json_and_back(raconter: Histoire) -> None:
    s = raconter(*ACCOMPAGNEE, (E.REORIENTATION_DEMANDEE, "2026-03-02"))
    assert Situation.de_json(s.vers_json()) == s
