"""Lives that go on: what each agent did since, added at once to paths that are known already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import pytest

from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.models import Etape, Evenement, Situation
from cordee.metier.parcours.regles import Fait
from cordee.metier.parcours.regles import Situation as Calcul
from cordee.metier.parcours.services import reconstruire
from cordee.metier.parcours.services.consignation import DossierReuni
from cordee.metier.parcours.services.continuation import continuer
from cordee.metier.personnes.models import Personne
from tests import fabriques as f

pytestmark = pytest.mark.django_db
E = GenreEvenement


@dataclass
class Vecu:
    fait: Fait
    enregistre_le: datetime
    par_id: int
    objet_type: str = ""
    objet_id: int | None = None


@dataclass
class Vie:
    personne_id: int
    evenements: Sequence[Vecu]
    situation: Calcul
    lignes: tuple[()] = ()


def vie(personne: Personne, numeros: Iterator[int], *suite: tuple[GenreEvenement, Agent, dict[str, object]]) -> Vie:
    """What happened to her since, a day at a time, each by its agent."""
    quand = f.MAINTENANT
    evenements = []
    for genre, par, donnees in suite:
        quand += timedelta(days=1)
        evenements.append(Vecu(Fait(next(numeros), genre, quand, donnees), quand, par.pk))
    return Vie(personne.pk, evenements, Calcul())


def test_events_follow_one_another_and_keep_their_authors() -> None:
    eds = f.structure()
    referente, autre = f.agent(structure=eds), f.agent(structure=eds)
    convoquee, jointe, immobile = f.soumise(eds), f.soumise(eds), f.soumise(eds)
    numeros = count(Evenement.objects.latest("id").pk + 1)
    appel = {"resultat": "sans_reponse"}
    vies = [
        vie(convoquee, numeros, (E.CONVOCATION, referente, {"rendez_vous": 1}), (E.ALLER_VERS, autre, appel)),
        vie(jointe, numeros, (E.ALLER_VERS, autre, appel)),
        vie(immobile, numeros),
    ]
    etapes = count(Etape.objects.latest("id").pk + 500)
    assert continuer(vies=vies, numero=lambda table: next(etapes)) == 3
    nouveaux = Evenement.objects.filter(personne=convoquee).order_by("id")[1:]
    assert [(e.genre, e.par) for e in nouveaux] == [(E.CONVOCATION, referente), (E.ALLER_VERS, autre)]
    assert [e.enregistre_le for e in nouveaux] == [f.MAINTENANT + timedelta(days=n) for n in (1, 2)]
    situation = Situation.objects.get(personne=convoquee)
    assert situation.etat == Etat.CONVOQUEE
    assert situation.etape is not None
    assert situation.etape.pk >= next(etapes) - 10
    assert Situation.objects.get(personne=immobile).etat == Etat.ENTRANTE
    assert not reconstruire(verifier=True)


def test_nobody_is_written_who_was_merged() -> None:
    eds = f.structure()
    gardee, reunie = f.soumise(eds), f.soumise(eds)
    Personne.objects.filter(pk=reunie.pk).update(canonique=gardee)
    numeros = count(Evenement.objects.latest("id").pk + 1)
    with pytest.raises(DossierReuni):
        continuer(vies=[vie(reunie, numeros, (E.ALLER_VERS, f.agent(structure=eds), {"resultat": "sans_reponse"}))])


def test_nothing_to_add() -> None:
    assert continuer(vies=[]) == 0
