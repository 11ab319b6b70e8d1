-- Les départs vers un autre département, dits par un fichier ou par un agent.
SELECT personne_id, jour FROM evenements WHERE genre = 'mutation_sortante'
UNION ALL
SELECT personne_id, jour FROM departs_verifies WHERE motif_sortie = 'demenagement'
