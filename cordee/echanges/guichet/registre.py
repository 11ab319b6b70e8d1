"""Which package knows which kind of file: one explicit table. A new kind is one more line of :data:`LECTEURS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, Protocol

from cordee.echanges.caf import depot as depot_caf
from cordee.echanges.caf import services as caf
from cordee.echanges.caf.rapport import Rapport
from cordee.echanges.contacts import services as contacts
from cordee.echanges.fichiers.models import FichierRecu, TypeFichier
from cordee.echanges.fichiers.rapport import RapportLignes
from cordee.echanges.guichet.reconnaissance import Genre
from cordee.echanges.operateur_emploi import services as operateur_emploi
from cordee.echanges.partenaires.models import Correspondance
from cordee.echanges.tableurs import services as tableurs
from cordee.metier.organismes.models import Agent, Structure

T = TypeFichier


@dataclass(frozen=True, slots=True, kw_only=True)
class Depot:
    """What is said of a file when it is handed over.

    Attributes:
        recu_le: day of reception; ``None``: what the file or the day itself says.
        date_du_fichier: the day its content is true of, for the kinds that do not write it inside (contacts, tables).
        deposer: keep a copy until it is loaded.
        correspondance: the saved mapping of a partner's table.
        emetteur: the partner it comes from.
    """

    chemin: Path
    nom: str
    recu_le: date | None
    par: Agent
    le: datetime
    deposer: bool = True
    date_du_fichier: date | None = None
    correspondance: Correspondance | None = None
    emetteur: Structure | None = None


class Charger(Protocol):
    """Loads a file received: the same words for every kind."""

    def __call__(
        self, *, fichier: FichierRecu, par: Agent, le: datetime, confirmer: bool = False, chemin: Path | None = None
    ) -> Rapport | RapportLignes: ...


class NoterApercu(Protocol):
    """Looks at the copy kept and notes what it announces."""

    def __call__(self, *, fichier: FichierRecu) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecteur:
    """The functions of one kind. ``recevoir`` takes of a deposit what its kind needs."""

    genre: Genre
    types: frozenset[TypeFichier]
    recevoir: Callable[[Depot], FichierRecu]
    noter_apercu: NoterApercu
    charger: Charger


def _recevoir_beneficiaires(d: Depot) -> FichierRecu:
    return caf.recevoir(chemin=d.chemin, nom=d.nom, recu_le=d.recu_le, par=d.par, le=d.le, deposer=d.deposer)


def _recevoir_contacts(d: Depot) -> FichierRecu:
    return contacts.recevoir(
        chemin=d.chemin, nom=d.nom, recu_le=d.recu_le, par=d.par, le=d.le, deposer=d.deposer,
        date_du_fichier=d.date_du_fichier,
    )  # fmt: skip


def _recevoir_de_l_operateur(d: Depot) -> FichierRecu:
    return operateur_emploi.recevoir(
        chemin=d.chemin, nom=d.nom, recu_le=d.recu_le, par=d.par, le=d.le, deposer=d.deposer
    )


def _recevoir_d_un_partenaire(d: Depot) -> FichierRecu:
    return tableurs.recevoir(
        chemin=d.chemin, nom=d.nom, recu_le=d.recu_le, par=d.par, le=d.le, deposer=d.deposer,
        date_du_fichier=d.date_du_fichier, correspondance=d.correspondance, emetteur=d.emetteur,
    )  # fmt: skip


LECTEURS: Final = (
    Lecteur(
        genre=Genre.BENEFICIAIRES,
        types=frozenset({T.BENEFICIAIRES_MENSUEL, T.BENEFICIAIRES_QUOTIDIEN, T.BENEFICIAIRES_EXCEPTIONNEL}),
        recevoir=_recevoir_beneficiaires,
        noter_apercu=depot_caf.noter_apercu,
        charger=caf.charger,
    ),
    Lecteur(
        genre=Genre.CONTACTS,
        types=frozenset({T.CONTACTS}),
        recevoir=_recevoir_contacts,
        noter_apercu=contacts.noter_apercu,
        charger=contacts.charger,
    ),
    Lecteur(
        genre=Genre.OPERATEUR_EMPLOI,
        types=frozenset({T.OPERATEUR_EMPLOI}),
        recevoir=_recevoir_de_l_operateur,
        noter_apercu=operateur_emploi.noter_apercu,
        charger=operateur_emploi.charger,
    ),
    Lecteur(
        genre=Genre.TABLEAU,
        types=frozenset({T.PARTENAIRE}),
        recevoir=_recevoir_d_un_partenaire,
        noter_apercu=tableurs.noter_apercu,
        charger=tableurs.charger,
    ),
)


def lecteur_du_genre(genre: Genre) -> Lecteur:
    """The reader of a family of files: every family has one."""
    return next(lecteur for lecteur in LECTEURS if lecteur.genre is genre)


def lecteur_du_type(type_fichier: str) -> Lecteur | None:
    """The reader of a file already received."""
    return next((lecteur for lecteur in LECTEURS if type_fichier in lecteur.types), None)
