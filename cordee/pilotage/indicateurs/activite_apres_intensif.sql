-- code: activite_apres_intensif
-- libelle: En activité six mois après le début d'un accompagnement intensif
-- famille: emploi
-- unite: pour_cent
-- agregat: taux
-- definition: Parmi les personnes soumises il y a six mois dont l'accompagnement intensif avait commencé dans les
--   douze mois d'avant, la part de celles qui sont en emploi ou en activité indépendante au jour dit. Sorties sans que
--   l'emploi soit connu : inconnues.
-- numerateur: celles en activité
-- denominateur: celles dont on sait ce qu'il en est
-- source: F046 (20,7 %)
-- perimetre: Personnes soumises six mois plus tôt
-- sens: neutre
-- niveaux: departement, ept, commune, structure
-- structure: referent
-- limites: Les personnes accompagnées intensivement ont été choisies : l'écart avec les autres tient pour partie à
--   ce choix. C'est un écart, non un effet ; l'effet se lit dans les évaluations. Origine : la photo d'il y a six mois.
--   Fenêtre : le jour dit. Sources : activité transmise par la caisse avec le droit, situations constatées et sorties
--   dites par les agents. La déclaration d'embauche (DPAE) et la déclaration sociale (DSN) ne sont pas reçues : c'est un
--   minimum.
-- recul: 18
-- rang: 9
-- repond: K11, REQ-103
SELECT
    au, personne_id,
    CASE WHEN en_activite THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN en_activite IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN en_activite IS NULL THEN 1 ELSE 0 END AS inconnu
FROM activite_apres_suivi
WHERE intensive
