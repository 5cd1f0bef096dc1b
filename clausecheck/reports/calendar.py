"""Dates of contracts as calendar entries (iCalendar, RFC 5545): the last day to refuse a renewal, and the end."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from clausecheck.model import Report
from clausecheck.report import clean, report_language
from clausecheck.reports.words import Words


def render_calendar(reports: Iterable[Report], language: str | None = None) -> str:
    """One calendar with the dates of all the contracts; the same reports give the same bytes. Reminders come 30 days ahead."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//clausecheck//deadlines//EN", "CALSCALE:GREGORIAN"]
    for report in reports:
        words = Words(report_language(report, language))
        name = clean(report.contract.name)
        for kind, date in (("term_last_day", report.term.last_day_to_refuse), ("term_end", report.term.end_date)):
            if date is not None:
                lines += _event(f"{words.say(kind)}: {name}", date, f"{kind}|{report.contract.document.sha256}|{name}", report)
    return "\r\n".join(folded for line in [*lines, "END:VCALENDAR"] for folded in _folded(line)) + "\r\n"


def _event(title: str, date: dt.date, identity: str, report: Report) -> list[str]:
    said = "; ".join(report.term.arithmetic)
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.sha256(identity.encode('utf-8', 'replace')).hexdigest()[:32]}@clausecheck",
        "DTSTAMP:19700101T000000Z",  # required, but a report has no time: the same contract gives the same entry
        f"DTSTART;VALUE=DATE:{date:%Y%m%d}",
        f"SUMMARY:{_text(title)}",
        *([f"DESCRIPTION:{_text(clean(said))}"] if said else []),
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(title)}",
        "TRIGGER:-P30D",
        "END:VALARM",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


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
