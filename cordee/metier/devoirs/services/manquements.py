"""Reporting a breach, and what is looked at before anything: the legitimate reason, the rights not used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cordee.metier.contrats.enums import Engage
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.contrats.selectors import contrat_en_vigueur
from cordee.metier.contrats.services.refus import rendez_vous_proposes
from cordee.metier.devoirs.cycle import OUVERTES
from cordee.metier.devoirs.enums import (
    EtatProcedure,
    MotifLegitime,
    MotifSansSuite,
    StatutManquement,
    TypeManquement,
)
from cordee.metier.devoirs.models import DroitsVerifies, ExamenMotif, Manquement, Procedure
from cordee.metier.devoirs.services.appui import (
    A_EXAMINER,
    MANQUEMENT,
    ActeDevoirsRefuse,
    avancer,
    evenement,
    exiger,
    pas_a_venir,
    personne_de,
    restant_a_examiner,
)
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement
from cordee.metier.parcours.models import Echeance, Evenement
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.services.appui import situation_courante, verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.reglementation.autres_droits import PublicDroit, SuiteDroit, autres_droits
from cordee.reglementation.parametres import entier
from cordee.reglementation.regimes import regime_au
from cordee.socle.horloge import jour


@transaction.atomic
def signaler_manquement(
    *, personne: Personne, type: TypeManquement, faits_du: date, faits_au: date | None = None,
    engagement: Engagement | None = None, description: str, demarches_accomplies: str,
    structure: Structure | None = None, par: Agent, le: datetime,
) -> Manquement:  # fmt: skip
    """Report facts, with what was done to help first (CASF R262-69). A report is examined; it decides nothing.

    Args:
        engagement: the promise of the person, written in a contract in force on the day of the facts (required for
            ``non_respect_contrat``: nothing else may be reproached, E07).
        description: what happened, in neutral words.
        demarches_accomplies: calls, letters, other dates offered…

    Raises:
        ActeDevoirsRefuse: dates to come, a promise of no contract in force, no refusal on record, an interrupted
            accompaniment, a breach that the law of that day did not know.
        TransitionInterdite: not oriented yet, or no longer soumise.
    """
    type = TypeManquement(type)
    personne = verrouiller(personne)
    pas_a_venir(max(faits_du, faits_au or faits_du), le=le, nom="Un fait reproché")
    if faits_au is not None and faits_au < faits_du:
        raise ActeDevoirsRefuse("La fin des faits ne peut pas précéder leur début.")
    connu = regime_au(faits_du).manquement(type)
    if connu is None:
        raise ActeDevoirsRefuse(
            f"« {type.libelle} » n'était pas un manquement à la date des faits : vérifiez la date et la qualification."
        )
    s = situation_courante(personne)
    if Etat.INTERROMPUE in s.parentheses:
        raise ActeDevoirsRefuse("L'accompagnement est interrompu : rien ne peut être reproché pendant ce temps.")
    contrat = _contrat_concerne(personne, s, type, engagement, faits_du)
    manquement = Manquement.objects.create(
        personne=personne, type=type, faits_du=faits_du, faits_au=faits_au, contrat=contrat, engagement=engagement,
        description=exiger(description, "Dites ce qui s'est passé, en quelques mots neutres."),
        demarches_accomplies=exiger(
            demarches_accomplies, "Dites ce qui a été fait pour aider la personne avant ce signalement (CASF R262-69)."
        ),
        signale_par=par, structure=structure or _structure(s), signale_le=le,
    )  # fmt: skip
    evenement(
        GenreEvenement.MANQUEMENT_SIGNALE, personne, objet=(MANQUEMENT, manquement.pk), par=par, le=le, type=str(type)
    )
    return manquement


@transaction.atomic
def examiner_motif(
    *, manquement: Manquement, motif: MotifLegitime, retenu: bool, elements: str, echange: bool = False,
    justificatif_vu: str = "", vu_le: date | None = None, par: Agent, le: datetime,
) -> ExamenMotif:  # fmt: skip
    """Record that a legitimate reason was looked for, and what was found. Once one is retained nothing may follow.

    Before the procedure it opens the way to it; during the procedure it is made again, after the person could answer
    (E27: silence is no admission). Retained, it closes the breach, and the procedure when no other breach remains.

    Args:
        echange: the person was spoken with.
        justificatif_vu: kind of proof seen; nothing medical is kept (V11).

    Raises:
        ActeDevoirsRefuse: nothing written, a reason retained without one, the breach is closed or decided.
    """
    motif = MotifLegitime(motif)
    personne = verrouiller(personne_de(manquement.personne))
    frais = Manquement.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=manquement.pk)
    statut = StatutManquement(frais.statut)
    if statut.clos:
        raise ActeDevoirsRefuse(f"Ce manquement est « {statut.libelle.lower()} » : il n'y a plus rien à examiner.")
    if retenu and motif is MotifLegitime.AUCUN:
        raise ActeDevoirsRefuse("Choisissez le motif retenu : « aucun élément recueilli » n'en est pas un.")
    procedure = frais.procedure
    if procedure is not None and EtatProcedure(procedure.etat) is EtatProcedure.DECIDEE:
        raise ActeDevoirsRefuse("La décision est prise : annulez-la si un motif légitime apparaît.")
    if vu_le is not None:
        pas_a_venir(vu_le, le=le, nom="Un justificatif vu")
    examen = ExamenMotif.objects.create(
        manquement=frais, procedure=procedure, motif=motif, retenu=retenu, echange=echange,
        elements=exiger(elements, "Écrivez ce que vous avez recherché et ce que la personne a dit."),
        justificatif_vu=justificatif_vu.strip(), vu_le=vu_le, par=par, le=le,
    )  # fmt: skip
    frais.statut = StatutManquement.MOTIF_LEGITIME if retenu else _apres_examen(statut)
    frais.clos_le = jour(le) if retenu else None
    frais.save(update_fields=["statut", "clos_le"])
    evenement(
        GenreEvenement.MOTIF_EXAMINE, personne, objet=(MANQUEMENT, frais.pk), par=par, le=le, retenu=retenu,
        restent=restant_a_examiner(personne),
    )  # fmt: skip
    if retenu and procedure is not None:
        _clore_si_vide(procedure, par=par, le=le)
    return examen


@transaction.atomic
def verifier_droits(
    *, manquement: Manquement, constats: Mapping[str, SuiteDroit], orientee_vers: str = "", par: Agent, le: datetime
) -> DroitsVerifies:
    """Rights not used are looked at with the person before any step: help comes first (REQ-42).

    Args:
        constats: id of the right (``reglementation.autres_droits``) → what was found of it.
        orientee_vers: who helps her, when help was arranged.

    Raises:
        ActeDevoirsRefuse: a right unknown, one that concerns everybody not looked at, help said but not by whom.
    """
    verrouiller(personne_de(manquement.personne))
    connus = {droit.id: droit for droit in autres_droits()}
    lus = {code: SuiteDroit(suite) for code, suite in constats.items()}
    if inconnus := sorted(set(lus) - set(connus)):
        raise ActeDevoirsRefuse(f"Droit inconnu : {', '.join(inconnus)}.")
    manquants = [d.libelle for d in connus.values() if PublicDroit.TOUS in d.pour and d.id not in lus]
    if manquants:
        raise ActeDevoirsRefuse(f"Regardez aussi, avec la personne : {', '.join(manquants)}.")
    if SuiteDroit.AIDE in lus.values() and not orientee_vers.strip():
        raise ActeDevoirsRefuse("Indiquez qui aide la personne à faire la démarche.")
    return DroitsVerifies.objects.create(
        manquement=manquement, constats={code: str(suite) for code, suite in lus.items()},
        orientee_vers=orientee_vers.strip(), par=par, le=le,
    )  # fmt: skip


@transaction.atomic
def classer_manquement(
    *, manquement: Manquement, motif: MotifSansSuite, explication: str = "", par: Agent, le: datetime
) -> Manquement:
    """Close a breach that opened no procedure, without follow-up.

    Raises:
        ActeDevoirsRefuse: it is closed, or in a procedure (``clore_sans_suite``).
    """
    personne = verrouiller(personne_de(manquement.personne))
    frais = Manquement.objects.select_for_update(of=("self",)).get(pk=manquement.pk)
    if frais.statut not in A_EXAMINER:
        raise ActeDevoirsRefuse("Ce manquement n'est plus à examiner.")
    motif = MotifSansSuite(motif)
    frais.statut, frais.clos_le = _statut_de(motif), jour(le)
    frais.save(update_fields=["statut", "clos_le"])
    evenement(
        GenreEvenement.PROCEDURE_CLOSE, personne, objet=(MANQUEMENT, frais.pk), par=par, le=le, motif=str(motif),
        restent=restant_a_examiner(personne),
    )  # fmt: skip
    return frais


@transaction.atomic
def rattraper_refus(*, par: Agent, le: datetime) -> int:
    """Refusals of contract recorded before procedures were kept here get their breach, so that they are examined."""
    attendues = Echeance.objects.filter(genre=GenreEcheance.PROCEDURE_REFUS, fermee_le__isnull=True)
    connues = Manquement.objects.filter(type=TypeManquement.REFUS_CONTRAT, statut__in=A_EXAMINER)
    lignes = attendues.exclude(personne__in=connues.values("personne")).select_related("evenement")
    manquements = [_du_refus(e.evenement, par=par, le=le) for e in lignes]
    Manquement.objects.bulk_create(manquements)
    return len(manquements)


# Reactions -----------------------------------------------------------------------------------------------------------
def signaler_refus(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: a contract refused and recorded as such is a breach to examine. The échéance is open already (E03)."""
    Manquement.objects.bulk_create([_du_refus(e, par=par, le=le) for e in evenements])


