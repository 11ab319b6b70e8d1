"""A death imported between two sendings: nothing goes out, the data desk confirms it, the spouse keeps his path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from cordee.metier.courriers.enums import Canal, EtatRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import EnvoiImpossible, marquer_envoye
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services import convoquer
from cordee.socle.horloge import PARIS
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.conftest import flux  # noqa: F401  (fixture)
from tests.echanges.caf.scenes import CONJOINT, JANVIER, avec, entete, importer, quotidien, suspendu
from tests.navigateur.conftest import Equipe, Heure, Ouvrir

pytestmark = [pytest.mark.navigateur, pytest.mark.parametrize("largeur", [360])]
COUPLE = ("00000010094", avec(CONJOINT))


def a(jour: int, heure: int = 9) -> datetime:
    return datetime(2026, 2, jour, heure, tzinfo=PARIS)


@dataclass(frozen=True)
class Couple:
    """Two people known by January's file, both convened on 12 February. Only his letter had left when she died."""

    nora: Personne
    ilyas: Personne
    etape: int | None


@pytest.fixture
def couple(equipe: Equipe, flux: Flux, heure: Heure) -> Couple:  # noqa: F811
    """The daily of the 18th says that Madame has died."""
    f.systeme()
    importer(flux(foyer(*COUPLE), entete=entete(JANVIER)), le=a(3))
    nora, ilyas = Personne.objects.get(prenom="NORA"), Personne.objects.get(prenom="ILYAS")
    for rang, qui in enumerate((nora, ilyas)):
        convoquer(
            personne=qui, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE,
            structure=equipe.plateforme, agent=None, lieu="", debut=a(26, 10 + rang), duree_minutes=45,
            canal=Canal.COURRIER, par=equipe.agente, le=a(12),
        )  # fmt: skip
    marquer_envoye(courrier=lettre(ilyas), le_jour=date(2026, 2, 16), par=equipe.agente, le=a(16))
    trouve = Couple(nora, ilyas, Situation.objects.get(personne=ilyas).etape_id)
    bloc = foyer(*COUPLE, *suspendu("DG", "3"))
    importer(flux(bloc, entete=quotidien(date(2026, 2, 18)), nom="quotidien.xml"), le=a(18, 7))
    heure("2026-02-18T09:00")
    return trouve


def lettre(qui: Personne) -> Courrier:
    return Courrier.objects.filter(personne=qui).latest("pk")


def envoyer(qui: Personne, equipe: Equipe) -> Courrier:
    """The second sending of the morning."""
    return marquer_envoye(courrier=lettre(qui), le_jour=date(2026, 2, 18), par=equipe.agente, le=a(18))


def test_un_deces_importe_entre_deux_envois(
    equipe: Equipe, couple: Couple, ouvrir: Ouvrir, violations: Any, largeur: int
) -> None:
    nora, ilyas = couple.nora, couple.ilyas
    with pytest.raises(EnvoiImpossible, match="un décès est signalé"):
        envoyer(nora, equipe)
    fiche = ouvrir(equipe.agente, largeur, f"/personnes/{nora.pk}/")
    fiche.get_by_text("Les envois sont suspendus : un décès est signalé").wait_for()

    file = ouvrir(equipe.donnees, largeur, "/rapprochements/")
    ligne = file.get_by_role("row").filter(has_text="Nora T.")
    assert "Décès signalé (droit suspendu : décès de Madame)" in ligne.inner_text()
    assert "1 courrier retenu, 1 rendez-vous à venir" in ligne.inner_text()
    assert violations(file) == []
    ligne.get_by_role("link", name="Constater le décès").click()
    file.get_by_label("Date du décès").fill("2026-02-15")
    file.get_by_role("dialog").get_by_role("button", name="Constater le décès").click()
    file.get_by_text("Le décès est enregistré").wait_for()
    assert "/rapprochements/" in file.url
    file.get_by_text("Tout concorde").wait_for()

    assert Situation.objects.get(personne=nora).etat == Etat.DECEDEE
    assert lettre(nora).annule_le is not None
    assert RendezVous.objects.get(personne=nora).statut == StatutRendezVous.ANNULE
    with pytest.raises(EnvoiImpossible):
        envoyer(nora, equipe)
    seul = Situation.objects.get(personne=ilyas)
    assert (seul.etat, seul.etape_id) == (Etat.CONVOQUEE, couple.etape)
    assert RendezVous.objects.get(personne=ilyas).statut == StatutRendezVous.PREVU


def test_la_personne_est_vivante(equipe: Equipe, couple: Couple, ouvrir: Ouvrir, largeur: int) -> None:
    """A mistake of the file: the path resumes, and what did not leave is told."""
    nora = couple.nora
    page = ouvrir(equipe.donnees, largeur, f"/personnes/{nora.pk}/actes/en_vie/?retour=rapprochements")
    page.get_by_text("Pas encore parti : convocation").first.wait_for()
    page.get_by_label("J'ai vérifié que la personne est vivante").check()
    page.get_by_role("button", name="Elle est vivante").click()
    page.get_by_text("Le parcours reprend où il en était.").wait_for()
    assert Situation.objects.get(personne=nora).etat == Etat.CONVOQUEE
    assert envoyer(nora, equipe).etat == EtatRemise.ENVOYEE
