-- code: heures_faites
-- libelle: Heures d'activité faites
-- famille: heures
-- unite: heures
-- agregat: moyenne
-- definition: Moyenne des heures par semaine, sur les quatre dernières semaines finies, des personnes dont le
--   contrat prévoit des heures et dont une source a parlé. Par semaine et par activité, la source la plus forte compte
--   seule : justifiée, constatée, déclarée. Personne n'a rien dit : information non reçue, comptées à part.
-- numerateur: les heures retenues, par semaine
-- denominateur: les personnes dont au moins une semaine est renseignée
-- source: C. trav. R5411-15
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Moyenne sur les semaines renseignées de chacune : une semaine dont personne n'a rien dit n'est pas une
--   semaine sans activité. N'entraîne aucune suite par elle-même.
-- rang: 2
-- repond: K08, REQ-117
SELECT
    p.au, p.personne_id,
    CASE WHEN r.personne_id IS NULL THEN 0 ELSE r.heures / r.semaines END AS numerateur,
    CASE WHEN r.personne_id IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN r.personne_id IS NULL THEN 1 ELSE 0 END AS inconnu
FROM plans_d_heures p
JOIN contexte c ON c.au = p.au
LEFT JOIN heures_retenues r ON r.au = p.au AND r.personne_id = p.personne_id
WHERE p.heures > 0 AND p.debut < c.lundi_4_semaines
