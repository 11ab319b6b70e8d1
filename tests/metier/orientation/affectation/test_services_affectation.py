"""From the people who wait to their named référents: the draft, what humans change, the validation and its undo."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cordee.metier.organismes.enums import MotifAbsence, RoleAgent
from cordee.metier.organismes.models import AbsenceAgent, Convention
from cordee.metier.orientation.affectation.bareme import bareme
from cordee.metier.orientation.affectation.enums import (
    MotifDeplacement,
    MotifSansSolution,
    ResultatLigne,
    StatutProposition,
)
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.selectors.affectations import choix_possibles, lignes_visibles, propositions
from cordee.metier.orientation.services import nommer_referent
from cordee.metier.orientation.services.affectation import (
    AffectationRefusee,
    ReglageRefuse,
    abandonner,
    annuler_validation,
    deplacer,
    ecarter,
    noter_besoin,
    recalculer,
    regler_referent,
    valider,
    verrouiller_ligne,
)
from cordee.metier.parcours.enums import Etat, GenreEvenement, Voie
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import LecteurSensible, LienAgent, Rattachement
from cordee.metier.rendezvous.models import Lieu
from cordee.socle.contraintes import ContrainteViolee
from cordee.socle.erreurs import DonneesPerimees
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.orientation.affectation.conftest import LE, Monde

pytestmark = pytest.mark.django_db
AU = jour(LE)


def _valider(monde: Monde, proposition, **champs):  # type: ignore[no-untyped-def]
    proposition.refresh_from_db()
    return valider(
        proposition=proposition, version=proposition.version, **{"par": monde.encadrante, "le": LE, **champs}
    )


def test_everybody_who_waits_has_a_proven_proposal(monde: Monde) -> None:
    monde.attend(), monde.attend(voie=Voie.SOCIAL), monde.attend(monde.ccas), monde.refusee()
    f.soumise(monde.eds)  # not oriented: she does not wait for a référent
    proposition = monde.proposer()
    assert proposition.lignes.count() == 4
    assert proposition.cout == proposition.borne
    assert proposition.cout <= proposition.cout_premier_arrive
    assert proposition.bilan["affectees"] == 4
    assert {ligne.agent for ligne in proposition.lignes.filter(voie="social")} == {monde.noa}


def test_validation_names_everybody_in_one_act(monde: Monde) -> None:
    personnes = [monde.attend(), monde.attend(), monde.attend(monde.ccas)]
    proposition = monde.proposer()
    bilan = _valider(monde, proposition)
    assert (bilan.nommees, bilan.decisions, bilan.refusees) == (3, 0, {})
    evenements = Evenement.objects.filter(acte=bilan.acte)
    assert {e.genre for e in evenements} == {GenreEvenement.REFERENT_NOMME}
    for qui in personnes:
        situation = Situation.objects.get(personne=qui)
        ligne = proposition.lignes.get(personne=qui)
        assert situation.etat == Etat.CONTRAT_A_ELABORER
        assert (situation.referent_structure_id, situation.referent_agent_id) == (ligne.structure_id, ligne.agent_id)
        acces = Rattachement.objects.get(personne=qui, finalite=FinaliteRattachement.REFERENT, fin__isnull=True)
        assert (acces.structure_id, acces.agent_id) == (ligne.structure_id, ligne.agent_id)
        assert ligne.resultat == ResultatLigne.NOMMEE


def test_validation_writes_what_naming_one_by_one_writes(monde: Monde) -> None:
    """The set-based form follows the rules of the service it stands for."""
    un, autre = monde.attend(), monde.attend()
    proposition = monde.proposer()
    ligne = monde.ligne(proposition, un)
    ecarter(ligne=monde.ligne(proposition, autre), ecarter=True, version=1, par=monde.encadrante, le=LE)
    _valider(monde, proposition)
    nommer_referent(personne=autre, agent=ligne.agent, par=monde.encadrante, le=LE)
    vies = [Situation.objects.get(personne=qui) for qui in (un, autre)]
    for champ in ("etat", "referent_structure_id", "referent_agent_id", "echeance", "depuis"):
        assert getattr(vies[0], champ) == getattr(vies[1], champ), champ
    acces = [
        list(
            Rattachement.objects.filter(personne=qui)
            .order_by("pk")
            .values_list("structure", "agent", "finalite", "debut", "fin")
        )
        for qui in (un, autre)
    ]
    assert acces[0] == acces[1]


def test_number_of_queries_does_not_depend_on_people(monde: Monde, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for agent, ou in ((monde.lea, monde.eds), (monde.ines, monde.ccas)):
        monde.places(agent, ou, 400)
    for n in range(12):
        monde.attend() if n % 2 else monde.refusee()
    with django_assert_max_num_queries(50):
        proposition = monde.proposer()
    with django_assert_max_num_queries(60):
        bilan = _valider(monde, proposition)
    assert (bilan.nommees, bilan.decisions) == (12, 6)


def test_another_structure_is_a_new_decision_to_be_notified(monde: Monde) -> None:
    qui = monde.refusee()
    proposition = monde.proposer()
    assert monde.ligne(proposition, qui).structure == monde.eds
    bilan = _valider(monde, proposition)
    assert (bilan.nommees, bilan.decisions) == (1, 1)
    orientation = Orientation.objects.get(personne=qui)
    assert (orientation.structure, orientation.motifs) == (monde.eds, ["capacite"])
    situation = Situation.objects.get(personne=qui)
    assert (situation.etat, situation.referent_agent_id) == (Etat.ORIENTEE, monde.ligne(proposition, qui).agent_id)
    genres = list(Evenement.objects.filter(acte=bilan.acte).order_by("pk").values_list("genre", flat=True))
    assert genres == [GenreEvenement.ORIENTATION_DECIDEE, GenreEvenement.REFERENT_NOMME]


def test_a_person_who_changed_is_left_out_alone(monde: Monde) -> None:
    nommee, reste, refusee = monde.attend(), monde.attend(), monde.attend(monde.ccas)
    proposition = monde.proposer()
    nommer_referent(personne=nommee, agent=monde.noa, par=monde.cheffe, le=LE)
    f.evenement(refusee, GenreEvenement.DOSSIER_REFUSE, motif="capacite")
    bilan = _valider(monde, proposition)
    assert bilan.nommees == 1
    assert Situation.objects.get(personne=reste).referent_agent_id is not None
    assert Situation.objects.get(personne=nommee).referent_agent_id == monde.noa.pk
    assert Situation.objects.get(personne=refusee).etat == Etat.A_REAFFECTER
    refus = dict(proposition.lignes.filter(resultat=ResultatLigne.REFUSEE).values_list("personne", "refus"))
    assert "nommé depuis" in refus[nommee.pk]
    assert "ne peut pas la recevoir" in refus[refusee.pk]


def test_an_agent_who_left_since_is_refused_with_her_name(monde: Monde) -> None:
    monde.attend()
    proposition = monde.proposer()
    agent = proposition.lignes.get().agent
    agent.affectations.update(fin=AU)
    bilan = _valider(monde, proposition)
    assert (bilan.nommees, list(bilan.refusees.values())) == (0, [f"{agent} ne travaille plus dans « EDS fictif »."])


def test_a_head_cannot_take_a_new_decision(monde: Monde) -> None:
    """Naming is hers; another structure is the platform's decision."""
    monde.attend()
    with pytest.raises(AffectationRefusee, match="votre structure"):
        monde.proposer(par=monde.cheffe)
    proposition = monde.proposer(par=monde.cheffe, structure=monde.eds)
    assert {ligne.structure for ligne in proposition.lignes.all()} == {monde.eds}
    assert _valider(monde, proposition, par=monde.cheffe).nommees == 1
    assert list(propositions(pour=monde.cheffe, au=AU)) == [proposition]
    autre = f.agent(RoleAgent.CHEF_STRUCTURE, structure=monde.ccas)
    assert not propositions(pour=autre, au=AU).exists()


