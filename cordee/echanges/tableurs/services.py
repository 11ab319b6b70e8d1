"""A partner's table: received, looked at, loaded, with the saved mapping its titles call for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from cordee.echanges.fichiers.depot import FichierIncomplet, FichierRefuse, lieu_de
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.echanges.fichiers.rapport import RapportLignes
from cordee.echanges.fichiers.reception import recevoir_fait
from cordee.echanges.partenaires import apercu, chargement, reception
from cordee.echanges.partenaires.apercu import ApercuLignes
from cordee.echanges.partenaires.champs import OrdreDates
from cordee.echanges.partenaires.models import Correspondance, Usage
from cordee.echanges.partenaires.rejeu import rejouer
from cordee.echanges.partenaires.selectors import correspondance_de, correspondance_des_colonnes
from cordee.echanges.partenaires.services import associer
from cordee.echanges.tableurs.lecture import Feuille, Plan, lire, reconnaitre
from cordee.metier.organismes.models import Agent, Structure
from cordee.socle.horloge import jour

__all__ = ["A_DIRE", "apercevoir", "charger", "correspondance_reconnue", "noter_apercu", "plan_de", "recevoir",
           "rejouer"]  # fmt: skip

A_DIRE: Final = (
    "Ce tableau n'a pas encore de correspondance : dites de quel partenaire il vient et à quoi servent ses colonnes."
)


def recevoir(
    *, chemin: Path, nom: str, recu_le: date | None, par: Agent, le: datetime, deposer: bool = True,
    date_du_fichier: date | None = None, correspondance: Correspondance | None = None,
    emetteur: Structure | None = None, **_: Any,
) -> FichierRecu:  # fmt: skip
    """Record a table received. Its mapping is the one given, or the one in force whose columns it has; without any it
    waits (``A_DIRE``) for somebody to say what its columns are.

    Args:
        date_du_fichier: the day its content is true of; the day of reception by default.

    Raises:
        FichierRefuse: the file cannot even be opened.
        ReceptionImpossible: the day of reception is to come.
    """
    choisie = correspondance

    def identifier(fichier: FichierRecu) -> None:
        nonlocal choisie
        fichier.type = TypeFichier.PARTENAIRE
        choisie = choisie or correspondance_reconnue(reconnaitre(chemin))
        fichier.reference_le = min(date_du_fichier or fichier.recu_le, jour(le))
        fichier.emetteur = choisie.emetteur if choisie else emetteur
        fichier.erreur = "" if choisie else A_DIRE

    fichier = recevoir_fait(
        chemin=chemin, nom=nom, identifier=identifier, recu_le=recu_le, par=par, le=le, deposer=deposer
    )
    if choisie is not None and fichier.statut != StatutFichier.REFUSE:
        Usage.objects.get_or_create(fichier=fichier, defaults={"correspondance": choisie})
    return fichier


def correspondance_reconnue(feuilles: list[Feuille]) -> Correspondance | None:
    """The mapping in force that one of the sheets has all the columns of."""
    for feuille in feuilles:
        for ligne in range(1, len(feuille.premieres) + 1):
            entetes = feuille.entetes(ligne)
            trouvee = correspondance_des_colonnes(entetes) if len(entetes) > 1 else None
            if trouvee is not None:
                return trouvee
    return None


def plan_de(correspondance: Correspondance) -> Plan:
    """How a table is read with a mapping."""
    return Plan(
        colonnes=correspondance.colonnes, feuille=correspondance.feuille, ligne_entete=correspondance.ligne_entete,
        ordre=OrdreDates(correspondance.ordre_dates),
    )  # fmt: skip


def apercevoir(chemin: Path, *, fichier: FichierRecu) -> ApercuLignes:
    """What the table would change. Nothing is written.

    Raises:
        FichierRefuse: it cannot be read to its end.
        FichierIncomplet: nobody said what its columns are.
    """
    correspondance = _exiger(fichier)
    return apercu.apercevoir(
        lire(chemin, plan_de(correspondance), limite=jour(fichier.depose_le)), fichier=fichier,
        partenaire=correspondance.emetteur, organisme=_organisme(correspondance), correspondance=str(correspondance),
    )  # fmt: skip


def noter_apercu(*, fichier: FichierRecu) -> ApercuLignes | None:
    """Look at the copy kept and note what it announces (``rapport["apercu"]``); nothing without a mapping."""
    if correspondance_de(fichier) is None:
        return None
    return reception.noter(fichier, lambda chemin: apercevoir(chemin, fichier=fichier))


def charger(
    *, fichier: FichierRecu, par: Agent, le: datetime, confirmer: bool = False, chemin: Path | None = None
) -> RapportLignes:
    """Load a partner's table (``chargement.charger``). ``confirmer``: although nobody of it is known here.

    Raises:
        FichierRefuse, FichierIncomplet: as ``chargement.charger``; also when nobody said what its columns are.
    """
    fichier.refresh_from_db()
    if fichier.statut == StatutFichier.RECU and correspondance_de(fichier) is None:
        _retrouver(fichier, chemin or lieu_de(fichier))
    correspondance = correspondance_de(fichier)

    def lecture(ou: Path) -> Iterator[chargement.Lue]:
        plan = plan_de(_exiger(fichier))
        yield from lire(ou, plan, limite=chargement.limite_de(fichier, le))

    return chargement.charger(
        fichier=fichier, lire=lecture, organisme=_organisme(correspondance), par=par, le=le,
        confirmer=confirmer, chemin=chemin,
    )  # fmt: skip


def _retrouver(fichier: FichierRecu, chemin: Path) -> None:
    """A table received before its mapping was saved."""
    if not chemin.exists():
        return
    try:
        trouvee = correspondance_reconnue(reconnaitre(chemin))
    except FichierRefuse:
        return  # the loading says it, and keeps the reason
    if trouvee is not None:
        associer(fichier=fichier, correspondance=trouvee)
        return
    raise FichierIncomplet(A_DIRE)


def _exiger(fichier: FichierRecu) -> Correspondance:
    correspondance = correspondance_de(fichier)
    if correspondance is None:
        raise FichierIncomplet(A_DIRE)
    return correspondance


def _organisme(correspondance: Correspondance | None) -> str:
    return correspondance.organisme.code if correspondance and correspondance.organisme else ""
