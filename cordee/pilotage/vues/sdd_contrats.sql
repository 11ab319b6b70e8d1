-- Chaque personne soumise, son orientation, son contrat et ce que l'on sait par son organisme référent, un jour donné.
SELECT
    s.au, s.personne_id, s.entree,
    o.categorie,
    coalesce(k.engagement, FALSE) OR coalesce(k.cer, FALSE) AS sous_contrat,
    coalesce(k.engagement, FALSE) AS engagement,
    coalesce(k.intensif, FALSE) AS intensif,
    p.recue_le IS NOT NULL AS information_recue
FROM sdd s
LEFT JOIN orientations_au o ON o.au = s.au AND o.personne_id = s.personne_id
LEFT JOIN contrats_au k ON k.au = s.au AND k.personne_id = s.personne_id
LEFT JOIN partenaires_au p ON p.au = s.au AND p.personne_id = s.personne_id
WHERE s.soumise
