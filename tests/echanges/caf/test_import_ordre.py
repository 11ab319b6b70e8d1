"""Files in any order: the last word is the one of the latest date, and history falls into place (E01)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from django.db import transaction

from cordee.echanges.fichiers.models import Portee
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.models import Adresse, Appartenance, DroitFoyer, DroitPersonne, Foyer, Personne
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import (
    AILLEURS,
    CONJOINT,
    FEVRIER,
    FLAG_A_ZERO,
    JANVIER,
    MARS,
    autre_personne,
    avec,
    clos,
    entete,
    genres,
    importer,
    quotidien,
    suspendu,
)

pytestmark = pytest.mark.django_db
DIX_FEVRIER = date(2026, 2, 10)
AUTRE = foyer("00000099999", *autre_personne(9))


def chronologies() -> dict[str, list[tuple[object, ...]]]:
    """Every dated row, whatever files wrote it."""
    return {
        "foyers": sorted(DroitFoyer.objects.values_list("foyer__numdemrsa", "etat", "motif", "debut", "fin"), key=str),
        "personnes": sorted(DroitPersonne.objects.values_list("personne__nom", "sdd", "debut", "fin"), key=str),
        "adresses": sorted(Adresse.objects.values_list("foyer__numdemrsa", "voie", "debut", "fin"), key=str),
        "etats": sorted(Foyer.objects.values_list("numdemrsa", "presence", "absences", "reference_le"), key=str),
    }


@pytest.fixture
def quatre(flux: Flux) -> list[Path]:
    """January, a daily of 10 February, February, March: the right, the flag and the address change each time."""
    return [
        flux(foyer(), AUTRE, entete=entete(JANVIER), nom="j.xml"),
        flux(foyer("00000010094", AILLEURS, *suspendu("06")), entete=quotidien(DIX_FEVRIER), nom="q.xml"),
        flux(foyer("00000010094", FLAG_A_ZERO), AUTRE, entete=entete(FEVRIER), nom="f.xml"),
        flux(foyer("00000010094", AILLEURS), AUTRE, entete=entete(MARS), nom="m.xml"),
    ]


def test_any_order_gives_the_same_rows(quatre: list[Path]) -> None:
    resultats = []
    for ordre in list(permutations(range(4)))[::2]:  # each file first, last and anywhere; the random plans do the rest
        with transaction.atomic():
            for rang in ordre:
                importer(quatre[rang], confirmer=True)
            resultats.append((ordre, chronologies()))
            assert not reconstruire(verifier=True)
            assert Personne.objects.count() == 2
            transaction.set_rollback(True)
    attendu = resultats[0][1]
    assert [ligne[1:] for ligne in attendu["foyers"] if ligne[0] == "00000010094"] == [
        ("2", "", JANVIER, DIX_FEVRIER),
        ("2", "", FEVRIER, None),
        ("4", "06", DIX_FEVRIER, FEVRIER),
    ]
    for ordre, rangees in resultats:
        assert rangees == attendu, ordre


def test_an_older_monthly_completes_history_only(flux: Flux) -> None:
    importer(flux(foyer(), entete=entete(FEVRIER), nom="f.xml"))
    rapport = importer(flux(foyer("00000010094", *clos("ECH")), entete=entete(JANVIER), nom="j.xml"))
    assert (rapport.statut, rapport.portee) == ("charge", Portee.HISTORIQUE)
    assert genres() == ["entree_sdd"]
    assert list(DroitFoyer.objects.order_by("debut").values_list("etat", "debut", "fin")) == [
        ("5", JANVIER, FEVRIER),
        ("2", FEVRIER, None),
    ]
    assert any("complète que l'historique" in phrase for phrase in rapport.phrases)


def test_someone_known_by_history_only_has_no_path(flux: Flux) -> None:
    """Her right is kept as last known and she is absent since: what loading the files in order would have said."""
    importer(flux(AUTRE, entete=entete(FEVRIER), nom="f.xml"))
    importer(flux(AUTRE, foyer(), entete=entete(JANVIER), nom="j.xml"))
    nora = Personne.objects.get(prenom="NORA")
    assert genres(nora) == []
    droit = DroitPersonne.objects.get(personne=nora)
    assert (droit.debut, droit.fin, droit.foyer.presence) == (JANVIER, None, "non_transmis")
    assert Appartenance.objects.get(personne=nora).fin is None


def test_a_daily_later_than_the_monthly_stands(flux: Flux) -> None:
    """A monthly is made five days after its reference date: dailies of those days are already in (E01)."""
    lendemain = JANVIER + timedelta(days=2)
    importer(flux(foyer("00000010094", AILLEURS), entete=quotidien(lendemain), nom="q.xml"))
    rapport = importer(flux(foyer(), AUTRE, entete=entete(JANVIER), nom="j.xml"))
    assert (rapport.portee, rapport.nouveaux_entrants) == (Portee.COURANT, 1)
    assert Adresse.objects.get(foyer__numdemrsa="00000010094", fin=None).voie == "DES CIMES"
    assert genres() == ["entree_sdd", "entree_sdd"]
    assert Foyer.objects.get(numdemrsa="00000010094").presence == "transmis"


def test_a_daily_says_nothing_of_the_others(flux: Flux) -> None:
    importer(flux(foyer(), AUTRE, entete=entete(JANVIER), nom="j.xml"))
    rapport = importer(flux(AUTRE, entete=quotidien(DIX_FEVRIER), nom="q.xml"))
    assert (rapport.type, rapport.non_transmis) == ("beneficiaires_quotidien", 0)
    assert Foyer.objects.filter(presence="transmis").count() == 2


def test_an_older_version_of_a_month_comes_too_late(flux: Flux) -> None:
    corrige = entete(JANVIER).replace("<HEUCREAFLUX>01", "<HEUCREAFLUX>07")
    importer(flux(foyer(), entete=corrige, nom="v2.xml"))
    rapport = importer(flux(foyer("00000010094", AILLEURS), entete=entete(JANVIER), nom="v1.xml"))
    assert rapport.portee == Portee.HISTORIQUE
    assert list(Adresse.objects.values_list("voie", "fin")) == [("DU PITON", None)]


def test_a_member_of_the_past_enters_history(flux: Flux) -> None:
    importer(flux(foyer(), entete=entete(MARS), nom="m.xml"))
    importer(flux(foyer("00000010094", avec(CONJOINT)), entete=entete(JANVIER), nom="j.xml"))
    ilyas = Personne.objects.get(prenom="ILYAS")
    appartenance = Appartenance.objects.get(personne=ilyas)
    assert (appartenance.role, appartenance.debut, appartenance.fin) == ("cjt", date(2023, 2, 14), MARS)
    assert genres(ilyas) == []
