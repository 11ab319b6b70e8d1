"""The joint diagnosis of the social path (CASF L262-31, E14). The reasonable offer of employment has no place there."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.orientation.enums import Demandeur, MotifReorientation
from cordee.metier.orientation.models import DemandeReorientation
from cordee.metier.orientation.services import demander_reorientation
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.suivi.enums import ResultatRevue
from cordee.metier.suivi.models import RevueConjointe
from cordee.metier.suivi.services.accompagnement import REVUE
from cordee.metier.suivi.services.appui import SuiviRefuse, exiger_a_venir, exiger_passee


@transaction.atomic
def tenir_revue_conjointe(
    *, personne: Personne, tenue_le: date, operateur: Structure, conseiller: str, personne_presente: bool,
    resultat: ResultatRevue, motif: str = "", revision_le: date | None = None, prolonge: bool = False,
    motif_reorientation: MotifReorientation | None = None, par: Agent, le: datetime,
) -> RevueConjointe:  # fmt: skip
    """Record the review: who was there, and what follows. Its clock starts again whatever was decided.

    Args:
        operateur: agency of the employment operator; ``conseiller``: who came for it. Both sides must be there.
        motif: required to go on without change, and to put the next review off to twelve months.
        revision_le: by when the contract is revised (``REVISION``).
        motif_reorientation: why another orientation is asked for (``REORIENTATION``); the Département decides.

    Raises:
        SuiviRefuse: without the operator, a motive or a date missing, held later than today.
        TransitionInterdite: not in the social path, without a contract, or a request already waits.
    """
    personne = verrouiller(personne)
    resultat = ResultatRevue(resultat)
    _verifier(operateur, conseiller, resultat, motif, revision_le, prolonge=prolonge)
    exiger_passee(tenue_le, le)
    exiger_a_venir(revision_le, le)
    revue = RevueConjointe.objects.create(
        personne=personne, tenue_le=tenue_le, operateur=operateur, conseiller=conseiller.strip(),
        personne_presente=personne_presente, resultat=resultat, motif=motif.strip(), prolonge=prolonge,
        revision_le=revision_le if resultat is ResultatRevue.REVISION else None, par=par, le=le,
    )  # fmt: skip
    consigner_un(
        genre=GenreEvenement.REVUE_CONJOINTE, personne=personne, par=par, le=le, objet_type=REVUE, objet_id=revue.pk,
        survenu_le=le,
        donnees={
            "resultat": str(resultat), "prolonge": prolonge,
            "revision_le": revue.revision_le.isoformat() if revue.revision_le else None,
        },
    )  # fmt: skip
    if resultat is ResultatRevue.REORIENTATION:
        evenement = demander_reorientation(
            personne=personne, demandeur=Demandeur.ORGANISME,
            motif=motif_reorientation or MotifReorientation.SITUATION, par=par, le=le,
        )  # fmt: skip
        revue.demande = DemandeReorientation.objects.get(pk=evenement.objet_id or 0)
        revue.save(update_fields=["demande"])
    return revue


def _verifier(
    operateur: Structure, conseiller: str, resultat: ResultatRevue, motif: str, revision_le: date | None, *,
    prolonge: bool,
) -> None:  # fmt: skip
    if operateur.type != TypeStructure.OPERATEUR_EMPLOI or not conseiller.strip():
        raise SuiviRefuse("Le diagnostic est conjoint : dites quelle agence de l'opérateur y était, et qui.")
    if resultat is ResultatRevue.REVISION and revision_le is None:
        raise SuiviRefuse("Dites pour quelle date le contrat sera révisé.")
    if resultat is ResultatRevue.POURSUITE and not motif.strip():
        raise SuiviRefuse("Poursuivre sans changement se motive : dites pourquoi.")
    if prolonge and not motif.strip():
        raise SuiviRefuse("Douze mois plutôt que six se motivent (CASF L262-31) : dites pourquoi.")
