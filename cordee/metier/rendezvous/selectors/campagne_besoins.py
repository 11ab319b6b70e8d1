"""What a campaign must know of thousands of people before it gives slots: a constant number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Final

from django.db.models import Q

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.selectors import ChoixCanal, canaux_ouverts
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import carte_des_secteurs, structures_ouvertes
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.regles import Fait, Situation, TransitionInterdite, verifier
from cordee.metier.parcours.regles.fichier import AVANT_ORIENTATION
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Appartenance, Personne
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.metier.personnes.selectors.ensembles import Ids
from cordee.metier.rendezvous.enums import (
    EtatCampagne,
    EtatLigne,
    GenreRendezVous,
    ModaliteRendezVous,
    RefusCampagne,
    StatutRendezVous,
)
from cordee.metier.rendezvous.models import Campagne, CampagneLigne, RendezVous
from cordee.metier.rendezvous.regles.campagne import Besoin, Place
from cordee.metier.rendezvous.regles.campagne_etats import RETIENNENT
from cordee.metier.rendezvous.regles.plages import minutes_necessaires
from cordee.metier.rendezvous.selectors.creneaux import creneaux_libres
from cordee.reglementation import delais
from cordee.reglementation.calendrier import ajouter_jours_ouvres
from cordee.socle.horloge import PARIS, jour

# The way asked for first, then the others that can carry a convocation.
ORDRES: Mapping[Canal, tuple[Canal, ...]] = {
    Canal.COURRIER: (Canal.COURRIER, Canal.SMS, Canal.COURRIEL, Canal.TELEPHONE),
    Canal.SMS: (Canal.SMS, Canal.COURRIEL, Canal.COURRIER, Canal.TELEPHONE),
    Canal.COURRIEL: (Canal.COURRIEL, Canal.SMS, Canal.COURRIER, Canal.TELEPHONE),
}
RAYON_KM = 6371.0
Refus = tuple[RefusCampagne, str]
Heures = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Etude:
    """Who can be convened and how, who cannot and why, for the people of one campaign."""

    besoins: list[Besoin] = field(default_factory=list)
    refus: dict[int, Refus] = field(default_factory=dict)
    canaux: dict[int, Canal] = field(default_factory=dict)
    secteurs: dict[int, int | None] = field(default_factory=dict)


def etudier(*, campagne: Campagne, personnes: Sequence[int], le: datetime) -> Etude:
    """What is known of each person, for this campaign. Seventeen queries whatever their number."""
    au, genre = jour(le), GenreRendezVous(campagne.genre)
    canaux = canaux_ouverts(
        personnes=personnes, genre=GenreCourrier.CONVOCATION, au=au, ordre=ORDRES[Canal(campagne.canal_prefere)]
    )
    prevus = prevus_de(personnes, depuis=le)
    refus = {**_d_une_autre_campagne(campagne, personnes, le=le), **deja_convoquees(prevus, genre)}
    situations, impossibles = _parcours(personnes, le=le)
    refus = {**refus, **impossibles}
    for pk, sien in canaux.items():
        if sien.canal is None and pk not in refus:
            refus[pk] = (RefusCampagne.INJOIGNABLE, sien.raison[:250])
    secteurs = _secteurs(situations, canaux, au=au)
    sans_secteur = bool(carte_des_secteurs(au).regles)
    couples = _couples(canaux, depuis=le)
    etude = Etude(refus=refus, secteurs=secteurs)
    limites: dict[tuple[date | None, bool], date] = {}
    for pk in personnes:
        choix, situation = canaux.get(pk), situations.get(pk)
        if pk in refus or choix is None or situation is None or choix.canal is None:
            refus.setdefault(pk, (RefusCampagne.PARCOURS, "Aucun parcours n'est ouvert pour cette personne."))
            continue
        if secteurs[pk] is None and sans_secteur:
            refus[pk] = (RefusCampagne.HORS_SECTEUR,
                         "Sa commune n'est dans aucun secteur : établissez d'abord son lieu de vie.")  # fmt: skip
            continue
        etude.canaux[pk] = choix.canal
        etude.besoins.append(
            _besoin(
                choix, situation, campagne=campagne, secteur=secteurs[pk], couple=couples.get(pk, _Couple()),
                prevus=prevus.get(pk, ()), limites=limites, au=au,
            )
        )  # fmt: skip
    return etude


def _besoin(
    choix: ChoixCanal, s: Situation, *, campagne: Campagne, secteur: int | None, couple: _Couple,
    prevus: Sequence[tuple[GenreRendezVous, datetime, datetime]], limites: dict[tuple[date | None, bool], date],
    au: date,
) -> Besoin:  # fmt: skip
    lettre = choix.canal is Canal.COURRIER
    attente = timedelta(days=choix.attente)
    preavis = campagne.preavis_courrier if lettre else campagne.preavis_message
    qui = choix.joignable.personne if choix.joignable else None
    genre = GenreRendezVous(campagne.genre)
    interprete = bool(qui and qui.interprete) and genre is not GenreRendezVous.COLLECTIF
    cle = (s.recu_le, s.chemin in AVANT_ORIENTATION)
    if cle not in limites:
        limites[cle] = delais.echeance("orienter", depuis=s.recu_le).terme if s.recu_le and cle[1] else date.max
    echeance = s.etape.terme if s.etape else date.max
    return Besoin(
        personne=choix.personne_id, structure=secteur, limite=min(limites[cle], echeance), depuis=s.recu_le or au,
        des=ajouter_jours_ouvres(au, preavis) + attente,
        jusqu_a=ajouter_jours_ouvres(au, campagne.delai_ouvres) + attente,
        foyer=couple.foyer, separee=couple.separee, exclus=couple.exclus,
        minutes=minutes_necessaires(genre, interprete=True) if interprete else 0,
        langue=(qui.langue or "?") if qui and interprete else "", prises=tuple((d, f) for _, d, f in prevus),
    )  # fmt: skip


# What stands in the way ---------------------------------------------------------------------------------------------
Prevus = dict[int, list[tuple[GenreRendezVous, datetime, datetime]]]


def prevus_de(personnes: Iterable[int], *, depuis: datetime) -> Prevus:
    """Appointments to come of each person, those of the rows merged into her included: two queries."""
    groupes = ids_des_groupes(personnes)
    qui = {rangee: pk for pk, groupe in groupes.items() for rangee in groupe}
    lignes = RendezVous.objects.filter(
        personne__parmi=Ids(qui), statut=StatutRendezVous.PREVU, fin__gt=depuis
    ).order_by("debut", "pk")
    prevus: defaultdict[int, list[tuple[GenreRendezVous, datetime, datetime]]] = defaultdict(list)
    for pk, genre, debut, fin in lignes.values_list("personne_id", "genre", "debut", "fin"):
        prevus[qui[pk]].append((GenreRendezVous(genre), debut.astimezone(PARIS), fin.astimezone(PARIS)))
    return dict(prevus)


def deja_convoquees(prevus: Prevus, genre: GenreRendezVous) -> dict[int, Refus]:
    """Those who are expected already for the same thing, by hand or by another campaign."""
    refus = {}
    for pk, siens in prevus.items():
        debut = next((debut for autre, debut, _ in siens if autre is genre), None)
        if debut is not None:
            refus[pk] = (RefusCampagne.DEJA_CONVOQUEE, f"A déjà un rendez-vous le {debut:%d/%m/%Y à %H:%M}.")
    return refus


def _q_retenues(le: datetime) -> Q:
    """Rows of the campaigns that hold their people and their slots."""
    du_jour = Q(campagne__etat=EtatCampagne.PRETE, campagne__preparee_le__gte=_minuit(jour(le)))
    return Q(campagne__etat__in=RETIENNENT) | du_jour


def _d_une_autre_campagne(campagne: Campagne, personnes: Iterable[int], *, le: datetime) -> dict[int, Refus]:
    autres = CampagneLigne.objects.filter(
        _q_retenues(le), personne__parmi=Ids(personnes), etat=EtatLigne.PLANIFIEE, campagne__genre=campagne.genre
    ).exclude(campagne=campagne)
    return {
        pk: (RefusCampagne.AUTRE_CAMPAGNE, f"Fait partie de la campagne « {libelle} ».")
        for pk, libelle in autres.values_list("personne_id", "campagne__libelle")
    }


def _parcours(personnes: Iterable[int], *, le: datetime) -> tuple[dict[int, Situation], dict[int, Refus]]:
    """Where each person stands, and for whom a convocation does not fit there."""
    lignes = SituationStockee.objects.filter(personne__parmi=Ids(personnes)).values_list("personne_id", "calcul")
    situations = {pk: Situation.de_json(calcul) for pk, calcul in lignes}
    return situations, {pk: refus for pk, s in situations.items() if (refus := refus_du_parcours(s, le=le))}


def refus_du_parcours(s: Situation, *, le: datetime) -> Refus | None:
    """Why her path does not allow a convocation; ``None`` when it does."""
    try:
        verifier(s, Fait(0, GenreEvenement.CONVOCATION, le, {}))
    except TransitionInterdite as refus:
        return RefusCampagne.PARCOURS, str(refus)[:250]
    return None


# Where --------------------------------------------------------------------------------------------------------------
def _secteurs(
    situations: Mapping[int, Situation], canaux: Mapping[int, ChoixCanal], *, au: date
) -> dict[int, int | None]:
    """The structure of each person's sector: the one of her path, else the one that receives her commune today."""
    ouvertes = set(structures_ouvertes(au=au).values_list("pk", flat=True))
    carte = carte_des_secteurs(au)
    secteurs: dict[int, int | None] = {}
    for pk, choix in canaux.items():
        s = situations.get(pk)
        secteur = s.structure_secteur if s and s.structure_secteur in ouvertes else None
        adresse = choix.joignable.adresse if choix.joignable else None
        if secteur is None and adresse is not None and adresse.commune_id:
            secteur = carte.structure(adresse.commune_id, None)
        secteurs[pk] = secteur
    return secteurs


