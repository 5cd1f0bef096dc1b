"""What a batch leaves in its folder beside the reports: register (Excel, CSV), summary page, deadlines, and what was not read.

Everything is written from the store, row after row, so that a million agreements need no more memory than ten; what would
be the same as before is not written again.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clausecheck.batch.portfolio import Portfolio, Row, outlier, statuses_of
from clausecheck.batch.sketch import Groups
from clausecheck.batch.store import Store
from clausecheck.dates import Deadline
from clausecheck.library import Library
from clausecheck.messages import BATCH
from clausecheck.reports.calendar import Appointment, calendar
from clausecheck.reports.deadlines import appointment
from clausecheck.reports.words import Words

REGISTER, TABLE, SUMMARY, DEADLINES, NOT_READ = "register.xlsx", "register.csv", "summary.html", "deadlines.ics", "not_read.csv"
_UNSAFE = re.compile(r"[^\w.()\[\] -]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
TERM = (
    "start",
    "start_date",
    "end",
    "end_date",
    "initial_months",
    "auto_renewal",
    "renewal_months",
    "optout_days",
    "last_day_to_refuse",
    "max_lock_in_months",
)


def report_name(path: str, key: str) -> str:
    """The name of a content's report: that of its first file, made safe, and the beginning of its key."""
    return f"{_UNSAFE.sub('_', Path(path).name)[:80]}.{key[:10]}.json"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One readable file of the run with all that the register says of it."""

    seq: int
    path: str
    key: str
    first: str  # the path of the first file with this content: that of its report
    row: dict[str, Any]
    term: dict[str, Any]
    findings: dict[str, dict[str, Any]]

    def findings_in(self, order: list[str]) -> list[dict[str, Any]]:
        """The findings in this order of provisions."""
        return [self.findings[p] for p in order]


class Outputs:
    """The files of a batch's folder."""

    def __init__(self, out: Path, store: Store, library: Library, language: str | None) -> None:
        self._out, self._store, self._library = out, store, library
        self._words = Words(language or "en")
        self._ids = [p.id for p in library.provisions]

    def agreements(self) -> Iterator[Agreement]:
        """The readable files in order; contents are unpacked one at a time."""
        for one in self._store.inputs():
            if one.error is None:
                stored = self._store.contract(one.key)
                if stored is not None:
                    first = self._store.path_of(one.key)
                    yield Agreement(one.seq, one.path, one.key, first, stored.row, stored.base["term"], self._store.findings(one.key))

    def not_read(self) -> Iterator[tuple[str, str, str]]:
        """(path, error, message) of every file that could not be reviewed."""
        for one in self._store.inputs():
            if one.error is not None:
                yield one.path, one.error, one.message or ""

    def without_report(self) -> Iterator[tuple[str, str]]:
        """(key, path) of known contents whose report is not in the folder."""
        for key, path in self._store.contents():
            if not (self._out / "reports" / report_name(path, key)).exists():
                yield key, path

    # -- all together
    def portfolio(self) -> Portfolio:
        """The agreements of the run together."""
        portfolio = Portfolio.of(self._library)
        store, groups = self._store, Groups()
        store.begin_rows()
        for one in self.agreements():
            letters = statuses_of(((p, f["status"]) for p, f in one.findings.items()), self._ids)
            row = Row(one.seq, one.path, one.row["supplier"], one.row["type"], one.row["year"], letters)
            portfolio.add(row)
            store.add_row(row.seq, row.supplier, row.type, row.statuses)
            stored = store.contract(one.key)
            if stored is not None and one.path == one.first:
                groups.add(one.seq, stored.sketch)
        portfolio.files = store.count_inputs()
        portfolio.contents = store.count_contents()
        portfolio.failed = sum(1 for _ in self.not_read())
        for supplier, kind, drafts in store.drafts():
            if supplier:
                letters_only = [letters for _, letters in drafts]
                for seq, letters in drafts:
                    found = outlier(Row(seq, store.path_at(seq), supplier, kind, None, letters), letters_only, self._ids)
                    if found is not None:
                        portfolio.outliers.append(found)
        portfolio.outliers.sort(key=lambda o: (-len(o.departures), o.row.seq))
        portfolio.near_copies = [[store.path_at(seq) for seq in members] for members in groups.members if len(members) > 1]
        portfolio.near_copies.sort(key=lambda g: (-len(g), g[0]))
        return portfolio

    def write(self, portfolio: Portfolio) -> None:
        """Writes register, summary, deadlines and the list of what was not read."""
        state = self._state(portfolio)
        names = (REGISTER, TABLE, SUMMARY, DEADLINES, NOT_READ)
        if self._store.note("outputs") == state and all((self._out / name).exists() for name in names):
            return
        self._csv()
        self._not_read_csv()
        self._ics()
        self._xlsx(portfolio)
        self._put(SUMMARY, self._html(portfolio).encode("utf-8"))
        self._store.set_note("outputs", state)

    def _state(self, portfolio: Portfolio) -> str:
        """The hash of all that the files are made of."""
        digest = hashlib.sha256(json.dumps([self._words.language, self._library.sha256]).encode())
        for one in self._store.inputs():
            digest.update(json.dumps([one.path, one.key, one.error, one.message]).encode())
        return digest.hexdigest()

    # -- rows
    def _head(self) -> list[str]:
        say = self._words.say
        fixed = [say(BATCH[name]) for name in ("file", "same_as", "supplier", "type", "side", "language", "pages")]
        dates = [say(BATCH[f"term_{name}"]) for name in TERM]
        return [
            *fixed,
            *dates,
            say(BATCH["lacking"]),
            *(self._library.provision(i).title.text.get(self._words.language) for i in self._ids),
            say(BATCH["report"]),
        ]

    def cells(self, one: Agreement) -> list[Any]:
        words, row = self._words, one.row
        fixed = [
            one.path,
            "" if one.path == one.first else one.first,
            row["supplier"],
            words.name("type", row["type"]),
            words.name("side", row["side"]),
            row["language"],
            row["pages"],
        ]
        dates = [_term(words, name, one.term.get(name)) for name in TERM]
        lacking = sum(1 for f in one.findings.values() if f["status"] in ("missing", "conflicting"))
        provisions = [self._cell(one.findings[i]) for i in self._ids]
        return [*fixed, *dates, lacking, *provisions, f"reports/{report_name(one.first, one.key)}"]

    def _cell(self, finding: dict[str, Any]) -> str:
        clauses = [c for c in finding["clauses"] if c]
        more = f" ({', '.join(clauses[:3])}{', …' if len(clauses) > 3 else ''})" if clauses and finding["status"] != "missing" else ""
        return self._words.name("status", finding["status"]) + more

    # -- files
    def _csv(self) -> None:
        with self._open(TABLE) as stream:
            writer = csv.writer(stream)
            writer.writerow(self._head())
            for one in self.agreements():
                writer.writerow([harmless(cell) for cell in self.cells(one)])

    def _not_read_csv(self) -> None:
        say = self._words.say
        with self._open(NOT_READ) as stream:
            writer = csv.writer(stream)
            writer.writerow([say(BATCH["file"]), say(BATCH["reason"])])
            for path, error, message in self.not_read():
                writer.writerow([harmless(path), harmless(f"{message} [{error}]")])

    def _ics(self) -> None:
        """The dates that the agreements state: ends, and last days to refuse; those of past years too, for a calendar has its own today."""
        with self._open(DEADLINES, encoding="utf-8") as stream:
            stream.writelines(calendar(self._appointments()))

    def _appointments(self) -> Iterator[Appointment]:
        for one in self.agreements():
            if one.path != one.first:
                continue
            for field, kind in (("last_day_to_refuse", "refuse"), ("end_date", "renews" if one.term.get("auto_renewal") else "ends")):
                stated = one.term.get(field)
                if stated:
                    arithmetic = tuple(line for line in one.term["arithmetic"] if line.endswith(f"= {stated}"))
                    clause = one.term["evidence"][0]["clause"] if one.term["evidence"] else ""
                    deadline = Deadline(kind, dt.date.fromisoformat(stated), clause, arithmetic)
                    yield appointment(Path(one.path).name, one.key, deadline, self._words)

    def _xlsx(self, portfolio: Portfolio) -> None:
        from clausecheck.batch.register import write_register

        part = self._part(REGISTER)
        write_register(part, self._words, self._library, self._head(), portfolio, self)
        os.replace(part, self._out / REGISTER)

    def _html(self, portfolio: Portfolio) -> str:
        from clausecheck.batch.summary import summary_page

        return summary_page(portfolio, self._words, self._library, list(self.not_read()))

    def _open(self, name: str, encoding: str = "utf-8-sig") -> _Replacing:
        return _Replacing(self._part(name), self._out / name, encoding)

    def _part(self, name: str) -> Path:
        part = self._out / f".{name}.part"
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        return part

    def _put(self, name: str, data: bytes) -> None:
        part = self._part(name)
        part.write_bytes(data)
        os.replace(part, self._out / name)


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


def _term(words: Words, name: str, value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return words.say(BATCH["yes" if value else "no"])
    if isinstance(value, float):
        return int(value) if value == int(value) else value
    if name in ("start", "end"):
        return words.say(BATCH[f"{name}_{value}"]) if f"{name}_{value}" in BATCH else value
    return value
