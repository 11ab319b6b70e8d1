-- Chaque décision d'orientation : vers quel organisme, de quel côté du service public de l'emploi, et d'où elle vient.
-- cote : ft (France Travail), spe (autre organisme du SPE), hors_spe. operateur : pe, cd, oa (plan pauvreté).
-- cote_avant : l'orientation d'avant, quand elle tenait encore ; vide : première orientation depuis l'entrée.
WITH lues AS (
    SELECT
        o.id, o.personne_id, o.voie, o.structure_id, o.decidee_le, o.debut, o.fin,
        CASE WHEN o.categorie = 'operateur_emploi' THEN 'ft'
             WHEN o.categorie = 'mission_locale' THEN 'mission_locale'
             WHEN o.categorie = 'placement_handicap' THEN 'cap_emploi'
             WHEN s.type = 'ccas' THEN 'ccas'
             WHEN s.type = 'association' THEN 'association'
             WHEN o.categorie = 'delegataire' OR s.type = 'operateur' THEN 'operateur'
             WHEN s.type = 'eds' THEN 'departement_social'
             ELSE 'departement_pro' END AS organisme,
        lag(o.fin) OVER suite AS fin_avant,
        lag(o.categorie) OVER suite AS categorie_avant
    FROM orientations o
    LEFT JOIN structures s ON s.structure_id = o.structure_id
    WINDOW suite AS (PARTITION BY o.personne_id ORDER BY o.decidee_le, o.id)
)
SELECT
    id, personne_id, voie, structure_id, decidee_le, debut, fin, organisme,
    CASE WHEN organisme = 'ft' THEN 'ft' WHEN organisme IN ('mission_locale', 'cap_emploi') THEN 'spe'
         ELSE 'hors_spe' END AS cote,
    CASE WHEN organisme = 'ft' THEN 'pe' WHEN organisme IN ('departement_social', 'departement_pro') THEN 'cd'
         ELSE 'oa' END AS operateur,
    CASE WHEN fin_avant IS NULL OR fin_avant < debut THEN NULL
         WHEN categorie_avant IN ('operateur_emploi', 'mission_locale', 'placement_handicap') THEN 'spe'
         ELSE 'hors_spe' END AS cote_avant
FROM lues
