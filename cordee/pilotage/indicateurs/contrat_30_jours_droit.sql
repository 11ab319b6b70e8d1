-- code: contrat_30_jours_droit
-- libelle: Premier contrat sous trente jours à compter du droit
-- famille: delais
-- unite: pour_cent
-- agregat: taux
-- definition: Part des entrantes dont le premier contrat a été signé, ou annoncé par l'organisme extérieur, dans
--   les trente jours de l'effet de leur droit. Cohorte assez ancienne pour être jugée : information reçue il y a trois à
--   neuf mois. Suivies par un organisme extérieur qui n'a rien dit, et sorties sans contrat : comptées à part.
-- numerateur: celles dont le contrat est venu dans les trente jours
-- denominateur: les entrantes de la cohorte, information connue
-- source: F073 ; PDIE : « premier CER sous un mois maximum à compter de l'ouverture d'un droit »
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- cible: 100 (indicateur) : ambition du PDIE, un mois à compter du droit
-- limites: Le délai de la caisse compte dans ces trente jours : une partie en est hors de portée du service.
-- recul: 9
-- rang: 12
-- repond: K03, REQ-44
SELECT
    au, personne_id,
    CASE WHEN datediff('day', droit_le, contrat_le) <= 30 THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN contrat_le IS NOT NULL OR presente AND NOT muette THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN contrat_le IS NOT NULL OR presente AND NOT muette THEN 0 ELSE 1 END AS inconnu
FROM chemins
