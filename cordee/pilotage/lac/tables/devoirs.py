"""Rights and duties: what was reported, proposed, decided, lifted, appealed; controls drawn; the équipe's sessions.

Coded values and dates only: no reason in sentences, no reference of a decision. Where a row stands today (``statut``)
is not where it stood at the end of a past month: figures read the dates.
"""

from __future__ import annotations

from typing import Final

from cordee.pilotage.lac.tables.base import FIN, JAMAIS, PARIS, Table, colonnes

_DE_LA_MESURE: Final = "(SELECT m.personne_id FROM devoirs_mesuredecidee m WHERE m.id = t.mesure_id)"
_DU_MANQUEMENT: Final = "(SELECT m.personne_id FROM devoirs_manquement m WHERE m.id = t.manquement_id)"
_SEANCE: Final = f"(SELECT (s.debut {PARIS})::date FROM devoirs_seanceep s WHERE s.id = t.seance_id)"

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "manquements", "devoirs_manquement",
        colonnes(f"""
            id BIGINT
            personne_id BIGINT
            type VARCHAR
            structure_id BIGINT
            procedure_id BIGINT
            statut VARCHAR
            faits_le DATE = t.faits_du
            signale_le DATE = (t.signale_le {PARIS})::date
            clos_le DATE = coalesce(t.clos_le, DATE '{JAMAIS}')
        """),
        "Les faits signalés comme un manquement ; un signalement n'est pas une sanction.",
        personne="personne_id", debut="signale_le", fin="clos_le",
    ),
    Table(
        "examens_motif", "devoirs_examenmotif",
        colonnes(f"""
            manquement_id BIGINT
            personne_id BIGINT = {_DU_MANQUEMENT}
            motif VARCHAR
            retenu BOOLEAN
            echange BOOLEAN
            jour DATE = (t.le {PARIS})::date
        """),
        "Les motifs légitimes recherchés avec la personne, et s'ils ont été retenus.",
        personne="personne_id", debut="jour",
    ),
    Table(
        "procedures", "devoirs_procedure",
        colonnes(f"""
            id BIGINT
            personne_id BIGINT
            type VARCHAR
            etat VARCHAR
            regime VARCHAR
            fin_de_droit BOOLEAN
            ouverte_le DATE = (t.ouverte_le {PARIS})::date
            griefs_envoyes_le DATE
            griefs_recus_le DATE
            entendue_le DATE
            close_le DATE = coalesce(t.close_le, DATE '{JAMAIS}')
            motif_cloture VARCHAR
        """),
        "Les procédures : ouverte, faits exposés par lettre (mesure envisagée), entendue, close sans suite, datées.",
        personne="personne_id", debut="ouverte_le", fin="close_le",
    ),
    Table(
        "mesures", "devoirs_mesuredecidee",
        colonnes(f"""
            id BIGINT
            personne_id BIGINT
            procedure_id BIGINT
            nature VARCHAR
            motif VARCHAR
            regime VARCHAR
            rang INTEGER
            taux INTEGER
            mois INTEGER
            foyer INTEGER
            statut VARCHAR
            decidee_le DATE
            notifiee_le DATE
            debut DATE
            fin DATE = {FIN}
            conforme_le DATE
            levee_le DATE
            motif_levee VARCHAR
            annulee_le DATE
            motif_annulation VARCHAR
            vue_le DATE
        """),
        "Les mesures décidées par le Département, leur levée, leur annulation ; vue_le : appliquée d'après un fichier.",
        personne="personne_id", debut="decidee_le",
    ),
    Table(
        "recours", "devoirs_recours",
        colonnes(f"""
            id BIGINT
            mesure_id BIGINT
            personne_id BIGINT = {_DE_LA_MESURE}
            genre VARCHAR
            hors_delai BOOLEAN
            recu_le DATE
            issue VARCHAR
            statue_le DATE
        """),
        "Les recours contre une mesure et leur issue.", personne="personne_id", debut="recu_le",
    ),
    Table(
        "controles", "devoirs_controlealeatoire",
        colonnes(f"""
            personne_id BIGINT
            tirage_id BIGINT
            jour DATE = (SELECT (d.tire_le {PARIS})::date FROM devoirs_tiragecontrole d WHERE d.id = t.tirage_id)
            resultat VARCHAR
            conclu_le DATE = (t.conclu_le {PARIS})::date
        """),
        "Les contrôles des engagements, tirés au sort (C. trav. L5426-1 IV).", personne="personne_id", debut="jour",
    ),
    Table(
        "passages_ep", "devoirs_passageep",
        colonnes(f"""
            personne_id BIGINT
            seance_id BIGINT
            jour DATE = {_SEANCE}
            objet VARCHAR
            procedure_id BIGINT
            statut VARCHAR
            audition BOOLEAN
            presence VARCHAR
            avis VARCHAR = (SELECT a.sens FROM devoirs_avisep a WHERE a.passage_id = t.id)
        """),
        "Les dossiers vus par l'équipe pluridisciplinaire, la venue de la personne, le sens de l'avis.",
        personne="personne_id", debut="jour",
    ),
    Table(
        "presences_ep", "devoirs_participationep",
        colonnes(f"""
            seance_id BIGINT
            jour DATE = {_SEANCE}
            college VARCHAR = (SELECT m.college FROM devoirs_membreep m WHERE m.id = t.membre_id)
            reponse VARCHAR
            present BOOLEAN = t.arrive_le IS NOT NULL
        """),
        "Par séance de l'équipe pluridisciplinaire et par siège : le collège, la réponse, la présence ; aucun nom.",
        debut="jour",
    ),
)  # fmt: skip
