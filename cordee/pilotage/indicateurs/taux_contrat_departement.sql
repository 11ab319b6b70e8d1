-- code: taux_contrat_departement
-- libelle: Taux de contrat, hors opérateur de l'emploi
-- famille: contrats
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes relevant du Département ou de ses délégataires, ou pas encore orientées, liées par
--   un contrat. Contrat d'engagement signé et en cours, quel que soit l'organisme référent, ou CER non échu. Le PPAE
--   n'en est pas un.
-- numerateur: celles sous contrat
-- denominateur: les personnes soumises qui ne sont pas orientées vers l'opérateur de l'emploi
-- source: F030 (25 % des « allocataires relevant du Département » en mai 2022, soit environ 22 072) ; DREES T2
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 5
SELECT
    s.au, s.personne_id,
    CASE WHEN s.sous_contrat THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM sdd_contrats s
JOIN contexte c ON c.au = s.au
WHERE s.categorie IS NULL OR s.categorie <> 'operateur_emploi'
