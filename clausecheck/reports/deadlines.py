"""The dates of contracts as a table for a terminal, JSON, CSV or a calendar; what has no date is listed with what is missing."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from clausecheck.dates import Dates, Deadline
from clausecheck.errors import UsageError
from clausecheck.messages import DEADLINES
from clausecheck.model import Failure
from clausecheck.report import clean, dump
from clausecheck.reports.calendar import Appointment, calendar
from clausecheck.reports.columns import columns
from clausecheck.reports.words import Words

DEADLINE_FORMATS = ("table", "json", "csv", "ics")


def render_deadlines(found: Sequence[Dates | Failure], format: str, as_of: dt.date, language: str = "en") -> str:
    """All dates, soonest first, then the contracts without one; ``format``: table, json, csv or ics.

    Raises:
        UsageError: an unknown format or language.
    """
    if format not in DEADLINE_FORMATS:
        raise UsageError(f"no format {format!r}; there are: {', '.join(DEADLINE_FORMATS)}")
    words = Words(language)
    if format == "json":
        return dump({"as_of": as_of.isoformat(), "contracts": [_as_data(one, words) for one in found]})
    dated = sorted(
        ((deadline, one) for one in found if isinstance(one, Dates) for deadline in one.deadlines),
        key=lambda x: (x[0].date, x[1].contract, x[0].kind),
    )
    if format == "ics":
        fixed = [(deadline, one) for deadline, one in dated if deadline.kind != "leave"]  # that one moves with every day
        return "".join(calendar(appointment(one.contract, one.sha256, deadline, words) for deadline, one in fixed))
    if format == "csv":
        return _csv(dated, found, words)
    return _table(dated, found, words, as_of)


def appointment(contract: str, sha256: str, deadline: Deadline, words: Words) -> Appointment:
    """A date as a calendar entry."""
    said = "; ".join([*deadline.arithmetic, *([deadline.clause] if deadline.clause else [])])
    title = f"{words.say(DEADLINES[deadline.kind])}: {contract}"
    return Appointment(deadline.date, title, said, f"{deadline.kind}|{sha256}|{deadline.date}")


def _lacks(one: Dates | Failure, words: Words) -> list[str]:
    """What is missing of a contract, in words."""
    if isinstance(one, Failure):
        return [clean(one.message)]
    return [words.say(text) for text in one.missing()]


def _name(one: Dates | Failure) -> str:
    return clean(one.path if isinstance(one, Failure) else one.contract)


def _as_data(one: Dates | Failure, words: Words) -> dict[str, Any]:
    if isinstance(one, Failure):
        return {"contract": one.path, "error": one.error, "message": one.message}
    return {
        "contract": one.contract,
        "sha256": one.sha256,
        "deadlines": [
            {"kind": d.kind, "date": d.date.isoformat(), "clause": d.clause, "arithmetic": list(d.arithmetic)} for d in one.deadlines
        ],
        "lacking": [{"code": code, "message": words.say(DEADLINES[code])} for code in one.lacking],
    }


def _csv(dated: Sequence[tuple[Deadline, Dates]], found: Sequence[Dates | Failure], words: Words) -> str:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([words.say(DEADLINES[n]) for n in ("head_date", "head_what", "head_contract", "head_clause", "head_arithmetic")])
    for deadline, one in dated:
        writer.writerow(
            [
                deadline.date,
                words.say(DEADLINES[deadline.kind]),
                _safe(one.contract),
                _safe(deadline.clause),
                _safe("; ".join(deadline.arithmetic)),
            ]
        )
    for other in found:
        for lack in _lacks(other, words):
            writer.writerow(["", words.say(DEADLINES["no_date"]), _safe(_name(other)), "", _safe(lack)])
    return target.getvalue()


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _table(dated: Sequence[tuple[Deadline, Dates]], found: Sequence[Dates | Failure], words: Words, as_of: dt.date) -> str:
    lines = [words.say(DEADLINES["as_of"], date=as_of.isoformat())]
    rows = [(d.date.isoformat(), words.say(DEADLINES[d.kind]), clean(o.contract), clean(d.clause) or "-") for d, o in dated]
    widths = [max((columns(row[i]) for row in rows), default=0) for i in range(4)]
    for row, (deadline, _) in zip(rows, dated, strict=True):
        lines.append("  ".join(text + " " * (width - columns(text)) for text, width in zip(row, widths, strict=True)).rstrip())
        lines += [f"{'':12}{clean(step)}" for step in deadline.arithmetic]
    without = [(_name(one), _lacks(one, words)) for one in found if _lacks(one, words)]
    if without:
        lines += ["", words.say(DEADLINES["no_date"])]
        for name, lacks in without:
            lines.append(f"  {name}")
            lines += [f"    {lack}" for lack in lacks]
    return "\n".join(lines) + "\n"
