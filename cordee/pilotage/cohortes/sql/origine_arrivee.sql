-- Arrivée dans un droit déjà ouvert depuis plus de six mois : dossier transféré d'un autre département, conjoint qui rejoint le
-- foyer, personne qui devient soumise. Les fichiers ne les distinguent pas. La date est celle de la réception.
SELECT o.personne_id, min(o.recue_le) AS origine_le
FROM ouvertures o
JOIN cohorte c ON o.recue_le BETWEEN c.du AND c.au
WHERE NOT o.retour AND coalesce(o.effet_le, o.demande_le, o.transmise_le) < o.recue_le - 183
    AND o.recue_le > (SELECT min(recue_le) FROM ouvertures)
GROUP BY o.personne_id
