"""Whom an agent may see, and what she may do on whom: role × structure × person link × date.

Every read of persons starts from ``personnes_visibles``. Three rules, in this order:

1. nobody opens her own file nor a relative's (V13);
2. a *dossier sensible* opens to its listed readers only; when none of them is active any more, to the encadrants of the
   département, so that nobody is forgotten (V13);
3. otherwise the reach of a role: everybody, the people attached to a structure, the people entrusted to the agent.
   An access ends ``acces_apres_remise_jours`` after the hand-over (V7).

A merged person is one person: the rows of her whole group open and close together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Window
from django.db.models.functions import Coalesce

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, en_cours
from cordee.metier.organismes.roles import ROLES, Etendue, Permission
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import LecteurSensible, LienAgent, Personne, Rattachement
from cordee.metier.personnes.selectors.groupes import ids_du_groupe
from cordee.reglementation.parametres import entier
from cordee.socle.erreurs import ErreurMetier

_P = Permission


class PersonneIntrouvable(ErreurMetier):
    """No such person for this agent: the same answer whether she does not exist or stands outside the perimeter."""


def personnes_visibles(
    *, pour: Agent, au: date, permission: Permission = _P.VOIR_PERSONNES, droits: Habilitation | None = None
) -> QuerySet[Personne]:
    """The people this agent may see on a day (or on whom she may do something: ``permission``).

    One query for the roles (none when ``droits`` is given), then a query set to chain. Canonical rows only.
    """
    droits = droits or habilitation(pour, au=au)
    postes = [(role, structure) for role, structure in droits.postes if permission in ROLES[role].permissions]
    if not postes:
        return Personne.objects.none()
    personnes = Personne.objects.filter(canonique__isnull=True).exclude(pk__in=_liees_a(pour))
    sensibles = _du_groupe(Personne.objects.filter(dossier_sensible=True))
    lecteurs = LecteurSensible.objects.filter(en_cours(au), agent__actif=True)
    ouvertes = ~Q(pk__in=sensibles)
    if any(role is RoleAgent.ENCADRANT for role, _ in postes):
        ouvertes |= ~Q(pk__in=_canoniques(lecteurs))
    if not any(ROLES[role].etendue is Etendue.DEPARTEMENT for role, _ in postes):
        ouvertes &= Q(pk__in=_canoniques(_acces(postes, agent=pour, au=au)))
    return personnes.filter(ouvertes | Q(pk__in=_canoniques(lecteurs.filter(agent=pour))))


def personne_visible(
    *, pour: Agent, au: date, pk: int, permission: Permission = _P.VOIR_PERSONNES, droits: Habilitation | None = None
) -> Personne:
    """The person of an id (or of a row merged into her).

    Raises:
        PersonneIntrouvable: unknown, or not for this agent.
    """
    canonique = Personne.objects.filter(pk=pk).values(qui=Coalesce("canonique_id", "id"))
    visibles = personnes_visibles(pour=pour, au=au, permission=permission, droits=droits)
    personne = visibles.filter(pk__in=canonique).first()
    if personne is None:
        raise PersonneIntrouvable("Aucune personne de votre périmètre ne correspond.")
    return personne


def permissions_sur(
    *, pour: Agent, au: date, personne: Personne, droits: Habilitation | None = None
) -> frozenset[Permission]:
    """What the agent may do on this person: only the roles whose reach holds her count.

    A référent here who is an employment adviser elsewhere does not see the rights of the people she only advises.
    """
    droits = droits or habilitation(pour, au=au)
    visibles = personnes_visibles(pour=pour, au=au, droits=droits)
    if not visibles.filter(pk=personne.pk).exists():
        return frozenset()
    ids = ids_du_groupe(personne)
    nommee = LecteurSensible.objects.filter(en_cours(au), agent=pour, personne__in=ids).exists()
    acces = set(
        Rattachement.objects.filter(_acces_ouvert(au), personne__in=ids)
        .exclude(pk__in=_remplaces(au))
        .values_list("structure_id", "agent_id")
    )
    permissions: set[Permission] = set()
    for role, structure in droits.postes:
        definition = ROLES[role]
        atteint = {
            Etendue.DEPARTEMENT: True,
            Etendue.STRUCTURE: any(s == structure for s, _ in acces),
            Etendue.AGENT: (structure, pour.pk) in acces,
            Etendue.AUCUNE: False,
        }[definition.etendue]
        if atteint or (nommee and _P.VOIR_PERSONNES in definition.permissions):
            permissions |= definition.permissions
    return frozenset(permissions)


# The parts of the rule ----------------------------------------------------------------------------------------------
def _liees_a(agent: Agent) -> QuerySet[Any]:
    return _canoniques(LienAgent.objects.filter(agent=agent))


def _canoniques(lignes: QuerySet[Any]) -> QuerySet[Any]:
    """Ids of the persons that dated rows belong to, once merged."""
    return lignes.values(qui=Coalesce(F("personne__canonique_id"), F("personne_id")))


def _du_groupe(personnes: QuerySet[Personne]) -> QuerySet[Any]:
    return personnes.values(qui=Coalesce(F("canonique_id"), F("id")))


def _acces_ouvert(au: date) -> Q:
    """V7: an access ends some days after the hand-over, not the day of it."""
    return Q(debut__lte=au) & (Q(fin__isnull=True) | Q(fin__gt=_limite(au)))


def _limite(au: date) -> date:
    return au - timedelta(days=entier("acces_apres_remise_jours", au=au))


def _acces(postes: Iterable[tuple[RoleAgent, int]], *, agent: Agent, au: date) -> QuerySet[Rattachement]:
    """Rows of the access table that these posts open: her structure's, or hers where she works."""
    structures = [structure for role, structure in postes if ROLES[role].etendue is Etendue.STRUCTURE]
    siennes = [structure for role, structure in postes if ROLES[role].etendue is Etendue.AGENT]
    return Rattachement.objects.filter(
        _acces_ouvert(au), Q(structure__in=structures) | Q(agent=agent, structure__in=siennes)
    ).exclude(pk__in=_remplaces(au))


def _remplaces(au: date) -> QuerySet[Any]:
    """Référent rows of merged persons that a later one of their group replaced, like any hand-over.

    Computed, never written: undoing the merge gives each référent back to her own row. Few people are merged: the
    subquery starts from them and is run once per query.
    """
    reunies = Personne.objects.filter(canonique__isnull=False).order_by()
    membres = reunies.values("pk").union(reunies.values("canonique"))
    dernier = Window(
        Max("debut", filter=Q(debut__lte=_limite(au))),
        partition_by=[Coalesce(F("personne__canonique_id"), F("personne_id"))],
    )
    referents = Rattachement.objects.filter(finalite=FinaliteRattachement.REFERENT, personne__in=membres)
    return referents.annotate(dernier=dernier).filter(debut__lt=F("dernier")).values("pk")
