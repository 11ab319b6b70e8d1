"""Between the reception of a file and its loading: looked at, dated, set aside or taken back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from cordee.echanges.caf.apercu import Apercu, apercevoir
from cordee.echanges.caf.controles import AUTRE_DEPARTEMENT, code_du_departement
from cordee.echanges.fichiers.depot import ReceptionImpossible, lieu_de
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.echanges.fichiers.reception import annonce_de, noter_annonce
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.enums import Presence
from cordee.metier.personnes.models import DroitFoyer, Foyer
from cordee.reglementation.sdd import ETATS_OUVERTS
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour
from cordee.territoires.models import Commune

ECARTE = "Mis de côté par un agent."
EN_ATTENTE = "En attente de démarrage"
DEPARTEMENT_ACCEPTE = "departement_accepte"
"""Key of ``rapport``: the département a file is meant for, said to be ours all the same (R32)."""
_PARTIE = "annonce_partie"
_MODIFIABLES = (StatutFichier.RECU, StatutFichier.A_CONFIRMER)


class DepotFige(ErreurMetier):
    """The file is being loaded, or has been."""


def departement_installe() -> str:
    """The département whose communes fill the map; ``""`` before the installation."""
    lignes = Commune.objects.values_list("departement").annotate(n=Count("pk")).order_by("-n")
    return next((code for code, _ in lignes), "")


def noter_apercu(*, fichier: FichierRecu) -> Apercu | None:
    """Look at a file just received and keep what it announces. Unreadable to its end: refused, with the reason."""
    return noter_annonce(fichier, lambda chemin: apercevoir(chemin, connus=_demandes_connues(fichier)))


def _demandes_connues(fichier: FichierRecu) -> dict[str, bool]:
    """The requests of the body of a monthly file → whether it is expected in it. One query."""
    if fichier.type != TypeFichier.BENEFICIAIRES_MENSUEL or fichier.organisme_id is None:
        return {}
    ouverts = DroitFoyer.objects.filter(foyer=OuterRef("pk"), fin__isnull=True, etat__in=ETATS_OUVERTS)
    foyers = Foyer.objects.filter(organisme=fichier.organisme_id)
    attendu = Exists(ouverts.filter(foyer__presence=Presence.TRANSMIS))
    return dict(foyers.annotate(attendu=attendu).values_list("numdemrsa", "attendu"))


def apercu_de(fichier: FichierRecu) -> Apercu | None:
    """What was noted at reception, until the report of the loading takes its place."""
    note = annonce_de(fichier)
    return Apercu.de_json(note) if note else None


@transaction.atomic
def corriger_reception(*, fichier: FichierRecu, recu_le: date, par: Agent, le: datetime) -> FichierRecu:
    """Correct the day of reception, from which the legal clocks run (E06). Before the loading only.

    Raises:
        ReceptionImpossible: the day is to come, or before the file was made.
        DepotFige: loaded already, or being loaded.
    """
    courant = _verrouiller(fichier, _MODIFIABLES)
    if recu_le > jour(le):
        raise ReceptionImpossible("La date de réception est dans le futur : indiquez le jour où le fichier est arrivé.")
    if courant.cree_le is not None and recu_le < jour(courant.cree_le):
        raise ReceptionImpossible(
            f"Le fichier a été créé le {jour(courant.cree_le):%d/%m/%Y} : il n'a pas pu arriver avant."
        )
    courant.recu_le = recu_le
    courant.save(update_fields=["recu_le"])
    return courant


@transaction.atomic
def accepter_departement(*, fichier: FichierRecu, departement: str, par: Agent, le: datetime) -> FichierRecu:
    """Say that a file marked for another département is meant for this one: its loading will take it (R32).

    A file refused for that reason alone may be loaded again, from where it is.

    Raises:
        DepotFige: loaded already, being loaded, or refused for another reason.
    """
    courant = _verrouiller(fichier, (*_MODIFIABLES, StatutFichier.REFUSE))
    if courant.statut == StatutFichier.REFUSE:
        if courant.rapport.get("refus") != AUTRE_DEPARTEMENT:
            raise DepotFige(courant.erreur)
        courant.statut, courant.erreur = StatutFichier.RECU, ""
    courant.rapport = {**courant.rapport, DEPARTEMENT_ACCEPTE: code_du_departement(departement)}
    courant.save(update_fields=["rapport", "statut", "erreur"])
    return courant


@transaction.atomic
def annoncer_partie(*, fichier: FichierRecu, par: Agent, le: datetime) -> FichierRecu:
    """Say that others of the same month follow this file: alone, it makes nobody absent (a MSA sends several).

    Raises:
        DepotFige: loaded already, or being loaded.
    """
    courant = _verrouiller(fichier, _MODIFIABLES)
    courant.rapport = {**courant.rapport, _PARTIE: True}
    courant.save(update_fields=["rapport"])
    return courant


def annonce_partie(fichier: FichierRecu) -> bool:
    """Whether the file was said to be one part of its month."""
    return bool(fichier.rapport.get(_PARTIE))


@transaction.atomic
def mettre_en_attente(*, fichier: FichierRecu) -> FichierRecu:
    """Say that the loading has been asked for and has not begun.

    Raises:
        DepotFige: loaded already, being loaded, or asked for already.
    """
    courant = _verrouiller(fichier, _MODIFIABLES)
    if courant.etape_traitement == EN_ATTENTE:
        raise DepotFige("Le chargement de ce fichier est déjà demandé.")
    courant.etape_traitement = EN_ATTENTE
    courant.save(update_fields=["etape_traitement"])
    return courant


@transaction.atomic
def ecarter(*, fichier: FichierRecu, par: Agent, le: datetime) -> FichierRecu:
    """Set a file aside without loading it: nothing of it enters the domain, the fact of its reception stays."""
    courant = _verrouiller(fichier, _MODIFIABLES)
    if courant.etape_traitement == EN_ATTENTE:
        raise DepotFige("Le chargement de ce fichier est déjà demandé.")
    courant.statut, courant.erreur = StatutFichier.REFUSE, ECARTE
    courant.save(update_fields=["statut", "erreur"])
    return courant


@transaction.atomic
def reprendre(*, fichier: FichierRecu, par: Agent, le: datetime) -> FichierRecu:
    """Take back a file that an agent had set aside.

    Raises:
        DepotFige: it was refused for what it holds, or its copy is gone.
    """
    courant = _verrouiller(fichier, (StatutFichier.REFUSE,))
    if courant.erreur != ECARTE or not lieu_de(courant).exists():
        raise DepotFige("Ce fichier ne peut pas être repris : déposez-le de nouveau, ou demandez-en un autre.")
    courant.statut, courant.erreur = StatutFichier.RECU, ""
    courant.save(update_fields=["statut", "erreur"])
    return courant


def _verrouiller(fichier: FichierRecu, statuts: tuple[StatutFichier, ...]) -> FichierRecu:
    courant = FichierRecu.objects.select_for_update().get(pk=fichier.pk)
    if courant.statut not in statuts:
        raise DepotFige(
            f"Ce fichier est « {StatutFichier(courant.statut).libelle.lower()} » : rechargez la page pour le voir."
        )
    return courant