def _du_refus(e: Evenement, *, par: Agent, le: datetime) -> Manquement:
    quand = date.fromisoformat(e.donnees["le"]) if e.donnees.get("le") else jour(e.survenu_le)
    contrat = e.objet_id if e.objet_type == "contrat" else None
    return Manquement(
        personne_id=e.personne_id, type=TypeManquement.REFUS_CONTRAT, faits_du=quand, contrat_id=contrat,
        description="Refus d'élaborer le contrat, noté par le référent.",
        demarches_accomplies="Rendez-vous datés proposés par le référent avant le refus.", signale_par_id=e.par_id,
        signale_le=e.enregistre_le if e.enregistre_le <= le else le,
    )  # fmt: skip


# Parts ---------------------------------------------------------------------------------------------------------------
def _contrat_concerne(
    personne: Personne, s: Situation, type: TypeManquement, engagement: Engagement | None, faits_du: date
) -> Contrat | None:
    if type is TypeManquement.NON_RESPECT_CONTRAT:
        return _de_l_engagement(personne, engagement, faits_du)
    if engagement is not None:
        raise ActeDevoirsRefuse("Un engagement ne se cite que pour un contrat non respecté.")
    if type is TypeManquement.REFUS_CONTRAT:
        return _refus_d_actualiser(personne, s, faits_du)
    return contrat_en_vigueur(personne, au=faits_du)


