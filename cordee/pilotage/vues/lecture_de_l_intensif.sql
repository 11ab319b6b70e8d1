-- Ce qu'« accompagnement intensif » veut dire, selon la date : rien avant l'expérimentation du 1er mars 2024 ; depuis, un contrat qui prévoit
-- un échange tous les quinze jours (rythme intensif). La série commence là : avant, un nombre comparable n'existe pas.
SELECT CAST(debut AS DATE) AS debut, CAST(fin AS DATE) AS fin, intensite
FROM (VALUES ('2024-03-01', '9999-12-31', 'intensive')) AS t(debut, fin, intensite)
