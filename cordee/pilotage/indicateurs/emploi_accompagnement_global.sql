-- code: emploi_accompagnement_global
-- libelle: Sorties d'accompagnement global vers un emploi
-- famille: emploi
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les accompagnements globaux finis dans les douze mois, la part de ceux dont l'issue est un
--   emploi ou une création d'activité. Sans nouvelles : comptés à part.
-- numerateur: ceux dont l'issue est un emploi
-- denominateur: les accompagnements globaux finis, issue connue
-- source: F060 (45 % en 2022) (c)
-- perimetre: Accompagnements globaux finis dans les douze mois
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Origine : la fin de l'accompagnement. Fenêtre : l'issue dite ce jour-là. Source : le référent qui clôt.
--   Les personnes sans RSA y comptent.
-- recul: 12
-- repetees: oui
-- rang: 6
-- repond: K11, REQ-31
SELECT
    c.au, g.personne_id,
    CASE WHEN g.issue IN ('emploi_durable', 'emploi_court', 'creation') THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN g.issue = 'sans_nouvelles' THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN g.issue = 'sans_nouvelles' THEN 1 ELSE 0 END AS inconnu
FROM contexte c
JOIN accompagnements_globaux g ON g.fin > c.il_y_a_12_mois AND g.fin <= c.au
WHERE c.publie
