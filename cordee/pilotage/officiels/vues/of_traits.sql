-- Ce que l'on sait au 31 décembre de chaque adulte des foyers à droit ouvert, et de qui a changé de côté dans l'année.
-- nc : non connu. Chaque classe a sa ligne imprimée, « non connu » comme les autres.
WITH concernees AS (
    SELECT p.au, p.personne_id FROM population p
    UNION
    SELECT x.fin AS au, r.personne_id FROM exercice x CROSS JOIN of_changements_de_cote r
),
ages AS (
    SELECT
        c.au, c.personne_id, q.sexe,
        CAST(extract(YEAR FROM c.au) - extract(YEAR FROM q.naissance)
             - CASE WHEN extract(MONTH FROM c.au) < extract(MONTH FROM q.naissance) THEN 1 ELSE 0 END AS INTEGER) AS age
    FROM concernees c
    JOIN personnes q ON q.id = c.personne_id
),
reunis AS (
    SELECT
        a.au, a.personne_id, a.age, m.majore, m.adultes, m.avec_enfant, m.entree, f.formation,
        CASE WHEN a.sexe IN ('femme', 'homme') THEN a.sexe ELSE 'nc' END AS sexe
    FROM ages a
    LEFT JOIN of_menages m ON m.au = a.au AND m.personne_id = a.personne_id
    LEFT JOIN of_formations f ON f.au = a.au AND f.personne_id = a.personne_id
)
SELECT
    r.au, r.personne_id, r.sexe, r.entree,
    CASE WHEN r.age IS NULL OR r.age < 0 THEN 'nc' WHEN r.age < 25 THEN '0_24' WHEN r.age < 30 THEN '25_29'
         WHEN r.age < 40 THEN '30_39' WHEN r.age < 50 THEN '40_49' WHEN r.age < 60 THEN '50_59'
         ELSE '60_plus' END AS age,
    CASE WHEN r.adultes IS NULL OR r.avec_enfant IS NULL THEN 'nc'
         WHEN r.adultes > 1 AND r.avec_enfant THEN 'couple_avec' WHEN r.adultes > 1 THEN 'couple_sans'
         WHEN r.avec_enfant THEN 'seul_avec' ELSE 'seul_sans' END AS famille,
    CASE WHEN r.adultes IS NULL OR r.avec_enfant IS NULL OR r.sexe = 'nc' THEN 'nc'
         WHEN r.adultes > 1 AND r.avec_enfant THEN concat(r.sexe, '_couple_avec')
         WHEN r.adultes > 1 THEN concat(r.sexe, '_couple_sans')
         WHEN NOT r.avec_enfant THEN concat(r.sexe, '_seul_sans')
         WHEN r.majore IS NULL THEN 'nc'
         WHEN r.majore THEN concat(r.sexe, '_seul_majore') ELSE concat(r.sexe, '_seul_non_majore')
         END AS famille_ministere,
    CASE WHEN r.entree IS NULL THEN 'nc' WHEN r.entree > x.il_y_a_6_mois THEN 'moins_6_mois'
         WHEN r.entree > x.il_y_a_1_an THEN '6_12_mois' WHEN r.entree > x.il_y_a_2_ans THEN '1_2_ans'
         WHEN r.entree > x.il_y_a_5_ans THEN '2_5_ans' ELSE '5_ans_plus' END AS anciennete,
    coalesce(r.formation, 'nc') AS formation
FROM reunis r
JOIN exercice x ON x.fin = r.au
