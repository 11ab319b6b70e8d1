-- code: ministere_4b
-- famille: ministere
-- numero: 4b
-- titre: Examens au titre de l'article L262-31 et ce qui les a suivis
-- unite: personnes
-- perimetre: personnes du parcours social examinées dans l'année
-- source: Questionnaire annuel du ministère sur l'orientation et l'accompagnement, tableau 4b ; CASF L262-31 depuis
--       2025
-- lignes:
--   total | Personnes examinées | Leur dernier examen de l'année
--   > reorientation_spe | Réorientées vers le service public de l'emploi | Une orientation vers lui a suivi l'examen,
--       dans l'année
--   > autre_orientation | Orientées autrement | Une autre orientation a suivi l'examen, dans l'année
--   > revision | Contrat à réviser | Sans nouvelle orientation ; le diagnostic conjoint demande de réviser le contrat
--   > maintien | Maintien de l'orientation | Sans nouvelle orientation dans l'année
-- colonnes:
--   ep | Équipe pluridisciplinaire | Réorientations examinées avec un avis rendu (ancien L262-31)
--   revue | Diagnostic conjoint | Revue à six ou douze mois, avec France Travail (depuis 2025)
-- parties:
--   lignes: total = reorientation_spe + autre_orientation + revision + maintien
WITH examens AS (
    SELECT p.personne_id, 'ep' AS colonne, p.jour, CAST(NULL AS VARCHAR) AS resultat
    FROM passages_ep p
    WHERE p.objet = 'reorientation' AND p.avis IS NOT NULL AND p.avis <> 'ajourne'
    UNION ALL
    SELECT personne_id, 'revue' AS colonne, jour, resultat FROM revues_conjointes
),
derniers AS (
    SELECT
        e.personne_id, e.colonne, max(e.jour) AS jour,
        max_by(e.resultat, {'jour': e.jour, 'resultat': coalesce(e.resultat, '')}) AS resultat
    FROM examens e
    JOIN exercice x ON e.jour >= x.debut AND e.jour <= x.fin
    GROUP BY e.personne_id, e.colonne
),
suivis AS (
    SELECT
        d.personne_id, d.colonne, d.resultat,
        max(CASE WHEN o.cote <> 'hors_spe' AND o.cote_avant = 'hors_spe' THEN 1 ELSE 0 END) AS spe,
        count(o.id) AS prises
    FROM derniers d
    CROSS JOIN exercice x
    LEFT JOIN of_orientations_lues o
        ON o.personne_id = d.personne_id AND o.decidee_le >= d.jour AND o.decidee_le <= x.fin
    GROUP BY d.personne_id, d.colonne, d.resultat
)
SELECT 'total' AS ligne, colonne, count(*) AS valeur FROM suivis GROUP BY colonne
UNION ALL
SELECT
    CASE WHEN spe = 1 THEN 'reorientation_spe' WHEN prises > 0 THEN 'autre_orientation'
         WHEN resultat = 'revision' THEN 'revision' ELSE 'maintien' END AS ligne,
    colonne, count(*) AS valeur
FROM suivis
GROUP BY colonne, CASE WHEN spe = 1 THEN 'reorientation_spe' WHEN prises > 0 THEN 'autre_orientation'
         WHEN resultat = 'revision' THEN 'revision' ELSE 'maintien' END
