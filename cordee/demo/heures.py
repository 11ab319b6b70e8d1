"""Hours of the last eight weeks for people under contract, drawn in the database: invented by nature, like the people.

Each contract draws from the seed how it lives: weeks told of or not, what the person says, what the body saw beside,
documents looked at, weeks for which nothing was offered. Nothing depends on the day of the week the demonstration is
built, and the same seed on the same day gives the same hours.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from cordee.metier.contrats.regles.heures import lundi
from cordee.metier.contrats.selectors.signaux import EN_ACTIVITE
from cordee.socle.horloge import jour

SEMAINES: Final = 8
# Hypotheses, in thousandths: contracts nobody tells anything of; those that fell silent; weeks left out by the others.
MUETS, TUS, OUBLIS = 90, 110, 120
# Of the weeks told of: seen by the body beside; a document looked at; nothing offered.
VUES, JUSTIFIEES, SANS_OFFRE = 420, 60, 35

_TIRER: Final = """
CREATE TEMP TABLE tirage_heures ON COMMIT DROP AS
SELECT c.id AS contrat, c.personne_id AS personne, e.famille, max(e.heures) AS prevues,
       s.referent_structure_id AS structure, s.referent_agent_id AS agent, w.rang,
       %(lundi)s::date - 7 * w.rang AS semaine,
       ('x' || substr(md5(%(graine)s || ':' || c.id), 1, 7))::bit(28)::int %% 1000 AS vie,
       ('x' || substr(md5(%(graine)s || ':' || c.id || ':' || e.famille || ':' || w.rang), 1, 7))::bit(28)::int AS a,
       ('x' || substr(md5(%(graine)s || ':' || c.id || ':' || e.famille || ':' || w.rang), 9, 7))::bit(28)::int AS b
FROM contrats_contrat c
JOIN parcours_situation s ON s.personne_id = c.personne_id AND s.soumis AND s.referent_agent_id IS NOT NULL
     AND s.etat = ANY(%(etats)s)
JOIN contrats_engagement e ON e.contrat_id = c.id AND e.famille <> '' AND e.heures > 0
CROSS JOIN generate_series(1, %(semaines)s) AS w(rang)
WHERE c.fin IS NULL AND c.debut <= %(lundi)s::date - 7 * w.rang AND c.heures > 0
GROUP BY c.id, c.personne_id, e.famille, s.referent_structure_id, s.referent_agent_id, w.rang
"""
_GARDER: Final = """
DELETE FROM tirage_heures WHERE vie < %(muets)s OR (vie < %(muets)s + %(tus)s AND rang <= 3 + vie %% 4)
    OR (vie >= %(muets)s + %(tus)s AND a %% 1000 < %(oublis)s)
"""
_ECRIRE: Final = """
INSERT INTO contrats_heuresrealisees
    (personne_id, semaine, famille, source, structure_id, heures, empechement, piece_vue, saisie_par_id, saisie_le)
SELECT personne, semaine, famille, 'declaree', NULL,
       CASE WHEN b %% 1000 < %(sans_offre)s THEN 0 ELSE least(35, round(prevues * (50 + b %% 70) / 50) / 2) END,
       CASE WHEN b %% 1000 < %(sans_offre)s THEN 'pas_d_offre' ELSE '' END, '',
       CASE WHEN a %% 5 < 3 THEN agent END,
       least(%(le)s, semaine + interval '7 days 10 hours' + a %% 4000 * interval '1 minute')
FROM tirage_heures
UNION ALL
SELECT personne, semaine, famille, 'presente', structure, least(35, round(prevues * (40 + a %% 60) / 50) / 2), '', '',
       agent,
       least(%(le)s, semaine + interval '8 days 9 hours' + b %% 3000 * interval '1 minute')
FROM tirage_heures WHERE b %% 1000 >= %(sans_offre)s AND a / 1000 %% 1000 < %(vues)s
UNION ALL
SELECT personne, semaine, famille, 'verifiee', structure, least(35, round(prevues * (40 + a %% 60) / 50) / 2), '',
       CASE b %% 3 WHEN 0 THEN 'emargement' WHEN 1 THEN 'attestation' ELSE 'bulletin' END, agent,
       least(%(le)s, semaine + interval '9 days 9 hours' + b %% 3000 * interval '1 minute')
FROM tirage_heures WHERE b %% 1000 >= %(sans_offre)s AND a / 1000 %% 1000 < %(justifiees)s
"""
_SUIVRE: Final = """
UPDATE contrats_contrat c SET derniere_semaine = t.derniere
FROM (SELECT contrat, max(semaine) AS derniere FROM tirage_heures GROUP BY contrat) t WHERE t.contrat = c.id
"""
# Agreed hours under fifteen are looked at again; what bodies promised has a day, kept more often than not.
_REVOIR: Final = """
UPDATE contrats_contrat c SET revue_heures_le = %(au)s::date + (c.id %% 170)::int - 8
WHERE c.fin IS NULL AND c.debut IS NOT NULL AND c.heures < 15 AND c.revue_heures_le IS NULL AND c.id %% 3 = 0
"""
_PROMETTRE: Final = """
UPDATE contrats_engagement e SET avant_le = t.jour, etat = CASE WHEN t.tenu THEN 'tenu' ELSE e.etat END,
       tenu_le = CASE WHEN t.tenu THEN t.jour - (e.id %% 6)::int END
FROM (
    SELECT e.id, %(au)s::date + (e.id %% 120)::int - 60 AS jour, e.id %% 120 < 60 AND e.id %% 7 > 0 AS tenu
    FROM contrats_engagement e JOIN contrats_contrat c ON c.id = e.contrat_id
    WHERE c.fin IS NULL AND c.debut < %(au)s::date - 70 AND e.engage = 'organisme' AND e.avant_le IS NULL
          AND e.etat = 'en_cours' AND e.id %% 3 = 0
) t WHERE t.id = e.id
"""


@transaction.atomic
def noter_les_heures(*, graine: int, le: datetime) -> int:
    """Draw the hours of the last whole weeks, the reviews to come and the days of promises. Returns how many words.

    At full size (18,000 contracts in force): about 200,000 lines, a few seconds.
    """
    au = jour(le)
    valeurs: dict[str, Any] = {
        "graine": str(graine), "lundi": lundi(au), "semaines": SEMAINES, "etats": [str(e) for e in EN_ACTIVITE],
        "le": le - timedelta(hours=1), "au": au, "muets": MUETS, "tus": TUS, "oublis": OUBLIS, "vues": VUES,
        "justifiees": JUSTIFIEES, "sans_offre": SANS_OFFRE,
    }  # fmt: skip
    with connection.cursor() as curseur:
        for requete in (_TIRER, _GARDER, _ECRIRE):
            curseur.execute(requete, valeurs)
        ecrites = int(curseur.rowcount)
        for requete in (_SUIVRE, _REVOIR, _PROMETTRE):
            curseur.execute(requete, valeurs)
    return ecrites
