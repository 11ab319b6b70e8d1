"""Several files at once: each its own line, one refused does not stop the others; the queue; the people of a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from cordee.demo.fichiers import generer_mensuel
from cordee.echanges.fichiers.depot import lieu_de
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.echanges.guichet.taches import charger_fichier
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import Lecture
from cordee.web.imports.lancement import avant
from tests import fabriques as f

pytestmark = pytest.mark.django_db
FOYERS = 40


@pytest.fixture(autouse=True)
def horloge_fixe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")


@pytest.fixture(scope="module")
def mensuels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    dossier = tmp_path_factory.mktemp("flux")
    for mois in ("2026-01", "2026-02"):
        generer_mensuel(mois, foyers=FOYERS, graine=7, sortie=dossier / f"{mois}.xml")
    return {chemin.stem: chemin.read_bytes() for chemin in sorted(Path(dossier).iterdir())}


@pytest.fixture(autouse=True)
def sans_restes() -> Iterator[None]:
    yield
    for fichier in FichierRecu.objects.all():
        lieu_de(fichier).unlink(missing_ok=True)


@pytest.fixture
def bureau(client: Client) -> Client:
    f.systeme()
    f.regle_secteur(f.structure(), f.commune())
    client.force_login(f.agent(RoleAgent.GESTIONNAIRE_DONNEES))
    return client


def texte(reponse: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))


def deposer(client: Client, **fichiers: bytes) -> Any:
    envois = [SimpleUploadedFile(f"{nom}.xml", octets) for nom, octets in fichiers.items()]
    return client.post(reverse("import_deposer"), {"fichier": envois, "recu_le": ""}, follow=True)


def travailler() -> None:
    """What the worker does of the jobs queued, in order."""
    for tache in ProcrastinateJob.objects.order_by("id"):
        charger_fichier(**tache.args)


def test_several_at_once_one_refused(bureau: Client, mensuels: dict[str, bytes]) -> None:
    autre = mensuels["2026-02"].replace(b"<IDEPARTE>094<", b"<IDEPARTE>052<")
    vu = texte(deposer(bureau, janvier=mensuels["2026-01"], ailleurs=autre, rate=b"%PDF-1.4 rien"))
    assert FichierRecu.objects.count() == 3
    assert "3 fichiers. Rien n'est chargé" in vu
    assert "Fichier mensuel de la CAF de Créteil, décembre 2025" in vu
    assert "marqué pour le département 52" in vu
    assert "Le fichier est un document PDF" in vu
    assert "Charger les" not in vu  # only one is ready: it has its own button


def test_loading_together_those_that_are_ready(bureau: Client, mensuels: dict[str, bytes]) -> None:
    vu = deposer(bureau, fevrier=mensuels["2026-02"], janvier=mensuels["2026-01"], rate=b"<html>")
    assert "Charger les 2 fichiers prêts" in texte(vu)
    ids = [ligne["fichier"].pk for ligne in vu.context["lignes"]]
    reponse: Any = bureau.post(reverse("import_lot_charger"), {"f": ids})
    assert reponse.status_code == 302
    janvier, fevrier = FichierRecu.objects.exclude(statut=StatutFichier.REFUSE).order_by("reference_le")
    assert [t.args["fichier_id"] for t in ProcrastinateJob.objects.order_by("id")] == [janvier.pk, fevrier.pk]
    assert [x.pk for x in avant(fevrier)] == [janvier.pk]
    page = texte(bureau.get(reverse("import", args=[fevrier.pk])))
    assert "1 fichier passe avant celui-ci" in page
    assert "En attente" in page
    travailler()
    assert set(FichierRecu.objects.values_list("statut", flat=True)) == {StatutFichier.CHARGE, StatutFichier.REFUSE}
    assert "Lire le rapport" in texte(bureau.get(reponse.url))


def test_waiting_for_another_import_is_waiting_not_an_interruption(bureau: Client, mensuels: dict[str, bytes]) -> None:
    deposer(bureau, janvier=mensuels["2026-01"])
    fichier = FichierRecu.objects.get()
    FichierRecu.objects.update(etape_traitement="Attend la fin d'un autre import")
    vu = texte(bureau.get(reverse("import", args=[fichier.pk])))
    assert "Attend la fin d'un autre import" in vu
    assert "interrompu" not in vu
    FichierRecu.objects.update(etape_traitement="En attente de démarrage", statut=StatutFichier.EN_COURS)
    barre = bureau.get(reverse("import_progression", args=[fichier.pk]))
    assert "En cours" in texte(barre)
    assert "En attente" not in texte(barre)


def test_a_table_nobody_said_how_to_read_waits_for_it(bureau: Client, mensuels: dict[str, bytes]) -> None:
    tableau = b"Nom;Prenom;Naissance;Date du contrat\nFICTIF;Ada;01/02/1990;03/01/2026\nFICTIVE;Lea;02/02/1991;\n"
    vu = deposer(bureau, tableau=tableau, janvier=mensuels["2026-01"])
    assert "dites de quel partenaire il vient" in texte(vu)
    fichier = FichierRecu.objects.get(type="partenaire")
    page = bureau.get(reverse("import", args=[fichier.pk])).content.decode()
    assert reverse("correspondance_du_fichier", args=[fichier.pk]) in page
    assert "Charger ce fichier" not in page
    assert bureau.post(reverse("import_charger", args=[fichier.pk])).status_code == 409
    bureau.post(reverse("import_lot_charger"), {"f": [x.pk for x in FichierRecu.objects.all()]})
    assert [t.args["fichier_id"] for t in ProcrastinateJob.objects.all()] != [fichier.pk]


def test_the_same_file_twice_in_one_deposit(bureau: Client, mensuels: dict[str, bytes]) -> None:
    vu = deposer(bureau, un=mensuels["2026-01"], deux=mensuels["2026-01"])
    assert FichierRecu.objects.count() == 1
    assert "Charger ce fichier" in texte(vu)


def test_an_address_of_a_deposit_takes_only_files(bureau: Client) -> None:
    assert "Aucun fichier ici" in texte(bureau.get(reverse("import_lot"), {"f": ["abc", "99999999999999999999", "7"]}))


def test_the_report_opens_exactly_the_people_behind_a_figure(bureau: Client, mensuels: dict[str, bytes]) -> None:
    deposer(bureau, janvier=mensuels["2026-01"])
    deposer(bureau, fevrier=mensuels["2026-02"])
    fichiers = list(FichierRecu.objects.order_by("reference_le"))
    bureau.post(reverse("import_lot_charger"), {"f": [x.pk for x in fichiers]})
    travailler()
    for fichier in fichiers:
        fichier.refresh_from_db()
        page = bureau.get(reverse("import", args=[fichier.pk]))
        vu = page.context["compte_rendu"]
        assert sum(g.total for g in vu.groupes if g.sens == "entree") == (
            fichier.rapport["nouveaux_entrants"] + fichier.rapport["retours"]
        )
        assert sum(g.total for g in vu.groupes if g.sens == "sortie") == fichier.rapport["sortants"]
        lignes = [ligne for g in vu.groupes for ligne in g.lignes]
        assert lignes
        for ligne in lignes:
            liste = bureau.get(ligne.url)
            assert liste.context["page"].paginator.count == ligne.valeur, ligne
            assert bureau.get(ligne.url, {"tri": "-commune", "page": "9"}).status_code == 200
        for chiffre in (*vu.changements, *vu.a_faire):
            if "/personnes/evenement/" in chiffre.url:
                genre = chiffre.url.split("/")[-2]
                attendues = set(Evenement.objects.filter(objet_id=fichier.pk, genre=genre).values_list("personne"))
                assert bureau.get(chiffre.url).context["page"].paginator.count == len(attendues) > 0, chiffre
        assert bureau.get(reverse("import_personnes", args=[fichier.pk, "evenement", "zzz"])).status_code == 404
    assert "À côté du fichier précédent" in texte(bureau.get(reverse("import", args=[fichiers[1].pk])))


def test_what_to_expect_before_loading(bureau: Client, mensuels: dict[str, bytes]) -> None:
    """The numbers of requests alone say how many households are new and how many are missing."""

    def demandes(octets: bytes) -> set[bytes]:
        return set(re.findall(rb"<NUMDEMRSA>(\w+)<", octets))

    premier = texte(deposer(bureau, janvier=mensuels["2026-01"]))
    assert "Foyers inconnus ici" not in premier
    fichier = FichierRecu.objects.get()
    bureau.post(reverse("import_charger", args=[fichier.pk]))
    travailler()
    sans_un = mensuels["2026-02"].split(b"<InfosFoyerRSA>")
    ouvert = next(i for i, foyer in enumerate(sans_un) if b"<ETATDOSRSA>2<" in foyer and demandes(foyer) <= demandes(
        mensuels["2026-01"]))  # fmt: skip
    mois = b"<InfosFoyerRSA>".join(sans_un[:ouvert] + sans_un[ouvert + 1 :])
    vu = texte(deposer(bureau, fevrier=mois))
    nouveaux = len(demandes(mois) - demandes(mensuels["2026-01"]))
    assert f"Foyers inconnus ici {f'environ {nouveaux}' if nouveaux else 'aucun'}" in vu
    assert re.search(r"Foyers connus, absents du fichier environ \d", vu)


def test_a_file_said_to_be_ours_is_loaded_and_a_part_makes_nobody_absent(
    bureau: Client, mensuels: dict[str, bytes]
) -> None:
    deposer(bureau, janvier=mensuels["2026-01"])
    ailleurs = mensuels["2026-02"].replace(b"<IDEPARTE>094<", b"<IDEPARTE>052<").split(b"<InfosFoyerRSA>")
    fin = ailleurs[-1][ailleurs[-1].index(b"<TransmissionFlux>") :]
    deposer(bureau, partie=b"<InfosFoyerRSA>".join(ailleurs[:11]) + fin)
    janvier, partie = FichierRecu.objects.order_by("reference_le")
    bureau.post(reverse("import_charger", args=[janvier.pk]))
    travailler()
    assert "D'autres fichiers du même mois suivront" in texte(bureau.get(reverse("import", args=[partie.pk])))
    bureau.post(reverse("import_charger", args=[partie.pk]), {"confirme": "on", "partie": "on"})
    travailler()
    partie.refresh_from_db()
    assert partie.statut == StatutFichier.CHARGE, partie.erreur
    assert partie.rapport["non_transmis"] == 0
    assert "n'est qu'une partie du mois" in texte(bureau.get(reverse("import", args=[partie.pk])))


def test_the_people_of_a_figure_leave_in_a_file_under_log(bureau: Client, mensuels: dict[str, bytes]) -> None:
    deposer(bureau, janvier=mensuels["2026-01"])
    fichier = FichierRecu.objects.get()
    bureau.post(reverse("import_charger", args=[fichier.pk]))
    travailler()
    fichier.refresh_from_db()
    m = next(x for x in fichier.rapport["mouvements"] if x["sens"] == "entree")
    csv = bureau.get(reverse("import_personnes_export", args=[fichier.pk, m["sens"], m["motif"]]))
    assert len(csv.content.decode("utf-8-sig").splitlines()) == m["nombre"] + 1
    assert Lecture.objects.filter(page="export d'un mouvement").count() == m["nombre"]
    assert bureau.get(reverse("import_personnes", args=[fichier.pk, "entree", "zzz"])).status_code == 404
    rapport = bureau.get(reverse("import", args=[fichier.pk]), {"export": "csv"}).content.decode("utf-8-sig")
    assert rapport.startswith("Fichier mensuel de la CAF de Créteil, décembre 2025;Quoi;Nombre")
    assert f";{m['nombre']}" in rapport
    assert Evenement.objects.filter(genre="entree_sdd").exists()


def test_the_history_is_searched_by_name_and_print(bureau: Client, mensuels: dict[str, bytes]) -> None:
    deposer(bureau, janvier=mensuels["2026-01"], rate=b"<html>")
    janvier = FichierRecu.objects.get(nom="janvier.xml")

    def noms(**filtres: str) -> list[str]:
        return [x.fichier.nom for x in bureau.get(reverse("imports"), filtres).context["lignes"]]

    assert noms(q="JANV") == ["janvier.xml"]
    assert noms(q=janvier.empreinte[:12].upper()) == ["janvier.xml"]
    assert noms(q="rien") == []
    assert noms(type="beneficiaires_mensuel", jusqu_au="2026-01-31") == ["janvier.xml"]
    assert noms(depuis="2026-02-18") == []


def test_a_refused_file_says_why_and_what_to_do(bureau: Client) -> None:
    vu = texte(deposer(bureau, rate=b"<html>"))
    fichier = FichierRecu.objects.get()
    assert "Ce fichier est refusé" in vu
    assert "Redemandez le fichier" in vu
    assert fichier.empreinte in vu
