-- code: rapport_sanctions_lieu
-- libelle: Sanctions : rapport à la moyenne du département
-- famille: devoirs
-- unite: rapport
-- agregat: rapport
-- definition: Le nombre de personnes sanctionnées dans un territoire ou un organisme référent, rapporté à ce que
--   donnerait la moyenne du département. Un quand rien ne diffère.
-- numerateur: les personnes sanctionnées
-- denominateur: celles que donnerait la moyenne du département
-- source: CASF L262-37 ; égalité de traitement
-- perimetre: Personnes soumises au moins un jour dans les douze mois
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Les publics diffèrent d'un lieu à l'autre : un rapport décrit une différence ; il n'en dit pas la cause.
-- recul: 12
-- rang: 15
-- repond: K13
WITH moyennes AS (
    SELECT au, 1.0 * sum(sanctionnee) / count(*) AS part FROM soumises_de_l_annee GROUP BY au
)
SELECT
    p.au, p.personne_id,
    p.sanctionnee AS numerateur,
    m.part AS denominateur,
    0 AS inconnu
FROM soumises_de_l_annee p
JOIN moyennes m ON m.au = p.au AND m.part > 0
