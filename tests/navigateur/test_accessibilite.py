"""Every page that shows people, opened by a role that may, with people in it (WCAG 2.2 AA, RGAA 4.1): no axe violation,
no complaint of the console, nothing wider than the screen. The administration, the files received, the rules and the
components are judged the same way in the tests of their own pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
from django.urls import resolve, reverse

from cordee.echanges.fichiers.models import ElementRejete, FichierRecu
from cordee.metier.courriers.models import Courrier, LotImpression
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.models import ArreteCriteres, LigneAffectation, PropositionAffectation
from cordee.metier.parcours.enums import Etat, GenreEtape
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import ContactPropose, Personne
from cordee.metier.rendezvous.models import Campagne
from cordee.pilotage.services import rafraichir
from cordee.web.parcours import table
from cordee.web.personnes.panneaux import PANNEAUX
from tests.fabriques import MAINTENANT
from tests.navigateur.agenda import pages_de_l_agenda, un_agenda
from tests.navigateur.caisse import pages_de_la_caisse, une_caisse
from tests.navigateur.campagnes import a_regarder
from tests.navigateur.conftest import Heure, Ouvrir
from tests.navigateur.contrats import des_contrats, pages_des_contrats
from tests.navigateur.devoirs import des_dossiers, pages_des_devoirs
from tests.navigateur.equipe import pages_de_l_equipe, une_equipe
from tests.navigateur.equipe_pluri import pages_de_l_equipe_pluri, une_equipe_pluri
from tests.navigateur.monde import (
    PREPARE,
    arrete_a_l_essai,
    lot_a_poster,
    peupler,
    une_affectation,
    une_comparaison,
    une_matinee,
    une_mesure_en_euros,
)
from tests.navigateur.suivi import pages_du_suivi, un_suivi
from tests.web.test_acces import ACTES, PAGES, PAR_ACTE, ROLES, Monde

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.navigateur
LARGEURS = (1280, 360)
PARTS = 2  # each builds its world: two, one per process
# Not pages: a piece of one, a file, a POST; or nothing to see without what only a journey makes.
PAS_DES_PAGES = {
    "verification", "proposition", "personne_identite", "courrier_pdf", "contrat_pdf", "modele_en_vigueur_pdf",
    "delais_service_alerte", *(nom for nom in PAGES if nom.endswith("_export")),
}  # fmt: skip
COMPTES = [
    ("", "account_login"), ("", "account_reset_password"), ("", "account_reset_password_done"),
    ("", "account_inactive"), ("", "account_signup"), ("plat", "account_change_password"),
    ("plat", "account_logout"), ("plat", "account_reauthenticate"), ("plat", "mfa_index"),
]  # fmt: skip
Adresse = tuple[str, str]


@pytest.fixture
def gens(live_server: Any, heure: Heure, monde: Monde) -> list[Personne]:
    """People of the structure where « ref » and « chef » work."""
    cheffe = monde.agents["chef"]
    eds = cheffe.affectations.get().structure
    gens = peupler(eds=eds, plateforme=monde.agents["plat"], referente=monde.agents["ref"], cheffe=cheffe)
    arrete_a_l_essai(cheffe)
    lot_a_poster(cheffe)
    une_matinee(gens[:5], eds, monde.agents["plat"])
    une_affectation(monde.agents["enca"])
    a_regarder(eds, monde.agents["plat"])
    suivies = list(Personne.objects.filter(situation__referent_agent=monde.agents["ref"], situation__soumis=True))
    une_equipe_pluri(eds)
    une_equipe(suivies, eds, cheffe=cheffe, referente=monde.agents["ref"])
    une_caisse(gens[1:4], eds, par=monde.agents["devo"])
    un_agenda(eds, par=monde.agents["chef"], referente=monde.agents["ref"])
    des_contrats(eds, referente=monde.agents["ref"], contenu=PREPARE)
    des_dossiers(gens[-1], referente=monde.agents["ref"], instruit=monde.agents["devo"])
    un_suivi(gens[-1], referente=monde.agents["ref"])
    rafraichir(le=MAINTENANT, mois_passes=1)
    return gens


def _referente(suivie: Personne) -> tuple[Structure, Agent]:
    """The structure and the référente of somebody who is accompanied."""
    s = Situation.objects.select_related("referent_structure", "referent_agent").get(personne=suivie)
    assert s.referent_structure is not None
    assert s.referent_agent is not None
    return s.referent_structure, s.referent_agent


def qui(reponses: str, *, prefere: str = "chef") -> str:
    """A role that opens the page: the one of a structure's head first, whose reach is all the people of the tests."""
    ouvrent = [cle for cle, code in zip(ROLES, reponses.split(), strict=True) if code == "200"]
    return prefere if prefere in ouvrent else next(iter(ouvrent), "")


