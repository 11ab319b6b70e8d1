-- L'univers de la DREES : adultes soumis aux droits et devoirs, droit ouvert et non suspendu au 31 décembre, tel que
-- les fichiers le disaient (droit non consolidé), et leur organisme référent s'ils en ont un.
SELECT p.personne_id, o.organisme, o.cote, o.voie
FROM exercice x
JOIN population p ON p.au = x.fin AND p.soumise AND p.versable
LEFT JOIN of_orientations_du_jour o ON o.au = p.au AND o.personne_id = p.personne_id
