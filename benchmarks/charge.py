"""Sixty agents at work together on the whole département: pages read and acts done through their forms (design §8).

The product is started as it is served (``cordee serveur``); agents are threads of this process, each with her session,
her role, and a few seconds of thought between two pages. One agent alone goes first, on the same server: what sixty
cost is told against her. What counts is the time inside the server, and that nothing fails: no error, no deadlock,
nobody left without a next step. On a machine busy with something else, read the processor time of a page.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Max
from django.urls import reverse

from benchmarks.agent import Echange, Navigateur, remplir
from benchmarks.mesure import Mesure
from benchmarks.serveur import serveur
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent, en_cours
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.selectors import verifier_parcours
from cordee.metier.parcours.services import reconstruire
from cordee.socle import horloge
from cordee.web.personnes.panneaux import PANNEAUX

SUR_LE_DEPARTEMENT = ECRIT = True
R = RoleAgent
AGENTS, DUREE, SEULE = 60, 75, 20
PENSEE = (2.0, 8.0)
"""Seconds between two pages of an agent. People take longer: a quarter of the pace would be four times the agents."""
BUDGET_P95, BUDGET_RAPPORT, BUDGET_PROCESSEUR, BUDGET_MEMOIRE = 100, 3, 50, 400
MELANGE = {
    R.REFERENT: 26, R.AGENT_PLATEFORME: 14, R.CHEF_STRUCTURE: 6, R.TRAVAILLEUR_SOCIAL: 3, R.OPERATEUR: 3,
    R.GESTIONNAIRE_DONNEES: 3, R.DEVOIRS: 2, R.ENCADRANT: 2, R.PILOTAGE: 1,
}  # fmt: skip
STYLE = "/statique/css/base.css"
ACTES = ("contact", "convoquer", "presence", "nommer_referent", "aller_vers")
LISTES = ("", "?moi=on", "?moi=on&urgence=retard", "?rdv=sans", "?rdv=avec", "?contact=ancien", "?tri=nom", "?page=3",
          "?contrat=a_actualiser", "?phase=avant", "?age=moins_26")  # fmt: skip
NOMS = ("martin", "durand camille", "nguyen", "12/03/1988", "diallo", "traore fatou", "petit")
_PERSONNE = re.compile(r'href="/personnes/(\d+)/"')
_REFUS = re.compile(r'class="[^"]*(?:errorlist|invalid-feedback|alert|avis)[^"]*"[^>]*>(.{0,300})', re.DOTALL)


@dataclass(slots=True)
class Poste:
    """One agent: her browser and what she has seen of her people."""

    role: RoleAgent
    navigateur: Navigateur
    hasard: random.Random
    au: date
    connues: list[str] = field(default_factory=list)
    actes: Counter[str] = field(default_factory=Counter)
    refus: Counter[str] = field(default_factory=Counter)

    def travailler(self, jusqu_a: float) -> None:
        """A morning, until that moment of ``time.monotonic``."""
        time.sleep(self.hasard.uniform(0, PENSEE[1]))
        self.navigateur.demarrer(STYLE)
        gestes = _GESTES.get(self.role, _GESTES_COURANTS)
        while time.monotonic() < jusqu_a:
            (geste,) = self.hasard.choices(list(gestes), list(gestes.values()))
            geste(self)
            self._penser()
        self.navigateur.fermer()

    def accueil(self) -> None:
        self._retenir(self.navigateur.ouvrir("accueil", reverse("accueil")).texte)

    def liste(self) -> None:
        adresse = reverse("personnes") + self.hasard.choice(LISTES)
        self._retenir(self.navigateur.ouvrir("liste", adresse).texte)

    def recherche(self) -> None:
        adresse = f"{reverse('recherche')}?q={self.hasard.choice(NOMS).replace(' ', '+')}"
        self._retenir(self.navigateur.ouvrir("recherche", adresse).texte)

    def personne(self) -> None:
        """Her page, then one of her panels, sometimes an act that the page proposes."""
        if not self.connues:
            return self.liste()
        pk = self.hasard.choice(self.connues)
        page = self.navigateur.ouvrir("personne", reverse("personne", args=[pk]))
        if page.statut != 200:
            return None
        self._penser()
        panneau = self.hasard.choice([cle for cle in PANNEAUX if f"onglet={cle}" in page.texte])
        self.navigateur.ouvrir("panneau", f"{reverse('personne', args=[pk])}?onglet={panneau}", panneau=True)
        proposes = [cle for cle in ACTES if f'/personnes/{pk}/actes/{cle}/"' in page.texte]
        if proposes and self.hasard.random() < 0.6:
            self._penser()
            self._agir(pk, self.hasard.choice(proposes))
        return None

    def bureau(self) -> None:
        """The data desk, and who reads its reports."""
        nom = self.hasard.choice(("imports", "import_calendrier", "rejets", "rapprochements", "arbitrages", "reunions"))
        page = self.navigateur.ouvrir("bureau", reverse(nom))
        rapports = re.findall(r'href="(/fichiers/\d+/)"', page.texte)
        if rapports:
            self._penser()
            self.navigateur.ouvrir("compte rendu", self.hasard.choice(rapports))

    def rapprochements(self) -> None:
        self.navigateur.ouvrir("rapprochements", reverse("rapprochements"))

    def verification(self) -> None:
        self.navigateur.ouvrir("vérification", reverse("verification"))

    def _agir(self, pk: str, cle: str) -> None:
        adresse = reverse("acte", args=[pk, cle])
        page = self.navigateur.ouvrir("formulaire", adresse)
        champs = remplir(page.texte, self.hasard, self.au) if page.statut == 200 else None
        if champs is None:
            return
        self._penser()
        reponse = self.navigateur.envoyer("acte", adresse, champs)
        if reponse.statut == 302:
            self.actes[cle] += 1
            self.navigateur.ouvrir("personne", reponse.vers)
        elif reponse.statut == 422:
            trouve = _REFUS.search(reponse.texte)
            self.refus[f"{cle} : {_en_clair(trouve[1]) if trouve else 'sans motif lu'}"] += 1

    def _retenir(self, texte: str) -> None:
        self.connues = (list(dict.fromkeys(_PERSONNE.findall(texte))) + self.connues)[:60]

    def _penser(self) -> None:
        time.sleep(self.hasard.uniform(*PENSEE))


_GESTES_COURANTS = {Poste.accueil: 2, Poste.liste: 3, Poste.recherche: 2, Poste.personne: 6}
_GESTES = {
    R.GESTIONNAIRE_DONNEES: {Poste.accueil: 1, Poste.bureau: 5},
    R.DEVOIRS: {Poste.accueil: 1, Poste.rapprochements: 3, Poste.personne: 2},
    R.ENCADRANT: {Poste.accueil: 2, Poste.liste: 3, Poste.verification: 1, Poste.rapprochements: 1, Poste.personne: 2},
    R.PILOTAGE: {Poste.accueil: 3, Poste.verification: 1},
}


def mesurer(_: argparse.Namespace) -> list[Mesure]:
    return charger()


def charger(*, agents: int = AGENTS, duree: float = DUREE, seule: float = SEULE) -> list[Mesure]:
    """One agent alone, then ``agents`` together for ``duree`` seconds, on the people of this database."""
    maintenant = horloge.maintenant()
    au = horloge.jour(maintenant)
    with serveur() as site:
        temoin = _postes(site.port, 1, au)
        _ensemble(temoin, seule, pensee_courte=True)
        verrous, dernier = _verrous_mortels(), Evenement.objects.aggregate(n=Max("pk"))["n"] or 0
        postes = _postes(site.port, agents, au)
        debut, cpu = time.perf_counter(), site.processeur
        connexions = _ensemble(postes, duree)
        passe, cpu = time.perf_counter() - debut, site.processeur - cpu
        memoire, ouvrier = site.memoire, site.memoire_ouvrier
    echanges = [e for poste in postes for e in poste.navigateur.echanges]
    connection.close()
    oubliees = verifier_parcours(au)["sans_etape"]
    touchees = sorted(set(Evenement.objects.filter(pk__gt=dernier).values_list("personne", flat=True)))
    ecarts = reconstruire(verifier=True, personnes=touchees)
    actes, refus = sum((p.actes for p in postes), Counter[str]()), sum((p.refus for p in postes), Counter[str]())
    for phrase, fois in refus.most_common(8):
        print(f"    refusé {fois} fois : {phrase}")
    detail_actes = ", ".join(f"{cle} {n}" for cle, n in actes.most_common())
    erreurs = [e for e in echanges if e.statut not in (200, 302, 404, 422)]
    return [
        *_mesures(echanges, [e for p in temoin for e in p.navigateur.echanges], passe, agents),
        Mesure("processeur du site par page", cpu * 1000 / len(echanges), BUDGET_PROCESSEUR, "ms",
               f"un cœur occupé à {cpu / passe:.0%}"),
        Mesure("erreurs", len(erreurs), 0, "", ", ".join(f"{e.quoi} {e.statut}" for e in erreurs[:6])),
        Mesure("verrous mortels", _verrous_mortels() - verrous, 0, ""),
        Mesure("personnes sans étape après la charge", oubliees, 0, "",
               f"{sum(actes.values())} actes ({detail_actes}), {sum(refus.values())} refusés en une phrase"),
        Mesure("fiches touchées qui diffèrent de leurs événements", len(ecarts), 0, "", f"{len(touchees)} relues"),
        Mesure("connexions à la base", connexions, 50, "", "la base en accepte 60"),
        Mesure("mémoire résidente du site", memoire, BUDGET_MEMOIRE, "Mo", f"ouvrier {ouvrier:.0f} Mo"),
    ]  # fmt: skip


def _mesures(echanges: list[Echange], temoin: list[Echange], passe: float, agents: int) -> list[Mesure]:
    serveur_, client = sorted(e.serveur for e in echanges), sorted(e.client for e in echanges)
    seule = statistics.median(e.serveur for e in temoin)
    lignes = []
    for quoi in sorted({e.quoi for e in echanges}):
        siens = sorted(e.serveur for e in echanges if e.quoi == quoi)
        lignes.append(f"{quoi} {_centile(siens, 50):.0f}/{_centile(siens, 95):.0f} ({len(siens)})")
    detail = (
        f"médiane {_centile(serveur_, 50):.0f} ms, p99 {_centile(serveur_, 99):.0f} ; vu du poste : médiane "
        f"{_centile(client, 50):.0f}, p95 {_centile(client, 95):.0f}, p99 {_centile(client, 99):.0f} ; "
        f"{len(echanges) / passe:.1f} pages par seconde ; médiane/p95 par page : {', '.join(lignes)}"
    )
    return [
        Mesure(f"{agents} agents ensemble, temps du serveur (p95)", _centile(serveur_, 95), BUDGET_P95, "ms", detail),
        Mesure("la médiane, rapportée à celle d'un agent seul", _centile(serveur_, 50) / seule, BUDGET_RAPPORT, "fois",
               f"seul : {seule:.0f} ms, p95 {_centile(sorted(e.serveur for e in temoin), 95):.0f}"),
    ]  # fmt: skip


def _centile(valeurs: list[float], centieme: int) -> float:
    """Of sorted values.

    >>> _centile([1.0, 2.0, 3.0, 4.0], 50), _centile([1.0, 2.0, 3.0, 4.0], 95)
    (2.0, 4.0)
    """
    return valeurs[max(0, -(-len(valeurs) * centieme // 100) - 1)] if valeurs else 0.0


def _ensemble(postes: list[Poste], duree: float, *, pensee_courte: bool = False) -> int:
    """Everybody works for ``duree`` seconds. Returns the most connections the database had at once."""
    global PENSEE  # noqa: PLW0603 - one run at a time
    avant, PENSEE = PENSEE, (0.0, 0.2) if pensee_courte else PENSEE
    fin = time.monotonic() + duree
    fils = [threading.Thread(target=poste.travailler, args=[fin]) for poste in postes]
    for fil in fils:
        fil.start()
    connexions = 0
    while any(fil.is_alive() for fil in fils):
        with connection.cursor() as curseur:
            curseur.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            connexions = max(connexions, curseur.fetchone()[0])
        time.sleep(1)
    PENSEE = avant
    return connexions


def _verrous_mortels() -> int:
    with connection.cursor() as curseur:
        curseur.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(curseur.fetchone()[0])


def _postes(port: int, combien: int, au: date) -> list[Poste]:
    """That many agents signed in, in the proportions of ``MELANGE``; an account serves twice where too few exist."""
    postes = []
    for rang, (role, agent) in enumerate(_agents(combien, au)):
        navigateur = Navigateur(port, _session(agent), settings.SESSION_COOKIE_NAME)
        postes.append(Poste(role, navigateur, random.Random(94 + rang), au))  # noqa: S311
    return postes


def _agents(combien: int, au: date) -> Iterator[tuple[RoleAgent, Agent]]:
    par_role = {
        role: list(Agent.objects.filter(
            pk__in=Affectation.objects.filter(en_cours(au), role=role).values("agent"), actif=True
        ).order_by("pk")) for role in MELANGE
    }  # fmt: skip
    total = sum(MELANGE.values())
    donnes = 0
    for role, parts in MELANGE.items():
        presents = par_role[role]
        for rang in range(max(1, round(combien * parts / total))):
            if presents and donnes < combien:
                donnes += 1
                yield role, presents[(rang * 7) % len(presents)]


def _session(agent: Agent) -> str:
    """Signed in as the page of connection does it, without its limit of thirty a minute from one address."""
    session = SessionStore()
    session[SESSION_KEY] = str(agent.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = agent.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _en_clair(fragment: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", fragment).split())[:140]
