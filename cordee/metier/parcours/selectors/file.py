"""What an agent answers for now: étapes and échéances in one list, always inside her perimeter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, Count, F, Min, Q, QuerySet, Value

from cordee.metier.organismes.enums import Unite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape
from cordee.metier.parcours.models import Echeance, Etape
from cordee.metier.parcours.selectors.explications import Explication, expliquer_tache
from cordee.metier.personnes.selectors import q_visibles
from cordee.socle.enums import EnumLibelle

JOURS_D_UNE_SEMAINE = 7
DEPARTEMENTALES = frozenset({
    Unite.PLATEFORME, Unite.ENCADREMENT, Unite.LIAISON, Unite.DONNEES, Unite.DEVOIRS, Unite.JURIDIQUE,
})  # fmt: skip
DE_STRUCTURE = frozenset({Unite.CHEF_STRUCTURE, Unite.STRUCTURE_RECEVANTE, Unite.REFERENT, Unite.TRAVAIL_SOCIAL})
_VALEURS = ("source", "pk", "genre", "personne_id", "personne__nom", "personne__prenom", "echeance", "terme", "regle",
            "nature", "ouverte_le", "unite", "structure_id", "agent_id", "provisoire_lu", "attendu_lu",
            "personne__situation__etat")  # fmt: skip


class Urgence(EnumLibelle):
    """How soon a task must be done."""

    RETARD = "retard", "En retard"
    SEMAINE = "semaine", "Cette semaine"
    PLUS_TARD = "plus_tard", "Plus tard"


@dataclass(frozen=True, slots=True)
class LigneDeFile:
    """One thing to do for one person. ``source``: ``etape`` or ``echeance``."""

    source: str
    pk: int
    genre: GenreEtape | GenreEcheance
    personne_id: int
    nom: str
    prenom: str
    echeance: date
    terme: date
    regle: str
    nature: str
    ouverte_le: date
    unite: Unite
    structure_id: int | None
    agent_id: int | None
    provisoire: bool
    attendu: str
    etat: Etat | None

    @property
    def explication(self) -> Explication:
        """The rule behind the date."""
        return expliquer_tache(regle=self.regle, ouverte_le=self.ouverte_le, terme=self.terme)


@dataclass(frozen=True, slots=True)
class GroupeDeTaches:
    """All the open tasks of one kind: where one act may serve many."""

    source: str
    genre: GenreEtape | GenreEcheance
    retard: int
    semaine: int
    plus_tard: int
    prochaine: date

    @property
    def total(self) -> int:
        return self.retard + self.semaine + self.plus_tard


@dataclass(frozen=True, slots=True)
class CompteDeFile:
    """The queue in three numbers, and by kind, the most urgent kind first."""

    groupes: tuple[GroupeDeTaches, ...]

    @property
    def retard(self) -> int:
        return sum(g.retard for g in self.groupes)

    @property
    def semaine(self) -> int:
        return sum(g.semaine for g in self.groupes)

    @property
    def plus_tard(self) -> int:
        return sum(g.plus_tard for g in self.groupes)

    @property
    def total(self) -> int:
        return self.retard + self.semaine + self.plus_tard

    @property
    def prochaine(self) -> date | None:
        return min((g.prochaine for g in self.groupes), default=None)


def file_de_travail(
    *,
    pour: Agent,
    au: date,
    droits: Habilitation | None = None,
    urgence: Urgence | None = None,
    genres: Iterable[str] = (),
    sans_genres: Iterable[str] = (),
    limite: int = 50,
) -> list[LigneDeFile]:
    """The open étapes and échéances the agent answers for, the most urgent first.

    Args:
        droits: her habilitation on that day, when the caller has it already.
        urgence: late, due within seven days, or later.
        genres: only these kinds; ``sans_genres``: all but these.
        limite: how many lines at most.
    """
    droits = droits or habilitation(pour, au=au)
    morceaux = []
    for base, source in (
        (etapes_de(pour=pour, au=au, droits=droits), "etape"),
        (echeances_de(pour=pour, au=au, droits=droits), "echeance"),
    ):
        lignes = base.filter(q_urgence(urgence, au) if urgence else Q())
        lignes = lignes.filter(genre__in=list(genres)) if genres else lignes.exclude(genre__in=list(sans_genres))
        # Chosen on their dates alone: who they are about is read for the few lines kept, not for the whole queue.
        premieres = lignes.order_by("echeance", "personne_id").values("pk")[:limite]
        propres = source == "etape"
        morceaux.append(
            lignes.model.objects.filter(pk__in=premieres)  # type: ignore[misc]
            .annotate(
                source=Value(source, output_field=CharField()),
                provisoire_lu=F("provisoire") if propres else Value(False),
                attendu_lu=F("attendu") if propres else Value("", output_field=CharField()),
            )
            .values_list(*_VALEURS)
        )
    lignes_lues = [_ligne(valeurs) for morceau in morceaux for valeurs in morceau]
    return sorted(lignes_lues, key=lambda t: (t.echeance, t.personne_id, t.source))[:limite]


def compter_file(*, pour: Agent, au: date, droits: Habilitation | None = None) -> CompteDeFile:
    """How much there is to do, by kind: two queries whatever the size of the queue."""
    droits = droits or habilitation(pour, au=au)
    groupes: list[GroupeDeTaches] = []
    for base, source, genre in (
        (etapes_de(pour=pour, au=au, droits=droits), "etape", GenreEtape),
        (echeances_de(pour=pour, au=au, droits=droits), "echeance", GenreEcheance),
    ):
        comptes = base.order_by().values("genre").annotate(
            retard=Count("pk", filter=q_urgence(Urgence.RETARD, au)),
            semaine=Count("pk", filter=q_urgence(Urgence.SEMAINE, au)),
            plus_tard=Count("pk", filter=q_urgence(Urgence.PLUS_TARD, au)),
            prochaine=Min("echeance"),
        )  # fmt: skip
        for c in comptes:
            groupes.append(
                GroupeDeTaches(source, genre(c["genre"]), c["retard"], c["semaine"], c["plus_tard"], c["prochaine"])
            )
    return CompteDeFile(tuple(sorted(groupes, key=lambda g: (g.prochaine, g.genre))))


def etapes_de(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[Etape]:
    """Open étapes principales the agent answers for, among the people she may see."""
    droits = droits or habilitation(pour, au=au)
    return Etape.objects.filter(q_repond_de(pour, droits), fermee_le__isnull=True).filter(
        q_visibles("personne", pour=pour, au=au, droits=droits)
    )


def echeances_de(*, pour: Agent, au: date, droits: Habilitation | None = None) -> QuerySet[Echeance]:
    """Open échéances the agent answers for, among the people she may see."""
    droits = droits or habilitation(pour, au=au)
    return Echeance.objects.filter(q_repond_de(pour, droits), fermee_le__isnull=True).filter(
        q_visibles("personne", pour=pour, au=au, droits=droits)
    )


def q_urgence(urgence: Urgence, au: date, champ: str = "echeance") -> Q:
    """The condition on a date that an urgency means."""
    fin = au + timedelta(days=JOURS_D_UNE_SEMAINE)
    if urgence is Urgence.RETARD:
        return Q(**{f"{champ}__lt": au})
    if urgence is Urgence.SEMAINE:
        return Q(**{f"{champ}__gte": au, f"{champ}__lte": fin})
    return Q(**{f"{champ}__gt": fin})


def q_repond_de(pour: Agent, h: Habilitation) -> Q:
    """Whose task it is: mine by name; my unit's where it serves the whole département; my structure's unnamed ones.

    A référent answers for what bears her name. What has no name yet is her head's (« à défaut, sa structure »).
    """
    q = Q(agent=pour)
    if departementales := h.unites & DEPARTEMENTALES:
        q |= Q(unite__in=[str(u) for u in departementales])
    de_tete = h.unites & {Unite.CHEF_STRUCTURE, Unite.STRUCTURE_RECEVANTE}
    if de_tete and h.structures_encadrees:
        q |= Q(unite__in=[str(u) for u in de_tete], structure__in=h.structures_encadrees)
        q |= Q(unite=str(Unite.REFERENT), agent__isnull=True, structure__in=h.structures_encadrees)
    for c in h.couvertures:  # R20: what falls due before the colleague is back
        q |= Q(agent=c.absent, structure=c.structure, echeance__lt=c.fin)
    if Unite.TRAVAIL_SOCIAL in h.unites:
        q |= Q(unite=str(Unite.TRAVAIL_SOCIAL), structure__in=h.structures)
    return q


def _ligne(valeurs: tuple[object, ...]) -> LigneDeFile:
    champs = dict(zip(LigneDeFile.__slots__, valeurs, strict=True))
    genre = GenreEtape if champs["source"] == "etape" else GenreEcheance
    champs["genre"] = genre(str(champs["genre"]))
    champs["unite"] = Unite(str(champs["unite"]))
    champs["etat"] = Etat(str(champs["etat"])) if champs["etat"] else None
    return LigneDeFile(**champs)  # type: ignore[arg-type]
