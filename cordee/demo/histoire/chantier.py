"""Building a history: what all lots need, worked out once, then the lots, then what puts the base in order.

    chantier = preparer(organisation, personnes=47_265, graine=94, photo=date(2026, 9, 30), par=…)
    bilan = batir(chantier, dire=print)

Between the two ends the base is unfinished, and says so (``inacheve``): indexes and constraints are set aside, lots are
written as they come. They come back at the end, and check every row.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from cordee.demo.fichiers import recu_le
from cordee.demo.histoire import ecriture_vies
from cordee.demo.histoire.chantier_mois import MoisCourant, Parts, Suivies
from cordee.demo.histoire.dynastie_taux import EFFET
from cordee.demo.histoire.faits import faits
from cordee.demo.histoire.fichiers_passes import FichiersPasses, Vus
from cordee.demo.histoire.lieux import Cartes, lire_cartes
from cordee.demo.histoire.modele import PREMIERE_PHOTO, AdulteHistoire, Trajectoire, VieVecue
from cordee.demo.histoire.numeros import NumerosDuLot, avancer, premiers_numeros
from cordee.demo.histoire.organisation import contexte_vies
from cordee.demo.histoire.photos import photo_suivante
from cordee.demo.histoire.trajectoires import Contexte, contexte, dynastie, plan
from cordee.demo.histoire.travail import partager, processus
from cordee.demo.histoire.versement import TABLES, Versement
from cordee.demo.histoire.vies.contexte import ContexteVies
from cordee.demo.histoire.vies.simulation import vivre
from cordee.demo.modele import numdemrsa
from cordee.demo.organisation import Organisation
from cordee.metier.organismes.models import Agent
from cordee.socle.chargement_partage import ecarter, ranger, repartir, retablir

Dire = Callable[[str], None]
DYNASTIES_PAR_LOT: Final = 500
TOUTES: Final = tuple(dict.fromkeys((*TABLES, *ecriture_vies.TABLES)))
"""Tables that lots fill."""
_MARQUE: Final = "demo_chantier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chantier:
    """What every lot needs.

    ``photo``: the last one imported. ``jusqu_au``: the last day lived. ``lots``: does not depend on the machine.
    """

    graine: int
    photo: date
    jusqu_au: date
    contexte: Contexte
    vies: ContexteVies
    cartes: Cartes
    fichiers: FichiersPasses
    premiers: dict[str, int]
    lots: int
    mois: MoisCourant | None = None


@dataclass(slots=True)
class BilanDuLot:
    """What one lot wrote. ``vus``: when each household was sent; ``suites``: number of the one it follows."""

    personnes: int = 0
    evenements: int = 0
    faits: Counter[tuple[int, str]] = field(default_factory=Counter)
    """(file, kind of event) → times."""
    vus: list[Vus] = field(default_factory=list)
    suites: list[tuple[int, int]] = field(default_factory=list)
    parts: Parts = field(default_factory=Parts)


def inacheve() -> bool:
    """Whether a building site was left unfinished: the base is to be thrown away."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT to_regclass(%s) IS NOT NULL", [_MARQUE])
        return bool(curseur.fetchone()[0])


def preparer(
    organisation: Organisation, *, personnes: int, graine: int, photo: date, par: Agent, dossier: Path | None = None,
    avant: date = date.max, effet: float = EFFET,
) -> Chantier:  # fmt: skip
    """Everything that lots share. Writes the files received so far, as facts.

    Args:
        personnes: how many were subject at the first photo.
        photo: the last photo imported; lives are lived up to the eve of the next reception.
        dossier: where lots leave their parts of the files that come next, those received before ``avant``.
        effet: true effect of the pilot on activity at six months (``0.03``: three points); 0 for none.
    """
    le_plan = plan(personnes=personnes, graine=graine, jusqu_au=photo)
    fichiers = FichiersPasses.inscrire(le_plan.photos, graine=graine, par=par)
    jusqu_au = veille_de_reception(photo)
    lots = max(1, round(len(le_plan.numeros) / DYNASTIES_PAR_LOT))
    le_contexte = contexte(le_plan, effet=effet)
    mois = None
    if dossier is not None:
        mois = MoisCourant(
            dossier=dossier, graine=graine, photo=photo, avant=avant, communes=le_contexte.monde.lieux.communes,
            prochain=le_plan.prochain, lots=lots,
        )  # fmt: skip
    return Chantier(
        graine=graine, photo=photo, jusqu_au=jusqu_au, contexte=le_contexte,
        vies=contexte_vies(organisation, graine=graine, fichiers=fichiers.par_payeur),
        cartes=lire_cartes(recu_le(PREMIERE_PHOTO), jusqu_au), fichiers=fichiers, premiers=premiers_numeros(),
        lots=lots, mois=mois,
    )  # fmt: skip


def veille_de_reception(photo: date) -> date:
    """The day before the file of the next photo comes."""
    return recu_le(photo_suivante(photo)) - timedelta(days=1)


@dataclass(slots=True)
class BilanDuChantier:
    """What was built. ``secondes``: by phase. ``parts``: of the files that come next."""

    personnes: int = 0
    evenements: int = 0
    parts: list[Parts] = field(default_factory=list)
    secondes: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def chronometrer(self, phase: str) -> Iterator[None]:
        debut = time.perf_counter()
        yield
        self.secondes[phase] = round(time.perf_counter() - debut, 1)


