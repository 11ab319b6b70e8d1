-- code: latence_saisie
-- libelle: Délai de saisie des échanges (médiane)
-- famille: donnees
-- unite: jours
-- agregat: mediane
-- definition: Jours entre un échange, un rendez-vous ou une signature et le moment où il a été noté, pour ceux des
--   trois mois.
-- numerateur: les jours de chaque échange
-- denominateur: les échanges des trois mois
-- source: PDIE : « suivi en temps réel »
-- perimetre: Échanges des trois mois
-- sens: baisse
-- niveaux: departement, structure
-- structure: referent
-- recul: 3
-- repetees: oui
-- rang: 6
-- repond: K21, REQ-81
SELECT
    c.au, e.personne_id,
    greatest(datediff('day', e.jour, e.note_le), 0) AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM contexte c
JOIN evenements e
    ON e.genre IN ('contact', 'presence', 'absence', 'diagnostic', 'contrat_signe', 'contrat_actualise')
    AND e.jour > c.il_y_a_3_mois AND e.jour <= c.au AND e.note_le <= c.au
WHERE c.publie
