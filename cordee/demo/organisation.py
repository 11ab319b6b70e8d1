"""The synthetic organisation: structures, sectors, conventions, demonstration accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from cordee.metier.organismes import services
from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.territoires.models import Commune

DOMAINE: Final = "@demo.cordee.invalid"  # the accounts offered on the sign-in page
DOMAINE_COLLEGUES: Final = "@agents.cordee.invalid"  # colleagues nobody signs in as
MOT_DE_PASSE: Final = "Essai-Cordee-2026"
OUVERTURE: Final = date(2023, 1, 1)
_SANS_ENFANT = PublicSecteur.SANS_ENFANT
# Agents beside the named accounts, so that people have référents everywhere.
_PRENOMS: Final = ("Alix", "Camille", "Dominique", "Eden", "Lou", "Morgan", "Noa", "Sacha", "Charlie", "Maxime")
_NOMS: Final = ("Bellier", "Chastel", "Dormoy", "Estève", "Falguier", "Garance", "Hautbois", "Jonquille", "Lavigne",
                "Montaigu")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Organisation:
    """What was built, by code."""

    structures: dict[str, Structure]
    comptes: dict[str, Agent]
    referents: dict[int, list[Agent]]


def construire_organisation(*, par: Agent, le: datetime) -> Organisation:
    """Build everything through the services. The département must be installed and have no structure of this kind."""
    plan = _plan()
    communes = {c.code_insee: c for c in Commune.objects.all()}
    structures = {s.code: s for s in Structure.objects.all()}
    for fiche in _fiches(plan, communes):
        if fiche["code"] not in structures:
            structures[fiche["code"]] = services.creer_structure(
                code=fiche["code"], nom=fiche["nom"], type=TypeStructure(fiche["type"]), debut=OUVERTURE,
                categorie=GenreOrganismeReferent(fiche["categorie"]) if fiche["categorie"] else None,
                commune=communes[fiche["commune"]], adresse="1 place de la Démonstration",
                code_postal=communes[fiche["commune"]].codes_postaux[0], telephone="01 99 00 00 00", par=par, le=le,
            )  # fmt: skip
        structure = structures[fiche["code"]]
        for insee in fiche["communes"]:
            services.regler_secteur(
                structure=structure, commune=communes[insee], public=fiche["public"], debut=OUVERTURE, par=par, le=le
            )
        if fiche["categorie"] == GenreOrganismeReferent.DELEGATAIRE:
            services.creer_convention(
                structure=structure, reference=f"CONV-{fiche['code']}", objet="Référence de personnes au RSA",
                debut=OUVERTURE, fin=date(2027, 12, 31), volume=150, signataires="Département et structure",
                par=par, le=le,
            )  # fmt: skip
    comptes = {c["compte"]: _compte(c, structures, par=par, le=le) for c in plan["comptes"]}
    return Organisation(structures, comptes, _referents(structures, comptes, par=par, le=le))


@cache
def _plan() -> dict[str, Any]:
    return yaml.safe_load((files("cordee.demo") / "organisation.yaml").read_text("utf-8"))


def _fiches(plan: dict[str, Any], communes: dict[str, Commune]) -> list[dict[str, Any]]:
    """Every structure in one shape: code, name, type, kind of référent body, seat, communes served, public."""
    departement, delegataire = GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL, GenreOrganismeReferent.DELEGATAIRE
    fiches = [_fiche(plan["plateforme"])]
    fiches += [_fiche(e, type=TypeStructure.EDS, categorie=departement) for e in plan["eds"]]
    fiches += [_fiche(e, type=TypeStructure.EI, categorie=departement) for e in plan["ei"]]
    for insee in plan["ccas"]:
        ccas = {"code": f"CCAS-{insee}", "nom": f"CCAS {_de(communes[insee].nom)}", "communes": [insee]}
        fiches.append(_fiche(ccas, type=TypeStructure.CCAS, categorie=delegataire, public=_SANS_ENFANT))
    fiches += [
        _fiche(a, type=TypeStructure.ASSOCIATION, categorie=delegataire, public=_SANS_ENFANT)
        for a in plan["associations"]
    ]
    return fiches + [_fiche(a) for a in plan["autres"]]


def _fiche(brut: dict[str, Any], **defauts: Any) -> dict[str, Any]:
    fiche = {"categorie": "", "public": PublicSecteur.TOUS, "communes": [], **defauts, **brut}
    fiche["public"] = PublicSecteur(fiche["public"])
    return {"commune": (fiche["communes"] or [None])[0], **fiche}


def _de(nom: str) -> str:
    """« de » before a commune.

    >>> _de("Le Kremlin-Bicêtre"), _de("Alfortville"), _de("Créteil"), _de("L'Haÿ-les-Roses")
    ('du Kremlin-Bicêtre', "d'Alfortville", 'de Créteil', "de L'Haÿ-les-Roses")
    """
    if nom.startswith("Le "):
        return f"du {nom[3:]}"
    return f"d'{nom}" if nom[0] in "AEIOUÉ" else f"de {nom}"


def _compte(fiche: dict[str, str], structures: dict[str, Structure], *, par: Agent, le: datetime) -> Agent:
    agent = services.creer_agent(
        courriel=fiche["compte"] + DOMAINE, nom=fiche["nom"], prenom=fiche["prenom"], mot_de_passe=MOT_DE_PASSE,
        par=par, le=le,
    )  # fmt: skip
    services.affecter(
        agent=agent, structure=structures[fiche["structure"]], role=RoleAgent(fiche["role"]), debut=OUVERTURE, par=par,
        le=le,
    )  # fmt: skip
    return agent


def _referents(
    structures: dict[str, Structure], comptes: dict[str, Agent], *, par: Agent, le: datetime
) -> dict[int, list[Agent]]:
    """Two référents in every body that may accompany; the named accounts first."""
    plan = _plan()
    referents: dict[int, list[Agent]] = {}
    for c in plan["comptes"]:
        if c["role"] in (RoleAgent.REFERENT, RoleAgent.OPERATEUR):
            referents.setdefault(structures[c["structure"]].pk, []).append(comptes[c["compte"]])
    accompagnent = [s for s in structures.values() if s.categorie and s.type != TypeStructure.OPERATEUR_EMPLOI]
    for rang, structure in enumerate(sorted(accompagnent, key=lambda s: s.code)):
        equipe = referents.setdefault(structure.pk, [])
        while len(equipe) < 2:
            numero = 2 * rang + len(equipe)
            agent = services.creer_agent(
                courriel=f"agent{numero:03d}{DOMAINE_COLLEGUES}", prenom=_PRENOMS[numero % 10],
                nom=_NOMS[(numero // 10 + rang) % 10], par=par, le=le,
            )  # fmt: skip
            role = RoleAgent.OPERATEUR if structure.type == TypeStructure.OPERATEUR else RoleAgent.REFERENT
            services.affecter(agent=agent, structure=structure, role=role, debut=OUVERTURE, par=par, le=le)
            equipe.append(agent)
    return referents
