-- Les foyers avec enfant à charge au titre du RSA, un jour donné ; enfant_inconnu : un enfant dont on ne sait pas s'il est
-- à charge, et aucun dont on le sait.
SELECT
    c.au, a.foyer_id,
    max(CASE WHEN a.a_charge THEN 1 ELSE 0 END) = 1 AS avec_enfant,
    max(CASE WHEN a.a_charge THEN 1 ELSE 0 END) = 0 AND max(CASE WHEN a.a_charge IS NULL THEN 1 ELSE 0 END) = 1
        AS enfant_inconnu
FROM contexte c
JOIN appartenances a ON a.role = 'enf' AND a.debut <= c.au AND c.au < a.fin
GROUP BY c.au, a.foyer_id
