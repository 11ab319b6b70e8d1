"""Receiving, looking at and loading any file: recognised by its content, given to the package that knows it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from cordee.echanges.caf.rapport import Rapport
from cordee.echanges.fichiers.depot import FichierIncomplet, FichierRefuse, sha256
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.echanges.fichiers.rapport import RapportLignes
from cordee.echanges.fichiers.reception import deja_connu, recevoir_fait, verifier_reception
from cordee.echanges.guichet.reconnaissance import ATTENDUS, reconnaitre
from cordee.echanges.guichet.registre import Depot, lecteur_du_genre, lecteur_du_type
from cordee.echanges.partenaires.models import Correspondance
from cordee.metier.organismes.models import Agent, Structure


@transaction.atomic
def recevoir(
    *, chemin: Path, nom: str, recu_le: date | None, par: Agent, le: datetime, deposer: bool = True,
    date_du_fichier: date | None = None, correspondance: Correspondance | None = None,
    emetteur: Structure | None = None,
) -> FichierRecu:  # fmt: skip
    """Record a file received, whatever it is. The same bytes twice are the same fact: the first row is returned.

    A file that cannot be taken is a fact too: statut ``refuse``, with the reason in ``erreur``.

    Args:
        recu_le: day of reception; by default what the kind says (creation written in the file, else today).
        date_du_fichier: the day its content is true of, when the file does not say it (contacts, tables).
        deposer: keep a copy until it is loaded; false when the caller loads from ``chemin`` at once.
        correspondance, emetteur: for the table of a partner, its saved mapping and the partner; otherwise the
            mapping its titles call for; without any, the file waits for one.

    Raises:
        FichierRefuse: the file cannot even be opened.
        ReceptionImpossible: the day of reception is to come.
    """
    verifier_reception(recu_le, le)
    connu = deja_connu(chemin, sha256(chemin), deposer=deposer)
    if connu is not None:
        return connu
    try:
        genre = reconnaitre(chemin)
    except FichierRefuse as refus:
        return _refuser(refus, chemin=chemin, nom=nom, recu_le=recu_le, par=par, le=le)
    return lecteur_du_genre(genre).recevoir(
        Depot(
            chemin=chemin, nom=nom, recu_le=recu_le, par=par, le=le, deposer=deposer, date_du_fichier=date_du_fichier,
            correspondance=correspondance, emetteur=emetteur,
        )
    )  # fmt: skip


def noter_apercu(*, fichier: FichierRecu) -> object:
    """Look at the copy of a file just received and keep what it announces (``rapport["apercu"]``).

    Unreadable to its end: refused, with the reason. Noted already, or nothing to look at: ``None``.
    """
    if isinstance(fichier.rapport, dict) and fichier.rapport.get("apercu"):
        return None
    lecteur = lecteur_du_type(fichier.type)
    return lecteur.noter_apercu(fichier=fichier) if lecteur else None


def charger(
    *, fichier: FichierRecu, par: Agent, le: datetime, confirmer: bool = False, chemin: Path | None = None
) -> Rapport | RapportLignes:
    """Load a file received. Loaded already: its report, with ``deja_recu``, and nothing changes.

    Args:
        confirmer: load what was held back and asks for a confirmation.
        chemin: where the file is; the copy kept at reception by default.

    Raises:
        FichierRefuse: the file is refused whole; the reason is kept.
        FichierIncomplet: refused before, or its copy is gone.
    """
    lecteur = lecteur_du_type(fichier.type)
    if lecteur is None or fichier.statut == StatutFichier.REFUSE:
        raise FichierIncomplet(fichier.erreur or f"Ce fichier n'est pas reconnu. {ATTENDUS}")
    return lecteur.charger(fichier=fichier, par=par, le=le, confirmer=confirmer, chemin=chemin)


def _refuser(
    refus: FichierRefuse, *, chemin: Path, nom: str, recu_le: date | None, par: Agent, le: datetime
) -> FichierRecu:
    """A file nobody recognises is a fact too."""

    def identifier(fichier: FichierRecu) -> None:
        raise refus

    return recevoir_fait(chemin=chemin, nom=nom, identifier=identifier, recu_le=recu_le, par=par, le=le, deposer=False)
