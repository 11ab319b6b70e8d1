"""A morning of référents and heads of structures: whom they see, whom they called, what they promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from cordee.demo.matinee_atelier import Atelier
from cordee.metier.contrats import services as contrats
from cordee.metier.contrats.enums import Engage, FamilleActivite
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation import services as orientation
from cordee.metier.parcours.enums import Etat, Intensite, Voie
from cordee.metier.parcours.models import Situation
from cordee.metier.rendezvous.enums import GenreRendezVous
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.metier.suivi.services import noter_contact
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle.horloge import jour

SUIVIES: Final = (Etat.ACCOMPAGNEE, Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD)
SANS_CONTRAT: Final = (Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD)
_RESULTATS: Final = {ResultatContact.JOINTE: 0.62, ResultatContact.MESSAGE: 0.2, ResultatContact.SANS_REPONSE: 0.18}
_NOTES: Final = (
    "Candidatures envoyées à deux employeurs. Réponse attendue.",
    "Dossier de garde d'enfant déposé à la mairie.",
    "Atelier suivi. Demande une aide pour les transports.",
    "Rendez-vous médical la semaine prochaine.",
    "",
)


@dataclass(frozen=True, slots=True)
class Journee:
    """What fills a référent's day: appointments today and tomorrow, contacts of the week, contracts signed."""

    rendez_vous: int
    contacts: int
    signatures: int


JOURNEES: Final[Mapping[str, Journee]] = {
    "referente": Journee(6, 24, 2),
    "referent2": Journee(5, 16, 2),
    "social": Journee(4, 12, 1),
    "operateur": Journee(6, 18, 2),
}


