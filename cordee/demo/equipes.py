"""Teams in time: the trades of the source documents, who held which position, how many people each may follow.

Numbers by team follow the sources cited in ``organisation.yaml``; turnover and caseloads are hypotheses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.enums import EnumLibelle

OUVERTURE: Final = date(2009, 6, 1)
"""The RSA begins: structures and sectors of always are open since, so that any past address finds its sector."""
OBSERVATION: Final = date(2021, 1, 1)
"""Agents come and go from this day on; who was there on it came some day of the nine years before."""
DEPARTS_PAR_AN: Final = 0.14
"""Share of positions whose agent leaves in a year (hypothesis)."""
_ANCIENNETE_MINIMALE: Final = 240
_VACANCE: Final = (12, 85)
"""Days between a departure and the next arrival (hypothesis)."""


class Metier(EnumLibelle):
    """Trades of the source documents."""

    ACCUEIL_DIAGNOSTIC = "accueil_diagnostic", "Agent d'accueil et de diagnostic"
    ENCADRANT_PLATEFORME = "encadrant_plateforme", "Encadrant de la plateforme"
    TRAVAILLEUR_SOCIAL = "travailleur_social", "Travailleur social"
    CIP = "cip", "Conseiller en insertion professionnelle"
    SPECIALISE = "specialise", "Agent d'équipe spécialisée"
    CONSEILLER = "conseiller", "Conseiller d'un délégataire ou d'un partenaire"
    INTERVENANT = "intervenant", "Intervenant d'un opérateur"
    RESPONSABLE = "responsable", "Responsable de structure"
    LIAISON = "liaison", "Chargé de liaison"
    DONNEES = "donnees", "Gestionnaire des données"
    DEVOIRS = "devoirs", "Instructeur droits et devoirs"
    SIGNATAIRE = "signataire", "Signataire par délégation"
    MEMBRE_EP = "membre_ep", "Membre de l'équipe pluridisciplinaire"
    EMPLOI = "emploi", "Chargé d'intermédiation emploi"
    PILOTAGE = "pilotage", "Chargé de pilotage"
    ELU = "elu", "Élu délégué"
    ADMINISTRATEUR = "administrateur", "Administrateur"


_M, _R, _T = Metier, RoleAgent, TypeStructure
ROLES: Final[dict[Metier, RoleAgent]] = {
    _M.ACCUEIL_DIAGNOSTIC: _R.AGENT_PLATEFORME, _M.ENCADRANT_PLATEFORME: _R.ENCADRANT,
    _M.TRAVAILLEUR_SOCIAL: _R.TRAVAILLEUR_SOCIAL, _M.CIP: _R.REFERENT, _M.SPECIALISE: _R.REFERENT,
    _M.CONSEILLER: _R.REFERENT, _M.INTERVENANT: _R.OPERATEUR, _M.RESPONSABLE: _R.CHEF_STRUCTURE,
    _M.LIAISON: _R.LIAISON, _M.DONNEES: _R.GESTIONNAIRE_DONNEES, _M.DEVOIRS: _R.DEVOIRS, _M.EMPLOI: _R.CHARGE_EMPLOI,
    _M.PILOTAGE: _R.PILOTAGE, _M.ELU: _R.ELU, _M.ADMINISTRATEUR: _R.ADMINISTRATEUR,
    _M.SIGNATAIRE: _R.SIGNATAIRE, _M.MEMBRE_EP: _R.MEMBRE_EP,
}  # fmt: skip
ACCOMPAGNENT: Final = frozenset({_R.REFERENT, _R.TRAVAILLEUR_SOCIAL, _R.OPERATEUR})
# How many people a référent follows at most, by kind of structure, and the few who have far more (hypotheses: « most 60
# to 130, some at 170 » in the services of the Département, 50 to 90 where support is intensive).
_CHARGES: Final = {
    _T.EDS: (60, 130), _T.EI: (60, 130), _T.EQUIPE_SPECIALISEE: (50, 80), _T.CCAS: (55, 90), _T.ASSOCIATION: (55, 90),
    _T.OPERATEUR: (52, 88), _T.MISSION_LOCALE: (45, 90), _T.CAP_EMPLOI: (60, 110),
}  # fmt: skip
_SURCHARGE: Final = (140, 170)
_PART_SURCHARGEE: Final = {_T.EDS: 0.12, _T.EI: 0.12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Poste:
    """An agent's role in a structure over a period (``fin`` excluded). ``capacite``: people she may follow at once."""

    agent_id: int
    role: RoleAgent
    metier: Metier
    debut: date
    fin: date | None = None
    capacite: int = 0
    compte: str = ""

    def tenu(self, au: date) -> bool:
        return self.debut <= au and (self.fin is None or au < self.fin)


@dataclass(frozen=True, slots=True, kw_only=True)
class FicheStructure:
    """What the history needs of a structure: ids and dates only, so that it goes from a process to another.

    ``communes``: where its people come from, by a sector rule or not (``par_secteur``). ``volume``: people agreed
    by the convention, where there is one.
    """

    id: int
    code: str
    nom: str
    type: TypeStructure
    categorie: GenreOrganismeReferent | None
    communes: tuple[str, ...] = ()
    par_secteur: bool = False
    public: PublicSecteur = PublicSecteur.TOUS
    debut: date
    fin: date | None = None
    volume: int | None = None
    postes: tuple[Poste, ...] = ()

    def referents(self, au: date) -> list[Poste]:
        """Who may be named référent there on a day."""
        return [poste for poste in self.postes if poste.role in ACCOMPAGNENT and poste.tenu(au)]

    def agents(self, role: RoleAgent, au: date) -> list[Poste]:
        """Who holds that role there on a day."""
        return [poste for poste in self.postes if poste.role == role and poste.tenu(au)]

    def ouverte(self, au: date) -> bool:
        return self.debut <= au and (self.fin is None or au < self.fin)


