"""A partner's file arrives: it becomes a fact, before anybody believes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.db import transaction

from cordee.echanges.fichiers.depot import (
    FichierRefuse,
    ReceptionImpossible,
    deposer_copie,
    lieu_de,
    oublier_copie,
    sha256,
)
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.echanges.partenaires.apercu import ApercuLignes
from cordee.echanges.partenaires.services import dissocier
from cordee.echanges.partenaires.valeurs import CorrespondanceInadaptee
from cordee.metier.organismes.models import Agent
from cordee.socle.horloge import jour

_ERREUR_MAX: Final = 500


@transaction.atomic
def recevoir_fait(
    *, chemin: Path, nom: str, type_fichier: TypeFichier, identifier: Callable[[FichierRecu], None],
    recu_le: date | None, par: Agent, le: datetime, deposer: bool,
) -> FichierRecu:  # fmt: skip
    """Record a file received. The same bytes twice are the same fact; a file that cannot be taken is one too.

    Args:
        identifier: reads who it is from and for which day, on the row not yet saved; may refuse (``FichierRefuse``).

    Raises:
        FichierRefuse: the file cannot even be opened.
        ReceptionImpossible: the day of reception is to come.
    """
    if recu_le is not None and recu_le > jour(le):
        raise ReceptionImpossible("La date de réception est dans le futur : indiquez le jour où le fichier est arrivé.")
    empreinte = sha256(chemin)
    connu = FichierRecu.objects.filter(empreinte=empreinte).first()
    if connu is not None:
        if deposer and connu.statut not in (StatutFichier.CHARGE, StatutFichier.REFUSE):
            deposer_copie(chemin, connu)
        return connu
    fichier = FichierRecu(
        empreinte=empreinte, nom=nom[:200], type=type_fichier, depose_le=le, depose_par=par,
        taille=chemin.stat().st_size, recu_le=recu_le or jour(le),
    )  # fmt: skip
    try:
        identifier(fichier)
    except FichierRefuse as refus:
        fichier.statut, fichier.erreur = StatutFichier.REFUSE, str(refus)[:_ERREUR_MAX]
    fichier.save()
    if deposer and fichier.statut != StatutFichier.REFUSE:
        deposer_copie(chemin, fichier)
    return fichier


@transaction.atomic
def noter(fichier: FichierRecu, apercevoir: Callable[[Path], ApercuLignes]) -> ApercuLignes | None:
    """Look at the copy of a file just received and keep what it announces. Unreadable to its end: refused, with why.

    With a mapping that does not fit, it waits for another.
    """
    chemin = lieu_de(fichier)
    if fichier.statut != StatutFichier.RECU or fichier.emetteur is None or not chemin.exists():
        return None
    try:
        apercu = apercevoir(chemin)
    except FichierRefuse as refus:
        FichierRecu.objects.filter(pk=fichier.pk).update(statut=StatutFichier.REFUSE, erreur=str(refus)[:_ERREUR_MAX])
        fichier.refresh_from_db()
        oublier_copie(fichier)
        return None
    except CorrespondanceInadaptee as inadaptee:
        dissocier(fichier=fichier, raison=str(inadaptee))
        return None
    FichierRecu.objects.filter(pk=fichier.pk).update(rapport={"apercu": apercu.vers_json()}, annonces=apercu.annonces)
    fichier.refresh_from_db()
    return apercu
