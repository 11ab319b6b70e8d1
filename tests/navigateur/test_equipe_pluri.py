"""A morning of the équipe pluridisciplinaire: twelve files, one withdrawn, a spouse apart, a member who leaves one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cordee.metier.devoirs.enums_ep import SensAvis, StatutPassage, StatutSeance
from cordee.metier.devoirs.models import AvisEP, PassageEP, SeanceEP
from cordee.metier.devoirs.services import ep
from cordee.metier.orientation import services as orientation
from cordee.metier.orientation.enums import Demandeur, MotifReorientation
from cordee.metier.orientation.models import DemandeReorientation
from cordee.metier.parcours.enums import GenreEcheance
from cordee.metier.parcours.models import Echeance
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Personne
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.devoirs import ep as g
from tests.navigateur.conftest import Equipe, Heure, Ouvrir

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.navigateur
AUDITIONS, SUR_PIECES = 5, 7


@pytest.fixture
def preparee(equipe: Equipe) -> tuple[g.Equipe, SeanceEP]:
    """Five procedures (two of one couple) and seven requests on papers, complete, ties checked."""
    faite = g.equipe(structure=equipe.secteur)
    posee = g.seance(faite)
    foyer = f.foyer(situation_familiale="MAR")
    couple = [g.personne(faite, foyer=foyer), f.personne(foyer=foyer, role=RoleFoyer.CJT)]
    f.entree_sdd(couple[1], equipe.secteur)
    f.adresse(personne=couple[1])
    for qui in [*couple, *(g.personne(faite) for _ in range(AUDITIONS - 2))]:
        g.inscrit(posee, faite, qui)
    for _ in range(SUR_PIECES):
        demande = _demande(equipe, g.personne(faite))
        passage = ep.inscrire_dossier(demande=demande, seance=posee, par=faite.secretaire, le=g.LE)
        ep.rediger_expose(passage=passage, expose=g.EXPOSE, par=faite.secretaire, le=g.LE)
    ep.controler_liens(seance=posee, par=faite.secretaire, le=g.LE)
    ep.retirer_incomplets(seance=posee, par=faite.secretaire, le=g.a(g.SEANCE - timedelta(days=5)))
    return faite, posee


def _demande(equipe: Equipe, qui: Personne) -> DemandeReorientation:
    f.accompagnee(qui, equipe.secteur, equipe.referente, le=g.LE - timedelta(days=60))
    orientation.demander_reorientation(
        personne=qui, demandeur=Demandeur.PERSONNE, motif=MotifReorientation.SOUHAIT, par=equipe.referente,
        le=g.LE - timedelta(days=1),
    )  # fmt: skip
    return DemandeReorientation.objects.get(personne=qui)


def test_a_session_with_twelve_files(
    preparee: tuple[g.Equipe, SeanceEP], ouvrir: Ouvrir, heure: Heure, violations: Any
) -> None:
    faite, posee = preparee
    passages = list(PassageEP.objects.filter(seance=posee).order_by("numero"))
    un, deux = (p for p in passages if p.personne.appartenances.filter(foyer__situation_familiale="MAR").exists())
    assert abs((un.numero or 0) - (deux.numero or 0)) > 1

    # the evening before, the member for beneficiaries recognises somebody: she leaves that file, nobody asks why
    beneficiaire = faite.membres["beneficiaire"]
    membre = ouvrir(beneficiaire.agent, 360, f"/equipe-pluridisciplinaire/seances/{posee.pk}/")
    assert violations(membre) == []
    membre.get_by_role("link", name=f"N° 1, dossier {passages[0].code}").click()
    membre.get_by_role("heading", name=f"Dossier {passages[0].code}").wait_for()
    assert violations(membre) == []
    assert passages[0].personne.nom not in membre.content()
    membre.get_by_role("button", name="Me retirer de ce dossier").click()
    membre.get_by_role("button", name="Me retirer", exact=True).click()
    membre.get_by_text("Vous ne siégez pas sur ce dossier.").first.wait_for()

    # in the morning a file is settled: it leaves, the others keep the hours that were announced
    heure("2026-03-26T08:40")
    page = ouvrir(faite.secretaire, 1280, f"/equipe-pluridisciplinaire/seances/{posee.pk}/")
    parti = passages[2]
    page.get_by_role("row", name=f"dossier {parti.code}").get_by_role("link", name="Retirer").click()
    tiroir = page.get_by_role("dialog")
    tiroir.get_by_label("Situation réglée").check()
    tiroir.get_by_role("button", name="Retirer le dossier").click()
    page.get_by_text("l'ordre du jour renuméroté").wait_for()
    assert violations(page) == []
    heures = dict(PassageEP.objects.filter(seance=posee, audition=True).values_list("pk", "heure"))
    assert all(heures[p.pk] == p.heure for p in passages[:AUDITIONS])

    heure("2026-03-26T09:00")
    page.get_by_role("link", name="Tenir la séance").click()
    for nom in ("Presidente", "Elue", "Emploi", "Suppleante"):
        page.get_by_role("button", name=f"Arrive : Camille {nom}").click()
    page.get_by_role("button", name="Ouvrir la séance").click()
    page.get_by_text("Dossier suivant").wait_for()
    restent = [p for p in passages if p.pk != parti.pk]
    for rang, passage in enumerate(restent):
        _examiner(page, passage, rang, violations)
    assert not any(p.personne.nom in page.content() for p in passages)
    page.get_by_role("button", name="Clore la séance").click()
    page.get_by_role("button", name="Clore", exact=True).click()
    page.get_by_text("La séance est close.").wait_for()

    posee.refresh_from_db()
    assert posee.statut == StatutSeance.CLOSE
    assert PassageEP.objects.filter(seance=posee, statut=StatutPassage.EXAMINE).count() == len(restent) - 1
    assert AvisEP.objects.filter(sens=SensAvis.AJOURNE).count() == 1
    told = Echeance.objects.filter(genre=GenreEcheance.LIRE_AVIS_EP, ouverte_le=jour(posee.debut))
    assert told.count() == len(restent) - 1

    page.get_by_role("heading", name="Procès-verbal").wait_for()
    page.get_by_role("button", name="Signer", exact=True).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Signer").click()
    page.get_by_text("Le procès-verbal est signé.").wait_for()
    assert violations(page) == []


def _examiner(page: Page, passage: PassageEP, rang: int, violations: Any) -> None:
    """Call the file, note who came, record the opinion; the last one is adjourned."""
    page.get_by_role("button", name="Appeler ce dossier").click()
    page.get_by_role("heading", name=f"dossier {passage.code}").wait_for()
    if passage.audition:
        page.get_by_label("Venue", exact=True).check()
        page.get_by_role("button", name="Noter l'audition").click()
        page.get_by_text("C'est noté.").wait_for()
    if rang == 0:
        assert violations(page) == []
        assert page.get_by_text("4 membres votent").count() == 1  # the substitute sits for the titular
    dernier = rang == AUDITIONS + SUR_PIECES - 2
    page.get_by_label("Ajourné" if dernier else "Favorable", exact=True).check()
    page.get_by_label("Motifs").fill("Les démarches ont repris, l'équipe en tient compte.")
    if dernier:
        page.get_by_label("Pour cet avis").fill("0")
    page.get_by_role("button", name="Enregistrer l'avis").click()
    page.get_by_text(": ajourné." if dernier else ": favorable.").first.wait_for()
