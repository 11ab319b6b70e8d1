-- Par contrat entré en vigueur : la structure, le jour, les heures convenues par semaine.
SELECT k.structure_id, k.debut AS jour, k.personne_id, k.heures
FROM contexte c
JOIN contrats k ON k.debut > c.il_y_a_5_ans AND k.debut <= c.au
WHERE c.publie
