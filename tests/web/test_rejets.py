"""The queue of what was set aside, and one piece: who reads it, what shows, what a correction does."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from cordee.echanges.fichiers.models import (
    ElementRejete,
    FichierRecu,
    GenreElement,
    LectureElement,
    Rejeu,
    StatutElement,
    StatutFichier,
    TypeFichier,
)
from cordee.echanges.fichiers.rejets import element, sans_nir
from cordee.echanges.fichiers.services import contenu
from cordee.echanges.guichet.taches import rejouer_la_demande
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Personne
from tests import fabriques as f
from tests.echanges.caf.blocs import foyer
from tests.echanges.caf.scenes import JANVIER, autre_personne, entete, importer

pytestmark = pytest.mark.django_db
FAUSSE = ("<DTNAI>1988-06-21<", "<DTNAI>1988-02-31<")
SECRETS = ("TIREVENT", "ABELUNE", "NORA", "2880699023456")


@pytest.fixture
def donnees() -> Agent:
    f.systeme()
    return f.agent(RoleAgent.GESTIONNAIRE_DONNEES)


@pytest.fixture
def bureau(client: Client, donnees: Agent, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("CORDEE_MAINTENANT", "2026-06-18T09:00")
    client.force_login(donnees)
    return client


@pytest.fixture
def charger(tmp_path: Path) -> Callable[..., FichierRecu]:
    """Load a monthly of these households."""

    def _charger(*foyers: str, nom: str = "flux.xml") -> FichierRecu:
        fin = "<TransmissionFlux><NBTOTDOSRSATRANSM>1</NBTOTDOSRSATRANSM></TransmissionFlux></Racine>"
        texte = f'<?xml version="1.0" encoding="UTF-8"?>\n<Racine>{entete(JANVIER)}\n' + "\n".join(foyers) + fin
        (tmp_path / nom).write_text(texte)
        importer(tmp_path / nom)
        return FichierRecu.objects.latest("pk")

    return _charger


@pytest.fixture
def rejete(bureau: Client, charger: Callable[..., FichierRecu]) -> ElementRejete:
    charger(foyer("00000010094", FAUSSE), foyer("00000020094", *autre_personne(1)))
    return ElementRejete.objects.get()


def texte(reponse: Any) -> str:
    return str(reponse.content.decode())


def champs(vue: str) -> dict[str, str]:
    """The fields of the form as a browser would send them."""
    valeurs = dict(re.findall(r'<input type="text" name="([^"]+)"(?: value="([^"]*)")?', vue))
    for nom, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', vue, re.DOTALL):
        choisie = re.search(r'value="([^"]*)" selected', options)
        valeurs[nom] = choisie[1] if choisie else ""
    return valeurs


def test_the_queue_says_where_and_why_and_names_nobody(bureau: Client, rejete: ElementRejete) -> None:
    vue = texte(bureau.get(reverse("rejets")))
    assert "1 élément n'a pas pu être lu" in vue.replace("&#x27;", "'")
    assert f"Foyer, ligne {rejete.ligne}" in vue
    assert "Date de naissance manquante ou impossible" in vue
    assert "00000010094" in vue
    assert not any(secret in vue for secret in SECRETS)
    assert not LectureElement.objects.exists()


def test_filters_sort_and_export_live_in_the_address(
    bureau: Client, rejete: ElementRejete, django_assert_max_num_queries: Any
) -> None:
    def compte(**filtres: str) -> int:
        return texte(bureau.get(reverse("rejets"), filtres)).count('<th scope="row">')

    assert compte(motif="naissance_impossible", type="beneficiaires_mensuel", fichier=str(rejete.fichier_id)) == 1
    assert compte(type="contacts") == compte(statut="rejoue") == compte(age="30") == 0
    ElementRejete.objects.update(cree_le=rejete.cree_le - timedelta(days=31))
    assert compte(age="30") == compte(statut="tous", tri="-age") == 1
    assert compte(statut="zzz", fichier="x'", age="-", page="999") == 1  # what cannot be read is ignored
    export = bureau.get(reverse("rejets"), {"export": "csv"}).content.decode("utf-8-sig")
    assert len(export.splitlines()) == 2
    assert "00000010094" in export
    assert not any(secret in export for secret in SECRETS)
    modele = ElementRejete.objects.get()
    for rang in range(60):
        modele.pk, modele.rang = None, rang + 10
        modele.save()
    with django_assert_max_num_queries(20):
        bureau.get(reverse("rejets"))


def test_reading_a_piece_is_logged_and_shows_no_nir(bureau: Client, donnees: Agent, rejete: ElementRejete) -> None:
    vue = texte(bureau.get(reverse("rejet", args=[rejete.pk])))
    assert LectureElement.objects.get().agent_id == donnees.pk
    assert "TIREVENT" in vue
    assert "1988-02-31" in vue
    assert "La date de naissance (DTNAI) manque ou n&#x27;existe pas." in vue
    assert "NIR masqué n° 1" in vue
    assert "2880699023456" not in vue
    assert "jeton-" not in vue


def test_a_field_corrected_then_played(bureau: Client, rejete: ElementRejete) -> None:
    vue = texte(bureau.get(reverse("rejet", args=[rejete.pk])))
    saisies = champs(vue) | {"p0-DTNAI": "21/06/1988", "p0-NOM": "O'TIREVENT & <FILS>"}
    reponse = bureau.post(reverse("rejet_corriger", args=[rejete.pk]), saisies)
    assert reponse.status_code == 302
    nora = Personne.objects.get(prenom="NORA")
    assert (nora.nom, str(nora.date_naissance)) == ("O'TIREVENT & <FILS>", "1988-06-21")
    apres = texte(bureau.get(reverse("rejet", args=[rejete.pk])))
    assert reverse("personne", args=[nora.pk]) in apres
    assert "sera effacé le 25/06/2026" in apres
    rapport = texte(bureau.get(reverse("import", args=[rejete.fichier_id])))
    assert "Depuis : 1 rejoué, 0 écarté, 0 à traiter." in rapport
    assert "Nora O." in apres
    assert "TIREVENT" not in apres.upper().replace("NORA O.", "")
    assert LectureElement.objects.count() == 1


def test_still_wrong_keeps_what_was_typed(bureau: Client, rejete: ElementRejete) -> None:
    url = reverse("rejet_corriger", args=[rejete.pk])
    saisies = champs(texte(bureau.get(reverse("rejet", args=[rejete.pk]))))
    faux = bureau.post(url, saisies | {"p0-DTNAI": "31/02/1988", "a0-NOMVOIE": "DES CIMES"})
    assert faux.status_code == 422
    assert "Cette date n&#x27;existe pas" in texte(faux)
    assert "31/02/1988" in texte(faux)
    assert "DES CIMES" in texte(faux)
    futur = bureau.post(url, saisies | {"p0-DTNAI": "21/06/2027", "a0-NOMVOIE": "DES CIMES", "p0-NIR": "2880699023456"})
    assert futur.status_code == 422
    assert "Toujours illisible" in texte(futur)
    assert "après la création du fichier" in texte(futur)
    assert "DES CIMES" in texte(futur)
    assert "2880699023456" not in texte(futur)
    nir = bureau.post(url, saisies | {"p0-DTNAI": "21/06/1988", "p0-NIR": "12 34"})
    assert nir.status_code == 422
    assert "12 34" not in texte(nir)
    assert not Personne.objects.filter(prenom="NORA").exists()


def test_the_whole_text_corrected_then_played(bureau: Client, rejete: ElementRejete) -> None:
    vue = texte(bureau.get(reverse("rejet", args=[rejete.pk])))
    zone = re.search(r"<textarea.*?>\n?(.*?)</textarea>", vue, re.DOTALL)
    assert zone
    xml = html.unescape(zone[1])
    assert "\n      <DTNAI>1988-02-31</DTNAI>" in xml
    casse = bureau.post(
        reverse("rejet_corriger", args=[rejete.pk]), {"mode": "texte", "texte": xml.replace("</NOM>", "</NON>", 1)}
    )
    assert casse.status_code == 422
    assert "fermée par" in texte(casse)
    assert "</NON>" in html.unescape(texte(casse))
    assert "Texte réparé, à relire" in texte(casse)
    juste = xml.replace("1988-02-31", "1988-06-21")
    reponse = bureau.post(
        reverse("rejet_corriger", args=[rejete.pk]), {"mode": "texte", "texte": juste.replace("\n", "\r\n")}
    )
    assert reponse.status_code == 302
    nora = Personne.objects.get(prenom="NORA")
    assert nora.identifiants.filter(genre="nir").exists()  # its mask was turned back into its token


def test_back_to_the_text_of_the_file(bureau: Client, rejete: ElementRejete) -> None:
    origine = contenu(rejete)
    saisies = champs(texte(bureau.get(reverse("rejet", args=[rejete.pk])))) | {"a0-NOMVOIE": "DES CIMES"}
    bureau.post(reverse("rejet_corriger", args=[rejete.pk]), saisies)
    assert "Vous voyez la dernière correction" in texte(bureau.get(reverse("rejet", args=[rejete.pk])))
    bureau.post(reverse("rejet_origine", args=[rejete.pk]))
    rejete.refresh_from_db()
    assert contenu(rejete) == origine


def test_a_broken_block_is_proposed_mended(bureau: Client, charger: Callable[..., FichierRecu]) -> None:
    charger(foyer("00000010094", ("<NOM>TIREVENT<", "<NOM>R & D<")), foyer("00000020094", *autre_personne(1)))
    rejete = ElementRejete.objects.get()
    vue = texte(bureau.get(reverse("rejet", args=[rejete.pk])))
    assert "Texte réparé, à relire" in vue
    assert "&amp;amp;" in vue
    saisies = champs(vue) | {"base": "reparation"}
    assert saisies["p0-NOM"] == "R &amp; D"
    bureau.post(reverse("rejet_corriger", args=[rejete.pk]), saisies | {"p0-NOM": "R & D"})
    assert Personne.objects.get(prenom="NORA").nom == "R & D"


def test_dropped_with_a_reason_then_taken_back(bureau: Client, rejete: ElementRejete) -> None:
    url = reverse("rejet_ecarter", args=[rejete.pk])
    assert bureau.get(url).status_code == 200
    assert bureau.post(url, {"raison": "autre", "phrase": ""}).status_code == 422
    assert bureau.post(url, {"raison": "renvoi_attendu"}).status_code == 302
    vue = texte(bureau.get(reverse("rejet", args=[rejete.pk])))
    assert "renverra corrigé" in vue
    assert not any(secret in vue for secret in SECRETS)
    assert bureau.post(url, {"raison": "renvoi_attendu"}).status_code == 409
    bureau.post(reverse("rejet_reprendre", args=[rejete.pk]))
    rejete.refresh_from_db()
    assert rejete.statut == StatutElement.EN_ATTENTE


def test_the_selection_is_played_in_the_background(bureau: Client, rejete: ElementRejete) -> None:
    bureau.post(
        reverse("rejet_corriger", args=[rejete.pk]), {"p0-DTNAI": "21/06/2027"}
    )  # kept as a correction that does not suffice
    reponse = bureau.post(reverse("rejets_rejouer"), {"ids": [str(rejete.pk)], "action": "rejouer"})
    demande = Rejeu.objects.get()
    assert reponse.headers["Location"] == reverse("rejets_lot", args=[demande.pk])
    assert "En attente de démarrage" in texte(bureau.get(reverse("rejets_lot", args=[demande.pk])))
    suite = bureau.get(reverse("rejets_lot_progression", args=[demande.pk]))
    assert 'hx-trigger="every 2s"' in texte(suite)
    rejouer_la_demande(**ProcrastinateJob.objects.latest("id").args)
    fini = bureau.get(reverse("rejets_lot_progression", args=[demande.pk]))
    assert fini.headers["HX-Redirect"] == reverse("rejets_lot", args=[demande.pk])
    vue = texte(bureau.get(reverse("rejets_lot", args=[demande.pk])))
    assert "toujours illisible" in vue
    assert "impossible" in vue
    assert bureau.post(reverse("rejets_rejouer") + "?statut=rejoue", {"tout": "1"}).status_code == 409


def test_many_pieces_of_a_file_at_once(
    bureau: Client, charger: Callable[..., FichierRecu], monkeypatch: pytest.MonkeyPatch
) -> None:
    vieux = [foyer(f"000000{n}0094", *autre_personne(n), (autre_personne(n)[3][1], f"1897-01-0{n}")) for n in (1, 2)]
    fichier = charger(*vieux, foyer("00000090094", FAUSSE), foyer())
    assert ElementRejete.objects.count() == 3
    monkeypatch.setattr("cordee.echanges.caf.assemblage.PREMIERE_ANNEE", 1890)
    bureau.post(reverse("rejets_rejouer_fichier", args=[fichier.pk]))
    rejouer_la_demande(**ProcrastinateJob.objects.latest("id").args)
    demande = Rejeu.objects.get()
    assert (demande.reussis, demande.traites, len(demande.echecs)) == (2, 3, 1)
    fichier.refresh_from_db()
    assert fichier.rapport["rejets_suites"] == {"en_attente": 1, "rejoues": 2, "ecartes": 0, "effaces": 0}


def test_a_line_of_contacts_is_corrected_by_its_columns(bureau: Client, donnees: Agent) -> None:
    fichier = FichierRecu.objects.create(
        empreinte="c" * 64, nom="contacts.csv", type=TypeFichier.CONTACTS, recu_le=f.MAINTENANT.date(),
        depose_le=f.MAINTENANT, depose_par=donnees, taille=1, statut=StatutFichier.CHARGE,
        reference_le=f.MAINTENANT.date(),
    )  # fmt: skip
    ligne = "MATRICULE;ROLE PERSONNE;NIR;NUMERO TELEPHONE DOSSIER\n0000009;XXX;2880699023456;0612"
    rejete = element(
        fichier=fichier, genre=GenreElement.LIGNE, rang=1, ligne=2, repere="", code="role", motif="Rôle inconnu.",
        texte=sans_nir(ligne), le=f.MAINTENANT,
    )  # fmt: skip
    rejete.save()
    vue = texte(bureau.get(reverse("rejet", args=[rejete.pk])))
    assert "ROLE PERSONNE" in vue
    assert "2880699023456" not in vue
    reponse = bureau.post(reverse("rejet_corriger", args=[rejete.pk]), champs(vue) | {"l-1": "DEM"})
    assert reponse.status_code == 422
    assert "Toujours illisible" in texte(reponse)  # nobody of that number here
    rejete.refresh_from_db()
    assert ";DEM;" in contenu(rejete)


def test_a_line_of_contacts_corrected_reaches_its_person(
    bureau: Client, donnees: Agent, charger: Callable[..., FichierRecu]
) -> None:
    charger(foyer())
    fichier = FichierRecu.objects.create(
        empreinte="e" * 64, nom="contacts.csv", type=TypeFichier.CONTACTS, recu_le=JANVIER, depose_le=f.MAINTENANT,
        depose_par=donnees, taille=1, statut=StatutFichier.CHARGE, reference_le=JANVIER,
        organisme=f.organisme_payeur(),
    )  # fmt: skip
    ligne = "MATRICULE;ROLE PERSONNE;NIR;NUMERO TELEPHONE DOSSIER\n9123456;XXX;2880699023456;0612345678"
    rejete = element(
        fichier=fichier, genre=GenreElement.LIGNE, rang=1, ligne=2, repere="9123456", code="role",
        motif="Rôle inconnu.", texte=sans_nir(ligne), le=f.MAINTENANT,
    )  # fmt: skip
    rejete.save()
    saisies = champs(texte(bureau.get(reverse("rejet", args=[rejete.pk]))))
    assert bureau.post(reverse("rejet_corriger", args=[rejete.pk]), saisies | {"l-1": "DEM"}).status_code == 302
    rejete.refresh_from_db()
    assert rejete.statut == StatutElement.REJOUE
    assert Personne.objects.get(prenom="NORA").contacts.filter(valeur="0612345678").exists()


def test_only_the_data_desk(client: Client, rejete: ElementRejete) -> None:
    noms = ["rejet", "rejet_corriger", "rejet_rejouer", "rejet_ecarter", "rejet_reprendre", "rejet_origine",
            "rejets_rejouer_fichier", "rejets_lot", "rejets_lot_progression"]  # fmt: skip
    adresses = [reverse("rejets"), reverse("rejets_rejouer"), *(reverse(nom, args=[rejete.pk]) for nom in noms)]
    for role in RoleAgent:
        if role is RoleAgent.GESTIONNAIRE_DONNEES:
            continue
        client.force_login(f.agent(role))
        for adresse in adresses:
            assert client.get(adresse).status_code == client.post(adresse, {}).status_code == 403, (role, adresse)
