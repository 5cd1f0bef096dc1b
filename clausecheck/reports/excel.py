"""Excel workbooks: a register of contracts, the findings one by one, a matrix by METI item, the wording to add, the notes.

One workbook holds one contract or thousands: every function takes the reports it is given, in their order. Nothing that stands in
a contract can become a formula or a link.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from clausecheck.messages import LABELS
from clausecheck.model import Failure, Report, Result, Status
from clausecheck.report import clean, report_language, worst_first
from clausecheck.reports.columns import columns
from clausecheck.reports.digest import METI, Digest, Entry, digest, source_name
from clausecheck.reports.words import Words

MAX_CELL = 32_767  # characters Excel keeps of a cell
MAX_ROWS = 1_048_576
_LINE, _HIGHEST = 13.5, 409.0  # points of a line of text; of the highest row that Excel draws
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_FILLS = {  # background, letters
    Status.CONFLICTING: ("#F4B6B6", "#7A0C0C"),
    Status.MISSING: ("#FBD9D3", "#8A1F11"),
    Status.WEAK: ("#FDEFC3", "#6B4E00"),
    Status.UNDETERMINED: ("#E6DCF5", "#472A7A"),
    Status.PRESENT: ("#DDF0E0", "#155724"),
    Status.NOT_APPLICABLE: ("#EFEFEF", "#666666"),
}
_SIGN = {
    Status.CONFLICTING: "✕!",
    Status.MISSING: "✕",
    Status.WEAK: "△",
    Status.UNDETERMINED: "?",
    Status.PRESENT: "○",
    Status.NOT_APPLICABLE: "－",
}


def render_excel(report: Report, language: str | None = None) -> bytes:
    """The workbook of one contract."""
    return workbook([report], language or report_language(report, None))


def workbook(reports: Sequence[Report], language: str, failures: Sequence[Failure] = ()) -> bytes:
    """A workbook over the reports: register, findings, METI matrix, wording, notes; equal reports give equal bytes.

    ``failures`` are inputs that could not be reviewed: they stand in the register too, so that none looks clean.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "use_zip64": True},
    )
    book.set_properties({"title": "clausecheck", "created": dt.datetime(2000, 1, 1)})  # a fixed day: the same input, the same bytes
    pages = _Workbook(book, Words(language), [digest(r, language) for r in reports], tuple(failures))
    pages.write()
    book.close()
    return target.getvalue()


def cell(text: object) -> str:
    """The text as a cell may hold it: no formula, no control characters, no longer than Excel keeps."""
    said = clean(str(text)) if "\n" not in str(text) else "\n".join(map(clean, str(text).split("\n")))
    said = said[: MAX_CELL - 1]
    return f"'{said}" if _FORMULA.match(said) else said


