"""Understanding one line: texts in, facts out, no database. What cannot be understood sets the line aside, with why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from cordee.echanges.fichiers.depot import FichierIncomplet
from cordee.echanges.fichiers.rejets import empreinte_du_jeton, est_jeton, jeton, jeton_provisoire
from cordee.echanges.partenaires.champs import IDENTITE, Champ, OrdreDates, cle_colonne
from cordee.metier.personnes.enums import PrecisionNaissance, RoleFoyer
from cordee.metier.personnes.regles import EtatCivil, lire_matricule, voiler_matricule
from cordee.metier.suivi.regles import DateDite
from cordee.socle.nir import nir13

Brut: TypeAlias = str | int | float | bool | date | datetime | None
TEXTE_MAX: Final = 300
"""Characters kept of one cell (a real one has thirty)."""
VIDE: Final = DateDite()
_PREMIERE: Final = date(1900, 1, 1)
_SERIE_ZERO: Final = date(1899, 12, 30)  # day 0 of spreadsheets
_SERIES: Final = range(1000, 80000)
_VIDES: Final = frozenset({"", "-", "--", "null", "none", "néant", "neant", "n/a", "na", "nc", "inconnu", "inconnue"})
_AMJ: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.ASCII | re.DOTALL)
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_AUTRE: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?", re.ASCII | re.DOTALL)
_MOIS: Final = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})", re.ASCII)
_ANNEE: Final = re.compile(r"\d{4}", re.ASCII)
_ROLES: Final = {
    "dem": RoleFoyer.DEM, "demandeur": RoleFoyer.DEM, "allocataire": RoleFoyer.DEM, "responsable": RoleFoyer.DEM,
    "cjt": RoleFoyer.CJT, "conjoint": RoleFoyer.CJT, "conjointe": RoleFoyer.CJT,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneLue:
    """One line understood. ``nir`` is the clear number, in memory only; ``jeton``: the hash a piece set aside keeps,
    ``provisoire``: whether the number it stands for is one given while waiting.

    ``textes``: what was written, field by field, to be kept (without the NIR) if the line is set aside later.
    """

    rang: int
    ligne: int
    nir: str = field(default="", repr=False)
    jeton: bytes | None = field(default=None, repr=False)
    provisoire: bool = False
    operateur: str = ""
    numdemrsa: str = ""
    matricule: str = ""
    role: RoleFoyer | None = None
    etat_civil: EtatCivil = field(default=EtatCivil(nom="", prenom=""), repr=False)
    contrat: DateDite = VIDE
    contact: DateDite = VIDE
    prochain: date | None = None
    referent: str = ""
    structure: str = ""
    avertissements: tuple[str, ...] = ()
    textes: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneEcartee:
    """One line that cannot be taken: where, why. ``textes``: what was written."""

    rang: int
    ligne: int
    code: str
    motif: str
    textes: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Given last: the file was read to its end. ``annonces``: what it says it holds, when it says it."""

    lus: int
    annonces: int | None = None


class CorrespondanceInadaptee(FichierIncomplet):
    """The file has not what its mapping looks for: it is not refused, somebody says how it is read."""


class ValeurIllisible(Exception):
    """A value that would have to be invented. ``code`` and a sentence."""

    def __init__(self, code: str, motif: str) -> None:
        super().__init__(motif)
        self.code = code


def texte(brut: Brut) -> str:
    """A cell as a text, its blanks put together and its length bounded. Whole figures lose their decimals.

    >>> texte("  Le\\u00a0 Bihan "), texte(1234567.0), texte(None), texte(date(2026, 3, 5))
    ('Le Bihan', '1234567', '', '2026-03-05')
    """
    if brut is None:
        return ""
    if isinstance(brut, float) and brut.is_integer():
        brut = int(brut)
    if isinstance(brut, datetime):
        brut = brut.date()
    return " ".join(str(brut).replace("\0", " ").split())[:TEXTE_MAX]


def lire_date(brut: Brut, ordre: OrdreDates = OrdreDates.JMA) -> DateDite:
    """A date as it is said: a day, a month or a year; never completed.

    Raises:
        ValueError: something is written, and it is no date.

    >>> [str(lire_date(b)) for b in ("05/03/2026", "2026-3-5", "20260305", "2020", "03/2020", "2020-00-00", "", 46086)]
    ['2026-03-05', '2026-03-05', '2026-03-05', '2020', '2020-03', '2020', '', '2026-03-05']
    >>> str(lire_date("03/05/2026", OrdreDates.MJA))
    '2026-03-05'
    """
    if isinstance(brut, bool):
        raise ValueError("no date")
    if isinstance(brut, date):
        return _borner(brut.date() if isinstance(brut, datetime) else brut)
    if isinstance(brut, int | float) and not _annee(brut) and _SERIES[0] <= brut <= _SERIES[-1]:
        return _borner(_SERIE_ZERO + timedelta(days=int(brut)))
    ecrit = texte(brut)
    vide = ecrit.casefold() in _VIDES or not ecrit.strip("0/-. :")
    return VIDE if vide else _composer(*_parties(ecrit, ordre))


