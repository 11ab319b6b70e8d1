"""A small département at work: structures, agents, and a person walked as far as a test needs, by the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cordee.metier.contrats import services as contrats
from cordee.metier.contrats.enums import Engage, FamilleActivite
from cordee.metier.contrats.models import Contrat
from cordee.metier.contrats.regles import Ligne
from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation import services as orientation
from cordee.metier.orientation.enums import MotifOrientation
from cordee.metier.orientation.models import Orientation
from cordee.metier.parcours.enums import Voie
from cordee.metier.parcours.models import Echeance, Etape, Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous import services as rendezvous
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.horloge import jour
from tests import fabriques as f

G = GenreOrganismeReferent
LE = f.MAINTENANT
PLAN = (
    Ligne(engage=Engage.ORGANISME, texte="Vous recevoir chaque mois"),
    Ligne(engage=Engage.PERSONNE, texte="Venir aux rendez-vous, participer activement"),
    Ligne(engage=Engage.PERSONNE, texte="Passer le code", famille=FamilleActivite.ACCES_DROITS, heures=Decimal(3)),
)


@dataclass(frozen=True)
class Equipe:
    eds: Structure
    ccas: Structure
    agence: Structure
    mission: Structure
    samia: Agent  # platform
    lea: Agent  # référente at the EDS
    malik: Agent  # référent at the CCAS

    def entrante(self, **champs: Any) -> Personne:
        """A new entrant with a known address."""
        foyer = f.foyer()
        f.adresse(foyer=foyer)
        return f.soumise(self.eds, **{"foyer": foyer, **champs})

    def convoquer(self, personne: Personne, *, le: datetime = LE, **champs: Any) -> RendezVous:
        """In a week, at the EDS, by letter, unless told otherwise."""
        valeurs = {
            "genre": GenreRendezVous.ORIENTATION, "modalite": ModaliteRendezVous.PHYSIQUE, "structure": self.eds,
            "agent": None, "lieu": "", "debut": le + timedelta(days=7), "duree_minutes": 45, "canal": Canal.COURRIER,
            "par": self.samia,
        }  # fmt: skip
        return rendezvous.convoquer(personne=personne, le=le, **{**valeurs, **champs})

    def decider(self, personne: Personne, *, le: datetime = LE, **champs: Any) -> Orientation:
        """Towards the EDS, socio-professional path, unless told otherwise."""
        valeurs = {
            "voie": Voie.SOCIO_PRO, "categorie": G.CONSEIL_DEPARTEMENTAL, "structure": self.eds,
            "motifs": [MotifOrientation.FREINS_A_TRAITER], "par": self.samia,
        }  # fmt: skip
        return orientation.decider(personne=personne, le=le, **{**valeurs, **champs})

    def notifiee(self, *, le: datetime = LE, **champs: Any) -> Personne:
        """Oriented, the decision handed over."""
        personne = self.entrante()
        decision = self.decider(personne, le=le, **champs)
        orientation.remettre_en_main_propre(orientation=decision, par=self.samia, le=le)
        return personne

    def avec_referent(self, *, le: datetime = LE, **champs: Any) -> Personne:
        """Notified, Léa named."""
        personne = self.notifiee(le=le, **champs)
        orientation.nommer_referent(personne=personne, agent=self.lea, par=self.samia, le=le)
        return personne

    def brouillon(self, personne: Personne, *, le: datetime = LE, **champs: Any) -> Contrat:
        """A complete draft."""
        valeurs = {
            "projet": "Travailler dans l'aide à domicile", "heures": Decimal(15),
            "prochaine_actualisation": jour(le) + timedelta(days=180), "engagements": PLAN,
        }  # fmt: skip
        return contrats.preparer(personne=personne, par=self.lea, le=le, **{**valeurs, **champs})

    def signer(self, contrat: Contrat, *, le: datetime = LE, **champs: Any) -> Contrat:
        """Signed by both today."""
        dates = {"signe_personne_le": jour(le), "signe_referent_le": jour(le)}
        return contrats.signer(contrat=contrat, par=self.lea, le=le, **{**dates, **champs})

    def accompagnee(self, *, le: datetime = LE, **champs: Any) -> Personne:
        """Under contract."""
        personne = self.avec_referent(le=le, **champs)
        self.signer(self.brouillon(personne, le=le), le=le)
        return personne


def equipe() -> Equipe:
    adresse = {"adresse": "5, rue des Lilas", "code_postal": "94000", "telephone": "0199000001"}
    eds = f.structure(nom="EDS de démonstration", **adresse)
    ccas = f.structure(TypeStructure.CCAS, G.DELEGATAIRE, nom="CCAS de démonstration", **adresse)
    f.convention(ccas)
    return Equipe(
        eds=eds,
        ccas=ccas,
        agence=f.structure(TypeStructure.OPERATEUR_EMPLOI, G.OPERATEUR_EMPLOI, nom="Agence", **adresse),
        mission=f.structure(TypeStructure.MISSION_LOCALE, G.MISSION_LOCALE, nom="Mission locale", **adresse),
        samia=f.agent(RoleAgent.AGENT_PLATEFORME, structure=eds, prenom="Samia", nom="Exemple"),
        lea=f.agent(RoleAgent.REFERENT, structure=eds, prenom="Léa", nom="Exemple"),
        malik=f.agent(RoleAgent.REFERENT, structure=ccas, prenom="Malik", nom="Exemple"),
    )


def etape(personne: Personne) -> Etape:
    """The one open étape."""
    return Etape.objects.get(personne=personne, fermee_le__isnull=True)


def situation(personne: Personne) -> Situation:
    return Situation.objects.get(personne=personne)


def echeances(personne: Personne) -> dict[str, date]:
    """Open parallel duties and their dates."""
    ouvertes = Echeance.objects.filter(personne=personne, fermee_le__isnull=True)
    return dict(ouvertes.values_list("genre", "echeance"))
