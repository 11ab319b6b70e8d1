"""What happened to her: who answers for her, orientations, contracts, appointments, steps, events."""

from __future__ import annotations

from typing import Final

from cordee.pilotage.lac.tables.base import FIN, JAMAIS, PARIS, Table, colonnes

_DIT: Final = "CASE WHEN t.genre = 'information_partenaire' THEN"

TABLES: Final[tuple[Table, ...]] = (
    Table(
        "rattachements", "personnes_rattachement",
        colonnes(f"""
            personne_id BIGINT
            structure_id BIGINT
            agent_id BIGINT
            finalite VARCHAR
            debut DATE
            fin DATE = {FIN}
        """),
        "Qui répond d'une personne : structure du secteur, organisme et agent référents, datés.",
        personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "orientations", "orientation_orientation",
        colonnes(f"""
            id BIGINT
            personne_id BIGINT
            voie VARCHAR
            categorie VARCHAR
            structure_id BIGINT
            par_defaut BOOLEAN
            tardive BOOLEAN
            par_operateur BOOLEAN
            voie_proposee VARCHAR
            categorie_proposee VARCHAR
            suivie BOOLEAN
            motif_ecart VARCHAR
            version_regle VARCHAR
            decidee_le DATE = (t.decidee_le {PARIS})::date
            notifiee_le DATE
            debut DATE
            fin DATE = {FIN}
        """),
        "Les décisions d'orientation, datées, et la proposition qu'elles ont suivie ou non.",
        personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "contrats", "contrats_contrat",
        colonnes(f"""
            personne_id BIGINT
            genre VARCHAR
            structure_id BIGINT
            intensite VARCHAR
            heures DOUBLE
            motif_heures VARCHAR
            dispense_demandee_le DATE = t.demande_dispense_le
            signe_le DATE = greatest(t.signe_personne_le, t.signe_referent_le)
            debut DATE
            fin DATE = {FIN}
        """),
        "Les contrats entrés en vigueur, datés ; heures : prévues par semaine ; motif_heures : minoration ou dispense.",
        personne="personne_id", debut="debut", fin="fin", ou="t.debut IS NOT NULL",
    ),
    Table(
        "rendez_vous", "rendezvous_rendezvous",
        colonnes(f"""
            id BIGINT
            personne_id BIGINT
            genre VARCHAR
            structure_id BIGINT
            agent_id BIGINT
            statut VARCHAR
            jour DATE = (t.debut {PARIS})::date
        """),
        "Les rendez-vous et ce qu'ils sont devenus.", personne="personne_id", debut="jour",
    ),
    Table(
        "convocations", "courriers_courrier",
        colonnes(f"""
            rendez_vous_id BIGINT = t.objet_id
            canal VARCHAR
            jour DATE = (t.cree_le {PARIS})::date
        """),
        "Par quel canal un rendez-vous a été annoncé.", debut="jour",
        ou="t.objet_type = 'rendez_vous' AND t.annule_le IS NULL",
    ),
    Table(
        "contacts", "suivi_contactsuivi",
        colonnes(f"""
            personne_id BIGINT
            genre VARCHAR
            resultat VARCHAR
            agent_id BIGINT = t.par_id
            jour DATE = (t.le {PARIS})::date
        """),
        "Les contacts et les tentatives du suivi.", personne="personne_id", debut="jour", ou="t.annule_le IS NULL",
    ),
    Table(
        "etapes", "parcours_etape",
        colonnes(f"""
            personne_id BIGINT
            genre VARCHAR
            unite VARCHAR
            structure_id BIGINT
            agent_id BIGINT
            nature VARCHAR
            attendu VARCHAR
            echeance DATE
            debut DATE = t.ouverte_le
            fin DATE = coalesce(t.fermee_le, DATE '{JAMAIS}')
        """),
        "Les étapes principales : ouverte le, à faire avant le, fermée le.",
        personne="personne_id", debut="debut", fin="fin",
    ),
    Table(
        "evenements_bruts", "parcours_evenement",
        colonnes(f"""
            id BIGINT
            genre VARCHAR
            personne_id BIGINT
            jour DATE = (t.survenu_le {PARIS})::date
            objet_type VARCHAR = CASE WHEN t.objet_type = 'evenement' THEN t.objet_type END
            objet_id BIGINT = CASE WHEN t.objet_type = 'evenement' THEN t.objet_id END
            resultat VARCHAR = t.donnees ->> 'resultat'
            excusee BOOLEAN = (t.donnees ->> 'excusee')::boolean
            motif_sortie VARCHAR = t.donnees ->> 'motif_sortie'
            etat VARCHAR = CASE WHEN t.genre = 'situation_particuliere' THEN t.donnees ->> 'etat' END
            suite VARCHAR = t.donnees ->> 'suite'
            pour_id BIGINT = {_DIT} (t.donnees ->> 'pour')::bigint END
            contrat_dit DATE = {_DIT} (t.donnees ->> 'contrat_le')::date END
            contact_dit DATE = {_DIT} (t.donnees ->> 'dernier_contact_le')::date END
            referent_dit BOOLEAN = {_DIT} (t.donnees ->> 'referent_connu')::boolean END
            nouvelle VARCHAR = CASE WHEN t.genre = 'echeance_traitee' THEN t.donnees ->> 'nouvelle' END
            dit_au DATE = {_DIT} (t.donnees ->> 'au')::date END
            note_le DATE = (t.enregistre_le {PARIS})::date
        """),
        "Tout ce qui est arrivé, jour par jour, corrections comprises.", personne="personne_id", debut="jour",
    ),
)  # fmt: skip
