"""Excel workbooks: a register of contracts, the findings one by one, a matrix by METI item, the wording to add, the notes.

One workbook holds one contract or thousands: every function takes the reports it is given, in their order. Nothing that stands in
a contract can become a formula or a link.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clausecheck.messages import LABELS
from clausecheck.model import Failure, Report, Result, Status
from clausecheck.report import report_language, worst_first
from clausecheck.reports.digest import METI, Digest, Entry, FlagLine, digest, source_name
from clausecheck.reports.words import Words
from clausecheck.reports.workbook import SIGN, Book, Cell, Sheet, cell


def render_excel(report: Report, language: str | None = None) -> bytes:
    """The workbook of one contract."""
    return workbook([report], language or report_language(report, None))


def workbook(reports: Sequence[Report], language: str, failures: Sequence[Failure] = ()) -> bytes:
    """A workbook over the reports: register, findings, METI matrix, wording, notes; equal reports give equal bytes.

    ``failures`` are inputs that could not be reviewed: they stand in the register too, so that none looks clean.
    """
    target = io.BytesIO()
    words = Words(language)
    book = Book(target, words, "clausecheck")
    _Workbook(book, words, [digest(r, language) for r in reports], tuple(failures)).write()
    book.close()
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class _Workbook:
    book: Book
    words: Words
    digests: list[Digest]
    failures: tuple[Failure, ...]

    def write(self) -> None:
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
            row: list[Cell] = [
                Cell(report.contract.name),
                Cell(words.name("type", report.contract_type)),
                Cell(words.name("side", report.our_side)),
                Cell("\n".join(f"{p.label}: {p.name or words.say('blank_name')}" for p in report.parties)),
                Cell(words.name("status", worst[0].status.value), worst[0].status) if worst else Cell(""),
                *(Cell(sum(f.status is s for f in report.findings)) for s in (Status.MISSING, Status.WEAK, Status.CONFLICTING)),
                Cell(term.start_date or facts.get(words.say("term_start"), "")),
                Cell(term.end_date or facts.get(words.say("term_end"), "")),
                *(Cell(facts.get(words.say(label), "")) for label in ("term_initial", "term_renewal", "term_optout")),
                Cell(term.last_day_to_refuse or ""),
            ]
            for provision in provisions:
                entry = by_id.get(provision)
                row.append(Cell(_marked(entry, words), entry.finding.status) if entry else Cell(""))
            sheet.add(row)
        for failure in self.failures:
            name = failure.path.replace("\\", "/").rpartition("/")[2]
            failed = Cell(words.say("not_reviewed"), Status.UNDETERMINED)
            sheet.add([Cell(name), Cell(""), Cell(""), Cell(failure.message), failed])
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
                        Cell(d.report.contract.name), Cell(entry.number), Cell(group.title), Cell(entry.title),
                        Cell(entry.status, entry.finding.status), Cell(entry.severity), Cell(words.list(entry.clauses)),
                        Cell(words.list(pages)), Cell("\n".join(entry.reasons)), Cell(words.list(lacking)),
                        Cell("\n".join(f"{q.cited}: {words.say('quoted', quote=q.text)}" for q in entry.quotes)),
                        Cell("\n".join(_flag(f, words) for f in entry.flags)),
                        Cell("\n".join(f"{p.where}: {p.why}" for p in entry.searched)), Cell("\n".join(entry.sources)),
                    ])  # fmt: skip
        sheet.close()

    def _matrix(self) -> None:
        """One row an item of METI's publications, one column a contract: the provisions that serve the item, coloured by the worst."""
        words = self.words
        items = sorted({s.en for d in self.digests for e in d.entries for s in e.finding.sources if METI.fullmatch(s.en)}, key=_natural)
        contracts = [d.report.contract.name for d in self.digests]
        sheet = self._sheet("sheet_matrix", {"meti_item": 36, "provision": 32}, freeze=2, more=(contracts, 44))
        for item in items:
            titles = dict.fromkeys(e.title for d in self.digests for e in d.entries if item in _ids(e))
            row = [Cell(source_name(item, words)), Cell("\n".join(titles))]
            for d in self.digests:
                serving = [e for e in d.entries if item in _ids(e)]
                said = "\n".join(f"{SIGN[e.finding.status]} {e.number}. {e.title}: {e.status}" for e in serving)
                row.append(Cell(said, worst_first(e.finding for e in serving)[0].status) if serving else Cell(""))
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
                        Cell(d.report.contract.name), Cell(entry.number), Cell(entry.title), Cell(entry.status, entry.finding.status),
                        Cell(words.say(entry.finding.suggestion.where) if entry.finding.suggestion else ""),
                        Cell("\n".join(lines)), Cell("\n".join(entry.cautions)),
                    ])  # fmt: skip
        sheet.close()

    def _notes(self) -> None:
        words = self.words
        sheet = self.book.page(words.say("sheet_notes"))
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 120)
        sheet.fit_to_pages(1, 0)
        sheet.set_landscape()
        row = 0
        for d in self.digests:
            lines = [(words.say("summary"), d.summary), *d.facts, *((words.say("warnings"), f"{m} ({c})") for c, m in d.warnings)]
            sheet.write_string(row, 0, cell(d.report.contract.name), self.book.formats["title"])
            for label, text in [*lines, (words.say("provenance"), d.provenance)]:
                row += 1
                sheet.write_string(row, 0, cell(label), self.book.formats["bold"])
                sheet.write_string(row, 1, cell(text), self.book.formats["text"])
            row += 2
        for status in (Status.CONFLICTING, Status.MISSING, Status.WEAK, Status.UNDETERMINED, Status.PRESENT, Status.NOT_APPLICABLE):
            sheet.write_string(row, 0, f"{SIGN[status]} {words.name('status', status.value)}", self.book.formats[status])
            sheet.write_string(row, 1, LABELS[f"meaning_{status.value}"].get(words.language), self.book.formats["text"])
            row += 1
        sheet.write_string(row + 1, 1, words.say("disclaimer"), self.book.formats["text"])

    def _sheet(self, label: str, labels: dict[str, int], *, freeze: int, more: tuple[Iterable[str], int] = ((), 0)) -> Sheet:
        head = [*map(self.words.say, labels), *more[0]]
        widths = [*labels.values(), *[more[1]] * (len(head) - len(labels))]
        return self.book.sheet(self.words.say(label), head, widths, freeze)


def _flag(line: FlagLine, words: Words) -> str:
    """A red flag in one line, with the sentence to put instead where there is one."""
    said = f"{line.message} ({line.effect})"
    return f"{said} {words.say('instead', text=line.instead)}" if line.instead else said


def _marked(entry: Entry, words: Words) -> str:
    said = f"{SIGN[entry.finding.status]} {entry.status}"
    return said + (f"\n{words.list(entry.main_clauses())}" if entry.clauses else "")


def _ids(entry: Entry) -> list[str]:
    return [source.en for source in entry.finding.sources]


def _natural(item: str) -> list[Iterable[object]]:
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", item)]
