"""Pages of the administrator: structures, sectors, conventions, agents, and no way to a person's file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.organismes.models import Affectation, Agent, Convention, RegleSecteur, Structure
from cordee.metier.parcours.enums import GenreEtape
from cordee.metier.parcours.models import Situation
from cordee.metier.parcours.services.structures import FermetureRefusee, fermer_structure
from cordee.metier.personnes.models import Personne
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle import horloge
from cordee.web.administration import lectures
from tests import fabriques as f
from tests.web.conftest import LARGEURS, juger_aux_deux_largeurs

pytestmark = pytest.mark.django_db
TIROIR = {"HX-Request": "true", "HX-Target": "div#tiroir-contenu"}


@pytest.fixture
def admin() -> Agent:
    return f.agent(RoleAgent.ADMINISTRATEUR)


@pytest.fixture
def client_admin(client: Client, admin: Agent) -> Client:
    client.force_login(admin)
    return client


def texte(reponse: Any) -> str:
    """What people read of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", reponse.content.decode())))


# Structures ---------------------------------------------------------------------------------------------------------
def test_ouvrir_puis_modifier_une_structure(client_admin: Client) -> None:
    saisie = {"nom": "EDS de Test", "code": "EDS-T", "type": "eds", "debut": "2026-01-01",
              "categorie": "conseil_departemental"}  # fmt: skip
    reponse = client_admin.post(reverse("admin_structure_nouvelle"), saisie)
    assert reponse.status_code == 302
    structure = Structure.objects.get(code="EDS-T")
    assert (structure.type, structure.categorie) == (TypeStructure.EDS, GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL)

    page = client_admin.get(reverse("admin_structure_modifier", args=[structure.pk]))
    saisie = {"nom": "EDS corrigé", "type": "eds", "categorie": "", "vu": page.context["form"]["vu"].value()}
    assert client_admin.post(reverse("admin_structure_modifier", args=[structure.pk]), saisie).status_code == 302
    structure.refresh_from_db()
    assert (structure.nom, structure.categorie, structure.debut) == ("EDS corrigé", "", date(2026, 1, 1))


def test_un_code_deja_pris_est_dit_et_la_saisie_gardee(client_admin: Client) -> None:
    f.structure(code="PRIS")
    saisie = {"nom": "Autre maison", "code": "PRIS", "type": "eds", "debut": "2026-01-01"}
    reponse = client_admin.post(reverse("admin_structure_nouvelle"), saisie)
    assert reponse.status_code == 422
    assert "Autre maison" in reponse.content.decode()
    assert not Structure.objects.filter(nom="Autre maison").exists()


def test_deux_administrateurs_ne_s_ecrasent_pas(client_admin: Client) -> None:
    structure = f.structure(nom="Maison", telephone="0100000000")
    url = reverse("admin_structure_modifier", args=[structure.pk])
    vu = client_admin.get(url).context["form"]["vu"].value()
    Structure.objects.filter(pk=structure.pk).update(telephone="0199999999")
    saisie = {"nom": "Maison bleue", "type": "eds", "telephone": "0100000000", "vu": vu}

    refus = client_admin.post(url, saisie)
    assert refus.status_code == 422
    assert "0199999999" in texte(refus)
    assert "Maison bleue" in refus.content.decode()
    structure.refresh_from_db()
    assert structure.nom == "Maison"

    saisie["vu"] = refus.context["form"]["vu"].value()
    assert client_admin.post(url, saisie).status_code == 302
    structure.refresh_from_db()
    assert (structure.nom, structure.telephone) == ("Maison bleue", "0100000000")


