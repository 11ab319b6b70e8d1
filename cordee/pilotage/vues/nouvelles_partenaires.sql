-- Ce que les organismes référents extérieurs ont dit, nouvelle par nouvelle (E05).
SELECT id, personne_id, pour_id, jour, dit_au, contrat_dit, contact_dit, referent_dit
FROM evenements
WHERE genre = 'information_partenaire'
