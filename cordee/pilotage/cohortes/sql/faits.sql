-- Ce que les cohortes lisent des événements, corrections comprises.
SELECT e.personne_id, e.genre, e.jour, e.etat, e.suite, e.motif_sortie, e.contrat_dit
FROM evenements_bruts e
LEFT JOIN evenements_bruts a ON a.genre = 'annulation' AND a.objet_type = 'evenement' AND a.objet_id = e.id
WHERE a.id IS NULL AND (
    e.genre IN (
        'deces', 'mutation_sortante', 'cloture_decidee', 'situation_particuliere', 'reprise', 'presence', 'diagnostic',
        'droit_fini'
    )
    OR e.genre = 'droit_clos' AND e.motif_sortie = 'emploi'
    OR e.genre = 'information_partenaire' AND e.contrat_dit IS NOT NULL
)
