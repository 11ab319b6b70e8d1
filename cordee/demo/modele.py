"""What the synthetic population is made of: people, households, the photo of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cordee.demo import identites


@dataclass(frozen=True, slots=True)
class Commune:
    """A real commune and its weight among households."""

    insee: str
    nom: str
    code_postal: str
    poids: float


@dataclass(frozen=True, slots=True)
class Adresse:
    """``etranger``: lines of an address abroad, and then no commune."""

    commune: Commune | None
    numero: str = ""
    type_voie: str = ""
    voie: str = ""
    complement: str = ""
    depuis: date = date(2015, 1, 1)
    etranger: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Individu:
    """A person. ``revenu`` is the monthly average of the reference quarter, in whole euros."""

    ordre: int
    role: str
    sexe: str
    nom: str
    nom_naissance: str
    prenom: str
    naissance: date
    soumis: bool | None = False
    activite: str = ""
    activite_depuis: date | None = None
    contrat: str = ""
    revenu: int = 0
    inscrit_emploi: bool = False

    @property
    def nir(self) -> str:
        return identites.nir(self.sexe, self.naissance, self.ordre)

    def age(self, au: date) -> int:
        return au.year - self.naissance.year - ((au.month, au.day) < (self.naissance.month, self.naissance.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Menage:
    """A household as its payer knows it.

    ``etat``, ``motif``, ``motif_depuis``: as in the files. ``entre_le``: date of the first photo it is in.
    ``transmis``: is it in this month's file? ``prenant``/``cedant``: payer it leaves for or comes from.
    """

    numero: int
    organisme: str
    adultes: tuple[Individu, ...]
    enfants: tuple[Individu, ...]
    situation: str
    situation_depuis: date
    date_demande: date
    entre_le: date
    etat: str = "2"
    motif: str = ""
    motif_depuis: date | None = None
    adresse: Adresse
    adresse_precedente: Adresse | None = None
    domicilie: bool = False
    grossesse: date | None = None
    cedant: str = ""
    prenant: str = ""
    numero_precedent: int = 0
    transmis: bool = True

    @property
    def numdemrsa(self) -> str:
        return numdemrsa(self.numero)

    @property
    def en_couple(self) -> bool:
        return len(self.adultes) > 1

    @property
    def parent_isole(self) -> bool:
        return len(self.adultes) == 1 and bool(self.enfants)


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """The photo at ``au`` (the last day of a month). ``prochain``: next free household number."""

    au: date
    graine: int
    communes: tuple[Commune, ...]
    menages: tuple[Menage, ...]
    prochain: int


def numdemrsa(numero: int) -> str:
    """Eleven characters, the département last.

    >>> numdemrsa(12)
    '00000012094'
    """
    return f"{numero:08d}094"


def fin_de_mois(jour: date) -> date:
    """The last day of a day's month.

    >>> fin_de_mois(date(2024, 2, 10))
    datetime.date(2024, 2, 29)
    """
    return (jour.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
