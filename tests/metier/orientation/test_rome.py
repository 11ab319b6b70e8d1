"""The national repertoire: streamed, idempotent, bad lines told one by one, nothing lost; jobs found by their words."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from cordee.configuration.commande import main
from cordee.metier.orientation.models import (
    AppellationRome,
    DomaineRome,
    ItemMetierRome,
    ItemRome,
    MetierRome,
    MobiliteRome,
    VersionRome,
)
from cordee.metier.orientation.selectors.rome import (
    chercher_appellations,
    competences_des_metiers,
    version_rome,
)
from cordee.metier.orientation.services.rome import RomeRefuse, charger_rome, charger_rome_de_depart
from tests import fabriques as f

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
METIERS = (
    "code_rome,code_fiche_metier,code_ogr,libelle_rome,transition_eco,emploi_reglemente,emploi_cadre,code_rome_parent"
)
APPELLATIONS = "code_ogr,libelle_appellation_long,libelle_appellation_court,code_rome,classification,peu_usite"
COMPETENCES = "code_ogr,nature,libelle_competence,cat_comp,sous_cat_comp,code_ogr_macro_comp"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Small tables in the official form: two métiers, three names, two skills, one working condition, one move."""
    tables = {
        "grand_domaine": ["code_grand_domaine,libelle_grand_domaine", '"G","Hôtellerie"'],
        "domaine_professionnel": ["code_domaine_professionnel,libelle_domaine_professionnel", '"G16","Production"'],
        "referentiel_code_rome": [
            METIERS,
            '"G1609","1","10","Cuisinier / Cuisinière","Emploi Blanc","N","N","G1609"',
            '"D1102","2","20","Boulanger / Boulangère","","O","","D1102"',
        ],
        "referentiel_appellation": [
            APPELLATIONS,
            '"101","Cuisinier / Cuisinière","Cuisinier(ère)","G1609","PRINCIPALE","N"',
            '"102","Chef ""de partie""","","G1609","SYNONYME","N"',
            '"103","Boulanger / Boulangère","","D1102","PRINCIPALE","N"',
        ],
        "referentiel_competence": [
            COMPETENCES,
            '"501","Compétence","Préparer des repas","Savoir-faire","Technique","300"',
            '"502","Macro-compétence","Cuisiner","Savoir-faire","Technique",""',
        ],
        "referentiel_contexte_travail": [
            "code_ogr,libelle_cont_travail,code_type_cont_trav,libelle_type_cont_trav",
            '"700","Travail de nuit","2","Horaires"',
        ],
        "coherence_item": [
            "code_rome,code_ogr,coeur_metier", '"G1609","501","Principale"', '"G1609","700",""', '"G1609","999",""',
        ],
        "rubrique_mobilite": ["code_rome,code_rome_cible,numero_ordre", '"G1609","D1102","1"'],
    }  # fmt: skip
    for nom, lignes in tables.items():
        ecrire(tmp_path, nom, lignes)
    return tmp_path


def ecrire(dossier: Path, table: str, lignes: list[str], version: int = 460) -> None:
    chemin = dossier / f"unix_{table}_v{version}_utf8.csv"
    chemin.write_bytes("\n".join([*lignes, ""]).encode("utf-8", errors="surrogateescape"))


def ajouter(dossier: Path, table: str, *lignes: str) -> None:
    chemin = dossier / f"unix_{table}_v460_utf8.csv"
    texte = chemin.read_text(encoding="utf-8") + "\n".join([*lignes, ""])
    chemin.write_bytes(texte.encode("utf-8", errors="surrogateescape"))


def test_everything_is_taken_and_the_same_files_change_nothing(dossier: Path) -> None:
    bilan = charger_rome(dossier=dossier, le=LE)
    assert (bilan.version, bilan.rejets, bilan.absentes) == ("v460", [], [])
    assert bilan.lignes == {
        "grand_domaine": 1, "domaine_professionnel": 1, "referentiel_code_rome": 2, "referentiel_appellation": 3,
        "referentiel_competence": 2, "referentiel_contexte_travail": 1, "coherence_item": 3, "rubrique_mobilite": 1,
    }  # fmt: skip
    assert MetierRome.objects.get(code="D1102").reglemente
    assert AppellationRome.objects.get(code_ogr="102").libelle == 'Chef "de partie"'
    assert set(ItemMetierRome.objects.values_list("code_ogr", flat=True)) == {"501", "700", "999"}
    assert MobiliteRome.objects.get().cible_id == "D1102"
    assert DomaineRome.objects.count() == 2
    assert version_rome().version == "v460"  # type: ignore[union-attr]
    assert charger_rome(dossier=dossier, le=LE + timedelta(days=1)).deja_charge
    assert VersionRome.objects.count() == 1


def test_bad_lines_are_told_one_by_one_and_the_others_are_taken(dossier: Path) -> None:
    ajouter(
        dossier, "referentiel_appellation",
        '"104","Commis","","Z9999","SYNONYME","N"', '"105","Sans fin,"","G1609","SYNONYME","N"', '"106","Court"',
        '"abc","Chiffres","","G1609","SYNONYME","N"', '"101","Encore","","G1609","SYNONYME","N"',
        '"107","","","G1609","SYNONYME","N"', '"108","Mal \udce9crit","","G1609","SYNONYME","N"',
        '"109","Aide de cuisine","","G1609","SYNONYME","N"',
    )  # fmt: skip
    bilan = charger_rome(dossier=dossier, le=LE)
    assert [(r.ligne, r.raison) for r in bilan.rejets] == [
        (5, "le métier Z9999 n'est pas dans la table des métiers"),
        (6, "guillemets mal fermés"),
        (7, "2 colonnes au lieu de 6"),
        (8, "code_ogr : « abc » n'est pas un code"),
        (9, "déjà donnée plus haut (101)"),
        (10, "libelle_appellation_long : rien n'est écrit"),
        (11, "caractères illisibles (le fichier doit être en UTF-8)"),
    ]
    assert bilan.lignes["referentiel_appellation"] == 4
    assert AppellationRome.objects.filter(code_ogr="109").exists()
    assert len(VersionRome.objects.get().rejets) == 7


