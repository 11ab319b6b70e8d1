-- Chaque personne soumise confiée à un référent nommé, et combien cet agent en suit dans la même structure.
WITH confiees AS (
    SELECT s.au, s.personne_id, r.agent_id, r.structure_id
    FROM sdd s
    JOIN referents r ON r.au = s.au AND r.personne_id = s.personne_id
    WHERE s.soumise AND r.agent_id IS NOT NULL
)
SELECT au, personne_id, agent_id, count(*) OVER (PARTITION BY au, structure_id, agent_id) AS charge
FROM confiees
