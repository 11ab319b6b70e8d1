"""The days after the last monthly file: lives go on, from where the imports left them, until today.

Each lot keeps its adults (``garder``) when it writes its history; ``poursuivre`` takes them again, reads where they
stand in the base, lives some days more and writes what happened. Who is in a daily file, or in a partner's, is left on
the eve of that day, and goes on once it is loaded: nothing happens to anybody before what came before.
"""

from __future__ import annotations

import json
import pickle
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from cordee.demo.histoire.ecriture_vies import copier, texte_de
from cordee.demo.histoire.modele import AdulteHistoire, Numeros, VieVecue
from cordee.demo.histoire.numeros import NumerosDuLot, avancer, premiers_numeros
from cordee.demo.histoire.travail import partager
from cordee.demo.histoire.vies import agendas
from cordee.demo.histoire.vies.contexte import ContexteVies
from cordee.demo.histoire.vies.simulation import vivre
from cordee.demo.histoire.vies.vie import MAJ
from cordee.demo.modele import Individu, Menage
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.services.continuation import continuer
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.socle.horloge import jour

_UN_JOUR: Final = timedelta(days=1)
_POINTS: Final = """
SELECT s.personne_id, s.calcul::text, s.referent_structure_id FROM parcours_situation s
WHERE s.personne_id = ANY(%s) AND (s.etape_id IS NOT NULL OR s.calcul -> 'echeances' IS NOT NULL)
"""
_ENTREES: Final = """
SELECT i.valeur, i.personne_id FROM personnes_identifiant i
WHERE i.genre = 'numdemrsa' AND i.valeur = ANY(%s) AND i.fin IS NULL
"""
_ATTENDUS: Final = """
SELECT personne_id, id, debut FROM rendezvous_rendezvous WHERE statut = 'prevu' AND personne_id = ANY(%s)
ORDER BY debut DESC
"""
_ACCES: Final = "personnes_rattachement"
_REFERENT, _ORIENTATION = str(FinaliteRattachement.REFERENT), str(FinaliteRattachement.ORIENTATION)
_UN_SEUL: Final = frozenset({_REFERENT, str(FinaliteRattachement.COREFERENT), str(FinaliteRattachement.SECTEUR)})
_ACCES_OUVERTS: Final = """
SELECT id, personne_id, finalite, structure_id, agent_id FROM personnes_rattachement
WHERE personne_id = ANY(%s) AND fin IS NULL
"""
_FINIR: Final = """
UPDATE personnes_rattachement r SET fin = f.fin FROM unnest(%s::bigint[], %s::date[]) f (id, fin)
WHERE r.id = f.id AND r.debut < f.fin
"""
_RETIRER: Final = """
DELETE FROM personnes_rattachement r USING unnest(%s::bigint[], %s::date[]) f (id, fin)
WHERE r.id = f.id AND r.debut >= f.fin
"""


@dataclass(frozen=True, slots=True)
class Gardee:
    """An adult whose life goes on. ``personne_id`` 0: not known yet, the next file brings her. ``quotidien``: when a
    daily speaks of her household."""

    personne_id: int
    employabilite: float
    photo: date
    menage: Menage
    individu: Individu
    quotidien: date | None = None

    @property
    def numero(self) -> str:
        return f"{self.menage.numdemrsa}:{self.individu.role}"

    def adulte(self, personne_id: int) -> AdulteHistoire:
        return AdulteHistoire(
            personne_id=personne_id, individu=self.individu, employabilite=self.employabilite,
            photos=((self.photo, self.menage, self.individu),), faits=(),
        )  # fmt: skip


