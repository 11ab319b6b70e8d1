-- code: ep_personnes_entendues
-- libelle: Personnes venues devant l'équipe pluridisciplinaire
-- famille: devoirs
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les dossiers examinés par l'équipe pluridisciplinaire dans les douze mois avec une audition
--   prévue, la part de ceux où la personne est venue ou s'est fait représenter. Présence non notée : comptés à part.
-- numerateur: ceux où la personne est venue ou représentée
-- denominateur: les dossiers à audition, présence notée
-- source: CASF L262-39
-- perimetre: Dossiers de l'équipe pluridisciplinaire, douze mois
-- sens: neutre
-- niveaux: departement
-- structure: referent
-- recul: 12
-- repetees: oui
-- rang: 16
-- repond: REQ-23
SELECT
    c.au, p.personne_id,
    CASE WHEN p.presence IN ('presente', 'representee', 'assistee') THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN p.presence IN ('attendue', 'sans_audition') THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN p.presence = 'attendue' THEN 1 ELSE 0 END AS inconnu
FROM contexte c
JOIN passages_ep p ON p.audition AND p.statut <> 'retire' AND p.jour > c.il_y_a_12_mois AND p.jour <= c.au
WHERE c.publie
