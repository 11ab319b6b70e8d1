-- Les personnes liées par un contrat un jour donné : signé dans Cordée, ou annoncé par l'organisme référent extérieur.
-- Contrat d'engagement : sans terme, il cesse avec l'orientation ou la sortie (E04). CER, PPAE : jusqu'à leur date de fin.
WITH nos_contrats AS (
    SELECT c.au, k.personne_id, k.genre, k.intensite, k.debut, FALSE AS chez_partenaire
    FROM contexte c
    JOIN contrats k ON k.debut <= c.au AND c.au < k.fin
),
dits AS (
    SELECT p.au, p.personne_id, p.contrat_dit AS debut,
        CASE WHEN p.contrat_dit >= DATE '2025-01-01' THEN 'contrat_engagement'
             WHEN p.categorie = 'operateur_emploi' THEN 'ppae' ELSE 'cer' END AS genre
    FROM partenaires_au p
    WHERE p.contrat_dit IS NOT NULL
),
tous AS (
    SELECT au, personne_id, genre, intensite, debut, chez_partenaire FROM nos_contrats
    UNION ALL
    SELECT au, personne_id, genre, NULL AS intensite, debut, TRUE AS chez_partenaire FROM dits
)
SELECT
    au, personne_id,
    max(CASE WHEN genre = 'contrat_engagement' THEN 1 ELSE 0 END) = 1 AS engagement,
    max(CASE WHEN genre = 'cer' THEN 1 ELSE 0 END) = 1 AS cer,
    max(CASE WHEN genre = 'ppae' THEN 1 ELSE 0 END) = 1 AS ppae,
    max(CASE WHEN intensite = 'intensive' THEN 1 ELSE 0 END) = 1 AS intensif,
    min(debut) AS debut
FROM tous
GROUP BY au, personne_id
