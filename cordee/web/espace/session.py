"""The strong session of a person: her own code, a short while, nothing of an agent's (V4).

A page behind it is written ``@espace_personnel`` then ``def page(request, personne, …)``: it reads and writes for that
person only, and never takes her number from the address.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cordee.metier.participation.models import AccesEspace
from cordee.metier.participation.selectors import personne_de
from cordee.metier.personnes.models import Personne
from cordee.socle import horloge
from cordee.web.espace.acces import Vue, sans_compte

CLE: Final = "espace_personnel"
INACTIVITE: Final = timedelta(minutes=10)
DUREE: Final = timedelta(hours=1)
"""However busy she is, the code is asked for again after that: a phone is lent, a tablet changes hands."""


def espace_personnel(vue: Vue) -> Vue:
    """A page of the strong access: ``vue(request, personne, …)``. Without an open session, the door."""

    @sans_compte
    @wraps(vue)
    def ouverte(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        personne = personne_ouverte(request)
        if personne is None:
            fermer(request)
            return redirect("espace_porte")
        _prolonger(request)
        return vue(request, personne, *args, **kwargs)

    return ouverte


def ouvrir(request: HttpRequest, acces: AccesEspace, *, le: datetime) -> None:
    """Begin the session. Whatever the browser held before is gone: an agent who lent her tablet is signed out."""
    request.session.flush()
    request.session[CLE] = {
        "acces": acces.pk,
        "jusqua": (le + INACTIVITE).timestamp(),
        "au_plus": (le + DUREE).timestamp(),
    }
    request.session.set_expiry(int(DUREE.total_seconds()))


def fermer(request: HttpRequest) -> None:
    """End it. (A page that is read writes nothing: the session is emptied with the answer.)"""
    request.session.pop(CLE, None)


def personne_ouverte(request: HttpRequest) -> Personne | None:
    """Who has opened her space in this browser, as she is known now; ``None``: nobody, or too long ago."""
    acces = acces_ouvert(request)
    return personne_de(acces) if acces else None


def acces_ouvert(request: HttpRequest) -> AccesEspace | None:
    """Her access, still in force. Read once per request."""
    if not hasattr(request, "_acces_espace"):
        request._acces_espace = _lire(request)  # type: ignore[attr-defined]  # noqa: SLF001
    lu: AccesEspace | None = request._acces_espace  # type: ignore[attr-defined]  # noqa: SLF001
    return lu


def _lire(request: HttpRequest) -> AccesEspace | None:
    garde = request.session.get(CLE)
    maintenant = horloge.maintenant().timestamp()
    if not garde or maintenant > min(garde["jusqua"], garde["au_plus"]):
        return None
    lignes = AccesEspace.objects.select_related("contact", "personne__canonique")
    acces = lignes.filter(pk=garde["acces"], retire_le__isnull=True).first()
    return None if acces is None or personne_de(acces).deces_le is not None else acces


def _prolonger(request: HttpRequest) -> None:
    garde = request.session[CLE]
    request.session[CLE] = {**garde, "jusqua": (horloge.maintenant() + INACTIVITE).timestamp()}
