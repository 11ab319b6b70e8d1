-- code: latence_operateur
-- libelle: Âge des informations reçues : l'opérateur de l'emploi (médiane)
-- famille: donnees
-- unite: jours
-- agregat: mediane
-- definition: Jours entre la date à laquelle une information est vraie et celle où l'opérateur de l'emploi nous l'a
--   donnée, pour les informations reçues dans les trois mois.
-- numerateur: les jours de chaque information
-- denominateur: les informations reçues dans les trois mois
-- source: E05 ; PDIE : « suivi en temps réel »
-- perimetre: Informations reçues dans les trois mois
-- sens: baisse
-- niveaux: departement, structure
-- structure: referent
-- recul: 3
-- repetees: oui
-- rang: 4
-- repond: K21, REQ-81
SELECT
    c.au, e.personne_id,
    greatest(datediff('day', e.dit_au, e.jour), 0) AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM contexte c
JOIN nouvelles_partenaires e ON e.dit_au IS NOT NULL AND e.jour > c.il_y_a_3_mois AND e.jour <= c.au
LEFT JOIN structures s ON s.structure_id = e.pour_id
WHERE c.publie AND s.categorie = 'operateur_emploi'
