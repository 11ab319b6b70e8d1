"""What the droits et devoirs do when something happens on the path, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, QuerySet

from cordee.metier.contrats.selectors import contrat_en_vigueur
from cordee.metier.devoirs.cycle import OUVERTES
from cordee.metier.devoirs.enums import (
    EtatProcedure,
    IssueRecours,
    MotifAnnulation,
    MotifLevee,
    MotifSansSuite,
    NatureMesure,
    StatutManquement,
    StatutMesure,
    TypeManquement,
)
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure, Recours
from cordee.metier.devoirs.services.appui import A_EXAMINER
from cordee.metier.devoirs.services.manquements import classer_manquement
from cordee.metier.devoirs.services.procedures import clore_sans_suite
from cordee.metier.devoirs.services.suites import annuler_mesure, lever_suspension
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.socle.horloge import jour

_REFUS = (TypeManquement.REFUS_CONTRAT, TypeManquement.CONTRAT_NON_ETABLI)
_ETATS_OUVERTS = sorted(str(etat) for etat in OUVERTES)


def contrat_signe(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: the contract that was refused is drawn up or updated (R262-68, E19).

    « Il est mis fin » to the suspension, at once and without discretion; a decision not notified yet is undone; the
    procedure closes; the breaches are put right. Only for the breach of refusal: another one keeps its own conditions.
    """
    ids = _groupe(evenements)
    for mesure in MesureDecidee.objects.filter(
        personne__in=ids, statut=StatutMesure.DECIDEE, type__in=_REFUS, procedure__isnull=False
    ).select_related("personne", "procedure"):
        if mesure.notifiee_le is None:
            annuler_mesure(mesure=mesure, motif=MotifAnnulation.REGULARISEE, par=par, le=le)
        elif mesure.nature in (NatureMesure.SUSPENSION, NatureMesure.REDUCTION):
            signe = contrat_en_vigueur(mesure.personne, au=jour(le))
            effet = max(signe.debut, mesure.decidee_le) if signe and signe.debut else None
            lever_suspension(mesure=mesure, motif=MotifLevee.CONTRAT_SIGNE, effet=effet, par=par, le=le)
    for procedure in _ouvertes(ids).filter(type__in=_REFUS).exclude(etat=EtatProcedure.DECIDEE):
        clore_sans_suite(procedure=procedure, motif=MotifSansSuite.REGULARISATION, par=par, le=le)
    for manquement in Manquement.objects.filter(personne__in=ids, type__in=_REFUS, statut__in=A_EXAMINER):
        classer_manquement(manquement=manquement, motif=MotifSansSuite.REGULARISATION, par=par, le=le)


def clore_hors_champ(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: no longer soumise, no breach and no procedure (R262-68-7). What was notified keeps its course."""
    ids = _groupe([e for e in evenements if _sort(e)])
    if not ids:
        return
    for mesure in MesureDecidee.objects.filter(
        personne__in=ids, statut=StatutMesure.DECIDEE, procedure__isnull=False, notifiee_le__isnull=True
    ).select_related("personne", "procedure"):
        annuler_mesure(mesure=mesure, motif=MotifAnnulation.SANS_OBJET, par=par, le=le)
    for procedure in _ouvertes(ids):
        clore_sans_suite(procedure=procedure, motif=MotifSansSuite.SANS_OBJET, par=par, le=le)
    for manquement in Manquement.objects.filter(personne__in=ids, statut__in=A_EXAMINER):
        classer_manquement(manquement=manquement, motif=MotifSansSuite.SANS_OBJET, par=par, le=le)


def annuler_au_deces(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: she died (E32). Everything stops at once, and no letter leaves."""
    ids, au = _groupe(evenements), jour(le)
    Procedure.objects.filter(personne__in=ids, etat__in=_ETATS_OUVERTS).update(
        etat_avant=F("etat"), etat=EtatProcedure.CLOSE, motif_cloture=MotifSansSuite.DECES, close_le=au, close_par=par
    )
    Manquement.objects.filter(
        personne__in=ids, statut__in=(*A_EXAMINER, StatutManquement.EN_PROCEDURE)
    ).update(statut=StatutManquement.SANS_SUITE, clos_le=au)  # fmt: skip
    MesureDecidee.objects.filter(personne__in=ids, statut=StatutMesure.DECIDEE).update(
        statut=StatutMesure.ANNULEE, annulee_le=au, motif_annulation=MotifAnnulation.DECES
    )
    Recours.objects.filter(mesure__personne__in=ids, issue="").update(
        issue=IssueRecours.SANS_OBJET, statue_le=au, statue_par=par
    )


def corriger(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: an act was recorded by mistake. A death denied gives back what it closed; a refusal undone closes."""
    vises = {e.donnees.get("evenement"): e.personne_id for e in evenements}
    for annule in Evenement.objects.filter(pk__in=[pk for pk in vises if pk]):
        ids = _groupe([annule])
        if annule.genre == GenreEvenement.DECES:
            _rendre(ids)
        elif annule.genre == GenreEvenement.CONTRAT_REFUSE:
            Manquement.objects.filter(
                personne__in=ids, type=TypeManquement.REFUS_CONTRAT, statut__in=A_EXAMINER,
                signale_le=annule.enregistre_le,
            ).update(statut=StatutManquement.SANS_SUITE, clos_le=jour(le))  # fmt: skip


# Parts ---------------------------------------------------------------------------------------------------------------
def _rendre(ids: set[int]) -> None:
    procedures = Procedure.objects.filter(personne__in=ids, motif_cloture=MotifSansSuite.DECES).exclude(etat_avant="")
    rendues = list(procedures.values_list("pk", flat=True))
    procedures.update(etat=F("etat_avant"), etat_avant="", motif_cloture="", close_le=None, close_par=None)
    Manquement.objects.filter(procedure__in=rendues).update(statut=StatutManquement.EN_PROCEDURE, clos_le=None)
    MesureDecidee.objects.filter(personne__in=ids, motif_annulation=MotifAnnulation.DECES).update(
        statut=StatutMesure.DECIDEE, annulee_le=None, motif_annulation=""
    )
    Recours.objects.filter(mesure__personne__in=ids, issue=IssueRecours.SANS_OBJET).update(
        issue="", statue_le=None, statue_par=None
    )


def _sort(e: Evenement) -> bool:
    """Whether the event takes her out of the droits et devoirs."""
    genre = GenreEvenement(e.genre)
    if genre is GenreEvenement.DISPARITION_VERIFIEE:
        return bool(e.donnees.get("resultat") == "sortie")
    if genre is GenreEvenement.SDD_CONSTATE:
        return not e.donnees.get("soumise")
    return True


def _groupe(evenements: Sequence[Evenement]) -> set[int]:
    groupes = ids_des_groupes({e.personne_id for e in evenements})
    return {pk for groupe in groupes.values() for pk in groupe}


def _ouvertes(ids: set[int]) -> QuerySet[Procedure]:
    return Procedure.objects.filter(personne__in=ids, etat__in=_ETATS_OUVERTS).select_related("personne")
