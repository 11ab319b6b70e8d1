-- Ce qui est renseigné du dossier de chaque personne soumise, en points. Attendu de toutes : commune 10, sexe et naissance 10, moyen de la
-- joindre 15, entretien de diagnostic 20, prochaine étape datée 15 ; des personnes orientées : référent nommé 15 ; de celles sous
-- contrat d'engagement : heures prévues 15. Suivies par un organisme extérieur : diagnostic, référent et heures ne sont pas attendus de nous.
SELECT
    s.au, s.personne_id,
    CASE WHEN l.commune IS NOT NULL THEN 10 ELSE 0 END
        + CASE WHEN s.sexe IN ('femme', 'homme') AND s.age IS NOT NULL THEN 10 ELSE 0 END
        + CASE WHEN j.personne_id IS NOT NULL THEN 15 ELSE 0 END
        + CASE WHEN e.personne_id IS NOT NULL THEN 15 ELSE 0 END
        + CASE WHEN o.categorie = 'operateur_emploi' THEN 0 WHEN d.personne_id IS NOT NULL THEN 20 ELSE 0 END
        + CASE WHEN o.categorie = 'operateur_emploi' OR o.personne_id IS NULL THEN 0 WHEN r.agent_id IS NOT NULL THEN 15 ELSE 0 END
        + CASE WHEN o.categorie = 'operateur_emploi' OR NOT coalesce(k.engagement, FALSE) THEN 0
               WHEN h.personne_id IS NOT NULL THEN 15 ELSE 0 END AS points,
    50 + CASE WHEN o.categorie = 'operateur_emploi' THEN 0 ELSE 20 END
        + CASE WHEN o.categorie = 'operateur_emploi' OR o.personne_id IS NULL THEN 0 ELSE 15 END
        + CASE WHEN o.categorie = 'operateur_emploi' OR NOT coalesce(k.engagement, FALSE) THEN 0 ELSE 15 END AS attendus,
    j.personne_id IS NOT NULL AS joignable
FROM contexte c
JOIN sdd s ON s.au = c.au
LEFT JOIN lieux l ON l.au = s.au AND l.personne_id = s.personne_id
LEFT JOIN (
    SELECT DISTINCT x.au, t.personne_id FROM contexte x JOIN joignables t ON t.debut <= x.au AND x.au < t.fin
) j ON j.au = s.au AND j.personne_id = s.personne_id
LEFT JOIN (
    SELECT DISTINCT x.au, t.personne_id FROM contexte x JOIN etapes t ON t.debut <= x.au AND x.au < t.fin
) e ON e.au = s.au AND e.personne_id = s.personne_id
LEFT JOIN (
    SELECT DISTINCT x.au, t.personne_id FROM contexte x JOIN diagnostics_valables t ON t.jour <= x.au
) d ON d.au = s.au AND d.personne_id = s.personne_id
LEFT JOIN orientations_au o ON o.au = s.au AND o.personne_id = s.personne_id
LEFT JOIN referents r ON r.au = s.au AND r.personne_id = s.personne_id
LEFT JOIN contrats_au k ON k.au = s.au AND k.personne_id = s.personne_id
LEFT JOIN (SELECT DISTINCT au, personne_id FROM plans_d_heures) h ON h.au = s.au AND h.personne_id = s.personne_id
WHERE c.publie AND s.soumise
