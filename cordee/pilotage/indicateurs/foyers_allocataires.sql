-- code: foyers_allocataires
-- libelle: Foyers allocataires du RSA
-- famille: publics
-- unite: foyers
-- agregat: effectif
-- definition: Foyers dont le droit au RSA est ouvert, versé ou suspendu (état 2, 3 ou 4), que leurs membres soient
--   soumis ou non. Une unité distincte des personnes.
-- numerateur: les foyers dont le droit est ouvert
-- denominateur: aucun
-- source: F035, F036 ; F018 et F026 relèvent d'autres périmètres
-- perimetre: Foyers, droit ouvert (versé ou suspendu)
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Le foyer compte là où vit son demandeur. Absent des fichiers et vérifié parti : hors du compte.
-- rang: 4
-- repond: REQ-14
SELECT
    c.au,
    min(a.personne_id) AS personne_id,
    1 AS numerateur,
    NULL AS denominateur,
    0 AS inconnu
FROM contexte c
JOIN droits_foyers f ON f.debut <= c.au AND c.au < f.fin AND f.etat IN ('2', '3', '4')
LEFT JOIN appartenances a
    ON a.foyer_id = f.foyer_id AND a.role = 'dem' AND a.debut <= c.au AND c.au < a.fin
LEFT JOIN departs_verifies v ON v.personne_id = a.personne_id AND v.jour <= c.au AND c.au < v.retour_le
WHERE v.personne_id IS NULL
GROUP BY c.au, f.foyer_id
