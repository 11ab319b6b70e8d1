-- code: drees_t5
-- famille: drees
-- numero: 5
-- titre: Entrants de l'année : première orientation, premier contrat, délais
-- unite: personnes
-- perimetre: sdd_drees
-- source: DREES, enquête sur l'orientation et l'accompagnement, tableau 5
-- lignes:
--   entrants | Entrants de l'année, soumis au 31 décembre | La dernière entrée de l'allocataire est dans l'année
--   > primo | Orientés pour la première fois depuis leur entrée | Une décision d'orientation depuis l'entrée, quoi
--       qu'il en soit advenu ensuite
--   >> primo_ft | dont vers France Travail | La première orientation
--   >> primo_autres | dont vers un autre organisme | La première orientation
--   > deja | Déjà orientés à leur entrée | Une orientation plus ancienne tenait encore : leur délai serait négatif, il
--       est compté à part
--   > non_orientes | Pas encore orientés | Aucune orientation depuis l'entrée au 31 décembre
--   ~ delai_orientation | Délai moyen de l'entrée à la première orientation (jours) | primo | Moyenne simple
--   # Premier CER (avant 2025)
--   cer | Premier CER depuis l'entrée | Parmi les premières orientations hors France Travail, signé après l'orientation
--   cer_avant | Premier CER signé avant l'orientation | Compté à part : son délai serait négatif
--   ~ delai_cer | Délai moyen de l'orientation au CER (jours) | cer | Moyenne simple
--   # Premier contrat d'engagement (depuis 2025)
--   engagement | Premier contrat d'engagement depuis l'entrée | Parmi les premières orientations hors France Travail,
--       signé après l'orientation
--   engagement_avant | Premier contrat d'engagement signé avant l'orientation | Compté à part : son délai serait
--       négatif
--   ~ delai_engagement | Délai moyen de l'orientation au contrat d'engagement (jours) | engagement | Moyenne simple
--   = taux_primo | Part orientée pour la première fois ou déjà orientée | primo + deja / entrants | Sur tous les
--       entrants
-- colonnes:
--   ensemble | Ensemble | Personnes
-- parties:
--   lignes: entrants = primo + deja + non_orientes
--   lignes: primo = primo_ft + primo_autres
-- notes:
--   Les contrats de France Travail (PPAE, contrat d'engagement) sont hors de ce tableau, comme dans l'enquête.
--   Un retour de moins de douze mois n'est pas une entrée.
WITH entrants AS (
    SELECT d.personne_id, t.entree, x.fin
    FROM of_drees d
    JOIN of_traits t ON t.personne_id = d.personne_id
    JOIN exercice x ON x.fin = t.au AND t.entree >= x.debut AND t.entree <= x.fin
),
deja AS (
    SELECT DISTINCT e.personne_id
    FROM entrants e
    JOIN of_orientations_lues o
        ON o.personne_id = e.personne_id AND o.decidee_le < e.entree AND o.debut <= e.entree AND e.entree < o.fin
),
premieres AS (
    SELECT
        e.personne_id, e.entree, min(o.decidee_le) AS decidee_le,
        min_by(o.cote, {'jour': o.decidee_le, 'id': o.id}) AS cote
    FROM entrants e
    JOIN of_orientations_lues o
        ON o.personne_id = e.personne_id AND o.decidee_le >= e.entree AND o.decidee_le <= e.fin
    LEFT JOIN deja j ON j.personne_id = e.personne_id
    WHERE j.personne_id IS NULL
    GROUP BY e.personne_id, e.entree
),
contrats_depuis AS (
    SELECT p.personne_id, p.decidee_le, k.serie, min(k.signe_le) AS signe_le
    FROM premieres p
    CROSS JOIN exercice x
    JOIN of_contrats_lus k
        ON k.personne_id = p.personne_id AND k.serie IN ('cer', 'engagement') AND k.cote <> 'ft'
        AND k.signe_le >= p.entree AND k.signe_le <= x.fin AND k.debut <= x.fin
    WHERE p.cote <> 'ft'
    GROUP BY p.personne_id, p.decidee_le, k.serie
),
mesures AS (
    SELECT 'entrants' AS ligne, 1 AS valeur FROM entrants
    UNION ALL
    SELECT 'deja' AS ligne, 1 AS valeur FROM deja
    UNION ALL
    SELECT 'primo' AS ligne, 1 AS valeur FROM premieres
    UNION ALL
    SELECT CASE WHEN cote = 'ft' THEN 'primo_ft' ELSE 'primo_autres' END AS ligne, 1 AS valeur FROM premieres
    UNION ALL
    SELECT 'non_orientes' AS ligne, 1 AS valeur
    FROM entrants e
    LEFT JOIN premieres p ON p.personne_id = e.personne_id
    LEFT JOIN deja j ON j.personne_id = e.personne_id
    WHERE p.personne_id IS NULL AND j.personne_id IS NULL
    UNION ALL
    SELECT 'delai_orientation' AS ligne, datediff('day', entree, decidee_le) AS valeur FROM premieres
    UNION ALL
    SELECT CASE WHEN signe_le < decidee_le THEN concat(serie, '_avant') ELSE serie END AS ligne, 1 AS valeur
    FROM contrats_depuis
    UNION ALL
    SELECT concat('delai_', serie) AS ligne, datediff('day', decidee_le, signe_le) AS valeur
    FROM contrats_depuis
    WHERE signe_le >= decidee_le
)
SELECT ligne, 'ensemble' AS colonne, sum(valeur) AS valeur FROM mesures GROUP BY ligne
