"""A département at work: everybody of the monthly files, the synthetic organisation, five years of path behind people.

What no file brings (référents, contacts, appointments, duties) is written in bulk, straight into the tables: it is
there to be read by pages, not to be acted upon.
"""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from benchmarks.import_caf import importer, mois_suivant, preparer
from cordee.demo.fichiers import generer_mensuel
from cordee.demo.organisation import Organisation, construire_organisation
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.parcours.services.garanties import UNE_ETAPE_OUVERTE
from cordee.socle.chargement import verifiees_a_la_fin
from cordee.socle.horloge import maintenant

# Seven people out of ten have a référent in the structure of their sector; she signed a contract with her.
_SUIVIES = """
CREATE TEMP TABLE suivie ON COMMIT DROP AS
SELECT s.personne_id, s.etape_id, s.structure_secteur_id AS structure_id,
       agents.ids[1 + s.personne_id %% agents.n] AS agent_id
FROM parcours_situation s
JOIN (SELECT structure_id, array_agg(agent_id ORDER BY agent_id) AS ids, count(*) AS n FROM organismes_affectation
      WHERE role IN ('referent', 'operateur') GROUP BY structure_id) agents
  ON agents.structure_id = s.structure_secteur_id
WHERE s.soumis AND s.personne_id %% 10 < 7
"""
_SITUATIONS = """
UPDATE parcours_situation s SET etat = 'accompagnee', voie = 'social', oriente_le = %(au)s::date - 400,
    notifie_le = %(au)s::date - 390, referent_structure_id = x.structure_id, referent_agent_id = x.agent_id,
    contrat_le = %(au)s::date - 365 + (s.personne_id %% 300)::int,
    actualisation_le = %(au)s::date - 20 + (s.personne_id %% 400)::int,
    dernier_contact_le = %(au)s::date - (s.personne_id %% 150)::int,
    calcul = jsonb_set(s.calcul, '{etape,echeance}', to_jsonb((%(au)s::date - 15 + (s.personne_id %% 90)::int)::text))
FROM suivie x WHERE x.personne_id = s.personne_id
"""
_ETAPES = """
UPDATE parcours_etape e SET genre = 'prochain_contact', regle = 'prochain_contact', unite = 'referent',
    nature = 'interne', structure_id = x.structure_id, agent_id = x.agent_id,
    echeance = %(au)s::date - 15 + (e.personne_id %% 90)::int
FROM suivie x WHERE x.etape_id = e.id
"""
_RATTACHEMENTS = """
INSERT INTO personnes_rattachement (personne_id, structure_id, agent_id, finalite, debut)
SELECT personne_id, structure_id, agent_id, 'referent', %(au)s::date - 380 FROM suivie
"""
# A duty beside the étape for one person out of six; a quarter of them disagreements with the payer.
_ECHEANCES = """
INSERT INTO parcours_echeance (personne_id, unite, structure_id, agent_id, ouverte_le, echeance, terme, regle, nature,
                               evenement_id, genre)
SELECT e.personne_id, g.unite, CASE WHEN g.unite = 'referent' THEN x.structure_id END,
       CASE WHEN g.unite = 'referent' THEN x.agent_id END, %(au)s::date - 60,
       %(au)s::date - 10 + (e.personne_id %% 60)::int, %(au)s::date + 30, g.genre, 'interne', e.evenement_id, g.genre
FROM suivie x JOIN parcours_etape e ON e.id = x.etape_id
JOIN (VALUES (0, 'actualiser_contrat', 'referent'), (1, 'suivi_emploi', 'referent'),
             (2, 'diagnostic_conjoint', 'referent'), (3, 'sanction_a_rapprocher', 'devoirs')) g(rang, genre, unite)
  ON g.rang = e.personne_id / 6 %% 4
WHERE e.personne_id %% 6 = 0
ON CONFLICT DO NOTHING
"""
# Five years of contacts, one every forty-five days, each closing the étape that the one before it opened.
_EVENEMENTS = """
INSERT INTO parcours_evenement (genre, personne_id, survenu_le, enregistre_le, par_id, acte, objet_type, donnees)
SELECT 'contact', x.personne_id, jour, jour, x.agent_id, gen_random_uuid(), '', '{}'
FROM suivie x, generate_series(%(le)s::timestamptz - interval '5 years', %(le)s::timestamptz - interval '45 days',
                               interval '45 days') jour
ORDER BY jour, x.personne_id
"""
_ETAPES_FERMEES = """
INSERT INTO parcours_etape (personne_id, unite, structure_id, agent_id, ouverte_le, echeance, terme, regle, nature,
                            evenement_id, fermee_le, fermee_par_id, genre, provisoire, attendu)
SELECT e.personne_id, 'referent', x.structure_id, x.agent_id, e.survenu_le::date, e.survenu_le::date + 60,
       e.survenu_le::date + 60, 'prochain_contact', 'interne', e.id, e.suivant_le::date, e.suivant_id,
       'prochain_contact', false, ''
FROM (SELECT id, personne_id, survenu_le, lead(id) OVER w AS suivant_id, lead(survenu_le) OVER w AS suivant_le
      FROM parcours_evenement WHERE genre = 'contact' WINDOW w AS (PARTITION BY personne_id ORDER BY survenu_le)) e
JOIN suivie x USING (personne_id) WHERE e.suivant_id IS NOT NULL
ORDER BY e.suivant_le, e.personne_id
"""
_RENDEZ_VOUS = """
INSERT INTO rendezvous_rendezvous (personne_id, genre, modalite, structure_id, agent_id, lieu, debut, fin, statut,
                                   interprete, version)
SELECT x.personne_id, 'accompagnement', 'physique', x.structure_id, NULL, '', jour, jour + interval '30 minutes',
       CASE WHEN jour < %(le)s THEN 'honore' ELSE 'prevu' END, '', 1
FROM suivie x, generate_series(1, 4) n,
     LATERAL (SELECT date_trunc('day', %(le)s::timestamptz) + interval '10 hours'
                     + (n - 3) * interval '60 days' + (x.personne_id %% 60) * interval '1 day' AS jour) j
WHERE x.personne_id %% 3 = 0
"""
_ECRITES = ("parcours_evenement", "parcours_etape", "parcours_situation")
_SUITE = (_SUIVIES, _SITUATIONS, _ETAPES, _RATTACHEMENTS, _ECHEANCES, _EVENEMENTS, _ETAPES_FERMEES, _RENDEZ_VOUS)


def construire(foyers: int) -> Organisation:
    """Two months of files for that many households, and what agents did of them."""
    preparer()
    organisation = construire_organisation(par=agent_systeme(), le=maintenant())
    with tempfile.TemporaryDirectory(prefix="cordee-banc-") as dossier:
        premier, suivant = Path(dossier) / "premier.xml", Path(dossier) / "suivant.xml"
        generer_mensuel("2026-01", foyers=foyers, graine=94, sortie=premier)
        mois_suivant(premier, suivant)
        importer(premier)
        importer(suivant)
    vivre(maintenant())
    return organisation


@transaction.atomic
def vivre(le: datetime) -> None:
    """Référents, contracts, contacts, appointments and duties for seven people out of ten."""
    with verifiees_a_la_fin(_ECRITES, declencheurs=UNE_ETAPE_OUVERTE), connection.cursor() as curseur:
        for ordre in _SUITE:
            curseur.execute(ordre, {"au": le.date(), "le": le})
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        curseur.execute("ANALYZE")
