-- code: sorties
-- libelle: Sorties du mois
-- famille: mouvements
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises à la fin du mois précédent, qui ne le sont plus à la date dite, quelle qu'en soit la
--   raison. Une sortie n'est pas un succès.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: Typologie des sorties de RSA
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- limites: Depuis le premier du mois quand le mois n'est pas fini. Sans valeur pour le premier fichier connu.
--   Soumises de la veille + entrants + retours - sorties = soumises du jour.
-- recul: 1
-- rang: 3
SELECT au, personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM mouvements
WHERE mouvement = 'sortie'
