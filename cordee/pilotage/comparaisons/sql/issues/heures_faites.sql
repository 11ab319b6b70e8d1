-- La part des heures convenues qui ont été faites, sur les semaines renseignées des trente derniers jours, pour les personnes
-- sous contrat avec des heures. Chaque famille d'activité compte pour la plus forte de ses sources (justifiées, constatées,
-- déclarées : ADR 27) ; au-delà de 100, on compte 100. Inconnu : aucune semaine renseignée, qui ne dit pas « aucune heure ».
WITH convenues AS (
    SELECT c.au, c.il_y_a_30_jours, k.personne_id, max_by(k.structure_id, k.debut) AS structure_id, max_by(k.heures, k.debut) AS heures
    FROM contexte c
    JOIN contrats k ON k.debut <= c.il_y_a_30_jours AND c.au < k.fin AND k.heures > 0
    WHERE c.publie
    GROUP BY c.au, c.il_y_a_30_jours, k.personne_id
),
paroles AS (
    SELECT
        v.personne_id, h.semaine, h.famille,
        max_by(h.heures, CASE h.source WHEN 'verifiee' THEN 3 WHEN 'presente' THEN 2 ELSE 1 END) AS heures
    FROM convenues v
    JOIN heures h
        ON h.personne_id = v.personne_id AND h.semaine > v.il_y_a_30_jours AND h.semaine + 6 <= v.au AND h.remplacee_le > v.au
    GROUP BY v.personne_id, h.semaine, h.famille
),
semaines AS (
    SELECT personne_id, sum(heures) AS faites, count(DISTINCT semaine) AS n FROM paroles GROUP BY personne_id
)
SELECT
    v.personne_id, v.structure_id, v.au AS jour, coalesce(o.voie, '') AS voie,
    CASE WHEN s.faites >= v.heures * s.n THEN 100.0 ELSE coalesce(100.0 * s.faites / (v.heures * s.n), 0.0) END AS valeur,
    s.personne_id IS NULL AS inconnu
FROM convenues v
LEFT JOIN semaines s ON s.personne_id = v.personne_id
LEFT JOIN orientations_au o ON o.au = v.au AND o.personne_id = v.personne_id
