-- code: etapes_legales_en_retard
-- libelle: Délais légaux dépassés
-- famille: accompagnement
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises dont l'étape en cours relève d'un délai légal qui est passé.
-- numerateur: celles dont le délai légal est passé
-- denominateur: aucun
-- source: CASF D262-65-2 ; C. trav. D5411-14-1
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- cible: 0 (legale) : délais légaux
-- rang: 4
-- repond: K07
SELECT
    s.au, s.personne_id,
    1 AS numerateur,
    NULL AS denominateur,
    0 AS inconnu
FROM sdd s
JOIN etapes e ON e.personne_id = s.personne_id AND e.debut <= s.au AND s.au < e.fin
WHERE s.soumise AND e.nature = 'legale' AND e.genre <> 'attendre_partenaire' AND e.echeance < s.au
