-- code: en_activite_6_mois
-- libelle: En activité six mois après l'entrée
-- famille: emploi
-- unite: pour_cent
-- agregat: taux
-- definition: Part des entrantes en emploi ou en activité indépendante le jour des six mois de leur entrée, un jour
--   donné et non au moins une fois. Sorties sans que l'emploi soit connu : inconnues.
-- numerateur: celles en activité ce jour-là
-- denominateur: les entrantes dont on sait ce qu'il en est
-- source: F046, F047 (b) ; E30
-- perimetre: Entrantes reçues il y a six à dix-huit mois
-- sens: hausse
-- niveaux: departement, ept, commune, structure
-- structure: secteur
-- limites: Origine : réception de l'information de l'entrée. Fenêtre : un jour, celui des six mois. Sources :
--   activité transmise par la caisse avec le droit, situations constatées et sorties dites par les agents. La
--   déclaration d'embauche (DPAE) et la déclaration sociale (DSN) ne sont pas reçues : c'est un minimum. Sortie sur un
--   emploi et pas revenue : comptée en activité, faute de nouvelles depuis. Censure : seules les entrées d'au moins six
--   mois comptent.
-- recul: 18
-- repetees: oui
-- rang: 5
-- repond: K11
SELECT
    au, personne_id,
    CASE WHEN point THEN 1 ELSE 0 END AS numerateur,
    CASE WHEN point IS NULL THEN 0 ELSE 1 END AS denominateur,
    CASE WHEN point IS NULL THEN 1 ELSE 0 END AS inconnu
FROM emploi_a_six_mois
