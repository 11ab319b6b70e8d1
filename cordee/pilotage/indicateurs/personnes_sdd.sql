-- code: personnes_sdd
-- libelle: Personnes soumises aux droits et devoirs
-- famille: publics
-- unite: personnes
-- agregat: effectif
-- definition: Personnes, demandeurs ou conjoints, dont l'indicateur « soumis aux droits et devoirs » est à oui et dont le
--   foyer a un droit ouvert, versé ou suspendu (état 2, 3 ou 4), le jour dit.
-- numerateur: les personnes soumises
-- denominateur: aucun
-- source: F001 ; CASF L262-28
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Absente des fichiers : elle compte encore. Absente, et vérifiée partie par un agent : hors du compte.
-- rang: 1
-- repond: REQ-14
SELECT
    au, personne_id,
    CASE WHEN soumise THEN 1 ELSE 0 END AS numerateur,
    NULL AS denominateur,
    CASE WHEN soumise IS NULL THEN 1 ELSE 0 END AS inconnu
FROM sdd
