"""Playing again what was set aside, whatever the kind of file: one explicit table, one act, or many in a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from procrastinate.contrib.django import app

from cordee.echanges.caf import fiche as fiche_caf
from cordee.echanges.caf import rejeu as caf
from cordee.echanges.contacts import services as contacts
from cordee.echanges.fichiers import fiches
from cordee.echanges.fichiers.fiches import Fiche
from cordee.echanges.fichiers.models import ElementRejete, FichierRecu, Rejeu, StatutElement, TypeFichier
from cordee.echanges.fichiers.services import Jouer, Suites, rejouer_element
from cordee.echanges.partenaires import rejeu as partenaires
from cordee.metier.organismes.models import Agent
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

T = TypeFichier


class RejeuInconnu(ErreurMetier):
    """Nobody knows how to play a piece of this kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejoueur:
    """How a piece of one kind is played, read as a form and corrected.

    Attributes:
        jouer: the act (see ``fichiers.services.rejouer_element``).
        composer: the form of a text; raises ``BlocIllisible``.
        corriger: the text with what was typed in the form; raises ``CorrectionInvalide``.
        proposer: a repaired text for one that cannot be read, or ``None``.
        presenter: the text as an agent reads it, one thing a line.
    """

    jouer: Jouer
    composer: Callable[[ElementRejete, str], Fiche]
    corriger: Callable[[ElementRejete, str, Mapping[str, str]], str]
    proposer: Callable[[str], str | None] = lambda texte: None
    presenter: Callable[[str], str] = str


def _limite(element: ElementRejete) -> Any:
    return jour(element.fichier.cree_le or element.cree_le)


def _ligne(rejouer: Callable[..., str]) -> Jouer:
    """The act of a kind whose lines give a sentence only."""

    def jouer(element: ElementRejete, texte: str, par: Agent, le: datetime) -> Suites:
        return Suites(phrase=rejouer(element=element, texte=texte, par=par, le=le))

    return jouer


_FOYER: Final = Rejoueur(
    jouer=caf.jouer,
    composer=lambda element, texte: fiche_caf.composer(texte, limite=_limite(element)),
    corriger=lambda element, texte, saisies: fiche_caf.corriger(texte, saisies, limite=_limite(element)),
    proposer=fiche_caf.reparer,
    presenter=fiche_caf.presenter,
)
REJOUEURS: Final[Mapping[str, Rejoueur]] = {
    T.BENEFICIAIRES_MENSUEL: _FOYER,
    T.BENEFICIAIRES_QUOTIDIEN: _FOYER,
    T.BENEFICIAIRES_EXCEPTIONNEL: _FOYER,
    T.CONTACTS: Rejoueur(
        jouer=_ligne(contacts.rejouer),
        composer=lambda element, texte: fiches.de_table(texte),
        corriger=lambda element, texte, saisies: fiches.corriger_table(texte, saisies),
    ),
    T.PARTENAIRE: Rejoueur(
        jouer=partenaires.jouer,
        composer=lambda element, texte: fiches.de_paires(texte),
        corriger=lambda element, texte, saisies: fiches.corriger_paires(texte, saisies),
    ),
    T.OPERATEUR_EMPLOI: Rejoueur(
        jouer=partenaires.jouer,
        composer=lambda element, texte: fiches.de_paires(texte),
        corriger=lambda element, texte, saisies: fiches.corriger_paires(texte, saisies),
    ),
}


def rejoueur_de(element: ElementRejete) -> Rejoueur:
    """How this piece is played.

    Raises:
        RejeuInconnu: its kind cannot be.
    """
    rejoueur = REJOUEURS.get(element.fichier.type)
    if rejoueur is None:
        raise RejeuInconnu("Ce type de fichier ne se rejoue pas : écartez cet élément et demandez-en un autre.")
    return rejoueur


def rejouer(
    *, element: ElementRejete, par: Agent, le: datetime, texte: str | None = None, attendre: bool = False
) -> Suites:
    """Play one piece again, as it stands or as corrected.

    Raises:
        ErreurMetier: what is still wrong; nothing changed, the correction is kept.
    """
    jouer = rejoueur_de(element).jouer
    return rejouer_element(element=element, jouer=jouer, par=par, le=le, texte=texte, attendre=attendre)


@transaction.atomic
def demander(*, elements: Sequence[int], par: Agent, le: datetime) -> Rejeu:
    """Ask for many pieces to be played as they stand, in the background, in the order of their files (E01).

    Raises:
        RejeuInconnu: none of them waits.
    """
    en_attente = ElementRejete.objects.filter(pk__in=elements, statut=StatutElement.EN_ATTENTE)
    retenus = list(
        en_attente.order_by("fichier__reference_le", "fichier__cree_le", "fichier_id", "rang", "pk")
        .values_list("pk", flat=True)
    )  # fmt: skip
    if not retenus:
        raise RejeuInconnu("Aucun élément de cette sélection n'attend d'être rejoué.")
    demande = Rejeu.objects.create(demande_le=le, demande_par=par, elements=retenus)
    rejouer_la_demande.defer(rejeu_id=demande.pk)
    return demande


def rejouer_tous(*, fichier: FichierRecu, par: Agent, le: datetime) -> Rejeu:
    """Ask for everything that waits in one file."""
    return demander(elements=list(fichier.rejets.values_list("pk", flat=True)), par=par, le=le)


def mener(*, demande: Rejeu, le: datetime) -> Rejeu:
    """Play what was asked for, one by one: a piece that fails does not stop the others. Can be run again."""
    reste = demande.elements[demande.traites :]
    elements = ElementRejete.objects.select_related("fichier__organisme", "fichier__emetteur").in_bulk(reste)
    for pk in reste:
        element = elements.get(pk)
        try:
            if element is not None:
                rejouer(element=element, par=demande.demande_par, le=le, attendre=True)
                demande.reussis += 1
        except ErreurMetier as faute:
            demande.echecs = [*demande.echecs, {"element": pk, "motif": str(faute)[:300]}]
        demande.traites += 1
        demande.save(update_fields=["traites", "reussis", "echecs"])
    demande.termine_le = le
    demande.save(update_fields=["termine_le"])
    return demande


@app.task(name="guichet.rejouer", lock="fichiers")
def rejouer_la_demande(rejeu_id: int) -> None:
    """The job of :func:`mener`."""
    demande = Rejeu.objects.select_related("demande_par").get(pk=rejeu_id)
    mener(demande=demande, le=horloge.maintenant())
