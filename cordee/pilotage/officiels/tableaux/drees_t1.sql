-- code: drees_t1
-- famille: drees
-- numero: 1
-- titre: Personnes soumises aux droits et devoirs, orientées et non orientées, selon l'organisme référent
-- unite: personnes
-- perimetre: sdd_drees
-- source: DREES, enquête sur l'orientation et l'accompagnement des bénéficiaires du RSA, tableau 1
-- lignes:
--   @total
--   @age
--   @sexe
--   @famille
--   @anciennete
--   @formation
-- colonnes:
--   sdd | Soumises aux droits et devoirs | Adultes (allocataires et conjoints) soumis, droit ouvert et non suspendu au
--       31 décembre
--   orientees | Orientées | Ont un organisme référent au 31 décembre, qu'un professionnel soit nommé ou non
--   > ft | vers France Travail | L'organisme référent est une agence de l'opérateur de l'emploi
--   > autres | vers un autre organisme | Tout autre organisme référent
--   >> spe | du service public de l'emploi | Mission locale, Cap emploi
--   >>> mission_locale | Mission locale | Mission locale
--   >>> cap_emploi | Cap emploi | Organisme de placement spécialisé ; les maisons de l'emploi et PLIE ne sont pas
--       distingués dans les données
--   >>> x creation | Création d'entreprise | Aucun organisme référent de cette sorte n'est distingué dans les données
--   >>> x iae | Insertion par l'activité économique | Une structure d'insertion emploie ; elle n'est pas organisme
--       référent dans les données
--   >>> x placement | Autre placement ou formation | Non distingué des autres organismes délégataires
--   >> hors_spe | hors du service public de l'emploi | Services du Département, CCAS, associations, opérateurs
--   >>> departement | Services du Département | Espaces des solidarités, espaces insertion, équipes spécialisées
--   >>> x caf | Caf | Aucune orientation vers la Caf dans les données : la loi ne la nomme plus organisme référent
--   >>> x msa | Msa | Aucune orientation vers la Msa dans les données
--   >>> ccas | CCAS ou CIAS | Centres communaux, par convention
--   >>> autre | Autre organisme | Associations et opérateurs par convention ou marché
--   non_orientees | Non orientées | Sans organisme référent au 31 décembre
--   = taux | Part orientée | orientees / sdd | Orientées rapportées aux soumises
-- parties:
--   colonnes: sdd = orientees + non_orientees
--   colonnes: orientees = ft + autres
--   colonnes: autres = spe + hors_spe
--   colonnes: spe = mission_locale + cap_emploi
--   colonnes: hors_spe = departement + ccas + autre
-- notes:
--   Seul compte l'organisme référent : ni celui qui finance, ni le co-référent d'un accompagnement global.
WITH mesures AS (
    SELECT personne_id, 'sdd' AS colonne FROM of_drees
    UNION ALL
    SELECT personne_id, CASE WHEN organisme IS NULL THEN 'non_orientees' ELSE 'orientees' END AS colonne FROM of_drees
    UNION ALL
    SELECT personne_id, CASE WHEN cote = 'ft' THEN 'ft' ELSE 'autres' END AS colonne
    FROM of_drees
    WHERE organisme IS NOT NULL
    UNION ALL
    SELECT personne_id, cote AS colonne FROM of_drees WHERE cote IN ('spe', 'hors_spe')
    UNION ALL
    SELECT
        personne_id,
        CASE WHEN organisme LIKE 'departement%' THEN 'departement'
             WHEN organisme IN ('association', 'operateur') THEN 'autre' ELSE organisme END AS colonne
    FROM of_drees
    WHERE cote IN ('spe', 'hors_spe')
)
SELECT p.ligne, m.colonne, count(*) AS valeur
FROM mesures m
JOIN of_profils p ON p.personne_id = m.personne_id
WHERE p.axe <> 'famille_ministere'
GROUP BY p.ligne, m.colonne
