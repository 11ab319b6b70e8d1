-- Un contrat dans le mois (31 jours) qui suit la notification de l'orientation, pour les orientations notifiées il y a un à
-- douze mois. Inconnu : orientation close ou droit fini avant le terme, sans contrat ; organisme extérieur qui n'a rien dit.
WITH recues AS (
    SELECT
        c.au, o.personne_id, o.structure_id,
        min(coalesce(o.notifiee_le, o.debut)) AS jour,
        min(o.debut) AS debut,
        min_by(o.voie, {'debut': o.debut, 'id': o.id}) AS voie,
        min_by(o.categorie, {'debut': o.debut, 'id': o.id}) AS categorie,
        max(o.fin) AS fin
    FROM contexte c
    JOIN orientations o
        ON coalesce(o.notifiee_le, o.debut) > c.il_y_a_12_mois AND coalesce(o.notifiee_le, o.debut) <= c.il_y_a_1_mois
    WHERE c.publie
    GROUP BY c.au, o.personne_id, o.structure_id
),
signatures AS (
    SELECT personne_id, coalesce(signe_le, debut) AS jour FROM contrats
    UNION ALL
    SELECT personne_id, contrat_dit AS jour FROM evenements WHERE genre = 'information_partenaire' AND contrat_dit IS NOT NULL
),
premieres AS (
    SELECT r.personne_id, r.structure_id, min(k.jour) AS signe_le
    FROM recues r
    JOIN signatures k ON k.personne_id = r.personne_id AND k.jour >= r.debut AND k.jour <= r.au
    GROUP BY r.personne_id, r.structure_id
),
dites AS (
    SELECT DISTINCT r.personne_id, r.structure_id
    FROM recues r
    JOIN evenements e
        ON e.genre = 'information_partenaire' AND e.personne_id = r.personne_id AND e.pour_id = r.structure_id
        AND e.jour >= r.debut AND e.jour <= r.au
),
presentes AS (
    SELECT DISTINCT r.personne_id, r.structure_id
    FROM recues r
    JOIN periodes_sdd p ON p.personne_id = r.personne_id AND p.debut <= r.jour + 31 AND p.fin > r.jour + 31
)
SELECT
    r.personne_id, r.structure_id, r.jour, r.voie,
    CASE WHEN s.signe_le <= r.jour + 31 THEN 1.0 ELSE 0.0 END AS valeur,
    CASE WHEN s.signe_le <= r.jour + 31 THEN FALSE
         WHEN r.categorie = 'operateur_emploi' AND d.personne_id IS NULL THEN TRUE
         ELSE p.personne_id IS NULL OR r.fin <= r.jour + 31 END AS inconnu
FROM recues r
LEFT JOIN premieres s ON s.personne_id = r.personne_id AND s.structure_id = r.structure_id
LEFT JOIN dites d ON d.personne_id = r.personne_id AND d.structure_id = r.structure_id
LEFT JOIN presentes p ON p.personne_id = r.personne_id AND p.structure_id = r.structure_id
