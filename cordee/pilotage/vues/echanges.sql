-- Les échanges directs avec une personne : rendez-vous tenu, contact abouti, entretien, signature. Un message laissé n'en est
-- pas un (R13). accompagnement : avec son référent ou son organisme référent.
SELECT personne_id, jour, TRUE AS accompagnement
FROM rendez_vous
WHERE statut IN ('honore', 'sans_rendez_vous') AND genre IN ('accompagnement', 'contrat')
UNION ALL
SELECT personne_id, jour, FALSE AS accompagnement
FROM rendez_vous
WHERE statut IN ('honore', 'sans_rendez_vous') AND genre NOT IN ('accompagnement', 'contrat')
UNION ALL
SELECT personne_id, jour, TRUE AS accompagnement
FROM evenements
WHERE genre IN ('contrat_signe', 'contrat_actualise') OR genre = 'contact' AND resultat = 'jointe'
UNION ALL
SELECT personne_id, jour, FALSE AS accompagnement FROM evenements WHERE genre = 'diagnostic'
UNION ALL
SELECT personne_id, contact_dit AS jour, TRUE AS accompagnement
FROM evenements
WHERE genre = 'information_partenaire' AND contact_dit IS NOT NULL
