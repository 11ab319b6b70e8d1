"""The contacts file (CSV) the CNAF would send about the synthetic population (flux_caf.md §9, E37).

With its true defects: leading zeros lost, one number for the couple, boxes filled with zeros, a social worker's number
on several dossiers. The two last columns are not in the public header: they carry the A/R/I codes of the instruction
flow, so that the demonstration has people who refuse to be reached.

Every line says it is synthetic (``TAGS``). Numbers stand in the ranges ARCEP keeps for fiction, 10,000 each, one of
them of mobiles: the first 10,000 dossiers have a mobile of their own, the next 40,000 a number of another range.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from cordee.demo import identites
from cordee.demo.fichiers import ORIGINE, population_pour
from cordee.demo.modele import Individu, Menage, Population
from cordee.demo.tirage import alea_de, tirer

ENTETE: Final = (
    "MATRICULE", "ROLE PERSONNE", "TYPE PERSONNE", "NIR", "NUMERO DEMANDE RSA", "DATE DEMANDE RSA",
    "DATE DEBUT DROITS - DEVOIRS", "NOM RESPONSABLE DOSSIER", "PRENOM RESPONSABLE DOSSIER", "NUMERO TELEPHONE DOSSIER",
    "NUMERO TELEPHONE 2 DOSSIER", "ADRESSE ELECTRONIQUE DOSSIER", "TAGS", "AUTORUTITEL", "AUTORUTIADRELEC",
)  # fmt: skip
SYNTHETIQUE: Final = "DONNEES SYNTHETIQUES"
PLAGES: Final = ("063998", "019900", "026191", "035301", "046571", "053649")
NUMERO_DU_CCAS: Final = f"{PLAGES[-1]}9999"
"""A social worker's, given by several dossiers."""
# Shares of dossiers: a phone for about 90 %, an e-mail for about 40 %.
_TELEPHONES: Final = {"mobile": 0.815, "fixe_et_mobile": 0.04, "fixe": 0.025, "ccas": 0.012, "bouchon": 0.008, "": 0.10}
_PART_COURRIEL: Final = 0.40
_PART_REFUS: Final = 0.02
_RESERVE: Final = 10_000
_OUVERTS: Final = frozenset("234")
_CHANGE_PAR_MOIS: Final = 100
"""One dossier in so many changes number each month."""


def generer_contacts(mois: str, *, foyers: int, graine: int, sortie: Path, organisme: str = "CAF") -> int:
    """Make the contacts file of ``mois`` about the population of :func:`fichiers.generer_mensuel`.

    Returns:
        The number of lines written.
    """
    return ecrire_contacts(population_pour(mois, foyers=foyers, graine=graine), sortie, organisme=organisme)


def ecrire_contacts(population: Population, sortie: Path, *, organisme: str = "CAF") -> int:
    """Write the contacts file of one payer. Same population, same bytes.

    Returns:
        The number of lines written: one per adult subject to droits et devoirs, or of an open right.
    """
    ecrites = 0
    with sortie.open("w", encoding="cp1252", newline="\r\n", errors="replace") as fichier:
        fichier.write(";".join(ENTETE) + "\n")
        for ligne in lignes_de_contacts(population, organisme):
            fichier.write(";".join(ligne) + "\n")
            ecrites += 1
    return ecrites


def lignes_de_contacts(population: Population, organisme: str) -> Iterator[tuple[str, ...]]:
    """The lines of the file, without its header."""
    for menage in population.menages:
        if menage.organisme == organisme and menage.transmis and menage.etat in _OUVERTS:
            commun = _du_dossier(menage, population)
            for adulte in menage.adultes:
                yield (*_qui(menage, adulte), *commun)


def _qui(menage: Menage, adulte: Individu) -> tuple[str, ...]:
    responsable = menage.adultes[0]
    return (
        f"{9_000_000 + menage.numero}", adulte.role, "ADULTE", adulte.nir, menage.numdemrsa,
        f"{menage.date_demande:%d/%m/%Y}", f"{menage.date_demande.replace(day=1):%d/%m/%Y}", responsable.nom,
        responsable.prenom,
    )  # fmt: skip


def _du_dossier(menage: Menage, population: Population) -> tuple[str, ...]:
    """Phones, e-mail, tag and codes: the same on each line of a dossier."""
    alea = alea_de(population.graine, ORIGINE, f"contacts:{menage.numero}")
    premier, second = _telephones(alea, menage.numero, _rang_du_mois(population.au))
    demandeur = menage.adultes[0]
    courriel = identites.courriel(demandeur.prenom, demandeur.nom, menage.numero)
    avec_courriel = alea.random() < _PART_COURRIEL
    refus_telephone, refus_courriel = alea.random() < _PART_REFUS, alea.random() < _PART_REFUS
    return (
        _ecrit(alea, premier), _ecrit(alea, second), courriel if avec_courriel else "", SYNTHETIQUE,
        _code(premier, refus=refus_telephone), _code(courriel if avec_courriel else "", refus=refus_courriel),
    )  # fmt: skip


def _telephones(alea: Random, numero: int, rang_du_mois: int) -> tuple[str, str]:
    """The two numbers of a dossier this month: a mobile changes once, one month or another."""
    change = alea.randrange(_CHANGE_PAR_MOIS) < rang_du_mois
    rang = _RESERVE - 1 - numero if change and numero < _RESERVE // 2 else numero
    plage = rang // _RESERVE
    mobile = f"{PLAGES[plage]}{rang % _RESERVE:04d}" if plage < len(PLAGES) - 1 else ""
    fixe = f"{PLAGES[-1]}{numero % (_RESERVE - 1):04d}"
    return {
        "mobile": (mobile, ""),
        "fixe_et_mobile": (fixe, mobile),
        "fixe": (fixe, ""),
        "ccas": (NUMERO_DU_CCAS, ""),
        "bouchon": ("0600000000", ""),
        "": ("", ""),
    }[tirer(alea, _TELEPHONES)]


def _ecrit(alea: Random, numero: str) -> str:
    """As the file shows it: without its zero, more often than not."""
    if not numero:
        return ""
    forme = tirer(alea, {"sans_zero": 0.85, "entier": 0.11, "international": 0.04})
    return {"sans_zero": numero[1:], "entier": numero, "international": f"+33{numero[1:]}"}[forme]


def _code(valeur: str, *, refus: bool) -> str:
    if not valeur:
        return ""
    return "R" if refus else "A"


def _rang_du_mois(au: date) -> int:
    return (au.year - ORIGINE.year) * 12 + au.month - ORIGINE.month
