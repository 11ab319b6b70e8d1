"""Who is followed, from which day, with what outcome: read from the lake."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from cordee.metier.personnes.enums import RoleFoyer, Sexe
from cordee.metier.personnes.models import DroitPersonne, OuvertureDroit, Personne
from cordee.pilotage.evaluation.moteurs import donnees
from cordee.pilotage.evaluation.moteurs.principal import evaluer
from cordee.pilotage.evaluation.services import participants, registre
from cordee.pilotage.lac import pseudonymes
from cordee.pilotage.models import Experience
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.conftest import Lac
from tests.pilotage.evaluation.conftest import protocole

pytestmark = pytest.mark.django_db
ENTREE = date(2025, 1, 31)
SALAIRE = {"Activite": [{"ACT": "SAL", "NATCONTRTRA": "CDD"}]}
SANS = {"Activite": [{"ACT": "ANP"}]}


def entrer(
    *, le: date = ENTREE, commune: str = "94028", detail: dict[str, Any] | None = None, **champs: Any
) -> Personne:
    """A new request, its first file on that day."""
    nouvelle = gens.soumise(
        depuis=le, commune=f.commune(commune, f"Commune {commune}"), demande_le=le.replace(day=5), **champs
    )
    DroitPersonne.objects.filter(personne=nouvelle).update(detail=SANS if detail is None else detail)
    return nouvelle


def devient(personne: Personne, le: date, detail: dict[str, Any]) -> None:
    """Her file says something else from that day on."""
    ancien = DroitPersonne.objects.get(personne=personne, fin=None)
    DroitPersonne.objects.filter(pk=ancien.pk).update(fin=le)
    DroitPersonne.objects.create(personne=personne, foyer_id=ancien.foyer_id, sdd=True, debut=le, detail=detail)


@pytest.fixture
def monde(lac: Lac) -> dict[str, Personne]:
    """The stock of the first file, then entries of January 2025; the last file is of 2026-02."""
    gens.soumise()
    gens.soumise(depuis=date(2026, 2, 28))
    gens_ = {
        "sans": entrer(), "trouve": entrer(sexe=Sexe.FEMME), "perdu": entrer(), "deja": entrer(detail=SALAIRE),
        "ailleurs": entrer(commune="94080"), "inconnue": entrer(detail={}),
        "morte": entrer(deces_le=date(2025, 3, 2)), "recente": entrer(le=date(2025, 12, 31)),
    }  # fmt: skip
    devient(gens_["trouve"], date(2025, 7, 31), SALAIRE)
    devient(gens_["perdu"], date(2025, 3, 31), SALAIRE)
    devient(gens_["perdu"], date(2025, 6, 30), SANS)
    foyer = DroitPersonne.objects.get(personne=gens_["sans"], fin=None).foyer
    conjoint = f.personne(foyer=foyer, role=RoleFoyer.CJT, depuis=date(2025, 4, 30))
    DroitPersonne.objects.create(personne=conjoint, foyer=foyer, sdd=True, debut=date(2025, 4, 30), detail=SANS)
    OuvertureDroit.objects.create(personne=conjoint, foyer=foyer, demande_le=date(2025, 1, 5),
                                  transmise_le=date(2025, 5, 5), recue_le=date(2025, 5, 6))  # fmt: skip
    retour = entrer()
    OuvertureDroit.objects.filter(personne=retour).update(retour=True)
    return gens_


def lire(lac: Lac, **autres: Any) -> donnees.Donnees:
    p = protocole(**{"entrees_du": "2022-01-01", "debut": "2024-03-01", "fin": "2025-12-31"} | autres)
    return donnees.lire(lac.manifeste, p, experience=0)


def test_entries_by_a_new_request_and_nobody_else(lac: Lac, monde: dict[str, Personne]) -> None:
    """Neither the stock, nor a return, nor a spouse who comes; the too recent and the dead are counted apart."""
    d = lire(lac)
    assert (len(d), d.trop_recentes, d.decedees) == (6, 1, 1)
    assert set(d.jour.astype(str)) == {"2025-01-31"}
    assert sorted(d.unite.tolist()) == ["94028"] * 5 + ["94080"]


def test_activity_six_months_after_is_what_her_last_file_said(lac: Lac, monde: dict[str, Personne]) -> None:
    """At the end of the sixth month: a job found stays, a job lost is none, nothing sent is unknown."""
    d = lire(lac)
    y, emploi = d.mesures["activite_6_mois"], d.mesures["emploi_6_mois"]
    assert (int(np.nansum(y)), int(np.isnan(y).sum())) == (2, 1)  # « trouve » and « deja »; « inconnue »
    assert (int(np.nansum(emploi)), int(np.isnan(emploi).sum())) == (2, 2)  # « trouve », « perdu »; « deja » had one
    assert int(np.nansum(d.mesures["temoin_activite"])) == 1
    assert int(d.mesures["temoin_femme"].sum()) >= 1


def test_people_inscribed_are_followed_beside_their_like(lac: Lac, monde: dict[str, Personne]) -> None:
    """Those of the same period of requests only: the stock of the first file is no witness."""
    par = f.systeme()
    le = datetime(2024, 12, 1, 10, tzinfo=UTC)
    p = protocole(devis="personnes", traites=(), entrees_du="2025-01-31", debut="2025-01-31", fin="2025-06-30",
                  covariables=("age", "femme"))  # fmt: skip
    e: Experience = registre.ecrire_brouillon(titre="Suivies", hypothese="H", protocole=p, par=par, le=le)
    registre.enregistrer(experience=e, par=par, le=le)
    participants.inscrire(experience=e, personnes=[(monde["trouve"].pk, ENTREE)], par=par, le=le, origine="liste")
    d = donnees.lire(lac.manifeste, p, experience=e.pk)
    assert int(d.traitee.sum()) == 1
    assert 4 <= len(d) <= 8
    r = evaluer(lac.manifeste, {"protocole": p.en_json(), "experience": e.pk})
    assert (r["estimation"], r["conclusion"]["verdict"]) == (None, "impossible")
    assert r["trop_petit"]
    assert pseudonymes.pseudonymes_de([monde["trouve"].pk])[monde["trouve"].pk] not in str(r).split()


def test_an_empty_window_is_said_in_words(lac: Lac, monde: dict[str, Personne]) -> None:
    with pytest.raises(donnees.DonneesAbsentes, match="Personne n'entre"):
        lire(lac, entrees_du="2023-01-01", debut="2023-02-01", fin="2023-03-01")


def test_contracts_and_first_meetings(lac: Lac, monde: dict[str, Personne]) -> None:
    eds = f.structure("S1")
    gens.contrat(monde["sans"], eds, date(2025, 2, 20))
    gens.contrat(monde["perdu"], eds, date(2025, 4, 20))
    gens.rendez_vous(monde["sans"], eds, date(2025, 2, 10), "absent")
    gens.rendez_vous(monde["sans"], eds, date(2025, 2, 18), "honore")
    gens.rendez_vous(monde["perdu"], eds, date(2025, 2, 10), "honore")
    d = lire(lac)
    assert int(d.mesures["contrat_30_jours"].sum()) == 1
    assert int(d.accompagnee.sum()) == 2
    absents = d.mesures["absence_premier"]
    assert (int(np.nansum(absents)), int((~np.isnan(absents)).sum())) == (1, 2)
