"""The door of the person's page: no account, a code from her letter and her birth date, for a short while (V4)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cordee.metier.rendezvous.models import LienPersonnel
from cordee.metier.rendezvous.selectors.liens import lien_valable
from cordee.socle import horloge
from cordee.web.socle.lecture_seule import lecture_seule

Vue = Callable[..., HttpResponse]
CLE: Final = "lien_personnel"
INACTIVITE: Final = timedelta(minutes=15)
"""A page left open on a shared computer or phone closes by itself."""
ENTETES: Final = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
}
"""The address holds the code: no cache and no search engine learns it (nor other sites: ``SECURE_REFERRER_POLICY``)."""


def sans_compte(vue: Vue) -> Vue:
    """A page anybody may ask for. Its GET cannot write."""

    @login_not_required
    @wraps(vue)
    def ouverte(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with lecture_seule() if request.method in ("GET", "HEAD") else nullcontext():
            reponse = vue(request, *args, **kwargs)
        for cle, valeur in ENTETES.items():
            reponse.headers[cle] = valeur
        return reponse

    return ouverte


def lien_ouvert(vue: Vue) -> Vue:
    """A page of the appointment: the second fact was given a short while ago; otherwise it is asked for again."""

    @sans_compte
    @wraps(vue)
    def ouverte(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        maintenant = horloge.maintenant()
        lien = _lien_de_la_session(request, code, maintenant)
        if lien is None:
            fermer(request)
            return redirect("espace_entrer", code=code)
        retenir(request, code, maintenant)
        return vue(request, lien, *args, **kwargs)

    return ouverte


def retenir(request: HttpRequest, code: str, maintenant: datetime) -> None:
    """Keep the door open for a while."""
    request.session[CLE] = {"code": code, "jusqua": (maintenant + INACTIVITE).timestamp()}


def fermer(request: HttpRequest) -> None:
    request.session.pop(CLE, None)


def _lien_de_la_session(request: HttpRequest, code: str, maintenant: datetime) -> LienPersonnel | None:
    garde = request.session.get(CLE)
    if not garde or garde["code"] != code or garde["jusqua"] < maintenant.timestamp():
        return None
    return lien_valable(code, le=maintenant)
