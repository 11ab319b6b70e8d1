"""Reads of the views kept: hers, those shared with who has the same rights, who receives what, what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent
from cordee.metier.organismes.roles import ROLES
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.pilotage.models import AbonnementVue, EnvoiVue, VueGardee
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour


class VueIntrouvable(ErreurMetier):
    """No such view, or not open to her: the same answer."""


def vues(*, pour: Agent, droits: Habilitation) -> tuple[list[VueGardee], list[VueGardee]]:
    """Hers, then those that others share and whose page she may open; by name. One read."""
    lues = VueGardee.objects.filter(Q(agent=pour) | Q(partagee=True), supprimee_le=None).select_related("agent")
    siennes, partagees = [], []
    for vue in lues.order_by("nom", "pk"):
        if vue.agent_id == pour.pk:
            siennes.append(vue)
        elif _ouvre(vue, droits):
            partagees.append(vue)
    return siennes, partagees


def vue_de(*, pk: int, pour: Agent, droits: Habilitation, sienne: bool = False) -> VueGardee:
    """One view she may open. ``sienne``: one of hers only.

    Raises:
        VueIntrouvable
    """
    vue = VueGardee.objects.filter(pk=pk, supprimee_le=None).select_related("agent").first()
    if vue is None or (vue.agent_id != pour.pk and (sienne or not vue.partagee or not _ouvre(vue, droits))):
        raise VueIntrouvable("Cette vue n'est plus là, ou n'est pas partagée avec vous.")
    return vue


def premiere_vue(*, pour: Agent) -> VueGardee | None:
    """The page she chose to start from."""
    return VueGardee.objects.filter(agent=pour, premiere=True, supprimee_le=None).first()


def peut_ouvrir(vue: VueGardee, *, pour: Agent, le: datetime) -> bool:
    """Whether her roles of that day open the page."""
    return _ouvre(vue, habilitation(pour, au=jour(le)))


def vue_lisible(vue: VueGardee, *, pour: Agent, le: datetime) -> bool:
    """Whether she may read it still: kept, hers or shared, its page open to her."""
    if vue.supprimee_le is not None or not (vue.agent_id == pour.pk or vue.partagee):
        return False
    return peut_ouvrir(vue, pour=pour, le=le)


def abonnements(vue: VueGardee, *, pour: Agent) -> QuerySet[AbonnementVue]:
    """Who receives it: all of them for who keeps it, herself and those she asked for otherwise."""
    lus = AbonnementVue.objects.filter(vue=vue, arrete_le=None).select_related("destinataire", "par", "vue")
    if vue.agent_id != pour.pk:
        lus = lus.filter(Q(destinataire=pour) | Q(par=pour))
    return lus.order_by("destinataire__nom", "destinataire__prenom", "pk")


def recues_par(pour: Agent) -> QuerySet[AbonnementVue]:
    """What she receives."""
    lus = AbonnementVue.objects.filter(destinataire=pour, arrete_le=None).select_related("vue", "par")
    return lus.order_by("vue__nom", "pk")


def journal(vue: VueGardee, *, pour: Agent) -> QuerySet[EnvoiVue]:
    """What was sent of it, latest first."""
    lus = EnvoiVue.objects.filter(abonnement__vue=vue).select_related("abonnement__destinataire")
    if vue.agent_id != pour.pk:
        lus = lus.filter(Q(abonnement__destinataire=pour) | Q(abonnement__par=pour))
    return lus.order_by("-jour", "-pk")


def destinataires_possibles(vue: VueGardee, *, le: datetime) -> QuerySet[Agent]:
    """The agents whose roles of that day open the page."""
    roles = [role for role in ROLES if not vue.permissions or _roles_ouvrent(vue, {role})]
    au = jour(le)
    postes = Affectation.objects.filter(Q(fin__isnull=True) | Q(fin__gt=au), role__in=roles, debut__lte=au)
    actifs = Agent.objects.filter(actif=True, systeme=False, pk__in=postes.values("agent_id"))
    return actifs.order_by("nom", "prenom", "pk")


def _roles_ouvrent(vue: VueGardee, roles: Iterable[RoleAgent]) -> bool:
    return any(str(p) in vue.permissions for role in roles for p in ROLES[role].permissions)


def _ouvre(vue: VueGardee, droits: Habilitation) -> bool:
    return not vue.permissions or any(str(p) in vue.permissions for p in droits.permissions)
