-- code: part_anciennete_1_an
-- libelle: Part des personnes présentes depuis un an ou plus
-- famille: publics
-- unite: pour_cent
-- agregat: taux
-- definition: Ancienneté depuis la dernière entrée dans le dispositif (demande de RSA ; à défaut, effet du droit). Un
--   retour de moins de douze mois ne remet pas l'ancienneté à zéro.
-- numerateur: celles entrées depuis ce temps
-- denominateur: les personnes soumises aux droits et devoirs, date d'entrée connue
-- source: F012
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- partition: personnes_sdd part_anciennete_1_an
-- rang: 17
-- repond: REQ-14
SELECT
    s.au, s.personne_id,
    CASE WHEN s.entree <= c.il_y_a_12_mois THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN s.entree IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN s.entree IS NULL THEN 1 ELSE 0 END AS inconnu
FROM sdd s
JOIN contexte c ON c.au = s.au
WHERE s.soumise
