-- code: latence_caisse
-- libelle: Ce que met la caisse à nous dire une entrée (médiane)
-- famille: donnees
-- unite: jours
-- agregat: mediane
-- definition: Jours entre la première transmission de l'entrée par l'organisme payeur et sa réception ici, pour les
--   entrées reçues dans les trois mois.
-- numerateur: les jours de chaque entrée
-- denominateur: les entrées reçues dans les trois mois
-- source: E06 ; PDIE : « suivi en temps réel »
-- perimetre: Entrées reçues dans les trois mois
-- sens: baisse
-- niveaux: departement, ept
-- structure: secteur
-- recul: 3
-- repetees: oui
-- rang: 3
-- repond: K21, REQ-81
SELECT
    c.au, o.personne_id,
    greatest(datediff('day', o.transmise_le, o.recue_le), 0) AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM contexte c
JOIN ouvertures o ON o.recue_le > c.il_y_a_3_mois AND o.recue_le <= c.au
WHERE c.publie
