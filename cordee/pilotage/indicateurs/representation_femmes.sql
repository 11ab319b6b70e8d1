-- code: representation_femmes
-- libelle: Accompagnement intensif : représentation des femmes
-- famille: accompagnement
-- unite: rapport
-- agregat: rapport
-- definition: Le nombre de ces personnes (femmes) en accompagnement intensif déclaré, rapporté à ce que donnerait
--   la moyenne du département : leur part parmi les accompagnées sur leur part parmi toutes les personnes soumises. Un
--   quand elles sont représentées à leur part.
-- numerateur: celles en accompagnement intensif
-- denominateur: celles que donnerait la moyenne du département
-- source: PDIE : « 4 points de plus que leur représentation »
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, structure
-- structure: referent
-- limites: Pour les actions financées, la même mesure attend qu'elles soient suivies ici.
-- rang: 15
-- repond: K15, REQ-17
WITH moyennes AS (
    SELECT k.au, 1.0 * sum(CASE WHEN k.intensif THEN 1 ELSE 0 END) / count(*) AS part FROM sdd_contrats k GROUP BY k.au
)
SELECT
    s.au, s.personne_id,
    CASE WHEN k.intensif THEN 1 ELSE 0 END AS numerateur,
    m.part AS denominateur,
    0 AS inconnu
FROM sdd s
JOIN sdd_contrats k ON k.au = s.au AND k.personne_id = s.personne_id
JOIN moyennes m ON m.au = s.au AND m.part > 0
WHERE s.sexe = 'femme'
