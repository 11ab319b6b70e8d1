-- L'orientation qui donne à chaque personne son organisme référent, un jour donné.
WITH retenues AS (
    SELECT c.au, o.personne_id, max_by(o.id, {'debut': o.debut, 'id': o.id}) AS id
    FROM contexte c
    JOIN of_orientations_lues o ON o.debut <= c.au AND c.au < o.fin
    GROUP BY c.au, o.personne_id
)
SELECT r.au, r.personne_id, o.voie, o.organisme, o.cote, o.operateur, o.structure_id, o.debut, o.decidee_le
FROM retenues r
JOIN of_orientations_lues o ON o.id = r.id
