"""The queue of the post room: what waits, what is in a batch, what left and is awaited, within the agent's reach."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cordee.metier.courriers.enums import Canal, EtatRemise, StatutAcheminement, StatutLot, VueCourriers
from cordee.metier.courriers.models import Courrier, LotImpression, PliDeLot
from cordee.metier.courriers.regles import MOYENS_RECOMMANDES, numero_de
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.regles import cle_nom
from cordee.metier.personnes.selectors import personnes_visibles

_EN_ATTENTE = Q(etat="", annule_le__isnull=True)
_VUES: dict[VueCourriers, Q] = {
    VueCourriers.A_ENVOYER: _EN_ATTENTE & Q(pli__isnull=True),
    VueCourriers.EN_LOT: _EN_ATTENTE & Q(pli__isnull=False),
    VueCourriers.RECOMMANDES: Q(moyen__in=MOYENS_RECOMMANDES, etat__in=(EtatRemise.ENVOYEE, EtatRemise.PRESENTEE)),
    VueCourriers.A_REGLER: Q(etat=EtatRemise.ECHEC, acheminement__regle_le__isnull=True)
    | Q(acheminement__statut=StatutAcheminement.EN_COURS, etat="", annule_le__isnull=True),
    VueCourriers.REVENUS: Q(etat=EtatRemise.NPAI),
    VueCourriers.PARTIS: ~Q(etat=""),
    VueCourriers.TOUS: Q(),
}


def courriers_visibles(
    *, pour: Agent, au: date, permission: Permission = Permission.VOIR_PERSONNES, droits: Habilitation | None = None
) -> QuerySet[Courrier]:
    """Letters of the people the agent reaches, the rows merged into them included."""
    vues = personnes_visibles(pour=pour, au=au, permission=permission, droits=droits)
    reunies = Personne.objects.filter(pk=OuterRef("personne"), canonique__in=vues.values("pk"))
    return Courrier.objects.filter(Q(personne__in=vues.values("pk")) | Exists(reunies))


def de_la_vue(lignes: QuerySet[Courrier], vue: VueCourriers) -> QuerySet[Courrier]:
    """Those of one tab of the queue."""
    return lignes.filter(_VUES[vue])


def compter_par_vue(lignes: QuerySet[Courrier]) -> dict[VueCourriers, int]:
    """How many in each tab that calls for an act, in one query."""
    vues = [v for v in VueCourriers if v.appelle_un_acte]
    # Only what some tab holds is read: what left long ago is by far the most, and in none.
    utiles = _EN_ATTENTE | _VUES[VueCourriers.RECOMMANDES] | Q(etat=EtatRemise.ECHEC)
    comptes = lignes.filter(utiles).aggregate(**{v.value: Count("pk", filter=_VUES[v]) for v in vues})
    return {v: comptes[v.value] for v in vues}


def compter_en_attente(lignes: QuerySet[Courrier]) -> dict[tuple[Canal, str], int]:
    """What waits to leave and is in no batch, by way and means."""
    par_canal = (
        de_la_vue(lignes, VueCourriers.A_ENVOYER).order_by().values_list("canal", "moyen").annotate(n=Count("pk"))
    )
    return {(Canal(canal), moyen): n for canal, moyen, n in sorted(par_canal)}


def filtrer(
    lignes: QuerySet[Courrier], *, q: str = "", canal: str = "", moyen: str = "", genre: str = "",
    depuis: date | None = None, jusqu_a: date | None = None,
) -> QuerySet[Courrier]:  # fmt: skip
    """Narrowed by what was typed: a reference, or a recipient's name; a way, a means, a kind, days of writing."""
    numero = numero_de(q) if q else None
    if numero is not None:
        lignes = lignes.filter(pk=numero)
    elif q:
        for mot in cle_nom(q).split():
            lignes = lignes.filter(Q(personne__nom__icontains=mot) | Q(personne__prenom__icontains=mot))
    lignes = lignes.filter(**{cle: v for cle, v in (("canal", canal), ("moyen", moyen), ("genre", genre)) if v})
    if depuis:
        lignes = lignes.filter(cree_le__date__gte=depuis)
    return lignes.filter(cree_le__date__lte=jusqu_a) if jusqu_a else lignes


def lots_ouverts(lignes: QuerySet[Courrier]) -> QuerySet[LotImpression]:
    """Batches to print or to post that hold some of these letters, oldest first."""
    ouverts = LotImpression.objects.filter(statut__in=(StatutLot.A_COMPOSER, StatutLot.COMPOSE))
    siens = PliDeLot.objects.filter(lot=OuterRef("pk"), courrier__in=lignes.order_by().values("pk"))
    return ouverts.filter(Exists(siens)).select_related("cree_par").order_by("cree_le", "pk")


def par_reference(lignes: QuerySet[Courrier], reference: str) -> Courrier | None:
    """The letter of a printed reference, among these; none when it is unknown or out of reach."""
    numero = numero_de(reference)
    return None if numero is None else lignes.filter(pk=numero).first()
