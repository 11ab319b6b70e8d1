-- code: absences_rendez_vous
-- libelle: Absences aux rendez-vous
-- famille: accompagnement
-- unite: pour_cent
-- agregat: taux
-- definition: Part des rendez-vous des trois derniers mois où la personne n'est pas venue et n'avait pas prévenu.
--   Absences excusées : au dénominateur seulement. Rendez-vous passés sans suite notée : comptés à part.
-- numerateur: les rendez-vous non honorés, non excusés
-- denominateur: les rendez-vous dont la suite est connue
-- source: K06 ; ordre national 25 % (presse, 2021)
-- perimetre: Rendez-vous des trois derniers mois
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- limites: Une ligne par rendez-vous : la liste donne chaque personne une fois.
-- repetees: oui
-- rang: 10
-- repond: K06
SELECT
    c.au, r.personne_id,
    CASE WHEN r.statut = 'absent' THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN r.statut IN ('honore', 'absent', 'excuse') THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN r.statut = 'prevu' THEN 1 ELSE 0 END AS inconnu
FROM contexte c
JOIN rendez_vous r ON r.jour > c.il_y_a_3_mois AND r.jour < c.au
WHERE c.publie AND r.statut IN ('honore', 'absent', 'excuse', 'prevu')
