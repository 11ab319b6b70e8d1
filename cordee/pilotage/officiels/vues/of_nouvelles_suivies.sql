-- Chaque nouvel entrant et la première orientation prise pour lui depuis la fin du mois d'avant, avec ce qui l'a
-- suivie. jours : depuis le jour où l'information était là ; négatif quand la décision l'a précédée. echu : le mois est
-- passé.
WITH premieres AS (
    SELECT n.au, n.personne_id, min_by(s.id, {'jour': s.decidee_le, 'id': s.id}) AS id
    FROM of_nouvelles n
    JOIN of_suites s ON s.personne_id = n.personne_id AND s.decidee_le > n.veille
    WHERE NOT n.deja_orientee
    GROUP BY n.au, n.personne_id
)
SELECT
    n.mois, n.personne_id, n.origine, n.primo, n.deja_orientee, n.connue_le,
    s.voie, s.operateur, s.decidee_le, s.rdv_le, s.statut, s.contrat_le,
    datediff('day', n.connue_le, s.decidee_le) AS jours,
    n.connue_le + 31 <= x.arrete AS echu,
    s.decidee_le + 15 <= x.arrete AS quinzaine_echue,
    s.decidee_le + 61 <= x.arrete AS deux_mois_echus
FROM of_nouvelles n
JOIN exercice x ON TRUE
LEFT JOIN premieres p ON p.au = n.au AND p.personne_id = n.personne_id
LEFT JOIN of_suites s ON s.id = p.id
