"""Appeals: first before the Département (RAPO), then the court. None suspends; one that succeeds erases (E25)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cordee.metier.courriers.enums import EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.services import EnvoiImpossible, emettre
from cordee.metier.devoirs.enums import GenreRecours, IssueRecours, MotifAnnulation, StatutMesure
from cordee.metier.devoirs.models import MesureDecidee, Recours
from cordee.metier.devoirs.services.appui import (
    CANAUX,
    RECOURS,
    ActeDevoirsRefuse,
    evenement,
    exiger,
    mesure_verrouillee,
    pas_a_venir,
    personne_de,
)
from cordee.metier.devoirs.services.lettres import donnees_accuse, donnees_reponse
from cordee.metier.devoirs.services.suites import annuler_mesure
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.reglementation.delais import echeance
from cordee.socle.horloge import jour


@transaction.atomic
def deposer_recours(
    *, mesure: MesureDecidee, genre: GenreRecours, recu_le: date, arguments: str = "", par: Agent, le: datetime
) -> Recours:
    """An appeal has arrived. Two months to file it from the received notification, two to answer it (L262-47).

    It does not suspend the measure. A late one is recorded as such: only a lawyer says it is too late. As long as the
    notification has no certain date no delay has run.

    Raises:
        ActeDevoirsRefuse: one is waiting already, or a date to come or before the decision.
    """
    mesure, genre = mesure_verrouillee(mesure), GenreRecours(genre)
    pas_a_venir(recu_le, le=le, nom="Un recours reçu")
    if recu_le < mesure.decidee_le:
        raise ActeDevoirsRefuse("Un recours ne peut pas précéder la décision.")
    if mesure.recours.filter(genre=genre, issue="").exists():
        raise ActeDevoirsRefuse("Un recours de cette sorte attend déjà une réponse pour cette décision.")
    limite = echeance("recours_prealable", depuis=mesure.notifiee_le).expiration if mesure.notifiee_le else None
    recours = Recours.objects.create(
        mesure=mesure, genre=genre, recu_le=recu_le, arguments=arguments.strip(), depose_par=par, depose_le=le,
        hors_delai=genre is GenreRecours.RAPO and limite is not None and recu_le > limite,
        repondre_avant=echeance("statuer_rapo", depuis=recu_le).terme,
    )  # fmt: skip
    evenement(
        GenreEvenement.RECOURS_DEPOSE, mesure.personne, objet=(RECOURS, recours.pk), par=par, le=le, genre=str(genre),
        mesure=mesure.pk, le_jour=recu_le.isoformat(),
    )  # fmt: skip
    if genre is GenreRecours.RAPO:
        _ecrire(recours, GenreCourrier.ACCUSE_RECOURS, None, par=par, le=le)
    return recours


@transaction.atomic
def statuer_recours(
    *, recours: Recours, issue: IssueRecours, motifs: str, moyen: MoyenRemise | None = None, par: Agent, le: datetime
) -> Recours:
    """Answer an appeal. One that succeeds refunds in full and erases the rank (E17, E25).

    Args:
        moyen: how the answer leaves; by default a registered letter is prepared, where it can be.

    Raises:
        ActeDevoirsRefuse: answered already, no reasons, or answered by whoever decided the measure.
    """
    mesure = mesure_verrouillee(recours.mesure)
    frais = Recours.objects.select_for_update().get(pk=recours.pk)
    issue = IssueRecours(issue)
    if frais.issue:
        raise ActeDevoirsRefuse(f"Ce recours est « {IssueRecours(frais.issue).libelle.lower()} ».")
    if frais.genre == GenreRecours.RAPO and mesure.decideur_id == par.pk:
        raise ActeDevoirsRefuse("Qui a décidé la mesure ne répond pas au recours : une autre personne doit le faire.")
    if issue in (IssueRecours.ACCUEILLI, IssueRecours.REJETE):
        motifs = exiger(motifs, "Écrivez les motifs de la réponse, en phrases entières.")
    frais.issue, frais.motifs, frais.statue_le, frais.statue_par = issue, motifs.strip(), jour(le), par
    frais.save(update_fields=["issue", "motifs", "statue_le", "statue_par"])
    evenement(
        GenreEvenement.RECOURS_STATUE, mesure.personne, objet=(RECOURS, frais.pk), par=par, le=le,
        genre=frais.genre, mesure=mesure.pk, issue=str(issue),
    )  # fmt: skip
    if issue is IssueRecours.ACCUEILLI and mesure.statut != StatutMesure.ANNULEE:
        rapo = frais.genre == GenreRecours.RAPO
        annuler_mesure(mesure=mesure, motif=MotifAnnulation.RAPO if rapo else MotifAnnulation.JUGEMENT, par=par, le=le)
    if frais.genre == GenreRecours.RAPO and issue in (IssueRecours.ACCUEILLI, IssueRecours.REJETE):
        _ecrire(frais, GenreCourrier.REPONSE_RECOURS, moyen, par=par, le=le)
    return frais


@transaction.atomic
def constater_silences(*, par: Agent, le: datetime) -> int:
    """Two months without an answer mean refusal (CRPA L411-7): the person may go to court. Returns how many."""
    echus = Recours.objects.filter(genre=GenreRecours.RAPO, issue="", repondre_avant__lt=jour(le))
    lignes = list(echus.select_related("mesure", "mesure__personne"))
    for recours in lignes:
        statuer_recours(recours=recours, issue=IssueRecours.REJET_IMPLICITE, motifs="", par=par, le=le)
    return len(lignes)


def _ecrire(recours: Recours, genre: GenreCourrier, moyen: MoyenRemise | None, *, par: Agent, le: datetime) -> None:
    """What is decided stands whatever becomes of the letter, unless that way was asked for."""
    donnees = donnees_accuse(recours, par=par) if genre is GenreCourrier.ACCUSE_RECOURS else donnees_reponse(
        recours, par=par
    )  # fmt: skip
    voulu = moyen or (MoyenRemise.LRAR if genre is GenreCourrier.REPONSE_RECOURS else MoyenRemise.LETTRE_SIMPLE)
    try:
        with transaction.atomic():
            emettre(
                personne=personne_de(recours.mesure.personne), genre=genre, canal=CANAUX[voulu], moyen=voulu,
                donnees=donnees, objet_type=RECOURS, objet_id=recours.pk, par=par, le=le,
                etat=EtatRemise.RECUE if voulu is MoyenRemise.REMISE_MAIN_PROPRE else None,
            )  # fmt: skip
    except EnvoiImpossible:
        if moyen is not None:
            raise
