-- code: pauvrete_a2a
-- famille: pauvrete
-- numero: A2a
-- titre: Nouveaux entrants orientés vers le Département : premier rendez-vous
-- unite: personnes
-- perimetre: sdd_drees
-- source: Suivi mensuel de la stratégie de lutte contre la pauvreté, tableau A2a, sans les droits suspendus
-- lignes:
--   cd | Nouveaux entrants orientés vers le Département | Leur première orientation depuis leur entrée
--   > moins_un_mois | dont orientés en moins d'un mois | Décision dans les 30 jours qui suivent la réception, ou avant
--       elle
--   > plus_un_mois | dont orientés plus tard | Au-delà de 30 jours
--   rdv | dont un premier rendez-vous a été fixé | Avec l'organisme référent, après la décision
--   echus | Orientés depuis quinze jours ou plus | Quinze jours passés à la date d'arrêté
--   > quinze_jours | dont premier rendez-vous dans les quinze jours | Le jour du rendez-vous
--   > plus_quinze_jours | dont plus tard ou pas encore | Au-delà de quinze jours à la date d'arrêté
--   = taux | Part reçue ou attendue dans les quinze jours | quinze_jours / echus | Parmi celles dont les quinze jours
--       sont passés
-- colonnes:
--   @mois
-- parties:
--   lignes: cd = moins_un_mois + plus_un_mois
--   lignes: echus = quinze_jours + plus_quinze_jours
-- notes:
--   Un rendez-vous compte au jour où il a lieu : la date à laquelle il a été fixé n'est pas gardée pour tous.
WITH orientees AS (
    SELECT mois, jours, rdv_le, decidee_le, quinzaine_echue FROM of_nouvelles_suivies WHERE operateur = 'cd'
),
mesures AS (
    SELECT mois, 'cd' AS ligne FROM orientees
    UNION ALL
    SELECT mois, CASE WHEN jours < 31 THEN 'moins_un_mois' ELSE 'plus_un_mois' END AS ligne FROM orientees
    UNION ALL
    SELECT mois, 'rdv' AS ligne FROM orientees WHERE rdv_le IS NOT NULL
    UNION ALL
    SELECT mois, 'echus' AS ligne FROM orientees WHERE quinzaine_echue
    UNION ALL
    SELECT mois, CASE WHEN rdv_le <= decidee_le + 15 THEN 'quinze_jours' ELSE 'plus_quinze_jours' END AS ligne
    FROM orientees
    WHERE quinzaine_echue
)
SELECT ligne, mois AS colonne, count(*) AS valeur FROM mesures GROUP BY ligne, mois