class Referents:
    """The scenes of the named référents, of the heads who name them, and of the employment desk."""

    def __init__(self, atelier: Atelier) -> None:
        self.a = atelier
        self.structures = atelier.organisation.structures
        self.comptes = atelier.organisation.comptes

    def vivre(self) -> None:
        self.accueillir()
        for compte, journee in JOURNEES.items():
            self._journee(self.comptes[compte], journee)
        self.reunir_pour_l_emploi()

    # Heads of structures --------------------------------------------------------------------------------------------
    def accueillir(self) -> None:
        """The CCAS and the operator accept one file out of three, and name a référent for the first."""
        for code, chef in (("CCAS-94081", self.comptes["ccas"]), ("OPE-01", self._chef("OPE-01"))):
            attendent = self.a.personnes(
                9, etats=[Etat.ATTENTE_ACCUEIL], ordre="-depuis", referent_structure=self.structures[code]
            )
            for rang, situation in enumerate(attendent[::3]):
                accepte = self.a.tenter(
                    "dossiers acceptés", orientation.accepter_dossier, personne=situation.personne, par=chef,
                    le=self.a.ce_matin(),
                )  # fmt: skip
                if accepte is not None and rang == 0:
                    self._nommer(situation, code, chef)

    def _nommer(self, situation: Situation, code: str, chef: Agent) -> None:
        postes = self.a.organisation.fiches[code].referents(self.a.au)
        agent = next((self.a.agent(p.agent_id) for p in postes if p.compte), None) or self.a.agent(postes[0].agent_id)
        self.a.tenter(
            "référents nommés", orientation.nommer_referent, personne=situation.personne, agent=agent, par=chef,
            le=self.a.ce_matin(),
        )  # fmt: skip

    # A référent's day -----------------------------------------------------------------------------------------------
    def _journee(self, agent: Agent, journee: Journee) -> None:
        self._signer(agent, journee.signatures)
        self._contacter(agent, journee.contacts)
        a_voir = self.a.personnes(4, etats=SANS_CONTRAT, ordre="notifie_le", referent_agent=agent)
        a_voir += self.a.personnes(journee.rendez_vous * 2, etats=[Etat.ACCOMPAGNEE], ordre="dernier_contact_le",
                                   referent_agent=agent)  # fmt: skip
        for rang, situation in enumerate(a_voir[: journee.rendez_vous * 2]):
            contrat = situation.etat in SANS_CONTRAT
            self.a.donner_rendez_vous(
                situation.personne, structure=self._structure(situation), agent=agent, le_jour=self.a.ouvre(rang % 2),
                convoquee_le=self.a.il_y_a(5), par=agent,
                genre=GenreRendezVous.CONTRAT if contrat else GenreRendezVous.ACCOMPAGNEMENT,
            )  # fmt: skip
            if contrat and rang == 0:
                self._preparer(situation, agent)

    def _contacter(self, agent: Agent, combien: int) -> None:
        """Calls and interviews of the last five days; a message left is an attempt (R13)."""
        a = self.a
        suivies = a.personnes(combien, etats=[Etat.ACCOMPAGNEE], ordre="echeance", referent_agent=agent)
        for rang, situation in enumerate(suivies):
            resultat = a.alea.choices(list(_RESULTATS), list(_RESULTATS.values()))[0]
            jointe = resultat is ResultatContact.JOINTE
            genre = GenreContactSuivi.APPEL if rang % 4 or not jointe else GenreContactSuivi.ENTRETIEN
            a.tenter(
                "contacts", noter_contact, personne=situation.personne, genre=genre, resultat=resultat, par=agent,
                le=a.il_y_a(1 + rang % 5), note=a.alea.choice(_NOTES) if jointe else "",
                prochain_le=a.au + timedelta(days=a.alea.randint(9, 40)) if jointe else None,
            )  # fmt: skip

    def _signer(self, agent: Agent, combien: int) -> None:
        """Contracts signed in the last days, with promises of ours: one is late, others come due."""
        a, le = self.a, self.a.ce_matin()
        for situation in a.personnes(combien, etats=SANS_CONTRAT, ordre="-notifie_le", referent_agent=agent):
            contrat = self._preparer(situation, agent)
            if contrat is not None:
                a.tenter(
                    "contrats signés", contrats.signer, contrat=contrat, signe_personne_le=jour(le),
                    signe_referent_le=jour(le), par=agent, le=le,
                )  # fmt: skip

    def _preparer(self, situation: Situation, agent: Agent) -> Any:
        return self.a.tenter(
            "contrats préparés", contrats.preparer, personne=situation.personne, par=agent, le=self.a.ce_matin(),
            **self._contenu(),
        )  # fmt: skip

    def _contenu(self) -> dict[str, Any]:
        au = self.a.au
        return {
            "projet": "Reprendre un emploi près de chez soi\nSe remettre à l'aise avec l'ordinateur",
            "heures": Decimal(15),
            "intensite": Intensite.REGULIERE,
            "prochaine_actualisation": ajouter_mois(au, 6),
            "engagements": [
                {"engage": Engage.PERSONNE, "texte": "Participer à l'atelier de recherche d'emploi",
                 "famille": FamilleActivite.RECHERCHE, "heures": Decimal(10), "avant_le": au + timedelta(days=45)},
                {"engage": Engage.PERSONNE, "texte": "Suivre la formation au numérique",
                 "famille": FamilleActivite.FORMATION, "heures": Decimal(5), "avant_le": au + timedelta(days=90)},
                {"engage": Engage.ORGANISME, "texte": "Envoyer la demande d'aide aux transports", "famille": "",
                 "heures": None, "avant_le": au + timedelta(days=3)},
                {"engage": Engage.ORGANISME, "texte": "Proposer un rendez-vous chaque mois", "famille": "",
                 "heures": None, "avant_le": au + timedelta(days=30)},
            ],
        }  # fmt: skip

    # The employment desk --------------------------------------------------------------------------------------------
    def reunir_pour_l_emploi(self) -> None:
        """Two information meetings of recruiters, held by the employment officer: today and in a week."""
        a, marc, direction = self.a, self.comptes["emploi"], self.structures["DIR"]
        gens = a.personnes(24, etats=[Etat.ACCOMPAGNEE], ordre="-contrat_le", voie=Voie.EMPLOI)
        for rang, situation in enumerate(gens):
            a.reunir(situation.personne, structure=direction, agent=marc, le_jour=a.ouvre(5 if rang % 2 else 0))

    # Parts ----------------------------------------------------------------------------------------------------------
    def _structure(self, situation: Situation) -> Structure:
        return situation.referent_structure or self.structures["EDS-15"]

    def _chef(self, code: str) -> Agent:
        fiche = self.a.organisation.fiches[code]
        return self.a.agent(next(p for p in fiche.postes if p.role == "chef_structure" and p.tenu(self.a.au)).agent_id)
