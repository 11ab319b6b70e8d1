-- code: en_emploi_soumises
-- libelle: Personnes soumises en emploi
-- famille: emploi
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises dont une situation d'emploi ou d'activité indépendante a été constatée et dont la
--   reprise du parcours n'a pas été notée depuis.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: R71 ; CASF L262-28 (moins de 500 € par mois)
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 3
-- repond: K11
WITH constats AS (
    SELECT
        s.au, s.personne_id,
        max(CASE WHEN e.etat IN ('en_emploi_partiel', 'independante') THEN e.jour END) AS emploi_le,
        max(CASE WHEN e.genre = 'reprise' THEN e.jour END) AS reprise_le
    FROM sdd s
    JOIN evenements e
        ON e.personne_id = s.personne_id AND e.genre IN ('situation_particuliere', 'reprise') AND e.jour <= s.au
    WHERE s.soumise
    GROUP BY s.au, s.personne_id
)
SELECT au, personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM constats
WHERE emploi_le IS NOT NULL AND (reprise_le IS NULL OR reprise_le < emploi_le)
