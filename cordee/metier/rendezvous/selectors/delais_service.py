"""Service levels by structure (REQ-27): how soon a date is offered, people are met, how many do not come, free places.

Set-based: five queries whatever the number of structures and people. Each figure is a median over whole weeks; people
received longer ago than ``service_anciennete_jours`` belong to the stock and are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Min

from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.selectors import structures_ouvertes
from cordee.metier.rendezvous.enums import AlerteService, DimensionService, GenreRendezVous, StatutCreneau
from cordee.metier.rendezvous.models import Creneau
from cordee.metier.rendezvous.regles.derive import Mesure, Periodes, Seuil, alertes, periodes, seuils
from cordee.metier.rendezvous.selectors.journee import bornes
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import jour
from cordee.territoires.regles import distance_km

SEUIL_INTERNE = 5
"""Under five people nothing is shown, even inside the service (V9)."""
HORIZON = timedelta(days=90)
GAIN_MINIMUM = timedelta(days=3)
VOISINES = 3

_PREMIERS = """
SELECT DISTINCT ON (e.personne_id) {cle} AS structure_id, (e.survenu_le AT TIME ZONE 'Europe/Paris')::date AS le,
    ({quand} AT TIME ZONE 'Europe/Paris')::date - s.recu_le AS jours
FROM parcours_evenement e
JOIN rendezvous_rendezvous r ON r.id = e.objet_id
JOIN parcours_situation s ON s.personne_id = e.personne_id
WHERE e.genre = %(genre)s AND e.objet_type = 'rendez_vous' AND r.genre IN ('orientation', 'collectif')
  AND e.survenu_le >= %(depuis)s AND e.survenu_le < %(minuit)s
  AND s.recu_le >= %(recu)s AND e.survenu_le >= s.recu_le
ORDER BY e.personne_id, e.survenu_le, e.id
"""
_MEDIANES = """
SELECT structure_id,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY jours) FILTER (WHERE le >= %(recente)s) AS recente,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY jours) FILTER (WHERE le < %(recente)s) AS avant,
    count(*) FILTER (WHERE le >= %(recente)s), count(*) FILTER (WHERE le < %(recente)s)
FROM ({premiers}) premiers WHERE le >= %(avant)s GROUP BY structure_id
"""
_SEMAINES = """
SELECT (le - %(avant)s::date) / 7 AS rang, percentile_cont(0.5) WITHIN GROUP (ORDER BY jours), count(*)
FROM ({premiers}) premiers WHERE le >= %(avant)s AND structure_id = %(structure)s GROUP BY 1
"""
_ABSENCES = """
SELECT {cle} AS structure_id,
    count(*) FILTER (WHERE r.statut = 'absent' AND r.debut >= %(minuit_recente)s),
    count(*) FILTER (WHERE r.statut = 'absent' AND r.debut < %(minuit_recente)s),
    count(*) FILTER (WHERE r.debut >= %(minuit_recente)s), count(*) FILTER (WHERE r.debut < %(minuit_recente)s)
FROM rendezvous_rendezvous r LEFT JOIN parcours_situation s ON s.personne_id = r.personne_id
WHERE r.debut >= %(minuit_avant)s AND r.debut < %(minuit)s AND r.genre IN ('orientation', 'collectif')
  AND r.statut IN ('absent', 'honore')