def test_move_locks_and_the_rest_is_calculated_again(monde: Monde) -> None:
    monde.places(monde.lea, monde.eds, 2), monde.places(monde.noa, monde.eds, 2)
    personnes = [monde.attend() for _ in range(2)]
    proposition = monde.proposer()
    ligne = monde.ligne(proposition, personnes[0])
    assert ligne.agent == monde.lea
    faite = deplacer(
        ligne=ligne, structure=monde.eds, agent=monde.noa, motif=MotifDeplacement.CONNAISSANCE,
        version=proposition.version, par=monde.encadrante, le=LE,
    )  # fmt: skip
    assert (faite.agent, faite.verrou, faite.propose_agent) == (monde.noa, True, monde.lea)
    proposition.refresh_from_db()
    assert proposition.cout == proposition.borne
    with pytest.raises(DonneesPerimees):
        valider(proposition=proposition, version=1, par=monde.encadrante, le=LE)
    nombre = verrouiller_ligne(
        lignes=[faite], verrou=False, version=proposition.version, proposition=proposition, par=monde.encadrante, le=LE
    )
    faite.refresh_from_db()
    assert (nombre, faite.agent, faite.verrou, faite.motif_deplacement) == (1, monde.lea, False, "")


@pytest.mark.parametrize("cas", ["sans_capacite", "absent", "convention", "conflit", "ailleurs"])
def test_an_impossible_choice_says_why_and_changes_nothing(monde: Monde, cas: str) -> None:
    qui = monde.attend()
    proposition = monde.proposer()
    ligne = monde.ligne(proposition, qui)
    ou, agent = monde.eds, monde.noa
    if cas == "sans_capacite":
        monde.places(agent, ou, 0)
    elif cas == "absent":
        AbsenceAgent.objects.create(
            agent=agent, debut=LE - timedelta(days=1), motif=MotifAbsence.MALADIE, retour_inconnu=True
        )
    elif cas == "convention":
        Convention.objects.update(fin=AU)
        ou, agent = monde.ccas, monde.ines
    elif cas == "conflit":
        LienAgent.objects.create(personne=qui, agent=agent, soi_meme=False)
    else:
        ou = monde.ccas
    phrase = {
        "sans_capacite": "n'a aucune capacité", "absent": "retour inconnu", "convention": "convention en cours",
        "conflit": "connue d'un agent", "ailleurs": "n'accompagne pas",
    }[cas]  # fmt: skip
    with pytest.raises(AffectationRefusee, match=phrase):
        deplacer(
            ligne=ligne, structure=ou, agent=agent, motif=MotifDeplacement.AUTRE, version=1, par=monde.encadrante, le=LE
        )
    ligne.refresh_from_db()
    assert (ligne.agent, ligne.verrou) == (monde.lea, False)


