-- Le premier entretien tenu, le premier contrat, la première activité depuis l'origine (depuis la photo, avec un repère), en mois
-- depuis la photo de départ. deja : c'était fait au départ, la personne n'attend pas.
WITH depuis AS (
    SELECT m.personne_id, m.depart_m, CASE WHEN c.repere = 0 THEN m.origine_le ELSE m.photo_le END AS reference_le
    FROM membres m
    CROSS JOIN cohorte c
),
choses AS (
    SELECT personne_id, 'rendez_vous' AS jalon, jour AS debut, jour AS fin
    FROM rendez_vous
    WHERE statut IN ('honore', 'sans_rendez_vous')
    UNION ALL
    SELECT personne_id, 'rendez_vous' AS jalon, jour AS debut, jour AS fin FROM faits WHERE genre IN ('presence', 'diagnostic')
    UNION ALL
    SELECT personne_id, 'contrat' AS jalon, debut, fin FROM liens
    UNION ALL
    SELECT personne_id, 'emploi' AS jalon, debut, fin
    FROM situations
    WHERE genre = 'situation_particuliere' AND etat IN ('en_emploi_partiel', 'independante')
    UNION ALL
    SELECT personne_id, 'emploi' AS jalon, fin AS debut, fin FROM sorties WHERE cause = 'emploi'
)
SELECT
    d.personne_id, h.jalon,
    max(CASE WHEN h.debut < d.reference_le AND h.fin > d.reference_le THEN 1 ELSE 0 END) AS deja,
    min(CASE WHEN h.debut >= d.reference_le THEN greatest(
        CAST(extract(YEAR FROM h.debut) * 12 + extract(MONTH FROM h.debut) AS INTEGER) - d.depart_m, 0
    ) END) AS k
FROM depuis d
JOIN choses h ON h.personne_id = d.personne_id
GROUP BY d.personne_id, h.jalon