def test_fermer_une_structure_ne_laisse_personne_dedans(client_admin: Client, admin: Agent) -> None:
    structure, referent = f.structure(), f.agent()
    f.affecter(referent, RoleAgent.REFERENT, structure)
    f.regle_secteur(structure, f.commune())
    amina = f.soumise(structure)
    f.accompagnee(amina, structure, referent)
    aujourdhui = horloge.aujourdhui()

    refus = client_admin.post(
        reverse("admin_structure_fermer", args=[structure.pk]), {"a_compter_du": aujourdhui.isoformat()}
    )
    assert refus.status_code == 422
    assert "transférez-les d'abord" in texte(refus)
    structure.refresh_from_db()
    assert structure.fin is None

    demain = aujourdhui + timedelta(days=30)
    accord = client_admin.post(
        reverse("admin_structure_fermer", args=[structure.pk]), {"a_compter_du": demain.isoformat()}
    )
    assert accord.status_code == 302
    structure.refresh_from_db()
    assert structure.fin == demain
    assert RegleSecteur.objects.get(structure=structure).fin == demain
    assert Affectation.objects.get(structure=structure, role=RoleAgent.REFERENT).fin == demain
    assert "1 personne à transférer avant" in texte(client_admin.get(reverse("administration")))
    with pytest.raises(FermetureRefusee):
        fermer_structure(structure=structure, a_compter_du=structure.debut, par=admin, le=horloge.maintenant())


def test_export_des_structures_suit_les_filtres(client_admin: Client) -> None:
    f.structure(nom="=formule()", type=TypeStructure.CCAS)
    f.structure(nom="Autre", type=TypeStructure.EDS)
    reponse = client_admin.get(reverse("admin_structures"), {"type": "ccas", "export": "csv"})
    lignes = reponse.content.decode("utf-8-sig").splitlines()
    assert [ligne.split(";")[0] for ligne in lignes] == ["Structure", "'=formule()"]


# Sectors ------------------------------------------------------------------------------------------------------------
def test_les_communes_sans_structure_viennent_d_abord(client_admin: Client) -> None:
    ccas, eds = f.structure(nom="CCAS"), f.structure(nom="EDS")
    couverte, partielle, vide = f.commune("94001", "Ablon"), f.commune("94002", "Bry"), f.commune("94003", "Zola")
    f.regle_secteur(eds, couverte)
    f.regle_secteur(ccas, couverte, PublicSecteur.SANS_ENFANT)
    f.regle_secteur(ccas, partielle, PublicSecteur.SANS_ENFANT)
    lignes = lectures.communes_servies(au=date(2026, 2, 17))
    assert [(ligne.commune.nom, len(ligne.manques)) for ligne in lignes] == [("Zola", 3), ("Bry", 1), ("Ablon", 0)]
    assert lignes[0].sans_personne
    assert [s.nom if s else None for _, s in lignes[2].structures] == ["CCAS", "CCAS", "EDS"]

    page = texte(client_admin.get(reverse("admin_secteurs")))
    assert page.index(vide.nom) < page.index(partielle.nom) < page.index(couverte.nom)
    assert "2 communes ont un public que personne ne reçoit" in page


def test_regler_une_commune_remplace_la_regle_du_meme_public(client_admin: Client) -> None:
    ancienne, nouvelle, lieu = f.structure(), f.structure(), f.commune()
    f.regle_secteur(ancienne, lieu)
    saisie = {"structure": nouvelle.pk, "public": "tous", "debut": "2026-03-01"}
    reponse = client_admin.post(reverse("admin_secteur", args=[lieu.pk]), saisie, headers=TIROIR)
    assert reponse.headers["HX-Redirect"] == reverse("admin_secteurs")
    regles = RegleSecteur.objects.order_by("debut")
    assert [(r.structure, r.fin) for r in regles] == [(ancienne, date(2026, 3, 1)), (nouvelle, None)]

    client_admin.post(reverse("admin_secteur_retirer", args=[regles[1].pk]))
    assert RegleSecteur.objects.get(pk=regles[1].pk).fin == horloge.aujourdhui()


