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

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, en_cours
from cordee.metier.organismes.roles import ROLES, Etendue, Permission, permissions_de
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.metier.personnes.models import LecteurSensible, Personne, Rattachement
from cordee.metier.personnes.selectors.ensembles import Ids
from cordee.metier.personnes.selectors.groupes import ids_du_groupe
from cordee.reglementation.parametres import entier
from cordee.socle import memoire
from cordee.socle.erreurs import ErreurMetier

_P = Permission


# The parts of the rule, in SQL: a page asks for them up to ten times, and having Django build them each time cost more
# than running them. Ids are those of the canonical person.
_REMPLACES = """
SELECT id FROM (
    SELECT r.id, r.debut, max(r.debut) FILTER (WHERE r.debut <= %s) OVER (PARTITION BY coalesce(p.canonique_id, p.id))
        AS dernier
    FROM personnes_rattachement r JOIN personnes_personne p ON p.id = r.personne_id
    WHERE r.finalite = 'referent' AND r.personne_id IN (
        SELECT id FROM personnes_personne WHERE canonique_id IS NOT NULL
        UNION SELECT canonique_id FROM personnes_personne WHERE canonique_id IS NOT NULL
    )
) referents WHERE debut < dernier
"""
"""Référent rows of merged persons that a later one of their group replaced, like any hand-over.

Computed, never written: undoing the merge gives each référent back to her own row. Few people are merged: the query
starts from them and is run once. Parameter: the day before which a hand-over has closed the access (V7).
"""
_HORS_DE_VUE = """
SELECT id FROM personnes_personne WHERE canonique_id IS NOT NULL
UNION ALL
SELECT coalesce(p.canonique_id, p.id) FROM personnes_lienagent l JOIN personnes_personne p ON p.id = l.personne_id
WHERE l.agent_id = %s
UNION ALL
SELECT s.qui FROM (SELECT coalesce(canonique_id, id) AS qui FROM personnes_personne WHERE dossier_sensible) s
WHERE (NOT %s OR EXISTS (
    SELECT 1 FROM personnes_lecteursensible x JOIN organismes_agent a ON a.id = x.agent_id AND a.actif
    JOIN personnes_personne p ON p.id = x.personne_id
    WHERE coalesce(p.canonique_id, p.id) = s.qui AND x.debut <= %s AND (x.fin IS NULL OR x.fin > %s)
)) AND NOT EXISTS (
    SELECT 1 FROM personnes_lecteursensible x JOIN organismes_agent a ON a.id = x.agent_id AND a.actif
    JOIN personnes_personne p ON p.id = x.personne_id
    WHERE x.agent_id = %s AND coalesce(p.canonique_id, p.id) = s.qui AND x.debut <= %s AND (x.fin IS NULL OR x.fin > %s)
)
"""
"""Whom she does not see: rows merged into another; herself and her relatives; a sensitive file she is no reader of (an
encadrant reads it too when no active reader is left).

Parameters: the agent; whether she is an encadrant; the day, twice; the agent; the day, twice.
"""
_CONFIEES = f"""
WITH acces AS (
    SELECT personne_id FROM personnes_rattachement
    WHERE debut <= %s AND (fin IS NULL OR fin > %s)
      AND (structure_id = ANY(%s::bigint[]) OR agent_id = %s AND structure_id = ANY(%s::bigint[])
           OR agent_id = ANY(%s::bigint[])
              AND (agent_id, structure_id) IN (SELECT * FROM unnest(%s::bigint[], %s::bigint[])))
      AND id NOT IN ({_REMPLACES})
)
SELECT personne_id FROM acces
UNION SELECT p.canonique_id FROM acces JOIN personnes_personne p ON p.id = acces.personne_id
WHERE p.canonique_id IS NOT NULL
UNION SELECT coalesce(p.canonique_id, p.id) FROM personnes_lecteursensible x
JOIN organismes_agent a ON a.id = x.agent_id AND a.actif JOIN personnes_personne p ON p.id = x.personne_id
WHERE x.agent_id = %s AND x.debut <= %s AND (x.fin IS NULL OR x.fin > %s)
"""
"""Whom the access table opens: her structure's people, her own where she works, the sensitive files she is named for.

Parameters: the day; the day before which a hand-over has closed the access; structures she reaches; the agent;
structures where she reaches her own; colleagues she covers for (so that an index finds them), then with where; that day
again; the agent; the day, twice.
"""


_LIGNES_CONFIEES = f"""
personnes_personne.id = ANY(ARRAY(
    WITH siennes AS ({_CONFIEES})
    SELECT personne_id FROM siennes
    UNION SELECT p.id FROM siennes JOIN personnes_personne p ON p.canonique_id = siennes.personne_id
))
"""
"""The rows of those people, merged ones included, found first and by their ids. Same parameters."""


class PersonneIntrouvable(ErreurMetier):
    """No such person for this agent: the same answer whether she does not exist or stands outside the perimeter."""


def personnes_visibles(
    *, pour: Agent, au: date, permission: Permission = _P.VOIR_PERSONNES, droits: Habilitation | None = None
) -> QuerySet[Personne]:
    """The people this agent may see on a day (or on whom she may do something: ``permission``).

    One query for the roles (none when ``droits`` is given), then a query set to chain. Canonical rows only.
    """
    return Personne.objects.filter(q_visibles("pk", pour=pour, au=au, permission=permission, droits=droits))


