-- Le premier contrat de chaque personne dans chaque série (CER, PPAE, contrat d'engagement), connu à la date d'arrêté.
WITH connus AS (
    SELECT
        k.personne_id, k.serie, k.structure_id, k.organisme, k.cote, k.signe_le,
        row_number() OVER (PARTITION BY k.personne_id, k.serie ORDER BY k.signe_le, k.dit, k.structure_id) AS rang
    FROM of_contrats_lus k
    JOIN exercice x ON k.debut <= x.arrete
)
SELECT personne_id, serie, structure_id, organisme, cote, signe_le FROM connus WHERE rang = 1
