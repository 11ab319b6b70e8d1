"""The file on one page: each act through its form, what is missing said, two people to instruct and decide."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cordee.metier.contrats.models import Engagement
from cordee.metier.devoirs.enums import EtatProcedure, StatutManquement, StatutMesure
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure, Recours
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.models import Etape
from cordee.metier.personnes.models import Lecture
from cordee.reglementation.autres_droits import autres_droits
from tests.metier.devoirs import ep as equipes
from tests.metier.devoirs.affaire import MOTIFS, Affaire, affaire
from tests.metier.equipe import equipe as monter

pytestmark = pytest.mark.django_db


class Bureau:
    """Agents in front of their screens, the clock fixed to the day of the file."""

    def __init__(self, a: Affaire, monkeypatch: pytest.MonkeyPatch) -> None:
        self.a, self.patch = a, monkeypatch
        self.attendre(0)

    def attendre(self, jours: int) -> None:
        self.a.attendre(jours)
        self.patch.setenv("CORDEE_MAINTENANT", self.a.le.isoformat())

    def client(self, qui: Agent) -> Client:
        client = Client()
        client.force_login(qui)
        return client

    def lire(self, qui: Agent, nom: str, *args: Any, **question: str) -> str:
        reponse = self.client(qui).get(reverse(nom, args=args), question)
        assert reponse.status_code == 200
        return unescape(reponse.content.decode())

    def agir(self, qui: Agent, nom: str, pk: int, cle: str, statut: int = 302, **champs: Any) -> str:
        reponse = self.client(qui).post(reverse(nom, args=[pk, cle]), champs)
        contenu = unescape(reponse.content.decode())
        assert reponse.status_code == statut, contenu[-6000:]
        return contenu


@pytest.fixture
def bureau(db: None, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    return Bureau(affaire(monter()), monkeypatch)


def signaler(b: Bureau) -> Manquement:
    """Léa reports from the page of the person."""
    engagement = Engagement.objects.filter(contrat__personne=b.a.personne, engage="personne").first()
    assert engagement is not None
    b.agir(
        b.a.equipe.lea, "acte", b.a.personne.pk, "signaler_manquement", type="non_respect_contrat",
        faits_du=b.a.le.date().isoformat(), engagement=engagement.pk, description="Absente à deux ateliers.",
        demarches_accomplies="Trois appels, une autre date proposée.",
    )  # fmt: skip
    return Manquement.objects.get()


def examiner(b: Bureau, m: Manquement, *, retenu: str = "non", **champs: Any) -> None:
    valeurs = {"motif": "aucun", "constat": "Deux appels et une lettre.", "retenu": retenu}
    b.agir(b.a.sophie, "manquement_acte", m.pk, "motif", **(valeurs | champs))


def droits(b: Bureau, m: Manquement) -> None:
    b.agir(
        b.a.sophie, "manquement_acte", m.pk, "droits", orientee_vers="",
        **{f"droit_{d.id}": "non_concernee" for d in autres_droits()},
    )  # fmt: skip


def test_a_full_file_from_the_report_to_the_lifting(bureau: Bureau) -> None:
    p = _instruire(bureau)
    mesure = _decider(bureau, p)
    _lever(bureau, mesure)
    assert Lecture.objects.filter(personne_id=bureau.a.personne.pk, page="devoirs/procedure").exists()


def _instruire(b: Bureau) -> Procedure:
    """From the report to the answer of the person, with what is missing at each step."""
    a = b.a
    m = signaler(b)
    page = b.lire(a.sophie, "manquement", m.pk)
    assert "Il manque encore" in page
    assert "Le motif légitime n'a pas été examiné" in page
    assert "Trois appels, une autre date proposée." in page
    assert reverse("manquement_acte", args=[m.pk, "ouvrir"]) not in page
    refus = b.agir(a.sophie, "manquement_acte", m.pk, "ouvrir", 422, manquements=[m.pk], responsable=a.sophie.pk)
    assert "CASF L262-37 I" in refus
    examiner(b, m)
    droits(b, m)
    b.agir(a.sophie, "manquement_acte", m.pk, "ouvrir", manquements=[m.pk], responsable=a.sophie.pk)
    p = Procedure.objects.get()
    jour = a.le.date().isoformat()
    apercu = b.client(a.sophie).post(reverse("procedure_acte", args=[p.pk, "griefs"]) + "?apercu=1")
    assert apercu.content.startswith(b"%PDF")
    p.refresh_from_db()
    assert (p.etat, p.griefs_id) == (EtatProcedure.OUVERTE, None)
    b.agir(a.sophie, "procedure_acte", p.pk, "griefs", moyen="remise_main_propre", le_jour=jour)
    p.refresh_from_db()
    assert p.etat == EtatProcedure.CONTRADICTOIRE
    page = b.lire(a.sophie, "procedure", p.pk)
    assert "La personne peut encore répondre jusqu'au" in page
    b.agir(a.sophie, "procedure_acte", p.pk, "observation", forme="ecrite", recue_le=jour, reponse="J'étais malade.")
    b.agir(
        a.sophie, "procedure_acte", p.pk, "projet", nature="suspension", taux=50, mois=1, debut="2026-04-01",
        motifs=MOTIFS,
    )  # fmt: skip
    assert reverse("procedure_acte", args=[p.pk, "decider"]) not in b.lire(a.helene, "procedure", p.pk)
    b.attendre(14)
    examiner(b, m)
    return p


def _decider(b: Bureau, p: Procedure) -> MesureDecidee:
    """By the one who did not instruct, inside the interval and the ceiling, and nowhere else."""
    a = b.a
    pret = b.lire(a.helene, "procedure", p.pk)
    assert reverse("procedure_acte", args=[p.pk, "decider"]) in pret
    assert "J'étais malade." in pret
    assert "1 dossier attend une décision" in b.lire(a.helene, "devoirs")
    assert reverse("procedure", args=[p.pk]) in b.lire(a.helene, "devoirs", onglet="procedures", prets="on")
    assert "Il manque encore" not in pret
    assert reverse("procedure_acte", args=[p.pk, "decider"]) not in b.lire(a.sophie, "procedure", p.pk)
    decision = {"nature": "suspension", "taux": 50, "mois": 1, "debut": "2026-04-01", "motifs": MOTIFS, "personnes": 1,
                "confirme": "on"}  # fmt: skip
    b.agir(a.sophie, "procedure_acte", p.pk, "decider", 403, **decision)
    trop = b.agir(a.helene, "procedure_acte", p.pk, "decider", 422, **(decision | {"taux": 20}))
    assert "La part retirée va de 30 % à 100 %" in trop
    couple = b.agir(a.helene, "procedure_acte", p.pk, "decider", 422, **(decision | {"taux": 60, "personnes": 2}))
    assert "R262-68-6" in couple
    b.agir(a.helene, "procedure_acte", p.pk, "decider", **decision)
    return MesureDecidee.objects.get()


def _lever(b: Bureau, mesure: MesureDecidee) -> None:
    """Notified, then lifted as soon as she did what was missing."""
    a = b.a
    b.agir(a.sophie, "mesure_acte", mesure.pk, "notifier", moyen="remise_main_propre", le_jour=a.le.date().isoformat())
    assert Etape.objects.get(personne=a.personne, fermee_le__isnull=True).genre == "remobiliser"
    b.attendre(40)
    suivi = b.lire(a.sophie, "procedure", mesure.procedure_id)
    assert "Lever la suspension" in suivi
    assert "C'est une obligation, pas une faveur." in suivi
    b.agir(a.sophie, "mesure_acte", mesure.pk, "conformite", le_jour=a.le.date().isoformat())
    b.agir(a.sophie, "mesure_acte", mesure.pk, "lever", motif="conformite", effet=a.le.date().isoformat())
    mesure.refresh_from_db()
    assert (mesure.statut, mesure.retroactif_mois) == (StatutMesure.LEVEE, 1)
    assert "Levée à compter du" in b.lire(a.sophie, "procedure", mesure.procedure_id)


def test_a_legitimate_reason_ends_it_and_nothing_may_follow(bureau: Bureau) -> None:
    b, a = bureau, bureau.a
    m = signaler(b)
    examiner(b, m, retenu="oui", motif="garde", echange="on")
    m.refresh_from_db()
    assert m.statut == StatutManquement.MOTIF_LEGITIME
    page = b.lire(a.sophie, "manquement", m.pk)
    assert "Ce signalement est clos : motif légitime" in page
    assert "L'accompagnement continue." in page
    assert "btn-primary" not in page.split('id="titre-procedure"')[1].split("</ol>")[0]
    assert "Ces faits sont clos" in b.agir(a.sophie, "manquement_acte", m.pk, "ouvrir", 422, manquements=[m.pk],
                                       responsable=a.sophie.pk)  # fmt: skip


def test_an_appeal_is_answered_by_somebody_else(bureau: Bureau) -> None:
    b, a = bureau, bureau.a
    mesure = a.suspendue()
    b.attendre(3)
    jour = a.le.date().isoformat()
    b.agir(a.sophie, "mesure_acte", mesure.pk, "recours", genre="rapo", recu_le=jour, arguments="Je conteste.")
    recours = Recours.objects.get()
    assert "Réponse due" in b.lire(a.helene, "procedure", mesure.procedure_id)
    champs = {"issue": "accueilli", "motifs": "Le certificat avait été donné. La mesure est annulée."}
    assert "ne répond pas au recours" in b.agir(a.helene, "recours_acte", recours.pk, "statuer", 422, **champs)
    assert "En attente" not in b.lire(a.sophie, "devoirs", onglet="recours")
    assert reverse("procedure", args=[mesure.procedure_id]) in b.lire(a.sophie, "devoirs", onglet="recours")


def test_the_list_filters_sorts_exports_at_a_constant_cost(
    bureau: Bureau, django_assert_max_num_queries: Any
) -> None:  # fmt: skip
    b, a = bureau, bureau.a
    a.signaler()
    b.attendre(0)
    client = b.client(a.sophie)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("devoirs"), {"onglet": "examiner", "tri": "-nom"})
    assert page.status_code == 200
    nom = a.personne.nom[:4]
    assert reverse("manquement", args=[Manquement.objects.get().pk]) in b.lire(a.sophie, "devoirs", q=nom)
    assert "Rien ne correspond" in b.lire(a.sophie, "devoirs", q="zzzz")
    export = client.get(reverse("devoirs_export"), {"onglet": "examiner"})
    assert "Engagements du contrat non tenus" in export.content.decode()
    assert Lecture.objects.filter(personne_id=a.personne.pk, page__startswith="export des droits").exists()
    assert b.client(a.helene).get(reverse("devoirs_export")).status_code == 403
    for onglet in ("procedures", "mesures", "recours"):
        assert b.client(a.helene).get(reverse("devoirs"), {"onglet": onglet}).status_code == 200


def test_from_the_person_to_her_file(bureau: Bureau) -> None:
    b, a = bureau, bureau.a
    client = b.client(a.sophie)
    vers = reverse("acte_dossier_devoirs", args=[a.personne.pk])
    assert client.get(vers).url == reverse("devoirs")  # type: ignore[attr-defined]
    m = a.signaler()
    assert client.get(vers).url == reverse("manquement", args=[m.pk])  # type: ignore[attr-defined]
    p = a.ouvrir(m)
    assert client.get(vers).url == reverse("procedure", args=[p.pk])  # type: ignore[attr-defined]
    assert client.get(reverse("manquement", args=[m.pk])).url == reverse("procedure", args=[p.pk])  # type: ignore[attr-defined]
    assert b.client(a.equipe.lea).get(reverse("procedure", args=[p.pk])).status_code == 403


def test_dates_to_come_are_refused_with_a_sentence(bureau: Bureau) -> None:
    b, a = bureau, bureau.a
    p = a.ouvrir(a.signaler())
    a.entendre(p, jours=1)
    b.attendre(0)
    demain = (a.le.date() + timedelta(days=1)).isoformat()
    refus = b.agir(
        a.sophie, "procedure_acte", p.pk, "observation", 422, forme="orale", recue_le=demain, reponse="Bonjour."
    )
    assert "date à venir" in refus
    b.agir(a.sophie, "procedure_acte", p.pk, "communiquer", demandee_le=a.le.date().isoformat(), pieces="")
    assert "a demandé son dossier" in b.lire(a.sophie, "procedure", p.pk)


def test_the_panel_of_the_person_says_what_she_may_do(
    bureau: Bureau, django_assert_max_num_queries: Any
) -> None:  # fmt: skip
    b, a = bureau, bureau.a
    adresse = reverse("personne", args=[a.personne.pk])
    assert "Aucun signalement, aucune procédure" in b.lire(a.equipe.lea, "personne", a.personne.pk, onglet="devoirs")
    mesure = a.suspendue()
    b.attendre(1)
    page = b.lire(a.equipe.lea, "personne", a.personne.pk, onglet="devoirs")
    assert "50 % de l'allocation" in page
    assert "C'est une obligation, pas une faveur." in page
    assert "Ouvrir le dossier" not in page
    assert "Ouvrir le dossier" in b.lire(a.sophie, "personne", a.personne.pk, onglet="devoirs")
    assert b.client(a.equipe.samia).get(adresse, {"onglet": "devoirs"}).status_code == 403
    client = b.client(a.sophie)
    with django_assert_max_num_queries(48):
        assert client.get(reverse("procedure", args=[mesure.procedure_id])).status_code == 200


def test_a_suppression_waits_for_the_opinion_and_goes_to_a_session(bureau: Bureau) -> None:
    """Second rank, suppression in mind: the opinion is missing, the question is put on a session."""
    b, a = bureau, bureau.a
    mesure = a.suspendue()
    b.attendre(70)
    b.agir(
        a.sophie,
        "mesure_acte",
        mesure.pk,
        "terme",
        persistance="oui",
        constat="Trois rendez-vous proposés, sans venue.",
    )
    m = Manquement.objects.get(persistance_de=mesure)
    p = a.ouvrir(m)
    a.entendre(p)
    b.attendre(0)
    debut = "2026-07-01"
    b.agir(
        a.sophie, "procedure_acte", p.pk, "projet", nature="suppression", taux=100, mois=4, debut=debut, motifs=MOTIFS
    )
    page = b.lire(a.helene, "procedure", p.pk)
    assert "L'avis de l'équipe pluridisciplinaire sur ces faits manque" in page
    assert reverse("procedure_acte", args=[p.pk, "decider"]) not in page
    assert "Persistance" in page
    assert "Aucune séance n'est prévue" in b.lire(a.sophie, "procedure_acte", p.pk, "inscrire")
    posee = equipes.seance(equipes.equipe(), date(2026, 7, 23))
    b.agir(a.sophie, "procedure_acte", p.pk, "inscrire", seance=posee.pk)
    assert "Inscrit à la séance du" in b.lire(a.sophie, "procedure", p.pk)
