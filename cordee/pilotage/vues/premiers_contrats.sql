-- Chaque arrivée et le premier contrat qui l'a suivie : signé dans Cordée ou annoncé par l'organisme référent extérieur. Le PPAE
-- n'en est pas un. Un contrat antérieur au droit ne compte pas.
WITH signes AS (
    SELECT personne_id, debut AS le FROM contrats WHERE genre <> 'ppae'
    UNION ALL
    SELECT personne_id, contrat_dit AS le FROM nouvelles_partenaires WHERE contrat_dit IS NOT NULL
)
SELECT a.personne_id, a.recue_le, a.droit_le, min(s.le) AS contrat_le
FROM arrivees a
LEFT JOIN signes s ON s.personne_id = a.personne_id AND s.le >= a.droit_le AND s.le < a.suivante_le
GROUP BY a.personne_id, a.recue_le, a.droit_le
