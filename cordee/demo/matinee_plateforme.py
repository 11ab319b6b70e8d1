"""A morning at the orientation platform: convened, received, heard, decided, and the decisions to hand over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from typing import Any, Final

from cordee.demo.entretiens import mener_entretien
from cordee.demo.histoire.vies.propositions import entendre
from cordee.demo.matinee_atelier import Atelier
from cordee.metier.courriers.enums import Canal, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import marquer_envoye
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation import services as orientation
from cordee.metier.orientation.enums import (
    Impact,
    MotifEcart,
    MotifOrientation,
    NiveauFormation,
    SituationPro,
    ThemeDiagnostic,
)
from cordee.metier.orientation.models import Orientation
from cordee.metier.orientation.regles import Proposition, Reponses
from cordee.metier.orientation.selectors.criteres import proposition_pour
from cordee.metier.parcours.enums import Etat, Voie
from cordee.metier.parcours.models import Situation
from cordee.metier.rendezvous import services as rendezvous
from cordee.metier.rendezvous.enums import GenreRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.suivi.enums import ResultatContact
from cordee.metier.suivi.services import noter_aller_vers
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.horloge import PARIS, jour

# How many people at most, and the share of those who stand there: a small département keeps people to convene.
CONVOQUEES: Final = 120
_PART_CONVOQUEE: Final = 0.6
_PART_RECUE: Final = 0.3
RECUES: Final = 40
_PAR_JOUR: Final = (4, 7)
"""Appointments a day of a colleague, of Samia."""
_IMPACTS: Final = (Impact.FORT, Impact.FAIBLE, Impact.AUCUN, Impact.NON_ABORDE)
_SANS_NOM: Final = 5
_PLACES: Final = 110
"""Appointments of the platform on a day, beyond which no more are given."""
_VENUE: Final = {StatutRendezVous.HONORE: 0.72, StatutRendezVous.ABSENT: 0.21, StatutRendezVous.EXCUSE: 0.07}
_PART_EN_MAIN_PROPRE: Final = 0.75
POSTEES: Final = 150
_DELAI: Final = 4
"""Working days between a convocation and the appointment, at least."""
_METIERS: Final = (
    "Aide à domicile", "Vente en boulangerie", "Cariste", "Agent de maintenance", "Assistance comptable",
    "Cuisine de collectivité", "Accueil", "Auxiliaire de puériculture",
)  # fmt: skip
_NOTES: Final = "Disponible en semaine, sauf le mercredi. Souhaite travailler près de son domicile."


class Plateforme:
    """The scenes where the platform is."""

    def __init__(self, atelier: Atelier) -> None:
        self.a = atelier
        self.fiche = atelier.organisation.fiches["PFO"]
        self.structure = atelier.organisation.structures["PFO"]
        self.samia = atelier.organisation.comptes["plateforme"]
        self.encadrante = atelier.organisation.comptes["encadrante"]
        postes = self.fiche.agents(RoleAgent.AGENT_PLATEFORME, atelier.au)
        self.equipe = [self.samia, *(atelier.agent(p.agent_id) for p in postes if p.agent_id != self.samia.pk)]

    def vivre(self) -> None:
        self.constater_les_passes()
        self.recevoir_la_semaine()
        self.repartir()
        self.convoquer_les_prochains()
        self.tenir_le_guichet()
        self.aller_vers()

    # Appointments ---------------------------------------------------------------------------------------------------
    def constater_les_passes(self) -> None:
        """What became of the appointments of the last days that nobody noted; those of this morning are still to be."""
        a = self.a
        passes = RendezVous.objects.filter(
            statut=StatutRendezVous.PREVU, fin__lt=a.instant(a.ouvre(-1), time(0))
        ).select_related("personne", "agent")
        for rdv in passes.order_by("debut", "pk")[:RECUES]:
            self._constater(rdv, rdv.agent or self.samia)

    def recevoir_la_semaine(self) -> None:
        """People convened, received and heard in the last days: some decided, some still to be."""
        a = self.a
        combien = min(RECUES, round(self._attendent() * _PART_RECUE))
        anciennes = self._a_convoquer(combien, au_plus_tard=a.ouvre(-_DELAI - 4))
        equipe = cycle(self.equipe)
        for situation in anciennes:
            agent = next(equipe)
            jour_du_rdv = a.ouvre(-a.alea.randint(1, 4))
            rdv = a.donner_rendez_vous(
                situation.personne, structure=self.structure, agent=agent, le_jour=jour_du_rdv,
                convoquee_le=a.il_y_a(_DELAI + 4, depuis=_entree(situation)), par=agent,
                genre=GenreRendezVous.ORIENTATION,
            )  # fmt: skip
            if rdv is not None:
                self._constater(rdv, agent)
        recues = a.personnes(RECUES, etats=[Etat.RENCONTREE], ordre="-depuis")
        destinations = self._destinations()
        for rang, situation in enumerate(recues):
            if rang % 8 == 7:
                continue  # heard, not decided yet
            self._decider(situation, self.samia if rang % 6 == 0 else next(equipe), next(destinations))

    def repartir(self) -> None:
        """Who receives whom: the appointments given to the platform get a name, but for a few each day."""
        a = self.a
        a_repartir = RendezVous.objects.filter(
            statut=StatutRendezVous.PREVU,
            structure=self.structure,
            agent__isnull=True,
            debut__gte=a.instant(a.au, time(0)),
        )
        sans_nom: Counter[date] = Counter()
        nommes = []
        for rang, rdv in enumerate(a_repartir.order_by("debut", "pk")):
            if sans_nom[jour(rdv.debut)] < _SANS_NOM and rang % 9 == 0:
                sans_nom[jour(rdv.debut)] += 1
                continue
            agent = next((x for x in self._a_tour_de_role(rang) if a.reserver(x, rdv.debut, rdv.fin)), None)
            if agent is not None:
                rdv.agent = agent
                nommes.append(rdv)
        RendezVous.objects.bulk_update(nommes, ["agent"], batch_size=500)
        if nommes:
            a.actes["rendez-vous répartis"] += len(nommes)

    def _a_tour_de_role(self, rang: int) -> list[Agent]:
        """Samia takes one out of ten first; then everybody, beginning further each time."""
        depuis = 0 if rang % 10 == 0 else rang % len(self.equipe)
        return self.equipe[depuis:] + self.equipe[:depuis]

    def convoquer_les_prochains(self) -> None:
        """The appointments of today, of tomorrow and of the days after; a few bear no name yet."""
        a = self.a
        reste = min(CONVOQUEES, round(self._attendent() * _PART_CONVOQUEE))
        for n in range(9):
            deja = self._attendues_le(a.ouvre(n))
            libres = max(min(_PLACES - deja.total(), reste // 3), min(3, reste))
            places = list(islice(self._places(deja), libres))
            entrantes = iter(self._a_convoquer(2 * len(places), au_plus_tard=a.ouvre(min(n - _DELAI, 0))))
            for agent in places:
                reste -= self._convoquer_la_prochaine(entrantes, agent, n)
            if reste <= 0:
                return

    def _convoquer_la_prochaine(self, entrantes: Iterator[Situation], agent: Agent | None, n: int) -> bool:
        """The first of them who can be written to, for the n-th working day."""
        a = self.a
        for situation in entrantes:
            rdv = a.donner_rendez_vous(
                situation.personne, structure=self.structure, agent=agent, le_jour=a.ouvre(n),
                convoquee_le=a.il_y_a(max(_DELAI - n, 1), depuis=_entree(situation)), par=agent or self.encadrante,
                genre=GenreRendezVous.ORIENTATION,
            )  # fmt: skip
            if rdv is not None:
                return True
        return False

    def _attendues_le(self, le_jour: date) -> Counter[int]:
        """Appointments of the platform on a day, by agent (0: nobody's yet)."""
        debut = self.a.instant(le_jour, time(0))
        rendez_vous = RendezVous.objects.filter(
            structure=self.structure,
            statut=StatutRendezVous.PREVU,
            debut__gte=debut,
            debut__lt=debut + timedelta(days=1),
        )
        return Counter(agent or 0 for agent in rendez_vous.values_list("agent_id", flat=True))

    def tenir_le_guichet(self) -> None:
        """This morning: people who came without an appointment, and a diagnosis left half-way."""
        a = self.a
        for situation, agent in zip(self._a_convoquer(3, au_plus_tard=a.au), self.equipe, strict=False):
            venue = a.tenter(
                "personnes reçues sans rendez-vous", rendezvous.recevoir_sans_rendez_vous, personne=situation.personne,
                structure=self.structure, par=agent, le=max(a.ce_matin(), _entree(situation)),
            )  # fmt: skip
            if venue is not None and agent is self.samia:
                entretien = {**self._entretien(), "themes": {ThemeDiagnostic.LOGEMENT: Impact.FORT}}
                a.tenter(
                    "diagnostics en brouillon", mener_entretien, personne=situation.personne, brouillon=True,
                    par=self.samia, le=a.le, entretien=entretien,
                )  # fmt: skip

    def aller_vers(self) -> None:
        """A few calls and visits after absences."""
        for rang, situation in enumerate(self.a.personnes(24, etats=[Etat.INJOIGNABLE], ordre="-depuis")):
            self.a.tenter(
                "démarches d'aller-vers", noter_aller_vers, personne=situation.personne, par=self.samia,
                resultat=ResultatContact.SANS_REPONSE if rang % 3 else ResultatContact.JOINTE, le=self.a.ce_matin(),
            )  # fmt: skip

    def poster(self) -> None:
        """Letters written before yesterday have left; those of yesterday and today wait in the tray."""
        a = self.a
        avant = a.instant(a.ouvre(-1), time(0))
        courriers = Courrier.objects.filter(
            etat="", annule_le__isnull=True, cree_le__lt=avant, canal=Canal.COURRIER
        ).select_related("personne")
        for courrier in courriers.order_by("-pk")[:POSTEES]:
            a.tenter(
                "lettres postées", marquer_envoye, courrier=courrier, le_jour=jour(courrier.cree_le), par=self.samia,
                le=a.le,
            )  # fmt: skip

    # Parts ----------------------------------------------------------------------------------------------------------
    @staticmethod
    def _attendent() -> int:
        return Situation.objects.filter(etat=Etat.ENTRANTE).count()

    def _a_convoquer(self, combien: int, *, au_plus_tard: date) -> list[Situation]:
        """Entrants known since that day at the latest, the oldest first."""
        return self.a.personnes(combien, etats=[Etat.ENTRANTE], ordre="recu_le", recu_le__lte=au_plus_tard)

    def _places(self, deja: Counter[int]) -> Iterator[Agent | None]:
        """Who may receive one more that day: Samia first, a few without a name, then everybody in turn."""
        yield from [self.samia] * (_PAR_JOUR[True] - deja[self.samia.pk])
        yield from [None] * (_SANS_NOM - deja[0])
        for tour in range(_PAR_JOUR[False]):
            yield from (agent for agent in self.equipe[1:] if deja[agent.pk] + tour < _PAR_JOUR[False])

    def _constater(self, rdv: RendezVous, par: Agent) -> None:
        statut = self.a.alea.choices(list(_VENUE), list(_VENUE.values()))[0]
        le = min(rdv.debut.astimezone(PARIS) + timedelta(minutes=50), self.a.le)
        self.a.tenter("rendez-vous constatés", rendezvous.constater, rendez_vous=rdv, statut=statut, par=par, le=le)
        self.a.recue(rdv.personne_id)

    def _decider(self, situation: Situation, par: Agent, vers: tuple[Structure | None, Voie, bool]) -> None:
        """The diagnosis, the decision, and the decision handed over (or left on the table)."""
        a, personne = self.a, situation.personne
        structure, voie, remise = vers
        structure = structure or self._du_secteur(situation)
        le = max(a.il_y_a(1), _entree(situation))
        entretien = self._entretien()
        if personne.pk % 5:  # four interviews in five lead where the decision goes, as in the past ones
            entendre(entretien, voie)
        diagnostic = a.tenter("diagnostics", mener_entretien, personne=personne, par=par, le=le, entretien=entretien)
        decision = diagnostic and a.tenter(
            "décisions d'orientation", orientation.decider, personne=personne, voie=voie, structure=structure,
            categorie=GenreOrganismeReferent(structure.categorie), motifs=[_MOTIFS[voie]], diagnostic=diagnostic,
            proposition=_proposition(entretien, jour(le)), motif_ecart=MotifEcart.APPRECIATION_DIFFERENTE,
            par=par, le=le,
        )  # fmt: skip
        if decision and remise:
            self._remettre(decision, par, le)

    def _remettre(self, decision: Orientation, par: Agent, le: datetime) -> None:
        """Handed over at the end of the interview, or sent by registered letter."""
        if self.a.alea.random() < _PART_EN_MAIN_PROPRE:
            self.a.tenter(
                "décisions remises", orientation.remettre_en_main_propre, orientation=decision, par=par, le=le
            )
        else:
            self.a.tenter(
                "décisions envoyées", orientation.envoyer_notification, orientation=decision, moyen=MoyenRemise.LRAR,
                par=par, le=le,
            )  # fmt: skip

    def _entretien(self) -> dict[str, Any]:
        alea = self.a.alea
        return {
            "situation_pro": alea.choice(list(SituationPro)), "niveau": alea.choice(list(NiveauFormation)),
            "projection": alea.random() < 0.5, "metier_vise": alea.choice(_METIERS), "notes": _NOTES,
            "themes": {str(t): str(alea.choices(_IMPACTS, (12, 26, 42, 20))[0]) for t in ThemeDiagnostic},
        }  # fmt: skip

    def _du_secteur(self, situation: Situation) -> Structure:
        secteur = situation.structure_secteur
        return secteur if secteur is not None and secteur.categorie else self.a.organisation.structures["EDS-01"]

    def _destinations(self) -> Iterator[tuple[Structure | None, Voie, bool]]:
        """First what the named accounts expect, then the ordinary run. ``None``: the body of the sector."""
        s = self.a.organisation.structures
        attendues = [
            "EDS-15",
            "CCAS-94081",
            "OPE-01",
            "EDS-15",
            "CCAS-94081",
            "OPE-01",
            "EDS-15",
            "CCAS-94081",
            "OPE-01",
        ]
        for code in attendues:
            yield s[code], Voie.SOCIO_PRO, True
        agences = [x for x in s.values() if x.type == TypeStructure.OPERATEUR_EMPLOI and x.categorie]
        operateurs = [x for x in s.values() if x.type == TypeStructure.OPERATEUR]
        while True:
            tirage = self.a.alea.random()
            remise = self.a.alea.random() < 0.7
            if tirage < 0.35:
                yield self.a.alea.choice(agences), Voie.EMPLOI, remise
            elif tirage < 0.6:
                yield self.a.alea.choice(operateurs), Voie.SOCIO_PRO, remise
            else:
                yield None, Voie.SOCIAL, remise


_MOTIFS: Final = {
    Voie.EMPLOI: MotifOrientation.ACTIVITE_RECENTE,
    Voie.SOCIO_PRO: MotifOrientation.FREINS_A_TRAITER,
    Voie.SOCIAL: MotifOrientation.FREINS_BLOQUANTS,
}


def _entree(situation: Situation) -> datetime:
    """Since when she stands where she stands: no act of the morning comes before."""
    depuis = situation.depuis or situation.recu_le or date(2000, 1, 1)
    return datetime.combine(depuis, time(9, 30), tzinfo=PARIS)


def _proposition(entretien: dict[str, Any], au: date) -> Proposition | None:
    """What the criteria of the day propose for an interview."""
    reponses = Reponses(
        situation_pro=SituationPro(entretien["situation_pro"]), niveau=NiveauFormation(entretien["niveau"]),
        projection=entretien.get("projection"),
        themes={ThemeDiagnostic(t): Impact(i) for t, i in entretien["themes"].items()},
    )  # fmt: skip
    return proposition_pour(reponses, au=au)
