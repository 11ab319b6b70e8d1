"""Queues of work: whose task it is, how urgent, in a constant number of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.parcours.enums import GenreEcheance, GenreEtape, GenreEvenement
from cordee.metier.parcours.selectors import (
    Urgence,
    compter_file,
    etapes,
    expliquer_tache,
    file_de_travail,
    histoire_de,
    situation_de,
    verifier_parcours,
)
from cordee.socle.horloge import jour
from tests import fabriques as f

pytestmark = pytest.mark.django_db
AU = jour(f.MAINTENANT)
R = RoleAgent


def test_the_platform_answers_for_new_entrants_the_most_overdue_first() -> None:
    agent = f.agent(R.AGENT_PLATEFORME)
    recente = f.soumise(le=f.MAINTENANT)
    ancienne = f.soumise(le=f.MAINTENANT - timedelta(days=30))
    lignes = file_de_travail(pour=agent, au=AU)
    assert [(t.personne_id, t.genre) for t in lignes] == [
        (ancienne.pk, GenreEtape.CONVOQUER),
        (recente.pk, GenreEtape.CONVOQUER),
    ]
    assert [t.personne_id for t in file_de_travail(pour=agent, au=AU, urgence=Urgence.RETARD)] == [ancienne.pk]
    assert [t.personne_id for t in file_de_travail(pour=agent, au=AU, urgence=Urgence.PLUS_TARD)] == [recente.pk]


def test_a_referent_answers_for_what_bears_her_name_and_her_head_for_what_has_none() -> None:
    eds = f.structure()
    referente, collegue, chef = (f.agent(r, structure=eds) for r in (R.REFERENT, R.REFERENT, R.CHEF_STRUCTURE))
    suivie, sans_nom = f.soumise(eds), f.soumise(eds)
    f.accompagnee(suivie, eds, referente)
    f.orientee(sans_nom, eds)
    assert [t.personne_id for t in file_de_travail(pour=referente, au=AU)] == [suivie.pk]
    assert file_de_travail(pour=collegue, au=AU) == []
    assert [(t.personne_id, t.genre) for t in file_de_travail(pour=chef, au=AU)] == [
        (sans_nom.pk, GenreEtape.NOMMER_REFERENT)
    ]


def test_another_structure_sees_nothing_and_a_closed_sensitive_file_is_left_out() -> None:
    eds, autre = f.structure(), f.structure()
    personne = f.soumise(eds)
    f.orientee(personne, eds)
    chef, ailleurs = f.agent(R.CHEF_STRUCTURE, structure=eds), f.agent(R.CHEF_STRUCTURE, structure=autre)
    assert compter_file(pour=chef, au=AU).total == 1
    assert compter_file(pour=ailleurs, au=AU).total == 0
    personne.dossier_sensible = True
    personne.save()
    assert compter_file(pour=chef, au=AU).total == 0


def test_etapes_and_echeances_have_one_shape_and_are_counted_by_kind() -> None:
    encadrante = f.agent(R.ENCADRANT)
    eds = f.structure()
    personne = f.soumise(eds, le=f.MAINTENANT - timedelta(days=20))
    f.orientee(personne, eds, le=f.MAINTENANT - timedelta(days=10))
    f.evenement(personne, GenreEvenement.REORIENTATION_DEMANDEE)
    f.soumise(le=f.MAINTENANT - timedelta(days=30))
    compte = compter_file(pour=encadrante, au=AU)
    assert {(g.source, g.genre): g.total for g in compte.groupes} == {
        ("etape", GenreEtape.CONVOQUER): 1,
        ("echeance", GenreEcheance.DECIDER_REORIENTATION): 1,
    }
    assert (compte.retard, compte.plus_tard) == (1, 1)
    assert compte.prochaine is not None
    assert compte.prochaine < AU
    assert [t.source for t in file_de_travail(pour=encadrante, au=AU)] == ["etape", "echeance"]


def test_queries_do_not_grow_with_the_queue(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agent = f.agent(R.AGENT_PLATEFORME)
    for _ in range(3):
        f.soumise()
    with django_assert_num_queries(3):
        assert len(file_de_travail(pour=agent, au=AU)) == 3
    for _ in range(6):
        f.soumise()
    with django_assert_num_queries(3):
        assert len(file_de_travail(pour=agent, au=AU)) == 9
    with django_assert_num_queries(3):
        assert compter_file(pour=agent, au=AU).total == 9


def test_situation_and_history_say_what_happened_in_french(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    eds = f.structure(nom="EDS de Vitry")
    referente = f.agent(R.REFERENT, structure=eds, prenom="Awa", nom="Diallo")
    personne = f.soumise(eds)
    f.accompagnee(personne, eds, referente)
    with django_assert_num_queries(2):
        s = situation_de(personne)
        assert s.etape is not None
        assert s.etape.genre == GenreEtape.PROCHAIN_CONTACT
        assert s.etape.agent == referente
    with django_assert_num_queries(4):
        souvenirs = histoire_de(personne)
    assert [x.titre for x in souvenirs] == [
        "Nouvelle entrante dans les droits et devoirs",
        "Orientation décidée",
        "Décision notifiée à date certaine",
        "Référent nommé",
        "Contrat signé",
    ]
    assert souvenirs[1].detail == "Parcours socio-professionnel, EDS de Vitry."
    assert souvenirs[3].detail == "Awa Diallo, EDS de Vitry."
    assert len(histoire_de(personne, limite=2)) == 2


def test_history_spans_the_rows_merged_into_a_person_and_marks_corrections() -> None:
    gardee, absorbee = f.soumise(), f.personne()
    erreur = f.evenement(absorbee, GenreEvenement.ENTREE_SDD, recu_le="2026-02-01", localisation="secteur")
    absorbee.canonique = gardee
    absorbee.save()
    f.evenement(gardee, GenreEvenement.ANNULATION, evenement=erreur.pk)
    par_pk = {s.pk: s for s in histoire_de(gardee)}
    assert par_pk[erreur.pk].annule
    assert par_pk[erreur.pk].d_une_fiche_reunie
    assert sum(s.annule for s in par_pk.values()) == 1


def test_nobody_is_forgotten_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    en_retard, suivie = f.soumise(le=f.MAINTENANT - timedelta(days=30)), f.soumise()
    f.personne()
    with django_assert_num_queries(1):
        resultat = verifier_parcours(AU)
    assert resultat == {
        "soumis": 2, "sans_etape": 0, "etapes_en_retard": 1, "echeances_en_retard": 0, "par_genre": {"convoquer": 2},
    }  # fmt: skip
    assert [e.personne_id for e in etapes(au=AU, retard=True)] == [en_retard.pk]
    assert [e.personne_id for e in etapes(au=AU)] == [en_retard.pk, suivie.pk]


def test_someone_the_file_says_soumise_and_the_path_ignores_is_found() -> None:
    foyer = f.foyer()
    oubliee = f.personne(foyer=foyer)
    f.droit(oubliee, foyer)
    resultat = verifier_parcours(AU)
    assert (resultat["soumis"], resultat["sans_etape"]) == (1, 1)


def test_a_date_agreed_with_the_person_is_said_so() -> None:
    ouverte = AU
    convenue = expliquer_tache(regle="prochain_contact_regulier", ouverte_le=ouverte, terme=AU + timedelta(days=12))
    calculee = expliquer_tache(regle="prochain_contact_regulier", ouverte_le=ouverte, terme=AU + timedelta(days=30))
    assert convenue.phrase == "à la date convenue avec la personne"
    assert calculee.phrase == "trente jours à compter du dernier contact"
