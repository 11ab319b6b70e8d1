-- code: referents_nommes
-- libelle: Personnes orientées dont le référent est nommé
-- famille: accompagnement
-- unite: pour_cent
-- agregat: taux
-- definition: Part des personnes orientées dont le référent unique est nommé. Chez un organisme extérieur qui n'a
--   rien dit : inconnu, ni oui ni non.
-- numerateur: celles dont le référent est nommé
-- denominateur: les personnes orientées, information connue
-- source: CASF L262-27 ; E05
-- perimetre: sdd_operationnel
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- cible: 100 (legale) : référent unique
-- rang: 1
-- repond: K07
SELECT
    s.au, s.personne_id,
    CASE WHEN r.agent_id IS NOT NULL OR p.referent_dit THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN o.categorie = 'operateur_emploi' AND r.agent_id IS NULL AND p.personne_id IS NULL THEN 0 ELSE 1 END
        AS denominateur,
    CASE WHEN o.categorie = 'operateur_emploi' AND r.agent_id IS NULL AND p.personne_id IS NULL THEN 1 ELSE 0 END
        AS inconnu
FROM sdd s
JOIN orientations_au o ON o.au = s.au AND o.personne_id = s.personne_id
LEFT JOIN referents r ON r.au = s.au AND r.personne_id = s.personne_id
LEFT JOIN partenaires_au p ON p.au = s.au AND p.personne_id = s.personne_id
WHERE s.soumise
