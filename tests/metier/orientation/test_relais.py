"""Handing over an accompaniment (REQ-114, R51, V7, V14): nobody is ever between two chairs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.orientation.cycle import OUVERTS, RELAIS
from cordee.metier.orientation.enums import ActeRelais, MotifRefusRelais, MotifRelais, StatutRelais
from cordee.metier.orientation.models import Orientation, Relais
from cordee.metier.orientation.selectors.equipe import q_relais
from cordee.metier.orientation.services.relais import (
    RelaisRefuse,
    accepter_relais,
    accuser_relais,
    expirer_relais,
    proposer_en_masse,
    proposer_relais,
    refuser_relais,
    retirer_relais,
)
from cordee.metier.parcours.enums import GenreEtape
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.parcours.selectors import histoire_de
from cordee.metier.personnes.models import LecteurSensible, LienAgent, Personne
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, echeances, etape, situation

pytestmark = pytest.mark.django_db
AU = jour(LE)


@dataclass(frozen=True)
class Voisine:
    """Another EDS of the Département, its head and a référente."""

    eds: Structure
    cheffe: Agent
    nora: Agent


@pytest.fixture
def voisine(equipe: Equipe) -> Voisine:
    eds = f.structure(nom="EDS voisin", telephone="0199000009")
    return Voisine(
        eds,
        f.agent(RoleAgent.CHEF_STRUCTURE, structure=eds, prenom="Inès"),
        f.agent(RoleAgent.REFERENT, structure=eds, prenom="Nora"),
    )


def voit(agent: Agent, personne: Personne, *, dans: int = 0) -> bool:
    return personnes_visibles(pour=agent, au=AU + timedelta(days=dans)).filter(pk=personne.pk).exists()


def proposer(equipe: Equipe, personne: Personne, vers: Structure, agent: Agent | None = None) -> Relais:
    return proposer_relais(
        personne=personne, vers=vers, agent=agent, motif=MotifRelais.DEMENAGEMENT, note="Préfère l'après-midi.",
        par=equipe.lea, le=LE,
    )  # fmt: skip


def test_the_table_has_an_end_from_every_state() -> None:
    for statut in OUVERTS:
        assert {ActeRelais.ACCEPTER, ActeRelais.REFUSER, ActeRelais.RETIRER} <= set(RELAIS[statut])
    assert {s for suites in RELAIS.values() for s in suites.values()} | {StatutRelais.PROPOSE} == set(StatutRelais)


def test_a_move_inside_the_departement(equipe: Equipe, voisine: Voisine) -> None:
    """R51: the référente stays until the hand-over is accepted; the contract and its clocks go on; V7 afterwards."""
    personne = equipe.accompagnee()
    avant = etape(personne)
    relais = proposer(equipe, personne, voisine.eds, voisine.nora)
    assert situation(personne).referent_agent == equipe.lea
    assert not relais.decision
    assert not voit(voisine.nora, personne), "la note, pas le dossier"
    assert "repondre_relais" in echeances(personne)
    relais = accuser_relais(relais=relais, par=voisine.nora, le=LE)
    assert echeances(personne)["repondre_relais"] > AU + timedelta(days=7)
    accepter_relais(relais=relais, par=voisine.nora, le=LE + timedelta(days=1))
    s = situation(personne)
    assert (s.referent_structure, s.referent_agent) == (voisine.eds, voisine.nora)
    assert s.contrat_le == AU
    assert (etape(personne).pk, etape(personne).echeance, etape(personne).agent) == (
        avant.pk, avant.echeance, voisine.nora,
    )  # fmt: skip
    assert echeances(personne).keys() == {"actualiser_contrat"}
    assert voit(voisine.nora, personne, dans=1)
    assert voit(equipe.lea, personne, dans=15)
    assert not voit(equipe.lea, personne, dans=16)
    assert Orientation.objects.get(personne=personne).structure == equipe.eds, "la décision ne change pas"
    assert histoire_de(personne)[-1].titre == "Relais accepté"


def test_refused_it_comes_back_with_its_reason(equipe: Equipe, voisine: Voisine) -> None:
    personne = equipe.accompagnee()
    relais = proposer(equipe, personne, voisine.eds)
    refuser_relais(relais=relais, motif=MotifRefusRelais.CAPACITE, par=voisine.cheffe, le=LE)
    relais.refresh_from_db()
    assert (relais.statut, relais.motif_refus) == (StatutRelais.REFUSE, MotifRefusRelais.CAPACITE)
    assert situation(personne).referent_agent == equipe.lea
    assert "repondre_relais" not in echeances(personne)
    with pytest.raises(RelaisRefuse, match="déjà refusé"):
        accepter_relais(relais=relais, par=voisine.cheffe, le=LE)
    proposer(equipe, personne, voisine.eds)


def test_without_answer_the_manager_decides(equipe: Equipe, voisine: Voisine) -> None:
    personne = equipe.accompagnee()
    relais = proposer(equipe, personne, voisine.eds)
    encadrante = f.agent(RoleAgent.ENCADRANT, structure=equipe.eds)
    for _ in range(2):
        tard = LE + timedelta(days=9)
        expirer_relais(par=f.systeme(), le=tard)
        relais.refresh_from_db()
        assert relais.statut == StatutRelais.EXPIRE
        assert "trancher_relais" in echeances(personne)
        assert situation(personne).referent_agent == equipe.lea
    accepter_relais(relais=relais, agent=voisine.nora, par=encadrante, le=tard)
    assert situation(personne).referent_agent == voisine.nora
    assert "trancher_relais" not in echeances(personne)


def test_accepted_by_a_body_without_a_name(equipe: Equipe, voisine: Voisine) -> None:
    """The head accepts, then names: the person's step says so."""
    personne = equipe.accompagnee()
    accepter_relais(relais=proposer(equipe, personne, voisine.eds), par=voisine.cheffe, le=LE)
    assert etape(personne).genre == GenreEtape.NOMMER_REFERENT
    assert etape(personne).structure == voisine.eds
    assert voit(voisine.cheffe, personne)


