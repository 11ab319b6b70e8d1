"""No sequence of acts reaches a measure without the contradictory phase, past a retained reason, or by one person only.

Acts are drawn at random on one person, in any order, on days that go by; each may be refused. Whatever is accepted,
what is in the database is lawful; and lifting always ends a suspension (issue: shown by).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cordee.metier.courriers.enums import EtatRemise, MoyenRemise
from cordee.metier.devoirs import services
from cordee.metier.devoirs.enums import (
    EtatProcedure,
    MotifLevee,
    MotifSansSuite,
    NatureMesure,
    StatutManquement,
    StatutMesure,
)
from cordee.metier.devoirs.models import ExamenMotif, Manquement, MesureDecidee, Procedure
from cordee.metier.devoirs.services.decision import instructeurs
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.services import reconstruire
from cordee.socle.erreurs import ErreurMetier
from tests.metier.devoirs.affaire import DROITS, Affaire, affaire
from tests.metier.equipe import Equipe, situation

Acte = Callable[[Affaire], object]


def _procedure() -> Procedure:
    procedure = Procedure.objects.order_by("-pk").first()
    if procedure is None:
        raise ErreurMetier("Rien à faire.")
    return procedure


def _manquement() -> Manquement:
    manquement = Manquement.objects.order_by("-pk").first()
    if manquement is None:
        raise ErreurMetier("Rien à faire.")
    return manquement


def _mesure() -> MesureDecidee:
    mesure = MesureDecidee.objects.order_by("-pk").first()
    if mesure is None:
        raise ErreurMetier("Rien à faire.")
    return mesure


def _droits(a: Affaire) -> object:
    return services.verifier_droits(manquement=_manquement(), constats=DROITS, **a.par_sophie)


def _ouvrir(a: Affaire) -> object:
    return services.ouvrir_procedure(personne=a.personne, manquements=[_manquement()], **a.par_sophie)


def _griefs(a: Affaire, moyen: MoyenRemise) -> object:
    return services.notifier_griefs(procedure=_procedure(), moyen=moyen, **a.par_sophie)


def _recevoir(a: Affaire) -> object:
    lettre = _procedure().griefs
    if lettre is None:
        raise ErreurMetier("Rien à faire.")
    return services.constater_reception(courrier=lettre, etat=EtatRemise.RECUE, le_jour=a.le.date(), **a.par_sophie)


def _lever(a: Affaire) -> object:
    mesure = _mesure()
    levee = services.lever_suspension(mesure=mesure, motif=MotifLevee.CONFORMITE, **a.par_sophie)
    assert levee.statut in (StatutMesure.LEVEE, StatutMesure.ANNULEE)
    assert situation(a.personne).etat != Etat.REMOBILISATION
    return levee


ACTES: dict[str, Acte] = {
    "signaler": lambda a: a.signaler(),
    "examiner": lambda a: a.examiner(_manquement()),
    "retenir": lambda a: a.examiner(_manquement(), retenu=True),
    "droits": _droits,
    "ouvrir": _ouvrir,
    "griefs_poste": lambda a: _griefs(a, MoyenRemise.LRAR),
    "griefs_main": lambda a: _griefs(a, MoyenRemise.REMISE_MAIN_PROPRE),
    "recevoir": _recevoir,
    "attendre": lambda a: a.attendre(6),
    "repondre": lambda a: services.recevoir_observation(
        procedure=_procedure(), forme="ecrite", texte="Je réponds.", recue_le=a.le.date(), **a.par_sophie
    ),
    "audition": lambda a: services.demander_audition(
        procedure=_procedure(), demandee_le=a.le.date(), **a.par_sophie
    ),
    "decider": lambda a: a.decider(_procedure()),
    "decider_seule": lambda a: a.decider(_procedure(), par=a.sophie),
    "supprimer": lambda a: a.decider(_procedure(), nature=NatureMesure.SUPPRESSION, taux=100, mois=4),
    "trop": lambda a: a.decider(_procedure(), taux=20, mois=5),
    "notifier": lambda a: a.notifier(_mesure()),
    "lever": _lever,
    "clore": lambda a: services.clore_sans_suite(
        procedure=_procedure(), motif=MotifSansSuite.OPPORTUNITE, **a.par_sophie
    ),
}  # fmt: skip
LOYAL = ["signaler", "examiner", "droits", "ouvrir", "griefs_main", "attendre", "attendre", "attendre", "examiner",
         "decider", "notifier", "lever"]  # fmt: skip
# Mostly the way of the law, with acts dropped, repeated or put elsewhere: random acts alone never get far.
suites = st.lists(st.sampled_from(sorted(ACTES)), max_size=4).flatmap(
    lambda ajouts: st.tuples(
        st.lists(st.sampled_from(range(len(LOYAL))), max_size=2, unique=True),
        st.lists(st.tuples(st.integers(0, len(LOYAL)), st.just(ajouts)), max_size=1),
    )
)


def _verifier(a: Affaire) -> None:
    for m in MesureDecidee.objects.filter(procedure__isnull=False).select_related("procedure"):
        p = m.procedure
        assert p is not None
        assert p.griefs_recus_le is not None
        assert p.contradictoire_jusquau is not None
        assert m.decidee_le > p.contradictoire_jusquau >= p.griefs_recus_le
        assert (p.contradictoire_jusquau - p.griefs_recus_le).days >= 10
        retenus = ExamenMotif.objects.filter(manquement__procedure=p, retenu=True, le__date__lte=m.decidee_le)
        assert not retenus.exists(), "past a registered motif légitime"
        assert m.decideur_id not in instructeurs(p)
        assert (m.nature, m.mois in (1, 2)) == (NatureMesure.SUSPENSION, True)
        assert 30 <= (m.taux or 0) <= 100
    for p in Procedure.objects.filter(etat=EtatProcedure.CLOSE):
        assert not p.manquements.filter(statut=StatutManquement.EN_PROCEDURE).exists()
    if situation(a.personne).etat == Etat.REMOBILISATION:
        assert MesureDecidee.objects.filter(statut=StatutMesure.DECIDEE, notifiee_le__isnull=False).exists()


@pytest.mark.django_db
def test_no_sequence_of_acts_reaches_an_unlawful_measure(equipe: Equipe) -> None:
    monde = affaire(equipe)
    atteints: set[str] = set()

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(suites)
    @example(([], []))
    @example(([], [(8, ["retenir"])]))
    @example(([8], []))
    def vivre(tirage: tuple[list[int], list[tuple[int, list[str]]]]) -> None:
        oublies, ajouts = tirage
        suite = [acte for rang, acte in enumerate(LOYAL) if rang not in oublies]
        for rang, en_plus in ajouts:
            suite[rang:rang] = en_plus
        monde.jours = 1
        with transaction.atomic():
            for nom in suite:
                try:
                    with transaction.atomic():
                        ACTES[nom](monde)
                except ErreurMetier:
                    continue
                atteints.add(nom)
                _verifier(monde)
            assert reconstruire(verifier=True, personnes=[monde.personne.pk]) == []
            transaction.set_rollback(True)

    vivre()
    assert {"decider", "notifier", "lever", "retenir"} <= atteints
    assert not {"decider_seule", "supprimer", "trop"} & atteints
