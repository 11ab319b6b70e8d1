"""The contacts file on the pages of the data desk: deposited, looked at, loaded, told, and no number shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from cordee.echanges.fichiers.depot import lieu_de
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.echanges.guichet.taches import charger_fichier
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import Contact
from tests import fabriques as f
from tests.echanges.contacts.lignes import ENTETE, ligne

pytestmark = pytest.mark.django_db
NUMERO = "639980001"


@pytest.fixture(autouse=True)
def horloge_fixe(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-02-17T09:00")
    yield
    for fichier in FichierRecu.objects.all():
        lieu_de(fichier).unlink(missing_ok=True)


@pytest.fixture
def bureau(client: Client) -> Client:
    f.systeme()
    client.force_login(f.agent(RoleAgent.GESTIONNAIRE_DONNEES))
    return client


def texte(reponse: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))


def deposer(client: Client, *lignes: str) -> FichierRecu:
    octets = "\r\n".join((ENTETE, *lignes, "")).encode("cp1252")
    envoi = {"fichier": SimpleUploadedFile("n'importe.xml", octets), "recu_le": "2026-02-10"}
    assert client.post(reverse("import_deposer"), envoi).status_code == 302
    return FichierRecu.objects.latest("pk")


def test_du_depot_au_compte_rendu(bureau: Client) -> None:
    f.personne(foyer=f.foyer(numdemrsa="00000010099", matricule="9900001"), nom="Exemple", prenom="Camille")
    fichier = deposer(
        bureau, ligne(NUMERO, "c@exemple.invalid"), ligne("6,12E+08"), ligne(numdemrsa="1", matricule="2")
    )
    url = reverse("import", args=[fichier.pk])
    avant = texte(bureau.get(url))
    assert "1 ligne sera mise de côté" in avant
    assert "Charger ce fichier" in avant
    assert not Contact.objects.exists()
    assert bureau.post(reverse("import_charger", args=[fichier.pk])).status_code == 302
    charger_fichier(**ProcrastinateJob.objects.latest("id").args)
    fichier.refresh_from_db()
    assert fichier.statut == StatutFichier.CHARGE
    apres = texte(bureau.get(url))
    assert "1 personne a un premier numéro de téléphone." in apres
    assert "un fichier de contacts ne crée personne" in apres
    liste = texte(bureau.get(reverse("imports")))
    for vue in (avant, apres, liste):
        assert NUMERO not in vue
        assert "exemple.invalid" not in vue


def test_un_fichier_d_inconnus_attend_puis_se_charge(bureau: Client) -> None:
    fichier = deposer(bureau, *(ligne(NUMERO, numdemrsa=str(n), matricule=str(n)) for n in range(1, 31)))
    bureau.post(reverse("import_charger", args=[fichier.pk]))
    charger_fichier(**ProcrastinateJob.objects.latest("id").args)
    url = reverse("import", args=[fichier.pk])
    assert "inconnues ici" in texte(bureau.get(url))
    assert bureau.post(reverse("import_charger", args=[fichier.pk]), {"confirmer": "1"}).status_code == 302
    charger_fichier(**ProcrastinateJob.objects.latest("id").args)
    fichier.refresh_from_db()
    assert (fichier.statut, fichier.lus) == (StatutFichier.CHARGE, 30)


def test_the_day_the_file_speaks_of_is_typed_and_corrected_until_it_is_loaded(bureau: Client) -> None:
    octets = "\r\n".join((ENTETE, ligne(NUMERO), "")).encode("cp1252")
    envoi = {"fichier": SimpleUploadedFile("c.csv", octets), "recu_le": "2026-02-10", "date_du_fichier": "2026-02-12"}
    refus = bureau.post(reverse("import_deposer"), envoi)
    assert refus.status_code == 422
    assert "suit sa réception" in texte(refus)
    envoi |= {"fichier": SimpleUploadedFile("c.csv", octets), "date_du_fichier": "2026-02-01"}
    assert bureau.post(reverse("import_deposer"), envoi).status_code == 302
    fichier = FichierRecu.objects.get()
    assert (fichier.recu_le, fichier.reference_le) == (date(2026, 2, 10), date(2026, 2, 1))
    url, avant = reverse("import_reception", args=[fichier.pk]), Evenement.objects.count()
    assert "Données du" in texte(bureau.get(url))
    trop_tard = bureau.post(url, {"recu_le": "2026-02-10", "date_du_fichier": "2026-02-11"})
    assert trop_tard.status_code == 422
    # One of the two is wrong: neither is kept.
    bureau.post(url, {"recu_le": "2026-02-03", "date_du_fichier": "2026-02-04"})
    fichier.refresh_from_db()
    assert (fichier.recu_le, fichier.reference_le) == (date(2026, 2, 10), date(2026, 2, 1))
    assert bureau.post(url, {"recu_le": "2026-02-10", "date_du_fichier": "2026-01-31"}).status_code == 302
    fichier.refresh_from_db()
    assert (fichier.reference_le, fichier.statut, Evenement.objects.count()) == (
        date(2026, 1, 31), StatutFichier.RECU, avant,
    )  # fmt: skip
    assert "31/01/2026" in texte(bureau.get(reverse("import", args=[fichier.pk])))
    FichierRecu.objects.update(statut=StatutFichier.CHARGE)
    assert bureau.post(url, {"recu_le": "2026-02-10", "date_du_fichier": "2026-01-30"}).status_code == 422
    fichier.refresh_from_db()
    assert fichier.reference_le == date(2026, 1, 31)
