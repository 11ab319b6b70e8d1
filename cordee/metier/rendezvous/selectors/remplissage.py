"""How full the agenda is: places opened, taken and free, against the people who need one, week by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce, TruncWeek

from cordee.metier.parcours.cycle import ETATS
from cordee.metier.parcours.enums import GenreEtape
from cordee.metier.parcours.models import Situation
from cordee.metier.rendezvous.enums import GenreRendezVous, StatutAttente, StatutCreneau, StatutRendezVous
from cordee.metier.rendezvous.models import Attente, Creneau, RendezVous
from cordee.metier.rendezvous.selectors.creneaux import agent_pris
from cordee.socle.horloge import PARIS, jour

G, E = GenreRendezVous, GenreEtape
SEMAINE = timedelta(weeks=1)
# The step of the path that an appointment of each kind answers. A collective session answers none by itself.
BESOINS: Mapping[GenreRendezVous, tuple[GenreEtape, ...]] = {
    G.ORIENTATION: (E.CONVOQUER,),
    G.CONTRAT: (E.ELABORER_CONTRAT, E.RELANCER_CONTRAT),
    G.ACCOMPAGNEMENT: (E.PROCHAIN_CONTACT, E.REPRENDRE_CONTACT),
    G.COLLECTIF: (),
}


@dataclass(slots=True)
class Remplissage:
    """A structure's week, or the sum of several. ``besoin``: people whose step is due by the end of that week."""

    ouvertes: int = 0
    prises: int = 0
    besoin: int = 0

    @property
    def libres(self) -> int:
        return max(0, self.ouvertes - self.prises)

    @property
    def manque(self) -> int:
        """Places missing for those whose step is due that week."""
        return max(0, self.besoin - self.libres)

    @property
    def taux(self) -> int | None:
        """Share taken, in %; ``None`` when nothing is open."""
        return round(100 * self.prises / self.ouvertes) if self.ouvertes else None


def remplissage(
    *, genre: GenreRendezVous, lundi: date, semaines: int, le: datetime, structures: Collection[int] | None = None
) -> dict[int, list[Remplissage]]:
    """For each structure, its weeks from ``lundi`` on. Three queries whatever the number of structures and people.

    People without an appointment of this kind to come, by the structure that answers for them (the référent's, else
    the sector's): those late already count in the first week.
    """
    debut = datetime.combine(lundi, time(), tzinfo=PARIS)
    fin = datetime.combine(lundi + semaines * SEMAINE, time(), tzinfo=PARIS)
    tableau: dict[int, list[Remplissage]] = defaultdict(lambda: [Remplissage() for _ in range(semaines)])
    ouverts = Creneau.objects.filter(genre=genre, statut=StatutCreneau.OUVERT, debut__gte=debut, debut__lt=fin)
    ouverts = ouverts.exclude(agent_pris() & Q(prises=0))
    if structures is not None:
        ouverts = ouverts.filter(structure__in=list(structures))
    sommes = ouverts.values("structure", semaine=TruncWeek("debut", tzinfo=PARIS)).annotate(
        ouvertes=Sum(F("places") + F("surplus")), prises_=Sum("prises")
    )
    for s in sommes.order_by():
        case = tableau[s["structure"]][(jour(s["semaine"]) - lundi).days // 7]
        case.ouvertes, case.prises = s["ouvertes"], s["prises_"]
    for structure, semaine, nombre in _besoins(genre, le=le, structures=structures):
        rang = max(0, (semaine - lundi).days // 7)
        if rang < semaines:
            tableau[structure][rang].besoin += nombre
    return dict(tableau)


def _besoins(
    genre: GenreRendezVous, *, le: datetime, structures: Collection[int] | None
) -> list[tuple[int, date, int]]:
    """(structure, Monday, number) of people whose step falls due that week, and of those on the waiting list."""
    attendus = RendezVous.objects.filter(statut=StatutRendezVous.PREVU, genre=genre, debut__gte=le).values("personne")
    # A state opens one étape: reading the state, the index of the lists answers alone.
    situations = (
        Situation.objects.filter(soumis=True, etat__in=[e for e, etape in ETATS.items() if etape in BESOINS[genre]])
        .exclude(personne__in=attendus)
        .annotate(qui=Coalesce("referent_structure", "structure_secteur"))
        .filter(qui__isnull=False)
    )
    attentes = Attente.objects.filter(statut=StatutAttente.EN_ATTENTE, genre=genre).filter(
        ~Q(personne__situation__etape__genre__in=BESOINS[genre])
    )
    if structures is not None:
        situations = situations.filter(qui__in=list(structures))
        attentes = attentes.filter(structure__in=list(structures))
    lignes = situations.values_list("qui", TruncWeek("echeance")).annotate(n=Count("pk")).order_by()
    file = attentes.values_list("structure", TruncWeek("echeance")).annotate(n=Count("pk")).order_by()
    return [(structure, semaine, n) for source in (lignes, file) for structure, semaine, n in source]
