"""Reads of the hours: a person's weeks, a grid of people, the days to look at them again, planned against organised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from cordee.metier.contrats.enums import Empechement, FamilleActivite, GenreContrat, SourceHeures
from cordee.metier.contrats.models import Contrat, Engagement, HeuresRealisees
from cordee.metier.contrats.regles.heures import (
    FORCE,
    UNE_SEMAINE,
    AlerteHeures,
    Dite,
    Semaine,
    alertes,
    lundi,
    premiere_semaine_due,
    semaines,
)
from cordee.metier.contrats.selectors.contrat import contrat_en_vigueur
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_des_groupes, ids_du_groupe, q_visibles
from cordee.metier.rendezvous.enums import GenreRendezVous
from cordee.metier.rendezvous.models import Creneau
from cordee.socle.horloge import jour


def heures_de(personne: Personne, *, du: date, au: date) -> list[Semaine]:
    """The weeks of a person from one day to another, the last first: planned, every source, what counts (two queries).

    A week is told even when nobody has said anything of it. Planned hours are those of the contract of that week.
    """
    ids = ids_du_groupe(personne)
    contrats = _plans(Contrat.objects.filter(personne__in=ids))
    lignes = _courantes(ids, lundi(du), lundi(au))
    dites, empechements = _par_semaine(lignes)
    return [
        Semaine(
            lundi=s, prevues=plan.heures if plan else None, plan=plan.familles if plan else {},
            dites={f: tuple(d) for f, d in dites.get(s, {}).items()}, empechement=empechements.get(s, ""),
        )
        for s in semaines(du, au)
        for plan in (_plan_de_la_semaine(contrats, s),)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LigneGrille:
    """One person on a grid: her plan, what this source said of the week, what the others said."""

    personne: int
    prevues: Decimal | None
    plan: Mapping[FamilleActivite, Decimal]
    saisies: Mapping[FamilleActivite, Decimal]
    semaine: Semaine


def grille(
    personnes: Sequence[int], *, semaine: date, source: SourceHeures, structure: int | None
) -> dict[int, LigneGrille]:
    """The week of many people, as one source enters it (three queries)."""
    groupes = ids_des_groupes(personnes)
    tous = {membre: pk for pk, membres in groupes.items() for membre in membres}
    par_personne: dict[int, list[_Plan]] = defaultdict(list)
    for plan in _plans(Contrat.objects.filter(personne__in=list(tous))):
        par_personne[tous[plan.personne]].append(plan)
    lignes: dict[int, list[HeuresRealisees]] = defaultdict(list)
    for ligne in _courantes(list(tous), semaine, semaine):
        lignes[tous[ligne.personne_id]].append(ligne)
    rendu = {}
    for pk in personnes:
        prevu = _plan_de_la_semaine(par_personne[pk], semaine)
        dites, empechements = _par_semaine(lignes[pk])
        siennes = {
            FamilleActivite(ligne.famille): ligne.heures
            for ligne in lignes[pk]
            if ligne.source == source and ligne.structure_id == structure
        }
        rendu[pk] = LigneGrille(
            pk, prevu.heures if prevu else None, prevu.familles if prevu else {}, siennes,
            Semaine(
                semaine, prevu.heures if prevu else None, prevu.familles if prevu else {},
                {f: tuple(d) for f, d in dites.get(semaine, {}).items()}, empechements.get(semaine, ""),
            ),
        )  # fmt: skip
    return rendu


def historique_de(personne: Personne, *, semaine: date) -> QuerySet[HeuresRealisees]:
    """Every word of a week, corrections included, the last first: nothing is ever overwritten."""
    return (
        HeuresRealisees.objects.filter(personne__in=ids_du_groupe(personne), semaine=semaine)
        .select_related("structure", "saisie_par")
        .order_by("-saisie_le", "-pk")
    )


def alertes_heures(personne: Personne, *, au: date) -> list[AlerteHeures]:
    """The days from which the agreed hours are looked at again with the person (E36)."""
    contrat = contrat_en_vigueur(personne, au=au)
    if contrat is None:
        return []
    return alertes(
        heures=contrat.heures, motif=contrat.motif_heures, revue_le=contrat.revue_heures_le,
        enfant_ne_le=contrat.enfant_ne_le, au=au,
    )  # fmt: skip


# The offer ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class BesoinFamille:
    """One family in one territory: people whose plan bears it, hours planned a week, hours done a week."""

    famille: FamilleActivite
    personnes: int
    prevues: Decimal
    realisees: Decimal
    organisees: Decimal | None
    """Hours × places organised a week; ``None``: the offer of that family is not recorded yet, and it is said."""


@dataclass(frozen=True, slots=True)
class EcartOffre:
    """What plans foresee against what is organised, for a structure or for all of them."""

    semaines: int
    familles: list[BesoinFamille]
    sans_famille: Decimal
    reunions: int
    places_reunions: int
    sans_offre: int = 0
    """People who said of one of these weeks that nothing had been offered to them."""


def ecart_offre(
    *, pour: Agent, maintenant: datetime, droits: Habilitation, structures: Collection[int] | None = None,
    fenetre: int = 4,
) -> EcartOffre:  # fmt: skip
    """Hours planned against organised places, by family, for the people the agent may see.

    The offer of each family is recorded by a later part of the product: until then ``organisees`` is ``None``. What
    exists today, collective meetings with places, has no family: it is counted apart, never put in one.

    Args:
        fenetre: whole weeks looked back at.
    """
    au = jour(maintenant)
    suivies = Situation.objects.filter(
        q_visibles("personne", pour=pour, au=au, droits=droits), soumis=True, contrat_le__isnull=False
    )
    if structures is not None:
        suivies = suivies.filter(referent_structure__in=structures)
    contrats = Contrat.objects.filter(
        personne__in=suivies.values("personne"), debut__lte=au, fin__isnull=True,
        genre=GenreContrat.CONTRAT_ENGAGEMENT,
    )  # fmt: skip
    prevues = {
        famille: (n, heures)
        for famille, n, heures in Engagement.objects.filter(contrat__in=contrats, heures__gt=0)
        .exclude(famille="").order_by().values_list("famille")
        .annotate(n=Count("contrat", distinct=True), h=Sum("heures"))
    }  # fmt: skip
    depuis = lundi(au) - fenetre * UNE_SEMAINE
    faites, sans_offre = _faites(suivies, depuis, lundi(au))
    total = contrats.aggregate(h=Sum("heures"))["h"] or Decimal(0)
    reunions = Creneau.objects.filter(genre=GenreRendezVous.COLLECTIF, debut__date__gte=depuis, debut__date__lt=au)
    if structures is not None:
        reunions = reunions.filter(structure__in=structures)
    compte = reunions.aggregate(n=Count("pk"), places=Sum("places"))
    besoins = []
    for f in FamilleActivite:
        n, heures = prevues.get(f, (0, Decimal(0)))
        par_semaine = (faites.get(f, Decimal(0)) / fenetre).quantize(Decimal("0.1"))
        besoins.append(BesoinFamille(f, n, heures, par_semaine, None))
    return EcartOffre(
        fenetre, besoins,
        total - sum((h for _, h in prevues.values()), Decimal(0)), compte["n"], compte["places"] or 0, sans_offre,
    )  # fmt: skip


def _faites(suivies: QuerySet[Situation], du: date, avant: date) -> tuple[dict[str, Decimal], int]:
    """Hours that count by family over whole weeks, and how many people said nothing was offered."""
    lignes = HeuresRealisees.objects.filter(
        personne__in=suivies.values("personne"), semaine__gte=du, semaine__lt=avant, remplacee_le__isnull=True
    )
    retenues = (
        lignes.order_by()
        .values("personne", "semaine", "famille")
        .annotate(h=Coalesce(*(Sum("heures", filter=Q(source=source)) for source in FORCE)))
    )
    sommes = retenues.aggregate(**{f: Sum("h", filter=Q(famille=f)) for f in map(str, FamilleActivite)})
    faites = {f: h for f, h in sommes.items() if h}
    sans_offre = lignes.filter(empechement=Empechement.PAS_D_OFFRE).values("personne").distinct().count()
    return faites, sans_offre


# Parts --------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Plan:
    """The weekly hours of a contract."""

    personne: int
    debut: date
    fin: date | None
    heures: Decimal | None
    familles: Mapping[FamilleActivite, Decimal]


def _plans(contrats: QuerySet[Contrat]) -> list[_Plan]:
    """The plans of signed contracts, the last first (two queries)."""
    lus = contrats.filter(genre=GenreContrat.CONTRAT_ENGAGEMENT, debut__isnull=False).order_by("-debut", "-pk")
    rangs = list(lus.values_list("pk", "personne_id", "debut", "fin", "heures"))
    familles: dict[int, dict[FamilleActivite, Decimal]] = defaultdict(dict)
    lignes = Engagement.objects.filter(contrat__in=[r[0] for r in rangs], heures__gt=0).exclude(famille="")
    for contrat, famille, heures in lignes.values_list("contrat_id", "famille", "heures"):
        cumul = familles[contrat]
        cumul[FamilleActivite(famille)] = cumul.get(FamilleActivite(famille), Decimal(0)) + (heures or 0)
    return [_Plan(personne, debut, fin, heures, familles[pk]) for pk, personne, debut, fin, heures in rangs if debut]


def _plan_de_la_semaine(plans: Sequence[_Plan], semaine: date) -> _Plan | None:
    """The contract whose hours are awaited that week: in force on its Sunday, from its first whole week on."""
    dimanche = semaine + timedelta(days=6)
    for plan in plans:
        if premiere_semaine_due(plan.debut) <= semaine and (plan.fin is None or plan.fin > dimanche):
            return plan
    return None


def _courantes(ids: Sequence[int], du: date, au: date) -> list[HeuresRealisees]:
    lignes = HeuresRealisees.objects.filter(
        personne__in=ids, semaine__range=(du, au), remplacee_le__isnull=True
    ).annotate(nom_structure=F("structure__nom"))
    return list(lignes.order_by("pk"))


def _par_semaine(
    lignes: Sequence[HeuresRealisees],
) -> tuple[dict[date, dict[FamilleActivite, list[Dite]]], dict[date, str]]:
    dites: dict[date, dict[FamilleActivite, list[Dite]]] = defaultdict(lambda: defaultdict(list))
    empechements: dict[date, str] = {}
    for ligne in lignes:
        par = ligne.nom_structure or "la personne"  # type: ignore[attr-defined]
        dite = Dite(SourceHeures(ligne.source), ligne.heures, par)
        dites[ligne.semaine][FamilleActivite(ligne.famille)].append(dite)
        if ligne.empechement:
            empechements[ligne.semaine] = ligne.empechement
    return dites, empechements
