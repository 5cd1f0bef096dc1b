"""The register as an Excel workbook: a row an agreement, the findings, the METI items, the whole, and what was not read.

Written row by row (XlsxWriter's constant memory), so that the size of a batch does not matter.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clausecheck.library import Library
from clausecheck.messages import BATCH
from clausecheck.reports.words import Words

if TYPE_CHECKING:
    from clausecheck.batch.outputs import Agreement, Outputs
    from clausecheck.batch.portfolio import Portfolio

FILLS = {
    "present": "#DCEFDC",
    "weak": "#FFF2CC",
    "missing": "#F8D7DA",
    "conflicting": "#E8B4BC",
    "undetermined": "#E2E3E5",
    "not_applicable": "#F7F7F7",
}
MAX_ROWS = 1_048_575  # of a sheet, its head aside
MAX_CELL = 32_767  # characters
QUOTE = 500  # characters of a wording in the findings sheet
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_METI = re.compile(r"METI-[A-Z]+-[0-9][0-9-]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Sheet:
    """One sheet with its head: rows are added from the top."""

    def __init__(self, book: Any, title: str, head: Sequence[str], widths: Sequence[float], frozen: int, formats: dict[str, Any]) -> None:
        self._sheet = book.add_worksheet(title)
        self._formats = formats
        self._rows = 0
        self._columns = len(head)
        for i, width in enumerate(widths):
            self._sheet.set_column(i, i, width)
        self._sheet.set_row(0, 48)
        for i, text in enumerate(head):
            self._sheet.write_string(0, i, text, formats["head"])
        self._sheet.freeze_panes(1, frozen)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_paper(9)

    def add(self, cells: Sequence[Any], statuses: Sequence[str | None] = ()) -> None:
        """A row; ``statuses`` colour the cells they stand at."""
        if self._rows >= MAX_ROWS:
            return
        self._rows += 1
        for i, cell in enumerate(cells):
            status = statuses[i] if i < len(statuses) else None
            shape = self._formats[status or "plain"]
            if cell is None or cell == "":
                if status:
                    self._sheet.write_blank(self._rows, i, None, shape)
            elif isinstance(cell, (int, float)):
                self._sheet.write_number(self._rows, i, cell, shape)
            elif _DATE.fullmatch(cell):
                self._sheet.write_datetime(self._rows, i, dt.datetime.fromisoformat(cell), self._formats["date"])
            else:  # written as a string, so that nothing in it is ever a formula
                self._sheet.write_string(self._rows, i, _CONTROL.sub("", cell)[:MAX_CELL], shape)

    def close(self) -> None:
        """Filters over all rows."""
        self._sheet.autofilter(0, 0, max(1, self._rows), self._columns - 1)


def write_register(path: Path, words: Words, library: Library, head: Sequence[str], portfolio: Portfolio, outputs: Outputs) -> None:
    """Writes the workbook; equal batches give equal bytes."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    )
    book.set_properties({"title": words.say(BATCH["title"]), "author": "clausecheck", "created": dt.datetime(2000, 1, 1)})
    face = {"font_name": "Yu Gothic" if words.language == "ja" else "Calibri", "font_size": 10, "valign": "top"}
    formats = {name: book.add_format({**face, "bg_color": fill, "border": 1, "border_color": "#D0D0D0"}) for name, fill in FILLS.items()}
    formats["plain"] = book.add_format(face)
    formats["wrap"] = book.add_format({**face, "text_wrap": True})
    formats["date"] = book.add_format({**face, "num_format": "yyyy-mm-dd", "align": "left"})
    formats["head"] = book.add_format(
        {**face, "bold": True, "text_wrap": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "valign": "vcenter"}
    )
    ids = [p.id for p in library.provisions]
    fixed = len(head) - len(ids) - 1
    say = words.say

    register = _Sheet(
        book, say(BATCH["sheet_register"]), head, [44, 20, 26, 16, 10, 9, 7, *[12] * (fixed - 7), *[16] * len(ids), 40], 1, formats
    )
    for one in outputs.agreements():
        register.add(outputs.cells(one), [*[None] * fixed, *(one.findings[i]["status"] for i in ids)])
    register.close()

    columns = [say(BATCH[n]) for n in ("file", "supplier", "provision", "status", "severity", "clause", "reason", "quote")]
    findings = _Sheet(book, say(BATCH["sheet_findings"]), columns, [44, 26, 28, 14, 10, 16, 70, 70], 1, formats)
    for one in outputs.agreements():
        for finding in one.findings_in(ids):
            if finding["status"] in ("missing", "conflicting", "weak", "undetermined"):
                findings.add(_finding(words, one, finding), [None, None, None, finding["status"]])
    findings.close()

    meti = _items(library)
    if meti:
        sheet = _Sheet(book, say(BATCH["sheet_meti"]), [say(BATCH["file"]), *meti], [44, *[15] * len(meti)], 1, formats)
        for one in outputs.agreements():
            worst = [_worst([one.findings[p]["status"] for p in of]) for of in meti.values()]
            sheet.add([one.path, *(words.name("status", s) for s in worst)], [None, *worst])
        sheet.close()

    titles = [say(BATCH["provision"]), *(words.name("status", s) for s in FILLS), say(BATCH["held"])]
    whole = _Sheet(book, say(BATCH["sheet_portfolio"]), titles, [44, *[14] * 7], 1, formats)
    for name in portfolio.worst_first:
        share = portfolio.shares[name]
        whole.add([portfolio.titles[name].get(words.language), *(share.counts[s] for s in FILLS), f"{100 * share.held():.0f}%"])
    whole.close()

    unread = _Sheet(book, say(BATCH["sheet_not_read"]), [say(BATCH["file"]), say(BATCH["reason"])], [60, 100], 1, formats)
    for file, error, message in outputs.not_read():
        unread.add([file, f"{message} [{error}]"])
    unread.close()
    book.close()


def _finding(words: Words, one: Agreement, finding: dict[str, Any]) -> list[Any]:
    quotes = [e["quote"] for element in finding["elements"] for e in element["evidence"]]
    quote = " ".join(quotes[0].split()) if quotes else ""
    return [
        one.path,
        one.row["supplier"],
        finding["title"],
        words.name("status", finding["status"]),
        words.name("severity", finding["severity"]) if finding["severity"] != "none" else "",
        ", ".join(c for c in finding["clauses"] if c),
        " ".join(r["message"] for r in finding["reasons"]),
        quote[:QUOTE] + ("…" if len(quote) > QUOTE else ""),
    ]


def _items(library: Library) -> dict[str, list[str]]:
    """METI item -> the provisions that name it as a source, items in order."""
    found: dict[str, list[str]] = {}
    for provision in library.provisions:
        for source in provision.sources:
            if _METI.fullmatch(source.id):
                found.setdefault(source.id, []).append(provision.id)
    return dict(sorted(found.items(), key=lambda item: _order(item[0])))


def _order(item: str) -> tuple[str, list[int]]:
    return re.sub(r"[0-9-]+$", "", item), [int(n) for n in re.findall(r"[0-9]+", item)]


_ORDER = ("conflicting", "missing", "undetermined", "weak", "present", "not_applicable")


def _worst(statuses: Sequence[str]) -> str:
    return min(statuses, key=_ORDER.index)
