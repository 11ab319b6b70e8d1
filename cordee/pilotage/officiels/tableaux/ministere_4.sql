-- code: ministere_4
-- famille: ministere
-- numero: 4
-- titre: Réorientations de l'année
-- unite: personnes
-- perimetre: toutes les personnes réorientées dans l'année
-- source: Questionnaire annuel du ministère sur l'orientation et l'accompagnement, tableau 4
-- lignes:
--   @total
--   @age
--   @famille_ministere
--   @anciennete
--   @formation
-- colonnes:
--   reorientees | Réorientées dans l'année | Leur dernier changement de côté de l'année
--   > vers_hors_spe | vers un organisme hors du service public de l'emploi | De France Travail, d'une mission locale ou
--       de Cap emploi vers ailleurs
--   > vers_spe | vers un organisme du service public de l'emploi | De tout autre organisme vers le service public de
--       l'emploi
-- parties:
--   colonnes: reorientees = vers_hors_spe + vers_spe
-- notes:
--   Sans condition de droit au 31 décembre, comme dans le questionnaire : âge, famille et ancienneté sont à cette date,
--       ou non connus.
WITH mesures AS (
    SELECT personne_id, sens AS colonne FROM of_changements_de_cote
    UNION ALL
    SELECT personne_id, 'reorientees' AS colonne FROM of_changements_de_cote
)
SELECT p.ligne, m.colonne, count(*) AS valeur
FROM mesures m
JOIN of_profils p ON p.personne_id = m.personne_id
WHERE p.axe IN ('total', 'age', 'famille_ministere', 'anciennete', 'formation')
GROUP BY p.ligne, m.colonne
