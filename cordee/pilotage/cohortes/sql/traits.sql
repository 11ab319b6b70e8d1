-- Ce que l'on sait de chaque personne à sa photo de départ.
WITH presents AS (
    SELECT personne_id, photo_le FROM departs WHERE NOT parti AND NOT trop_tot
),
foyers_du_jour AS (
    SELECT
        p.personne_id,
        max_by(a.foyer_id, CASE WHEN p.photo_le < a.fin THEN DATE '9999-12-31' ELSE a.debut END) AS foyer_id
    FROM presents p
    JOIN appartenances a ON a.personne_id = p.personne_id AND a.debut <= p.photo_le AND a.role IN ('dem', 'cjt', 'aut')
    GROUP BY p.personne_id
),
composition AS (
    SELECT
        f.personne_id,
        max(CASE WHEN a.role IN ('dem', 'cjt') AND a.personne_id <> f.personne_id THEN 1 ELSE 0 END) AS conjoint,
        max(CASE WHEN a.role = 'enf' AND a.a_charge THEN 1 ELSE 0 END) AS enfant,
        max(CASE WHEN a.role = 'enf' AND a.a_charge IS NULL THEN 1 ELSE 0 END) AS enfant_inconnu
    FROM foyers_du_jour f
    JOIN presents p ON p.personne_id = f.personne_id
    JOIN appartenances a ON a.foyer_id = f.foyer_id AND a.debut <= p.photo_le AND p.photo_le < a.fin
    GROUP BY f.personne_id
),
communes_du_foyer AS (
    SELECT
        f.personne_id, min_by(d.commune, CASE WHEN d.debut <= p.photo_le AND p.photo_le < d.fin THEN 0
            WHEN d.debut > p.photo_le THEN d.debut - p.photo_le ELSE 100000 + (p.photo_le - d.fin) END) AS commune
    FROM foyers_du_jour f
    JOIN presents p ON p.personne_id = f.personne_id
    JOIN adresses d ON d.foyer_id = f.foyer_id AND d.rang = 1
    GROUP BY f.personne_id
),
communes_propres AS (
    SELECT p.personne_id, max_by(d.commune, d.debut) AS commune
    FROM presents p
    JOIN adresses d ON d.personne_id = p.personne_id AND d.debut <= p.photo_le AND p.photo_le < d.fin
    GROUP BY p.personne_id
),
secteurs_du_jour AS (
    SELECT
        p.personne_id,
        coalesce(
            max_by(r.structure_id, r.debut) FILTER (WHERE r.debut <= p.photo_le), min_by(r.structure_id, r.debut)
        ) AS structure_id
    FROM presents p
    JOIN rattachements r ON r.personne_id = p.personne_id AND r.finalite = 'secteur'
    GROUP BY p.personne_id
),
referents_du_jour AS (
    SELECT p.personne_id, max_by(r.structure_id, r.debut) AS structure_id
    FROM presents p
    JOIN rattachements r ON r.personne_id = p.personne_id AND r.finalite = 'referent' AND r.debut <= p.photo_le
        AND p.photo_le < r.fin
    GROUP BY p.personne_id
),
orientations_du_jour AS (
    SELECT p.personne_id, max_by(o.voie, o.debut) AS voie, max_by(o.categorie, o.debut) AS organisme
    FROM presents p
    JOIN orientations o ON o.personne_id = p.personne_id AND o.debut <= p.photo_le AND p.photo_le < o.fin
    GROUP BY p.personne_id
),
entretiens_du_jour AS (
    SELECT
        p.personne_id,
        max_by(d.niveau, d.id) AS formation,
        max_by(
            CASE WHEN d.sante = 'fort' THEN 1 ELSE 0 END + CASE WHEN d.logement = 'fort' THEN 1 ELSE 0 END
            + CASE WHEN d.mobilite = 'fort' THEN 1 ELSE 0 END + CASE WHEN d.famille = 'fort' THEN 1 ELSE 0 END
            + CASE WHEN d.finances = 'fort' THEN 1 ELSE 0 END + CASE WHEN d.numerique = 'fort' THEN 1 ELSE 0 END
            + CASE WHEN d.demarches = 'fort' THEN 1 ELSE 0 END + CASE WHEN d.langue = 'fort' THEN 1 ELSE 0 END
            + CASE WHEN d.confiance = 'fort' THEN 1 ELSE 0 END, d.id
        ) AS freins
    FROM presents p
    JOIN diagnostics d ON d.personne_id = p.personne_id AND d.jour <= p.photo_le
    GROUP BY p.personne_id
),
actions_du_jour AS (
    SELECT
        p.personne_id,
        max(CASE WHEN a.drees IN ('recherche', 'iae', 'creation', 'emploi_aide', 'emploi') THEN 3
            WHEN a.drees = 'formation' THEN 2 ELSE 1 END) AS action
    FROM presents p
    JOIN contrats_details k ON k.personne_id = p.personne_id AND k.debut <= p.photo_le AND p.photo_le < k.fin
    JOIN actions_contrats a ON a.contrat_id = k.contrat_id
    GROUP BY p.personne_id
),
contrats_du_jour AS (
    SELECT p.personne_id, max(CASE WHEN k.intensif THEN 1 ELSE 0 END) AS intensif
    FROM presents p
    JOIN liens k ON k.personne_id = p.personne_id AND k.debut <= p.photo_le AND p.photo_le < k.fin
    GROUP BY p.personne_id
),
connues AS (
    SELECT personne_id, coalesce(demande_le, effet_le, transmise_le) AS entree FROM ouvertures WHERE NOT retour
),
entrees_du_jour AS (
    SELECT p.personne_id, max(k.entree) AS entree
    FROM presents p
    JOIN connues k ON k.personne_id = p.personne_id AND k.entree <= p.photo_le
    GROUP BY p.personne_id
),
ages AS (
    SELECT
        p.personne_id, q.sexe,
        extract(YEAR FROM p.photo_le) - extract(YEAR FROM q.naissance)
            - CASE WHEN extract(MONTH FROM p.photo_le) < extract(MONTH FROM q.naissance) THEN 1 ELSE 0 END AS age
    FROM presents p
    JOIN personnes q ON q.id = p.personne_id
)
SELECT
    p.personne_id,
    coalesce(a.sexe, 'inconnu') AS sexe,
    CASE WHEN a.age IS NULL THEN 'inconnu' WHEN a.age < 30 THEN 'moins_30' WHEN a.age < 40 THEN '30_39'
         WHEN a.age < 50 THEN '40_49' WHEN a.age < 60 THEN '50_59' ELSE '60_plus' END AS age,
    CASE WHEN f.personne_id IS NULL OR f.enfant = 0 AND f.enfant_inconnu = 1 THEN 'inconnue'
         WHEN f.conjoint = 1 AND f.enfant = 1 THEN 'couple_enfants' WHEN f.conjoint = 1 THEN 'couple'
         WHEN f.enfant = 1 THEN 'seule_enfants' ELSE 'seule' END AS famille,
    CASE WHEN e.entree IS NULL THEN 'inconnue' WHEN p.photo_le - e.entree < 183 THEN 'moins_6_mois'
         WHEN p.photo_le - e.entree < 365 THEN 'moins_1_an' WHEN p.photo_le - e.entree < 731 THEN 'moins_2_ans'
         WHEN p.photo_le - e.entree < 1826 THEN 'moins_5_ans' ELSE 'plus_5_ans' END AS anciennete,
    coalesce(cp.commune, cf.commune) AS commune,
    k.ept,
    xs.code AS secteur,
    xr.code AS referent,
    coalesce(nullif(d.formation, ''), 'inconnue') AS formation,
    CASE WHEN d.freins IS NULL THEN 'inconnu' WHEN d.freins = 0 THEN 'aucun' WHEN d.freins < 3 THEN 'un_ou_deux'
         ELSE 'trois' END AS freins,
    o.voie,
    o.organisme,
    CASE g.action WHEN 3 THEN 'emploi' WHEN 2 THEN 'formation' WHEN 1 THEN 'autre' ELSE 'sans' END AS action,
    CASE WHEN c.personne_id IS NULL THEN 'sans' WHEN c.intensif = 1 THEN 'intensif' ELSE 'contrat' END AS contrat
FROM presents p
LEFT JOIN ages a ON a.personne_id = p.personne_id
LEFT JOIN composition f ON f.personne_id = p.personne_id
LEFT JOIN entrees_du_jour e ON e.personne_id = p.personne_id
LEFT JOIN communes_propres cp ON cp.personne_id = p.personne_id
LEFT JOIN communes_du_foyer cf ON cf.personne_id = p.personne_id
LEFT JOIN communes k ON k.commune = coalesce(cp.commune, cf.commune)
LEFT JOIN secteurs_du_jour s ON s.personne_id = p.personne_id
LEFT JOIN structures xs ON xs.structure_id = s.structure_id
LEFT JOIN referents_du_jour r ON r.personne_id = p.personne_id
LEFT JOIN structures xr ON xr.structure_id = r.structure_id
LEFT JOIN orientations_du_jour o ON o.personne_id = p.personne_id
LEFT JOIN contrats_du_jour c ON c.personne_id = p.personne_id
LEFT JOIN entretiens_du_jour d ON d.personne_id = p.personne_id
LEFT JOIN actions_du_jour g ON g.personne_id = p.personne_id
