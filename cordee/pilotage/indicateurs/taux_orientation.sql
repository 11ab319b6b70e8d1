-- code: taux_orientation
-- libelle: Personnes orientées
-- famille: orientation
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes soumises qui ont une orientation en vigueur : un organisme référent, nommé ou non.
-- numerateur: celles qui ont une orientation en vigueur
-- denominateur: les personnes soumises aux droits et devoirs
-- source: DREES (86 % en 2023 en France) ; CASF L262-29
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- cible: 100 (legale) : toute personne soumise est orientée
-- partition: personnes_sdd orientation
-- rang: 2
-- repond: K05
SELECT
    s.au, s.personne_id,
    CASE WHEN o.personne_id IS NULL THEN 0 ELSE 1 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM sdd s
LEFT JOIN orientations_au o ON o.au = s.au AND o.personne_id = s.personne_id
WHERE s.soumise
