-- code: delai_transmission
-- libelle: Du droit à l'information reçue (médiane)
-- famille: delais
-- unite: jours
-- agregat: mediane
-- definition: Jours entre l'effet du droit et la réception de l'information par le Département : ce qui tient à la
--   caisse. Cohorte assez ancienne pour être jugée : information reçue il y a trois à neuf mois.
-- numerateur: les jours de chaque personne
-- denominateur: les personnes entrées il y a trois à neuf mois
-- source: E06
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- recul: 9
-- rang: 16
-- repond: K02
SELECT
    au, personne_id,
    datediff('day', droit_le, recue_le) AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM chemins
