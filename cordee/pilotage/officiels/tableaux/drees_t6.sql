-- code: drees_t6
-- famille: drees
-- numero: 6
-- titre: Réorientations de l'année, du service public de l'emploi vers ailleurs et l'inverse
-- unite: personnes
-- perimetre: sdd_drees
-- source: DREES, enquête sur l'orientation et l'accompagnement, tableau 6
-- lignes:
--   @total
--   @age
--   @sexe
--   @famille
--   @anciennete
--   @formation
-- colonnes:
--   reorientees | Réorientées dans l'année | Leur dernier changement de côté de l'année ; une orientation après une
--       sortie n'en est pas un
--   > vers_hors_spe | vers un organisme hors du service public de l'emploi | De France Travail, d'une mission locale ou
--       de Cap emploi vers ailleurs
--   > vers_spe | vers un organisme du service public de l'emploi | De tout autre organisme vers France Travail, une
--       mission locale ou Cap emploi
-- parties:
--   colonnes: reorientees = vers_hors_spe + vers_spe
-- notes:
--   Parmi les personnes de l'univers au 31 décembre. Le questionnaire du ministère (tableau 4) compte aussi celles qui
--       en sont sorties.
WITH mesures AS (
    SELECT c.personne_id, c.sens AS colonne
    FROM of_changements_de_cote c
    JOIN of_drees d ON d.personne_id = c.personne_id
    UNION ALL
    SELECT c.personne_id, 'reorientees' AS colonne
    FROM of_changements_de_cote c
    JOIN of_drees d ON d.personne_id = c.personne_id
)
SELECT p.ligne, m.colonne, count(*) AS valeur
FROM mesures m
JOIN of_profils p ON p.personne_id = m.personne_id
WHERE p.axe <> 'famille_ministere'
GROUP BY p.ligne, m.colonne
