-- Le séjour que l'origine ouvre ou traverse, et la photo de départ : la fin du mois de l'origine (du début du séjour s'il vient
-- après, trois mois au plus), décalée du repère. parti : déjà sorti à cette photo ; trop_tot : photo pas encore observée.
WITH choisis AS (
    SELECT
        o.personne_id, o.origine_le, min(s.rang) AS rang
    FROM origines o
    JOIN sejours s ON s.personne_id = o.personne_id AND s.debut <= o.origine_le + 92 AND o.origine_le < s.fin
    GROUP BY o.personne_id, o.origine_le
),
places AS (
    SELECT
        h.personne_id, h.origine_le, s.rang, s.debut, s.fin, s.fin_m,
        CAST(greatest(
            extract(YEAR FROM h.origine_le) * 12 + extract(MONTH FROM h.origine_le), s.debut_m
        ) AS INTEGER) + c.repere AS depart_m,
        c.dernier_m
    FROM choisis h
    JOIN sejours s ON s.personne_id = h.personne_id AND s.rang = h.rang
    CROSS JOIN cohorte c
)
SELECT
    p.personne_id, p.origine_le, p.rang, p.fin, p.fin_m, p.depart_m,
    m.fin_du_mois AS photo_le,
    p.fin_m <= p.depart_m AS parti,
    p.depart_m > p.dernier_m AS trop_tot
FROM places p
JOIN mois m ON m.rang = p.depart_m