# Conventions --------------------------------------------------------------------------------------------------------
def test_conventions_et_delegataires_sans_convention(client_admin: Client) -> None:
    au = horloge.aujourdhui()
    ccas = f.structure(nom="CCAS fini", categorie=GenreOrganismeReferent.DELEGATAIRE)
    f.convention(ccas, fin=au - timedelta(days=3))
    bientot = f.convention(f.structure(nom="Association"), fin=au + timedelta(days=10))
    page = texte(client_admin.get(reverse("admin_conventions"), {"etat": "bientot"}))
    assert "fin dans 10 jours" in page
    assert "CCAS fini" in page.split("Filtrer")[0]

    url = reverse("admin_convention_fin", args=[bientot.pk])
    vu = client_admin.get(url).context["form"]["vu"].value()
    assert client_admin.post(url, {"fin": "", "vu": vu}).status_code == 302
    bientot.refresh_from_db()
    assert bientot.fin is None

    saisie = {"structure": ccas.pk, "reference": "C-2027", "objet": "Référence", "debut": au.isoformat()}
    assert client_admin.post(reverse("admin_convention_nouvelle"), saisie).status_code == 302
    assert Convention.objects.get(reference="C-2027").structure == ccas
    assert not lectures.delegataires_sans_convention(au).exists()


# Agents -------------------------------------------------------------------------------------------------------------
def saisie_agent(structure: Structure, **champs: Any) -> dict[str, Any]:
    base = {"prenom": "Léa", "nom": "Dupont", "courriel": "Lea.Dupont@exemple.invalid", "role": "referent",
            "structure": structure.pk, "debut": "2026-01-01", "acces": "courriel"}  # fmt: skip
    return base | champs


def test_nouvel_agent_recoit_un_courriel_et_choisit_son_mot_de_passe(client_admin: Client) -> None:
    structure = f.structure()
    reponse = client_admin.post(reverse("admin_agent_nouveau"), saisie_agent(structure))
    lea = Agent.objects.get(courriel="lea.dupont@exemple.invalid")
    assert reponse.headers["Location"] == reverse("admin_agent", args=[lea.pk])
    assert lea.affectations.get().role == RoleAgent.REFERENT
    assert not lea.has_usable_password()
    lien = re.search(r"https?://\S+/password/reset/key/\S+", mail.outbox[0].body)
    assert lien
    assert mail.outbox[0].to == [lea.courriel]


def test_lien_remis_en_main_propre(client_admin: Client) -> None:
    reponse = client_admin.post(reverse("admin_agent_nouveau"), saisie_agent(f.structure(), acces="lien"))
    assert reponse.status_code == 200
    assert "no-store" in reponse.headers["Cache-Control"]
    lien = re.search(r'value="(http://testserver(/[^"]+))"', reponse.content.decode())
    assert lien
    assert not mail.outbox
    visiteur = Client()
    page = visiteur.get(lien.group(2), follow=True)
    choix = {"password1": "une phrase assez longue 26", "password2": "une phrase assez longue 26"}
    visiteur.post(page.redirect_chain[-1][0], choix)
    lea = Agent.objects.get(courriel="lea.dupont@exemple.invalid")
    assert lea.check_password("une phrase assez longue 26")


def test_le_lien_ne_se_montre_plus_apres_une_connexion(client_admin: Client) -> None:
    lea = f.agent(RoleAgent.REFERENT, last_login=f.MAINTENANT)
    reponse = client_admin.post(reverse("admin_agent_mot_de_passe", args=[lea.pk]), {"moyen": "lien"})
    assert reponse.status_code == 409
    assert "s'est déjà connecté" in texte(reponse)


def test_compte_en_double_refuse(client_admin: Client) -> None:
    f.agent(courriel="lea.dupont@exemple.invalid")
    reponse = client_admin.post(reverse("admin_agent_nouveau"), saisie_agent(f.structure()))
    assert reponse.status_code == 422
    assert "Un compte existe déjà" in texte(reponse)
    assert Agent.objects.filter(nom="Dupont").count() == 0


