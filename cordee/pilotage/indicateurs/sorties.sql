-- code: sorties
-- libelle: Sorties du dernier mois
-- famille: mouvements
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises à la photo précédente, qui ne le sont plus à la date dite, quelle qu'en soit la
--   raison. Une sortie n'est pas un succès.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: Typologie des sorties de RSA
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- limites: Entre la photo du mois et celle du mois précédent ; en cours de mois, le dernier mois montré par un fichier et
--   ce que les fichiers quotidiens y ont ajouté. Soumises d'avant + entrants + retours - sorties = soumises du jour.
-- recul: 1
-- rang: 3
-- repond: K12
SELECT au, personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM mouvements
WHERE mouvement = 'sortie'
