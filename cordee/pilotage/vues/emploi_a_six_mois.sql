-- Les entrantes dont l'information a été reçue il y a six à dix-huit mois, six mois plus tard. acces : un emploi ou une activité au
-- moins une fois dans les six mois. point : en activité le jour des six mois. L'un et l'autre sont vides quand rien ne le dit :
-- sorties sans que l'emploi soit connu. par_caisse, par_agent : quelles sources disent l'accès.
WITH cohorte AS (
    SELECT c.au, a.personne_id, a.recue_le AS debut, a.recue_le + 183 AS terme
    FROM contexte c
    JOIN arrivees a ON a.recue_le > c.il_y_a_18_mois AND a.recue_le <= c.il_y_a_6_mois AND a.recue_le + 183 <= c.au
    WHERE c.publie
),
lues AS (
    SELECT
        c.au, c.personne_id, c.debut,
        max(CASE WHEN x.en_activite AND x.source = 'caisse' THEN 1 ELSE 0 END) AS par_caisse,
        max(CASE WHEN x.en_activite AND x.source <> 'caisse' THEN 1 ELSE 0 END) AS par_agent,
        max(CASE WHEN x.en_activite AND x.debut <= c.terme AND c.terme < x.fin THEN 1 ELSE 0 END) AS au_terme,
        max(CASE WHEN x.en_activite IS NOT NULL AND x.debut <= c.terme AND c.terme < x.fin THEN 1 ELSE 0 END) AS terme_dit
    FROM cohorte c
    JOIN activites x ON x.personne_id = c.personne_id AND x.debut <= c.terme AND x.fin > c.debut
    GROUP BY c.au, c.personne_id, c.debut
),
presentes AS (
    SELECT DISTINCT c.au, c.personne_id, c.debut
    FROM cohorte c
    JOIN periodes_sdd p ON p.personne_id = c.personne_id AND p.debut <= c.terme AND c.terme < p.fin
)
SELECT
    c.au, c.personne_id,
    CASE WHEN l.par_caisse = 1 OR l.par_agent = 1 THEN TRUE WHEN p.personne_id IS NOT NULL AND l.terme_dit = 1 THEN FALSE END AS acces,
    CASE WHEN l.au_terme = 1 THEN TRUE WHEN p.personne_id IS NOT NULL AND l.terme_dit = 1 THEN FALSE END AS point,
    coalesce(l.par_caisse, 0) = 1 AS par_caisse,
    coalesce(l.par_agent, 0) = 1 AS par_agent
FROM cohorte c
LEFT JOIN lues l ON l.au = c.au AND l.personne_id = c.personne_id AND l.debut = c.debut
LEFT JOIN presentes p ON p.au = c.au AND p.personne_id = c.personne_id AND p.debut = c.debut