def test_plusieurs_roles_avec_leurs_dates(client_admin: Client) -> None:
    lea, ailleurs = f.agent(RoleAgent.REFERENT), f.structure(nom="Ailleurs")
    saisie = {"role": "referent", "structure": ailleurs.pk, "debut": "2026-01-01", "fin": "2099-12-31"}
    url = reverse("admin_agent_role", args=[lea.pk])
    assert client_admin.post(url, saisie, headers=TIROIR).status_code == 204
    assert "Ailleurs" in texte(client_admin.get(reverse("admin_agent", args=[lea.pk])))
    encore = client_admin.post(url, saisie, headers=TIROIR)
    assert encore.status_code == 422
    assert "a déjà ce rôle" in texte(encore)


def test_personne_ne_se_donne_un_role(client_admin: Client, admin: Agent) -> None:
    saisie = {"role": "agent_plateforme", "structure": f.structure().pk, "debut": "2026-01-01"}
    reponse = client_admin.post(reverse("admin_agent_role", args=[admin.pk]), saisie)
    assert reponse.status_code == 422
    assert "un autre administrateur" in texte(reponse)
    assert list(admin.affectations.values_list("role", flat=True)) == [RoleAgent.ADMINISTRATEUR]


def test_fermer_un_acces_rend_les_personnes_a_la_structure(client_admin: Client) -> None:
    structure = f.structure()
    lea = f.agent(RoleAgent.REFERENT, structure=structure)
    for _ in range(2):
        f.accompagnee(f.soumise(structure), structure, lea)
    url = reverse("admin_agent_fermer", args=[lea.pk])
    assert "Ses 2 personnes iront à la file de leur structure" in texte(client_admin.get(url))
    sans_accord = client_admin.post(url, {"a_compter_du": horloge.aujourdhui().isoformat()})
    assert sans_accord.status_code == 422

    reponse = client_admin.post(url, {"a_compter_du": horloge.aujourdhui().isoformat(), "lu": "on"}, follow=True)
    assert "Les 2 personnes qui lui étaient confiées" in texte(reponse)
    lea.refresh_from_db()
    assert not lea.is_active
    situations = Situation.objects.filter(personne__in=Personne.objects.all())
    assert {(s.etape.genre, s.etape.structure_id, s.etape.agent_id) for s in situations if s.etape} == {
        (GenreEtape.NOMMER_REFERENT, structure.pk, None)
    }


def test_le_dernier_administrateur_reste(client: Client, admin: Agent) -> None:
    autre = f.agent(RoleAgent.ADMINISTRATEUR)
    client.force_login(autre)
    corps = {"a_compter_du": horloge.aujourdhui().isoformat(), "lu": "on"}
    assert client.post(reverse("admin_agent_fermer", args=[autre.pk]), corps).status_code == 422
    Affectation.objects.filter(agent=autre, role=RoleAgent.ADMINISTRATEUR).update(agent=f.agent(actif=False))
    f.affecter(autre, RoleAgent.ADMINISTRATEUR, f.structure(), fin=horloge.aujourdhui() + timedelta(days=1))
    assert client.post(reverse("admin_agent_fermer", args=[admin.pk]), corps).status_code == 302


def test_finir_le_dernier_role_rend_les_personnes(client_admin: Client) -> None:
    structure = f.structure()
    lea = f.agent(RoleAgent.REFERENT, structure=structure)
    amina = f.soumise(structure)
    f.accompagnee(amina, structure, lea)
    client_admin.post(reverse("admin_role_fin", args=[lea.affectations.get().pk]))
    assert Situation.objects.get(personne=amina).referent_agent is None
    lea.refresh_from_db()
    assert lea.is_active


# What the administrator never sees ----------------------------------------------------------------------------------
def pages() -> list[str]:
    """Every address of the administration, from the table of addresses itself."""
    return sorted(str(nom) for nom in get_resolver().reverse_dict if str(nom).startswith("admin"))


