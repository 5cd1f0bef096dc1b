"""Dates as calendar entries (iCalendar, RFC 5545) that Outlook and Google take: stable identities, reminders."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clausecheck.report import clean

REMIND = 30  # days ahead


@dataclass(frozen=True, slots=True)
class Appointment:
    """One day to be remembered."""

    date: dt.date
    title: str
    said: str  # how the day was reckoned, and where it stands
    identity: str  # the same for the same day of the same contract in every run


def calendar(appointments: Iterable[Appointment]) -> Iterator[str]:
    """The lines of one calendar, with their line ends; the same appointments give the same bytes."""
    yield from _lines(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//clausecheck//deadlines//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"])
    for one in appointments:
        yield from _lines(_event(one))
    yield from _lines(["END:VCALENDAR"])


def _event(one: Appointment) -> list[str]:
    title = _text(clean(one.title))
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.sha256(one.identity.encode('utf-8', 'replace')).hexdigest()[:32]}@clausecheck",
        "DTSTAMP:19700101T000000Z",  # required, but a result has no time: the same contract gives the same entry
        f"DTSTART;VALUE=DATE:{one.date:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.date + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{title}",
        *([f"DESCRIPTION:{_text(clean(one.said))}"] if one.said else []),
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{title}",
        f"TRIGGER:-P{REMIND}D",
        "END:VALARM",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        for piece in _folded(line):
            yield f"{piece}\r\n"


def _folded(line: str) -> list[str]:
    """The line in pieces of at most 75 bytes, as the standard asks; a character is never cut."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        width = len(character.encode("utf-8", "replace"))
        if size + width > (75 if not pieces else 74):
            pieces.append(piece)
            piece, size = "", 0
        piece += character
        size += width
    return [piece if i == 0 else f" {piece}" for i, piece in enumerate([*pieces, piece])]
