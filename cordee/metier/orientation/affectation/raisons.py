"""Why this référent, and who would come next: codes kept with the allocation, told in plain French when read.

What is kept names nobody: codes, points, kilometres and ids (CRPA R311-3-1-2: the reasons, the data used, the version).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from cordee.metier.orientation.affectation.couts import INTERDIT, Couts
from cordee.metier.orientation.affectation.enums import Critere, Specialite
from cordee.metier.orientation.affectation.probleme import Demande
from cordee.metier.orientation.affectation.resolution import Resultat

Raison = dict[str, Any]
C = Critere


@dataclass(frozen=True, slots=True)
class Suivant:
    """The best other choice that has a place left. ``ecart``: points more (or less) than the one proposed."""

    poste: int
    ecart: int


@dataclass(frozen=True, slots=True)
class Mieux:
    """Posts that cost less for her and are full: how many, and the best."""

    nombre: int
    poste: int
    ecart: int


class Explications:
    """Reasons of a whole allocation, each kind of case worked out once."""

    def __init__(self, resultat: Resultat) -> None:
        self.resultat = resultat
        self.couts: Couts = resultat.couts
        self._raisons: dict[tuple[object, int], tuple[Raison, ...]] = {}
        self._suivants: dict[tuple[int, int], tuple[Suivant | None, Mieux | None]] = {}
        self._ajouts = self._cout_de_la_prochaine_place()
        self._complets = (resultat.restantes.postes <= 0) | (
            resultat.restantes.structures[self.couts.maison_du_poste] == 0
        )

    def raisons(self, d: Demande) -> list[Raison]:
        """Why the post proposed, the strongest first; empty when nobody is."""
        poste = self.resultat.choix.get(d.id)
        if poste is None:
            return []
        propres: list[Raison] = []
        if d.id in self.resultat.verrouillees:
            propres.append({"code": "verrou"})
        if d.id in self.resultat.couples:
            propres.append({"code": "couple"})
        cle = (d.profil, poste)
        if cle not in self._raisons:
            self._raisons[cle] = tuple(raisons_de(self.couts, d, poste))
        suivant, _ = self.autres(d)
        if suivant is not None and suivant.ecart < 0 and self.resultat.prix.any():
            propres.append({"code": "place_gardee"})
        return [*propres, *self._raisons[cle]]

    def autres(self, d: Demande) -> tuple[Suivant | None, Mieux | None]:
        """The next best with a place left, and the better ones that are full."""
        poste = self.resultat.choix.get(d.id)
        if poste is None:
            return None, None
        groupe = self.resultat.groupe_de.get(d.id)
        if groupe is None:
            return self._comparer(self.couts.ligne(d), poste)
        if (groupe, poste) not in self._suivants:
            self._suivants[groupe, poste] = self._comparer(self.resultat.groupes[groupe].ligne, poste)
        return self._suivants[groupe, poste]

    def _comparer(self, ligne: Any, poste: int) -> tuple[Suivant | None, Mieux | None]:
        """Real cost of each move, places being what they are once everybody is allocated."""
        loin = np.iinfo(np.int32).max
        ici = int(ligne[poste]) + int(self._derniers[poste])
        ailleurs = np.where((ligne == INTERDIT) | self._complets, loin, ligne + self._ajouts)
        ailleurs[poste] = loin
        suivant = int(ailleurs.argmin())
        mieux = (ligne != INTERDIT) & self._complets & (ligne < ligne[poste])
        mieux[poste] = False
        meilleurs = np.where(mieux, ligne, loin)
        premier = int(meilleurs.argmin())
        return (
            Suivant(suivant, int(ailleurs[suivant]) - ici) if ailleurs[suivant] < loin else None,
            Mieux(int(mieux.sum()), premier, int(ligne[premier]) - int(ligne[poste])) if mieux.any() else None,
        )

    def _cout_de_la_prochaine_place(self) -> Any:
        """Extra points of the next place of each post, and those of the last one taken."""
        prochains, derniers = [], []
        sommet = self.couts.bareme.remplissage[-1][1]
        for p, venues in zip(self.couts.postes, self.resultat.restantes.venues, strict=True):
            paliers = self.couts.bareme.paliers(p.total, p.total - p.places, p.places)
            points = [pts for nombre, pts in paliers for _ in range(nombre)]
            n = int(venues)
            prochains.append(points[n] if n < len(points) else sommet)
            derniers.append((points[n - 1] if n <= len(points) else sommet) if n else 0)
        self._derniers = np.array(derniers, dtype=np.int32)
        return np.array(prochains, dtype=np.int32)


def raisons_de(couts: Couts, d: Demande, poste: int) -> list[Raison]:
    """Every reason of one choice: what speaks for it, then what it costs."""
    p = couts.postes[poste]
    maison = couts.maisons[couts.rang_maison[p.structure]]
    detail = couts.detail(d, p) or {}
    return [*_structure(couts, d, maison.id, detail), *_agent(couts, d, poste, detail)]


def _structure(couts: Couts, d: Demande, maison: int, detail: Mapping[Critere, int]) -> list[Raison]:
    raisons: list[Raison] = []
    if maison == d.structure:
        raisons.append({"code": "structure_decidee"})
    elif d.refusee:
        raisons.append({"code": "structure_refusee"})
    elif C.CHANGEMENT in detail:
        raisons.append({"code": "structure_changee", "points": detail[C.CHANGEMENT]})
    else:
        raisons.append({"code": "structure_indisponible"})
    trouvee = couts.maisons[couts.rang_maison[maison]]
    if trouvee.specialite is not None:
        pass
    elif couts.en_repli(d) and couts.secteur(d.commune, d.public) == maison:
        raisons.append({"code": "repli", "commune": d.commune})
    elif couts.secteur(d.commune, d.public) == maison:
        raisons.append({"code": "secteur", "commune": d.commune})
    elif C.PUBLIC in detail:
        raisons.append({"code": "public", "points": detail[C.PUBLIC]})
    elif C.SECTEUR in detail:
        raisons.append({"code": "hors_secteur", "points": detail[C.SECTEUR]})
    km = couts.probleme.distance(d.commune, trouvee.commune)
    if km is not None:
        raisons.append({"code": "distance", "km": km, "points": detail.get(C.DISTANCE, 0)})
    if d.accessible:
        etat = {True: "accessible", False: "non_accessible", None: "accessibilite_inconnue"}[trouvee.accessible]
        raisons.append({"code": etat, "points": detail.get(C.ACCESSIBILITE, 0)})
    return raisons


def _agent(couts: Couts, d: Demande, poste: int, detail: Mapping[Critere, int]) -> list[Raison]:
    p = couts.postes[poste]
    raisons: list[Raison] = []
    if p.agent in d.anciens:
        raisons.append({"code": "continuite"})
    elif C.CONTINUITE in detail:
        raisons.append({"code": "rupture", "points": detail[C.CONTINUITE]})
    if d.specialite is not None or C.SPECIALITE in detail:
        juste = C.SPECIALITE not in detail
        raisons.append(
            {"code": "specialite" if juste else "autre_specialite", "specialite": d.specialite or "",
             "points": detail.get(C.SPECIALITE, 0)}
        )  # fmt: skip
    if C.METIER in detail:
        raisons.append({"code": "autre_metier", "points": detail[C.METIER]})
    if d.interprete:
        parle = C.LANGUE not in detail
        raisons.append({"code": "langue" if parle else "interprete", "langue": d.langue,
                        "points": detail.get(C.LANGUE, 0)})  # fmt: skip
    return raisons


# In words -----------------------------------------------------------------------------------------------------------
_PHRASES: Final = {
    "verrou": "Ce choix a été fait et verrouillé par un professionnel.",
    "couple": "Les deux membres du couple sont dans la même structure.",
    "place_gardee": "Une place qui conviendrait mieux est gardée pour des personnes attendues prochainement.",
    "structure_decidee": "C'est la structure désignée par la décision d'orientation.",
    "structure_refusee": "La structure désignée ne peut pas la recevoir : une nouvelle décision est à prendre.",
    "structure_indisponible": "La structure désignée ne reçoit plus personne : une nouvelle décision est à prendre.",
    "structure_changee": "Ce n'est pas la structure désignée par la décision : une nouvelle décision est à prendre.",
    "repli": "Sa commune n'a ni CCAS ni association sous convention : la structure du secteur la reçoit.",
    "secteur": "C'est la structure de son secteur, pour sa situation familiale.",
    "public": "Cette structure de sa commune reçoit d'ordinaire un autre public.",
    "hors_secteur": "Ce n'est pas la structure de son secteur.",
    "accessible": "Le lieu est accessible, comme elle en a besoin.",
    "non_accessible": "Attention : le lieu n'est pas accessible alors qu'elle en a besoin.",
    "accessibilite_inconnue": "L'accessibilité du lieu est à vérifier : elle en a besoin.",
    "continuite": "Ce référent l'a déjà accompagnée.",
    "rupture": "Un ancien référent aurait pu la recevoir.",
    "autre_metier": "Le métier du référent n'est pas celui du parcours décidé.",
}


def phrase(raison: Mapping[str, Any]) -> str:
    """A reason as the page tells it.

    >>> phrase({"code": "distance", "km": 4})
    'Le lieu est à 4 km de sa commune.'
    >>> phrase({"code": "specialite", "specialite": "jeunes"})
    'Le référent connaît sa situation : jeunes.'
    """
    code = raison["code"]
    if code == "distance":
        km = raison["km"]
        return "Le lieu est dans sa commune." if not km else f"Le lieu est à {km} km de sa commune."
    if code == "specialite":
        return f"Le référent connaît sa situation : {_nom_specialite(raison)}."
    if code == "autre_specialite":
        nom = _nom_specialite(raison)
        return f"Sa situation appelle un référent « {nom} »." if nom else "L'équipe est spécialisée dans autre chose."
    if code == "langue":
        return f"Le référent parle sa langue ({raison['langue']})."
    if code == "interprete":
        return f"Un interprète est à prévoir ({raison.get('langue') or 'langue à préciser'})."
    return _PHRASES[code]


_RESUMES: Final = {
    "structure_changee": "change de structure",
    "public": "autre public d'ordinaire",
    "hors_secteur": "hors de son secteur",
    "non_accessible": "lieu non accessible",
    "accessibilite_inconnue": "accessibilité à vérifier",
    "rupture": "un ancien référent était possible",
    "autre_metier": "autre métier",
}


def resume(raison: Mapping[str, Any]) -> str:
    """A reason that costs something, in the few words of a list.

    >>> resume({"code": "distance", "km": 4}), resume({"code": "interprete", "langue": "turc"})
    ('à 4 km', 'interprète (turc)')
    """
    code = raison["code"]
    if code == "distance":
        return f"à {raison['km']} km"
    if code == "interprete":
        return f"interprète ({raison.get('langue') or 'langue à préciser'})"
    if code == "autre_specialite":
        return f"spécialité : {_nom_specialite(raison)}" if _nom_specialite(raison) else "autre spécialité"
    return _RESUMES[code]


def _nom_specialite(raison: Mapping[str, Any]) -> str:
    valeur = raison.get("specialite")
    return Specialite(valeur).libelle.lower() if valeur else ""


def contre(raisons: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those that cost something, dearest first."""
    return sorted((r for r in raisons if r.get("points")), key=lambda r: -r["points"])
