-- code: drees_t2
-- famille: drees
-- numero: 2
-- titre: Personnes orientées : inscription à France Travail, contrat en cours au 31 décembre
-- unite: personnes
-- perimetre: sdd_drees
-- source: DREES, enquête sur l'orientation et l'accompagnement, tableau 2 ; contrat d'engagement ajouté depuis 2025
-- lignes:
--   @total
--   @age
--   @sexe
--   @famille
--   @anciennete
--   @formation
-- colonnes:
--   ft | Orientées vers France Travail | L'organisme référent est l'opérateur de l'emploi
--   > ft_inscrites | dont inscrites | Connues de l'opérateur de l'emploi au 31 décembre
--   > ft_non_inscrites | dont non connues inscrites | L'inscription n'est pas dans les données
--   ft_contrat | dont contrat annoncé | PPAE ou contrat d'engagement annoncé par France Travail, ou signé dans Cordée
--   autres | Orientées vers un autre organisme | Tout autre organisme référent
--   > cer | CER en cours | Contrat d'engagements réciproques (avant 2025) en cours au 31 décembre, sans contrat
--       d'engagement
--   > engagement | Contrat d'engagement en cours | Contrat d'engagement (depuis 2025) en cours au 31 décembre
--   > sans_contrat | Sans contrat en cours | Ni l'un ni l'autre au 31 décembre
--   cer_spe | CER signé au SPE hors France Travail | Par l'organisme qui a signé le contrat
--   cer_departement | CER signé au Département | Par l'organisme qui a signé le contrat
--   cer_ccas | CER signé en CCAS | Par l'organisme qui a signé le contrat
--   cer_autre | CER signé ailleurs | Associations et opérateurs
--   engagement_spe | Contrat d'engagement signé au SPE hors France Travail | Par l'organisme qui a signé le contrat
--   engagement_departement | Contrat d'engagement signé au Département | Par l'organisme qui a signé le contrat
--   engagement_ccas | Contrat d'engagement signé en CCAS | Par l'organisme qui a signé le contrat
--   engagement_autre | Contrat d'engagement signé ailleurs | Associations et opérateurs ; France Travail pour qui en a
--       changé
--   = taux_contrat | Part sous contrat | cer + engagement / autres | Personnes orientées hors France Travail
-- parties:
--   colonnes: ft = ft_inscrites + ft_non_inscrites
--   colonnes: autres = cer + engagement + sans_contrat
--   colonnes: cer = cer_spe + cer_departement + cer_ccas + cer_autre
--   colonnes: engagement = engagement_spe + engagement_departement + engagement_ccas + engagement_autre
-- notes:
--   Les deux séries sont gardées côte à côte : CER (jusqu'en 2024) et contrat d'engagement (depuis 2025, tous
--       organismes).
--   France Travail signe dans son outil : seul ce qu'il a annoncé est compté. N'avoir rien reçu n'est pas une absence
--       de contrat.
WITH contrats_du_jour AS (
    SELECT
        k.personne_id,
        CASE WHEN max(CASE WHEN k.serie = 'engagement' THEN 1 ELSE 0 END) = 1 THEN 'engagement'
             WHEN max(CASE WHEN k.serie = 'cer' THEN 1 ELSE 0 END) = 1 THEN 'cer' END AS serie,
        max_by(
            k.organisme,
            {'rang': CASE k.serie WHEN 'engagement' THEN 2 WHEN 'cer' THEN 1 ELSE 0 END, 'debut': k.debut,
             'organisme': k.organisme}
        ) AS signataire
    FROM exercice x
    JOIN of_contrats_valides k ON k.au = x.fin
    GROUP BY k.personne_id
),
inscrites AS (
    SELECT DISTINCT i.personne_id FROM exercice x JOIN inscriptions i ON i.debut <= x.fin AND x.fin < i.fin
),
situees AS (
    SELECT
        d.personne_id, d.cote, i.personne_id IS NOT NULL AS inscrite, k.personne_id IS NOT NULL AS liee, k.serie,
        CASE WHEN k.signataire IN ('mission_locale', 'cap_emploi') THEN 'spe'
             WHEN k.signataire LIKE 'departement%' THEN 'departement'
             WHEN k.signataire = 'ccas' THEN 'ccas' ELSE 'autre' END AS signataire
    FROM of_drees d
    LEFT JOIN contrats_du_jour k ON k.personne_id = d.personne_id
    LEFT JOIN inscrites i ON i.personne_id = d.personne_id
    WHERE d.organisme IS NOT NULL
),
mesures AS (
    SELECT personne_id, CASE WHEN cote = 'ft' THEN 'ft' ELSE 'autres' END AS colonne FROM situees
    UNION ALL
    SELECT personne_id, CASE WHEN inscrite THEN 'ft_inscrites' ELSE 'ft_non_inscrites' END AS colonne
    FROM situees
    WHERE cote = 'ft'
    UNION ALL
    SELECT personne_id, 'ft_contrat' AS colonne FROM situees WHERE cote = 'ft' AND liee
    UNION ALL
    SELECT personne_id, coalesce(serie, 'sans_contrat') AS colonne FROM situees WHERE cote <> 'ft'
    UNION ALL
    SELECT personne_id, concat(serie, '_', signataire) AS colonne FROM situees WHERE cote <> 'ft' AND serie IS NOT NULL
)
SELECT p.ligne, m.colonne, count(*) AS valeur
FROM mesures m
JOIN of_profils p ON p.personne_id = m.personne_id
WHERE p.axe <> 'famille_ministere'
GROUP BY p.ligne, m.colonne
