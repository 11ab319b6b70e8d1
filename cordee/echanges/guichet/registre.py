"""Which package knows which kind of file: one explicit table. A new kind is one more line of :data:`LECTEURS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from cordee.echanges.caf import depot as depot_caf
from cordee.echanges.caf import services as caf
from cordee.echanges.caf.rapport import Rapport
from cordee.echanges.contacts import services as contacts
from cordee.echanges.fichiers.models import FichierRecu, TypeFichier
from cordee.echanges.fichiers.rapport import RapportLignes
from cordee.echanges.guichet.reconnaissance import Genre
from cordee.echanges.operateur_emploi import services as operateur_emploi
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
    correspondance: Any = None
    emetteur: Structure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chargement:
    """What is asked when a file is loaded."""

    fichier: FichierRecu
    par: Agent
    le: datetime
    confirmer: bool = False
    chemin: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecteur:
    """The functions of one kind. ``noter_apercu`` looks at the copy kept and notes what it announces."""

    genre: Genre
    types: frozenset[TypeFichier]
    recevoir: Callable[[Depot], FichierRecu]
    noter_apercu: Callable[[FichierRecu], object]
    charger: Callable[[Chargement], Rapport | RapportLignes]


def _recevoir_beneficiaires(d: Depot) -> FichierRecu:
    return caf.recevoir(chemin=d.chemin, nom=d.nom, recu_le=d.recu_le, par=d.par, le=d.le, deposer=d.deposer)


def _charger_beneficiaires(c: Chargement) -> Rapport:
    return caf.charger(fichier=c.fichier, par=c.par, le=c.le, confirmer=c.confirmer, chemin=c.chemin)


def _recevoir_contacts(d: Depot) -> FichierRecu:
    return contacts.recevoir(
        chemin=d.chemin, nom=d.nom, recu_le=d.recu_le, par=d.par, le=d.le, deposer=d.deposer,
        date_du_fichier=d.date_du_fichier,
    )  # fmt: skip


def _charger_contacts(c: Chargement) -> RapportLignes:
    return contacts.charger(fichier=c.fichier, par=c.par, le=c.le, confirmer=c.confirmer, chemin=c.chemin)


def _recevoir_de_l_operateur(d: Depot) -> FichierRecu:
    return operateur_emploi.recevoir(
        chemin=d.chemin, nom=d.nom, recu_le=d.recu_le, par=d.par, le=d.le, deposer=d.deposer
    )


def _charger_de_l_operateur(c: Chargement) -> RapportLignes:
    return operateur_emploi.charger(fichier=c.fichier, par=c.par, le=c.le, confirmer=c.confirmer, chemin=c.chemin)


def _recevoir_d_un_partenaire(d: Depot) -> FichierRecu:
    return tableurs.recevoir(
        chemin=d.chemin, nom=d.nom, recu_le=d.recu_le, par=d.par, le=d.le, deposer=d.deposer,
        date_du_fichier=d.date_du_fichier, correspondance=d.correspondance, emetteur=d.emetteur,
    )  # fmt: skip


def _charger_d_un_partenaire(c: Chargement) -> RapportLignes:
    return tableurs.charger(fichier=c.fichier, par=c.par, le=c.le, confirmer=c.confirmer, chemin=c.chemin)


LECTEURS: Final = (
    Lecteur(
        genre=Genre.BENEFICIAIRES,
        types=frozenset({T.BENEFICIAIRES_MENSUEL, T.BENEFICIAIRES_QUOTIDIEN, T.BENEFICIAIRES_EXCEPTIONNEL}),
        recevoir=_recevoir_beneficiaires,
        noter_apercu=lambda fichier: depot_caf.noter_apercu(fichier=fichier),
        charger=_charger_beneficiaires,
    ),
    Lecteur(
        genre=Genre.CONTACTS,
        types=frozenset({T.CONTACTS}),
        recevoir=_recevoir_contacts,
        noter_apercu=lambda fichier: contacts.noter_apercu(fichier=fichier),
        charger=_charger_contacts,
    ),
    Lecteur(
        genre=Genre.OPERATEUR_EMPLOI,
        types=frozenset({T.OPERATEUR_EMPLOI}),
        recevoir=_recevoir_de_l_operateur,
        noter_apercu=lambda fichier: operateur_emploi.noter_apercu(fichier=fichier),
        charger=_charger_de_l_operateur,
    ),
    Lecteur(
        genre=Genre.TABLEAU,
        types=frozenset({T.PARTENAIRE}),
        recevoir=_recevoir_d_un_partenaire,
        noter_apercu=lambda fichier: tableurs.noter_apercu(fichier=fichier),
        charger=_charger_d_un_partenaire,
    ),
)


def lecteur_du_genre(genre: Genre) -> Lecteur:
    """The reader of a family of files: every family has one."""
    return next(lecteur for lecteur in LECTEURS if lecteur.genre is genre)


def lecteur_du_type(type_fichier: str) -> Lecteur | None:
    """The reader of a file already received."""
    return next((lecteur for lecteur in LECTEURS if type_fichier in lecteur.types), None)