def test_who_knows_her_and_her_colleagues_are_never_proposed(monde: Monde) -> None:
    qui = monde.attend()
    LienAgent.objects.create(personne=qui, agent=monde.lea, soi_meme=True)
    proposition = monde.proposer()
    assert monde.ligne(proposition, qui).structure == monde.ccas  # Léa's colleagues of the EDS are left out too


def test_a_sensitive_file_goes_to_its_readers_only(monde: Monde) -> None:
    qui = monde.attend(dossier_sensible=True)
    ligne = monde.proposer(par=f.systeme()).lignes.get(personne=qui)
    assert ligne.motif == MotifSansSolution.SENSIBLE
    LecteurSensible.objects.create(personne=qui, agent=monde.noa, motif="Référente désignée", debut=AU)
    recalculer(proposition=ligne.proposition, par=f.systeme(), le=LE)
    ligne.refresh_from_db()
    assert ligne.agent == monde.noa
    assert not lignes_visibles(ligne.proposition, pour=monde.encadrante, au=AU).exists()


def test_what_a_person_needs_counts(monde: Monde) -> None:
    arabe, accessible, ancienne = monde.attend(langue="arabe", interprete=True), monde.attend(), monde.attend()
    monde.places(monde.noa, monde.eds, 100, langues=["arabe"])
    f.rattachement(ancienne, monde.eds, monde.noa, finalite=FinaliteRattachement.REFERENT, fin=AU - timedelta(days=400))
    Lieu.objects.create(structure=monde.eds, nom="Rez-de-chaussée", accessible=False)
    noter_besoin(personne=accessible, lieu_accessible=True, par=monde.encadrante, le=LE)
    Lieu.objects.create(structure=monde.ccas, nom="Mairie", accessible=True)
    proposition = monde.proposer()
    codes = {qui: {r["code"] for r in monde.ligne(proposition, qui).raisons} for qui in (arabe, accessible, ancienne)}
    assert monde.ligne(proposition, ancienne).agent == monde.noa
    assert "continuite" in codes[ancienne]
    assert "non_accessible" in codes[accessible]  # the decided structure stays, and the page warns
    choix = choix_possibles(monde.ligne(proposition, arabe), bareme=bareme(), au=AU)
    assert {c.poste.agent: "langue" in {r["code"] for r in c.raisons} for c in choix}[monde.noa.pk] is True


