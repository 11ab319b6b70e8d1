"""What each possible allocation costs, criterion by criterion, and what is forbidden (published table, ADR 0020).

``Couts.ligne`` gives a person's cost with every post at once; ``Couts.detail`` says the same of one post, criterion by
criterion, for the reasons. Both are tested to agree.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.orientation.affectation.enums import Critere, MotifSansSolution
from cordee.metier.orientation.affectation.probleme import Demande, Maison, Poste, Probleme
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as Genre

INTERDIT: Final = -1
Ligne = NDArray[np.int32]
C, M = Critere, MotifSansSolution
_LOCALES: Final = frozenset({TypeStructure.CCAS, TypeStructure.ASSOCIATION})
_DEUX_METIERS: Final = frozenset({TypeStructure.EDS, TypeStructure.EI})
_DEPARTEMENT: Final = frozenset({Genre.CONSEIL_DEPARTEMENTAL, Genre.DELEGATAIRE})
_P = PublicSecteur
# Which rules serve a public, most precise first (as ``organismes.selectors``; « tous » serves whoever no rule names).
REPLIS: Final = {
    _P.ISOLES: (_P.ISOLES, _P.SANS_ENFANT, _P.TOUS),
    _P.COUPLES_SANS_ENFANT: (_P.COUPLES_SANS_ENFANT, _P.SANS_ENFANT, _P.TOUS),
    _P.SANS_ENFANT: (_P.SANS_ENFANT, _P.TOUS),
    _P.AVEC_ENFANT: (_P.AVEC_ENFANT, _P.TOUS),
    _P.TOUS: (_P.TOUS,),
}


def famille(categorie: Genre) -> frozenset[Genre]:
    """A decision towards the Département covers its délégataires: the sector says which of them receives whom."""
    return _DEPARTEMENT if categorie in _DEPARTEMENT else frozenset({categorie})


class Couts:
    """Costs of a problem. Posts stand in the order of (structure, agent), structures in that of their ids."""

    def __init__(self, probleme: Probleme) -> None:
        self.probleme = probleme
        self.bareme = probleme.bareme
        self.maisons = sorted(probleme.maisons, key=lambda m: m.id)
        self.rang_maison = {m.id: i for i, m in enumerate(self.maisons)}
        self.postes = sorted((p for p in probleme.postes if p.structure in self.rang_maison), key=lambda p: p.cle)
        self.rang_poste = {p.cle: i for i, p in enumerate(self.postes)}
        self.maison_du_poste = np.array([self.rang_maison[p.structure] for p in self.postes], dtype=np.int64)
        self._absents = np.array([bool(p.empechement) for p in self.postes], dtype=bool)
        self._par_structure: dict[tuple[object, ...], Ligne] = {}
        self._par_agent: dict[tuple[object, ...], Ligne] = {}
        self._secteurs: dict[tuple[str, PublicSecteur | None], int | None] = {}

    # Sectors --------------------------------------------------------------------------------------------------------
    @cached_property
    def _regles(self) -> dict[tuple[str, PublicSecteur], int]:
        return {cle: m.id for m in self.maisons for cle in m.sert}

    @cached_property
    def communes_sectorisees(self) -> frozenset[str]:
        return frozenset(commune for commune, _ in self._regles)

    @cached_property
    def communes_avec_delegataire(self) -> frozenset[str]:
        """Communes where a CCAS or an association under convention receives people without children (35 of 47)."""
        return frozenset(commune for m in self.maisons if m.type in _LOCALES for commune, _ in m.sert)

    def secteur(self, commune: str, public: PublicSecteur | None) -> int | None:
        """The structure of the sector for a public of a commune."""
        cle = (commune, public)
        if cle not in self._secteurs:
            regles = (self._regles.get((commune, servi)) for servi in REPLIS[public or _P.TOUS])
            self._secteurs[cle] = next((s for s in regles if s is not None), None)
        return self._secteurs[cle]

    def en_repli(self, d: Demande) -> bool:
        """R-public: she would go to a CCAS or an association, and her commune has none: the EDS of the sector does."""
        sans_enfant = d.public in (_P.ISOLES, _P.COUPLES_SANS_ENFANT, _P.SANS_ENFANT)
        return sans_enfant and bool(d.commune) and d.commune not in self.communes_avec_delegataire

    # One structure --------------------------------------------------------------------------------------------------
    def refus(self, d: Demande, m: Maison) -> MotifSansSolution | None:
        """Why this structure cannot receive her; ``None`` when it can."""
        if m.id in d.structures_exclues:
            return M.CONFLIT
        decidee = m.id == d.structure
        if decidee and d.refusee:
            return M.SANS_STRUCTURE
        if not decidee and m.categorie not in famille(d.categorie):
            return M.SANS_STRUCTURE
        if m.empechement:
            return M.CONVENTION
        return None if decidee or self._recoit(d, m) else M.SANS_STRUCTURE

    def _recoit(self, d: Demande, m: Maison) -> bool:
        if m.specialite is not None:
            return m.specialite is d.specialite
        if m.departementale:
            return True
        if d.commune not in self.communes_sectorisees and self.communes_sectorisees:
            return False
        if m.type in _LOCALES:  # a CCAS or an association under convention receives its communes and its public only
            return any((d.commune, servi) in m.sert for servi in REPLIS[d.public or _P.TOUS])
        if self.secteur(d.commune, d.public) == m.id:
            return True
        km = self.probleme.distance(d.commune, m.commune)
        return km is not None and km <= self.bareme.regles["distance_max_km"]

    def changement_libre(self, d: Demande) -> bool:
        """Another structure is needed anyway: refused, closed or without convention (V14)."""
        rang = self.rang_maison.get(d.structure or 0)
        return d.structure is None or d.refusee or rang is None or bool(self.maisons[rang].empechement)

    def _prix_du_changement(self, d: Demande) -> int:
        return self.bareme.criteres["changement_apres_accueil" if d.acquise else "changement_de_structure"]

    def _detail_structure(self, d: Demande, m: Maison) -> dict[Critere, int]:
        poids = self.bareme.criteres
        detail: dict[Critere, int] = {}
        km = self.probleme.distance(d.commune, m.commune)
        detail[C.DISTANCE] = (km or 0) * poids["distance_par_km"]
        if not m.departementale and m.specialite is None and self.secteur(d.commune, d.public) != m.id:
            sert = any(commune == d.commune for commune, _ in m.sert)
            detail[C.PUBLIC if sert else C.SECTEUR] = poids["public_autre" if sert else "hors_secteur"]
        if d.accessible and m.accessible is not True:
            detail[C.ACCESSIBILITE] = poids["accessibilite_inconnue" if m.accessible is None else "lieu_non_accessible"]
        return detail

    # One agent ------------------------------------------------------------------------------------------------------
    def _detail_agent(self, d: Demande, p: Poste) -> dict[Critere, int]:
        poids, detail = self.bareme.criteres, {}
        maison = self.maisons[self.rang_maison[p.structure]]
        siennes = p.specialites or (frozenset({maison.specialite}) if maison.specialite else frozenset())
        if d.specialite not in siennes:
            if siennes:
                detail[C.SPECIALITE] = poids["autre_specialite"]
            elif d.specialite is not None:
                detail[C.SPECIALITE] = poids["sans_specialite"]
        if maison.type in _DEUX_METIERS and (p.role is RoleAgent.TRAVAILLEUR_SOCIAL) != (d.voie == Voie.SOCIAL):
            detail[C.METIER] = poids["autre_metier"]
        if d.interprete and d.langue not in p.langues:
            detail[C.LANGUE] = poids["interprete"]
        return detail

    def _exclus(self, d: Demande, p: Poste) -> bool:
        return p.agent in d.agents_exclus or (d.lecteurs is not None and p.agent not in d.lecteurs)

    def _anciens_la(self, d: Demande) -> frozenset[int]:
        """Former référents who could be named again."""
        if not d.anciens:
            return d.anciens
        return frozenset(
            p.agent
            for p in self.postes
            if p.agent in d.anciens and p.places and not p.empechement and not self._exclus(d, p)
            and self.refus(d, self.maisons[self.rang_maison[p.structure]]) is None
        )  # fmt: skip

    def detail(self, d: Demande, p: Poste) -> dict[Critere, int] | None:
        """The cost of naming this agent, by criterion; ``None``: forbidden."""
        maison = self.maisons[self.rang_maison[p.structure]]
        if p.empechement or self._exclus(d, p) or self.refus(d, maison) is not None:
            return None
        detail = self._detail_structure(d, maison) | self._detail_agent(d, p)
        if maison.id != d.structure and not self.changement_libre(d):
            detail[C.CHANGEMENT] = self._prix_du_changement(d)
        anciens = self._anciens_la(d)
        if anciens and p.agent not in anciens:
            detail[C.CONTINUITE] = self.bareme.criteres["rupture_de_continuite"]
        return {critere: points for critere, points in detail.items() if points}

    # All posts at once ----------------------------------------------------------------------------------------------
    def ligne(self, d: Demande) -> Ligne:
        """The cost of every post for her, ``INTERDIT`` where she may not be given."""
        structures = self._structures(d).copy()
        if d.structure in self.rang_maison:
            maison = self.maisons[self.rang_maison[d.structure]]
            propre = INTERDIT if self.refus(d, maison) else sum(self._detail_structure(d, maison).values())
            if not self.changement_libre(d):
                structures[structures != INTERDIT] += self._prix_du_changement(d)
            structures[self.rang_maison[maison.id]] = propre
        for exclue in d.structures_exclues & self.rang_maison.keys():
            structures[self.rang_maison[exclue]] = INTERDIT
        ligne: Ligne = structures[self.maison_du_poste]
        libres = (ligne != INTERDIT) & ~self._absents
        if d.agents_exclus or d.lecteurs is not None:
            libres &= np.array([not self._exclus(d, p) for p in self.postes], dtype=bool)
        ligne = np.where(libres, ligne + self._agents(d), INTERDIT).astype(np.int32)
        anciens = self._anciens_la(d)
        if anciens:
            autres = np.array([p.agent not in anciens for p in self.postes], dtype=bool)
            ligne[autres & (ligne != INTERDIT)] += self.bareme.criteres["rupture_de_continuite"]
        return ligne

    def _structures(self, d: Demande) -> Ligne:
        """Per structure, before what depends on the decision taken for her."""
        cle = (d.commune, d.public, famille(d.categorie), d.specialite, d.accessible)
        if cle not in self._par_structure:
            neutre = Demande(
                id=0, voie=d.voie, categorie=d.categorie, structure=None, commune=d.commune, public=d.public,
                specialite=d.specialite, accessible=d.accessible,
            )  # fmt: skip
            couts = [
                INTERDIT if self.refus(neutre, m) else sum(self._detail_structure(neutre, m).values())
                for m in self.maisons
            ]
            self._par_structure[cle] = np.array(couts, dtype=np.int32)
        return self._par_structure[cle]

    def _agents(self, d: Demande) -> Ligne:
        cle = (d.specialite, d.voie == Voie.SOCIAL, d.langue if d.interprete else None, d.interprete)
        if cle not in self._par_agent:
            couts = [sum(self._detail_agent(d, p).values()) for p in self.postes]
            self._par_agent[cle] = np.array(couts, dtype=np.int32)
        return self._par_agent[cle]

    # Why nobody -----------------------------------------------------------------------------------------------------
    def motif(self, d: Demande) -> MotifSansSolution:
        """Why no post at all is possible for her: the first obstacle, in the order of the questions."""
        refus = [self.refus(d, m) for m in self.maisons]
        ouvertes = [m.id for m, r in zip(self.maisons, refus, strict=True) if r is None]
        la = [p for p in self.postes if p.structure in ouvertes and not p.empechement]
        if la:
            return M.SENSIBLE if d.lecteurs is not None else M.CONFLIT
        if ouvertes:
            return M.SANS_REFERENT
        decidee = self.rang_maison.get(d.structure or 0)
        if M.CONFLIT in refus:
            return M.CONFLIT
        if decidee is not None and self.maisons[decidee].empechement:
            return M.CONVENTION
        hors = not d.commune or (self.communes_sectorisees and d.commune not in self.communes_sectorisees)
        return M.HORS_SECTEUR if hors else M.SANS_STRUCTURE
