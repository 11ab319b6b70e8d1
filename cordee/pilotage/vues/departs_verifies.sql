-- Les personnes absentes des fichiers dont un agent a vérifié qu'elles étaient parties : du jour de sa vérification à leur retour
-- dans un fichier. L'absence seule n'est pas une sortie ; vérifiée, c'en est une, même si aucun fichier n'a fermé le droit.
SELECT
    e.personne_id, e.jour, e.motif_sortie,
    coalesce(min(r.jour), DATE '9999-12-31') AS retour_le
FROM evenements e
LEFT JOIN evenements r
    ON r.personne_id = e.personne_id AND r.genre IN ('retransmise', 'entree_sdd', 'retour_sdd') AND r.jour > e.jour
WHERE e.genre = 'disparition_verifiee' AND e.resultat = 'sortie'
GROUP BY e.personne_id, e.jour, e.motif_sortie
