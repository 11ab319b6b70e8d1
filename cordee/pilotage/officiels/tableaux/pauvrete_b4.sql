-- code: pauvrete_b4
-- famille: pauvrete
-- numero: B4
-- titre: Premier rendez-vous après l'orientation, au mois de l'orientation
-- unite: personnes
-- perimetre: sdd_drees
-- source: Suivi mensuel de la stratégie de lutte contre la pauvreté, tableau B4, sans les droits suspendus
-- lignes:
--   # Social
--   social_orientees | Premières orientations du mois | Jamais une réorientation ; soumis, droit versable à la fin du
--       mois
--   > social_present | Premier rendez-vous honoré | Avec l'organisme référent, après la décision
--   > social_excuse | Absence excusée | Au premier rendez-vous
--   > social_absent | Absence non excusée | Au premier rendez-vous
--   > social_sans_suite | Rendez-vous sans suite notée | À venir, ou résultat non noté
--   > social_sans_rdv | Aucun rendez-vous connu | À la date d'arrêté ; un partenaire extérieur ne le dit pas toujours
--   social_fixes | Rendez-vous fixés | Quel qu'en soit le résultat
--   > social_quinze_jours | dont dans les quinze jours | Le jour du rendez-vous
--   ~ social_delai | Délai moyen de l'orientation au rendez-vous (jours) | social_fixes | Moyenne simple
--   = social_presence | Taux de présence | social_present / social_present + social_excuse + social_absent |
--       Rendez-vous dont le résultat est noté
--   # Socioprofessionnel
--   socio_pro_orientees | Premières orientations du mois | Jamais une réorientation ; soumis, droit versable à la fin
--       du mois
--   > socio_pro_present | Premier rendez-vous honoré | Avec l'organisme référent, après la décision
--   > socio_pro_excuse | Absence excusée | Au premier rendez-vous
--   > socio_pro_absent | Absence non excusée | Au premier rendez-vous
--   > socio_pro_sans_suite | Rendez-vous sans suite notée | À venir, ou résultat non noté
--   > socio_pro_sans_rdv | Aucun rendez-vous connu | À la date d'arrêté ; un partenaire extérieur ne le dit pas
--       toujours
--   socio_pro_fixes | Rendez-vous fixés | Quel qu'en soit le résultat
--   > socio_pro_quinze_jours | dont dans les quinze jours | Le jour du rendez-vous
--   ~ socio_pro_delai | Délai moyen de l'orientation au rendez-vous (jours) | socio_pro_fixes | Moyenne simple
--   = socio_pro_presence | Taux de présence | socio_pro_present / socio_pro_present + socio_pro_excuse +
--       socio_pro_absent | Rendez-vous dont le résultat est noté
--   # Emploi
--   emploi_orientees | Premières orientations du mois | Jamais une réorientation ; soumis, droit versable à la fin du
--       mois
--   > emploi_present | Premier rendez-vous honoré | Avec l'organisme référent, après la décision
--   > emploi_excuse | Absence excusée | Au premier rendez-vous
--   > emploi_absent | Absence non excusée | Au premier rendez-vous
--   > emploi_sans_suite | Rendez-vous sans suite notée | À venir, ou résultat non noté
--   > emploi_sans_rdv | Aucun rendez-vous connu | À la date d'arrêté ; un partenaire extérieur ne le dit pas toujours
--   emploi_fixes | Rendez-vous fixés | Quel qu'en soit le résultat
--   > emploi_quinze_jours | dont dans les quinze jours | Le jour du rendez-vous
--   ~ emploi_delai | Délai moyen de l'orientation au rendez-vous (jours) | emploi_fixes | Moyenne simple
--   = emploi_presence | Taux de présence | emploi_present / emploi_present + emploi_excuse + emploi_absent |
--       Rendez-vous dont le résultat est noté
--   # Toutes voies
--   total_orientees | Premières orientations du mois | Jamais une réorientation ; soumis, droit versable à la fin du
--       mois
--   > total_present | Premier rendez-vous honoré | Avec l'organisme référent, après la décision
--   > total_excuse | Absence excusée | Au premier rendez-vous
--   > total_absent | Absence non excusée | Au premier rendez-vous
--   > total_sans_suite | Rendez-vous sans suite notée | À venir, ou résultat non noté
--   > total_sans_rdv | Aucun rendez-vous connu | À la date d'arrêté ; un partenaire extérieur ne le dit pas toujours
--   total_fixes | Rendez-vous fixés | Quel qu'en soit le résultat
--   > total_quinze_jours | dont dans les quinze jours | Le jour du rendez-vous
--   ~ total_delai | Délai moyen de l'orientation au rendez-vous (jours) | total_fixes | Moyenne simple
--   = total_presence | Taux de présence | total_present / total_present + total_excuse + total_absent | Rendez-vous
--       dont le résultat est noté
-- colonnes:
--   @mois
-- parties:
--   lignes: total_orientees = total_present + total_excuse + total_absent + total_sans_suite + total_sans_rdv
--   lignes: social_orientees = social_present + social_excuse + social_absent + social_sans_suite + social_sans_rdv
--   lignes: socio_pro_orientees = socio_pro_present + socio_pro_excuse + socio_pro_absent + socio_pro_sans_suite +
--       socio_pro_sans_rdv
--   lignes: emploi_orientees = emploi_present + emploi_excuse + emploi_absent + emploi_sans_suite + emploi_sans_rdv
--   lignes: total_orientees = social_orientees + socio_pro_orientees + emploi_orientees
--   lignes: total_fixes = social_fixes + socio_pro_fixes + emploi_fixes
WITH par_voie AS (
    SELECT mois, voie, statut, rdv_le, decidee_le FROM of_orientations_du_mois
    UNION ALL
    SELECT mois, 'total' AS voie, statut, rdv_le, decidee_le FROM of_orientations_du_mois
),
mesures AS (
    SELECT mois, concat(voie, '_orientees') AS ligne, 1 AS valeur FROM par_voie
    UNION ALL
    SELECT
        mois,
        concat(voie, CASE WHEN rdv_le IS NULL THEN '_sans_rdv'
                          WHEN statut IN ('honore', 'sans_rendez_vous') THEN '_present'
                          WHEN statut = 'excuse' THEN '_excuse' WHEN statut = 'absent' THEN '_absent'
                          ELSE '_sans_suite' END) AS ligne,
        1 AS valeur
    FROM par_voie
    UNION ALL
    SELECT mois, concat(voie, '_fixes') AS ligne, 1 AS valeur FROM par_voie WHERE rdv_le IS NOT NULL
    UNION ALL
    SELECT mois, concat(voie, '_quinze_jours') AS ligne, 1 AS valeur FROM par_voie WHERE rdv_le <= decidee_le + 15
    UNION ALL
    SELECT mois, concat(voie, '_delai') AS ligne, datediff('day', decidee_le, rdv_le) AS valeur
    FROM par_voie
    WHERE rdv_le IS NOT NULL
)
SELECT ligne, mois AS colonne, sum(valeur) AS valeur FROM mesures GROUP BY ligne, mois
