-- Les contrats : signés dans Cordée, ou annoncés par l'organisme référent extérieur (sans terme connu : un an au plus).
SELECT personne_id, debut, fin, coalesce(intensite = 'intensive', FALSE) AS intensif
FROM contrats
UNION ALL
SELECT personne_id, contrat_dit AS debut, contrat_dit + 365 AS fin, FALSE AS intensif
FROM faits
WHERE genre = 'information_partenaire'
