-- Les natures d'actions de chaque contrat, par ses objectifs et par ses actions ; chacune une fois.
SELECT DISTINCT contrat_id, drees, ministere FROM objectifs_contrats
UNION
SELECT DISTINCT contrat_id, drees, ministere FROM actions_contrats
