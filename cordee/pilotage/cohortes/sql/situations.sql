-- La situation particulière d'une personne (activité, formation…) : de son constat au constat ou à la reprise qui suit.
SELECT
    personne_id, genre, etat, jour AS debut,
    coalesce(lead(jour) OVER (PARTITION BY personne_id ORDER BY jour, genre DESC), DATE '9999-12-31') AS fin
FROM faits
WHERE genre IN ('situation_particuliere', 'reprise')
