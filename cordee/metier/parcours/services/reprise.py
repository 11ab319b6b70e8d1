"""Taking over past lives, whole: what a Département knew of each person in its former tool, written as if lived here.

A life comes with its events, numbered and dated as they happened, and with what the engine makes of them. Nothing is
checked act by act (history is never refused) and the upper rooms are not told: their rows come with the lives.

The work is cut in two so that it can be shared between processes: ``mettre_en_forme`` makes the rows as text, without a
database; ``ecrire`` hands them to COPY on the connection that holds the load (``socle.chargement.verifiees_a_la_fin``
with ``garanties.UNE_ETAPE_OUVERTE`` for an empty département). ``reprendre`` does both.
``reconstruire(verifier=True)`` tells afterwards whether what was written is what the events say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from django.db import connection, transaction

from cordee.metier.parcours.regles import Fait, Ligne, Situation
from cordee.metier.parcours.regles.deroulement import ETAPE
from cordee.metier.parcours.services.consignation import DossierReuni
from cordee.metier.parcours.services.copie import (
    COLONNES_ECHEANCE,
    COLONNES_ETAPE,
    COLONNES_EVENEMENT,
    COLONNES_SITUATION,
    echapper,
    texte_de_situation,
    texte_de_tache,
    tirer_numeros,
    vers_json,
)
from cordee.socle.chargement import NUL
from cordee.socle.erreurs import ErreurMetier

Numero = Callable[[str], int]
"""Gives the next id of a table (``"parcours_etape"``…), drawn beforehand."""
COLONNES: Final = {
    "parcours_evenement": COLONNES_EVENEMENT,
    "parcours_etape": COLONNES_ETAPE,
    "parcours_echeance": COLONNES_ECHEANCE,
    "parcours_situation": COLONNES_SITUATION,
}
"""In the order in which they are written."""
_FICHES: Final = """
SELECT count(*), count(canonique_id) FROM (
    SELECT canonique_id FROM personnes_personne WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
) p
"""
_SUIVIES: Final = "SELECT EXISTS (SELECT FROM parcours_situation WHERE personne_id = ANY(%s))"


class RepriseRefusee(ErreurMetier):
    """These lives cannot be written: nothing is."""


class EvenementPasse(Protocol):
    """One event of a former life. ``fait.id`` is its id, drawn beforehand; ``par_id``: who recorded it then."""

    @property
    def fait(self) -> Fait: ...
    @property
    def enregistre_le(self) -> datetime: ...
    @property
    def par_id(self) -> int: ...
    @property
    def objet_type(self) -> str: ...
    @property
    def objet_id(self) -> int | None: ...


class ViePassee(Protocol):
    """A person's events in order, and what ``derouler`` (or ``rejouer``) made of them from nothing."""

    @property
    def personne_id(self) -> int: ...
    @property
    def evenements(self) -> Sequence[EvenementPasse]: ...
    @property
    def situation(self) -> Situation: ...
    @property
    def lignes(self) -> Sequence[Ligne]: ...


@dataclass(slots=True)
class LignesDeVies:
    """The rows of some lives as COPY reads them: table of ``COLONNES`` → rows. Travels between processes."""

    personnes: list[int] = field(default_factory=list)
    textes: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def reprendre(*, vies: Sequence[ViePassee], numero: Numero | None = None) -> int:
    """Write the lives of people who have no path here yet. Returns the number of events.

    Args:
        vies: one life per person, of persons already written.
        numero: gives ids of étapes and échéances drawn beforehand; drawn from the sequences when not given.

    Raises:
        RepriseRefusee: somebody has a path already, stands twice, or is not known. Nothing is written.
        DossierReuni: somebody was merged into another person.
    """
    ecrire(mettre_en_forme(vies, numero=numero or _tirer(vies)))
    return sum(len(vie.evenements) for vie in vies)


