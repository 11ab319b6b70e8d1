"""Contracts that wait for a signature, people who have a space of their own, promises kept: by the product itself."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from cordee.demo import identites
from cordee.demo.matinee_atelier import Atelier
from cordee.demo.matinee_referents import JOURNEES, SANS_CONTRAT
from cordee.metier.contrats import services as contrats
from cordee.metier.contrats.enums import Engage, FamilleActivite, MoyenSignature
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.contrats.regles import Ligne
from cordee.metier.contrats.regles.signature import trait_de
from cordee.metier.contrats.selectors.contrat import lignes_de
from cordee.metier.contrats.services import proposition
from cordee.metier.contrats.services.circuit import demander_validation, regler_circuit
from cordee.metier.contrats.services.engagements import marquer_tenu
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.participation import services as participation
from cordee.metier.participation.selectors import contacts_a_elle
from cordee.metier.personnes.services import ajouter_contact
from cordee.reglementation.calendrier import ajouter_mois

PROPOSES: Final = 3
AVEC_CIRCUIT: Final = "operateur"
"""The account whose contract waits for the head of her structure."""
_NUMEROS: Final = 12_000
_PROMESSES: Final = (
    Ligne(engage=Engage.PERSONNE, texte="Venir aux rendez-vous ou prévenir"),
    Ligne(engage=Engage.ORGANISME, texte="Vous recevoir chaque mois"),
)
_TRAIT: Final = trait_de([[[80 + 50 * n, 210 + (n * 37 % 90) - n * 3] for n in range(17)]])


def faire_signer(atelier: Atelier) -> None:
    """Each named référent: contracts proposed, the first with a space opened, one signed with a finger."""
    for compte in JOURNEES:
        agent = atelier.organisation.comptes[compte]
        for rang, situation in enumerate(_a_preparer(atelier, agent)):
            contrat = _preparer(atelier, situation, agent, avec_heures=rang != 1)
            if contrat is None or rang == 1:
                continue  # the second is left to complete
            if compte == AVEC_CIRCUIT:
                _faire_relire(atelier, contrat, agent)
                break
            _proposer(atelier, contrat, agent, signe=rang == PROPOSES - 1)
        _tenir(atelier, agent)


def _a_preparer(a: Atelier, agent: Agent) -> list[Situation]:
    """Those without a contract first, then those whose contract is due to be talked over; an appointment may await."""
    siennes = Situation.objects.filter(referent_agent=agent, personne__canonique__isnull=True).select_related(
        "personne"
    )
    gens = list(siennes.filter(etat__in=SANS_CONTRAT).order_by("notifie_le", "personne_id")[: PROPOSES + 9])
    gens += siennes.filter(etat=Etat.ACCOMPAGNEE).order_by("actualisation_le", "personne_id")[: PROPOSES + 9]
    ecrits = Contrat.objects.filter(debut__isnull=True, fin__isnull=True, personne__in=[s.personne_id for s in gens])
    deja = set(ecrits.values_list("personne_id", flat=True))
    return [s for s in gens if s.personne_id not in deja][:PROPOSES]


def _preparer(a: Atelier, situation: Situation, agent: Agent, *, avec_heures: bool) -> Contrat | None:
    """From her interview; where it said little, one action that fits everybody."""
    plus: dict[str, Any] = {"heures": Decimal(15)} if avec_heures else {}
    contrat = a.tenter(
        "contrats préparés", contrats.preparer, personne=situation.personne, par=agent, le=a.ce_matin(),
        prochaine_actualisation=ajouter_mois(a.au, 6), **plus,
    )  # fmt: skip
    if contrat is None:
        return None
    lignes = lignes_de(contrat)
    manquent = [x for x in _PROMESSES if not any(y.engage is x.engage and not y.famille for y in lignes)]
    if not manquent and contrat.projet and any(x.famille for x in lignes):
        return contrat
    atelier = Ligne(
        engage=Engage.PERSONNE, texte="Participer à l'atelier de recherche d'emploi", famille=FamilleActivite.RECHERCHE,
        heures=Decimal(10), avant_le=a.au + timedelta(days=45),
    )  # fmt: skip
    return a.tenter(
        "contrats complétés", contrats.modifier, contrat=contrat, version=contrat.version, par=agent, le=a.ce_matin(),
        engagements=[*lignes, *manquent, atelier], projet=contrat.projet or "Reprendre un emploi près de chez soi",
    )  # fmt: skip


def _proposer(a: Atelier, contrat: Contrat, agent: Agent, *, signe: bool) -> None:
    propose = a.tenter(
        "contrats proposés", proposition.proposer, contrat=contrat, version=contrat.version, par=agent, le=a.ce_matin()
    )
    if propose is None:
        return
    if signe:
        a.tenter(
            "contrats signés à l'écran", proposition.recueillir, contrat=propose, moyen=MoyenSignature.TRACE,
            empreinte=propose.empreinte, trait=_TRAIT, lu_a_voix_haute=True, par=agent, le=a.ce_matin(),
        )  # fmt: skip
        return
    personne = propose.personne
    contact = contacts_a_elle(personne, le=a.le).first() or ajouter_contact(
        personne=personne, valeur=identites.telephone(_NUMEROS + personne.pk % 7_000), par=agent, le=a.ce_matin(),
        verifie=True,
    )  # fmt: skip
    a.tenter(
        "espaces ouverts", participation.activer_acces, personne=personne, contact=contact, en_presence=True,
        par=agent, le=a.ce_matin(),
    )  # fmt: skip


def _faire_relire(a: Atelier, contrat: Contrat, agent: Agent) -> None:
    """A structure that wants its contracts read again: the circuit is set, one waits."""
    etapes = [("Relu par la responsable", RoleAgent.CHEF_STRUCTURE)]
    a.tenter("circuits réglés", regler_circuit, structure=contrat.structure, etapes=etapes, par=agent, le=a.ce_matin())
    a.tenter(
        "validations demandées", demander_validation, contrat=contrat, version=contrat.version, par=agent,
        le=a.ce_matin(),
    )  # fmt: skip


def _tenir(a: Atelier, agent: Agent) -> None:
    """Two promises of this agent were kept yesterday."""
    siennes = Engagement.objects.filter(
        engage=Engage.ORGANISME, contrat__referent=agent, contrat__debut__isnull=False, contrat__fin__isnull=True,
        etat="en_cours", avant_le__isnull=False,
    ).order_by("avant_le", "pk")  # fmt: skip
    for engagement in siennes[:2]:
        a.tenter(
            "promesses tenues", marquer_tenu, engagement=engagement, tenu_le=min(a.ouvre(-1), a.au), par=agent, le=a.le
        )
