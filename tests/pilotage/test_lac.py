"""The lake: nobody's name, nothing lost, nothing half written, only what changed copied again."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
from django.db import connection, connections

from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.personnes.enums import Sexe
from cordee.metier.personnes.models import DroitFoyer, DroitPersonne
from cordee.pilotage.calcul import contexte
from cordee.pilotage.lac import copie
from cordee.pilotage.lac.copie import TAILLE_DE_PARTIE
from cordee.pilotage.lac.ecriture import acquitter, rafraichir_le_lac
from cordee.pilotage.lac.lecture import ouvrir
from cordee.pilotage.lac.manifeste import MANIFESTE, dossier_du_lac, lire_manifeste
from cordee.pilotage.lac.pseudonymes import pseudonymes_de
from cordee.pilotage.lac.tables import TABLES
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.pilotage import gens
from tests.pilotage.conftest import Lac


# Nobody's name -------------------------------------------------------------------------------------------------------
def test_no_column_says_who_somebody_is() -> None:
    """Every column comes from a known list: a name, a number, a street, a note cannot slip in."""
    sources = " ".join(c.source for t in TABLES for c in t.colonnes).replace("t.detail -> 'Activite'", "")
    sources = sources.replace("jsonb_path_exists(t.detail,", "")  # yes or no
    sources = sources.replace("t.voie_proposee", "").replace("t.projet_pro", "")  # codes, not a street nor a text
    for interdit in ("nom_naissance", "prenom", "valeur", "matricule", "numdemrsa", "voie_", "note", "courriel",
                     "telephone", "empreinte", "projet", "motifs", "proposition", "detail"):  # fmt: skip
        assert f"t.{interdit}" not in sources
    personnes = next(t for t in TABLES if t.nom == "personnes")
    assert {c.nom for c in personnes.colonnes} == {"id", "canonique_id", "sexe", "naissance", "deces_le"}


def test_files_hold_nobody_and_are_ours_alone(lac: Lac) -> None:
    personne = gens.soumise(nom="Zyxwvutsrq", prenom="Abracadabrant", date_naissance=date(1980, 4, 17))
    f.identifiant(personne, "operateur_emploi", "OE7654321")
    lac.rafraichir()
    fichiers = [p for p in dossier_du_lac().rglob("*") if p.is_file()]
    assert any(p.suffix == ".parquet" for p in fichiers)
    assert {p.stat().st_mode & 0o777 for p in fichiers} == {0o600}
    assert dossier_du_lac().stat().st_mode & 0o777 == 0o700
    for fichier in fichiers:
        contenu = fichier.read_bytes()
        assert not any(mot in contenu for mot in (b"Zyxw", b"Abraca", b"OE7654321", b"LILAS"))
    lignes = _lire("personnes")
    assert lignes == [(pseudonymes_de([personne.pk])[personne.pk], None, "femme", date(1980, 4, 1), None)]


# Only what changed, nothing lost -------------------------------------------------------------------------------------
def test_nothing_changed_nothing_copied(lac: Lac) -> None:
    gens.soumise()
    premier, second = lac.rafraichir(), lac.rafraichir()
    assert premier.complet
    assert (second.parties, second.lignes, second.depuis) == (0, 0, None)
    assert second.manifeste.version == premier.manifeste.version


def test_an_event_copies_its_part_and_touches_its_day(lac: Lac) -> None:
    personne = gens.soumise()
    lac.rafraichir()
    gens.fait(personne, E.CONTACT, date(2026, 2, 3), resultat="jointe")
    suite = lac.rafraichir()
    assert suite.tables["evenements_bruts"] == 1
    assert suite.tables["droits_personnes"] == 0
    assert suite.depuis == date(2026, 2, 3)
    assert _lire("evenements_bruts")[0][6] == "jointe"


def test_a_late_file_tells_from_which_day_the_past_has_changed(lac: Lac) -> None:
    """A closed period touches its end; a new one its start; an open one that goes on, nothing before."""
    personne = gens.soumise()
    droit = DroitPersonne.objects.get(personne=personne)
    lac.rafraichir()
    droit.fin = date(2024, 5, 31)
    droit.save()
    assert lac.rafraichir().depuis == date(2024, 5, 31)
    droit.fin = date(2025, 1, 31)
    droit.save()
    assert lac.rafraichir().depuis == date(2024, 5, 31)
    DroitFoyer.objects.filter(foyer=droit.foyer).update(montant="12")
    assert lac.rafraichir().depuis == gens.DEBUT


def test_what_was_to_be_done_again_is_not_forgotten_by_a_cut(lac: Lac) -> None:
    """The lake was refreshed, then the process died before anybody marked the figures: the next refresh says it."""
    personne = gens.soumise()
    lac.rafraichir()
    gens.fait(personne, E.CONTACT, date(2023, 2, 3), resultat="jointe")
    rafraichir_le_lac(le=MAINTENANT)
    assert rafraichir_le_lac(le=MAINTENANT).depuis == date(2023, 2, 3)
    gens.fait(personne, E.CONTACT, date(2025, 2, 3), resultat="jointe")
    assert lac.rafraichir().depuis == date(2023, 2, 3)
    assert lac.rafraichir().depuis is None


def test_what_has_no_date_touches_every_day_unless_it_is_new(lac: Lac) -> None:
    personne = gens.soumise(sexe=Sexe.INCONNU)
    lac.rafraichir()
    gens.soumise(depuis=date(2026, 1, 31))
    assert lac.rafraichir().depuis == date(2026, 1, 31)
    personne.sexe = Sexe.HOMME
    personne.save()
    assert lac.rafraichir().depuis == date.min


def test_an_erased_row_leaves_the_lake(lac: Lac) -> None:
    personne = gens.soumise()
    gens.fait(personne, E.CONTACT, date(2026, 2, 3), resultat="jointe")
    lac.rafraichir()
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL cordee.effacement = 'oui'; DELETE FROM parcours_evenement")
    assert lac.rafraichir(complet=True).complet
    assert _lire("evenements_bruts") == []


def test_another_database_or_another_shape_makes_the_lake_again(lac: Lac) -> None:
    gens.soumise()
    lac.rafraichir()
    fichier = dossier_du_lac() / MANIFESTE
    texte = fichier.read_text()
    for champ in ("base", "schema"):
        fichier.write_text(texte.replace(f'"{champ}": "', f'"{champ}": "autre'))
        assert lac.rafraichir().complet
    fichier.write_text("{")
    assert lire_manifeste() is None
    assert lac.rafraichir().complet


def test_parts_follow_the_key(lac: Lac) -> None:
    """A row changed in one part leaves the others as they are; a part whose rows are gone goes away."""
    personnes = [f.personne(pk=rang * TAILLE_DE_PARTIE + 1) for rang in (1, 2, 5)]
    premier = lac.rafraichir().manifeste
    assert premier.parties["personnes"].keys() == {"1", "2", "5"}
    personnes[1].sexe = Sexe.HOMME
    personnes[1].save()
    second = lac.rafraichir().manifeste
    changees = {cle for cle, p in second.parties["personnes"].items() if premier.parties["personnes"][cle] != p}
    assert changees == {"2"}
    assert len(_lire("personnes")) == 3
    personnes[2].delete()
    troisieme = lac.rafraichir()
    assert troisieme.manifeste.parties["personnes"].keys() == {"1", "2"}
    assert troisieme.depuis == date.min


def test_readers_keep_the_state_they_opened(lac: Lac) -> None:
    """Files of the state before stay until nobody can be reading them."""
    gens.soumise()
    avant = lac.rafraichir().manifeste
    gens.soumise()
    lac.rafraichir()
    with ouvrir(avant, contexte([avant.au])) as session:
        assert session.executer("SELECT count(*) FROM personnes").fetchone() == (1,)


# Several at once -----------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_is_not_lost(settings: Any, tmp_path: Path) -> None:
    """Its number is lower than those already read: « last event id » would never see it."""
    settings.CORDEE_HOME = tmp_path
    personne = gens.soumise()
    gens.fait(personne, E.CONTACT, date(2026, 2, 1), resultat="jointe")
    with _autre_connexion() as tardive:
        tardive.execute(_EVENEMENT, {"personne": personne.pk, "par": f.systeme().pk})
        gens.fait(personne, E.CONTACT, date(2026, 2, 3), resultat="jointe")
        acquitter(rafraichir_le_lac(le=MAINTENANT).manifeste)
        assert len(_lire("evenements_bruts")) == 2
        tardive.commit()
    suite = rafraichir_le_lac(le=MAINTENANT)
    assert len(_lire("evenements_bruts")) == 3
    assert suite.depuis == date(2026, 2, 2)


@pytest.mark.django_db(transaction=True)
def test_two_refreshes_at_once_wait_for_each_other(settings: Any, tmp_path: Path) -> None:
    settings.CORDEE_HOME = tmp_path
    gens.soumise()
    resultats: list[Any] = []

    def refaire() -> None:
        try:
            resultats.append(rafraichir_le_lac(le=MAINTENANT))
        finally:
            connections.close_all()

    fils = [threading.Thread(target=refaire) for _ in range(3)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(r.complet for r in resultats) == [False, False, True]
    assert len({r.manifeste.version for r in resultats}) == 1
    assert len(_lire("personnes")) == 1


def test_a_refresh_cut_short_leaves_the_state_before(lac: Lac, monkeypatch: pytest.MonkeyPatch) -> None:
    gens.soumise()
    avant = lac.rafraichir().manifeste
    gens.soumise()

    def panne(*_: Any, **__: Any) -> None:
        raise OSError("disque plein")

    monkeypatch.setattr(copie, "_en_parquet", panne)
    with pytest.raises(OSError, match="disque"):
        lac.rafraichir()
    assert lire_manifeste() == replace(avant, a_reprendre=None)
    assert not [p for p in dossier_du_lac().iterdir() if p.name.startswith(".")]
    monkeypatch.undo()
    assert len(_lire_de(lac.rafraichir().manifeste.fichiers("personnes"))) == 2


_EVENEMENT = """
INSERT INTO parcours_evenement (genre, personne_id, survenu_le, enregistre_le, par_id, acte, objet_type, donnees)
VALUES ('contact', %(personne)s, '2026-02-02 10:00+01', '2026-02-02 10:00+01', %(par)s, gen_random_uuid(), '', '{}')
"""


def _autre_connexion() -> psycopg.Connection[Any]:
    reglages = connection.get_connection_params()
    return psycopg.connect(**{c: v for c, v in reglages.items() if c in ("dbname", "user", "password", "host", "port")})


def _lire(table: str) -> list[tuple[Any, ...]]:
    manifeste = lire_manifeste()
    assert manifeste is not None
    return _lire_de(manifeste.fichiers(table))


def _lire_de(fichiers: list[str]) -> list[tuple[Any, ...]]:
    chemins = [str(dossier_du_lac() / nom) for nom in fichiers]
    with duckdb.connect(":memory:") as duck:
        return duck.execute(f"SELECT * FROM read_parquet({chemins}) ORDER BY 1").fetchall() if chemins else []
