-- code: pauvrete_a2
-- famille: pauvrete
-- numero: A2
-- titre: Personnes soumises à la fin du mois : orientation, contrat, rendez-vous
-- unite: personnes
-- perimetre: sdd_drees
-- source: Suivi mensuel de la stratégie de lutte contre la pauvreté, tableau A2, sans les droits suspendus
-- lignes:
--   ^ sdd_dov | Soumis aux droits et devoirs, droit versable | À la fin du mois
--   ^ > orientees | Orientés | Ont un organisme référent à la fin du mois
--   ^ >> voie_emploi | vers l'emploi | Voie de l'orientation en vigueur
--   ^ >> voie_socio_pro | en socioprofessionnel | Voie de l'orientation en vigueur
--   ^ >> voie_social | en social | Voie de l'orientation en vigueur
--   ^ > non_orientees | Non orientés | Sans organisme référent à la fin du mois
--   ^ pe | Orientés vers France Travail | Organisme référent
--   ^ > pe_contrat | dont contrat annoncé | PPAE ou contrat d'engagement annoncé ou signé
--   ^ cd | Orientés vers le Département | Organisme référent
--   ^ > cd_cer | dont CER en cours | Avant 2025, sans contrat d'engagement
--   ^ > cd_engagement | dont contrat d'engagement en cours | Depuis 2025
--   ^ > cd_sans | dont sans contrat en cours | Ni l'un ni l'autre
--   ^ oa | Orientés vers un autre organisme | Mission locale, Cap emploi, CCAS, associations, opérateurs
--   ^ > oa_contrat | dont contrat en cours | CER ou contrat d'engagement
--   ^ x aide | Contrat aidé en cours | Les contrats aidés ne sont pas distingués dans les données
--   = taux_orientes | Part orientée | orientees / sdd_dov | À la fin du mois
--   = taux_cd | Part sous contrat, Département | cd_cer + cd_engagement / cd | À la fin du mois
--   = taux_emploi | Part sous contrat, vers l'emploi | contrat_emploi / voie_emploi | À la fin du mois, tous organismes
--   = taux_socio_pro | Part sous contrat, socioprofessionnel | contrat_socio_pro / voie_socio_pro | À la fin du mois
--   = taux_social | Part sous contrat, social | contrat_social / voie_social | À la fin du mois
--   ^ contrat_emploi | Sous contrat, vers l'emploi | CER, PPAE ou contrat d'engagement en cours
--   ^ contrat_socio_pro | Sous contrat, socioprofessionnel | CER, PPAE ou contrat d'engagement en cours
--   ^ contrat_social | Sous contrat, social | CER, PPAE ou contrat d'engagement en cours
--   # Dans le mois
--   recues | Personnes reçues pour le contrat ou le suivi | Au moins un rendez-vous honoré dans le mois avec
--       l'organisme référent
-- colonnes:
--   @mois
-- parties:
--   lignes: sdd_dov = orientees + non_orientees
--   lignes: orientees = voie_emploi + voie_socio_pro + voie_social
--   lignes: orientees = pe + cd + oa
--   lignes: cd = cd_cer + cd_engagement + cd_sans
-- notes:
--   Le contrat d'engagement remplace le CER depuis 2025 ; les deux séries restent côte à côte.
WITH contrats_du_mois AS (
    SELECT
        k.au, k.personne_id,
        max(CASE WHEN k.serie = 'engagement' THEN 1 ELSE 0 END) AS engagement,
        max(CASE WHEN k.serie = 'cer' THEN 1 ELSE 0 END) AS cer
    FROM of_contrats_valides k
    GROUP BY k.au, k.personne_id
),
situees AS (
    SELECT
        m.mois, p.personne_id, o.voie, o.operateur, k.personne_id IS NOT NULL AS lie,
        coalesce(k.engagement, 0) = 1 AS engagement, coalesce(k.cer, 0) = 1 AS cer
    FROM mois_officiels m
    JOIN of_presentes p ON p.au = m.au AND p.sdd
    LEFT JOIN of_orientations_du_jour o ON o.au = m.au AND o.personne_id = p.personne_id
    LEFT JOIN contrats_du_mois k ON k.au = m.au AND k.personne_id = p.personne_id
),
recues AS (
    SELECT DISTINCT m.mois, r.personne_id
    FROM mois_officiels m
    JOIN rendez_vous r
        ON r.jour > m.veille AND r.jour <= m.au AND r.genre IN ('accompagnement', 'contrat')
        AND r.statut IN ('honore', 'sans_rendez_vous')
    JOIN of_presentes p ON p.au = m.au AND p.personne_id = r.personne_id AND p.sdd
    WHERE m.flux
),
mesures AS (
    SELECT mois, 'sdd_dov' AS ligne FROM situees
    UNION ALL
    SELECT mois, CASE WHEN voie IS NULL THEN 'non_orientees' ELSE 'orientees' END AS ligne FROM situees
    UNION ALL
    SELECT mois, concat('voie_', voie) AS ligne FROM situees WHERE voie IS NOT NULL
    UNION ALL
    SELECT mois, operateur AS ligne FROM situees WHERE voie IS NOT NULL
    UNION ALL
    SELECT mois, concat(operateur, '_contrat') AS ligne FROM situees WHERE operateur IN ('pe', 'oa') AND lie
    UNION ALL
    SELECT mois, CASE WHEN engagement THEN 'cd_engagement' WHEN cer THEN 'cd_cer' ELSE 'cd_sans' END AS ligne
    FROM situees
    WHERE operateur = 'cd'
    UNION ALL
    SELECT mois, concat('contrat_', voie) AS ligne FROM situees WHERE voie IS NOT NULL AND lie
    UNION ALL
    SELECT mois, 'recues' AS ligne FROM recues
)
SELECT ligne, mois AS colonne, count(*) AS valeur FROM mesures GROUP BY ligne, mois
