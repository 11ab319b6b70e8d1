"""Calendar files read back by the library that others use."""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar

from cordee.socle.horloge import PARIS
from cordee.web.socle.calendrier_ics import EvenementIcs, en_ics
from tests.fabriques import MAINTENANT

DEBUT = datetime(2026, 3, 27, 9, 30, tzinfo=PARIS)


def test_the_file_is_read_back_with_its_hours_its_zone_and_its_reminder() -> None:
    evenement = EvenementIcs(
        "rdv-12", DEBUT, DEBUT + timedelta(minutes=45), "Rendez-vous", lieu="5, rue des Lilas; 94000 Créteil",
        version=3, rappel=timedelta(hours=2),
    )  # fmt: skip
    lu = Calendar.from_ical(en_ics([evenement], nom="Agenda", le=MAINTENANT))
    (retrouve,) = lu.walk("VEVENT")
    assert retrouve.decoded("dtstart") == DEBUT
    assert retrouve.decoded("dtend") - retrouve.decoded("dtstart") == timedelta(minutes=45)
    assert str(retrouve["location"]) == "5, rue des Lilas; 94000 Créteil"
    assert (str(retrouve["uid"]), retrouve["sequence"]) == ("rdv-12@cordee.invalid", 3)
    assert [a.decoded("trigger") for a in retrouve.walk("VALARM")] == [timedelta(hours=-2)]
    assert lu.walk("VTIMEZONE")[0]["tzid"] == "Europe/Paris"


def test_a_cancelled_event_keeps_its_key_so_that_calendars_withdraw_it() -> None:
    annule = EvenementIcs("rdv-12", DEBUT, DEBUT + timedelta(minutes=45), "Rendez-vous", annule=True)
    (retrouve,) = Calendar.from_ical(en_ics([annule], nom="Agenda", le=MAINTENANT)).walk("VEVENT")
    assert (str(retrouve["uid"]), str(retrouve["status"])) == ("rdv-12@cordee.invalid", "CANCELLED")
