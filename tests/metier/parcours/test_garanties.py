"""« One open étape each », checked once for all rows, refuses what the triggers refuse row by row."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from cordee.metier.parcours.models import Etape, Situation
from cordee.metier.parcours.services.garanties import UNE_ETAPE_OUVERTE
from cordee.socle.chargement import verifiees_a_la_fin
from tests import fabriques as f

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("parcours_etape", "parcours_situation")


def declencheurs() -> list[tuple[str, str]]:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT tgname, tgenabled::text FROM pg_trigger WHERE tgconstraint <> 0 AND NOT tgisinternal ORDER BY 1"
        )
        return curseur.fetchall()


def fermer_l_etape(personne_id: int) -> None:
    """The situation goes on pointing at an étape that is over."""
    Etape.objects.filter(personne_id=personne_id).update(fermee_le=f.MAINTENANT.date(), fermee_par=F("evenement"))


def oublier_la_situation(personne_id: int) -> None:
    """An étape is open and nothing points at it."""
    Situation.objects.filter(personne_id=personne_id).update(etape=None, soumis=False)


def ajouter_une_etape(personne_id: int) -> None:
    """An étape is open for somebody who has no situation."""
    etape = Etape.objects.get(personne_id=personne_id)
    Situation.objects.filter(personne_id=personne_id).delete()
    fermer_l_etape(personne_id)
    etape.pk = None
    etape.save()


FAUTES = [fermer_l_etape, oublier_la_situation, ajouter_une_etape]


@pytest.mark.parametrize("faute", FAUTES)
@pytest.mark.parametrize("en_masse", [False, True], ids=["row by row", "at once"])
def test_what_the_triggers_refuse_is_refused_at_once(faute: Callable[[int], None], en_masse: bool) -> None:
    personne = f.personne()
    f.entree_sdd(personne)
    avant, etapes = declencheurs(), list(Etape.objects.values())
    cadre: AbstractContextManager[object] = nullcontext()
    if en_masse:
        cadre = verifiees_a_la_fin(TABLES, declencheurs=UNE_ETAPE_OUVERTE)
    with pytest.raises(IntegrityError, match="désign"), transaction.atomic(), cadre:
        faute(personne.pk)
    assert list(Etape.objects.values()) == etapes
    assert declencheurs() == avant


def test_the_triggers_come_back() -> None:
    avant = declencheurs()
    personne = f.personne()
    f.entree_sdd(personne)
    with transaction.atomic(), verifiees_a_la_fin(TABLES, declencheurs=UNE_ETAPE_OUVERTE):
        assert {nom for nom, actif in declencheurs() if actif == "D"} == {d.nom for d in UNE_ETAPE_OUVERTE}
        fermer_l_etape(personne.pk)
        Etape.objects.update(fermee_le=None, fermee_par=None)
    assert declencheurs() == avant
    with pytest.raises(IntegrityError), transaction.atomic():
        fermer_l_etape(personne.pk)
