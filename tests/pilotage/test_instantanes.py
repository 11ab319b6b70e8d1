"""Published states: nothing moves them, their files are sealed, a late file changes only the next ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cordee.pilotage.calcul import calculer
from cordee.pilotage.carte import carte
from cordee.pilotage.instantanes.fichiers import InstantaneAbime
from cordee.pilotage.instantanes.selectors import (
    LignesEffacees,
    etat_des_fichiers,
    manifeste_de,
    sceau_de,
    valeurs_publiees,
)
from cordee.pilotage.instantanes.services import (
    InstantaneRefuse,
    effacer_les_lignes_echues,
    prendre,
    prendre_la_fin_du_mois,
)
from cordee.pilotage.models import Instantane, ValeurPubliee
from cordee.pilotage.selectors import indicateurs
from cordee.pilotage.services import rafraichir
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.conftest import flux  # noqa: F401 - a fixture
from tests.echanges.caf.scenes import CLOS, FLAG_A_ZERO, autre_personne, entete, importer
from tests.fabriques import MAINTENANT
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

AU = date(2025, 12, 31)
pytestmark = pytest.mark.usefixtures("quelques_indicateurs")


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
    rafraichir(le=MAINTENANT, mois_passes=0, dont=AU)
    publie = _prendre()
    avant = _publiees(publie)
    for _ in range(5):
        gens.soumise()
    rafraichir(le=MAINTENANT, mois_passes=0, dont=AU)
    nouveau = _prendre("Bilan 2025, revu")
    assert _publiees(publie) == avant
    assert (_soumises(publie), _soumises(nouveau)) == (7, 12)
    assert publie.sceau == sceau_de(publie) != nouveau.sceau


def test_its_rows_give_its_values_again(lac: Lac) -> None:
    """Any engine reads the state of that day: it says what was published, to the unit."""
    for _ in range(7):
        gens.soumise()
    rafraichir(le=MAINTENANT, mois_passes=0, dont=AU)
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
    rafraichir(le=MAINTENANT, mois_passes=0, dont=AU)
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
    rafraichir(le=MAINTENANT, mois_passes=0, dont=AU)
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
    rafraichir(le=MAINTENANT, mois_passes=0, dont=AU)
    _prendre()
    for libelle, au in (("  ", AU), ("Bilan  2025", AU), ("Avant", date(2020, 1, 1)), ("Demain", date(2027, 1, 1))):
        with pytest.raises(InstantaneRefuse):
            _prendre(libelle, au)
    assert len(list((lac.dossier.parent).rglob("instantanes/*"))) == 1


# Months, one by one ----------------------------------------------------------------------------------------
def test_each_month_is_kept_once_when_its_photo_is_complete(lac: Lac) -> None:
    """Before a file has shown a later month whole, there is nothing to keep; then once, whatever runs again."""
    du_mois = partial(prendre_la_fin_du_mois, par=f.systeme(), le=MAINTENANT)
    assert du_mois() is None
    gens.soumise(depuis=AU)
    rafraichir(le=MAINTENANT)
    pris = du_mois()
    assert pris is not None
    assert (pris.au, pris.genre, pris.libelle) == (AU, "fin_de_mois", "Fin de mois, 31 décembre 2025")
    assert du_mois() is None
    gens.soumise(depuis=date(2026, 1, 31))
    rafraichir(le=MAINTENANT, mois_passes=0)
    assert du_mois() is None, "its figures are not up to date"
    rafraichir(le=MAINTENANT)
    suivant = du_mois()
    assert suivant is not None
    assert suivant.au == date(2026, 1, 31)


def test_rows_go_after_their_time_and_values_stay(lac: Lac) -> None:
    gens.soumise()
    rafraichir(le=MAINTENANT, mois_passes=0, dont=AU)
    publie = _prendre()
    dossier = manifeste_de(publie).racine()
    assert effacer_les_lignes_echues(le=MAINTENANT + timedelta(days=5 * 365 - 60)) == 0
    assert dossier.exists()
    fin = MAINTENANT + timedelta(days=5 * 366 + 40)
    assert effacer_les_lignes_echues(le=fin) == 1
    publie.refresh_from_db()
    assert not dossier.exists()
    with pytest.raises(LignesEffacees, match="Bilan 2025"):
        manifeste_de(publie)
    assert _publiees(publie)
    assert etat_des_fichiers(publie) == "effacés"


# Read as figures ----------------------------------------------------------------------------------------
def test_figures_of_a_published_state_hide_what_is_small(lac: Lac) -> None:
    petite = f.commune("94056", "Périgny")
    for _ in range(12):
        gens.soumise()
    for _ in range(3):
        gens.soumise(commune=petite)
    rafraichir(le=MAINTENANT, mois_passes=0, dont=AU)
    publie = _prendre()
    for _ in range(20):
        gens.soumise(commune=petite)
    rafraichir(le=MAINTENANT, mois_passes=0, dont=AU)
    (departement,) = indicateurs(pour=f.agent("pilotage"), codes=["personnes_sdd"], instantane=publie)
    (cachee,) = indicateurs(pour=None, codes=["personnes_sdd"], territoire="94056", instantane=publie)
    assert (departement.valeur, departement.au) == (15, AU)
    assert (cachee.valeur, cachee.secret is not None) == (None, True)
    (actuelle,) = indicateurs(pour=None, codes=["personnes_sdd"], territoire="94056", au=AU)
    assert actuelle.valeur == 23


# A late file, through the door ----------------------------------------------------------------------------------------
def test_a_late_file_moves_only_the_states_to_come(lac: Lac, flux: Flux) -> None:  # noqa: F811
    """Months come in disorder through the real import: the one published before does not move by one unit."""
    le = MAINTENANT.replace(month=6)
    au = date(2026, 2, 28)
    huit = [foyer(f"{n:011d}", *autre_personne(n)) for n in range(1, 9)]
    sans_drapeau = [foyer(f"{n:011d}", *autre_personne(n), FLAG_A_ZERO) for n in range(1, 4)]
    _charger(flux(*huit, entete=entete(au), nom="fevrier.xml"))
    rafraichir(le=le, mois_passes=0, dont=au)
    publie = _prendre("Février", au)
    avant, sceau = _publiees(publie), publie.sceau
    assert _soumises(publie) == 8
    clos = [foyer(f"{n:011d}", *autre_personne(n), CLOS) for n in range(1, 9)]
    _charger(flux(*sans_drapeau, *huit[3:], entete=entete(date(2026, 1, 31)), nom="janvier.xml"))
    corrige = [foyer(f"{n:011d}", *autre_personne(n), FLAG_A_ZERO) for n in range(1, 3)]
    _charger(flux(*corrige, *huit[2:], entete=entete(au, cree=datetime(2026, 3, 9, 2)), nom="fevrier-bis.xml"))  # noqa: DTZ001
    _charger(flux(*clos, entete=entete(date(2026, 3, 31)), nom="mars.xml"))
    rafraichir(le=le, mois_passes=0, dont=au)
    nouveau = _prendre("Février, revu", au)
    assert _publiees(publie) == avant
    assert sceau_de(publie) == sceau
    assert etat_des_fichiers(publie) == "intacts"
    assert (_soumises(nouveau), _publiees(nouveau) != avant) == (6, True)
    assert manifeste_de(publie).lignes("droits_personnes") < manifeste_de(nouveau).lignes("droits_personnes")


def _charger(chemin: Path) -> None:
    assert importer(chemin, confirmer=True) is not None
