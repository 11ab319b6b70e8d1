"""The header of an indicator's SQL file: its published definition, read from the comments that open the file."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from cordee.pilotage.enums import Agregat, Niveau, Rattache, Sens, Unite
from cordee.reglementation.enums import Nature
from cordee.reglementation.sdd import PerimetreSdd
from cordee.socle.erreurs import ErreurMetier

DOSSIER: Final = Path(__file__).resolve().parent / "indicateurs"
_CHAMP: Final = re.compile(r"^-- (?P<nom>[a-z]+): (?P<valeur>.*)$")
_CIBLE: Final = re.compile(r"^(?P<valeur>-?\d+(?:[.,]\d+)?) \((?P<nature>[a-z_]+)\)(?: ?: ?(?P<texte>.+))?$")
OBLIGATOIRES: Final = (
    "code", "libelle", "famille", "unite", "agregat", "definition", "numerateur", "denominateur", "source", "perimetre",
    "sens", "niveaux", "structure",
)  # fmt: skip
FACULTATIFS: Final = ("cible", "partition", "limites", "recul", "repetees", "rang", "repond")
FAMILLES: Final = {
    "publics": "Qui",
    "mouvements": "Entrées et sorties",
    "delais": "Combien de temps",
    "orientation": "Orientation",
    "accompagnement": "Référents et accompagnement",
    "contrats": "Contrats",
    "heures": "Heures d'activité",
    "difficultes": "Difficultés et autres droits",
    "emploi": "Emploi",
    "devoirs": "Droits et devoirs",
    "donnees": "Ce que valent les données",
    "moyens": "Ce que cela coûte",
}


class IndicateurInconnu(ErreurMetier):
    """No indicator has this code."""


@dataclass(frozen=True, slots=True)
class Cible:
    """What is aimed at, and by which kind of rule (E08: a legal delay is not an objective)."""

    valeur: float
    nature: Nature
    texte: str = ""

    @property
    def phrase(self) -> str:
        """By what it is aimed at, in words.

        >>> Cible(100, Nature.LEGALE, "référent unique").phrase
        'fixé par la loi : référent unique'
        """
        fixe = {Nature.LEGALE: "fixé par la loi", Nature.REGLEMENT_LOCAL: "fixé par le règlement local"}
        debut = fixe.get(self.nature, self.nature.libelle)
        return f"{debut} : {self.texte}" if self.texte else debut


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator as it is published. ``sql``: one line per person (or household) and day (``docs/indicateurs.md``).

    ``repond``: the questions it answers, by their numbers (K01 … K25, REQ-53; ``couverture``).
    ``partition``: (whole, name of the cut) when it is one part of another indicator, which keeps small numbers secret.
    ``recul``: how many months must be known before the day for the figure to mean something. ``repetees``: a person may
    be told of by several lines.
    """

    code: str
    libelle: str
    famille: str
    unite: Unite
    agregat: Agregat
    definition: str
    numerateur: str
    denominateur: str
    source: str
    perimetre: str
    sens: Sens
    niveaux: tuple[Niveau, ...]
    structure: Rattache
    cible: Cible | None
    partition: tuple[str, str] | None
    limites: str
    recul: int
    repetees: bool
    rang: int
    repond: tuple[str, ...]
    sql: str

    @property
    def libelle_perimetre(self) -> str:
        """The perimeter, in words, to be printed beside the figure (E30)."""
        if self.perimetre in set(PerimetreSdd):
            return PerimetreSdd(self.perimetre).libelle
        return self.perimetre


@cache
def definitions() -> dict[str, Definition]:
    """Every indicator, by code, in the order of families, then of ``rang``, then of codes."""
    lues = [lire(f.read_text(encoding="utf-8"), nom=f.stem) for f in sorted(DOSSIER.glob("*.sql"))]
    ordre = list(FAMILLES)
    return {d.code: d for d in sorted(lues, key=lambda d: (ordre.index(d.famille), d.rang, d.code))}


def definition(code: str) -> Definition:
    """The published definition of an indicator.

    Raises:
        IndicateurInconnu: no such code.
    """
    try:
        return definitions()[code]
    except KeyError:
        raise IndicateurInconnu(
            f"L'indicateur « {code} » n'existe pas. « cordee indicateurs » donne la liste des codes."
        ) from None


@cache
def empreinte_des_methodes() -> str:
    """Changes with any indicator or view: figures computed by another method are computed again."""
    somme = hashlib.sha256()
    for dossier in (DOSSIER, DOSSIER.parent / "vues"):
        for fichier in sorted(dossier.glob("*.sql")):
            somme.update(fichier.read_bytes())
    return somme.hexdigest()[:16]


def lire(texte: str, *, nom: str) -> Definition:
    """Read one file.

    Raises:
        ValueError: a field is missing, unknown or malformed: the file is a mistake of ours.
    """
    champs = _champs(texte)
    manquants = [c for c in OBLIGATOIRES if not champs.get(c)]
    if manquants or champs.get("code") != nom or champs["famille"] not in FAMILLES:
        raise ValueError(f"indicateurs/{nom}.sql: missing or wrong field ({', '.join(manquants) or 'code, famille'})")
    inconnus = champs.keys() - {*OBLIGATOIRES, *FACULTATIFS}
    if inconnus:
        raise ValueError(f"indicateurs/{nom}.sql: unknown field {sorted(inconnus)}")
    partition = tuple(champs["partition"].split()) if "partition" in champs else None
    return Definition(
        **{c: champs[c] for c in ("code", "libelle", "famille", "definition", "numerateur", "denominateur", "source",
                                  "perimetre")},
        unite=Unite(champs["unite"]),
        agregat=Agregat(champs["agregat"]),
        sens=Sens(champs["sens"]),
        niveaux=tuple(Niveau(n) for n in champs["niveaux"].split(", ")),
        structure=Rattache(champs["structure"]),
        cible=_cible(champs.get("cible"), nom),
        partition=(partition[0], partition[1]) if partition else None,
        limites=champs.get("limites", ""),
        recul=int(champs.get("recul", "0")),
        repetees=champs.get("repetees") == "oui",
        rang=int(champs.get("rang", "50")),
        repond=tuple(champs["repond"].split(", ")) if "repond" in champs else (),
        sql=texte.rstrip().rstrip(";"),
    )  # fmt: skip


def _champs(texte: str) -> dict[str, str]:
    """The fields of the comments that open the file; a line of more spaces goes on the one before."""
    champs: dict[str, str] = {}
    dernier = ""
    for ligne in texte.splitlines():
        if not ligne.startswith("--"):
            break
        if trouve := _CHAMP.match(ligne):
            dernier = trouve["nom"]
            champs[dernier] = trouve["valeur"].strip()
        elif dernier and ligne.startswith("--   "):
            champs[dernier] += " " + ligne[2:].strip()
    return champs


def _cible(texte: str | None, nom: str) -> Cible | None:
    if texte is None:
        return None
    lu = _CIBLE.match(texte)
    if lu is None:
        raise ValueError(f"indicateurs/{nom}.sql: « cible: 50 (objectif) : texte »")
    return Cible(float(lu["valeur"].replace(",", ".")), Nature(lu["nature"]), lu["texte"] or "")
