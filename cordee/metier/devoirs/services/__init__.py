"""Acts of the droits et devoirs: one function per act, each with its event on the path.

A procedure from its report to its end: ``signaler_manquement`` → ``examiner_motif`` and ``verifier_droits`` →
``ouvrir_procedure`` → ``notifier_griefs`` → ``constater_reception_griefs`` → ``recevoir_observation``,
``demander_audition``, ``tenir_audition``, ``communiquer_dossier`` → ``examiner_motif`` again → ``preparer_decision`` →
``decider_mesure`` (by somebody else) → ``notifier_decision`` → ``constater_reception_decision`` → ``lever_suspension``
or ``constater_terme``; ``clore_sans_suite`` at any moment; ``deposer_recours`` and ``statuer_recours`` beside.
"""

from cordee.metier.devoirs.cycle import ActeImpossible
from cordee.metier.devoirs.regles.manques import Manque, ProcedureIrreguliere
from cordee.metier.devoirs.services.appui import ActeDevoirsRefuse
from cordee.metier.devoirs.services.decision import (
    constater_reception,
    constater_reception_decision,
    decider_mesure,
    fait_courir,
    manques_de_decision,
    mettre_fin_au_droit,
    notifier_decision,
    preparer_decision,
)
from cordee.metier.devoirs.services.manquements import (
    classer_manquement,
    examiner_motif,
    rattraper_refus,
    signaler_manquement,
    verifier_droits,
)
from cordee.metier.devoirs.services.procedures import (
    clore_sans_suite,
    communiquer_dossier,
    constater_reception_griefs,
    convier_audition,
    demander_audition,
    demander_communication,
    notifier_griefs,
    ouvrir_procedure,
    recevoir_observation,
    tenir_audition,
)
from cordee.metier.devoirs.services.recours import constater_silences, deposer_recours, statuer_recours
from cordee.metier.devoirs.services.reprise import MesureRefusee, reprendre_decision
from cordee.metier.devoirs.services.suites import (
    annuler_mesure,
    constater_conformite,
    constater_terme,
    fixer_conditions,
    lever_suspension,
    noter_transmission,
    reporter_fin_de_droit,
)

__all__ = [
    "ActeDevoirsRefuse", "ActeImpossible", "Manque", "MesureRefusee", "ProcedureIrreguliere", "annuler_mesure",
    "classer_manquement", "clore_sans_suite", "communiquer_dossier", "constater_conformite", "constater_reception",
    "constater_reception_decision", "constater_reception_griefs", "constater_silences", "constater_terme",
    "convier_audition", "decider_mesure", "demander_audition", "demander_communication", "deposer_recours",
    "examiner_motif", "fait_courir", "fixer_conditions", "lever_suspension", "manques_de_decision",
    "mettre_fin_au_droit", "noter_transmission", "notifier_decision", "notifier_griefs", "ouvrir_procedure",
    "preparer_decision", "rattraper_refus", "recevoir_observation", "reporter_fin_de_droit", "reprendre_decision",
    "signaler_manquement", "statuer_recours", "tenir_audition", "verifier_droits",
]  # fmt: skip