def _de_l_engagement(personne: Personne, engagement: Engagement | None, faits_du: date) -> Contrat:
    """CE 15 December 2015: no measure for a step that stands in no contract in force."""
    if engagement is None or engagement.engage != Engage.PERSONNE:
        raise ActeDevoirsRefuse(
            "Choisissez l'engagement de la personne, écrit dans son contrat, qui n'a pas été tenu : rien d'autre ne "
            "peut lui être reproché."
        )
    contrat = engagement.contrat
    siens = contrat.personne_id in ids_du_groupe(personne)
    if not siens or contrat.debut is None or faits_du < contrat.debut:
        raise ActeDevoirsRefuse("Cet engagement n'était pas en vigueur à la date des faits.")
    if contrat.fin is not None and faits_du >= contrat.fin:
        raise ActeDevoirsRefuse("Ce contrat avait pris fin à la date des faits.")
    return contrat


def _refus_d_actualiser(personne: Personne, s: Situation, faits_du: date) -> Contrat:
    """A refusal to draw one up is recorded with the contract (``contrats.services.refuser``); here, to update it."""
    contrat = contrat_en_vigueur(personne, au=faits_du)
    if contrat is None:
        raise ActeDevoirsRefuse("Notez d'abord le refus dans le contrat : il dit sa forme et les rendez-vous proposés.")
    attendue = contrat.prochaine_actualisation
    if attendue is None or faits_du < attendue:
        raise ActeDevoirsRefuse("Le contrat n'est pas encore à actualiser : il n'y a pas eu de refus.")
    voulus = entier("rendez_vous_avant_refus", au=faits_du)
    if rendez_vous_proposes(personne, s, au=faits_du) < voulus:
        raise ActeDevoirsRefuse(
            f"Le référent doit avoir proposé au moins {voulus} rendez-vous datés. Une absence n'est pas un refus."
        )
    return contrat


def _structure(s: Situation) -> Structure | None:
    return Structure.objects.filter(pk=s.referent_structure or 0).first()


def _apres_examen(statut: StatutManquement) -> StatutManquement:
    return StatutManquement.EXAMINE if statut is StatutManquement.SIGNALE else statut


def _statut_de(motif: MotifSansSuite) -> StatutManquement:
    return {
        MotifSansSuite.MOTIF_LEGITIME: StatutManquement.MOTIF_LEGITIME,
        MotifSansSuite.REGULARISATION: StatutManquement.REGULARISE,
    }.get(motif, StatutManquement.SANS_SUITE)


def _clore_si_vide(procedure: Procedure, *, par: Agent, le: datetime) -> None:
    """No breach stands any more: the procedure ends where it is."""
    if EtatProcedure(procedure.etat) not in OUVERTES:
        return
    if Manquement.objects.filter(procedure=procedure, statut=StatutManquement.EN_PROCEDURE).exists():
        return
    clore(procedure, MotifSansSuite.MOTIF_LEGITIME, par=par, le=le)


def clore(procedure: Procedure, motif: MotifSansSuite, *, par: Agent, le: datetime, **champs: Any) -> None:
    """Close a procedure without follow-up, with its breaches still open, and write the event."""
    procedure.motif_cloture, procedure.close_le, procedure.close_par = motif, jour(le), par
    for nom, valeur in champs.items():
        setattr(procedure, nom, valeur)
    avancer(procedure, EtatProcedure.CLOSE, "motif_cloture", "close_le", "close_par", *champs)
    Manquement.objects.filter(procedure=procedure, statut=StatutManquement.EN_PROCEDURE).update(
        statut=_statut_de(motif), clos_le=jour(le)
    )
    evenement(
        GenreEvenement.PROCEDURE_CLOSE, procedure.personne, objet=("procedure", procedure.pk), par=par, le=le,
        motif=str(motif), restent=restant_a_examiner(personne_de(procedure.personne)),
    )  # fmt: skip
