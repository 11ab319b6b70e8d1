"""Asking for a study, computing those that wait."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from cordee.metier.organismes.models import Agent
from cordee.pilotage.enums import EtatEtude
from cordee.pilotage.etudes.registre import GENRES, Genre, Parametres, moteur_de
from cordee.pilotage.lac.manifeste import Manifeste, lire_manifeste
from cordee.pilotage.models import Etude
from cordee.socle.erreurs import ErreurMetier

TACHE: Final = "pilotage.etudes.calculer"
GARDER: Final = timedelta(days=1)
"""An answer older than that is computed again when somebody opens it; meanwhile the old one is shown, with its date."""
OUBLIER: Final = timedelta(days=90)
_journal = logging.getLogger(__name__)


def empreinte(parametres: Parametres) -> str:
    """The name of a question: the same parameters in another order are the same question."""
    texte = json.dumps(parametres, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()


@transaction.atomic
def demander(*, genre: str, parametres: Parametres, par: Agent | None, le: datetime, refaire: bool = False) -> Etude:
    """The study of this question, asked of the worker when it has no fresh answer. ``refaire``: even if it has.

    The answer of before stays readable (``resultat``) while it is computed again.
    """
    g = GENRES[genre]
    etude, creee = Etude.objects.select_for_update().get_or_create(
        genre=genre,
        empreinte=empreinte(parametres),
        defaults={"parametres": dict(parametres), "demandee_par": par, "demandee_le": le},
    )
    if creee:
        _reveiller()
    elif etude.etat != EtatEtude.EN_ATTENTE and (refaire or _vieille(etude, g, le)):
        etude.etat, etude.erreur, etude.demandee_par, etude.demandee_le = EtatEtude.EN_ATTENTE, "", par, le
        etude.save(update_fields=["etat", "erreur", "demandee_par", "demandee_le"])
        _reveiller()
    return etude


def calculer_en_attente(*, maintenant: Callable[[], datetime]) -> int:
    """Compute every study that waits, oldest first; each is kept as soon as it is there. Gives how many."""
    n = 0
    while (etude := Etude.objects.filter(etat=EtatEtude.EN_ATTENTE).order_by("demandee_le", "id").first()) is not None:
        calculer(etude, le=maintenant())
        n += 1
    return n


def calculer(etude: Etude, *, le: datetime) -> Etude:
    """Compute one study now. What goes wrong is said in it; it never stays waiting."""
    genre = GENRES.get(etude.genre)
    manifeste = lire_manifeste()
    if genre is None or manifeste is None:
        return _echouer(etude, "Les chiffres n'ont pas encore été calculés : revenez dans quelques minutes.")
    try:
        resultat = moteur_de(genre)(manifeste, etude.parametres)
    except ErreurMetier as refus:
        return _echouer(etude, str(refus))
    except Exception:  # noqa: BLE001 - whatever happens, the page must not wait for ever
        _journal.exception("study %s (%s) failed", etude.pk, etude.genre)
        return _echouer(etude, "Le calcul s'est interrompu. L'incident est consigné : réessayez, puis dites-le.")
    _garder(etude, genre, manifeste, resultat, le=le)
    return etude


def purger(*, le: datetime) -> int:
    """Forget what nobody has asked for in three months."""
    n, _ = Etude.objects.filter(
        Q(calculee_le__lt=le - OUBLIER) | Q(calculee_le=None), demandee_le__lt=le - OUBLIER
    ).delete()
    return n


def _vieille(etude: Etude, genre: Genre, le: datetime) -> bool:
    """A failure is tried again after a minute, not at every look."""
    if etude.etat == EtatEtude.ECHOUEE:
        return etude.demandee_le < le - timedelta(minutes=1)
    return etude.methode != genre.version or etude.calculee_le is None or etude.calculee_le < le - GARDER


def _garder(etude: Etude, genre: Genre, manifeste: Manifeste, resultat: dict, *, le: datetime) -> None:
    etude.etat, etude.erreur, etude.resultat, etude.methode = EtatEtude.CALCULEE, "", resultat, genre.version
    etude.calculee_le, etude.version_lac, etude.lac_le = le, manifeste.version, manifeste.rafraichi_le
    etude.save(update_fields=["etat", "erreur", "resultat", "methode", "calculee_le", "version_lac", "lac_le"])


def _echouer(etude: Etude, phrase: str) -> Etude:
    etude.etat, etude.erreur = EtatEtude.ECHOUEE, phrase[:300]
    etude.save(update_fields=["etat", "erreur"])
    return etude


def _reveiller() -> None:
    app.configure_task(TACHE).defer()
