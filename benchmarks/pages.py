"""Every list and every page of a person, at full size, for a role of the département and roles of a structure (§8).

Asked for in this process, one after the other. A page is given three times: by the clock; as a ratio to a bare page of
the same run (the deposit of a file, which reads nobody); by the processor time of the page and of its database session.
The last two mean the same on a busy machine.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.mesure import Mesure
from benchmarks.serveur import processeur
from cordee.configuration.commandes.serveur import REGLAGES_DU_SITE
from cordee.demo.organisation import DOMAINE
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.models import Evenement, Situation
from cordee.web.personnes.panneaux import PANNEAUX

SUR_LE_DEPARTEMENT = True
BUDGET_P95, FOIS = 100, 30
NUE = "import_deposer"
_STATIQUES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
"""The measure needs no collected static file."""
# Département, data desk, duties, head of a structure, référent: each with the pages that are hers.
COMPTES = ("plateforme", "encadrante", "responsable", "referente", "donnees", "devoirs", "pilotage")
LISTES = (
    "", "?page=2", "?page=400", "?page=840", "?tri=nom", "?tri=-nom", "?tri=situation", "?tri=-risque", "?tri=referent",
    "?tri=-contact", "?moi=on", "?moi=on&urgence=retard", "?urgence=semaine", "?etape=convoquer",
    "?echeance=suivi_emploi", "?phase=avant", "?etat=accompagnee", "?statut=toutes", "?statut=sorties",
    "?commune=94081", "?voie=social", "?contrat=a_actualiser", "?contact=ancien", "?contact=jamais", "?rdv=sans",
    "?rdv=avec", "?age=moins_26",
)  # fmt: skip
# The orientation platform: who opens what in a day.
PLATEFORME = {
    "plateforme": ("arrivees", "seances", "absences", "demandes", "agenda", "agenda_attente", "agenda_plages",
                   "campagnes", "campagne_nouvelle", "courriers", "courriers_retours", "entretiens_en_cours"),
    "encadrante": ("absences_defaut", "absences_operateur", "agenda_remplissage", "agenda_absences", "campagnes_stock",
                   "orientations", "orientation_regle", "affectations", "affectation_referents", "delais_service",
                   "equipe", "relais", "reorientations", "modeles"),
    "responsable": ("arrivees", "agenda", "campagnes", "courriers", "equipe", "affectations", "orientations",
                    "delais_service"),
    "referente": ("ma_file", "agenda", "courriers", "arrivees"),
}  # fmt: skip
RECHERCHES = ("?q=martin", "?q=durand+camille", "?q=12/03/1988", "?q=zzzz")


@dataclass(frozen=True, slots=True)
class Page:
    """A page asked for by an account of the demonstration, or by whoever has that e-mail."""

    compte: str
    url: str


@dataclass(frozen=True, slots=True)
class Releve:
    """What a page cost. Milliseconds."""

    page: Page
    requetes: int
    meilleur: float
    median: float
    p95: float
    cpu: float
    cpu_base: float

    @property
    def processeur(self) -> float:
        """Of the page and of its database session."""
        return self.cpu + self.cpu_base


def mesurer(_: argparse.Namespace) -> list[Mesure]:
    releves = relever(pages())
    nue = relever([Page("donnees", reverse(NUE))])[0]
    plus_chere = max(releves, key=lambda r: r.processeur)
    tenues = sum(r.p95 <= BUDGET_P95 for r in releves)
    return [
        *(_mesure(r, nue) for r in releves),
        Mesure(f"la page la plus chère en processeur : {plus_chere.page.compte} {plus_chere.page.url}",
               plus_chere.processeur, BUDGET_P95, "ms", f"{tenues} pages sur {len(releves)} tenues à la montre"),
    ]  # fmt: skip


def pages() -> Iterator[Page]:
    """What each account opens in a day."""
    for compte in COMPTES:
        yield Page(compte, reverse("accueil"))
    for compte in ("plateforme", "responsable", "referente"):
        yield from (Page(compte, reverse("personnes") + suite) for suite in LISTES)
        yield from (Page(compte, reverse("recherche") + suite) for suite in RECHERCHES)
    for compte in ("encadrante", "devoirs", "responsable"):
        yield from (Page(compte, reverse("rapprochements") + suite) for suite in ("", "?retard=on", "?tri=nom"))
    for nom in ("imports", "import_calendrier", "import_deposer", "rejets", "correspondances", "partenaires_attendus",
                "partenaires_ailleurs", "arbitrages", "reunions", "rapprochements"):  # fmt: skip
        yield Page("donnees", reverse(nom))
    yield Page("encadrante", reverse("verification"))
    yield from pages_de_la_plateforme()
    for compte in ("plateforme", "responsable", "referente"):
        adresse = reverse("personne", args=[_une_personne()])
        yield from (Page(compte, f"{adresse}?onglet={onglet}") for onglet in PANNEAUX)


def pages_de_la_plateforme() -> Iterator[Page]:
    """Desk, agenda, campaigns, letters, allocation, teams."""
    for compte, noms in PLATEFORME.items():
        yield from (Page(compte, reverse(nom)) for nom in noms)


def _une_personne() -> int:
    """The person of the named référente with the longest history."""
    referente = Agent.objects.get(courriel=f"referente{DOMAINE}")
    siennes = Situation.objects.filter(referent_agent=referente).values("personne")
    longues = Evenement.objects.filter(personne__in=siennes).order_by().values("personne").annotate(n=Count("pk"))
    return int(longues.order_by("-n", "personne").values_list("personne", flat=True)[0])


@override_settings(STORAGES={**settings.STORAGES, **_STATIQUES})
def relever(demandees: Iterator[Page] | list[Page], *, fois: int = FOIS) -> list[Releve]:
    """Each page asked for ``fois`` times, after two for nothing. What an account may not open, or is sent away from, is
    left out.
    """
    with connection.cursor() as curseur:
        for nom, valeur in REGLAGES_DU_SITE.items():
            curseur.execute(f"SET {nom} = {valeur}")
    clients: dict[str, Client] = {}
    releves = []
    for page in demandees:
        client = clients.get(page.compte) or clients.setdefault(page.compte, _client(page.compte))
        if client.get(page.url, secure=True).status_code in (302, 403):
            continue
        releves.append(_relever(client, page, fois))
    return releves


def _client(compte: str) -> Client:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"})
    agent = Agent.objects.get(courriel=compte if "@" in compte else f"{compte}{DOMAINE}")
    client.force_login(agent, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _relever(client: Client, page: Page, fois: int) -> Releve:
    with CaptureQueriesContext(connection) as requetes:
        reponse = client.get(page.url, secure=True)
    nombre = len(requetes)
    if reponse.status_code != 200:
        raise RuntimeError(f"{page.url}: {reponse.status_code}")
    durees, debut_cpu, debut_base = [], time.process_time(), _processeur_de_la_base()
    for _ in range(fois):
        debut = time.perf_counter()
        client.get(page.url, secure=True)
        durees.append((time.perf_counter() - debut) * 1000)
    cpu = (time.process_time() - debut_cpu) * 1000 / fois
    base = (_processeur_de_la_base() - debut_base) * 1000 / fois
    p95 = statistics.quantiles(durees, n=20)[-1]
    return Releve(page, nombre, min(durees), statistics.median(durees), p95, cpu, base)


def _processeur_de_la_base() -> float:
    """Processor time of the session's server process, in seconds; 0 where the server is on another machine."""
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    if not connection.connection.info.host.startswith("/"):
        return 0.0
    return processeur(pid)


def _mesure(r: Releve, nue: Releve) -> Mesure:
    detail = (
        f"{r.requetes} requêtes, médiane {r.median:.0f} ms, meilleur {r.meilleur:.0f}, "
        f"{r.median / nue.median:.1f} fois la page nue ({nue.median:.0f} ms), "
        f"processeur {r.cpu:.0f} + {r.cpu_base:.0f} ms dans la base"
    )
    return Mesure(f"{r.page.compte} {r.page.url} (p95)", r.p95, BUDGET_P95, "ms", detail)
