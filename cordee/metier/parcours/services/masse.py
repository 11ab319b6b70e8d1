"""Recording the events of a whole file or of a campaign: the rules of ``consigner``, written by COPY.

The number of statements does not depend on the number of people. People without any path yet who live the same thing
on the same day (thousands of new entrants) share one run of the engine.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from cordee.metier.organismes.enums import Unite
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours import reactions
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import Fait, Ligne, Situation, Tache, derouler
from cordee.metier.parcours.regles.deroulement import ETAPE
from cordee.metier.parcours.services.consignation import DossierReuni, NouvelEvenement
from cordee.metier.parcours.services.copie import (
    COLONNES_ECHEANCE,
    COLONNES_ETAPE,
    COLONNES_EVENEMENT,
    COLONNES_SITUATION,
    tirer_numeros,
    valeurs_de_situation,
    vers_json,
)
from cordee.socle.chargement import ECHAPPES, NUL

_TABLES: Final = {
    "masse_personne": "CREATE TEMP TABLE masse_personne (id bigint)",
    "masse_etape": "CREATE TEMP TABLE masse_etape (LIKE parcours_etape)",
    "masse_echeance": "CREATE TEMP TABLE masse_echeance (LIKE parcours_echeance)",
    "masse_situation": "CREATE TEMP TABLE masse_situation (LIKE parcours_situation)",
}


@transaction.atomic
def consigner_en_masse(
    *, evenements: Sequence[NouvelEvenement], par: Agent, le: datetime, acte: uuid.UUID | None = None,
    pendant: AbstractContextManager[None] | None = None,
) -> int:  # fmt: skip
    """Record the events of one act for any number of people, without checks: what files and time say is never refused.

    Args:
        evenements: in the order in which they happened, person by person. No correction and no merge: they replay whole
            lives, ``consigner`` takes them.
        pendant: entered while rows are computed: the connection is not used in it.

    Returns the number recorded.

    Raises:
        DossierReuni: a row was merged into another person.
    """
    if not evenements:
        return 0
    ids = sorted({e.personne_id for e in evenements})
    with connection.cursor() as curseur:
        preparer(curseur, ids)
        numeros = tirer_numeros(curseur, "parcours_evenement", len(evenements))
        acte = acte or uuid.uuid4()
        situations, ouvertes = situations_de(curseur), lignes_ouvertes_de(curseur)
        with pendant or nullcontext():
            faits, texte = _enregistrer(evenements, numeros, par_id=par.pk, le=le, acte=acte)
            lignes = derouler_tous(faits, situations, ouvertes)
        with curseur.cursor.copy(f"COPY parcours_evenement ({', '.join(COLONNES_EVENEMENT)}) FROM STDIN") as copie:
            copie.write(texte)
        lignes.ecrire(curseur)
    _reagir(evenements, numeros, situations, par=par, le=le, acte=acte)
    return len(evenements)


def preparer(curseur: Any, ids: Sequence[int]) -> None:
    """The temporary tables of a bulk act (until the end of the transaction), and the persons it bears on, locked.

    Raises:
        DossierReuni: a row was merged into another person.
    """
    curseur.execute(f"DROP TABLE IF EXISTS {', '.join(f'pg_temp.{nom}' for nom in _TABLES)}")
    for sql in _TABLES.values():
        curseur.execute(f"{sql} ON COMMIT DROP")
    _copier(curseur, "masse_personne", ("id",), ((pk,) for pk in ids))
    curseur.execute("ANALYZE masse_personne")
    _verrouiller(curseur)


def _copier(curseur: Any, table: str, colonnes: Sequence[str], lignes: Iterable[tuple[Any, ...]]) -> None:
    with curseur.cursor.copy(f"COPY {table} ({', '.join(colonnes)}) FROM STDIN") as copie:
        for ligne in lignes:
            copie.write_row(ligne)


def _verrouiller(curseur: Any) -> None:
    """Persons are locked in order, as ``consigner`` does."""
    curseur.execute(
        """
        WITH verrou AS (
            SELECT p.id, p.canonique_id FROM personnes_personne p
            WHERE p.id IN (SELECT id FROM masse_personne) ORDER BY p.id FOR NO KEY UPDATE OF p
        )
        SELECT count(canonique_id) FROM verrou
        """
    )
    if curseur.fetchone()[0]:
        raise DossierReuni("Cette fiche a été réunie à une autre : rouvrez la personne depuis la recherche.")


@dataclass(frozen=True, slots=True)
class Vecu:
    """One event of a person: its number, and what makes two events alike."""

    id: int
    genre: GenreEvenement
    survenu_le: datetime
    texte: str
    donnees: dict[str, Any]

    def fait(self, numero: int) -> Fait:
        return Fait(numero, self.genre, self.survenu_le, self.donnees)


def _enregistrer(
    evenements: Sequence[NouvelEvenement], numeros: Sequence[int], *, par_id: int, le: datetime, acte: uuid.UUID
) -> tuple[dict[int, list[Vecu]], str]:
    """What each person lives, and the rows of the events as COPY takes them in text form."""
    par_personne: defaultdict[int, list[Vecu]] = defaultdict(list)
    lignes = []
    enregistre = f"{le.isoformat()}\t{par_id}\t{acte}"
    for numero, e in zip(numeros, evenements, strict=True):
        texte, survenu_le = vers_json(e.donnees), e.survenu_le or le
        objet = NUL if e.objet_id is None else e.objet_id
        lignes.append(
            f"{numero}\t{e.genre}\t{e.personne_id}\t{survenu_le.isoformat()}\t{enregistre}\t"
            f"{e.objet_type.translate(ECHAPPES)}\t{objet}\t{texte.translate(ECHAPPES)}\n"
        )
        par_personne[e.personne_id].append(Vecu(numero, e.genre, survenu_le, texte, e.donnees))
    return par_personne, "".join(lignes)


def situations_de(curseur: Any) -> dict[int, str]:
    """Person → her stored situation, as JSON text, of those :func:`preparer` was given."""
    curseur.execute(
        "SELECT personne_id, calcul::text FROM parcours_situation WHERE personne_id IN (SELECT id FROM masse_personne)"
    )
    return dict(curseur.fetchall())


def lignes_ouvertes_de(curseur: Any) -> dict[int, list[Ligne]]:
    """Person → her étape and échéances that are open."""
    ouvertes: defaultdict[int, list[Ligne]] = defaultdict(list)
    propres_a = {"parcours_etape": "provisoire, attendu, NULL", "parcours_echeance": "false, '', objet_id"}
    for table, propres in propres_a.items():
        curseur.execute(
            f"""
            SELECT personne_id, id, genre, unite, structure_id, agent_id, ouverte_le, echeance, terme, regle, nature,
                   evenement_id, {propres} FROM {table}
            WHERE fermee_le IS NULL AND personne_id IN (SELECT id FROM masse_personne)
            """
        )
        for personne_id, pk, genre, unite, *reste in curseur.fetchall():
            cle = ETAPE if table == "parcours_etape" else genre
            ouvertes[personne_id].append(Ligne(cle, Tache(genre, Unite(unite), *reste), pk=pk))
    return ouvertes


@dataclass(slots=True)
class _Modele:
    """What happens to whoever lives the same thing from nothing. Event n of the person stands as -n."""

    situation: Situation
    lignes: list[Ligne]
    colonnes: tuple[Any, ...]
    morceaux: list[str]
    numeros: list[int]

    @classmethod
    def de(cls, vecus: list[Vecu]) -> _Modele:
        situation, lignes = derouler(Situation(), (vecu.fait(-n) for n, vecu in enumerate(vecus, start=1)))
        *colonnes, calcul = valeurs_de_situation(situation)
        morceaux, numeros = [], []
        reste = calcul
        while (debut := reste.find('"evenement":-')) >= 0:
            debut += len('"evenement":')
            fin = debut + 1
            while reste[fin].isdigit():
                fin += 1
            morceaux.append(reste[:debut])
            numeros.append(-int(reste[debut:fin]) - 1)
            reste = reste[fin:]
        return cls(situation, lignes, tuple(colonnes), [*morceaux, reste], numeros)

    def calcul(self, vecus: list[Vecu]) -> str:
        if len(self.numeros) == 1:
            return f"{self.morceaux[0]}{vecus[self.numeros[0]].id}{self.morceaux[1]}"
        paires = zip(self.morceaux, [str(vecus[n].id) for n in self.numeros] + [""], strict=True)
        return "".join(texte + numero for texte, numero in paires)


@dataclass(slots=True)
class Ecritures:
    """Rows to write. An étape not stored yet has its place in ``etapes`` as a number, until ids are drawn."""

    etapes: list[list[Any]] = field(default_factory=list)
    echeances: list[list[Any]] = field(default_factory=list)
    etapes_bougees: list[list[Any]] = field(default_factory=list)
    echeances_bougees: list[list[Any]] = field(default_factory=list)
    situations_neuves: list[list[Any]] = field(default_factory=list)
    situations: list[list[Any]] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)

    def ajouter(self, personne_id: int, ligne: Ligne, evenement: int, ferme_par: int | None) -> int | None:
        """Returns the id of the étape when this row is the open one."""
        t = ligne.tache
        valeurs = [ligne.pk, personne_id, str(t.genre), str(t.unite), t.structure, t.agent, t.ouverte_le, t.echeance,
                   t.terme, t.regle, str(t.nature), evenement, ligne.fermee_le, ferme_par]  # fmt: skip
        ouverte = None
        if ligne.cle == ETAPE:
            valeurs += [t.provisoire, t.attendu]
            if ligne.pk is None:
                self.etapes.append(valeurs)
                if ligne.fermee_le is None:
                    self.places[personne_id] = len(self.etapes) - 1
            else:
                if ligne.modifiee:
                    self.etapes_bougees.append(valeurs)
                ouverte = ligne.pk if ligne.fermee_le is None else None
        else:
            valeurs.append(t.objet)
            if ligne.pk is None:
                self.echeances.append(valeurs)
            elif ligne.modifiee:
                self.echeances_bougees.append(valeurs)
        return ouverte

    def ecrire(self, curseur: Any, *, numero: Callable[[str], int] | None = None) -> None:
        """Close and move first: a person has one open étape at most, at any moment.

        ``numero``: gives ids drawn beforehand; drawn from the sequences when not given.
        """
        _deplacer(curseur, "etape", COLONNES_ETAPE, self.etapes_bougees)
        _deplacer(curseur, "echeance", COLONNES_ECHEANCE, self.echeances_bougees)
        for table, colonnes, lignes in (("parcours_etape", COLONNES_ETAPE, self.etapes),
                                        ("parcours_echeance", COLONNES_ECHEANCE, self.echeances)):  # fmt: skip
            numeros = [numero(table) for _ in lignes] if numero else tirer_numeros(curseur, table, len(lignes))
            for ligne, pk in zip(lignes, numeros, strict=True):
                ligne[0] = pk
            _copier(curseur, table, colonnes, lignes)  # type: ignore[arg-type]
        for situation in (*self.situations_neuves, *self.situations):
            place = self.places.get(situation[0])
            if place is not None:
                situation[1] = self.etapes[place][0]
        _copier(curseur, "parcours_situation", COLONNES_SITUATION, self.situations_neuves)  # type: ignore[arg-type]
        _copier(curseur, "masse_situation", COLONNES_SITUATION, self.situations)  # type: ignore[arg-type]
        noms = ", ".join(COLONNES_SITUATION)
        curseur.execute(
            f"""
            UPDATE parcours_situation s SET ({noms}) = ({", ".join(f"m.{nom}" for nom in COLONNES_SITUATION)})
            FROM masse_situation m WHERE m.personne_id = s.personne_id
            """
        )


def _deplacer(curseur: Any, nom: str, colonnes: Sequence[str], lignes: list[list[Any]]) -> None:
    _copier(curseur, f"masse_{nom}", colonnes, lignes)  # type: ignore[arg-type]
    changees = [colonne for colonne in colonnes if colonne not in {"id", "personne_id", "genre", "evenement_id"}]
    curseur.execute(
        f"""
        UPDATE parcours_{nom} t SET ({", ".join(changees)}) = ({", ".join(f"m.{c}" for c in changees)})
        FROM masse_{nom} m WHERE m.id = t.id
        """
    )


def derouler_tous(
    faits: dict[int, list[Vecu]], situations: dict[int, str], ouvertes: dict[int, list[Ligne]]
) -> Ecritures:
    """What the events of each person change, from where she stands."""
    ecritures = Ecritures()
    modeles: dict[tuple[Any, ...], _Modele] = {}
    for personne_id, vecus in faits.items():
        depart = situations.get(personne_id)
        if depart is None and personne_id not in ouvertes:
            cle = tuple((v.genre, v.survenu_le, v.texte) for v in vecus)
            modele = modeles.get(cle)
            if modele is None:
                modele = modeles[cle] = _Modele.de(vecus)
            for ligne in modele.lignes:
                ferme_par = vecus[-ligne.fermee_par - 1].id if ligne.fermee_par is not None else None
                ecritures.ajouter(personne_id, ligne, vecus[-ligne.tache.evenement - 1].id, ferme_par)
            ecritures.situations_neuves.append(
                [personne_id, None, vecus[-1].id, *modele.colonnes, modele.calcul(vecus)]
            )
            continue
        situation = Situation() if depart is None else Situation.de_json(json.loads(depart))
        situation, lignes = derouler(situation, (v.fait(v.id) for v in vecus), ouvertes.get(personne_id, ()))
        etape = None
        for ligne in lignes:
            etape = ecritures.ajouter(personne_id, ligne, ligne.tache.evenement, ligne.fermee_par) or etape
        cible = ecritures.situations_neuves if depart is None else ecritures.situations
        cible.append([personne_id, etape, vecus[-1].id, *valeurs_de_situation(situation)])
    return ecritures


def _reagir(
    evenements: Sequence[NouvelEvenement], numeros: Sequence[int], situations: dict[int, str], *, par: Agent,
    le: datetime, acte: uuid.UUID,
) -> None:  # fmt: skip
    """Tell the upper rooms. Somebody without any path before her entry has nothing there."""
    concernes = [
        Evenement(
            pk=numero, genre=e.genre, personne_id=e.personne_id, survenu_le=e.survenu_le or le, enregistre_le=le,
            par=par, acte=acte, objet_type=e.objet_type, objet_id=e.objet_id, donnees=e.donnees,
        )
        for numero, e in zip(numeros, evenements, strict=True)
        if e.genre in reactions.ATTENDUES
        and (e.genre is not GenreEvenement.ENTREE_SDD or e.personne_id in situations)
    ]  # fmt: skip
    if concernes:
        reactions.reagir(concernes, par=par, le=le)
