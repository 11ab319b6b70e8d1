-- Les personnes soumises aux droits et devoirs, droit ouvert (périmètre sdd_operationnel), un jour donné, et ce que l'on
-- sait d'elles. soumise est vide pour celles dont l'indicateur n'est pas connu : elles ne comptent que comme inconnues.
SELECT
    p.au, p.personne_id, p.foyer_id, p.soumise, p.versable, p.droit_reel,
    q.sexe,
    CAST(extract(YEAR FROM p.au) - extract(YEAR FROM q.naissance)
         - CASE WHEN extract(MONTH FROM p.au) < extract(MONTH FROM q.naissance) THEN 1 ELSE 0 END AS INTEGER) AS age,
    coalesce(e.avec_enfant, FALSE) AS avec_enfant,
    e.enfant_inconnu,
    n.entree
FROM population p
JOIN personnes q ON q.id = p.personne_id
LEFT JOIN enfants e ON e.au = p.au AND e.foyer_id = p.foyer_id
LEFT JOIN entrees n ON n.au = p.au AND n.personne_id = p.personne_id
WHERE p.soumise IS NOT FALSE
