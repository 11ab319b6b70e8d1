-- Comment se lit une voie d'orientation selon sa date (E33) : avant 2025, la décision disait « professionnelle »,
-- « socioprofessionnelle » ou « sociale » ; depuis, les trois parcours des critères nationaux. Une série qui passe par 2025
-- rapproche deux vocabulaires : elle le dit.
SELECT CAST(debut AS DATE) AS debut, CAST(fin AS DATE) AS fin, voie, parcours
FROM (VALUES
    ('1988-12-01', '2025-01-01', 'emploi', 'professionnel'),
    ('1988-12-01', '2025-01-01', 'socio_pro', 'socioprofessionnel'),
    ('1988-12-01', '2025-01-01', 'social', 'social'),
    ('2025-01-01', '9999-12-31', 'emploi', 'professionnel'),
    ('2025-01-01', '9999-12-31', 'socio_pro', 'socioprofessionnel'),
    ('2025-01-01', '9999-12-31', 'social', 'social')
) AS t(debut, fin, voie, parcours)
