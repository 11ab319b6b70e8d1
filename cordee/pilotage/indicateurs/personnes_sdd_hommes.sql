-- code: personnes_sdd_hommes
-- libelle: Hommes soumis aux droits et devoirs
-- famille: publics
-- unite: personnes
-- agregat: effectif
-- definition: Parmi les personnes soumises aux droits et devoirs, les hommes. Sexe non renseigné : compté à part.
-- numerateur: les hommes soumis
-- denominateur: aucun
-- source: F003
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: personnes_sdd sexe
-- rang: 3
-- repond: REQ-14
SELECT
    au, personne_id,
    CASE WHEN sexe = 'homme' THEN 1 ELSE 0 END AS numerateur,
    NULL AS denominateur,
    CASE WHEN sexe NOT IN ('femme', 'homme') THEN 1 ELSE 0 END AS inconnu
FROM sdd
WHERE soumise
