-- code: delai_referent_p90
-- libelle: De l'orientation au référent nommé (neuf sur dix)
-- famille: delais
-- unite: jours
-- agregat: p90
-- definition: Jours entre la décision d'orientation et la nomination d'un référent (ou son annonce par l'organisme
--   extérieur). Orientations décidées il y a trois à neuf mois. Celles qui attendent encore comptent pour un délai sans
--   fin ; sorties ou réorientées avant : comptées à part, comme celles dont l'organisme extérieur n'a rien dit
--   (information non reçue).
-- numerateur: les jours de chaque orientation
-- denominateur: les orientations de la cohorte, information connue
-- source: CASF L262-27
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, structure
-- structure: referent
-- recul: 9
-- repetees: oui
-- rang: 25
-- repond: K02
SELECT
    au, personne_id,
    CASE WHEN referent_le IS NOT NULL THEN greatest(datediff('day', decidee_le, referent_le), 0) WHEN presente AND NOT muette THEN 99999 END AS numerateur,
    CASE WHEN referent_le IS NOT NULL OR presente AND NOT muette THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN referent_le IS NOT NULL OR presente AND NOT muette THEN 0 ELSE 1 END AS inconnu
FROM suites_orientation
WHERE TRUE
