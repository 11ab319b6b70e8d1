-- Les personnes soumises dont la première orientation est décidée dans la période : suivies à partir de cette décision, que
-- l'orientation soit celle que l'on étudie ou une autre. Comparer des orientées à des orientées évite de comparer celles à
-- qui l'on a proposé quelque chose à celles que personne n'a rencontrées.
WITH premieres AS (
    SELECT o.personne_id, min(o.decidee_le) AS jour, min_by(o.voie, o.decidee_le) AS voie,
        min_by(o.categorie, o.decidee_le) AS categorie
    FROM orientations o
    GROUP BY o.personne_id
)
SELECT
    p.personne_id, min(d.foyer_id) AS foyer_id, p.jour, bool_or(d.salariee) AS salariee, min(d.activite) AS activite,
    max(a.commune) AS commune, max(x.code) AS secteur, min(f.demande_le) AS demande_le,
    max(p.voie) = (SELECT orientation FROM fenetre) OR max(p.categorie) = (SELECT orientation FROM fenetre) AS traitee
FROM premieres p
JOIN droits_personnes d ON d.personne_id = p.personne_id AND d.debut <= p.jour AND p.jour < d.fin AND d.sdd
LEFT JOIN foyers f ON f.foyer_id = d.foyer_id
LEFT JOIN adresses a ON a.foyer_id = d.foyer_id AND a.rang = 1 AND a.debut <= p.jour AND p.jour < a.fin
LEFT JOIN rattachements r
    ON r.personne_id = p.personne_id AND r.finalite = 'secteur' AND r.debut <= p.jour AND p.jour < r.fin
LEFT JOIN structures x ON x.structure_id = r.structure_id
WHERE p.jour >= (SELECT du FROM fenetre) AND p.jour <= (SELECT au FROM fenetre) AND p.jour > (SELECT premiere FROM fenetre)
GROUP BY p.personne_id, p.jour
