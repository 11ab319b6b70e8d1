"""E32: nothing is sent to the dead, to somebody presumed dead, whatever row it was written on; and life resumes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import blocage_des_envois, empechement, en_attente_d_envoi
from cordee.metier.courriers.services import EnvoiImpossible, marquer_envoye
from cordee.metier.parcours import services as parcours
from cordee.metier.parcours.enums import Etat, GenreEvenement
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services import RendezVousImpossible, constater_en_vie
from cordee.metier.suivi.services import constater_situation
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, echeances, etape, situation

J = timedelta(days=1)


def signaler(personne: Personne, equipe: Equipe, *, par_un_agent: bool) -> None:
    if par_un_agent:
        constater_situation(personne=personne, etat=Etat.DECES_PRESUME, par=equipe.samia, le=LE)
    else:
        f.evenement(personne, GenreEvenement.DECES_PRESUME)


@pytest.mark.parametrize("par_un_agent", [True, False])
def test_a_signalled_death_holds_everything_at_once(equipe: Equipe, par_un_agent: bool) -> None:
    personne = equipe.entrante()
    equipe.convoquer(personne)
    signaler(personne, equipe, par_un_agent=par_un_agent)
    assert "un décès est signalé" in blocage_des_envois(personne)
    lettre = Courrier.objects.get(personne=personne)
    assert lettre.annule_le is None  # held, not lost: it may be a mistake
    with pytest.raises(EnvoiImpossible, match="un décès est signalé"):
        marquer_envoye(courrier=lettre, le_jour=LE.date(), par=equipe.samia, le=LE)
    for canal in Canal:
        assert empechement(personne=personne, genre=GenreCourrier.CONVOCATION, canal=canal, au=LE.date())
    with pytest.raises((EnvoiImpossible, RendezVousImpossible, TransitionInterdite)):
        equipe.convoquer(personne, debut=LE + 9 * J)


def test_the_household_is_not_held(equipe: Equipe) -> None:
    foyer = f.foyer()
    f.adresse(foyer=foyer)
    morte, conjoint = (f.soumise(equipe.eds, foyer=foyer) for _ in range(2))
    signaler(morte, equipe, par_un_agent=False)
    assert blocage_des_envois(conjoint) == ""
    assert etape(conjoint).genre == "convoquer"


def test_a_death_cancels_all_that_was_to_come(equipe: Equipe) -> None:
    """In one act: letters, appointments, contract, étape, échéances, on the rows merged into hers too."""
    absorbee, personne = equipe.entrante(), equipe.accompagnee()
    autre = equipe.convoquer(absorbee)
    parcours.fusionner(absorbee=absorbee, canonique=personne, raisons=["test"], par=equipe.samia, le=LE)
    f.evenement(personne, GenreEvenement.DROIT_SUSPENDU, motif="06", etat="4")
    avant = en_attente_d_envoi(personne).count()
    assert avant
    parcours.constater_deces(personne=personne, deces_le=LE.date(), par=equipe.samia, le=LE + J)
    assert not en_attente_d_envoi(personne).exists()
    assert RendezVous.objects.get(pk=autre.pk).statut == StatutRendezVous.ANNULE
    assert (situation(personne).etat, situation(personne).etape, echeances(personne)) == (Etat.DECEDEE, None, {})
    assert not personne.contrats.filter(fin=None).exists()
    lettre = Courrier.objects.filter(personne=absorbee).latest("pk")
    with pytest.raises(EnvoiImpossible):
        marquer_envoye(courrier=lettre, le_jour=LE.date(), par=equipe.samia, le=LE + J)


def test_alive_the_path_resumes_and_what_did_not_leave_is_told(equipe: Equipe) -> None:
    personne = equipe.entrante()
    equipe.convoquer(personne)
    signaler(personne, equipe, par_un_agent=False)
    retenus = constater_en_vie(personne=personne, par=equipe.samia, le=LE + J)
    assert [(c.genre, c.annule_le) for c in retenus] == [(GenreCourrier.CONVOCATION, None)]
    assert situation(personne).etat == Etat.CONVOQUEE
    assert marquer_envoye(courrier=retenus[0], le_jour=LE.date(), par=equipe.samia, le=LE + J).etat


def test_a_letter_about_an_appointment_now_past_never_leaves(equipe: Equipe) -> None:
    personne = equipe.entrante()
    rdv = equipe.convoquer(personne)
    signaler(personne, equipe, par_un_agent=False)
    apres: datetime = rdv.debut + J
    retenus = constater_en_vie(personne=personne, par=equipe.samia, le=apres)
    assert [c.annule_le for c in retenus] == [apres]
    assert not en_attente_d_envoi(personne).exists()


def test_nobody_is_declared_alive_who_was_never_thought_dead(equipe: Equipe) -> None:
    with pytest.raises(TransitionInterdite):
        constater_en_vie(personne=equipe.entrante(), par=equipe.samia, le=LE)
