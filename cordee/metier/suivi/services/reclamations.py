"""Complaints and requests for mediation: an owner, a date, an answer (R82)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.suivi.enums import CanalReclamation, GenreReclamation, IssueReclamation, ObjetReclamation
from cordee.metier.suivi.models import Reclamation
from cordee.metier.suivi.services.appui import SuiviRefuse, exiger_passee
from cordee.reglementation.delais import echeance
from cordee.socle.horloge import jour

OBJET = "reclamation"


@transaction.atomic
def recevoir_reclamation(
    *, personne: Personne, genre: GenreReclamation, objet: ObjetReclamation, canal: CanalReclamation, parole: str,
    recue_le: date, par: Agent, le: datetime,
) -> Reclamation:  # fmt: skip
    """Record what she complains of, in her words; the head of the structure answers within thirty days.

    Raises:
        SuiviRefuse: nothing said, received later than today, or another one waits for its answer already.
    """
    personne = verrouiller(personne)
    exiger_passee(recue_le, le)
    if not parole.strip():
        raise SuiviRefuse("Écrivez ce que dit la personne, avec ses mots.")
    if Reclamation.objects.filter(personne__in=ids_du_groupe(personne), repondue_le=None).exists():
        raise SuiviRefuse("Une réclamation de cette personne attend déjà une réponse : répondez-y d'abord.")
    s = situation_courante(personne)
    reclamation = Reclamation.objects.create(
        personne=personne, genre=GenreReclamation(genre), objet=ObjetReclamation(objet),
        canal=CanalReclamation(canal), parole=parole.strip(), recue_le=recue_le, saisie_par=par, saisie_le=le,
        structure_id=s.referent_structure or s.structure_secteur,
        repondre_avant=echeance("repondre_reclamation", depuis=jour(le)).date,
    )  # fmt: skip
    consigner_un(
        genre=GenreEvenement.RECLAMATION_RECUE, personne=personne, par=par, le=le, objet_type=OBJET,
        objet_id=reclamation.pk, donnees={"reclamation": reclamation.pk, "genre": str(reclamation.genre)},
    )  # fmt: skip
    return reclamation


@transaction.atomic
def repondre_reclamation(
    *, personne: Personne, issue: IssueReclamation, reponse: str, repondue_le: date, par: Agent, le: datetime
) -> Reclamation:
    """Record the answer given to her.

    Raises:
        SuiviRefuse: no answer said, or dated later than today, or none waits.
    """
    personne = verrouiller(personne)
    exiger_passee(repondue_le, le)
    if not reponse.strip():
        raise SuiviRefuse("Écrivez la réponse faite à la personne.")
    ouvertes = Reclamation.objects.select_for_update().filter(personne__in=ids_du_groupe(personne), repondue_le=None)
    reclamation = ouvertes.order_by("recue_le").first()
    if reclamation is None:
        raise SuiviRefuse("Aucune réclamation n'attend de réponse pour cette personne.")
    if repondue_le < reclamation.recue_le:
        raise SuiviRefuse("La réponse vient après la réclamation : vérifiez la date.")
    reclamation.issue, reclamation.reponse = IssueReclamation(issue), reponse.strip()
    reclamation.repondue_le, reclamation.repondue_par = repondue_le, par
    reclamation.save(update_fields=["issue", "reponse", "repondue_le", "repondue_par"])
    consigner_un(
        genre=GenreEvenement.RECLAMATION_REPONDUE, personne=personne, par=par, le=le, objet_type=OBJET,
        objet_id=reclamation.pk, donnees={"reclamation": reclamation.pk, "issue": str(reclamation.issue)},
    )  # fmt: skip
    return reclamation
