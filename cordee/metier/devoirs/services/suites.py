"""How a measure ends: lifted as the law orders (E19), at its term, or undone. And what persists (E17, E26)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cordee.metier.contrats.selectors import contrat_en_vigueur
from cordee.metier.courriers.enums import EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.services import EnvoiImpossible, emettre
from cordee.metier.devoirs.cycle import Acte, suivant
from cordee.metier.devoirs.enums import (
    EtatProcedure,
    MotifAnnulation,
    MotifLevee,
    NatureMesure,
    StatutMesure,
    TypeManquement,
)
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure
from cordee.metier.devoirs.selectors.antecedents import type_de
from cordee.metier.devoirs.selectors.mesures import mesures_de
from cordee.metier.devoirs.services.appui import (
    CANAUX,
    MANQUEMENT,
    MESURE,
    ActeDevoirsRefuse,
    avancer,
    evenement,
    exiger,
    mesure_verrouillee,
    pas_a_venir,
    personne_de,
)
from cordee.metier.devoirs.services.lettres import donnees_levee
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services.appui import situation_courante
from cordee.metier.personnes.models import Appartenance, Personne
from cordee.metier.personnes.selectors import foyer_courant
from cordee.metier.suivi.selectors import manifestations
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier
from cordee.reglementation.regimes import premier_du_mois, regime_au
from cordee.socle.horloge import jour

_SUSPENSIVES = (NatureMesure.SUSPENSION, NatureMesure.REDUCTION)


@transaction.atomic
def fixer_conditions(*, mesure: MesureDecidee, conditions: str, par: Agent, le: datetime) -> MesureDecidee:
    """What will lift the suspension, set with the référent (R262-68-1): part of what was agreed is enough.

    Raises:
        ActeDevoirsRefuse: not a suspension that stands, or nothing written.
    """
    mesure = _suspension(mesure)
    mesure.conditions = exiger(conditions, "Écrivez ce qui suffira pour lever la suspension.")
    mesure.save(update_fields=["conditions"])
    return mesure


@transaction.atomic
def constater_conformite(*, mesure: MesureDecidee, le_jour: date, par: Agent, le: datetime) -> MesureDecidee:
    """The conditions are met, in whole or in part: the lifting is due the next working day (E19).

    Raises:
        ActeDevoirsRefuse: not a suspension that stands, a day to come or before the decision.
    """
    mesure = _suspension(mesure)
    pas_a_venir(le_jour, le=le, nom="La conformité")
    if le_jour < mesure.decidee_le:
        raise ActeDevoirsRefuse("La conformité ne peut pas précéder la décision.")
    mesure.conforme_le = min(le_jour, mesure.conforme_le or le_jour)
    mesure.save(update_fields=["conforme_le"])
    if mesure.notifiee_le is not None:
        evenement(
            GenreEvenement.CONFORMITE_CONSTATEE, mesure.personne, objet=(MESURE, mesure.pk), par=par, le=le,
            le_jour=le_jour.isoformat(),
        )  # fmt: skip
    return mesure


@transaction.atomic
def lever_suspension(
    *, mesure: MesureDecidee, motif: MotifLevee, effet: date | None = None, moyen: MoyenRemise | None = None,
    par: Agent, le: datetime,
) -> MesureDecidee:  # fmt: skip
    """End a suspension: mandatory as soon as the person does what was missing, with back payment (E19).

    Args:
        effet: day from which it ends; by default the day the conditions were met, else today.
        moyen: how she is told; without one an ordinary letter is prepared, where it can be.

    Raises:
        ActeDevoirsRefuse: a suppression (it ends by its term, an appeal, a judge), lifted already, a day to come.
    """
    mesure = _suspension(mesure)
    au = jour(le)
    if mesure.procedure is not None and mesure.notifiee_le is None:  # unknown to her still: as if it had never been
        return annuler_mesure(mesure=mesure, motif=MotifAnnulation.REGULARISEE, par=par, le=le)
    effet = pas_a_venir(effet or mesure.conforme_le or au, le=le, nom="Une levée")
    if effet < mesure.decidee_le:
        raise ActeDevoirsRefuse("La levée ne peut pas précéder la décision.")
    mesure.statut, mesure.levee_le, mesure.motif_levee = StatutMesure.LEVEE, effet, MotifLevee(motif)
    mesure.retroactif_mois = mois_rembourses(mesure, effet)
    mesure.fin = effet if effet > mesure.debut else mesure.fin
    mesure.save(update_fields=["statut", "levee_le", "motif_levee", "retroactif_mois", "fin"])
    evenement(
        GenreEvenement.MESURE_LEVEE, mesure.personne, objet=(MESURE, mesure.pk), par=par, le=le, motif=str(motif),
        le_jour=effet.isoformat(), a_transmettre=mesure.transmise_le is not None,
        en_cours=_autre_en_cours(mesure),
    )  # fmt: skip
    _dire_la_levee(mesure, moyen, par=par, le=le)
    return mesure


def mois_rembourses(mesure: MesureDecidee, effet: date) -> int:
    """Months suspended before the lifting and paid back, within the cap (three months: confidence medium).

    A lifting in the course of a month gives that month back as well.
    """
    if effet < mesure.debut:
        return 0
    suspendus = 1 + (effet.year - mesure.debut.year) * 12 + effet.month - mesure.debut.month
    if effet == premier_du_mois(effet) and effet > mesure.debut:
        suspendus -= 1
    if mesure.mois:
        suspendus = min(suspendus, mesure.mois)
    return min(suspendus, entier("retroactif_max_mois", au=max(effet, date(2025, 6, 1))))


@transaction.atomic
def constater_terme(
    *, mesure: MesureDecidee, persistance: bool, elements: str = "", par: Agent, le: datetime
) -> MesureDecidee:
    """The measure is over: payment starts again. Whether nothing has changed is looked at with the person (E17).

    Persistence is a new breach of the same nature: it is examined, then instructed, from the beginning. Any sign of
    life since the notification must be told in ``elements``; where the measure ended before June 2025 it rules
    persistence out (local scale CD94-2023, « sans manifestation »).

    Raises:
        ActeDevoirsRefuse: not over yet, conditions met, sign of life not told, or one that rules persistence out.
    """
    mesure = mesure_verrouillee(mesure)
    au = jour(le)
    if mesure.statut != StatutMesure.DECIDEE or mesure.fin is None or mesure.nature == NatureMesure.FIN_DE_DROIT:
        raise ActeDevoirsRefuse("Cette mesure n'a pas de terme à constater.")
    if au < mesure.fin:
        raise ActeDevoirsRefuse(f"Cette mesure court jusqu'au {mesure.fin:%d/%m/%Y}.")
    if persistance:
        _exiger_persistance(mesure, elements, au=au)
    mesure.statut, mesure.terminee_le, mesure.persistance = StatutMesure.TERMINEE, au, persistance
    mesure.save(update_fields=["statut", "terminee_le", "persistance"])
    evenement(
        GenreEvenement.MESURE_TERMINEE, mesure.personne, objet=(MESURE, mesure.pk), par=par, le=le,
        persistance=persistance, en_cours=_autre_en_cours(mesure),
    )  # fmt: skip
    nature = type_de(mesure)
    if persistance and nature is not None:
        _signaler_persistance(mesure, nature, elements, par=par, le=le)
    return mesure


@transaction.atomic
def annuler_mesure(*, mesure: MesureDecidee, motif: MotifAnnulation, par: Agent, le: datetime) -> MesureDecidee:
    """Undo a decision as if it had never been: everything is paid back, it no longer counts (E17, E25).

    Raises:
        ActeDevoirsRefuse: undone already.
    """
    mesure = mesure_verrouillee(mesure)
    if mesure.statut == StatutMesure.ANNULEE:
        raise ActeDevoirsRefuse("Cette décision est déjà annulée.")
    etait = StatutMesure(mesure.statut)
    mesure.statut, mesure.annulee_le = StatutMesure.ANNULEE, jour(le)
    mesure.motif_annulation = MotifAnnulation(motif)
    mesure.save(update_fields=["statut", "annulee_le", "motif_annulation"])
    if mesure.procedure is not None:
        procedure = Procedure.objects.select_for_update().get(pk=mesure.procedure_id or 0)
        if EtatProcedure(procedure.etat) in (EtatProcedure.DECIDEE, EtatProcedure.NOTIFIEE):
            avancer(procedure, suivant(EtatProcedure(procedure.etat), Acte.ANNULER))
    evenement(
        GenreEvenement.MESURE_ANNULEE, mesure.personne, objet=(MESURE, mesure.pk), par=par, le=le, motif=str(motif),
        a_transmettre=mesure.transmise_le is not None,
        en_cours=etait is not StatutMesure.DECIDEE and _autre_en_cours(mesure),
    )  # fmt: skip
    return mesure


@transaction.atomic
def reporter_fin_de_droit(
    *, mesure: MesureDecidee, membre: Personne, demandee_le: date, par: Agent, le: datetime
) -> MesureDecidee:
    """Postpone the end of right at the request of a member of the household who has a contract (E26): six months.

    Raises:
        ActeDevoirsRefuse: not an end of right, not of her household, no contract, postponed already.
    """
    mesure = mesure_verrouillee(mesure)
    pas_a_venir(demandee_le, le=le, nom="La demande")
    if mesure.nature != NatureMesure.FIN_DE_DROIT or mesure.statut != StatutMesure.DECIDEE:
        raise ActeDevoirsRefuse("Seule une fin de droit décidée peut être reportée.")
    if mesure.reportee_jusquau is not None:
        raise ActeDevoirsRefuse(f"Cette fin de droit est déjà reportée au {mesure.reportee_jusquau:%d/%m/%Y}.")
    foyer = foyer_courant(personne_de(mesure.personne))
    du_foyer = (
        foyer is not None and Appartenance.objects.filter(foyer=foyer, personne=membre, fin__isnull=True).exists()
    )
    if not du_foyer or contrat_en_vigueur(membre, au=jour(le)) is None:
        raise ActeDevoirsRefuse("Seul un membre du même foyer, qui a signé un contrat, peut demander ce report.")
    mois = entier("fin_de_droit_report_mois", au=jour(le))
    mesure.report_demande_le, mesure.reportee_jusquau = demandee_le, ajouter_mois(mesure.debut, mois)
    mesure.debut = mesure.reportee_jusquau
    mesure.save(update_fields=["report_demande_le", "reportee_jusquau", "debut"])
    return mesure


@transaction.atomic
def noter_transmission(*, mesure: MesureDecidee, le_jour: date, par: Agent, le: datetime) -> MesureDecidee:
    """The decision, its lifting or its undoing has been told to the paying body: closes « transmettre » (E23).

    Raises:
        TransitionInterdite: nothing is waiting to be told.
    """
    mesure = mesure_verrouillee(mesure)
    mesure.transmise_le = pas_a_venir(le_jour, le=le, nom="Une transmission")
    mesure.save(update_fields=["transmise_le"])
    evenement(
        GenreEvenement.MESURE_TRANSMISE, mesure.personne, objet=(MESURE, mesure.pk), par=par, le=le,
        le_jour=le_jour.isoformat(),
    )  # fmt: skip
    return mesure


# Parts ---------------------------------------------------------------------------------------------------------------
def _suspension(mesure: MesureDecidee) -> MesureDecidee:
    """The suspension as it is now, locked."""
    fraiche = mesure_verrouillee(mesure)
    if NatureMesure(fraiche.nature) not in _SUSPENSIVES:
        raise ActeDevoirsRefuse(
            "Une suppression ne se lève pas : elle finit à son terme, par un retrait, un recours ou un juge."
        )
    if fraiche.statut != StatutMesure.DECIDEE:
        raise ActeDevoirsRefuse(f"Cette mesure est « {StatutMesure(fraiche.statut).libelle.lower()} ».")
    return fraiche


def _autre_en_cours(mesure: MesureDecidee) -> bool:
    autres = mesures_de(personne_de(mesure.personne)).filter(
        statut=StatutMesure.DECIDEE, procedure__isnull=False, notifiee_le__isnull=False
    )
    return autres.exclude(pk=mesure.pk).exclude(nature=NatureMesure.FIN_DE_DROIT).exists()


def _exiger_persistance(mesure: MesureDecidee, elements: str, *, au: date) -> None:
    if mesure.conforme_le is not None:
        raise ActeDevoirsRefuse("Les conditions ont été remplies : levez la suspension, rien ne persiste.")
    nature, depuis = type_de(mesure), mesure.notifiee_le or mesure.decidee_le
    personne = personne_de(mesure.personne)
    if nature is TypeManquement.REFUS_CONTRAT and contrat_en_vigueur(personne, au=au) is not None:
        raise ActeDevoirsRefuse("Un contrat est en vigueur : le refus ne persiste pas.")
    signes = len(manifestations(personne, depuis))
    faits = mesure.fin or au
    local = regime_au(faits).bareme_du_silence(faits, (mesure.rang or 1) + 1)
    if signes and local is not None:
        raise ActeDevoirsRefuse(
            f"La personne s'est manifestée {signes} fois depuis la notification : « {local.libelle} » ne permet la "
            "mesure suivante que sans manifestation de sa part. Constatez le terme : le versement reprend."
        )
    if signes and not elements.strip():
        raise ActeDevoirsRefuse(
            f"La personne s'est manifestée {signes} fois depuis la notification : dites pourquoi rien n'a changé."
        )
    exiger(elements, "Dites ce qui a été proposé à la personne et ce qui n'a pas changé.")


def _signaler_persistance(
    mesure: MesureDecidee, nature: TypeManquement, elements: str, *, par: Agent, le: datetime
) -> None:
    personne = personne_de(mesure.personne)
    dernier = mesure.procedure.manquements.order_by("-faits_du").first() if mesure.procedure else None
    manquement = Manquement.objects.create(
        personne=personne, type=nature, faits_du=mesure.fin or jour(le), persistance_de=mesure,
        contrat=dernier.contrat if dernier else None, engagement=dernier.engagement if dernier else None,
        description=elements.strip(), demarches_accomplies="Accompagnement poursuivi pendant la mesure.",
        signale_par=par, signale_le=le,
    )  # fmt: skip
    if situation_courante(personne).statut is None:
        evenement(
            GenreEvenement.MANQUEMENT_SIGNALE, personne, objet=(MANQUEMENT, manquement.pk), par=par, le=le,
            type=str(nature), persistance=True,
        )  # fmt: skip


def _dire_la_levee(mesure: MesureDecidee, moyen: MoyenRemise | None, *, par: Agent, le: datetime) -> None:
    """The lifting stands whatever becomes of the letter."""
    if mesure.procedure is None or mesure.notifiee_le is None:
        return
    voulu = moyen or MoyenRemise.LETTRE_SIMPLE
    try:
        with transaction.atomic():
            emettre(
                personne=personne_de(mesure.personne), genre=GenreCourrier.LEVEE_MESURE, canal=CANAUX[voulu],
                moyen=voulu, donnees=donnees_levee(mesure, par=par), objet_type=MESURE, objet_id=mesure.pk, par=par,
                le=le, etat=EtatRemise.RECUE if voulu is MoyenRemise.REMISE_MAIN_PROPRE else None,
            )  # fmt: skip
    except EnvoiImpossible:
        if moyen is not None:
            raise
