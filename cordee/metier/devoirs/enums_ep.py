"""Closed lists of the équipe pluridisciplinaire (CASF L262-39): who sits, what is asked, what was answered."""

from cordee.socle.enums import EnumLibelle


class GenreCollege(EnumLibelle):
    """The colleges a règlement may seat. L262-39 names professionals, the Département and beneficiaries."""

    DEPARTEMENT = "departement", "Département", "Représentants du Département."
    INSERTION_SOCIALE = "insertion_sociale", "Insertion sociale", "Professionnels de l'insertion sociale."
    INSERTION_PRO = "insertion_pro", "Emploi", "Professionnels de l'insertion professionnelle, opérateur de l'emploi."
    COMMUNES = "communes", "Communes", "Communes et centres communaux d'action sociale."
    BENEFICIAIRES = "beneficiaires", "Bénéficiaires", "Représentants des bénéficiaires du RSA."


class StatutReglement(EnumLibelle):
    BROUILLON = "brouillon", "En préparation"
    ADOPTE = "adopte", "Adopté"


class StatutSeance(EnumLibelle):
    """Where a session stands."""

    PLANIFIEE = "planifiee", "Planifiée", "À venir ; les membres ne sont pas encore invités."
    CONVOQUEE = "convoquee", "Membres invités", "Les réponses arrivent."
    OUVERTE = "ouverte", "En séance", "Les dossiers sont examinés l'un après l'autre."
    CLOSE = "close", "Tenue", "Les avis sont rendus."
    SANS_QUORUM = "sans_quorum", "Sans quorum", "Elle n'a pas pu se tenir : les dossiers attendent une autre séance."
    ANNULEE = "annulee", "Annulée"

    @property
    def a_venir(self) -> bool:
        """Whether it has not begun."""
        return self in (StatutSeance.PLANIFIEE, StatutSeance.CONVOQUEE)


class ReponseMembre(EnumLibelle):
    EN_ATTENTE = "en_attente", "Sans réponse"
    VIENDRA = "viendra", "Viendra"
    NE_VIENDRA_PAS = "ne_viendra_pas", "Ne viendra pas"


class ObjetPassage(EnumLibelle):
    """What the équipe is asked to give its opinion on."""

    SUPPRESSION = "suppression", "Suppression envisagée", "Avis obligatoire avant la décision (CASF L262-37 III)."
    SUSPENSION = (
        "suspension",
        "Suspension ou réduction envisagée",
        "Avis demandé par le règlement.",
    )
    REORIENTATION = "reorientation", "Réorientation", "Avis sur un changement d'orientation (CASF L262-39)."


class StatutPassage(EnumLibelle):
    """Where one file of a session stands."""

    INSCRIT = "inscrit", "Inscrit"
    RETIRE = "retire", "Retiré"
    EN_EXAMEN = "en_examen", "En examen"
    EXAMINE = "examine", "Avis rendu"
    AJOURNE = "ajourne", "Ajourné"

    @property
    def au_jour(self) -> bool:
        """Whether it is on the agenda of its session."""
        return self is not StatutPassage.RETIRE


class MotifRetrait(EnumLibelle):
    """Why a file leaves the agenda. Coded: nothing of a person's life is written here."""

    INCOMPLET = (
        "incomplet",
        "Dossier incomplet",
        "Retiré au jour du règlement ; à inscrire plus tard.",
    )
    REGLE = "regle", "Situation réglée", "Le contrat est signé ou les démarches sont faites."
    MOTIF_LEGITIME = "motif_legitime", "Motif légitime retenu", "Il n'y a plus de manquement."
    SANS_SUITE = "sans_suite", "Procédure close sans suite", ""
    REPORT_DEMANDE = "report_demande", "Report demandé par la personne", "Elle ne peut pas venir ce jour-là."
    NON_INVITEE = "non_invitee", "Personne non prévenue à temps", "Elle doit être mise en mesure d'être entendue."
    INTERPRETE = "interprete", "Interprète indisponible", ""
    ERREUR = "erreur", "Inscrit par erreur", ""
    SANS_QUORUM = "sans_quorum", "Séance sans quorum", "À inscrire à une autre séance."

    @property
    def a_reinscrire(self) -> bool:
        """Whether the question stays open: the file waits for another session."""
        return self in (
            MotifRetrait.INCOMPLET, MotifRetrait.REPORT_DEMANDE, MotifRetrait.NON_INVITEE, MotifRetrait.INTERPRETE,
            MotifRetrait.SANS_QUORUM,
        )  # fmt: skip


class PresencePersonne(EnumLibelle):
    """How the person was heard (CASF L262-37 III: with the assistance of somebody of her choice)."""

    ATTENDUE = "attendue", "Attendue"
    PRESENTE = "presente", "Venue"
    ASSISTEE = "assistee", "Venue, assistée"
    REPRESENTEE = "representee", "Représentée"
    ECRIT = "ecrit", "Observations écrites"
    ABSENTE = "absente", "Non venue"
    SANS_AUDITION = "sans_audition", "Audition non demandée"

    @property
    def entendue(self) -> bool:
        """Whether somebody spoke for her in front of the équipe."""
        return self in (PresencePersonne.PRESENTE, PresencePersonne.ASSISTEE, PresencePersonne.REPRESENTEE)


class SensAvis(EnumLibelle):
    """What the équipe thinks. An opinion, never a decision: the president of the Département decides."""

    FAVORABLE = "favorable", "Favorable", "L'équipe est favorable à ce qui est envisagé."
    DEFAVORABLE = "defavorable", "Défavorable", "L'équipe est défavorable à ce qui est envisagé."
    AUTRE_MESURE = "autre_mesure", "Autre mesure", "L'équipe propose autre chose."
    SANS_AVIS = "sans_avis", "Partage des voix", "L'équipe n'a pas pu se prononcer."
    AJOURNE = "ajourne", "Ajourné", "L'équipe demande un élément de plus : ce n'est pas un avis."

    @property
    def est_un_avis(self) -> bool:
        """Whether the obligation to consult is met."""
        return self is not SensAvis.AJOURNE


class MotifConflit(EnumLibelle):
    """Why the secretary keeps a member away from a file, found on the real identity (V6)."""

    PROCHE = "proche", "Est la personne ou un proche"
    REFERENT = "referent", "Est ou a été son référent"
    SIGNALEMENT = "signalement", "A signalé les faits ou instruit le dossier"
    STRUCTURE = "structure", "Travaille dans la structure qui l'accompagne"
    DECLARE = "declare", "Se retire de lui-même"

    @property
    def absolu(self) -> bool:
        """Whether the member cannot sit on the file, whoever wishes it. The same house only calls for care."""
        return self is not MotifConflit.STRUCTURE


class GenreActeSeance(EnumLibelle):
    """What the thread of a session records, with the hour: the minutes are written from it."""

    CREEE = "creee", "Séance planifiée"
    INVITEE = "invitee", "Membres invités"
    ANNULEE = "annulee", "Séance annulée"
    RETRAIT = "retrait", "Dossier retiré"
    OUVERTE = "ouverte", "Séance ouverte"
    ARRIVEE = "arrivee", "Arrivée d'un membre"
    DEPART = "depart", "Départ d'un membre"
    APPEL = "appel", "Dossier appelé"
    AVIS = "avis", "Avis rendu"
    AVIS_REPRIS = "avis_repris", "Avis repris avant la clôture"
    SANS_QUORUM = "sans_quorum", "Quorum non atteint"
    CLOSE = "close", "Séance close"
    SIGNEE = "signee", "Procès-verbal signé"
