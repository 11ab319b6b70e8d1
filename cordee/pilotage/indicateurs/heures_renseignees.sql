-- code: heures_renseignees
-- libelle: Personnes dont les heures sont renseignées
-- famille: heures
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes dont le contrat d'engagement prévoit des heures, en vigueur depuis quatre
--   semaines, et dont une source a parlé au moins une fois dans les quatre dernières semaines finies.
-- numerateur: celles dont une source a parlé
-- denominateur: les personnes dont le contrat prévoit des heures
-- source: C. trav. R5411-15
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 6
-- repond: K08, K21
SELECT
    p.au, p.personne_id,
    CASE WHEN r.personne_id IS NULL THEN 0 ELSE 1 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM plans_d_heures p
JOIN contexte c ON c.au = p.au
LEFT JOIN heures_retenues r ON r.au = p.au AND r.personne_id = p.personne_id
WHERE p.heures > 0 AND p.debut < c.lundi_4_semaines
