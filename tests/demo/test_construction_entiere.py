"""``construire``: the same demonstration whatever the number of processes; unfinished, it says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections

from cordee.configuration.commandes.installer import installer
from cordee.demo import construction
from cordee.demo.construction import DemonstrationImpossible, construire, existe_deja
from cordee.demo.histoire import chantier as histoire
from cordee.demo.histoire.travail import partager
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.selectors import verifier_parcours
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.models import Contact, Personne
from cordee.socle.horloge import PARIS, jour

LE = datetime(2024, 2, 21, 9, tzinfo=PARIS)
PERSONNES = 60
TABLES = (
    "personnes_personne", "personnes_foyer", "personnes_appartenance", "personnes_droitfoyer",
    "personnes_droitpersonne", "personnes_adresse", "personnes_ouverturedroit", "personnes_rattachement",
    "personnes_representant",
    "personnes_contact", "parcours_evenement", "parcours_etape", "parcours_echeance", "parcours_situation",
    "orientation_orientation", "orientation_diagnostic", "contrats_contrat", "contrats_engagement",
    "rendezvous_rendezvous", "suivi_contactsuivi", "suivi_informationpartenaire", "devoirs_mesuredecidee",
)  # fmt: skip
_SANS_HASARD = "ARRAY['acte', 'transaction_id']"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def departement_vide(settings: Any, tmp_path: Any, transactional_db: None) -> Iterator[None]:
    settings.CORDEE_HOME = tmp_path
    installer(departement="94", le=LE)
    yield
    connections.close_all()


def image() -> dict[str, set[str]]:
    vue = {}
    with connection.cursor() as curseur:
        for table in TABLES:
            curseur.execute(f"SELECT (to_jsonb(t) - {_SANS_HASARD})::text FROM {table} t")
            vue[table] = {ligne for (ligne,) in curseur.fetchall()}
    return vue


def recommencer() -> None:
    """An empty département, its sequences at their start."""
    connections.close_all()
    call_command("flush", verbosity=0, interactive=False)
    installer(departement="94", le=LE)


def test_one_process_or_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histoire, "DYNASTIES_PAR_LOT", 40)
    recommencer()
    bilan = construire(personnes=PERSONNES, graine=3, le=LE, a=1)
    seul = image()
    assert bilan.personnes == Personne.objects.count()
    assert bilan.evenements > 500
    verifier()
    recommencer()
    construire(personnes=PERSONNES, graine=3, le=LE, a=2)
    for table, lignes in image().items():
        assert lignes == seul[table], table


def verifier() -> None:
    """What opens in the morning: a month of files, nobody forgotten, nothing that the events do not tell."""
    assert verifier_parcours(jour(LE))["sans_etape"] == 0
    assert not reconstruire(verifier=True)
    recus = FichierRecu.objects.filter(recu_le__month=LE.month, recu_le__year=LE.year)
    mensuel = recus.get(type=TypeFichier.BENEFICIAIRES_MENSUEL)
    assert (mensuel.statut, len(mensuel.rapport["rejets"])) == (StatutFichier.CHARGE, 3)
    assert Contact.objects.exists()
    assert not recus.filter(organisme__code="MSA940").exists()  # late
    assert recus.filter(type=TypeFichier.BENEFICIAIRES_QUOTIDIEN, statut=StatutFichier.RECU).count() == 1
    assert Evenement.objects.filter(enregistre_le__gt=LE).count() == 0


def test_an_interrupted_building_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    retablir, ecartes = histoire.retablir, []

    def interrompu(ce_qui_manque: Any, **_: Any) -> Any:
        ecartes.append(ce_qui_manque)
        raise KeyboardInterrupt

    monkeypatch.setattr(histoire, "retablir", interrompu)
    try:
        with pytest.raises(KeyboardInterrupt):
            construire(personnes=20, graine=3, le=LE, a=1)
        with pytest.raises(DemonstrationImpossible, match="make reset"):
            existe_deja()
    finally:  # the next test finds the database whole
        retablir(ecartes[0], connexions=1)
        with connection.cursor() as curseur:
            curseur.execute("DROP TABLE demo_chantier")


def test_it_is_built_once() -> None:
    construire(personnes=20, graine=3, le=LE, a=1)
    with pytest.raises(DemonstrationImpossible, match="déjà des personnes"):
        construire(personnes=20, graine=3, le=LE, a=1)


def test_a_fault_in_a_process_is_a_fault_here() -> None:
    def tache(lot: int) -> int:
        if lot == 3:
            raise DemonstrationImpossible("Le lot 3.")
        return lot * lot

    assert list(partager(lambda lot: lot * lot, lots=5, a=2)) == [0, 1, 4, 9, 16]
    with pytest.raises(DemonstrationImpossible, match="lot 3"):
        list(partager(tache, lots=5, a=2))


@pytest.mark.parametrize(
    ("aujourdhui", "recu"), [("2026-11-22", "2026-11-06"), ("2026-11-06", "2026-11-06"), ("2026-03-05", "2026-02-06")]
)
def test_the_last_monthly_file(aujourdhui: str, recu: str) -> None:
    jour_dit = datetime.fromisoformat(aujourdhui).date()
    assert construction.derniere_reception(jour_dit).isoformat() == recu
