-- code: delai_rencontre_p90
-- libelle: De la convocation au premier entretien tenu (neuf sur dix)
-- famille: delais
-- unite: jours
-- agregat: p90
-- definition: Jours entre la première convocation et le premier entretien tenu. Cohorte assez ancienne pour être
--   jugée : information reçue il y a trois à neuf mois. Celles qui attendent encore comptent pour un délai sans fin ;
--   sorties avant cette étape : comptées à part.
-- numerateur: les jours de chaque personne
-- denominateur: les personnes convoquées de la cohorte
-- source: E06
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, structure
-- structure: secteur
-- recul: 9
-- rang: 21
-- repond: K02
SELECT
    au, personne_id,
    CASE WHEN rencontree_le IS NOT NULL THEN datediff('day', convoquee_le, rencontree_le) WHEN presente THEN 99999 END AS numerateur,
    CASE WHEN rencontree_le IS NOT NULL OR presente THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN rencontree_le IS NOT NULL OR presente THEN 0 ELSE 1 END AS inconnu
FROM chemins
WHERE convoquee_le IS NOT NULL AND (rencontree_le IS NULL OR rencontree_le >= convoquee_le)
