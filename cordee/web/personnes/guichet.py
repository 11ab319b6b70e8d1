"""A file opened at the counter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cordee.metier.organismes.roles import Permission
from cordee.web.socle.acces import acces


@acces(Permission.CREER_PERSONNE)
def nouvelle(request: HttpRequest) -> HttpResponse:
    return redirect("personnes")
