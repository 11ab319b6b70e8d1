"""What the allocation is worth, in words: against first come first served, and what one more place would bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cordee.metier.orientation.affectation.enums import Critere
from cordee.metier.orientation.affectation.flot import Mouvement
from cordee.metier.orientation.affectation.premier_arrive import PremierArrive
from cordee.metier.orientation.affectation.resolution import Resultat

C = Critere


@dataclass(frozen=True, slots=True)
class Comparaison:
    """People better served (net) than first come first served, by criterion; ``en_plus``: who would have had nobody."""

    en_plus: int
    mieux: Mapping[Critere, int]
    moins_bien: Mapping[Critere, int]
    gain: int

    def vers_json(self) -> dict[str, Any]:
        return {
            "en_plus": self.en_plus, "gain": self.gain,
            "mieux": {str(c): n for c, n in self.mieux.items()},
            "moins_bien": {str(c): n for c, n in self.moins_bien.items()},
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class GainPlace:
    """One more place for a full agent, or (``agent`` null) in a structure that may receive nobody more.

    ``personnes``: how many more would be allocated (0 or 1). ``mouvements``: how many people would move for it;
    ``ecarts``: points saved by criterion, positive is better.
    """

    structure: int
    agent: int | None
    personnes: int
    points: int
    mouvements: int
    ecarts: Mapping[Critere, int] = field(default_factory=dict)

    def vers_json(self) -> dict[str, Any]:
        return {
            "structure": self.structure, "agent": self.agent, "personnes": self.personnes, "points": self.points,
            "mouvements": self.mouvements, "ecarts": {str(c): n for c, n in self.ecarts.items()},
        }  # fmt: skip


def comparer(resultat: Resultat, usuel: PremierArrive) -> Comparaison:
    """Counts of people, criterion by criterion; only those whom both give a référent are compared."""
    couts = resultat.couts
    mieux: Counter[Critere] = Counter()
    moins: Counter[Critere] = Counter()
    cache: dict[tuple[object, int], dict[Critere, int]] = {}
    for groupe in resultat.groupes:
        for d in groupe.personnes:
            ici, la = resultat.choix.get(d.id), usuel.choix.get(d.id)
            if ici is None or la is None or ici == la:
                continue
            for poste in (ici, la):
                if (d.profil, poste) not in cache:
                    cache[d.profil, poste] = couts.detail(d, couts.postes[poste]) or {}
            _compter(cache[d.profil, ici], cache[d.profil, la], mieux, moins)
    return Comparaison(len(resultat.choix) - len(usuel.choix), mieux, moins, usuel.cout - resultat.cout)


def _compter(
    ici: Mapping[Critere, int], la: Mapping[Critere, int], mieux: Counter[Critere], moins: Counter[Critere]
) -> None:
    for critere in Critere:
        ecart = la.get(critere, 0) - ici.get(critere, 0)
        if ecart:
            (mieux if ecart > 0 else moins)[critere] += 1


_MIEUX = {
    C.CHANGEMENT: ("gardent la structure décidée", "garde la structure décidée"),
    C.SECTEUR: ("restent dans leur secteur", "reste dans son secteur"),
    C.DISTANCE: ("sont suivies plus près de chez elles", "est suivie plus près de chez elle"),
    C.PUBLIC: ("vont dans la structure de leur public", "va dans la structure de son public"),
    C.SPECIALITE: ("ont un référent de la bonne spécialité", "a un référent de la bonne spécialité"),
    C.METIER: ("ont le bon métier de référent", "a le bon métier de référent"),
    C.LANGUE: ("ont un référent qui parle leur langue", "a un référent qui parle sa langue"),
    C.ACCESSIBILITE: ("sont reçues dans un lieu accessible", "est reçue dans un lieu accessible"),
    C.CONTINUITE: ("retrouvent leur ancien référent", "retrouve son ancien référent"),
}


def phrases_comparaison(mieux: Mapping[str, int], moins: Mapping[str, int], en_plus: int) -> list[str]:
    """« 37 personnes sont suivies plus près de chez elles. », most people first; nets, so that nothing is hidden.

    >>> phrases_comparaison({"distance": 40, "metier": 1}, {"distance": 3}, 2)[:2]
    ['2 personnes de plus ont un référent.', '37 personnes sont suivies plus près de chez elles.']
    """
    nets = {C(c): mieux.get(c, 0) - moins.get(c, 0) for c in {*mieux, *moins}}
    dites = []
    if en_plus:
        qui = "personnes de plus ont" if en_plus > 1 else "personne de plus a"
        dites.append(f"{en_plus} {qui} un référent.")
    for critere, n in sorted(nets.items(), key=lambda paire: (-paire[1], list(C).index(paire[0]))):
        if n > 0:
            dites.append(f"{n} personne{'s' if n > 1 else ''} {_MIEUX[critere][n == 1]}.")
    perdus = [f"« {c.libelle.lower()} » ({-n})" for c, n in nets.items() if n < 0]
    if perdus:
        dites.append(f"En échange, moins bien sur : {', '.join(sorted(perdus))}.")
    return dites


def gains(resultat: Resultat) -> list[GainPlace]:
    """What one more place would save where one is missing, exactly (residual graph), the most useful first."""
    couts, flot, places = resultat.couts, resultat.flot, resultat.restantes
    trouves = []
    for rang, p in enumerate(couts.postes):
        bloquee = places.structures[couts.maison_du_poste[rang]] == 0
        gain = flot.gain_poste(rang)
        if gain and not p.empechement and not bloquee and places.postes[rang] <= 0:
            trouves.append(_gain(resultat, p.structure, p.agent, gain, flot.mouvements_poste(rang)))
    for rang, maison in enumerate(couts.maisons):
        gain = flot.gain_structure(rang)
        if gain and not maison.empechement and places.structures[rang] == 0:
            trouves.append(_gain(resultat, maison.id, None, gain, flot.mouvements_structure(rang)))
    return sorted(trouves, key=lambda g: (-g.personnes, -g.points, g.structure, g.agent or 0))


def _gain(
    resultat: Resultat, structure: int, agent: int | None, gain: int, mouvements: Sequence[Mouvement]
) -> GainPlace:
    couts = resultat.couts
    ecarts: Counter[Critere] = Counter()
    for mouvement in mouvements:
        d = resultat.groupes[mouvement.groupe].personnes[0]
        for critere, points in (couts.detail(d, couts.postes[mouvement.vers]) or {}).items():
            ecarts[critere] -= points
        if mouvement.de is not None:
            for critere, points in (couts.detail(d, couts.postes[mouvement.de]) or {}).items():
                ecarts[critere] += points
    une_de_plus = any(m.de is None for m in mouvements)
    return GainPlace(
        structure, agent, int(une_de_plus), gain, len(mouvements), {c: n for c, n in ecarts.items() if n}
    )  # fmt: skip


_GAGNE = {
    C.CHANGEMENT: "une structure décidée qui reste",
    C.SECTEUR: "dans le secteur",
    C.DISTANCE: "plus près",
    C.PUBLIC: "structure de son public",
    C.SPECIALITE: "bonne spécialité",
    C.METIER: "bon métier de référent",
    C.LANGUE: "langue parlée",
    C.ACCESSIBILITE: "lieu accessible",
    C.CONTINUITE: "ancien référent",
}


def phrase_gain(gain: Mapping[str, Any]) -> str:
    """« Une place de plus ici … », said plainly.

    >>> phrase_gain({"personnes": 0, "points": 14, "mouvements": 2, "ecarts": {"distance": 10, "metier": 12}})
    'Une place de plus ici ferait gagner 14 points (bon métier de référent, plus près).'
    """
    if gain["personnes"]:
        suite = _pluriel(gain["mouvements"] - 1)
        return f"Une place de plus ici donnerait un référent à une personne qui attend{suite}."
    gagnes = sorted((c for c, n in gain["ecarts"].items() if n > 0), key=lambda c: -gain["ecarts"][c])
    quoi = f" ({', '.join(_GAGNE[C(c)] for c in gagnes)})" if gagnes else ""
    points = gain["points"]
    return f"Une place de plus ici ferait gagner {points} point{'s' if points > 1 else ''}{quoi}."


def _pluriel(autres: int) -> str:
    if autres <= 0:
        return ""
    return f", en déplaçant {autres} autre{'s' if autres > 1 else ''}"


def sans_solution(motifs: Iterable[Any]) -> list[dict[str, Any]]:
    """Those who have nobody, counted by reason, most first."""
    compte = Counter(motifs)
    return [{"raison": str(m), "nombre": n} for m, n in sorted(compte.items(), key=lambda paire: (-paire[1], paire[0]))]
