"""Views kept: whose they are, who may open them, when they leave, what they hold for whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import habilitation
from cordee.pilotage.enums import Niveau
from cordee.pilotage.enums_vues import Cadence, EtatEnvoi, FinAbonnement, Franchissement
from cordee.pilotage.models import AbonnementVue, EnvoiVue, VueGardee
from cordee.pilotage.selectors import LectureRefusee
from cordee.pilotage.vues_gardees import envois, selectors, services
from cordee.pilotage.vues_gardees.contenu import composer, en_html, en_texte
from cordee.pilotage.vues_gardees.services import Page, Rythme, VueRefusee
from cordee.socle.horloge import PARIS
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.pilotage.poses import Chiffre, poser

pytestmark = pytest.mark.django_db
LIRE = (Permission.PILOTER, Permission.ENCADRER)
TAUX = Page(page="pilotage_indicateur", objet="taux_contrat", parametres={"territoire": "94"}, permissions=LIRE)
LUNDI = datetime(2026, 2, 23, 7, 5, tzinfo=PARIS)
CHAQUE_LUNDI = Rythme(cadence=Cadence.CHAQUE_LUNDI)
SOUS_60 = Rythme(cadence=Cadence.SEUIL, code="taux_contrat", sens=Franchissement.AU_DESSOUS, seuil=60)


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.CORDEE_HOME, settings.URL_PUBLIQUE = tmp_path, "https://cordee.exemple.invalid"
    f.commune()
    poser(tmp_path, [Chiffre("taux_contrat", 62.5, sur=80, inconnu=3)])
    return tmp_path


@pytest.fixture
def elise(home: Path) -> Agent:
    return f.agent(RoleAgent.PILOTAGE, prenom="Élise")


def garder(par: Agent, nom: str = "Les contrats", page: Page = TAUX, **autres: Any) -> VueGardee:
    return services.garder(page=page, nom=nom, par=par, le=MAINTENANT, **{"partagee": True, **autres})


def abonner(vue: VueGardee, *a: Agent, par: Agent, rythme: Rythme = CHAQUE_LUNDI) -> list[AbonnementVue]:
    return services.abonner(vue=vue, destinataires=a, rythme=rythme, par=par, le=MAINTENANT)


def droits(agent: Agent) -> Any:
    return habilitation(agent, au=MAINTENANT.date())


# Whose they are ------------------------------------------------------------------------------------------------------
def test_a_shared_view_shows_to_who_may_open_its_page(elise: Agent) -> None:
    chef, referente = f.agent(RoleAgent.CHEF_STRUCTURE), f.agent(RoleAgent.REFERENT)
    partagee, privee = garder(elise), garder(elise, "Pour moi", partagee=False)
    cohortes = garder(elise, "Cohortes", Page(page="pilotage_cohortes", permissions=(Permission.ANALYSER,)))
    assert selectors.vues(pour=elise, droits=droits(elise)) == ([cohortes, partagee, privee], [])
    assert selectors.vues(pour=chef, droits=droits(chef)) == ([], [partagee])
    assert selectors.vues(pour=referente, droits=droits(referente)) == ([], [])
    for agent, vue in ((chef, privee), (chef, cohortes), (referente, partagee)):
        with pytest.raises(selectors.VueIntrouvable):
            selectors.vue_de(pk=vue.pk, pour=agent, droits=droits(agent))
    with pytest.raises(selectors.VueIntrouvable):
        selectors.vue_de(pk=partagee.pk, pour=chef, droits=droits(chef), sienne=True)


def test_one_first_page_one_name(elise: Agent) -> None:
    une, deux = garder(elise, premiere=True), garder(elise, "Une autre")
    with pytest.raises(VueRefusee, match="déjà une vue"):
        garder(elise)
    with pytest.raises(VueRefusee, match="Donnez un nom"):
        garder(elise, "   ")
    assert selectors.premiere_vue(pour=elise) == une
    services.mettre_en_premier(vue=deux, par=elise, le=MAINTENANT)
    assert selectors.premiere_vue(pour=elise) == deux
    services.supprimer(vue=deux, par=elise, le=MAINTENANT)
    assert selectors.premiere_vue(pour=elise) is None
    garder(elise, "Une autre")
    services.modifier(vue=une, nom="Les contrats", partagee=True, premiere=True, par=elise, le=MAINTENANT)
    autre = f.agent(RoleAgent.PILOTAGE)
    with pytest.raises(VueRefusee, match="pas à vous"):
        services.supprimer(vue=une, par=autre, le=MAINTENANT)


# To whom -------------------------------------------------------------------------------------------------------------
def test_only_agents_who_may_open_the_page_receive_it(elise: Agent) -> None:
    elu, referente, partie = f.agent(RoleAgent.ELU), f.agent(RoleAgent.REFERENT), f.agent(RoleAgent.ELU, actif=False)
    vue, privee = garder(elise), garder(elise, "Pour moi", partagee=False)
    assert list(selectors.destinataires_possibles(vue, le=MAINTENANT)) == sorted([elise, elu], key=lambda a: a.nom)
    for refuse in (referente, partie):
        with pytest.raises(VueRefusee, match="pas le droit"):
            abonner(vue, refuse, par=elise)
    with pytest.raises(VueRefusee, match="partagez d'abord"):
        abonner(privee, elu, par=elise)
    with pytest.raises(VueRefusee, match="partagez d'abord"):
        abonner(vue, elise, par=elu)
    [a] = abonner(vue, elu, par=elu)
    assert abonner(vue, elu, par=elu) == [a], "asked for twice, received once"
    with pytest.raises(VueRefusee, match="s'arrête par"):
        services.arreter(abonnement=a, par=f.agent(RoleAgent.PILOTAGE), le=MAINTENANT)
    services.modifier(vue=vue, nom="x", partagee=False, premiere=False, par=elise, le=MAINTENANT)
    a.refresh_from_db()
    assert (a.arrete_le, a.fin) == (MAINTENANT, FinAbonnement.VUE)


def test_a_threshold_says_what_it_watches(elise: Agent) -> None:
    for rythme in (Rythme(cadence=Cadence.SEUIL), Rythme(cadence=Cadence.SEUIL, code="bonheur", seuil=1,
                                                         sens=Franchissement.AU_DESSUS)):  # fmt: skip
        with pytest.raises(VueRefusee):
            abonner(garder(elise, f"v{rythme.code}"), elise, par=elise, rythme=rythme)


# When ----------------------------------------------------------------------------------------------------------------
def test_once_a_week_whatever_the_number_of_passages(elise: Agent) -> None:
    abonner(garder(elise), elise, par=elise)
    assert envois.preparer(le=LUNDI - timedelta(minutes=10)) == 0
    assert [envois.preparer(le=LUNDI + timedelta(minutes=10 * n)) for n in range(3)] == [1, 0, 0]
    assert [e.jour for e in EnvoiVue.objects.all()] == [LUNDI.date()]
    assert envois.preparer(le=LUNDI + timedelta(days=7)) == 1


def test_a_threshold_leaves_on_the_day_it_is_passed_and_not_the_next(elise: Agent, home: Path) -> None:
    abonner(garder(elise), elise, par=elise, rythme=SOUS_60)
    pas = [(62, 0), (58, 1), (57, 0), (61, 0), (59, 1)]
    faits = []
    for rang, (valeur, _) in enumerate(pas):
        le = MAINTENANT + timedelta(days=rang)
        poser(home, [Chiffre("taux_contrat", valeur)], le=le)
        faits.append(envois.preparer(le=le))
    assert faits == [n for _, n in pas]


def test_what_was_passed_before_anybody_asked_is_no_news(elise: Agent, home: Path) -> None:
    poser(home, [Chiffre("taux_contrat", 40)])
    abonner(garder(elise), elise, par=elise, rythme=SOUS_60)
    assert envois.preparer(le=MAINTENANT) == 0
    assert AbonnementVue.objects.get().au_dela is True


# What ----------------------------------------------------------------------------------------------------------------
def test_each_recipient_reads_what_her_role_may(elise: Agent, home: Path) -> None:
    eds = f.structure(nom="EDS des essais")
    poser(home, [Chiffre("taux_contrat", 62.5, sur=80, inconnu=3, publie=False),
                 Chiffre("taux_contrat", 41, territoire=eds.code, niveau=Niveau.STRUCTURE, sur=20)])  # fmt: skip
    vue = garder(elise)
    elu, chef = f.agent(RoleAgent.ELU), f.agent(RoleAgent.CHEF_STRUCTURE, structure=eds)
    [ligne] = composer(vue, pour=elise).lignes
    assert (ligne.valeur, ligne.detail) == ("62,5\u00a0%", "sur 80\u00a0personnes, 3 inconnus, à part")
    assert composer(vue, pour=elu).lignes[0].valeur == "non affiché"
    contenu = composer(vue, pour=chef)
    assert contenu.quand.startswith("EDS des essais, au 17 février 2026")
    assert contenu.lignes[0].valeur == "41,0\u00a0%"
    vue.parametres = {"territoire": eds.code}
    assert composer(vue, pour=elu).quand.startswith("Tout le département"), "no structure for an elected member (V10)"
    with pytest.raises(LectureRefusee):
        composer(vue, pour=f.agent(RoleAgent.REFERENT))


def test_the_message_says_the_same_in_text_and_in_html(elise: Agent) -> None:
    vue = garder(elise, "<b>Nos</b> contrats")
    mots = {"bonjour": "Élise", "url": "https://x/1", "raison": "Demandé.", "arret": "https://x/2"}
    texte, html = (ecrit(composer(vue, pour=elise), **mots) for ecrit in (en_texte, en_html))
    for attendu in ("62,5", "https://x/1", "https://x/2", "Demandé.", "chiffres d'ensemble"):
        assert attendu in texte
        assert attendu in html
    assert "<b>Nos" not in html
    sans_chiffre = garder(elise, "Cohortes", Page(page="pilotage_cohortes", permissions=(Permission.ANALYSER,)))
    assert "ne se résume pas" in en_texte(composer(sans_chiffre, pour=elise), **mots)


def test_the_month_of_a_view_is_the_one_it_was_kept_for(elise: Agent, home: Path) -> None:
    poser(home, [Chiffre("taux_contrat", 30)], au=date(2025, 6, 30))
    page = Page(page="pilotage_indicateur", objet="taux_contrat", parametres={"mois": "2025-06"}, permissions=LIRE)
    contenu = composer(garder(elise, page=page), pour=elise)
    assert (contenu.quand, contenu.lignes[0].valeur) == ("Tout le département, au 30 juin 2025", "30,0\u00a0%")


def test_nothing_leaves_for_who_lost_the_right(elise: Agent) -> None:
    elu = f.agent(RoleAgent.ELU)
    [a] = abonner(garder(elise), elu, par=elise)
    envois.preparer(le=LUNDI)
    Affectation.objects.filter(agent=elu).update(fin=LUNDI.date())
    envoi = envois.prendre(le=LUNDI)
    assert envoi is not None
    assert envois.ecrire(envoi, le=LUNDI) is None
    envoi.refresh_from_db()
    a.refresh_from_db()
    assert (envoi.etat, a.fin, envoi.texte) == (EtatEnvoi.SANS_DROIT, FinAbonnement.SANS_DROIT, "")