def _parties(ecrit: str, ordre: OrdreDates) -> tuple[str, str, str]:
    """Year, month and day of a written date, « 0 » for those it does not say.

    Raises:
        ValueError: it is no date.
    """
    if forme := _AMJ.fullmatch(ecrit) or _COMPACT.fullmatch(ecrit):
        return forme[1], forme[2], forme[3]
    if forme := _AUTRE.fullmatch(ecrit):
        return (forme[3], forme[2], forme[1]) if ordre is OrdreDates.JMA else (forme[3], forme[1], forme[2])
    if forme := _MOIS.fullmatch(ecrit):
        return forme[1] or forme[4], forme[2] or forme[3], "0"
    if _ANNEE.fullmatch(ecrit):
        return ecrit, "0", "0"
    raise ValueError("no date")


def comprendre(
    valeurs: Mapping[Champ, Brut], *, rang: int, ligne: int, limite: date, ordre: OrdreDates = OrdreDates.JMA
) -> LigneLue | LigneEcartee:
    """Understand a line.

    Args:
        valeurs: what stands in the columns of the mapping.
        limite: day of reception; a signature or a contact cannot be after it.
    """
    textes = {champ.value: t for champ, brut in valeurs.items() if (t := texte(brut))}
    try:
        return _comprendre(valeurs, textes, rang=rang, ligne=ligne, limite=limite, ordre=ordre)
    except ValeurIllisible as faute:
        return LigneEcartee(rang=rang, ligne=ligne, code=faute.code, motif=str(faute), textes=_sans_nir(textes))


def _comprendre(
    valeurs: Mapping[Champ, Brut], textes: dict[str, str], *, rang: int, ligne: int, limite: date, ordre: OrdreDates
) -> LigneLue:
    avis: list[str] = []
    nir, scelle = _nir(textes.get(Champ.NIR, ""), avis)
    role = _role(textes.get(Champ.ROLE, ""), avis)
    etat_civil = _etat_civil(valeurs, textes, limite, ordre)
    cle = bool(nir or scelle or textes.get(Champ.OPERATEUR))
    if not cle and not _assez(textes, etat_civil, role):
        raise ValeurIllisible(
            "identite_insuffisante", "Rien ne dit sûrement de qui il s'agit : numéro, ou nom, prénom et naissance."
        )
    return LigneLue(
        rang=rang, ligne=ligne, nir=nir, jeton=scelle,
        provisoire=jeton_provisoire(textes.get(Champ.NIR, "")), operateur=textes.get(Champ.OPERATEUR, "")[:40],
        numdemrsa=textes.get(Champ.NUMDEMRSA, "").upper()[:11], matricule=_matricule(textes.get(Champ.MATRICULE, "")),
        role=role, etat_civil=etat_civil, contrat=_passee(valeurs, Champ.CONTRAT, limite, ordre),
        contact=_passee(valeurs, Champ.CONTACT, limite, ordre), prochain=_prochain(valeurs, ordre, avis),
        referent=textes.get(Champ.REFERENT, "")[:80], structure=textes.get(Champ.STRUCTURE, "")[:120],
        avertissements=tuple(avis), textes=_sans_nir(textes),
    )  # fmt: skip


def _nir(ecrit: str, avis: list[str]) -> tuple[str, bytes | None]:
    """The clear number, or the hash a piece set aside carries in its place."""
    if est_jeton(ecrit):
        return "", empreinte_du_jeton(ecrit)
    lu = nir13(ecrit) if ecrit else None
    if ecrit and lu is None:
        avis.append("nir_illisible")
    return lu or "", None


def _sans_nir(textes: dict[str, str]) -> dict[str, str]:
    """The texts that are kept: a token for the NIR, a pseudonym for a beneficiary's number that is one (V1)."""
    gardes = dict(textes)
    if gardes.get(Champ.MATRICULE):
        gardes[Champ.MATRICULE.value] = voiler_matricule(gardes[Champ.MATRICULE])
    ecrit = gardes.get(Champ.NIR, "")
    if ecrit and not est_jeton(ecrit):
        gardes[Champ.NIR.value] = jeton(ecrit)
    return gardes


def _role(ecrit: str, avis: list[str]) -> RoleFoyer | None:
    role = _ROLES.get(ecrit.casefold())
    if ecrit and role is None:
        avis.append("role_inconnu")
    return role


def _matricule(ecrit: str) -> str:
    """Spreadsheets lose leading zeros: seven figures.

    >>> _matricule("12345"), _matricule("0012345")
    ('0012345', '0012345')
    """
    return lire_matricule(ecrit)[:15] if ecrit else ""