def mettre_en_forme(vies: Sequence[ViePassee], *, numero: Numero) -> LignesDeVies:
    """The rows of these lives, as text. No database.

    Raises:
        ValueError: a life without events, or whose events are not in the order of their ids (a replay follows ids).
    """
    evenements: list[str] = []
    etapes: list[str] = []
    echeances: list[str] = []
    situations: list[str] = []
    actes: dict[tuple[str, int], str] = {}
    for vie in vies:
        personne = str(vie.personne_id)
        dernier = lignes_d_evenements(evenements, vie, personne, actes)
        ouverte = NUL
        for ligne in vie.lignes:
            if ligne.cle == ETAPE:
                pk = str(numero("parcours_etape"))
                etapes.append(f"{pk}\t{texte_de_tache(ligne, personne)}")
                if ligne.fermee_le is None:
                    ouverte = pk
            else:
                echeances.append(f"{numero('parcours_echeance')}\t{texte_de_tache(ligne, personne)}")
        situations.append(f"{personne}\t{ouverte}\t{dernier}\t{texte_de_situation(vie.situation)}")
    groupes = (evenements, etapes, echeances, situations)
    textes = {table: "\n".join([*lignes, ""]) for table, lignes in zip(COLONNES, groupes, strict=True)}
    return LignesDeVies([vie.personne_id for vie in vies], textes)


@transaction.atomic
def ecrire(lignes: LignesDeVies) -> None:
    """Hand the rows to COPY, on this thread's connection. The persons are written and locked, as by ``consigner``.

    Raises:
        RepriseRefusee, DossierReuni: as ``reprendre``.
    """
    with connection.cursor() as curseur, connection.wrap_database_errors:
        _refuser(curseur, lignes.personnes)
        for table, colonnes in COLONNES.items():
            with curseur.cursor.copy(f"COPY {table} ({', '.join(colonnes)}) FROM STDIN") as copie:
                copie.write(lignes.textes[table])


def _refuser(curseur: Any, personnes: Sequence[int]) -> None:
    """Persons are locked in order, as ``consigner`` does; then what is read of them stays true."""
    uniques = sorted(set(personnes))
    if len(uniques) < len(personnes):
        raise RepriseRefusee("Une même personne figure deux fois dans la reprise : réunissez ses deux histoires.")
    curseur.execute(_FICHES, [uniques])
    connues, reunies = curseur.fetchone()
    if reunies:
        raise DossierReuni("Une de ces fiches a été réunie à une autre : reprenez l'histoire sur la fiche gardée.")
    if connues < len(uniques):
        raise RepriseRefusee("Une de ces personnes n'a pas de fiche ici : créez les fiches avant de reprendre.")
    curseur.execute(_SUIVIES, [uniques])
    if curseur.fetchone()[0]:
        raise RepriseRefusee("Une de ces personnes a déjà un parcours ici : on ne reprend que des parcours absents.")


def _tirer(vies: Sequence[ViePassee]) -> Numero:
    """Ids drawn from the sequences, as many as these lives need."""
    combien = dict.fromkeys(("parcours_etape", "parcours_echeance"), 0)
    for vie in vies:
        for ligne in vie.lignes:
            combien["parcours_etape" if ligne.cle == ETAPE else "parcours_echeance"] += 1
    with connection.cursor() as curseur:
        suites = {table: iter(tirer_numeros(curseur, table, n)) for table, n in combien.items()}
    return lambda table: next(suites[table])


def lignes_d_evenements(textes: list[str], vie: ViePassee, personne: str, actes: dict[tuple[str, int], str]) -> int:
    """Rows of the events of a life; returns the last id."""
    dernier = 0
    for e in vie.evenements:
        fait, par = e.fait, e.par_id
        numero, survenu_le, donnees = fait.id, fait.survenu_le, fait.donnees
        if numero <= dernier:
            raise ValueError(f"event {numero} comes after event {dernier}")
        dernier = numero
        enregistre = e.enregistre_le.isoformat()
        survenu = enregistre if survenu_le is e.enregistre_le else survenu_le.isoformat()
        acte = actes.get((enregistre, par)) or actes.setdefault((enregistre, par), _acte(e.enregistre_le, par))
        objet = NUL if e.objet_id is None else str(e.objet_id)
        texte = echapper(vers_json(donnees)) if donnees else "{}"
        colonnes = (str(numero), fait.genre, personne, survenu, enregistre, str(par), acte, e.objet_type, objet, texte)
        textes.append("\t".join(colonnes))
    if not dernier:
        raise ValueError(f"person {personne} has no event")
    return dernier


def _acte(le: datetime, par_id: int) -> str:
    """Which act an event belongs to: what one agent recorded at one moment. The same whoever computes it (UUID v8)."""
    moment = f"{round(le.timestamp() * 1_000_000):015x}"
    return f"{moment[:12]}8{moment[12:]}8{par_id:015x}"
