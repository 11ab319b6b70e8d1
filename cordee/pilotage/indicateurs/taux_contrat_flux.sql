-- code: taux_contrat_flux
-- libelle: Taux de contrat, entrées depuis moins d'un an
-- famille: contrats
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes entrées depuis moins de douze mois liées par un contrat. Contrat d'engagement signé
--   et en cours, quel que soit l'organisme référent, ou CER non échu. Le PPAE n'en est pas un.
-- numerateur: celles sous contrat
-- denominateur: les personnes soumises entrées depuis moins d'un an
-- source: PDIE : « les progrès concernent surtout les nouveaux inscrits »
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 6
-- repond: K04
SELECT
    s.au, s.personne_id,
    CASE WHEN s.sous_contrat THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    CASE WHEN NOT s.sous_contrat AND s.categorie = 'operateur_emploi' AND NOT s.information_recue THEN 1 ELSE 0 END AS inconnu
FROM sdd_contrats s
JOIN contexte c ON c.au = s.au
WHERE s.entree > c.il_y_a_12_mois
