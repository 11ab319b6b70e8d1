"""Is this file ours, is it whole: département, body, parts of a month, households set aside (R32, E02)."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cordee.configuration import commande
from cordee.echanges.caf.depot import DepotFige, accepter_departement
from cordee.echanges.caf.lecture import FichierRefuse
from cordee.echanges.caf.reception import recevoir
from cordee.echanges.caf.services import FichierIncomplet, charger
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, StatutFichier
from cordee.echanges.fichiers.rejets import ouvrir
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import Foyer, Personne
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import FEVRIER, JANVIER, MARS, autre_personne, clos, entete, importer

pytestmark = pytest.mark.django_db
AILLEURS = ("<IDEPARTE>094<", "<IDEPARTE>099<")
MSA = ("<FONORG>CAF<", "<FONORG>MSA<")


@pytest.fixture(autouse=True)
def horloge(monkeypatch: pytest.MonkeyPatch) -> None:
    f.systeme()
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-06-01T09:00")


def foyers(nombre: int, *remplacements: tuple[str, str], depuis: int = 0) -> list[str]:
    return [foyer(f"{i:011d}", *autre_personne(i), *remplacements) for i in range(depuis, depuis + nombre)]


def test_the_file_of_another_departement_is_refused_naming_both(flux: Flux) -> None:
    f.commune()
    chemin = flux(*foyers(3, AILLEURS))
    with pytest.raises(FichierRefuse, match=r"département 99.*département 94"):
        importer(chemin)
    assert not Personne.objects.exists()
    recu = FichierRecu.objects.get()
    assert recu.statut == StatutFichier.REFUSE
    with pytest.raises(FichierIncomplet, match="99"):
        importer(chemin)


def test_somebody_may_say_that_it_is_ours_all_the_same(flux: Flux) -> None:
    f.commune()
    chemin = flux(*foyers(2, AILLEURS))
    le = f.MAINTENANT.replace(month=6)
    recu = recevoir(chemin=chemin, nom="x", recu_le=None, par=f.systeme(), le=le)
    rapport = charger(fichier=recu, par=f.systeme(), le=le, chemin=chemin, departement_attendu="099")
    assert (rapport.statut, rapport.personnes_creees, rapport.departement_accepte) == ("charge", 2, "099")
    with pytest.raises(DepotFige):
        accepter_departement(fichier=recu, departement="099", par=f.systeme(), le=le)


def test_the_command_refuses_then_takes_what_it_is_told_to_take(flux: Flux, capsys: pytest.CaptureFixture[str]) -> None:
    f.commune()
    chemin = str(flux(*foyers(2, AILLEURS)))
    assert commande.main(["importer_flux", chemin]) == 1
    assert "département 99" in capsys.readouterr().err
    assert commande.main(["importer_flux", chemin, "--departement-attendu", "099"]) == 0
    assert Personne.objects.count() == 2


def test_without_communes_nothing_is_checked(flux: Flux) -> None:
    assert importer(flux(*foyers(2, AILLEURS))).personnes_creees == 2


def test_one_household_of_another_departement_is_set_aside(flux: Flux) -> None:
    f.commune()
    rapport = importer(flux(*foyers(3), *foyers(1, AILLEURS, depuis=7)))
    assert (rapport.personnes_creees, len(rapport.rejets)) == (3, 1)
    mis = ElementRejete.objects.get()
    assert (mis.code, mis.repere, mis.rang) == ("autre_departement", "00000000007", 4)
    assert "99" in mis.motif
    clair = ouvrir(bytes(mis.bloc_chiffre))
    assert "<NUMDEMRSA>00000000007<" in clair
    assert "2880699000007" not in clair


def test_households_of_another_body_are_set_aside(flux: Flux) -> None:
    rapport = importer(flux(*foyers(1, MSA), *foyers(3, depuis=3)))
    assert (rapport.organisme, rapport.personnes_creees) == ("CAF941", 3)
    assert ElementRejete.objects.get().code == "autre_organisme"
    assert set(Foyer.objects.values_list("organisme__code", flat=True)) == {"CAF941"}


def test_a_file_without_household_or_with_anomalies_only_is_refused(flux: Flux) -> None:
    importer(flux(*foyers(2), entete=entete(JANVIER), nom="j.xml"))
    with pytest.raises((FichierRefuse, FichierIncomplet), match="aucun foyer"):
        importer(flux(entete=entete(FEVRIER), nom="f.xml"))
    anomalies = foyers(2, ("</InfosFoyerRSA>", "<Anomalie><LIBANO>X</LIBANO></Anomalie></InfosFoyerRSA>"), depuis=20)
    with pytest.raises(FichierRefuse, match="anomalie"):
        importer(flux(*anomalies, entete=entete(MARS), nom="m.xml"))
    assert set(Foyer.objects.values_list("presence", flat=True)) == {"transmis"}


def test_a_household_set_aside_is_not_absent(flux: Flux) -> None:
    blocs = foyers(10)
    importer(flux(*blocs, entete=entete(JANVIER), nom="j.xml"))
    illisible = blocs[0].replace("<DTNAI>", "<DTNAI>x")
    rapport = importer(flux(illisible, *blocs[1:], entete=entete(FEVRIER), nom="f.xml"))
    assert (len(rapport.rejets), rapport.non_transmis) == (1, 0)
    assert Foyer.objects.get(numdemrsa="00000000000").presence == "transmis"
    importer(flux(*blocs[1:], entete=entete(MARS), nom="m.xml"), confirmer=True)
    absent = Foyer.objects.get(numdemrsa="00000000000")
    assert (absent.presence, absent.absences) == ("non_transmis", 1)


def partie(n: int) -> str:
    return entete(FEVRIER, cree=datetime.combine(FEVRIER, datetime.min.time()) + timedelta(days=5, minutes=n))


@pytest.mark.parametrize("ordre", [(1, 2), (2, 1)], ids=["in the order of creation", "the other way round"])
def test_a_month_in_two_files_makes_nobody_absent(flux: Flux, ordre: tuple[int, int]) -> None:
    """The households of the other part are not absent; those of neither are, once the month is whole."""
    blocs = foyers(40)
    importer(flux(*blocs, entete=entete(JANVIER), nom="j.xml"))
    moitie = {1: blocs[:20], 2: blocs[20:39]}
    chemins = [str(flux(*moitie[n], entete=partie(n), nom=f"{n}.RCV")) for n in ordre]
    assert commande.main(["importer_flux", *chemins]) == 0
    assert list(Foyer.objects.exclude(presence="transmis").values_list("numdemrsa", flat=True)) == ["00000000039"]
    assert Evenement.objects.filter(genre="non_transmise").count() == 1
    premier, second = (FichierRecu.objects.get(nom=f"{n}.RCV") for n in ordre)
    assert (premier.rapport["partie"], second.rapport["partie"]) == (True, False)
    assert {premier.portee, second.portee} == {"courant"}


def test_half_a_month_alone_waits(flux: Flux) -> None:
    blocs = foyers(10)
    importer(flux(*blocs, entete=entete(JANVIER), nom="j.xml"))
    rapport = importer(flux(*blocs[:5], entete=partie(1), nom="1.RCV"))
    assert rapport.statut == "a_confirmer"
    assert "50 % de moins" in rapport.message


def test_a_corrected_file_half_empty_waits_too(flux: Flux) -> None:
    blocs = foyers(10)
    importer(flux(*blocs, entete=partie(1), nom="1"))
    assert importer(flux(*blocs[:5], entete=partie(2), nom="2")).statut == "a_confirmer"


def test_the_same_content_compressed_changes_nothing(flux: Flux, tmp_path: Path) -> None:
    chemin = flux(*foyers(3))
    importer(chemin)
    avant = (Evenement.objects.count(), Personne.objects.count())
    (presse := tmp_path / "f.RCV").write_bytes(gzip.compress(chemin.read_bytes()))
    rapport = importer(presse)
    assert (rapport.deja_recu, rapport.foyers_inchanges, rapport.evenements) == (False, 3, {})
    assert (Evenement.objects.count(), Personne.objects.count()) == avant


@pytest.mark.parametrize(
    ("encodage", "python", "nom"),
    [
        ("ISO-8859-1", "cp1252", "a.RCV"),
        ("windows-1252", "cp1252", "b"),
        ("UTF-8", "utf-8", "c.xml"),
        ("UTF-8", "utf-8-sig", "d.txt"),
    ],
)
@pytest.mark.parametrize("presse", [False, True])
def test_any_encoding_and_any_name(flux: Flux, encodage: str, python: str, nom: str, presse: bool) -> None:
    chemin = flux(foyer("00000010094", ("TIREVENT", "TIRÉ-CŒUR")), encodage=encodage, python=python, nom=nom)
    if presse:
        chemin.write_bytes(gzip.compress(chemin.read_bytes()))
    assert commande.main(["importer_flux", str(chemin)]) == 0
    assert Personne.objects.get().nom == "TIRÉ-CŒUR"


def test_unknown_codes_are_counted_code_by_code(flux: Flux) -> None:
    f.systeme()
    blocs = foyers(3, *clos("ZZZ"))
    rapport = importer(flux(*blocs, *foyers(1, ("<SITFAM>CEL<", "<SITFAM>QQ1<"), depuis=9)))
    assert rapport.codes_inconnus == {"MOTICLORSA=ZZZ": 3, "SITFAM=QQ1": 1}
    assert any(phrase.startswith("4 codes inconnus") for phrase in rapport.phrases)
