"""Calendar files (iCalendar, RFC 5545): an agent's feed, the file of a person's appointment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from icalendar import Alarm, Calendar, Event

from cordee.socle.horloge import PARIS

PRODUIT = "-//Cordee//Agenda//FR"
_DOMAINE = "cordee.invalid"


@dataclass(frozen=True, slots=True)
class EvenementIcs:
    """One event. ``cle`` never changes for the same appointment, so that calendars replace it; ``version`` grows.

    ``titre``, ``lieu`` and ``detail`` leave the system: neutral words only (V8).
    """

    cle: str
    debut: datetime
    fin: datetime
    titre: str
    lieu: str = ""
    detail: str = ""
    version: int = 0
    annule: bool = False
    rappel: timedelta | None = None


def en_ics(evenements: Iterable[EvenementIcs], *, nom: str, le: datetime) -> bytes:
    """The file. Hours stand in Paris time, its rules of daylight saving included."""
    calendrier = Calendar()
    calendrier.add("prodid", PRODUIT)
    calendrier.add("version", "2.0")
    calendrier.add("method", "PUBLISH")
    calendrier.add("x-wr-calname", nom)
    for e in evenements:
        calendrier.add_component(_evenement(e, le))
    calendrier.add_missing_timezones()
    return bytes(calendrier.to_ical())


def reponse_ics(contenu: bytes, nom: str) -> HttpResponse:
    """The file as an answer that no cache keeps."""
    reponse = HttpResponse(contenu, content_type="text/calendar; charset=utf-8")
    reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}.ics"'
    reponse.headers["Cache-Control"] = "private, no-store"
    return reponse


def _evenement(e: EvenementIcs, le: datetime) -> Event:
    evenement = Event()
    evenement.add("uid", f"{e.cle}@{_DOMAINE}")
    evenement.add("dtstamp", le)
    evenement.add("dtstart", e.debut.astimezone(PARIS))
    evenement.add("dtend", e.fin.astimezone(PARIS))
    evenement.add("summary", e.titre)
    evenement.add("sequence", e.version)
    evenement.add("class", "PRIVATE")
    if e.lieu:
        evenement.add("location", e.lieu)
    if e.detail:
        evenement.add("description", e.detail)
    if e.annule:
        evenement.add("status", "CANCELLED")
    if e.rappel is not None:
        alarme = Alarm()
        alarme.add("action", "DISPLAY")
        alarme.add("description", e.titre)
        alarme.add("trigger", -e.rappel)
        evenement.add_component(alarme)
    return evenement
