-- code: taux_sanctions_avec_enfant
-- libelle: Personnes sanctionnées dans l'année, foyers avec enfant à charge
-- famille: devoirs
-- unite: pour_cent
-- agregat: taux
-- definition: La même part, parmi les seules personnes de ce groupe (foyers avec enfant à charge) : une différence
--   entre groupes se voit, elle ne s'explique pas seule.
-- numerateur: celles pour qui une mesure a été décidée
-- denominateur: les personnes de ce groupe soumises dans les douze mois
-- source: CASF L262-37
-- perimetre: Personnes soumises au moins un jour dans les douze mois
-- sens: neutre
-- niveaux: departement, ept, structure
-- structure: referent
-- partition: taux_sanctions enfants
-- recul: 12
-- rang: 11
-- repond: K13
SELECT
    au, personne_id,
    sanctionnee AS numerateur,
    1 AS denominateur,
    0 AS inconnu
FROM soumises_de_l_annee
WHERE avec_enfant