def batir(chantier: Chantier, *, dire: Dire, a: int | None = None) -> BilanDuChantier:
    """Live and write everything.

    Args:
        a: number of processes; one for each core by default.
    """
    a = processus() if a is None else a
    bilan = BilanDuChantier()
    with connection.cursor() as curseur:
        curseur.execute(f"CREATE TABLE {_MARQUE} ()")
    ecartes = ecarter(TOUTES, declencheurs=ecriture_vies.DECLENCHEURS)
    lots: list[BilanDuLot] = []
    with bilan.chronometrer("lots"):
        for rang, lot in enumerate(partager(_Lot(chantier), lots=chantier.lots, a=a), start=1):
            lots.append(lot)
            if rang % max(1, chantier.lots // 4) == 0:
                dire(f"Cinq ans de parcours : {100 * rang // chantier.lots} %")
    dire("Les index et les contraintes")
    with bilan.chronometrer("contraintes"):
        retablir(ecartes, connexions=a)
    with bilan.chronometrer("suites"):
        _conclure(chantier, lots, a=a)
    bilan.personnes = sum(lot.personnes for lot in lots)
    bilan.evenements = sum(lot.evenements for lot in lots)
    bilan.parts = [lot.parts for lot in lots]
    with connection.cursor() as curseur:
        curseur.execute(f"DROP TABLE {_MARQUE}")
    return bilan


def _conclure(chantier: Chantier, lots: list[BilanDuLot], *, a: int) -> None:
    with transaction.atomic():
        avancer()
        _lier([paire for lot in lots for paire in lot.suites])
        chantier.fichiers.raconter([vu for lot in lots for vu in lot.vus], sum((lot.faits for lot in lots), Counter()))
    repartir([partial(ranger, table) for table in TOUTES], connexions=a)


def _lier(suites: list[tuple[int, int]]) -> None:
    """Households that follow another (NUMDEMRSAPRECE), once all are written."""
    with connection.cursor() as curseur:
        curseur.execute(
            """
            UPDATE personnes_foyer f SET precedent_id = k.id
            FROM unnest(%s::bigint[], %s::text[]) s (foyer_id, numdemrsa)
            JOIN personnes_foyer k ON k.numdemrsa = s.numdemrsa
            WHERE f.id = s.foyer_id AND k.id <> f.id
            """,
            [[foyer for foyer, _ in suites], [numdemrsa(numero) for _, numero in suites]],
        )


class _Lot:
    """The work on one lot, in whatever process."""

    def __init__(self, chantier: Chantier) -> None:
        self.chantier = chantier

    def __call__(self, lot: int) -> BilanDuLot:
        c = self.chantier
        numeros = NumerosDuLot(c.premiers, lot=lot, lots=c.lots)
        versement = Versement(
            jusqu_au=c.photo, carte_au=c.cartes.au, numeros=numeros, organismes=c.fichiers.organismes,
            fichiers=c.fichiers.par_code, graine=c.graine,
        )  # fmt: skip
        vies: list[VieVecue] = []
        suivies = Suivies(c.photo)
        for numero in c.contexte.plan.numeros[lot :: c.lots]:
            trajectoires = dynastie(numero, graine=c.graine, contexte=c.contexte)
            for adulte, vie in self._vivre(trajectoires, versement, numeros):
                vies.append(vie)
                suivies.noter(adulte, vie)
            suivies.menages += [menage for t in trajectoires if (menage := t.au(c.photo)) is not None]
        versement.finir()
        lignes = ecriture_vies.mettre_en_forme(vies, numeros=numeros)
        with transaction.atomic():
            for table, colonnes in TABLES.items():
                copier(table, colonnes, versement.lignes[table])
            ecriture_vies.ecrire(lignes)
        bilan = self._bilan(versement, vies)
        if c.mois is not None:
            bilan.parts = c.mois.ecrire_la_part(lot, suivies)
        return bilan

    def _vivre(
        self, trajectoires: Sequence[Trajectoire], versement: Versement, numeros: NumerosDuLot
    ) -> Iterator[tuple[AdulteHistoire, VieVecue]]:
        c = self.chantier
        ids = versement.dynastie(trajectoires)
        if not ids:
            return
        for adulte in faits(
            trajectoires, personne_id=ids.__getitem__, secteur=c.cartes.secteur, jusqu_au=c.photo
        ):  # fmt: skip
            if adulte.faits:
                vie = vivre(adulte, c.vies, numeros, au=c.jusqu_au)
                if vie.evenements:
                    versement.raconter(adulte, vie)
                    yield adulte, vie

    @staticmethod
    def _bilan(versement: Versement, vies: list[VieVecue]) -> BilanDuLot:
        bilan = BilanDuLot(len(versement.connues), 0, Counter(), versement.vus, versement.suites)
        for vie in vies:
            bilan.evenements += len(vie.evenements)
            bilan.faits.update(
                (e.objet_id, str(e.fait.genre)) for e in vie.evenements if e.objet_type == "fichier" and e.objet_id
            )
        return bilan


def copier(table: str, colonnes: Sequence[str], lignes: Sequence[str]) -> None:
    """COPY rows in text form, on this thread's connection."""
    if not lignes:
        return
    with (
        connection.cursor() as curseur,
        connection.wrap_database_errors,
        curseur.cursor.copy(f"COPY {table} ({', '.join(colonnes)}) FROM STDIN") as copie,
    ):
        copie.write("".join(lignes))
