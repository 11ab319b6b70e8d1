-- code: attente_orientation
-- libelle: Depuis combien de temps elles attendent (médiane)
-- famille: delais
-- unite: jours
-- agregat: mediane
-- definition: Parmi les personnes soumises qui ne sont pas orientées, jours depuis la réception de l'information de
--   leur entrée.
-- numerateur: les jours de chaque personne
-- denominateur: les personnes soumises, pas encore orientées, date connue
-- source: E06
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- rang: 8
-- repond: K02
SELECT
    s.au, s.personne_id,
    datediff('day', coalesce(max(o.recue_le), s.entree), s.au) AS numerateur,
    CASE WHEN coalesce(max(o.recue_le), s.entree) IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN coalesce(max(o.recue_le), s.entree) IS NULL THEN 1 ELSE 0 END AS inconnu
FROM sdd s
LEFT JOIN orientations_au x ON x.au = s.au AND x.personne_id = s.personne_id
LEFT JOIN ouvertures o ON o.personne_id = s.personne_id AND o.recue_le <= s.au AND NOT o.retour
WHERE s.soumise AND x.personne_id IS NULL
GROUP BY s.au, s.personne_id, s.entree
