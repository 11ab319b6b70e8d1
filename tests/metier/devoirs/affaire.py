"""One file of droits et devoirs, walked as far as a test needs, by the services, on days that follow one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cordee.metier.contrats.enums import Engage, FormeRefus
from cordee.metier.contrats.models import Engagement
from cordee.metier.contrats.services import refuser
from cordee.metier.courriers.enums import EtatRemise, MoyenRemise
from cordee.metier.devoirs import services
from cordee.metier.devoirs.enums import MotifLegitime, NatureMesure, TypeManquement
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.enums import GenreRendezVous
from cordee.reglementation.autres_droits import SuiteDroit, autres_droits
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe

MOTIFS = (
    "Vous n'avez pas tenu l'engagement de votre contrat, malgré les rendez-vous proposés par votre référente et les "
    "appels du mois. Vous avez pu répondre et aucun motif légitime n'a été recueilli. La suspension tient compte de "
    "votre situation et de votre foyer."
)
DROITS = {droit.id: SuiteDroit.NON_CONCERNEE for droit in autres_droits()}


@dataclass
class Affaire:
    """``jours``: how far the clock has gone since the day of the tests."""

    equipe: Equipe
    personne: Personne
    sophie: Agent  # instructs
    helene: Agent  # decides
    jours: int = 0

    @property
    def le(self) -> datetime:
        return LE + timedelta(days=self.jours)

    def attendre(self, jours: int) -> None:
        self.jours += jours

    @property
    def par_sophie(self) -> dict[str, Any]:
        return {"par": self.sophie, "le": self.le}

    def signaler(self, **champs: Any) -> Manquement:
        """A promise of her contract not kept since yesterday."""
        engagement = Engagement.objects.filter(contrat__personne=self.personne, engage=Engage.PERSONNE).first()
        valeurs: dict[str, Any] = {
            "type": TypeManquement.NON_RESPECT_CONTRAT, "faits_du": self.le.date(), "engagement": engagement,
            "description": "Absente à deux ateliers.", "demarches_accomplies": "Trois appels, une lettre.",
        }  # fmt: skip
        return services.signaler_manquement(
            personne=self.personne, par=self.equipe.lea, le=self.le, **{**valeurs, **champs}
        )

    def examiner(self, manquement: Manquement, *, retenu: bool = False) -> None:
        services.examiner_motif(
            manquement=manquement, motif=MotifLegitime.SANTE if retenu else MotifLegitime.AUCUN, retenu=retenu,
            elements="Appels et lettre.", **self.par_sophie,
        )  # fmt: skip

    def ouvrir(self, manquement: Manquement, **champs: Any) -> Procedure:
        self.examiner(manquement)
        services.verifier_droits(manquement=manquement, constats=DROITS, **self.par_sophie)
        return services.ouvrir_procedure(
            personne=self.personne, manquements=[manquement], **{**self.par_sophie, **champs}
        )

    def entendre(self, procedure: Procedure, *, jours: int = 14) -> Procedure:
        """The letter is handed over today, the days run out, the reason is looked for again."""
        services.notifier_griefs(procedure=procedure, moyen=MoyenRemise.REMISE_MAIN_PROPRE, **self.par_sophie)
        self.attendre(jours)
        for manquement in procedure.manquements.all():
            self.examiner(manquement)
        procedure.refresh_from_db()
        return procedure

    def decider(self, procedure: Procedure, **champs: Any) -> MesureDecidee:
        valeurs: dict[str, Any] = {"nature": NatureMesure.SUSPENSION, "taux": 50, "mois": 1, "motifs": MOTIFS}
        return services.decider_mesure(procedure=procedure, par=self.helene, le=self.le, **{**valeurs, **champs})

    def notifier(self, mesure: MesureDecidee) -> MesureDecidee:
        services.notifier_decision(mesure=mesure, moyen=MoyenRemise.REMISE_MAIN_PROPRE, par=self.sophie, le=self.le)
        mesure.refresh_from_db()
        return mesure

    def suspendue(self) -> MesureDecidee:
        """A suspension notified for a promise not kept."""
        return self.notifier(self.decider(self.entendre(self.ouvrir(self.signaler()))))

    def refuser(self) -> None:
        """Two dated meetings offered, then a refusal recorded with the contract."""
        for _ in range(2):
            self.equipe.convoquer(
                self.personne, le=self.le, genre=GenreRendezVous.CONTRAT, agent=self.equipe.lea,
                debut=self.le + timedelta(days=1),
            )  # fmt: skip
            self.attendre(2)
        refuser(personne=self.personne, forme=FormeRefus.ECRIT, par=self.equipe.lea, le=self.le)


def affaire(equipe: Equipe, *, sous_contrat: bool = True, depuis: int = 0) -> Affaire:
    """``depuis``: under contract for so many days."""
    direction = f.structure(TypeStructure.DEPARTEMENT, "", nom="Direction", code_postal="94000", telephone="0199000003")
    personne = equipe.accompagnee(le=LE - timedelta(days=depuis)) if sous_contrat else equipe.avec_referent()
    return Affaire(
        equipe=equipe, personne=personne,
        sophie=f.agent(RoleAgent.DEVOIRS, structure=direction, prenom="Sophie", nom="Exemple"),
        helene=f.agent(RoleAgent.SIGNATAIRE, structure=direction, prenom="Hélène", nom="Exemple"), jours=1,
    )  # fmt: skip


RECUE = EtatRemise.RECUE
