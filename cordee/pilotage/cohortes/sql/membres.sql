-- Ceux que la cohorte suit, et le nombre de mois pendant lesquels on peut les suivre.
SELECT
    d.personne_id, d.origine_le, d.fin, d.fin_m, d.depart_m, d.photo_le,
    least(c.dernier_m - d.depart_m, c.horizon) AS suivi
FROM departs d
JOIN retenus r ON r.personne_id = d.personne_id
CROSS JOIN cohorte c
