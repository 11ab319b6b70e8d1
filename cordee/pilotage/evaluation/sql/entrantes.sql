-- Une ligne par entrée d'une personne soumise : le jour d'entrée est la date du premier fichier qui la montre, la commune
-- et la structure de secteur sont celles de ce fichier. Un retour de moins de douze mois n'est pas une entrée (E16).
-- Ce qui était déjà là au premier fichier chargé n'est pas une entrée.
SELECT
    o.personne_id, d.foyer_id, d.debut AS jour, d.salariee, d.activite,
    max(a.commune) AS commune, max(x.code) AS secteur, min(o.demande_le) AS demande_le
FROM ouvertures o
JOIN droits_personnes d
    ON d.personne_id = o.personne_id AND d.foyer_id = o.foyer_id AND d.debut <= o.recue_le AND o.recue_le < d.fin
LEFT JOIN adresses a
    ON a.foyer_id = d.foyer_id AND a.rang = 1 AND a.debut <= o.recue_le AND o.recue_le < a.fin
LEFT JOIN rattachements r
    ON r.personne_id = o.personne_id AND r.finalite = 'secteur' AND r.debut <= o.recue_le AND o.recue_le < r.fin
LEFT JOIN structures x ON x.structure_id = r.structure_id
WHERE NOT o.retour AND d.sdd AND d.debut > $premiere AND d.debut >= $du AND d.debut <= $au
GROUP BY o.personne_id, d.foyer_id, d.debut, d.salariee, d.activite