def adresses(gens: list[Personne]) -> list[Adresse]:
    """(role, address) of every page."""
    suivie = gens[-1]
    fichiers = list(FichierRecu.objects.order_by("pk"))
    pages: list[Adresse] = [(role, reverse("accueil")) for role in ROLES]
    for nom, page in PAGES.items():
        if page.methode == "get" and nom not in PAS_DES_PAGES and qui(page.reponses) and "personne" not in page.args:
            pages.append((qui(page.reponses), reverse(nom, args=page.args) + page.suite))
    pages += [("chef", f"{reverse('personne', args=[suivie.pk])}?onglet={cle}") for cle in PANNEAUX]
    pages += [(qui(PAGES["personne"].reponses), reverse("personne", args=[p.pk])) for p in gens]
    for permission, cles in PAR_ACTE.items():
        for cle in cles:
            p = personne_pour(cle, gens)
            pages.append((qui(ACTES[permission]), reverse("acte", args=[p.pk, cle])))
    pages += [("donn", reverse("rejet", args=[e.pk])) for e in ElementRejete.objects.all()]
    pages += [("donn", reverse("rejets") + "?statut=tous")]
    pages += [(role, reverse(nom)) for role, nom in COMPTES]
    pages += [
        ("chef", reverse("rapprochements") + "?sujet=fermeture"),
        ("devo", reverse("rapprochements") + "?sujet=decision"),
        *(("chef", reverse("rapprochement_contact", args=[c.pk])) for c in ContactPropose.objects.all()),
        *(("donn", reverse("import", args=[fichier.pk])) for fichier in fichiers),
        ("donn", reverse("import_lot") + "?" + "&".join(f"f={fichier.pk}" for fichier in fichiers)),
        ("donn", reverse("import_personnes", args=[fichiers[0].pk, "sortie", "clos_ECH"])),
        ("donn", reverse("import_attendu", args=["contacts", 0, 0])),
        ("pilo", reverse("pilotage")),
        ("enca", reverse("orientations")),
        ("chef", reverse("orientation_explication", args=[suivie.pk])),
        ("chef", reverse("entretiens", args=[suivie.pk])),
        *(("chef", reverse(nom, args=[suivie.pk])) for nom in ("personne_estimations", "personne_autres_droits")),
        ("chef", une_mesure_en_euros(suivie, _referente(suivie)[1])),
        ("chef", une_comparaison(_referente(suivie)[1])),
        *(
            ("enca", reverse(nom, args=[a.pk]))
            for a in ArreteCriteres.objects.all()
            for nom in ("orientation_arrete", "orientation_arrete_modifier")
        ),
        *(
            ("enca", reverse(nom, args=[p.pk]))
            for p in PropositionAffectation.objects.all()
            for nom in ("affectation", "affectation_comparer")
        ),
        *(
            ("enca", reverse("affectation_ligne", args=[ligne.proposition_id, ligne.pk]))
            for ligne in LigneAffectation.objects.all()[:1]
        ),
        *pages_de_l_agenda(),
        *pages_des_contrats(),
        *pages_de_l_equipe(*_referente(suivie)),
        *pages_de_la_caisse(),
        *pages_des_devoirs(),
        *pages_de_l_equipe_pluri(),
        *pages_du_suivi(suivie),
        ("chef", reverse("arrivee_creneau", args=[suivie.pk])),
        ("chef", reverse("seance", args=[Structure.objects.get(nom="EDS des essais").pk, "2026-02-17-0800"])),
        ("elu", reverse("pilotage") + "?mois=2026-01"),
        ("pilo", reverse("pilotage_indicateur", args=["taux_contrat"]) + "?periode=0&tri=mois"),
        ("pilo", reverse("pilotage_indicateur", args=["entrants"]) + "?niveau=structure"),
        ("enca", reverse("pilotage_personnes", args=["personnes_sdd"])),
        ("enca", reverse("pilotage_personnes", args=["sorties"])),
        *(
            ("plat", reverse(nom, args=[Campagne.objects.earliest("pk").pk]))
            for nom in ("campagne", "campagne_personnes")
        ),
        *(
            ("plat", reverse(nom, args=[Campagne.objects.latest("pk").pk]))
            for nom in ("campagne", "campagne_quand", "campagne_comment", "campagne_verifier", "campagne_personnes")
        ),
        ("plat", reverse("campagne_nouvelle") + "?etape=convoquer&convocation=jamais"),
        ("plat", reverse("campagnes_stock") + "?file=jamais"),
        ("plat", reverse("recherche") + "?q=vandenfictif"),
        ("plat", reverse("recherche")),
        ("plat", reverse("personnes") + "?urgence=retard&moi=on"),
        ("plat", reverse("personnes") + "?nom=personne-de-ce-nom"),
        ("plat", reverse("personne", args=[10_000_000])),
        ("elu", reverse("personnes")),
    ]
    ecrit = Courrier.objects.filter(personne__in=gens).order_by("pk")
    pages += [
        *(("chef", reverse("lot", args=[x.pk])) for x in LotImpression.objects.all()),
        *(("chef", reverse("lettre", args=[c.pk])) for c in (ecrit[0], ecrit.filter(moyen="lrar")[0])),
        ("chef", reverse("lettre_excuses", args=[ecrit[0].pk])),
        ("chef", reverse("courriers_de_la_personne", args=[suivie.pk])),
        ("chef", reverse("preferences_de_contact", args=[suivie.pk])),
        ("chef", reverse("courriers") + "?vue=recommandes"),
        ("enca", reverse("modele", args=["convocation", "courrier", "fr"])),
    ]
    return list(dict.fromkeys(pages))


