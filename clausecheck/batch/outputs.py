"""What a batch leaves in its folder beside the reports: register (Excel, CSV), summary page, deadlines, and what was not read.

Everything is written from the store in one pass, agreement after agreement, so that a million need no more memory than ten.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from clausecheck.batch.names import DATES, NOT_READ, REGISTER, SUMMARY, TABLE, report_name
from clausecheck.batch.portfolio import Due, Portfolio, Row, outlier, statuses_of, usual
from clausecheck.batch.register import Register
from clausecheck.batch.sketch import Groups
from clausecheck.batch.store import Store, Stored
from clausecheck.batch.summary import summary_page
from clausecheck.dates import Deadline, next_dates
from clausecheck.library import Library
from clausecheck.messages import BATCH
from clausecheck.model import Term
from clausecheck.reports.calendar import calendar
from clausecheck.reports.deadlines import appointment
from clausecheck.reports.words import Words

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Agreement:
    """One readable file of the run with all that the register says of it."""

    seq: int
    path: str
    key: str
    first: str  # the path of the first file with this content: that of its report
    stored: Stored
    dates: tuple[Deadline, ...]  # that lie ahead, soonest first

    @property
    def report(self) -> str:
        """Where its report is, in the output folder."""
        return f"reports/{report_name(self.first, self.key)}"


class Outputs:
    """The files of a batch's folder, written anew."""

    def __init__(self, out: Path, store: Store, library: Library, language: str | None, as_of: dt.date) -> None:
        self._out, self._store, self._library, self._as_of = out, store, library, as_of
        self._words = Words(language or "en")
        self._ids = [p.id for p in library.provisions]

    def write(self) -> Portfolio:
        """Writes them; what all agreements come to."""
        portfolio = Portfolio(tuple(self._ids), self._as_of)
        groups = Groups()
        self._store.begin_rows()
        register = Register(self._part(REGISTER), self._words, self._library)
        with self._open(TABLE) as stream:
            table = csv.writer(stream)
            table.writerow(register.head())
            for one in self._agreements():
                self._count(one, portfolio, groups)
                cells = register.add(one)
                table.writerow([harmless(cell) for cell in cells])
        portfolio.files = self._store.count_inputs()
        portfolio.contents = self._store.count_contents()
        self._compare(portfolio, groups)
        self._dates(portfolio, register)
        failures = list(self._not_read())
        portfolio.failed = len(failures)
        with self._open(NOT_READ) as stream:
            table = csv.writer(stream)
            table.writerow([self._words.say(BATCH["file"]), self._words.say(BATCH["reason"])])
            table.writerows([harmless(path), harmless(reason)] for path, reason in failures)
        register.close(portfolio, failures)
        os.replace(self._part_of(REGISTER), self._out / REGISTER)
        with self._open(SUMMARY, encoding="utf-8") as stream:
            stream.write(summary_page(portfolio, self._words, self._library, failures))
        return portfolio

    def _agreements(self) -> Iterator[Agreement]:
        """The readable files in order; contents are unpacked one at a time."""
        for one in self._store.inputs():
            if one.error is None and (stored := self._store.contract(one.key)) is not None:
                dates = tuple(d for d in _dates_of(stored.base["term"], self._as_of) if d.kind != "leave")
                yield Agreement(one.seq, one.path, one.key, self._store.path_of(one.key), stored, dates)

    def _not_read(self) -> Iterator[tuple[str, str]]:
        """(path, reason) of every file that could not be reviewed."""
        for one in self._store.inputs():
            if one.error is not None:
                yield one.path, f"{one.message or ''} [{one.error}]"

    # -- what is seen only in all together
    def _count(self, one: Agreement, portfolio: Portfolio, groups: Groups) -> None:
        row = one.stored.row
        letters = statuses_of(((p, f["status"]) for p, f in one.stored.findings.items()), self._ids)
        portfolio.add(Row(one.seq, one.path, row["supplier"], row["type"], row["year"], letters))
        self._store.add_row(one.seq, row["supplier"], row["type"], letters)
        if one.path == one.first:
            groups.add(one.seq, one.stored.sketch)
            for date in one.dates:
                self._store.add_date(one.seq, date.date.isoformat(), date.kind, date.clause, "; ".join(date.arithmetic))

    def _compare(self, portfolio: Portfolio, groups: Groups) -> None:
        """Drafts that stand out among those of their supplier, and near copies."""
        for supplier, kind, drafts in self._store.drafts():
            custom = usual([letters for _, letters in drafts]) if supplier else ""
            for seq, letters in drafts if custom else ():
                found = outlier(Row(seq, self._store.path_at(seq), supplier, kind, None, letters), custom, self._ids)
                if found is not None:
                    portfolio.outliers.append(found)
        portfolio.outliers.sort(key=lambda o: (-len(o.departures), o.row.seq))
        portfolio.near_copies = [[self._store.path_at(seq) for seq in members] for members in groups.together()]
        portfolio.near_copies.sort(key=lambda g: (-len(g), g[0]))

    def _dates(self, portfolio: Portfolio, register: Register) -> None:
        """The dates that lie ahead, soonest first: calendar, register, portfolio."""
        with self._open(DATES, encoding="utf-8") as stream:
            stream.writelines(calendar(appointment(Path(d.path).name, d.sha256, d.deadline, self._words) for d in self._ahead()))
        for one in self._ahead():
            register.add_date(one.deadline, one.path, one.supplier)
            portfolio.add_due(Due(one.deadline.date.isoformat(), one.deadline.kind, one.path, one.supplier))

    def _ahead(self) -> Iterator[_Ahead]:
        for _, key, path, supplier, date, kind, clause, arithmetic in self._store.dates():
            stored = self._store.contract(key)
            if stored is not None:
                deadline = Deadline(kind, dt.date.fromisoformat(date), clause, tuple(arithmetic.split("; ")) if arithmetic else ())
                yield _Ahead(deadline, path, supplier, stored.base["contract"]["sha256"])

    # -- files
    def _open(self, name: str, encoding: str = "utf-8-sig") -> _Replacing:
        return _Replacing(self._part(name), self._out / name, encoding)

    def _part_of(self, name: str) -> Path:
        return self._out / f".{name}.part"

    def _part(self, name: str) -> Path:
        part = self._part_of(name)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        return part


