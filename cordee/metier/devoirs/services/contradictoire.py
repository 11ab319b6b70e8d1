"""The contradictory phase: letter of facts, what she answers, her file, the hearing (E27, E28; CRPA L122-1, L122-2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from cordee.metier.courriers.enums import EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import courriers_de_l_objet, date_certaine_de
from cordee.metier.courriers.services import emettre, noter_remise
from cordee.metier.devoirs.cycle import Acte
from cordee.metier.devoirs.enums import EtatProcedure, FormeObservation
from cordee.metier.devoirs.models import Observation, Procedure
from cordee.metier.devoirs.regles.manques import dernier_jour_pour_repondre
from cordee.metier.devoirs.selectors.contexte import (
    jours_pour_repondre,
    manquements_de,
    protegee,
    qualifier_procedure,
)
from cordee.metier.devoirs.services.appui import (
    CANAUX,
    PROCEDURE,
    ActeDevoirsRefuse,
    avancer,
    evenement,
    exiger,
    pas_a_venir,
    personne_de,
    procedure_verrouillee,
)
from cordee.metier.devoirs.services.lettres import donnees_audition, donnees_communication, donnees_griefs
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.reglementation.calendrier import expiration_pour_la_personne
from cordee.socle.horloge import jour


# The letter of facts -------------------------------------------------------------------------------------------------
@transaction.atomic
def notifier_griefs(
    *, procedure: Procedure, moyen: MoyenRemise, le_jour: date | None = None, par: Agent, le: datetime
) -> Courrier:
    """Send or hand over the letter that states the facts, the measure the law allows, and how to answer.

    A representative gets it too, by a means that proves its reception (E28). Sent again after it came back, the first
    letter no longer counts. Handed over, its reception is certain at once.

    Raises:
        ActeImpossible: the procedure is not at that step.
        EnvoiImpossible: this means is closed to her, or proves nothing.
        TransitionInterdite: her representative is to be found.
    """
    procedure, etat = procedure_verrouillee(procedure, Acte.NOTIFIER_GRIEFS)
    moyen, au = MoyenRemise(moyen), jour(le)
    main_propre = moyen is MoyenRemise.REMISE_MAIN_PROPRE
    question = qualifier_procedure(procedure, au=au)
    if question is None:
        raise ActeDevoirsRefuse("Aucun manquement ne reste à exposer : classez la procédure sans suite.")
    jours = jours_pour_repondre(regime=question.regime.retenu, au=au)
    if procedure.griefs_id is not None and date_certaine_de(procedure.griefs) is not None:  # type: ignore[arg-type]
        raise ActeDevoirsRefuse("La lettre a déjà été reçue à une date certaine.")
    courrier = emettre(
        personne=personne_de(procedure.personne), genre=GenreCourrier.GRIEFS, canal=CANAUX[moyen], moyen=moyen,
        donnees=donnees_griefs(
            procedure, manquements_de(procedure), question, jours=jours, par=par,
            remise_le=(le_jour or au) if main_propre else None,
        ),
        objet_type=PROCEDURE, objet_id=procedure.pk, etat=EtatRemise.RECUE if main_propre else EtatRemise.ENVOYEE,
        etat_le=le_jour or au, par=par, le=le,
    )  # fmt: skip
    procedure.griefs, procedure.griefs_envoyes_le = courrier, le_jour or au
    procedure.contradictoire_jours = jours
    avancer(procedure, etat, "griefs", "griefs_envoyes_le", "contradictoire_jours")
    evenement(GenreEvenement.GRIEFS_ENVOYES, procedure.personne, objet=(PROCEDURE, procedure.pk), par=par, le=le)
    if main_propre:
        _constater_si_certaine(procedure, par=par, le=le)
    return courrier


@transaction.atomic
def constater_reception_griefs(
    *, courrier: Courrier, etat: EtatRemise, le_jour: date, par: Agent, le: datetime
) -> Procedure:
    """Record what became of a letter of facts, hers or her representative's. The days run from the last reception.

    Refused or not claimed: the day of the first presentation. Returned (NPAI): no date, the address is checked and the
    letter sent again. For a protected person both must have been received (E28).

    Raises:
        RemiseImpossible: the state cannot follow.
        ActeDevoirsRefuse: not a letter of facts.
    """
    if courrier.genre != GenreCourrier.GRIEFS or courrier.objet_type != PROCEDURE:
        raise ActeDevoirsRefuse("Ce courrier n'est pas la lettre qui expose les faits.")
    procedure, _ = procedure_verrouillee(Procedure.objects.get(pk=courrier.objet_id or 0))
    noter_remise(courrier=courrier, etat=etat, le_jour=le_jour, par=par, le=le)
    procedure.refresh_from_db()
    if EtatProcedure(procedure.etat) is EtatProcedure.GRIEFS_ENVOYES:
        _constater_si_certaine(procedure, par=par, le=le)
    return procedure


def _constater_si_certaine(procedure: Procedure, *, par: Agent, le: datetime) -> None:
    """Open the days to answer once every addressee of the *last* letter has received it."""
    lettres = [
        c for c in courriers_de_l_objet(PROCEDURE, procedure.pk)
        if c.genre == GenreCourrier.GRIEFS and c.annule_le is None
    ]  # fmt: skip
    elle = next((c for c in lettres if c.pk == procedure.griefs_id), None)
    recue = date_certaine_de(elle) if elle else None
    if recue is None:
        return
    _, etat = procedure_verrouillee(procedure, Acte.CONSTATER_RECEPTION)
    recues = [recue]
    est_protegee, _connu = protegee(personne_de(procedure.personne), jour(le))
    if est_protegee:
        copies = [date_certaine_de(c) for c in lettres if c.au_representant]
        connues = [d for d in copies if d is not None]
        if not connues:
            return
        procedure.griefs_representant_recus_le = max(connues)
        recues.append(max(connues))
    jours = procedure.contradictoire_jours or jours_pour_repondre(regime=procedure.regime, au=jour(le))
    terme = expiration_pour_la_personne(dernier_jour_pour_repondre(recues, jours=jours))
    procedure.griefs_recus_le, procedure.contradictoire_jusquau = max(recues), terme
    avancer(procedure, etat, "griefs_recus_le", "griefs_representant_recus_le", "contradictoire_jusquau")
    evenement(
        GenreEvenement.GRIEFS_RECUS, procedure.personne, objet=(PROCEDURE, procedure.pk), par=par, le=le,
        recus_le=max(recues).isoformat(), jusquau=terme.isoformat(),
    )  # fmt: skip


# What she answers ----------------------------------------------------------------------------------------------------
@transaction.atomic
def recevoir_observation(
    *, procedure: Procedure, forme: FormeObservation, texte: str, recue_le: date, par: Agent, le: datetime
) -> Observation:
    """Her answer, in her words. Received after the days, it counts as long as nothing is decided.

    Raises:
        ActeImpossible: nothing was asked yet, or the decision is taken.
        ActeDevoirsRefuse: nothing written, or a date to come.
    """
    procedure, _ = procedure_verrouillee(procedure, Acte.RECEVOIR_OBSERVATION)
    observation = Observation.objects.create(
        procedure=procedure, forme=FormeObservation(forme), notee_par=par, notee_le=le,
        recue_le=pas_a_venir(recue_le, le=le, nom="Une réponse reçue"),
        texte=exiger(texte, "Écrivez ce que la personne a répondu."),
    )  # fmt: skip
    evenement(GenreEvenement.OBSERVATION_RECUE, procedure.personne, objet=(PROCEDURE, procedure.pk), par=par, le=le)
    return observation


@transaction.atomic
def demander_communication(*, procedure: Procedure, demandee_le: date, par: Agent, le: datetime) -> Procedure:
    """She asks for her file (CRPA L122-2): nothing is decided before she has it."""
    procedure, etat = procedure_verrouillee(procedure, Acte.COMMUNIQUER)
    procedure.communication_demandee_le = pas_a_venir(demandee_le, le=le, nom="Une demande")
    avancer(procedure, etat, "communication_demandee_le")
    return procedure


@transaction.atomic
def communiquer_dossier(
    *, procedure: Procedure, pieces: Sequence[str], moyen: MoyenRemise, le_jour: date | None = None, par: Agent,
    le: datetime,
) -> Procedure:  # fmt: skip
    """Her file is handed over or sent to her, with the list of what it holds.

    Raises:
        ActeDevoirsRefuse: an empty list.
        EnvoiImpossible: this means is closed to her.
    """
    procedure, etat = procedure_verrouillee(procedure, Acte.COMMUNIQUER)
    if not [p for p in pieces if p.strip()]:
        raise ActeDevoirsRefuse("Dites ce que contient le dossier communiqué.")
    moyen, quand = MoyenRemise(moyen), le_jour or jour(le)
    emettre(
        personne=personne_de(procedure.personne), genre=GenreCourrier.COMMUNICATION_DOSSIER, canal=CANAUX[moyen],
        moyen=moyen, donnees=donnees_communication(procedure, pieces=pieces, par=par), objet_type=PROCEDURE,
        objet_id=procedure.pk, par=par, le=le, etat_le=quand,
        etat=EtatRemise.RECUE if moyen is MoyenRemise.REMISE_MAIN_PROPRE else EtatRemise.ENVOYEE,
    )  # fmt: skip
    procedure.communication_demandee_le = procedure.communication_demandee_le or quand
    procedure.communiquee_le = quand
    avancer(procedure, etat, "communication_demandee_le", "communiquee_le")
    return procedure


# The hearing ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def demander_audition(*, procedure: Procedure, demandee_le: date, par: Agent, le: datetime) -> Procedure:
    """She asks to be heard: the hearing takes place, or is offered, before anything is decided."""
    procedure, etat = procedure_verrouillee(procedure, Acte.CONVIER)
    procedure.audition_demandee_le = pas_a_venir(demandee_le, le=le, nom="Une demande")
    procedure.absente_le = None
    avancer(procedure, etat, "audition_demandee_le", "absente_le")
    return procedure


@transaction.atomic
def convier_audition(
    *, procedure: Procedure, quand: datetime, lieu: str, moyen: MoyenRemise, par: Agent, le: datetime
) -> Courrier:
    """Invite her to be heard, with whom she wants.

    Raises:
        ActeDevoirsRefuse: a date that is not to come, or no place.
        EnvoiImpossible: this means is closed to her.
    """
    procedure, etat = procedure_verrouillee(procedure, Acte.CONVIER)
    if quand <= le:
        raise ActeDevoirsRefuse("L'entretien se fixe à une date à venir.")
    moyen = MoyenRemise(moyen)
    procedure.audition_prevue_le = quand
    procedure.audition_lieu = exiger(lieu, "Indiquez le lieu de l'entretien, ou « par téléphone ».")
    procedure.absente_le = None
    courrier = emettre(
        personne=personne_de(procedure.personne), genre=GenreCourrier.AUDITION, canal=CANAUX[moyen], moyen=moyen,
        donnees=donnees_audition(procedure, quand=quand, lieu=procedure.audition_lieu, par=par), par=par, le=le,
        objet_type=PROCEDURE, objet_id=procedure.pk,
        etat=EtatRemise.RECUE if moyen is MoyenRemise.REMISE_MAIN_PROPRE else None,
    )  # fmt: skip
    avancer(procedure, etat, "audition_prevue_le", "audition_lieu", "absente_le")
    return courrier


@transaction.atomic
def tenir_audition(
    *, procedure: Procedure, tenue_le: date, presente: bool, assistee_par: str = "", compte_rendu: str = "",
    par: Agent, le: datetime,
) -> Procedure:  # fmt: skip
    """She was heard, and what she said is an observation; or she did not come to the date offered.

    Raises:
        ActeDevoirsRefuse: nothing written of what she said, absent from no invitation, a date to come.
    """
    procedure, etat = procedure_verrouillee(procedure, Acte.ENTENDRE)
    pas_a_venir(tenue_le, le=le, nom="Un entretien tenu")
    if not presente:
        prevue = procedure.audition_prevue_le
        if prevue is None or jour(prevue) != tenue_le:
            raise ActeDevoirsRefuse("Aucun entretien n'était proposé ce jour-là : une absence suppose une invitation.")
        procedure.absente_le = tenue_le
        avancer(procedure, etat, "absente_le")
        return procedure
    texte = exiger(compte_rendu, "Écrivez ce que la personne a dit, et relisez-le avec elle.")
    procedure.entendue_le, procedure.assistee_par, procedure.absente_le = tenue_le, assistee_par.strip(), None
    avancer(procedure, etat, "entendue_le", "assistee_par", "absente_le")
    Observation.objects.create(
        procedure=procedure, forme=FormeObservation.ORALE, recue_le=tenue_le, texte=texte, notee_par=par, notee_le=le
    )
    evenement(
        GenreEvenement.AUDITION_TENUE, procedure.personne, objet=(PROCEDURE, procedure.pk), par=par, le=le,
        assistee=bool(assistee_par.strip()),
    )  # fmt: skip
    return procedure
