-- code: acces_emploi_6_mois
-- libelle: Un emploi au moins une fois dans les six mois de l'entrée
-- famille: emploi
-- unite: pour_cent
-- agregat: taux
-- definition: Part des entrantes qui ont eu un emploi, de toute durée, ou une activité indépendante, au moins une
--   fois dans les six mois de leur entrée, y compris un emploi déjà là à l'entrée. Sorties dans les six mois sans que
--   l'emploi soit connu : inconnues, ni réussite ni échec.
-- numerateur: celles qui en ont eu un
-- denominateur: les entrantes dont on sait ce qu'il en est
-- source: F045 (a) : définition distincte des deux autres, jamais sur un même graphique
-- perimetre: Entrantes reçues il y a six à dix-huit mois
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- limites: Origine : réception de l'information de l'entrée. Fenêtre : six mois. Sources : activité transmise par
--   la caisse avec le droit, situations constatées et sorties dites par les agents. La déclaration d'embauche (DPAE) et
--   la déclaration sociale (DSN) ne sont pas reçues : c'est un minimum. Censure : seules les entrées d'au moins six mois
--   comptent.
-- recul: 18
-- repetees: oui
-- rang: 4
-- repond: K11
SELECT
    au, personne_id,
    CASE WHEN acces THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN acces IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN acces IS NULL THEN 1 ELSE 0 END AS inconnu
FROM emploi_a_six_mois
