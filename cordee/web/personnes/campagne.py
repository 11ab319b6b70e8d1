"""Convening several people at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cordee.metier.organismes.roles import Permission
from cordee.web.socle.acces import acces


@acces(Permission.CONVOQUER)
def convoquer_plusieurs(request: HttpRequest) -> HttpResponse:
    return redirect("personnes")
