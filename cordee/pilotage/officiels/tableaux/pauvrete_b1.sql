-- code: pauvrete_b1
-- famille: pauvrete
-- numero: B1
-- titre: Orientation des nouveaux entrants, par délai, et premières orientations du mois
-- unite: personnes
-- perimetre: sdd_drees
-- source: Suivi mensuel de la stratégie de lutte contre la pauvreté, tableau B1, sans les droits suspendus
-- lignes:
--   # Nouveaux entrants du mois, et ce qu'ils sont devenus à la date d'arrêté
--   nouveaux | Nouveaux entrants | Soumis, droit versable à la fin du mois, et pas à la fin du mois d'avant
--   > deja | Déjà orientés en entrant | Une orientation plus ancienne tient encore
--   > avant | Orientés avant la réception de l'information | Délai négatif, compté à part
--   > moins_30 | Orientés en moins de 30 jours | De la réception de l'information à la décision
--   > 30_60 | Orientés en 30 à 59 jours | De la réception de l'information à la décision
--   > 60_90 | Orientés en 60 à 89 jours | De la réception de l'information à la décision
--   > 90_plus | Orientés en 90 jours et plus | De la réception de l'information à la décision
--   > convoques | Pas encore orientés, convoqués | Une convocation leur a été envoyée
--   > non_convoques | Pas encore orientés, sans convocation | Aucune convocation connue ; y compris les sorties
--   ~ delai | Délai moyen de la réception à la décision (jours) | mesures | Sans les délais négatifs
--   mesures | Délais mesurés | Orientés après la réception
--   echus | Nouveaux entrants à orienter, mois écoulé | Non déjà orientés, et 31 jours passés à la date d'arrêté
--   > moins_31 | dont orientés en moins de 31 jours | Ou avant la réception de l'information
--   = taux | Part orientée en moins de 31 jours | moins_31 / echus | Le mois doit être écoulé
--   # Premières orientations décidées dans le mois
--   premieres | Premières orientations du mois | Jamais une réorientation ; soumis, droit versable à la fin du mois
--   > voie_emploi | vers l'emploi | Voie décidée
--   > voie_socio_pro | en socioprofessionnel | Voie décidée
--   > voie_social | en social | Voie décidée
--   pe | vers France Travail | Organisme référent
--   cd | vers le Département | Organisme référent
--   oa | vers un autre organisme | Organisme référent
-- colonnes:
--   @mois
-- parties:
--   lignes: nouveaux = deja + avant + moins_30 + 30_60 + 60_90 + 90_plus + convoques + non_convoques
--   lignes: mesures = moins_30 + 30_60 + 60_90 + 90_plus
--   lignes: premieres = voie_emploi + voie_socio_pro + voie_social
--   lignes: premieres = pe + cd + oa
WITH convoquees AS (
    SELECT DISTINCT n.au, n.personne_id
    FROM of_nouvelles n
    CROSS JOIN exercice x
    JOIN evenements e
        ON e.personne_id = n.personne_id AND e.genre = 'convocation' AND e.jour > n.veille AND e.jour <= x.arrete
),
suivies AS (
    SELECT s.mois, s.personne_id, s.jours, s.deja_orientee, s.echu, c.personne_id IS NOT NULL AS convoquee
    FROM of_nouvelles_suivies s
    JOIN mois_officiels m ON m.mois = s.mois
    LEFT JOIN convoquees c ON c.au = m.au AND c.personne_id = s.personne_id
),
mesures AS (
    SELECT mois, 'nouveaux' AS ligne, 1 AS valeur FROM suivies
    UNION ALL
    SELECT
        mois,
        CASE WHEN deja_orientee THEN 'deja' WHEN jours < 0 THEN 'avant' WHEN jours < 30 THEN 'moins_30'
             WHEN jours < 60 THEN '30_60' WHEN jours < 90 THEN '60_90' WHEN jours >= 90 THEN '90_plus'
             WHEN convoquee THEN 'convoques' ELSE 'non_convoques' END AS ligne,
        1 AS valeur
    FROM suivies
    UNION ALL
    SELECT mois, 'delai' AS ligne, jours AS valeur FROM suivies WHERE NOT deja_orientee AND jours >= 0
    UNION ALL
    SELECT mois, 'mesures' AS ligne, 1 AS valeur FROM suivies WHERE NOT deja_orientee AND jours >= 0
    UNION ALL
    SELECT mois, 'echus' AS ligne, 1 AS valeur FROM suivies WHERE NOT deja_orientee AND echu
    UNION ALL
    SELECT mois, 'moins_31' AS ligne, 1 AS valeur FROM suivies WHERE NOT deja_orientee AND echu AND jours < 31
    UNION ALL
    SELECT mois, 'premieres' AS ligne, 1 AS valeur FROM of_orientations_du_mois
    UNION ALL
    SELECT mois, concat('voie_', voie) AS ligne, 1 AS valeur FROM of_orientations_du_mois
    UNION ALL
    SELECT mois, operateur AS ligne, 1 AS valeur FROM of_orientations_du_mois
)
SELECT ligne, mois AS colonne, sum(valeur) AS valeur FROM mesures GROUP BY ligne, mois
