"""The contract from the draft to the signature, at the desk and from her own space."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.contrats.enums import Engage, FamilleActivite, MoyenSignature
from cordee.metier.contrats.models import Contrat, PieceSignee
from cordee.metier.contrats.regles import Ligne
from cordee.metier.contrats.regles.signature import lire_trait
from cordee.metier.contrats.selectors.preuves import preuves_de
from cordee.metier.contrats.services import apercu_pdf, preparer, proposition
from cordee.metier.devoirs.models import Procedure
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.models import Constat, Diagnostic
from cordee.metier.participation import services as participation
from cordee.metier.participation.models import AccesEspace, CodeUnique
from cordee.metier.participation.regles import ecrire
from cordee.metier.participation.selectors import numero_de
from cordee.metier.personnes.models import Personne
from cordee.socle import horloge
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.equipe import Equipe
from tests.metier.equipe import equipe as faire_equipe

pytestmark = pytest.mark.django_db
TRAIT = json.dumps([[[100 + 20 * n, 200 + (n % 3) * 30] for n in range(15)]])
LIGNES = (
    Ligne(engage=Engage.ORGANISME, texte="Vous recevoir chaque mois"),
    Ligne(engage=Engage.PERSONNE, texte="Venir aux rendez-vous"),
    Ligne(engage=Engage.PERSONNE, texte="Faire un bilan de santé", famille=FamilleActivite.ACCES_DROITS,
          heures=Decimal(15), code="sante.bilan", objectif="sante.acces_soins"),
)  # fmt: skip


@pytest.fixture
def equipe() -> Equipe:
    f.systeme()
    return faire_equipe()


@pytest.fixture
def amina(equipe: Equipe) -> Personne:
    return equipe.avec_referent(le=horloge.maintenant() - timedelta(days=3))


@pytest.fixture
def contrat(equipe: Equipe, amina: Personne) -> Contrat:
    le = horloge.maintenant()
    brouillon = preparer(
        personne=amina, par=equipe.lea, le=le, projet="Aide à domicile", heures=Decimal(15),
        prochaine_actualisation=jour(le) + timedelta(days=180), engagements=LIGNES, objectifs=["sante.acces_soins"],
    )  # fmt: skip
    return proposition.proposer(contrat=brouillon, version=brouillon.version, par=equipe.lea, le=le)


@pytest.fixture
def acces(equipe: Equipe, amina: Personne) -> AccesEspace:
    contact = f.contact(amina, "0601020304")
    le = horloge.maintenant() - timedelta(hours=2)
    return participation.activer_acces(personne=amina, contact=contact, en_presence=True, par=equipe.lea, le=le)


@pytest.fixture
def lea(client: Client, equipe: Equipe) -> Client:
    client.force_login(equipe.lea)
    return client


@pytest.fixture
def elle(acces: AccesEspace) -> Client:
    """Her own browser, her space open."""
    navigateur = Client()
    navigateur.post(reverse("espace_porte"), {"numero": numero_de(acces), "action": "message"})
    code = participation.texte_a_envoyer(CodeUnique.objects.get(usage="ouvrir"))
    reponse = navigateur.post(reverse("espace_code_unique"), {"code": code})
    assert (reponse.status_code, reponse.url) == (302, reverse("espace_accueil"))
    CodeUnique.objects.update(cree_le=horloge.maintenant() - timedelta(minutes=5))
    return navigateur


def lire(client: Client, nom: str, *args: Any) -> str:
    reponse = client.get(reverse(nom, args=args))
    assert reponse.status_code == 200, nom
    return reponse.content.decode()


class TestEspace:
    def test_nothing_opens_without_a_session(self, client: Client, acces: AccesEspace) -> None:
        pages = ("espace_accueil", "espace_contrat", "espace_contrat_pdf", "espace_contrat_signer", "espace_droits",
                 "espace_lectures")  # fmt: skip
        for nom in pages:
            reponse = client.get(reverse(nom))
            assert (reponse.status_code, reponse.url) == (302, reverse("espace_porte"))

    def test_the_door_says_the_same_of_a_number_that_does_not_exist(self, client: Client, acces: AccesEspace) -> None:
        for numero in (numero_de(acces), "0000-0000-0000-0000", "n'importe quoi"):
            reponse = client.post(reverse("espace_porte"), {"numero": numero, "action": "message"}, follow=True)
            texte = reponse.content.decode()
            assert "Si ce numéro est le bon" in texte
            refus = client.post(reverse("espace_code_unique"), {"code": "000 000"})
            assert (refus.status_code, participation.REFUS.split(",")[0] in refus.content.decode()) == (422, True)
        assert CodeUnique.objects.count() == 1

    def test_an_agent_who_lends_her_tablet_is_signed_out(self, lea: Client, acces: AccesEspace, equipe: Equipe) -> None:
        lea.post(reverse("espace_porte"), {"numero": numero_de(acces), "action": "message"})
        code = participation.texte_a_envoyer(CodeUnique.objects.get())
        lea.post(reverse("espace_code_unique"), {"code": code})
        assert lea.get(reverse("espace_accueil")).status_code == 200
        assert lea.get(reverse("personnes")).status_code == 302

    def test_it_closes_by_itself_and_when_it_is_withdrawn(
        self, elle: Client, acces: AccesEspace, equipe: Equipe, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert elle.get(reverse("espace_accueil")).status_code == 200
        tard = horloge.maintenant() + timedelta(minutes=11)
        with monkeypatch.context() as m:
            m.setattr(horloge, "maintenant", lambda: tard)
            assert elle.get(reverse("espace_accueil")).status_code == 302
        assert elle.get(reverse("espace_accueil")).status_code == 302

    def test_a_withdrawn_access_closes_what_is_open(self, elle: Client, acces: AccesEspace, equipe: Equipe) -> None:
        participation.retirer_acces(acces=acces, par=equipe.lea, le=horloge.maintenant())
        assert elle.get(reverse("espace_accueil")).status_code == 302

    def test_she_reads_masked_then_whole_and_signs(self, elle: Client, contrat: Contrat) -> None:
        masque, entier = lire(elle, "espace_contrat_signer"), elle.get(reverse("espace_contrat_signer") + "?tout=1")
        assert "bilan de santé" not in masque
        assert "Faire un bilan de santé" in entier.content.decode()
        elle.post(reverse("espace_contrat_code"))
        code = participation.texte_a_envoyer(CodeUnique.objects.get(usage="signer"))
        saisie = {"empreinte": contrat.empreinte, "code": code}
        sans_lire = elle.post(reverse("espace_contrat_signer"), saisie)
        assert sans_lire.status_code == 422
        reponse = elle.post(reverse("espace_contrat_signer"), {**saisie, "lu": "on"})
        assert "Votre contrat est signé" in reponse.content.decode()
        contrat.refresh_from_db()
        preuve = preuves_de(contrat)[-1]
        assert (contrat.debut, preuve.moyen, preuve.contact_masque, preuve.recueillie_par.systeme) == (
            horloge.aujourdhui(), MoyenSignature.CODE, "06 •• •• •• 04", True
        )  # fmt: skip
        assert "Vous recevoir chaque mois" in lire(elle, "espace_contrat")
        assert elle.get(reverse("espace_contrat_pdf")).content.startswith(b"%PDF")

    def test_a_contract_changed_meanwhile_is_not_signed(self, elle: Client, contrat: Contrat, equipe: Equipe) -> None:
        elle.post(reverse("espace_contrat_code"))
        code = participation.texte_a_envoyer(CodeUnique.objects.get(usage="signer"))
        le = horloge.maintenant()
        neuf = proposition.retirer(contrat=contrat, version=contrat.version, par=equipe.lea, le=le)
        proposition.proposer(contrat=neuf, version=neuf.version, par=equipe.lea, le=le + timedelta(seconds=2))
        saisie = {"empreinte": contrat.empreinte, "code": code, "lu": "on"}
        reponse = elle.post(reverse("espace_contrat_signer"), saisie)
        assert reponse.status_code == 422
        contrat.refresh_from_db()
        reponse = elle.post(reverse("espace_contrat_signer"), {**saisie, "empreinte": contrat.empreinte})
        assert reponse.status_code == 422
        contrat.refresh_from_db()
        assert contrat.debut is None

    def test_her_rights_and_who_read_her_file(self, elle: Client, lea: Client, amina: Personne) -> None:
        lea.get(reverse("personne", args=[amina.pk]))
        assert "EDS de démonstration" in lire(elle, "espace_lectures")
        droits = lire(elle, "espace_droits")
        assert "Contester une décision" in droits
        assert "ce qui vous est reproché" not in droits

    def test_a_procedure_is_told_once_its_letter_has_left(self, elle: Client, equipe: Equipe, amina: Personne) -> None:
        procedure = Procedure.objects.create(
            personne=amina, type="non_respect_contrat", responsable=equipe.lea, ouverte_par=equipe.lea,
            ouverte_le=horloge.maintenant(),
        )  # fmt: skip
        assert "ce qui vous est reproché" not in lire(elle, "espace_droits")
        aujourdhui = horloge.aujourdhui()
        Procedure.objects.filter(pk=procedure.pk).update(
            griefs_envoyes_le=aujourdhui, griefs_recus_le=aujourdhui,
            contradictoire_jusquau=aujourdhui + timedelta(days=10),
        )  # fmt: skip
        droits = lire(elle, "espace_droits")
        assert "ce qui vous est reproché" in droits
        assert "encore 10 jours" in droits
        assert "Une lettre importante" in lire(elle, "espace_accueil")


class TestAuGuichet:
    def test_propose_then_sign_on_the_screen(self, lea: Client, equipe: Equipe, amina: Personne) -> None:
        brouillon = equipe.brouillon(amina, le=horloge.maintenant(),
                                     prochaine_actualisation=horloge.aujourdhui() + timedelta(days=90))  # fmt: skip
        page = lire(lea, "acte_signer", amina.pk)
        assert "Signer pour l&#x27;organisme" in page or "Signer pour l'organisme" in page
        lea.post(reverse("contrat_proposer", args=[amina.pk]), {"version": brouillon.version})
        brouillon.refresh_from_db()
        vide = lea.post(reverse("contrat_ecran", args=[amina.pk]), {"empreinte": brouillon.empreinte, "trait": ""})
        assert vide.status_code == 422
        assert "signez dans le cadre" in vide.content.decode()
        saisie = {"empreinte": brouillon.empreinte, "trait": TRAIT, "lu_a_voix_haute": "on", "interprete": "tamoul"}
        reponse = lea.post(reverse("contrat_ecran", args=[amina.pk]), saisie)
        assert (reponse.status_code, reponse.url) == (302, reverse("personne", args=[amina.pk]) + "?onglet=contrat")
        brouillon.refresh_from_db()
        assert (brouillon.debut, brouillon.interprete) == (horloge.aujourdhui(), "tamoul")

    def test_the_agent_never_sees_the_code_and_cannot_guess_it(
        self, lea: Client, contrat: Contrat, acces: AccesEspace, amina: Personne, settings: Any
    ) -> None:
        settings.MODE_DEMO = False
        lea.post(reverse("contrat_code_envoyer", args=[amina.pk]))
        code = participation.texte_a_envoyer(CodeUnique.objects.get())
        page = lire(lea, "contrat_code", amina.pk)
        assert code not in page
        assert ecrire(code) not in page
        faux = "0" * 6 if code != "0" * 6 else "1" * 6
        saisie = {"empreinte": contrat.empreinte, "code": faux}
        for _ in range(5):
            assert lea.post(reverse("contrat_code", args=[amina.pk]), saisie).status_code == 422
        apres = lea.post(reverse("contrat_code", args=[amina.pk]), {**saisie, "code": code})
        assert apres.status_code == 422
        contrat.refresh_from_db()
        assert contrat.debut is None

    def test_a_hostile_file_is_not_a_signed_contract(self, lea: Client, contrat: Contrat, amina: Personne) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        piege = SimpleUploadedFile("contrat.pdf", b"<html><script>alert(1)</script>", content_type="application/pdf")
        saisie = {"empreinte": contrat.empreinte, "signe_le": f"{horloge.aujourdhui():%Y-%m-%d}"}
        url = reverse("contrat_papier", args=[amina.pk])
        reponse = lea.post(url, {**saisie, "numerisation": piege})
        assert (reponse.status_code, "ni un PDF" in reponse.content.decode()) == (422, True)
        assert lea.post(url, saisie).status_code == 302

    def test_opening_her_space_needs_her_presence(self, lea: Client, amina: Personne) -> None:
        contact = f.contact(amina, "0601020304")
        url = reverse("acces_espace", args=[amina.pk])
        assert lea.post(url, {"action": "activer", "contact": contact.pk}).status_code == 422
        assert not AccesEspace.objects.exists()
        lea.post(url, {"action": "activer", "contact": contact.pk, "en_presence": "on"})
        assert AccesEspace.objects.get().contact == contact
        remis = lea.post(url, {"action": "remettre", "en_presence": "on"}).content.decode()
        assert "Le code à lui remettre" in remis

    def test_outside_her_perimeter_the_same_404(self, client: Client, equipe: Equipe, contrat: Contrat) -> None:
        client.force_login(equipe.malik)
        for nom in ("contrat_ecran", "contrat_papier", "contrat_code", "acces_espace"):
            assert client.get(reverse(nom, args=[contrat.personne_id])).status_code == 404


def test_an_agent_s_account_opens_no_space(lea: Client, equipe: Equipe) -> None:
    agent: Agent = equipe.lea
    assert agent.pk
    assert lea.get(reverse("espace_contrat")).status_code == 302


class TestListe:
    def test_each_tab_leads_to_the_act_that_moves_it(self, lea: Client, contrat: Contrat, equipe: Equipe) -> None:
        a_preparer = equipe.avec_referent(le=horloge.maintenant() - timedelta(days=3))
        page = lire(lea, "contrats")
        assert reverse("acte_contrat", args=[a_preparer.pk]) in page
        a_signer = lea.get(reverse("contrats") + "?etat=a_signer&q=" + contrat.personne.nom).content.decode()
        assert reverse("acte_signer", args=[contrat.personne_id]) in a_signer
        assert "Rien ne correspond" in lea.get(reverse("contrats") + "?etat=a_signer&q=Zzz").content.decode()
        export = lea.get(reverse("contrats_export") + "?etat=a_signer").content.decode()
        assert contrat.personne.nom in export

    def test_queries_do_not_grow_with_the_people(
        self, lea: Client, equipe: Equipe, django_assert_max_num_queries: Any
    ) -> None:
        le = horloge.maintenant() - timedelta(days=3)
        for _ in range(4):
            equipe.avec_referent(le=le)
        with django_assert_max_num_queries(26):
            lea.get(reverse("contrats"))

    def test_prepare_in_number_from_the_list(self, lea: Client, equipe: Equipe) -> None:
        le = horloge.maintenant() - timedelta(days=3)
        une, autre = equipe.avec_referent(le=le), equipe.avec_referent(le=le)
        reponse = lea.post(reverse("contrats_preparer"), {"ids": [une.pk], "inviter": "1"})
        lot = lea.get(reponse.url).content.decode()
        assert "brouillons préparés" in lot
        assert list(Contrat.objects.values_list("personne_id", flat=True)) == [une.pk]
        lea.post(reverse("contrats_preparer"), {"tout": "1"})
        assert Contrat.objects.filter(personne=autre).exists()

    def test_a_batch_is_its_author_s(self, lea: Client, client: Client, equipe: Equipe) -> None:
        une = equipe.avec_referent(le=horloge.maintenant() - timedelta(days=3))
        url = lea.post(reverse("contrats_preparer"), {"ids": [une.pk]}).url
        client.force_login(equipe.malik)
        assert client.get(url).status_code == 404


class TestContrat:
    def test_one_page_says_it_all_and_promises_are_settled(self, lea: Client, equipe: Equipe, contrat: Contrat) -> None:
        signe = proposition.recueillir(
            contrat=contrat, moyen=MoyenSignature.TRACE, empreinte=contrat.empreinte, par=equipe.lea,
            le=horloge.maintenant(), trait=lire_trait(TRAIT),
        )  # fmt: skip
        page = lire(lea, "contrat", signe.pk)
        for mot in ("La preuve tient", "Signature tracée", "Soins (DREES)", "Proposé à la signature", signe.empreinte):
            assert mot in page
        promesse = signe.engagements.get(engage="organisme")
        lea.post(reverse("contrat_engagement", args=[signe.pk, promesse.pk]), {"action": "tenu"})
        promesse.refresh_from_db()
        assert (promesse.etat, promesse.tenu_le) == ("tenu", horloge.aujourdhui())
        assert lea.get(reverse("contrat_document", args=[signe.pk])).content.startswith(b"%PDF")

    def test_the_scan_is_encrypted_and_comes_back_as_a_download(
        self, lea: Client, equipe: Equipe, contrat: Contrat
    ) -> None:
        scan = apercu_pdf(contrat=contrat, le=horloge.maintenant())
        signe = proposition.recueillir(
            contrat=contrat, moyen=MoyenSignature.PAPIER, empreinte=contrat.empreinte, par=equipe.lea,
            le=horloge.maintenant(), numerisation=scan,
        )  # fmt: skip
        piece = preuves_de(signe)[-1].piece
        assert piece is not None
        assert b"%PDF" not in bytes(PieceSignee.objects.get(pk=piece.pk).contenu)
        reponse = lea.get(reverse("contrat_piece", args=[signe.pk, piece.pk]))
        assert reponse.content == scan
        assert reponse.headers["Content-Disposition"].startswith("attachment")

    def test_a_head_sets_the_circuit_of_her_structure_alone(self, client: Client, equipe: Equipe) -> None:
        chef = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.eds)
        client.force_login(chef)
        assert client.get(reverse("contrats_circuit", args=[equipe.ccas.pk])).status_code == 404
        url = reverse("contrats_circuit", args=[equipe.eds.pk])
        assert client.post(url, {"libelle_1": "Relecture"}).status_code == 422
        client.post(url, {"libelle_1": "Relecture", "role_1": "chef_structure"})
        assert "Relecture" in client.get(reverse("contrats_circuits")).content.decode()

    def test_the_draft_begins_from_the_interview(self, lea: Client, equipe: Equipe, amina: Personne) -> None:
        Diagnostic.objects.create(
            personne=amina, mene_le=horloge.maintenant(), mene_par=equipe.lea, metier_vise="Aide à domicile"
        )  # fmt: skip
        Constat.objects.create(
            personne=amina, nature="situation", code="mobilite.sans_moyen", source="agent", par=equipe.lea,
            debut=horloge.aujourdhui(), dit_le=horloge.maintenant(),
        )  # fmt: skip
        page = lea.get(reverse("acte_contrat", args=[amina.pk]))
        formulaire = page.context["form"]
        saisie = {nom: formulaire[nom].value() for nom in formulaire.fields if formulaire[nom].value() is not None}
        assert saisie["projet"] == "Travailler comme : Aide à domicile"
        assert saisie["objectifs"] == ["mobilite.point", "mobilite.solution"]
        reponse = lea.post(reverse("acte_contrat", args=[amina.pk]), saisie | {"action": "signer"})
        assert reponse.status_code == 302, reponse.context["form"].errors
        contrat = Contrat.objects.get(personne=amina)
        assert contrat.engagements.filter(code="mobilite.conseiller", objectif__code="mobilite.point").exists()
        notre = contrat.engagements.get(engage="organisme", code="mobilite.point")
        assert (notre.responsable, notre.avant_le is not None) == (equipe.lea, True)

    def test_the_panel_says_where_it_stands_and_leads_there(self, lea: Client, contrat: Contrat) -> None:
        url = reverse("personne", args=[contrat.personne_id]) + "?onglet=contrat"
        page = lea.get(url).content.decode()
        assert "Proposé à sa signature" in page
        assert reverse("contrat", args=[contrat.pk]) in page
        assert reverse("acces_espace", args=[contrat.personne_id]) in page
