"""The next dates of contracts: the last day to refuse a renewal, the end, and what is missing where none can be computed.

Rests on the term alone (``model.Term``): nothing is searched here. Calendar months are counted on the calendar; the day a
period ends is its last day, and the day to refuse is counted back from it.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clausecheck.errors import ClausecheckError, UsageError
from clausecheck.messages import DEADLINES
from clausecheck.model import Contract, Evidence, Failure, Term, Text
from clausecheck.pipeline import SIDES, read_contract, term_of
from clausecheck.term import add_months

MAX_PERIODS = 1200  # renewals that are counted forward: a century of months


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date of a contract."""

    kind: str  # refuse: last day to refuse the renewal · renews: the period ends and another begins · ends: the contract ends
    # · leave: the earliest end if notice is given on the day of the question
    date: dt.date
    clause: str  # where it is read, as printed; "" where that is not known
    arithmetic: tuple[str, ...]  # "2026-03-31 - 3 months = 2025-12-31"


@dataclass(frozen=True, slots=True)
class Dates:
    """The next dates of one contract, soonest first, and why there are no more."""

    contract: str  # the file's name
    sha256: str
    deadlines: tuple[Deadline, ...]
    lacking: tuple[str, ...] = ()  # codes of ``messages.DEADLINES``

    def missing(self) -> tuple[Text, ...]:
        """What is missing, in words."""
        return tuple(DEADLINES[code] for code in self.lacking)


def deadlines(
    contracts: Iterable[Contract | str | os.PathLike[str]],
    *,
    as_of: dt.date | None = None,
    side: str = "either",
    revisions: str = "final",
    ocr: bool = False,
) -> Iterator[Dates | Failure]:
    """The next dates of each contract, in the order given; a file that cannot be read gives a ``Failure`` and stops nothing.

    Args:
        contracts: contracts, or paths of them.
        as_of: the day from which "next" is meant; default: today.
        side: whose right to refuse or leave counts: buyer, supplier or either.
        revisions: how tracked changes are read, ``final`` or ``original``.
        ocr: read the scanned pages of PDFs by OCR.

    Raises:
        UsageError: an unknown side.
    """
    if side not in SIDES:
        raise UsageError(f"side must be one of {', '.join(SIDES)}, not {side!r}")
    day = as_of or dt.date.today()
    for one in contracts:
        try:
            contract = one if isinstance(one, Contract) else read_contract(one, revisions=revisions, ocr=ocr)
            found, lacking = next_dates(term_of(contract, side), day)
            yield Dates(contract.name, contract.document.sha256, found, lacking)
        except ClausecheckError as error:
            yield Failure(os.fspath(one) if not isinstance(one, Contract) else one.name, type(error).__name__, str(error))


def next_dates(term: Term, as_of: dt.date) -> tuple[tuple[Deadline, ...], tuple[str, ...]]:
    """(the dates of a term on or after a day, soonest first; codes of what is missing)."""
    if term.end_date is None:
        return _undated(term, as_of)
    clause = _clause(term.evidence, "end", "refusal", "renewal")
    if not term.auto_renewal:
        if term.end_date < as_of:
            return (), ("ended",)
        return (Deadline("ends", term.end_date, clause, _about(term, term.end_date)),), ()
    periods = list(_periods(term, as_of))
    found: list[Deadline] = []
    lacking: list[str] = []
    current = next((p for p in periods if p[0] >= as_of), None)
    if current is None:
        return (), ("renewal_length",)
    found.append(Deadline("renews", current[0], clause, current[1]))
    if term.renewal_capped and current[0] != term.end_date:
        lacking.append("renewal_cap")  # the limit is said to the reader, not reckoned: it may count renewals or time
    if term.optout_days is None:
        lacking.append("no_refusal")
    else:
        refusable = next(((last, said) for end, how in periods for last, said in [_refusal(term, end, how)] if last >= as_of), None)
        if refusable is not None:
            found.append(Deadline("refuse", refusable[0], _clause(term.evidence, "refusal", "renewal", "end"), refusable[1]))
        else:
            lacking.append("renewal_length")
    found.sort(key=lambda d: (d.date, d.kind))
    return tuple(found), tuple(lacking)


def _undated(term: Term, as_of: dt.date) -> tuple[tuple[Deadline, ...], tuple[str, ...]]:
    """Where no end can be computed: the way out of an open-ended contract, or what is missing."""
    if term.indefinite:
        if term.exit_notice_days is None:
            return (), ("open_ended",)
        if term.exit_notice_days <= 0:
            return (), ("any_time",)
        end = as_of + dt.timedelta(days=round(term.exit_notice_days))
        said = f"{as_of} + {term.exit_notice_days:g} days = {end}"
        return (Deadline("leave", end, _clause(term.evidence, "exit"), (said,)),), ()
    if term.end == "event":
        return (), ("ends_by_event",)
    if term.initial_months is not None:
        return (), (f"start_{term.start}" if term.start in ("signature", "effective", "event") else "start_unknown",)
    return (), ("no_term",)


def _periods(term: Term, as_of: dt.date) -> Iterator[tuple[dt.date, tuple[str, ...]]]:
    """(last day, arithmetic) of the initial period and of the renewals until well after the day."""
    end = term.end_date
    assert end is not None
    said = _about(term, end)
    yield end, said
    if not term.renewal_months:
        return
    start = end
    for number in range(1, MAX_PERIODS):
        later = add_months(start + dt.timedelta(days=1), number * term.renewal_months)
        if later is None:
            return
        last = later - dt.timedelta(days=1)
        yield last, (*said, f"{start} + {number} x {term.renewal_months:g} months = {last}")
        if end >= as_of:  # one more than the first that reaches the day: its refusal may lie ahead where the other's is past
            return
        end = last


def _refusal(term: Term, end: dt.date, how: Sequence[str]) -> tuple[dt.date, tuple[str, ...]]:
    """(last day to refuse the renewal at this end, arithmetic), in months where the contract counts in months."""
    days = term.optout_days or 0
    in_days = any(re.match(rf"{term.end_date} - .*(?:day|week)s? = ", line) for line in term.arithmetic)  # 60 days are not two months
    whole = int(days / 30) if days % 30 == 0 else round(days / 365 * 12) if days % 365 == 0 else None
    if not in_days and whole is not None and term.end_date is not None and term.last_day_to_refuse == add_months(term.end_date, -whole):
        counted = add_months(end, -whole)
        if counted is not None:
            return counted, (*how, f"{end} - {whole} months = {counted}")
    last = end - dt.timedelta(days=round(days))
    return last, (*how, f"{end} - {days:g} days = {last}")


def _about(term: Term, end: dt.date) -> tuple[str, ...]:
    """The term's own arithmetic that comes to this day."""
    return tuple(line for line in term.arithmetic if line.endswith(f"= {end}"))


def _clause(evidence: Sequence[Evidence], *topics: str) -> str:
    """The clause that speaks of the first of these topics, else the first clause quoted; a way out may stand far before the term."""
    about = (e for topic in topics for e in evidence if e.pattern == f"term.{topic}")
    return next((e.clause for e in (*about, *evidence)), "")
