"""The register as an Excel workbook: a row an agreement, the findings, what falls due, the METI items, the whole, what was not read.

Written row by row, so that the size of a batch does not matter; ``reports.workbook`` knows how a sheet looks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clausecheck.dates import Deadline
from clausecheck.library import Library
from clausecheck.messages import BATCH, DEADLINES
from clausecheck.model import Status
from clausecheck.report import WORST_FIRST, clean
from clausecheck.reports.digest import METI, source_name
from clausecheck.reports.words import Words
from clausecheck.reports.workbook import SIGN, Book, Cell

if TYPE_CHECKING:
    from clausecheck.batch.outputs import Agreement
    from clausecheck.batch.portfolio import Portfolio

TERM = {  # what the register says of a term, with the width of its column
    "start": 12, "start_date": 11, "end": 12, "end_date": 11, "initial_months": 9, "auto_renewal": 9, "renewal_months": 10,
    "optout_days": 10, "last_day_to_refuse": 12, "max_lock_in_months": 11,
}  # fmt: skip
MOST_CLAUSES = 3  # named in a cell
QUOTE = 500  # characters of a wording in the findings sheet
TO_MEND = ("missing", "conflicting", "weak", "undetermined")


class Register:
    """The workbook being written."""

    def __init__(self, path: Path, words: Words, library: Library) -> None:
        self._words, self._library = words, library
        self._ids = [p.id for p in library.provisions]
        self._titles = {p.id: p.title.text.get(words.language) for p in library.provisions}
        self._book = Book(str(path), words, words.say(BATCH["title"]), streaming=True)
        self._meti = _items(library)
        fixed = {"file": 44, "same_as": 20, "supplier": 26, "type": 16, "side": 10, "language": 9, "pages": 7}
        counted = {"next_date": 12, "next_what": 20, "lacking": 9, "weak": 8}
        widths = [*fixed.values(), *counted.values(), *TERM.values(), *[16] * len(self._ids), 44]
        self._sheet = self._book.sheet(words.say(BATCH["sheet_register"]), self.head(), widths, 1)
        shown = {"file": 40, "supplier": 24, "provision": 28, "status": 13, "severity": 10, "clause": 16, "reason": 60, "quote": 60}
        shown |= {"where": 26, "wording": 70}
        self._findings = self._table("sheet_findings", shown, 1)
        heads = [words.say(BATCH["file"]), *(source_name(item, words) for item in self._meti)]
        self._items = self._book.sheet(words.say(BATCH["sheet_meti"]), heads, [44, *[18] * len(self._meti)], 1) if self._meti else None
        self._due = self._table("sheet_dates", {"date": 12, "what": 26, "supplier": 26, "file": 44, "clause": 16, "arithmetic": 60}, 1)

    def head(self) -> list[str]:
        """The heads of the register's columns."""
        say = self._words.say
        names = ("file", "same_as", "supplier", "type", "side", "language", "pages", "next_date", "next_what", "lacking", "weak")
        return [
            *(say(BATCH[name]) for name in names),
            *(say(BATCH[f"term_{name}"]) for name in TERM),
            *self._titles.values(),
            say(BATCH["report"]),
        ]

    def add(self, one: Agreement) -> list[Any]:
        """An agreement in all sheets; the cells of its row in the register, as plain values."""
        words, row, findings = self._words, one.stored.row, one.stored.findings
        soonest = one.dates[0] if one.dates else None
        counts = [sum(f["status"] in wanted for f in findings.values()) for wanted in (("missing", "conflicting"), ("weak",))]
        term = {**one.stored.base["term"], "start_date": row["start_date"]}
        cells: list[Any] = [
            one.path,
            "" if one.path == one.first else one.first,
            row["supplier"],
            words.name("type", row["type"]),
            words.name("side", row["side"]),
            words.name("language", row["language"]),
            row["pages"] if row["pages"] is not None else "",
            soonest.date.isoformat() if soonest else "",
            words.say(DEADLINES[soonest.kind]) if soonest else "",
            *counts,
            *(_said(words, name, term[name]) for name in TERM),
        ]
        statuses = [Status(findings[i]["status"]) for i in self._ids]
        places = [self._places(findings[i]) for i in self._ids]
        shown = [Cell(_value(cell)) for cell in cells]
        for status, place in zip(statuses, places, strict=True):
            shown.append(Cell(f"{SIGN[status]} {words.name('status', status.value)}" + (f"\n{place}" if place else ""), status))
            cells.append(words.name("status", status.value) + (f" ({place})" if place else ""))
        self._sheet.add([*shown, Cell(one.report)])
        for i in self._ids:
            if findings[i]["status"] in TO_MEND:
                self._findings.add(self._finding(one, findings[i]))
        if self._items is not None:
            worst = [min((Status(findings[p]["status"]) for p in of), key=WORST_FIRST.index) for of in self._meti.values()]
            self._items.add([Cell(one.path), *(Cell(f"{SIGN[s]} {words.name('status', s.value)}", s) for s in worst)])
        return [*cells, one.report]

    def add_date(self, deadline: Deadline, path: str, supplier: str) -> None:
        """A date that lies ahead."""
        said = (deadline.date, self._words.say(DEADLINES[deadline.kind]), supplier, path, deadline.clause, "\n".join(deadline.arithmetic))
        self._due.add([Cell(value) for value in said])

    def close(self, portfolio: Portfolio, failures: Sequence[tuple[str, str]]) -> None:
        """The sheets of the whole; then the file is there."""
        words = self._words
        for sheet in (self._sheet, self._findings, self._due, self._items):
            if sheet is not None:
                sheet.close()
        heads = [words.say(BATCH["provision"]), *(words.name("status", s.value) for s in WORST_FIRST), words.say(BATCH["held"])]
        whole = self._book.sheet(words.say(BATCH["sheet_portfolio"]), heads, [44, *[14] * (len(heads) - 1)], 1)
        shares = portfolio.shares
        for name in portfolio.worst_first:
            share = shares[name]
            held = f"{100 * share.held():.0f}%" if share.applicable else "-"
            whole.add(
                [
                    Cell(self._titles[name]),
                    *(Cell(share.counts[s.value], s if share.counts[s.value] else None) for s in WORST_FIRST),
                    Cell(held),
                ]
            )
        whole.close()
        unread = self._table("sheet_not_read", {"file": 60, "reason": 100}, 1)
        for path, reason in failures:
            unread.add([Cell(path), Cell(reason)])
        unread.close()
        self._book.close()

    def _table(self, title: str, columns: dict[str, int], freeze: int) -> Any:
        say = self._words.say
        return self._book.sheet(say(BATCH[title]), [say(BATCH[name]) for name in columns], list(columns.values()), freeze)

    def _places(self, finding: dict[str, Any]) -> str:
        """Where a provision stands, the first few clauses."""
        clauses = [clean(c) for c in finding["clauses"] if c] if finding["status"] != "missing" else []
        return self._words.list([*clauses[:MOST_CLAUSES], *(["…"] if len(clauses) > MOST_CLAUSES else [])])

    def _finding(self, one: Agreement, finding: dict[str, Any]) -> list[Cell]:
        words = self._words
        quotes = [e["quote"] for element in finding["elements"] for e in element["evidence"]]
        quote = clean(quotes[0]) if quotes else ""
        suggestion = finding["suggestion"] or {"where": "", "text": ""}
        return [
            Cell(one.path),
            Cell(one.stored.row["supplier"]),
            Cell(finding["title"]),
            Cell(words.name("status", finding["status"]), Status(finding["status"])),
            Cell(words.name("severity", finding["severity"]) if finding["severity"] != "none" else ""),
            Cell(words.list(c for c in finding["clauses"] if c)),
            Cell("\n".join(r["message"] for r in finding["reasons"])),
            Cell(quote[:QUOTE] + ("…" if len(quote) > QUOTE else "")),
            Cell(suggestion["where"]),
            Cell(suggestion["text"]),
        ]


def _said(words: Words, name: str, value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return words.say(BATCH["yes" if value else "no"])
    if name in ("start", "end"):
        return words.say(BATCH[f"{name}_{value}"]) if f"{name}_{value}" in BATCH else value
    return value


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _value(cell: Any) -> Any:
    """A date as a date, so that a spreadsheet sorts it."""
    return dt.date.fromisoformat(cell) if isinstance(cell, str) and _DATE.fullmatch(cell) else cell


def _items(library: Library) -> dict[str, list[str]]:
    """METI item -> the provisions that name it as a source, items in order."""
    found: dict[str, list[str]] = {}
    for provision in library.provisions:
        for source in provision.sources:
            if METI.fullmatch(source.id):
                found.setdefault(source.id, []).append(provision.id)
    return dict(sorted(found.items(), key=lambda item: _order(item[0])))


def _order(item: str) -> tuple[str, list[int]]:
    return re.sub(r"[0-9-]+$", "", item), [int(n) for n in re.findall(r"[0-9]+", item)]
