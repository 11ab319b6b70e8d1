"""The embedded server: real initdb, real kills."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from cordee.socle import postgres, postgres_lieux
from cordee.socle.postgres_lieux import PostgresIndisponible, lieux

DEMARRER = """
import sys
from pathlib import Path
from cordee.socle import postgres
print(postgres.demarrer(Path(sys.argv[1]), pour_tests=True), flush=True)
"""


def jusqu_a(condition: Callable[[], object]) -> None:
    """Wait for an event of another process (30 s is a failure, not a measure)."""
    fin = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < fin, "l'évènement attendu n'est pas venu"
        time.sleep(0.005)


def pid_du_serveur(maison: Path) -> int:
    pid = postgres._pid_inscrit(lieux(maison))
    assert pid is not None
    return pid


def valeur(url: str, requete: str) -> object:
    with psycopg.connect(url) as connexion:
        ligne = connexion.execute(requete).fetchone()
    assert ligne is not None
    return ligne[0]


def demarrages(maison: Path) -> int:
    return lieux(maison).journal.read_text().count("ready to accept connections")


def droits(chemin: Path) -> int:
    return stat.S_IMODE(chemin.stat().st_mode)


def test_une_vie_de_serveur(maison: Path) -> None:
    url = postgres.demarrer(maison, pour_tests=True)
    assert postgres.demarrer(maison, pour_tests=True) == url
    assert demarrages(maison) == 1

    with psycopg.connect(url) as connexion:
        for extension in ("unaccent", "pg_trgm", "btree_gist"):
            connexion.execute(f"CREATE EXTENSION {extension}")
        connexion.execute("CREATE TABLE essai AS SELECT lower('ÉLODIE') AS nom")

    assert postgres.arreter(maison) is True
    assert postgres.arreter(maison) is False
    assert not postgres.en_marche(maison)

    assert postgres.demarrer(maison, pour_tests=True) == url
    assert valeur(url, "SELECT nom FROM essai") == "élodie"


def test_le_proprietaire_n_est_pas_superutilisateur(maison: Path) -> None:
    url = postgres.demarrer(maison, pour_tests=True)
    assert valeur(url, "SELECT rolname || rolsuper FROM pg_roles WHERE rolname = current_user") == "cordeefalse"
    with pytest.raises(psycopg.errors.InsufficientPrivilege), psycopg.connect(url) as connexion:
        connexion.execute("COPY (SELECT 1) TO PROGRAM 'true'")


def test_rien_n_est_ouvert_aux_autres(maison: Path) -> None:
    url = postgres.demarrer(maison, pour_tests=True)
    ou = lieux(maison)
    assert droits(ou.mots_de_passe) == droits(ou.verrou) == 0o600
    assert droits(ou.donnees) == 0o700
    assert droits(ou.socket) == 0o700
    assert valeur(url, "SHOW listen_addresses") == ""
    sans_secret = psycopg.conninfo.make_conninfo(url, password="faux")
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(sans_secret)


@pytest.mark.parametrize(("pour_tests", "attendu"), [(True, "off"), (False, "on")])
def test_seuls_les_tests_se_passent_du_disque(maison: Path, pour_tests: bool, attendu: str) -> None:
    url = postgres.demarrer(maison, pour_tests=pour_tests)
    assert {valeur(url, f"SHOW {nom}") for nom in postgres.REGLAGES_TESTS} == {attendu}
    assert valeur(url, "SHOW jit") == "off"


def test_les_bases_sont_creees_a_la_demande(maison: Path) -> None:
    autre = postgres.demarrer(maison, pour_tests=True).replace("/cordee?", "/l'autre base?").replace(" ", "%20")
    assert postgres.assurer_base(autre) is True
    assert postgres.assurer_base(autre) is False
    assert valeur(autre, "SELECT current_database()") == "l'autre base"


def test_un_serveur_injoignable_est_dit(tmp_path: Path) -> None:
    with pytest.raises(PostgresIndisponible, match="DATABASE_URL"):
        postgres.assurer_base(f"postgresql://personne@/rien?host={tmp_path}")


def test_database_url_l_emporte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ailleurs/base")
    assert postgres.url_base() == postgres.url_base(pour_tests=True) == "postgresql://ailleurs/base"


def test_quatre_processus_un_seul_serveur(maison: Path, lancer_python: Callable[..., object]) -> None:
    processus = [lancer_python(DEMARRER, maison) for _ in range(4)]
    urls = {p.communicate(timeout=120)[0] for p in processus}
    assert [p.returncode for p in processus] == [0, 0, 0, 0]
    assert len(urls) == 1
    assert demarrages(maison) == 1


def test_le_serveur_survit_a_qui_l_a_demarre(maison: Path, lancer_python: Callable[..., object]) -> None:
    processus = lancer_python(DEMARRER + "sys.stdin = open('/dev/zero'); sys.stdin.read()", maison)
    assert processus.stdout.readline()
    os.killpg(processus.pid, signal.SIGKILL)
    processus.communicate()
    assert postgres.en_marche(maison)


def test_kill_9_du_serveur_ne_perd_rien(maison: Path) -> None:
    url = postgres.demarrer(maison)
    with psycopg.connect(url) as connexion:
        connexion.execute("CREATE TABLE essai AS SELECT 42 AS valeur")
    os.kill(pid_du_serveur(maison), signal.SIGKILL)
    assert postgres.demarrer(maison) == url
    assert valeur(url, "SELECT valeur FROM essai") == 42


def test_un_pid_repris_par_un_autre_ne_trompe_pas(maison: Path) -> None:
    """The pid of a dead server may be anybody's: here, ours."""
    url = postgres.demarrer(maison, pour_tests=True)
    inscrit = lieux(maison).donnees / "postmaster.pid"
    ancien = pid_du_serveur(maison)
    os.kill(ancien, signal.SIGKILL)
    inscrit.write_text(inscrit.read_text().replace(str(ancien), str(os.getpid()), 1))

    assert postgres.arreter(maison) is False
    assert postgres.demarrer(maison, pour_tests=True) == url
    assert pid_du_serveur(maison) != os.getpid()


