-- Ce que l'on sait des difficultés de chaque personne soumise un jour donné : par thème, le dernier impact dit à un entretien. Un
-- thème non abordé, ou dont la personne n'a pas souhaité parler, reste inconnu : ce n'est pas une absence de difficulté.
SELECT
    s.au, s.personne_id,
    max_by(d.sante, {'jour': d.jour, 'id': d.id}) FILTER (WHERE d.sante IN ('fort', 'faible', 'aucun')) AS sante,
    max_by(d.logement, {'jour': d.jour, 'id': d.id}) FILTER (WHERE d.logement IN ('fort', 'faible', 'aucun')) AS logement,
    max_by(d.mobilite, {'jour': d.jour, 'id': d.id}) FILTER (WHERE d.mobilite IN ('fort', 'faible', 'aucun')) AS mobilite,
    max_by(d.famille, {'jour': d.jour, 'id': d.id}) FILTER (WHERE d.famille IN ('fort', 'faible', 'aucun')) AS famille,
    max_by(d.finances, {'jour': d.jour, 'id': d.id}) FILTER (WHERE d.finances IN ('fort', 'faible', 'aucun')) AS finances,
    max_by(d.numerique, {'jour': d.jour, 'id': d.id}) FILTER (WHERE d.numerique IN ('fort', 'faible', 'aucun')) AS numerique,
    max_by(d.demarches, {'jour': d.jour, 'id': d.id}) FILTER (WHERE d.demarches IN ('fort', 'faible', 'aucun')) AS demarches,
    max_by(d.langue, {'jour': d.jour, 'id': d.id}) FILTER (WHERE d.langue IN ('fort', 'faible', 'aucun')) AS langue,
    max_by(d.confiance, {'jour': d.jour, 'id': d.id}) FILTER (WHERE d.confiance IN ('fort', 'faible', 'aucun')) AS confiance
FROM contexte c
JOIN sdd s ON s.au = c.au
JOIN diagnostics_valables d ON d.personne_id = s.personne_id AND d.jour <= s.au
WHERE c.publie AND s.soumise
GROUP BY s.au, s.personne_id