def _etat_civil(valeurs: Mapping[Champ, Brut], textes: dict[str, str], limite: date, ordre: OrdreDates) -> EtatCivil:
    try:
        naissance = lire_date(valeurs.get(Champ.NAISSANCE), ordre)
    except ValueError:
        raise ValeurIllisible("naissance_illisible", "La date de naissance n'est pas une date.") from None
    debut = naissance.debut
    if debut is not None and debut > limite:
        raise ValeurIllisible("naissance_impossible", "La date de naissance est à venir.")
    precision = PrecisionNaissance.JOUR
    if naissance.partielle:
        precision = PrecisionNaissance.MOIS if "-" in naissance.partielle else PrecisionNaissance.ANNEE
    nom, naissant = textes.get(Champ.NOM, ""), textes.get(Champ.NOM_NAISSANCE, "")
    return EtatCivil(
        nom=(nom or naissant)[:80], nom_naissance=(naissant or nom)[:80], prenom=textes.get(Champ.PRENOM, "")[:80],
        date_naissance=debut, precision=precision,
    )  # fmt: skip


def _assez(textes: dict[str, str], e: EtatCivil, role: RoleFoyer | None) -> bool:
    dossier = role is not None and bool(textes.get(Champ.NUMDEMRSA) or textes.get(Champ.MATRICULE))
    noms, naissance = bool(e.nom), e.date_naissance is not None
    return bool(e.prenom) and ((noms and naissance) or (dossier and (noms or naissance)))


def _passee(valeurs: Mapping[Champ, Brut], champ: Champ, limite: date, ordre: OrdreDates) -> DateDite:
    """A date that has happened."""
    try:
        lue = lire_date(valeurs.get(champ), ordre)
    except ValueError:
        raise ValeurIllisible("date_illisible", f"« {champ.libelle} » : ce qui est écrit n'est pas une date.") from None
    if lue.debut is not None and lue.debut > limite:
        raise ValeurIllisible("date_a_venir", f"« {champ.libelle} » : la date est à venir.")
    return lue


def _prochain(valeurs: Mapping[Champ, Brut], ordre: OrdreDates, avis: list[str]) -> date | None:
    try:
        return lire_date(valeurs.get(Champ.PROCHAIN), ordre).jour
    except ValueError:
        avis.append("prochain_illisible")
        return None


def _annee(nombre: float) -> bool:
    """A number that is a year rather than a day counted since 1900."""
    return float(nombre).is_integer() and 1900 <= nombre <= 2100


def _composer(annee: str, mois: str, jour: str) -> DateDite:
    """From its parts; an unknown month or day (0) leaves the date in part."""
    a, m, j = int(annee), int(mois), int(jour)
    if m == 0:
        return _partielle(a, 0)
    return _partielle(a, m) if j == 0 else _borner(date(a, m, j))


def _partielle(annee: int, mois: int) -> DateDite:
    _borner(date(annee, mois or 1, 1))
    return DateDite(partielle=f"{annee:04d}-{mois:02d}" if mois else f"{annee:04d}")


def _borner(jour: date) -> DateDite:
    if jour < _PREMIERE:
        raise ValueError("before any file")
    return DateDite(jour)


# Lines set aside ----------------------------------------------------------------------------------------------------
def ecrire_textes(textes: Mapping[str, str]) -> str:
    """A line set aside as it is kept and corrected: one field a line, in the words of the mapping page. What says who
    and when is always there, empty if it was, so that it can be filled.

    >>> print(ecrire_textes({"nom": "Exemple", "contrat": "31/02/2026"}).splitlines()[5:9])
    ["Nom d'usage : Exemple", 'Nom de naissance : ', 'Prénom : ', 'Date de naissance : ']
    """
    toujours = {*IDENTITE, Champ.CONTRAT, Champ.CONTACT}
    dits = ((champ, textes.get(champ, "")) for champ in Champ)
    return "\n".join(f"{champ.libelle} : {valeur}" for champ, valeur in dits if valeur or champ in toujours)


def lire_textes(ecrit: str) -> dict[Champ, Brut]:
    """The fields of a line set aside, once corrected. What is no known field is left out.

    >>> lire_textes("Prénom: Léa\\nPRENOM : Zoé\\nRemarque : rien")
    {<Champ.PRENOM: 'prenom'>: 'Zoé'}
    """
    connus = {cle_colonne(nom): champ for champ in Champ for nom in (champ.libelle, champ.value)}
    valeurs: dict[Champ, Brut] = {}
    for ligne in ecrit.splitlines():
        nom, deux_points, valeur = ligne.partition(":")
        champ = connus.get(cle_colonne(nom))
        if champ is not None and deux_points:
            valeurs[champ] = valeur.strip()
    return valeurs
