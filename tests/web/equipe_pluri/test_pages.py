"""Pages of the équipe: what the secretary does, what a member may read, what nobody reads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cordee.metier.courriers.models import Courrier
from cordee.metier.devoirs.enums_ep import MotifRetrait, PresencePersonne, SensAvis, StatutSeance
from cordee.metier.devoirs.models import AvisEP, MembreEP, PassageEP, ReglementEP, RetraitMembre, SeanceEP
from cordee.metier.devoirs.regles.ep_avis import Vote
from cordee.metier.devoirs.services import ep
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import LienAgent
from tests import fabriques as f
from tests.metier.devoirs import ep as g

pytestmark = pytest.mark.django_db
FIXE = "2026-02-17T09:00"


@pytest.fixture
def heure(monkeypatch: pytest.MonkeyPatch) -> Any:
    def fixer(instant: str) -> None:
        monkeypatch.setenv("CORDEE_MAINTENANT", instant)

    fixer(FIXE)
    return fixer


def connecte(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def faite(heure: Any) -> g.Equipe:
    return g.equipe()


def test_a_year_is_planned_after_its_dates_are_shown(faite: g.Equipe) -> None:
    client = connecte(faite.secretaire)
    saisie = {"jour_semaine": 3, "rangs": [2, 4], "du": "2026-03-01", "au": "2027-02-28", "heure": "09:00",
              "minutes": 180, "lieu": "Salle du conseil"}  # fmt: skip
    page = client.post(reverse("ep_planifier"), saisie | {"action": "voir"}).content.decode()
    assert "22 séances" in page
    assert "Pas de séance en août" in page
    assert not SeanceEP.objects.exists()
    assert client.post(reverse("ep_planifier"), saisie | {"action": "planifier"}).status_code == 302
    assert SeanceEP.objects.count() == 22
    assert "Jeudi 12 mars 2026" in client.get(reverse("ep")).content.decode()
    assert client.get(reverse("ep_export")).content.decode().count("Salle du conseil") == 22


def test_the_secretary_prepares_a_session(faite: g.Equipe, heure: Any) -> None:
    posee = g.seance(faite, invitee=False)
    qui, client = g.procedure(faite), connecte(faite.secretaire)
    client.post(reverse("ep_inscrire", args=[posee.pk]), {"dossier": f"p{qui.pk}"})
    passage = PassageEP.objects.get(seance=posee)
    acte = reverse("ep_acte", args=[posee.pk])
    for action in ("inviter", "liens", "convier"):
        client.post(acte, {"action": action})
    page = client.get(reverse("ep_seance", args=[posee.pk])).content.decode()
    assert "La lettre qui invite la personne n" in page
    assert "L&#x27;exposé pour les membres n&#x27;est pas rédigé." in page
    assert Courrier.objects.filter(genre="convocation_ep").count() == 1

    dossier = reverse("ep_dossier", args=[passage.pk])
    client.post(dossier, {"action": "expose", "expose": f"Elle s'appelle {qui.personne.nom}."})
    assert qui.personne.nom in client.get(dossier).content.decode().split("Ce qui manque")[1]
    client.post(dossier, {"action": "expose", "expose": g.EXPOSE})
    client.post(dossier, {"action": "prevenue"})
    assert "Le dossier est complet." in client.get(dossier).content.decode()

    heure("2026-03-21T09:00")
    client.post(acte, {"action": "retirer_incomplets"})
    posee.refresh_from_db()
    assert posee.ordre_arrete_le is not None
    client.post(reverse("ep_retirer", args=[passage.pk]), {"motif": MotifRetrait.REGLE})
    passage.refresh_from_db()
    assert passage.motif_retrait == MotifRetrait.REGLE


def test_a_member_reads_codes_and_never_a_name(faite: g.Equipe) -> None:
    posee = g.seance(faite)
    lue, fermee = (g.inscrit(posee, faite) for _ in range(2))
    beneficiaire = faite.membres["beneficiaire"]
    client = connecte(beneficiaire.agent)
    assert client.get(reverse("ep_lecture", args=[lue.pk])).status_code == 404  # ties are not checked yet
    LienAgent.objects.create(personne=fermee.personne, agent=beneficiaire.agent, soi_meme=False)
    ep.controler_liens(seance=posee, par=faite.secretaire, le=g.LE)
    for nom, args in (("ep", []), ("ep_seance", [posee.pk]), ("ep_lecture", [lue.pk])):
        page = client.get(reverse(nom, args=args)).content.decode()
        for identite in (lue.personne.nom, fermee.personne.nom, lue.personne.prenom, "proche"):
            assert identite not in page, (nom, identite)
    assert client.get(reverse("ep_lecture", args=[fermee.pk])).status_code == 404
    assert "Vous ne siégez pas sur ce dossier." in client.get(reverse("ep_seance", args=[posee.pk])).content.decode()
    for nom in ("ep_dossier", "ep_retirer"):
        assert client.get(reverse(nom, args=[lue.pk])).status_code == 403
    for nom in ("ep_direct", "ep_inscrire", "ep_annuler"):
        assert client.get(reverse(nom, args=[posee.pk])).status_code == 403
    assert client.get(reverse("personne", args=[lue.personne_id])).status_code == 403

    client.post(reverse("ep_repondre", args=[posee.pk]), {"reponse": "viendra"})
    assert posee.participations.get(membre=beneficiaire).reponse == "viendra"
    client.post(reverse("ep_se_retirer", args=[lue.pk]))
    assert RetraitMembre.objects.get(passage=lue).motif == "declare"
    assert client.get(reverse("ep_lecture", args=[lue.pk])).status_code == 404
    assert client.get(reverse("accueil")).headers["Location"] == reverse("ep")


def test_somebody_who_sits_elsewhere_sees_nothing_of_this_session(faite: g.Equipe) -> None:
    posee = g.seance(faite)
    dossier = g.inscrit(posee, faite)
    ep.controler_liens(seance=posee, par=faite.secretaire, le=g.LE)
    for agent in (f.agent(RoleAgent.MEMBRE_EP, structure=faite.structure), faite.membres["suppleante"].agent):
        client = connecte(agent)
        for nom, pk in (("ep_seance", posee.pk), ("ep_pv", posee.pk), ("ep_lecture", dossier.pk)):
            assert client.get(reverse(nom, args=[pk])).status_code == 404
        assert str(dossier.code) not in client.get(reverse("ep")).content.decode()


def test_a_session_is_held_on_one_screen_without_a_name(faite: g.Equipe, heure: Any) -> None:
    posee = g.seance(faite)
    un, deux = (g.inscrit(posee, faite) for _ in range(2))
    g.preparee(posee, faite)
    heure("2026-03-26T09:00")
    client, ici = connecte(faite.secretaire), reverse("ep_direct", args=[posee.pk])

    def agir(action: str, **champs: Any) -> Any:
        return client.post(ici, {"action": action, **champs})

    for nom in ("presidente", "elue", "emploi", "beneficiaire"):
        agir("arrive", membre=faite.membres[nom].pk)
    agir("ouvrir", membre=faite.presidente.pk)
    agir("appeler", passage=un.pk)
    page = client.get(ici).content.decode()
    assert un.code in page
    assert un.personne.nom not in page
    avis = {
        "sens": "defavorable",
        "motivation": "Elle a repris ses démarches.",
        "pour": 4,
        "contre": 0,
        "abstentions": 0,
    }
    refuse = agir("avis", **avis)
    assert (refuse.status_code, "si la personne est venue" in refuse.content.decode()) == (422, True)
    agir("audition", presence="assistee", assistee_par="une amie", notes="Elle garde ses enfants.")
    assert agir("avis", **avis).status_code == 302
    agir("appeler", passage=deux.pk)
    agir("audition", presence="absente")
    agir("avis", **{**avis, "sens": "favorable", "pour": 3, "contre": 1, "divergent": faite.membres["elue"].pk,
                    "divergence": "Le contrat était trop lourd."})  # fmt: skip
    agir("clore")
    posee.refresh_from_db()
    assert posee.statut == StatutSeance.CLOSE
    assert AvisEP.objects.count() == 2

    pv = reverse("ep_pv", args=[posee.pk])
    page = client.get(pv).content.decode()
    assert "Le contrat était trop lourd." in page
    assert un.personne.nom not in page
    client.post(pv, {"action": "signer"})
    connecte(faite.presidente.agent).post(pv, {"action": "signer"})
    assert "Signé" in client.get(pv).content.decode()
    assert client.get(reverse("ep_pv_pdf", args=[posee.pk])).content.startswith(b"%PDF")
    avis_lus = client.get(reverse("ep_avis_export", args=[posee.pk])).content.decode()
    assert f";{un.code};{un.personne.nom};" in avis_lus
    assert "Défavorable" in avis_lus
    client.post(reverse("ep_acte", args=[posee.pk]), {"action": "suites"})
    assert Courrier.objects.filter(genre="suite_ep").count() == 2


def test_a_member_who_withdrew_learns_nothing_of_that_file_from_the_minutes(faite: g.Equipe, heure: Any) -> None:
    posee = g.seance(faite)
    fermee, lue = (g.inscrit(posee, faite) for _ in range(2))
    elue = faite.membres["elue"]
    ep.se_retirer(passage=fermee, membre=elue, par=elue.agent, le=g.LE)
    g.preparee(posee, faite)
    g.ouverte(posee, faite)
    matin = g.a(g.SEANCE, 9, 30)
    commun: dict[str, Any] = {"par": faite.secretaire, "le": matin}
    for passage, voix in ((fermee, 3), (lue, 4)):
        ep.appeler(passage=passage, **commun)
        ep.noter_audition(passage=passage, presence=PresencePersonne.ABSENTE, **commun)
        ep.rendre_avis(
            passage=passage,
            sens=SensAvis.FAVORABLE,
            motivation=f"Motifs {passage.code}.",
            vote=Vote(voix, 0, 0),
            **commun,
        )
    ep.clore_seance(seance=posee, **commun)
    ep.etablir_proces_verbal(seance=posee, **commun)
    heure("2026-03-27T09:00")
    page = connecte(elue.agent).get(reverse("ep_pv", args=[posee.pk])).content.decode()
    assert f"Motifs {lue.code}." in page
    assert f"Motifs {fermee.code}." not in page
    assert f"Motifs {fermee.code}." in connecte(faite.presidente.agent).get(
        reverse("ep_pv", args=[posee.pk])
    ).content.decode()  # fmt: skip


def test_the_reglement_is_written_adopted_and_seats_are_given(faite: g.Equipe) -> None:
    client = connecte(faite.secretaire)
    page = client.get(reverse("ep_reglement_preparer"))
    valeurs = {c.html_name: c.value() for c in page.context["form"] if c.value() not in (False, None)}
    nulles = client.post(reverse("ep_reglement_preparer"), {**valeurs, "sieges_beneficiaires": 0})
    assert nulles.status_code == 422
    valeurs |= {"debut": "2026-06-01", "quorum_pour_cent": 75}
    assert client.post(reverse("ep_reglement_preparer"), valeurs).status_code == 302
    assert "Une version est préparée" in client.get(reverse("ep_reglement")).content.decode()
    brouillon = ReglementEP.objects.get(statut="brouillon")
    adopte = client.post(
        reverse("ep_reglement_adopter", args=[brouillon.pk]),
        {"reference": "Délibération 2026-40", "adopte_le": "2026-02-16"},
    )
    assert adopte.status_code == 302
    brouillon.refresh_from_db()
    assert (brouillon.statut, brouillon.quorum_pour_cent) == ("adopte", 75)
    nouveau = f.agent(RoleAgent.MEMBRE_EP, structure=faite.structure)
    nomme = {"agent": nouveau.pk, "college": "communes", "titulaire": "1", "debut": "2026-02-17"}
    assert client.post(reverse("ep_membre_nommer"), nomme).status_code == 302
    membre = MembreEP.objects.get(agent=nouveau)
    client.post(reverse("ep_membre_fin", args=[membre.pk]), {"dernier_jour": "2026-12-31"})
    membre.refresh_from_db()
    assert str(membre.fin) == "2027-01-01"


def test_pages_ask_the_same_number_of_questions_whatever_the_files(faite: g.Equipe) -> None:
    posee = g.seance(faite)
    client = connecte(faite.secretaire)

    def compter() -> list[int]:
        comptes = []
        for nom in ("ep", "ep_seance", "ep_direct", "ep_inscrire"):
            with CaptureQueriesContext(connection) as faites:
                client.get(reverse(nom, args=[] if nom == "ep" else [posee.pk]))
            comptes.append(len(faites))
        return comptes

    for _ in range(2):
        g.inscrit(posee, faite)
        g.procedure(faite)
    peu = compter()
    for _ in range(5):
        g.inscrit(posee, faite)
        g.procedure(faite)
    assert compter() == peu
    assert max(peu) <= 34


def test_a_cancelled_session_gives_its_files_back(faite: g.Equipe) -> None:
    posee = g.seance(faite)
    dossier = g.inscrit(posee, faite)
    client = connecte(faite.secretaire)
    assert client.post(reverse("ep_annuler", args=[posee.pk]), {"motif": ""}).status_code == 422
    client.post(reverse("ep_annuler", args=[posee.pk]), {"motif": "Salle indisponible"})
    posee.refresh_from_db()
    assert posee.statut == StatutSeance.ANNULEE
    autre = g.seance(faite, g.SEANCE + timedelta(days=14))
    assert f"p{dossier.procedure_id}" in client.get(reverse("ep_inscrire", args=[autre.pk])).content.decode()
