-- code: taux_contrat_drees
-- libelle: Taux de contrat, orientées hors opérateur de l'emploi, droit non suspendu
-- famille: contrats
-- unite: pour_cent
-- agregat: taux
-- definition: Dans l'univers de l'enquête nationale (droit ouvert et versable), part des personnes orientées hors
--   de l'opérateur de l'emploi qui sont liées par un contrat : contrat d'engagement en cours ou CER non échu.
-- numerateur: celles sous contrat
-- denominateur: les personnes soumises, droit versable, orientées hors de l'opérateur de l'emploi
-- source: DREES T2 (49 % en France en 2023) ; E30
-- perimetre: sdd_drees
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 6
-- repond: K04
SELECT
    k.au, k.personne_id,
    CASE WHEN k.sous_contrat THEN 1 ELSE 0 END AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM sdd_contrats k
JOIN sdd s ON s.au = k.au AND s.personne_id = k.personne_id
WHERE s.versable AND k.categorie IS NOT NULL AND k.categorie <> 'operateur_emploi'
