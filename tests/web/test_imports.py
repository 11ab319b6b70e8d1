"""Pages of the files received: nothing enters before it is looked at, everything is told, no name is."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from cordee.demo.fichiers import generer_mensuel
from cordee.echanges.caf import depot
from cordee.echanges.caf.apercu import apercevoir
from cordee.echanges.fichiers import calendrier
from cordee.echanges.fichiers.depot import lieu_de
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, StatutFichier
from cordee.echanges.guichet.taches import charger_fichier
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import Foyer, Personne
from cordee.socle import horloge
from cordee.web.imports import controle, televersement
from tests import fabriques as f

pytestmark = pytest.mark.django_db
FOYERS = 40


@pytest.fixture(autouse=True)
def horloge_fixe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")


@pytest.fixture(scope="module")
def mensuels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two months of the same small population."""
    dossier = tmp_path_factory.mktemp("flux")
    fichiers = {}
    for mois in ("2026-01", "2026-02"):
        fichiers[mois] = dossier / f"{mois}.xml"
        generer_mensuel(mois, foyers=FOYERS, graine=7, sortie=fichiers[mois])
    return fichiers


@pytest.fixture(autouse=True)
def sans_restes() -> Iterator[None]:
    """Copies are kept in the media folder until they are loaded."""
    yield
    for fichier in FichierRecu.objects.all():
        lieu_de(fichier).unlink(missing_ok=True)


@pytest.fixture
def donnees(systeme_et_carte: None) -> Agent:
    return f.agent(RoleAgent.GESTIONNAIRE_DONNEES)


@pytest.fixture
def systeme_et_carte() -> None:
    f.systeme()
    f.regle_secteur(f.structure(), f.commune())


@pytest.fixture
def bureau(client: Client, donnees: Agent) -> Client:
    client.force_login(donnees)
    return client


