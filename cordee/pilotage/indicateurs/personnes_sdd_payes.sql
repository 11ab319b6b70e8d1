-- code: personnes_sdd_payes
-- libelle: Personnes soumises, droit réel
-- famille: publics
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises aux droits et devoirs dont le droit est réel : versable ou suspendu (états 2 et
--   3), ou versement arrêté pour un montant trop faible, une hospitalisation ou une action non engagée (état 4, motifs
--   05, 44, 70). Les droits théoriques, en attente d'une pièce ou d'une décision, n'y sont pas.
-- numerateur: les personnes soumises, droit réel
-- denominateur: aucun
-- source: E30
-- perimetre: sdd_payes
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: personnes_sdd droit_reel
-- rang: 6
-- repond: REQ-14
SELECT
    au, personne_id,
    CASE WHEN droit_reel THEN 1 ELSE 0 END AS numerateur,
    NULL AS denominateur,
    0 AS inconnu
FROM sdd
WHERE soumise
