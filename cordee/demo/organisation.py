"""The synthetic organisation: structures, sectors, conventions, agents of five years, demonstration accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Final

import yaml
from django.contrib.auth.hashers import make_password
from django.db import transaction

from cordee.demo.equipes import (
    ACCOMPAGNENT,
    OUVERTURE,
    ROLES,
    FicheStructure,
    Metier,
    Poste,
    capacite_de,
    charge_moyenne,
    metier_de,
    noms,
)
from cordee.demo.equipes import occupations as occuper
from cordee.demo.population import communes_val_de_marne
from cordee.demo.reglages import ecrire_reglages
from cordee.metier.organismes.enums import PublicSecteur, TypeStructure
from cordee.metier.organismes.enums import RoleAgent as Role
from cordee.metier.organismes.models import Affectation, Agent, Convention, RegleSecteur, Structure
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.horloge import PARIS, jour
from cordee.territoires.models import Commune
from cordee.territoires.sources import lire_departement

__all__ = ["DOMAINE", "MOT_DE_PASSE", "OUVERTURE", "Organisation", "construire_organisation", "lire_organisation"]

DOMAINE: Final = "@demo.cordee.invalid"  # the accounts offered on the sign-in page
DOMAINE_COLLEGUES: Final = "@agents.cordee.invalid"  # colleagues nobody signs in as
MOT_DE_PASSE: Final = "Essai-Cordee-2026"
GRAINE: Final = 94
_OPERATEURS: Final = date(2024, 1, 1)
_CONVENTIONS: Final = ((date(2018, 1, 1), date(2023, 1, 1)), (date(2023, 1, 1), date(2028, 1, 1)))
"""Periods of the conventions of CCAS and associations (PDIE 2018-2022, then 2023-2027)."""
_ACCOMPAGNEES: Final = 4_750
"""People CCAS and associations accompany in a year (PDIE: 3,700 to 5,800, that is 116 to 180 each)."""
_VOLUME_MINIMAL: Final = 45
_PERSONNES_PAR_CONSEILLER: Final = 75
_DECOUVERTE: Final = 21
"""Days before an agent who has just come signs in."""
_AU_COMPLET: Final = frozenset({
    Metier.ACCUEIL_DIAGNOSTIC, Metier.ENCADRANT_PLATEFORME, Metier.CIP, Metier.SPECIALISE,
})  # fmt: skip
"""Trades whose number is published: a position is never empty."""
_D = GenreOrganismeReferent


@dataclass(frozen=True, slots=True)
class Organisation:
    """What was built, by code: rows, demonstration accounts, and each structure as the history needs it."""

    structures: dict[str, Structure]
    comptes: dict[str, Agent]
    fiches: dict[str, FicheStructure]

    def fiche(self, structure_id: int) -> FicheStructure | None:
        return next((fiche for fiche in self.fiches.values() if fiche.id == structure_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevue:
    """A structure of the plan. ``equipe``: (trade, number of positions, since when)."""

    code: str
    nom: str
    type: TypeStructure
    categorie: GenreOrganismeReferent | None
    siege: str
    communes: tuple[str, ...] = ()
    par_secteur: bool = False
    public: PublicSecteur = PublicSecteur.TOUS
    debut: date = OUVERTURE
    parent: str = ""
    equipe: tuple[tuple[Metier, int, date], ...] = ()
    conventions: tuple[tuple[date, date], ...] = ()
    volume: int | None = None


@transaction.atomic
def construire_organisation(*, par: Agent, le: datetime, graine: int = GRAINE) -> Organisation:
    """Build everything, set-based. The département must be installed and have no structure of this kind.

    Args:
        graine: who came and left when; the same seed on the same day gives the same teams.
    """
    prevues = plan()
    structures = _ecrire_structures(prevues)
    _ecrire_agents(prevues, structures, graine=graine, le=le)
    ecrire_reglages(structures)
    return lire_organisation()


def lire_organisation() -> Organisation:
    """The organisation as the database holds it."""
    structures = {structure.code: structure for structure in Structure.objects.select_related("commune")}
    agents = {agent.pk: agent for agent in Agent.objects.all()}
    comptes = {a.courriel.removesuffix(DOMAINE): a for a in agents.values() if a.courriel.endswith(DOMAINE)}
    postes: dict[int, list[Poste]] = {}
    types = {structure.pk: TypeStructure(structure.type) for structure in structures.values()}
    for affectation in Affectation.objects.order_by("debut", "pk"):
        poste = _poste(affectation, agents[affectation.agent_id], types[affectation.structure_id])
        postes.setdefault(affectation.structure_id, []).append(poste)
    fiches = {
        prevue.code: FicheStructure(
            id=structures[prevue.code].pk, code=prevue.code, nom=prevue.nom, type=prevue.type,
            categorie=prevue.categorie, communes=prevue.communes, par_secteur=prevue.par_secteur, public=prevue.public,
            debut=prevue.debut, volume=prevue.volume, postes=tuple(postes.get(structures[prevue.code].pk, ())),
        )
        for prevue in plan()
        if prevue.code in structures
    }  # fmt: skip
    return Organisation(structures, comptes, fiches)


# The plan -----------------------------------------------------------------------------------------------------------
@cache
def _brut() -> dict[str, Any]:
    return yaml.safe_load((files("cordee.demo") / "organisation.yaml").read_text("utf-8"))


@cache
def plan() -> tuple[Prevue, ...]:
    """Every structure of the demonstration, in one shape."""
    brut = _brut()
    return (
        _prevue(brut["plateforme"], categorie=None),
        *(_prevue(e, type="eds", categorie=_D.CONSEIL_DEPARTEMENTAL, equipe=_equipe_sociale(e)) for e in brut["eds"]),
        *(_prevue(e, type="ei", categorie=_D.CONSEIL_DEPARTEMENTAL, equipe=_equipe_sociale(e)) for e in brut["ei"]),
        *_delegataires(brut),
        *(
            _prevue(e, type="equipe_specialisee", categorie=_D.CONSEIL_DEPARTEMENTAL, parent="DIR",
                    equipe=_equipe(Metier.SPECIALISE, e["agents"], e["debut"]))
            for e in brut["equipes_specialisees"]
        ),
        *(
            _prevue(e, type="operateur", categorie=_D.DELEGATAIRE, debut=_OPERATEURS,
                    conventions=((_OPERATEURS, date(2027, 12, 31)),),
                    equipe=_equipe(Metier.INTERVENANT, e["agents"], _OPERATEURS))
            for e in brut["operateurs"]
        ),
        *(_prevue({**e, "nom": f"Agence de l'opérateur de l'emploi {e['ville']}"}, type="operateur_emploi",
                  categorie=_D.OPERATEUR_EMPLOI, parent="AOE") for e in brut["agences"]),
        *(
            _prevue(e, type="mission_locale", categorie=_D.MISSION_LOCALE,
                    equipe=_equipe(Metier.CONSEILLER, e["agents"], OUVERTURE))
            for e in brut["missions_locales"]
        ),
        *(_prevue(e, categorie=_D(e["categorie"]) if e["categorie"] else None) for e in brut["autres"]),
    )  # fmt: skip


def _prevue(brut: Mapping[str, Any], **dit: Any) -> Prevue:
    fait = {**brut, **dit}
    territoire = tuple(i for t in fait.get("territoire", ()) for i in _communes_de(t))
    equipe = fait.get("equipe", ())
    if equipe and isinstance(equipe[0], dict):
        equipe = tuple((Metier(e["metier"]), e["nombre"], e.get("depuis", OUVERTURE)) for e in equipe)
    secteur = tuple(fait.get("communes", ()))
    return Prevue(
        code=fait["code"], nom=fait["nom"], type=TypeStructure(fait["type"]), categorie=fait["categorie"],
        siege=fait.get("commune") or secteur[0], communes=secteur or territoire, par_secteur=bool(secteur),
        public=PublicSecteur(fait.get("public", PublicSecteur.TOUS)), debut=fait.get("debut", OUVERTURE),
        parent=fait.get("parent", ""), equipe=tuple(equipe), conventions=fait.get("conventions", ()),
        volume=fait.get("volume"),
    )  # fmt: skip


def _equipe(metier: Metier, nombre: int, depuis: date) -> tuple[tuple[Metier, int, date], ...]:
    return (Metier.RESPONSABLE, 1, depuis), (metier, nombre, depuis)


def _equipe_sociale(brut: Mapping[str, Any]) -> tuple[tuple[Metier, int, date], ...]:
    """An EDS or an EI: its head, social workers, and conseillers en insertion professionnelle (11, then 22)."""
    cip = (Metier.CIP, brut["cip"], brut.get("cip_depuis", OUVERTURE))
    return (*_equipe(Metier.TRAVAILLEUR_SOCIAL, brut["sociaux"], OUVERTURE), cip)


def _delegataires(brut: Mapping[str, Any]) -> Iterator[Prevue]:
    """26 CCAS and 6 associations: each under a convention for a number of people in proportion of its towns."""
    poids = {commune.insee: commune.poids for commune in communes_val_de_marne()}
    noms_communes = {commune.insee: commune.nom for commune in communes_val_de_marne()}
    ccas = [
        {"code": f"CCAS-{insee}", "nom": f"CCAS {_de(noms_communes[insee])}", "communes": [insee], "type": "ccas"}
        for insee in brut["ccas"]
    ]
    tous = ccas + [{**a, "type": "association"} for a in brut["associations"]]
    total = sum(poids[insee] for structure in tous for insee in structure["communes"])
    for structure in tous:
        part = sum(poids[insee] for insee in structure["communes"]) / total
        volume = max(round(_ACCOMPAGNEES * part), _VOLUME_MINIMAL)
        conseillers = max(round(volume / _PERSONNES_PAR_CONSEILLER), 1)
        yield _prevue(
            structure, categorie=_D.DELEGATAIRE, public=PublicSecteur.SANS_ENFANT, conventions=_CONVENTIONS,
            volume=volume, equipe=_equipe(Metier.CONSEILLER, conseillers, OUVERTURE),
        )  # fmt: skip


def _communes_de(territoire: str) -> tuple[str, ...]:
    """A commune, or those of a territory.

    >>> len(_communes_de("T11")), _communes_de("94028")
    (16, ('94028',))
    """
    return tuple(c.insee for c in lire_departement("94").communes if territoire in (c.insee, c.ept))


def _de(nom: str) -> str:
    """« de » before a commune.

    >>> _de("Le Kremlin-Bicêtre"), _de("Alfortville"), _de("Créteil"), _de("L'Haÿ-les-Roses")
    ('du Kremlin-Bicêtre', "d'Alfortville", 'de Créteil', "de L'Haÿ-les-Roses")
    """
    if nom.startswith("Le "):
        return f"du {nom[3:]}"
    return f"d'{nom}" if nom[0] in "AEIOUÉ" else f"de {nom}"


# Rows ---------------------------------------------------------------------------------------------------------------
def _ecrire_structures(prevues: tuple[Prevue, ...]) -> dict[str, Structure]:
    communes = {commune.code_insee: commune for commune in Commune.objects.all()}
    structures = {structure.code: structure for structure in Structure.objects.all()}
    Structure.objects.filter(pk__in=[s.pk for s in structures.values()], debut__gt=OUVERTURE).update(debut=OUVERTURE)
    nouvelles = [
        Structure(
            code=p.code, nom=p.nom, type=p.type, categorie=p.categorie or "", debut=p.debut, commune_id=p.siege,
            adresse="1 place de la Démonstration", code_postal=communes[p.siege].codes_postaux[0],
            telephone="01 99 00 00 00", capacite=_capacite(p),
        )
        for p in prevues
        if p.code not in structures
    ]  # fmt: skip
    structures |= {structure.code: structure for structure in Structure.objects.bulk_create(nouvelles)}
    enfants = []
    for prevue in prevues:
        if prevue.parent:
            structures[prevue.code].parent = structures[prevue.parent]
            enfants.append(structures[prevue.code])
    Structure.objects.bulk_update(enfants, ["parent"])
    RegleSecteur.objects.bulk_create(
        RegleSecteur(structure=structures[p.code], commune_id=insee, public=p.public, debut=p.debut)
        for p in prevues
        if p.par_secteur
        for insee in p.communes
    )
    Convention.objects.bulk_create(
        Convention(
            structure=structures[p.code], reference=f"CONV-{p.code}-{debut.year}", debut=debut, fin=fin,
            objet="Référence de personnes au RSA", volume=p.volume, signataires="Département et structure",
        )
        for p in prevues
        for debut, fin in p.conventions
    )  # fmt: skip
    return structures


def _capacite(prevue: Prevue) -> int | None:
    """How many people a team may follow: what its convention says, else its number of référents; unknown otherwise.

    An operator's convention counts its intensive support only.
    """
    if prevue.volume and prevue.type != TypeStructure.OPERATEUR:
        return prevue.volume
    referents = sum(nombre for metier, nombre, _ in prevue.equipe if ROLES[metier] in ACCOMPAGNENT)
    return referents * charge_moyenne(prevue.type) or None


def _ecrire_agents(
    prevues: tuple[Prevue, ...], structures: Mapping[str, Structure], *, graine: int, le: datetime
) -> None:
    """Every agent of five years. Nobody signs in as a colleague; the accounts share one hash, computed once."""
    tenues = list(_tenues(prevues, graine=graine, au=jour(le)))
    identites = iter(noms(len(tenues)))
    ouvert, ferme = make_password(MOT_DE_PASSE), make_password(None)
    agents = []
    for rang, (_, _, debut, fin, compte) in enumerate(tenues):
        prenom, nom = (compte["prenom"], compte["nom"]) if compte else next(identites)
        courriel = compte["compte"] + DOMAINE if compte else f"agent{rang:03d}{DOMAINE_COLLEGUES}"
        agents.append(
            Agent(
                courriel=courriel, prenom=prenom, nom=nom, password=ouvert if compte else ferme, actif=fin is None,
                parti_le=_matin(fin) if fin else None, cree_le=_matin(debut),
                last_login=_derniere_visite(courriel, debut, fin or jour(le)),
            )
        )  # fmt: skip
    Affectation.objects.bulk_create(
        Affectation(agent=agent, structure=structures[code], role=ROLES[metier], debut=debut, fin=fin)
        for agent, (code, metier, debut, fin, _) in zip(Agent.objects.bulk_create(agents), tenues, strict=True)
    )


def _tenues(
    prevues: tuple[Prevue, ...], *, graine: int, au: date
) -> Iterator[tuple[str, Metier, date, date | None, dict[str, Any] | None]]:
    """(structure, trade, from, until, account) of each agent who held a position."""
    for prevue in prevues:
        comptes = [c for c in _brut()["comptes"] if c["structure"] == prevue.code]
        for metier, nombre, depuis in prevue.equipe:
            for rang in range(nombre):
                alea = Random(f"{graine}:poste:{prevue.code}:{metier}:{depuis}:{rang}")  # noqa: S311
                titulaire = next((c for c in comptes if c["metier"] == metier), None)
                comptes = [c for c in comptes if c is not titulaire]
                periodes = list(
                    occuper(
                        alea,
                        depuis=depuis,
                        au=au,
                        continue_=rang == 0 or metier in _AU_COMPLET,
                        titulaire_depuis=titulaire["depuis"] if titulaire else None,
                    )
                )
                for debut, fin in periodes:
                    yield prevue.code, metier, debut, fin, titulaire if fin is None else None


def _poste(affectation: Affectation, agent: Agent, type_structure: TypeStructure) -> Poste:
    role = Role(affectation.role)
    compte = agent.courriel.removesuffix(DOMAINE) if agent.courriel.endswith(DOMAINE) else ""
    dit = next((c.get("capacite") for c in _brut()["comptes"] if c["compte"] == compte), None)
    return Poste(
        agent_id=agent.pk, role=role, metier=metier_de(role, type_structure), debut=affectation.debut,
        fin=affectation.fin, capacite=dit or capacite_de(agent.courriel, role, type_structure), compte=compte,
    )  # fmt: skip


def _derniere_visite(courriel: str, debut: date, jusqu_au: date) -> datetime | None:
    """When she last signed in: some day of her last fortnight. Who has just come has not yet (hypothesis)."""
    if (jusqu_au - debut).days < _DECOUVERTE:
        return None
    alea = Random(f"visite:{courriel}")  # noqa: S311
    return _matin(jusqu_au - timedelta(days=alea.randint(1, 14))) + timedelta(minutes=alea.randrange(500))


def _matin(le_jour: date) -> datetime:
    return datetime.combine(le_jour, time(8), tzinfo=PARIS)
