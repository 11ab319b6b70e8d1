-- Les arrivées assez anciennes pour être jugées : information reçue il y a trois à neuf mois. Celles qui sont sorties sans
-- avoir été orientées n'attendent plus rien : elles ne comptent que comme inconnues. Celles qui attendent encore comptent
-- pour un délai sans fin : une médiane qui les oublierait serait flatteuse.
-- Les jours d'une personne se partagent : avant la réception (la caisse), après une absence (jusqu'à l'entretien, à défaut
-- la décision), le reste (le service).
SELECT
    c.au, a.personne_id,
    o.orientee_le IS NOT NULL AS orientee,
    o.orientee_le IS NULL AND s.personne_id IS NULL AS sortie,
    datediff('day', a.droit_le, a.recue_le) AS jours_caisse,
    CASE WHEN o.orientee_le IS NOT NULL THEN datediff('day', a.droit_le, o.orientee_le) END AS jours,
    CASE WHEN o.orientee_le IS NULL THEN NULL
         WHEN a.absente_le IS NULL OR a.absente_le >= o.orientee_le THEN 0
         WHEN a.rencontree_le > a.absente_le AND a.rencontree_le < o.orientee_le THEN datediff('day', a.absente_le, a.rencontree_le)
         ELSE datediff('day', a.absente_le, o.orientee_le) END AS jours_absence
FROM contexte c
JOIN arrivees a ON a.recue_le > c.il_y_a_9_mois AND a.recue_le <= c.il_y_a_3_mois
LEFT JOIN arrivees o ON o.personne_id = a.personne_id AND o.recue_le = a.recue_le AND o.orientee_le <= c.au
LEFT JOIN sdd s ON s.au = c.au AND s.personne_id = a.personne_id
WHERE c.publie
