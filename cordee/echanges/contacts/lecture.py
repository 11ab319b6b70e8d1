"""Reading a contacts file, line by line (flux_caf.md §9). Pure: nothing is decided of anybody here.

One line that cannot be read safely is a :class:`LigneRejetee` and does not stop the others. A fault of the file itself
(truncated, gone through a spreadsheet) is :class:`FichierRefuse`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cordee.echanges.contacts.colonnes import Colonnes, lire_entete
from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.ouverture import lignes_de, ouvrir_texte
from cordee.echanges.fichiers.rejets import empreinte_du_jeton, jeton
from cordee.metier.personnes.enums import Autorisation, RoleFoyer
from cordee.metier.personnes.regles import (
    est_pseudonyme,
    lire_matricule,
    telephone_mobile,
    telephone_normalise,
    voiler_matricule,
)
from cordee.socle.nir import nir13

LARGEUR_MATRICULE: Final = 7
LARGEUR_NUMDEMRSA: Final = 11
_COURRIEL_MAX: Final = 254
_CODES: Final = {"A": Autorisation.ACCORD, "R": Autorisation.REFUS, "I": Autorisation.INCONNU}
_PUISSANCE: Final = re.compile(r"^\s*\d+(?:[.,]\d+)?[eE][+-]?\d+\s*$")
_BOUCHON: Final = re.compile(r"0\d(\d)\1{7}")  # 06 00 00 00 00: typed to fill the box
_IDENTIFIANT: Final = re.compile(r"[0-9A-Z]+", re.ASCII)
_FACULTATIVES: Final = ("tags", "autorisation_telephone", "autorisation_courriel")
PART_ABIMEE: Final = 0.2
"""Share of lines spoilt by a spreadsheet from which the file is asked for again rather than mended line by line."""
_ABIMEES_MIN: Final = 20
CODE_TABLEUR: Final = "telephone_tableur"


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneLue:
    """One person and what the file says of the contacts of her dossier.

    Attributes:
        empreinte_nir: set when the line carries a token in the place of a NIR (a line played again).
        matricule, numdemrsa: with the leading zeros a spreadsheet loses, ``""`` when not given.
        telephones: ten digits, mobiles first.
        avis: codes of what was odd and tolerated.
    """

    ligne: int
    rang: int
    nir: str
    empreinte_nir: bytes | None
    matricule: str
    numdemrsa: str
    role: str
    nom_responsable: str
    prenom_responsable: str
    demande_le: date | None
    telephones: tuple[str, ...]
    courriel: str
    autorisation_telephone: Autorisation
    autorisation_courriel: Autorisation
    avis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneRejetee:
    """A line set aside. ``texte``: header and line, the NIR replaced by a token (V1)."""

    ligne: int
    rang: int
    repere: str
    code: str
    motif: str
    texte: str


def lire(chemin: Path) -> Iterator[LigneLue | LigneRejetee]:
    """Yield the lines in file order, header and empty lines left out.

    Raises:
        FichierRefuse: not a contacts file; no line; at the last step: cut in the middle of a line, or so many numbers
            spoilt by a spreadsheet that the original must be asked for.
    """
    rang = abimees = 0
    with ouvrir_texte(chemin) as texte:
        lignes = lignes_de(texte)
        _, premiere, _ = next(lignes, (0, "", True))
        colonnes = lire_entete(premiere)
        if colonnes is None:
            raise FichierRefuse("Ce n'est pas le fichier des contacts de la CNAF : ses colonnes manquent.")
        for numero, ligne, finie in lignes:
            rang += 1
            if not finie and _incomplete(colonnes, ligne):
                raise FichierRefuse(
                    f"Le fichier est incomplet : il s'arrête au milieu de la ligne {numero}. Redemandez-le, puis "
                    "déposez-le de nouveau."
                )
            lue = lire_ligne(colonnes, ligne, numero=numero, rang=rang)
            abimees += isinstance(lue, LigneRejetee) and lue.code == CODE_TABLEUR
            yield lue
    if rang == 0:
        raise FichierRefuse("Le fichier ne contient que sa ligne de titres : aucune personne.")
    if abimees >= _ABIMEES_MIN and abimees > rang * PART_ABIMEE:
        raise FichierRefuse(
            f"{abimees} numéros de téléphone sur {rang} lignes ont été abîmés par un tableur (6,12E+08) : redemandez "
            "le fichier d'origine, ou déposez-le sans l'avoir ouvert."
        )


def textes(chemin: Path, rangs: Collection[int]) -> dict[int, str]:
    """Header and line, the NIR replaced by a token, of some lines of a file already read to its end."""
    if not rangs:
        return {}
    with ouvrir_texte(chemin) as texte:
        lignes = lignes_de(texte)
        colonnes = lire_entete(next(lignes)[1])
        if colonnes is None:
            return {}
        return {rang: _garder(colonnes, ligne) for rang, (_, ligne, _) in enumerate(lignes, 1) if rang in rangs}


def lire_texte_garde(texte: str) -> LigneLue | LigneRejetee:
    """Read a line that was set aside, as corrected by an agent: its header, then itself.

    Raises:
        FichierRefuse: the header is gone.
    """
    lignes = [ligne for ligne in texte.splitlines() if ligne.strip()]
    colonnes = lire_entete(lignes[0]) if lignes else None
    if colonnes is None or len(lignes) != 2:
        raise FichierRefuse("Gardez deux lignes : celle des titres, telle quelle, puis la ligne corrigée.")
    return lire_ligne(colonnes, lignes[1], numero=2, rang=1)


def lire_ligne(colonnes: Colonnes, ligne: str, *, numero: int, rang: int) -> LigneLue | LigneRejetee:
    """Read one line."""
    champs = [champ.strip(" \t\xa0\u202f\u200b") for champ in colonnes.champs(ligne)]
    de_trop = len(champs) > colonnes.nombre
    while len(champs) > colonnes.nombre and not champs[-1]:
        champs.pop()
    lus = {nom: champs[place] if place < len(champs) else "" for nom, place in colonnes.rangs.items()}
    identite = _identite(lus)

    def refuser(code: str, motif: str) -> LigneRejetee:
        texte = _garder(colonnes, ligne)
        return LigneRejetee(ligne=numero, rang=rang, repere=identite.numdemrsa, code=code, motif=motif, texte=texte)

    if _manque(colonnes, len(champs)) or (de_trop and _decalee(lus)):
        return refuser("colonnes", "Cette ligne n'a pas le même nombre de colonnes que les titres : tout est décalé.")
    if not (identite.nir or identite.empreinte_nir or ((identite.matricule or identite.numdemrsa) and identite.role)):
        return refuser("personne_illisible", "Rien ne dit de qui parle cette ligne : ni numéro lisible, ni rôle.")
    avis = list(identite.avis)
    telephones: list[str] = []
    for nom in ("telephone", "telephone_2"):
        brut = lus.get(nom, "")
        if not brut:
            continue
        if _PUISSANCE.match(brut):
            return refuser(
                CODE_TABLEUR, "Un tableur a abîmé le numéro de téléphone (6,12E+08) : retrouvez le numéro d'origine."
            )  # fmt: skip
        telephone = lire_telephone(brut)
        if not telephone:
            avis.append("telephone_illisible")
        elif telephone not in telephones:
            telephones.append(telephone)
    courriel = lire_courriel(lus["courriel"]) if lus.get("courriel") else ""
    if lus.get("courriel") and not courriel:
        avis.append("courriel_illisible")
    telephones.sort(key=lambda numero: not telephone_mobile(numero))
    return LigneLue(
        ligne=numero, rang=rang, nir=identite.nir, empreinte_nir=identite.empreinte_nir,
        matricule=identite.matricule, numdemrsa=identite.numdemrsa, role=identite.role,
        nom_responsable=lus.get("nom_responsable", ""), prenom_responsable=lus.get("prenom_responsable", ""),
        demande_le=_jour(lus.get("demande_le", "")), telephones=tuple(telephones), courriel=courriel,
        autorisation_telephone=_autorisation(lus.get("autorisation_telephone", ""), avis),
        autorisation_courriel=_autorisation(lus.get("autorisation_courriel", ""), avis),
        avis=tuple(avis),
    )  # fmt: skip


def lire_telephone(brut: str) -> str:
    """A number as ten digits; ``""`` when it is none, or one that only fills the box.

    >>> lire_telephone("612345678"), lire_telephone("+33 6 12 34 56 78"), lire_telephone("0600000000")
    ('0612345678', '0612345678', '')
    """
    numero = telephone_normalise(brut)
    return "" if _BOUCHON.fullmatch(numero) else numero


def lire_courriel(brut: str) -> str:
    """An e-mail in lower case; ``""`` when it is none.

    >>> lire_courriel("Lea@Exemple.INVALID"), lire_courriel("lea@exemple"), lire_courriel("neant")
    ('lea@exemple.invalid', '', '')
    """
    courriel = brut.strip().lower()
    try:
        validate_email(courriel)
    except ValidationError:
        return ""
    return courriel if len(courriel) <= _COURRIEL_MAX else ""


@dataclass(frozen=True, slots=True)
class _Identite:
    nir: str
    empreinte_nir: bytes | None
    matricule: str
    numdemrsa: str
    role: str
    avis: tuple[str, ...]


def _identite(lus: dict[str, str]) -> _Identite:
    avis = []
    brut = lus.get("nir", "")
    empreinte = empreinte_du_jeton(brut)
    nir = "" if brut.startswith("jeton-") else nir13(brut) or ""
    if brut and not nir and not brut.startswith("jeton-"):
        avis.append("nir_illisible")
    matricule = _matricule(lus.get("matricule", ""))
    numdemrsa = _numero(lus.get("numdemrsa", ""), LARGEUR_NUMDEMRSA, LARGEUR_NUMDEMRSA)
    if (lus.get("matricule") and not matricule) or (lus.get("numdemrsa") and not numdemrsa):
        avis.append("numero_illisible")
    role = lus.get("role", "").lower()
    if role not in set(RoleFoyer):
        avis.append("role_inconnu")
        role = ""
    return _Identite(nir, empreinte, matricule, numdemrsa, role, tuple(avis))


def _numero(brut: str, largeur: int, maximum: int) -> str:
    """A number of a paying body, with the leading zeros a spreadsheet loses; ``""`` when it cannot be one.

    >>> _numero("10099", 11, 11), _numero("9900001", 7, 15), _numero("1,2E+06", 7, 15), _numero("", 7, 15)
    ('00000010099', '9900001', '', '')
    """
    compact = brut.replace(" ", "").upper().lstrip("0")
    if not _IDENTIFIANT.fullmatch(compact) or len(compact) > maximum:
        return ""
    return compact.zfill(largeur)


def _matricule(brut: str) -> str:
    """The beneficiary's number, as files of beneficiaries give it; that of a NIR is its pseudonym."""
    lu = lire_matricule(brut)
    return lu if est_pseudonyme(lu) else _numero(lu, LARGEUR_MATRICULE, 15)


