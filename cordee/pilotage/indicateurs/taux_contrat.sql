-- code: taux_contrat
-- libelle: Taux de contrat, toutes les personnes soumises
-- famille: contrats
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes soumises liées par un contrat. Celles dont l'organisme extérieur n'a rien dit
--   restent au dénominateur et sont comptées à part. Contrat d'engagement signé et en cours, quel que soit
--   l'organisme référent, ou CER non échu. Le PPAE n'en est pas un.
-- numerateur: celles sous contrat
-- denominateur: les personnes soumises aux droits et devoirs
-- source: F033 (11 % en 2021), F034 (plus de 50 % fin 2025) ; K04
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- cible: 100 (legale) : décret 2024-1244
-- partition: personnes_sdd taux
-- rang: 1
-- repond: K04, REQ-100
SELECT
    s.au, s.personne_id,
    CASE WHEN s.sous_contrat THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    CASE WHEN NOT s.sous_contrat AND s.categorie = 'operateur_emploi' AND NOT s.information_recue THEN 1 ELSE 0 END AS inconnu
FROM sdd_contrats s
JOIN contexte c ON c.au = s.au