def personne_pour(cle: str, gens: list[Personne]) -> Personne:
    """Somebody on whom the act is offered, else the one with the fullest file."""
    for s in Situation.objects.select_related("etape").filter(personne__in=gens).order_by("-pk"):
        etape = GenreEtape(s.etape.genre) if s.etape else None
        offerts = [table.ETAPES.get(etape) if etape else None, *table.SELON_L_ETAT.get(Etat(s.etat), ())]
        if cle in offerts:
            return next(p for p in gens if p.pk == s.personne_id)
    return gens[-1]


def largeur_jugee(adresse: str) -> int:
    """Where axe judges a page: half of them wide, half narrow, always the same. Overflow is looked for at both widths.

    The forms of acts are one template: on a phone.
    """
    if "/actes/" in adresse:
        return LARGEURS[-1]
    return LARGEURS[crc32(re.sub(r"\d+", "", adresse).encode()) % len(LARGEURS)]


@pytest.fixture
def defauts(monde: Monde, ouvrir: Ouvrir, violations: Any, live_server: Any) -> Callable[[str, str], list[Any]]:
    """``defauts(role, adresse)`` → what is wrong on this page, at each width."""
    pages: dict[str, Page] = {}

    def chercher(role: str, adresse: str) -> list[Any]:
        if role not in pages:
            pages[role] = ouvrir(monde.agents.get(role), LARGEURS[0], reverse("regles"))
        page, trouves = pages[role], []
        page.goto(live_server.url + adresse)
        page.locator("[hx-trigger~=load], .htmx-request").first.wait_for(state="detached")  # panels are there
        page.locator("[data-graphique]:not([data-dessine])").first.wait_for(state="detached")  # and charts
        for largeur in LARGEURS:
            page.set_viewport_size({"width": largeur, "height": 900})
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                trouves.append((largeur, "déborde"))
            if largeur == largeur_jugee(adresse):
                trouves += [(largeur, *v) for v in violations(page)]
        return trouves

    return chercher


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_accessibles(gens: list[Personne], defauts: Callable[[str, str], list[Any]], part: int) -> None:
    toutes = adresses(gens)
    assert pages_oubliees(toutes) == []
    vus = {adresse: defauts(*adresse) for adresse in toutes[part::PARTS]}
    assert {adresse: mal for adresse, mal in vus.items() if mal} == {}


def pages_oubliees(toutes: list[Adresse]) -> list[str]:
    """Pages of the table of roles that are opened nowhere here, and not said to be no page."""
    vues = {resolve(adresse.split("?")[0]).url_name for _, adresse in toutes}
    a_voir = {nom for nom, page in PAGES.items() if page.methode == "get" and qui(page.reponses)}
    return sorted(a_voir - PAS_DES_PAGES - vues)
