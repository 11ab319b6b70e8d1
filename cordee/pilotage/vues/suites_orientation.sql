-- Les orientations décidées il y a trois à neuf mois et ce qui les a suivies au jour dit : notification à date certaine, référent
-- nommé (ou annoncé), contrat (signé ou annoncé), premier rendez-vous d'accompagnement fixé ou premier échange. muette : l'organisme extérieur n'a rien
-- dit depuis. presente : encore soumise et encore sous cette orientation.
WITH cohorte AS (
    SELECT c.au, o.id, o.personne_id, o.categorie, o.structure_id, o.decidee_le, o.debut, o.fin,
        CASE WHEN o.notifiee_le <= c.au THEN o.notifiee_le END AS notifiee_le
    FROM contexte c
    JOIN orientations o ON o.decidee_le > c.il_y_a_9_mois AND o.decidee_le <= c.il_y_a_3_mois
    WHERE c.publie
),
dites AS (
    SELECT c.au, c.id, min(CASE WHEN e.referent_dit THEN e.jour END) AS referent_le,
        min(CASE WHEN e.contrat_dit >= c.decidee_le AND e.contrat_dit <= c.au THEN e.contrat_dit END) AS contrat_le,
        count(*) AS nouvelles
    FROM cohorte c
    JOIN nouvelles_partenaires e
        ON e.personne_id = c.personne_id AND e.pour_id = c.structure_id AND e.jour >= c.debut AND e.jour <= c.au
    GROUP BY c.au, c.id
),
nommees AS (
    SELECT c.au, c.id, min(greatest(r.debut, c.decidee_le)) AS referent_le
    FROM cohorte c
    JOIN rattachements r
        ON r.personne_id = c.personne_id AND r.finalite = 'referent' AND r.agent_id IS NOT NULL
        AND r.structure_id = c.structure_id AND r.fin > c.decidee_le AND r.debut <= c.au
    GROUP BY c.au, c.id
),
signees AS (
    SELECT c.au, c.id, min(k.debut) AS contrat_le
    FROM cohorte c
    JOIN contrats k
        ON k.personne_id = c.personne_id AND k.genre <> 'ppae' AND k.debut >= c.decidee_le AND k.debut <= c.au
        AND k.debut < c.fin
    GROUP BY c.au, c.id
),
fixes AS (
    SELECT personne_id, jour FROM rendez_vous WHERE genre IN ('accompagnement', 'contrat') AND statut <> 'annule'
    UNION ALL
    SELECT personne_id, jour FROM echanges WHERE accompagnement
),
recues AS (
    SELECT c.au, c.id, min(f.jour) AS rencontre_le
    FROM cohorte c
    JOIN fixes f ON f.personne_id = c.personne_id AND f.jour >= c.decidee_le AND f.jour < c.fin
    GROUP BY c.au, c.id
)
SELECT
    c.au, c.id, c.personne_id, c.categorie, c.decidee_le, c.notifiee_le,
    coalesce(n.referent_le, d.referent_le) AS referent_le,
    least(coalesce(k.contrat_le, DATE '9999-12-31'), coalesce(d.contrat_le, DATE '9999-12-31')) AS contrat_le,
    r.rencontre_le,
    c.categorie = 'operateur_emploi' AND d.id IS NULL AS muette,
    s.personne_id IS NOT NULL AND c.fin > c.au AS presente
FROM cohorte c
LEFT JOIN dites d ON d.au = c.au AND d.id = c.id
LEFT JOIN nommees n ON n.au = c.au AND n.id = c.id
LEFT JOIN signees k ON k.au = c.au AND k.id = c.id
LEFT JOIN recues r ON r.au = c.au AND r.id = c.id
LEFT JOIN sdd s ON s.au = c.au AND s.personne_id = c.personne_id AND s.soumise
