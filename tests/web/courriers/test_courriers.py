"""The post room through its pages: from a list of letters to the post, returned mail, certain dates, texts, proofs."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse  # noqa: TID251
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from cordee.echanges.messagerie import impression
from cordee.metier.courriers.enums import EtatRemise, MoyenRemise
from cordee.metier.courriers.models import Courrier, LotImpression, ModeleCourrier, PreferenceContact
from cordee.metier.courriers.services import marquer_envoye
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation.services import envoyer_notification
from cordee.metier.parcours.models import Etape
from cordee.metier.personnes.models import Adresse, Personne
from cordee.socle import horloge
from cordee.web.courriers import lots
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe
from tests.metier.equipe import equipe as monter

pytestmark = pytest.mark.django_db
J = timedelta(days=1)


@pytest.fixture
def equipe(monkeypatch: pytest.MonkeyPatch) -> Equipe:
    monkeypatch.setenv("CORDEE_MAINTENANT", LE.replace(tzinfo=None).isoformat())
    return monter()


@pytest.fixture
def page(client: Client, equipe: Equipe) -> Callable[..., str]:
    """``page("courriers", q="…")`` → its text, as the platform's agent; ``donnees=…`` posts."""
    client.force_login(equipe.samia)

    def ouvrir(nom: str, *args: Any, donnees: dict[str, Any] | None = None, qui: Any = None, **suite: str) -> str:
        if qui is not None:
            client.force_login(qui)
        adresse = reverse(nom, args=args)
        if donnees is None:
            reponse = client.get(adresse, suite, follow=True)
        else:
            reponse = client.post(adresse, donnees, follow=True)
        ouvrir.reponse = reponse  # type: ignore[attr-defined]
        return unescape(reponse.content.decode(errors="replace"))

    return ouvrir


def convoquees(equipe: Equipe, combien: int = 3) -> list[Courrier]:
    for _ in range(combien):
        equipe.convoquer(equipe.entrante())
    return list(Courrier.objects.order_by("pk"))


