-- Le dernier passage de l'année d'un côté à l'autre du service public de l'emploi, pour chaque personne.
WITH passages AS (
    SELECT
        o.id AS orientation_id, o.personne_id, o.decidee_le,
        CASE WHEN o.cote = 'hors_spe' THEN 'vers_hors_spe' ELSE 'vers_spe' END AS sens,
        row_number() OVER (PARTITION BY o.personne_id ORDER BY o.decidee_le DESC, o.id DESC) AS rang
    FROM of_orientations_lues o
    JOIN exercice x ON o.decidee_le >= x.debut AND o.decidee_le <= x.fin
    WHERE o.cote_avant = 'spe' AND o.cote = 'hors_spe' OR o.cote_avant = 'hors_spe' AND o.cote <> 'hors_spe'
)
SELECT orientation_id, personne_id, decidee_le, sens FROM passages WHERE rang = 1
