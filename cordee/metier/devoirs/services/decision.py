"""Deciding, by somebody who did not instruct, once every step is taken; and notifying, with reasons and remedies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from cordee.metier.courriers.enums import EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.selectors import courriers_de_l_objet, date_certaine_de
from cordee.metier.courriers.services import emettre, noter_remise
from cordee.metier.devoirs.cycle import Acte
from cordee.metier.devoirs.enums import (
    EtatProcedure,
    MotifMesure,
    NatureMesure,
    StatutManquement,
    StatutMesure,
    TypeManquement,
)
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure, ProjetDecision
from cordee.metier.devoirs.regles.manques import Manque, ProcedureIrreguliere, depuis_refus, motifs_suffisants
from cordee.metier.devoirs.selectors.contexte import (
    contexte_de,
    droits_verifies,
    manquements_de,
    protegee,
    qualifier_procedure,
    quotite,
)
from cordee.metier.devoirs.services.appui import (
    CANAUX,
    MESURE,
    PROCEDURE,
    ActeDevoirsRefuse,
    avancer,
    evenement,
    mesure_verrouillee,
    personne_de,
    procedure_verrouillee,
)
from cordee.metier.devoirs.services.contradictoire import constater_reception_griefs
from cordee.metier.devoirs.services.lettres import donnees_decision, preuve
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.regimes import CleEtape, Foyer, ProjetMesure, premier_du_mois, verifier_mesure
from cordee.socle.horloge import jour

TOTAL, QUATRE_MOIS = 100, 4
GENRES = {
    NatureMesure.SUSPENSION: GenreCourrier.DECISION_SUSPENSION,
    NatureMesure.REDUCTION: GenreCourrier.DECISION_SUSPENSION,
    NatureMesure.SUPPRESSION: GenreCourrier.DECISION_SUPPRESSION,
    NatureMesure.FIN_DE_DROIT: GenreCourrier.DECISION_FIN_DE_DROIT,
}
_MOTIFS = {
    TypeManquement.REFUS_CONTRAT: MotifMesure.CONTRAT_NON_ETABLI,
    TypeManquement.CONTRAT_NON_ETABLI: MotifMesure.CONTRAT_NON_ETABLI,
    TypeManquement.NON_RESPECT_CONTRAT: MotifMesure.CONTRAT_NON_RESPECTE,
    TypeManquement.REFUS_CONTROLE: MotifMesure.CONTROLE_REFUSE,
}
_RADIATION = Manque(
    etape=CleEtape.DECISION,
    code="radiation",
    article="CASF R262-40 3°",
    phrase="La radiation ne se propose qu'avec une suppression totale de quatre mois.",
)


@transaction.atomic
def preparer_decision(
    *, procedure: Procedure, nature: NatureMesure, taux: int | None = None, montant: Decimal | None = None,
    mois: int | None = None, debut: date, motifs: str, par: Agent, le: datetime,
) -> ProjetDecision:  # fmt: skip
    """What the instructor submits to whoever signs: the measure she has in mind, and the reasons in sentences.

    It may be prepared before everything is lawful; deciding may not (``decider_mesure``).

    Raises:
        ActeImpossible: the person cannot have answered yet, or it is decided.
    """
    procedure, _ = procedure_verrouillee(procedure, Acte.PREPARER)
    projet, _cree = ProjetDecision.objects.update_or_create(
        procedure=procedure,
        defaults={
            "nature": NatureMesure(nature), "taux": taux, "montant": montant, "mois": mois, "debut": debut,
            "motifs": motifs.strip(), "prepare_par": par, "prepare_le": le,
        },
    )  # fmt: skip
    return projet


def manques_de_decision(
    procedure: Procedure, projet: ProjetMesure, *, motifs: str, au: date, foyer: Foyer | None = None,
    par: Agent | None = None,
) -> tuple[Manque, ...]:  # fmt: skip
    """Every reason why this may not be decided on that day; empty: it is lawful. Reads only.

    Args:
        motifs: reasons as they would be signed.
        foyer: the household as it was checked by hand; it may only add to that of the files.
        par: who would decide; ``None`` leaves that check out.
    """
    contexte = contexte_de(procedure, projet, au=au, foyer=foyer)
    if contexte is None:
        return (
            Manque(
                etape=CleEtape.MOTIF, code="sans_manquement", article="CASF L262-37 I",
                phrase="Plus aucun manquement ne tient dans cette procédure : classez-la sans suite.",
            ),
        )  # fmt: skip
    manques = [*depuis_refus(verifier_mesure(projet, contexte)), *_propres(procedure)]
    if (projet.nature is NatureMesure.FIN_DE_DROIT) is not procedure.fin_de_droit:
        manques.append(
            Manque(
                etape=CleEtape.DECISION, code="objet", article="CASF L262-38 et R262-40 3°",
                phrase="La fin de droit se décide dans une procédure ouverte pour elle, et rien d'autre ne s'y décide.",
            )
        )  # fmt: skip
    if not motifs_suffisants(motifs):
        manques.append(
            Manque(
                etape=CleEtape.DECISION, code="motifs", article="CRPA L211-2 et L211-5",
                phrase="Écrivez les motifs en phrases entières : les faits, la règle, et pourquoi elle s'applique.",
            )
        )  # fmt: skip
    if par is not None and par.pk in instructeurs(procedure):
        manques.append(
            Manque(
                etape=CleEtape.DECISION, code="deux_personnes", article="Règle de service ; Cons. const. 2023-858 DC",
                phrase="Qui instruit ne décide pas : une autre personne, habilitée, doit décider.",
            )
        )  # fmt: skip
    return tuple(manques)


def instructeurs(procedure: Procedure) -> frozenset[int]:
    """Who took part in the instruction: none of them decides."""
    projet = ProjetDecision.objects.filter(procedure=procedure).values_list("prepare_par_id", flat=True)
    examens = procedure.examens.values_list("par_id", flat=True)
    return frozenset({procedure.responsable_id, procedure.ouverte_par_id, *projet, *examens})


@transaction.atomic
def decider_mesure(
    *, procedure: Procedure, nature: NatureMesure, taux: int | None = None, montant: Decimal | None = None,
    mois: int = 0, debut: date | None = None, motifs: str, foyer: Foyer | None = None,
    proposer_radiation: bool = False, par: Agent, le: datetime,
) -> MesureDecidee:  # fmt: skip
    """Decide a measure: only when the law engine says it is lawful and every step was taken.

    It has no effect until it is notified at a certain date (``notifier_decision``); the person's path does not move.

    Args:
        taux: share withheld, in percent, chosen by a human; ``montant`` under the regime of 2009 only.
        mois: whole months.
        debut: first month; by default the one after the decision.
        motifs: facts, rule, and why they meet, in full sentences; they are sent to the person as they are.
        proposer_radiation: with a total suppression of four months, propose to the employment operator to strike her
            off its list meanwhile (E26); a proposal to another body, nothing more.
        par: who decides; never one of those who instructed.

    Raises:
        ProcedureIrreguliere: with every reason and its article.
        ActeImpossible: the procedure is not at that step.
    """
    procedure, etat = procedure_verrouillee(procedure, Acte.DECIDER)
    nature, au = NatureMesure(nature), jour(le)
    debut = premier_du_mois(debut or ajouter_mois(premier_du_mois(au), 1))
    projet = ProjetMesure(nature=nature, quotite=quotite(taux), montant=montant, mois=mois, debut=debut)
    manques = list(manques_de_decision(procedure, projet, motifs=motifs, au=au, foyer=foyer, par=par))
    if proposer_radiation and (nature, taux, mois) != (NatureMesure.SUPPRESSION, TOTAL, QUATRE_MOIS):
        manques.append(_RADIATION)
    question = qualifier_procedure(procedure, au=au, foyer=foyer)
    if manques or question is None or question.foyer is None:
        raise ProcedureIrreguliere(manques)
    mesure = MesureDecidee.objects.create(
        personne=personne_de(procedure.personne), procedure=procedure, nature=nature, type=procedure.type,
        motif=_MOTIFS.get(TypeManquement(procedure.type), MotifMesure.INDETERMINE), regime=question.regime.retenu,
        rang=question.rang.numero, taux=taux, montant=montant, mois=mois or None, foyer=question.foyer.personnes,
        foyer_majore=question.foyer.majore, motifs=motifs.strip(), decideur=par, decidee_le=au, debut=debut,
        fin=ajouter_mois(debut, mois) if mois else None, preuve=preuve(procedure, le),
        radiation_proposee=proposer_radiation, saisie_le=le, saisie_par=par,
    )  # fmt: skip
    procedure.regime = question.regime.retenu
    avancer(procedure, etat, "regime")
    Manquement.objects.filter(procedure=procedure, statut=StatutManquement.EN_PROCEDURE).update(
        statut=StatutManquement.SANCTIONNE, clos_le=au
    )
    evenement(
        GenreEvenement.MESURE_DECIDEE, procedure.personne, objet=(MESURE, mesure.pk), par=par, le=le,
        procedure=procedure.pk, nature=str(nature), debut=debut.isoformat(),
    )  # fmt: skip
    return mesure


def mettre_fin_au_droit(
    *, procedure: Procedure, debut: date | None = None, motifs: str, foyer: Foyer | None = None, par: Agent,
    le: datetime,
) -> MesureDecidee:  # fmt: skip
    """End the right: a faculty, a decision of its own, after a total suppression of four months that ran to its end
    (E26). The procedure was opened for it (``ouvrir_procedure(fin_de_droit=True)``) and heard her again.

    Raises:
        ProcedureIrreguliere: the path is closed to this household, or a step is missing, with the article.
    """
    return decider_mesure(
        procedure=procedure, nature=NatureMesure.FIN_DE_DROIT, debut=debut, motifs=motifs, foyer=foyer, par=par, le=le
    )


# Notification --------------------------------------------------------------------------------------------------------
@transaction.atomic
def notifier_decision(
    *, mesure: MesureDecidee, moyen: MoyenRemise, le_jour: date | None = None, par: Agent, le: datetime
) -> Courrier:
    """Send or hand over the decision, its reasons and the remedies, to her and to her representative (E28).

    Raises:
        ActeDevoirsRefuse: undone, or notified already.
        EnvoiImpossible: this means is closed to her, or proves nothing.
    """
    mesure = mesure_verrouillee(mesure)
    if mesure.statut != StatutMesure.DECIDEE or mesure.procedure is None:
        raise ActeDevoirsRefuse("Cette décision ne se notifie pas : elle est annulée, ou vient de l'ancien outil.")
    if mesure.notifiee_le is not None:
        raise ActeDevoirsRefuse(f"Cette décision a été notifiée le {mesure.notifiee_le:%d/%m/%Y}.")
    moyen, quand = MoyenRemise(moyen), le_jour or jour(le)
    main_propre = moyen is MoyenRemise.REMISE_MAIN_PROPRE
    courrier = emettre(
        personne=personne_de(mesure.personne), genre=GENRES[NatureMesure(mesure.nature)], canal=CANAUX[moyen],
        moyen=moyen,
        donnees=donnees_decision(mesure, par=mesure.decideur or par, remise_le=quand if main_propre else None),
        objet_type=MESURE, objet_id=mesure.pk, etat=EtatRemise.RECUE if main_propre else EtatRemise.ENVOYEE,
        etat_le=quand, par=par, le=le,
    )  # fmt: skip
    mesure.notification = courrier
    mesure.save(update_fields=["notification"])
    if main_propre:
        _rendre_certaine(mesure, par=par, le=le)
    return courrier


@transaction.atomic
def constater_reception_decision(
    *, courrier: Courrier, etat: EtatRemise, le_jour: date, par: Agent, le: datetime
) -> MesureDecidee:
    """Record what became of the letter that notifies a decision. A certain date makes it take effect.

    Raises:
        RemiseImpossible: the state cannot follow.
        ActeDevoirsRefuse: not such a letter.
    """
    if courrier.objet_type != MESURE or courrier.genre not in GENRES.values():
        raise ActeDevoirsRefuse("Ce courrier ne notifie pas une décision.")
    mesure = mesure_verrouillee(MesureDecidee.objects.get(pk=courrier.objet_id or 0))
    noter_remise(courrier=courrier, etat=etat, le_jour=le_jour, par=par, le=le)
    if mesure.notifiee_le is None and mesure.statut == StatutMesure.DECIDEE:
        _rendre_certaine(mesure, par=par, le=le)
    return mesure


def _rendre_certaine(mesure: MesureDecidee, *, par: Agent, le: datetime) -> None:
    """Received by her, and by her representative where there is one: it takes effect, never before its notification."""
    lettres = [c for c in courriers_de_l_objet(MESURE, mesure.pk) if c.genre in GENRES.values()]
    elle = next((c for c in lettres if c.pk == mesure.notification_id), None)
    recue = date_certaine_de(elle) if elle else None
    if recue is None or mesure.procedure is None:
        return
    recues = [recue]
    if protegee(personne_de(mesure.personne), jour(le))[0]:
        copies = [d for c in lettres if c.au_representant and (d := date_certaine_de(c)) is not None]
        if not copies:
            return
        recues.append(max(copies))
    mesure.notifiee_le = max(recues)
    if mesure.debut < mesure.notifiee_le:
        mesure.debut = ajouter_mois(premier_du_mois(mesure.notifiee_le), 1)
        mesure.fin = ajouter_mois(mesure.debut, mesure.mois) if mesure.mois else None
    mesure.save(update_fields=["notifiee_le", "debut", "fin"])
    procedure, etat = procedure_verrouillee(mesure.procedure, Acte.NOTIFIER_DECISION)
    avancer(procedure, etat)
    fin_de_droit = mesure.nature == NatureMesure.FIN_DE_DROIT
    evenement(
        GenreEvenement.DROIT_FINI if fin_de_droit else GenreEvenement.MESURE_NOTIFIEE, mesure.personne,
        objet=(MESURE, mesure.pk), par=par, le=le, nature=mesure.nature,
        le_jour=mesure.notifiee_le.isoformat(), fin=mesure.fin.isoformat() if mesure.fin else None,
    )  # fmt: skip


def _propres(procedure: Procedure) -> list[Manque]:
    """What this room asks beyond the engine: rights looked at, file given, the letter of the procedure in order."""
    manques = []
    if not droits_verifies(manquements_de(procedure)):
        manques.append(
            Manque(
                etape=CleEtape.DROITS, code="droits_non_verifies", article="CASF L262-27",
                phrase="Les droits que la personne n'utilise pas n'ont pas été regardés avec elle.",
            )
        )  # fmt: skip
    demandee = procedure.communication_demandee_le
    if demandee is not None and (procedure.communiquee_le is None or procedure.communiquee_le < demandee):
        manques.append(
            Manque(
                etape=CleEtape.CONTRADICTOIRE, code="communication", article="CRPA L122-2",
                phrase="La personne a demandé son dossier : communiquez-le avant de décider.",
            )
        )  # fmt: skip
    if EtatProcedure(procedure.etat) is not EtatProcedure.CONTRADICTOIRE:
        manques.append(
            Manque(
                etape=CleEtape.CONTRADICTOIRE, code="etat", article="CASF L262-37 III",
                phrase=f"La procédure est « {EtatProcedure(procedure.etat).libelle.lower()} » : rien ne s'y décide.",
            )
        )  # fmt: skip
    return manques


# Letters that start a clock ------------------------------------------------------------------------------------------
def fait_courir(courrier: Courrier) -> bool:
    """Whether a letter is one whose reception opens or closes something here: letter of facts, decision."""
    griefs = courrier.objet_type == PROCEDURE and courrier.genre == GenreCourrier.GRIEFS
    return griefs or (courrier.objet_type == MESURE and courrier.genre in GENRES.values())


def constater_reception(*, courrier: Courrier, etat: EtatRemise, le_jour: date, par: Agent, le: datetime) -> None:
    """Record what became of such a letter, whoever sees it come back (the mail desk as well as the instructor).

    Raises:
        RemiseImpossible: the state cannot follow.
        ActeDevoirsRefuse: it starts no clock here.
    """
    noter = constater_reception_griefs if courrier.objet_type == PROCEDURE else constater_reception_decision
    noter(courrier=courrier, etat=etat, le_jour=le_jour, par=par, le=le)
