-- code: position_rupe
-- libelle: Personnes en position RUPE
-- famille: publics
-- unite: personnes
-- agregat: effectif
-- definition: Position administrative : RUPE, orientée vers l'opérateur de l'emploi, ou pas encore orientée et
--   inscrite chez lui ; RUS, toutes les autres. Une position n'est pas un accompagnement.
-- numerateur: les personnes soumises en position RUPE
-- denominateur: aucun
-- source: F027 (47 000 arrondi, autre périmètre)
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: personnes_sdd position
-- rang: 20
-- repond: REQ-14
SELECT
    au, personne_id,
    CASE WHEN position = 'rupe' THEN 1 ELSE 0 END AS numerateur,
    NULL AS denominateur,
    0 AS inconnu
FROM positions
