"""One calculation, from the people who wait to what is kept of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.orientation.affectation.bareme import Bareme
from cordee.metier.orientation.affectation.comparaison import comparer, gains, sans_solution
from cordee.metier.orientation.affectation.enums import Mode
from cordee.metier.orientation.affectation.fil import resoudre_au_fil
from cordee.metier.orientation.affectation.premier_arrive import PremierArrive, premier_arrive
from cordee.metier.orientation.affectation.probleme import Demande
from cordee.metier.orientation.affectation.raisons import Explications
from cordee.metier.orientation.affectation.resolution import Resultat, resoudre
from cordee.metier.orientation.models import LigneAffectation, PropositionAffectation
from cordee.metier.orientation.selectors.capacites import construire_probleme
from cordee.metier.orientation.selectors.postulantes import Attente, attentes, lire_attentes
from cordee.metier.parcours.models import Situation

GAINS_GARDES = 20


@dataclass(frozen=True, slots=True)
class Calcul:
    """What was read, the proven allocation, and the same day served in order of arrival."""

    attentes: list[Attente]
    resultat: Resultat
    usuel: PremierArrive

    @property
    def totaux(self) -> dict[str, Any]:
        """What the command prints, and more; counts and ids only."""
        comparaison = comparer(self.resultat, self.usuel)
        return {
            "personnes": len(self.attentes),
            "affectees": len(self.resultat.choix),
            "affectees_premier_arrive": len(self.usuel.choix),
            "points": self.resultat.points,
            "couples": len(self.resultat.couples) // 2,
            "changements_de_structure": self._changements(),
            "comparaison": comparaison.vers_json(),
            "gains": [gain.vers_json() for gain in gains(self.resultat)[:GAINS_GARDES]],
            "sans_solution": sans_solution(self.resultat.motifs.values()),
        }

    def _changements(self) -> int:
        postes = self.resultat.couts.postes
        decidees = {a.demande.id: a.demande.structure for a in self.attentes}
        return sum(postes[rang].structure != decidees[pk] for pk, rang in self.resultat.choix.items())


def calculer(
    *, au: date, bareme: Bareme, mode: Mode = Mode.LOT, structure: Structure | None = None, pour: Agent | None = None,
    verrous: Mapping[int, tuple[int, int]] | None = None, ecartees: Collection[int] = (),
) -> Calcul:  # fmt: skip
    """The best allocation of those who wait within a perimeter, read in a constant number of queries.

    Args:
        structure: only the people decided towards it, and only its agents.
        pour: only the people of her perimeter; ``None``: everybody.
        verrous, ecartees: what humans decided: person → (structure, agent), and who is left aside.
    """
    lues = _attentes(au=au, structure=structure, pour=pour)
    lues = [a for a in lues if a.demande.id not in set(ecartees)]
    probleme = construire_probleme(
        demandes=[a.demande for a in lues], bareme=bareme, au=au, verrous=verrous,
        structures=None if structure is None else [structure.pk],
    )  # fmt: skip
    if mode is Mode.FIL:
        resultat = resoudre_au_fil(probleme, arrivees_attendues(au=au, bareme=bareme, structure=structure))
    else:
        resultat = resoudre(probleme)
    return Calcul(lues, resultat, premier_arrive(resultat))


def arrivees_attendues(*, au: date, bareme: Bareme, structure: Structure | None = None) -> list[Demande]:
    """Who may come in the rest of the period: as those whose decision was notified in the last one, wherever they
    stand now. Nothing of them is kept but what the cost reads.
    """
    debut = au - timedelta(days=bareme.regles["periode_jours"])
    recentes = Situation.objects.filter(
        oriente_le__gt=debut, oriente_le__lte=au, personne__canonique__isnull=True, soumis=True
    ).exclude(Q(referent_structure__isnull=True) | Q(calcul__orientation__categorie="operateur_emploi"))
    if structure is not None:
        recentes = recentes.filter(referent_structure=structure)
    return [a.demande for a in lire_attentes(recentes, au=au)]


def lignes_de(proposition: PropositionAffectation, calcul: Calcul) -> list[LigneAffectation]:
    """The lines of a calculation, not saved."""
    explications = Explications(calcul.resultat)
    return [_ligne(proposition, attente, calcul.resultat, explications) for attente in calcul.attentes]


def _ligne(
    proposition: PropositionAffectation, attente: Attente, resultat: Resultat, explications: Explications
) -> LigneAffectation:
    d, postes = attente.demande, resultat.couts.postes
    rang = resultat.choix.get(d.id)
    poste = None if rang is None else postes[rang]
    suivant, mieux = explications.autres(d)
    choix: dict[str, Any] = {}
    if suivant is not None:
        autre = postes[suivant.poste]
        choix["suivant"] = {"structure": autre.structure, "agent": autre.agent, "ecart": suivant.ecart}
    if mieux is not None:
        autre = postes[mieux.poste]
        choix["mieux"] = {
            "structure": autre.structure, "agent": autre.agent, "ecart": mieux.ecart, "nombre": mieux.nombre,
        }  # fmt: skip
    return LigneAffectation(
        proposition=proposition, personne_id=d.id, voie=d.voie, depuis=attente.depuis,
        structure_decidee_id=d.structure, structure_id=poste.structure if poste else None,
        agent_id=poste.agent if poste else None,
        cout=sum((resultat.couts.detail(d, poste) or {}).values()) if poste else None,
        raisons=explications.raisons(d), suivant=choix,
        motif="" if poste else str(resultat.motifs[d.id]), verrou=d.id in resultat.verrouillees,
        repere=attente.repere,
    )  # fmt: skip


def _attentes(*, au: date, structure: Structure | None, pour: Agent | None) -> list[Attente]:
    droits = habilitation(pour, au=au) if pour is not None else None
    lignes = attentes(au=au, pour=pour, droits=droits)
    if structure is not None:
        lignes = lignes.filter(referent_structure=structure)
    return lire_attentes(lignes, au=au)