@dataclass(frozen=True, slots=True)
class _Couple:
    foyer: int = 0
    separee: bool = False
    exclus: frozenset[date] = frozenset()


def _couples(canaux: Mapping[int, ChoixCanal], *, depuis: datetime) -> dict[int, _Couple]:
    """Whom she shares her household with, and when she must not meet them (R38). Four queries."""
    foyers = {
        pk: c.joignable.coordonnees.foyer_id
        for pk, c in canaux.items()
        if c.joignable is not None and c.joignable.coordonnees.foyer_id
    }
    adultes: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    lignes = Appartenance.objects.filter(
        foyer__parmi=Ids(f for f in foyers.values() if f), role__in=(RoleFoyer.DEM, RoleFoyer.CJT), fin__isnull=True
    )
    for foyer, pk, canonique in lignes.values_list("foyer_id", "personne_id", "personne__canonique_id"):
        adultes[foyer][canonique or pk] = False
    tous = {pk for membres in adultes.values() for pk in membres}
    discretes = set(Personne.objects.filter(pk__parmi=Ids(tous), contact_discret=True).values_list("pk", flat=True))
    separes = {f for f, membres in adultes.items() if len(membres) > 1 and discretes & membres.keys()}
    autres = prevus_de({pk for f in separes for pk in adultes[f]}, depuis=depuis)
    return {
        pk: _Couple(
            foyer=foyer, separee=foyer in separes,
            exclus=frozenset(
                debut.date() for membre in adultes[foyer] if foyer in separes and membre != pk
                for _, debut, _ in autres.get(membre, ())
            ),
        )
        for pk, foyer in foyers.items()
        if foyer and len(adultes[foyer]) > 1
    }  # fmt: skip


