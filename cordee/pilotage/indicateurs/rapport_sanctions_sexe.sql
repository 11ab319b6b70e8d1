-- code: rapport_sanctions_sexe
-- libelle: Sanctions : rapport entre hommes et femmes
-- famille: devoirs
-- unite: rapport
-- agregat: rapport
-- definition: La part sanctionnée chez les hommes, rapportée à celle chez les femmes, sur douze mois. Un quand les
--   deux sont égales. Montré quand au moins onze personnes de chaque groupe ont été sanctionnées : en dessous, le
--   rapport ne dit rien.
-- numerateur: la part sanctionnée chez les hommes
-- denominateur: la part sanctionnée chez les femmes
-- source: CASF L262-37 ; égalité de traitement
-- perimetre: Personnes soumises au moins un jour dans les douze mois
-- sens: neutre
-- niveaux: departement
-- structure: secteur
-- limites: Un rapport décrit une différence ; il n'en dit pas la cause.
-- recul: 12
-- rang: 13
-- repond: K13
WITH comptes AS (
    SELECT au,
        sum(CASE WHEN sexe = 'homme' THEN 1 ELSE 0 END) AS premiers, sum(CASE WHEN sexe = 'homme' THEN sanctionnee ELSE 0 END) AS premiers_sanctionnes,
        sum(CASE WHEN sexe = 'femme' THEN 1 ELSE 0 END) AS seconds, sum(CASE WHEN sexe = 'femme' THEN sanctionnee ELSE 0 END) AS seconds_sanctionnes
    FROM soumises_de_l_annee
    GROUP BY au
)
SELECT
    p.au, p.personne_id,
    CASE WHEN sexe = 'homme' THEN 1.0 / c.premiers ELSE 0 END AS numerateur,
    CASE WHEN sexe = 'femme' THEN 1.0 / c.seconds ELSE 0 END AS denominateur,
    0 AS inconnu
FROM soumises_de_l_annee p
JOIN comptes c ON c.au = p.au AND c.premiers_sanctionnes >= 11 AND c.seconds_sanctionnes >= 11
WHERE p.sanctionnee = 1
