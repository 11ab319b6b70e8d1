"""Rows of people: who they are, the numbers they go by, what agents know of them that no file says.

Shares of what no file says (protection, language, discretion) are working hypotheses.
"""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Final

from cordee.demo.foyers import commune_naissance
from cordee.demo.modele import Individu, Menage, numdemrsa
from cordee.demo.tirage import tirer
from cordee.echanges.caf.lignes import NUL, SEXES, Sceau, hexadecimal
from cordee.metier.personnes.enums import Protection, SourceDonnee
from cordee.socle.nir import cle_juste, nir13

PERSONNE: Final = (
    "id", "civilite", "nom", "nom_naissance", "prenom", "autres_prenoms", "date_naissance", "precision_naissance",
    "rang_naissance", "commune_naissance", "sexe", "etat_civil_valide", "provisoire", "canonique_id", "deces_le",
    "dossier_sensible", "contact_discret", "langue", "interprete", "source", "cree_le", "version",
)  # fmt: skip
IDENTIFIANT: Final = ("id", "personne_id", "genre", "valeur", "valeur_chiffree", "empreinte", "cle_valide", "source",
                      "debut", "fin")  # fmt: skip
REPRESENTANT: Final = ("id", "personne_id", "protection", "nom", "adresse", "telephone", "courriel",
                       "assiste_signature", "debut", "fin")  # fmt: skip
_PART_PROTEGEES: Final = 0.012
_PART_INTERPRETE: Final = 0.13
_PART_DISCRETES: Final = 0.002
_PROTECTIONS: Final = {Protection.CURATELLE: 70, Protection.TUTELLE: 26, Protection.HABILITATION: 4}
_LANGUES: Final = {
    "arabe": 24, "bambara": 9, "soninké": 7, "portugais": 8, "anglais": 8, "tamoul": 7, "turc": 6, "lingala": 5,
    "ourdou": 5, "dari": 5, "espagnol": 4, "russe": 4, "mandarin": 4, "langue des signes française": 4,
}  # fmt: skip
_SERVICE: Final = "Service mandataire de démonstration"


def nature_de(graine: int, ordre: int) -> Random:
    """The source of chance of what no file says of a person."""
    return Random(f"{graine}:personne:{ordre}")  # noqa: S311 - a demonstration, not a secret


def ligne_personne(
    personne_id: int, individu: Individu, *, graine: int, cree_le: datetime, deces_le: date | None = None
) -> str:
    """A row of ``personnes_personne``, as COPY takes it."""
    adulte = individu.role != "ENF"
    interprete, discrete, langue = False, False, ""
    if adulte:
        alea = nature_de(graine, individu.ordre)
        interprete, discrete = alea.random() < _PART_INTERPRETE, alea.random() < _PART_DISCRETES
        langue = tirer(alea, _LANGUES) if interprete else ""
    civilite = ("MME" if individu.sexe == "2" else "MR") if adulte else ""
    return (
        f"{personne_id}\t{civilite}\t{individu.nom}\t{individu.nom_naissance}\t{individu.prenom}\t\t"
        f"{individu.naissance}\tjour\t\\N\t{commune_naissance(individu)}\t{SEXES[individu.sexe]}\t"
        f"{'t' if adulte else 'f'}\tf\t\\N\t{deces_le or NUL}\tf\t{'t' if discrete else 'f'}\t{langue}\t"
        f"{'t' if interprete else 'f'}\t{SourceDonnee.FLUX}\t{cree_le.isoformat()}\t1\n"
    )


def protection_de(individu: Individu, graine: int) -> Protection | None:
    """How a person is protected, if she is (1.2 % of adults)."""
    alea = nature_de(graine, -individu.ordre)
    return tirer(alea, _PROTECTIONS) if alea.random() < _PART_PROTEGEES else None


def ligne_representant(pk: int, personne_id: int, protection: Protection, debut: date) -> str:
    """A row of ``personnes_representant``."""
    assiste = "t" if protection is Protection.CURATELLE else "f"
    return (
        f"{pk}\t{personne_id}\t{protection}\t{_SERVICE}\t1 place de la Démonstration, 94000 Créteil\t01 99 00 00 00\t"
        f"mandataire@example.org\t{assiste}\t{debut}\t\\N\n"
    )


def ligne_nir(pk: int, personne_id: int, brut: str, *, sceau: Sceau, debut: date) -> str:
    """The NIR, encrypted and hashed. ``brut``: as the payer sends it, with its key or without."""
    nir, juste = nir13(brut) or "", cle_juste(brut)
    return (
        f"{pk}\t{personne_id}\tnir\t\t{hexadecimal(sceau.chiffrer(nir))}\t{hexadecimal(sceau.marquer(nir))}\t"
        f"{NUL if juste is None else 't' if juste else 'f'}\tflux\t{debut}\t\\N\n"
    )


def ligne_identifiant(
    pk: int, personne_id: int, genre: str, valeur: str, *, debut: date, fin: date | None = None
) -> str:
    """Another number, in clear."""
    return f"{pk}\t{personne_id}\t{genre}\t{valeur}\t\\N\t\\N\t\\N\tflux\t{debut}\t{fin or NUL}\n"


def appartenance(menage: Menage, individu: Individu) -> str:
    """What the file says of a membership: role, role in family benefits, responsible, dependant, detail."""
    role = individu.role
    adulte = role != "ENF"
    precedent = f',"NUMDEMRSAPRECE":"{numdemrsa(menage.numero_precedent)}"' if menage.numero_precedent else ""
    pfa = {"DEM": "RDO", "CJT": "CJT"}.get(role, "ENF")
    depuis = max(menage.date_demande, individu.naissance)
    return (
        f"{role.lower()}\t{pfa.lower()}\t{'t' if role == 'DEM' else 'f'}\tt\t"
        f'{{"DossierCAF":{{"TOPRESPDOS":"{int(role == "DEM")}","DDRATDOS":"{depuis}"{precedent}}},'
        f'"Prestations":[{{"NATPREST":"PFA","ROLEPERS":"{pfa}","TOPCHAPERS":"{int(not adulte)}"}},'
        f'{{"NATPREST":"RSA","ROLEPERS":"{role}","TOPCHAPERS":"1"}}]}}'
    )
