-- Ce qui est renseigné du dossier de chaque personne soumise, pièce par pièce : vrai, faux, ou vide quand ce n'est pas attendu
-- de nous. Les sept premières font le score (vue remplissage, mêmes poids) ; les trois dernières disent ce que contient ce qui
-- est rempli, et ne comptent pas dans le score.
WITH contenus AS (
    SELECT
        d.personne_id,
        max(CASE WHEN d.sante <> 'non_aborde' THEN 1 ELSE 0 END) + max(CASE WHEN d.logement <> 'non_aborde' THEN 1 ELSE 0 END)
            + max(CASE WHEN d.mobilite <> 'non_aborde' THEN 1 ELSE 0 END) + max(CASE WHEN d.famille <> 'non_aborde' THEN 1 ELSE 0 END)
            + max(CASE WHEN d.finances <> 'non_aborde' THEN 1 ELSE 0 END) + max(CASE WHEN d.numerique <> 'non_aborde' THEN 1 ELSE 0 END)
            + max(CASE WHEN d.demarches <> 'non_aborde' THEN 1 ELSE 0 END) + max(CASE WHEN d.langue <> 'non_aborde' THEN 1 ELSE 0 END)
            + max(CASE WHEN d.confiance <> 'non_aborde' THEN 1 ELSE 0 END) AS themes
    FROM contexte c
    JOIN diagnostics_valables v ON v.jour <= c.au
    JOIN diagnostics d ON d.id = v.id
    WHERE c.publie
    GROUP BY d.personne_id
),
plans AS (
    SELECT k.personne_id, max(CASE WHEN a.contrat_id IS NULL THEN 0 ELSE 1 END) AS action
    FROM contexte c
    JOIN contrats_details k ON k.debut <= c.au AND c.au < k.fin AND k.genre = 'contrat_engagement'
    LEFT JOIN actions_contrats a ON a.contrat_id = k.contrat_id
    WHERE c.publie
    GROUP BY k.personne_id
),
passes AS (
    SELECT r.personne_id, min(CASE WHEN r.statut = 'prevu' THEN 0 ELSE 1 END) AS suite
    FROM contexte c
    JOIN rendez_vous r ON r.jour > c.il_y_a_3_mois AND r.jour < c.au
    WHERE c.publie AND r.statut IN ('honore', 'absent', 'excuse', 'prevu', 'sans_rendez_vous')
    GROUP BY r.personne_id
),
joints AS (
    SELECT DISTINCT t.personne_id FROM contexte c JOIN joignables t ON t.debut <= c.au AND c.au < t.fin WHERE c.publie
),
etapes_du_jour AS (
    SELECT DISTINCT t.personne_id FROM contexte c JOIN etapes t ON t.debut <= c.au AND c.au < t.fin WHERE c.publie
),
menes AS (
    SELECT DISTINCT t.personne_id FROM contexte c JOIN diagnostics_valables t ON t.jour <= c.au WHERE c.publie
)
SELECT
    coalesce(l.referent, l.secteur, '') AS structure, s.personne_id,
    l.commune IS NOT NULL AS commune,
    s.sexe IN ('femme', 'homme') AND s.age IS NOT NULL AS identite,
    j.personne_id IS NOT NULL AS joignable,
    e.personne_id IS NOT NULL AS etape,
    CASE WHEN o.categorie = 'operateur_emploi' THEN NULL ELSE d.personne_id IS NOT NULL END AS diagnostic,
    CASE WHEN o.categorie = 'operateur_emploi' OR o.personne_id IS NULL THEN NULL ELSE r.agent_id IS NOT NULL END AS referent,
    CASE WHEN o.categorie = 'operateur_emploi' OR NOT coalesce(k.engagement, FALSE) THEN NULL
         ELSE h.personne_id IS NOT NULL END AS heures,
    CASE WHEN d.personne_id IS NOT NULL THEN coalesce(x.themes, 0) >= 5 END AS themes,
    CASE WHEN p.personne_id IS NOT NULL THEN p.action = 1 END AS action,
    CASE WHEN v.personne_id IS NOT NULL THEN v.suite = 1 END AS suite
FROM contexte c
JOIN sdd s ON s.au = c.au
LEFT JOIN lieux l ON l.au = s.au AND l.personne_id = s.personne_id
LEFT JOIN joints j ON j.personne_id = s.personne_id
LEFT JOIN etapes_du_jour e ON e.personne_id = s.personne_id
LEFT JOIN menes d ON d.personne_id = s.personne_id
LEFT JOIN contenus x ON x.personne_id = s.personne_id
LEFT JOIN plans p ON p.personne_id = s.personne_id
LEFT JOIN passes v ON v.personne_id = s.personne_id
LEFT JOIN orientations_au o ON o.au = s.au AND o.personne_id = s.personne_id
LEFT JOIN referents r ON r.au = s.au AND r.personne_id = s.personne_id
LEFT JOIN contrats_au k ON k.au = s.au AND k.personne_id = s.personne_id
LEFT JOIN (SELECT DISTINCT au, personne_id FROM plans_d_heures) h ON h.au = s.au AND h.personne_id = s.personne_id
WHERE c.publie AND s.soumise
