-- Les personnes inscrites à l'expérimentation, et des témoins possibles : soumises le même jour, où qu'elles vivent, et dont
-- la demande date de la même période que celles des inscrites. Chacune est suivie à partir du premier jour où l'on sait quelque chose d'elle : son inscription,
-- ou le premier fichier chargé s'il est plus tard.
WITH suivies AS (
    SELECT p.personne_id, p.groupe, greatest(p.debut, (SELECT premiere FROM fenetre)) AS jour
    FROM participations p
    WHERE p.experience_id = (SELECT experience FROM fenetre) AND p.debut <= (SELECT au FROM fenetre)
),
periode AS (
    SELECT min(f.demande_le) AS debut, max(f.demande_le) AS fin
    FROM suivies s
    JOIN droits_personnes d ON d.personne_id = s.personne_id AND d.debut <= s.jour AND s.jour < d.fin AND d.sdd
    JOIN foyers f ON f.foyer_id = d.foyer_id
    WHERE s.groupe = 'traite'
),
temoins AS (
    SELECT DISTINCT d.personne_id, 'temoin' AS groupe, greatest((SELECT du FROM fenetre), (SELECT premiere FROM fenetre)) AS jour
    FROM droits_personnes d
    JOIN foyers f ON f.foyer_id = d.foyer_id
    JOIN periode p ON f.demande_le >= p.debut AND f.demande_le <= p.fin
    WHERE d.sdd AND d.debut <= greatest((SELECT du FROM fenetre), (SELECT premiere FROM fenetre))
        AND greatest((SELECT du FROM fenetre), (SELECT premiere FROM fenetre)) < d.fin
        AND d.personne_id NOT IN (SELECT personne_id FROM suivies)
),
toutes AS (
    SELECT personne_id, groupe, jour FROM suivies
    UNION ALL
    SELECT personne_id, groupe, jour FROM temoins WHERE NOT EXISTS (SELECT 1 FROM suivies WHERE groupe = 'temoin')
)
SELECT
    t.personne_id, min(d.foyer_id) AS foyer_id, t.jour, bool_or(d.salariee) AS salariee, min(d.activite) AS activite,
    max(a.commune) AS commune, max(x.code) AS secteur, min(f.demande_le) AS demande_le, t.groupe = 'traite' AS traitee
FROM toutes t
JOIN droits_personnes d ON d.personne_id = t.personne_id AND d.debut <= t.jour AND t.jour < d.fin AND d.sdd
LEFT JOIN foyers f ON f.foyer_id = d.foyer_id
LEFT JOIN adresses a ON a.foyer_id = d.foyer_id AND a.rang = 1 AND a.debut <= t.jour AND t.jour < a.fin
LEFT JOIN rattachements r
    ON r.personne_id = t.personne_id AND r.finalite = 'secteur' AND r.debut <= t.jour AND t.jour < r.fin
LEFT JOIN structures x ON x.structure_id = r.structure_id
GROUP BY t.personne_id, t.jour, t.groupe
