-- L'univers du ministère : adultes dans le champ des droits et devoirs (L262-28), droit ouvert, versé ou suspendu, au
-- 31 décembre, et leur organisme référent s'ils en ont un.
SELECT p.personne_id, o.organisme, o.cote, o.voie
FROM exercice x
JOIN population p ON p.au = x.fin AND p.soumise
LEFT JOIN of_orientations_du_jour o ON o.au = p.au AND o.personne_id = p.personne_id