def test_another_legal_body_needs_a_decision(equipe: Equipe, voisine: Voisine) -> None:
    """L5411-5-1: from the Département to a délégataire, accepting makes the new decision, to be notified (V14)."""
    personne = equipe.accompagnee()
    with pytest.raises(TransitionInterdite, match="décision d'orientation"):
        proposer(equipe, personne, equipe.ccas, equipe.malik)
    encadrante = f.agent(RoleAgent.ENCADRANT, structure=equipe.eds)
    relais = proposer_relais(
        personne=personne, vers=equipe.ccas, motif=MotifRelais.CONVENTION, par=encadrante, le=LE
    )  # fmt: skip
    cheffe = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.ccas)
    with pytest.raises(RelaisRefuse, match="référent"):
        accepter_relais(relais=relais, par=cheffe, le=LE)
    accepter_relais(relais=relais, agent=equipe.malik, par=cheffe, le=LE)
    assert situation(personne).referent_agent == equipe.malik
    assert etape(personne).genre == GenreEtape.NOTIFIER
    nouvelle = Orientation.objects.get(personne=personne, fin__isnull=True)
    assert (nouvelle.structure, nouvelle.decidee_par) == (equipe.ccas, encadrante)
    relais.refresh_from_db()
    assert relais.statut == StatutRelais.ACCEPTE


@pytest.mark.parametrize("cas", ["fermée", "sans convention", "ailleurs", "déjà là", "déjà proposé", "sans référent"])
def test_what_cannot_be_proposed(cas: str, equipe: Equipe, voisine: Voisine) -> None:
    personne = equipe.accompagnee() if cas != "sans référent" else equipe.entrante()
    vers, agent = voisine.eds, None
    if cas == "fermée":
        vers = f.structure(fin=AU)
    elif cas == "sans convention":
        vers = f.structure(categorie="delegataire")
    elif cas == "ailleurs":
        agent = equipe.malik
    elif cas == "déjà là":
        vers, agent = equipe.eds, equipe.lea
    elif cas == "déjà proposé":
        proposer(equipe, personne, voisine.eds)
    ouverts = Relais.objects.count()
    with pytest.raises((RelaisRefuse, TransitionInterdite)):
        proposer(equipe, personne, vers, agent)
    assert Relais.objects.count() == ouverts


def test_only_the_receiver_answers_and_only_the_sender_withdraws(equipe: Equipe, voisine: Voisine) -> None:
    personne = equipe.accompagnee()
    relais = proposer(equipe, personne, voisine.eds, voisine.nora)
    autre = f.agent(RoleAgent.REFERENT, structure=voisine.eds)
    for agent in (autre, equipe.lea):
        with pytest.raises(RelaisRefuse, match="pas adressé"):
            accepter_relais(relais=relais, par=agent, le=LE)
    with pytest.raises(RelaisRefuse, match="retirer"):
        retirer_relais(relais=relais, par=voisine.nora, le=LE)
    retirer_relais(relais=relais, par=equipe.lea, le=LE)
    assert "repondre_relais" not in echeances(personne)


def test_a_sensitive_file_goes_by_name_to_a_listed_reader(equipe: Equipe, voisine: Voisine) -> None:
    """V13: even the note of a sensitive file, and of one's own, stays closed to the others."""
    personne = equipe.accompagnee()
    personne.dossier_sensible = True
    personne.save(update_fields=["dossier_sensible"])
    for agent in (None, voisine.nora):
        with pytest.raises(TransitionInterdite, match="lecteur désigné"):
            proposer(equipe, personne, voisine.eds, agent)
    LecteurSensible.objects.create(personne=personne, agent=voisine.nora, motif="Relais", debut=AU)
    relais = proposer(equipe, personne, voisine.eds, voisine.nora)
    lisible = Relais.objects.filter(q_relais(voisine.nora, habilitation(voisine.nora, au=AU)))
    assert lisible.filter(pk=relais.pk).exists()
    LienAgent.objects.create(personne=personne, agent=voisine.nora, soi_meme=False)
    assert not lisible.filter(pk=relais.pk).exists()


def test_a_new_decision_ends_the_hand_over(equipe: Equipe, voisine: Voisine) -> None:
    personne = equipe.accompagnee()
    relais = proposer(equipe, personne, voisine.eds)
    equipe.decider(personne, structure=equipe.mission, categorie="mission_locale")
    assert "repondre_relais" not in echeances(personne)
    with pytest.raises(RelaisRefuse, match="plus d'objet"):
        accepter_relais(relais=relais, par=voisine.cheffe, le=LE)
    expirer_relais(par=f.systeme(), le=LE)
    relais.refresh_from_db()
    assert relais.statut == StatutRelais.SANS_OBJET


def test_many_at_once_and_who_cannot_be_is_told_apart(
    equipe: Equipe, voisine: Voisine, django_assert_max_num_queries: object
) -> None:
    suivies = [equipe.accompagnee() for _ in range(3)]
    entrante = equipe.entrante()
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        faites = proposer_en_masse(
            personnes=[p.pk for p in (*suivies, entrante)], vers=voisine.eds, motif=MotifRelais.FERMETURE,
            avant_le=AU + timedelta(days=60), par=equipe.lea, le=LE,
        )  # fmt: skip
    assert {r.personne_id for r in faites.relais} == {p.pk for p in suivies}
    assert list(faites.refus) == [entrante.pk]
    assert len({r.lot for r in faites.relais}) == 1