def texte(reponse: Any) -> str:
    """What people read of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))


def deposer(client: Client, contenu: bytes | Path, nom: str = "flux.xml", **champs: str) -> Any:
    octets = contenu.read_bytes() if isinstance(contenu, Path) else contenu
    return client.post(reverse("import_deposer"), {"fichier": SimpleUploadedFile(nom, octets), "recu_le": "", **champs})


def depose(client: Client, contenu: bytes | Path, **champs: str) -> FichierRecu:
    reponse = deposer(client, contenu, **champs)
    assert reponse.status_code == 302, texte(reponse)
    return FichierRecu.objects.latest("pk")


def charge(client: Client, fichier: FichierRecu, **champs: str) -> FichierRecu:
    """Ask on the page, then do what the worker does."""
    assert client.post(reverse("import_charger", args=[fichier.pk]), champs).status_code == 302
    tache = ProcrastinateJob.objects.latest("id")
    charger_fichier(**tache.args)
    fichier.refresh_from_db()
    return fichier


def demandes(fichier: FichierRecu) -> Any:
    """The jobs that load this file."""
    return ProcrastinateJob.objects.filter(args__fichier_id=fichier.pk)


def page(client: Client, fichier: FichierRecu) -> str:
    return texte(client.get(reverse("import", args=[fichier.pk])))


# Before the loading -------------------------------------------------------------------------------------------------
def test_rien_n_entre_avant_d_avoir_ete_verifie(bureau: Client, mensuels: dict[str, Path]) -> None:
    fichier = depose(bureau, mensuels["2026-01"])
    vue = page(bureau, fichier)
    assert fichier.statut == StatutFichier.RECU
    assert not Foyer.objects.exists()
    assert not Personne.objects.exists()
    assert "décembre 2025" in vue
    assert "CAF de Créteil" in vue
    compte = apercevoir(mensuels["2026-01"])
    assert f"{compte.foyers} foyers ({compte.annonces} annoncés)" in vue
    assert "premier fichier mensuel de cet organisme" in vue
    assert "Charger ce fichier" in vue


def test_un_fichier_compresse_et_d_extension_quelconque(bureau: Client, mensuels: dict[str, Path]) -> None:
    octets = gzip.compress(mensuels["2026-01"].read_bytes())
    deposer(bureau, octets, nom="../../etc/passwd<script>.exe")
    fichier = FichierRecu.objects.get()
    assert fichier.statut == StatutFichier.RECU
    assert "/" not in fichier.nom
    assert "<script>" not in bureau.get(reverse("import", args=[fichier.pk])).content.decode()


@pytest.mark.parametrize(
    ("contenu", "raison"),
    [
        (b"PK\x03\x04 zip", "archive ZIP"),
        (b"<html><body>bonjour</body></html>", "n'est pas un flux de bénéficiaires"),
        (b'<?xml version="1.0"?><!DOCTYPE Racine [<!ENTITY a "b">]><Racine/>', "refusé par sécurité"),
        (b"\x00\x01\x02\x03" * 50, "encodage"),
    ],
)
def test_un_mauvais_fichier_est_refuse_avec_sa_raison(bureau: Client, contenu: bytes, raison: str) -> None:
    fichier = depose(bureau, contenu)
    assert fichier.statut == StatutFichier.REFUSE
    vue = page(bureau, fichier)
    assert raison in vue
    assert "Rien n'a été chargé" in vue
    assert "Charger ce fichier" not in vue


def test_un_fichier_coupe_est_refuse_des_le_depot(bureau: Client, mensuels: dict[str, Path]) -> None:
    octets = mensuels["2026-01"].read_bytes()
    fichier = depose(bureau, octets[: len(octets) // 2])
    assert fichier.statut == StatutFichier.REFUSE
    assert "incomplet" in page(bureau, fichier)
    assert not lieu_de(fichier).exists()


def test_sans_fichier_ou_vide(bureau: Client) -> None:
    reponse = bureau.post(reverse("import_deposer"), {"recu_le": ""})
    assert reponse.status_code == 422
    assert "Choisissez le fichier à déposer" in texte(reponse)
    assert "Ce fichier est vide" in texte(deposer(bureau, b""))


def test_un_fichier_trop_gros_n_est_pas_garde(
    bureau: Client, mensuels: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(televersement, "PLAFOND", 10_000)
    reponse = deposer(bureau, mensuels["2026-01"])
    assert reponse.status_code == 422
    assert "Il dépasse 1 Go" in texte(reponse)
    assert not FichierRecu.objects.exists()


def test_date_de_reception(bureau: Client, mensuels: dict[str, Path]) -> None:
    futur = deposer(bureau, mensuels["2026-02"], recu_le="2026-03-01")
    assert futur.status_code == 422
    assert "dans le futur" in texte(futur)
    fichier = depose(bureau, mensuels["2026-02"])
    assert fichier.recu_le == horloge.jour(fichier.cree_le)  # type: ignore[arg-type]
    assert "était attendu le 06/02 et a été déposé le 17/02. S'il n'est pas arrivé le 05/02" in page(bureau, fichier)
    url = reverse("import_reception", args=[fichier.pk])
    assert bureau.post(url, {"recu_le": "2026-02-10"}).status_code == 302
    fichier.refresh_from_db()
    assert fichier.recu_le == date(2026, 2, 10)
    assert "avant le 24 mars 2026" in page(bureau, fichier)
    assert "corrigez sa date de réception" not in page(bureau, fichier)
    avant = bureau.post(url, {"recu_le": "2026-01-02"})
    assert avant.status_code == 422
    assert "n'a pas pu arriver avant" in texte(avant)


def test_delais_deja_passes(bureau: Client, mensuels: dict[str, Path]) -> None:
    fichier = depose(bureau, mensuels["2026-02"])
    assert "délais des personnes nouvelles sont déjà entamés" in page(bureau, fichier)
    vu = controle.controler(fichier, date(2026, 6, 1))
    assert any("six semaines" in phrase and ton == "danger" for ton, phrase in vu.alertes)


def test_le_fichier_d_un_autre_departement_demande_une_confirmation(bureau: Client, mensuels: dict[str, Path]) -> None:
    octets = mensuels["2026-01"].read_bytes().replace(b"<IDEPARTE>094<", b"<IDEPARTE>052<")
    fichier = depose(bureau, octets)
    assert "marqué pour le département 52" in page(bureau, fichier)
    url = reverse("import_charger", args=[fichier.pk])
    refus = bureau.post(url, {})
    assert refus.status_code == 409
    assert not demandes(fichier).exists()
    assert bureau.post(url, {"confirme": "on"}).status_code == 302
    assert demandes(fichier).count() == 1


def test_mettre_de_cote_puis_reprendre(bureau: Client, mensuels: dict[str, Path]) -> None:
    fichier = depose(bureau, mensuels["2026-01"])
    bureau.post(reverse("import_ecarter", args=[fichier.pk]))
    assert "mis de côté" in page(bureau, fichier)
    assert bureau.post(reverse("import_charger", args=[fichier.pk]), {}).status_code == 409
    bureau.post(reverse("import_reprendre", args=[fichier.pk]))
    assert "Charger ce fichier" in page(bureau, fichier)


# Loading ------------------------------------------------------------------------------------------------------------
def test_charger_en_arriere_plan_puis_lire_le_rapport(bureau: Client, mensuels: dict[str, Path]) -> None:
    fichier = depose(bureau, mensuels["2026-01"], recu_le="2026-02-02")
    bureau.post(reverse("import_charger", args=[fichier.pk]))
    assert not Personne.objects.exists()
    attente = page(bureau, fichier)
    assert "En attente de démarrage" in attente
    assert "continuer à travailler" in attente
    encore = bureau.post(reverse("import_charger", args=[fichier.pk]))
    assert encore.status_code == 409
    assert demandes(fichier).count() == 1
    barre = bureau.get(reverse("import_progression", args=[fichier.pk]), headers={"HX-Request": "true"})
    assert 'hx-trigger="every 2s"' in barre.content.decode()

    charger_fichier(**demandes(fichier).get().args)
    fini = bureau.get(reverse("import_progression", args=[fichier.pk]), headers={"HX-Request": "true"})
    assert fini.headers["HX-Redirect"] == reverse("import", args=[fichier.pk])
    fichier.refresh_from_db()
    entrants = fichier.rapport["nouveaux_entrants"]
    assert entrants > 0
    rapport = page(bureau, fichier)
    assert f"{entrants} personnes sont entrées dans les droits et devoirs" in rapport
    assert "sont déjà entamés de 15 jours" in rapport
    assert Evenement.objects.filter(genre="entree_sdd").count() == entrants


def test_deja_recu(bureau: Client, mensuels: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    charge(bureau, depose(bureau, mensuels["2026-01"]))
    personnes, evenements = Personne.objects.count(), Evenement.objects.count()
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-18T09:00")
    reponse = bureau.post(
        reverse("import_deposer"),
        {"fichier": SimpleUploadedFile("autre-nom.xml", mensuels["2026-01"].read_bytes()), "recu_le": ""},
        follow=True,
    )
    assert "Fichier déjà reçu" in texte(reponse)
    assert FichierRecu.objects.count() == 1
    assert (Personne.objects.count(), Evenement.objects.count()) == (personnes, evenements)


def test_un_fichier_bien_plus_petit_attend_une_confirmation(bureau: Client, mensuels: dict[str, Path]) -> None:
    charge(bureau, depose(bureau, mensuels["2026-01"]))
    foyers = mensuels["2026-02"].read_bytes().split(b"<InfosFoyerRSA>")
    fin = foyers[-1][foyers[-1].index(b"<TransmissionFlux>") :]
    petit = b"<InfosFoyerRSA>".join(foyers[:11]) + fin
    fichier = depose(bureau, petit)
    avis = page(bureau, fichier)
    assert "beaucoup moins de foyers que le précédent" in avis
    assert "(−" in avis

    charge(bureau, fichier)
    assert fichier.statut == StatutFichier.A_CONFIRMER
    attente = page(bureau, fichier)
    assert "attend votre confirmation" in attente
    assert "de moins" in attente
    assert bureau.post(reverse("import_charger", args=[fichier.pk]), {}).status_code == 409
    assert charge(bureau, fichier, confirmer="1").statut == StatutFichier.CHARGE
    assert "foyers absents, à vérifier" in page(bureau, fichier)


def test_les_foyers_mis_de_cote_n_ont_pas_de_nom(bureau: Client, mensuels: dict[str, Path]) -> None:
    octets = re.sub(rb"<DTNAI>[^<]*<", b"<DTNAI>pas une date<", mensuels["2026-01"].read_bytes(), count=1)
    nom = re.search(rb"<NOM>([^<]+)<", octets)
    assert nom
    fichier = charge(bureau, depose(bureau, octets))
    assert ElementRejete.objects.count() == 1
    vue = page(bureau, fichier)
    assert "Foyers mis de côté" in vue
    assert nom.group(1).decode() not in vue
    csv = bureau.get(reverse("import_rejets", args=[fichier.pk])).content.decode("utf-8-sig").splitlines()
    assert csv[0] == "Ligne;Numéro de demande;Motif"
    assert len(csv) == 2
    assert nom.group(1).decode() not in csv[1]


def test_un_ancien_mensuel_ne_touche_que_l_historique(bureau: Client, mensuels: dict[str, Path]) -> None:
    charge(bureau, depose(bureau, mensuels["2026-02"]))
    evenements = Evenement.objects.count()
    fichier = depose(bureau, mensuels["2026-01"])
    assert "ne complète que l'historique" in page(bureau, fichier)
    charge(bureau, fichier)
    assert Evenement.objects.count() == evenements
    assert "L'historique des droits est complété" in page(bureau, fichier)


def test_un_chargement_interrompu_se_relance(bureau: Client, mensuels: dict[str, Path]) -> None:
    fichier = depose(bureau, mensuels["2026-01"])
    bureau.post(reverse("import_charger", args=[fichier.pk]))
    copie = lieu_de(fichier)
    octets = copie.read_bytes()
    copie.unlink()
    charger_fichier(**demandes(fichier).latest("id").args)
    assert "Le chargement s'est interrompu" in page(bureau, fichier)
    copie.write_bytes(octets)
    FichierRecu.objects.filter(pk=fichier.pk).update(statut=StatutFichier.EN_COURS)
    assert bureau.post(reverse("import_relancer", args=[fichier.pk])).status_code == 302
    charger_fichier(**ProcrastinateJob.objects.latest("id").args)
    fichier.refresh_from_db()
    assert fichier.statut == StatutFichier.CHARGE


# The list -----------------------------------------------------------------------------------------------------------
def test_fichier_attendu_non_recu(bureau: Client, mensuels: dict[str, Path]) -> None:
    charge(bureau, depose(bureau, mensuels["2026-01"]))
    (attendu,) = calendrier.retards(date(2026, 2, 17))
    assert (attendu.pour, attendu.attendu_le, attendu.jours) == (date(2026, 1, 1), date(2026, 2, 6), 11)
    assert "Fichier mensuel de janvier (CAF de Créteil) attendu le 06/02, non reçu : 11 jours de retard." in texte(
        bureau.get(reverse("imports"))
    )
    depose(bureau, mensuels["2026-02"])
    assert not calendrier.retards(date(2026, 2, 17))


def test_filtres_et_export_de_la_liste(bureau: Client, mensuels: dict[str, Path]) -> None:
    depose(bureau, mensuels["2026-01"])
    depose(bureau, b"<html/>")
    refuses = texte(bureau.get(reverse("imports"), {"statut": "refuse"}))
    assert "1 à 1 sur 1 fichiers" in refuses
    assert "Fichier non reconnu" in refuses
    csv = bureau.get(reverse("imports"), {"statut": "recu", "export": "csv"}).content.decode("utf-8-sig")
    assert len(csv.splitlines()) == 2
    assert bureau.get(reverse("imports"), {"statut": "zzz", "depuis": "x", "organisme": "9999"}).status_code == 200


# Who may ------------------------------------------------------------------------------------------------------------
def test_seule_la_gestion_des_donnees(client: Client, systeme_et_carte: None) -> None:
    fichier = FichierRecu.objects.create(
        empreinte="a" * 64, nom="x", recu_le=date(2026, 1, 1), depose_le=f.MAINTENANT, depose_par=f.systeme(), taille=1
    )
    noms = ["import", "import_progression", "import_charger", "import_relancer", "import_reception", "import_ecarter",
            "import_reprendre", "import_rejets"]  # fmt: skip
    adresses = [reverse("imports"), reverse("import_deposer"), *(reverse(nom, args=[fichier.pk]) for nom in noms)]
    for role in RoleAgent:
        client.force_login(f.agent(role))
        attendu = role is RoleAgent.GESTIONNAIRE_DONNEES
        for adresse in adresses:
            assert (client.get(adresse).status_code != 403) is attendu, (role, adresse)
            if not attendu:
                assert client.post(adresse, {}).status_code == 403, (role, adresse)


def test_le_jeton_de_formulaire_est_exige(donnees: Agent, mensuels: dict[str, Path]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(donnees)
    assert deposer(client, mensuels["2026-01"]).status_code == 403
    assert not FichierRecu.objects.exists()


def travailler() -> None:
    """What the background worker does of the last job."""
    charger_fichier(**ProcrastinateJob.objects.latest("id").args)
    connections.close_all()


# In a browser -------------------------------------------------------------------------------------------------------
@pytest.mark.navigateur
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("largeur", [360, 1280])
def test_du_depot_au_rapport(  # noqa: PLR0917 - fixtures
    live_server: Any, visiter: Callable[..., Any], violations: Callable[[Any], Any], donnees: Agent,
    mensuels: dict[str, Path], largeur: int,
) -> None:  # fmt: skip
    def correcte() -> None:
        assert violations(ecran) == []
        assert ecran.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert plaintes == []

    ecran, plaintes = visiter(live_server.url + reverse("import_deposer"), largeur, agent=donnees)
    correcte()
    ecran.get_by_role("button", name="Déposer et vérifier").click()
    ecran.get_by_text("Un point à corriger").wait_for()
    plaintes.clear()  # the browser itself notes the 422
    ecran.set_input_files("[name=fichier]", str(mensuels["2026-01"]))
    ecran.get_by_role("button", name="Déposer et vérifier").click()
    ecran.get_by_role("heading", name="Ce que fera le chargement").wait_for()
    correcte()
    ecran.get_by_role("button", name="Charger ce fichier").click()
    ecran.get_by_text("En attente de démarrage").wait_for()
    correcte()
    ouvrier = Thread(target=travailler)  # Playwright keeps an event loop in this thread
    ouvrier.start()
    ouvrier.join()
    ecran.get_by_role("heading", name="Ce qui a changé").wait_for()
    correcte()
    ecran.goto(live_server.url + reverse("imports"))
    correcte()
    assert FichierRecu.objects.get().statut == StatutFichier.CHARGE


def test_apercu_d_un_fichier_sans_retour_a_la_ligne(mensuels: dict[str, Path], tmp_path: Path) -> None:
    colle = tmp_path / "colle.xml"
    colle.write_bytes(re.sub(rb">\s+<", b"><", mensuels["2026-01"].read_bytes()))
    assert apercevoir(colle) == apercevoir(mensuels["2026-01"])


def test_un_apercu_ne_se_reprend_pas_sur_un_fichier_charge(bureau: Client, mensuels: dict[str, Path]) -> None:
    fichier = charge(bureau, depose(bureau, mensuels["2026-01"]))
    assert depot.noter_apercu(fichier=fichier) is None
    with pytest.raises(depot.DepotFige):
        depot.corriger_reception(
            fichier=fichier, recu_le=date(2026, 2, 1), par=f.systeme(), le=f.MAINTENANT + timedelta(days=1)
        )
