-- code: contrats_en_cours
-- libelle: Personnes sous contrat
-- famille: contrats
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises liées par un contrat. Contrat d'engagement signé et en cours, quel que soit
--   l'organisme référent, ou CER non échu. Le PPAE n'en est pas un.
-- numerateur: celles sous contrat
-- denominateur: aucun
-- source: F029, F031 ; E04
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: personnes_sdd contrat
-- rang: 2
-- repond: K04
SELECT
    au, personne_id,
    CASE WHEN sous_contrat THEN 1 ELSE 0 END AS numerateur,
    NULL AS denominateur,
    CASE WHEN NOT sous_contrat AND categorie = 'operateur_emploi' AND NOT information_recue THEN 1 ELSE 0 END AS inconnu
FROM sdd_contrats
