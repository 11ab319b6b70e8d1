-- Chaque difficulté d'une personne, d'un thème : le jour où un entretien l'a trouvée, et celui où elle est levée : un entretien plus
-- récent la dit sans impact, ou tous les constats notés sur ce thème sont fermés. levee_le vide : encore ouverte.
WITH dites AS (
    SELECT personne_id, id, jour, 'sante' AS theme, sante AS impact FROM diagnostics_valables WHERE sante IN ('fort', 'faible', 'aucun')
    UNION ALL
    SELECT personne_id, id, jour, 'logement' AS theme, logement AS impact FROM diagnostics_valables WHERE logement IN ('fort', 'faible', 'aucun')
    UNION ALL
    SELECT personne_id, id, jour, 'mobilite' AS theme, mobilite AS impact FROM diagnostics_valables WHERE mobilite IN ('fort', 'faible', 'aucun')
    UNION ALL
    SELECT personne_id, id, jour, 'famille' AS theme, famille AS impact FROM diagnostics_valables WHERE famille IN ('fort', 'faible', 'aucun')
    UNION ALL
    SELECT personne_id, id, jour, 'finances' AS theme, finances AS impact FROM diagnostics_valables WHERE finances IN ('fort', 'faible', 'aucun')
    UNION ALL
    SELECT personne_id, id, jour, 'numerique' AS theme, numerique AS impact FROM diagnostics_valables WHERE numerique IN ('fort', 'faible', 'aucun')
    UNION ALL
    SELECT personne_id, id, jour, 'demarches' AS theme, demarches AS impact FROM diagnostics_valables WHERE demarches IN ('fort', 'faible', 'aucun')
    UNION ALL
    SELECT personne_id, id, jour, 'langue' AS theme, langue AS impact FROM diagnostics_valables WHERE langue IN ('fort', 'faible', 'aucun')
    UNION ALL
    SELECT personne_id, id, jour, 'confiance' AS theme, confiance AS impact FROM diagnostics_valables WHERE confiance IN ('fort', 'faible', 'aucun')
),
suivies AS (
    SELECT personne_id, theme, jour, impact,
        lag(impact) OVER (PARTITION BY personne_id, theme ORDER BY jour, id) AS avant
    FROM dites
),
trouvees AS (
    SELECT personne_id, theme, jour FROM suivies WHERE impact IN ('fort', 'faible') AND (avant IS NULL OR avant = 'aucun')
),
fermees AS (
    SELECT personne_id, theme, min(debut) AS debut, max(fin) AS fin
    FROM constats
    WHERE nature = 'situation'
    GROUP BY personne_id, theme
),
levees AS (
    SELECT t.personne_id, t.theme, t.jour,
        min(CASE WHEN d.impact = 'aucun' AND d.jour > t.jour THEN d.jour END) AS dite_levee_le,
        max(CASE WHEN f.fin < DATE '9999-12-31' AND f.fin >= t.jour THEN f.fin END) AS constat_ferme_le
    FROM trouvees t
    LEFT JOIN dites d ON d.personne_id = t.personne_id AND d.theme = t.theme AND d.impact = 'aucun' AND d.jour > t.jour
    LEFT JOIN fermees f ON f.personne_id = t.personne_id AND f.theme = t.theme
    GROUP BY t.personne_id, t.theme, t.jour
)
SELECT personne_id, theme, jour AS trouvee_le,
    CASE WHEN dite_levee_le IS NULL THEN constat_ferme_le
         WHEN constat_ferme_le IS NULL THEN dite_levee_le
         ELSE least(dite_levee_le, constat_ferme_le) END AS levee_le
FROM levees