def test_capacity_is_weighted_by_path_and_novelty(monde: Monde) -> None:
    """R18: three people in social insertion, new, weigh more than five."""
    monde.places(monde.noa, monde.eds, 6)
    monde.places(monde.lea, monde.eds, 0)
    for _ in range(3):
        f.accompagnee(qui := f.soumise(monde.eds), monde.eds, monde.noa)
        Situation.objects.filter(personne=qui).update(voie="social")
    qui = monde.attend(enfants=1)
    proposition = monde.proposer()
    assert monde.ligne(proposition, qui).motif == MotifSansSolution.CAPACITE
    monde.places(monde.noa, monde.eds, 7)
    recalculer(proposition=proposition, par=monde.encadrante, le=LE)
    assert monde.ligne(proposition, qui).agent == monde.noa


def test_undo_gives_back_who_nothing_happened_to(monde: Monde) -> None:
    un, suivie, decidee = monde.attend(), monde.attend(), monde.refusee()
    proposition = monde.proposer()
    _valider(monde, proposition)
    f.evenement(suivie, GenreEvenement.CONTACT, le=LE + timedelta(minutes=5))
    bilan = annuler_validation(proposition=proposition, par=monde.encadrante, le=LE + timedelta(minutes=10))
    assert bilan.nommees == 1
    assert Situation.objects.get(personne=un).etat == Etat.ATTENTE_REFERENT
    assert not Rattachement.objects.filter(personne=un, agent__isnull=False, fin__isnull=True).exists()
    assert Situation.objects.get(personne=suivie).referent_agent_id is not None
    assert Situation.objects.get(personne=decidee).referent_agent_id is not None
    proposition.refresh_from_db()
    with pytest.raises(AffectationRefusee, match="demi-heure"):
        annuler_validation(proposition=proposition, par=monde.encadrante, le=LE + timedelta(hours=1))


def test_one_draft_at_a_time_and_nobody_means_nothing(monde: Monde) -> None:
    with pytest.raises(AffectationRefusee, match="Personne n'attend"):
        monde.proposer()
    monde.attend()
    proposition = monde.proposer()
    with pytest.raises(AffectationRefusee, match="déjà à relire"):
        monde.proposer()
    abandonner(proposition=proposition, par=monde.encadrante, le=LE)
    proposition.refresh_from_db()
    assert proposition.statut == StatutProposition.ABANDONNEE
    with pytest.raises(AffectationRefusee, match="ne se modifie plus"):
        recalculer(proposition=proposition, par=monde.encadrante, le=LE)


def test_left_aside_she_keeps_waiting(monde: Monde) -> None:
    qui, autre = monde.attend(), monde.attend()
    proposition = monde.proposer()
    ecarter(ligne=monde.ligne(proposition, qui), ecarter=True, version=1, par=monde.encadrante, le=LE)
    assert _valider(monde, proposition).nommees == 1
    assert Situation.objects.get(personne=qui).etat == Etat.ATTENTE_REFERENT
    assert Situation.objects.get(personne=autre).etat == Etat.CONTRAT_A_ELABORER


def test_settings_are_those_of_one_s_own_team(monde: Monde) -> None:
    with pytest.raises(ReglageRefuse, match="votre structure"):
        regler_referent(agent=monde.ines, structure=monde.ccas, capacite=50, par=monde.cheffe, le=LE)
    with pytest.raises(ReglageRefuse, match="ne travaille pas"):
        regler_referent(agent=monde.ines, structure=monde.eds, capacite=50, par=monde.cheffe, le=LE)
    with pytest.raises(ContrainteViolee, match="quotité"):
        regler_referent(agent=monde.lea, structure=monde.eds, capacite=50, quotite=5, par=monde.cheffe, le=LE)
    reglage = regler_referent(
        agent=monde.lea, structure=monde.eds, capacite=50, langues=[" Arabe", "arabe", ""], par=monde.cheffe, le=LE
    )
    assert reglage.langues == ["arabe"]
