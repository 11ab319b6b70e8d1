"""Saving a mapping, changing it, saying which one a file is read with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.echanges.partenaires.champs import Champ, GenreCorrespondance, OrdreDates, fautes
from cordee.echanges.partenaires.models import Correspondance, Usage
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.models import OrganismePayeur
from cordee.socle.erreurs import ErreurMetier

_MEMES = ("emetteur_id", "colonnes", "ordre_dates", "feuille", "ligne_entete", "organisme_id")


class CorrespondanceInvalide(ErreurMetier):
    """The mapping could not be used. ``fautes``: field (``""``: the whole) → sentence."""

    def __init__(self, constats: Mapping[str, str]) -> None:
        super().__init__(" ".join(constats.values()))
        self.fautes = dict(constats)


@transaction.atomic
def enregistrer(
    *, nom: str, genre: GenreCorrespondance, emetteur: Structure, colonnes: Mapping[str, str],
    entetes: Sequence[str] = (), ordre_dates: OrdreDates = OrdreDates.JMA, feuille: str = "", ligne_entete: int = 1,
    organisme: OrganismePayeur | None = None, remplace: Correspondance | None = None, par: Agent, le: datetime,
) -> Correspondance:  # fmt: skip
    """Save a mapping, or a new version of the one it replaces. Nothing changed: the same one is returned.

    Args:
        colonnes: field → column or path; empty ones are dropped.
        organisme: needed when the « matricule » is used.

    Raises:
        CorrespondanceInvalide: it could not be used, or its name is taken.
    """
    dites = {Champ(cle).value: valeur.strip() for cle, valeur in colonnes.items() if valeur.strip()}
    constats = fautes(dites, genre=genre)
    if Champ.MATRICULE in dites and organisme is None:
        constats["organisme"] = "Dites de quel organisme (CAF, MSA) vient le numéro allocataire."
    nom = " ".join((remplace.nom if remplace else nom).split())
    if not nom:
        constats["nom"] = "Donnez un nom à cette correspondance, par exemple celui du partenaire."
    actives = Correspondance.objects.select_for_update().filter(active=True)
    precedente = actives.filter(pk=remplace.pk).first() if remplace else None
    if remplace and precedente is None:
        constats[""] = "Une version plus récente existe : rouvrez la correspondance pour la voir."
    elif remplace is None and (
        actives.filter(nom__iexact=nom).exists() or Correspondance.objects.filter(nom__iexact=nom).exists()
    ):
        constats["nom"] = "Ce nom est déjà pris : choisissez-en un autre, ou modifiez la correspondance qui le porte."
    operateur = actives.filter(genre=GenreCorrespondance.OPERATEUR).first()
    if genre is GenreCorrespondance.OPERATEUR and remplace is None and operateur:
        constats[""] = f"Le fichier de l'opérateur a déjà sa correspondance, « {operateur.nom} » : modifiez-la."
    if constats:
        raise CorrespondanceInvalide(constats)
    nouvelle = Correspondance(
        nom=nom, genre=genre, emetteur=emetteur, colonnes=dites, entetes=list(entetes), ordre_dates=ordre_dates,
        feuille=feuille, ligne_entete=ligne_entete, organisme=organisme, precedente=precedente,
        version=precedente.version + 1 if precedente else 1, cree_le=le, cree_par=par,
    )  # fmt: skip
    if precedente is not None:
        if all(getattr(precedente, champ) == getattr(nouvelle, champ) for champ in _MEMES):
            return precedente
        Correspondance.objects.filter(pk=precedente.pk).update(active=False)
    nouvelle.save()
    return nouvelle


@transaction.atomic
def retirer(*, correspondance: Correspondance, par: Agent, le: datetime) -> Correspondance:
    """No file is read with it from now on. Those it has read keep it."""
    Correspondance.objects.filter(pk=correspondance.pk).update(active=False)
    correspondance.refresh_from_db()
    return correspondance


@transaction.atomic
def associer(*, fichier: FichierRecu, correspondance: Correspondance) -> FichierRecu:
    """Say which mapping a file not yet loaded is read with, hence which partner it comes from.

    Raises:
        CorrespondanceInvalide: the file is loaded, or being loaded.
    """
    courant = FichierRecu.objects.select_for_update().get(pk=fichier.pk)
    if courant.statut not in (StatutFichier.RECU, StatutFichier.A_CONFIRMER):
        raise CorrespondanceInvalide({"": "Ce fichier n'attend plus sa lecture : rechargez la page pour le voir."})
    Usage.objects.update_or_create(fichier=courant, defaults={"correspondance": correspondance})
    courant.emetteur = correspondance.emetteur
    courant.erreur = ""
    courant.rapport = {}
    courant.save(update_fields=["emetteur", "erreur", "rapport"])
    return courant


@transaction.atomic
def dissocier(*, fichier: FichierRecu, raison: str) -> None:
    """The mapping does not fit: the file waits again for somebody to say how it is read."""
    Usage.objects.filter(fichier=fichier).delete()
    FichierRecu.objects.filter(pk=fichier.pk).update(
        statut=StatutFichier.RECU, emetteur=None, erreur=raison[:500], etape_traitement="", rapport={}
    )
    fichier.refresh_from_db()
