-- code: pauvrete_b5
-- famille: pauvrete
-- numero: B5
-- titre: Premier contrat après l'orientation, au mois de l'orientation
-- unite: personnes
-- perimetre: sdd_drees
-- source: Suivi mensuel de la stratégie de lutte contre la pauvreté, tableau B5, sans les droits suspendus
-- lignes:
--   # Social
--   social_orientees | Premières orientations du mois | Jamais une réorientation ; soumis, droit versable à la fin du
--       mois
--   > social_contrat | dont premier contrat signé | CER, PPAE ou contrat d'engagement, après la décision, à la date
--       d'arrêté
--   > social_avant | dont contrat signé avant la décision | Délai négatif, compté à part
--   > social_sans | dont sans contrat connu | À la date d'arrêté ; n'avoir rien reçu d'un partenaire n'est pas une
--       absence
--   ~ social_delai | Délai moyen de l'orientation au contrat (jours) | social_contrat | Moyenne simple
--   social_quinze_jours | Signés dans les quinze jours | De la décision à la signature
--   social_echus | Orientés depuis deux mois ou plus | Soixante et un jours passés à la date d'arrêté
--   > social_deux_mois | dont signés dans les deux mois de l'orientation | De la décision à la signature
--   social_reception | Signés dans les deux mois de la réception | De la réception de l'information de la caisse à la
--       signature
--   = social_taux | Part sous contrat dans les deux mois | social_deux_mois / social_echus | Parmi celles dont les deux
--       mois sont passés
--   # Socioprofessionnel
--   socio_pro_orientees | Premières orientations du mois | Jamais une réorientation ; soumis, droit versable à la fin
--       du mois
--   > socio_pro_contrat | dont premier contrat signé | CER, PPAE ou contrat d'engagement, après la décision, à la date
--       d'arrêté
--   > socio_pro_avant | dont contrat signé avant la décision | Délai négatif, compté à part
--   > socio_pro_sans | dont sans contrat connu | À la date d'arrêté ; n'avoir rien reçu d'un partenaire n'est pas une
--       absence
--   ~ socio_pro_delai | Délai moyen de l'orientation au contrat (jours) | socio_pro_contrat | Moyenne simple
--   socio_pro_quinze_jours | Signés dans les quinze jours | De la décision à la signature
--   socio_pro_echus | Orientés depuis deux mois ou plus | Soixante et un jours passés à la date d'arrêté
--   > socio_pro_deux_mois | dont signés dans les deux mois de l'orientation | De la décision à la signature
--   socio_pro_reception | Signés dans les deux mois de la réception | De la réception de l'information de la caisse à
--       la signature
--   = socio_pro_taux | Part sous contrat dans les deux mois | socio_pro_deux_mois / socio_pro_echus | Parmi celles dont
--       les deux mois sont passés
--   # Emploi
--   emploi_orientees | Premières orientations du mois | Jamais une réorientation ; soumis, droit versable à la fin du
--       mois
--   > emploi_contrat | dont premier contrat signé | CER, PPAE ou contrat d'engagement, après la décision, à la date
--       d'arrêté
--   > emploi_avant | dont contrat signé avant la décision | Délai négatif, compté à part
--   > emploi_sans | dont sans contrat connu | À la date d'arrêté ; n'avoir rien reçu d'un partenaire n'est pas une
--       absence
--   ~ emploi_delai | Délai moyen de l'orientation au contrat (jours) | emploi_contrat | Moyenne simple
--   emploi_quinze_jours | Signés dans les quinze jours | De la décision à la signature
--   emploi_echus | Orientés depuis deux mois ou plus | Soixante et un jours passés à la date d'arrêté
--   > emploi_deux_mois | dont signés dans les deux mois de l'orientation | De la décision à la signature
--   emploi_reception | Signés dans les deux mois de la réception | De la réception de l'information de la caisse à la
--       signature
--   = emploi_taux | Part sous contrat dans les deux mois | emploi_deux_mois / emploi_echus | Parmi celles dont les deux
--       mois sont passés
--   # Toutes voies
--   total_orientees | Premières orientations du mois | Jamais une réorientation ; soumis, droit versable à la fin du
--       mois
--   > total_contrat | dont premier contrat signé | CER, PPAE ou contrat d'engagement, après la décision, à la date
--       d'arrêté
--   > total_avant | dont contrat signé avant la décision | Délai négatif, compté à part
--   > total_sans | dont sans contrat connu | À la date d'arrêté ; n'avoir rien reçu d'un partenaire n'est pas une
--       absence
--   ~ total_delai | Délai moyen de l'orientation au contrat (jours) | total_contrat | Moyenne simple
--   total_quinze_jours | Signés dans les quinze jours | De la décision à la signature
--   total_echus | Orientés depuis deux mois ou plus | Soixante et un jours passés à la date d'arrêté
--   > total_deux_mois | dont signés dans les deux mois de l'orientation | De la décision à la signature
--   total_reception | Signés dans les deux mois de la réception | De la réception de l'information de la caisse à la
--       signature
--   = total_taux | Part sous contrat dans les deux mois | total_deux_mois / total_echus | Parmi celles dont les deux
--       mois sont passés
-- colonnes:
--   @mois
-- parties:
--   lignes: total_orientees = total_contrat + total_avant + total_sans
--   lignes: social_orientees = social_contrat + social_avant + social_sans
--   lignes: socio_pro_orientees = socio_pro_contrat + socio_pro_avant + socio_pro_sans
--   lignes: emploi_orientees = emploi_contrat + emploi_avant + emploi_sans
--   lignes: total_orientees = social_orientees + socio_pro_orientees + emploi_orientees
--   lignes: total_contrat = social_contrat + socio_pro_contrat + emploi_contrat
-- notes:
--   Les mêmes lignes pour les seuls nouveaux entrants orientés vers le Département sont au tableau A2b.
WITH par_voie AS (
    SELECT mois, voie, contrat_le, avant, decidee_le, recue_le, deux_mois_echus FROM of_orientations_du_mois
    UNION ALL
    SELECT mois, 'total' AS voie, contrat_le, avant, decidee_le, recue_le, deux_mois_echus FROM of_orientations_du_mois
),
mesures AS (
    SELECT mois, concat(voie, '_orientees') AS ligne, 1 AS valeur FROM par_voie
    UNION ALL
    SELECT
        mois,
        concat(voie, CASE WHEN contrat_le IS NOT NULL THEN '_contrat'
                          WHEN avant THEN '_avant' ELSE '_sans' END) AS ligne,
        1 AS valeur
    FROM par_voie
    UNION ALL
    SELECT mois, concat(voie, '_delai') AS ligne, datediff('day', decidee_le, contrat_le) AS valeur
    FROM par_voie
    WHERE contrat_le IS NOT NULL
    UNION ALL
    SELECT mois, concat(voie, '_quinze_jours') AS ligne, 1 AS valeur FROM par_voie WHERE contrat_le <= decidee_le + 15
    UNION ALL
    SELECT mois, concat(voie, '_echus') AS ligne, 1 AS valeur FROM par_voie WHERE deux_mois_echus
    UNION ALL
    SELECT mois, concat(voie, '_deux_mois') AS ligne, 1 AS valeur
    FROM par_voie
    WHERE deux_mois_echus AND contrat_le <= decidee_le + 61
    UNION ALL
    SELECT mois, concat(voie, '_reception') AS ligne, 1 AS valeur FROM par_voie WHERE contrat_le <= recue_le + 61
)
SELECT ligne, mois AS colonne, sum(valeur) AS valeur FROM mesures GROUP BY ligne, mois
