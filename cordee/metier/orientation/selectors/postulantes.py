"""Who waits for a référent, and what the allocation may know of each, in a number of queries that never grows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from cordee.metier.organismes.enums import PublicSecteur
from cordee.metier.organismes.models import Affectation, Agent, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.orientation.affectation.enums import Specialite
from cordee.metier.orientation.affectation.probleme import Demande
from cordee.metier.orientation.models import BesoinAccueil
from cordee.metier.parcours.enums import Etat, GenreEtape, Voie
from cordee.metier.parcours.models import Etape, Situation
from cordee.metier.personnes.enums import FinaliteRattachement, RoleFoyer
from cordee.metier.personnes.models import (
    Appartenance,
    DroitPersonne,
    Foyer,
    LecteurSensible,
    LienAgent,
    Rattachement,
)
from cordee.metier.personnes.selectors import coordonnees_de, q_visibles
from cordee.metier.personnes.selectors.ensembles import Ids
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

ATTENDENT: Final = (Etat.ATTENTE_REFERENT, Etat.ATTENTE_ACCUEIL, Etat.A_REAFFECTER)
"""States of people oriented who wait for a référent, or for a structure."""
_ETAPES: Final = (GenreEtape.NOMMER_REFERENT, GenreEtape.ACCEPTER_DOSSIER, GenreEtape.REAFFECTER)
"""The étapes those states open: the open étapes are indexed by kind, the situations are not by state."""
AGE_JEUNES: Final = 26
_INDEPENDANTES: Final = frozenset({"ETI", "CEI"})  # CNAF ACT: employeur ou travailleur indépendant, créateur
_PRINCIPAUX: Final = (RoleFoyer.DEM, RoleFoyer.CJT)


@dataclass(frozen=True, slots=True)
class Attente:
    """A person who waits: what the problem reads, since when, and her last event when it was read."""

    demande: Demande
    depuis: date
    repere: int


def attentes(*, au: date, pour: Agent | None = None, droits: Habilitation | None = None) -> QuerySet[Situation]:
    """Situations of those who wait, within the perimeter of ``pour`` (the head of a structure: her own structures).

    Merged rows are left out. ``pour`` absent: everybody (command line). Whose étape is open is asked first: those are
    few, and the index by kind finds them.
    """
    ouvertes = Etape.objects.filter(genre__in=_ETAPES, fermee_le__isnull=True).values_list("personne_id", flat=True)
    lignes = Situation.objects.filter(
        personne__parmi=Ids(ouvertes), etat__in=ATTENDENT, personne__canonique__isnull=True
    )  # fmt: skip
    if pour is None:
        return lignes
    lignes = lignes.filter(
        q_visibles("personne_id", pour=pour, au=au, permission=Permission.NOMMER_REFERENT, droits=droits)
    )
    if droits is not None and not droits.departement(Permission.NOMMER_REFERENT):
        lignes = lignes.filter(referent_structure__in=droits.structures_encadrees)
    return lignes


def lire_attentes(lignes: QuerySet[Situation], *, au: date) -> list[Attente]:
    """Everything the allocation reads of these people, in a constant number of queries."""
    bruts = list(
        lignes.order_by("personne_id").values(
            "personne_id", "etat", "etape__ouverte_le", "voie", "calcul", "dernier_evenement",
            "personne__date_naissance", "personne__langue", "personne__interprete", "personne__dossier_sensible",
            "personne__contact_discret",
        )
    )  # fmt: skip
    bruts = [b for b in bruts if b["calcul"].get("orientation")]
    ids = [b["personne_id"] for b in bruts]
    lieux = coordonnees_de(personnes=ids, au=au)
    foyers = {pk: c.foyer_id for pk, c in lieux.items() if c.foyer_id}
    qui = {ligne: pk for pk, c in lieux.items() for ligne in c.groupe}
    contexte = _Contexte(
        communes={pk: _commune(c) for pk, c in lieux.items()},
        foyers=foyers,
        publics=_publics(foyers.values()),
        couples=_couples(foyers, bruts),
        anciens=_anciens(qui, au),
        conflits=_conflits(qui, au),
        lecteurs=_lecteurs([b["personne_id"] for b in bruts if b["personne__dossier_sensible"]], au),
        accessibles=frozenset(
            BesoinAccueil.objects.filter(personne__parmi=Ids(ids), lieu_accessible=True).values_list(
                "personne_id", flat=True
            )
        ),
        independantes=_independantes(ids),
        au=au,
    )
    return [
        Attente(contexte.demande(b), b["etape__ouverte_le"] or au, b["dernier_evenement"])
        for b in bruts
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Contexte:
    communes: Mapping[int, str]
    foyers: Mapping[int, int]
    publics: Mapping[int, PublicSecteur]
    couples: Mapping[int, int]
    anciens: Mapping[int, frozenset[int]]
    conflits: Mapping[int, tuple[frozenset[int], frozenset[int]]]
    lecteurs: Mapping[int, frozenset[int]]
    accessibles: frozenset[int]
    independantes: frozenset[int]
    au: date

    def demande(self, b: Mapping[str, Any]) -> Demande:
        pk, orientation = b["personne_id"], b["calcul"]["orientation"]
        agents, structures = self.conflits.get(pk, (frozenset(), frozenset()))
        return Demande(
            id=pk, voie=b["voie"] or orientation["voie"], categorie=GenreOrganismeReferent(orientation["categorie"]),
            structure=orientation["structure"], refusee=b["etat"] == Etat.A_REAFFECTER,
            acquise=b["etat"] == Etat.ATTENTE_REFERENT,
            commune=self.communes.get(pk, ""), public=self.publics.get(self.foyers.get(pk, 0)),
            attente_jours=max(0, (self.au - (b["etape__ouverte_le"] or self.au)).days), specialite=self._specialite(b),
            langue=b["personne__langue"].strip().lower(), interprete=b["personne__interprete"],
            accessible=pk in self.accessibles, anciens=self.anciens.get(pk, frozenset()), agents_exclus=agents,
            structures_exclues=structures,
            lecteurs=self.lecteurs.get(pk, frozenset()) if b["personne__dossier_sensible"] else None,
            foyer=self.couples.get(pk),
        )  # fmt: skip

    def _specialite(self, b: Mapping[str, Any]) -> Specialite | None:
        """The trade her situation calls for: own business, age, then the path decided (S0: specialised teams)."""
        if b["personne_id"] in self.independantes:
            return Specialite.CREATEURS
        naissance = b["personne__date_naissance"]
        if naissance is not None and _age(naissance, self.au) < AGE_JEUNES:
            return Specialite.JEUNES
        return {Voie.EMPLOI: Specialite.ACTIVITE, Voie.SOCIAL: Specialite.REMOBILISATION}.get(b["voie"])


def _age(naissance: date, au: date) -> int:
    return au.year - naissance.year - ((au.month, au.day) < (naissance.month, naissance.day))


def _commune(coordonnees: Any) -> str:
    adresse = coordonnees.adresse
    return adresse.commune_id or "" if adresse is not None else ""


def _publics(foyers: Iterable[int]) -> dict[int, PublicSecteur]:
    """The public each household is for the sector rules: children, couple, or alone (as files are read)."""
    ids = Ids(foyers)
    roles: defaultdict[int, set[str]] = defaultdict(set)
    for foyer, role in Appartenance.objects.filter(
        ~Q(a_charge=False), foyer__parmi=ids, fin__isnull=True
    ).values_list("foyer_id", "role"):  # fmt: skip
        roles[foyer].add(role)
    publics = {}
    for foyer, autres in Foyer.objects.filter(pk__parmi=ids).values_list("pk", "nb_enfants_autres"):
        if RoleFoyer.ENF in roles[foyer] or autres:
            publics[foyer] = PublicSecteur.AVEC_ENFANT
        elif set(_PRINCIPAUX) <= roles[foyer]:
            publics[foyer] = PublicSecteur.COUPLES_SANS_ENFANT
        else:
            publics[foyer] = PublicSecteur.ISOLES
    return publics


def _couples(foyers: Mapping[int, int], bruts: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    """Person → household, for the two members of a couple who both wait. Never where a contact must stay discreet
    or a file is sensitive (R38: they are not put together).
    """
    discretes = {b["personne_id"] for b in bruts if b["personne__contact_discret"] or b["personne__dossier_sensible"]}
    principaux = Appartenance.objects.filter(
        foyer__parmi=Ids(foyers.values()), fin__isnull=True, role__in=_PRINCIPAUX
    ).values_list("foyer_id", "personne_id")
    membres: defaultdict[int, list[int]] = defaultdict(list)
    for foyer, pk in principaux:
        if foyers.get(pk) == foyer:
            membres[foyer].append(pk)
    return {
        pk: foyer
        for foyer, deux in membres.items()
        if len(deux) == 2 and not discretes.intersection(deux)
        for pk in deux
    }


def _anciens(qui: Mapping[int, int], au: date) -> dict[int, frozenset[int]]:
    """Agents who were each person's référents before today (R55). ``qui``: row → person, merged rows included."""
    trouves: defaultdict[int, set[int]] = defaultdict(set)
    lignes = Rattachement.objects.filter(
        personne__parmi=Ids(qui), finalite=FinaliteRattachement.REFERENT, agent__isnull=False, debut__lt=au
    )
    for pk, agent in lignes.values_list("personne_id", "agent_id"):
        trouves[qui[pk]].add(agent)  # type: ignore[arg-type]
    return {pk: frozenset(agents) for pk, agents in trouves.items()}


