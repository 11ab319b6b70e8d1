-- Qui est chaque personne comparée, le jour où elle a été confiée à la structure (table suivies) : âge, foyer, ancienneté,
-- territoire, ce que l'entretien a établi avant ce jour. Le sexe est lu à part : il n'entre pas dans l'attendu (ADR 34).
WITH menages AS (
    SELECT
        s.rang,
        max_by(a.foyer_id, {'debut': a.debut, 'foyer': a.foyer_id}) AS foyer_id
    FROM suivies s
    JOIN appartenances a
        ON a.personne_id = s.personne_id AND a.role IN ('dem', 'cjt', 'aut') AND a.debut <= s.jour AND s.jour < a.fin
    GROUP BY s.rang
),
foyers_du_jour AS (
    SELECT
        m.rang,
        max(CASE WHEN b.role = 'enf' AND b.a_charge THEN 1 ELSE 0 END) AS avec_enfant,
        sum(CASE WHEN b.role IN ('dem', 'cjt') THEN 1 ELSE 0 END) AS adultes,
        max(b.foyer_id) AS foyer_id
    FROM menages m
    JOIN suivies s ON s.rang = m.rang
    JOIN appartenances b ON b.foyer_id = m.foyer_id AND b.debut <= s.jour AND s.jour < b.fin
    GROUP BY m.rang
),
lieux_du_jour AS (
    SELECT s.rang, max_by(k.ept, {'debut': d.debut, 'commune': d.commune}) AS ept
    FROM suivies s
    JOIN menages m ON m.rang = s.rang
    JOIN adresses d ON d.foyer_id = m.foyer_id AND d.rang = 1 AND d.debut <= s.jour AND s.jour < d.fin
    JOIN communes k ON k.commune = d.commune
    GROUP BY s.rang
),
entrees_du_jour AS (
    SELECT s.rang, max(coalesce(o.demande_le, o.effet_le, o.transmise_le)) AS entree
    FROM suivies s
    JOIN ouvertures o
        ON o.personne_id = s.personne_id AND NOT o.retour AND coalesce(o.demande_le, o.effet_le, o.transmise_le) <= s.jour
    GROUP BY s.rang
),
impacts AS (
    SELECT
        id, personne_id, jour, situation_pro, niveau,
        CASE WHEN 'fort' IN (sante, logement, mobilite, famille, finances, numerique, demarches, langue, confiance) THEN 'fort'
             WHEN 'faible' IN (sante, logement, mobilite, famille, finances, numerique, demarches, langue, confiance)
                 THEN 'faible'
             WHEN 'aucun' IN (sante, logement, mobilite, famille, finances, numerique, demarches, langue, confiance)
                 THEN 'aucun' END AS freins
    FROM diagnostics
),
entretiens AS (
    SELECT
        s.rang,
        max_by(i.freins, {'jour': i.jour, 'id': i.id}) AS freins,
        max_by(i.situation_pro, {'jour': i.jour, 'id': i.id}) AS situation_pro,
        max_by(i.niveau, {'jour': i.jour, 'id': i.id}) AS niveau
    FROM suivies s
    JOIN impacts i ON i.personne_id = s.personne_id AND i.jour <= s.jour
    GROUP BY s.rang
),
ages AS (
    SELECT
        s.rang, p.sexe,
        extract(YEAR FROM s.jour) - extract(YEAR FROM p.naissance)
            - CASE WHEN extract(MONTH FROM s.jour) < extract(MONTH FROM p.naissance) THEN 1 ELSE 0 END AS age
    FROM suivies s
    JOIN personnes p ON p.id = s.personne_id
)
SELECT
    s.rang, s.personne_id, t.code AS structure, t.categorie, s.valeur, s.inconnu,
    coalesce(g.sexe, 'inconnu') AS sexe,
    CASE WHEN g.age IS NULL THEN 'inconnu' WHEN g.age < 25 THEN 'moins_25' WHEN g.age < 30 THEN '25_29'
         WHEN g.age < 40 THEN '30_39' WHEN g.age < 50 THEN '40_49' WHEN g.age < 60 THEN '50_59' ELSE '60_plus' END AS age,
    CASE WHEN f.foyer_id IS NULL THEN 'inconnu'
         WHEN f.adultes > 1 AND f.avec_enfant = 1 THEN 'couple_avec' WHEN f.adultes > 1 THEN 'couple_sans'
         WHEN f.avec_enfant = 1 THEN 'seul_avec' ELSE 'seul_sans' END AS famille,
    CASE WHEN e.entree IS NULL THEN 'inconnu' WHEN datediff('day', e.entree, s.jour) < 183 THEN 'moins_6_mois'
         WHEN datediff('day', e.entree, s.jour) < 365 THEN '6_12_mois' WHEN datediff('day', e.entree, s.jour) < 730 THEN '1_2_ans'
         WHEN datediff('day', e.entree, s.jour) < 1826 THEN '2_5_ans' ELSE '5_ans_plus' END AS anciennete,
    coalesce(l.ept, 'inconnu') AS territoire,
    coalesce(n.freins, 'inconnu') AS freins,
    coalesce(nullif(n.situation_pro, ''), 'inconnu') AS travail,
    coalesce(nullif(n.niveau, ''), 'inconnu') AS niveau,
    coalesce(nullif(s.voie, ''), 'inconnu') AS voie,
    CAST(extract(YEAR FROM s.jour) AS VARCHAR) || '-' || CAST(extract(QUARTER FROM s.jour) AS VARCHAR) AS trimestre
FROM suivies s
JOIN structures t ON t.structure_id = s.structure_id
LEFT JOIN ages g ON g.rang = s.rang
LEFT JOIN foyers_du_jour f ON f.rang = s.rang
LEFT JOIN lieux_du_jour l ON l.rang = s.rang
LEFT JOIN entrees_du_jour e ON e.rang = s.rang
LEFT JOIN entretiens n ON n.rang = s.rang
