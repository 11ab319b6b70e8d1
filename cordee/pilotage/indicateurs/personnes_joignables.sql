-- code: personnes_joignables
-- libelle: Personnes joignables autrement que par courrier
-- famille: donnees
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes soumises dont un téléphone ou un courriel qui fonctionne est connu.
-- numerateur: celles dont un moyen est connu
-- denominateur: les personnes soumises aux droits et devoirs
-- source: PDIE : remontée « fluide et homogène »
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- rang: 2
-- repond: K21
SELECT au, personne_id, CASE WHEN joignable THEN 1 ELSE 0 END AS numerateur, 1 AS denominateur, 0 AS inconnu
FROM remplissage
