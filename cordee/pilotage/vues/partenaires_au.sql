-- Ce que l'organisme référent extérieur a dit d'une personne depuis qu'il l'est (E05) : n'avoir rien reçu n'est pas un retard.
SELECT
    o.au, o.personne_id, o.categorie,
    max(e.jour) AS recue_le,
    max_by(e.contrat_dit, {'jour': e.jour, 'id': e.id}) FILTER (WHERE e.contrat_dit <= o.au) AS contrat_dit,
    max(e.contact_dit) FILTER (WHERE e.contact_dit <= o.au) AS contact_dit,
    max(CASE WHEN e.referent_dit THEN 1 ELSE 0 END) = 1 AS referent_dit
FROM orientations_au o
JOIN nouvelles_partenaires e
    ON e.personne_id = o.personne_id AND e.pour_id = o.structure_id
    AND e.jour <= o.au AND e.jour >= o.debut
GROUP BY o.au, o.personne_id, o.categorie
