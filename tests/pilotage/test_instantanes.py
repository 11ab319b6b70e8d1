"""Published states: nothing moves them, their files are sealed, a late file changes only the next ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cordee.pilotage.calcul import calculer
from cordee.pilotage.carte import carte
from cordee.pilotage.instantanes.fichiers import InstantaneAbime
from cordee.pilotage.instantanes.selectors import manifeste_de, sceau_de, valeurs_publiees
from cordee.pilotage.instantanes.services import InstantaneRefuse, prendre
from cordee.pilotage.models import Instantane, ValeurPubliee
from cordee.pilotage.services import rafraichir
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

AU = date(2025, 12, 31)


def _prendre(libelle: str = "Bilan 2025", au: date = AU, **champs: Any) -> Instantane:
    return prendre(libelle=libelle, au=au, par=f.systeme(), le=MAINTENANT, **champs)


def _publiees(instantane: Instantane) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {
        (v.code, v.territoire): (v.valeur, v.numerateur, v.denominateur, v.inconnu, v.secret_interne)
        for v in valeurs_publiees(instantane)
    }


def _soumises(instantane: Instantane) -> float | None:
    return valeurs_publiees(instantane, codes=["personnes_sdd"], territoires=["94"]).get().valeur


def test_a_published_state_never_moves_a_new_one_does(lac: Lac) -> None:
    for _ in range(7):
        gens.soumise()
    rafraichir(le=MAINTENANT)
    publie = _prendre()
    avant = _publiees(publie)
    for _ in range(5):
        gens.soumise()
    rafraichir(le=MAINTENANT)
    nouveau = _prendre("Bilan 2025, revu")
    assert _publiees(publie) == avant
    assert (_soumises(publie), _soumises(nouveau)) == (7, 12)
    assert publie.sceau == sceau_de(publie) != nouveau.sceau


def test_its_rows_give_its_values_again(lac: Lac) -> None:
    """Any engine reads the state of that day: it says what was published, to the unit."""
    for _ in range(7):
        gens.soumise()
    rafraichir(le=MAINTENANT)
    publie = _prendre()
    for _ in range(5):
        gens.soumise()
    rafraichir(le=MAINTENANT, complet=True)
    relues = {
        (c.code, c.territoire): (c.valeur, c.numerateur, c.denominateur, c.inconnu, c.secret_interne)
        for lot in calculer(manifeste_de(publie), [AU], carte=carte())
        for c in lot
    }
    assert relues == _publiees(publie)


def test_the_database_refuses_to_change_what_was_published(lac: Lac) -> None:
    gens.soumise()
    rafraichir(le=MAINTENANT)
    publie = _prendre()
    for changer in (
        lambda: ValeurPubliee.objects.filter(instantane=publie).update(valeur=1),
        lambda: ValeurPubliee.objects.filter(instantane=publie).delete(),
        lambda: Instantane.objects.filter(pk=publie.pk).update(au=date(2024, 1, 1)),
        lambda: Instantane.objects.filter(pk=publie.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="ne change pas"), transaction.atomic():
            changer()


def test_a_damaged_file_is_said_and_the_values_stay(lac: Lac) -> None:
    gens.soumise()
    rafraichir(le=MAINTENANT)
    publie = _prendre()
    fichier = manifeste_de(publie).racine() / manifeste_de(publie).fichiers("personnes")[0]
    contenu = bytearray(fichier.read_bytes())
    contenu[len(contenu) // 2] ^= 1
    fichier.write_bytes(bytes(contenu))
    with pytest.raises(InstantaneAbime, match="1 fichier"):
        manifeste_de(publie)
    assert _publiees(publie)
    fichier.unlink()
    with pytest.raises(InstantaneAbime, match="Bilan 2025"):
        manifeste_de(publie)


def test_what_cannot_be_taken(lac: Lac) -> None:
    with pytest.raises(InstantaneRefuse, match="pas encore"):
        _prendre()
    gens.soumise()
    rafraichir(le=MAINTENANT)
    _prendre()
    for libelle, au in (("  ", AU), ("Bilan  2025", AU), ("Avant", date(2020, 1, 1)), ("Demain", date(2027, 1, 1))):
        with pytest.raises(InstantaneRefuse):
            _prendre(libelle, au)
    assert len(list((lac.dossier.parent).rglob("instantanes/*"))) == 1
