-- code: entrants
-- libelle: Nouveaux entrants du mois
-- famille: mouvements
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises à la date dite, qui ne l'étaient pas à la fin du mois précédent ni dans les douze
--   mois d'avant.
-- numerateur: les personnes concernées
-- denominateur: aucun
-- source: domain K01 ; flux dérivé de F012
-- perimetre: sdd_operationnel
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- limites: Depuis le premier du mois quand le mois n'est pas fini. Sans valeur pour le premier fichier connu.
--   Soumises de la veille + entrants + retours - sorties = soumises du jour.
-- recul: 1
-- rang: 1
SELECT au, personne_id, 1 AS numerateur, NULL AS denominateur, 0 AS inconnu
FROM mouvements
WHERE mouvement = 'entree'
