"""Opening a procedure and closing it. The acts of the contradictory phase are read from here as well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from cordee.metier.courriers.enums import EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.services import EnvoiImpossible, emettre
from cordee.metier.devoirs.cycle import OUVERTES, Acte
from cordee.metier.devoirs.enums import (
    MotifSansSuite,
    StatutManquement,
    StatutMesure,
    TypeManquement,
)
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure
from cordee.metier.devoirs.regles.manques import Manque, ProcedureIrreguliere
from cordee.metier.devoirs.selectors.contexte import (
    droits_verifies,
    faits_le,
    protegee,
    qualifier,
)
from cordee.metier.devoirs.services.appui import (
    CANAUX,
    PROCEDURE,
    ActeDevoirsRefuse,
    evenement,
    personne_de,
    procedure_verrouillee,
    restant_a_examiner,
)
from cordee.metier.devoirs.services.contradictoire import (
    communiquer_dossier,
    constater_reception_griefs,
    convier_audition,
    demander_audition,
    demander_communication,
    notifier_griefs,
    recevoir_observation,
    tenir_audition,
)
from cordee.metier.devoirs.services.lettres import (
    donnees_classement,
)
from cordee.metier.devoirs.services.manquements import clore
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.reglementation.regimes import Cadre, CleEtape
from cordee.socle.horloge import jour

__all__ = [
    "clore_sans_suite", "communiquer_dossier", "constater_reception_griefs", "convier_audition", "demander_audition",
    "demander_communication", "manques_d_ouverture", "notifier_griefs", "ouvrir_procedure", "recevoir_observation",
    "tenir_audition",
]  # fmt: skip


@transaction.atomic
def ouvrir_procedure(
    *, personne: Personne, manquements: Sequence[Manquement], responsable: Agent | None = None,
    fin_de_droit: bool = False, par: Agent, le: datetime,
) -> Procedure:  # fmt: skip
    """Open the procedure that hears the person on these breaches. It changes nothing to her path (E03).

    Args:
        manquements: of one and the same nature (the rank is counted by nature, E17), examined, no reason retained.
        responsable: who instructs (``par`` by default); she will not be the one who decides.
        fin_de_droit: towards an end of right, after a total suppression of four months (E26).

    Raises:
        ProcedureIrreguliere: with everything that is missing: reason not examined, rights not looked at,
            representative unknown, scale that could not be read (E18), end of right without its path.
        ActeDevoirsRefuse: no breach, several natures, another procedure open.
        TransitionInterdite: no longer soumise.
    """
    personne = verrouiller(personne)
    lus = list(Manquement.objects.select_for_update(of=("self",)).filter(pk__in=[m.pk for m in manquements]))
    if not lus or any(m.personne_id not in ids_du_groupe(personne) for m in lus):
        raise ActeDevoirsRefuse("Choisissez au moins un manquement de cette personne.")
    if len({m.type for m in lus}) > 1:
        raise ActeDevoirsRefuse("Une procédure porte sur des manquements de même nature : ouvrez-en une pour chacun.")
    ouverte = Procedure.objects.filter(personne__in=ids_du_groupe(personne), etat__in=OUVERTES).exists()
    if ouverte:
        raise ActeDevoirsRefuse("Une procédure est déjà ouverte pour cette personne.")
    type_ = TypeManquement(lus[0].type)
    au = jour(le)
    question = qualifier(
        personne=personne, type=type_, faits_le=faits_le(lus), au=au,
        persistance=any(m.persistance_de_id for m in lus),
    )  # fmt: skip
    manques = manques_d_ouverture(personne, lus, au=au) + _manques_du_cadre(question.cadre, fin_de_droit=fin_de_droit)
    if manques:
        raise ProcedureIrreguliere(manques)
    procedure = Procedure.objects.create(
        personne=personne, type=type_, regime=question.regime.retenu, fin_de_droit=fin_de_droit,
        responsable=responsable or par, ouverte_par=par, ouverte_le=le,
    )  # fmt: skip
    Manquement.objects.filter(pk__in=[m.pk for m in lus]).update(
        procedure=procedure, statut=StatutManquement.EN_PROCEDURE
    )
    evenement(
        GenreEvenement.PROCEDURE_OUVERTE, personne, objet=(PROCEDURE, procedure.pk), par=par, le=le, type=str(type_),
        fin_de_droit=fin_de_droit, restent=restant_a_examiner(personne),
    )  # fmt: skip
    return procedure


def _manques_du_cadre(permis: Cadre | None, *, fin_de_droit: bool) -> list[Manque]:
    """What the law itself closes: a scale that could not be read (E18), an end of right without its path (E26)."""
    if permis is None:
        return []
    manques = [
        Manque(etape=CleEtape.DECISION, code=b.code, phrase=b.phrase, article=b.article) for b in permis.blocages
    ]
    fin = permis.fin_de_droit
    if fin_de_droit and not fin.possible:
        manques.append(Manque(etape=CleEtape.DECISION, code="fin_de_droit", phrase=fin.motif, article=fin.article))
    return manques


def manques_d_ouverture(personne: Personne, manquements: list[Manquement], *, au: date) -> list[Manque]:
    """What must be done with the person before a procedure may open."""
    manques = []
    for m in manquements:
        statut = StatutManquement(m.statut)
        if statut is StatutManquement.SIGNALE:
            manques.append(
                Manque(
                    etape=CleEtape.MOTIF, code="motif_non_examine", article="CASF L262-37 I",
                    phrase="Le motif légitime n'a pas été examiné : c'est la première question, avant toute procédure.",
                )
            )  # fmt: skip
        elif statut is not StatutManquement.EXAMINE:
            manques.append(
                Manque(
                    etape=CleEtape.MOTIF, code="manquement_clos", article="CASF L262-37 I",
                    phrase=f"Ce manquement est « {statut.libelle.lower()} » : il n'ouvre aucune procédure.",
                )
            )  # fmt: skip
    if not droits_verifies(manquements):
        manques.append(
            Manque(
                etape=CleEtape.DROITS, code="droits_non_verifies", article="CASF L262-27",
                phrase="Les droits que la personne n'utilise pas n'ont pas été regardés avec elle : commencez par là.",
            )
        )  # fmt: skip
    est_protegee, connu = protegee(personne, au)
    if est_protegee and not connu:
        manques.append(
            Manque(
                etape=CleEtape.GRIEFS, code="representant", article="C. trav. R5412-7",
                phrase="La personne est protégée ou mineure : identifiez son représentant avant d'ouvrir la procédure.",
            )
        )  # fmt: skip
    return manques


# Closing -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def clore_sans_suite(
    *, procedure: Procedure, motif: MotifSansSuite, explication: str = "", moyen: MoyenRemise | None = None,
    par: Agent, le: datetime,
) -> Procedure:  # fmt: skip
    """End a procedure without a measure, and say so to the person when she had been written to.

    Args:
        moyen: how she is told; without one, an ordinary letter is prepared where it can be.

    Raises:
        ActeImpossible: decided and notified, or closed already.
    """
    procedure, _ = procedure_verrouillee(procedure, Acte.CLORE)
    motif = MotifSansSuite(motif)
    etait_ecrite = procedure.griefs_envoyes_le is not None
    MesureDecidee.objects.filter(procedure=procedure, statut=StatutMesure.DECIDEE).update(
        statut=StatutMesure.ANNULEE, annulee_le=jour(le)
    )
    clore(procedure, motif, par=par, le=le, explication_cloture=explication.strip())
    if etait_ecrite and motif is not MotifSansSuite.DECES:
        _dire_le_classement(procedure, motif, explication.strip(), moyen, par=par, le=le)
    return procedure


def _dire_le_classement(
    procedure: Procedure, motif: MotifSansSuite, explication: str, moyen: MoyenRemise | None, *, par: Agent,
    le: datetime,
) -> None:  # fmt: skip
    """Good news never waits for a letter that cannot leave: the closing stands."""
    voulu = moyen or MoyenRemise.LETTRE_SIMPLE
    try:
        with transaction.atomic():
            emettre(
                personne=personne_de(procedure.personne), genre=GenreCourrier.CLASSEMENT, canal=CANAUX[voulu],
                moyen=voulu, donnees=donnees_classement(procedure, motif=motif, explication=explication, par=par),
                objet_type=PROCEDURE, objet_id=procedure.pk, par=par, le=le,
                etat=EtatRemise.RECUE if voulu is MoyenRemise.REMISE_MAIN_PROPRE else None,
            )  # fmt: skip
    except EnvoiImpossible:
        if moyen is not None:
            raise