class TestLot:
    def test_from_the_queue_to_the_post(self, equipe: Equipe, page: Callable[..., str]) -> None:
        lettres = convoquees(equipe)
        assert "Préparer le lot : 3 lettres simples" in page("courriers")
        page("lot_preparer", donnees={"tout": "1", "moyen": "lettre_simple"})
        lot = LotImpression.objects.get()
        assert "À imprimer et à poster" in page("lot", lot.pk)
        client = Client()
        client.force_login(equipe.samia)
        document = b"".join(client.get(reverse("lot_pdf", args=[lot.pk])))  # type: ignore[arg-type]
        assert len(PdfReader(io.BytesIO(document)).pages) == lot.pages
        pli = lot.lignes.get(courrier=lettres[0])
        encore = client.get(reverse("lot_pages", args=[lot.pk]), {"de": pli.page_debut}).content
        assert lettres[0].donnees["reference"] in PdfReader(io.BytesIO(encore)).pages[0].extract_text()
        texte = page("lot_poster", lot.pk, donnees={"le_jour": "2026-02-17"})
        assert "3 courriers notés comme envoyé" in texte
        assert {c.etat for c in Courrier.objects.all()} == {EtatRemise.ENVOYEE}
        assert not impression.dossier_du_lot(lot).exists(), "names and addresses do not stay on the disk"

    def test_a_large_batch_is_made_by_the_worker(
        self, equipe: Equipe, page: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        convoquees(equipe, 2)
        monkeypatch.setattr(impression, "A_LA_VOLEE", 1)
        demandes: list[int] = []
        monkeypatch.setattr(lots.tache_composer, "defer", lambda lot_id: demandes.append(lot_id))  # noqa: PLW0108 - its argument has a name
        texte = page("lot_preparer", donnees={"tout": "1", "moyen": "lettre_simple"})
        lot = LotImpression.objects.get()
        assert demandes == [lot.pk]
        assert "se prépare" in texte
        impression.preparer_fichiers(lot=lot, le=LE)
        assert "Ouvrir le fichier à imprimer" in page("lot", lot.pk)

    def test_undone_its_letters_wait_again(self, equipe: Equipe, page: Callable[..., str]) -> None:
        lettres = convoquees(equipe)
        page("lot_preparer", donnees={"ids": [lettres[0].pk, lettres[1].pk], "moyen": "lettre_simple"})
        lot = LotImpression.objects.get()
        assert lot.plis == 2
        assert "2 courriers attendent de nouveau" in page("lot_annuler", lot.pk, donnees={})
        assert "Préparer le lot : 3 lettres simples" in page("courriers")

    def test_a_batch_is_closed_to_who_does_not_reach_all_its_letters(
        self, equipe: Equipe, page: Callable[..., str], client: Client
    ) -> None:
        convoquees(equipe)
        page("lot_preparer", donnees={"tout": "1", "moyen": "lettre_simple"})
        client.force_login(f.agent(RoleAgent.REFERENT, structure=equipe.ccas))
        lot = LotImpression.objects.get()
        for nom in ("lot", "lot_pdf", "lot_pages"):
            assert client.get(reverse(nom, args=[lot.pk])).status_code == 404

    def test_the_queue_costs_the_same_with_more_letters(self, equipe: Equipe, page: Callable[..., str]) -> None:
        couts = []
        for combien in (2, 6):
            convoquees(equipe, combien)
            with CaptureQueriesContext(connection) as requetes:
                page("courriers")
            couts.append(len(requetes))
        assert couts[1] <= couts[0] <= 30


class TestRetours:
    @pytest.fixture
    def parties(self, equipe: Equipe) -> list[Courrier]:
        lettres = convoquees(equipe)
        for c in lettres[:2]:
            marquer_envoye(courrier=c, le_jour=LE.date(), par=equipe.samia, le=LE)
        return lettres

    def test_eighty_numbers_one_after_the_other(
        self, equipe: Equipe, page: Callable[..., str], parties: list[Courrier]
    ) -> None:
        """One request, one answer per number, said at once (R9)."""
        saisies = [parties[0].donnees["reference"], parties[2].donnees["reference"], "C9999999", "bonjour"]
        texte = page("courriers_retours", donnees={"references": " ".join(saisies), "le_jour": "2026-02-17"})
        for phrase in ("adresse à vérifier", "notez d'abord son envoi", "Aucun courrier ne porte", "Ce n'est pas une"):
            assert phrase in texte
        assert Adresse.objects.get(foyer__appartenances__personne=parties[0].personne).npai
        encore = page("courriers_retours", donnees={"references": saisies[0].lower(), "le_jour": "2026-02-17"})
        assert "Déjà noté comme revenu le 17/02/2026" in encore

    def test_a_digit_typed_wrong_is_found_out(
        self, equipe: Equipe, page: Callable[..., str], parties: list[Courrier]
    ) -> None:
        """The last letter of another letter's number: not taken for it."""
        fausse = parties[0].donnees["reference"][:-1] + parties[1].donnees["reference"][-1]
        assert "Ce n'est pas une référence" in page(
            "courriers_retours", donnees={"references": fausse, "le_jour": "2026-02-17"}
        )
        assert not Adresse.objects.filter(npai=True).exists()


class TestDateCertaine:
    """E11, from the registered letter to the clock of the contract, through the pages."""

    @pytest.fixture
    def recommandee(self, equipe: Equipe) -> Courrier:
        personne = equipe.entrante()
        decision = equipe.decider(personne, le=LE - 10 * J)
        return envoyer_notification(orientation=decision, moyen=MoyenRemise.LRAR, par=equipe.samia, le=LE - 9 * J)

    @pytest.mark.parametrize(
        ("fin", "le", "certaine"),
        [("recue", "2026-02-13", "13/02/2026"), ("refusee", "2026-02-13", "12/02/2026"),
         ("non_reclamee", "2026-02-17", "12/02/2026")],
    )  # fmt: skip
    def test_presented_then_ended(
        self, page: Callable[..., str], recommandee: Courrier, fin: str, le: str, certaine: str
    ) -> None:
        assert "Sans date certaine" in page("lettre", recommandee.pk)
        assert recommandee.donnees["reference"] in page("courriers", vue="recommandes")
        page("lettre_etat", recommandee.pk, donnees={"etat": "presentee", "le_jour": "2026-02-12"})
        texte = page("lettre_etat", recommandee.pk, donnees={"etat": fin, "le_jour": le})
        assert f"La date certaine est le {certaine}" in texte
        etape = Etape.objects.get(personne=recommandee.personne, fermee_le__isnull=True)
        assert not etape.provisoire
        assert "Aucun" in page("courriers", vue="recommandes") or "Rien n'attend" in page(
            "courriers", vue="recommandes"
        )

    def test_come_back_no_date_and_the_address_to_check(
        self, equipe: Equipe, page: Callable[..., str], recommandee: Courrier
    ) -> None:
        reference = recommandee.donnees["reference"]
        page("courriers_retours", donnees={"references": reference, "le_jour": "2026-02-17"})
        assert "Sans date certaine" in page("lettre", recommandee.pk)

    def test_a_state_that_cannot_follow_is_not_offered(
        self, equipe: Equipe, page: Callable[..., str], recommandee: Courrier
    ) -> None:
        page("lettre_etat", recommandee.pk, donnees={"etat": "recue", "le_jour": "2026-02-13"})
        texte = page("lettre_etat", recommandee.pk, donnees={"etat": "npai", "le_jour": "2026-02-14"})
        assert "Choisissez ce qu'est devenu le courrier" in texte


class TestPreuve:
    def test_found_by_reference_in_one_go(self, equipe: Equipe, page: Callable[..., str]) -> None:
        [c] = convoquees(equipe, 1)
        texte = page("courriers", q=c.donnees["reference"].lower())
        assert "Ce qu'il est devenu" in texte
        assert c.destinataire in texte

    def test_everything_sent_to_one_person(self, equipe: Equipe, page: Callable[..., str]) -> None:
        [c] = convoquees(equipe, 1)
        marquer_envoye(courrier=c, le_jour=LE.date(), par=equipe.samia, le=LE)
        texte = page("courriers_de_la_personne", c.personne_id)
        for attendu in ("Convocation à un rendez-vous", c.donnees["reference"], "Envoyée le 17/02/2026"):
            assert attendu in texte

    def test_how_she_wishes_to_be_written_to(self, equipe: Equipe, page: Callable[..., str]) -> None:
        personne: Personne = equipe.entrante()
        page("preferences_de_contact", personne.pk, donnees={"langue": "tr", "appel_prefere": "on"})
        assert PreferenceContact.objects.get(personne=personne).langue == "tr"
        assert "L'appeler plutôt qu'écrire" in page("courriers_de_la_personne", personne.pk)
        refus = page("preferences_de_contact", personne.pk, donnees={"sans_appel": "on", "appel_prefere": "on"})
        assert "Choisissez" in refus

    def test_an_apology_from_the_letter(self, equipe: Equipe, page: Callable[..., str]) -> None:
        [c] = convoquees(equipe, 1)
        texte = page("lettre_excuses", c.pk, donnees={"motif": "mauvaise_personne", "canal": "courrier"})
        assert "Lettre d'excuses" in texte
        assert Courrier.objects.get(pk=c.pk).annule_le == LE

    def test_the_list_as_a_file(self, equipe: Equipe, page: Callable[..., str]) -> None:
        [c] = convoquees(equipe, 1)
        texte = page("courriers_export", vue="tous")
        reponse: HttpResponse = page.reponse  # type: ignore[attr-defined]
        assert reponse.headers["Content-Type"].startswith("text/csv")
        assert c.donnees["reference"] in texte


class TestModeles:
    @pytest.fixture
    def encadrante(self, equipe: Equipe) -> Any:
        return f.agent(RoleAgent.ENCADRANT, structure=equipe.eds)

    def test_worded_seen_and_put_in_force(self, page: Callable[..., str], encadrante: Any) -> None:
        cle = ("rappel", "sms", "fr")
        assert "votre texte" not in page("modeles", qui=encadrante)
        page("modele", *cle, donnees={"texte": "À bientôt {date_courte}, {lieu}.", "motif": "plus court"})
        brouillon = ModeleCourrier.objects.get()
        assert "A bientôt" in page("modele", *cle) or "À bientôt" in page("modele", *cle)
        texte = page("modele_activer", brouillon.pk, donnees={"du": horloge.aujourdhui().isoformat()})
        assert "La version 1 est utilisée dès maintenant" in texte
        assert "votre texte" in page("modeles")

    def test_a_fault_is_said_above_what_was_typed(self, page: Callable[..., str], encadrante: Any) -> None:
        texte = page("modele", "rappel", "sms", "fr", qui=encadrante,
                     donnees={"texte": "Vous devez venir {quand}", "motif": "essai"})  # fmt: skip
        assert page.reponse.status_code == 422  # type: ignore[attr-defined]
        assert "{quand} n'est pas une variable" in texte
        assert "n'est pas un manquement" in texte
        assert "Vous devez venir {quand}</textarea>" in texte
        assert not ModeleCourrier.objects.exists()
