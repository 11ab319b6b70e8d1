-- Les sorties du dispositif vers un emploi, quand quelqu'un l'a dit : motif de fin de droit, ou suivi dans l'emploi décidé.
SELECT personne_id, jour
FROM evenements
WHERE genre = 'droit_clos' AND motif_sortie = 'emploi' OR genre = 'cloture_decidee' AND suite = 'suivi_emploi'
