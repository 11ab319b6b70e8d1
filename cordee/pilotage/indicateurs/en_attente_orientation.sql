-- code: en_attente_orientation
-- libelle: Personnes qui attendent une orientation
-- famille: orientation
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises sans orientation en vigueur.
-- numerateur: celles sans orientation
-- denominateur: aucun
-- source: CASF D262-65-2
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- partition: personnes_sdd attente
-- rang: 1
-- repond: K02
SELECT s.au, s.personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM sdd s
LEFT JOIN orientations_au o ON o.au = s.au AND o.personne_id = s.personne_id
WHERE s.soumise AND o.personne_id IS NULL
