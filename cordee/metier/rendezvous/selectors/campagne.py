"""Reads of campaigns: those an agent may open, where each stands, its people, what to tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.models import Affectation, Agent, Structure, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.personnes.selectors import q_visibles
from cordee.metier.rendezvous.enums import EtatCampagne, EtatLigne, RefusCampagne
from cordee.metier.rendezvous.models import Campagne, CampagneLigne
from cordee.socle.erreurs import ErreurMetier

ARRET = timedelta(minutes=2)
"""A sending whose last lot is older seems to have stopped: the page offers to ask again."""
L = EtatLigne


class CampagneIntrouvable(ErreurMetier):
    """No such campaign for this agent."""


@dataclass(frozen=True, slots=True)
class Avancement:
    """Where a campaign stands, in people."""

    total: int
    planifiees: int
    convoquees: int
    refusees: int
    sans_place: int
    retirees: int
    annulees: int

    @property
    def a_envoyer(self) -> int:
        """People who were given a slot, convened or not yet."""
        return self.planifiees + self.convoquees

    @property
    def traitees(self) -> int:
        return self.convoquees + self.refusees


@dataclass(frozen=True, slots=True)
class LigneOffre:
    """Room and need of one structure, with its name."""

    structure: Structure | None
    besoin: int
    libres: int
    places: int
    recues: int
    manque: int
    demi_journees: int

    @property
    def ailleurs(self) -> int:
        """People of this sector received by another structure."""
        return max(self.besoin - self.places - self.manque, 0)


def voit_toutes_les_campagnes(droits: Habilitation) -> bool:
    """Whether her reach is the whole département."""
    return droits.departement(Permission.CONVOQUER) or droits.departement(Permission.ENCADRER)


def campagnes_visibles(*, pour: Agent, au: date, droits: Habilitation) -> QuerySet[Campagne]:
    """Her campaigns, those of the agents of the structures she heads; all of them for a role of the département."""
    campagnes = Campagne.objects.select_related("cree_par", "lancee_par").order_by("-cree_le", "-pk")
    if voit_toutes_les_campagnes(droits):
        return campagnes
    equipe = Affectation.objects.filter(en_cours(au), structure__in=droits.structures_encadrees).values("agent")
    return campagnes.filter(Q(cree_par=pour) | Q(cree_par__in=equipe))


def campagne_visible(*, pour: Agent, au: date, droits: Habilitation, pk: int) -> Campagne:
    """One of them.

    Raises:
        CampagneIntrouvable: unknown, or not for this agent.
    """
    campagne = campagnes_visibles(pour=pour, au=au, droits=droits).filter(pk=pk).first()
    if campagne is None:
        raise CampagneIntrouvable("Aucune campagne ne correspond.")
    return campagne


def avancement(campagne: Campagne) -> Avancement:
    """One query."""
    n = campagne.lignes.aggregate(total=Count("pk"), **{str(e): Count("pk", filter=Q(etat=e)) for e in EtatLigne})
    return Avancement(
        total=n["total"], planifiees=n[L.PLANIFIEE], convoquees=n[L.CONVOQUEE], refusees=n[L.REFUSEE],
        sans_place=n[L.SANS_PLACE], retirees=n[L.RETIREE], annulees=n[L.ANNULEE],
    )  # fmt: skip


def refus_de(campagne: Campagne) -> list[tuple[RefusCampagne, int]]:
    """How many people by reason, the most frequent first."""
    comptes = (
        campagne.lignes.filter(etat=L.REFUSEE).values_list("refus").annotate(n=Count("pk")).order_by("-n", "refus")
    )
    return [(RefusCampagne(refus), n) for refus, n in comptes]


def canaux_de(campagne: Campagne) -> list[tuple[Canal, int]]:
    """How people are told, among those who have a slot."""
    comptes = campagne.lignes.filter(etat__in=(L.PLANIFIEE, L.CONVOQUEE)).values_list("canal").annotate(n=Count("pk"))
    return sorted(((Canal(canal), n) for canal, n in comptes if canal), key=lambda c: (-c[1], c[0]))


def lignes_de(
    campagne: Campagne, *, pour: Agent, au: date, droits: Habilitation, etat: EtatLigne | None = None, refus: str = "",
    structure: int | None = None, canal: str = "",
) -> QuerySet[CampagneLigne]:  # fmt: skip
    """The people of a campaign that this agent may see, in the order in which slots were given."""
    lignes = campagne.lignes.filter(q_visibles("personne", pour=pour, au=au, droits=droits))
    if etat is not None:
        lignes = lignes.filter(etat=etat)
    if refus:
        lignes = lignes.filter(refus=refus)
    if structure is not None:
        lignes = lignes.filter(structure=structure)
    if canal:
        lignes = lignes.filter(canal=canal)
    return lignes.select_related("personne", "structure", "secteur", "rendez_vous").order_by("rang", "pk")


def offre_de(campagne: Campagne) -> list[LigneOffre]:
    """Room and need by structure, as they stood when slots were given; the greatest lack first."""
    lues = campagne.offre.get("structures", [])
    structures = Structure.objects.in_bulk([o["structure"] for o in lues if o["structure"] is not None])
    return [LigneOffre(**{**o, "structure": structures.get(o["structure"])}) for o in lues]


def semble_arretee(campagne: Campagne, *, le: datetime) -> bool:
    """Whether a sending no longer moves (worker stopped or killed): asking again is harmless."""
    depuis = campagne.avancee_le or campagne.lancee_le
    return campagne.etat == EtatCampagne.EN_COURS and depuis is not None and le - depuis > ARRET
