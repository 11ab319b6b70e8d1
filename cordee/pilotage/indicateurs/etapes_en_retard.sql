-- code: etapes_en_retard
-- libelle: Prochaines étapes en retard
-- famille: accompagnement
-- unite: pour_cent
-- agregat: taux
-- definition: Part des étapes principales ouvertes dont la date est passée. Attendues d'un organisme extérieur :
--   comptées à part, ne rien avoir reçu n'est pas un retard (E05).
-- numerateur: les étapes dont la date est passée
-- denominateur: les étapes ouvertes, hors attente d'un organisme extérieur
-- source: Invariant de Cordée ; E05
-- perimetre: sdd_operationnel
-- sens: baisse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- cible: 0 (objectif) : aucune étape en retard
-- rang: 3
-- repond: K07
SELECT
    s.au, s.personne_id,
    CASE WHEN e.genre <> 'attendre_partenaire' AND e.echeance < s.au THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN e.genre <> 'attendre_partenaire' THEN 1 ELSE 0 END AS denominateur,
    CASE WHEN e.genre = 'attendre_partenaire' AND e.echeance < s.au THEN 1 ELSE 0 END AS inconnu
FROM sdd s
JOIN etapes e ON e.personne_id = s.personne_id AND e.debut <= s.au AND s.au < e.fin
WHERE s.soumise