def test_the_next_version_marks_what_it_no_longer_holds(dossier: Path) -> None:
    charger_rome(dossier=dossier, le=LE)
    appellations = [f'"{200 + n}","Métier {n}","","G1609","SYNONYME","N"' for n in range(20)]
    ajouter(dossier, "referentiel_appellation", *appellations)
    charger_rome(dossier=dossier, le=LE + timedelta(days=1))
    garde = [APPELLATIONS, '"101","Cuisinière / Cuisinier","","G1609","PRINCIPALE","N"', *appellations]
    ecrire(dossier, "referentiel_appellation", garde)
    bilan = charger_rome(dossier=dossier, le=LE + timedelta(days=2))
    assert bilan.retires["referentiel_appellation"] == 2
    assert set(AppellationRome.objects.filter(retire=True).values_list("code_ogr", flat=True)) == {"102", "103"}
    assert AppellationRome.objects.get(code_ogr="101").libelle == "Cuisinière / Cuisinier"
    ajouter(dossier, "referentiel_appellation", '"103","Boulanger","","D1102","PRINCIPALE","N"')
    charger_rome(dossier=dossier, le=LE + timedelta(days=3))
    assert not AppellationRome.objects.get(code_ogr="103").retire


def test_a_file_cut_on_the_way_changes_nothing(dossier: Path) -> None:
    ajouter(dossier, "coherence_item", *[f'"D1102","{n}",""' for n in range(600, 620)])
    charger_rome(dossier=dossier, le=LE)
    ecrire(dossier, "coherence_item", ["code_rome,code_ogr,coeur_metier", '"G1609","501","Principale"'])
    with pytest.raises(RomeRefuse, match="coupé"):
        charger_rome(dossier=dossier, le=LE + timedelta(days=1))
    assert ItemMetierRome.objects.count() == 23
    assert VersionRome.objects.count() == 1


@pytest.mark.parametrize(
    ("geste", "dit"),
    [
        (lambda d: (d / "unix_referentiel_code_rome_v460_utf8.csv").unlink(), "Il manque la table"),
        (lambda d: ecrire(d, "grand_domaine", ["x"], version=461), "mélange les versions"),
        (lambda d: ecrire(d, "referentiel_appellation", ["code_ogr,code_rome"]), "colonne absente"),
    ],
)
def test_a_folder_that_is_not_the_tables_is_refused(dossier: Path, geste: Callable[[Path], None], dit: str) -> None:
    geste(dossier)
    with pytest.raises(RomeRefuse, match=dit):
        charger_rome(dossier=dossier, le=LE)
    assert not VersionRome.objects.exists()


def test_the_command_says_what_it_did(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["charger_rome"]) == 0
    assert "version départ" in capsys.readouterr().out
    ajouter(dossier, "rubrique_mobilite", '"G1609","Z0000","2"')
    assert main(["charger_rome", str(dossier)]) == 0
    assert "rubrique_mobilite_v460_utf8.csv, ligne 3 : le métier Z0000" in capsys.readouterr().out
    assert main(["charger_rome", str(dossier / "absent")]) == 1
    assert "n'existe pas" in capsys.readouterr().err
    assert main(["charger_rome"]) == 0  # the starter set never takes the place of the official tables
    assert version_rome().version == "v460"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("mots", "premier"),
    [
        ("cuisiniere", "Cuisinier / Cuisinière"), ("CUIS", "Cuisinier / Cuisinière"),
        ("aide domicile", "Aide à domicile"), ("boulangere", "Boulanger / Boulangère"),
        ("boulengére", "Boulanger / Boulangère"),
    ],
)  # fmt: skip
def test_a_job_is_found_by_its_words(mots: str, premier: str) -> None:
    charger_rome_de_depart(le=LE)
    trouvees = chercher_appellations(mots)
    assert premier in [a.libelle for a in trouvees[:3]]


def test_what_is_too_short_or_unknown_finds_nothing_and_skills_come_from_the_heart_of_the_job() -> None:
    charger_rome_de_depart(le=LE)
    assert [chercher_appellations(mots) for mots in ("", "c", "%", "zzzzzz")] == [[], [], [], []]
    libelles = [libelle for _, libelle in competences_des_metiers(["G1609"])]
    assert 1 <= len(libelles) <= 4
    assert competences_des_metiers([]) == []


@pytest.mark.reference
def test_the_official_tables_are_read_whole_and_searched_at_once(fichier_reference: Callable[[str], Path]) -> None:
    dossier = fichier_reference("rome")
    bilan = charger_rome(dossier=dossier, le=LE)
    assert (bilan.version, bilan.rejets) == ("v460", [])
    assert (MetierRome.objects.count(), AppellationRome.objects.count()) == (1584, 13120)
    assert (ItemRome.objects.count(), ItemMetierRome.objects.count()) == (18317 + 179, 104219)
    assert MobiliteRome.objects.count() == 14912
    for texte in ("aide à domicile", "agent", "secretère médicale", "menaje", "zzzz"):
        temps = []
        for _ in range(5):
            debut = time.perf_counter()
            trouvees = chercher_appellations(texte)
            temps.append(time.perf_counter() - debut)
        assert bool(trouvees) is (texte != "zzzz")
        assert min(temps) < 0.05, texte
