"""What a person asks of her accompaniment: another référent (R83), another orientation (E12)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cordee.metier.courriers.enums import EtatRemise, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation import services as orientation
from cordee.metier.orientation.enums import (
    Demandeur,
    IssueReorientation,
    MotifChangement,
    MotifRefusChangement,
    MotifRefusReorientation,
    MotifReorientation,
)
from cordee.metier.orientation.models import DemandeChangement, DemandeReorientation
from cordee.metier.orientation.selectors.rang import rang_compte_depuis
from cordee.metier.orientation.services.demandes import demander_changement, refuser_changement
from cordee.metier.orientation.services.reorientation import (
    ReorientationRefusee,
    constater_remise_du_refus,
    envoyer_refus,
    remettre_refus,
)
from cordee.metier.parcours.enums import GenreEtape
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.parcours.services import annuler_evenement, fermer_acces
from cordee.metier.personnes.models import Personne
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, echeances, etape, situation

pytestmark = pytest.mark.django_db
AU = jour(LE)
JOURS = timedelta(days=1)


class TestAnotherReferent:
    def test_without_saying_why_and_answered_by_another(self, equipe: Equipe) -> None:
        noe = f.agent(RoleAgent.REFERENT, structure=equipe.eds)
        personne = equipe.accompagnee()
        demander_changement(personne=personne, par=equipe.lea, le=LE)
        assert echeances(personne)["repondre_changement"] > AU
        assert situation(personne).referent_agent == equipe.lea, "elle reste jusqu'à la réponse"
        orientation.nommer_referent(personne=personne, agent=equipe.lea, par=equipe.samia, le=LE)
        assert "repondre_changement" in echeances(personne), "la même référente ne répond à rien"
        orientation.nommer_referent(personne=personne, agent=noe, par=equipe.samia, le=LE + JOURS)
        demande = DemandeChangement.objects.get()
        assert (demande.motif, demande.nouvel_agent) == (MotifChangement.NON_DIT, noe)
        assert "repondre_changement" not in echeances(personne)

    def test_refused_with_a_reason_and_never_asked_twice_at_once(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        demander_changement(personne=personne, motif=MotifChangement.LIEU, parole="C'est loin", par=equipe.lea, le=LE)
        with pytest.raises(ErreurMetier, match="attend déjà"):
            demander_changement(personne=personne, par=equipe.lea, le=LE)
        refuser_changement(personne=personne, motif=MotifRefusChangement.SEUL, par=equipe.samia, le=LE)
        assert "repondre_changement" not in echeances(personne)
        demander_changement(personne=personne, par=equipe.lea, le=LE)

    def test_the_departure_of_the_referent_does_not_lose_it(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        demander_changement(personne=personne, par=equipe.lea, le=LE)
        fermer_acces(agent=equipe.lea, a_compter_du=AU, par=equipe.samia, le=LE)
        assert "repondre_changement" in echeances(personne)
        assert DemandeChangement.objects.filter(repondue_le__isnull=True).exists()

    def test_nobody_to_change(self, equipe: Equipe) -> None:
        with pytest.raises(ErreurMetier, match="pas de référent à changer"):
            demander_changement(personne=equipe.notifiee(), par=equipe.samia, le=LE)


class TestAnotherOrientation:
    def demander(self, equipe: Equipe, personne: Personne) -> DemandeReorientation:
        orientation.demander_reorientation(
            personne=personne, demandeur=Demandeur.PERSONNE, motif=MotifReorientation.SOUHAIT,
            parole="Je veux chercher du travail tout de suite.", souhait="La mission locale", par=equipe.lea, le=LE,
        )  # fmt: skip
        return DemandeReorientation.objects.get(personne=personne)

    def test_accepted_it_starts_the_clock_and_the_rank_again(self, equipe: Equipe) -> None:
        """D5411-8-2: a new decision, notified at a certain date, a new month; E17: only later breaches count."""
        personne = equipe.accompagnee()
        assert rang_compte_depuis(personne) == AU
        demande = self.demander(equipe, personne)
        le = LE + 20 * JOURS
        nouvelle = equipe.decider(personne, le=le, structure=equipe.mission, categorie="mission_locale")
        demande.refresh_from_db()
        assert (demande.issue, demande.orientation) == (IssueReorientation.ACCEPTEE, nouvelle)
        assert "decider_reorientation" not in echeances(personne)
        assert etape(personne).genre == GenreEtape.NOTIFIER
        assert rang_compte_depuis(personne) == jour(le)
        orientation.remettre_en_main_propre(orientation=nouvelle, par=equipe.samia, le=le + JOURS)
        assert etape(personne).genre == GenreEtape.ACCEPTER_DOSSIER

    def test_refused_the_month_waits_for_the_notification(self, equipe: Equipe) -> None:
        """E12: interrupted from the request; it runs again from the day the refusal is received for certain."""
        personne = equipe.avec_referent()
        self.demander(equipe, personne)
        assert etape(personne).provisoire
        refus = LE + 10 * JOURS
        orientation.refuser_reorientation(
            personne=personne, motif=MotifRefusReorientation.TROP_TOT, explication="Faisons le point au printemps.",
            par=equipe.samia, le=refus,
        )  # fmt: skip
        assert etape(personne).provisoire, "le refus n'est pas encore reçu"
        assert "notifier_refus" in echeances(personne)
        remis = refus + 3 * JOURS
        lettre = remettre_refus(personne=personne, par=equipe.samia, le=remis)
        assert lettre.donnees["reponse"]["explication"] == "Faisons le point au printemps."
        assert not etape(personne).provisoire
        assert etape(personne).terme == ajouter_mois(jour(remis), 1)
        assert etape(personne).regle == "contrat_apres_refus_reorientation"
        assert "notifier_refus" not in echeances(personne)
        assert rang_compte_depuis(personne) == AU, "un refus ne remet rien à zéro"
        with pytest.raises(ReorientationRefusee):
            remettre_refus(personne=personne, par=equipe.samia, le=remis)

    def test_refused_by_registered_letter(self, equipe: Equipe) -> None:
        personne = equipe.avec_referent()
        self.demander(equipe, personne)
        orientation.refuser_reorientation(
            personne=personne, motif=MotifRefusReorientation.ADAPTEE, par=equipe.samia, le=LE
        )
        with pytest.raises(ReorientationRefusee, match="ne prouve pas"):
            envoyer_refus(personne=personne, moyen=MoyenRemise.COURRIEL, par=equipe.samia, le=LE)
        lettre: Courrier = envoyer_refus(personne=personne, moyen=MoyenRemise.LRAR, par=equipe.samia, le=LE)
        assert etape(personne).provisoire
        recu = LE + 4 * JOURS
        constater_remise_du_refus(courrier=lettre, etat=EtatRemise.RECUE, le_jour=jour(recu), par=equipe.samia, le=recu)
        assert etape(personne).terme == ajouter_mois(jour(recu), 1)
        assert DemandeReorientation.objects.get().refus_notifie_le == jour(recu)

    def test_one_request_at_a_time_and_a_mistake_is_corrected(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        evenement = orientation.demander_reorientation(
            personne=personne, demandeur=Demandeur.ORGANISME, motif=MotifReorientation.PROGRES, par=equipe.lea, le=LE
        )
        with pytest.raises((ErreurMetier, TransitionInterdite)):
            self.demander(equipe, personne)
        annuler_evenement(evenement=evenement, par=equipe.lea, le=LE)
        assert DemandeReorientation.objects.get().issue == IssueReorientation.SANS_OBJET
        assert "decider_reorientation" not in echeances(personne)
