"""Dropped with a reason, taken back, erased; several played in a job."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from cordee.configuration.taches import passage_du_temps
from cordee.echanges.fichiers.models import (
    ElementRejete,
    FichierRecu,
    GenreElement,
    LectureElement,
    RaisonEcart,
    Rejeu,
    StatutElement,
    StatutFichier,
    TypeFichier,
)
from cordee.echanges.fichiers.rejets import element, sans_nir
from cordee.echanges.fichiers.services import (
    CorrectionRefusee,
    ElementFige,
    Suites,
    contenu,
    ecarter,
    efface_le,
    journaliser_lecture_element,
    noter_correction,
    oublier_correction,
    purger,
    rejouer_element,
    reprendre,
)
from cordee.echanges.fichiers.verrou import ImportEnCours
from cordee.metier.organismes.models import Agent
from cordee.socle.erreurs import ErreurMetier
from tests import fabriques as f

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
NIR = "2880699023456"


@pytest.fixture
def par() -> Agent:
    return f.systeme()


@pytest.fixture
def rejete(par: Agent) -> ElementRejete:
    fichier = FichierRecu.objects.create(
        empreinte="b" * 64, nom="x", type=TypeFichier.CONTACTS, recu_le=LE.date(), depose_le=LE, depose_par=par,
        taille=1, statut=StatutFichier.CHARGE,
    )  # fmt: skip
    ligne = element(
        fichier=fichier, genre=GenreElement.LIGNE, rang=3, ligne=4, repere=NIR, code="x", motif=f"NIR {NIR} inconnu",
        texte=sans_nir(f"NOM;NIR\nEXEMPLE;{NIR}"), le=LE,
    )  # fmt: skip
    ligne.save()
    return ligne


def suites(fichier: FichierRecu) -> dict[str, int]:
    fichier.refresh_from_db()
    return {cle: n for cle, n in fichier.rapport["rejets_suites"].items() if n}


def test_what_is_told_of_a_piece_holds_no_nir(rejete: ElementRejete) -> None:
    assert (rejete.repere, rejete.motif) == ("NIR masqué", "NIR NIR masqué inconnu")
    assert NIR not in contenu(rejete)


def test_dropped_with_a_reason_then_taken_back(rejete: ElementRejete, par: Agent) -> None:
    with pytest.raises(CorrectionRefusee, match="Dites en une phrase"):
        ecarter(element=rejete, raison=RaisonEcart.AUTRE, phrase=" ", par=par, le=LE)
    ecarte = ecarter(element=rejete, raison=RaisonEcart.AUTRE, phrase=f"Vu pour {NIR}.", par=par, le=LE)
    assert (ecarte.statut, ecarte.raison_ecart) == (StatutElement.ECARTE, "autre")
    assert NIR not in ecarte.resultat
    assert suites(rejete.fichier) == {"ecartes": 1}
    with pytest.raises(ElementFige, match="écarté"):
        ecarter(element=rejete, raison=RaisonEcart.DEJA_PRIS, phrase="", par=par, le=LE)
    repris = reprendre(element=rejete, par=par, le=LE)
    assert (repris.statut, repris.raison_ecart, repris.traite_le) == (StatutElement.EN_ATTENTE, "", None)
    assert suites(rejete.fichier) == {"en_attente": 1}
    with pytest.raises(ElementFige):
        reprendre(element=rejete, par=par, le=LE)


def test_a_correction_is_kept_without_the_nir_typed(rejete: ElementRejete, par: Agent) -> None:
    noter_correction(element=rejete, texte=f"NOM;NIR\nAUTRE;{NIR}", par=par, le=LE)
    rejete.refresh_from_db()
    assert "AUTRE" in contenu(rejete)
    assert NIR not in contenu(rejete)
    oublier_correction(element=rejete, par=par, le=LE)
    rejete.refresh_from_db()
    assert "EXEMPLE" in contenu(rejete)
    with pytest.raises(CorrectionRefusee):
        noter_correction(element=rejete, texte="a" * 1_000_001, par=par, le=LE)


def test_a_failure_undoes_everything_but_keeps_what_was_typed(rejete: ElementRejete, par: Agent) -> None:
    class Encore(ErreurMetier):
        pass

    def jouer(courant: ElementRejete, texte: str, par: Agent, le: object) -> Suites:
        FichierRecu.objects.filter(pk=courant.fichier_id).update(nom="changé")
        raise Encore("Le nom manque.")

    with pytest.raises(Encore):
        rejouer_element(element=rejete, jouer=jouer, par=par, le=LE, texte="NOM;NIR\n;")
    rejete.refresh_from_db()
    assert (rejete.statut, rejete.echec) == (StatutElement.EN_ATTENTE, "Le nom manque.")
    assert contenu(rejete) == "NOM;NIR\n;"
    assert FichierRecu.objects.get().nom == "x"


def test_erased_a_week_after_being_played_or_after_three_months(
    rejete: ElementRejete, par: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    ancien = ElementRejete.objects.create(
        fichier=rejete.fichier, rang=1, ligne=1, motif="x", bloc_chiffre=rejete.bloc_chiffre,
        cree_le=LE - timedelta(days=93),
    )  # fmt: skip
    rejouer_element(
        element=rejete, jouer=lambda *_: Suites(phrase="Pris.", personnes=(7,)), par=par, le=LE, texte="corrigé"
    )
    assert efface_le(rejete) == LE.date() + timedelta(days=7)
    assert efface_le(ancien) <= LE.date()
    assert purger(le=LE + timedelta(days=6)) == 1  # the old one
    assert purger(le=LE + timedelta(days=6)) == 0
    monkeypatch.setenv("CORDEE_MAINTENANT", (LE + timedelta(days=7)).isoformat())
    passage_du_temps(timestamp=0)
    for efface in (rejete, ancien):
        efface.refresh_from_db()
        assert efface.statut == StatutElement.PURGE
        assert (bytes(efface.bloc_chiffre), efface.correction_chiffree) == (b"", None)
        assert efface.purge_le is not None
        with pytest.raises(ElementFige, match="effacé"):
            contenu(efface)
    assert (rejete.resultat, rejete.suites["personnes"]) == ("Pris.", [7])
    assert suites(rejete.fichier) == {"rejoues": 1, "effaces": 1}


def test_reads_are_logged_and_kept_a_year(rejete: ElementRejete, par: Agent) -> None:
    journaliser_lecture_element(element=rejete, par=par, le=LE)
    Rejeu.objects.create(demande_le=LE, demande_par=par)
    purger(le=LE + timedelta(days=364))
    assert LectureElement.objects.get().agent_id == par.pk
    purger(le=LE + timedelta(days=366))
    assert not LectureElement.objects.exists()
    assert not Rejeu.objects.exists()


def test_while_a_file_is_being_loaded_a_page_does_not_wait(rejete: ElementRejete, par: Agent) -> None:
    ailleurs = connection.copy()
    with ailleurs.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_lock(%s)", [0x0CAF])
        with pytest.raises(ImportEnCours, match="réessayez"):
            rejouer_element(element=rejete, jouer=lambda *_: Suites(phrase="Pris."), par=par, le=LE, texte="corrigé")
        curseur.execute("SELECT pg_advisory_unlock(%s)", [0x0CAF])
    ailleurs.close()
    rejete.refresh_from_db()
    assert contenu(rejete) == "corrigé"  # what was typed is kept meanwhile
    rejouer_element(element=rejete, jouer=lambda *_: Suites(phrase="Pris."), par=par, le=LE)
    assert rejete.statut == StatutElement.REJOUE
