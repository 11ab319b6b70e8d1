-- code: allocation_du_mois
-- libelle: Allocation du mois
-- famille: moyens
-- unite: euros
-- agregat: effectif
-- definition: Somme des montants de droit au RSA des foyers dont le droit est ouvert et versable, à la date dite.
--   Montant non transmis : compté à part.
-- numerateur: les montants transmis
-- denominateur: aucun
-- source: F102 (plus de 262 M€ en 2020)
-- perimetre: Foyers, droit ouvert et versable
-- sens: neutre
-- niveaux: departement, ept, commune
-- structure: referent
-- repond: REQ-14
SELECT
    c.au,
    min(a.personne_id) AS personne_id,
    coalesce(max(f.montant), 0) AS numerateur,
    NULL AS denominateur,
    CASE WHEN max(f.montant) IS NULL THEN 1 ELSE 0 END AS inconnu
FROM contexte c
JOIN droits_foyers f ON f.debut <= c.au AND c.au < f.fin AND f.etat = '2'
LEFT JOIN appartenances a
    ON a.foyer_id = f.foyer_id AND a.role = 'dem' AND a.debut <= c.au AND c.au < a.fin
LEFT JOIN departs_verifies v ON v.personne_id = a.personne_id AND v.jour <= c.au AND c.au < v.retour_le
WHERE v.personne_id IS NULL
GROUP BY c.au, f.foyer_id