def metier_de(role: RoleAgent, type_structure: TypeStructure) -> Metier:
    """The trade of a role in a structure.

    >>> metier_de(RoleAgent.REFERENT, TypeStructure.EI), metier_de(RoleAgent.REFERENT, TypeStructure.CCAS)
    (<Metier.CIP: 'cip'>, <Metier.CONSEILLER: 'conseiller'>)
    """
    if role == RoleAgent.REFERENT:
        if type_structure in (_T.EDS, _T.EI):
            return Metier.CIP
        return Metier.SPECIALISE if type_structure == _T.EQUIPE_SPECIALISEE else Metier.CONSEILLER
    return next(metier for metier, tenu in ROLES.items() if tenu == role)


def capacite_de(courriel: str, role: RoleAgent, type_structure: TypeStructure) -> int:
    """How many people an agent may follow; always the same for an agent. None when she accompanies nobody."""
    if role not in ACCOMPAGNENT or type_structure not in _CHARGES:
        return 0
    alea = Random(f"charge:{courriel}")  # noqa: S311 - a story, not a secret
    if alea.random() < _PART_SURCHARGEE.get(type_structure, 0):
        return alea.randint(*_SURCHARGE)
    basse, haute = _CHARGES[type_structure]
    return round(alea.triangular(basse, haute))


def charge_moyenne(type_structure: TypeStructure) -> int:
    """People a référent follows on average in a kind of structure; 0 where nobody accompanies.

    >>> charge_moyenne(TypeStructure.OPERATEUR), charge_moyenne(TypeStructure.PLATEFORME)
    (70, 0)
    """
    basse, haute = _CHARGES.get(type_structure, (0, 0))
    return (basse + haute) // 2


def occupations(
    alea: Random, *, depuis: date, au: date, titulaire_depuis: date | None = None, continue_: bool = False
) -> Iterator[tuple[date, date | None]]:
    """The periods during which one position was held, the last one open, as known on the day ``au``.

    Args:
        depuis: since when the position exists.
        titulaire_depuis: when the agent of today came, if that is told; the last period is hers.
        continue_: the next agent comes on the day the former one leaves, so that the position is never empty.
    """
    debut = depuis
    if depuis <= OUVERTURE:
        debut = OBSERVATION - timedelta(days=alea.randint(20, 3300))
    elif titulaire_depuis is None and not continue_:
        debut = min(depuis + timedelta(days=alea.randint(0, 75)), au)
    while True:
        if titulaire_depuis is not None and debut >= min(titulaire_depuis, OBSERVATION):
            # nobody was followed before: the agent of today was the first, or replaces one who left just before
            yield from _jusqu_au_titulaire(debut, titulaire_depuis)
            return
        reste = timedelta(days=_ANCIENNETE_MINIMALE + round(365.25 * alea.expovariate(DEPARTS_PAR_AN)))
        fin = max(debut, OBSERVATION) + reste
        if titulaire_depuis is not None and fin >= titulaire_depuis - timedelta(days=_ANCIENNETE_MINIMALE):
            yield from _jusqu_au_titulaire(debut, titulaire_depuis)
            return
        if fin >= au:
            yield debut, None
            return
        yield debut, fin
        debut = fin if continue_ else fin + timedelta(days=alea.randint(*_VACANCE))
        if debut > au:  # not replaced yet
            return


def _jusqu_au_titulaire(debut: date, titulaire_depuis: date) -> Iterator[tuple[date, date | None]]:
    if debut < titulaire_depuis:
        yield debut, titulaire_depuis
    yield titulaire_depuis, None


def noms(combien: int) -> Sequence[tuple[str, str]]:
    """That many different (first name, name) of colleagues, always in the same order. They are invented."""
    return [(_PRENOMS[n % len(_PRENOMS)], _NOMS[(n * 5 + n // len(_PRENOMS)) % len(_NOMS)]) for n in range(combien)]


_PRENOMS: Final = (
    "Alix", "Camille", "Dominique", "Eden", "Lou", "Morgan", "Noa", "Sacha", "Charlie", "Maxime", "Ange", "Claude",
    "Andréa", "Céleste", "Dany", "Élie", "Frédérique", "Gaëlle", "Honoré", "Isaure", "Joris", "Kelly", "Léonie",
    "Mahé", "Nils", "Odile", "Pascale", "Quentin", "Roxane", "Solène", "Timéo", "Ugo", "Vanille", "Yaël", "Zoé",
    "Bérénice", "Thaïs",
)  # fmt: skip
_NOMS: Final = (
    "Bellier", "Chastel", "Dormoy", "Estève", "Falguier", "Garance", "Hautbois", "Jonquille", "Lavigne", "Montaigu",
    "Aubépin", "Bruyère", "Campanule", "Derville", "Églantin", "Fontvive", "Genêt", "Houx", "Issart", "Jasmin",
    "Kerlann", "Lilas", "Mélèze", "Noisetier", "Orme", "Peuplier", "Quercy", "Roseau", "Saule", "Tilleul", "Ulmaire",
    "Verveine", "Ypréau", "Zinnia", "Ancolie", "Bleuet", "Cyprès", "Digitale", "Érable", "Fusain", "Glycine",
)  # fmt: skip