def _autorisation(brut: str, avis: list[str]) -> Autorisation:
    if brut and brut.upper() not in _CODES:
        avis.append("code_inconnu")
    return _CODES.get(brut.upper(), Autorisation.INCONNU)


def _jour(brut: str) -> date | None:
    """A day written 12/03/2024 or 2024-03-12.

    >>> _jour("12/03/2024") == _jour("2024-03-12") == date(2024, 3, 12), _jour("31/02/2024")
    (True, None)
    """
    try:
        return date.fromisoformat(f"{brut[6:]}-{brut[3:5]}-{brut[:2]}" if brut[2:3] == "/" else brut)
    except ValueError:
        return None


def _manque(colonnes: Colonnes, nombre: int) -> bool:
    """Whether a line lacks more than the optional last columns."""
    if nombre > colonnes.nombre:
        return True
    perdues = [nom for nom, place in colonnes.rangs.items() if place >= nombre]
    return any(nom not in _FACULTATIVES for nom in perdues) or colonnes.nombre - nombre > len(perdues)


def _decalee(lus: dict[str, str]) -> bool:
    """Whether words stand where a number should."""
    return any(any(c.isalpha() for c in lus.get(nom, "")) for nom in ("telephone", "telephone_2"))


def _incomplete(colonnes: Colonnes, ligne: str) -> bool:
    nombre = len(colonnes.champs(ligne))
    return nombre < colonnes.nombre and _manque(colonnes, nombre)


def _garder(colonnes: Colonnes, ligne: str) -> str:
    """Header, then line as received, a token in the place of its NIR and of any cell that looks like one (V1)."""
    champs = colonnes.champs(ligne)
    nir, matricule = colonnes.rangs.get("nir", -1), colonnes.rangs.get("matricule", -1)
    gardes = [
        voiler_matricule(champ) if rang == matricule
        else jeton(champ) if champ.strip() and not champ.startswith("jeton-") and (rang == nir or nir13(champ))
        else champ
        for rang, champ in enumerate(champs)
    ]  # fmt: skip
    return f"{colonnes.ligne}\n" + colonnes.separateur.join(
        '"' + champ.replace('"', '""') + '"' if colonnes.separateur in champ or '"' in champ else champ
        for champ in gardes
    )
