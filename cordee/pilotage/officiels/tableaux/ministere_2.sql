-- code: ministere_2
-- famille: ministere
-- numero: 2
-- titre: Organismes vers lesquels les personnes sont orientées
-- unite: personnes
-- perimetre: sdd_operationnel
-- source: Questionnaire annuel du ministère sur l'orientation et l'accompagnement, tableau 2
-- lignes:
--   sdd | Champ des droits et devoirs | Soumises, droit ouvert, versé ou suspendu, au 31 décembre (L262-28)
--   attente | En attente d'orientation | Sans orientation en vigueur
--   orientees | Orientées | Ont un organisme référent au 31 décembre
--   # Service public de l'emploi
--   > ft | France Travail | Agence de l'opérateur de l'emploi
--   > spe | Autres organismes du service public de l'emploi | Mission locale, Cap emploi
--   >> mission_locale | Mission locale | Mission locale
--   >> cap_emploi | Cap emploi | Organisme de placement spécialisé ; maisons de l'emploi et PLIE non distingués
--   # Autres organismes
--   > x ett | Entreprise de travail temporaire | N'est pas organisme référent dans les données
--   > x creation | Création ou développement d'entreprise | Non distingué dans les données
--   > x iae | Insertion par l'activité économique | N'est pas organisme référent dans les données
--   > x placement | Autre organisme de placement | Non distingué des organismes délégataires
--   > departement_pro | Département, service professionnel ou socioprofessionnel | Espaces insertion, équipes
--       spécialisées
--   > departement_social | Département, service social | Espaces départementaux des solidarités
--   > x caf | Caf | Aucune orientation vers la Caf dans les données
--   > x msa | Msa | Aucune orientation vers la Msa dans les données
--   > x cps | Caisse de prévoyance sociale | Propre à Saint-Pierre-et-Miquelon
--   > ccas | CCAS ou CIAS | Centres communaux, par convention
--   > association | Association | Associations, par convention
--   > operateur | Autre | Opérateurs titulaires d'un marché ou d'un appel à projets
-- colonnes:
--   ensemble | Personnes | Au 31 décembre
-- parties:
--   lignes: sdd = attente + orientees
--   lignes: orientees = ft + spe + departement_pro + departement_social + ccas + association + operateur
--   lignes: spe = mission_locale + cap_emploi
WITH mesures AS (
    SELECT 'sdd' AS ligne FROM of_ministere
    UNION ALL
    SELECT CASE WHEN organisme IS NULL THEN 'attente' ELSE 'orientees' END AS ligne FROM of_ministere
    UNION ALL
    SELECT organisme AS ligne FROM of_ministere WHERE organisme IS NOT NULL
    UNION ALL
    SELECT 'spe' AS ligne FROM of_ministere WHERE cote = 'spe'
)
SELECT ligne, 'ensemble' AS colonne, count(*) AS valeur FROM mesures GROUP BY ligne
