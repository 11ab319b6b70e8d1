"""The list of people, the page of one person, the search, the file opened at the counter, the export."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.models import Diagnostic
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Lecture, Personne
from cordee.socle import horloge
from cordee.web.personnes import liste
from cordee.web.socle.lecture_seule import EcriturePendantLecture, lecture_seule
from tests import fabriques as f

pytestmark = pytest.mark.django_db
R = RoleAgent


@pytest.fixture
def plateforme() -> Agent:
    structure = f.structure(TypeStructure.PLATEFORME, commune=f.commune(), adresse="2 rue Fictive",
                            code_postal="94000", telephone="0140000001", courriel="pf@exemple.invalid")  # fmt: skip
    return f.agent(R.AGENT_PLATEFORME, structure=structure)


def _noms(client: Client, **filtres: str) -> list[str]:
    page = client.get(reverse("personnes"), filtres)
    assert page.status_code == 200
    return [ligne.personne.prenom for ligne in page.context["lignes"]]


def test_who_risks_most_to_be_forgotten_comes_first(client: Client, plateforme: Agent) -> None:
    maintenant = horloge.maintenant()
    f.soumise(le=maintenant, prenom="Récente")
    f.soumise(le=maintenant - timedelta(days=40), prenom="Ancienne")
    client.force_login(plateforme)
    assert _noms(client) == ["Ancienne", "Récente"]
    assert _noms(client, tri="-risque") == ["Récente", "Ancienne"]


def test_filters_live_in_the_address_and_may_be_combined(client: Client, plateforme: Agent) -> None:
    maintenant = horloge.maintenant()
    eds = f.structure()
    referente = f.agent(R.REFERENT, structure=eds)
    jeune = f.soumise(eds, le=maintenant - timedelta(days=40), prenom="Jeune",
                      date_naissance=horloge.aujourdhui() - timedelta(days=365 * 20))  # fmt: skip
    suivie = f.soumise(eds, le=maintenant, prenom="Suivie")
    f.accompagnee(suivie, eds, referente, le=maintenant)
    f.adresse(personne=jeune)
    client.force_login(plateforme)
    assert _noms(client, age="moins_26") == ["Jeune"]
    assert _noms(client, contrat="oui") == ["Suivie"]
    assert _noms(client, referent=str(referente.pk)) == ["Suivie"]
    assert _noms(client, etape="convoquer") == ["Jeune"]
    assert _noms(client, moi="on", urgence="retard") == ["Jeune"]
    assert _noms(client, contact="jamais") == ["Jeune"]
    assert _noms(client, phase="apres") == ["Suivie"]
    assert _noms(client, rdv="sans", etat="accompagnee") == ["Suivie"]
    assert sorted(_noms(client, etat="n_importe_quoi")) == ["Jeune", "Suivie"]
    f.regle_secteur(eds, f.commune())
    assert _noms(client, commune="94028") == ["Jeune"]


def test_the_list_asks_the_same_questions_whatever_its_length(client: Client, plateforme: Agent) -> None:
    client.force_login(plateforme)

    def requetes() -> int:
        with CaptureQueriesContext(
            connection,
        ) as prises:
            client.get(reverse("personnes"))
        return len(prises)

    f.soumise()
    une = requetes()
    for _ in range(5):
        f.adresse(personne=f.soumise())
    assert requetes() == une <= 20


def test_the_page_of_a_person_asks_a_bounded_number_of_questions(client: Client) -> None:
    eds = f.structure()
    referente = f.agent(R.REFERENT, structure=eds)
    personne = f.soumise(eds, le=horloge.maintenant() - timedelta(days=50))
    f.accompagnee(personne, eds, referente, le=horloge.maintenant() - timedelta(days=20))
    client.force_login(referente)

    def requetes(onglet: str) -> int:
        with CaptureQueriesContext(connection) as prises:
            assert client.get(reverse("personne", args=[personne.pk]), {"onglet": onglet}).status_code == 200
        return len(prises)

    avant = {o: requetes(o) for o in ("coordonnees", "contrat", "historique", "rendezvous")}
    for jours in range(10):
        f.evenement(personne, "contact", par=referente, le=horloge.maintenant() - timedelta(days=10 - jours),
                    resultat="jointe")  # fmt: skip
    assert {o: requetes(o) for o in avant} == avant
    assert max(avant.values()) <= 36


def test_every_filter_and_every_sort_reads_as_much(client: Client, plateforme: Agent) -> None:
    """Two ways lead to a page (the situations, or everybody): no filter and no sort asks one more question."""
    eds = f.structure()
    for jours in range(3):
        f.soumise(eds, le=horloge.maintenant() - timedelta(days=jours))
    client.force_login(plateforme)
    for adresse in ("", "?tri=nom", "?tri=-situation", "?tri=referent", "?tri=-risque", "?statut=toutes",
                    "?statut=toutes&tri=nom", "?moi=on&urgence=semaine", "?rdv=sans", "?age=26_39", "?contact=jamais",
                    f"?secteur={eds.pk}"):  # fmt: skip
        with CaptureQueriesContext(connection) as prises:
            assert client.get(reverse("personnes") + adresse).status_code == 200
        assert len(prises) <= 20, adresse


def test_both_ways_to_a_page_find_the_same_people(client: Client, plateforme: Agent) -> None:
    """Everybody here is soumis: « toutes » is read from the persons, the rest from the situations."""
    for jours in (40, 3, 20):
        f.soumise(le=horloge.maintenant() - timedelta(days=jours), prenom=f"Il y a {jours}")
    client.force_login(plateforme)
    for tri in ("risque", "-risque", "nom", "-contact", "situation"):
        assert _noms(client, tri=tri) == _noms(client, tri=tri, statut="toutes")
        assert len(_noms(client, tri=tri)) == 3


@pytest.mark.parametrize("filtres", [{}, {"rdv": "sans"}, {"statut": "toutes"}, {"statut": "toutes", "tri": "nom"}])
def test_pages_hold_everybody_once_and_no_address_breaks_them(
    client: Client, plateforme: Agent, filtres: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(liste, "PAR_PAGE", 2)
    for jours in (40, 3, 20, 9, 31):
        f.soumise(le=horloge.maintenant() - timedelta(days=jours), prenom=f"Il y a {jours}")
    attendues = 5
    if filtres.get("statut") == "toutes":
        f.personne(prenom="Sans parcours")
        attendues = 6
    client.force_login(plateforme)
    pages = [_noms(client, page=str(numero), **filtres) for numero in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, attendues - 4]
    assert len({nom for page in pages for nom in page}) == attendues
    if filtres.get("statut") == "toutes" and "tri" not in filtres:
        assert pages[-1][-1] == "Sans parcours"
    for numero, attendue in (("4", 2), ("9" * 40, 2), ("0", 2), ("-1", 2), ("x", 0), ("", 0)):
        assert _noms(client, page=numero, **filtres) == pages[attendue]


def test_the_home_asks_the_same_questions_whatever_its_length(client: Client, plateforme: Agent) -> None:
    client.force_login(plateforme)
    comptes = []
    for nouvelles in (1, 6):
        for _ in range(nouvelles):
            f.soumise()
        with CaptureQueriesContext(connection) as prises:
            assert client.get(reverse("accueil")).status_code == 200
        comptes.append(len(prises))
    assert comptes[0] == comptes[1] <= 21


def test_export_holds_what_the_list_shows_and_no_formula(client: Client, plateforme: Agent) -> None:
    f.soumise(nom="=HYPERLINK(1)", prenom="+33")
    f.soumise(nom="Ailleurs", date_naissance=horloge.aujourdhui() - timedelta(days=365 * 20))
    client.force_login(plateforme)
    reponse = client.get(reverse("personnes_export"), {"age": "26_39", "format": "csv"})
    lignes = list(csv.reader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert [ligne[:2] for ligne in lignes[1:]] == [["'=HYPERLINK(1)", "'+33"]]
    assert Lecture.objects.filter(page="export de liste", agent_id=plateforme.pk).count() == 1
    classeur = client.get(reverse("personnes_export"), {"format": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(classeur.content)) as archive:
        feuille = archive.read("xl/worksheets/sheet1.xml").decode()
        textes = archive.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in feuille
    assert "HYPERLINK" in textes


def test_the_identity_is_masked_until_asked_for(client: Client, plateforme: Agent) -> None:
    personne = f.soumise(nom="Testard", nom_naissance="Testard", prenom="Amina", nir="2880394028001")
    client.force_login(plateforme)
    page = client.get(reverse("personne", args=[personne.pk])).content.decode()
    assert "Amina T." in page
    assert "TESTARD" not in page.upper().replace("AMINA T.", "")
    devoilee = client.post(reverse("personne_identite", args=[personne.pk])).content.decode()
    assert "TESTARD Amina" in devoilee
    assert "2880394028001" not in devoilee
    assert client.get(reverse("personne_identite", args=[personne.pk])).status_code == 405


def test_amounts_are_absent_for_those_who_may_not_see_them(client: Client, plateforme: Agent) -> None:
    personne = f.soumise()
    foyer = personne.appartenances.get().foyer
    droit_foyer, _ = f.droit(personne, foyer)
    droit_foyer.montant = Decimal("646.52")
    droit_foyer.save()
    adresse = reverse("personne", args=[personne.pk]) + "?onglet=droits"
    client.force_login(plateforme)
    page = client.get(adresse).content.decode()
    assert "Ouvert et versable" in page
    assert "646" not in page
    client.force_login(f.agent(R.GESTIONNAIRE_DONNEES))
    assert "646,52" in client.get(adresse).content.decode()
    emploi = f.agent(R.CHARGE_EMPLOI)
    f.rattachement(personne, emploi.affectations.get().structure)
    client.force_login(emploi)
    assert client.get(adresse).status_code == 403
    assert "versable" not in client.get(reverse("personne", args=[personne.pk])).content.decode()


def test_the_notes_of_the_diagnosis_open_to_the_referent_body_only(client: Client, plateforme: Agent) -> None:
    eds = f.structure()
    referente, chez_une_autre = f.agent(R.REFERENT, structure=eds), f.agent(R.REFERENT)
    personne = f.soumise(eds)
    f.accompagnee(personne, eds, referente)
    f.rattachement(personne, chez_une_autre.affectations.get().structure, chez_une_autre,
                   finalite=FinaliteRattachement.COREFERENT)  # fmt: skip
    menant = f.agent()
    diagnostic = Diagnostic.objects.create(
        personne=personne, mene_le=f.MAINTENANT, mene_par=menant, situation_pro="jamais", niveau="sans",
        themes={"sante": "fort"},
    )  # fmt: skip
    diagnostic.details.create(par=menant, ecrit_le=f.MAINTENANT, notes="Suivie pour une dépression.")
    adresse = reverse("personne", args=[personne.pk]) + "?onglet=diagnostic"
    for agent, lit_les_notes in ((referente, True), (plateforme, False), (chez_une_autre, False)):
        client.force_login(agent)
        page = client.get(adresse).content.decode()
        assert "Impact fort" in page
        assert ("dépression" in page) is lit_les_notes


def test_a_merged_row_leads_to_the_person_she_now_is(client: Client, plateforme: Agent) -> None:
    gardee, absorbee = f.soumise(), f.personne()
    absorbee.canonique = gardee
    absorbee.save()
    client.force_login(plateforme)
    reponse = client.get(reverse("personne", args=[absorbee.pk]))
    assert reponse.url == reverse("personne", args=[gardee.pk])


def test_search_forgives_typos_and_says_nothing_of_who_is_outside(client: Client, plateforme: Agent) -> None:
    eds = f.structure()
    personne = f.soumise(eds, nom="Nguyen", prenom="Éloïse")
    numero = personne.appartenances.get().foyer.matricule
    client.force_login(plateforme)
    assert [x["pk"] for x in client.get(reverse("recherche"), {"q": "nguien eloise"}).context["lignes"]] == [
        personne.pk
    ]
    assert client.get(reverse("recherche"), {"q": numero}).url == reverse("personne", args=[personne.pk])
    client.force_login(f.agent(R.REFERENT))
    dehors = client.get(reverse("recherche"), {"q": "nguyen"}).content.decode()
    rien = client.get(reverse("recherche"), {"q": "zzzzzz"}).content.decode()
    assert _neutre(dehors, "nguyen") == _neutre(rien, "zzzzzz")


def _neutre(page: str, texte: str) -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', "", page)
    return page.replace(texte, "…")


def test_the_counter_shows_who_resembles_before_opening_a_file(client: Client, plateforme: Agent) -> None:
    connue = f.soumise(nom="Kowalski", nom_naissance="Kowalski", prenom="Anna")
    client.force_login(plateforme)
    saisie = {
        "prenom": "Anna", "nom": "Kowalski", "date_naissance": connue.date_naissance, "sexe": "femme",
        "structure": plateforme.affectations.get().structure_id,
    }  # fmt: skip
    reponse = client.post(reverse("personne_nouvelle"), saisie)
    assert reponse.status_code == 200
    assert [p["pk"] for p in reponse.context["proches"]] == [connue.pk]
    assert Personne.objects.count() == 1
    reponse = client.post(reverse("personne_nouvelle"), {**saisie, "ecartees": [connue.pk]})
    nouvelle = Personne.objects.get(provisoire=True)
    assert reponse.url == reverse("personne", args=[nouvelle.pk])


def test_reading_cannot_write_except_the_log_of_reads() -> None:
    personne = f.personne()
    with lecture_seule():
        Lecture.objects.create(personne_id=personne.pk, agent_id=1, finalite="suivi", page="essai", lue_le=f.MAINTENANT)
        with pytest.raises(EcriturePendantLecture), transaction.atomic():
            Personne.objects.filter(pk=personne.pk).update(prenom="Autre")
        with pytest.raises(EcriturePendantLecture), transaction.atomic():
            f.personne()
    assert Personne.objects.get().prenom == personne.prenom


def test_the_home_of_each_day_says_what_to_do_and_the_empty_one_how_to_start(client: Client, plateforme: Agent) -> None:
    client.force_login(plateforme)
    assert "Rien à faire pour l'instant" in client.get(reverse("accueil")).content.decode()
    for _ in range(7):
        f.soumise(le=horloge.maintenant() - timedelta(days=40))
    page = client.get(reverse("accueil"))
    assert page.context["compte"].retard == 7
    [groupe] = page.context["groupes"]
    assert groupe.groupe.total == 7
    assert groupe.url == f"{reverse('personnes')}?moi=on&etape=convoquer"
    assert len(client.get(groupe.url).context["lignes"]) == 7
    assert all(len(client.get(c.url).context["lignes"]) == c.valeur for c in page.context["chiffres"])


def test_a_number_shared_with_others_is_told(client: Client) -> None:
    """Who they are is not (R44)."""
    eds = f.structure()
    referente = f.agent(R.REFERENT, structure=eds)
    personne, autre = f.soumise(eds), f.soumise(nom="Secretfictif")
    f.accompagnee(personne, eds, referente)
    for qui in (personne, autre):
        f.contact(qui, "0639980001")
    client.force_login(referente)
    vue = client.get(reverse("personne", args=[personne.pk]), {"onglet": "coordonnees"}).content.decode()
    assert "partagé avec une autre personne" in vue
    assert "Secretfictif" not in vue