@dataclass(slots=True)
class _Workbook:
    book: Any
    words: Words
    digests: list[Digest]
    failures: tuple[Failure, ...]
    _formats: Any = None

    def write(self) -> None:
        font = "Yu Gothic" if self.words.language == "ja" else "Calibri"
        base = {"font_name": font, "font_size": 10, "valign": "top"}
        make = self.book.add_format
        self._formats = {
            "text": make({**base, "text_wrap": True}),
            "head": make(
                {
                    **base,
                    "bold": True,
                    "bg_color": "#1F3A5F",
                    "font_color": "#FFFFFF",
                    "text_wrap": True,
                    "valign": "vcenter",
                    "border": 1,
                    "border_color": "#FFFFFF",
                }
            ),
            "date": make({**base, "num_format": "yyyy-mm-dd", "align": "left"}),
            "number": make({**base, "align": "left"}),
            "title": make({**base, "bold": True, "font_size": 14}),
            "bold": make({**base, "bold": True, "text_wrap": True}),
            **{
                status: make({**base, "bg_color": fill, "font_color": ink, "text_wrap": True, "border": 1, "border_color": "#FFFFFF"})
                for status, (fill, ink) in _FILLS.items()
            },
        }
        self._register()
        self._findings()
        self._matrix()
        self._wording()
        self._notes()

    # --- sheets ------------------------------------------------------------------------------------------------------

    def _register(self) -> None:
        words = self.words
        provisions = {e.finding.provision: e.title for d in self.digests for e in d.entries}
        labels = {
            "contract": 30, "type": 14, "our_side": 10, "parties": 36, "result_worst": 13, "status_missing": 9, "status_weak": 9,
            "status_conflicting": 9, "term_start": 13, "term_end": 13, "term_initial": 11, "term_renewal": 18, "term_optout": 12,
            "term_last_day": 13,
        }  # fmt: skip
        sheet = self._sheet("sheet_register", labels, freeze=1, more=(provisions.values(), 17))
        for d in self.digests:
            report, term = d.report, d.report.term
            worst = worst_first(report.findings)[:1]
            facts = dict(d.term)
            by_id = {e.finding.provision: e for e in d.entries}
            row: list[_Cell] = [
                _Cell(report.contract.name),
                _Cell(words.name("type", report.contract_type)),
                _Cell(words.name("side", report.our_side)),
                _Cell("\n".join(f"{p.label}: {p.name or words.say('blank_name')}" for p in report.parties)),
                _Cell(words.name("status", worst[0].status.value), worst[0].status) if worst else _Cell(""),
                *(_Cell(sum(f.status is s for f in report.findings)) for s in (Status.MISSING, Status.WEAK, Status.CONFLICTING)),
                _Cell(term.start_date or facts.get(words.say("term_start"), "")),
                _Cell(term.end_date or facts.get(words.say("term_end"), "")),
                *(_Cell(facts.get(words.say(label), "")) for label in ("term_initial", "term_renewal", "term_optout")),
                _Cell(term.last_day_to_refuse or ""),
            ]
            for provision in provisions:
                entry = by_id.get(provision)
                row.append(_Cell(_marked(entry, words), entry.finding.status) if entry else _Cell(""))
            sheet.add(row)
        for failure in self.failures:
            name = failure.path.replace("\\", "/").rpartition("/")[2]
            failed = _Cell(words.say("not_reviewed"), Status.UNDETERMINED)
            sheet.add([_Cell(name), _Cell(""), _Cell(""), _Cell(failure.message), failed])
        sheet.close()

    def _findings(self) -> None:
        words = self.words
        labels = {
            "contract": 26, "number": 6, "theme": 18, "provision": 28, "status": 13, "severity": 10, "clauses": 16, "page_label": 8,
            "why": 54, "lacking": 40, "quotes": 70, "flags": 40, "searched": 46, "sources": 34,
        }  # fmt: skip
        sheet = self._sheet("sheet_findings", labels, freeze=4)
        for d in self.digests:
            for group in d.groups:
                for entry in group.entries:
                    pages = dict.fromkeys(str(q.evidence.page) for q in entry.quotes if q.evidence.page)
                    lacking = [line.title for line in entry.elements if line.element.result is not Result.SATISFIED]
                    sheet.add([
                        _Cell(d.report.contract.name), _Cell(entry.number), _Cell(group.title), _Cell(entry.title),
                        _Cell(entry.status, entry.finding.status), _Cell(entry.severity), _Cell(words.list(entry.clauses)),
                        _Cell(words.list(pages)), _Cell("\n".join(entry.reasons)), _Cell(words.list(lacking)),
                        _Cell("\n".join(f"{q.cited}: {words.say('quoted', quote=q.text)}" for q in entry.quotes)),
                        _Cell("\n".join(f"{f.message} ({f.effect})" for f in entry.flags)),
                        _Cell("\n".join(f"{p.where}: {p.why}" for p in entry.searched)), _Cell("\n".join(entry.sources)),
                    ])  # fmt: skip
        sheet.close()

    def _matrix(self) -> None:
        """One row an item of METI's publications, one column a contract: the provisions that serve the item, coloured by the worst."""
        words = self.words
        items = sorted({s for d in self.digests for e in d.entries for s in e.finding.sources if METI.fullmatch(s)}, key=_natural)
        contracts = [d.report.contract.name for d in self.digests]
        sheet = self._sheet("sheet_matrix", {"meti_item": 36, "provision": 32}, freeze=2, more=(contracts, 44))
        for item in items:
            titles = dict.fromkeys(e.title for d in self.digests for e in d.entries if item in e.finding.sources)
            row = [_Cell(source_name(item, words)), _Cell("\n".join(titles))]
            for d in self.digests:
                serving = [e for e in d.entries if item in e.finding.sources]
                said = "\n".join(f"{_SIGN[e.finding.status]} {e.number}. {e.title}: {e.status}" for e in serving)
                row.append(_Cell(said, worst_first(e.finding for e in serving)[0].status) if serving else _Cell(""))
            sheet.add(row)
        sheet.close()

    def _wording(self) -> None:
        words = self.words
        labels = {"contract": 26, "number": 6, "provision": 28, "status": 13, "place_label": 30, "wording": 90, "cautions": 50}
        sheet = self._sheet("sheet_wording", labels, freeze=3)
        for d in self.digests:
            for entry in d.entries:
                if entry.proposal:
                    lines = filter(None, (entry.proposal.heading, *entry.proposal.lines))
                    sheet.add([
                        _Cell(d.report.contract.name), _Cell(entry.number), _Cell(entry.title), _Cell(entry.status, entry.finding.status),
                        _Cell(words.say(entry.finding.suggestion.where) if entry.finding.suggestion else ""),
                        _Cell("\n".join(lines)), _Cell("\n".join(entry.cautions)),
                    ])  # fmt: skip
        sheet.close()

    def _notes(self) -> None:
        words = self.words
        sheet = self.book.add_worksheet(words.say("sheet_notes"))
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 120)
        row = 0
        for d in self.digests:
            lines = [(words.say("summary"), d.summary), *d.facts, *((words.say("warnings"), f"{m} ({c})") for c, m in d.warnings)]
            sheet.write_string(row, 0, cell(d.report.contract.name), self._formats["title"])
            for label, text in [*lines, (words.say("provenance"), d.provenance)]:
                row += 1
                sheet.write_string(row, 0, cell(label), self._formats["bold"])
                sheet.write_string(row, 1, cell(text), self._formats["text"])
            row += 2
        for status in (Status.CONFLICTING, Status.MISSING, Status.WEAK, Status.UNDETERMINED, Status.PRESENT, Status.NOT_APPLICABLE):
            sheet.write_string(row, 0, f"{_SIGN[status]} {words.name('status', status.value)}", self._formats[status])
            sheet.write_string(row, 1, LABELS[f"meaning_{status.value}"].get(words.language), self._formats["text"])
            row += 1
        sheet.write_string(row + 1, 1, words.say("disclaimer"), self._formats["text"])

    def _sheet(self, label: str, labels: dict[str, int], *, freeze: int, more: tuple[Iterable[str], int] = ((), 0)) -> _Sheet:
        head = [*map(self.words.say, labels), *more[0]]
        widths = [*labels.values(), *[more[1]] * (len(head) - len(labels))]
        return _Sheet(self.book.add_worksheet(self.words.say(label)), self._formats, head, widths, freeze)


