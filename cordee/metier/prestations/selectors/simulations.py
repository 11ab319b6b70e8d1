"""An estimate by its name, and the rights looked at with a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cordee.metier.prestations.enums import Statut
from cordee.metier.prestations.models import DroitExamine, Simulation
from cordee.metier.prestations.regles import Hypotheses, Resultat
from cordee.reglementation.autres_droits import AutreDroit, PublicDroit, SuiteDroit, droits_a_examiner
from cordee.socle.erreurs import ErreurMetier


class SimulationIntrouvable(ErreurMetier):
    """No estimate of that name: never asked for, or erased since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimation:
    """One estimate as pages read it. ``resultat`` is absent while it waits."""

    empreinte: str
    version: str
    statut: Statut
    hypotheses: Hypotheses
    resultat: Resultat | None
    demandee_le: datetime
    calculee_le: datetime | None

    @property
    def attend(self) -> bool:
        return self.statut is Statut.EN_ATTENTE


def lire(simulation: Simulation) -> Estimation:
    """A stored row as its typed values."""
    return Estimation(
        empreinte=simulation.empreinte, version=simulation.version, statut=Statut(simulation.statut),
        hypotheses=Hypotheses.de_json(simulation.hypotheses),
        resultat=Resultat.de_json(simulation.resultat) if simulation.resultat is not None else None,
        demandee_le=simulation.demandee_le, calculee_le=simulation.calculee_le,
    )  # fmt: skip


def simulation(empreinte: str) -> Estimation:
    """The estimate of that name.

    Raises:
        SimulationIntrouvable: none, or erased since.
    """
    return simulations([empreinte])[0]


def simulations(empreintes: Iterable[str]) -> list[Estimation]:
    """Several estimates in the order asked for, in one query.

    Raises:
        SimulationIntrouvable: one of them is unknown, or erased since.
    """
    noms = list(empreintes)
    trouvees = {s.empreinte: s for s in Simulation.objects.filter(empreinte__in=noms)}
    if len(trouvees) < len(set(noms)):
        raise SimulationIntrouvable("Cette estimation n'est plus gardée. Refaites-la : cela prend quelques secondes.")
    return [lire(trouvees[nom]) for nom in noms]


def trouver_simulation(empreinte: str) -> Estimation | None:
    """The estimate of that name; ``None`` when nobody asked for it yet."""
    trouvee = Simulation.objects.filter(empreinte=empreinte).first()
    return lire(trouvee) if trouvee else None


def simulations_en_attente() -> int:
    """How many estimates wait to be computed."""
    return Simulation.objects.filter(statut=Statut.EN_ATTENTE).count()


@dataclass(frozen=True, slots=True, kw_only=True)
class DroitVu:
    """A right of the list, whether it concerns such a household first, and what was last found of it."""

    droit: AutreDroit
    concerne: bool
    dernier: DroitExamine | None

    @property
    def suite(self) -> SuiteDroit | None:
        return SuiteDroit(self.dernier.suite) if self.dernier else None


def droits_examines(personnes: Iterable[int], *, publics: Iterable[PublicDroit] = ()) -> list[DroitVu]:
    """The whole list for a person (the ids of her group), with the last thing found of each right. One query."""
    publics = {PublicDroit.TOUS, *publics}
    derniers: dict[str, DroitExamine] = {}
    examens = DroitExamine.objects.filter(personne__in=list(personnes)).select_related("par")
    for examen in examens.order_by("droit", "-le", "-id").distinct("droit"):
        derniers[examen.droit] = examen
    return [
        DroitVu(droit=d, concerne=bool(d.pour & publics), dernier=derniers.get(d.id))
        for d in droits_a_examiner(publics)
    ]