def adresse(nom: str, structure: Structure, lieu: Any, convention: Convention, agent: Agent) -> str:
    argument = {
        "admin_secteur": lieu.pk, "admin_secteur_retirer": RegleSecteur.objects.get().pk,
        "admin_convention_fin": convention.pk, "admin_role_fin": agent.affectations.get().pk,
    }.get(nom) or (agent.pk if "_agent_" in nom or nom == "admin_agent" else structure.pk)  # fmt: skip
    resultat = get_resolver().reverse_dict[nom]
    return reverse(nom, args=[argument] if resultat[0][0][1] else [])


def test_aucune_page_ne_nomme_une_personne_et_aucune_ne_s_ouvre_aux_autres(client: Client, admin: Agent) -> None:
    structure, lieu = f.structure(), f.commune()
    f.regle_secteur(structure, lieu)
    convention, referent = f.convention(structure), f.agent(RoleAgent.REFERENT, structure=structure)
    amina = f.soumise(structure, nom="Introuvable", prenom="Jamaisvue")
    f.accompagnee(amina, structure, referent)
    assert len(pages()) >= 20
    autres = {role: f.agent(role) for role in RoleAgent if role is not RoleAgent.ADMINISTRATEUR}
    for nom in pages():
        url = adresse(nom, structure, lieu, convention, referent)
        client.force_login(admin)
        reponse = client.get(url)
        assert reponse.status_code in (200, 405), nom
        assert "Introuvable" not in reponse.content.decode()
        assert f"/personnes/{amina.pk}" not in reponse.content.decode()
        for role, agent in autres.items():
            client.force_login(agent)
            assert client.get(url).status_code == 403, (nom, role)
            assert client.post(url, {}).status_code == 403, (nom, role)


# In a browser -------------------------------------------------------------------------------------------------------
@pytest.mark.navigateur
@pytest.mark.django_db(transaction=True)
def test_pages_accessibles(live_server: Any, visiter: Callable[..., Any], violations: Callable[[Any], Any]) -> None:
    structure, lieu, admin = f.structure(), f.commune(), f.agent(RoleAgent.ADMINISTRATEUR)
    f.regle_secteur(structure, lieu, PublicSecteur.SANS_ENFANT)
    convention = f.convention(structure, fin=horloge.aujourdhui() + timedelta(days=5))
    referent = f.agent(RoleAgent.REFERENT, structure=structure)
    page, plaintes = visiter(live_server.url + reverse("administration"), LARGEURS[0], agent=admin)
    for nom in pages():
        if nom in ("admin_secteur_retirer", "admin_role_fin", "admin_agent_mot_de_passe"):
            continue
        page.goto(live_server.url + adresse(nom, structure, lieu, convention, referent))
        juger_aux_deux_largeurs(page, violations, nom)
        assert plaintes == [], nom


@pytest.mark.navigateur
@pytest.mark.django_db(transaction=True)
def test_regler_une_commune_dans_le_tiroir(
    live_server: Any, visiter: Callable[..., Any], violations: Callable[[Any], Any]
) -> None:
    structure, lieu = f.structure(nom="EDS de Créteil"), f.commune()
    page, _ = visiter(live_server.url + reverse("administration"), agent=f.agent(RoleAgent.ADMINISTRATEUR))
    page.get_by_role("link", name=f"Régler {lieu.nom}").click()
    page.locator("#tiroir[open]").wait_for()
    assert violations(page) == []
    tiroir = page.locator("#tiroir")
    tiroir.get_by_role("button", name="Enregistrer la règle").click()
    tiroir.get_by_text("Un point à corriger").wait_for()
    tiroir.get_by_label("Structure").select_option(label="EDS de Créteil")
    tiroir.get_by_role("button", name="Enregistrer la règle").click()
    page.get_by_text("la règle est enregistrée").wait_for()
    assert RegleSecteur.objects.get(commune=lieu).structure == structure