GROUP BY 1
"""
_CLES = {DimensionService.ACCUEIL: "r.structure_id", DimensionService.SECTEUR: "s.structure_secteur_id"}


@dataclass(frozen=True, slots=True)
class Voisine:
    """A structure nearby with room sooner. ``km``: between the communes; ``None`` when one is not placed."""

    structure: Structure
    debut: datetime
    km: float | None


@dataclass(frozen=True, slots=True)
class NiveauDeService:
    """One structure: its levels, what they call for, where room is sooner."""

    structure: Structure
    convocation: Mesure
    entretien: Mesure
    absences: Mesure
    premier_creneau: datetime | None
    alertes: Mapping[str, frozenset[AlerteService]] = field(default_factory=dict)
    plus_tot: tuple[Voisine, ...] = ()

    @property
    def alerte(self) -> bool:
        return any(self.alertes.values())


@dataclass(frozen=True, slots=True)
class SemaineDeService:
    """One week of a structure: the medians, and how many people they rest on."""

    debut: date
    convocation: float | None
    convocations: int
    entretien: float | None
    entretiens: int


def niveaux_de_service(
    *, maintenant: datetime, par: DimensionService = DimensionService.ACCUEIL,
    structures: Collection[int] | None = None,
) -> list[NiveauDeService]:  # fmt: skip
    """The levels of each structure, those with an alert first.

    Args:
        par: the place that receives, or the sector the person lives in.
        structures: only these.
    """
    au = jour(maintenant)
    p, s = periodes(au), seuils(au)
    offres, entretiens, absences = (
        _lire(_medianes("r.debut", par), p, au, genre="convocation"),
        _lire(_medianes("e.survenu_le", par), p, au, genre="presence"),
        _lire(_ABSENCES.format(cle=_CLES[par]), p, au),
    )
    creneaux = _premiers_creneaux(maintenant)
    ouvertes = {x.pk: x for x in structures_ouvertes(au=au).select_related("commune")}
    concernees = (offres.keys() | entretiens.keys() | absences.keys() | creneaux.keys()) & ouvertes.keys()
    niveaux = [
        _niveau(
            ouvertes[pk],
            {
                "convocation": Mesure(*offres.get(pk, ())), "entretien": Mesure(*entretiens.get(pk, ())),
                "absences": _taux(absences.get(pk)),
            },
            s, creneaux, ouvertes,
        )
        for pk in concernees
        if structures is None or pk in structures
    ]  # fmt: skip
    return sorted(niveaux, key=lambda n: (not n.alerte, n.structure.nom))


def semaines_de_service(
    *, structure: Structure, au: date, par: DimensionService = DimensionService.ACCUEIL
) -> list[SemaineDeService]:
    """Week by week, the last twelve: two queries."""
    p = periodes(au)
    series: list[dict[int, tuple[float, int]]] = []
    for genre, quand in (("convocation", "r.debut"), ("presence", "e.survenu_le")):
        sql = _SEMAINES.format(premiers=_PREMIERS.format(quand=quand, cle=_CLES[par]))
        with connection.cursor() as curseur:
            curseur.execute(sql, _parametres(p, au) | {"genre": genre, "structure": structure.pk})
            series.append({rang: (mediane, n) for rang, mediane, n in curseur.fetchall()})
    vide: tuple[float | None, int] = (None, 0)
    lignes = []
    for rang, debut in enumerate(p.semaines):
        offre, entretien = series[0].get(rang, vide), series[1].get(rang, vide)
        lignes.append(SemaineDeService(debut, _montrable(*offre), offre[1], _montrable(*entretien), entretien[1]))
    return lignes


# Parts --------------------------------------------------------------------------------------------------------------
def _medianes(quand: str, par: DimensionService) -> str:
    return _MEDIANES.format(premiers=_PREMIERS.format(quand=quand, cle=_CLES[par]))


def _parametres(p: Periodes, au: date) -> dict[str, Any]:
    """Days, and the midnights of Paris that bound them.

    ``depuis`` goes back far enough for the first convocation of somebody not to be taken for a later one.
    """
    recu = p.avant - timedelta(days=entier("service_anciennete_jours", au=au))
    return {
        "avant": p.avant, "recente": p.recente, "recu": recu, "depuis": bornes(recu)[0], "minuit": bornes(p.fin)[0],
        "minuit_avant": bornes(p.avant)[0], "minuit_recente": bornes(p.recente)[0],
    }  # fmt: skip


def _lire(sql: str, p: Periodes, au: date, **plus: Any) -> dict[int, tuple[Any, ...]]:
    with connection.cursor() as curseur:
        curseur.execute(sql, _parametres(p, au) | plus)
        return {structure: tuple(valeurs) for structure, *valeurs in curseur.fetchall()}


def _taux(comptes: tuple[int, int, int, int] | tuple[Any, ...] | None) -> Mesure:
    if comptes is None:
        return Mesure()
    absents, absents_avant, tous, tous_avant = comptes
    return Mesure(
        absents / tous if tous else None, absents_avant / tous_avant if tous_avant else None, tous, tous_avant
    )


def _premiers_creneaux(maintenant: datetime) -> dict[int, datetime]:
    """First free place of each structure for an interview of orientation: one query."""
    libres = Creneau.objects.filter(
        statut=StatutCreneau.OUVERT, genre=GenreRendezVous.ORIENTATION, langue="", prises__lt=F("places"),
        debut__gt=maintenant, debut__lt=maintenant + HORIZON,
    )  # fmt: skip
    return dict(libres.order_by().values_list("structure").annotate(premier=Min("debut")))


def _niveau(
    structure: Structure, mesures: Mapping[str, Mesure], s: Mapping[str, Seuil], creneaux: Mapping[int, datetime],
    ouvertes: Mapping[int, Structure],
) -> NiveauDeService:  # fmt: skip
    return NiveauDeService(
        structure, _discret(mesures["convocation"]), _discret(mesures["entretien"]), _discret(mesures["absences"]),
        creneaux.get(structure.pk), {nom: alertes(m, s[nom]) for nom, m in mesures.items()},
        _plus_tot(structure, creneaux, ouvertes),
    )  # fmt: skip


def _discret(m: Mesure) -> Mesure:
    """Nothing that rests on fewer than five people (V9)."""
    return Mesure(_montrable(m.recente, m.nombre), _montrable(m.avant, m.nombre_avant), m.nombre, m.nombre_avant)


def _montrable(valeur: float | None, nombre: int) -> float | None:
    return valeur if nombre >= SEUIL_INTERNE else None


def _plus_tot(
    structure: Structure, creneaux: Mapping[int, datetime], ouvertes: Mapping[int, Structure]
) -> tuple[Voisine, ...]:
    """The nearest structures with room at least three days sooner (or any room, where this one has none)."""
    ici = creneaux.get(structure.pk)
    voisines = [
        Voisine(ouvertes[pk], debut, _distance(structure, ouvertes[pk]))
        for pk, debut in creneaux.items()
        if pk != structure.pk and pk in ouvertes and (ici is None or debut <= ici - GAIN_MINIMUM)
    ]
    voisines.sort(key=lambda v: (v.km is None, v.km or 0.0, v.debut))
    return tuple(voisines[:VOISINES])


def _distance(a: Structure, b: Structure) -> float | None:
    points = [(c.latitude, c.longitude) if c is not None else (None, None) for c in (a.commune, b.commune)]
    (lat_a, lon_a), (lat_b, lon_b) = points
    if lat_a is None or lon_a is None or lat_b is None or lon_b is None:
        return None
    return distance_km((lat_a, lon_a), (lat_b, lon_b))