def places_libres(*, campagne: Campagne, besoins: Iterable[Besoin], pour: Agent, le: datetime) -> list[Place]:
    """Every slot with room that one of these people could use: two queries, and one for each language needed.

    What other campaigns ready to leave have planned is theirs.
    """
    bornes = [(b.des, b.jusqu_a) for b in besoins]
    if not bornes:
        return []
    langues = sorted({b.langue for b in besoins if b.langue})
    du, au = min(d for d, _ in bornes), max(j for _, j in bornes) + timedelta(days=1)
    promises = _promises(campagne, le=le)
    places = []
    for pk, structure, debut, fin, libres, agent, plage, langue in _creneaux(
        campagne, pour, max(_minuit(du), le), _minuit(au), langues
    ):
        if (restent := libres - promises[pk]) > 0:
            file = agent or -(plage or 0)
            places.append(Place(pk, structure, debut.astimezone(PARIS), fin.astimezone(PARIS), restent, file, langue))
    return places


def _promises(campagne: Campagne, *, le: datetime) -> Counter[int]:
    """Places that other campaigns will take."""
    autres = CampagneLigne.objects.filter(_q_retenues(le), etat=EtatLigne.PLANIFIEE, debut__gt=le).exclude(
        campagne=campagne
    )
    promises: Counter[int] = Counter()
    for creneau, suite in autres.values_list("creneau_id", "suite_id"):
        promises.update(pk for pk in (creneau, suite) if pk is not None)
    return promises


