-- code: delai_droit_contrat
-- libelle: Du droit au premier contrat (médiane)
-- famille: delais
-- unite: jours
-- agregat: mediane
-- definition: Jours entre l'effet du droit et le premier contrat, signé dans Cordée ou annoncé par l'organisme
--   extérieur. Cohorte assez ancienne pour être jugée : information reçue il y a trois à neuf mois. Celles qui attendent
--   encore comptent pour un délai sans fin ; sorties avant cette étape : comptées à part. Suivies par un organisme
--   extérieur qui n'a rien dit : comptées à part.
-- numerateur: les jours de chaque personne
-- denominateur: les entrantes de la cohorte, information connue
-- source: F073 (premier contrat sous un mois à compter du droit)
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- recul: 9
-- rang: 28
-- repond: K02
SELECT
    au, personne_id,
    CASE WHEN contrat_le IS NOT NULL THEN datediff('day', droit_le, contrat_le) WHEN presente AND NOT muette THEN 99999 END AS numerateur,
    CASE WHEN contrat_le IS NOT NULL OR presente AND NOT muette THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN contrat_le IS NOT NULL OR presente AND NOT muette THEN 0 ELSE 1 END AS inconnu
FROM chemins
