-- code: position_rus
-- libelle: Personnes en position RUS
-- famille: publics
-- unite: personnes
-- agregat: effectif
-- definition: Position administrative : RUPE, orientée vers l'opérateur de l'emploi, ou pas encore orientée et
--   inscrite chez lui ; RUS, toutes les autres. Une position n'est pas un accompagnement.
-- numerateur: les personnes soumises en position RUS
-- denominateur: aucun
-- source: F028
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: personnes_sdd position
-- rang: 21
-- repond: REQ-14
SELECT
    au, personne_id,
    CASE WHEN position = 'rus' THEN 1 ELSE 0 END AS numerateur,
    NULL AS denominateur,
    0 AS inconnu
FROM positions
