"""Weeks of work on the synthetic population: agents act through the product's own services, never around them.

Each week, some of the people standing at each étape get the act that closes it. Rates are hypotheses (they come from no
source) chosen so that every state of the life cycle is found in the demonstration.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from django.db import transaction

from cordee.demo import identites
from cordee.demo.organisation import Organisation
from cordee.demo.tirage import alea_de
from cordee.metier.contrats import services as contrats
from cordee.metier.contrats.enums import Engage, FamilleActivite, MotifMinoration
from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation import services as orientation
from cordee.metier.orientation.enums import Impact, MotifOrientation, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.models import Orientation
from cordee.metier.parcours import services as parcours
from cordee.metier.parcours.enums import Etat, Intensite, Voie
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.enums import Localisation
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.services import ajouter_contact
from cordee.metier.rendezvous import services as rendezvous
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.suivi import services as suivi
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.reglementation.calendrier import ajouter_jours_ouvres, ajouter_mois
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS, jour

# Share of the people of a state who get their act in a week (hypotheses).
RYTHME: Final[dict[Etat, float]] = {
    Etat.ENTRANTE: 0.45,
    Etat.CONVOQUEE: 1.0,
    Etat.RENCONTREE: 0.85,
    Etat.INJOIGNABLE: 0.35,
    Etat.A_ORIENTER_PAR_DEFAUT: 0.5,
    Etat.COMPETENCE_OPERATEUR_EMPLOI: 0.35,
    Etat.ORIENTEE: 0.7,
    Etat.ATTENTE_ACCUEIL: 0.5,
    Etat.A_REAFFECTER: 0.5,
    Etat.ATTENTE_REFERENT: 0.6,
    Etat.CONTRAT_A_ELABORER: 0.3,
    Etat.CONTRAT_EN_RETARD: 0.3,
    Etat.ACCOMPAGNEE: 0.1,
    Etat.SUIVIE_PAR_PARTENAIRE: 0.08,
    Etat.A_LOCALISER: 0.25,
    Etat.NON_TRANSMISE: 0.15,
    Etat.MUTATION_SORTANTE: 0.3,
    Etat.SDD_INCONNU: 0.2,
}
_MATIN: Final = time(9)
_AGENCES: Final = ("AOE-01", "AOE-02", "AOE-03")
_VENUE: Final = (StatutRendezVous.HONORE, StatutRendezVous.ABSENT, StatutRendezVous.EXCUSE)
_SEUILS: Final = (0.74, 0.93)
_PART_AUTRE_NUMERO: Final = 0.2
_NUMEROS_VERIFIES: Final = 3000
"""Numbers from 3000 to 5999 of the range of fiction: the files of a small département do not reach them."""


class Vie:
    """The weeks between two files. One seed, one story."""

    def __init__(self, organisation: Organisation, *, graine: int) -> None:
        self.organisation = organisation
        self.graine = graine
        self.alea = Random(graine)  # noqa: S311 - a story, not a secret
        self.plateforme = organisation.structures["PFO"]
        self.samia = organisation.comptes["plateforme"]
        self.refus: Counter[str] = Counter()
        self.actes: dict[Etat, Callable[[Situation, datetime], None]] = {
            Etat.ENTRANTE: self._convoquer,
            Etat.CONVOQUEE: self._recevoir,
            Etat.RENCONTREE: self._orienter,
            Etat.INJOIGNABLE: self._aller_vers,
            Etat.A_ORIENTER_PAR_DEFAUT: self._orienter_par_defaut,
            Etat.COMPETENCE_OPERATEUR_EMPLOI: self._recevoir_de_l_operateur,
            Etat.ORIENTEE: self._notifier,
            Etat.ATTENTE_ACCUEIL: self._accepter,
            Etat.A_REAFFECTER: self._orienter_par_defaut,
            Etat.ATTENTE_REFERENT: self._nommer,
            Etat.CONTRAT_A_ELABORER: self._contractualiser,
            Etat.CONTRAT_EN_RETARD: self._contractualiser,
            Etat.ACCOMPAGNEE: self._contacter,
            Etat.SUIVIE_PAR_PARTENAIRE: self._informer,
            Etat.A_LOCALISER: self._localiser,
            Etat.NON_TRANSMISE: self._verifier_disparition,
            Etat.MUTATION_SORTANTE: self._transmettre,
            Etat.SDD_INCONNU: self._constater_sdd,
        }

    def derouler(self, *, du: date, au: date, systeme: Agent) -> int:
        """Live the weeks from ``du`` to ``au`` excluded. Returns the number of acts done."""
        faits = 0
        for lundi in _lundis(du, au):
            le = datetime.combine(lundi, _MATIN, tzinfo=PARIS)
            with transaction.atomic():
                parcours.faire_passer_le_temps(par=systeme, le=le)
                faits += self._semaine(le)
        return faits

    def _semaine(self, le: datetime) -> int:
        faits = 0
        situations = Situation.objects.filter(etat__in=list(RYTHME)).select_related(
            "personne", "structure_secteur", "referent_agent"
        )
        for situation in situations.order_by("personne_id"):
            etat = Etat(situation.etat)
            if self.alea.random() >= RYTHME[etat]:
                continue
            try:
                self.actes[etat](situation, le + timedelta(minutes=self.alea.randrange(480)))
                faits += 1
            except ErreurMetier as refus:  # the product refused: the agent would do something else
                self.refus[f"{etat} : {refus}"] += 1
        return faits

    # The acts ------------------------------------------------------------------------------------------------------
    def _convoquer(self, s: Situation, le: datetime) -> None:
        quand = ajouter_jours_ouvres(jour(le), self.alea.randint(3, 9))
        creneau = time(9 + self.alea.randrange(8), self.alea.choice((0, 30)))
        lieu = s.structure_secteur if s.structure_secteur and s.structure_secteur.type == "eds" else self.plateforme
        rendezvous.convoquer(
            personne=s.personne, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE,
            structure=lieu, agent=None, lieu=f"{lieu.nom}, {lieu.adresse}",
            debut=datetime.combine(quand, creneau, tzinfo=PARIS), duree_minutes=45, canal=Canal.COURRIER,
            par=self.samia, le=le,
        )  # fmt: skip

    def _recevoir(self, s: Situation, le: datetime) -> None:
        rdv = RendezVous.objects.filter(personne=s.personne, statut=StatutRendezVous.PREVU, debut__lt=le).first()
        if rdv is None:
            return
        tirage = self.alea.random()
        statut = _VENUE[bisect(_SEUILS, tirage)]
        rendezvous.constater(rendez_vous=rdv, statut=statut, par=self.samia, le=le)
        if statut == StatutRendezVous.HONORE:
            self._verifier_le_telephone(s.personne, le)

    def _verifier_le_telephone(self, personne: Personne, le: datetime) -> None:
        """One in five gives another number than the CNAF's: later files will not replace it by themselves (R66)."""
        alea = alea_de(self.graine, jour(le), f"telephone:{personne.pk}")
        if alea.random() < _PART_AUTRE_NUMERO:
            numero = identites.telephone(_NUMEROS_VERIFIES + personne.pk % _NUMEROS_VERIFIES)
            ajouter_contact(personne=personne, valeur=numero, par=self.samia, le=le, verifie=True)

    def _orienter(self, s: Situation, le: datetime) -> None:
        situation_pro = self.alea.choice(list(SituationPro))
        themes = {str(t): str(self.alea.choices(list(Impact), weights=(15, 25, 40, 20))[0]) for t in ThemeDiagnostic}
        diagnostic = orientation.enregistrer_diagnostic(
            personne=s.personne, situation_pro=situation_pro, niveau=self.alea.choice(list(NiveauFormation)),
            projection=self.alea.random() < 0.5, themes=themes, metier_vise="", notes="", par=self.samia, le=le,
        )  # fmt: skip
        forts = sum(impact == Impact.FORT for impact in themes.values())
        voie = Voie.SOCIAL if forts >= 3 else Voie.SOCIO_PRO if forts else Voie.EMPLOI
        self._decider(s, voie, le, diagnostic=diagnostic)
        if self.alea.random() < 0.8:
            self._remettre(s.personne, le)

    def _recevoir_de_l_operateur(self, s: Situation, le: datetime) -> None:
        """Six weeks passed: three times in four the operator orients towards itself, otherwise we decide late."""
        if self.alea.random() < 0.25:
            self._orienter(s, le)
            return
        agence = self.organisation.structures[self.alea.choice(_AGENCES)]
        orientation.enregistrer_orientation_operateur(
            personne=s.personne, voie=self.alea.choice((Voie.EMPLOI, Voie.SOCIO_PRO)), structure=agence,
            categorie=GenreOrganismeReferent.OPERATEUR_EMPLOI, decidee_le=jour(le),
            par=self.organisation.comptes["liaison"], le=le,
        )  # fmt: skip

    def _orienter_par_defaut(self, s: Situation, le: datetime) -> None:
        self._decider(s, Voie.SOCIAL, le, par_defaut=True)

    def _decider(
        self, s: Situation, voie: Voie, le: datetime, *, par_defaut: bool = False, diagnostic: Any = None
    ) -> None:
        categorie, structure = self._destination(s, voie)
        motifs = {
            Voie.EMPLOI: [MotifOrientation.ACTIVITE_RECENTE, MotifOrientation.PROJECTION],
            Voie.SOCIO_PRO: [MotifOrientation.FREINS_A_TRAITER],
            Voie.SOCIAL: [MotifOrientation.FREINS_BLOQUANTS],
        }[voie]
        orientation.decider(
            personne=s.personne, voie=voie, categorie=categorie, structure=structure,
            motifs=[MotifOrientation.INFORMATIONS_MANQUANTES] if par_defaut else motifs, par_defaut=par_defaut,
            diagnostic=diagnostic, par=self.organisation.comptes["encadrante"] if par_defaut else self.samia, le=le,
        )  # fmt: skip

    def _destination(self, s: Situation, voie: Voie) -> tuple[GenreOrganismeReferent, Structure]:
        """Employment: mostly the operator; otherwise the sector's body, sometimes a contractor."""
        tirage = self.alea.random()
        if voie is Voie.EMPLOI and tirage < 0.7:
            code = self.alea.choice(_AGENCES)
        elif tirage < 0.15:
            code = self.alea.choice(("OPE-01", "OPE-02"))
        elif s.structure_secteur is not None and s.structure_secteur.categorie:
            return GenreOrganismeReferent(s.structure_secteur.categorie), s.structure_secteur
        else:
            code = "EDS-01"
        structure = self.organisation.structures[code]
        return GenreOrganismeReferent(structure.categorie), structure

    def _remettre(self, personne: Personne, le: datetime) -> None:
        decision = Orientation.objects.get(personne=personne, fin__isnull=True)
        orientation.remettre_en_main_propre(orientation=decision, le_jour=jour(le), par=self.samia, le=le)

    def _notifier(self, s: Situation, le: datetime) -> None:
        self._remettre(s.personne, le)

    def _accepter(self, s: Situation, le: datetime) -> None:
        orientation.accepter_dossier(personne=s.personne, par=self._agent_de(s.referent_structure_id, le), le=le)

    def _nommer(self, s: Situation, le: datetime) -> None:
        agent = self._agent_de(s.referent_structure_id, le)
        orientation.nommer_referent(
            personne=s.personne, agent=agent, par=self.organisation.comptes["encadrante"], le=le
        )

    def _agent_de(self, structure_id: int | None, le: datetime) -> Agent:
        fiche = self.organisation.fiche(structure_id or 0)
        postes = fiche.referents(jour(le)) if fiche else []
        return Agent.objects.get(pk=self.alea.choice(postes).agent_id) if postes else self.samia

    def _contractualiser(self, s: Situation, le: datetime) -> None:
        if s.referent_agent is None:
            return
        contrat = contrats.preparer(personne=s.personne, par=s.referent_agent, le=le, **self._contenu(le))
        contrats.signer(
            contrat=contrat, signe_personne_le=jour(le), signe_referent_le=jour(le), par=s.referent_agent, le=le
        )

    def _contenu(self, le: datetime) -> dict[str, Any]:
        reduit = self.alea.random() < 0.3
        return {
            "projet": "Reprendre un emploi près de chez soi.",
            "heures": Decimal(8) if reduit else Decimal(15),
            "motif_heures": MotifMinoration.FAMILLE if reduit else "",
            "precision_heures": "Horaires d'école des enfants" if reduit else "",
            "intensite": self.alea.choice(list(Intensite)),
            "prochaine_actualisation": ajouter_mois(jour(le), 6),
            "engagements": [
                {"engage": Engage.PERSONNE, "texte": "Participer à l'atelier de recherche d'emploi",
                 "famille": FamilleActivite.RECHERCHE, "heures": Decimal(8) if reduit else Decimal(15)},
                {"engage": Engage.ORGANISME, "texte": "Proposer un rendez-vous chaque mois", "famille": "",
                 "heures": None},
            ],
        }  # fmt: skip

    def _aller_vers(self, s: Situation, le: datetime) -> None:
        resultat = ResultatContact.JOINTE if self.alea.random() < 0.45 else ResultatContact.SANS_REPONSE
        suivi.noter_aller_vers(personne=s.personne, resultat=resultat, par=self.samia, le=le)

    def _contacter(self, s: Situation, le: datetime) -> None:
        if s.referent_agent is None:
            return
        resultat = ResultatContact.JOINTE if self.alea.random() < 0.8 else ResultatContact.MESSAGE
        suivi.noter_contact(
            personne=s.personne, genre=GenreContactSuivi.APPEL, resultat=resultat, par=s.referent_agent, le=le
        )

    def _informer(self, s: Situation, le: datetime) -> None:
        suivi.noter_information_partenaire(
            personne=s.personne,
            contrat_le=jour(le) - timedelta(days=10),
            par=self.organisation.comptes["liaison"],
            le=le,
        )

    # What files leave to the data desk -------------------------------------------------------------------------------
    def _localiser(self, s: Situation, le: datetime) -> None:
        parcours.localiser(
            personne=s.personne, structure=self.organisation.structures["EDS-01"], localisation=Localisation.SECTEUR,
            par=self.organisation.comptes["donnees"], le=le,
        )  # fmt: skip

    def _verifier_disparition(self, s: Situation, le: datetime) -> None:
        parcours.verifier_disparition(
            personne=s.personne, resultat=parcours.ResultatVerification.ATTENDRE,
            par=self.organisation.comptes["donnees"], le=le,
        )  # fmt: skip

    def _transmettre(self, s: Situation, le: datetime) -> None:
        parcours.transmettre_dossier(personne=s.personne, par=self.organisation.comptes["liaison"], le=le)

    def _constater_sdd(self, s: Situation, le: datetime) -> None:
        parcours.constater_sdd(
            personne=s.personne, soumise=True, recu_le=s.recu_le, structure=s.structure_secteur,
            localisation=Localisation.SECTEUR, par=self.organisation.comptes["donnees"], le=le,
        )  # fmt: skip


def _lundis(du: date, au: date) -> Iterator[date]:
    lundi = du + timedelta(days=(7 - du.weekday()) % 7)
    while lundi < au:
        yield lundi
        lundi += timedelta(days=7)
