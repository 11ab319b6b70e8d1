-- Les arrivées de la cohorte (information reçue il y a trois à neuf mois), le jour de chaque étape quand elle est faite au jour
-- dit, et si la personne est encore soumise. Qui attend encore a un délai sans fin ; qui est sortie sans l'étape est inconnue.
SELECT
    c.au, a.personne_id, a.recue_le, a.droit_le,
    s.personne_id IS NOT NULL AS presente,
    CASE WHEN a.convoquee_le <= c.au THEN a.convoquee_le END AS convoquee_le,
    CASE WHEN a.rencontree_le <= c.au THEN a.rencontree_le END AS rencontree_le,
    CASE WHEN a.orientee_le <= c.au THEN a.orientee_le END AS orientee_le,
    CASE WHEN k.contrat_le <= c.au THEN k.contrat_le END AS contrat_le,
    coalesce(o.categorie = 'operateur_emploi' AND p.personne_id IS NULL, FALSE) AS muette
FROM contexte c
JOIN arrivees a ON a.recue_le > c.il_y_a_9_mois AND a.recue_le <= c.il_y_a_3_mois
LEFT JOIN premiers_contrats k ON k.personne_id = a.personne_id AND k.recue_le = a.recue_le
LEFT JOIN sdd s ON s.au = c.au AND s.personne_id = a.personne_id
LEFT JOIN orientations_au o ON o.au = c.au AND o.personne_id = a.personne_id
LEFT JOIN partenaires_au p ON p.au = c.au AND p.personne_id = a.personne_id
WHERE c.publie
