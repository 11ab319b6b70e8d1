"""Roles as data: what each may do and which categories of data it opens (domain §2.1, V1–V14).

A permission says *what*; the perimeter (``personnes.selectors``) says *on whom*. A role that is not listed for an
act cannot do it, whatever its perimeter.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cordee.metier.organismes.enums import RoleAgent, Unite
from cordee.socle.enums import EnumLibelle


class Permission(EnumLibelle):
    VOIR_PERSONNES = "voir_personnes", "Voir les personnes de son périmètre"
    VOIR_DROITS = "voir_droits", "Voir les montants et le détail des droits"
    VOIR_DIAGNOSTIC_DETAIL = "voir_diagnostic_detail", "Voir le détail du diagnostic"
    CREER_PERSONNE = "creer_personne", "Créer une fiche provisoire au guichet"
    CONVOQUER = "convoquer", "Convoquer et tenir l'agenda"
    DIAGNOSTIQUER = "diagnostiquer", "Mener l'entretien"
    ORIENTER = "orienter", "Décider l'orientation (délégation du président du conseil départemental)"
    NOTIFIER = "notifier", "Remettre une décision"
    NOMMER_REFERENT = "nommer_referent", "Nommer un référent"
    CONTRACTUALISER = "contractualiser", "Élaborer et signer un contrat"
    SUIVRE = "suivre", "Consigner un contact, une situation"
    INSTRUIRE = "instruire", "Répondre à l'organisme payeur, instruire les droits et devoirs"
    DECIDER = "decider", "Décider d'une mesure ou d'un recours (délégation du président du conseil départemental)"
    TENIR_EP = "tenir_ep", "Préparer et tenir les séances de l'équipe pluridisciplinaire"
    SIEGER = "sieger", "Lire les dossiers pseudonymisés de ses séances et donner son avis"
    IMPORTER = "importer", "Recevoir et charger un fichier"
    ARBITRER = "arbitrer", "Arbitrer les identités, fusionner"
    ENCADRER = "encadrer", "Réaffecter, voir son équipe"
    PILOTER = "piloter", "Voir les chiffres d'ensemble"
    ANALYSER = "analyser", "Étudier des cohortes, évaluer, publier des chiffres"
    ADMINISTRER = "administrer", "Gérer structures, agents et habilitations"
    EXPORTER = "exporter", "Exporter une liste de son périmètre"


class Etendue(EnumLibelle):
    """How far a role reaches."""

    DEPARTEMENT = "departement", "Toutes les personnes du département"
    STRUCTURE = "structure", "Les personnes rattachées à sa structure"
    AGENT = "agent", "Les personnes qui lui sont confiées"
    AUCUNE = "aucune", "Aucune personne"


@dataclass(frozen=True, slots=True)
class Role:
    """One role: the permissions it gives, how far it reaches, which owner kinds it answers for."""

    code: RoleAgent
    description: str
    permissions: frozenset[Permission]
    etendue: Etendue
    unites: frozenset[Unite] = field(default_factory=frozenset)


P = Permission
_ACCOMPAGNER = {
    P.VOIR_PERSONNES, P.VOIR_DROITS, P.VOIR_DIAGNOSTIC_DETAIL, P.CONVOQUER, P.DIAGNOSTIQUER, P.NOTIFIER,
    P.CONTRACTUALISER, P.SUIVRE, P.EXPORTER,
}  # fmt: skip

ROLES: dict[RoleAgent, Role] = {
    role.code: role
    for role in (
        Role(
            RoleAgent.AGENT_PLATEFORME,
            "Convoque les nouveaux entrants, mène le premier entretien, prononce et remet l'orientation.",
            frozenset(
                {
                    P.VOIR_PERSONNES,
                    P.CREER_PERSONNE,
                    P.CONVOQUER,
                    P.DIAGNOSTIQUER,
                    P.ORIENTER,
                    P.NOTIFIER,
                    P.SUIVRE,
                    P.EXPORTER,
                }
            ),
            Etendue.DEPARTEMENT,
            frozenset({Unite.PLATEFORME}),
        ),
        Role(
            RoleAgent.ENCADRANT,
            "Encadre la plateforme : réaffecte, prononce les orientations par défaut, arbitre les retards.",
            frozenset(
                {
                    P.VOIR_PERSONNES,
                    P.VOIR_DROITS,
                    P.CREER_PERSONNE,
                    P.CONVOQUER,
                    P.DIAGNOSTIQUER,
                    P.ORIENTER,
                    P.NOTIFIER,
                    P.NOMMER_REFERENT,
                    P.SUIVRE,
                    P.ENCADRER,
                    P.PILOTER,
                    P.EXPORTER,
                }
            ),
            Etendue.DEPARTEMENT,
            frozenset({Unite.PLATEFORME, Unite.ENCADREMENT}),
        ),
        Role(
            RoleAgent.REFERENT,
            "Accompagne les personnes qui lui sont confiées : diagnostic, contrat, suivi.",
            frozenset(_ACCOMPAGNER),
            Etendue.AGENT,
            frozenset({Unite.REFERENT}),
        ),
        Role(
            RoleAgent.CHEF_STRUCTURE,
            "Reçoit les personnes orientées vers sa structure et nomme leur référent.",
            frozenset(_ACCOMPAGNER | {P.NOMMER_REFERENT, P.ENCADRER, P.CREER_PERSONNE}),
            Etendue.STRUCTURE,
            frozenset({Unite.CHEF_STRUCTURE, Unite.STRUCTURE_RECEVANTE, Unite.REFERENT}),
        ),
        Role(
            RoleAgent.LIAISON,
            "Suit ce qui est attendu des partenaires et transmet les dossiers.",
            frozenset({P.VOIR_PERSONNES, P.ORIENTER, P.SUIVRE, P.EXPORTER}),
            Etendue.DEPARTEMENT,
            frozenset({Unite.LIAISON}),
        ),
        Role(
            RoleAgent.GESTIONNAIRE_DONNEES,
            "Reçoit les fichiers, règle un à un les désaccords et les doublons.",
            frozenset(
                {P.VOIR_PERSONNES, P.VOIR_DROITS, P.CREER_PERSONNE, P.IMPORTER, P.ARBITRER, P.SUIVRE, P.EXPORTER}
            ),
            Etendue.DEPARTEMENT,
            frozenset({Unite.DONNEES}),
        ),
        Role(
            RoleAgent.DEVOIRS,
            "Instruit les procédures de droits et devoirs, répond à l'organisme payeur.",
            frozenset({P.VOIR_PERSONNES, P.VOIR_DROITS, P.INSTRUIRE, P.TENIR_EP, P.EXPORTER}),
            Etendue.DEPARTEMENT,
            frozenset({Unite.DEVOIRS, Unite.JURIDIQUE}),
        ),
        Role(
            RoleAgent.SIGNATAIRE,
            "Décide par délégation, sur un dossier que d'autres ont instruit.",
            frozenset({P.VOIR_PERSONNES, P.VOIR_DROITS, P.DECIDER}),
            Etendue.DEPARTEMENT,
        ),
        Role(
            RoleAgent.MEMBRE_EP,
            "Siège à l'équipe pluridisciplinaire : lit les dossiers pseudonymisés de ses séances, rien d'autre.",
            frozenset({P.SIEGER}),
            Etendue.AUCUNE,
        ),
        Role(
            RoleAgent.TRAVAILLEUR_SOCIAL,
            "Service social de secteur : accompagne, fait le point sur les autres droits.",
            frozenset(_ACCOMPAGNER),
            Etendue.AGENT,
            frozenset({Unite.REFERENT, Unite.TRAVAIL_SOCIAL}),
        ),
        Role(
            RoleAgent.OPERATEUR,
            "Accompagne les personnes confiées à l'opérateur par convention.",
            frozenset(_ACCOMPAGNER - {P.VOIR_DROITS}),
            Etendue.AGENT,
            frozenset({Unite.REFERENT}),
        ),
        Role(
            RoleAgent.CHARGE_EMPLOI,
            "Rapproche les personnes et les offres ; ne voit ni les droits ni les freins sociaux.",
            frozenset({P.VOIR_PERSONNES}),
            Etendue.STRUCTURE,
        ),
        Role(
            RoleAgent.PILOTAGE,
            "Suit les chiffres d'ensemble, étudie des cohortes, évalue, publie.",
            frozenset({P.PILOTER, P.ANALYSER}),
            Etendue.AUCUNE,
        ),
        Role(RoleAgent.ELU, "Suit les chiffres publiés.", frozenset({P.PILOTER}), Etendue.AUCUNE),
        Role(
            RoleAgent.ADMINISTRATEUR,
            "Gère les structures, les agents et les habilitations ; ne voit aucun dossier.",
            frozenset({P.ADMINISTRER}),
            Etendue.AUCUNE,
        ),
    )
}


def permissions_de(roles: frozenset[RoleAgent]) -> frozenset[Permission]:
    """All that a set of roles allows.

    >>> Permission.IMPORTER in permissions_de(frozenset({RoleAgent.REFERENT}))
    False
    """
    return frozenset().union(*(ROLES[role].permissions for role in roles)) if roles else frozenset()


def unites_de(roles: frozenset[RoleAgent]) -> frozenset[Unite]:
    """The owner kinds a set of roles answers for."""
    return frozenset().union(*(ROLES[role].unites for role in roles)) if roles else frozenset()
