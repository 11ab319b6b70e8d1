"""The check finds whoever's rows are not those of her events, whatever was touched, and mends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Echeance, Etape, Evenement, Situation
from cordee.metier.parcours.services import Ecart, NouvelEvenement, consigner, reconstruction, reconstruire, reprendre
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.metier.parcours.test_reprise import Monde, tout

pytestmark = pytest.mark.django_db
E = GenreEvenement


@pytest.fixture
def vivante() -> Personne:
    """Somebody with an open étape, closed ones and an open échéance."""
    monde = Monde()
    for graine in range(200):
        vie = monde.vie(graine, f.personne())
        ouvertes = {ligne.cle == "etape" for ligne in vie.lignes if ligne.fermee_le is None}
        if ouvertes == {True, False} and any(ligne.fermee_le and ligne.cle == "etape" for ligne in vie.lignes):
            reprendre(vies=[vie])
            return Personne.objects.get(pk=vie.personne_id)
    raise AssertionError("aucune vie n'a d'échéance ouverte")


def calcul(personne: Personne) -> None:
    s = Situation.objects.get(personne=personne)
    s.calcul["convocations"] = 7
    s.save()


def colonne(**valeurs: object) -> Callable[[Personne], None]:
    return lambda p: Situation.objects.filter(personne=p).update(**valeurs) and None  # type: ignore[arg-type]


def sans_situation(personne: Personne) -> None:
    Situation.objects.filter(personne=personne).delete()


def vieil_evenement(personne: Personne) -> None:
    premier = Evenement.objects.filter(personne=personne).order_by("pk").first()
    assert premier is not None
    Situation.objects.filter(personne=personne).update(dernier_evenement=premier.pk)


def vieille_etape_designee(personne: Personne) -> None:
    close = Etape.objects.filter(personne=personne, fermee_le__isnull=False).first()
    Situation.objects.filter(personne=personne).update(etape=close)


def etape_deplacee(personne: Personne) -> None:
    Etape.objects.filter(personne=personne, fermee_le__isnull=True).update(echeance=date(2030, 1, 1))


def vieille_etape_perdue(personne: Personne) -> None:
    Etape.objects.filter(personne=personne, fermee_le__isnull=False).first().delete()  # type: ignore[union-attr]


def etape_en_double(personne: Personne) -> None:
    etape = Etape.objects.filter(personne=personne, fermee_le__isnull=False).first()
    assert etape is not None
    etape.pk = None
    etape.save()


def echeance_perdue(personne: Personne) -> None:
    Echeance.objects.filter(personne=personne, fermee_le__isnull=True).first().delete()  # type: ignore[union-attr]


def echeance_fermee(personne: Personne) -> None:
    ouverte = Echeance.objects.filter(personne=personne, fermee_le__isnull=True).first()
    assert ouverte is not None
    ouverte.fermee_le, ouverte.fermee_par_id = date(2030, 1, 1), ouverte.evenement_id
    ouverte.save()


FAUTES = [
    (calcul, "situation"),
    (colonne(etat="sortie"), "situation"),
    (vieil_evenement, "situation"),
    (colonne(recu_le=date(2001, 1, 1)), "situation"),
    (colonne(voie="inconnue"), "situation"),
    (sans_situation, "situation absente"),
    (vieille_etape_designee, "étape désignée"),
    (etape_deplacee, "étapes et échéances"),
    (vieille_etape_perdue, "étapes et échéances"),
    (etape_en_double, "étapes et échéances"),
    (echeance_perdue, "étapes et échéances"),
    (echeance_fermee, "étapes et échéances"),
]


@pytest.mark.parametrize(("faute", "quoi"), FAUTES, ids=range(len(FAUTES)))
def test_whatever_is_touched_is_found_and_mended(
    vivante: Personne, faute: Callable[[Personne], None], quoi: str
) -> None:
    temoin, avant = f.personne(), tout(vivante)
    f.entree_sdd(temoin)
    assert reconstruire(verifier=True) == []
    faute(vivante)
    touchee = tout_ou_rien(vivante)
    assert reconstruire(verifier=True) == [Ecart(vivante.pk, quoi)]
    assert tout_ou_rien(vivante) == touchee
    assert reconstruire(verifier=False) == [Ecart(vivante.pk, quoi)]
    assert reconstruire(verifier=True) == []
    assert tout(vivante)[0] == avant[0]
    assert tout(vivante)[2] == avant[2]
    connection.check_constraints()


def tout_ou_rien(personne: Personne) -> object:
    return tout(personne) if Situation.objects.filter(personne=personne).exists() else None


def test_rows_of_somebody_without_any_event_are_found(vivante: Personne) -> None:
    """A situation that nothing tells of."""
    autre = f.personne()
    modele = Situation.objects.get(personne=vivante)
    modele.pk, modele.etape, modele.soumis = autre.pk, None, False
    modele.save(force_insert=True)
    assert reconstruire(verifier=True) == [Ecart(autre.pk, "situation")]
    reconstruire(verifier=False)
    assert reconstruire(verifier=True) == []


def test_as_many_statements_per_lot_whatever_the_number_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    def requetes(combien: int) -> int:
        for _ in range(combien):
            f.entree_sdd(f.personne())
        with CaptureQueriesContext(connection) as capture:
            assert reconstruire(verifier=True) == []
        return len(capture)

    par_lot = requetes(1)
    assert requetes(20) == par_lot
    monkeypatch.setattr(reconstruction, "LOT", 7)  # 21 people: three lots
    liste = 1
    assert requetes(0) == 3 * (par_lot - liste) + liste


def test_an_act_between_two_readings_is_not_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows are read after the events: somebody who acted meanwhile is read again before she is told of."""
    personne = f.personne()
    f.entree_sdd(personne)
    vraie, lectures = reconstruction._rejouer_lot, []

    def rejouer_puis_agir(ids: list[int]) -> object:
        rejeux = vraie(ids)
        if not lectures:
            sortie = NouvelEvenement(genre=E.FIN_SDD, personne_id=personne.pk)
            consigner(evenements=[sortie], par=f.systeme(), le=f.MAINTENANT + timedelta(days=1))
        lectures.append(ids)
        return rejeux

    monkeypatch.setattr(reconstruction, "_rejouer_lot", rejouer_puis_agir)
    assert reconstruire(verifier=True) == []
    assert len(lectures) == 2


@pytest.mark.django_db(transaction=True)
def test_several_processes_share_the_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconstruction, "LOT", 2)
    personnes = [f.personne() for _ in range(9)]
    for personne in personnes:
        f.entree_sdd(personne)
    assert reconstruire(verifier=True, processus=3) == []
    for touchee in (personnes[1], personnes[8]):
        etape_deplacee(touchee)
    ecarts = [Ecart(p.pk, "étapes et échéances") for p in (personnes[1], personnes[8])]
    assert reconstruire(verifier=True, processus=3) == ecarts
    assert reconstruire(verifier=False, processus=3) == ecarts
    assert reconstruire(verifier=True, processus=3) == []
    assert Evenement.objects.count() == 9
    with transaction.atomic():  # the caller's connection works again
        assert Personne.objects.count() == 9
