-- Chaque contrat, signé dans Cordée ou annoncé par l'organisme référent extérieur, et l'organisme qui l'a signé.
-- serie : cer, ppae (chez France Travail, avant 2025), engagement (depuis 2025, tous organismes).
WITH ensemble AS (
    SELECT
        k.contrat_id, k.personne_id, k.genre, k.structure_id, o.organisme, k.signe_le, k.debut, k.fin,
        k.actualisation_le, FALSE AS dit
    FROM contrats_details k
    LEFT JOIN of_orientations_lues o ON o.id = k.orientation_id
    UNION ALL
    SELECT
        NULL, e.personne_id, CASE WHEN e.contrat_dit >= DATE '2025-01-01' THEN 'contrat_engagement' ELSE 'cer' END,
        e.pour_id, NULL, e.contrat_dit, e.jour, NULL, NULL, TRUE
    FROM evenements e
    WHERE e.genre = 'information_partenaire' AND e.contrat_dit IS NOT NULL AND e.contrat_dit <= e.jour
),
situes AS (
    SELECT
        t.contrat_id, t.personne_id, t.genre, t.structure_id, t.signe_le, t.debut, t.fin, t.actualisation_le, t.dit,
        coalesce(t.organisme,
            CASE WHEN s.categorie = 'operateur_emploi' THEN 'ft'
                 WHEN s.categorie = 'mission_locale' THEN 'mission_locale'
                 WHEN s.categorie = 'placement_handicap' THEN 'cap_emploi' WHEN s.type = 'ccas' THEN 'ccas'
                 WHEN s.type = 'association' THEN 'association'
                 WHEN s.categorie = 'delegataire' OR s.type = 'operateur' THEN 'operateur'
                 WHEN s.type = 'eds' THEN 'departement_social' ELSE 'departement_pro' END) AS organisme
    FROM ensemble t
    LEFT JOIN structures s ON s.structure_id = t.structure_id
)
SELECT
    contrat_id, personne_id, structure_id, signe_le, debut, fin, actualisation_le, dit, organisme,
    CASE WHEN organisme = 'ft' THEN 'ft' WHEN organisme IN ('mission_locale', 'cap_emploi') THEN 'spe'
         ELSE 'hors_spe' END AS cote,
    CASE WHEN genre = 'contrat_engagement' THEN 'engagement' WHEN organisme = 'ft' OR genre = 'ppae' THEN 'ppae'
         ELSE 'cer' END AS serie
FROM situes
