-- code: taux_contrat_stock
-- libelle: Taux de contrat, présentes depuis un an ou plus
-- famille: contrats
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes présentes depuis douze mois ou plus liées par un contrat. Contrat d'engagement signé
--   et en cours, quel que soit l'organisme référent, ou CER non échu. Le PPAE n'en est pas un.
-- numerateur: celles sous contrat
-- denominateur: les personnes soumises présentes depuis un an ou plus
-- source: PDIE : « … et peu les anciens »
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 7
-- repond: K04
SELECT
    s.au, s.personne_id,
    CASE WHEN s.sous_contrat THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    CASE WHEN NOT s.sous_contrat AND s.categorie = 'operateur_emploi' AND NOT s.information_recue THEN 1 ELSE 0 END AS inconnu
FROM sdd_contrats s
JOIN contexte c ON c.au = s.au
WHERE s.entree <= c.il_y_a_12_mois
