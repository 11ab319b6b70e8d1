-- code: jamais_accompagnees
-- libelle: Personnes jamais accompagnées
-- famille: accompagnement
-- unite: personnes
-- agregat: effectif
-- definition: Personnes soumises sans aucun échange direct avec un référent depuis leur entrée : ni rendez-vous
--   d'accompagnement tenu, ni contact abouti, ni contrat signé, ni contact annoncé par l'organisme extérieur. Suivies
--   par un organisme extérieur qui n'a rien dit : inconnues.
-- numerateur: celles sans échange
-- denominateur: aucun
-- source: F040 ; daily_reality
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- rang: 2
-- repond: K14, REQ-101
SELECT
    s.au, s.personne_id,
    CASE WHEN d.accompagnee THEN 0 WHEN o.categorie = 'operateur_emploi' AND p.personne_id IS NULL THEN 0 ELSE 1 END
        AS numerateur,
    NULL AS denominateur,
    CASE WHEN coalesce(d.accompagnee, FALSE) THEN 0
         WHEN o.categorie = 'operateur_emploi' AND p.personne_id IS NULL THEN 1 ELSE 0 END AS inconnu
FROM sdd s
LEFT JOIN derniers_echanges d ON d.au = s.au AND d.personne_id = s.personne_id
LEFT JOIN orientations_au o ON o.au = s.au AND o.personne_id = s.personne_id
LEFT JOIN partenaires_au p ON p.au = s.au AND p.personne_id = s.personne_id
WHERE s.soumise
