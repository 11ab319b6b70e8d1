"""Reads of organisations: what an agent may do on a day, which structure serves a sector, who works where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import DateField, Q, QuerySet, Value

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, Unite
from cordee.metier.organismes.models import (
    Affectation,
    Agent,
    Convention,
    RegleSecteur,
    Structure,
    en_cours,
)
from cordee.metier.organismes.roles import ROLES, Etendue, Permission, permissions_de, unites_de
from cordee.reglementation.organismes_referents import GenreOrganismeReferent, convention_exigee
from cordee.socle.erreurs import ErreurMetier

COURRIEL_SYSTEME = "systeme@cordee.invalid"
# From the widest to the narrowest.
_ETENDUES = (Etendue.DEPARTEMENT, Etendue.STRUCTURE, Etendue.AGENT, Etendue.AUCUNE)
# Which rule serves a public, most precise first; « tous publics » serves whoever no rule names.
_REPLIS: Mapping[PublicSecteur, tuple[PublicSecteur, ...]] = {
    PublicSecteur.ISOLES: (PublicSecteur.ISOLES, PublicSecteur.SANS_ENFANT, PublicSecteur.TOUS),
    PublicSecteur.COUPLES_SANS_ENFANT: (
        PublicSecteur.COUPLES_SANS_ENFANT,
        PublicSecteur.SANS_ENFANT,
        PublicSecteur.TOUS,
    ),
    PublicSecteur.SANS_ENFANT: (PublicSecteur.SANS_ENFANT, PublicSecteur.TOUS),
    PublicSecteur.AVEC_ENFANT: (PublicSecteur.AVEC_ENFANT, PublicSecteur.TOUS),
    PublicSecteur.TOUS: (PublicSecteur.TOUS,),
}


class InstallationIncomplete(ErreurMetier):
    """The rows that every installation holds are missing."""


@dataclass(frozen=True, slots=True)
class Couverture:
    """An absent colleague whose people an agent answers for until ``fin`` excluded (R20).

    ``role`` is the colleague's, in a structure where both work: what may be done on those people is what both may do.
    """

    absent: int
    role: RoleAgent
    structure: int
    fin: date


@dataclass(frozen=True, slots=True)
class Habilitation:
    """What an agent may do on a day: her roles in force, put together.

    ``postes``: (role, structure) pairs. ``structures``: where she works; ``structures_encadrees``: those whose people
    she reaches without being named. ``etendue``: the widest reach. An agent who left has no role at all.
    ``couvertures``: whom she covers for on that day; they add people, never a permission.
    """

    agent_id: int
    postes: frozenset[tuple[RoleAgent, int]] = frozenset()
    couvertures: tuple[Couverture, ...] = ()
    roles: frozenset[RoleAgent] = field(init=False)
    permissions: frozenset[Permission] = field(init=False)
    unites: frozenset[Unite] = field(init=False)
    structures: frozenset[int] = field(init=False)
    structures_encadrees: frozenset[int] = field(init=False)
    etendue: Etendue = field(init=False)

    def __post_init__(self) -> None:
        roles = frozenset(role for role, _ in self.postes)
        etendues = {ROLES[role].etendue for role in roles}
        derives = {
            "roles": roles,
            "permissions": permissions_de(roles),
            "unites": unites_de(roles),
            "structures": frozenset(structure for _, structure in self.postes),
            "structures_encadrees": self.structures_de(Etendue.STRUCTURE),
            "etendue": next((e for e in _ETENDUES if e in etendues), Etendue.AUCUNE),
        }
        for nom, valeur in derives.items():
            object.__setattr__(self, nom, valeur)

    def peut(self, permission: Permission) -> bool:
        """Whether one of her roles allows it. On whom: ``personnes.selectors``.

        >>> Habilitation(1, frozenset({(RoleAgent.REFERENT, 7)})).peut(Permission.IMPORTER)
        False
        """
        return permission in self.permissions

    def structures_de(self, etendue: Etendue, permission: Permission | None = None) -> frozenset[int]:
        """Structures where a role of that reach (and that permission) is held."""
        return frozenset(
            structure
            for role, structure in self.postes
            if ROLES[role].etendue is etendue and (permission is None or permission in ROLES[role].permissions)
        )

    def departement(self, permission: Permission) -> bool:
        """Whether a role that reaches everybody gives this permission."""
        return bool(self.structures_de(Etendue.DEPARTEMENT, permission))


def habilitation(agent: Agent, *, au: date) -> Habilitation:
    """The roles of an agent on a day and whom she covers for, in one query. None once her access is closed.

    A cover holds only where both work that day; an absent colleague whose own access is closed is covered by nobody:
    her people are back with the structure.
    """
    if not agent.is_active:
        return Habilitation(agent.pk)
    siens = Affectation.objects.filter(en_cours(au), agent=agent).values_list(
        "role", "structure_id", Value(0), Value(None, output_field=DateField())
    )
    couverts = Affectation.objects.filter(
        en_cours(au), en_cours(au, "agent__suppleances_recues__"), agent__suppleances_recues__remplacant=agent,
        agent__actif=True,
    ).values_list("role", "structure_id", "agent_id", "agent__suppleances_recues__fin")  # fmt: skip
    lus = list(siens.union(couverts, all=True))
    postes = frozenset((RoleAgent(role), structure) for role, structure, absent, _ in lus if not absent)
    chez_elle = {structure for _, structure in postes}
    couvertures = {
        Couverture(absent, RoleAgent(role), structure, fin)
        for role, structure, absent, fin in lus
        if absent and structure in chez_elle
    }
    return Habilitation(agent.pk, postes, tuple(sorted(couvertures, key=lambda c: (c.absent, c.structure, c.role))))


def agent_systeme() -> Agent:
    """The agent who acts for files and for time.

    Raises:
        InstallationIncomplete: the installation has not made it yet.
    """
    agent = Agent.objects.filter(courriel=COURRIEL_SYSTEME, systeme=True).first()
    if agent is None:
        raise InstallationIncomplete("L'installation n'est pas terminée : lancez « cordee installer ».")
    return agent


def agents_de(structure: Structure, *, au: date, roles: frozenset[RoleAgent] | None = None) -> QuerySet[Agent]:
    """Agents who work in a structure on a day (with one of these roles), by name."""
    postes = Affectation.objects.filter(en_cours(au), structure=structure)
    if roles is not None:
        postes = postes.filter(role__in=roles)
    return Agent.objects.filter(actif=True, systeme=False, pk__in=postes.values("agent")).order_by(
        "nom", "prenom", "pk"
    )


# Sectors ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CarteSecteurs:
    """Every sector rule in force on a day, for bulk work: ``carte.structure("94028", PublicSecteur.ISOLES)``."""

    regles: Mapping[tuple[str, PublicSecteur], int]

    def structure(self, code_insee: str, public: PublicSecteur | None) -> int | None:
        """Id of the structure that receives this public of a commune; ``None``: no sector.

        >>> carte = CarteSecteurs({("94028", PublicSecteur.TOUS): 1, ("94028", PublicSecteur.SANS_ENFANT): 2})
        >>> carte.structure("94028", PublicSecteur.ISOLES), carte.structure("94028", PublicSecteur.AVEC_ENFANT)
        (2, 1)
        >>> carte.structure("94046", None) is None
        True
        """
        for public_servi in _REPLIS[public or PublicSecteur.TOUS]:
            structure = self.regles.get((code_insee, public_servi))
            if structure is not None:
                return structure
        return None


def carte_des_secteurs(au: date) -> CarteSecteurs:
    """The sector rules in force on a day, in one query. A closed structure serves nobody."""
    regles = RegleSecteur.objects.filter(en_cours(au), en_cours(au, "structure__"))
    return CarteSecteurs(
        {
            (commune, PublicSecteur(public)): structure
            for commune, public, structure in regles.values_list("commune_id", "public", "structure_id")
        }
    )


def structure_du_secteur(*, code_insee: str, public: PublicSecteur | None, au: date) -> Structure | None:
    """The structure that receives this public of a commune on a day (PDIE: by residence and household)."""
    pk = carte_des_secteurs(au).structure(code_insee, public)
    return None if pk is None else Structure.objects.get(pk=pk)


# Bodies that may be référents ---------------------------------------------------------------------------------------
def structures_orientables(*, categorie: GenreOrganismeReferent, au: date) -> QuerySet[Structure]:
    """Open bodies of a category towards which a person may be oriented on a day, by name.

    C. trav. L5411-5-1 IV 3°: a délégataire only under a convention in force on that day (V14).
    """
    structures = Structure.objects.filter(en_cours(au), categorie=categorie)
    if convention_exigee(categorie):
        structures = structures.filter(pk__in=Convention.objects.filter(en_cours(au)).values("structure"))
    return structures.order_by("nom", "pk")


def structures_ouvertes(*, au: date, texte: str = "") -> QuerySet[Structure]:
    """Open structures on a day, by name; ``texte`` looks in the name and the code."""
    structures = Structure.objects.filter(en_cours(au))
    if texte:
        structures = structures.filter(Q(nom__icontains=texte) | Q(code__icontains=texte))
    return structures.order_by("nom", "pk")
