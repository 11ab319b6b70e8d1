-- Une ligne par personne et par axe : la ligne des tableaux où elle compte.
SELECT personne_id, 'total' AS axe, 'total' AS ligne FROM of_traits
UNION ALL
SELECT personne_id, 'age' AS axe, concat('age.', age) AS ligne FROM of_traits
UNION ALL
SELECT personne_id, 'sexe' AS axe, concat('sexe.', sexe) AS ligne FROM of_traits
UNION ALL
SELECT personne_id, 'famille' AS axe, concat('famille.', famille) AS ligne FROM of_traits
UNION ALL
SELECT personne_id, 'famille_ministere' AS axe, concat('famille_ministere.', famille_ministere) AS ligne FROM of_traits
UNION ALL
SELECT personne_id, 'anciennete' AS axe, concat('anciennete.', anciennete) AS ligne FROM of_traits
UNION ALL
SELECT personne_id, 'formation' AS axe, concat('formation.', formation) AS ligne FROM of_traits