@dataclass(frozen=True, slots=True)
class _Ahead:
    deadline: Deadline
    path: str
    supplier: str
    sha256: str


class _Replacing:
    """A text file that takes its place only when it is whole."""

    def __init__(self, part: Path, target: Path, encoding: str) -> None:
        self._part, self._target, self._encoding = part, target, encoding  # utf-8-sig: a mark by which Excel knows it

    def __enter__(self) -> io.TextIOWrapper:
        self._stream = open(self._part, "w", encoding=self._encoding, newline="", errors="backslashreplace")
        return self._stream

    def __exit__(self, kind: object, *_: object) -> None:
        self._stream.close()
        if kind is None:
            os.replace(self._part, self._target)


def harmless(cell: Any) -> Any:
    """The cell as a spreadsheet shows it and never runs it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _dates_of(term: dict[str, Any], as_of: dt.date) -> tuple[Deadline, ...]:
    """The next dates of a term as the report gives it, with the clause where it is read."""
    plain = (
        "renewal_capped",
        "start",
        "end",
        "indefinite",
        "auto_renewal",
        "initial_months",
        "renewal_months",
        "optout_days",
        "exit_notice_days",
    )
    known: dict[str, Any] = {name: term[name] for name in plain}
    known |= {name: dt.date.fromisoformat(term[name]) if term[name] else None for name in ("end_date", "last_day_to_refuse")}
    clause = term["evidence"][0]["clause"] if term["evidence"] else ""
    return tuple(replace(d, clause=clause) for d in next_dates(Term(**known, arithmetic=tuple(term["arithmetic"])), as_of)[0])
