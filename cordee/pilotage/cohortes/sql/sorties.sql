-- Pourquoi chaque personne est sortie, à chacune de ses sorties. Dans l'ordre : décès, départ, emploi dit (ou activité en
-- cours), droit resté ouvert, décision du Département, puis le motif de fin de droit et, quand il n'est qu'une échéance, celui
-- de la suspension d'avant.
-- Les faits se cherchent autour de la fin du droit : deux mois avant à quatre mois après pour l'emploi, deux mois pour le reste.
WITH partis AS (
    SELECT s.personne_id, s.fin, s.fin_m
    FROM membres m
    JOIN sejours s ON s.personne_id = m.personne_id AND s.fin >= m.fin
    JOIN cohorte c ON s.fin_m <= c.dernier_m
),
foyers_quittes AS (
    SELECT p.personne_id, p.fin, max_by(d.foyer_id, d.fin) AS foyer_id
    FROM partis p
    JOIN droits_personnes d ON d.personne_id = p.personne_id AND d.sdd AND d.debut < p.fin
    GROUP BY p.personne_id, p.fin
),
clotures AS (
    SELECT q.personne_id, q.fin, min_by(f.motif, f.debut) AS motif
    FROM foyers_quittes q
    JOIN droits_foyers f
        ON f.foyer_id = q.foyer_id AND f.etat IN ('1', '5', '6') AND f.debut >= q.fin - 31 AND f.debut <= q.fin + 62
    GROUP BY q.personne_id, q.fin
),
suspensions AS (
    SELECT q.personne_id, q.fin, max_by(f.motif, f.debut) AS motif
    FROM foyers_quittes q
    JOIN droits_foyers f ON f.foyer_id = q.foyer_id AND f.etat IN ('3', '4') AND f.debut < q.fin AND f.fin >= q.fin - 31
    GROUP BY q.personne_id, q.fin
),
ouverts AS (
    SELECT DISTINCT q.personne_id, q.fin
    FROM foyers_quittes q
    JOIN droits_foyers f ON f.foyer_id = q.foyer_id AND f.etat IN ('2', '3', '4') AND f.debut <= q.fin AND q.fin < f.fin
),
dits AS (
    SELECT
        p.personne_id, p.fin,
        max(CASE WHEN e.genre = 'deces' AND e.jour <= p.fin + 62 THEN 1 ELSE 0 END) AS deces,
        max(CASE WHEN e.genre = 'mutation_sortante' AND e.jour <= p.fin + 62 THEN 1 ELSE 0 END) AS depart,
        max(CASE WHEN e.genre = 'droit_fini' AND e.jour <= p.fin + 62 THEN 1 ELSE 0 END) AS decision,
        max(CASE WHEN e.genre = 'droit_clos' OR e.genre = 'cloture_decidee' AND e.suite = 'suivi_emploi' THEN 1 ELSE 0 END)
            AS emploi
    FROM partis p
    JOIN faits e ON e.personne_id = p.personne_id AND e.jour >= p.fin - 62 AND e.jour <= p.fin + 122
    GROUP BY p.personne_id, p.fin
),
actives AS (
    SELECT DISTINCT p.personne_id, p.fin
    FROM partis p
    JOIN situations s
        ON s.personne_id = p.personne_id AND s.etat IN ('en_emploi_partiel', 'independante')
        AND s.genre = 'situation_particuliere' AND s.debut <= p.fin AND p.fin <= s.fin
)
SELECT
    p.personne_id, p.fin, p.fin_m,
    CASE WHEN d.deces = 1 OR q.deces_le <= p.fin + 62 OR k.motif = 'F85' THEN 'deces'
         WHEN d.depart = 1 OR k.motif = 'MUT' THEN 'demenagement'
         WHEN d.emploi = 1 OR a.personne_id IS NOT NULL THEN 'emploi'
         WHEN o.personne_id IS NOT NULL THEN 'non_soumise'
         WHEN d.decision = 1 OR k.motif = 'PCG' OR k.motif = 'ECH' AND s.motif IN ('CG', 'CV', 'GJ', 'GK', 'GL')
             THEN 'sanction'
         WHEN k.motif = 'RFD' OR k.motif = 'ECH' AND s.motif IN ('01', '05') THEN 'ressources'
         WHEN k.motif = 'ECH' THEN 'papiers'
         WHEN k.motif IS NOT NULL AND k.motif <> '' THEN 'autre'
         ELSE 'inconnue' END AS cause
FROM partis p
JOIN personnes q ON q.id = p.personne_id
LEFT JOIN clotures k ON k.personne_id = p.personne_id AND k.fin = p.fin
LEFT JOIN suspensions s ON s.personne_id = p.personne_id AND s.fin = p.fin
LEFT JOIN ouverts o ON o.personne_id = p.personne_id AND o.fin = p.fin
LEFT JOIN dits d ON d.personne_id = p.personne_id AND d.fin = p.fin
LEFT JOIN actives a ON a.personne_id = p.personne_id AND a.fin = p.fin
