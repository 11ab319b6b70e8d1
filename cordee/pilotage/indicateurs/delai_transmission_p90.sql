-- code: delai_transmission_p90
-- libelle: Du droit à l'information reçue (neuf sur dix)
-- famille: delais
-- unite: jours
-- agregat: p90
-- definition: Jours entre l'effet du droit et la réception de l'information par le Département : ce qui tient à la
--   caisse. Cohorte assez ancienne pour être jugée : information reçue il y a trois à neuf mois.
-- numerateur: les jours de chaque personne
-- denominateur: les personnes entrées il y a trois à neuf mois
-- source: E06
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, structure
-- structure: secteur
-- recul: 9
-- rang: 17
-- repond: K02
SELECT
    au, personne_id,
    datediff('day', droit_le, recue_le) AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM chemins