def q_visibles(
    champ: str, *, pour: Agent, au: date, permission: Permission = _P.VOIR_PERSONNES, droits: Habilitation | None = None
) -> Q:
    """The same rule as a condition on the rows of a table whose column ``champ`` is a person (``pk``: the persons).

    A list of tasks or situations is filtered on what is out of sight, which is little, or on what a structure was
    given: the whole table of persons is never read for it.
    """
    droits = droits or habilitation(pour, au=au)
    postes = [(role, structure) for role, structure in droits.postes if permission in ROLES[role].permissions]
    if not postes:
        return Q(pk__in=())
    couverts = _couverts(droits, permission)
    encadre = any(role is RoleAgent.ENCADRANT for role, _ in postes)
    q = ~_q_partie(champ, _HORS_DE_VUE, [pour.pk, encadre, au, au, pour.pk, au, au])
    if any(ROLES[role].etendue is Etendue.DEPARTEMENT for role, _ in postes):
        return q
    return _q_partie(champ, _CONFIEES, _parametres(postes, couverts, pour, au)) & q


def q_lignes_confiees(*, pour: Agent, au: date, droits: Habilitation) -> Q:
    """Cuts a search among the persons down to those given to her before anything is compared; nothing is cut for a role
    that reaches everybody. It opens nothing: ``q_visibles`` still applies.
    """
    postes = [p for p in droits.postes if _P.VOIR_PERSONNES in ROLES[p[0]].permissions]
    if any(ROLES[role].etendue is Etendue.DEPARTEMENT for role, _ in postes):
        return Q()
    parametres = _parametres(postes, _couverts(droits, _P.VOIR_PERSONNES), pour, au)
    return Q(RawSQL(_LIGNES_CONFIEES, parametres, output_field=BooleanField()))  # noqa: S611


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
    *, pour: Agent, au: date, personne: Personne, droits: Habilitation | None = None, vue: bool = False
) -> frozenset[Permission]:
    """What the agent may do on this person: only the roles whose reach holds her count.

    A référent here who is an employment adviser elsewhere does not see the rights of the people she only advises.

    Args:
        vue: the person was just given by ``personne_visible``, for the same agent on the same day.
    """
    droits = droits or habilitation(pour, au=au)
    if not vue and not personnes_visibles(pour=pour, au=au, droits=droits).filter(pk=personne.pk).exists():
        return frozenset()
    ids = ids_du_groupe(personne)
    nommee = LecteurSensible.objects.filter(en_cours(au), agent=pour, personne__in=ids).exists()
    acces = set(
        Rattachement.objects.filter(_acces_ouvert(au), personne__in=ids)
        .exclude(pk__in=RawSQL(_REMPLACES, [_limite(au)]))  # noqa: S611
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
    for c in droits.couvertures:
        if (c.structure, c.absent) in acces:
            chez_elle = (role for role, structure in droits.postes if structure == c.structure)
            permissions |= ROLES[c.role].permissions & permissions_de(frozenset(chez_elle))
    return frozenset(permissions)


def lue_pour(*, pour: Agent, au: date, personne: Personne, droits: Habilitation) -> int | None:
    """The absent colleague whose person this is, when the agent reads her file only as a cover (R20)."""
    if not droits.couvertures:
        return None
    acces = set(
        Rattachement.objects.filter(_acces_ouvert(au), personne__in=ids_du_groupe(personne))
        .exclude(pk__in=RawSQL(_REMPLACES, [_limite(au)]))  # noqa: S611
        .values_list("structure_id", "agent_id")
    )
    if any(agent == pour.pk for _, agent in acces):
        return None
    return next((c.absent for c in droits.couvertures if (c.structure, c.absent) in acces), None)


# Parts --------------------------------------------------------------------------------------------------------------
def _q_partie(champ: str, sql: str, parametres: list[Any]) -> Q:
    """Whoever a part of the rule names. A page that asks for it ten times has it worked out once, and gives the ids."""
    if not memoire.en_lecture():
        return Q(**{f"{champ}__in": RawSQL(sql, parametres)})  # noqa: S611
    ids = memoire.retenir((sql, repr(parametres)), lambda: _lire_ids(sql, parametres))
    return Q(**{f"{champ}__parmi": ids}) if ids else Q(**{f"{champ}__in": ()})


def _lire_ids(sql: str, parametres: list[Any]) -> Ids:
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return Ids(pk for (pk,) in curseur.fetchall())


def _acces_ouvert(au: date) -> Q:
    """V7: an access ends some days after the hand-over, not the day of it."""
    return Q(debut__lte=au) & (Q(fin__isnull=True) | Q(fin__gt=_limite(au)))


def _limite(au: date) -> date:
    return au - timedelta(days=entier("acces_apres_remise_jours", au=au))


def _parametres(
    postes: Collection[tuple[RoleAgent, int]], couverts: Collection[tuple[int, int]], pour: Agent, au: date
) -> list[Any]:
    """Of ``_CONFIEES``."""
    encadrees, siennes = _structures(postes, Etendue.STRUCTURE), _structures(postes, Etendue.AGENT)
    absents, lieux = [absent for absent, _ in couverts], [structure for _, structure in couverts]
    return [au, _limite(au), encadrees, pour.pk, siennes, absents, absents, lieux, _limite(au), pour.pk, au, au]


def _couverts(droits: Habilitation, permission: Permission) -> list[tuple[int, int]]:
    """(colleague, structure) pairs she covers for, where both may do this: never wider than the absent one (R20)."""
    peut = {structure for role, structure in droits.postes if permission in ROLES[role].permissions}
    return [
        (c.absent, c.structure)
        for c in droits.couvertures
        if c.structure in peut and permission in ROLES[c.role].permissions
    ]


def _structures(postes: Iterable[tuple[RoleAgent, int]], etendue: Etendue) -> list[int]:
    """Where a post reaches that far."""
    return [structure for role, structure in postes if ROLES[role].etendue is etendue]