@dataclass(frozen=True, slots=True)
class _Cell:
    value: object
    status: Status | None = None  # that colours it


class _Sheet:
    """A table: headed, filtered, frozen, each row as high as its texts need (programs other than Excel do not see to that)."""

    def __init__(self, sheet: Any, formats: Any, head: Sequence[str], widths: Sequence[int], freeze: int) -> None:
        self._sheet, self._formats, self._widths, self._rows = sheet, formats, widths, 0
        for column, (text, width) in enumerate(zip(head, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, cell(text), formats["head"])
        sheet.set_row(0, _LINE * max(2, *(self._lines(cell(t), w) for t, w in zip(head, widths, strict=True))) + 4)
        sheet.freeze_panes(1, freeze)
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def add(self, row: Sequence[_Cell]) -> None:
        """A row; beyond the last that Excel has, nothing."""
        if self._rows + 1 >= MAX_ROWS:
            return
        self._rows += 1
        lines = 1
        for column, one in enumerate(row):
            said = self._put(column, one)
            lines = max(lines, self._lines(said, self._widths[column]))
        self._sheet.set_row(self._rows, min(_LINE * lines + 3, _HIGHEST))

    def close(self) -> None:
        self._sheet.autofilter(0, 0, max(self._rows, 1), len(self._widths) - 1)

    def _put(self, column: int, one: _Cell) -> str:
        """Writes one value as what it is; the text that it shows."""
        value = one.value
        if isinstance(value, dt.date):
            self._sheet.write_datetime(self._rows, column, dt.datetime(value.year, value.month, value.day), self._formats["date"])
            return value.isoformat()
        if isinstance(value, int):
            self._sheet.write_number(self._rows, column, value, self._formats["number"])
            return str(value)
        said = cell(value)
        if said or one.status:
            self._sheet.write_string(self._rows, column, said, self._formats[one.status or "text"])
        return said

    @staticmethod
    def _lines(text: str, width: int) -> int:
        """How many lines the text takes in a column; a wide character takes two places."""
        return sum(1 + max(columns(line, wide_ambiguous=True) - 1, 0) // max(int(width * 0.95), 1) for line in text.split("\n"))


def _marked(entry: Entry, words: Words) -> str:
    said = f"{_SIGN[entry.finding.status]} {entry.status}"
    return said + (f"\n{words.list(entry.main_clauses())}" if entry.clauses else "")


def _natural(item: str) -> list[Iterable[object]]:
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", item)]
