-- code: accompagnement_intensif
-- libelle: Personnes en accompagnement intensif (déclaré)
-- famille: accompagnement
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises dont le contrat en vigueur prévoit le rythme intensif (un échange tous les quinze
--   jours). Ce qui est déclaré, non ce qui est fait.
-- numerateur: celles dont le contrat est intensif
-- denominateur: aucun
-- source: F038, F039
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: personnes_sdd intensif
-- rang: 8
-- repond: REQ-99
SELECT
    au, personne_id,
    CASE WHEN intensif THEN 1 ELSE 0 END AS numerateur,
    NULL AS denominateur,
    0 AS inconnu
FROM sdd_contrats
