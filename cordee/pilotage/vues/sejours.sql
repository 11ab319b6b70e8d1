-- Les séjours de chaque personne parmi les soumises, d'un tenant. Une interruption de moins de deux mois n'est pas une sortie :
-- l'indicateur peut manquer un mois, les ressources se calculent par trimestre (E16, E30). retour_le : le début du séjour suivant.
WITH precedees AS (
    SELECT personne_id, foyer_id, debut, fin,
        max(fin) OVER (PARTITION BY personne_id ORDER BY debut, fin ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS avant
    FROM periodes_sdd
),
numerotees AS (
    SELECT personne_id, foyer_id, debut, fin,
        sum(CASE WHEN avant IS NULL OR datediff('day', avant, debut) > 62 THEN 1 ELSE 0 END)
            OVER (PARTITION BY personne_id ORDER BY debut, fin ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS numero
    FROM precedees
),
suites AS (
    SELECT personne_id, numero, min(debut) AS debut, max(fin) AS fin,
        max_by(foyer_id, {'fin': fin, 'foyer': foyer_id}) AS foyer_id
    FROM numerotees
    GROUP BY personne_id, numero
)
SELECT personne_id, foyer_id, debut, fin, lead(debut) OVER (PARTITION BY personne_id ORDER BY debut) AS retour_le
FROM suites
