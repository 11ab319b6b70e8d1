-- Quels codes d'activité de la caisse (ACT) disent un emploi ou une activité indépendante. Un contrat de travail transmis (NATCONTRTRA)
-- le dit aussi, quel que soit le code. Les autres codes disent qu'il n'y en a pas, ou ne disent rien : chômage, stage, inconnue.
SELECT activite, genre
FROM (VALUES
    ('SAL', 'emploi'), ('CDI', 'emploi'), ('CDD', 'emploi'), ('INT', 'emploi'), ('TSA', 'emploi'), ('AMA', 'emploi'),
    ('APP', 'emploi'), ('CUI', 'emploi'), ('VRP', 'emploi'), ('VDI', 'emploi'), ('AMT', 'emploi'), ('CSA', 'emploi'),
    ('CES', 'emploi'), ('AAP', 'emploi'), ('GSA', 'emploi'), ('AUT', 'emploi'), ('CHA', 'emploi'), ('CDA', 'emploi'),
    ('ETI', 'independante'), ('AEN', 'independante'), ('EXP', 'independante'), ('MAR', 'independante'),
    ('SIN', 'inconnue'), ('DSF', 'inconnue'), ('ABS', 'inconnue')
) AS t(activite, genre)
