"""Who came, who came back, who left."""

from __future__ import annotations

from datetime import date
from random import Random

from cordee.metier.personnes.models import DroitFoyer, DroitPersonne
from tests.pilotage import gens
from tests.pilotage.conftest import Lac


def _pause(personne, sortie: date, retour: date) -> None:  # type: ignore[no-untyped-def]
    """She is not subject from one day to another."""
    droit = DroitPersonne.objects.get(personne=personne)
    droit.fin = sortie
    droit.save()
    DroitPersonne.objects.create(personne=personne, foyer=droit.foyer, sdd=True, debut=retour)


def test_entrants_returns_exits(lac: Lac) -> None:
    """Between two photos; a return within twelve months is told apart (E16)."""
    gens.soumise()
    revient, lointaine = gens.soumise(), gens.soumise()
    _pause(revient, date(2022, 6, 30), date(2023, 5, 31))
    _pause(lointaine, date(2022, 3, 31), date(2023, 5, 31))
    part = gens.soumise(fin=date(2023, 5, 31))
    entre = gens.soumise(depuis=date(2023, 5, 31))
    mai = date(2023, 5, 31)
    assert lac.qui("entrants", mai) == {entre.pk, lointaine.pk}
    assert lac.qui("retours", mai) == {revient.pk}
    assert lac.qui("sorties", mai) == {part.pk}
    assert lac.mesure("sorties", date(2022, 6, 30))[0] == 1


def test_in_the_middle_of_a_month_the_last_month_shown_by_a_file_counts(lac: Lac) -> None:
    entre = gens.soumise(depuis=date(2026, 1, 31))
    gens.soumise()
    assert lac.qui("entrants") == {entre.pk}  # 17 February 2026: the file of January is the last
    par_quotidien = gens.soumise(depuis=date(2026, 2, 12))
    assert lac.qui("entrants") == {entre.pk, par_quotidien.pk}


def test_the_stock_is_what_came_less_what_left(lac: Lac) -> None:
    """Before + entrants + returns - exits = after, month after month, whatever people do."""
    alea = Random(7)  # noqa: S311 - lives, not secrets
    mois = [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31), date(2022, 4, 30)]
    for _ in range(40):
        jours = sorted(alea.sample([gens.DEBUT, *mois], k=alea.choice((1, 2, 3))))
        personne = gens.soumise(depuis=jours[0])
        if len(jours) > 1:
            DroitFoyer.objects.filter(foyer__appartenances__personne=personne).update(fin=None)
            droit = DroitPersonne.objects.get(personne=personne)
            droit.fin = jours[1]
            droit.save()
        if len(jours) > 2:
            DroitPersonne.objects.create(personne=personne, foyer=droit.foyer, sdd=True, debut=jours[2])
    avant = lac.mesure("personnes_sdd", gens.DEBUT)[0]
    for jour in mois:
        entrants, retours, sorties = (lac.mesure(c, jour)[0] or 0 for c in ("entrants", "retours", "sorties"))
        avant += entrants + retours - sorties
        assert lac.mesure("personnes_sdd", jour)[0] == avant, jour
