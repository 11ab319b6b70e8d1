-- code: personnes_sdd_drees
-- libelle: Personnes soumises, droit ouvert et non suspendu
-- famille: publics
-- unite: personnes
-- agregat: effectif
-- definition: L'univers de l'enquête nationale de la DREES : personnes soumises aux droits et devoirs dont le droit
--   est ouvert et versable (état 2). L'enquête le lit au 31 décembre.
-- numerateur: les personnes soumises, droit versable
-- denominateur: aucun
-- source: Questionnaire OARSA de la DREES ; E30
-- perimetre: sdd_drees
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: personnes_sdd_payes versable
-- repond: REQ-14
SELECT
    au, personne_id,
    CASE WHEN versable THEN 1 ELSE 0 END AS numerateur,
    NULL AS denominateur,
    0 AS inconnu
FROM sdd
WHERE soumise
