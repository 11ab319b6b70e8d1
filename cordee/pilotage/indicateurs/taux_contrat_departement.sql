-- code: taux_contrat_departement
-- libelle: Taux de contrat, personnes relevant du Département
-- famille: contrats
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes en position RUS (relevant du Département ou de ses délégataires) liées par un contrat.
--   Contrat d'engagement signé et en cours, quel que soit l'organisme référent, ou CER non échu. Le PPAE n'en est pas
--   un.
-- numerateur: celles sous contrat
-- denominateur: les personnes soumises en position RUS
-- source: F030 (25 % des « allocataires relevant du Département » en mai 2022, soit environ 22 072) ; DREES T2
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 5
-- repond: K04
SELECT
    s.au, s.personne_id,
    CASE WHEN s.sous_contrat THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM sdd_contrats s
JOIN positions p ON p.au = s.au AND p.personne_id = s.personne_id
WHERE p.position = 'rus'
