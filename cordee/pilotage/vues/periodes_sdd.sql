-- Les périodes pendant lesquelles une personne est soumise, droit ouvert.
SELECT
    d.personne_id, d.foyer_id,
    greatest(d.debut, f.debut) AS debut,
    least(d.fin, f.fin) AS fin
FROM droits_personnes d
JOIN droits_foyers f
    ON f.foyer_id = d.foyer_id AND f.etat IN ('2', '3', '4') AND d.debut < f.fin AND f.debut < d.fin
WHERE d.sdd
