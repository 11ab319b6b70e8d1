"""The month being lived: each lot writes its part of the files yet to come, then one file is made of the parts.

The photo after the history is drawn by ``evolution.mois_suivant``, with the whole variety of motives; so is the next
one, whose changes come day by day.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from cordee.demo.contacts import ENTETE, lignes_de_contacts
from cordee.demo.evolution import mois_suivant
from cordee.demo.fichiers import entete_mensuel, foyers_lus, recu_le
from cordee.demo.foyers import PREMIER_MATRICULE
from cordee.demo.histoire.chantier_suite import Gardee, garder
from cordee.demo.histoire.dynastie_famille import PLAFOND_NUMERO
from cordee.demo.histoire.modele import AdulteHistoire, VieVecue
from cordee.demo.histoire.photos import photo_suivante
from cordee.demo.modele import Commune, Menage, Population
from cordee.demo.quotidiens import entete_du, foyers_du_mois
from cordee.echanges.caf import ecriture

_MENSUEL, _CONTACTS, _QUOTIDIEN = "mensuel", "contacts", "quotidien"
CAF: Final = "CAF"


@dataclass(slots=True)
class Parts:
    """How many blocks and lines a lot wrote, by file."""

    mensuels: dict[str, int] = field(default_factory=dict)
    contacts: int = 0
    quotidiens: dict[date, int] = field(default_factory=dict)


@dataclass(slots=True)
class Suivies:
    """The households of the last photo of a lot, and the adults whose lives go on after it."""

    photo: date
    menages: list[Menage] = field(default_factory=list)
    adultes: dict[int, AdulteHistoire] = field(default_factory=dict)

    def noter(self, adulte: AdulteHistoire, vie: VieVecue) -> None:
        """Keep whoever has, or is for somebody, something to do."""
        if vie.situation.etape is not None or vie.situation.echeances:
            self.adultes[adulte.individu.ordre] = adulte

    def gardees(self, population: Population, jours: Mapping[int, date]) -> list[Gardee]:
        """Those adults as the next photo shows them, and those it brings."""
        gardees = []
        restent = dict(self.adultes)
        connus = {individu.ordre for menage in self.menages for individu in menage.adultes}
        for menage in population.menages:
            for individu in menage.adultes:
                connu = restent.pop(individu.ordre, None)
                if connu is None and individu.ordre in connus:
                    continue  # no path, and none to come but by a daily
                pk, chances = (connu.personne_id, connu.employabilite) if connu else (0, 0.5)
                gardees.append(Gardee(pk, chances, population.au, menage, individu, jours.get(menage.numero)))
        for connu in restent.values():
            photo, menage, individu = connu.photos[-1]
            gardees.append(Gardee(connu.personne_id, connu.employabilite, photo, menage, individu))
        return gardees


@dataclass(frozen=True, slots=True, kw_only=True)
class MoisCourant:
    """The files of the month that follows the history.

    ``photo``: the last one of the history. ``avant``: files are received before that day. ``prochain``: the first
    household number that nobody has.
    """

    dossier: Path
    graine: int
    photo: date
    avant: date
    communes: tuple[Commune, ...]
    prochain: int
    lots: int
    organismes: tuple[str, ...] = (CAF,)

    @property
    def reference(self) -> date:
        """The photo of the file that comes."""
        return photo_suivante(self.photo)

    def ecrire_la_part(self, lot: int, suivies: Suivies) -> Parts:
        """Write what a lot has in each file, and keep its adults for the days that follow."""
        numeros = (PLAFOND_NUMERO - self.prochain) // self.lots
        population = mois_suivant(
            Population(
                au=self.photo, graine=self.graine, communes=self.communes, menages=tuple(suivies.menages),
                prochain=self.prochain + lot * numeros,
            )
        )  # fmt: skip
        suivante = mois_suivant(population)
        parts = Parts()
        for organisme in self.organismes:
            with self._part(_MENSUEL + organisme, lot).open("wb") as sortie:
                for rang, foyer in enumerate(foyers_lus(population, organisme, population.au), start=1):
                    sortie.write(ecriture.bloc(foyer))
                    parts.mensuels[organisme] = rang
        jours = self._quotidiens(lot, population, suivante, parts)
        garder(self.dossier, lot, suivies.gardees(population, jours))
        with self._part(_CONTACTS, lot).open("w", encoding="cp1252", newline="\r\n", errors="replace") as texte:
            for ligne in lignes_de_contacts(population, CAF):
                texte.write(";".join(ligne) + "\n")
                parts.contacts += 1
        return parts

    def _quotidiens(self, lot: int, population: Population, suivante: Population, parts: Parts) -> dict[int, date]:
        """Write the parts of dailies. Returns the day of each household that one of them speaks of."""
        jours: dict[int, date] = {}
        morceaux: dict[date, list[bytes]] = {}
        for jour, foyer in foyers_du_mois(population, suivante, CAF):
            if recu_le(population.au) < jour < self.avant:
                morceaux.setdefault(jour, []).append(ecriture.bloc(foyer))
                jours[int(foyer.matricule) - PREMIER_MATRICULE] = jour
        for jour, blocs in morceaux.items():
            self._part(f"{_QUOTIDIEN}{jour}", lot).write_bytes(b"".join(blocs))
            parts.quotidiens[jour] = len(blocs)
        return jours

    # Putting parts together ------------------------------------------------------------------------------------------
    def mensuel(self, organisme: str, parts: Sequence[Parts]) -> tuple[Path, int]:
        """The monthly file and its number of households."""
        chemin = self.dossier / f"{organisme}BEM.{recu_le(self.reference):%Y-%m}.xml"
        nombre = sum(p.mensuels.get(organisme, 0) for p in parts)
        ecriture.assembler(
            chemin, entete_mensuel(self.reference, organisme), self._parts(_MENSUEL + organisme), annonces=nombre
        )
        return chemin, nombre

    def contacts(self) -> Path:
        """The contacts of the CAF's dossiers."""
        chemin = self.dossier / f"CONTACTS.{recu_le(self.reference):%Y-%m}.csv"
        with chemin.open("wb") as sortie:
            sortie.write((";".join(ENTETE) + "\r\n").encode("cp1252"))
            for part in self._parts(_CONTACTS):
                with part.open("rb") as lignes:
                    shutil.copyfileobj(lignes, sortie)
        return chemin

    def quotidiens(self, parts: Sequence[Parts]) -> Iterator[tuple[date, Path]]:
        """The daily files, in order."""
        jours = sorted({jour for p in parts for jour in p.quotidiens})
        for jour in jours:
            chemin = self.dossier / f"CAFBEI.{jour}.xml"
            nombre = sum(p.quotidiens.get(jour, 0) for p in parts)
            ecriture.assembler(chemin, entete_du(jour, CAF), self._parts(f"{_QUOTIDIEN}{jour}"), annonces=nombre)
            yield jour, chemin

    def _part(self, genre: str, lot: int) -> Path:
        return self.dossier / f"{genre}.{lot:05d}"

    def _parts(self, genre: str) -> list[Path]:
        return sorted(self.dossier.glob(f"{genre}.[0-9]*"))
