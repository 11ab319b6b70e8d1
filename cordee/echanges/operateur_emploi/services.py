"""The operator's file: received, looked at, loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from django.db.models import Count

from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.models import FichierRecu, TypeFichier
from cordee.echanges.fichiers.rapport import RapportLignes
from cordee.echanges.fichiers.reception import recevoir_fait
from cordee.echanges.operateur_emploi.lecture import CHEMINS, entete, lire
from cordee.echanges.partenaires import apercu, chargement, reception
from cordee.echanges.partenaires.apercu import ApercuLignes
from cordee.echanges.partenaires.models import Usage
from cordee.echanges.partenaires.rejeu import rejouer
from cordee.echanges.partenaires.selectors import (
    correspondance_de,
    correspondance_de_l_operateur,
    operateur_de_l_emploi,
)
from cordee.metier.organismes.models import Agent
from cordee.socle.horloge import PARIS, jour
from cordee.territoires.models import Commune

__all__ = ["apercevoir", "charger", "noter_apercu", "recevoir", "rejouer"]

_MIDI: Final = time(12)
A_NOMMER: Final = (
    "Plusieurs structures peuvent être l'opérateur de l'emploi, ou aucune : dites laquelle dans « Correspondances », "
    "puis rechargez ce fichier."
)


def recevoir(
    *, chemin: Path, nom: str, recu_le: date | None, par: Agent, le: datetime, deposer: bool = True, **_: Any
) -> FichierRecu:
    """Record the operator's file: for which département, which day. Nothing of its content is written yet.

    Args:
        recu_le: day of reception; the day the operator made the file by default.

    Raises:
        FichierRefuse: the file cannot even be opened.
        ReceptionImpossible: the day of reception is to come.
    """
    correspondance = correspondance_de_l_operateur()
    emetteur = correspondance.emetteur if correspondance else operateur_de_l_emploi()

    def identifier(fichier: FichierRecu) -> None:
        fichier.type = TypeFichier.OPERATEUR_EMPLOI
        tete = entete(chemin)
        _verifier_departement(tete.departement)
        fichier.reference_le = tete.reference
        fichier.cree_le = datetime.combine(tete.fabrique_le, _MIDI, tzinfo=PARIS)
        fichier.recu_le = recu_le or min(tete.fabrique_le, jour(le))
        fichier.emetteur = emetteur
        fichier.erreur = "" if emetteur else A_NOMMER

    fichier = recevoir_fait(
        chemin=chemin, nom=nom, identifier=identifier, recu_le=recu_le, par=par, le=le, deposer=deposer
    )
    if correspondance is not None:
        Usage.objects.get_or_create(fichier=fichier, defaults={"correspondance": correspondance})
    return fichier


def apercevoir(chemin: Path, *, fichier: FichierRecu) -> ApercuLignes:
    """What the file would change. Nothing is written.

    Raises:
        FichierRefuse: it cannot be read to its end.
    """
    if fichier.emetteur is None:
        raise FichierRefuse(A_NOMMER)
    return apercu.apercevoir(
        _lire(chemin, fichier, jour(fichier.depose_le)), fichier=fichier, partenaire=fichier.emetteur,
        correspondance=_nom(fichier),
    )  # fmt: skip


def noter_apercu(*, fichier: FichierRecu) -> ApercuLignes | None:
    """Look at the copy kept and note what it announces (``rapport["apercu"]``)."""
    return reception.noter(fichier, lambda chemin: apercevoir(chemin, fichier=fichier))


def charger(
    *, fichier: FichierRecu, par: Agent, le: datetime, confirmer: bool = False, chemin: Path | None = None
) -> RapportLignes:
    """Load the operator's file (``chargement.charger``). ``confirmer``: although nobody of it is known here.

    Raises:
        FichierRefuse, FichierIncomplet: as ``chargement.charger``.
    """
    _nommer(fichier)
    return chargement.charger(
        fichier=fichier, lire=lambda ou: _lire(ou, fichier, chargement.limite_de(fichier, le)), par=par, le=le,
        confirmer=confirmer, chemin=chemin,
    )  # fmt: skip


def _nommer(fichier: FichierRecu) -> None:
    """A file that waited for its sender's name takes it as soon as it is known."""
    correspondance = correspondance_de_l_operateur()
    emetteur = correspondance.emetteur if correspondance else operateur_de_l_emploi()
    if fichier.emetteur is None and emetteur is not None:
        FichierRecu.objects.filter(pk=fichier.pk, erreur=A_NOMMER).update(emetteur=emetteur, erreur="")
        if correspondance is not None:
            Usage.objects.get_or_create(fichier=fichier, defaults={"correspondance": correspondance})


def _lire(chemin: Path, fichier: FichierRecu, limite: date) -> Iterator[chargement.Lue]:
    correspondance = correspondance_de(fichier)
    chemins = correspondance.colonnes if correspondance else CHEMINS
    yield from lire(chemin, chemins=chemins, limite=limite)


def _nom(fichier: FichierRecu) -> str:
    correspondance = correspondance_de(fichier)
    return str(correspondance) if correspondance else "Chemins par défaut"


def _verifier_departement(dit: str) -> None:
    """The operator pads the code (« 094 »). Before the installation, any département is taken."""
    lignes = Commune.objects.values_list("departement").annotate(n=Count("pk")).order_by("-n")
    installe = next((code for code, _ in lignes), "")
    if installe and dit.strip().lstrip("0").upper() != installe.lstrip("0").upper():
        raise FichierRefuse(
            f"Ce fichier est celui du département « {dit[:5]} », pas le nôtre ({installe}) : signalez-le à l'opérateur."
        )
