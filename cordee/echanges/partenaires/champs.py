"""What a line of a partner may say, where it says it, and what makes a mapping usable. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from cordee.socle.enums import EnumLibelle


class GenreCorrespondance(EnumLibelle):
    TABLEAU = "tableau", "Tableau (CSV, XLSX, XLS ou ODS)"
    OPERATEUR = "operateur", "Fichier XML de l'opérateur de l'emploi"


class OrdreDates(EnumLibelle):
    """How a date in figures is written. Year first (2026-03-05) is always understood."""

    JMA = "jma", "Jour, mois, année (05/03/2026)"
    MJA = "mja", "Mois, jour, année (03/05/2026)"


class Champ(EnumLibelle):
    NIR = "nir", "Numéro de sécurité sociale"
    OPERATEUR = "operateur", "Identifiant chez l'opérateur de l'emploi"
    NUMDEMRSA = "numdemrsa", "Numéro de demande RSA"
    MATRICULE = "matricule", "Numéro allocataire (matricule)"
    ROLE = "role", "Rôle dans le dossier", "Demandeur ou conjoint"
    NOM = "nom", "Nom d'usage"
    NOM_NAISSANCE = "nom_naissance", "Nom de naissance"
    PRENOM = "prenom", "Prénom"
    NAISSANCE = "naissance", "Date de naissance"
    CONTRAT = "contrat", "Contrat signé le"
    CONTACT = "contact", "Dernier contact le"
    PROCHAIN = "prochain", "Prochain contact le"
    REFERENT = "referent", "Nom du référent"
    STRUCTURE = "structure", "Structure du référent"


IDENTITE: Final = (Champ.NIR, Champ.OPERATEUR, Champ.NUMDEMRSA, Champ.MATRICULE, Champ.ROLE, Champ.NOM,
                   Champ.NOM_NAISSANCE, Champ.PRENOM, Champ.NAISSANCE)  # fmt: skip
INFORMATION: Final = (Champ.CONTRAT, Champ.CONTACT, Champ.PROCHAIN, Champ.REFERENT, Champ.STRUCTURE)
CLES_ADMISES: Final = (
    "le numéro de sécurité sociale, l'identifiant de l'opérateur, le nom, le prénom et la date de naissance, ou un "
    "numéro de dossier avec le rôle, le prénom et la date de naissance (ou le nom)"
)
_CHEMIN: Final = re.compile(
    r"@[A-Za-z_][\w.-]*|[A-Za-z_][\w.-]*(?:/[A-Za-z_][\w.-]*)*(?:/@[A-Za-z_][\w.-]*)?", re.ASCII
)
_CHEMIN_MAX: Final = 200
# Names of columns seen in partners' files: only a proposal, the data desk decides.
_HABITUELS: Final = {
    Champ.NIR: ("nir", "numero securite sociale", "n securite sociale", "num secu", "insee"),
    Champ.OPERATEUR: ("identifiant", "identifiant operateur", "identifiant pole emploi", "identifiant france travail",
                      "ide", "kn individu"),
    Champ.NUMDEMRSA: ("numdemrsa", "numero demande rsa", "n demande rsa", "numero de demande"),
    Champ.MATRICULE: ("matricule", "numero allocataire", "n allocataire", "matricule caf"),
    Champ.ROLE: ("role", "role personne"),
    Champ.NOM: ("nom", "nom usage", "nom d usage", "nom beneficiaire"),
    Champ.NOM_NAISSANCE: ("nom naissance", "nom de naissance", "nom jeune fille"),
    Champ.PRENOM: ("prenom", "prenom beneficiaire"),
    Champ.NAISSANCE: ("date naissance", "date de naissance", "ddn", "ne le", "nee le", "ne e le"),
    Champ.CONTRAT: ("date contrat", "contrat signe le", "date signature", "signature contrat", "date de signature",
                    "date cer", "date ppae"),
    Champ.CONTACT: ("dernier contact", "date dernier contact", "dernier entretien", "date dernier entretien",
                    "dernier rendez vous", "dernier contact le"),
    Champ.PROCHAIN: ("prochain contact", "prochain rendez vous", "date prochain rdv", "prochain contact le"),
    Champ.REFERENT: ("referent", "nom referent", "nom du referent", "conseiller", "nom conseiller"),
    Champ.STRUCTURE: ("structure", "structure referente", "structure du referent", "organisme", "agence"),
}  # fmt: skip
_PAR_NOM: Final = {nom: champ for champ, noms in _HABITUELS.items() for nom in noms}


def cle_colonne(nom: str) -> str:
    """A column's name without case, accents nor punctuation.

    >>> cle_colonne(" Né(e) le :"), cle_colonne("N° allocataire")
    ('ne e le', 'n allocataire')
    """
    decompose = unicodedata.normalize("NFKD", nom.replace("°", " ").casefold())
    sans_accents = "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
    return " ".join(re.findall(r"[a-z0-9]+", sans_accents))


def proposer(entetes: Iterable[str]) -> dict[str, str]:
    """Field → column, guessed from the names.

    >>> proposer(["NOM", "Prénom", "Né(e) le", "Remarques"])
    {'nom': 'NOM', 'prenom': 'Prénom', 'naissance': 'Né(e) le'}
    """
    trouves: dict[str, str] = {}
    for nom in entetes:
        champ = _PAR_NOM.get(cle_colonne(nom))
        if champ is not None and champ.value not in trouves:
            trouves[champ.value] = nom
    return trouves


def fautes(colonnes: Mapping[str, str], *, genre: GenreCorrespondance) -> dict[str, str]:
    """What keeps a mapping from being usable: field (``""`` for the whole) → sentence. Empty when it is usable.

    >>> fautes({"nom": "Nom", "prenom": "Prénom", "contrat": "Signé le"}, genre=GenreCorrespondance.TABLEAU)[""][:52]
    'Rien ne permettrait de savoir de qui parle une ligne'
    >>> fautes({"nir": "NIR", "contrat": "ppae[1]"}, genre=GenreCorrespondance.OPERATEUR)["contrat"][:16]
    'Écrivez les noms'
    """
    constats: dict[str, str] = {}
    dits = {Champ(cle) for cle, valeur in colonnes.items() if valeur}
    if not _identifie(dits):
        constats[""] = (
            "Rien ne permettrait de savoir de qui parle une ligne, sans risque d'erreur. Il faut " + CLES_ADMISES + "."
        )
    elif not dits & {Champ.CONTRAT, Champ.CONTACT}:
        constats[""] = "Dites au moins où se lit la date du contrat ou celle du dernier contact."
    if genre is GenreCorrespondance.OPERATEUR:
        for cle, chemin in colonnes.items():
            if chemin and not (len(chemin) <= _CHEMIN_MAX and _CHEMIN.fullmatch(chemin)):
                constats[cle] = (
                    "Écrivez les noms des balises séparés par « / », par exemple « identification/nir » : ni crochets, "
                    "ni fonctions, ni « .. »."
                )
        return constats
    vus: dict[str, str] = {}
    for cle, colonne in colonnes.items():
        if colonne and colonne in vus:
            constats[cle] = f"Cette colonne sert déjà pour « {Champ(vus[colonne]).libelle} »."
        vus.setdefault(colonne, cle)
    return constats


def _identifie(dits: set[Champ]) -> bool:
    """Whether these fields can tell of whom, as ``personnes.regles.rapprochement`` compares: a dossier's key alone is
    nothing, since somebody else may take a place in it.
    """
    dossier = Champ.ROLE in dits and bool(dits & {Champ.NUMDEMRSA, Champ.MATRICULE})
    noms = bool(dits & {Champ.NOM, Champ.NOM_NAISSANCE})
    prenom, naissance = Champ.PRENOM in dits, Champ.NAISSANCE in dits
    return (
        bool(dits & {Champ.NIR, Champ.OPERATEUR})
        or (noms and prenom and naissance)
        or (dossier and prenom and (naissance or noms))
    )
