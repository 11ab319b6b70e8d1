"""A campaign of 5,000 people on the whole département: slots for everybody, then the sending.

Beside it, in the same run, the bare limit: the same rows read by plain SELECTs (people, situations, households,
addresses, contacts, free slots) and as many rows of the campaign written by COPY. What the rule adds is told against
it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date, timedelta
from datetime import time as heure

from django.db import connection, transaction

from benchmarks.mesure import Mesure
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent, Structure, en_cours
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.parcours.models import Situation
from cordee.metier.rendezvous.enums import EtatLigne, GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import Campagne, RendezVous
from cordee.metier.rendezvous.services.campagne import Reglages, creer_campagne, preparer_campagne
from cordee.metier.rendezvous.services.campagne_envoi import envoyer_campagne, lancer_campagne
from cordee.metier.rendezvous.services.plages import ouvrir_plage
from cordee.socle import horloge

SUR_LE_DEPARTEMENT = ECRIT = True
PERSONNES, DELAI = 5000, 15
BUDGET, BUDGET_RAPPORT, BUDGET_ENVOI = 10, 30, 120
GENRE = GenreRendezVous.ACCOMPAGNEMENT
_LECTURES = (
    "SELECT id, nom, prenom, date_naissance, langue, interprete, contact_discret FROM personnes_personne "
    "WHERE id = ANY(%s)",
    "SELECT personne_id, calcul FROM parcours_situation WHERE personne_id = ANY(%s)",
    "SELECT personne_id, foyer_id, role FROM personnes_appartenance WHERE personne_id = ANY(%s) AND fin IS NULL",
    "SELECT a.* FROM personnes_adresse a JOIN personnes_appartenance p ON p.foyer_id = a.foyer_id AND p.fin IS NULL "
    "WHERE p.personne_id = ANY(%s) AND a.fin IS NULL",
    "SELECT * FROM personnes_contact WHERE personne_id = ANY(%s)",
    "SELECT * FROM rendezvous_rendezvous WHERE personne_id = ANY(%s) AND statut = 'prevu'",
)  # fmt: skip


def mesurer(options: argparse.Namespace) -> list[Mesure]:
    le, par = horloge.maintenant(), _agente()
    ids = _personnes()
    _ouvrir(len(ids), par)
    nue = min(_chronometrer(lambda: _limite(ids)) for _ in range(3))
    campagne = creer_campagne(
        libelle="Mesure", personnes=ids, criteres={}, par=par, le=le,
        reglages=Reglages(genre=GENRE, delai_ouvres=DELAI, debordement=True),
    )  # fmt: skip
    preparation = min(
        _chronometrer(lambda: preparer_campagne(campagne=campagne, par=par, le=le)) for _ in range(3)
    )  # fmt: skip
    campagne.refresh_from_db()
    servies = campagne.lignes.filter(etat=EtatLigne.PLANIFIEE).count()
    envoi = _chronometrer(lambda: _envoyer(campagne, par))
    faites = campagne.lignes.filter(etat=EtatLigne.CONVOQUEE).count()
    deux_fois = len(ids) - campagne.lignes.values("personne").distinct().count()
    detail = f"{len(ids)} people, {servies} with a slot"
    return [
        Mesure("campagne : préparation", preparation, BUDGET, "s", detail),
        Mesure("campagne : préparation contre lecture et écriture nues", preparation / nue, BUDGET_RAPPORT, "fois",
               f"{preparation:.2f} s against {nue:.2f} s"),
        Mesure("campagne : envoi", envoi, BUDGET_ENVOI, "s",
               f"{faites} convened, {1000 * envoi / max(faites, 1):.1f} ms each"),
        Mesure("campagne : personnes en double", deux_fois, 0, "personnes"),
    ]  # fmt: skip


def _agente() -> Agent:
    postes = Affectation.objects.filter(en_cours(horloge.aujourdhui()), role=RoleAgent.AGENT_PLATEFORME)
    return postes.select_related("agent").order_by("pk")[0].agent


def _personnes() -> list[int]:
    """People followed by the Département, spread over every sector."""
    prevus = RendezVous.objects.filter(statut=StatutRendezVous.PREVU).values("personne")
    soumises = Situation.objects.filter(soumis=True, structure_secteur__isnull=False).exclude(personne__in=prevus)
    tous = list(soumises.order_by("personne").values_list("personne_id", flat=True))
    pas = max(len(tous) // PERSONNES, 1)
    return tous[::pas][:PERSONNES]


def _ouvrir(combien: int, par: Agent) -> None:
    """A tenth more places than people, in every structure of a sector, over the days of the campaign."""
    structures = Structure.objects.filter(pk__in=Situation.objects.values("structure_secteur").distinct()).order_by(
        "pk"
    )
    jours = [d for n in range(7, 28) if (d := horloge.aujourdhui() + timedelta(days=n)).weekday() < 5]
    places = -(-combien * 11 // (10 * len(structures) * 8 * 7))
    for structure in structures:
        for jour in jours:
            _demi_journees(structure, jour, places, par)


def _demi_journees(structure: Structure, jour: date, places: int, par: Agent) -> None:
    ouvrir_plage(
        structure=structure, genre=GENRE, modalite=ModaliteRendezVous.PHYSIQUE, jour_semaine=jour.weekday(),
        de=heure(9), a=heure(17), duree_minutes=45, debut=jour, fin=jour + timedelta(days=1), places=places,
        par=agent_systeme(), le=horloge.maintenant(),
    )  # fmt: skip


def _limite(ids: list[int]) -> None:
    with transaction.atomic(), connection.cursor() as curseur:
        for lecture in _LECTURES:
            curseur.execute(lecture, [ids])
            curseur.fetchall()
        curseur.execute("SELECT * FROM rendezvous_creneau WHERE genre = %s AND prises < places", [GENRE])
        curseur.fetchall()
        curseur.execute(
            "CREATE TEMP TABLE mesure (id bigint, personne_id bigint, rang int, etat varchar(12)) ON COMMIT DROP"
        )
        with curseur.cursor.copy("COPY mesure (id, personne_id, rang, etat) FROM STDIN") as copie:
            for rang, pk in enumerate(ids):
                copie.write_row((rang, pk, rang, "planifiee"))


def _envoyer(campagne: Campagne, par: Agent) -> None:
    lancer_campagne(campagne=campagne, version=campagne.version, par=par, le=horloge.maintenant())
    envoyer_campagne(campagne=campagne, maintenant=horloge.maintenant)


def _chronometrer(faire: Callable[[], object]) -> float:
    debut = time.perf_counter()
    faire()
    return time.perf_counter() - debut
