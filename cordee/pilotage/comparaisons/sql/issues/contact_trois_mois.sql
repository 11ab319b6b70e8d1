-- Accompagnée activement (REQ-53) : un échange direct dans les trois derniers mois, pour les personnes soumises dont la
-- structure est l'organisme référent depuis plus de trois mois. Inconnu : organisme extérieur qui n'a rien dit.
WITH suivies_du_jour AS (
    SELECT c.au, s.personne_id, r.structure_id, o.voie, o.categorie, c.il_y_a_3_mois
    FROM contexte c
    JOIN sdd s ON s.au = c.au AND s.soumise
    JOIN referents r ON r.au = c.au AND r.personne_id = s.personne_id
    JOIN orientations_au o ON o.au = c.au AND o.personne_id = s.personne_id
    WHERE c.publie AND o.debut <= c.il_y_a_3_mois
)
SELECT
    d.personne_id, d.structure_id, d.au AS jour, d.voie,
    CASE WHEN e.dernier_le > d.il_y_a_3_mois THEN 1.0 ELSE 0.0 END AS valeur,
    d.categorie = 'operateur_emploi' AND p.personne_id IS NULL AND coalesce(e.dernier_le <= d.il_y_a_3_mois, TRUE) AS inconnu
FROM suivies_du_jour d
LEFT JOIN derniers_echanges e ON e.au = d.au AND e.personne_id = d.personne_id
LEFT JOIN partenaires_au p ON p.au = d.au AND p.personne_id = d.personne_id
