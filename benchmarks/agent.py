"""An agent at her screen, for load tests: a browser reduced to addresses, cookies and forms, over one connection."""

from __future__ import annotations

import http.client
import random
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

from lxml import html

_DUREE = re.compile(r"dur=([\d.]+)")
_HEURES = range(9, 17)
CONNEXIONS = 6


@dataclass(frozen=True, slots=True)
class Echange:
    """One request. Milliseconds: for the client, and inside the server."""

    quoi: str
    statut: int
    client: float
    serveur: float


@dataclass(slots=True)
class Reponse:
    statut: int
    texte: str
    vers: str


class Navigateur:
    """What an agent's browser does. Not shared between threads."""

    def __init__(self, port: int, session: str, cookie: str) -> None:
        self._connexion = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._autres = [http.client.HTTPConnection("127.0.0.1", port, timeout=60) for _ in range(CONNEXIONS - 1)]
        self._cookies = {cookie: session}
        self.echanges: list[Echange] = []

    def demarrer(self, adresse: str) -> None:
        """Load the styles of the first page over as many connections as a browser opens, which stay open."""
        for connexion in self._autres:
            connexion.request("GET", adresse)
            connexion.getresponse().read()

    def ouvrir(self, quoi: str, adresse: str, *, panneau: bool = False) -> Reponse:
        """GET, as a page or as the part of a page that htmx asks for."""
        return self._demander(
            quoi, "GET", adresse, "", {"HX-Request": "true", "HX-Target": "div#onglets"} if panneau else {}
        )

    def envoyer(self, quoi: str, adresse: str, champs: Iterable[tuple[str, str]]) -> Reponse:
        entetes = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._demander(quoi, "POST", adresse, urlencode(list(champs)), entetes)

    def fermer(self) -> None:
        for connexion in (self._connexion, *self._autres):
            connexion.close()

    def _demander(self, quoi: str, methode: str, adresse: str, corps: str, entetes: dict[str, str]) -> Reponse:
        cookies = "; ".join(f"{nom}={valeur}" for nom, valeur in self._cookies.items())
        debut = time.perf_counter()
        try:
            self._connexion.request(methode, adresse, corps or None, {**entetes, "Cookie": cookies})
            recue = self._connexion.getresponse()
            texte = recue.read().decode()
        except (OSError, http.client.HTTPException):
            self._connexion.close()
            self.echanges.append(Echange(quoi, 0, (time.perf_counter() - debut) * 1000, 0.0))
            return Reponse(0, "", "")
        duree = (time.perf_counter() - debut) * 1000
        for entete in recue.headers.get_all("Set-Cookie") or ():
            nom, _, valeur = entete.partition(";")[0].partition("=")
            self._cookies[nom.strip()] = valeur
        trouvee = _DUREE.search(recue.headers.get("Server-Timing", ""))
        self.echanges.append(Echange(quoi, recue.status, duree, float(trouvee[1]) if trouvee else 0.0))
        return Reponse(recue.status, texte, urlsplit(recue.headers.get("Location", "")).path)


def remplir(page: str, hasard: random.Random, au: date) -> list[tuple[str, str]] | None:
    """The form of an act as an agent sends it: what is proposed, one choice where one is missing, a day and an hour.

    ``None`` when the page holds no form (the act cannot be done now).
    """
    formulaires = [f for f in html.document_fromstring(page).forms if "vu" in f.inputs]  # type: ignore[attr-defined]
    if not formulaires:
        return None
    formulaire = formulaires[0]
    champs = dict(formulaire.form_values())
    for champ in formulaire.inputs:
        nom, genre = champ.name or "", champ.get("type", "")
        if genre == "radio" and nom not in champs:
            choix = [e.get("value") for e in formulaire.iter("input") if e.name == nom]
            champs[nom] = str(hasard.choice(choix))
        elif champ.tag == "select" and not champs.get(nom):
            options = [valeur for valeur in champ.value_options if valeur]
            if options and champ.get("required") is not None:
                champs[nom] = hasard.choice(options)
    if "agent" in champs and not champs["agent"] and "duree" not in champs:
        champs["agent"] = hasard.choice([v for v in formulaire.inputs["agent"].value_options if v] or [""])
    if {"date", "heure"} <= champs.keys():
        champs["date"] = (au + timedelta(days=7 + hasard.randrange(120))).isoformat()
        champs["heure"] = f"{hasard.choice(_HEURES):02d}:{hasard.randrange(12) * 5:02d}"
    return [(nom, str(valeur)) for nom, valeur in champs.items()]
