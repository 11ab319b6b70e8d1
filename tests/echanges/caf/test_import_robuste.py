"""Killed, run again, run twice at once, watched while it works: real connections, real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection, transaction

from cordee.echanges.caf import deroulement
from cordee.echanges.caf.services import charger, recevoir
from cordee.echanges.fichiers.avancement import Avancement
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.models import Foyer, Personne
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import AILLEURS, CLOS, FEVRIER, JANVIER, autre_personne, entete, importer

pytestmark = pytest.mark.django_db(transaction=True)

# A process that dies, as by kill -9, at a moment chosen by its argument: a function of the import and how many calls.
_MOURIR = """
import importlib, os, signal, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from tests.echanges.caf.scenes import importer
module, nom = sys.argv[3].rsplit(".", 1)
try:
    module = importlib.import_module(module)
except ModuleNotFoundError:
    chemin, classe = module.rsplit(".", 1)
    module = getattr(importlib.import_module(chemin), classe)
vraie = getattr(module, nom)
def mourir(*a, **k):
    if sys.argv[4] == "apres":
        vraie(*a, **k)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(module, nom, mourir)
importer(Path(sys.argv[2]))
"""


def tuer(chemin: Path, fonction: str, quand: str) -> None:
    env = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
        "DJANGO_SETTINGS_MODULE": "cordee.configuration.settings_tests",
    }
    nom = connection.settings_dict["NAME"]
    fini = subprocess.run(
        [sys.executable, "-c", _MOURIR, nom, str(chemin), fonction, quand], env=env, check=False, capture_output=True
    )
    assert fini.returncode == -signal.SIGKILL, fini.stderr.decode()


@pytest.mark.parametrize(
    ("fonction", "quand"),
    [
        ("cordee.echanges.caf.transit.raccourcir", "apres"),
        ("cordee.echanges.caf.fusion.fusionner_personnes", "apres"),
        ("cordee.echanges.caf.deroulement.consigner_en_masse", "apres"),
        ("cordee.echanges.caf.services.oublier_copie", "avant"),
    ],
    ids=["while reading", "persons written", "events written", "all done but the copy"],
)
def test_killed_then_run_again_is_as_if_nothing_had_happened(flux: Flux, fonction: str, quand: str) -> None:
    f.systeme()
    chemin = flux(foyer(), foyer("00000010095", *autre_personne(1)))
    tuer(chemin, fonction, quand)
    fini = quand == "avant"
    assert Personne.objects.count() == Foyer.objects.count() == Evenement.objects.count() == (2 if fini else 0)
    assert FichierRecu.objects.get().statut == (StatutFichier.CHARGE if fini else StatutFichier.EN_COURS)
    rapport = importer(chemin)
    assert (rapport.statut, rapport.deja_recu, rapport.nouveaux_entrants) == ("charge", fini, 2)
    assert Personne.objects.count() == Evenement.objects.count() == 2
    assert not reconstruire(verifier=True)


def rangees() -> dict[str, list[str]]:
    """Every row of every table that an import writes, without the numbers and the hours of one run."""
    tables = ("personnes_personne", "personnes_foyer", "personnes_appartenance", "personnes_identifiant",
              "personnes_droitfoyer", "personnes_droitpersonne", "personnes_adresse", "personnes_ouverturedroit",
              "personnes_rattachement", "personnes_arbitrage", "parcours_evenement", "parcours_etape",
              "parcours_echeance", "parcours_situation", "fichiers_fichierrecu", "fichiers_elementrejete")  # fmt: skip
    d_une_execution = (
        "id", "personne_id", "foyer_id", "fichier_id", "evenement_id", "etape_id", "objet_id", "acte", "fermee_par_id",
        "dernier_evenement", "calcul", "transaction_id", "valeur_chiffree", "bloc_chiffre", "rapport", "precedent_id",
    )  # fmt: skip
    contenu = {}
    with connection.cursor() as curseur:
        for table in tables:
            curseur.execute(
                f"SELECT (to_jsonb(t) - %s::text[])::text FROM {table} t ORDER BY 1", [list(d_une_execution)]
            )
            contenu[table] = [ligne for (ligne,) in curseur.fetchall()]
        curseur.execute(
            "SELECT cardinality(foyers) || ' ' || cardinality(illisibles) FROM caf_contenufichier ORDER BY 1"
        )
        contenu["caf_contenufichier"] = [ligne for (ligne,) in curseur.fetchall()]
    return contenu


@pytest.mark.parametrize(
    ("fonction", "quand"),
    [
        ("cordee.echanges.caf.services.controler", "avant"),
        ("cordee.echanges.caf.points.compter_absents", "apres"),
        ("cordee.echanges.caf.chronologie.poser", "apres"),
        ("cordee.echanges.caf.corrections.annulations", "apres"),
        ("cordee.echanges.caf.deroulement.consigner_en_masse", "apres"),
        ("cordee.echanges.caf.rapport.Rapport.rediger", "apres"),
    ],
    ids=["read", "absences", "rights", "corrections", "events", "just before the commit"],
)
def test_killed_anywhere_then_run_again_is_an_uninterrupted_run(flux: Flux, fonction: str, quand: str) -> None:
    """A month with an entry, an exit, a move, an absence and a household set aside, in place of its first version."""
    f.systeme()
    blocs = [foyer(f"{i:011d}", *autre_personne(i)) for i in range(30)]
    importer(flux(*blocs, entete=entete(JANVIER), nom="j.xml"))
    importer(flux(foyer("00000000000", *autre_personne(0), CLOS), *blocs[1:], entete=entete(FEVRIER), nom="f1.xml"))
    change = [
        blocs[0],
        foyer("00000000001", *autre_personne(1), CLOS),
        foyer("00000000002", *autre_personne(2), AILLEURS),
        blocs[3].replace("<DTNAI>", "<DTNAI>x"),
        *blocs[5:],
        foyer("00000000099", *autre_personne(60)),
    ]
    corrige = entete(FEVRIER).replace("<HEUCREAFLUX>01", "<HEUCREAFLUX>07")
    chemin = flux(*change, entete=corrige, nom="f2.xml")
    with transaction.atomic():
        attendu_du_rapport = importer(chemin).mouvements
        attendu = rangees()
        transaction.set_rollback(True)
    tuer(chemin, fonction, quand)
    assert FichierRecu.objects.get(nom="f2.xml").statut == StatutFichier.EN_COURS
    rapport = importer(chemin)
    assert not rapport.deja_recu
    assert rapport.mouvements == attendu_du_rapport
    obtenu = rangees()
    for table, lignes in attendu.items():
        assert obtenu[table] == lignes, table
    assert not reconstruire(verifier=True)


def test_an_import_waits_for_the_one_that_runs(flux: Flux, monkeypatch: pytest.MonkeyPatch) -> None:
    par = f.systeme()
    premier, second = flux(foyer(), entete=entete(JANVIER), nom="1.xml"), flux(foyer(), entete=entete(FEVRIER), nom="2")
    fichiers = [recevoir(chemin=c, nom=c.name, recu_le=None, par=par, le=_le()) for c in (premier, second)]
    au_milieu, continuer, ordre = threading.Event(), threading.Event(), []
    vraie = deroulement.fusion.fusionner_personnes

    def lente(contexte: deroulement.Contexte) -> int:
        ordre.append(contexte.reference)
        if contexte.reference == JANVIER:
            au_milieu.set()
            assert continuer.wait(30)
        return vraie(contexte)

    monkeypatch.setattr(deroulement.fusion, "fusionner_personnes", lente)

    def mener(fichier: FichierRecu) -> None:
        try:
            charger(fichier=fichier, par=par, le=_le(), confirmer=True)
        finally:
            connection.close()

    fils = [threading.Thread(target=mener, args=(fichier,)) for fichier in fichiers]
    fils[0].start()
    assert au_milieu.wait(30)
    fils[1].start()
    _attendre(lambda: FichierRecu.objects.get(pk=fichiers[1].pk).etape_traitement.startswith("Attend la fin"))
    assert ordre == [JANVIER]
    continuer.set()
    for fil in fils:
        fil.join(60)
    assert ordre == [JANVIER, FEVRIER]
    assert Personne.objects.count() == Evenement.objects.count() == 1


def test_progress_is_seen_from_elsewhere_while_nothing_is_written_yet(
    flux: Flux, monkeypatch: pytest.MonkeyPatch
) -> None:
    vues = []
    vraie = deroulement.fusion.fusionner_personnes

    def regarder(contexte: deroulement.Contexte) -> int:
        creees = vraie(contexte)
        ailleurs = connection.copy()
        with ailleurs.cursor() as curseur:
            curseur.execute("SELECT statut, avancement, etape_traitement FROM fichiers_fichierrecu")
            vues.append(curseur.fetchone())
            curseur.execute("SELECT count(*) FROM personnes_personne")
            vues.append(curseur.fetchone())
        ailleurs.close()
        return creees

    monkeypatch.setattr(deroulement.fusion, "fusionner_personnes", regarder)
    importer(flux(foyer()))
    assert vues == [("en_cours", 1, "Écriture des personnes et des droits"), (0,)]
    fichier = FichierRecu.objects.get()
    assert (fichier.statut, fichier.avancement, fichier.etape_traitement) == ("charge", 1, "")


def test_a_fault_leaves_the_file_ready_to_be_loaded_again(flux: Flux, monkeypatch: pytest.MonkeyPatch) -> None:
    def en_panne(self: Avancement, etape: str, lus: int | None = None) -> None:
        raise RuntimeError

    with monkeypatch.context() as panne:
        panne.setattr(Avancement, "dire", en_panne)
        with pytest.raises(RuntimeError):
            importer(chemin := flux(foyer()))
    fichier = FichierRecu.objects.get()
    assert (fichier.statut, fichier.etape_traitement) == (StatutFichier.RECU, "Interrompu : à relancer")
    assert importer(chemin).nouveaux_entrants == 1


def _le() -> datetime:
    return f.MAINTENANT.replace(month=6)


def _attendre(condition: object) -> None:
    """Until it holds; the test fails by its own assertion otherwise."""
    pause = threading.Event()
    for _ in range(600):
        if condition():  # type: ignore[operator]
            return
        pause.wait(0.05)
    raise AssertionError("the second import never said that it waits")
