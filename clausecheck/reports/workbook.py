"""The one writer of Excel sheets: headed, filtered, frozen tables, a colour a status, and nothing that a spreadsheet would run.

``excel`` fills it with the reports of a review, ``batch.register`` with those of thousands. Rows go out as they come.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from clausecheck.model import Status
from clausecheck.report import clean
from clausecheck.reports.columns import columns
from clausecheck.reports.words import Words

MAX_CELL = 32_767  # characters Excel keeps of a cell
MAX_ROWS = 1_048_576
_LINE, _HIGHEST = 13.5, 409.0  # points of a line of text; of the highest row that Excel draws
_ACROSS = 400  # characters across a printed page; a wider table takes several
_FORMULA = re.compile(r"^[=+\-@\t\r]")
FILLS = {  # background, letters
    Status.CONFLICTING: ("#F4B6B6", "#7A0C0C"),
    Status.MISSING: ("#FBD9D3", "#8A1F11"),
    Status.WEAK: ("#FDEFC3", "#6B4E00"),
    Status.UNDETERMINED: ("#E6DCF5", "#472A7A"),
    Status.PRESENT: ("#DDF0E0", "#155724"),
    Status.NOT_APPLICABLE: ("#EFEFEF", "#666666"),
}
SIGN = {
    Status.CONFLICTING: "✕!",
    Status.MISSING: "✕",
    Status.WEAK: "△",
    Status.UNDETERMINED: "?",
    Status.PRESENT: "○",
    Status.NOT_APPLICABLE: "－",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: text, a number, a date, yes or no."""

    value: object
    status: Status | None = None  # that colours it


def cell(text: object) -> str:
    """The text as a cell may hold it: no formula, no control characters, no longer than Excel keeps."""
    said = clean(str(text)) if "\n" not in str(text) else "\n".join(map(clean, str(text).split("\n")))
    said = said[: MAX_CELL - 1]
    return f"'{said}" if _FORMULA.match(said) else said


class Book:
    """A workbook being written; equal rows give equal bytes."""

    def __init__(self, target: Any, words: Words, title: str, *, streaming: bool = False) -> None:
        """``target``: a path or a stream. ``streaming``: rows are not kept in memory (each sheet is written from the top)."""
        self.words = words
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "use_zip64": True}
        self.file = xlsxwriter.Workbook(target, {**options, "constant_memory": streaming, "in_memory": not streaming})
        self.file.set_properties({"title": title, "author": "clausecheck", "created": dt.datetime(2000, 1, 1)})  # a fixed day
        self._names = set[str]()
        font = "Yu Gothic" if words.language == "ja" else "Calibri"
        base = {"font_name": font, "font_size": 10, "valign": "top"}
        white = {"border": 1, "border_color": "#FFFFFF"}
        make = self.file.add_format
        self.formats: dict[Any, Any] = {
            "text": make({**base, "text_wrap": True}),
            "head": make(
                {**base, **white, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"}
            ),
            "date": make({**base, "num_format": "yyyy-mm-dd", "align": "left"}),
            "number": make({**base, "align": "left"}),
            "title": make({**base, "bold": True, "font_size": 14}),
            "bold": make({**base, "bold": True, "text_wrap": True}),
            **{s: make({**base, **white, "bg_color": fill, "font_color": ink, "text_wrap": True}) for s, (fill, ink) in FILLS.items()},
        }

    def sheet(self, title: str, head: Sequence[str], widths: Sequence[int], freeze: int) -> Sheet:
        """A new table; ``freeze``: columns that stay in sight."""
        return Sheet(self, title, head, widths, freeze)

    def page(self, title: str) -> Any:
        """A new sheet without a table; a title that is taken gets a number."""
        name, number = title, 1
        while name in self._names:
            number += 1
            name = f"{title} ({number})"
        self._names.add(name)
        return self.file.add_worksheet(name)

    def close(self) -> None:
        """Writes the file."""
        self.file.close()


class Sheet:
    """A table, each row as high as its texts need (programs other than Excel do not see to that); a full one goes on in another."""

    def __init__(self, book: Book, title: str, head: Sequence[str], widths: Sequence[int], freeze: int) -> None:
        self._book, self._title, self._head, self._widths, self._freeze = book, title, head, widths, freeze
        self._begin()

    def _begin(self) -> None:
        self._sheet, self._rows = self._book.page(self._title), 0
        for column, (text, width) in enumerate(zip(self._head, self._widths, strict=True)):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, cell(text), self._book.formats["head"])
        self._sheet.set_row(0, _LINE * max(2, *(lines(cell(t), w) for t, w in zip(self._head, self._widths, strict=True))) + 4)
        self._sheet.freeze_panes(1, self._freeze)
        self._sheet.set_landscape()
        self._sheet.set_paper(8)  # A3
        self._sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        across = max(1, round(sum(self._widths) / _ACROSS))
        self._sheet.fit_to_pages(across, 0)
        self._sheet.repeat_rows(0)
        if across > 1 and self._freeze:
            self._sheet.repeat_columns(0, self._freeze - 1)

    def add(self, row: Sequence[Cell]) -> None:
        """A row."""
        if self._rows + 1 >= MAX_ROWS:
            self.close()
            self._begin()
        self._rows += 1
        most = 1
        for column, one in enumerate(row):
            said = self._put(column, one)
            if said:
                most = max(most, lines(said, self._widths[column]))
        self._sheet.set_row(self._rows, min(_LINE * most + 3, _HIGHEST))

    def close(self) -> None:
        """Filters over all rows."""
        self._sheet.autofilter(0, 0, max(self._rows, 1), len(self._widths) - 1)

    def _put(self, column: int, one: Cell) -> str:
        """Writes one value as what it is; the text that it shows."""
        value, formats = one.value, self._book.formats
        if isinstance(value, dt.date):
            self._sheet.write_datetime(self._rows, column, dt.datetime(value.year, value.month, value.day), formats["date"])
            return value.isoformat()
        if isinstance(value, (int, float)):
            self._sheet.write_number(self._rows, column, value, formats["number"])
            return str(value)
        said = cell(value)
        if said or one.status:
            self._sheet.write_string(self._rows, column, said, formats[one.status or "text"])
        return said


def lines(text: str, width: int) -> int:
    """How many lines the text takes in a column; a wide character takes two places."""
    room = max(int(width * 0.95), 1)
    return sum(1 + max(columns(line, wide_ambiguous=True) - 1, 0) // room for line in text.split("\n"))
