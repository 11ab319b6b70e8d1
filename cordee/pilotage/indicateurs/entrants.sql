-- code: entrants
-- libelle: Nouveaux entrants du dernier mois
-- famille: mouvements
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises à la date dite, qui ne l'étaient pas à la photo précédente ni dans les douze
--   mois d'avant.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: domain K01 ; flux dérivé de F012
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- limites: Entre la photo du mois et celle du mois précédent ; en cours de mois, le dernier mois montré par un fichier et
--   ce que les fichiers quotidiens y ont ajouté. Soumises d'avant + entrants + retours - sorties = soumises du jour.
-- recul: 1
-- rang: 1
-- repond: K12
SELECT au, personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM mouvements
WHERE mouvement = 'entree'
