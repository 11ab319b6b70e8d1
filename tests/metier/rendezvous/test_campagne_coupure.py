"""Nobody is convened twice: sender killed with no warning in the middle of a lot, two campaigns at the same moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from threading import Barrier
from urllib.parse import quote, urlencode

import pytest
from django.db import connection, connections
from django.db.models import F

from cordee.metier.courriers.models import Courrier
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import Rattachement
from cordee.metier.rendezvous.enums import EtatCampagne, EtatLigne, GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import Campagne, Creneau, RendezVous
from cordee.metier.rendezvous.services.campagne import creer_campagne
from cordee.metier.rendezvous.services.campagne_envoi import envoyer_campagne, lancer_campagne
from cordee.metier.rendezvous.services.plages import ouvrir_plage
from tests import fabriques as f
from tests.metier.equipe import Equipe
from tests.metier.equipe import equipe as monter

pytestmark = pytest.mark.django_db(transaction=True)
LE = f.MAINTENANT
TAILLE = 4
# A sender that dies on the n-th statement that holds a text: what it had begun to write is never committed.
EXPEDITEUR = """
import os, signal, sys, django
django.setup()
from datetime import datetime
from django.db import connection
from cordee.metier.rendezvous.models import Campagne
from cordee.metier.rendezvous.services.campagne_envoi import envoyer_campagne

pk, texte, reste, taille = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[5])
le = datetime.fromisoformat(sys.argv[4])

def tuer(executer, sql, params, many, context):
    global reste
    resultat = executer(sql, params, many, context)
    if texte in str(sql):
        reste -= 1
        if not reste:
            os.kill(os.getpid(), signal.SIGKILL)
    return resultat

with connection.execute_wrapper(tuer):
    envoyer_campagne(campagne=Campagne.objects.get(pk=pk), maintenant=lambda: le, taille=taille)
"""


@pytest.fixture
def equipe() -> Equipe:
    equipe = monter()
    f.regle_secteur(equipe.eds, f.commune())
    for n in range(10):
        jour = date(2026, 2, 24) + timedelta(days=n)
        ouvrir_plage(
            structure=equipe.eds, genre=GenreRendezVous.ORIENTATION, modalite=ModaliteRendezVous.PHYSIQUE,
            jour_semaine=jour.weekday(), de=time(9), a=time(12), duree_minutes=45, debut=jour, places=2,
            fin=jour + timedelta(days=1), par=equipe.samia, le=LE,
        )  # fmt: skip
    return equipe


def creer(equipe: Equipe, personnes: list[int]) -> Campagne:
    return creer_campagne(libelle="Essai", personnes=personnes, criteres={}, par=equipe.samia, le=LE)


def lancer(campagne: Campagne, equipe: Equipe) -> None:
    lancer_campagne(campagne=campagne, version=campagne.version, par=equipe.samia, le=LE)


def adresse_de_la_base() -> str:
    d = connection.settings_dict
    suite = {cle: d[nom] for cle, nom in (("host", "HOST"), ("port", "PORT")) if d[nom]}
    acces = quote(d["USER"], safe="") + (f":{quote(d['PASSWORD'], safe='')}" if d["PASSWORD"] else "")
    return f"postgresql://{acces}@/{d['NAME']}?{urlencode(suite)}"


def envoyer_et_mourir(campagne: Campagne, texte: str, rang: int) -> None:
    """The sending in a process of its own, which kills itself there."""
    milieu = {
        **os.environ,
        "DATABASE_URL": adresse_de_la_base(),
        "DJANGO_SETTINGS_MODULE": "cordee.configuration.settings",
    }
    fini = subprocess.run(
        [sys.executable, "-c", EXPEDITEUR, str(campagne.pk), texte, str(rang), LE.isoformat(), str(TAILLE)], env=milieu,
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert fini.returncode == -signal.SIGKILL, fini.stderr.decode()[-2000:]


def une_fois_chacune(personnes: list[int]) -> None:
    """One appointment, one letter, one convocation, one access each; as many places held as appointments."""
    comptes = [
        Counter(RendezVous.objects.filter(statut="prevu").values_list("personne", flat=True)),
        Counter(Courrier.objects.values_list("personne", flat=True)),
        Counter(Evenement.objects.filter(genre=GenreEvenement.CONVOCATION).values_list("personne", flat=True)),
        Counter(Rattachement.objects.filter(finalite="orientation").values_list("personne", flat=True)),
    ]
    assert comptes == [Counter(personnes)] * 4
    assert sum(Creneau.objects.values_list("prises", flat=True)) == len(personnes)
    assert not Creneau.objects.filter(prises__gt=F("places")).exists()


def test_a_sender_killed_twice_in_the_middle_of_a_lot_convenes_each_once(equipe: Equipe) -> None:
    gens = [equipe.entrante().pk for _ in range(3 * TAILLE)]
    campagne = creer(equipe, gens)
    lancer(campagne, equipe)
    # in the second lot: appointments and letters written, the event too, nothing committed
    envoyer_et_mourir(campagne, 'INSERT INTO "parcours_evenement"', 2)
    assert RendezVous.objects.count() == Courrier.objects.count() == TAILLE
    # in the next one, at its very end
    envoyer_et_mourir(campagne, 'UPDATE "rendezvous_campagneligne"', 1)
    assert campagne.lignes.filter(etat=EtatLigne.CONVOQUEE).count() == TAILLE
    envoyer_campagne(campagne=campagne, maintenant=lambda: LE, taille=TAILLE)
    une_fois_chacune(gens)
    campagne.refresh_from_db()
    assert campagne.etat == EtatCampagne.TERMINEE


def test_two_campaigns_sent_at_once_to_the_same_people_convene_each_once(equipe: Equipe) -> None:
    gens = [equipe.entrante().pk for _ in range(3 * TAILLE)]
    premiere = creer(equipe, gens)
    Campagne.objects.filter(pk=premiere.pk).update(etat=EtatCampagne.BROUILLON)  # unseen by the second one
    seconde = creer(equipe, list(reversed(gens)))
    Campagne.objects.filter(pk=premiere.pk).update(etat=EtatCampagne.PRETE)
    for campagne in (premiere, seconde):
        lancer(campagne, equipe)
    depart = Barrier(2)

    def envoyer(campagne: Campagne) -> int:
        try:
            depart.wait()
            return envoyer_campagne(campagne=campagne, maintenant=lambda: LE, taille=TAILLE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as fils:
        assert sum(fils.map(envoyer, (premiere, seconde))) == len(gens)
    une_fois_chacune(gens)
