-- Combien de mois après sa sortie chaque personne est revenue (vide : pas revenue), et combien de mois ont été observés depuis.
SELECT
    x.personne_id, x.cause, c.dernier_m - x.fin_m AS recul,
    min(s.debut_m) - x.fin_m AS retour
FROM membres m
JOIN sorties x ON x.personne_id = m.personne_id AND x.fin_m = m.fin_m
CROSS JOIN cohorte c
LEFT JOIN sejours s ON s.personne_id = x.personne_id AND s.debut_m > x.fin_m
GROUP BY x.personne_id, x.cause, c.dernier_m, x.fin_m
