-- code: premier_rendez_vous_15_jours
-- libelle: Premier rendez-vous d'accompagnement sous quinze jours
-- famille: delais
-- unite: pour_cent
-- agregat: taux
-- definition: Part des orientations dont le premier rendez-vous d'accompagnement a été fixé, ou dont le premier
--   échange a eu lieu, à quinze jours au plus de la décision. Orientations décidées il y a trois à neuf mois, hors
--   organisme extérieur : ses rendez-vous ne nous sont pas transmis (information non reçue, comptées à part).
-- numerateur: celles dont le premier rendez-vous est fixé sous quinze jours
-- denominateur: les orientations de la cohorte, hors organisme extérieur
-- source: Stratégie pauvreté, tableau A2
-- perimetre: Orientations décidées il y a trois à neuf mois
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- cible: 100 (indicateur) : stratégie pauvreté, deux semaines
-- recul: 9
-- repetees: oui
-- rang: 14
-- repond: K06
SELECT
    au, personne_id,
    CASE WHEN categorie <> 'operateur_emploi' AND datediff('day', decidee_le, rencontre_le) <= 15 THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN categorie = 'operateur_emploi' THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN categorie = 'operateur_emploi' THEN 1 ELSE 0 END AS inconnu
FROM suites_orientation
