"""Studies: asked for, computed by the worker, kept with their date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cordee.pilotage.enums import EtatEtude
from cordee.pilotage.etudes import registre, services
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.models import Etude
from cordee.socle.erreurs import ErreurMetier

pytestmark = pytest.mark.django_db
LE = datetime(2026, 3, 2, 9, tzinfo=UTC)
MANIFESTE = Manifeste("v1", "b", "s", LE.date(), LE, 0, None, None)


def doubler(manifeste: Manifeste, parametres: Mapping[str, Any]) -> dict[str, Any]:
    if parametres.get("casse"):
        raise RuntimeError("non")
    if parametres["n"] < 0:
        raise ErreurMetier("Choisissez un nombre positif.")
    return {"n": parametres["n"] * 2, "lac": manifeste.version}


@pytest.fixture(autouse=True)
def _genre(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registre.GENRES, "double", registre.Genre("double", f"{__name__}:doubler"))
    monkeypatch.setattr(registre, "moteur_de", lambda genre: doubler)
    monkeypatch.setattr(services, "moteur_de", lambda genre: doubler)
    monkeypatch.setattr(services, "lire_manifeste", lambda: MANIFESTE)


def _demander(le: datetime = LE, **parametres: Any) -> Etude:
    return services.demander(genre="double", parametres=parametres, par=None, le=le)


def _calculer(le: datetime = LE) -> int:
    return services.calculer_en_attente(maintenant=lambda: le)


def test_one_question_is_computed_once() -> None:
    etude = _demander(n=2, lieu="94028")
    assert _demander(lieu="94028", n=2).pk == etude.pk
    assert (_calculer(), _calculer()) == (1, 0)
    etude.refresh_from_db()
    assert (etude.etat, etude.resultat, etude.version_lac) == (EtatEtude.CALCULEE, {"n": 4, "lac": "v1"}, "v1")
    assert _demander(n=2, lieu="94028", le=LE + timedelta(hours=3)).etat == EtatEtude.CALCULEE


def test_the_answer_of_before_stays_while_it_is_computed_again() -> None:
    _demander(n=2)
    _calculer()
    etude = _demander(n=2, le=LE + timedelta(days=2))
    assert (etude.etat, etude.resultat) == (EtatEtude.EN_ATTENTE, {"n": 4, "lac": "v1"})


@pytest.mark.parametrize(
    ("parametres", "phrase"),
    [({"n": -1}, "Choisissez un nombre positif."), ({"n": 1, "casse": True}, "Le calcul s'est interrompu")],
)
def test_what_goes_wrong_is_said_and_can_be_tried_again(parametres: dict[str, Any], phrase: str) -> None:
    _demander(**parametres)
    assert _calculer() == 1
    etude = _demander(**parametres, le=LE + timedelta(seconds=10))
    assert (etude.etat, etude.resultat) == (EtatEtude.ECHOUEE, None)
    assert etude.erreur.startswith(phrase)
    assert _demander(**parametres, le=LE + timedelta(minutes=5)).etat == EtatEtude.EN_ATTENTE


def test_what_nobody_opens_is_forgotten() -> None:
    _demander(n=2)
    _calculer()
    assert services.purger(le=LE + timedelta(days=30)) == 0
    assert services.purger(le=LE + timedelta(days=91)) == 1
