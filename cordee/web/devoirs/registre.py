"""The acts of a file: what each is called, who may do it, its form. One line per service."""

from __future__ import annotations

from dataclasses import dataclass

from cordee.metier.organismes.roles import Permission
from cordee.web.devoirs.formulaires import decision, examen, instruction, recours, suites
from cordee.web.devoirs.formulaires.base import FormulaireDevoirs

P = Permission


@dataclass(frozen=True, slots=True)
class ActeDevoirs:
    """One act. ``objet``: what its address names; ``permission``: instructing and deciding are two people."""

    objet: str
    cle: str
    titre: str
    bouton: str
    icone: str
    formulaire: type[FormulaireDevoirs]
    permission: Permission = P.INSTRUIRE
    aide: str = ""


MANQUEMENT, PROCEDURE, MESURE, RECOURS = "manquement", "procedure", "mesure", "recours"
_LISTE = (
    ActeDevoirs(
        MANQUEMENT, "motif", "Examiner s'il y a un motif légitime", "Enregistrer l'examen", "recherche",
        examen.ExaminerMotif,
        aide="Santé, garde d'enfant, logement, transport, courrier non reçu, erreur de notre part… Se taire n'est pas "
        "reconnaître les faits.",
    ),
    ActeDevoirs(
        MANQUEMENT, "droits", "Vérifier les droits qui ne sont pas utilisés", "Enregistrer", "droits",
        examen.VerifierDroits, aide="Avec la personne, avant toute étape : une aide peut débloquer la situation.",
    ),
    ActeDevoirs(
        MANQUEMENT, "ouvrir", "Ouvrir la procédure", "Ouvrir la procédure", "decision", instruction.Ouvrir,
        aide="Ouvrir ne décide rien : la personne reçoit d'abord une lettre qui expose les faits, et peut répondre. "
        "L'accompagnement continue.",
    ),
    ActeDevoirs(MANQUEMENT, "classer", "Classer le signalement sans suite", "Classer", "abandon", examen.Classer),
    ActeDevoirs(
        PROCEDURE, "griefs", "Exposer les faits à la personne", "Préparer la lettre", "courrier",
        instruction.NotifierGriefs, aide="La lettre dit les faits, ce que la loi permet, et comment répondre. Seule sa "
        "réception à une date certaine fait courir le délai.",
    ),
    ActeDevoirs(
        PROCEDURE, "reception", "Noter la réception de la lettre", "Noter la réception", "courrier",
        instruction.ConstaterReception,
    ),
    ActeDevoirs(PROCEDURE, "observation", "Noter la réponse de la personne", "Noter la réponse", "commentaire",
                instruction.Observer),
    ActeDevoirs(PROCEDURE, "audition", "Fixer un entretien", "Enregistrer", "rendezvous", instruction.Audition,
                aide="La personne peut venir accompagnée de qui elle veut."),
    ActeDevoirs(PROCEDURE, "entendre", "Noter l'entretien", "Enregistrer", "entretien", instruction.TenirAudition),
    ActeDevoirs(PROCEDURE, "communiquer", "Communiquer le dossier", "Enregistrer", "document", instruction.Communiquer,
                aide="La personne peut demander son dossier (CRPA L122-2) : rien ne se décide avant qu'elle l'ait."),
    ActeDevoirs(PROCEDURE, "inscrire", "Inscrire à une séance de l'équipe pluridisciplinaire", "Inscrire", "equipe",
                instruction.Inscrire, P.TENIR_EP, aide="Un avis ne décide pas. La personne y est invitée, et peut être "
                "assistée."),
    ActeDevoirs(PROCEDURE, "clore", "Classer sans suite", "Classer sans suite", "abandon", instruction.Clore),
    ActeDevoirs(PROCEDURE, "projet", "Préparer la décision", "Enregistrer le projet", "modifier", decision.Preparer,
                aide="Rien n'est proposé par le logiciel. La part et la durée se choisissent dans ce que la loi permet "
                "à ce foyer, en tenant compte de sa situation."),
    ActeDevoirs(PROCEDURE, "decider", "Décider", "Décider", "decision", decision.Decider, P.DECIDER,
                aide="Décider engage le Département envers une personne. Qui instruit ne décide pas."),
    ActeDevoirs(MESURE, "notifier", "Notifier la décision", "Préparer la lettre", "courrier", decision.NotifierDecision,
                aide="La lettre donne les motifs, ce qui met fin à la mesure et les recours."),
    ActeDevoirs(MESURE, "reception", "Noter la réception de la décision", "Noter la réception", "courrier",
                decision.ReceptionDecision),
    ActeDevoirs(MESURE, "conditions", "Dire ce qui lèvera la suspension", "Enregistrer", "cocher", suites.Conditions),
    ActeDevoirs(MESURE, "conformite", "La personne s'est mise en règle", "Enregistrer", "succes", suites.Conformite,
                aide="En tout ou partie : la levée est alors obligatoire."),
    ActeDevoirs(MESURE, "lever", "Lever la suspension", "Lever la suspension", "reprendre", suites.Lever,
                aide="C'est une obligation dès que la personne fait ce qui manquait. Le versement reprend."),
    ActeDevoirs(MESURE, "terme", "Constater le terme", "Constater le terme", "historique", suites.Terme),
    ActeDevoirs(MESURE, "annuler", "Annuler la décision", "Annuler la décision", "abandon", suites.Annuler, P.DECIDER,
                aide="Comme si elle n'avait jamais été prise : tout est rendu, et elle ne compte plus."),
    ActeDevoirs(MESURE, "recours", "Enregistrer un recours", "Enregistrer", "commentaire", recours.Deposer,
                aide="Un recours n'arrête pas la mesure. Quelqu'un qui n'a pas décidé y répond, dans les deux mois."),
    ActeDevoirs(RECOURS, "statuer", "Répondre au recours", "Enregistrer la réponse", "decision", recours.Statuer,
                P.DECIDER, aide="Qui a décidé la mesure ne répond pas au recours."),
    ActeDevoirs(MESURE, "reporter", "Reporter la fin de droit", "Reporter", "pause", suites.Reporter,
                aide="Six mois au plus, à la demande d'un membre du foyer qui a signé un contrat (CASF R262-40 3°)."),
)  # fmt: skip
ACTES: dict[tuple[str, str], ActeDevoirs] = {(acte.objet, acte.cle): acte for acte in _LISTE}
