-- code: stock_sans_contrat_engagement
-- libelle: Anciennes personnes encore sans contrat d'engagement
-- famille: contrats
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises déjà présentes au 1er janvier 2025 et sans contrat d'engagement. Un CER antérieur à
--   2025 est en attente de conversion : il ne compte pas. Chez l'opérateur de l'emploi sans nouvelles : comptées à
--   part.
-- numerateur: celles sans contrat d'engagement
-- denominateur: aucun
-- source: Décret 2024-1244 (échéance du 1er janvier 2027) ; E15
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- cible: 0 (legale) : au 1er janvier 2027
-- rang: 3
-- repond: K04
SELECT
    au, personne_id,
    CASE WHEN categorie = 'operateur_emploi' AND NOT information_recue THEN 0 ELSE 1 END AS numerateur,
    NULL AS denominateur,
    CASE WHEN categorie = 'operateur_emploi' AND NOT information_recue THEN 1 ELSE 0 END AS inconnu
FROM sdd_contrats
WHERE NOT engagement AND entree < DATE '2025-01-01' AND au >= DATE '2025-01-01'
