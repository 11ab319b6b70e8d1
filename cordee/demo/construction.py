"""Building the demonstration: the organisation, five years of history, the month being lived, a living morning.

The history is drawn household by household and written at once (``histoire``). What the data desk receives this month
comes as files, in their true formats, through the real pipeline. Between the two, and until today, lives go on.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from cordee.demo.agenda import ouvrir_les_agendas
from cordee.demo.arrivees import Dire, charger_le_mois, charger_le_quotidien
from cordee.demo.heures import noter_les_heures
from cordee.demo.histoire import chantier as histoire
from cordee.demo.histoire.chantier_mois import CAF, MoisCourant, Parts
from cordee.demo.histoire.chantier_suite import Suite, poursuivre
from cordee.demo.histoire.dynastie_taux import EFFET
from cordee.demo.histoire.travail import processus
from cordee.demo.liaisons import PARTENAIRE, jour_des_partenaires, recevoir_des_partenaires
from cordee.demo.matinee import verifier_des_telephones, vivre_la_matinee
from cordee.demo.matinee_pilotage_cibles import fixer_des_cibles
from cordee.demo.matinee_pilotage_cohortes import garder_des_cohortes
from cordee.demo.matinee_pilotage_experiences import enregistrer_les_experiences
from cordee.demo.organisation import Organisation, construire_organisation
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.parcours.services import faire_passer_le_temps
from cordee.metier.personnes.models import Personne
from cordee.metier.rendezvous.services import HORIZON
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS, jour

JOUR_DE_RECEPTION: Final = 6
TOUTE_PETITE: Final = 500
"""People under which the agendas are made two weeks ahead: the teams are those of the whole département."""
_UN_JOUR: Final = timedelta(days=1)


class DemonstrationImpossible(ErreurMetier):
    """The demonstration is not built on real data, nor twice."""


@dataclass(slots=True)
class Bilan:
    """What was built; ``actes`` of the last morning, and what the product refused to the simulated agents."""

    personnes: int = 0
    evenements: int = 0
    fichiers: int = 0
    actes: int = 0
    refus: dict[str, int] = field(default_factory=dict)


def existe_deja() -> bool:
    """Whether people are known already: the demonstration is built once, on an empty département.

    Raises:
        DemonstrationImpossible: a building was interrupted.
    """
    if histoire.inacheve():
        raise DemonstrationImpossible(
            "La construction précédente a été interrompue et la base est incomplète : faites « make reset », puis "
            "recommencez."
        )
    return Personne.objects.exists()


def construire(
    *, personnes: int, graine: int, le: datetime, dire: Dire = lambda _: None, effet: float = EFFET,
    a: int | None = None,
) -> Bilan:  # fmt: skip
    """Build the demonstration as it stands on the day ``le``. The département is installed and empty.

    Args:
        personnes: how many people were subject to droits et devoirs at 2021-12-31.
        graine: the same seed on the same day gives the same département.
        dire: called with a sentence at each step.
        effet: true effect of the pilot (``0.03``: three points of activity at six months).
        a: number of processes; one for each core by default.

    Raises:
        DemonstrationImpossible: people are known already, or a building was interrupted.
    """
    if existe_deja():
        raise DemonstrationImpossible("Ce département a déjà des personnes : videz-le avec « make reset » d'abord.")
    systeme = agent_systeme()
    dire("Les structures, les secteurs et les comptes")
    organisation = construire_organisation(par=systeme, le=le, graine=graine)
    recu_le = derniere_reception(jour(le))
    with tempfile.TemporaryDirectory() as dossier:
        dire("Cinq ans de parcours")
        chantier = histoire.preparer(
            organisation, personnes=personnes, graine=graine, photo=_avant_derniere_photo(recu_le), par=systeme,
            dossier=Path(dossier), avant=jour(le) + _UN_JOUR, effet=effet,
        )  # fmt: skip
        vecu = histoire.batir(chantier, dire=dire, a=a)
        bilan = Bilan(evenements=vecu.evenements)
        if chantier.mois is not None:
            mois = _Mois(organisation, chantier, chantier.mois, vecu.parts, bilan, recu_le, le, a or processus(), dire)
            mois.vivre()
    faire_passer_le_temps(par=systeme, le=le)
    dire("Une matinée de travail")
    matinee = vivre_la_matinee(organisation, graine=graine, le=le)
    dire("Les heures d'activité des huit dernières semaines")
    noter_les_heures(graine=graine, le=le)
    enregistrer_les_experiences(organisation, le=le)
    fixer_des_cibles(organisation, le=le)
    garder_des_cohortes(organisation, le=le)
    dire("Les agendas : plages, créneaux, absences")
    horizon = HORIZON if personnes > TOUTE_PETITE else timedelta(weeks=2)
    ouvrir_les_agendas(organisation, graine=graine, le=le, horizon=horizon)
    bilan.actes, bilan.refus = sum(matinee.actes.values()), matinee.refus
    bilan.personnes = Personne.objects.count()
    return bilan


def derniere_reception(aujourdhui: date) -> date:
    """The day the last monthly file came: the 6th, of this month or of the one before."""
    dernier = aujourdhui if aujourdhui.day >= JOUR_DE_RECEPTION else aujourdhui.replace(day=1) - _UN_JOUR
    return dernier.replace(day=JOUR_DE_RECEPTION)


def _avant_derniere_photo(recu_le: date) -> date:
    derniere = recu_le.replace(day=1) - _UN_JOUR
    return derniere.replace(day=1) - _UN_JOUR


@dataclass(slots=True)
class _Mois:
    """From the last monthly file to today: files as they come, and lives between them."""

    organisation: Organisation
    chantier: histoire.Chantier
    mois: MoisCourant
    parts: Sequence[Parts]
    bilan: Bilan
    recu_le: date
    le: datetime
    a: int
    dire: Dire

    def vivre(self) -> None:
        self._mensuel()
        partenaires_le = jour_des_partenaires(f"{self.recu_le:%Y-%m}")
        self._vivre(reprend=False, partenaires_le=partenaires_le)
        arrivees: list[tuple[date, Callable[[], int]]] = []
        quotidiens = list(self.mois.quotidiens(self.parts))
        for rang, (envoye, chemin) in enumerate(quotidiens, start=1):
            arrivees.append((envoye, self._quotidien(envoye, chemin, charger=rang < len(quotidiens))))
        if self.recu_le < partenaires_le <= jour(self.le):
            arrivees.append((partenaires_le, self._partenaires))
        for _, arrivee in sorted(arrivees, key=lambda arrivee: arrivee[0]):
            self.bilan.fichiers += arrivee()
        self._vivre(reprend=True, partenaires_le=partenaires_le)

    def _mensuel(self) -> None:
        le = datetime.combine(self.recu_le, time(8), tzinfo=PARIS)
        verifier_des_telephones(self.organisation, graine=self.chantier.graine, le=le - _UN_JOUR)
        fichier, foyers = self.mois.mensuel(CAF, self.parts)
        par = self.organisation.comptes["donnees"]
        self.bilan.fichiers += charger_le_mois(
            fichier, self.mois.contacts(), foyers=foyers, par=par, le=le, dire=self.dire
        )  # fmt: skip

    def _quotidien(self, envoye: date, chemin: Path, *, charger: bool) -> Callable[[], int]:
        """The last daily waits at the counter, as on a real morning."""
        par = agent_systeme()
        return lambda: charger_le_quotidien(chemin, envoye, par=par, charger=charger, dire=self.dire)

    def _partenaires(self) -> int:
        graine = self.chantier.graine
        return recevoir_des_partenaires(self.organisation, f"{self.recu_le:%Y-%m}", graine=graine, dire=self.dire)

    def _vivre(self, *, reprend: bool, partenaires_le: date) -> None:
        structures = self.organisation.structures
        suivies = [s.pk for s in structures.values() if s.type == TypeStructure.OPERATEUR_EMPLOI]
        suivies.append(structures[PARTENAIRE].pk)
        au = jour(self.le) - _UN_JOUR
        if not reprend:
            self.dire(f"Les jours du {self.recu_le:%d/%m} au {au:%d/%m}")
        self.bilan.evenements += poursuivre(
            Suite(
                dossier=self.mois.dossier, vies=self.chantier.vies, du=self.recu_le, au=au, lots=self.chantier.lots,
                visites=dict.fromkeys(suivies, partenaires_le), reprend=reprend,
            ),
            a=self.a,
        )  # fmt: skip
