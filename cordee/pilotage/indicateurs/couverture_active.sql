-- code: couverture_active
-- libelle: Personnes accompagnées activement
-- famille: accompagnement
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes soumises qui ont eu un échange direct avec leur référent ou leur organisme
--   référent dans les quatre-vingt-dix jours : rendez-vous tenu, contact abouti, signature, contact annoncé par
--   l'organisme extérieur. Un message laissé n'en est pas un. Suivies par un organisme extérieur qui n'a rien dit :
--   information non reçue, comptées à part.
-- numerateur: celles qui ont eu un échange dans les quatre-vingt-dix jours
-- denominateur: les personnes soumises, information connue
-- source: PDIE : « accompagner concrètement tous les allocataires »
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- cible: 100 (objectif) : un échange par trimestre
-- rang: 1
-- repond: K01, REQ-53
SELECT
    s.au, s.personne_id,
    CASE WHEN d.suivi_le > c.il_y_a_90_jours THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN o.categorie = 'operateur_emploi' AND p.personne_id IS NULL AND d.suivi_le IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN o.categorie = 'operateur_emploi' AND p.personne_id IS NULL AND d.suivi_le IS NULL THEN 1 ELSE 0 END AS inconnu
FROM contexte c
JOIN sdd s ON s.au = c.au
LEFT JOIN derniers_echanges d ON d.au = s.au AND d.personne_id = s.personne_id
LEFT JOIN orientations_au o ON o.au = s.au AND o.personne_id = s.personne_id
LEFT JOIN partenaires_au p ON p.au = s.au AND p.personne_id = s.personne_id
WHERE s.soumise