def garder(dossier: Path, lot: int, gardees: Sequence[Gardee]) -> None:
    """Keep the adults of a lot until their lives go on."""
    _fichier(dossier, lot).write_bytes(pickle.dumps(gardees, protocol=pickle.HIGHEST_PROTOCOL))


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Days to live. ``du`` and ``au``: both lived. ``visites``: structure → day when its file comes.

    ``reprend``: the second part, of those who were left on the eve of a file.
    """

    dossier: Path
    vies: ContexteVies
    du: date
    au: date
    lots: int
    visites: Mapping[int, date]
    reprend: bool = False

    def jours(self, gardee: Gardee, structure: int | None) -> tuple[date, date] | None:
        """The days of one person: up to the eve of the first file that speaks of her, or what remains after it."""
        attendus = [gardee.quotidien, self.visites.get(structure or 0)]
        veilles = [jour - _UN_JOUR for jour in attendus if jour is not None and self.du <= jour <= self.au]
        coupure = min(veilles, default=self.au)
        du, au = (coupure + _UN_JOUR, self.au) if self.reprend else (self.du, coupure)
        return (du, au) if du <= au else None


def poursuivre(suite: Suite, *, a: int) -> int:
    """Live these days, in ``a`` processes. Returns the number of events."""
    premiers = premiers_numeros()

    def tache(lot: int) -> int:
        return _poursuivre(suite, NumerosDuLot(premiers, lot=lot, lots=suite.lots), lot)

    evenements = sum(partager(tache, lots=suite.lots, a=a))
    avancer()
    agendas.attribuer()
    return evenements


def _poursuivre(suite: Suite, numeros: Numeros, lot: int) -> int:
    gardees: Sequence[Gardee] = pickle.loads(_fichier(suite.dossier, lot).read_bytes())  # noqa: S301 - our own file
    ids = _ids(gardees)
    points = _points([pk for pk in ids if pk])
    attendus = _rendez_vous_attendus(list(points))
    vies: list[VieVecue] = []
    for gardee, pk in zip(gardees, ids, strict=True):
        point = points.get(pk)
        jours = suite.jours(gardee, point[1]) if point else None
        if point is None or jours is None:
            continue
        depuis = Situation.de_json(json.loads(point[0]))
        vie = vivre(
            gardee.adulte(pk), suite.vies, numeros, du=jours[0], au=jours[1], depuis=depuis,
            rendez_vous=attendus.get(pk),
        )  # fmt: skip
        if vie.evenements:
            vies.append(vie)
    ecrire_la_suite(vies, numeros)
    return sum(len(vie.evenements) for vie in vies)


def _ids(gardees: Sequence[Gardee]) -> list[int]:
    """Their ids, those of whom the last file brought included."""
    inconnues = [gardee.numero for gardee in gardees if not gardee.personne_id]
    with connection.cursor() as curseur:
        curseur.execute(_ENTREES, [inconnues])
        connues = dict(curseur.fetchall())
    return [gardee.personne_id or connues.get(gardee.numero, 0) for gardee in gardees]


def _points(ids: list[int]) -> dict[int, tuple[str, int | None]]:
    with connection.cursor() as curseur:
        curseur.execute(_POINTS, [ids])
        return {pk: (calcul, structure) for pk, calcul, structure in curseur.fetchall()}


def _rendez_vous_attendus(ids: list[int]) -> dict[int, dict[str, Any]]:
    """The next appointment of each person, among those that have no outcome yet."""
    with connection.cursor() as curseur:
        curseur.execute(_ATTENDUS, [ids])
        return {pk: {"id": rendez_vous, "debut": debut} for pk, rendez_vous, debut in curseur.fetchall()}


@transaction.atomic
def ecrire_la_suite(vies: Sequence[VieVecue], numeros: Numeros) -> None:
    """Events, then rows: new ones, and changes of those written before."""
    if not vies:
        return
    continuer(vies=vies, numero=numeros.suivant)
    nouvelles: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for vie in vies:
        for table, lignes in vie.objets.items():
            nouvelles[table] += lignes
    nouvelles[_ACCES] = _acces(vies, nouvelles[_ACCES])
    for table in sorted(nouvelles, key=lambda nom: (not nom.startswith(MAJ), nom)):  # what ends, before what begins
        if table.startswith(MAJ):
            _changer(table.removeprefix(MAJ), nouvelles[table])
        else:
            copier(table, texte_de(table, nouvelles[table]))


def _acces(vies: Sequence[VieVecue], lignes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """End the accesses that these days end (V7): one référent at a time, one sector; nobody else once oriented.

    Returns the accesses to write: those that do not stand already.
    """
    ids = [vie.personne_id for vie in vies]
    with connection.cursor() as curseur:
        curseur.execute(_ACCES_OUVERTS, [ids])
        ouverts = {(pk, finalite): (acces, tuple(qui)) for acces, pk, finalite, *qui in curseur.fetchall()}
    fins: dict[int, date] = {}
    gardees = []
    for ligne in lignes:
        cle = (ligne["personne_id"], ligne["finalite"])
        connu = ouverts.pop(cle, None) if ligne["finalite"] in _UN_SEUL else None
        if connu is not None and connu[1] == (ligne["structure_id"], ligne["agent_id"]):
            continue
        if connu is not None:
            fins[connu[0]] = ligne["debut"]
        gardees.append(ligne)
    for vie in vies:
        quand = jour(vie.evenements[-1].fait.survenu_le)
        referent = ouverts.get((vie.personne_id, _REFERENT))
        if referent is not None and vie.situation.referent_structure is None:
            fins[referent[0]] = quand
        recevait = ouverts.get((vie.personne_id, _ORIENTATION))
        if vie.situation.orientation is None or recevait is None:
            continue
        if recevait[1][0] != vie.situation.referent_structure:
            fins[recevait[0]] = quand + _UN_JOUR
    with connection.cursor() as curseur:
        curseur.execute(_FINIR, [list(fins), list(fins.values())])
        curseur.execute(_RETIRER, [list(fins), list(fins.values())])
    return gardees


def _changer(table: str, lignes: Iterable[Mapping[str, Any]]) -> None:
    """Update rows by their id: one statement for each set of columns, the last word on a row wins."""
    groupes: defaultdict[tuple[str, ...], dict[int, Mapping[str, Any]]] = defaultdict(dict)
    for ligne in lignes:
        groupes[tuple(nom for nom in ligne if nom != "id")][ligne["id"]] = ligne
    with connection.cursor() as curseur:
        for colonnes, par_id in groupes.items():
            curseur.executemany(
                f"UPDATE {table} SET {', '.join(f'{nom} = %s' for nom in colonnes)} WHERE id = %s",
                [(*(ligne[nom] for nom in colonnes), pk) for pk, ligne in par_id.items()],
            )


def _fichier(dossier: Path, lot: int) -> Path:
    return dossier / f"adultes.{lot:05d}"
