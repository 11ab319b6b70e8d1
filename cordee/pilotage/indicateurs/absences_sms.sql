-- code: absences_sms
-- libelle: Absences, rendez-vous annoncés par SMS
-- famille: accompagnement
-- unite: pour_cent
-- agregat: taux
-- definition: Comme les absences aux rendez-vous, pour ceux dont l'annonce est partie par ce canal. Canal non
--   enregistré : hors du compte.
-- numerateur: les rendez-vous non honorés, non excusés
-- denominateur: les rendez-vous annoncés par ce canal, suite connue
-- source: K06
-- perimetre: Rendez-vous des trois derniers mois
-- sens: baisse
-- niveaux: departement, ept
-- structure: secteur
-- repetees: oui
-- rang: 11
-- repond: K06
SELECT
    c.au, r.personne_id,
    CASE WHEN r.statut = 'absent' THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN r.statut IN ('honore', 'absent', 'excuse') THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN r.statut = 'prevu' THEN 1 ELSE 0 END AS inconnu
FROM contexte c
JOIN rendez_vous r ON r.jour > c.il_y_a_3_mois AND r.jour < c.au
JOIN convocations k ON k.rendez_vous_id = r.id AND k.canal = 'sms'
WHERE c.publie AND r.statut IN ('honore', 'absent', 'excuse', 'prevu')
