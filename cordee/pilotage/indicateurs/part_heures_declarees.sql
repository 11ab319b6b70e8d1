-- code: part_heures_declarees
-- libelle: Part des heures déclarées
-- famille: heures
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les heures retenues des quatre dernières semaines finies, la part de celles dites par la
--   personne seule. Les trois parts font le tout.
-- numerateur: les heures de cette source
-- denominateur: les heures retenues
-- source: C. trav. R5411-15
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, structure
-- structure: referent
-- rang: 3
-- repond: K08
SELECT
    p.au, p.personne_id,
    r.declarees AS numerateur,
    r.heures AS denominateur,
    0 AS inconnu
FROM plans_d_heures p
JOIN heures_retenues r ON r.au = p.au AND r.personne_id = p.personne_id
WHERE r.heures > 0
