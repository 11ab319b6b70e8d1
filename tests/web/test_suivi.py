"""Pages of the follow-up: what is written comes back to whom it should, drafts hold, documents stay harmless."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import LecteurSensible, Personne
from cordee.metier.suivi.enums import EtatAnalyse, IssueGlobale, ThemeNote
from cordee.metier.suivi.models import AccompagnementGlobal, Document, EntretienSuivi, Note, PieceVue, Reclamation
from cordee.metier.suivi.services import coffre, ecrire_note
from cordee.socle import horloge
from tests import fabriques as f

pytestmark = pytest.mark.django_db
R = RoleAgent
PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17 + b"\x00\x00\x00\x00IEND\xaeB`\x82"


class Lieu:
    """A structure, those who work there, a person they follow."""

    def __init__(self) -> None:
        self.eds = f.structure(nom="EDS des essais", commune=f.commune())
        self.ailleurs = f.structure(TypeStructure.DEPARTEMENT, "", nom="Direction")
        self.referente = f.agent(R.REFERENT, structure=self.eds, prenom="Awa", nom="Diallo")
        self.chef = f.agent(R.CHEF_STRUCTURE, structure=self.eds)
        self.encadrante = f.agent(R.ENCADRANT, structure=self.ailleurs)
        self.plateforme = f.agent(R.AGENT_PLATEFORME, structure=self.ailleurs)
        f.systeme()
        self.personne = f.soumise(self.eds, le=horloge.maintenant() - timedelta(days=40))
        f.adresse(personne=self.personne)
        f.accompagnee(self.personne, self.eds, self.referente, le=horloge.maintenant() - timedelta(days=9))

    def url(self, nom: str, *args: int) -> str:
        return reverse(nom, args=[self.personne.pk, *args])


@pytest.fixture
def lieu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lieu:
    monkeypatch.setattr(coffre, "dossier_cordee", lambda: tmp_path)
    monkeypatch.delenv(coffre.ANALYSE, raising=False)
    return Lieu()


def chez(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def lire(agent: Agent, url: str) -> str:
    return chez(agent).get(url).content.decode()


class TestNotes:
    def test_written_then_read_by_each_as_she_may(self, lieu: Lieu) -> None:
        chez(lieu.referente).post(
            lieu.url("note_nouvelle"),
            {"theme": "sante", "texte": "Disponible l'après-midi.", "detail": "Soins le matin."},
        )  # fmt: skip
        panneau = f"{reverse('personne', args=[lieu.personne.pk])}?onglet=notes"
        assert "Soins le matin." in lire(lieu.referente, panneau)
        vu = lire(lieu.plateforme, panneau)
        assert ("Disponible" in vu, "Soins le matin." in vu, "réservée à l" in vu) == (True, False, True)
        droits = lire(lieu.plateforme, lieu.url("ecrits"))
        assert ("Soins" in droits, "Incomplet" in droits) == (False, True)

    def test_suggestions_never_block(self, lieu: Lieu) -> None:
        client = chez(lieu.referente)
        url = reverse("note_lexique_suggerer") + "?champ=texte"
        reponse = client.post(url, {"texte": "Il est <b>fainéant</b>"})
        assert "« fainéant »" in reponse.content.decode()
        client.post(lieu.url("note_nouvelle"), {"theme": "emploi", "texte": "Il est fainéant", "detail": ""})
        assert Note.objects.get().texte == "Il est fainéant"

    def test_nobody_corrects_the_note_of_another(self, lieu: Lieu) -> None:
        note = ecrire_note(personne=lieu.personne, theme=ThemeNote.EMPLOI, texte="A", par=lieu.referente,
                           le=horloge.maintenant())  # fmt: skip
        assert chez(lieu.chef).get(lieu.url("note_corriger", note.pk)).status_code == 404
        ailleurs = f.soumise(lieu.eds)
        assert chez(lieu.referente).get(reverse("note_corriger", args=[ailleurs.pk, note.pk])).status_code == 404


class TestEntretien:
    def donnees(self, **champs: object) -> dict[str, object]:
        maintenant = horloge.maintenant() - timedelta(hours=1)
        return {
            "debut": f"{maintenant:%Y-%m-%dT%H:%M}", "modalite": "physique", "theme": "parcours", "version": 0,
            "seance": str(uuid4()), **champs,
        }  # fmt: skip

    def test_what_is_typed_is_kept_then_finished(self, lieu: Lieu) -> None:
        client, saisie = chez(lieu.referente), self.donnees(texte="Elle dit", sujet_0="Le permis")
        assert client.post(lieu.url("entretien_suivi_brouillon"), saisie).status_code == 200
        assert "Elle dit" in client.get(lieu.url("entretien_suivi")).content.decode()
        assert "Elle dit" not in lire(lieu.chef, lieu.url("entretien_suivi"))
        saisie |= {"texte": "Elle dit oui", "quoi_0": "Appeler", "qui_0": "referent", "action": "finir"}
        assert client.post(lieu.url("entretien_suivi"), saisie).status_code == 302
        ligne = EntretienSuivi.objects.get()
        assert (ligne.brouillon, ligne.note.texte, ligne.actions.get().quoi) == (False, "Elle dit oui", "Appeler")
        assert "Appeler" in lire(lieu.referente, reverse("promesses"))
        client.post(lieu.url("decision_entretien", ligne.actions.get().pk))
        assert "Rien à tenir" in lire(lieu.referente, reverse("promesses"))

    def test_two_screens_are_told(self, lieu: Lieu) -> None:
        client = chez(lieu.referente)
        client.post(lieu.url("entretien_suivi_brouillon"), self.donnees(texte="A"))
        reponse = client.post(lieu.url("entretien_suivi_brouillon"), self.donnees(texte="B"))
        assert (reponse.status_code, "data-garder" in reponse.content.decode()) == (409, True)
        assert EntretienSuivi.objects.get().texte == "A"


class TestDocuments:
    def deposer(self, lieu: Lieu, nom: str, octets: bytes, genre: str = "cv") -> tuple[int, str]:
        fichier = SimpleUploadedFile(nom, octets, content_type="text/html")
        envoi = {"genre": genre, "titre": "../../É<script>", "fichier": fichier}
        reponse = chez(lieu.referente).post(lieu.url("document_deposer"), envoi)
        return reponse.status_code, reponse.content.decode()

    @pytest.mark.parametrize(("octets", "disposition"), [(PDF, "attachment"), (PNG, "inline")])
    def test_given_back_harmless(self, lieu: Lieu, octets: bytes, disposition: str) -> None:
        assert self.deposer(lieu, "page.html", octets)[0] == 302
        document = Document.objects.get()
        reponse = chez(lieu.referente).get(lieu.url("document", document.pk))
        assert reponse.content == octets
        assert reponse["Content-Disposition"] == f'{disposition}; filename="e-script-{document.pk}.{document.format}"'
        assert reponse["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert reponse["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in reponse["Cache-Control"]
        assert chez(f.agent(R.REFERENT, structure=lieu.ailleurs)).get(
            lieu.url("document", document.pk)
        ).status_code == 404  # fmt: skip
        assert "&lt;script&gt;" in lire(lieu.referente, f"{lieu.url('personne')}?onglet=documents")

    @pytest.mark.parametrize(
        ("octets", "genre", "mot"),
        [(b"<html>", "cv", "Seuls les PDF"), (PDF, "medical", "pièce vue"), (PDF + b"0" * 10_500_000, "cv", "10 Mo")],
    )
    def test_refused_in_plain_words(self, lieu: Lieu, octets: bytes, genre: str, mot: str) -> None:
        statut, page = self.deposer(lieu, "cv.pdf", octets, genre)
        assert (statut, mot in page, Document.objects.exists()) == (422, True, False)

    def test_in_quarantine_it_does_not_open(self, lieu: Lieu) -> None:
        self.deposer(lieu, "cv.pdf", PDF)
        Document.objects.update(analyse=EtatAnalyse.QUARANTAINE)
        reponse = chez(lieu.referente).get(lieu.url("document", Document.objects.get().pk))
        assert PDF not in reponse.content
        assert "quarantaine" in reponse.content.decode()


class TestSensible:
    def test_restricted_to_its_readers_and_the_reads_are_told(self, lieu: Lieu) -> None:
        chez(lieu.plateforme).get(lieu.url("personne"))
        envoi = {"lecteurs": [lieu.referente.pk, lieu.chef.pk], "motif": "Proche d'un agent", "lie": lieu.plateforme.pk}
        assert chez(lieu.chef).post(lieu.url("sensible"), envoi).status_code == 302
        assert LecteurSensible.objects.filter(fin=None).count() == 2
        assert chez(lieu.encadrante).get(lieu.url("personne")).status_code == 404
        assert chez(lieu.plateforme).get(lieu.url("personne")).status_code == 404
        page = lire(lieu.chef, lieu.url("sensible"))
        assert ("hors de la liste" in page, "Lever la restriction" in page) == (True, True)
        notes = lire(lieu.referente, f"{lieu.url('personne')}?onglet=notes")
        assert str(lieu.chef) in notes[notes.index("Dossier sensible : qui") :]
        liste = lire(lieu.encadrante, reverse("sensibles"))
        assert (lieu.personne.nom in liste, f"Dossier {lieu.personne.pk}" in liste) == (False, True)
        chez(lieu.chef).post(lieu.url("sensible"), {"action": "lever"})
        assert chez(lieu.encadrante).get(lieu.url("personne")).status_code == 200


def test_who_opened_the_file_is_told_without_the_names_of_agents(lieu: Lieu) -> None:
    chez(lieu.plateforme).get(lieu.url("personne"))
    page = lire(lieu.referente, lieu.url("consultations"))
    registre = page[page.index("<table") :]
    assert "Direction" in registre
    assert lieu.plateforme.nom not in registre


def test_the_cover_of_a_visit_names_nobody(lieu: Lieu) -> None:
    page = lire(lieu.referente, lieu.url("visite"))
    couverture = page[page.index('aria-label="Couverture"') : page.index('aria-label="Feuilles')]
    assert lieu.personne.prenom.title() not in couverture
    assert lieu.personne.prenom.title() in page[page.index('aria-label="Feuilles') :]


def _remplir(lieu: Lieu, combien: int) -> None:
    agence = f.structure(TypeStructure.OPERATEUR_EMPLOI, nom="Agence")
    for _ in range(combien):
        p = f.personne()
        f.rattachement(p, lieu.eds, lieu.referente, finalite=FinaliteRattachement.ACCUEIL)
        _lignes(p, lieu, agence)


def _lignes(p: Personne, lieu: Lieu, agence: Structure) -> None:
    le = horloge.maintenant()
    communs = {"personne": p, "structure": lieu.eds}
    AccompagnementGlobal.objects.create(
        **communs, referent=lieu.referente, coreferent_structure=agence, sans_rsa=True, debut=le.date(),
        ouvert_par=lieu.referente, ouvert_le=le,
    )  # fmt: skip
    PieceVue.objects.create(**communs, nature="titre_sejour", vue_le=le.date(), vue_par=lieu.referente,
                            expire_le=le.date() + timedelta(days=30))  # fmt: skip
    Reclamation.objects.create(
        **communs, genre="reclamation", objet="delai", canal="guichet", parole="Rien", recue_le=le.date(),
        repondre_avant=le.date(), saisie_par=lieu.referente, saisie_le=le,
    )  # fmt: skip


def test_lists_cost_the_same_however_long(lieu: Lieu, django_assert_max_num_queries: Callable[..., object]) -> None:
    _remplir(lieu, 12)
    client = chez(lieu.chef)
    for nom in ("globaux", "pieces", "reclamations"):
        with django_assert_max_num_queries(22):  # type: ignore[attr-defined]
            page = client.get(reverse(nom)).content.decode()
        assert page.count("data-libelle") >= 36


def test_the_list_of_accompagnement_global_is_narrowed_and_exported(lieu: Lieu) -> None:
    _remplir(lieu, 2)
    premier = AccompagnementGlobal.objects.earliest("pk")
    AccompagnementGlobal.objects.filter(pk=premier.pk).update(
        fin=horloge.aujourdhui(), issue=IssueGlobale.EMPLOI_DURABLE, sans_rsa=False
    )
    client = chez(lieu.chef)
    texte = client.get(reverse("globaux_export") + "?etat=toutes").content.decode()
    assert (texte.count("\r\n"), "Emploi durable" in texte) == (3, True)
    assert "Emploi durable" not in client.get(reverse("globaux_export") + "?rsa=sans").content.decode()
    assert client.get(reverse("globaux") + "?structure=abc&issue=zzz&annee=1").status_code == 200
