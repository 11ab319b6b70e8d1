-- code: procedures_sans_suite
-- libelle: Procédures closes sans mesure
-- famille: devoirs
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les procédures terminées dans les douze mois, décidées ou closes, la part de celles closes sans
--   suite : motif légitime, situation régularisée, faits non établis. Procédures en cours : comptées à part.
-- numerateur: celles closes sans suite
-- denominateur: les procédures terminées
-- source: CASF L262-37 ; Cons. const. 2023-858 DC : jamais automatique
-- perimetre: Procédures des douze mois
-- sens: neutre
-- niveaux: departement, ept, structure
-- structure: referent
-- recul: 12
-- repetees: oui
-- rang: 2
-- repond: K13
WITH decidees AS (
    SELECT procedure_id, min(decidee_le) AS decidee_le FROM mesures WHERE procedure_id IS NOT NULL GROUP BY procedure_id
)
SELECT
    c.au, p.personne_id,
    CASE WHEN p.close_le <= c.au AND p.motif_cloture <> '' THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN p.close_le <= c.au AND p.motif_cloture <> '' OR d.decidee_le <= c.au THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN p.close_le <= c.au AND p.motif_cloture <> '' OR d.decidee_le <= c.au THEN 0 ELSE 1 END AS inconnu
FROM contexte c
JOIN procedures p ON p.ouverte_le <= c.au AND p.close_le > c.il_y_a_12_mois
LEFT JOIN decidees d ON d.procedure_id = p.id
WHERE c.publie AND (d.decidee_le IS NULL OR d.decidee_le > c.il_y_a_12_mois)