def test_un_processus_dans_les_donnees_interdit_le_demarrage(
    maison: Path, lancer_python: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two servers on the same files would destroy them."""
    postgres.demarrer(maison, pour_tests=True)
    postgres.arreter(maison)
    present = lancer_python(
        "import os, sys; os.chdir(sys.argv[1]); print('là', flush=True); open('/dev/zero').read()",
        lieux(maison).donnees,
    )
    try:
        assert present.stdout.readline()
        monkeypatch.setattr(postgres, "DELAI_RESTES", 0.2)
        with pytest.raises(PostgresIndisponible, match=str(present.pid)):
            postgres.demarrer(maison, pour_tests=True)
    finally:
        present.kill()
        present.communicate()
    assert postgres.demarrer(maison, pour_tests=True)


def test_kill_9_pendant_initdb(maison: Path, lancer_python: Callable[..., object]) -> None:
    """The killed process leaves an orphan ``initdb`` at work: no half-made cluster is taken for a whole one."""
    base = lieux(maison).base
    processus = lancer_python(DEMARRER, maison)
    jusqu_a(lambda: list(base.glob("initdb-*/donnees/global")))
    processus.kill()
    processus.communicate()
    assert not (base / "donnees").exists()

    url = postgres.demarrer(maison, pour_tests=True)
    assert valeur(url, "SELECT 1") == 1
    assert not list(base.glob("initdb-*"))


def test_un_serveur_plein_est_en_marche(maison: Path) -> None:
    url = postgres.demarrer(maison, pour_tests=True)
    with contextlib.ExitStack() as pile:
        for _ in range(57):  # 60, less those kept for the administrator
            pile.enter_context(contextlib.closing(psycopg.connect(url)))
        with pytest.raises(psycopg.OperationalError, match="remaining connection slots"):
            psycopg.connect(url)
        assert postgres.demarrer(maison, pour_tests=True) == url
    assert demarrages(maison) == 1


def test_une_socket_enlevee_est_refaite(maison: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cleaner of ``/tmp`` may remove the socket of a live server: it is stopped properly, then started."""
    url = postgres.demarrer(maison, pour_tests=True)
    with psycopg.connect(url) as connexion:
        connexion.execute("CREATE TABLE essai AS SELECT 42 AS valeur")
    lieux(maison).socket.unlink()
    monkeypatch.setattr(postgres, "DELAI_RESTES", 0.2)
    assert postgres.demarrer(maison, pour_tests=True) == url
    assert valeur(url, "SELECT valeur FROM essai") == 42


def test_des_mots_de_passe_perdus_sont_dits(maison: Path) -> None:
    postgres.demarrer(maison, pour_tests=True)
    postgres.arreter(maison)
    lieux(maison).mots_de_passe.unlink()
    with pytest.raises(PostgresIndisponible, match="sauvegarde"):
        postgres.demarrer(maison, pour_tests=True)


def test_effacer_detruit_tout(maison: Path) -> None:
    url = postgres.demarrer(maison, pour_tests=True)
    ou = lieux(maison)
    postgres.effacer(maison)
    assert not ou.donnees.exists()
    assert not ou.mots_de_passe.exists()
    assert postgres.demarrer(maison, pour_tests=True) != url


# --- an ordinary user -------------------------------------------------------------------------------------------------


def _vie_ordinaire(dossier: Path) -> tuple[str, str, int]:
    """Life of a server in a home with a short path, then in one too long for a socket: where its socket stands."""
    trouves = []
    for maison in (dossier / "maison", dossier.joinpath(*["un-dossier-au-nom-bien-long"] * 5, "là ?&'")):
        url = postgres.demarrer(maison, pour_tests=True)
        try:
            os.kill(pid_du_serveur(maison), signal.SIGKILL)
            assert postgres.demarrer(maison, pour_tests=True) == url
            assert valeur(url, "SELECT 1") == 1
            ou = lieux(maison)
            assert ou.donnees.is_relative_to(maison)
            trouves.append(str(ou.dossier_socket))
            acces = droits(ou.dossier_socket)
        finally:
            postgres.effacer(maison)
            assert not lieux(maison).socket.exists()
    return trouves[0], trouves[1], acces


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_un_utilisateur_ordinaire_et_un_chemin_long(en_ordinaire: Callable[..., tuple[str, str, int]]) -> None:
    court, long, acces = en_ordinaire(_vie_ordinaire)
    assert court.endswith("/maison/postgres/donnees")
    assert Path(long).name.startswith("cordee-")
    assert acces == 0o700


def test_un_dossier_prepare_par_un_autre_est_refuse(tmp_path: Path) -> None:
    """Whoever makes ``/tmp/cordee-…`` before us would receive our connections."""
    ouvert, lien = tmp_path / "ouvert", tmp_path / "lien"
    ouvert.mkdir()
    ouvert.chmod(0o777)
    (tmp_path / "cible").mkdir(mode=0o700)
    lien.symlink_to(tmp_path / "cible")
    for dossier in (ouvert, lien):
        with pytest.raises(PostgresIndisponible, match="autre compte"):
            postgres_lieux.dossier_a_soi(dossier)
    assert droits(ouvert) == 0o777


# --- root -------------------------------------------------------------------------------------------------------------


def test_qui_fait_tourner_le_serveur(maison: Path) -> None:
    """As root a service account, elsewhere; an ordinary user herself, at home. No existing permission changes."""
    maison.mkdir(mode=0o700)
    avant = droits(maison.parent)
    postgres.demarrer(maison, pour_tests=True)
    ou = lieux(maison)
    proprietaire = Path(f"/proc/{pid_du_serveur(maison)}").stat().st_uid
    assert ou.donnees.stat().st_uid == proprietaire
    assert proprietaire != 0
    assert ou.base.is_relative_to(maison) is (os.geteuid() != 0)
    assert ou.base.stat().st_uid == os.geteuid()
    assert (droits(maison.parent), droits(maison)) == (avant, 0o700)


def test_un_dossier_refait_au_meme_endroit_est_une_autre_installation(maison: Path) -> None:
    """Its secrets are new: it could not decrypt the data of the first one."""
    premier = lieux(maison)
    identite = maison / "postgres" / "identite"
    if os.geteuid() != 0:
        assert premier.base == maison / "postgres"  # data go with their folder
        assert not identite.exists()
        return
    assert lieux(maison) == premier
    identite.unlink()
    assert lieux(maison).base != premier.base


def test_des_binaires_hors_d_atteinte_sont_copies(monkeypatch: pytest.MonkeyPatch, dossier_ouvert: Path) -> None:
    """A clone under ``/root`` or ``mktemp -d``: the service account gets a copy that finds its libraries."""
    livres = postgres_lieux.paquet_livre()
    clone = dossier_ouvert / "clone"
    clone.mkdir(mode=0o700)
    for nom in (livres.name, f"{livres.name}.libs"):
        (clone / nom).symlink_to(livres.parent / nom)
    monkeypatch.setattr(postgres_lieux, "paquet_livre", lambda: clone / livres.name)
    monkeypatch.setattr(postgres_lieux, "DOSSIER_SYSTEME", dossier_ouvert / "systeme")

    comment = postgres_lieux.execution()
    if os.geteuid() != 0:
        assert comment.compte is None  # her own clone is within her reach
        assert comment.binaires.is_relative_to(clone)
        return
    assert comment.binaires.is_relative_to(dossier_ouvert / "systeme")
    assert comment.compte is not None
    sortie = dossier_ouvert / "sortie"
    assert comment.lancer("postgres", "--version", sortie=sortie, delai=30) == 0
    assert sortie.read_text().startswith("postgres (PostgreSQL) 18")
    assert postgres_lieux.execution() == comment
    assert droits(clone) == 0o700
