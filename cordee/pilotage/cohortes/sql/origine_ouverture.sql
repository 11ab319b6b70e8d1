-- Le droit s'ouvre : la date d'effet, à défaut la demande, à défaut la première transmission. Un retour de moins de douze mois
-- n'est pas une entrée (E16). Un droit ouvert depuis plus de six mois quand le dossier est reçu est une arrivée, pas une ouverture.
SELECT o.personne_id, min(coalesce(o.effet_le, o.demande_le, o.transmise_le)) AS origine_le
FROM ouvertures o
JOIN cohorte c ON coalesce(o.effet_le, o.demande_le, o.transmise_le) BETWEEN c.du AND c.au
WHERE NOT o.retour AND coalesce(o.effet_le, o.demande_le, o.transmise_le) >= o.recue_le - 183
GROUP BY o.personne_id
