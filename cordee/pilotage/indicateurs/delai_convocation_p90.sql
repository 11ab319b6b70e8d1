-- code: delai_convocation_p90
-- libelle: Délai de convocation (neuf sur dix)
-- famille: delais
-- unite: jours
-- agregat: p90
-- definition: Jours entre la réception de l'information et la première convocation. Cohorte assez ancienne pour
--   être jugée : information reçue il y a trois à neuf mois. Celles qui attendent encore comptent pour un délai sans fin
--   ; sorties avant cette étape : comptées à part.
-- numerateur: les jours de chaque personne
-- denominateur: les entrantes de la cohorte
-- source: F056 (de 3 jours à un mois environ, 2022)
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, structure
-- structure: secteur
-- limites: Les personnes orientées sans convocation (sur dossier) sont hors du compte.
-- recul: 9
-- rang: 19
-- repond: K02
SELECT
    au, personne_id,
    CASE WHEN convoquee_le IS NOT NULL THEN datediff('day', recue_le, convoquee_le) WHEN presente THEN 99999 END AS numerateur,
    CASE WHEN convoquee_le IS NOT NULL OR presente THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN convoquee_le IS NOT NULL OR presente THEN 0 ELSE 1 END AS inconnu
FROM chemins
WHERE orientee_le IS NULL OR convoquee_le IS NOT NULL
