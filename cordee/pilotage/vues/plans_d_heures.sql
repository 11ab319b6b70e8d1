-- Les personnes soumises dont le contrat d'engagement en vigueur dit les heures d'activité de la semaine. allegement : dispense
-- (aucune heure, à la demande de la personne) ou minoration (moins de quinze heures) ; raison : sa famille de motifs.
SELECT
    s.au, s.personne_id, k.debut,
    max(k.heures) AS heures,
    max(CASE WHEN k.heures = 0 THEN 'dispense' WHEN k.heures < 15 THEN 'minoration' END) AS allegement,
    max(CASE WHEN k.heures >= 15 THEN NULL
             WHEN k.motif_heures IN ('sante', 'etat_de_sante', 'handicap', 'invalidite') THEN 'sante'
             WHEN k.motif_heures IN ('famille', 'parent_isole_sans_garde') THEN 'famille'
             WHEN k.motif_heures IN ('emploi', 'formation') THEN 'emploi'
             WHEN k.motif_heures IN ('transport', 'demarrage', 'autre') THEN 'autre'
             ELSE 'non_dite' END) AS raison
FROM contexte c
JOIN sdd s ON s.au = c.au
JOIN contrats k ON k.personne_id = s.personne_id AND k.debut <= s.au AND s.au < k.fin
WHERE c.publie AND s.soumise AND k.genre = 'contrat_engagement' AND k.heures IS NOT NULL
GROUP BY s.au, s.personne_id, k.debut
