"""Counting on the calendar: days and months later, lengths between two days."""

from __future__ import annotations

import calendar
import datetime as dt

from clausecheck.languages.base import Duration, Unit


def add_months(date: dt.date, months: float) -> dt.date | None:
    """The day of the month that many months later (earlier if negative), clipped to the month's end; parts of a month as 30ths."""
    whole = int(months)
    index = date.year * 12 + date.month - 1 + whole
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        return None
    moved = dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))
    return moved + dt.timedelta(days=round((months - whole) * 30))


def add_duration(date: dt.date, length: Duration, sign: int = 1) -> dt.date | None:
    """The calendar day one duration later; None where the length is blank or leaves the calendar."""
    if length.value is None or length.value > 10_000:
        return None
    if length.unit in (Unit.MONTH, Unit.YEAR):
        return add_months(date, sign * length.value * (12 if length.unit is Unit.YEAR else 1))
    return date + dt.timedelta(days=round(sign * (length.days or 0)))


def length_said(length: Duration) -> str:
    """A length as the arithmetic shows it: "1 year", "60 days"."""
    unit = str(length.unit).replace("_", " ")
    return f"{length.value:g} {unit}{'' if length.value == 1 else 's'}"


def months_between(start: dt.date, end: dt.date) -> float:
    """Whole months where the last day closes a month of the term, else with the days left over as 30ths."""
    after = end + dt.timedelta(days=1)
    for last in (after, end):
        if last.day == start.day:
            return float((last.year - start.year) * 12 + last.month - start.month)
    months = (after.year - start.year) * 12 + after.month - start.month
    days = after.day - start.day
    if days < 0:
        months -= 1
        days += 30
    return round(months + days / 30, 2)
