"""The acts on one screen: which form each opens, who may do it, why the file is read; and the act of each étape.

An étape is never closed by a bare « fait »: ``ETAPES`` gives the act whose event closes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape

P, F, G, H = Permission, Finalite, GenreEtape, GenreEcheance


@dataclass(frozen=True, slots=True)
class Acte:
    """One business act as the pages offer it. ``bouton``: what the button says; ``titre``: the name of its page."""

    cle: str
    titre: str
    bouton: str
    icone: str
    finalite: Finalite
    permissions: frozenset[Permission]
    aide: str = ""


def _acte(
    cle: str, titre: str, bouton: str, icone: str, finalite: Finalite, *permissions: Permission, aide: str = ""
) -> Acte:
    return Acte(cle, titre, bouton, icone, finalite, frozenset(permissions), aide)


_LISTE = (
    # Meeting the person
    _acte("convoquer", "Convoquer à un rendez-vous", "Convoquer", "courrier", F.ORIENTATION, P.CONVOQUER,
          aide="La personne reçoit la date, le lieu, la raison et comment changer de date."),
    _acte("inviter", "Inviter à choisir une date", "Inviter à choisir", "agenda", F.ORIENTATION, P.CONVOQUER,
          aide="La personne reçoit un lien et choisit elle-même parmi les créneaux libres. L'étape reste à faire tant "
          "qu'elle n'a pas de date."),
    _acte("attente", "Mettre en liste d'attente", "Liste d'attente", "attente", F.ORIENTATION, P.CONVOQUER,
          aide="Aucun créneau ne convient : la première place libérée, la plus ancienne échéance d'abord, lui sera "
          "proposée."),
    _acte("presence", "Noter la venue ou l'absence", "Noter la venue", "entretien", F.ORIENTATION, P.CONVOQUER),
    _acte("deplacer", "Déplacer le rendez-vous", "Déplacer", "rendezvous", F.ORIENTATION, P.CONVOQUER),
    _acte("annuler_rendez_vous", "Annuler le rendez-vous", "Annuler le rendez-vous", "abandon", F.ORIENTATION,
          P.CONVOQUER),
    _acte("sans_rendez_vous", "Recevoir sans rendez-vous", "La personne est là", "entree", F.ORIENTATION, P.CONVOQUER,
          aide="La personne s'est présentée d'elle-même : sa venue compte comme un premier rendez-vous."),
    _acte("aller_vers", "Noter une démarche d'aller-vers", "Noter la démarche", "appel", F.SUIVI, P.SUIVRE,
          aide="Appel, visite ou relais d'un partenaire pour retrouver une personne absente. Jamais une sanction."),
    # Orienting
    _acte("orienter", "Mener l'entretien et décider l'orientation", "Mener l'entretien", "orientation",
          F.ORIENTATION, P.ORIENTER),
    _acte("diagnostic", "Mener l'entretien de diagnostic", "Mener l'entretien", "diagnostic", F.DIAGNOSTIC,
          P.DIAGNOSTIQUER),
    _acte("orienter_par_defaut", "Prononcer l'orientation par défaut", "Orienter par défaut", "orientation",
          F.ORIENTATION, P.ENCADRER, aide="La personne n'a pas pu être rencontrée : la décision se prend sur ce que "
          "l'on sait, et elle pourra demander à la revoir (CASF R262-65-3)."),
    _acte("orientation_operateur", "Enregistrer l'orientation de l'opérateur de l'emploi", "Enregistrer l'orientation",
          "externe", F.ORIENTATION, P.ORIENTER),
    _acte("accuser", "Recevoir l'orientation de l'opérateur de l'emploi", "Accuser réception", "file", F.ORIENTATION,
          P.NOTIFIER),
    # Notifying
    _acte("remettre", "Remettre la décision en main propre", "Remettre en main propre", "cocher", F.ORIENTATION,
          P.NOTIFIER, aide="La signature datée de la personne établit la date certaine : le mois du contrat commence."),
    _acte("notifier", "Envoyer la décision", "Envoyer la décision", "envoyer", F.ORIENTATION, P.NOTIFIER),
    _acte("date_certaine", "Noter la réception de la décision", "Noter la réception", "courrier", F.ORIENTATION,
          P.NOTIFIER),
    # The receiving structure
    _acte("accepter", "Accepter l'accueil", "Accepter l'accueil", "structure", F.ORIENTATION, P.NOMMER_REFERENT),
    _acte("refuser_dossier", "Signaler que l'accueil est impossible", "Accueil impossible", "refus", F.ORIENTATION,
          P.NOMMER_REFERENT),
    _acte("nommer_referent", "Nommer le référent", "Nommer le référent", "referent", F.SUIVI, P.NOMMER_REFERENT),
    _acte("nommer_coreferent", "Nommer un co-référent", "Nommer un co-référent", "binome", F.SUIVI,
          P.NOMMER_REFERENT),
    # The contract
    _acte("contrat", "Préparer le contrat d'engagement", "Préparer le contrat", "contrat", F.CONTRAT,
          P.CONTRACTUALISER),
    _acte("signer", "Signer le contrat d'engagement", "Signer le contrat", "signature", F.CONTRAT, P.CONTRACTUALISER),
    _acte("refus_contrat", "Noter le refus du contrat", "Noter un refus", "refus", F.CONTRAT, P.CONTRACTUALISER,
          aide="Le refus ouvre un examen par l'unité droits et devoirs. L'accompagnement continue."),
    _acte("actualiser", "Actualiser le contrat", "Actualiser le contrat", "contrat", F.CONTRAT, P.CONTRACTUALISER),
    # Following
    _acte("contact", "Noter un contact", "Noter un contact", "entretien", F.SUIVI, P.SUIVRE,
          aide="Un message laissé est une tentative, pas un contact."),
    _acte("interruption", "Interrompre l'accompagnement", "Interrompre", "pause", F.SUIVI, P.SUIVRE,
          aide="Santé, maternité, hospitalisation… Aucune convocation avant la date de reprise."),
    _acte("situation", "Constater une situation particulière", "Constater une situation", "pour_memoire", F.SUIVI,
          P.SUIVRE),
    _acte("point_retraite", "Faire le point sur la retraite", "Noter le point", "droits", F.SUIVI, P.SUIVRE),
    _acte("point_handicap", "Faire le point sur les droits liés au handicap", "Noter le point", "droits", F.SUIVI,
          P.SUIVRE),
    _acte("point_emploi", "Faire le point sur l'emploi", "Noter le point", "emploi", F.SUIVI, P.SUIVRE),
    _acte("point_activite", "Faire le point sur l'activité indépendante", "Noter le point", "emploi", F.SUIVI,
          P.SUIVRE),
    _acte("point_action", "Faire le point sur l'action en cours", "Noter le point", "ecole", F.SUIVI, P.SUIVRE),
    _acte("relais_jeunesse", "Passer le relais jeunesse", "Noter le relais", "binome", F.SUIVI, P.SUIVRE),
    _acte("nouvelles_emploi", "Prendre des nouvelles dans l'emploi", "Noter les nouvelles", "emploi", F.SUIVI, P.SUIVRE,
          aide="Un, trois puis six mois après la reprise, si la personne le souhaite. Elle n'y est pas tenue."),
    _acte("diagnostic_conjoint", "Enregistrer le diagnostic conjoint", "Noter le diagnostic", "diagnostic",
          F.ORIENTATION, P.SUIVRE, aide="L'opérateur de l'emploi et le référent examinent ensemble la situation, six "
          "ou douze mois après la signature ou la dernière révision (CASF L262-31). Aucune offre raisonnable d'emploi "
          "ne s'applique dans ce parcours."),
    _acte("piece", "Noter une pièce vue", "Noter la pièce", "document", F.SUIVI, P.SUIVRE,
          aide="La personne montre la pièce et la reprend : seuls votre nom, la date et la nature sont gardés."),
    _acte("reclamation", "Enregistrer une réclamation", "Enregistrer", "commentaire", F.SUIVI, P.SUIVRE,
          aide="Réclamation ou demande de médiation : la réponse a un responsable et une date."),
    _acte("repondre_reclamation", "Répondre à une réclamation", "Enregistrer la réponse", "commentaire", F.SUIVI,
          P.ENCADRER),
    _acte("entrer_global", "Entrer en accompagnement global", "Enregistrer l'entrée", "binome", F.SUIVI, P.SUIVRE,
          aide="Un travailleur social et un conseiller de l'opérateur de l'emploi, sur un seul plan. Ouvert aussi aux "
          "personnes sans RSA."),
    _acte("sortir_global", "Sortir de l'accompagnement global", "Enregistrer la sortie", "sortie", F.SUIVI, P.SUIVRE),
    _acte("reprise", "Reprendre le parcours", "Reprendre le parcours", "reprendre", F.SUIVI, P.SUIVRE),
    _acte("partenaire", "Noter l'information d'un partenaire", "Noter l'information", "externe", F.SUIVI, P.SUIVRE),
    _acte("demander_reorientation", "Demander une réorientation", "Demander une réorientation", "echange",
          F.ORIENTATION, P.SUIVRE),
    _acte("refuser_reorientation", "Répondre à une demande de réorientation", "Refuser la réorientation", "refus",
          F.ORIENTATION, P.ENCADRER, aide="Accepter, c'est décider une autre orientation. Refuser se motive et se "
          "notifie : le mois du contrat repart de la réception du refus."),
    _acte("notifier_refus", "Notifier le refus de réorientation", "Noter la notification", "courrier", F.ORIENTATION,
          P.NOTIFIER),
    # Handing over
    _acte("proposer_relais", "Proposer un relais", "Proposer le relais", "binome", F.SUIVI, P.SUIVRE,
          aide="Le référent actuel reste en charge jusqu'à l'acceptation. Qui reçoit lit la note, pas le dossier."),
    _acte("repondre_relais", "Le relais en cours", "Retirer le relais", "binome", F.SUIVI, P.SUIVRE),
    _acte("demander_changement", "Demander un autre référent", "Enregistrer la demande", "echange", F.SUIVI, P.SUIVRE,
          aide="À la demande de la personne, sans qu'elle ait à dire pourquoi. La réponse a un responsable et une "
          "date."),
    _acte("attestation", "Attester l'accompagnement", "Préparer l'attestation", "document", F.SUIVI, P.NOTIFIER,
          aide="Pour un bailleur, la caisse ou le CCAS : qui accompagne la personne et depuis quand. Rien des "
          "prestations ni des difficultés."),
    _acte("repondre_changement", "Répondre à une demande de changement de référent", "Répondre", "referent", F.SUIVI,
          P.NOMMER_REFERENT),
    _acte("volontaire", "Ouvrir un accompagnement volontaire", "Accompagner à sa demande", "referent", F.SUIVI,
          P.SUIVRE, aide="La personne n'est pas soumise aux droits et devoirs : elle a droit à un accompagnement "
          "si elle le demande (CASF L262-27)."),
    _acte("fin_volontaire", "Clore l'accompagnement volontaire", "Clore l'accompagnement", "sortie", F.SUIVI,
          P.SUIVRE),
    # Data desk and others
    _acte("localiser", "Établir le lieu de vie", "Établir le lieu de vie", "lieu", F.IDENTIFICATION, P.SUIVRE),
    _acte("confirmer_droit", "Confirmer le droit", "Confirmer le droit", "droits", F.IDENTIFICATION, P.IMPORTER),
    _acte("constater_sdd", "Vérifier les droits et devoirs", "Vérifier", "droits", F.IDENTIFICATION, P.IMPORTER),
    _acte("disparition", "Vérifier l'absence du fichier", "Vérifier", "recherche", F.IDENTIFICATION, P.IMPORTER),
    _acte("deces", "Constater le décès", "Constater le décès", "recherche", F.IDENTIFICATION, P.IMPORTER),
    _acte("transmettre", "Transmettre le dossier", "Transmettre le dossier", "envoyer", F.SUIVI, P.SUIVRE),
    _acte("protection", "Signaler une mesure de protection", "Signaler une protection", "securite", F.SUIVI,
          P.SUIVRE),
    _acte("representant", "Identifier le représentant", "Identifier le représentant", "securite", F.SUIVI, P.SUIVRE),
    _acte("echeance", "Traiter une échéance", "Traiter", "cocher", F.SUIVI, P.SUIVRE, P.VOIR_DROITS),
    _acte("identite", "Corriger l'identité", "Corriger l'identité", "modifier", F.IDENTIFICATION, P.SUIVRE),
    _acte("joindre", "Ajouter un moyen de joindre", "Ajouter un téléphone ou un courriel", "appel", F.SUIVI,
          P.SUIVRE),
    _acte("adresse", "Noter un déménagement", "Noter la nouvelle adresse", "lieu", F.IDENTIFICATION, P.SUIVRE,
          aide="Ce que la personne dit passe avant le dernier fichier. Le référent reste jusqu'au passage de relais."),
    _acte("discretion", "Demander un contact discret", "Enregistrer", "masque", F.SUIVI, P.SUIVRE,
          aide="En cas de violence ou de risque au domicile : aucun courrier chez elle, aucun message."),
    _acte("en_vie", "Annuler : la personne est vivante", "Elle est vivante", "reprendre", F.IDENTIFICATION, P.IMPORTER,
          aide="Le parcours reprend où il en était. Ce qui n'est pas parti pendant la vérification vous est dit."),
    # Disagreements with the paying body
    _acte("retablir", "Aider à rétablir le droit", "Noter l'aide", "droits", F.SUIVI, P.SUIVRE),
    _acte("suite_cloture", "Décider la suite après la fin du droit", "Décider la suite", "sortie", F.SUIVI, P.SUIVRE,
          aide="Le droit ou les droits et devoirs ont pris fin alors qu'un contrat ou un rendez-vous était en cours."),
    _acte("decision_caisse", "Répondre à la caisse", "Répondre", "echange", F.CONTROLE, P.INSTRUIRE,
          aide="La caisse attend une décision du Département : la personne attend aussi."),
    _acte("sanction_caisse", "Rapprocher une sanction", "Rapprocher", "decision", F.SANCTION, P.INSTRUIRE),
    _acte("mesure", "Reprendre une décision de l'ancien outil", "Enregistrer la décision", "decision", F.SANCTION,
          P.INSTRUIRE, aide="Rien ne se décide ici : la décision prise ailleurs est enregistrée avec sa référence, "
          "pour être comparée aux fichiers de la caisse."),
    # Droits et devoirs
    _acte("signaler_manquement", "Signaler un manquement", "Signaler", "alerte", F.SANCTION, P.CONTRACTUALISER,
          P.INSTRUIRE, aide="Un signalement n'est pas une sanction : on cherche d'abord s'il y a un motif légitime, et "
          "l'accompagnement continue."),
    _acte("dossier_devoirs", "Droits et devoirs", "Ouvrir le dossier", "droits", F.SANCTION, P.INSTRUIRE, P.DECIDER),
    _acte("annuler_evenement", "Corriger une erreur de saisie", "Corriger", "abandon", F.SUIVI, P.SUIVRE),
)  # fmt: skip
ACTES: dict[str, Acte] = {acte.cle: acte for acte in _LISTE}

# The act whose event closes each étape: the primary button, everywhere.
ETAPES: dict[GenreEtape | GenreEcheance, str] = {
    G.CONFIRMER_DROIT: "confirmer_droit",
    G.VERIFIER_SDD: "constater_sdd",
    G.LOCALISER: "localiser",
    G.CONVOQUER: "convoquer",
    G.ORIENTER: "orienter",
    G.ALLER_VERS: "aller_vers",
    G.ORIENTER_PAR_DEFAUT: "orienter_par_defaut",
    G.SUIVRE_ORIENTATION_FT: "orientation_operateur",
    G.ACCUSER_ORIENTATION_FT: "accuser",
    G.NOTIFIER: "remettre",
    G.ETABLIR_DATE_CERTAINE: "date_certaine",
    G.ACCEPTER_DOSSIER: "accepter",
    G.REAFFECTER: "orienter",
    G.NOMMER_REFERENT: "nommer_referent",
    G.ATTENDRE_PARTENAIRE: "partenaire",
    G.ELABORER_CONTRAT: "contrat",
    G.RELANCER_CONTRAT: "contrat",
    G.PROCHAIN_CONTACT: "contact",
    G.REPRENDRE_CONTACT: "contact",
    G.BILAN_DROITS_VIEILLESSE: "point_retraite",
    G.BILAN_DROITS_HANDICAP: "point_handicap",
    G.CONSOLIDER_EMPLOI: "point_emploi",
    G.POINT_ACTIVITE: "point_activite",
    G.POINT_ACTION: "point_action",
    G.REMOBILISER: "contact",
    G.MAINTENIR_LIEN: "contact",
    G.VERIFIER_DISPARITION: "disparition",
    G.TRANSMETTRE_DOSSIER: "transmettre",
    G.RELAYER_ASE_ML: "relais_jeunesse",
    G.VERIFIER_DECES: "deces",
    G.ACCOMPAGNEMENT_VOLONTAIRE: "contact",
    H.PROCEDURE_REFUS: "dossier_devoirs",
    H.INSTRUIRE_MANQUEMENT: "dossier_devoirs",
    H.CONDUIRE_CONTRADICTOIRE: "dossier_devoirs",
    H.DECIDER_MESURE: "dossier_devoirs",
    H.NOTIFIER_MESURE: "dossier_devoirs",
    H.LEVER_MESURE: "dossier_devoirs",
    H.SUIVRE_TERME_MESURE: "dossier_devoirs",
    H.TRANSMETTRE_MESURE: "dossier_devoirs",
    H.ACTUALISER_CONTRAT: "actualiser",
    H.DIAGNOSTIC_CONJOINT: "diagnostic_conjoint",
    H.RETABLIR_DROIT: "retablir",
    H.DECIDER_REORIENTATION: "refuser_reorientation",
    H.IDENTIFIER_REPRESENTANT: "representant",
    H.RECUPERER_HISTORIQUE: "echeance",
    H.STATUER_RAPO: "dossier_devoirs",
    H.SUIVI_EMPLOI: "nouvelles_emploi",
    H.NON_RECOURS: "echeance",
    H.REVOIR_APRES_FUSION: "echeance",
    H.CLOTURE_AVEC_CONTRAT: "suite_cloture",
    H.DECISION_ATTENDUE_CAF: "decision_caisse",
    H.SANCTION_A_RAPPROCHER: "sanction_caisse",
    H.MAJORATION_A_REVOIR: "echeance",
    H.LIRE_AVIS_EP: "echeance",
    H.DECES_A_VERIFIER: "deces",
    H.REPONDRE_RELAIS: "repondre_relais",
    H.TRANCHER_RELAIS: "repondre_relais",
    H.REPONDRE_CHANGEMENT: "repondre_changement",
    H.NOTIFIER_REFUS: "notifier_refus",
    H.RENOUVELER_PIECE: "piece",
    H.REPONDRE_RECLAMATION: "repondre_reclamation",
}
# Closed from the page of arbitrations: two rows are compared there, not one file.
PAR_ARBITRAGE = frozenset({G.ARBITRER_IDENTITE, H.ARBITRER_IDENTITE})

RELAIS = ("proposer_relais", "demander_changement")
# What else may be done from a state, beside the primary act and ``TOUJOURS``.
SELON_L_ETAT: dict[Etat, tuple[str, ...]] = {
    Etat.ATTENTE_DROIT: ("convoquer", "sans_rendez_vous", "entrer_global"),
    Etat.ENTRANTE: ("sans_rendez_vous", "orienter"),
    Etat.CONVOQUEE: ("presence", "deplacer", "annuler_rendez_vous", "sans_rendez_vous"),
    Etat.RENCONTREE: ("diagnostic", "convoquer"),
    Etat.INJOIGNABLE: ("convoquer", "sans_rendez_vous", "orienter"),
    Etat.A_ORIENTER_PAR_DEFAUT: ("convoquer", "sans_rendez_vous", "orienter"),
    Etat.COMPETENCE_OPERATEUR_EMPLOI: ("orienter",),
    Etat.ORIENTEE: ("notifier", "demander_reorientation"),
    Etat.NOTIFIEE: ("remettre", "demander_reorientation"),
    Etat.ATTENTE_ACCUEIL: ("refuser_dossier", "nommer_referent"),
    Etat.ATTENTE_REFERENT: ("proposer_relais",),
    Etat.A_REAFFECTER: ("accepter", "proposer_relais"),
    Etat.CONTRAT_A_ELABORER: ("signer", "refus_contrat", "demander_reorientation", "nommer_referent", *RELAIS),
    Etat.CONTRAT_EN_RETARD: ("signer", "refus_contrat", "demander_reorientation", "nommer_referent", *RELAIS),
    Etat.ACCOMPAGNEE: (
        "actualiser",
        "demander_reorientation",
        "nommer_referent",
        "nommer_coreferent",
        "entrer_global",
        *RELAIS,
        "signaler_manquement",
    ),
    Etat.SUIVIE_PAR_PARTENAIRE: ("demander_reorientation", *RELAIS),
    Etat.VOLONTAIRE: ("entrer_global", "fin_volontaire"),
    Etat.HORS_SDD: ("volontaire", "entrer_global"),
    Etat.SORTIE: ("volontaire", "entrer_global"),
    Etat.NON_TRANSMISE: (),
    Etat.DECES_PRESUME: ("en_vie",),
}
# Acts that take a whole page: two columns, a document to read.
PAGES_ENTIERES = frozenset({"orienter", "diagnostic", "contrat", "signer", "actualiser", "dossier_devoirs"})
EN_PARENTHESE = ("reprise",)
TOUJOURS = ("contact", "convoquer", "inviter", "attente", "diagnostic", "joindre", "adresse", "discretion", "identite",
            "interruption", "situation", "piece", "protection", "mesure", "attestation", "reclamation")  # fmt: skip


def acte_de(genre: GenreEtape | GenreEcheance) -> Acte | None:
    """The act that closes an étape or an échéance; ``None`` for those of the page of arbitrations."""
    cle = ETAPES.get(genre)
    return ACTES[cle] if cle else None


def acte_pour(genre: GenreEtape | GenreEcheance, etat: Etat | None) -> Acte | None:
    """The same, knowing where she stands: a person who was convened is first to be received."""
    if genre is G.ORIENTER and etat is Etat.CONVOQUEE:
        return ACTES["presence"]
    return acte_de(genre)


def autres_actes(genre: GenreEtape | None, etat: Etat | None, *, suspendu: bool) -> list[Acte]:
    """What else may be done from there, the most specific first, without the act of the étape."""
    principal = acte_pour(genre, etat) if genre else None
    cles = [*(EN_PARENTHESE if suspendu else ()), *(SELON_L_ETAT.get(etat, ()) if etat else ()), *TOUJOURS]
    if etat is Etat.DECEDEE:
        cles = ["identite"]
    return [ACTES[cle] for cle in dict.fromkeys(cles) if principal is None or cle != principal.cle]


def en_tiroir(acte: Acte | None) -> bool:
    """Whether the act is short enough to be done in the drawer, beside the page it starts from."""
    return acte is not None and acte.cle not in PAGES_ENTIERES


def url(acte: Acte, personne_id: int) -> str:
    """Address of an act on a person."""
    return reverse("acte", args=[personne_id, acte.cle])
