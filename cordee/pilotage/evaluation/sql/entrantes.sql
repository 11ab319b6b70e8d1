-- Une ligne par entrée d'une personne soumise, par une demande nouvelle : son foyer n'était dans aucun fichier d'avant, sa
-- demande a moins de six mois. Le jour d'entrée est la date du premier fichier qui la montre ; la commune et la structure de
-- secteur sont celles de ce fichier. Ni un retour de moins de douze mois (E16), ni un conjoint qui arrive, ni une personne
-- qui devient soumise dans un foyer déjà connu n'est une entrée ; ce qui était déjà là au premier fichier chargé non plus.
WITH neufs AS (
    SELECT foyer_id, min(debut) AS depuis FROM droits_foyers GROUP BY foyer_id
)
SELECT
    o.personne_id, d.foyer_id, d.debut AS jour, d.salariee, d.activite,
    max(a.commune) AS commune, max(x.code) AS secteur, min(o.demande_le) AS demande_le
FROM ouvertures o
JOIN droits_personnes d
    ON d.personne_id = o.personne_id AND d.foyer_id = o.foyer_id AND d.debut <= o.recue_le AND o.recue_le < d.fin
JOIN neufs n ON n.foyer_id = d.foyer_id AND n.depuis = d.debut
LEFT JOIN adresses a
    ON a.foyer_id = d.foyer_id AND a.rang = 1 AND a.debut <= o.recue_le AND o.recue_le < a.fin
LEFT JOIN rattachements r
    ON r.personne_id = o.personne_id AND r.finalite = 'secteur' AND r.debut <= o.recue_le AND o.recue_le < r.fin
LEFT JOIN structures x ON x.structure_id = r.structure_id
WHERE NOT o.retour AND d.sdd AND d.debut > (SELECT premiere FROM fenetre)
    AND d.debut >= (SELECT du FROM fenetre) AND d.debut <= (SELECT au FROM fenetre)
    AND (o.demande_le IS NULL OR o.demande_le >= d.debut - 183)
GROUP BY o.personne_id, d.foyer_id, d.debut, d.salariee, d.activite
