-- code: pauvrete_a2b
-- famille: pauvrete
-- numero: A2b
-- titre: Nouveaux entrants orientés vers le Département : premier contrat
-- unite: personnes
-- perimetre: sdd_drees
-- source: Suivi mensuel de la stratégie de lutte contre la pauvreté, tableau A2b, sans les droits suspendus
-- lignes:
--   cd | Nouveaux entrants orientés vers le Département | Leur première orientation depuis leur entrée
--   contrat | dont un premier contrat a été signé | CER ou contrat d'engagement, après la décision, à la date d'arrêté
--   echus | Orientés depuis deux mois ou plus | Soixante et un jours passés à la date d'arrêté
--   > deux_mois | dont contrat signé dans les deux mois | De la décision à la signature
--   > plus_deux_mois | dont plus tard ou pas encore | Au-delà de deux mois à la date d'arrêté
--   = taux | Part sous contrat dans les deux mois | deux_mois / echus | Parmi celles dont les deux mois sont passés
-- colonnes:
--   @mois
-- parties:
--   lignes: echus = deux_mois + plus_deux_mois
WITH orientees AS (
    SELECT mois, contrat_le, decidee_le, deux_mois_echus FROM of_nouvelles_suivies WHERE operateur = 'cd'
),
mesures AS (
    SELECT mois, 'cd' AS ligne FROM orientees
    UNION ALL
    SELECT mois, 'contrat' AS ligne FROM orientees WHERE contrat_le IS NOT NULL
    UNION ALL
    SELECT mois, 'echus' AS ligne FROM orientees WHERE deux_mois_echus
    UNION ALL
    SELECT mois, CASE WHEN contrat_le <= decidee_le + 61 THEN 'deux_mois' ELSE 'plus_deux_mois' END AS ligne
    FROM orientees
    WHERE deux_mois_echus
)
SELECT ligne, mois AS colonne, count(*) AS valeur FROM mesures GROUP BY ligne, mois
