-- Chaque entrée et ce qui l'a suivie : réception, convocation, première absence, premier entretien, orientation.
-- Les personnes déjà là au premier fichier chargé ne sont pas des arrivées. Quand le droit du foyer a plus de six mois (un
-- conjoint qui arrive, une personne qui devient soumise), il n'est pas le sien : son droit part du jour où un fichier la dit
-- soumise.
WITH entrantes AS (
    SELECT
        personne_id, recue_le, coalesce(effet_le, demande_le, transmise_le) AS droit_le,
        lead(recue_le) OVER (PARTITION BY personne_id ORDER BY recue_le) AS suivante_le
    FROM ouvertures
    WHERE NOT retour
),
soumissions AS (
    SELECT e.personne_id, e.recue_le, max(p.debut) AS soumise_le
    FROM entrantes e
    JOIN periodes_sdd p ON p.personne_id = e.personne_id AND p.debut <= e.recue_le
    GROUP BY e.personne_id, e.recue_le
),
nouvelles AS (
    SELECT
        e.personne_id, e.recue_le,
        CASE WHEN e.droit_le >= e.recue_le THEN e.recue_le
             WHEN e.droit_le < e.recue_le - 183 THEN coalesce(s.soumise_le, e.recue_le)
             ELSE e.droit_le END AS droit_le,
        coalesce(e.suivante_le, DATE '9999-12-31') AS suivante_le
    FROM entrantes e
    LEFT JOIN soumissions s ON s.personne_id = e.personne_id AND s.recue_le = e.recue_le
    WHERE e.recue_le > (SELECT min(recue_le) FROM ouvertures)
),
faits AS (
    SELECT
        n.personne_id, n.recue_le,
        min(CASE WHEN e.genre = 'convocation' THEN e.jour END) AS convoquee_le,
        min(CASE WHEN e.genre = 'absence' THEN e.jour END) AS absente_le,
        min(CASE WHEN e.genre IN ('presence', 'diagnostic') THEN e.jour END) AS rencontree_le
    FROM nouvelles n
    JOIN evenements e ON e.personne_id = n.personne_id AND e.jour >= n.recue_le AND e.jour < n.suivante_le
    WHERE e.genre IN ('convocation', 'absence', 'presence', 'diagnostic')
    GROUP BY n.personne_id, n.recue_le
),
decisions AS (
    SELECT n.personne_id, n.recue_le, min(o.decidee_le) AS orientee_le
    FROM nouvelles n
    JOIN orientations o ON o.personne_id = n.personne_id AND o.decidee_le >= n.recue_le AND o.decidee_le < n.suivante_le
    GROUP BY n.personne_id, n.recue_le
)
SELECT
    n.personne_id, n.recue_le, n.droit_le, n.suivante_le,
    f.convoquee_le, f.absente_le, f.rencontree_le, d.orientee_le
FROM nouvelles n
LEFT JOIN faits f ON f.personne_id = n.personne_id AND f.recue_le = n.recue_le
LEFT JOIN decisions d ON d.personne_id = n.personne_id AND d.recue_le = n.recue_le
