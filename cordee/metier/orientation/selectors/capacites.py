"""What structures and référents can take: places weighted by path and novelty (R18), conventions, absences."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Case, Count, IntegerField, Max, Q, Value, When
from django.db.models.functions import Coalesce

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.organismes.models import (
    AbsenceAgent,
    Affectation,
    Convention,
    RegleSecteur,
    Structure,
    en_cours,
)
from cordee.metier.orientation.affectation.bareme import Bareme
from cordee.metier.orientation.affectation.enums import Specialite
from cordee.metier.orientation.affectation.probleme import Demande, Maison, Poste, Probleme
from cordee.metier.orientation.models import ReglageReferent, ReglageStructure
from cordee.metier.parcours.enums import Etat, Intensite
from cordee.metier.parcours.models import Situation
from cordee.metier.rendezvous.models import Lieu
from cordee.reglementation.organismes_referents import GenreOrganismeReferent, convention_exigee
from cordee.socle.horloge import PARIS
from cordee.territoires.models import Commune
from cordee.territoires.regles import distance_km

ACCOMPAGNENT: Final = (RoleAgent.REFERENT, RoleAgent.TRAVAILLEUR_SOCIAL, RoleAgent.OPERATEUR)
"""Roles that may be référent of somebody."""
_DEPARTEMENTALES: Final = frozenset({
    TypeStructure.OPERATEUR, TypeStructure.CAP_EMPLOI, TypeStructure.EQUIPE_SPECIALISEE,
})  # fmt: skip
_T = TypeStructure
_ACCESSIBLE: Final = Case(When(accessible=True, then=Value(1)), default=Value(0), output_field=IntegerField())


@dataclass(slots=True)
class Charge:
    """Who an agent (or a structure) follows: headcount, weight in hundredths, people in intensive support."""

    suivies: int = 0
    poids: int = 0
    intensives: int = 0

    def ajouter(self, autre: Charge) -> None:
        self.suivies += autre.suivies
        self.poids += autre.poids
        self.intensives += autre.intensives


def construire_probleme(
    *, demandes: Collection[Demande], bareme: Bareme, au: date, verrous: Mapping[int, tuple[int, int]] | None = None,
    structures: Collection[int] | None = None,
) -> Probleme:  # fmt: skip
    """The whole problem of a day.

    Args:
        structures: only their agents may be proposed (the head of a structure allocates her own).
    """
    charges = charges_des_referents(bareme=bareme, au=au, structures=structures)
    acquises = Counter(d.structure for d in demandes if d.acquise)
    maisons = lire_maisons(au=au, charges=charges, structures=structures, acquises=acquises)
    postes = lire_postes(
        maisons=maisons, charges=charges, bareme=bareme, au=au, poids_place=_poids_place(demandes, bareme)
    )
    communes = {m.commune for m in maisons} | {d.commune for d in demandes}
    return Probleme(
        demandes=tuple(demandes), maisons=tuple(maisons), postes=tuple(postes), bareme=bareme,
        distances=_distances(communes - {""}), verrous=dict(verrous or {}),
    )  # fmt: skip


def charges_des_referents(
    *, bareme: Bareme, au: date, structures: Collection[int] | None = None
) -> dict[tuple[int, int], Charge]:
    """(structure, agent) → what she follows today, in two queries. Only people who are accompanied count."""
    debuts = au - timedelta(days=bareme.charge["nouveaute_jours"])
    suivies = Situation.objects.filter(Q(soumis=True) | Q(etat=Etat.VOLONTAIRE), referent_agent__isnull=False)
    if structures is not None:
        suivies = suivies.filter(referent_structure__in=structures)
    cles = ("referent_structure_id", "referent_agent_id")
    lignes = suivies.values_list(*cles, "voie", "personne__interprete").annotate(
        n=Count("pk"), recentes=Count("pk", filter=Q(oriente_le__gt=debuts))
    )
    charges: defaultdict[tuple[int, int], Charge] = defaultdict(Charge)
    for structure, agent, voie, interprete, n, recentes in lignes:
        poids = (n - recentes) * bareme.poids_de(voie, nouveau=False, interprete=interprete)
        poids += recentes * bareme.poids_de(voie, nouveau=True, interprete=interprete)
        charges[structure, agent].ajouter(Charge(n, poids))
    # How intensive each support is stands in the whole situation, read only where a convention counts it.
    intensives = suivies.filter(referent_structure__type=_T.OPERATEUR, calcul__intensite=Intensite.INTENSIVE)
    for structure, agent, n in intensives.values_list(*cles).annotate(n=Count("pk")):
        charges[structure, agent].ajouter(Charge(intensives=n))
    return dict(charges)


def lire_maisons(
    *, au: date, charges: Mapping[tuple[int, int], Charge], structures: Collection[int] | None = None,
    acquises: Mapping[int | None, int] | None = None,
) -> list[Maison]:  # fmt: skip
    """Every body that may be référente, with what it can still receive on that day (V14).

    Args:
        acquises: structure → people whose place there is already theirs: a limit never goes under their number.
    """
    par_structure: defaultdict[int, Charge] = defaultdict(Charge)
    for (structure, _), charge in charges.items():
        par_structure[structure].ajouter(charge)
    volumes = dict(
        Convention.objects.filter(en_cours(au)).values_list("structure").annotate(volume=Max(Coalesce("volume", -1)))
    )
    sert: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    regles = RegleSecteur.objects.filter(en_cours(au), en_cours(au, "structure__"))
    for structure, commune, public in regles.values_list("structure_id", "commune_id", "public"):
        sert[structure].add((commune, public))
    reglages = {r.structure_id: r for r in ReglageStructure.objects.all()}
    accessibles = dict(Lieu.objects.filter(actif=True).values_list("structure").annotate(a=Max(_ACCESSIBLE)))
    lues = Structure.objects.exclude(categorie__in=("", GenreOrganismeReferent.OPERATEUR_EMPLOI))
    if structures is not None:
        lues = lues.filter(pk__in=structures)
    return [
        _maison(
            s, au=au, charge=par_structure[s.pk], volumes=volumes, sert=sert[s.pk], reglage=reglages.get(s.pk),
            accessible=accessibles.get(s.pk), acquises=(acquises or {}).get(s.pk, 0),
        )
        for s in lues.order_by("pk")
    ]  # fmt: skip


def _maison(
    s: Structure, *, au: date, charge: Charge, volumes: Mapping[int, int], sert: Iterable[tuple[str, str]],
    reglage: ReglageStructure | None, accessible: int | None, acquises: int,
) -> Maison:  # fmt: skip
    categorie, type_ = GenreOrganismeReferent(s.categorie), TypeStructure(s.type)
    limite = s.capacite
    if volumes.get(s.pk, -1) >= 0:  # what the convention says goes before what the structure says of itself
        limite = volumes[s.pk]
    comptees = charge.intensives if type_ is _T.OPERATEUR else charge.suivies  # an operator's counts intensive support
    return Maison(
        id=s.pk, type=type_, categorie=categorie, commune=s.commune_id or "",
        places=None if limite is None else max(limite - comptees, acquises),
        empechement=_empechement(s, categorie, volumes, au),
        specialite=Specialite(reglage.specialite) if reglage and reglage.specialite else None,
        sert=frozenset((commune, PublicSecteur(public)) for commune, public in sert),
        departementale=reglage.departementale if reglage else type_ in _DEPARTEMENTALES,
        accessible=None if accessible is None else bool(accessible),
    )  # fmt: skip


def _empechement(s: Structure, categorie: GenreOrganismeReferent, volumes: Mapping[int, int], au: date) -> str:
    if s.debut > au or (s.fin is not None and s.fin <= au):
        return "n'est pas ouverte à cette date"
    if convention_exigee(categorie) and s.pk not in volumes:
        return "n'a pas de convention en cours"
    return ""


def lire_postes(
    *, maisons: Iterable[Maison], charges: Mapping[tuple[int, int], Charge], bareme: Bareme, au: date, poids_place: int
) -> list[Poste]:
    """Every agent who may be référent there, with her places on that day (R18, R19, absences)."""
    par_maison = {m.id: m for m in maisons}
    tenus = (
        Affectation.objects.filter(
            en_cours(au), structure__in=par_maison, role__in=ACCOMPAGNENT, agent__actif=True, agent__systeme=False
        )
        .order_by("structure_id", "agent_id", "role")
        .values_list("structure_id", "agent_id", "role", "fin")
    )
    reglages = {(r.structure_id, r.agent_id): r for r in ReglageReferent.objects.filter(structure__in=par_maison)}
    absents = _absents(bareme.regles["absence_jours"], au)
    postes: dict[tuple[int, int], Poste] = {}
    for structure, agent, role, fin in tenus:
        if (structure, agent) in postes:
            continue
        reglage, maison = reglages.get((structure, agent)), par_maison[structure]
        charge = charges.get((structure, agent), Charge())
        capacite = _capacite(reglage, maison, bareme)
        deja, places = charge.poids // poids_place, max(0, (capacite - charge.poids) // poids_place)
        depart = fin is not None and fin <= au + timedelta(days=bareme.regles["absence_jours"])
        empechement = _pourquoi_pas(reglage, capacite) or absents.get(agent, "")
        postes[structure, agent] = Poste(
            agent=agent, structure=structure, role=RoleAgent(role), capacite=capacite, charge=charge.poids,
            suivies=charge.suivies, total=deja + places, places=places,
            specialites=frozenset(Specialite(s) for s in reglage.specialites) if reglage else frozenset(),
            langues=frozenset(langue.strip().lower() for langue in reglage.langues) if reglage else frozenset(),
            empechement=empechement or (f"quitte la structure le {fin:%d/%m/%Y}" if depart else ""),
        )  # fmt: skip
    return list(postes.values())


def _capacite(reglage: ReglageReferent | None, maison: Maison, bareme: Bareme) -> int:
    """In hundredths of a person."""
    ordinaire = bareme.capacites.get(maison.type, 0)
    if reglage is None:
        return ordinaire * 100
    return (ordinaire if reglage.capacite is None else reglage.capacite) * reglage.quotite


def _pourquoi_pas(reglage: ReglageReferent | None, capacite: int) -> str:
    if reglage is not None and reglage.suspendu:
        return "ne reçoit plus de nouvelle personne"
    if reglage is not None and Specialite.ACCUEIL_DIAGNOSTIC in reglage.specialites:
        return "reçoit et oriente, n'est pas référent"
    return "" if capacite else "n'a aucune capacité d'accueil"


def _absents(jours: int, au: date) -> dict[int, str]:
    """Agents away long enough that nobody new is given to them: from today, unknown returns included (R57)."""
    debut = datetime.combine(au, datetime.min.time(), tzinfo=PARIS)
    fin = debut + timedelta(days=jours)
    lignes = AbsenceAgent.objects.filter(debut__lt=debut + timedelta(days=1)).filter(
        Q(fin__isnull=True) | Q(fin__gte=fin)
    )
    return {
        agent: "absent, retour inconnu" if retour is None else f"absent jusqu'au {retour.astimezone(PARIS):%d/%m/%Y}"
        for agent, retour in lignes.values_list("agent_id", "fin")
    }


def _poids_place(demandes: Collection[Demande], bareme: Bareme) -> int:
    """What a place weighs, in hundredths: the mean of those who wait, rounded up. Weights inside the flow would break
    its exactness; the load shown after is the true one (ADR 0020).
    """
    poids = [bareme.poids_de(d.voie, nouveau=True, interprete=d.interprete) for d in demandes]
    return -(-sum(poids) // len(poids)) if poids else bareme.poids_de("socio_pro", nouveau=True)


def _distances(codes: Collection[str]) -> dict[tuple[str, str], int]:
    """Whole kilometres between the centres of communes."""
    communes = Commune.objects.filter(code_insee__in=codes, latitude__isnull=False)
    points = {c.code_insee: (c.latitude, c.longitude) for c in communes}
    return {
        (une, autre): round(distance_km(points[une], points[autre]))  # type: ignore[arg-type]
        for une in points
        for autre in points
        if une < autre
    }