_COLONNES: Final = ("pk", "structure_id", "debut", "fin", "libres", "agent_id", "plage_id", "langue")


def _creneaux(
    campagne: Campagne, pour: Agent, du: datetime, au: datetime, langues: Sequence[str]
) -> Iterator[tuple[int, int, datetime, datetime, int, int | None, int | None, str]]:
    for langue in ("", *langues):
        libres = creneaux_libres(
            du=du, au=au, genre=GenreRendezVous(campagne.genre), pour=pour, langue=langue,
            modalite=ModaliteRendezVous(campagne.modalite) if campagne.modalite else None,
        ).filter(langue=langue)  # fmt: skip
        if campagne.accessibles:
            libres = libres.filter(Q(lieu__accessible=True) | ~Q(modalite=ModaliteRendezVous.PHYSIQUE))
        yield from libres.values_list("pk", "structure_id", "debut", "fin", "libres", "agent_id", "plage_id", "langue")


def structures_communes(*, au: date) -> frozenset[int]:
    """Structures that receive the whole département for a first interview: the platform."""
    plateformes = structures_ouvertes(au=au).filter(type=TypeStructure.PLATEFORME)
    return frozenset(plateformes.values_list("pk", flat=True))


def voisines(structures: Iterable[int]) -> dict[int | None, list[int]]:
    """For each structure, the others from the nearest (as the crow flies, between the centres of their communes)."""
    points = {
        pk: (latitude, longitude)
        for pk, latitude, longitude in Structure.objects.filter(pk__in=list(structures)).values_list(
            "pk", "commune__latitude", "commune__longitude"
        )
        if latitude is not None and longitude is not None
    }
    return {
        pk: sorted((autre for autre in points if autre != pk), key=lambda autre: (_km(ici, points[autre]), autre))
        for pk, ici in points.items()
    }


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance between two points of the Earth (haversine).

    >>> round(_km((48.79, 2.46), (48.77, 2.41)))  # Créteil, Choisy-le-Roi
    4
    """
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * RAYON_KM * asin(sqrt(h))


def _minuit(le_jour: date) -> datetime:
    return datetime.combine(le_jour, time(), tzinfo=PARIS)
