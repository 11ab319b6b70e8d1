-- Ce qui est mesuré sur chaque personne suivie (table base : personne_id, foyer_id, jour, salariee, activite, commune, …).
-- fin_mois : le dernier jour du sixième mois après le départ. Un critère vide n'est pas connu : ni réussite, ni échec.
WITH ages AS (
    SELECT b.*, CAST(last_day(b.jour + INTERVAL 6 MONTH) AS DATE) AS fin_mois FROM base b
),
finales AS (
    SELECT b.personne_id, b.jour, max_by(d.salariee, d.debut) AS en_activite, max(d.debut) AS vue_le
    FROM ages b
    JOIN droits_personnes d ON d.personne_id = b.personne_id AND d.debut <= b.fin_mois AND d.salariee IS NOT NULL
    GROUP BY b.personne_id, b.jour
),
emplois AS (
    SELECT b.personne_id, b.jour,
        max(CASE WHEN d.salariee AND d.debut > b.jour THEN 1 ELSE 0 END) = 1 AS embauchee
    FROM ages b
    JOIN droits_personnes d
        ON d.personne_id = b.personne_id AND d.debut <= b.fin_mois AND d.fin > b.jour AND d.salariee IS NOT NULL
    GROUP BY b.personne_id, b.jour
),
signes AS (
    SELECT b.personne_id, b.jour, min(k.debut) AS signe_le
    FROM ages b JOIN contrats k ON k.personne_id = b.personne_id AND k.debut >= b.jour
    GROUP BY b.personne_id, b.jour
),
premiers AS (
    SELECT b.personne_id, b.jour, min_by(r.statut, r.jour) AS statut
    FROM ages b
    JOIN rendez_vous r ON r.personne_id = b.personne_id AND r.jour >= b.jour AND r.jour <= b.fin_mois
    WHERE r.statut IN ('honore', 'sans_rendez_vous', 'excuse', 'absent')
    GROUP BY b.personne_id, b.jour
),
voies AS (
    SELECT b.personne_id, b.jour, min_by(o.voie, o.decidee_le) AS voie
    FROM ages b
    JOIN orientations o ON o.personne_id = b.personne_id AND o.decidee_le >= b.jour AND o.decidee_le <= b.fin_mois
    GROUP BY b.personne_id, b.jour
),
enfants_a AS (
    SELECT b.personne_id, b.jour, count(*) > 0 AS avec_enfant
    FROM ages b
    JOIN appartenances a ON a.foyer_id = b.foyer_id AND a.role = 'enf' AND a.a_charge AND a.debut <= b.jour AND b.jour < a.fin
    GROUP BY b.personne_id, b.jour
),
couples AS (
    SELECT b.personne_id, b.jour, count(*) > 0 AS en_couple
    FROM ages b
    JOIN appartenances a ON a.foyer_id = b.foyer_id AND a.role = 'cjt' AND a.debut <= b.jour AND b.jour < a.fin
    GROUP BY b.personne_id, b.jour
),
inscriptions_a AS (
    SELECT DISTINCT b.personne_id, b.jour
    FROM ages b JOIN inscriptions i ON i.personne_id = b.personne_id AND i.debut <= b.jour AND b.jour < i.fin
)
SELECT
    b.personne_id, b.foyer_id, b.jour, b.fin_mois, b.commune, b.secteur, b.traitee,
    CASE WHEN b.fin_mois <= (SELECT connu FROM fenetre) THEN f.en_activite END AS activite_6_mois,
    CASE WHEN b.fin_mois <= (SELECT connu FROM fenetre) AND b.salariee IS NOT TRUE THEN e.embauchee END AS emploi_6_mois,
    CASE WHEN b.jour + 30 <= (SELECT connu FROM fenetre) THEN coalesce(s.signe_le <= b.jour + 30, FALSE) END AS contrat_30_jours,
    CASE WHEN b.fin_mois <= (SELECT connu FROM fenetre) THEN r.statut = 'absent' END AS absence_premier,
    CASE WHEN b.fin_mois <= (SELECT connu FROM fenetre) AND v.voie IS NOT NULL THEN v.voie = 'emploi' END AS parcours_pro,
    b.salariee AS temoin_activite,
    p.sexe = 'femme' AS temoin_femme,
    extract(MONTH FROM p.naissance) % 2 = 0 AS temoin_mois,
    coalesce(s.signe_le <= b.jour + 91, FALSE) AS accompagnee,
    CASE WHEN p.sexe = 'femme' THEN 1 ELSE 0 END AS femme,
    extract(YEAR FROM b.jour) - extract(YEAR FROM p.naissance) AS age,
    CASE WHEN n.avec_enfant THEN 1 ELSE 0 END AS avec_enfant,
    CASE WHEN c.en_couple THEN 1 ELSE 0 END AS en_couple,
    CASE WHEN i.personne_id IS NOT NULL THEN 1 ELSE 0 END AS inscrite,
    CASE WHEN b.salariee THEN 1 ELSE 0 END AS activite_entree,
    CASE WHEN b.activite IN ('ETI', 'AEN') THEN 1 ELSE 0 END AS independante,
    least(greatest(date_diff('day', coalesce(b.demande_le, b.jour), b.jour) / 365.25, 0), 15) AS anciennete,
    date_diff('day', DATE '2021-12-31', b.jour) / 365.25 AS date_entree,
    b.fin_mois > (SELECT connu FROM fenetre) AS trop_recente,
    p.deces_le IS NOT NULL AND p.deces_le <= b.fin_mois AS decedee
FROM ages b
JOIN personnes p ON p.id = b.personne_id
LEFT JOIN finales f ON f.personne_id = b.personne_id AND f.jour = b.jour
LEFT JOIN emplois e ON e.personne_id = b.personne_id AND e.jour = b.jour
LEFT JOIN signes s ON s.personne_id = b.personne_id AND s.jour = b.jour
LEFT JOIN premiers r ON r.personne_id = b.personne_id AND r.jour = b.jour
LEFT JOIN voies v ON v.personne_id = b.personne_id AND v.jour = b.jour
LEFT JOIN enfants_a n ON n.personne_id = b.personne_id AND n.jour = b.jour
LEFT JOIN couples c ON c.personne_id = b.personne_id AND c.jour = b.jour
LEFT JOIN inscriptions_a i ON i.personne_id = b.personne_id AND i.jour = b.jour
ORDER BY b.personne_id, b.jour
