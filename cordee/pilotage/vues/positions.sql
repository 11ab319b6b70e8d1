-- La position administrative de chaque personne soumise : RUPE, orientée vers l'opérateur de l'emploi, ou pas encore orientée
-- et inscrite chez lui ; RUS, toutes les autres. Une position n'est pas un accompagnement.
WITH inscrites AS (
    SELECT DISTINCT c.au, i.personne_id FROM contexte c JOIN inscriptions i ON i.debut <= c.au AND c.au < i.fin
)
SELECT
    s.au, s.personne_id,
    CASE WHEN o.categorie = 'operateur_emploi' OR o.categorie IS NULL AND i.personne_id IS NOT NULL THEN 'rupe'
         ELSE 'rus' END AS position
FROM sdd s
LEFT JOIN orientations_au o ON o.au = s.au AND o.personne_id = s.personne_id
LEFT JOIN inscrites i ON i.au = s.au AND i.personne_id = s.personne_id
WHERE s.soumise
