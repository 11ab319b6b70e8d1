-- code: pauvrete_a1
-- famille: pauvrete
-- numero: A1
-- titre: Nouveaux entrants du mois et leur orientation en moins d'un mois
-- unite: personnes
-- perimetre: sdd_drees
-- source: Suivi mensuel de la stratégie de lutte contre la pauvreté, tableau A1, sans les droits suspendus
-- lignes:
--   ^ dov | Adultes dont le droit est ouvert et versable | À la fin du mois, soumis ou non
--   ^ sdd_dov | Soumis aux droits et devoirs, droit versable | À la fin du mois
--   nouveaux | Nouveaux entrants | Soumis, droit versable à la fin du mois, et pas à la fin du mois d'avant
--   > premiere | Première demande connue | Rien de ce qui suit
--   > rejoint | Rejoint un foyer déjà au RSA | Le foyer avait un droit versable à la fin du mois d'avant
--   > revenue | Avait eu des droits avant | Déjà soumis, droit ouvert, à une date connue plus ancienne
--   > non_soumise | N'était pas soumis et l'est devenu | Droit versable à la fin du mois d'avant, sans être soumis
--   > suspendue | Droit rétabli après une suspension | Soumis à la fin du mois d'avant, droit ou versement suspendu
--   > x mutation | Arrivée d'un autre département | La date de mutation du fichier n'est pas gardée dans l'histoire :
--       ces personnes sont dans « première demande »
--   primo | dont jamais vues auparavant | Jamais soumises, droit ouvert, depuis le premier fichier connu
--   # Orientation
--   deja | Déjà orientés en entrant | Une orientation plus ancienne tient encore : hors du taux
--   echus | Nouveaux entrants à orienter, mois écoulé | Non déjà orientés, et 31 jours passés à la date d'arrêté
--   > moins_un_mois | orientés en moins d'un mois | Décision dans les 30 jours qui suivent la réception de
--       l'information, ou avant elle
--   >> voie_emploi | vers l'emploi | Voie de cette orientation
--   >> voie_socio_pro | en socioprofessionnel | Voie de cette orientation
--   >> voie_social | en social | Voie de cette orientation
--   > plus_un_mois | orientés plus tard ou pas encore | Au-delà de 30 jours à la date d'arrêté
--   pe | Orientés en moins d'un mois vers France Travail | Organisme référent
--   cd | Orientés en moins d'un mois vers le Département | Organisme référent
--   oa | Orientés en moins d'un mois vers un autre organisme | Mission locale, Cap emploi, CCAS, associations,
--       opérateurs
--   x collectif | Dernier rendez-vous non honoré en information collective | Les informations collectives n'ont pas de
--       liste de présence dans l'histoire
--   = taux | Part orientée en moins d'un mois | moins_un_mois / echus | Le mois doit être écoulé
-- colonnes:
--   @mois
-- parties:
--   lignes: nouveaux = premiere + rejoint + revenue + non_soumise + suspendue
--   lignes: echus = moins_un_mois + plus_un_mois
--   lignes: moins_un_mois = voie_emploi + voie_socio_pro + voie_social
--   lignes: moins_un_mois = pe + cd + oa
-- notes:
--   L'information est reçue avec le fichier du mois suivant : le mois est celui du droit, pas celui de la réception.
WITH tenues AS (
    SELECT mois, voie, operateur, coalesce(jours < 31, FALSE) AS a_temps
    FROM of_nouvelles_suivies
    WHERE echu AND NOT deja_orientee
),
mesures AS (
    SELECT m.mois, 'dov' AS ligne FROM mois_officiels m JOIN of_presentes p ON p.au = m.au
    UNION ALL
    SELECT m.mois, 'sdd_dov' AS ligne FROM mois_officiels m JOIN of_presentes p ON p.au = m.au AND p.sdd
    UNION ALL
    SELECT mois, 'nouveaux' AS ligne FROM of_nouvelles_suivies
    UNION ALL
    SELECT mois, origine AS ligne FROM of_nouvelles_suivies
    UNION ALL
    SELECT mois, 'primo' AS ligne FROM of_nouvelles_suivies WHERE primo
    UNION ALL
    SELECT mois, 'deja' AS ligne FROM of_nouvelles_suivies WHERE deja_orientee
    UNION ALL
    SELECT mois, 'echus' AS ligne FROM tenues
    UNION ALL
    SELECT mois, CASE WHEN a_temps THEN 'moins_un_mois' ELSE 'plus_un_mois' END AS ligne FROM tenues
    UNION ALL
    SELECT mois, concat('voie_', voie) AS ligne FROM tenues WHERE a_temps
    UNION ALL
    SELECT mois, operateur AS ligne FROM tenues WHERE a_temps
)
SELECT ligne, mois AS colonne, count(*) AS valeur FROM mesures GROUP BY ligne, mois