def _conflits(qui: Mapping[int, int], au: date) -> dict[int, tuple[frozenset[int], frozenset[int]]]:
    """Agents who are the person or her relative, and the structures where they work: colleagues would read the file
    of someone they know (V13).
    """
    agents: defaultdict[int, set[int]] = defaultdict(set)
    liens = LienAgent.objects.filter(personne__parmi=Ids(qui))
    for pk, agent in liens.values_list("personne_id", "agent_id"):
        agents[qui[pk]].add(agent)
    travaillent: defaultdict[int, set[int]] = defaultdict(set)
    tous = {agent for trouves in agents.values() for agent in trouves}
    if tous:
        postes = Affectation.objects.filter(en_cours(au), agent__in=tous).values_list("agent_id", "structure_id")
        for agent, structure in postes:
            travaillent[agent].add(structure)
    return {
        pk: (frozenset(trouves), frozenset(s for a in trouves for s in travaillent[a]))
        for pk, trouves in agents.items()
    }


def _lecteurs(ids: Collection[int], au: date) -> dict[int, frozenset[int]]:
    """Who may open each sensitive file (V13)."""
    if not ids:
        return {}
    trouves: defaultdict[int, set[int]] = defaultdict(set)
    lignes = LecteurSensible.objects.filter(en_cours(au), personne__in=ids, agent__actif=True)
    for pk, agent in lignes.values_list("personne_id", "agent_id"):
        trouves[pk].add(agent)
    return {pk: frozenset(agents) for pk, agents in trouves.items()}


def _independantes(ids: Collection[int]) -> frozenset[int]:
    """People whose last file says they work for themselves (R70)."""
    droits = DroitPersonne.objects.filter(personne__parmi=Ids(ids), fin__isnull=True).annotate(
        activites=F("detail__Activite")
    )
    return frozenset(
        pk
        for pk, activites in droits.values_list("personne_id", "activites")
        if any(activite.get("ACT") in _INDEPENDANTES for activite in activites or ())
    )
