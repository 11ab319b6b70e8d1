-- code: contrats_par_jour_ouvre
-- libelle: Contrats à signer par jour ouvré d'ici le 1er janvier 2027
-- famille: contrats
-- unite: contrats_par_jour
-- agregat: par_jour
-- definition: Personnes soumises déjà présentes au 1er janvier 2025 et sans contrat d'engagement. Un CER antérieur à
--   2025 est en attente de conversion : il ne compte pas. Chez l'opérateur de l'emploi sans nouvelles : comptées à
--   part. Divisées par les jours ouvrés qui restent.
-- numerateur: celles sans contrat d'engagement
-- denominateur: les jours ouvrés jusqu'au terme
-- source: Décret 2024-1244 ; E15
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 4
-- repond: K03
SELECT
    s.au, s.personne_id,
    CASE WHEN s.categorie = 'operateur_emploi' AND NOT s.information_recue THEN 0 ELSE 1 END AS numerateur,
    c.stock_jours_ouvres AS denominateur,
    CASE WHEN s.categorie = 'operateur_emploi' AND NOT s.information_recue THEN 1 ELSE 0 END AS inconnu
FROM sdd_contrats s
JOIN contexte c ON c.au = s.au
WHERE NOT s.engagement AND s.entree < DATE '2025-01-01' AND s.au >= DATE '2025-01-01'
