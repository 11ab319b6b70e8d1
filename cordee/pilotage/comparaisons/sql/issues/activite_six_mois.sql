-- En situation d'activité six mois (183 jours) après l'orientation, pour les orientations notifiées il y a six à dix-huit
-- mois : emploi ou activité indépendante constatés et non terminés ce jour-là, ou sortie dite vers l'emploi sans retour.
-- Inconnu : plus soumise ce jour-là sans que l'on sache pourquoi. N'en rien savoir n'est pas un échec.
WITH recues AS (
    SELECT
        c.au, o.personne_id, o.structure_id,
        min(coalesce(o.notifiee_le, o.debut)) AS jour,
        min_by(o.voie, {'debut': o.debut, 'id': o.id}) AS voie
    FROM contexte c
    JOIN orientations o
        ON coalesce(o.notifiee_le, o.debut) > c.il_y_a_18_mois AND coalesce(o.notifiee_le, o.debut) <= c.il_y_a_6_mois
    WHERE c.publie
    GROUP BY c.au, o.personne_id, o.structure_id
),
constats AS (
    SELECT
        r.personne_id, r.structure_id,
        max(CASE WHEN e.etat IN ('en_emploi_partiel', 'independante') THEN e.jour END) AS emploi_le,
        max(CASE WHEN e.genre = 'reprise' THEN e.jour END) AS reprise_le
    FROM recues r
    JOIN evenements e
        ON e.personne_id = r.personne_id AND e.genre IN ('situation_particuliere', 'reprise') AND e.jour <= r.jour + 183
    GROUP BY r.personne_id, r.structure_id
),
sorties AS (
    SELECT r.personne_id, r.structure_id, max(s.jour) AS sortie_le
    FROM recues r
    JOIN sorties_emploi_dites s ON s.personne_id = r.personne_id AND s.jour > r.jour AND s.jour <= r.jour + 183
    GROUP BY r.personne_id, r.structure_id
),
presentes AS (
    SELECT DISTINCT r.personne_id, r.structure_id
    FROM recues r
    JOIN periodes_sdd p ON p.personne_id = r.personne_id AND p.debut <= r.jour + 183 AND p.fin > r.jour + 183
)
SELECT
    r.personne_id, r.structure_id, r.jour, r.voie,
    CASE WHEN k.emploi_le IS NOT NULL AND (k.reprise_le IS NULL OR k.reprise_le < k.emploi_le) THEN 1.0
         WHEN s.sortie_le IS NOT NULL AND p.personne_id IS NULL THEN 1.0 ELSE 0.0 END AS valeur,
    CASE WHEN k.emploi_le IS NOT NULL AND (k.reprise_le IS NULL OR k.reprise_le < k.emploi_le) THEN FALSE
         ELSE p.personne_id IS NULL AND s.sortie_le IS NULL END AS inconnu
FROM recues r
LEFT JOIN constats k ON k.personne_id = r.personne_id AND k.structure_id = r.structure_id
LEFT JOIN sorties s ON s.personne_id = r.personne_id AND s.structure_id = r.structure_id
LEFT JOIN presentes p ON p.personne_id = r.personne_id AND p.structure_id = r.structure_id
